/* What is to be done on which day: the calendar, its secret address, timelines of cases, fees to come. */
#include "chain/calendar.h"
#include "api/identity_internal.h"
#include "api/plan_call.h"
#include "api/routes.h"
#include "base/file.h"
#include "chain/centre.h"
#include "chain/timeline.h"
#include "report/sheet.h"

#include <ctype.h>
#include <string.h>
#include <unistd.h>

/* The one thing a token of a calendar address is good for: no route asks for this permission. */
#define FEED_SCOPE "calendar.feed"

enum { DAYS_BACK = 60, DAYS_AHEAD = 400, DAYS_MAX = 4000, HOST_MAX = 100 };

/* The path of what is asked for; without a centre, all that the actor may read. */
static bool read_path(struct record_call *records, const char **path_out, struct error *error)
{
	const char *wanted = call_text(records->call, "centre");
	struct chain_centre centre;

	*path_out = NULL;
	if (!wanted || !*wanted)
		return true;
	if (!chain_centre_find(&records->store, str_of(wanted), &centre, error))
		return false;
	*path_out = centre.path;
	return true;
}

static bool load_calendar(struct call *call, struct chain_calendar *calendar_out,
			  struct error *error)
{
	struct record_call records;
	const char *path;
	date from, until;

	if (!record_call_begin(call, &records, error) || !call_date(call, "from", &from, error) ||
	    !call_date(call, "until", &until, error) || !read_path(&records, &path, error))
		return false;
	if (from == DATE_NONE)
		from = call->today - DAYS_BACK;
	if (until == DATE_NONE)
		until = from > call->today ? from + DAYS_AHEAD : call->today + DAYS_AHEAD;
	if (until < from || until - from > DAYS_MAX)
		return error_set_field(error, "until", "api.calendar_days");
	return chain_calendar_load(&records.store, path, from, until, calendar_out, error);
}

static bool get_calendar(struct call *call, struct error *error)
{
	struct chain_calendar calendar;

	if (!load_calendar(call, &calendar, error))
		return false;
	chain_calendar_write(&call->json, &calendar, call->today);
	return true;
}

/* ---- As a workbook. */
static const struct {
	struct label head;
	enum sheet_kind kind;
} columns[] = {
	{ { "日期", "Day" }, SHEET_DATE },
	{ { "安全办理日", "Safe day" }, SHEET_DATE },
	{ { "类别", "Kind" }, SHEET_TEXT },
	{ { "事项", "What" }, SHEET_LONG_TEXT },
	{ { "案卷号", "Docket number" }, SHEET_TEXT },
	{ { "发明名称", "Title" }, SHEET_LONG_TEXT },
	{ { "状态", "State" }, SHEET_TEXT },
	{ { "责任人", "Responsible" }, SHEET_TEXT },
};
enum { COLUMN_COUNT = sizeof(columns) / sizeof(columns[0]) };

static struct str day_text(struct arena *arena, date day)
{
	char text[DATE_TEXT_SIZE];

	if (day == DATE_NONE)
		return STR_EMPTY;
	date_format(day, text);
	return str_of(arena_copy(arena, text, strlen(text)));
}

static const char *owner_name(const struct chain_names *names, int64_t id)
{
	for (size_t i = 0; i < names->user_count; i++)
		if (names->users[i].id == id)
			return names->users[i].text;
	return "";
}

static const struct str *row_of(struct call *call, const struct chain_calendar *calendar,
				const struct chain_event *event)
{
	const struct chain_case_name *name = chain_case_name(&calendar->names, event->case_id);
	const struct choice *state = choice_find(event->type->states, str_of(event->state));
	const struct str cells[COLUMN_COUNT] = {
		day_text(call->arena, event->on),
		day_text(call->arena, event->safe_on),
		str_of(label_text(event->type->label, call->language)),
		str_of(event->title),
		str_of(name ? name->docket : ""),
		str_of(name ? name->title : ""),
		str_of(state ? label_text(state->label, call->language) : event->state),
		str_of(owner_name(&calendar->names, event->owner_id)),
	};
	struct str *row = arena_array(call->arena, struct str, COLUMN_COUNT);

	memcpy(row, cells, sizeof(cells));
	return row;
}

