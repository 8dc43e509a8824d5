/* yucheng explain: how a query is read, and how many documents each part of it finds. */
#include "cli/ask.h"

#include <stddef.h>

struct explain_options {
	const char *file;
};

static const struct option options[] = {
	{ "file",
	  OPTION_TEXT,
	  offsetof(struct explain_options, file),
	  "FILE",
	  { "从文件读取检索式（可多行，可注释）", "read the query from a file" },
	  NULL },
	{ .name = NULL },
};

struct explained {
	struct query *query;
	struct explain_line *lines;
	size_t count;
};

static void print_tree(struct context *context, const struct explained *explained)
{
	struct text_table *table = text_table_create(context->arena, 2);
	struct str bracketed = query_bracketed(context->arena, explained->query);

	text_table_right(table, 0);
	for (size_t i = 0; i < explained->count; i++) {
		const struct explain_line *line = &explained->lines[i];

		text_table_cell(table, str_of(arena_printf(context->arena, "%llu",
							   (unsigned long long)line->documents)));
		text_table_cell(table,
				str_of(arena_printf(context->arena, "%*s%.*s", (int)line->depth * 2,
						    "", STR_ARGS(line->text))));
	}
	text_table_print(table);
	command_print(str_of(arena_printf(context->arena, "\n%.*s\n", STR_ARGS(bracketed))));
}

static bool explain(struct context *context, const struct workspace *workspace, struct str text,
		    struct error *error)
{
	struct strbuf json_text = STRBUF_INIT;
	struct jsonout json = JSONOUT_TO(&json_text);
	const struct answer answer = ask_answer(context, workspace, &json);
	struct explained explained;

	if (!ask_parse(context, &answer, text, &explained.query, error) ||
	    !query_explain(workspace->snapshot, explained.query, answer.limits, context->arena,
			   &explained.lines, &explained.count, error))
		return false;
	if (context->json) {
		answer_write_explain(&answer, explained.query, explained.lines, explained.count);
		command_print_json(&json_text);
	} else {
		print_tree(context, &explained);
	}
	return true;
}

static int run(struct context *context, void *options_filled, char **arguments,
	       size_t argument_count, struct error *error)
{
	const struct explain_options *values = options_filled;
	struct workspace workspace;
	struct str text;
	bool done;

	if (!ask_read_text(context, argument_count ? arguments[0] : NULL, values->file, &text,
			   error) ||
	    !workspace_open(context->data_folder, false, context->today, NULL, NULL, &workspace,
			    error))
		return -1;
	done = explain(context, &workspace, text, error);
	workspace_close(&workspace);
	return done ? 0 : -1;
}

const struct command explain_command = {
	.name = "explain",
	.arguments = "'QUERY' | --file FILE",
	.help = { "解释检索式：加全括号的树和每个节点的命中数",
		  "how a query is read, with the hits of each part" },
	.options = options,
	.options_size = sizeof(struct explain_options),
	.arguments_min = 0,
	.arguments_max = 1,
	.run = run,
	.examples = "yucheng explain 'TI=(电池 OR 电芯) AND IPC=H01M10 NOT AD<2015'\n",
};
