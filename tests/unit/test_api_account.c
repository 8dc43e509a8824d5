/* The demo workspace's people over HTTP: who may keep accounts, sessions, the audit log, and who not. */
#include "api_client.h"
#include "auth/auth.h"
#include "base/clock.h"
#include "base/file.h"
#include "demo/demo_workspace.h"
#include "record/secret.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

static const char folder[] = "test_api_account.data";
static const char own_password[] = "Correct-Horse-1";
static struct api_test test;
static struct demo_workspace people;

/* Fast to hash; each hash says itself how it was made. */
static struct auth_settings cheap_settings(void)
{
	struct auth_settings settings = auth_settings_default;

	settings.password_operations = 1;
	settings.password_memory = 8192;
	return settings;
}

/* The workspace wants the bureau's topics; the collection behind them is no matter here. */
static void add_topics(struct library *library)
{
	static const char *const names[] = { "示例·航空航天", "示例·新一代信息技术" };
	struct error error;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct topic topic = { .name = names[i],
				       .purpose = "示例",
				       .field = "示例",
				       .query = "ALL",
				       .created_on = 20700,
				       .updated_on = 20700 };

		assert_true(library_topic_save(library, &topic, &error));
	}
}

static void make_people(void)
{
	struct auth_settings settings = cheap_settings();
	struct secret_key key;
	struct demo_site site = { .arena = test.arena,
				  .settings = &settings,
				  .key = &key,
				  .now_ms = clock_utc_ms(),
				  .today = clock_today() };
	struct error error;
	struct demo *demo;

	assert_true(secret_read_key(file_join(test.arena, folder, "secret.key"), &key, &error));
	assert_true(library_open(folder, false, &site.library, &error));
	add_topics(site.library);
	assert_true(demo_create(test.arena, &demo, &error));
	if (!demo_make_workspace(demo, &site, &people, &error))
		fail_msg("%s line %lld: %s", error.key, (long long)error.at, error.detail);
	assert_true(people.is_made);
	library_close(site.library);
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

static const char *one_time_password(const char *login)
{
	for (size_t i = 0; i < people.account_count; i++)
		if (strcmp(people.accounts[i].login, login) == 0)
			return people.accounts[i].password;
	fail_msg("no account %s", login);
	return NULL;
}

static void ask(int status, const char *headers, const char *method, const char *path,
		const char *body)
{
	json_decref(api_test_ask(&test, status, headers, method, path, body));
}

static void refused(int status, const char *key, const char *headers, const char *method,
		    const char *path)
{
	json_t *json = api_test_ask(&test, status, headers, method, path,
				    strcmp(method, "POST") == 0 ? "{}" : NULL);

	assert_string_equal(api_test_text(json, "key"), key);
	json_decref(json);
}

/* As the owner does it: the one-time password first, then an own one. The second time: as settled. */
static struct api_session settle(const char *login)
{
	struct api_session session;
	const char *body;

	if (api_test_log_in(&test, login, own_password, &session))
		return session;
	assert_true(api_test_log_in(&test, login, one_time_password(login), &session));
	refused(403, "api.password_first", session.cookie, "GET", "/api/v1/tasks");
	body = arena_printf(test.arena, "{\"old\":\"%s\",\"new\":\"%s\"}", one_time_password(login),
			    own_password);
	ask(204, session.both, "PUT", "/api/v1/session/password", body);
	assert_false(api_test_log_in(&test, login, one_time_password(login), &session));
	assert_true(api_test_log_in(&test, login, own_password, &session));
	return session;
}

static int64_t account_of(const struct api_session *reader, const char *login)
{
	json_t *json = api_test_ask(&test, 200, reader->cookie, "GET", "/api/v1/accounts", NULL);
	int64_t id = 0;
	json_t *account;
	size_t i;

	json_array_foreach(json_object_get(json, "accounts"), i, account)
	{
		if (strcmp(api_test_text(account, "login"), login) == 0)
			id = api_test_number(account, "id");
	}
	json_decref(json);
	return id;
}

static const char *account_path(const struct api_session *reader, const char *login,
				const char *rest)
{
	int64_t id = account_of(reader, login);

	assert_true(id > 0);
	return arena_printf(test.arena, "/api/v1/accounts/%lld%s", (long long)id, rest);
}

/* ---- */

static void every_role_has_somebody_who_can_log_in(void **state)
{
	(void)state;
	for (int role = 0; role < ROLE_COUNT; role++) {
		struct api_session session;
		const char *login = NULL;
		json_t *json;

		for (size_t i = 0; i < people.account_count; i++)
			if (strcmp(people.accounts[i].role, role_infos[role].name) == 0)
				login = people.accounts[i].login;
		if (!login)
			fail_msg("nobody is %s", role_infos[role].name);
		session = settle(login);
		json = api_test_ask(&test, 200, session.cookie, "GET", "/api/v1/session", NULL);
		assert_string_equal(
			json_string_value(json_array_get(json_object_get(json, "roles"), 0)),
			role_infos[role].name);
		assert_int_equal(json_array_size(json_object_get(json, "memberships")), 1);
		json_decref(json);
	}
}

static void the_workspace_is_made_once(void **state)
{
	struct auth_settings settings = cheap_settings();
	struct demo_workspace again;
	struct secret_key key;
	struct demo_site site = { .arena = test.arena,
				  .settings = &settings,
				  .key = &key,
				  .now_ms = clock_utc_ms(),
				  .today = clock_today() };
	struct error error;
	struct demo *demo;

	(void)state;
	assert_true(library_open(folder, false, &site.library, &error));
	assert_true(demo_create(test.arena, &demo, &error));
	assert_true(demo_make_workspace(demo, &site, &again, &error));
	assert_false(again.is_made);
	assert_int_equal(again.account_count, 0);
	library_close(site.library);
}

/* What each of the three may, the other two and everybody else may not. */
static void the_three_administrators_are_apart(void **state)
{
	static const struct {
		const char *path, *login;
	} rows[] = {
		{ "/api/v1/settings", "sysadmin" },
		{ "/api/v1/backups", "sysadmin" },
		{ "/api/v1/audit", "auditadmin" },
		{ "/api/v1/audit/file", "auditadmin" },
		{ "/api/v1/audit/verification", "auditadmin" },
		{ "/api/v1/accounts/1/sessions", "secadmin" },
		{ "/api/v1/accounts/1/login-events", "secadmin" },
	};
	static const char *const logins[] = { "sysadmin", "secadmin", "auditadmin", "officer",
					      "director1" };

	(void)state;
	for (size_t who = 0; who < sizeof(logins) / sizeof(logins[0]); who++) {
		struct api_session session = settle(logins[who]);

		for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
			bool may = strcmp(rows[i].login, logins[who]) == 0;
			int status = api_test_send(&test, session.cookie, "GET", rows[i].path, NULL,
						   STR_EMPTY)
					     .status;

			if (status != (may ? 200 : 403))
				fail_msg("%s %s: %d", logins[who], rows[i].path, status);
		}
	}
}

