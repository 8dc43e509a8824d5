/* yucheng user: accounts as the operator at the console keeps them. */
#include "base/jsonout.h"
#include "base/strbuf.h"
#include "cli/console.h"
#include "cli/options.h"
#include "types/types.h"

#include <stdio.h>

struct user_options {
	const char *name, *organisation, *roles;
};

extern const struct command user_command;

static const struct option options[] = {
	{ "name",
	  OPTION_TEXT,
	  offsetof(struct user_options, name),
	  "NAME",
	  { "add：姓名", "add: the person's name" },
	  NULL },
	{ "organisation",
	  OPTION_TEXT,
	  offsetof(struct user_options, organisation),
	  "NAME",
	  { "add、roles：机构的名称、简称或编号", "add, roles: its name, short name or id" },
	  NULL },
	{ "roles",
	  OPTION_TEXT,
	  offsetof(struct user_options, roles),
	  "A,B",
	  { "add、roles：在该机构的角色，取代原有角色，none 为撤销："
	    "director、ip_manager、researcher、finance、agency、city_officer、province_officer、"
	    "expert、inspector、system_admin、security_admin、audit_admin",
	    "add, roles: what the person may do there, instead of before, none takes all away: "
	    "director, ip_manager, researcher, finance, agency, city_officer, province_officer, "
	    "expert, inspector, system_admin, security_admin, audit_admin" },
	  NULL },
	{ .name = NULL },
};

struct user_call {
	struct context *context;
	const struct user_options *options;
	struct console console;
	const char *login;
	struct auth_account account;          /* of verbs that want one */
	const char *password, *password_hash; /* of verbs that make one */
	struct strbuf text;
	struct jsonout json; /* to text */
};

static bool is_chinese(const struct user_call *call)
{
	return call->context->language == LANGUAGE_ZH;
}

/* ---- list */

static const char *role_names(struct user_call *call, unsigned roles)
{
	struct strbuf names = STRBUF_INIT;
	const char *text;

	for (int role = 0; role < ROLE_COUNT; role++)
		if (roles & ROLE_BIT(role))
			strbuf_addf(&names, "%s%s", names.size ? "," : "", role_infos[role].name);
	text = str_to_cstr(call->context->arena, strbuf_str(&names));
	strbuf_release(&names);
	return text;
}

