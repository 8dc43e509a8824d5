/*
 * A file before it is taken in: a dry run keeps its upload for an hour, in which it can be looked at
 * and started without being sent again.
 */
#include "api/api_internal.h"
#include "api/import_call.h"
#include "api/routes.h"
#include "base/file.h"
#include "base/utf8.h"
#include "import/rejects.h"
#include "import/scan.h"

#include <string.h>
#include <sys/stat.h>

enum { SAMPLE_ROWS = 20, VALUE_SIZE_MAX = 400, REJECTS_MAX = 100000 };

/* ---- The source that is meant. */

bool import_source(struct arena *arena, const char *format, const char *map,
		   const struct source **source_out, struct error *error)
{
	*source_out = format ? source_find(str_of(format)) : NULL;
	if (format && !*source_out) {
		error_set(error, ERROR_INVALID, "api.source", "%s", format);
		error->field = "format";
		return false;
	}
	if (!map || !*map)
		return true;
	if (*source_out ? source_extend(arena, *source_out, str_of(map), source_out, error)
			: source_from_map(arena, str_of(map), source_out, error))
		return true;
	error->field = "map";
	return false;
}

const char *import_kept_file(const struct job_row *row)
{
	const char *path = job_row_argument(row, "path");
	const char *dry_run = job_row_argument(row, "dry_run");
	struct stat status;

	return strcmp(row->kind, "import") == 0 && path && dry_run && strcmp(dry_run, "yes") == 0 &&
			       stat(path, &status) == 0
		       ? path
		       : NULL;
}

static bool find_kept(struct call *call, struct job_row *row_out, const char **path_out,
		      struct error *error)
{
	if (!call_job(call, row_out, error))
		return false;
	*path_out = import_kept_file(row_out);
	return *path_out ||
	       error_set(error, ERROR_NOT_FOUND, "api.upload_gone", "%lld", (long long)row_out->id);
}

/* ---- Columns and the first rows. */

static void write_column(struct call *call, const struct scan_column *column)
{
	struct jsonout *json = &call->json;
	enum fact_field field = column->row ? (enum fact_field)column->row->field : FACT_NONE;

	jsonout_object_begin(json);
	jsonout_member_str(json, "header", column->header);
	jsonout_member_bool(json, "is_known", column->row != NULL);
	jsonout_member_cstr(json, "field", field ? fact_fields[field].name : NULL);
	jsonout_key(json, "examples");
	jsonout_array_begin(json);
	for (size_t i = 0; i < column->example_count; i++)
		jsonout_str(json, column->examples[i]);
	jsonout_array_end(json);
	jsonout_object_end(json);
}

static void write_head(struct call *call, const struct scan_head *head)
{
	struct jsonout *json = &call->json;

	jsonout_member_cstr(json, "source", head->source ? head->source->name : NULL);
	if (head->source)
		jsonout_member_label(json, "label", head->source->label);
	else
		jsonout_member_cstr(json, "reason",
				    message_format(call->arena, &head->unknown, call->language));
	jsonout_member_integer(json, "score", head->score > 100 ? 100 : head->score);
	jsonout_key(json, "columns");
	jsonout_array_begin(json);
	for (size_t i = 0; i < head->column_count; i++)
		write_column(call, &head->columns[i]);
	jsonout_array_end(json);
}

/* All values of a field in one text, cut where a person has seen enough. */
static void write_fact(struct call *call, const struct publication *publication,
		       enum fact_field field)
{
	struct strbuf text = STRBUF_INIT;
	const struct fact *fact = publication_find(publication, field);
	struct str shown;

