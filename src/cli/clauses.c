/* yucheng clauses: what of the program serves which clause of the policy, and what is still empty. */
#include "api/clauses.h"
#include "cli/pick.h"
#include "cli/sheet_file.h"

#include <stddef.h>
#include <string.h>

struct clauses_options {
	const char *clause;
	bool empty;
};

static const struct option options[] = {
	{ "clause",
	  OPTION_TEXT,
	  offsetof(struct clauses_options, clause),
	  "ID",
	  { "只列一条，如 2.5-b", "one clause, as 2.5-b" },
	  NULL },
	{ "empty",
	  OPTION_FLAG,
	  offsetof(struct clauses_options, empty),
	  NULL,
	  { "只列尚无支撑的条款", "those nothing serves yet" },
	  NULL },
	{ .name = NULL },
};

/* The labels of what of a kind serves the clause, "、" between them. */
static size_t add_names(struct context *context, const struct clause *clause,
			const struct clause_kind *kind, const struct clause_server *servers,
			size_t count, struct strbuf *text)
{
	size_t found = 0;

	for (size_t i = 0; i < count; i++) {
		if (strcmp(servers[i].kind, kind->id) != 0 ||
		    !clause_is_served(&servers[i], clause->id))
			continue;
		strbuf_add_cstr(text, found++ ? pick(context, "、", ", ") : "");
		strbuf_add_cstr(text, pick(context, servers[i].label.zh, servers[i].label.en));
	}
	return found;
}

static const char *served_by(struct context *context, const struct clause *clause,
			     const struct clause_server *servers, size_t count)
{
	struct strbuf text = STRBUF_INIT;
	const char *line;

	for (const struct clause_kind *kind = clause_kinds; kind->id; kind++) {
		struct strbuf names = STRBUF_INIT;
		size_t found = add_names(context, clause, kind, servers, count, &names);

		strbuf_add_cstr(&text, found && text.size ? pick(context, "；", "; ") : "");
		if (found > 6) /* the analyses of a clause are forty */
			strbuf_addf(&text, pick(context, "%s %zu 项", "%s: %zu"),
				    pick(context, kind->label.zh, kind->label.en), found);
		else if (found)
			strbuf_addf(&text, "%s%s%.*s",
				    pick(context, kind->label.zh, kind->label.en),
				    pick(context, "：", ": "), (int)names.size, names.data);
		strbuf_release(&names);
	}
	line = text.size ? arena_copy(context->arena, text.data, text.size)
			 : pick(context, "尚无", "nothing yet");
	strbuf_release(&text);
	return line;
}

static void print_clauses(struct context *context, const struct clause *only, bool empty_only)
{
	struct text_table *table = text_table_create(context->arena, 3);
	struct strbuf text = STRBUF_INIT;
	size_t count, server_count, empty_count = 0;
	const struct clause *clauses = clause_list(&count);
	const struct clause_server *servers = clause_servers(context->arena, &server_count);

	for (size_t i = 0; i < count; i++) {
		const char *line = served_by(context, &clauses[i], servers, server_count);
		const bool is_empty = strcmp(line, pick(context, "尚无", "nothing yet")) == 0;

		empty_count += is_empty;
		if ((only && only != &clauses[i]) || (empty_only && !is_empty))
			continue;
		text_table_cell(table, str_of(clauses[i].id));
		text_table_cell(table, str_of(pick(context, clauses[i].zh, clauses[i].en)));
		text_table_cell(table, str_of(line));
	}
	text_table_print(table);
	if (!only)
		strbuf_addf(&text,
			    pick(context, "共 %zu 条，尚无支撑的 %zu 条\n",
				 "%zu clauses, %zu of them with nothing yet\n"),
			    count, empty_count);
	sheet_print(&text);
}

static int run(struct context *context, void *values, char **arguments, size_t argument_count,
	       struct error *error)
{
	const struct clauses_options *chosen = values;
	const struct clause *only = chosen->clause ? clause_find(str_of(chosen->clause)) : NULL;
	struct strbuf text = STRBUF_INIT;
	struct jsonout json = JSONOUT_TO(&text);

	(void)arguments;
	(void)argument_count;
	if (chosen->clause && !only) {
		error_set(error, ERROR_USAGE, "rule.no_clause", "%s", chosen->clause);
		return -1;
	}
	if (!context->json) {
		print_clauses(context, only, chosen->empty);
		return 0;
	}
	clauses_write(context->arena, only, &json);
	sheet_print(&text);
	return 0;
}

const struct command clauses_command = {
	.name = "clauses",
	.arguments = "",
	.help = { "政策条款对照：各条由哪些记录、指标、规则、分析和报告支撑，哪些尚无",
		  "clauses of the policy: what serves each of them, and what is still empty" },
	.options = options,
	.options_size = sizeof(struct clauses_options),
	.run = run,
	.examples = "yucheng clauses\n"
		    "yucheng clauses --clause 2.5-b\n"
		    "yucheng clauses --empty\n",
};
