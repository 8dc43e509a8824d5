/* yucheng lint: the drafting check. */
#include "cli/lint_internal.h"
#include "draft/draft_read.h"

#include <stddef.h>
#include <string.h>

struct lint_command_options {
	int type; /* of type_names, which begins with the one for "not given" */
	date date;
	bool list, compare, no_tree;
	const char *waive, *by, *waivers;
};

static const char *const type_names[] = { "auto", "invention", "utility", "design", NULL };

#define FIELD(member) offsetof(struct lint_command_options, member)

static const struct option options[] = {
	{ "type",
	  OPTION_CHOICE,
	  FIELD(type),
	  "TYPE",
	  { "专利类型：invention 发明、utility 实用新型、design 外观设计；默认 auto，由文件判断",
	    "invention, utility or design; auto (the default) lets the file tell" },
	  type_names },
	{ "date",
	  OPTION_DATE,
	  FIELD(date),
	  "DATE",
	  { "按该日施行的规则检查（默认当日）",
	    "check by the rules in force on that day (default today)" },
	  NULL },
	{ "compare",
	  OPTION_FLAG,
	  FIELD(compare),
	  NULL,
	  { "比较两稿：先旧稿后新稿，列出新出现、仍存在、已改正的问题",
	    "compare two drafts, the old one first: findings new, still there, fixed" },
	  NULL },
	{ "waive",
	  OPTION_TEXT,
	  FIELD(waive),
	  "RULE[:CLAIM]=REASON",
	  { "豁免某规则（可限于某项权利要求），多条以分号隔开；须与 --by 同用",
	    "waive a rule, perhaps for one claim only; several are parted by semicolons; needs "
	    "--by" },
	  NULL },
	{ "by",
	  OPTION_TEXT,
	  FIELD(by),
	  "PERSON",
	  { "批准豁免的人", "who answers for the waivers" },
	  NULL },
	{ "waivers",
	  OPTION_TEXT,
	  FIELD(waivers),
	  "FILE",
	  { "豁免清单（TOML，[[waiver]] 表：rule、claim、words、reason、by）",
	    "waivers from a TOML file of [[waiver]] tables: rule, claim, words, reason, by" },
	  NULL },
	{ "no-tree",
	  OPTION_FLAG,
	  FIELD(no_tree),
	  NULL,
	  { "不显示权利要求树", "do not draw the tree of claims" },
	  NULL },
	{ "list",
	  OPTION_FLAG,
	  FIELD(list),
	  NULL,
	  { "列出全部规则及其法律依据", "list all rules with their legal basis" },
	  NULL },
	{ .name = NULL },
};

/* Before the first edition nothing is known, and silence would look like a clean draft. */
static bool check_date(date on, struct error *error)
{
	const struct lint_rule *rules;
	const char *first = "9999-12-31";
	size_t count;

	rules = lint_rules(&count);
	for (size_t i = 0; i < count; i++)
		if (strcmp(rules[i].edition, first) < 0)
			first = rules[i].edition;
	return !rule_begins_after(first, on) ||
	       error_set(error, ERROR_USAGE, "cli.lint_date", "%s", first);
}

static bool check_use(const struct lint_command_options *chosen, size_t argument_count,
		      struct error *error)
{
	if (argument_count == 0)
		return error_set(error, ERROR_USAGE, "cli.too_few", "lint FILE…");
	if (chosen->compare && argument_count != 2)
		return error_set(error, ERROR_USAGE, "cli.lint_compare", "%zu", argument_count);
	if (chosen->waive && !chosen->by)
		return error_set(error, ERROR_USAGE, "cli.lint_by", "--waive");
	return true;
}

static bool check_file(struct context *context, const struct lint_options *lint, const char *path,
		       struct checked_draft *file_out, struct error *error)
{
	file_out->path = path;
	if (!draft_read(context->arena, path, &file_out->draft, error))
		return false;
	lint_run(context->arena, &file_out->draft, lint, &file_out->result);
	return true;
}

/* Files that cannot be read are told and passed over; the first such error decides the status. */
static bool check_files(struct context *context, const struct lint_options *lint, char **paths,
			size_t count, struct checked_draft *files, size_t *read_out,
			struct error *error)
{
	bool all = true;

	*read_out = 0;
	for (size_t i = 0; i < count; i++) {
		struct error failed;

		if (check_file(context, lint, paths[i], &files[*read_out], &failed)) {
			(*read_out)++;
			continue;
		}
		if (!all)
			command_warn(context, error);
		*error = failed;
		all = false;
	}
	return all;
}

static void print(struct context *context, const struct lint_command_options *chosen,
		  const struct checked_draft *files, size_t count)
{
	if (chosen->compare && context->json)
		lint_print_comparison_json(context, &files[0], &files[1]);
	else if (chosen->compare)
		lint_print_comparison(context, &files[0], &files[1]);
	else if (context->json)
		lint_print_files_json(context, files, count);
	else
		for (size_t i = 0; i < count; i++)
			lint_print_file(context, &files[i], !chosen->no_tree);
}

static int status_of(const struct lint_command_options *chosen, const struct checked_draft *files,
		     size_t count)
{
	for (size_t i = chosen->compare ? 1 : 0; i < count; i++)
		if (files[i].result.by_severity[LINT_ERROR] > 0)
			return 1;
	return 0;
}

static int run(struct context *context, void *values, char **arguments, size_t argument_count,
	       struct error *error)
{
	const struct lint_command_options *chosen = values;
	struct lint_options lint = { .on = chosen->date ? chosen->date : context->today,
				     .type = (enum patent_type)chosen->type };
	struct lint_waiver *waivers;
	struct checked_draft *files;
	size_t count;
	bool all;

	if (chosen->list) {
		lint_print_rules(context);
		return 0;
	}
	if (!check_use(chosen, argument_count, error) || !check_date(lint.on, error) ||
	    !lint_read_waivers(context->arena, chosen->waive, chosen->by, chosen->waivers, &waivers,
			       &lint.waiver_count, error))
		return -1;
	lint.waivers = waivers;
	files = arena_array(context->arena, struct checked_draft, argument_count);
	all = check_files(context, &lint, arguments, argument_count, files, &count, error);
	if (all || (!chosen->compare && count > 0))
		print(context, chosen, files, count);
	return all ? status_of(chosen, files, count) : -1;
}

const struct command lint_command = {
	.name = "lint",
	.arguments = "FILE… | --compare OLD NEW | --list",
	.help = { "检查申请文件撰写：.docx、文本、国家知识产权局 XML",
		  "check application drafts: .docx, text, XML of CNIPA" },
	.options = options,
	.options_size = sizeof(struct lint_command_options),
	.arguments_max = SIZE_MAX,
	.run = run,
	.examples = "yucheng lint draft.docx --type invention\n"
		    "yucheng lint --compare old.docx new.docx\n"
		    "yucheng lint draft.txt --waive 'C14:2=本领域公知用语' --by 张三\n"
		    "yucheng lint --list\n",
};
