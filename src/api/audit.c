/* The audit log, for its administrator only: read, exported, verified. */
#include "api/identity_internal.h"
#include "api/names.h"
#include "api/routes.h"

enum { LIMIT = 100, LIMIT_MAX = 1000 };

/* Of a login nobody has there are no lines. */
static bool find_user(struct call *call, const char *login, int64_t *user_out, struct error *error)
{
	struct db_rows *rows;

	if (!login || !*login)
		return true;
	if (!db_query(call->db, call->arena, "SELECT user_id FROM account WHERE login = $1",
		      DB_WITH(DB_CSTR(login)), &rows, error))
		return false;
	*user_out = db_next(rows) ? db_integer(rows, 0) : -1;
	db_rows_close(rows);
	return true;
}

static bool read_filter(struct call *call, struct audit_filter *filter, struct error *error)
{
	int64_t limit;
	date from, to;

	if (!call_date(call, "from", &from, error) || !call_date(call, "to", &to, error) ||
	    !call_integer(call, "user", 0, 0, INT64_MAX, &filter->user_id, error) ||
	    !find_user(call, call_text(call, "login"), &filter->user_id, error) ||
	    !call_integer(call, "before", 0, 0, INT64_MAX, &filter->before_position, error) ||
	    !call_integer(call, "limit", LIMIT, 1, LIMIT_MAX, &limit, error))
		return false;
	filter->from_ms = from == DATE_NONE ? 0 : call_day_start_ms(from);
	filter->to_ms = to == DATE_NONE ? 0 : call_day_start_ms(to + 1);
	filter->action = call_text(call, "action");
	filter->subject = call_text(call, "subject");
	filter->limit = (size_t)limit;
	return true;
}

/* Whose logins they were; the lines themselves hold the numbers only. */
static bool load_logins(struct call *call, const struct audit_line *lines, size_t count,
			struct names **names_out, struct error *error)
{
	int64_t *users = arena_array(call->arena, int64_t, count);

	for (size_t i = 0; i < count; i++)
		users[i] = lines[i].user_id;
	*names_out = names_create(call->arena);
	return names_add(*names_out, call->db, NAMES_OF_LOGINS, users, count, error);
}

static void write_line(struct jsonout *json, const struct audit_line *line,
		       const struct names *logins)
{
	jsonout_object_begin(json);
	jsonout_member_integer(json, "position", line->position);
	jsonout_member_time(json, "at", line->at_ms);
	jsonout_member_integer(json, "user_id", line->user_id);
	jsonout_member_cstr(json, "login", names_find(logins, NAMES_OF_LOGINS, line->user_id));
	jsonout_member_cstr(json, "request", line->request_id);
	jsonout_member_cstr(json, "action", line->action);
	jsonout_member_cstr(json, "subject", line->subject);
	jsonout_member_cstr(json, "detail", line->detail);
	jsonout_member_cstr(json, "algorithm", line->algorithm);
	jsonout_member_cstr(json, "hash", line->hash);
	jsonout_object_end(json);
}

static bool list_audit(struct call *call, struct error *error)
{
	struct jsonout *json = &call->json;
	struct audit_filter filter;
	struct audit_line *lines;
	struct names *logins;
	size_t count;

	if (!read_filter(call, &filter, error) ||
	    !audit_list(call->db, call->arena, &filter, &lines, &count, error) ||
	    !load_logins(call, lines, count, &logins, error))
		return false;
	jsonout_object_begin(json);
	jsonout_key(json, "lines");
	jsonout_array_begin(json);
	for (size_t i = 0; i < count; i++)
		write_line(json, &lines[i], logins);
	jsonout_array_end(json);
	jsonout_key(json, "next");
	if (count == filter.limit)
		jsonout_integer(json, lines[count - 1].position);
	else
		jsonout_null(json);
	jsonout_object_end(json);
	return true;
}

/* ---- The whole log as JSON lines. */

struct export
{
	struct db *db;
	int64_t last;
};

static bool export_some(void *context, struct strbuf *piece, bool *done_out, struct error *error)
{
	struct export *export = context;
	int64_t before = export->last;

	if (!audit_export(export->db, before, piece, &export->last, error))
		return false;
	*done_out = export->last == before;
	return true;
}

/* That it was taken out is a line itself. */
static bool audit_file(struct call *call, struct error *error)
{
	struct export export = { .db = call->db };

	if (!db_begin(call->db, error) || !call_commit(call, "audit.export", "audit", NULL, error))
		return false;
	call->response->content_type = "application/x-ndjson; charset=utf-8";
	response_attachment(call->request, call->response, "audit.jsonl");
	return response_generate(call->request, call->response, export_some, &export, error);
}

/* ---- Is the chain whole? */

static bool verify_audit(struct call *call, struct error *error)
{
	struct jsonout *json = &call->json;
	struct audit_report report;

	if (!audit_verify(call->db, &report, error))
		return false;
	jsonout_object_begin(json);
	jsonout_member_bool(json, "is_whole", report.fault == AUDIT_WHOLE);
	jsonout_member_cstr(json, "fault", audit_fault_name(report.fault));
	jsonout_member_integer(json, "lines", report.line_count);
	jsonout_member_cstr(json, "head", report.head);
	if (report.fault != AUDIT_WHOLE)
		jsonout_member_integer(json, "position", report.position);
	if (report.fault == AUDIT_REORDERED)
		jsonout_member_integer(json, "other_position", report.other_position);
	jsonout_object_end(json);
	return true;
}

HANDLER(api_list_audit, list_audit)
HANDLER(api_audit_file, audit_file)
HANDLER(api_verify_audit, verify_audit)