static const char *state_text(const struct user_call *call, const struct auth_account *account)
{
	const struct {
		bool holds;
		const char *texts[2];
	} rows[] = {
		{ account->is_disabled, { "停用", "disabled" } },
		{ !account->user_is_active, { "人员已停用", "person stopped" } },
		{ account->is_locked, { "锁定", "locked" } },
		{ account->is_dormant, { "休眠", "sleeping" } },
		{ account->must_change_password, { "一次性密码", "one-time password" } },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (rows[i].holds)
			return rows[i].texts[is_chinese(call) ? 0 : 1];
	return is_chinese(call) ? "正常" : "active";
}

static void write_roles(struct jsonout *json, unsigned roles)
{
	jsonout_key(json, "roles");
	jsonout_array_begin(json);
	for (int role = 0; role < ROLE_COUNT; role++)
		if (roles & ROLE_BIT(role))
			jsonout_cstr(json, role_infos[role].name);
	jsonout_array_end(json);
}

static void write_account(struct user_call *call, const struct auth_account *account,
			  const struct auth_membership *memberships, size_t count)
{
	struct jsonout *json = &call->json;

	jsonout_object_begin(json);
	jsonout_member_cstr(json, "login", account->login);
	jsonout_member_cstr(json, "name", account->name);
	jsonout_member_bool(json, "disabled", account->is_disabled);
	jsonout_member_bool(json, "locked", account->is_locked);
	jsonout_member_bool(json, "dormant", account->is_dormant);
	jsonout_member_bool(json, "must_change_password", account->must_change_password);
	jsonout_member_bool(json, "second_factor", account->has_totp);
	jsonout_key(json, "memberships");
	jsonout_array_begin(json);
	for (size_t i = 0; i < count; i++) {
		jsonout_object_begin(json);
		jsonout_member_cstr(json, "organisation", memberships[i].organisation);
		write_roles(json, memberships[i].roles);
		jsonout_object_end(json);
	}
	jsonout_array_end(json);
	jsonout_object_end(json);
}

/* "中心主任 director，…": the label, and the name that --roles takes. */
static const char *role_labels(struct user_call *call, unsigned roles)
{
	const char *text = "";

	if (!is_chinese(call))
		return role_names(call, roles);
	for (int role = 0; role < ROLE_COUNT; role++)
		if (roles & ROLE_BIT(role))
			text = arena_printf(call->context->arena, "%s%s%s %s", text,
					    *text ? "，" : "", role_infos[role].label.zh,
					    role_infos[role].name);
	return text;
}

static const char *membership_text(struct user_call *call,
				   const struct auth_membership *memberships, size_t count)
{
	const char *text = "";

	for (size_t i = 0; i < count; i++)
		text = arena_printf(
			call->context->arena, is_chinese(call) ? "%s%s%s：%s" : "%s%s%s: %s", text,
			i ? (is_chinese(call) ? "；" : "; ") : "", memberships[i].organisation,
			role_labels(call, memberships[i].roles));
	return text;
}

static void show_account(struct user_call *call, struct text_table *table,
			 const struct auth_account *account,
			 const struct auth_membership *memberships, size_t count)
{
	if (call->context->json) {
		write_account(call, account, memberships, count);
		return;
	}
	text_table_cell(table, str_of(account->login));
	text_table_cell(table, str_of(account->name));
	text_table_cell(table, str_of(state_text(call, account)));
	text_table_cell(table, str_of(account->has_totp ? "TOTP" : ""));
	text_table_cell(table, str_of(membership_text(call, memberships, count)));
}

static struct text_table *account_table(struct user_call *call)
{
	static const struct label heads[] = { { "登录名", "Login" },
					      { "姓名", "Name" },
					      { "状态", "State" },
					      { "第二因素", "Second factor" },
					      { "角色", "Roles" } };
	struct text_table *table = text_table_create(call->context->arena, 5);

	command_table_head(call->context, table, heads, 5);
	return table;
}

/* Those behind the account of the id; *last_out 0: there are no more. */
static bool list_some(struct user_call *call, struct text_table *table, int64_t after,
		      int64_t *last_out, struct error *error)
{
	struct auth *auth = &call->console.auth;
	struct auth_account *accounts;
	size_t count;

	*last_out = 0;
	if (!auth_list_accounts(auth, after, &accounts, &count, error))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct auth_membership *memberships;
		size_t membership_count;

		if (!auth_list_memberships(auth, accounts[i].user_id, &memberships,
					   &membership_count, error))
			return false;
		show_account(call, table, &accounts[i], memberships, membership_count);
		*last_out = accounts[i].id;
	}
	return true;
}

static bool run_list(struct user_call *call, struct error *error)
{
	struct text_table *table = account_table(call);
	int64_t last = 0;

	jsonout_object_begin(&call->json);
	jsonout_key(&call->json, "users");
	jsonout_array_begin(&call->json);
	do {
		if (!list_some(call, table, last, &last, error))
			return false;
	} while (last);
	jsonout_array_end(&call->json);
	jsonout_object_end(&call->json);
	if (!call->context->json)
		text_table_print(table);
	return true;
}

/* ---- What verbs that change tell. */

static void tell(struct user_call *call, const char *chinese, const char *english)
{
	if (call->context->json) {
		jsonout_object_begin(&call->json);
		jsonout_member_cstr(&call->json, "login", call->login);
		if (call->password)
			jsonout_member_cstr(&call->json, "password", call->password);
		jsonout_object_end(&call->json);
		return;
	}
	strbuf_addf(&call->text, "%s：%s", call->login, is_chinese(call) ? chinese : english);
	if (call->password)
		strbuf_addf(&call->text, "  %s", call->password);
	strbuf_add_byte(&call->text, '\n');
}

/* ---- Roles. */

static const char sql_organisation[] =
	"SELECT id FROM organisation WHERE name = $1 OR short_name = $1 OR id = $2 "
	"ORDER BY CASE WHEN name = $1 THEN 0 ELSE 1 END, id LIMIT 1";

static bool find_organisation(struct user_call *call, int64_t *id_out, struct error *error)
{
	const char *name = call->options->organisation;
	int64_t number = 0;

	if (!name)
		return error_set(error, ERROR_USAGE, "cli.user_option", "--organisation");
	if (!str_to_int64(str_of(name), &number))
		number = 0;
	if (!db_execute_returning(call->console.store.db, sql_organisation,
				  DB_WITH(DB_CSTR(name), DB_INT(number)), id_out, error))
		return false;
	return *id_out != 0 ||
	       error_set(error, ERROR_NOT_FOUND, "cli.user_organisation", "%s", name);
}