static void an_account_is_reset_stopped_and_started(void **state)
{
	struct api_session admin = settle("sysadmin"), owner = settle("manager2"), after;
	json_t *json = api_test_ask(&test, 200, admin.both, "POST",
				    account_path(&admin, "manager2", "/password"), "{}");
	const char *password = arena_copy(test.arena, api_test_text(json, "password"),
					  strlen(api_test_text(json, "password")));

	(void)state;
	json_decref(json);
	refused(401, "auth.session_ended", owner.cookie, "GET", "/api/v1/session");
	assert_false(api_test_log_in(&test, "manager2", own_password, &after));
	assert_true(api_test_log_in(&test, "manager2", password, &after));
	refused(403, "api.password_first", after.cookie, "GET", "/api/v1/tasks");
	ask(200, admin.both, "POST", account_path(&admin, "manager2", "/disable"), "{}");
	assert_false(api_test_log_in(&test, "manager2", password, &after));
	ask(200, admin.both, "POST", account_path(&admin, "manager2", "/enable"), "{}");
	assert_true(api_test_log_in(&test, "manager2", password, &after));
}

/* Or the system administrator would read the audit log after one request. */
static void no_administrator_takes_another_ones_place(void **state)
{
	struct api_session system = settle("sysadmin"), security = settle("secadmin");

	(void)state;
	refused(403, "api.admin_account", system.both, "POST",
		account_path(&system, "auditadmin", "/password"));
	refused(403, "api.admin_account", system.both, "POST",
		account_path(&system, "secadmin", "/disable"));
	refused(403, "api.admin_account", system.both, "POST",
		account_path(&system, "sysadmin", "/password"));
	refused(403, "api.admin_account", security.both, "DELETE",
		account_path(&security, "sysadmin", "/second-factor"));
	refused(403, "api.forbidden", security.both, "POST",
		account_path(&security, "manager3", "/password"));
	refused(403, "api.forbidden", system.both, "POST",
		account_path(&system, "manager3", "/unlock"));
}

