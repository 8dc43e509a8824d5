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

	if (!record_integer(draft, DRAFT_FILE)) /* hidden ones have a value that is none */
		return error_set(error, ERROR_NOT_FOUND, "api.no_draft_file", "%s",
				 record_title(draft));
	if (!record_file_find(&records->store, draft, record_integer(draft, DRAFT_FILE), &file,
			      error) ||
	    !call_content_path(call, file.sha256, &path, error))
		return false;
	options->name = file.name;
	if (options->on == DATE_NONE)
		options->on = call->today;
	if (draft_check(call->arena, path, options, checked_out, error))
		return true;
	error->field = "file";
	return false;
}

bool call_former_draft(struct record_call *records, const struct record *draft,
		       struct record **former_out, struct error *error)
{
	struct record **drafts;
	size_t count;

	*former_out = NULL;
	if (!record_load_where(&records->store, &draft_type, DRAFT_DISCLOSURE,
			       &draft->values[DRAFT_DISCLOSURE], &drafts, &count, error))
		return false;
	for (size_t i = 0; i < count; i++) {
		int64_t number = record_integer(drafts[i], DRAFT_NUMBER);

		if (record_is_set(drafts[i], DRAFT_FILE) &&
		    number < record_integer(draft, DRAFT_NUMBER) &&
		    (!*former_out || number > record_integer(*former_out, DRAFT_NUMBER)))
			*former_out = drafts[i];
	}
	return true;
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

/* The former draft as the actor may read it; NULL: there is none, or not for the actor. */
static bool find_readable_former(struct record_call *records, const struct record *draft,
				 struct record **former_out, struct error *error)
{
	struct error ignored;
	struct record *former;

	*former_out = NULL;
	if (!call_former_draft(records, draft, &former, error))
		return false;
	if (former && !record_find(&records->store, &draft_type, former->id, former_out, &ignored))
		*former_out = NULL;
	return true;
}

static void write_former(struct jsonout *json, const struct record *former)
{
	jsonout_key(json, "before");
	if (!former) {
		jsonout_null(json);
		return;
	}
	jsonout_object_begin(json);
	jsonout_member_integer(json, "id", former->id);
	jsonout_member_cstr(json, "title", record_title(former));
	jsonout_object_end(json);
}

static bool compare(struct call *call, struct error *error)
{
	static const char *const lists[] = { "new", "fixed", "still" };
	struct draft_check_options options = { .on = DATE_NONE };
	struct checked_draft *now, *before = NULL;
	struct record *draft, *former;
	struct record_call records;
	struct error ignored;

	if (!record_call_begin(call, &records, error))
		return false;
	records.type = &draft_type;
	if (!record_call_find(&records, &draft, error) ||
	    !call_check_draft(&records, draft, &options, &now, error) ||
	    !find_readable_former(&records, draft, &former, error))
		return false;
	if (former && !call_check_draft(&records, former, &options, &before, &ignored))
		former = NULL;
	jsonout_object_begin(&call->json);
	write_former(&call->json, former);
	if (before)
		draft_write_changes(&call->json, call->arena, call->language, before, now);
	for (size_t i = 0; !before && i < sizeof(lists) / sizeof(lists[0]); i++) {
		jsonout_key(&call->json, lists[i]);
		jsonout_array_begin(&call->json);
		jsonout_array_end(&call->json);
	}
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
HANDLER(api_compare_draft, compare)
HANDLER(api_lint, lint)
