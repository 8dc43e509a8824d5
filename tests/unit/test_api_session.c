/* Over HTTP, with accounts as auth/ keeps them: sessions, CSRF, tokens, one-time passwords. */
#include "api_client.h"
#include "auth_fixture.h"
#include "base/clock.h"
#include "base/file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

static const char folder[] = "test_api_session.data";
static const char password[] = "Correct-Horse-1";
static struct api_test test;

/* Two people of a centre: one may work, the other's password must be changed first. */
static void make_people(void)
{
	struct auth auth = { .arena = test.arena,
			     .settings = &fixture_settings,
			     .now_ms = clock_utc_ms() };

	auth.db = api_test_database(&test, folder);
	fixture_execute(auth.db,
			"DELETE FROM organisation;"
			"INSERT INTO organisation (id, name, kind, path) VALUES (2, '示例中心', "
			"'centre', '/1/2/');");
	fixture_user(&auth, "manager", password, 2, ",ip_manager,");
	fixture_user(&auth, "fresh", password, 2, ",ip_manager,");
	fixture_user(&auth, "admin", password, 2, ",system_admin,");
	fixture_execute(auth.db, "UPDATE account SET must_change = 1 WHERE login = 'fresh'");
	db_close(auth.db);
}

static int start_all(void **state)
{
	(void)state;
	api_test_start(&test, folder, NULL);
	make_people();
	return 0;
}

static int stop_all(void **state)
{
	(void)state;
	api_test_stop(&test);
	return 0;
}

/* The header lines of a session: its cookie, and the token that changes want. */
struct session {
	const char *cookie, *both;
};

static struct session log_in(const char *login)
{
	const char *body = arena_printf(test.arena, "{\"login\":\"%s\",\"password\":\"%s\"}", login,
					password);
	struct client_answer answer = api_test_send(&test, "", "POST", "/api/v1/session",
						    "application/json", str_of(body));
	const char *cookie = client_header(test.arena, &answer, "Set-Cookie");
	json_t *json = json_loadb(answer.body.data, answer.body.size, 0, NULL);
	struct session session;

	assert_int_equal(answer.status, 200);
	assert_non_null(strstr(cookie, "HttpOnly"));
	assert_non_null(strstr(cookie, "SameSite=Strict"));
	assert_string_equal(api_test_text(json, "login"), login);
	session.cookie = arena_printf(test.arena, "Cookie: %.*s\r\n",
				      (int)(strchr(cookie, ';') - cookie), cookie);
	session.both = arena_printf(test.arena, "%sX-CSRF-Token: %s\r\n", session.cookie,
				    api_test_text(json, "csrf"));
	json_decref(json);
	return session;
}

static void ask(int status, const char *headers, const char *method, const char *path,
		const char *body)
{
	json_decref(api_test_ask(&test, status, headers, method, path, body));
}

static void refused(int status, const char *key, const char *headers, const char *method,
		    const char *path, const char *body)
{
	json_t *json = api_test_ask(&test, status, headers, method, path, body);

	assert_string_equal(api_test_text(json, "key"), key);
	json_decref(json);
}

static void a_session_needs_its_cookie_and_for_changes_its_token(void **state)
{
	struct session session = log_in("manager");

	(void)state;
	refused(401, "auth.needed", "", "GET", "/api/v1/session", NULL);
	refused(401, "auth.wrong", "", "POST", "/api/v1/session",
		"{\"login\":\"manager\",\"password\":\"wrong\"}");
	ask(200, session.cookie, "GET", "/api/v1/session", NULL);
	ask(200, session.cookie, "GET", "/api/v1/search", NULL);
	refused(403, "auth.csrf", session.cookie, "POST", "/api/v1/topics", "{\"name\":\"a\"}");
	ask(201, session.both, "POST", "/api/v1/topics", "{\"name\":\"a\"}");
	ask(204, session.both, "DELETE", "/api/v1/session", NULL);
	refused(401, "auth.session_ended", session.cookie, "GET", "/api/v1/session", NULL);
}

