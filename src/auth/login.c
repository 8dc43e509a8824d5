#include "auth/auth_internal.h"

struct attempt {
	const struct auth_login *login;
	const char *name;        /* normal form, or "" */
	struct account *account; /* NULL: no such login */
	const char *outcome;
	int64_t totp_step; /* 0: no second factor */
	const char *cookie;
	int64_t session_id;
	int *retry_after_out;
};

static bool note_refusal(struct auth *auth, void *context, struct error *error)
{
	const struct attempt *attempt = context;
	int64_t account_id = attempt->account ? attempt->account->id : 0;
	/* Only what was wrong counts: not a code still missing, nor a right password. */
	bool counts = strcmp(attempt->outcome, "wrong") == 0 ||
		      strcmp(attempt->outcome, "wrong_code") == 0;

	return (!counts || guard_fail(auth, attempt->name, error)) &&
	       event_add(auth, account_id, attempt->name, attempt->outcome, error) &&
	       auth_note(auth, "account.log_in_refused",
			 arena_printf(auth->arena, "login/%s", attempt->name), attempt->outcome,
			 error);
}

static bool refuse(struct auth *auth, struct attempt *attempt, const char *outcome, const char *key,
		   struct error *error)
{
	attempt->outcome = outcome;
	if (!auth_in_transaction(auth, note_refusal, attempt, error))
		return false;
	return error_set(error, ERROR_UNAUTHENTICATED, key, " ");
}

static bool check_second_factor(struct auth *auth, struct attempt *attempt, struct error *error)
{
	const struct account *account = attempt->account;
	const char *code = attempt->login->code;

	if (!account->totp_secret)
		return true;
	if (!code || !code[0])
		return error_set(error, ERROR_UNAUTHENTICATED, "auth.code_needed", " ");
	if (!totp_matches(auth, account->totp_secret, account->totp_last, code,
			  &attempt->totp_step))
		return refuse(auth, attempt, "wrong_code", "auth.code_wrong", error);
	return true;
}

static bool check(struct auth *auth, struct attempt *attempt, struct error *error)
{
	const struct account *account = attempt->account;

	if (!password_matches(auth->arena, auth->settings, account ? account->password : NULL,
			      attempt->login->password))
		return refuse(auth, attempt, "wrong", "auth.wrong", error);
	if (account->is_disabled || !account->user_is_active)
		return refuse(auth, attempt, "disabled", "auth.disabled", error);
	if (account_is_dormant(auth, account))
		return refuse(auth, attempt, "dormant", "auth.dormant", error);
	return check_second_factor(auth, attempt, error);
}

/* Whoever comes second with the same code finds the step used. */
static bool use_step(struct auth *auth, const struct attempt *attempt, struct error *error)
{
	int64_t id;

	if (!attempt->totp_step)
		return true;
	if (!db_execute_returning(auth->db,
				  "UPDATE account SET totp_last = $1 WHERE id = $2 AND "
				  "totp_last < $1 RETURNING id",
				  DB_WITH(DB_INT(attempt->totp_step), DB_INT(attempt->account->id)),
				  &id, error))
		return false;
	return id ? true : error_set(error, ERROR_UNAUTHENTICATED, "auth.code_wrong", " ");
}

static bool end_session_before(struct auth *auth, const char *cookie, struct error *error)
{
	if (!cookie)
		return true;
	return db_execute(auth->db, "DELETE FROM account_session WHERE token_hash = $1",
			  DB_WITH(DB_CSTR(token_hash(auth->arena, cookie))), error);
}

static bool store_login(struct auth *auth, void *context, struct error *error)
{
	struct attempt *attempt = context;
	const struct account *account = attempt->account;

	/* asked again: many guesses sent at once all began before the first of them was counted */
	return guard_check(auth, attempt->name, attempt->retry_after_out, error) &&
	       use_step(auth, attempt, error) &&
	       end_session_before(auth, attempt->login->session_before, error) &&
	       session_make(auth, account, &attempt->cookie, &attempt->session_id, error) &&
	       guard_clear(auth, attempt->name, error) &&
	       db_execute(auth->db,
			  "UPDATE account SET last_login_at = $1, awake_since = $1 WHERE id = $2",
			  DB_WITH(DB_INT(auth->now_ms), DB_INT(account->id)), error) &&
	       event_add(auth, account->id, attempt->name, "in", error) &&
	       auth_note(auth, "account.log_in", account_subject(auth, account->id), auth->address,
			 error);
}

bool auth_log_in(struct auth *auth, const struct auth_login *login, const char **cookie_out,
		 struct auth_identity *identity_out, int *retry_after_out, struct error *error)
{
	const char *name = login_normal(auth->arena, login->login);
	struct attempt attempt = { .login = login,
				   .name = name ? name : "",
				   .retry_after_out = retry_after_out };

	if (!guard_check(auth, attempt.name, retry_after_out, error) ||
	    !account_load_login(auth, attempt.name, &attempt.account, error) ||
	    !check(auth, &attempt, error))
		return false;
	auth->user_id = attempt.account->user_id;
	if (!auth_in_transaction(auth, store_login, &attempt, error))
		return false;
	*cookie_out = attempt.cookie;
	*identity_out = (struct auth_identity){
		.session_id = attempt.session_id,
		.csrf = token_csrf(auth->arena, attempt.cookie),
	};
	return identity_load_actor(auth, attempt.account, 0, true, identity_out, error);
}