static void a_new_user_gets_his_account(void **state)
{
	struct api_session admin = settle("sysadmin"), fresh;
	json_t *json = api_test_ask(&test, 201, admin.both, "POST", "/api/v1/records/user",
				    "{\"fields\":{\"login\":\"new.one\",\"name\":\"示例·新人\"}}");
	const char *body = arena_printf(test.arena, "{\"user_id\":%lld}",
					(long long)api_test_number(json, "id"));

	(void)state;
	json_decref(json);
	json = api_test_ask(&test, 201, admin.both, "POST", "/api/v1/accounts", body);
	assert_true(api_test_log_in(&test, "new.one", api_test_text(json, "password"), &fresh));
	json_decref(json);
	ask(409, admin.both, "POST", "/api/v1/accounts", body);
	ask(422, admin.both, "POST", "/api/v1/accounts", "{}");
	ask(404, admin.both, "POST", "/api/v1/accounts", "{\"user_id\":99999}");
	ask(404, admin.both, "POST", "/api/v1/accounts/99999/password", "{}");
}

/* 三员分立: one asks, the other grants, neither does both. */
static void a_role_wants_two_administrators(void **state)
{
	struct api_session system = settle("sysadmin"), security = settle("secadmin"), user;
	json_t *made = api_test_ask(&test, 201, system.both, "POST", "/api/v1/records/user",
				    "{\"fields\":{\"login\":\"two.keys\",\"name\":\"示例·双钥\"}}");
	long long user_id = api_test_number(made, "id");
	json_t *account = api_test_ask(&test, 201, system.both, "POST", "/api/v1/accounts",
				       arena_printf(test.arena, "{\"user_id\":%lld}", user_id));
	const char *body = arena_printf(
		test.arena, "{\"fields\":{\"user_id\":%lld,\"roles\":[\"inspector\"]}}", user_id);
	json_t *membership = api_test_ask(&test, 201, system.both, "POST",
					  "/api/v1/records/membership", body);
	const char *grant = arena_printf(test.arena, "/api/v1/records/membership/%lld/steps/grant",
					 (long long)api_test_number(membership, "id"));
	json_t *session;

	(void)state;
	ask(403, security.both, "POST", "/api/v1/records/membership", body);
	ask(403, system.both, "POST", grant, "{\"version\":1}");
	ask(200, security.both, "POST", grant, "{\"version\":1}");
	assert_true(api_test_log_in(&test, "two.keys", api_test_text(account, "password"), &user));
	session = api_test_ask(&test, 200, user.cookie, "GET", "/api/v1/session", NULL);
	assert_string_equal(json_string_value(json_array_get(json_object_get(session, "roles"), 0)),
			    "inspector");
	json_decref(session);
	json_decref(membership);
	json_decref(account);
	json_decref(made);
}

static void sessions_are_listed_and_ended(void **state)
{
	struct api_session first = settle("manager4"), second = settle("manager4");
	struct api_session security = settle("secadmin");
	json_t *json = api_test_ask(&test, 200, second.cookie, "GET", "/api/v1/sessions", NULL);
	json_t *list = json_object_get(json, "sessions"), *session;
	int64_t other = 0;
	size_t i;

	(void)state;
	json_array_foreach(list, i, session)
	{
		if (!json_is_true(json_object_get(session, "is_current")))
			other = other ? other : api_test_number(session, "id");
	}
	json_decref(json);
	assert_true(other > 0);
	ask(204, second.both, "DELETE",
	    arena_printf(test.arena, "/api/v1/sessions/%lld", (long long)other), NULL);
	refused(401, "auth.session_ended", first.cookie, "GET", "/api/v1/session");
	refused(404, "auth.no_session", second.both, "DELETE", "/api/v1/sessions/99999");
	ask(204, security.both, "DELETE", account_path(&security, "manager4", "/sessions"), NULL);
	refused(401, "auth.session_ended", second.cookie, "GET", "/api/v1/session");
	json = api_test_ask(&test, 200, security.cookie, "GET",
			    account_path(&security, "manager4", "/login-events"), NULL);
	assert_true(json_array_size(json_object_get(json, "events")) >= 3);
	json_decref(json);
}

