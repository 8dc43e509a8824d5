#include "auth/auth_internal.h"

/*
 * A login that does not exist is locked like one that does: the lock says nothing about it. Locks
 * by address come much later: many people may sit behind one.
 */
enum { FORGOTTEN_MS = 24 * 3600 * 1000 };

static const char sql_locked[] =
	"SELECT COALESCE(MAX(locked_until), 0) FROM login_guard WHERE name = $1 OR name = $2";
static const char sql_fail[] =
	"INSERT INTO login_guard (name, failed, failed_at, locked_until) VALUES ($1, 1, $2, 0) "
	"ON CONFLICT (name) DO UPDATE SET failed = CASE WHEN login_guard.failed_at < $3 THEN 1 "
	"ELSE login_guard.failed + 1 END, failed_at = excluded.failed_at RETURNING failed";
static const char sql_lock[] = "UPDATE login_guard SET locked_until = $1 WHERE name = $2";
static const char sql_clear[] = "DELETE FROM login_guard WHERE name = $1";

static const char *login_key(struct auth *auth, const char *login)
{
	return arena_printf(auth->arena, "login:%s", login);
}

static const char *address_key(struct auth *auth)
{
	return arena_printf(auth->arena, "address:%s", auth->address ? auth->address : "");
}

bool guard_check(struct auth *auth, const char *login, int *retry_after_out, struct error *error)
{
	int64_t until;

	*retry_after_out = 0;
	if (!db_execute_returning(
		    auth->db, sql_locked,
		    DB_WITH(DB_CSTR(login_key(auth, login)), DB_CSTR(address_key(auth))), &until,
		    error))
		return false;
	if (until <= auth->now_ms)
		return true;
	*retry_after_out = (int)((until - auth->now_ms + 999) / 1000);
	return error_set(error, ERROR_TOO_MANY, "auth.locked", "%d", *retry_after_out);
}

/* The first lock after `allowed` failures; doubled by each further one. */
static int64_t lock_ms(const struct auth_settings *settings, int64_t failed, int allowed)
{
	int64_t seconds = settings->lockout_seconds;

	if (failed < allowed)
		return 0;
	for (int64_t i = allowed; i < failed && seconds < settings->lockout_seconds_max; i++)
		seconds *= 2;
	return (seconds < settings->lockout_seconds_max ? seconds : settings->lockout_seconds_max) *
	       1000;
}

static bool fail(struct auth *auth, const char *key, int allowed, struct error *error)
{
	int64_t failed, locked;

	if (!db_execute_returning(auth->db, sql_fail,
				  DB_WITH(DB_CSTR(key), DB_INT(auth->now_ms),
					  DB_INT(auth->now_ms - FORGOTTEN_MS)),
				  &failed, error))
		return false;
	locked = lock_ms(auth->settings, failed, allowed);
	return locked == 0 ||
	       db_execute(auth->db, sql_lock, DB_WITH(DB_INT(auth->now_ms + locked), DB_CSTR(key)),
			  error);
}

bool guard_fail(struct auth *auth, const char *login, struct error *error)
{
	const struct auth_settings *settings = auth->settings;

	return fail(auth, login_key(auth, login), settings->lockout_after, error) &&
	       fail(auth, address_key(auth), settings->lockout_address_after, error);
}

bool guard_clear(struct auth *auth, const char *login, struct error *error)
{
	return db_execute(auth->db, sql_clear, DB_WITH(DB_CSTR(login_key(auth, login))), error);
}