	for (; fact && text.size <= VALUE_SIZE_MAX; fact = publication_next(publication, fact)) {
		if (text.size)
			strbuf_add_cstr(&text, "；");
		for (size_t i = 0; i < fact->part_count; i++) {
			if (fact->parts[i].size && text.size && i)
				strbuf_add_byte(&text, ' ');
			strbuf_add_str(&text, fact->parts[i]);
		}
	}
	shown = str_slice(strbuf_str(&text), 0, VALUE_SIZE_MAX);
	jsonout_object_begin(&call->json);
	jsonout_member_cstr(&call->json, "field", fact_fields[field].name);
	jsonout_member_str(&call->json, "value", str_slice(shown, 0, utf8_valid_length(shown)));
	jsonout_member_bool(&call->json, "is_cut", text.size > VALUE_SIZE_MAX);
	jsonout_object_end(&call->json);
	strbuf_release(&text);
}

struct sample {
	struct call *call;
	int count;
};

static bool write_row(void *context, const struct batch_row *row)
{
	struct sample *sample = context;
	struct jsonout *json = &sample->call->json;

	if (!row->publication)
		return true;
	jsonout_object_begin(json);
	jsonout_member_integer(json, "place", row->place);
	jsonout_key(json, "facts");
	jsonout_array_begin(json);
	for (enum fact_field field = FACT_NONE + 1; field < FACT_FIELD_COUNT; field++)
		if (publication_find(row->publication, field))
			write_fact(sample->call, row->publication, field);
	jsonout_array_end(json);
	jsonout_object_end(json);
	return ++sample->count < SAMPLE_ROWS;
}

static bool preview(struct call *call, struct error *error)
{
	struct sample sample = { .call = call };
	const struct source *source;
	struct scan_head head;
	struct job_row row;
	const char *path;

	if (!find_kept(call, &row, &path, error) ||
	    !import_source(call->arena, call_text(call, "format"), call_text(call, "map"), &source,
			   error) ||
	    !scan_head(call->arena, path, source, &head, error))
		return false;
	jsonout_object_begin(&call->json);
	jsonout_member_cstr(&call->json, "file", job_row_argument(&row, "name"));
	write_head(call, &head);
	jsonout_key(&call->json, "rows");
	jsonout_array_begin(&call->json);
	if (head.source && !scan_rows(call->arena, path, source, write_row, &sample, error))
		return false;
	jsonout_array_end(&call->json);
	jsonout_object_end(&call->json);
	return true;
}

/* ---- Taking it in. */

/* One that waits or runs would find the file gone, or take it away from the other. */
static bool is_started(struct call *call, const char *path, bool *started_out, struct error *error)
{
	const struct job_filter filter = { .kind = "import",
					   .open_only = true,
					   .organisation_id = call->organisation_id,
					   .limit = JOB_LIST_MAX };
	const char *other, *dry_run;
	struct job_row *rows;
	size_t count;

	*started_out = false;
	if (!job_list(call->db, call->arena, &filter, &rows, &count, error))
		return false;
	for (size_t i = 0; i < count; i++) {
		other = job_row_argument(&rows[i], "path");
		dry_run = job_row_argument(&rows[i], "dry_run");
		if (other && strcmp(other, path) == 0 && !(dry_run && strcmp(dry_run, "yes") == 0))
			*started_out = true;
	}
	return true;
}

static bool start(struct call *call, struct error *error)
{
	bool is_running;
	struct job_row row;
	const char *path;
	int64_t id;

	if (!find_kept(call, &row, &path, error) || !import_check(call, error) ||
	    !is_started(call, path, &is_running, error))
		return false;
	if (is_running)
		return error_set(error, ERROR_CONFLICT, "api.import_started", "%s",
				 job_row_argument(&row, "name"));
	if (!import_submit(call, path, job_row_argument(&row, "name"), &id, error))
		return false;
	call_submitted(call, id);
	return true;
}

/* ---- What a dry run refuses, read from the file: it stores nothing. */

static bool kept_source(struct arena *arena, const struct job_row *row,
			const struct source **source_out, struct error *error)
{
	return import_source(arena, job_row_argument(row, "format"), job_row_argument(row, "map"),
			     source_out, error);
}

struct refusals {
	struct arena *arena;
	import_refusal_fn *take;
	void *context;
};