static bool grant(struct user_call *call, int64_t user_id, int64_t organisation_id,
		  struct error *error)
{
	struct record_store *store = &call->console.store;
	struct record *membership = record_new(store, &membership_type);
	struct field_errors errors = { 0 };
	unsigned bits;

	if (!auth_parse_roles(str_of(call->options->roles), &bits, error))
		return false;
	membership->organisation_id = organisation_id;
	record_set_integer(membership, MEMBERSHIP_USER, user_id);
	record_set_text(store, membership, MEMBERSHIP_ROLES,
			str_of(arena_printf(store->arena, ",%s,", role_names(call, bits))));
	return (record_create(store, membership, &errors, error) &&
		record_make_step(store, membership, STR("grant"), STR_EMPTY, &errors, error)) ||
	       console_explain(&errors, error);
}

/* Ends what the user is in the organisation so far. */
static bool revoke(struct user_call *call, int64_t user_id, int64_t organisation_id,
		   struct error *error)
{
	struct record_store *store = &call->console.store;
	struct auth_membership *memberships;
	struct field_errors errors = { 0 };
	size_t count;

	if (!auth_list_memberships(&call->console.auth, user_id, &memberships, &count, error))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct record *membership;

		if (memberships[i].organisation_id != organisation_id)
			continue;
		if (!record_load(store, &membership_type, memberships[i].id, &membership, error) ||
		    !record_make_step(store, membership, STR("revoke"), STR("yucheng user roles"),
				      &errors, error))
			return false;
	}
	return true;
}

static bool run_roles(struct user_call *call, struct error *error)
{
	int64_t organisation_id, user_id = call->account.user_id;

	if (!call->options->roles)
		return error_set(error, ERROR_USAGE, "cli.user_option", "--roles");
	if (!find_organisation(call, &organisation_id, error) ||
	    !revoke(call, user_id, organisation_id, error) ||
	    (strcmp(call->options->roles, "none") != 0 &&
	     !grant(call, user_id, organisation_id, error)))
		return false;
	tell(call, "角色已更新", "the roles are set");
	return true;
}

/* ---- Accounts. */

static bool add_user(struct user_call *call, int64_t organisation_id, int64_t *user_id_out,
		     struct error *error)
{
	struct record_store *store = &call->console.store;
	struct record *user = record_new(store, &user_type);
	struct field_errors errors = { 0 };

	user->organisation_id = organisation_id;
	record_set_text(store, user, USER_LOGIN, str_of(call->login));
	record_set_text(store, user, USER_NAME, str_of(call->options->name));
	if (!record_create(store, user, &errors, error))
		return console_explain(&errors, error);
	*user_id_out = user->id;
	return true;
}

static bool run_add(struct user_call *call, struct error *error)
{
	int64_t organisation_id, user_id, account_id;

	if (!call->options->name || !call->options->roles)
		return error_set(error, ERROR_USAGE, "cli.user_option", "%s",
				 call->options->name ? "--roles" : "--name");
	if (auth_find_login(&call->console.auth, call->login, &call->account, error))
		return error_set(error, ERROR_CONFLICT, "auth.login_taken", "%s", call->login);
	if (error->kind != ERROR_NOT_FOUND || !find_organisation(call, &organisation_id, error) ||
	    !add_user(call, organisation_id, &user_id, error) ||
	    !grant(call, user_id, organisation_id, error) ||
	    !auth_create_account(&call->console.auth, user_id, call->login, call->password_hash,
				 &account_id, error))
		return false;
	tell(call, "已建立，一次性密码", "made; one-time password");
	return true;
}

static bool run_password(struct user_call *call, struct error *error)
{
	if (!auth_reset_password(&call->console.auth, call->account.id, call->password_hash, error))
		return false;
	tell(call, "新的一次性密码", "new one-time password");
	return true;
}

static bool run_disable(struct user_call *call, struct error *error)
{
	if (!auth_set_disabled(&call->console.auth, call->account.id, true, error))
		return false;
	tell(call, "已停用，会话全部结束", "disabled; all sessions have ended");
	return true;
}

static bool run_enable(struct user_call *call, struct error *error)
{
	if (!auth_set_disabled(&call->console.auth, call->account.id, false, error))
		return false;
	tell(call, "已启用", "enabled");
	return true;
}