static void an_organisation_one_does_not_belong_to_is_refused(void **state)
{
	struct api_session session = settle("manager5");

	(void)state;
	ask(403, session.both, "PUT", "/api/v1/session/organisation", "{\"organisation_id\":1}");
}

static void the_audit_log_is_read_by_pages(void **state)
{
	struct api_session session = settle("auditadmin");
	json_t *page = api_test_ask(&test, 200, session.cookie, "GET",
				    "/api/v1/audit?action=record.&limit=3", NULL);
	json_t *lines = json_object_get(page, "lines");
	int64_t last = api_test_number(json_array_get(lines, 2), "position");
	json_t *next = api_test_ask(&test, 200, session.cookie, "GET",
				    arena_printf(test.arena,
						 "/api/v1/audit?action=record.&limit=3&before=%lld",
						 (long long)api_test_number(page, "next")),
				    NULL);
	json_t *first = json_array_get(json_object_get(next, "lines"), 0);
	json_t *report = api_test_ask(&test, 200, session.cookie, "GET",
				      "/api/v1/audit/verification", NULL);

	(void)state;
	assert_int_equal(json_array_size(lines), 3);
	assert_true(api_test_number(first, "position") < last);
	assert_true(strncmp(api_test_text(first, "action"), "record.", 7) == 0);
	assert_true(json_is_true(json_object_get(report, "is_whole")));
	json_decref(report);
	json_decref(next);
	json_decref(page);
	ask(422, session.cookie, "GET", "/api/v1/audit?limit=5000", NULL);
	ask(422, session.cookie, "GET", "/api/v1/audit?from=yesterday", NULL);
}

/* The line that says so is in the export itself. */
static void the_exported_chain_can_be_checked_elsewhere(void **state)
{
	struct api_session session = settle("auditadmin");
	struct client_answer answer = api_test_send(&test, session.cookie, "GET",
						    "/api/v1/audit/file", NULL, STR_EMPTY);
	struct str rest = answer.body, line;
	const char *previous = "";
	int64_t position = 0;

	(void)state;
	assert_int_equal(answer.status, 200);
	while (str_split(&rest, STR("\n"), &line)) {
		json_t *json = line.size ? json_loadb(line.data, line.size, 0, NULL) : NULL;
		struct audit_line read;
		char hash[65];

		if (!json)
			continue;
		read = (struct audit_line){ .position = api_test_number(json, "position"),
					    .at_ms = api_test_number(json, "at"),
					    .user_id = api_test_number(json, "user"),
					    .request_id = api_test_text(json, "request"),
					    .action = api_test_text(json, "action"),
					    .subject = api_test_text(json, "subject"),
					    .detail = api_test_text(json, "detail"),
					    .algorithm = api_test_text(json, "algorithm") };
		audit_line_hash(previous, &read, hash);
		assert_string_equal(hash, api_test_text(json, "hash"));
		assert_int_equal(read.position, position + 1);
		position = read.position;
		previous = arena_copy(test.arena, hash, 64);
		json_decref(json);
	}
	assert_true(position > 100);
}

static void settings_tell_no_secret(void **state)
{
	struct api_session session = settle("sysadmin");
	json_t *json = api_test_ask(&test, 200, session.cookie, "GET", "/api/v1/settings", NULL);
	json_t *settings = json_object_get(json, "settings");

	(void)state;
	assert_int_equal(api_test_number(settings, "password_length_min"), 10);
	assert_null(strchr(api_test_text(settings, "database"), '/'));
	json_decref(json);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_role_has_somebody_who_can_log_in),
		cmocka_unit_test(the_workspace_is_made_once),
		cmocka_unit_test(the_three_administrators_are_apart),
		cmocka_unit_test(an_account_is_reset_stopped_and_started),
		cmocka_unit_test(no_administrator_takes_another_ones_place),
		cmocka_unit_test(a_new_user_gets_his_account),
		cmocka_unit_test(a_role_wants_two_administrators),
		cmocka_unit_test(sessions_are_listed_and_ended),
		cmocka_unit_test(an_organisation_one_does_not_belong_to_is_refused),
		cmocka_unit_test(the_audit_log_is_read_by_pages),
		cmocka_unit_test(the_exported_chain_can_be_checked_elsewhere),
		cmocka_unit_test(settings_tell_no_secret),
	};

	return cmocka_run_group_tests(tests, start_all, stop_all);
}