static bool get_calendar_file(struct call *call, struct error *error)
{
	static const char type[] =
		"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
	struct sheet_column heads[COLUMN_COUNT];
	const char *folder = arena_printf(call->arena, "%s/tmp", call->api->folder);
	const char *path = arena_printf(call->arena, "%s/%s.xlsx", folder, call->request->id);
	struct sheet sheet = { .name = call->language == LANGUAGE_ZH ? STR("期限")
								     : STR("Calendar"),
			       .columns = heads,
			       .column_count = COLUMN_COUNT };
	struct chain_calendar calendar;
	const struct str **rows;
	bool is_done;

	if (!load_calendar(call, &calendar, error))
		return false;
	for (size_t i = 0; i < COLUMN_COUNT; i++)
		heads[i] = (struct sheet_column){ .head = str_of(label_text(columns[i].head,
									    call->language)),
						  .kind = columns[i].kind };
	rows = arena_array(call->arena, const struct str *, calendar.count + 1);
	for (size_t i = 0; i < calendar.count; i++)
		rows[i] = row_of(call, &calendar, &calendar.events[i]);
	sheet.rows = rows;
	sheet.row_count = calendar.count;
	if (!file_make_folder(folder, error) || !report_write_sheet(&sheet, path, error))
		return false;
	is_done = response_file(call->request, call->response, path, type, "calendar.xlsx", error);
	unlink(path); /* it is open: the answer has it */
	return is_done;
}

/* ---- The secret address: a token of its own, of which only the hash is stored. */
static bool find_feeds(struct call *call, struct auth_token **tokens_out, size_t *count_out,
		       struct error *error)
{
	struct auth_token *tokens;
	size_t count, kept = 0;

	if (!auth_list_tokens(identity_auth(call->request), identity_of(call->request)->account_id,
			      &tokens, &count, error))
		return false;
	for (size_t i = 0; i < count; i++)
		if (strcmp(tokens[i].scopes, FEED_SCOPE) == 0)
			tokens[kept++] = tokens[i];
	*tokens_out = tokens;
	*count_out = kept;
	return true;
}

static bool withdraw_all(struct call *call, struct error *error)
{
	struct auth_token *tokens;
	size_t count;

	if (!find_feeds(call, &tokens, &count, error))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!auth_revoke_token(identity_auth(call->request),
				       identity_of(call->request)->account_id, tokens[i].id, error))
			return false;
	return true;
}

static bool get_feed(struct call *call, struct error *error)
{
	struct jsonout *json = &call->json;
	struct auth_token *tokens;
	size_t count;

	if (!find_feeds(call, &tokens, &count, error))
		return false;
	jsonout_object_begin(json);
	jsonout_member_bool(json, "exists", count > 0);
	jsonout_member_time(json, "created_at", count ? tokens[0].created_ms : 0);
	jsonout_member_time(json, "used_at", count ? tokens[0].used_ms : 0);
	jsonout_member_time(json, "ends_at", count ? tokens[0].ends_ms : 0);
	jsonout_object_end(json);
	return true;
}

/* One for each person: a new address withdraws the old one. */
static bool make_feed(struct call *call, struct error *error)
{
	struct auth *auth = identity_auth(call->request);
	const char *token;
	int64_t id;

	if (!db_begin(call->db, error) || !withdraw_all(call, error) ||
	    !auth_create_token(auth, identity_of(call->request), "日历订阅", FEED_SCOPE,
			       auth->settings->token_days_max, &token, &id, error) ||
	    !db_commit(call->db, error))
		return false;
	identity_token_begin(call, id, token);
	jsonout_member_integer(&call->json, "days", auth->settings->token_days_max);
	jsonout_object_end(&call->json);
	return true;
}

