#include "auth/auth_internal.h"
#include "base/list.h"

static const char sql_add_token[] =
	"INSERT INTO api_token (token_hash, account_id, organisation_id, name, scopes, created_at, "
	"ends_at) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id";
static const char sql_tokens[] =
	"SELECT id, created_at, ends_at, used_at, name, scopes FROM api_token "
	"WHERE account_id = $1 AND ends_at > $2 ORDER BY id LIMIT 200";

static bool is_scope_word(struct str word)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz_0123456789";

	for (size_t i = 0; i < word.size; i++)
		if (!memchr(letters, word.data[i], sizeof(letters) - 1))
			return str_equal(word, STR("*"));
	return word.size > 0;
}

/* "*", or two words with a point between them, each of which may be "*". */
static bool is_scope(struct str scope)
{
	size_t point = str_find_byte(scope, '.');

	if (point == STR_NOT_FOUND)
		return str_equal(scope, STR("*"));
	return is_scope_word(str_slice(scope, 0, point)) &&
	       is_scope_word(str_slice(scope, point + 1, scope.size));
}

static bool are_scopes(const char *scopes)
{
	struct str rest = str_of(scopes), scope;
	bool any = false;

	while (str_split(&rest, STR(" "), &scope)) {
		if (!is_scope(scope))
			return false;
		any = true;
	}
	return any && strlen(scopes) <= 1000;
}

static bool scope_covers(struct str scope, struct str permission)
{
	size_t point = str_find_byte(scope, '.'), other = str_find_byte(permission, '.');
	struct str group = str_slice(scope, 0, point);
	struct str action = point == STR_NOT_FOUND ? STR("*")
						   : str_slice(scope, point + 1, scope.size);

	return (str_equal(group, STR("*")) || str_equal(group, str_slice(permission, 0, other))) &&
	       (str_equal(action, STR("*")) ||
		(other != STR_NOT_FOUND &&
		 str_equal(action, str_slice(permission, other + 1, permission.size))));
}

bool auth_scope_allows(const struct auth_identity *identity, const char *permission)
{
	struct str rest = str_of(identity->scopes), scope;

	if (!identity->scopes)
		return true;
	while (str_split(&rest, STR(" "), &scope))
		if (scope_covers(scope, str_of(permission)))
			return true;
	return false;
}

bool auth_create_token(struct auth *auth, const struct auth_identity *identity, const char *name,
		       const char *scopes, int days, const char **token_out, int64_t *id_out,
		       struct error *error)
{
	char random[TOKEN_SIZE];
	int64_t ends = auth->now_ms + (int64_t)days * 86400000;

	if (!auth_need_session(identity, error))
		return false;
	if (!name[0] || strlen(name) > 200)
		return error_set_field(error, "name", "auth.token_name");
	if (!are_scopes(scopes))
		return error_set_field(error, "scopes", "auth.token_scopes");
	if (days < 1 || days > auth->settings->token_days_max) {
		error_set(error, ERROR_INVALID, "auth.token_days", "%d",
			  auth->settings->token_days_max);
		error->field = "days";
		return false;
	}
	token_make(random);
	*token_out = arena_printf(auth->arena, "yc_%s", random);
	return db_execute_returning(auth->db, sql_add_token,
				    DB_WITH(DB_CSTR(token_hash(auth->arena, *token_out)),
					    DB_INT(identity->account_id),
					    DB_INT(identity->actor.organisation_id), DB_CSTR(name),
					    DB_CSTR(scopes), DB_INT(auth->now_ms), DB_INT(ends)),
				    id_out, error) &&
	       auth_note(auth, "account.create_token",
			 arena_printf(auth->arena, "token/%lld", (long long)*id_out), scopes,
			 error);
}

bool auth_list_tokens(struct auth *auth, int64_t account_id, struct auth_token **tokens_out,
		      size_t *count_out, struct error *error)
{
	struct list tokens = LIST_OF(struct auth_token);
	struct db_rows *rows;
	bool done;

	if (!db_query(auth->db, auth->arena, sql_tokens,
		      DB_WITH(DB_INT(account_id), DB_INT(auth->now_ms)), &rows, error))
		return false;
	while (db_next(rows))
		*(struct auth_token *)list_add(&tokens) = (struct auth_token){
			.id = db_integer(rows, 0),
			.created_ms = db_integer(rows, 1),
			.ends_ms = db_integer(rows, 2),
			.used_ms = db_integer(rows, 3),
			.name = str_to_cstr(auth->arena, db_text(rows, 4)),
			.scopes = str_to_cstr(auth->arena, db_text(rows, 5)),
		};
	done = db_rows_done(rows, error);
	*tokens_out = list_to_arena(&tokens, auth->arena, count_out);
	return done;
}

bool auth_revoke_token(struct auth *auth, int64_t account_id, int64_t token_id, struct error *error)
{
	int64_t id;

	if (!db_execute_returning(auth->db,
				  "DELETE FROM api_token WHERE account_id = $1 AND id = $2 "
				  "RETURNING id",
				  DB_WITH(DB_INT(account_id), DB_INT(token_id)), &id, error))
		return false;
	if (id == 0)
		return error_set(error, ERROR_NOT_FOUND, "auth.no_token", " ");
	return auth_note(auth, "account.revoke_token",
			 arena_printf(auth->arena, "token/%lld", (long long)token_id), NULL, error);
}