static bool take_refusal(void *context, const struct batch_row *row)
{
	const struct refusals *refusals = context;
	const struct import_rejected refusal = {
		.place = row->place,
		.reason = row->reason,
		.row_text = row->row_text,
	};

	return row->publication || refusals->take(refusals->context, &refusal);
}

bool import_each_refusal(struct call *call, const struct job_row *row, import_refusal_fn *take,
			 void *context, struct error *error)
{
	struct refusals refusals = { call->arena, take, context };
	const char *path = import_kept_file(row);
	struct import_rejected *rows;
	const struct source *source;
	int64_t import_id;
	size_t count;

	if (str_to_int64(str_of(job_result(row, "import_id")), &import_id)) {
		if (!library_import_rejected(call->library, call->arena, import_id, &rows, &count,
					     error))
			return false;
		for (size_t i = 0; i < count; i++)
			if (!take(context, &rows[i]))
				return true;
		return true;
	}
	return !path || (kept_source(call->arena, row, &source, error) &&
			 scan_rows(call->arena, path, source, take_refusal, &refusals, error));
}

struct listing {
	struct rejects *rejects;
	struct arena *arena;
	const char *file;
	struct list rows; /* struct import_rejected */
};

static bool keep_row(void *context, const struct import_rejected *row)
{
	struct listing *listing = context;
	struct import_rejected *kept = list_add(&listing->rows);

	*kept = *row;
	kept->row_text = str_copy(listing->arena, row->row_text);
	rejects_note(listing->rejects, kept);
	return listing->rows.count < REJECTS_MAX;
}

static bool refused_file(struct call *call, struct error *error)
{
	struct listing listing = { .arena = call->arena, .rows = LIST_OF(struct import_rejected) };
	struct job_row row;
	bool done;

	if (!call_job(call, &row, error))
		return false;
	listing.file = job_row_argument(&row, "name");
	if (strcmp(row.kind, "import") != 0 || !listing.file)
		return error_set(error, ERROR_NOT_FOUND, "api.no_file", "%lld", (long long)row.id);
	listing.rejects = rejects_create(call->arena, call->language);
	done = import_each_refusal(call, &row, keep_row, &listing, error);
	for (size_t i = 0; done && i < listing.rows.count; i++)
		rejects_write(listing.rejects, listing.file,
			      &LIST_AT(&listing.rows, struct import_rejected, i));
	list_release(&listing.rows);
	if (!done)
		return false;
	call->response->content_type = "text/csv; charset=utf-8";
	call->response->body = str_copy(call->arena, rejects_text(listing.rejects));
	response_attachment(call->request, call->response,
			    arena_printf(call->arena, "%s-%s.csv", listing.file,
					 call->language == LANGUAGE_ZH ? "未导入" : "refused"));
	return true;
}

/* ---- What files may be of, and what columns may be mapped to. */

static bool list_sources(struct call *call, struct error *error)
{
	struct jsonout *json = &call->json;

	(void)error;
	jsonout_object_begin(json);
	jsonout_key(json, "sources");
	jsonout_array_begin(json);
	for (size_t i = 0; sources[i]; i++) {
		jsonout_object_begin(json);
		jsonout_member_cstr(json, "name", sources[i]->name);
		jsonout_member_label(json, "label", sources[i]->label);
		jsonout_object_end(json);
	}
	jsonout_array_end(json);
	jsonout_key(json, "fields");
	jsonout_array_begin(json);
	for (enum fact_field field = FACT_NONE + 1; field < FACT_FIELD_COUNT; field++) {
		jsonout_object_begin(json);
		jsonout_member_cstr(json, "name", fact_fields[field].name);
		jsonout_member_label(json, "label", fact_fields[field].label);
		jsonout_member_bool(json, "can_map", source_can_map(field));
		jsonout_object_end(json);
	}
	jsonout_array_end(json);
	jsonout_object_end(json);
	return true;
}

HANDLER(api_preview_import, preview)
HANDLER(api_start_import, start)
HANDLER(api_refused_file, refused_file)
HANDLER(api_list_sources, list_sources)