static bool withdraw_feed(struct call *call, struct error *error)
{
	call->response->status = 204;
	return db_begin(call->db, error) && withdraw_all(call, error) && db_commit(call->db, error);
}

/* UIDs are to stay the same: the name the calendar is asked for by, without its port. */
static const char *host_of(struct call *call)
{
	const char *given = request_header(call->request, "Host");
	char *host = arena_alloc(call->arena, HOST_MAX + 1);
	size_t size = 0;

	for (; given && size < HOST_MAX &&
	       (isalnum((unsigned char)*given) || *given == '.' || *given == '-');
	     given++)
		host[size++] = *given;
	host[size] = '\0';
	return size ? host : "yucheng";
}

static bool write_feed(struct call *call, struct error *error)
{
	struct chain_calendar calendar;
	struct record_call records;

	if (!record_call_begin(call, &records, error) ||
	    !chain_calendar_load(&records.store, NULL, call->today - DAYS_BACK,
				 call->today + DAYS_AHEAD, &calendar, error))
		return false;
	chain_calendar_write_ical(call->text, &calendar, host_of(call), records.store.now_ms);
	call->response->content_type = "text/calendar; charset=utf-8";
	return true;
}

static bool is_good(const struct auth_identity *identity)
{
	return identity->scopes && strcmp(identity->scopes, FEED_SCOPE) == 0 &&
	       !identity->must_change_password && !identity->must_add_totp;
}

/*
 * Nobody logs in here: the address is the proof, and its owner's grants hold each time. Whatever is wrong
 * with it, there is no such calendar.
 */
bool api_get_calendar_feed(struct request *request, struct response *response, struct error *error)
{
	struct str name = str_of(request_part(request, "feed"));
	struct auth_identity *identity = arena_new(request->arena, struct auth_identity);
	struct auth_proof proof = { .is_safe = true };

	if (!str_ends_with(name, STR(".ics")))
		return error_set(error, ERROR_NOT_FOUND, "api.no_such", "%s", "calendar");
	proof.bearer = str_to_cstr(request->arena, str_slice(name, 0, name.size - 4));
	if (!auth_authenticate(identity_auth(request), &proof, identity, error) ||
	    !is_good(identity))
		return error_set(error, ERROR_NOT_FOUND, "api.no_such", "%s", "calendar");
	request->user = identity;
	request->user_id = identity->actor.user_id;
	return api_answer(request, response, write_feed, error);
}

/* ---- Cases. */
static bool get_timeline(struct call *call, struct error *error)
{
	struct record_call records;
	int64_t id;

	return record_call_begin(call, &records, error) && call_part_id(call, "id", &id, error) &&
	       chain_timeline_answer(&records.store, id, &call->json, error);
}

bool call_fee_plan(struct record_call *records, struct chain_fee_plan *plan_out,
		   struct error *error)
{
	struct call *call = records->call;
	struct record *patent;
	int64_t years, id;
	const char *path;

	return call_integer(call, "years", 10, 1, FEE_PLAN_YEARS_MAX, &years, error) &&
	       call_integer(call, "case", 0, 0, INT64_MAX, &id, error) &&
	       read_path(records, &path, error) &&
	       (!id || record_find(&records->store, record_type_find("patent_case"), id, &patent,
				   error)) &&
	       chain_fee_plan_load(&records->store, path, id, (int)years, plan_out, error);
}

static bool get_fee_plan(struct call *call, struct error *error)
{
	struct chain_fee_plan plan;
	struct record_call records;

	if (!record_call_begin(call, &records, error) || !call_fee_plan(&records, &plan, error))
		return false;
	chain_fee_plan_write(&call->json, &plan);
	return true;
}

HANDLER(api_get_calendar, get_calendar)
HANDLER(api_get_calendar_file, get_calendar_file)
HANDLER(api_find_calendar_feed, get_feed)
HANDLER(api_make_calendar_feed, make_feed)
HANDLER(api_withdraw_calendar_feed, withdraw_feed)
HANDLER(api_get_timeline, get_timeline)
HANDLER(api_get_fee_plan, get_fee_plan)
