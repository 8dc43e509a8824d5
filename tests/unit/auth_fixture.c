#include "auth_fixture.h"
#include "schema/schema.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <unistd.h>

static char path[] = "/tmp/test_auth_XXXXXX";

const struct auth_settings fixture_settings = {
	.password_length_min = 10,
	.session_idle_minutes = 30,
	.session_max_hours = 12,
	.sessions_max = 3,
	.lockout_after = 3,
	.lockout_address_after = 20,
	.lockout_seconds = 60,
	.lockout_seconds_max = 300,
	.dormant_days = 90,
	.token_days_max = 30,
	.password_operations = 1,
	.password_memory = 8192,
	.audit_hash = AUDIT_SHA256,
};

static void remove_file(void)
{
	unlink(path);
}

const char *fixture_target(size_t i)
{
	static bool is_made;

	if (!is_made) {
		close(mkstemp(path));
		is_made = atexit(remove_file) == 0;
	}
	return i == 0 ? path : i == 1 ? getenv("YUCHENG_POSTGRESQL") : NULL;
}

void fixture_execute(struct db *db, const char *sql)
{
	struct error error;

	if (!db_script(db, sql, &error))
		fail_msg("%s: %s", sql, error.detail);
}

struct db *fixture_open(const char *target)
{
	bool is_postgresql = strncmp(target, "postgres", 8) == 0;
	struct error error;
	struct db *db;

	if (!is_postgresql)
		unlink(target);
	assert_true(db_open(target, &db, &error));
	if (is_postgresql)
		fixture_execute(db, "DROP SCHEMA public CASCADE; CREATE SCHEMA public");
	if (!schema_migrate(db, &error))
		fail_msg("%s %s", error.key, error.detail);
	fixture_execute(db,
			"DELETE FROM organisation;"
			"INSERT INTO organisation (id, name, kind, path) VALUES (2, '示例中心', "
			"'centre', '/1/2/'), (3, '示例市局', 'city_bureau', '/1/3/');");
	return db;
}

int64_t fixture_user(struct auth *auth, const char *login, const char *password,
		     int64_t organisation_id, const char *roles)
{
	const char *hash = auth_hash_password(auth->arena, auth->settings, password);
	int64_t user_id, account_id;
	struct error error;

	assert_true(db_execute_returning(auth->db,
					 "INSERT INTO \"user\" (login, name, organisation_id) "
					 "VALUES ($1, $1, $2) RETURNING id",
					 DB_WITH(DB_CSTR(login), DB_INT(organisation_id)), &user_id,
					 &error));
	assert_true(db_execute(auth->db,
			       "INSERT INTO membership (user_id, organisation_id, roles, state) "
			       "VALUES ($1, $2, $3, 'active')",
			       DB_WITH(DB_INT(user_id), DB_INT(organisation_id), DB_CSTR(roles)),
			       &error));
	assert_true(db_begin(auth->db, &error));
	assert_true(auth_create_account(auth, user_id, login, hash, &account_id, &error));
	assert_true(db_execute(auth->db, "UPDATE account SET must_change = 0 WHERE id = $1",
			       DB_WITH(DB_INT(account_id)), &error));
	assert_true(db_commit(auth->db, &error));
	return account_id;
}
