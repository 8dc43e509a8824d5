/* Accounts on SQLite and, when YUCHENG_POSTGRESQL names a server, on PostgreSQL. */
#include "auth_fixture.h"
#include "base/config.h"
#include "auth/digest.h"
#include "record/secret.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#define PASSWORD "Blue-Tree-42x"

static const int64_t start_ms = 1795000000000; /* 2026-11-18 */
static const struct secret_key key = { { 1, 2, 3 } };

struct auth_test {
	struct auth auth;
	struct db *db;
	const char *cookie; /* of the last login */
	struct auth_identity identity;
	int retry_after;
	struct error error;
};

static void begin(struct auth_test *test, const char *target)
{
	*test = (struct auth_test){ .db = fixture_open(target) };
	test->auth = (struct auth){
		.db = test->db,
		.arena = arena_create(4096),
		.settings = &fixture_settings,
		.key = &key,
		.now_ms = start_ms,
		.request_id = "r1",
		.address = "10.0.0.1",
		.agent = "test",
	};
}

static void end(struct auth_test *test)
{
	struct audit_report report;

	assert_true(audit_verify(test->db, &report, &test->error));
	assert_int_equal(report.fault, AUDIT_WHOLE);
	arena_destroy(test->auth.arena);
	db_close(test->db);
}

static void on_both(void (*run)(struct auth_test *test))
{
	const char *target;

	for (size_t i = 0; (target = fixture_target(i)); i++) {
		struct auth_test test;

		begin(&test, target);
		run(&test);
		end(&test);
	}
}

static bool log_in_with(struct auth_test *test, const char *login, const char *password,
			const char *code)
{
	const struct auth_login given = { .login = login, .password = password, .code = code };

	return auth_log_in(&test->auth, &given, &test->cookie, &test->identity, &test->retry_after,
			   &test->error);
}

static bool log_in(struct auth_test *test, const char *login, const char *password)
{
	return log_in_with(test, login, password, NULL);
}

static bool is_in(struct auth_test *test, const char *cookie)
{
	const struct auth_proof proof = { .session = cookie, .is_safe = true };

	return auth_authenticate(&test->auth, &proof, &test->identity, &test->error);
}

static bool may_write(struct auth_test *test, const char *cookie, const char *csrf)
{
	const struct auth_proof proof = { .session = cookie, .csrf = csrf };

	return auth_authenticate(&test->auth, &proof, &test->identity, &test->error);
}

static bool has_token(struct auth_test *test, const char *token)
{
	const struct auth_proof proof = { .bearer = token };

	return auth_authenticate(&test->auth, &proof, &test->identity, &test->error);
}

static void assert_refused(struct auth_test *test, bool done, const char *error_key)
{
	assert_false(done);
	assert_string_equal(test->error.key, error_key);
}

/* Runs the call in a transaction, as a caller does. */
#define IN_TRANSACTION(test, call)                                                                 \
	do {                                                                                       \
		assert_true(db_begin((test)->db, &(test)->error));                                 \
		if (!(call))                                                                       \
			fail_msg("%s %s", (test)->error.key, (test)->error.detail);                \
		assert_true(db_commit((test)->db, &(test)->error));                                \
	} while (0)

/* ---- Without a database. */

static void administrators_are_apart(void **state)
{
	struct error error;
	unsigned roles;

	(void)state;
	assert_true(auth_check_roles(0, &error));
	assert_true(auth_check_roles(ROLES_CENTRE, &error));
	assert_true(auth_check_roles(ROLE_BIT(ROLE_AUDIT_ADMIN), &error));
	assert_false(
		auth_check_roles(ROLE_BIT(ROLE_AUDIT_ADMIN) | ROLE_BIT(ROLE_SYSTEM_ADMIN), &error));
	assert_false(
		auth_check_roles(ROLE_BIT(ROLE_SECURITY_ADMIN) | ROLE_BIT(ROLE_EXPERT), &error));
	assert_false(auth_check_roles(ROLES_ALL, &error));
	assert_true(auth_parse_roles(STR(",finance,expert,"), &roles, &error));
	assert_int_equal(roles, ROLE_BIT(ROLE_FINANCE) | ROLE_BIT(ROLE_EXPERT));
	assert_false(auth_parse_roles(STR("finance,god"), &roles, &error));
}

