#include "auth/auth_internal.h"
#include "base/list.h"

#define ACCOUNT_COLUMNS                                                                            \
	"a.id, a.user_id, a.login, a.password, a.password_at, a.must_change, a.is_disabled, "      \
	"a.created_at, a.last_login_at, a.awake_since, a.totp_secret, a.totp_pending, "            \
	"a.totp_last, COALESCE(u.state, ''), COALESCE(u.name, ''), "                               \
	"COALESCE(u.organisation_id, 0)"
#define ACCOUNT_FROM " FROM account a LEFT JOIN \"user\" u ON u.id = a.user_id "

static const char sql_by_id[] = "SELECT " ACCOUNT_COLUMNS ACCOUNT_FROM "WHERE a.id = $1";
static const char sql_by_login[] = "SELECT " ACCOUNT_COLUMNS ACCOUNT_FROM "WHERE a.login = $1";
static const char sql_list[] = "SELECT " ACCOUNT_COLUMNS ACCOUNT_FROM
			       "WHERE a.id > $1 ORDER BY a.id LIMIT 200";
static const char sql_insert[] =
	"INSERT INTO account (user_id, login, password, password_at, must_change, created_at, "
	"awake_since) VALUES ($1, $2, $3, $4, 1, $4, $4) RETURNING id";
static const char sql_locked[] = "SELECT locked_until FROM login_guard WHERE name = $1";

const char *login_normal(struct arena *arena, const char *login)
{
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyz0123456789._@-";
	char *normal = arena_copy(arena, login, strlen(login));
	size_t size = strlen(normal);

	for (char *c = normal; *c; c++)
		if (*c >= 'A' && *c <= 'Z')
			*c = (char)(*c - 'A' + 'a');
	return size >= 2 && size <= 64 && strspn(normal, allowed) == size ? normal : NULL;
}

static const char *text_or_null(struct arena *arena, const struct db_rows *rows, int column)
{
	return db_is_null(rows, column) ? NULL : str_to_cstr(arena, db_text(rows, column));
}

static struct account *read_account(struct arena *arena, const struct db_rows *rows)
{
	struct account *account = arena_new(arena, struct account);

	account->id = db_integer(rows, 0);
	account->user_id = db_integer(rows, 1);
	account->login = str_to_cstr(arena, db_text(rows, 2));
	account->password = str_to_cstr(arena, db_text(rows, 3));
	account->password_ms = db_integer(rows, 4);
	account->must_change = db_integer(rows, 5) != 0;
	account->is_disabled = db_integer(rows, 6) != 0;
	account->created_ms = db_integer(rows, 7);
	account->last_login_ms = db_integer(rows, 8);
	account->awake_ms = db_integer(rows, 9);
	account->totp_secret = text_or_null(arena, rows, 10);
	account->totp_pending = text_or_null(arena, rows, 11);
	account->totp_last = db_integer(rows, 12);
	account->user_is_active = str_equal_cstr(db_text(rows, 13), "active");
	account->name = str_to_cstr(arena, db_text(rows, 14));
	account->organisation_id = db_integer(rows, 15);
	return account;
}

static bool load(struct auth *auth, const char *sql, struct db_param key,
		 struct account **account_out, struct error *error)
{
	struct db_rows *rows;

	*account_out = NULL;
	if (!db_query(auth->db, auth->arena, sql, &key, 1, &rows, error))
		return false;
	if (db_next(rows))
		*account_out = read_account(auth->arena, rows);
	return db_rows_done(rows, error);
}

bool account_load(struct auth *auth, int64_t id, struct account **account_out, struct error *error)
{
	return load(auth, sql_by_id, DB_INT(id), account_out, error);
}

bool account_load_login(struct auth *auth, const char *login, struct account **account_out,
			struct error *error)
{
	return load(auth, sql_by_login, DB_CSTR(login), account_out, error);
}

bool account_is_dormant(const struct auth *auth, const struct account *account)
{
	int64_t days = auth->settings->dormant_days;

	return days > 0 && account->awake_ms + days * 86400000 < auth->now_ms;
}

static bool is_locked(struct auth *auth, const char *login, bool *locked_out, struct error *error)
{
	const char *name = arena_printf(auth->arena, "login:%s", login);
	int64_t until;

	if (!db_execute_returning(auth->db, sql_locked, DB_WITH(DB_CSTR(name)), &until, error))
		return false;
	*locked_out = until > auth->now_ms;
	return true;
}

static bool show(struct auth *auth, const struct account *account, struct auth_account *account_out,
		 struct error *error)
{
	*account_out = (struct auth_account){
		.id = account->id,
		.user_id = account->user_id,
		.created_ms = account->created_ms,
		.last_login_ms = account->last_login_ms,
		.password_ms = account->password_ms,
		.organisation_id = account->organisation_id,
		.login = account->login,
		.name = account->name,
		.user_is_active = account->user_is_active,
		.must_change_password = account->must_change,
		.is_disabled = account->is_disabled,
		.is_dormant = account_is_dormant(auth, account),
		.has_totp = account->totp_secret != NULL,
	};
	return is_locked(auth, account->login, &account_out->is_locked, error);
}

