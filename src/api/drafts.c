/* Drafts read and checked: the view of one, and the check of a file that is not in the system. */
#include "api/draft_call.h"
#include "api/routes.h"
#include "http/upload.h"
#include "types/types.h"

/* The file its field names; to whom the field is hidden there is none. */
bool call_check_draft(struct record_call *records, const struct record *draft,
		      struct draft_check_options *options, struct checked_draft **checked_out,
		      struct error *error)
{
	struct call *call = records->call;
	struct record_file file;
	const char *path;

	if (!record_is_set(draft, DRAFT_FILE))
		return error_set(error, ERROR_NOT_FOUND, "api.no_draft_file", "%s",
				 record_title(draft));
	if (!record_file_find(&records->store, draft, record_integer(draft, DRAFT_FILE), &file,
			      error) ||
	    !call_content_path(call, file.sha256, &path, error))
		return false;
	options->name = file.name;
	if (!options->on)
		options->on = call->today;
	if (draft_check(call->arena, path, options, checked_out, error))
		return true;
	error->field = "file";
	return false;
}

static bool view(struct call *call, struct error *error)
{
	struct draft_check_options options = { .on = DATE_NONE };
	struct checked_draft *checked;
	struct record_call records;
	struct record *draft;

	if (!record_call_begin(call, &records, error))
		return false;
	records.type = &draft_type;
	if (!record_call_find(&records, &draft, error) ||
	    !call_check_draft(&records, draft, &options, &checked, error))
		return false;
	jsonout_object_begin(&call->json);
	draft_write_view(&call->json, call->arena, call->language, checked);
	jsonout_object_end(&call->json);
	return true;
}

static bool lint(struct call *call, struct error *error)
{
	struct draft_check_options options = { .on = call->today };
	struct checked_draft *checked;
	struct upload *upload;

	if (request_upload_count(call->request) != 1)
		return error_set_field(error, "file", "api.one_file");
	upload = request_upload(call->request, 0);
	options.name = upload->name;
	if (!upload_check(upload, error) ||
	    !draft_check(call->arena, upload->path, &options, &checked, error)) {
		error->field = "file";
		return false;
	}
	jsonout_object_begin(&call->json);
	draft_write_view(&call->json, call->arena, call->language, checked);
	jsonout_object_end(&call->json);
	return true;
}

HANDLER(api_view_draft, view)
HANDLER(api_lint, lint)
