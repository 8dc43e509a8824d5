/*
 * make_workspace DATA: makes the organisations and people of the HTTP cases in a data folder, without
 * the cost of hashing passwords, and prints their tokens as one JSON object {LOGIN: TOKEN}.
 *
 *   1 province ── 2 city ── 3 centre, 4 the centre beside it
 *              ├─ 5 another city ── 6 its centre
 *              └─ 7 agency
 */
#include "auth/auth.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/jsonout.h"
#include "library/library.h"
#include "record/record.h"
#include "record/secret.h"

#include <stdio.h>
#include <stdlib.h>

static const char organisations[] =
	"DELETE FROM organisation;"
	"INSERT INTO organisation (id, name, kind, path, parent_id, region) VALUES "
	"(1, '示例省局', 'province_bureau', '/1/', NULL, '51'), "
	"(2, '示例市局', 'city_bureau', '/1/2/', 1, '5101'), "
	"(3, '示例中心', 'centre', '/1/2/3/', 2, '5101'), "
	"(4, '示例邻近中心', 'centre', '/1/2/4/', 2, '5101'), "
	"(5, '示例另一市局', 'city_bureau', '/1/5/', 1, '5107'), "
	"(6, '示例另一中心', 'centre', '/1/5/6/', 5, '5107'), "
	"(7, '示例代理机构', 'agency', '/1/7/', 1, '5101');";

static const struct person {
	const char *login;
	int64_t organisation;
	enum role role;
	bool must_change;
} people[] = {
	{ "director", 3, ROLE_DIRECTOR, false },
	{ "manager", 3, ROLE_IP_MANAGER, false },
	{ "researcher", 3, ROLE_RESEARCHER, false },
	{ "finance", 3, ROLE_FINANCE, false },
	{ "agency", 7, ROLE_AGENCY, false },
	{ "city", 2, ROLE_CITY_OFFICER, false },
	{ "province", 1, ROLE_PROVINCE_OFFICER, false },
	{ "expert", 1, ROLE_EXPERT, false },
	{ "inspector", 1, ROLE_INSPECTOR, false },
	{ "sysadmin", 1, ROLE_SYSTEM_ADMIN, false },
	{ "secadmin", 1, ROLE_SECURITY_ADMIN, false },
	{ "auditadmin", 1, ROLE_AUDIT_ADMIN, false },
	{ "newcomer", 3, ROLE_IP_MANAGER, true },
	/* whose things are elsewhere or below */
	{ "manager4", 4, ROLE_IP_MANAGER, false },
	{ "director4", 4, ROLE_DIRECTOR, false },
	{ "manager6", 6, ROLE_IP_MANAGER, false },
	{ "manager7", 7, ROLE_AGENCY, false },
};
enum { PEOPLE = sizeof(people) / sizeof(people[0]) };

static void need(bool done, const struct error *error)
{
	if (done)
		return;
	fprintf(stderr, "make_workspace: %s %s\n", error->key, error->detail);
	exit(1);
}

static void add_person(struct auth *auth, const struct person *person, const char *hash,
		       int64_t *user_out, int64_t *account_out)
{
	const char *roles = arena_printf(auth->arena, ",%s,", role_infos[person->role].name);
	struct error error;

	need(db_execute_returning(auth->db,
				  "INSERT INTO \"user\" (login, name, organisation_id) VALUES "
				  "($1, $1, $2) RETURNING id",
				  DB_WITH(DB_CSTR(person->login), DB_INT(person->organisation)),
				  user_out, &error),
	     &error);
	need(db_execute(auth->db,
			"INSERT INTO membership (user_id, organisation_id, roles, state) VALUES "
			"($1, $2, $3, 'active')",
			DB_WITH(DB_INT(*user_out), DB_INT(person->organisation), DB_CSTR(roles)),
			&error),
	     &error);
	need(auth_create_account(auth, *user_out, person->login, hash, account_out, &error),
	     &error);
	if (!person->must_change)
		need(db_execute(auth->db, "UPDATE account SET must_change = 0 WHERE id = $1",
				DB_WITH(DB_INT(*account_out)), &error),
		     &error);
}

static const char *add_token(struct auth *auth, const struct person *person, int64_t user,
			     int64_t account)
{
	const struct auth_identity identity = {
		.actor = { .user_id = user,
			   .organisation_id = person->organisation,
			   .roles = ROLE_BIT(person->role) },
		.account_id = account,
		.session_id = 1, /* a token makes none */
		.login = person->login,
	};
	const char *token;
	struct error error;
	int64_t id;

	need(auth_create_token(auth, &identity, "cases", "*", 30, &token, &id, &error), &error);
	return token;
}

int main(int count, char **arguments)
{
	struct arena *arena = arena_create(1 << 20);
	struct strbuf text = STRBUF_INIT;
	struct jsonout json = JSONOUT_TO(&text);
	struct library *library;
	struct secret_key key;
	struct error error;
	const char *key_path, *hash;
	struct auth auth = { .arena = arena,
			     .settings = &auth_settings_default,
			     .key = &key,
			     .now_ms = clock_utc_ms() };

	if (count != 2)
		return 2;
	need(library_open(arguments[1], true, &library, &error), &error);
	key_path = file_join(arena, arguments[1], "secret.key");
	need(secret_make_key(key_path, &error) && secret_read_key(key_path, &key, &error), &error);
	auth.db = library_database(library);
	hash = auth_hash_password(arena, auth.settings, "Nobody-logs-in-1");
	need(db_script(auth.db, organisations, &error), &error);
	need(db_begin(auth.db, &error), &error);
	jsonout_object_begin(&json);
	for (size_t i = 0; i < PEOPLE; i++) {
		int64_t user, account;

		add_person(&auth, &people[i], hash, &user, &account);
		jsonout_member_cstr(&json, people[i].login,
				    add_token(&auth, &people[i], user, account));
	}
	jsonout_object_end(&json);
	need(db_commit(auth.db, &error), &error);
	printf("%s\n", text.data);
	strbuf_release(&text);
	library_close(library);
	arena_destroy(arena);
	return 0;
}
