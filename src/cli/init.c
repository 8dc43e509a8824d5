/* yucheng init: a data folder with its first organisation and the three separated administrators. */
#include "base/jsonout.h"
#include "cli/console.h"
#include "types/types.h"

#include <stddef.h>
#include <stdio.h>

struct init_options {
	const char *organisation;
};

static const struct option options[] = {
	{ "organisation",
	  OPTION_TEXT,
	  offsetof(struct init_options, organisation),
	  "NAME",
	  { "最上级单位的名称（默认 省级管理单位）",
	    "name of the topmost organisation (default 省级管理单位)" },
	  NULL },
	{ .name = NULL }
};

/* 三员分立: nobody of them can do the others' work, and none does the business'. */
static const struct {
	const char *login, *name, *roles;
} administrators[] = {
	{ "sysadmin", "系统管理员", ",system_admin," },
	{ "secadmin", "安全管理员", ",security_admin," },
	{ "auditadmin", "审计管理员", ",audit_admin," },
};
enum { ADMINISTRATORS = sizeof(administrators) / sizeof(administrators[0]) };

static const char count_organisations[] = "SELECT COUNT(*) FROM organisation";

static bool add_organisation(struct record_store *store, const char *name, int64_t *id_out,
			     struct error *error)
{
	struct record *organisation = record_new(store, &organisation_type);
	struct field_errors errors = { 0 };

	record_set_text(store, organisation, ORGANISATION_NAME, str_of(name));
	record_set_text(store, organisation, ORGANISATION_KIND, STR("province_bureau"));
	if (!record_create(store, organisation, &errors, error))
		return false;
	*id_out = organisation->id;
	return true;
}

static bool add_user(struct record_store *store, int64_t organisation_id, size_t which,
		     int64_t *id_out, struct error *error)
{
	struct record *user = record_new(store, &user_type);
	struct record *membership = record_new(store, &membership_type);
	struct field_errors errors = { 0 };

	user->organisation_id = membership->organisation_id = organisation_id;
	record_set_text(store, user, USER_LOGIN, str_of(administrators[which].login));
	record_set_text(store, user, USER_NAME, str_of(administrators[which].name));
	if (!record_create(store, user, &errors, error))
		return false;
	*id_out = user->id;
	record_set_integer(membership, MEMBERSHIP_USER, user->id);
	record_set_text(store, membership, MEMBERSHIP_ROLES, str_of(administrators[which].roles));
	return record_create(store, membership, &errors, error) &&
	       record_make_step(store, membership, STR("grant"), STR_EMPTY, &errors, error);
}

static bool fill(struct record_store *store, struct auth *auth, const char *organisation,
		 const char *const *hashes, struct error *error)
{
	int64_t organisation_id, user_id, account_id, there;

	if (!db_execute_returning(store->db, count_organisations, DB_WITHOUT, &there, error))
		return false;
	if (there > 0)
		return error_set(error, ERROR_CONFLICT, "cli.init_done", "%lld", (long long)there);
	if (!add_organisation(store, organisation, &organisation_id, error))
		return false;
	for (size_t i = 0; i < ADMINISTRATORS; i++)
		if (!add_user(store, organisation_id, i, &user_id, error) ||
		    !auth_create_account(auth, user_id, administrators[i].login, hashes[i],
					 &account_id, error))
			return false;
	return true;
}

static void print_accounts(const struct context *context, const char *const *passwords)
{
	struct strbuf text = STRBUF_INIT;
	struct jsonout json = JSONOUT_TO(&text);

	if (!context->json) {
		puts(context->language == LANGUAGE_ZH
			     ? "已建立三员账号。一次性密码只显示这一次，首次登录后必须修改："
			     : "The three administrators. Each password is shown once and must be "
			       "changed at the first login:");
		for (size_t i = 0; i < ADMINISTRATORS; i++)
			printf("  %-11s %s  %s\n", administrators[i].login, passwords[i],
			       administrators[i].name);
		return;
	}
	jsonout_object_begin(&json);
	jsonout_key(&json, "accounts");
	jsonout_array_begin(&json);
	for (size_t i = 0; i < ADMINISTRATORS; i++) {
		jsonout_object_begin(&json);
		jsonout_member_cstr(&json, "login", administrators[i].login);
		jsonout_member_cstr(&json, "password", passwords[i]);
		jsonout_object_end(&json);
	}
	jsonout_array_end(&json);
	jsonout_object_end(&json);
	printf("%s\n", text.data);
	strbuf_release(&text);
}

static bool init_folder(struct context *context, struct console *console, const char *organisation,
			struct error *error)
{
	const char *passwords[ADMINISTRATORS], *hashes[ADMINISTRATORS];
	struct db *db = console->store.db;

	for (size_t i = 0; i < ADMINISTRATORS; i++) {
		passwords[i] = auth_make_password(context->arena);
		hashes[i] = auth_hash_password(context->arena, &console->settings, passwords[i]);
	}
	if (!db_begin(db, error) ||
	    !fill(&console->store, &console->auth, organisation, hashes, error) ||
	    !db_commit(db, error)) {
		db_rollback(db);
		return false;
	}
	print_accounts(context, passwords);
	return true;
}

static int run(struct context *context, void *given_options, char **arguments,
	       size_t argument_count, struct error *error)
{
	const struct init_options *given = given_options;
	struct console console;
	bool done;

	(void)arguments;
	(void)argument_count;
	if (!console_open(context, true, &console, error))
		return -1;
	done = init_folder(context, &console,
			   given->organisation ? given->organisation : "省级管理单位", error);
	console_close(&console);
	return done ? 0 : -1;
}

const struct command init_command = {
	.name = "init",
	.arguments = "",
	.help = { "建立数据目录和三员账号（系统、安全、审计管理员）",
		  "make a data folder and its three administrators" },
	.options = options,
	.options_size = sizeof(struct init_options),
	.run = run,
	.examples = "yucheng init --organisation 示例省知识产权局\n",
};
