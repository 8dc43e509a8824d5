#include "auth/auth_internal.h"
#include "base/date.h"
#include "base/list.h"

enum { SEEN_EVERY_MS = 60000 }; /* reading must not write more often than that */

static const char sql_session[] =
	"SELECT id, account_id, organisation_id, seen_at FROM account_session "
	"WHERE token_hash = $1 AND seen_at > $2 AND created_at > $3";
static const char sql_token[] =
	"SELECT id, account_id, organisation_id, used_at, scopes FROM api_token "
	"WHERE token_hash = $1 AND ends_at > $2";
/* The user's own organisation first. */
static const char sql_memberships[] =
	"SELECT m.organisation_id, m.roles, o.path FROM membership m "
	"JOIN organisation o ON o.id = m.organisation_id JOIN \"user\" u ON u.id = m.user_id "
	"WHERE m.user_id = $1 AND m.state = 'active' AND (m.until IS NULL OR m.until = '' OR "
	"m.until >= $2) ORDER BY CASE WHEN m.organisation_id = u.organisation_id THEN 0 ELSE 1 "
	"END, "
	"m.organisation_id, m.id";

static const char sql_list[] =
	"SELECT m.id, m.organisation_id, COALESCE(o.short_name, o.name), m.roles, "
	"COALESCE(m.until, '') FROM membership m JOIN organisation o ON o.id = m.organisation_id "
	"WHERE m.user_id = $1 AND m.state = 'active' AND (m.until IS NULL OR m.until = '' OR "
	"m.until >= $2) ORDER BY m.organisation_id, m.id";

/* What a session's or a token's row says. */
struct ticket {
	int64_t id, account_id, organisation_id, seen_ms;
	const char *scopes;
};

static bool read_ticket(struct auth *auth, const char *sql, const struct db_param *params,
			size_t param_count, struct ticket *ticket, struct error *error)
{
	struct db_rows *rows;

	if (!db_query(auth->db, auth->arena, sql, params, param_count, &rows, error))
		return false;
	if (db_next(rows)) {
		ticket->id = db_integer(rows, 0);
		ticket->account_id = db_integer(rows, 1);
		ticket->organisation_id = db_integer(rows, 2);
		ticket->seen_ms = db_integer(rows, 3);
		if (sql == sql_token)
			ticket->scopes = str_to_cstr(auth->arena, db_text(rows, 4));
	}
	return db_rows_done(rows, error);
}

/* Not worth refusing a request for: it is said again with the next one. */
static void note_seen(struct auth *auth, const char *sql, const struct ticket *ticket)
{
	struct error ignored;

	if (auth->now_ms - ticket->seen_ms >= SEEN_EVERY_MS &&
	    !db_execute(auth->db, sql, DB_WITH(DB_INT(auth->now_ms), DB_INT(ticket->id)), &ignored))
		return;
}

static const char *today(struct auth *auth)
{
	enum { CHINA_OFFSET_MS = 8 * 3600 * 1000, DAY_MS = 24 * 3600 * 1000 };
	char *text = arena_alloc(auth->arena, DATE_TEXT_SIZE);

	return date_format((date)((auth->now_ms + CHINA_OFFSET_MS) / DAY_MS), text);
}

/* Roles in the wanted organisation (0: the first); *all_roles_out: in all of them. */
static bool read_memberships(struct auth *auth, int64_t user_id, int64_t wanted,
			     struct actor *actor, unsigned *all_roles_out, struct error *error)
{
	struct db_rows *rows;
	unsigned roles;
	bool done = true;

	*all_roles_out = 0;
	if (!db_query(auth->db, auth->arena, sql_memberships,
		      DB_WITH(DB_INT(user_id), DB_CSTR(today(auth))), &rows, error))
		return false;
	while (done && db_next(rows)) {
		int64_t organisation_id = db_integer(rows, 0);

		done = auth_parse_roles(db_text(rows, 1), &roles, error);
		*all_roles_out |= roles;
		if (!actor->organisation_id && (!wanted || wanted == organisation_id)) {
			actor->organisation_id = organisation_id;
			actor->organisation_path = str_to_cstr(auth->arena, db_text(rows, 2));
		}
		if (actor->organisation_id == organisation_id)
			actor->roles |= roles;
	}
	db_rows_close(rows);
	return done && db_rows_done(rows, error);
}

static bool read_membership(struct auth *auth, const struct db_rows *rows,
			    struct auth_membership *membership, struct error *error)
{
	membership->id = db_integer(rows, 0);
	membership->organisation_id = db_integer(rows, 1);
	membership->organisation = str_to_cstr(auth->arena, db_text(rows, 2));
	membership->until = str_to_cstr(auth->arena, db_text(rows, 4));
	return auth_parse_roles(db_text(rows, 3), &membership->roles, error);
}

