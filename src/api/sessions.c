/* Sessions: the own ones, those of others for the security administrator, and who logged in when. */
#include "api/account_call.h"
#include "api/routes.h"

bool member_sessions(struct call *call, int64_t account_id, int64_t own_id, struct error *error)
{
	struct jsonout *json = &call->json;
	struct auth_session *sessions;
	size_t count;

	if (!auth_list_sessions(identity_auth(call->request), account_id, &sessions, &count, error))
		return false;
	jsonout_key(json, "sessions");
	jsonout_array_begin(json);
	for (size_t i = 0; i < count; i++) {
		jsonout_object_begin(json);
		jsonout_member_integer(json, "id", sessions[i].id);
		jsonout_member_bool(json, "is_current", sessions[i].id == own_id);
		jsonout_member_text(json, "address", str_of(sessions[i].address));
		jsonout_member_text(json, "agent", str_of(sessions[i].agent));
		jsonout_member_time(json, "created_at", sessions[i].created_ms);
		jsonout_member_time(json, "seen_at", sessions[i].seen_ms);
		jsonout_member_time(json, "ends_at", sessions[i].ends_ms);
		jsonout_object_end(json);
	}
	jsonout_array_end(json);
	return true;
}

static bool write_sessions(struct call *call, int64_t account_id, struct error *error)
{
	jsonout_object_begin(&call->json);
	if (!member_sessions(call, account_id, identity_of(call->request)->session_id, error))
		return false;
	jsonout_object_end(&call->json);
	return true;
}

/* session_id 0: all. */
static bool revoke(struct call *call, int64_t account_id, int64_t session_id, struct error *error)
{
	call->response->status = 204;
	return db_begin(call->db, error) &&
	       auth_revoke_session(identity_auth(call->request), account_id, session_id, error) &&
	       db_commit(call->db, error);
}

static bool list_own(struct call *call, struct error *error)
{
	return write_sessions(call, identity_of(call->request)->account_id, error);
}

static bool revoke_own(struct call *call, struct error *error)
{
	int64_t id;

	return call_part_id(call, "session", &id, error) &&
	       revoke(call, identity_of(call->request)->account_id, id, error);
}

static bool list_of_account(struct call *call, struct error *error)
{
	struct auth_account account;

	return call_account(call, &account, error) && write_sessions(call, account.id, error);
}

static bool revoke_of_account(struct call *call, struct error *error)
{
	struct auth_account account;
	int64_t id;

	return call_account(call, &account, error) && call_part_id(call, "session", &id, error) &&
	       revoke(call, account.id, id, error);
}

static bool revoke_all(struct call *call, struct error *error)
{
	struct auth_account account;

	return call_account(call, &account, error) && revoke(call, account.id, 0, error);
}

static bool switch_organisation(struct call *call, struct error *error)
{
	const char *cookie;
	int64_t id;

	if (!call_integer(call, "organisation_id", 0, 1, INT64_MAX, &id, error) ||
	    !db_begin(call->db, error) ||
	    !auth_switch_organisation(identity_auth(call->request), identity_of(call->request), id,
				      &cookie, error) ||
	    !db_commit(call->db, error))
		return false;
	response_cookie(call->request, call->response, AUTH_COOKIE, cookie, -1);
	call->response->status = 204;
	return true;
}

HANDLER(api_list_sessions, list_own)
HANDLER(api_revoke_session, revoke_own)
HANDLER(api_list_account_sessions, list_of_account)
HANDLER(api_revoke_account_session, revoke_of_account)
HANDLER(api_revoke_account_sessions, revoke_all)
HANDLER(api_switch_organisation, switch_organisation)
