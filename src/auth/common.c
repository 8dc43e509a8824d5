#include "auth/auth_internal.h"
#include "auth/digest.h"
#include "base/list.h"

#include <assert.h>
#include <sodium.h>

const struct auth_settings auth_settings_default = {
	.password_length_min = 10,
	.session_idle_minutes = 30,
	.session_max_hours = 12,
	.sessions_max = 5,
	.lockout_after = 5,
	.lockout_address_after = 50,
	.lockout_seconds = 60,
	.lockout_seconds_max = 3600,
	.dormant_days = 180,
	.token_days_max = 365,
	.totp_roles = 0,
	.password_operations = 2,
	.password_memory = (size_t)64 << 20,
	.audit_hash = AUDIT_SHA256,
};

void token_make(char text_out[TOKEN_SIZE])
{
	unsigned char bytes[32];

	randombytes_buf(bytes, sizeof(bytes));
	sodium_bin2base64(text_out, TOKEN_SIZE, bytes, sizeof(bytes),
			  sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

const char *token_hash(struct arena *arena, const char *token)
{
	char *hex = arena_alloc(arena, DIGEST_HEX_SIZE);

	digest_hex(AUDIT_SHA256, str_of(token), hex);
	return hex;
}

const char *token_csrf(struct arena *arena, const char *cookie)
{
	char *hex = arena_alloc(arena, DIGEST_HEX_SIZE);

	digest_hex(AUDIT_SHA256, str_of(arena_printf(arena, "csrf of %s", cookie)), hex);
	return hex;
}

bool secrets_equal(const char *a, const char *b)
{
	size_t size = strlen(a);

	return strlen(b) == size && sodium_memcmp(a, b, size) == 0;
}

bool auth_note(struct auth *auth, const char *action, const char *subject, const char *detail,
	       struct error *error)
{
	const struct audit_entry entry = {
		.at_ms = auth->now_ms,
		.user_id = auth->user_id,
		.request_id = auth->request_id,
		.action = action,
		.subject = subject,
		.detail = detail,
	};

	return audit_append(auth->db, auth->settings->audit_hash, &entry, error);
}

bool auth_record_audit(struct record_store *store, const struct record_audit *line,
		       struct error *error)
{
	const struct auth_settings *settings = store->audit_context;
	const struct audit_entry entry = {
		.at_ms = store->now_ms,
		.user_id = store->actor->user_id,
		.request_id = store->actor->request_id,
		.action = arena_printf(store->arena, "record.%s", line->action),
		.subject = arena_printf(store->arena, "%s/%lld", line->type, (long long)line->id),
		.detail = arena_printf(store->arena, "version %lld %s", (long long)line->version,
				       line->detail ? line->detail : ""),
	};

	return audit_append(store->db, settings->audit_hash, &entry, error);
}

const char *account_subject(struct auth *auth, int64_t account_id)
{
	return arena_printf(auth->arena, "account/%lld", (long long)account_id);
}

bool auth_in_transaction(struct auth *auth, auth_work_fn *work, void *context, struct error *error)
{
	assert(!db_in_transaction(auth->db));
	if (!db_begin(auth->db, error))
		return false;
	if (work(auth, context, error) && db_commit(auth->db, error))
		return true;
	db_rollback(auth->db);
	return false;
}

bool auth_need_session(const struct auth_identity *identity, struct error *error)
{
	return identity->session_id ? true
				    : error_set(error, ERROR_FORBIDDEN, "auth.session_only", " ");
}

/* ---- Login history. */

static const char sql_add_event[] =
	"INSERT INTO login_event (at, account_id, login, outcome, address, agent) "
	"VALUES ($1, $2, $3, $4, $5, $6)";
static const char sql_events[] =
	"SELECT e.id, e.at, e.account_id, e.login, e.outcome, e.address, e.agent, a.user_id "
	"FROM login_event e LEFT JOIN account a ON a.id = e.account_id "
	"WHERE (CAST($1 AS BIGINT) = 0 OR e.account_id = $1) AND ($2 = '' OR e.login = $2) "
	"AND ($3 = '' OR e.outcome = $3) AND e.at >= $4 AND e.at < $5 AND e.id < $6 "
	"ORDER BY e.id DESC LIMIT 200";

bool event_add(struct auth *auth, int64_t account_id, const char *login, const char *outcome,
	       struct error *error)
{
	struct str agent = str_slice(str_of(auth->agent), 0, 200);

	return db_execute(auth->db, sql_add_event,
			  DB_WITH(DB_INT(auth->now_ms), DB_INT(account_id), DB_CSTR(login),
				  DB_CSTR(outcome), DB_CSTR(auth->address), DB_STR(agent)),
			  error);
}

bool auth_list_events(struct auth *auth, const struct auth_event_filter *filter,
		      struct auth_event **events_out, size_t *count_out, struct error *error)
{
	struct list events = LIST_OF(struct auth_event);
	struct db_rows *rows;
	bool done;

	if (!db_query(auth->db, auth->arena, sql_events,
		      DB_WITH(DB_INT(filter->account_id), DB_STR(str_of(filter->login)),
			      DB_STR(str_of(filter->outcome)), DB_INT(filter->from_ms),
			      DB_INT(filter->to_ms ? filter->to_ms : INT64_MAX),
			      DB_INT(filter->before_id ? filter->before_id : INT64_MAX)),
		      &rows, error))
		return false;
	while (db_next(rows))
		*(struct auth_event *)list_add(&events) = (struct auth_event){
			.id = db_integer(rows, 0),
			.at_ms = db_integer(rows, 1),
			.account_id = db_integer(rows, 2),
			.login = str_to_cstr(auth->arena, db_text(rows, 3)),
			.outcome = str_to_cstr(auth->arena, db_text(rows, 4)),
			.address = str_to_cstr(auth->arena, db_text(rows, 5)),
			.agent = str_to_cstr(auth->arena, db_text(rows, 6)),
			.user_id = db_integer(rows, 7),
		};
	done = db_rows_done(rows, error);
	*events_out = list_to_arena(&events, auth->arena, count_out);
	return done;
}

/* ---- Cleaning. */

static bool clean(struct auth *auth, void *context, struct error *error)
{
	const int64_t day_ms = 86400000;
	const struct auth_settings *settings = auth->settings;
	int64_t history_days = *(const int *)context;
	int64_t idle = auth->now_ms - (int64_t)settings->session_idle_minutes * 60000;
	int64_t begun = auth->now_ms - (int64_t)settings->session_max_hours * 3600000;

	return db_execute(auth->db,
			  "DELETE FROM account_session WHERE seen_at < $1 OR created_at < $2",
			  DB_WITH(DB_INT(idle), DB_INT(begun)), error) &&
	       db_execute(auth->db, "DELETE FROM api_token WHERE ends_at < $1",
			  DB_WITH(DB_INT(auth->now_ms - 365 * day_ms)), error) &&
	       db_execute(auth->db,
			  "DELETE FROM login_guard WHERE failed_at < $1 AND locked_until < $2",
			  DB_WITH(DB_INT(auth->now_ms - day_ms), DB_INT(auth->now_ms)), error) &&
	       db_execute(auth->db, "DELETE FROM login_event WHERE at < $1",
			  DB_WITH(DB_INT(auth->now_ms - history_days * day_ms)), error);
}

bool auth_clean(struct auth *auth, int history_days, struct error *error)
{
	return auth_in_transaction(auth, clean, &history_days, error);
}