static void roles_decide(void **state)
{
	struct session session = log_in("admin");

	(void)state;
	refused(403, "api.forbidden", session.cookie, "GET", "/api/v1/search", NULL);
	assert_int_equal(
		api_test_send(&test, session.cookie, "GET", "/metrics", NULL, STR_EMPTY).status,
		200);
}

static void a_one_time_password_opens_the_own_account_only(void **state)
{
	struct session session = log_in("fresh");

	(void)state;
	refused(403, "api.password_first", session.cookie, "GET", "/api/v1/search", NULL);
	ask(422, session.both, "PUT", "/api/v1/session/password",
	    "{\"old\":\"Correct-Horse-1\",\"new\":\"short\"}");
	ask(204, session.both, "PUT", "/api/v1/session/password",
	    "{\"old\":\"Correct-Horse-1\",\"new\":\"Battery-Staple-2\"}");
	refused(401, "auth.session_ended", session.cookie, "GET", "/api/v1/session", NULL);
}

static void a_token_reaches_as_far_as_its_scopes(void **state)
{
	struct session session = log_in("manager");
	json_t *json = api_test_ask(&test, 201, session.both, "POST", "/api/v1/tokens",
				    "{\"name\":\"script\",\"scopes\":\"*.read\",\"days\":7}");
	const char *bearer = arena_printf(test.arena, "Authorization: Bearer %s\r\n",
					  api_test_text(json, "token"));
	const char *path = arena_printf(test.arena, "/api/v1/tokens/%lld",
					(long long)api_test_number(json, "id"));

	(void)state;
	json_decref(json);
	ask(200, bearer, "GET", "/api/v1/search", NULL);
	refused(403, "api.forbidden", bearer, "POST", "/api/v1/topics", "{\"name\":\"b\"}");
	ask(204, session.both, "DELETE", path, NULL);
	refused(401, "auth.token_ended", bearer, "GET", "/api/v1/search", NULL);
	refused(422, "api.number", session.both, "POST", "/api/v1/tokens",
		"{\"name\":\"x\",\"scopes\":\"*\",\"days\":9999}");
}

static void changes_are_in_the_audit_log(void **state)
{
	struct arena *arena = arena_create(4096);
	const struct audit_filter filter = { .action = "record.create",
					     .subject = "topic/",
					     .limit = 10 };
	struct audit_report report;
	struct audit_line *lines;
	struct error error;
	struct db *db;
	size_t count;

	(void)state;
	db = api_test_database(&test, folder);
	assert_true(audit_list(db, arena, &filter, &lines, &count, &error));
	assert_int_equal(count, 1);
	assert_true(str_starts_with(str_of(lines[0].detail), STR("version 1")));
	assert_true(lines[0].user_id > 0);
	assert_int_equal(strlen(lines[0].request_id), 16);
	assert_true(audit_verify(db, &report, &error));
	assert_int_equal(report.fault, AUDIT_WHOLE);
	db_close(db);
	arena_destroy(arena);
}

/* A route whose permission nobody holds would be open to none, and be forgotten. */
static void every_permission_belongs_to_a_role(void **state)
{
	(void)state;
	for (const struct route *route = api_routes; route->method; route++)
		assert_true(strcmp(route->permission, PUBLIC) == 0 ||
			    api_allows(ROLES_ALL, route->permission));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_session_needs_its_cookie_and_for_changes_its_token),
		cmocka_unit_test(roles_decide),
		cmocka_unit_test(a_one_time_password_opens_the_own_account_only),
		cmocka_unit_test(a_token_reaches_as_far_as_its_scopes),
		cmocka_unit_test(changes_are_in_the_audit_log),
		cmocka_unit_test(every_permission_belongs_to_a_role),
	};

	return cmocka_run_group_tests(tests, start_all, stop_all);
}
