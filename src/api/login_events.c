/* Who logged in when, or tried to: the security administrator's. */
#include "api/account_call.h"
#include "api/record_call.h"
#include "api/routes.h"

#include <string.h>

static bool read_filter(struct call *call, struct auth_event_filter *filter, struct error *error)
{
	date from, to;

	if (!call_integer(call, "before", 0, 0, INT64_MAX, &filter->before_id, error) ||
	    !call_date(call, "from", &from, error) || !call_date(call, "to", &to, error))
		return false;
	filter->from_ms = from == DATE_NONE ? 0 : call_day_start_ms(from);
	filter->to_ms = to == DATE_NONE ? 0 : call_day_start_ms(to + 1);
	filter->login = call_text(call, "login");
	filter->outcome = call_text(call, "outcome");
	return true;
}

static void write_event(struct call *call, const struct auth_event *event)
{
	struct jsonout *json = &call->json;

	jsonout_object_begin(json);
	jsonout_member_integer(json, "id", event->id);
	jsonout_member_time(json, "at", event->at_ms);
	jsonout_member_cstr(json, "login", event->login);
	jsonout_key(json, "account_id");
	if (event->account_id)
		jsonout_integer(json, event->account_id);
	else
		jsonout_null(json);
	jsonout_member_cstr(json, "outcome", event->outcome);
	jsonout_member_text(json, "address", str_of(event->address));
	jsonout_member_text(json, "agent", str_of(event->agent));
	jsonout_object_end(json);
}

struct readable {
	bool all_unknown; /* names there are no accounts of */
	struct record_title *users;
	size_t count;
};

/*
 * A name nobody has is of no organisation, and may be a password typed in the wrong place: only who
 * stands above all organisations sees those.
 */
static bool find_readable(struct call *call, const struct auth_event *events, size_t count,
			  struct readable *readable, struct error *error)
{
	const struct actor *actor = &identity_of(call->request)->actor;
	int64_t *ids = arena_array(call->arena, int64_t, count + 1);
	const char *path = actor->organisation_path;
	size_t slashes = 0, id_count = 0;

	for (; *path; path++)
		slashes += *path == '/';
	readable->all_unknown = slashes <= 2;
	for (size_t i = 0; i < count; i++)
		if (events[i].user_id)
			ids[id_count++] = events[i].user_id;
	return call_user_names(call, ids, id_count, &readable->users, &readable->count, error);
}

static bool is_readable(const struct readable *readable, const struct auth_event *event)
{
	if (!event->user_id)
		return readable->all_unknown;
	for (size_t i = 0; i < readable->count; i++)
		if (readable->users[i].id == event->user_id)
			return true;
	return false;
}

/* The page ends where the batch ends, so it may hold few or none. */
static bool write_events(struct call *call, const struct auth_event_filter *filter,
			 struct error *error)
{
	struct auth_event *events;
	struct readable readable;
	size_t count;

	if (!auth_list_events(identity_auth(call->request), filter, &events, &count, error) ||
	    !find_readable(call, events, count, &readable, error))
		return false;
	jsonout_object_begin(&call->json);
	jsonout_key(&call->json, "events");
	jsonout_array_begin(&call->json);
	for (size_t i = 0; i < count; i++)
		if (is_readable(&readable, &events[i]))
			write_event(call, &events[i]);
	jsonout_array_end(&call->json);
	jsonout_key(&call->json, "next");
	if (count == AUTH_EVENTS_MAX)
		jsonout_integer(&call->json, events[count - 1].id);
	else
		jsonout_null(&call->json);
	jsonout_object_end(&call->json);
	return true;
}

static bool list_events(struct call *call, struct error *error)
{
	struct auth_event_filter filter = { 0 };

	return read_filter(call, &filter, error) && write_events(call, &filter, error);
}

static bool list_of_account(struct call *call, struct error *error)
{
	struct auth_event_filter filter = { 0 };
	struct auth_account account;

	if (!call_account(call, &account, error) ||
	    !call_integer(call, "before", 0, 0, INT64_MAX, &filter.before_id, error))
		return false;
	filter.account_id = account.id;
	return write_events(call, &filter, error);
}

HANDLER(api_list_login_events, list_events)
HANDLER(api_list_account_login_events, list_of_account)