static bool run_unlock(struct user_call *call, struct error *error)
{
	if (!auth_unlock_account(&call->console.auth, call->account.id, error))
		return false;
	tell(call, "已解锁", "unlocked");
	return true;
}

static bool run_wake(struct user_call *call, struct error *error)
{
	if (!auth_wake_account(&call->console.auth, call->account.id, error))
		return false;
	tell(call, "已唤醒", "awake");
	return true;
}

static bool run_remove_factor(struct user_call *call, struct error *error)
{
	if (!auth_remove_totp(&call->console.auth, call->account.id, error))
		return false;
	tell(call, "已移除第二因素", "the second factor is removed");
	return true;
}

/* ---- The verbs. */

static const struct verb {
	const char *name;
	bool wants_login, wants_account, makes_password;
	bool (*run)(struct user_call *call, struct error *error);
} verbs[] = {
	{ "list", false, false, false, run_list },
	{ "add", true, false, true, run_add },
	{ "password", true, true, true, run_password },
	{ "roles", true, true, false, run_roles },
	{ "disable", true, true, false, run_disable },
	{ "enable", true, true, false, run_enable },
	{ "unlock", true, true, false, run_unlock },
	{ "wake", true, true, false, run_wake },
	{ "remove-second-factor", true, true, false, run_remove_factor },
};

static const struct verb *find_verb(const char *name)
{
	for (size_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++)
		if (strcmp(verbs[i].name, name) == 0)
			return &verbs[i];
	return NULL;
}

static const struct verb *check_arguments(char **arguments, size_t count, struct error *error)
{
	const struct verb *verb = find_verb(arguments[0]);
	size_t wanted = verb && verb->wants_login ? 2 : 1;

	if (!verb)
		error_set(error, ERROR_USAGE, "cli.user_verb", "%s", arguments[0]);
	else if (count < wanted)
		options_too_few(&user_command, verb->name, error);
	else if (count > wanted)
		error_set(error, ERROR_USAGE, "cli.too_many", "%s", arguments[wanted]);
	else
		return verb;
	return NULL;
}

/* All or nothing; hashing takes its time before the transaction. */
static bool run_verb(struct user_call *call, const struct verb *verb, struct error *error)
{
	struct console *console = &call->console;
	struct db *db = console->store.db;

	if (verb->wants_account &&
	    !auth_find_login(&console->auth, call->login, &call->account, error))
		return false;
	if (verb->makes_password) {
		call->password = auth_make_password(call->context->arena);
		call->password_hash = auth_hash_password(call->context->arena, &console->settings,
							 call->password);
	}
	if (!verb->wants_login)
		return verb->run(call, error);
	if (db_begin(db, error) && verb->run(call, error) && db_commit(db, error))
		return true;
	db_rollback(db);
	return false;
}

static int run(struct context *context, void *values, char **arguments, size_t count,
	       struct error *error)
{
	const struct verb *verb = check_arguments(arguments, count, error);
	struct user_call call = { .context = context,
				  .options = values,
				  .login = count > 1 ? arguments[1] : NULL,
				  .text = STRBUF_INIT };
	struct strbuf json = STRBUF_INIT;
	bool done;

	if (!verb || !console_open(context, false, &call.console, error))
		return -1;
	call.json = JSONOUT_TO(&json);
	done = run_verb(&call, verb, error);
	console_close(&call.console);
	strbuf_add_byte(&json, '\n');
	if (done)
		command_print(strbuf_str(context->json ? &json : &call.text));
	strbuf_release(&json);
	strbuf_release(&call.text);
	return done ? 0 : -1;
}

const struct command user_command = {
	.name = "user",
	.arguments = "list | add LOGIN | password LOGIN | roles LOGIN | disable LOGIN | "
		     "enable LOGIN | unlock LOGIN | wake LOGIN | remove-second-factor LOGIN",
	.help = { "用户账号：建立、重设密码、角色、停用与解锁",
		  "accounts: make, reset passwords, roles, disable, unlock" },
	.options = options,
	.options_size = sizeof(struct user_options),
	.arguments_min = 1,
	.arguments_max = 2,
	.run = run,
	.examples = "yucheng user list\n"
		    "yucheng user add zhang.san --name 张三 --organisation 示例无人机中心 "
		    "--roles ip_manager,researcher\n"
		    "yucheng user password zhang.san\n"
		    "yucheng user roles zhang.san --organisation 示例无人机中心 --roles director\n",
};
