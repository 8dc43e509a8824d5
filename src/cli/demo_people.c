/* yucheng demo: the people of the demo workspace and how they log in. */
#include "base/file.h"
#include "base/strbuf.h"
#include "cli/console.h"
#include "cli/demo_internal.h"

#include <stdio.h>
#include <sys/stat.h>

#define ACCOUNTS_NAME "demo-accounts.txt"

/* Readable by the folder's owner only. */
static bool write_accounts(struct context *context, const struct demo_workspace *workspace,
			   struct error *error)
{
	const char *path = file_join(context->arena, context->data_folder, ACCOUNTS_NAME);
	struct strbuf text = STRBUF_INIT;
	mode_t before = umask(077);
	bool done;

	strbuf_add_cstr(&text, "# 示例账号的一次性密码，首次登录后必须修改，改后此处不再有效\n"
			       "# 登录名\t密码\t角色\t姓名\t机构\n");
	for (size_t i = 0; i < workspace->account_count; i++) {
		const struct demo_account *account = &workspace->accounts[i];

		strbuf_addf(&text, "%s\t%s\t%s\t%s\t%s\n", account->login, account->password,
			    account->role_label, account->name, account->organisation);
	}
	done = file_write_atomic(path, strbuf_str(&text), error);
	umask(before);
	strbuf_release(&text);
	return done;
}

bool demo_make_people(struct context *context, const struct demo *demo,
		      struct demo_workspace *workspace_out, struct error *error)
{
	struct console console;
	bool done;

	if (!console_open(context, true, &console, error))
		return false;
	const struct demo_site site = { .library = console.library,
					.arena = context->arena,
					.settings = &console.settings,
					.key = &console.key,
					.now_ms = console.store.now_ms,
					.today = context->today };
	done = demo_make_workspace(demo, &site, workspace_out, error);
	console_close(&console);
	return done && (!workspace_out->is_made || write_accounts(context, workspace_out, error));
}

static void print_table(struct context *context, const struct demo_workspace *workspace)
{
	static const char *const heads[2][5] = {
		{ "登录名", "一次性密码", "角色", "姓名", "机构" },
		{ "Login", "One-time password", "Role", "Name", "Organisation" },
	};
	struct text_table *table = text_table_create(context->arena, 5);

	for (size_t i = 0; i < 5; i++)
		text_table_cell(table, str_of(heads[context->language == LANGUAGE_EN][i]));
	for (size_t i = 0; i < workspace->account_count; i++) {
		const struct demo_account *account = &workspace->accounts[i];

		text_table_cell(table, str_of(account->login));
		text_table_cell(table, str_of(account->password));
		text_table_cell(table, str_of(account->role_label));
		text_table_cell(table, str_of(account->name));
		text_table_cell(table, str_of(account->organisation));
	}
	text_table_print(table);
}

void demo_print_people(struct context *context, const struct demo_workspace *workspace)
{
	bool chinese = context->language == LANGUAGE_ZH;

	if (!workspace->is_made) {
		puts(chinese ? "数据目录已有机构和账号，保持不变（重设密码：yucheng user password "
			       "登录名）"
			     : "The folder has organisations and accounts already; they stay as "
			       "they are (yucheng user password LOGIN gives a new password)");
		return;
	}
	printf(chinese ? "示例工作区：%lld 个机构，%zu 个账号，%lld 条业务记录\n"
			 "一次性密码只显示这一次（另存于 %s/%s），首次登录后必须修改：\n"
		       : "Demo workspace: %lld organisations, %zu accounts, %lld records\n"
			 "One-time passwords, shown this once (kept in %s/%s), to be changed at "
			 "the first login:\n",
	       (long long)workspace->organisations, workspace->account_count,
	       (long long)workspace->records, context->data_folder, ACCOUNTS_NAME);
	print_table(context, workspace);
}

void demo_write_people(const struct demo_workspace *workspace, struct jsonout *json)
{
	jsonout_member_integer(json, "organisations", workspace->organisations);
	jsonout_member_integer(json, "records", workspace->records);
	jsonout_key(json, "accounts");
	jsonout_array_begin(json);
	for (size_t i = 0; i < workspace->account_count; i++) {
		const struct demo_account *account = &workspace->accounts[i];

		jsonout_object_begin(json);
		jsonout_member_cstr(json, "login", account->login);
		jsonout_member_cstr(json, "password", account->password);
		jsonout_member_cstr(json, "role", account->role);
		jsonout_member_cstr(json, "name", account->name);
		jsonout_member_cstr(json, "organisation", account->organisation);
		jsonout_object_end(json);
	}
	jsonout_array_end(json);
}
