#include "auth/auth_internal.h"
#include "base/list.h"

static const char sql_insert[] = "INSERT INTO account_session (token_hash, account_id, "
				 "organisation_id, created_at, seen_at, "
				 "address, agent) VALUES ($1, $2, 0, $3, $3, $4, $5) RETURNING id";
/* The newest $2 stay. */
static const char sql_trim[] =
	"DELETE FROM account_session WHERE account_id = $1 AND id NOT IN (SELECT id FROM "
	"account_session WHERE account_id = $1 ORDER BY created_at DESC, id DESC LIMIT $2)";
static const char sql_list[] =
	"SELECT id, created_at, seen_at, address, agent FROM account_session "
	"WHERE account_id = $1 AND seen_at > $2 AND created_at > $3 ORDER BY id DESC LIMIT 200";
static const char sql_rotate[] =
	"UPDATE account_session SET token_hash = $1 WHERE id = $2 RETURNING id";
static const char sql_member[] =
	"SELECT COUNT(*) FROM membership WHERE user_id = $1 AND organisation_id = $2 AND "
	"state = 'active'";

bool session_make(struct auth *auth, const struct account *account, const char **cookie_out,
		  int64_t *id_out, struct error *error)
{
	char *cookie = arena_alloc(auth->arena, TOKEN_SIZE);
	struct str agent = str_slice(str_of(auth->agent), 0, 200);

	token_make(cookie);
	*cookie_out = cookie;
	return db_execute_returning(auth->db, sql_insert,
				    DB_WITH(DB_CSTR(token_hash(auth->arena, cookie)),
					    DB_INT(account->id), DB_INT(auth->now_ms),
					    DB_CSTR(auth->address), DB_STR(agent)),
				    id_out, error) &&
	       db_execute(auth->db, sql_trim,
			  DB_WITH(DB_INT(account->id), DB_INT(auth->settings->sessions_max)),
			  error);
}

bool auth_rotate_session(struct auth *auth, const struct auth_identity *identity,
			 const char **cookie_out, struct error *error)
{
	char *cookie = arena_alloc(auth->arena, TOKEN_SIZE);
	int64_t id;

	token_make(cookie);
	*cookie_out = cookie;
	if (!auth_need_session(identity, error) ||
	    !db_execute_returning(
		    auth->db, sql_rotate,
		    DB_WITH(DB_CSTR(token_hash(auth->arena, cookie)), DB_INT(identity->session_id)),
		    &id, error))
		return false;
	return id ? true : error_set(error, ERROR_UNAUTHENTICATED, "auth.session_ended", " ");
}

bool auth_switch_organisation(struct auth *auth, const struct auth_identity *identity,
			      int64_t organisation_id, const char **cookie_out, struct error *error)
{
	int64_t count;

	if (!db_execute_returning(auth->db, sql_member,
				  DB_WITH(DB_INT(identity->actor.user_id), DB_INT(organisation_id)),
				  &count, error))
		return false;
	if (count == 0)
		return error_set(error, ERROR_FORBIDDEN, "auth.not_member", " ");
	return auth_rotate_session(auth, identity, cookie_out, error) &&
	       db_execute(auth->db, "UPDATE account_session SET organisation_id = $1 WHERE id = $2",
			  DB_WITH(DB_INT(organisation_id), DB_INT(identity->session_id)), error) &&
	       auth_note(auth, "account.switch_organisation",
			 arena_printf(auth->arena, "organisation/%lld", (long long)organisation_id),
			 NULL, error);
}

bool auth_log_out(struct auth *auth, const struct auth_identity *identity, struct error *error)
{
	return auth_need_session(identity, error) &&
	       db_execute(auth->db, "DELETE FROM account_session WHERE id = $1",
			  DB_WITH(DB_INT(identity->session_id)), error) &&
	       event_add(auth, identity->account_id, identity->login, "out", error) &&
	       auth_note(auth, "account.log_out", account_subject(auth, identity->account_id), NULL,
			 error);
}

bool auth_list_sessions(struct auth *auth, int64_t account_id, struct auth_session **sessions_out,
			size_t *count_out, struct error *error)
{
	int64_t idle_ms = (int64_t)auth->settings->session_idle_minutes * 60000;
	int64_t max_ms = (int64_t)auth->settings->session_max_hours * 3600000;
	struct list sessions = LIST_OF(struct auth_session);
	struct db_rows *rows;
	bool done;

	if (!db_query(auth->db, auth->arena, sql_list,
		      DB_WITH(DB_INT(account_id), DB_INT(auth->now_ms - idle_ms),
			      DB_INT(auth->now_ms - max_ms)),
		      &rows, error))
		return false;
	while (db_next(rows))
		*(struct auth_session *)list_add(&sessions) = (struct auth_session){
			.id = db_integer(rows, 0),
			.created_ms = db_integer(rows, 1),
			.seen_ms = db_integer(rows, 2),
			.ends_ms = db_integer(rows, 1) + max_ms,
			.address = str_to_cstr(auth->arena, db_text(rows, 3)),
			.agent = str_to_cstr(auth->arena, db_text(rows, 4)),
		};
	done = db_rows_done(rows, error);
	*sessions_out = list_to_arena(&sessions, auth->arena, count_out);
	return done;
}

bool auth_revoke_session(struct auth *auth, int64_t account_id, int64_t session_id,
			 struct error *error)
{
	int64_t id;

	if (!db_execute_returning(
		    auth->db,
		    "DELETE FROM account_session WHERE account_id = $1 AND "
		    "(id = $2 OR $3 = 1) RETURNING id",
		    DB_WITH(DB_INT(account_id), DB_INT(session_id), DB_INT(session_id == 0)), &id,
		    error))
		return false;
	if (id == 0 && session_id != 0)
		return error_set(error, ERROR_NOT_FOUND, "auth.no_session", " ");
	return auth_note(auth, "account.revoke_session", account_subject(auth, account_id), NULL,
			 error);
}