static void poor_passwords_are_refused(void **state)
{
	static const struct {
		const char *password, *key;
	} rows[] = {
		{ "", "auth.password_short" },
		{ "Ab1!", "auth.password_short" },
		{ "电池电池电池Ab1", "auth.password_short" },
		{ "bluetreehouse", "auth.password_simple" },
		{ "Zhang.Wei-2026", "auth.password_login" },
		{ "X9-IEW.gnahz", "auth.password_login" },
		{ "Aa1Aa1Aa1Aa1", "auth.password_common" },
		{ "P@ssw0rd2026", "auth.password_common" },
		{ "2026Admin!!!", "auth.password_common" },
		{ "123456789!", "auth.password_simple" },
		{ "Qwertyuiop123!", "auth.password_common" },
		{ PASSWORD, NULL },
		{ "blue tree stands in the garden", NULL },
		{ "蓝树Garden2026x", NULL },
	};
	struct error error;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		bool good = auth_check_password(&fixture_settings, "zhang.wei", rows[i].password,
						&error);

		assert_int_equal(good, rows[i].key == NULL);
		if (rows[i].key)
			assert_string_equal(error.key, rows[i].key);
	}
}

static void made_passwords_are_good_and_differ(void **state)
{
	struct arena *arena = arena_create(1024);
	const char *before = "";
	struct error error;

	(void)state;
	for (int i = 0; i < 100; i++) {
		const char *password = auth_make_password(arena);

		assert_true(
			auth_check_password(&auth_settings_default, "admin1", password, &error));
		assert_string_not_equal(password, before);
		before = password;
	}
	arena_destroy(arena);
}