bool auth_find_account(struct auth *auth, int64_t account_id, struct auth_account *account_out,
		       struct error *error)
{
	struct account *account;

	if (!account_load(auth, account_id, &account, error))
		return false;
	if (!account)
		return error_set(error, ERROR_NOT_FOUND, "auth.no_account", "%lld",
				 (long long)account_id);
	return show(auth, account, account_out, error);
}

bool auth_find_login(struct auth *auth, const char *login, struct auth_account *account_out,
		     struct error *error)
{
	const char *normal = login_normal(auth->arena, login);
	struct account *account = NULL;

	if (normal && !account_load_login(auth, normal, &account, error))
		return false;
	if (!account)
		return error_set(error, ERROR_NOT_FOUND, "auth.no_account", "%s", login);
	return show(auth, account, account_out, error);
}

bool auth_list_accounts(struct auth *auth, int64_t after_id, struct auth_account **accounts_out,
			size_t *count_out, struct error *error)
{
	struct list accounts = LIST_OF(struct account *);
	struct db_rows *rows;
	struct account **found;
	bool done;

	if (!db_query(auth->db, auth->arena, sql_list, DB_WITH(DB_INT(after_id)), &rows, error))
		return false;
	while (db_next(rows))
		*(struct account **)list_add(&accounts) = read_account(auth->arena, rows);
	done = db_rows_done(rows, error);
	found = list_to_arena(&accounts, auth->arena, count_out);
	*accounts_out = arena_array(auth->arena, struct auth_account, *count_out + 1);
	for (size_t i = 0; done && i < *count_out; i++)
		done = show(auth, found[i], &(*accounts_out)[i], error);
	return done;
}

/* ---- Changes. */

bool auth_create_account(struct auth *auth, int64_t user_id, const char *login,
			 const char *password_hash, int64_t *account_id_out, struct error *error)
{
	const char *normal = login_normal(auth->arena, login);
	struct account *taken;

	if (!normal)
		return error_set_field(error, "login", "auth.login_invalid");
	if (!account_load_login(auth, normal, &taken, error))
		return false;
	if (taken)
		return error_set(error, ERROR_CONFLICT, "auth.login_taken", "%s", normal);
	return db_execute_returning(auth->db, sql_insert,
				    DB_WITH(DB_INT(user_id), DB_CSTR(normal),
					    DB_CSTR(password_hash), DB_INT(auth->now_ms)),
				    account_id_out, error) &&
	       auth_note(auth, "account.create_account", account_subject(auth, *account_id_out),
			 normal, error);
}

static bool end_sessions(struct auth *auth, int64_t account_id, struct error *error)
{
	return db_execute(auth->db, "DELETE FROM account_session WHERE account_id = $1",
			  DB_WITH(DB_INT(account_id)), error);
}

/* The account must be there: a change of nothing is not reported as done. */
static bool find(struct auth *auth, int64_t account_id, struct account **account_out,
		 struct error *error)
{
	if (!account_load(auth, account_id, account_out, error))
		return false;
	return *account_out ? true
			    : error_set(error, ERROR_NOT_FOUND, "auth.no_account", "%lld",
					(long long)account_id);
}

bool auth_reset_password(struct auth *auth, int64_t account_id, const char *password_hash,
			 struct error *error)
{
	struct account *account;

	return find(auth, account_id, &account, error) &&
	       db_execute(auth->db,
			  "UPDATE account SET password = $1, password_at = $2, must_change = 1 "
			  "WHERE id = $3",
			  DB_WITH(DB_CSTR(password_hash), DB_INT(auth->now_ms), DB_INT(account_id)),
			  error) &&
	       end_sessions(auth, account_id, error) && guard_clear(auth, account->login, error) &&
	       auth_note(auth, "account.reset_password", account_subject(auth, account_id), NULL,
			 error);
}

bool auth_set_disabled(struct auth *auth, int64_t account_id, bool disabled, struct error *error)
{
	struct account *account;

	return find(auth, account_id, &account, error) &&
	       db_execute(auth->db, "UPDATE account SET is_disabled = $1 WHERE id = $2",
			  DB_WITH(DB_INT(disabled), DB_INT(account_id)), error) &&
	       end_sessions(auth, account_id, error) &&
	       auth_note(auth, disabled ? "account.disable" : "account.enable",
			 account_subject(auth, account_id), NULL, error);
}

bool auth_wake_account(struct auth *auth, int64_t account_id, struct error *error)
{
	struct account *account;

	return find(auth, account_id, &account, error) &&
	       db_execute(auth->db, "UPDATE account SET awake_since = $1 WHERE id = $2",
			  DB_WITH(DB_INT(auth->now_ms), DB_INT(account_id)), error) &&
	       auth_note(auth, "account.wake", account_subject(auth, account_id), NULL, error);
}

bool auth_unlock_account(struct auth *auth, int64_t account_id, struct error *error)
{
	struct account *account;

	return find(auth, account_id, &account, error) &&
	       guard_clear(auth, account->login, error) &&
	       auth_note(auth, "account.unlock", account_subject(auth, account_id), NULL, error);
}
