/* The own account: logging in and out, password, second factor. */
#include "api/account_call.h"
#include "api/routes.h"

static bool write_identity(struct call *call, const struct auth_identity *identity,
			   struct error *error)
{
	struct auth_account account;
	struct jsonout *json = &call->json;

	if (!auth_find_account(identity_auth(call->request), identity->account_id, &account, error))
		return false;
	jsonout_object_begin(json);
	jsonout_member_cstr(json, "login", identity->login);
	jsonout_member_cstr(json, "name", account.name);
	jsonout_member_integer(json, "user_id", identity->actor.user_id);
	jsonout_member_integer(json, "organisation_id", identity->actor.organisation_id);
	member_roles(json, identity->actor.roles);
	if (!member_memberships(call, identity->actor.user_id, error))
		return false;
	jsonout_member_cstr(json, "scopes", identity->scopes);
	jsonout_member_cstr(json, "csrf", identity->csrf);
	jsonout_member_bool(json, "must_change_password", identity->must_change_password);
	jsonout_member_bool(json, "must_add_totp", identity->must_add_totp);
	jsonout_member_bool(json, "has_second_factor", account.has_totp);
	jsonout_object_end(json);
	return true;
}

/* As long as the browser, or the session, whichever ends first. */
static void set_cookie(struct call *call, const char *cookie)
{
	response_cookie(call->request, call->response, AUTH_COOKIE, cookie, -1);
}

static bool log_in(struct call *call, struct error *error)
{
	struct request *request = call->request;
	struct auth_login login = {
		.code = call_text(call, "code"),
		.session_before = request_cookie(request, cookie_name(request, AUTH_COOKIE)),
	};
	struct auth_identity identity;
	const char *cookie;

	if (!call_need_text(call, "login", &login.login, error) ||
	    !call_need_text(call, "password", &login.password, error) ||
	    !auth_log_in(identity_auth(request), &login, &cookie, &identity,
			 &call->response->retry_after, error))
		return false;
	set_cookie(call, cookie);
	return write_identity(call, &identity, error);
}

static bool get_session(struct call *call, struct error *error)
{
	return write_identity(call, identity_of(call->request), error);
}

static bool log_out(struct call *call, struct error *error)
{
	if (!db_begin(call->db, error) ||
	    !auth_log_out(identity_auth(call->request), identity_of(call->request), error) ||
	    !db_commit(call->db, error))
		return false;
	response_cookie(call->request, call->response, AUTH_COOKIE, "", 0);
	call->response->status = 204;
	return true;
}

static bool change_password(struct call *call, struct error *error)
{
	const char *before, *after, *cookie = NULL;

	if (!call_need_text(call, "old", &before, error) ||
	    !call_need_text(call, "new", &after, error) ||
	    !auth_change_password(identity_auth(call->request), identity_of(call->request), before,
				  after, &cookie, error))
		return false;
	if (cookie)
		set_cookie(call, cookie);
	call->response->status = 204;
	return true;
}

static bool begin_totp(struct call *call, struct error *error)
{
	const char *secret, *uri;

	if (!db_begin(call->db, error) ||
	    !auth_begin_totp(identity_auth(call->request), identity_of(call->request), &secret,
			     &uri, error) ||
	    !db_commit(call->db, error))
		return false;
	jsonout_object_begin(&call->json);
	jsonout_member_cstr(&call->json, "secret", secret);
	jsonout_member_cstr(&call->json, "uri", uri);
	jsonout_object_end(&call->json);
	return true;
}

static bool confirm_totp(struct call *call, struct error *error)
{
	const char *code;

	call->response->status = 204;
	return call_need_text(call, "code", &code, error) && db_begin(call->db, error) &&
	       auth_confirm_totp(identity_auth(call->request), identity_of(call->request), code,
				 error) &&
	       db_commit(call->db, error);
}

HANDLER(api_log_in, log_in)
HANDLER(api_get_session, get_session)
HANDLER(api_log_out, log_out)
HANDLER(api_change_password, change_password)
HANDLER(api_begin_totp, begin_totp)
HANDLER(api_confirm_totp, confirm_totp)