static void digests_are_those_of_the_standards(void **state)
{
	struct str secret = STR("12345678901234567890");
	char hex[DIGEST_HEX_SIZE];

	(void)state;
	/* RFC 6238 appendix B, the last six of eight digits. */
	assert_int_equal(totp_code(secret, 59 / 30), 287082);
	assert_int_equal(totp_code(secret, 1111111109 / 30), 81804);
	assert_int_equal(totp_code(secret, 20000000000 / 30), 353130);
	/* GB/T 32905-2016 appendix A.1; FIPS 180-4. */
	digest_hex(AUDIT_SM3, STR("abc"), hex);
	assert_string_equal(hex,
			    "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
	digest_hex(AUDIT_SHA256, STR("abc"), hex);
	assert_string_equal(hex,
			    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

static void scopes_cover_permissions(void **state)
{
	static const struct {
		const char *scopes, *permission;
		bool allowed;
	} rows[] = {
		{ NULL, "record.update", true },
		{ "*", "record.update", true },
		{ "record.*", "record.update", true },
		{ "*.read", "record.read", true },
		{ "*.read", "record.update", false },
		{ "job.read record.read", "record.read", true },
		{ "record.read", "records.read", false },
		{ "record.rea", "record.read", false },
		{ "", "record.read", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct auth_identity identity = { .scopes = rows[i].scopes };

		assert_int_equal(auth_scope_allows(&identity, rows[i].permission), rows[i].allowed);
	}
}

/* ---- Sessions. */

static void log_in_and_out(struct auth_test *test)
{
	const char *cookie, *csrf;

	fixture_user(&test->auth, "zhang", PASSWORD, 2, ",ip_manager,finance,");
	assert_refused(test, log_in(test, "zhang", "wrong"), "auth.wrong");
	assert_refused(test, log_in(test, "nobody", PASSWORD), "auth.wrong");
	assert_refused(test, log_in(test, "zh'ang\" --", PASSWORD), "auth.wrong");
	assert_true(log_in(test, "Zhang", PASSWORD));
	cookie = test->cookie;
	csrf = test->identity.csrf;
	assert_int_equal(test->identity.actor.organisation_id, 2);
	assert_string_equal(test->identity.actor.organisation_path, "/1/2/");
	assert_int_equal(test->identity.actor.roles,
			 ROLE_BIT(ROLE_IP_MANAGER) | ROLE_BIT(ROLE_FINANCE));
	assert_true(is_in(test, cookie));
	assert_refused(test, may_write(test, cookie, NULL), "auth.csrf");
	assert_refused(test, may_write(test, cookie, cookie), "auth.csrf");
	assert_true(may_write(test, cookie, csrf));
	assert_refused(test, is_in(test, csrf), "auth.session_ended");
	assert_refused(test, is_in(test, NULL), "auth.needed");
	assert_true(is_in(test, cookie));
	IN_TRANSACTION(test, auth_log_out(&test->auth, &test->identity, &test->error));
	assert_refused(test, is_in(test, cookie), "auth.session_ended");
}

static void sessions_work(void **state)
{
	(void)state;
	on_both(log_in_and_out);
}

static void end_by_time(struct auth_test *test)
{
	const char *cookie;

	fixture_user(&test->auth, "zhang", PASSWORD, 2, ",finance,");
	assert_true(log_in(test, "zhang", PASSWORD));
	cookie = test->cookie;
	for (int i = 0; i < 25; i++) { /* seen every 29 minutes, for 12 hours and 5 minutes */
		bool expected = i < 24;

		test->auth.now_ms += 29 * 60000;
		assert_int_equal(is_in(test, cookie), expected);
	}
	assert_true(log_in(test, "zhang", PASSWORD));
	cookie = test->cookie;
	test->auth.now_ms += 31 * 60000;
	assert_refused(test, is_in(test, cookie), "auth.session_ended");
	assert_true(auth_clean(&test->auth, 1, &test->error));
}

static void sessions_end_by_time(void **state)
{
	(void)state;
	on_both(end_by_time);
}

static void many_sessions(struct auth_test *test)
{
	int64_t account = fixture_user(&test->auth, "zhang", PASSWORD, 2, ",finance,");
	struct auth_login again = { .login = "zhang", .password = PASSWORD };
	struct auth_session *sessions;
	const char *first, *second;
	size_t count;

	assert_true(log_in(test, "zhang", PASSWORD));
	first = test->cookie;
	for (int i = 0; i < 3; i++)
		assert_true(log_in(test, "zhang", PASSWORD));
	assert_refused(test, is_in(test, first), "auth.session_ended");
	second = test->cookie;
	again.session_before = second;
	assert_true(auth_log_in(&test->auth, &again, &test->cookie, &test->identity,
				&test->retry_after, &test->error));
	assert_refused(test, is_in(test, second), "auth.session_ended");
	assert_true(is_in(test, test->cookie));
	IN_TRANSACTION(test,
		       auth_rotate_session(&test->auth, &test->identity, &second, &test->error));
	assert_refused(test, is_in(test, test->cookie), "auth.session_ended");
	assert_true(is_in(test, second));
	assert_true(auth_list_sessions(&test->auth, account, &sessions, &count, &test->error));
	assert_int_equal(count, 3);
	IN_TRANSACTION(test,
		       auth_revoke_session(&test->auth, account, sessions[2].id, &test->error));
	assert_true(db_begin(test->db, &test->error));
	assert_refused(test,
		       auth_revoke_session(&test->auth, account + 1, sessions[0].id, &test->error),
		       "auth.no_session");
	db_rollback(test->db);
	IN_TRANSACTION(test, auth_revoke_session(&test->auth, account, 0, &test->error));
	assert_refused(test, is_in(test, second), "auth.session_ended");
}

static void sessions_are_limited_rotated_and_revoked(void **state)
{
	(void)state;
	on_both(many_sessions);
}

/* ---- Locks. */

static void fail_times(struct auth_test *test, const char *login, int times)
{
	for (int i = 0; i < times; i++)
		assert_refused(test, log_in(test, login, "wrong"), "auth.wrong");
}

static void lock(struct auth_test *test)
{
	static const char *const logins[] = { "zhang", "nobody" };

	fixture_user(&test->auth, "zhang", PASSWORD, 2, ",finance,");
	/* One that exists and one that does not behave alike. */
	for (size_t i = 0; i < 2; i++) {
		fail_times(test, logins[i], 3);
		assert_refused(test, log_in(test, logins[i], PASSWORD), "auth.locked");
		assert_int_equal(test->retry_after, 60);
	}
	test->auth.now_ms += 60000;
	fail_times(test, "zhang", 1);
	assert_refused(test, log_in(test, "zhang", PASSWORD), "auth.locked");
	assert_int_equal(test->retry_after, 120);
	for (int i = 0; i < 4; i++) {
		test->auth.now_ms += 300000;
		fail_times(test, "zhang", 1);
	}
	assert_refused(test, log_in(test, "zhang", PASSWORD), "auth.locked");
	assert_int_equal(test->retry_after, 300);
	test->auth.now_ms += 300000;
	assert_true(log_in(test, "zhang", PASSWORD));
	fail_times(test, "zhang", 2);
	assert_true(log_in(test, "zhang", PASSWORD));
	/* Many logins from one address. */
	for (int i = 0; i < 30 && !test->retry_after; i++)
		log_in(test, arena_printf(test->auth.arena, "guess%d", i), "wrong");
	assert_refused(test, log_in(test, "zhang", PASSWORD), "auth.locked");
	test->auth.address = "10.0.0.2";
	assert_true(log_in(test, "zhang", PASSWORD));
}

static void failures_lock_with_back_off(void **state)
{
	(void)state;
	on_both(lock);
}

/* ---- Passwords and accounts. */

static void change_password(struct auth_test *test)
{
	int64_t account = fixture_user(&test->auth, "zhang", PASSWORD, 2, ",finance,");
	const char *other, *mine, *fresh;
	struct auth_account shown;
	struct auth_identity identity;

	assert_true(log_in(test, "zhang", PASSWORD));
	other = test->cookie;
	assert_true(log_in(test, "zhang", PASSWORD));
	mine = test->cookie;
	identity = test->identity;
	assert_refused(test,
		       auth_change_password(&test->auth, &identity, "wrong", "Green-Sea-77y",
					    &fresh, &test->error),
		       "auth.wrong_old");
	assert_refused(test,
		       auth_change_password(&test->auth, &identity, PASSWORD, "short", &fresh,
					    &test->error),
		       "auth.password_short");
	assert_refused(test,
		       auth_change_password(&test->auth, &identity, PASSWORD, PASSWORD, &fresh,
					    &test->error),
		       "auth.password_same");
	assert_true(auth_change_password(&test->auth, &identity, PASSWORD, "Green-Sea-77y", &fresh,
					 &test->error));
	assert_refused(test, is_in(test, other), "auth.session_ended");
	assert_refused(test, is_in(test, mine), "auth.session_ended");
	assert_true(is_in(test, fresh));
	assert_refused(test, log_in(test, "zhang", PASSWORD), "auth.wrong");
	IN_TRANSACTION(test, auth_reset_password(&test->auth, account,
						 auth_hash_password(test->auth.arena,
								    &fixture_settings, PASSWORD),
						 &test->error));
	assert_refused(test, is_in(test, fresh), "auth.session_ended");
	assert_true(log_in(test, "zhang", PASSWORD));
	assert_true(test->identity.must_change_password);
	assert_true(auth_find_login(&test->auth, "ZHANG", &shown, &test->error));
	assert_true(shown.must_change_password && shown.id == account && !shown.is_locked);
	assert_true(auth_change_password(&test->auth, &test->identity, PASSWORD, "Green-Sea-78y",
					 &fresh, &test->error));
	assert_true(is_in(test, fresh));
	assert_false(test->identity.must_change_password);
}

static void passwords_are_changed(void **state)
{
	(void)state;
	on_both(change_password);
}

static void stop_accounts(struct auth_test *test)
{
	int64_t account = fixture_user(&test->auth, "zhang", PASSWORD, 2, ",finance,"), id;
	const char *cookie;

	assert_true(log_in(test, "zhang", PASSWORD));
	cookie = test->cookie;
	fixture_execute(test->db, "UPDATE \"user\" SET state = 'stopped'");
	assert_refused(test, is_in(test, cookie), "auth.session_ended");
	assert_refused(test, log_in(test, "zhang", "wrong"), "auth.wrong");
	assert_refused(test, log_in(test, "zhang", PASSWORD), "auth.disabled");
	fixture_execute(test->db, "UPDATE \"user\" SET state = 'active'");
	assert_true(is_in(test, cookie));
	IN_TRANSACTION(test, auth_set_disabled(&test->auth, account, true, &test->error));
	assert_refused(test, is_in(test, cookie), "auth.session_ended");
	assert_refused(test, log_in(test, "zhang", PASSWORD), "auth.disabled");
	IN_TRANSACTION(test, auth_set_disabled(&test->auth, account, false, &test->error));
	test->auth.now_ms += 91 * (int64_t)86400000;
	assert_refused(test, log_in(test, "zhang", PASSWORD), "auth.dormant");
	IN_TRANSACTION(test, auth_wake_account(&test->auth, account, &test->error));
	assert_true(log_in(test, "zhang", PASSWORD));
	assert_true(db_begin(test->db, &test->error));
	assert_refused(test, auth_create_account(&test->auth, 99, "ZHANG", "x", &id, &test->error),
		       "auth.login_taken");
	assert_refused(test, auth_create_account(&test->auth, 99, "a b", "x", &id, &test->error),
		       "auth.login_invalid");
	assert_refused(test, auth_set_disabled(&test->auth, 12345, true, &test->error),
		       "auth.no_account");
	db_rollback(test->db);
}

static void stopped_accounts_stay_out(void **state)
{
	(void)state;
	on_both(stop_accounts);
}

static void organisations(struct auth_test *test)
{
	const char *cookie;

	fixture_user(&test->auth, "wang", PASSWORD, 3, ",city_officer,");
	fixture_execute(test->db,
			"INSERT INTO membership (user_id, organisation_id, roles, state, until) "
			"SELECT id, 2, ',finance,', 'active', '2026-11-18' FROM \"user\"");
	assert_true(log_in(test, "wang", PASSWORD));
	assert_int_equal(test->identity.actor.organisation_id, 3); /* the user's own first */
	assert_int_equal(test->identity.actor.roles, ROLE_BIT(ROLE_CITY_OFFICER));
	IN_TRANSACTION(test, auth_switch_organisation(&test->auth, &test->identity, 2, &cookie,
						      &test->error));
	assert_true(is_in(test, cookie));
	assert_int_equal(test->identity.actor.organisation_id, 2);
	assert_int_equal(test->identity.actor.roles, ROLE_BIT(ROLE_FINANCE));
	assert_true(db_begin(test->db, &test->error));
	assert_refused(
		test,
		auth_switch_organisation(&test->auth, &test->identity, 1, &cookie, &test->error),
		"auth.not_member");
	db_rollback(test->db);
	/* The membership ends with its day; the session is left without a role. */
	test->auth.now_ms += 86400000;
	assert_true(log_in(test, "wang", PASSWORD));
	assert_int_equal(test->identity.actor.organisation_id, 3);
	fixture_execute(test->db, "INSERT INTO membership (user_id, organisation_id, roles, state) "
				  "SELECT id, 2, ',audit_admin,', 'active' FROM \"user\"");
	assert_refused(test, is_in(test, test->cookie), "auth.roles_conflict");
}

static void roles_come_from_memberships(void **state)
{
	(void)state;
	on_both(organisations);
}

/* ---- Second factor. */

static struct str from_base32(struct arena *arena, const char *text)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
	char *bytes = arena_alloc(arena, strlen(text));
	size_t size = 0, bits = 0;
	uint32_t pending = 0;

	for (; *text; text++) {
		pending = pending << 5 | (uint32_t)(strchr(letters, *text) - letters);
		bits += 5;
		if (bits >= 8) {
			bits -= 8;
			bytes[size++] = (char)(pending >> bits);
		}
	}
	return (struct str){ bytes, size };
}

static const char *code_at(struct auth_test *test, struct str secret, int64_t ms)
{
	return arena_printf(test->auth.arena, "%06u", totp_code(secret, ms / 30000));
}

static void second_factor(struct auth_test *test)
{
	int64_t account = fixture_user(&test->auth, "zhang", PASSWORD, 2, ",finance,");
	struct auth_settings strict = fixture_settings;
	const char *text, *uri, *code;
	struct str secret;

	strict.totp_roles = ROLE_BIT(ROLE_FINANCE);
	test->auth.settings = &strict;
	assert_true(log_in(test, "zhang", PASSWORD));
	assert_true(test->identity.must_add_totp);
	IN_TRANSACTION(test,
		       auth_begin_totp(&test->auth, &test->identity, &text, &uri, &test->error));
	assert_non_null(strstr(uri, text));
	secret = from_base32(test->auth.arena, text);
	assert_int_equal(secret.size, 20);
	/* Begun only: nothing has changed yet. */
	assert_true(log_in(test, "zhang", PASSWORD));
	assert_true(db_begin(test->db, &test->error));
	assert_refused(test,
		       auth_confirm_totp(&test->auth, &test->identity, "000000x", &test->error),
		       "auth.code_wrong");
	db_rollback(test->db);
	code = code_at(test, secret, test->auth.now_ms);
	IN_TRANSACTION(test, auth_confirm_totp(&test->auth, &test->identity, code, &test->error));
	assert_refused(test, log_in(test, "zhang", PASSWORD), "auth.code_needed");
	/* The code that confirmed is used; so is every older one. */
	assert_refused(test, log_in_with(test, "zhang", PASSWORD, code), "auth.code_wrong");
	test->auth.now_ms += 30000;
	code = code_at(test, secret, test->auth.now_ms);
	assert_true(log_in_with(test, "zhang", PASSWORD, code));
	assert_false(test->identity.must_add_totp);
	assert_refused(test, log_in_with(test, "zhang", PASSWORD, code), "auth.code_wrong");
	test->auth.now_ms += 60000;
	assert_refused(test,
		       log_in_with(test, "zhang", PASSWORD,
				   code_at(test, secret, test->auth.now_ms + 60000)),
		       "auth.code_wrong");
	/* A clock half a minute ahead. */
	assert_true(log_in_with(test, "zhang", PASSWORD,
				code_at(test, secret, test->auth.now_ms + 30000)));
	/* Nobody puts another in its place. */
	assert_true(db_begin(test->db, &test->error));
	assert_refused(test,
		       auth_begin_totp(&test->auth, &test->identity, &text, &uri, &test->error),
		       "auth.has_second_factor");
	db_rollback(test->db);
	IN_TRANSACTION(test, auth_remove_totp(&test->auth, account, &test->error));
	assert_true(log_in(test, "zhang", PASSWORD));
}

static void codes_work_once(void **state)
{
	(void)state;
	on_both(second_factor);
}

/* ---- Tokens and history. */

static void tokens(struct auth_test *test)
{
	int64_t account = fixture_user(&test->auth, "zhang", PASSWORD, 2, ",finance,"), id;
	struct auth_identity session;
	struct auth_token *listed;
	struct auth_event *events;
	const char *token, *other;
	size_t count;

	assert_true(log_in(test, "zhang", PASSWORD));
	session = test->identity;
	assert_true(db_begin(test->db, &test->error));
	assert_refused(test,
		       auth_create_token(&test->auth, &session, "ci", "record;read", 30, &token,
					 &id, &test->error),
		       "auth.token_scopes");
	assert_refused(
		test,
		auth_create_token(&test->auth, &session, "ci", "*", 31, &token, &id, &test->error),
		"auth.token_days");
	db_rollback(test->db);
	IN_TRANSACTION(test, auth_create_token(&test->auth, &session, "ci", "*.read job.*", 30,
					       &token, &id, &test->error));
	assert_true(has_token(test, token)); /* no CSRF token is wanted */
	assert_int_equal(test->identity.token_id, id);
	assert_true(auth_scope_allows(&test->identity, "record.read"));
	assert_false(auth_scope_allows(&test->identity, "record.update"));
	assert_refused(test,
		       auth_create_token(&test->auth, &test->identity, "x", "*", 1, &other, &id,
					 &test->error),
		       "auth.session_only");
	assert_refused(test, has_token(test, "yc_x"), "auth.token_ended");
	assert_refused(test, is_in(test, token), "auth.session_ended");
	assert_true(auth_list_tokens(&test->auth, account, &listed, &count, &test->error));
	assert_int_equal(count, 1);
	assert_string_equal(listed[0].scopes, "*.read job.*");
	IN_TRANSACTION(test, auth_revoke_token(&test->auth, account, listed[0].id, &test->error));
	assert_refused(test, has_token(test, token), "auth.token_ended");
	IN_TRANSACTION(test, auth_create_token(&test->auth, &session, "ci", "*", 1, &token, &id,
					       &test->error));
	test->auth.now_ms += 86400000;
	assert_refused(test, has_token(test, token), "auth.token_ended");
	log_in(test, "zhang", "wrong");
	assert_true(auth_list_events(&test->auth,
				     &(struct auth_event_filter){ .account_id = account }, &events,
				     &count, &test->error));
	assert_int_equal(count, 2);
	assert_string_equal(events[0].outcome, "wrong");
	assert_string_equal(events[1].outcome, "in");
}

static void tokens_reach_as_far_as_their_scopes(void **state)
{
	(void)state;
	on_both(tokens);
}

static void the_second_factor_is_wanted_of_the_roles_named(void **state)
{
	static const struct {
		const char *text;
		unsigned roles;
	} rows[] = {
		{ "none", 0 },
		{ "", 0 },
		{ "all", ROLES_ALL },
		{ "system_admin, security_admin,audit_admin", ROLES_ADMIN },
		{ "finance", ROLE_BIT(ROLE_FINANCE) },
	};
	struct config config = config_default();
	struct auth_settings settings;
	struct error error;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		config.second_factor = rows[i].text;
		assert_true(auth_read_settings(&config, &settings, &error));
		assert_int_equal(settings.totp_roles, rows[i].roles);
	}
	config.second_factor = "all,nobody";
	assert_false(auth_read_settings(&config, &settings, &error));
	assert_string_equal(error.key, "auth.role_unknown");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(administrators_are_apart),
		cmocka_unit_test(poor_passwords_are_refused),
		cmocka_unit_test(made_passwords_are_good_and_differ),
		cmocka_unit_test(digests_are_those_of_the_standards),
		cmocka_unit_test(scopes_cover_permissions),
		cmocka_unit_test(sessions_work),
		cmocka_unit_test(sessions_end_by_time),
		cmocka_unit_test(sessions_are_limited_rotated_and_revoked),
		cmocka_unit_test(failures_lock_with_back_off),
		cmocka_unit_test(passwords_are_changed),
		cmocka_unit_test(stopped_accounts_stay_out),
		cmocka_unit_test(roles_come_from_memberships),
		cmocka_unit_test(codes_work_once),
		cmocka_unit_test(the_second_factor_is_wanted_of_the_roles_named),
		cmocka_unit_test(tokens_reach_as_far_as_their_scopes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
