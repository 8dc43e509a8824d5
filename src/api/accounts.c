/*
 * Accounts of others. The system administrator makes, stops and resets them; what guards them (locks,
 * second factors, sessions) is the security administrator's, who also grants roles (types/membership.c).
 * An account that holds an administrator's role is beyond both: only the operator at the console changes
 * it, or one of the three could put himself in the place of another.
 */
#include "api/account_call.h"
#include "api/record_call.h"
#include "api/routes.h"
#include "types/types.h"

/* ---- What the others build on. */

void member_roles(struct jsonout *json, unsigned roles)
{
	jsonout_key(json, "roles");
	jsonout_array_begin(json);
	for (size_t i = 0; i < ROLE_COUNT; i++)
		if (roles & ROLE_BIT(i))
			jsonout_cstr(json, role_infos[i].name);
	jsonout_array_end(json);
}

bool member_memberships(struct call *call, int64_t user_id, struct error *error)
{
	struct jsonout *json = &call->json;
	struct auth_membership *memberships;
	size_t count;

	if (!auth_list_memberships(identity_auth(call->request), user_id, &memberships, &count,
				   error))
		return false;
	jsonout_key(json, "memberships");
	jsonout_array_begin(json);
	for (size_t i = 0; i < count; i++) {
		jsonout_object_begin(json);
		jsonout_member_integer(json, "id", memberships[i].id);
		jsonout_member_integer(json, "organisation_id", memberships[i].organisation_id);
		jsonout_member_cstr(json, "organisation", memberships[i].organisation);
		member_roles(json, memberships[i].roles);
		jsonout_member_text(json, "until", str_of(memberships[i].until));
		jsonout_object_end(json);
	}
	jsonout_array_end(json);
	return true;
}

bool call_user_names(struct call *call, const int64_t *user_ids, size_t count,
		     struct record_title **names_out, size_t *count_out, struct error *error)
{
	struct record_call records;

	return record_call_begin(call, &records, error) &&
	       record_titles(&records.store, &user_type, user_ids, count, names_out, count_out,
			     error);
}

bool call_account(struct call *call, struct auth_account *account_out, struct error *error)
{
	struct record_call records;
	struct record *user;
	int64_t id;

	if (!call_part_id(call, "account", &id, error) ||
	    !record_call_begin(call, &records, error) ||
	    !auth_find_account(identity_auth(call->request), id, account_out, error))
		return false;
	if (record_find(&records.store, &user_type, account_out->user_id, &user, error))
		return true;
	return error->kind == ERROR_NOT_FOUND &&
	       error_set(error, ERROR_NOT_FOUND, "auth.no_account", "%lld", (long long)id);
}

/* ---- Reading. */

static bool write_account(struct call *call, const struct auth_account *account,
			  const char *password, struct error *error)
{
	struct jsonout *json = &call->json;

	jsonout_object_begin(json);
	jsonout_member_integer(json, "id", account->id);
	jsonout_member_cstr(json, "login", account->login);
	jsonout_member_integer(json, "user_id", account->user_id);
	jsonout_member_cstr(json, "name", account->name);
	jsonout_member_integer(json, "organisation_id", account->organisation_id);
	jsonout_member_bool(json, "user_is_active", account->user_is_active);
	jsonout_member_bool(json, "is_disabled", account->is_disabled);
	jsonout_member_bool(json, "is_locked", account->is_locked);
	jsonout_member_bool(json, "is_dormant", account->is_dormant);
	jsonout_member_bool(json, "must_change_password", account->must_change_password);
	jsonout_member_bool(json, "has_second_factor", account->has_totp);
	jsonout_member_time(json, "created_at", account->created_ms);
	jsonout_member_time(json, "last_login_at", account->last_login_ms);
	jsonout_member_time(json, "password_at", account->password_ms);
	if (!member_memberships(call, account->user_id, error))
		return false;
	if (password)
		jsonout_member_cstr(json, "password", password);
	jsonout_object_end(json);
	return true;
}

static bool is_named(const struct record_title *names, size_t count, int64_t id)
{
	for (size_t i = 0; i < count; i++)
		if (names[i].id == id)
			return true;
	return false;
}

static bool write_accounts(struct call *call, const struct auth_account *accounts, size_t count,
			   struct error *error)
{
	int64_t *ids = arena_array(call->arena, int64_t, count + 1);
	struct record_title *names;
	size_t name_count;

	for (size_t i = 0; i < count; i++)
		ids[i] = accounts[i].user_id;
	if (!call_user_names(call, ids, count, &names, &name_count, error))
		return false;
	for (size_t i = 0; i < count; i++)
		if (is_named(names, name_count, accounts[i].user_id) &&
		    !write_account(call, &accounts[i], NULL, error))
			return false;
	return true;
}