bool auth_list_memberships(struct auth *auth, int64_t user_id,
			   struct auth_membership **memberships_out, size_t *count_out,
			   struct error *error)
{
	struct list list = LIST_OF(struct auth_membership);
	struct db_rows *rows;
	bool done = true;

	if (!db_query(auth->db, auth->arena, sql_list,
		      DB_WITH(DB_INT(user_id), DB_CSTR(today(auth))), &rows, error))
		return false;
	while (done && db_next(rows))
		done = read_membership(auth, rows, list_add(&list), error);
	db_rows_close(rows);
	*memberships_out = list_to_arena(&list, auth->arena, count_out);
	return done && db_rows_done(rows, error);
}

bool identity_load_actor(struct auth *auth, const struct account *account, int64_t organisation_id,
			 bool is_session, struct auth_identity *identity, struct error *error)
{
	unsigned all_roles;

	identity->account_id = account->id;
	identity->login = account->login;
	identity->actor = (struct actor){
		.user_id = account->user_id,
		.organisation_path = "",
		.request_id = auth->request_id,
		.address = auth->address,
	};
	if (!read_memberships(auth, account->user_id, organisation_id, &identity->actor, &all_roles,
			      error))
		return false;
	/* Granted one by one somewhere, they would still be too much together. */
	if (!auth_check_roles(all_roles, error))
		return error_set(error, ERROR_FORBIDDEN, "auth.roles_conflict", " ");
	identity->must_change_password = is_session && account->must_change;
	identity->must_add_totp = is_session && !account->totp_secret &&
				  (all_roles & auth->settings->totp_roles) != 0;
	return true;
}

static bool load_identity(struct auth *auth, const struct ticket *ticket, bool is_session,
			  const char *ended, struct auth_identity *identity, struct error *error)
{
	struct account *account = NULL;

	if (ticket->id && !account_load(auth, ticket->account_id, &account, error))
		return false;
	if (!account || account->is_disabled || !account->user_is_active ||
	    (!is_session && (account->must_change || account_is_dormant(auth, account))))
		return error_set(error, ERROR_UNAUTHENTICATED, ended, " ");
	auth->user_id = account->user_id;
	return identity_load_actor(auth, account, ticket->organisation_id, is_session, identity,
				   error);
}

static bool by_session(struct auth *auth, const struct auth_proof *proof,
		       struct auth_identity *identity, struct error *error)
{
	const struct auth_settings *settings = auth->settings;
	int64_t idle = auth->now_ms - (int64_t)settings->session_idle_minutes * 60000;
	int64_t begun = auth->now_ms - (int64_t)settings->session_max_hours * 3600000;
	const char *hash = token_hash(auth->arena, proof->session);
	struct ticket ticket = { 0 };

	if (!read_ticket(auth, sql_session, DB_WITH(DB_CSTR(hash), DB_INT(idle), DB_INT(begun)),
			 &ticket, error) ||
	    !load_identity(auth, &ticket, true, "auth.session_ended", identity, error))
		return false;
	identity->session_id = ticket.id;
	identity->csrf = token_csrf(auth->arena, proof->session);
	if (!proof->is_safe && (!proof->csrf || !secrets_equal(proof->csrf, identity->csrf)))
		return error_set(error, ERROR_FORBIDDEN, "auth.csrf", " ");
	note_seen(auth, "UPDATE account_session SET seen_at = $1 WHERE id = $2", &ticket);
	return true;
}

static bool by_token(struct auth *auth, const struct auth_proof *proof,
		     struct auth_identity *identity, struct error *error)
{
	const char *hash = token_hash(auth->arena, proof->bearer);
	struct ticket ticket = { 0 };

	if (!read_ticket(auth, sql_token, DB_WITH(DB_CSTR(hash), DB_INT(auth->now_ms)), &ticket,
			 error) ||
	    !load_identity(auth, &ticket, false, "auth.token_ended", identity, error))
		return false;
	identity->token_id = ticket.id;
	identity->scopes = ticket.scopes;
	note_seen(auth, "UPDATE api_token SET used_at = $1 WHERE id = $2", &ticket);
	return true;
}

bool auth_authenticate(struct auth *auth, const struct auth_proof *proof,
		       struct auth_identity *identity_out, struct error *error)
{
	*identity_out = (struct auth_identity){ .account_id = 0 };
	if (proof->bearer)
		return by_token(auth, proof, identity_out, error);
	if (proof->session && proof->session[0])
		return by_session(auth, proof, identity_out, error);
	return error_set(error, ERROR_UNAUTHENTICATED, "auth.needed", " ");
}
