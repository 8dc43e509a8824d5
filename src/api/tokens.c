/* Tokens for programs, of the own account. */
#include "api/identity_internal.h"
#include "api/routes.h"

enum { DAYS = 90 };

static bool list_tokens(struct call *call, struct error *error)
{
	const struct auth_identity *identity = identity_of(call->request);
	struct jsonout *json = &call->json;
	struct auth_token *tokens;
	size_t count;

	if (!auth_list_tokens(identity_auth(call->request), identity->account_id, &tokens, &count,
			      error))
		return false;
	jsonout_object_begin(json);
	jsonout_key(json, "tokens");
	jsonout_array_begin(json);
	for (size_t i = 0; i < count; i++) {
		jsonout_object_begin(json);
		jsonout_member_integer(json, "id", tokens[i].id);
		jsonout_member_cstr(json, "name", tokens[i].name);
		jsonout_member_cstr(json, "scopes", tokens[i].scopes);
		jsonout_member_time(json, "created_at", tokens[i].created_ms);
		jsonout_member_time(json, "used_at", tokens[i].used_ms);
		jsonout_member_time(json, "ends_at", tokens[i].ends_ms);
		jsonout_object_end(json);
	}
	jsonout_array_end(json);
	jsonout_object_end(json);
	return true;
}

void identity_token_begin(struct call *call, int64_t id, const char *token)
{
	call->response->status = 201;
	jsonout_object_begin(&call->json);
	jsonout_member_integer(&call->json, "id", id);
	jsonout_member_cstr(&call->json, "token", token);
}

static bool create_token(struct call *call, struct error *error)
{
	struct auth *auth = identity_auth(call->request);
	const char *name, *scopes, *token;
	int64_t days, id;

	if (!call_need_text(call, "name", &name, error) ||
	    !call_need_text(call, "scopes", &scopes, error) ||
	    !call_integer(call, "days", DAYS, 1, auth->settings->token_days_max, &days, error) ||
	    !db_begin(call->db, error) ||
	    !auth_create_token(auth, identity_of(call->request), name, scopes, (int)days, &token,
			       &id, error) ||
	    !db_commit(call->db, error))
		return false;
	identity_token_begin(call, id, token);
	jsonout_object_end(&call->json);
	return true;
}

static bool revoke_token(struct call *call, struct error *error)
{
	int64_t id;

	call->response->status = 204;
	return call_part_id(call, "token", &id, error) && db_begin(call->db, error) &&
	       auth_revoke_token(identity_auth(call->request),
				 identity_of(call->request)->account_id, id, error) &&
	       db_commit(call->db, error);
}

HANDLER(api_list_tokens, list_tokens)
HANDLER(api_create_token, create_token)
HANDLER(api_revoke_token, revoke_token)