/* The page ends where the batch of auth_list_accounts() ends, so it may hold few or none. */
static bool list_accounts(struct call *call, struct error *error)
{
	enum { BATCH = 200 };
	struct auth_account *accounts;
	int64_t after;
	size_t count;

	if (!call_integer(call, "after", 0, 0, INT64_MAX, &after, error) ||
	    !auth_list_accounts(identity_auth(call->request), after, &accounts, &count, error))
		return false;
	jsonout_object_begin(&call->json);
	jsonout_key(&call->json, "accounts");
	jsonout_array_begin(&call->json);
	if (!write_accounts(call, accounts, count, error))
		return false;
	jsonout_array_end(&call->json);
	jsonout_key(&call->json, "next");
	if (count == BATCH)
		jsonout_integer(&call->json, accounts[count - 1].id);
	else
		jsonout_null(&call->json);
	jsonout_object_end(&call->json);
	return true;
}

static bool get_account(struct call *call, struct error *error)
{
	struct auth_account account;

	return call_account(call, &account, error) && write_account(call, &account, NULL, error);
}

/* ---- Changing. */

/* No administrator changes another's account, nor his own past the rules for everybody. */
static bool find_changeable(struct call *call, struct auth_account *account_out,
			    struct error *error)
{
	struct auth_membership *memberships;
	size_t count;

	if (!call_account(call, account_out, error) ||
	    !auth_list_memberships(identity_auth(call->request), account_out->user_id, &memberships,
				   &count, error))
		return false;
	for (size_t i = 0; i < count; i++)
		if (memberships[i].roles & ROLES_ADMIN)
			return error_set(error, ERROR_FORBIDDEN, "api.admin_account", "%s",
					 account_out->login);
	return true;
}

/* As it is after the change. */
static bool answer_account(struct call *call, int64_t account_id, const char *password,
			   struct error *error)
{
	struct auth_account account;

	return auth_find_account(identity_auth(call->request), account_id, &account, error) &&
	       write_account(call, &account, password, error);
}

struct new_password {
	const char *text, *hash;
};

/* Before the transaction: it takes its time. */
static struct new_password make_password(struct call *call)
{
	const char *text = auth_make_password(call->arena);

	return (struct new_password){ text,
				      auth_hash_password(call->arena, call->api->settings, text) };
}

static bool create_account(struct call *call, struct error *error)
{
	struct auth *auth = identity_auth(call->request);
	struct record_call records;
	struct new_password password;
	int64_t user_id, account_id;
	struct record *user;

	if (!call_integer(call, "user_id", 0, 1, INT64_MAX, &user_id, error))
		return false;
	if (user_id == 0)
		return error_set_field(error, "user_id", "api.missing");
	if (!record_call_begin(call, &records, error) ||
	    !record_find(&records.store, &user_type, user_id, &user, error))
		return false;
	password = make_password(call);
	if (!db_begin(call->db, error) ||
	    !auth_create_account(auth, user_id, record_text(user, USER_LOGIN), password.hash,
				 &account_id, error) ||
	    !db_commit(call->db, error))
		return false;
	response_location(
		call->response, 201,
		arena_printf(call->arena, "/api/v1/accounts/%lld", (long long)account_id));
	return answer_account(call, account_id, password.text, error);
}

static bool reset_password(struct call *call, struct error *error)
{
	struct auth_account account;
	struct new_password password;

	if (!find_changeable(call, &account, error))
		return false;
	password = make_password(call);
	return db_begin(call->db, error) &&
	       auth_reset_password(identity_auth(call->request), account.id, password.hash,
				   error) &&
	       db_commit(call->db, error) && answer_account(call, account.id, password.text, error);
}

typedef bool change_fn(struct auth *auth, int64_t account_id, struct error *error);

static bool disable(struct auth *auth, int64_t account_id, struct error *error)
{
	return auth_set_disabled(auth, account_id, true, error);
}

static bool enable(struct auth *auth, int64_t account_id, struct error *error)
{
	return auth_set_disabled(auth, account_id, false, error);
}

static bool change(struct call *call, change_fn *make, struct error *error)
{
	struct auth_account account;

	return find_changeable(call, &account, error) && db_begin(call->db, error) &&
	       make(identity_auth(call->request), account.id, error) &&
	       db_commit(call->db, error) && answer_account(call, account.id, NULL, error);
}

static bool disable_account(struct call *call, struct error *error)
{
	return change(call, disable, error);
}

static bool enable_account(struct call *call, struct error *error)
{
	return change(call, enable, error);
}

static bool wake_account(struct call *call, struct error *error)
{
	return change(call, auth_wake_account, error);
}

static bool unlock_account(struct call *call, struct error *error)
{
	return change(call, auth_unlock_account, error);
}

static bool remove_second_factor(struct call *call, struct error *error)
{
	return change(call, auth_remove_totp, error);
}

HANDLER(api_list_accounts, list_accounts)
HANDLER(api_get_account, get_account)
HANDLER(api_create_account, create_account)
HANDLER(api_reset_password, reset_password)
HANDLER(api_disable_account, disable_account)
HANDLER(api_enable_account, enable_account)
HANDLER(api_wake_account, wake_account)
HANDLER(api_unlock_account, unlock_account)
HANDLER(api_remove_second_factor, remove_second_factor)
