/* yucheng query: saved queries, #NAME in other queries. */
#include "cli/ask.h"
#include "cli/options.h"

struct query_options {
	bool yes;
};

extern const struct command query_command;

static const struct option options[] = {
	{ "yes",
	  OPTION_FLAG,
	  offsetof(struct query_options, yes),
	  NULL,
	  { "delete：确认删除", "delete: really" },
	  NULL },
	{ .name = NULL },
};

struct query_call {
	struct context *context;
	const struct query_options *options;
	struct workspace workspace;
	const char *name, *text;        /* arguments; NULL: not given */
	struct strbuf json_text, shown; /* both are written; one of them is printed */
	struct jsonout json;
};

static void tell(struct query_call *call, const char *name, const char *text,
		 const struct query *query)
{
	const struct answer answer = ask_answer(call->context, &call->workspace, &call->json);

	answer_write_query(&answer, name, text, query);
}

static bool run_save(struct query_call *call, struct error *error)
{
	const struct answer answer = ask_answer(call->context, &call->workspace, &call->json);
	struct query *query;

	if (!answer_parse(&answer, str_of(call->text), &query, error))
		return false;
	tell(call, call->name, call->text, query);
	strbuf_addf(&call->shown, "#%s = %.*s\n", call->name,
		    STR_ARGS(query_bracketed(call->context->arena, query)));
	return library_query_save(call->workspace.library, call->name, call->text, error);
}

static bool run_list(struct query_call *call, struct error *error)
{
	struct text_table *table = text_table_create(call->context->arena, 2);
	struct saved_query *queries;
	size_t count;

	if (!library_query_list(call->workspace.library, call->context->arena, &queries, &count,
				error))
		return false;
	jsonout_object_begin(&call->json);
	jsonout_key(&call->json, "queries");
	jsonout_array_begin(&call->json);
	for (size_t i = 0; i < count; i++) {
		tell(call, queries[i].name, queries[i].text, NULL);
		text_table_cell(table,
				str_of(arena_printf(call->context->arena, "#%s", queries[i].name)));
		text_table_cell(table, str_of(queries[i].text));
	}
	jsonout_array_end(&call->json);
	jsonout_object_end(&call->json);
	if (!call->context->json)
		text_table_print(table);
	return true;
}

static bool run_show(struct query_call *call, struct error *error)
{
	const char *text;

	if (!library_query_find(call->workspace.library, call->context->arena, str_of(call->name),
				&text, error))
		return false;
	tell(call, call->name, text, NULL);
	strbuf_addf(&call->shown, "%s\n", text);
	return true;
}

static bool run_delete(struct query_call *call, struct error *error)
{
	if (!call->options->yes)
		return error_set(error, ERROR_USAGE, "cli.query_delete", "%s", call->name);
	if (!library_query_remove(call->workspace.library, str_of(call->name), error))
		return false;
	jsonout_object_begin(&call->json);
	jsonout_member_cstr(&call->json, "deleted", call->name);
	jsonout_object_end(&call->json);
	strbuf_addf(&call->shown,
		    call->context->language == LANGUAGE_ZH ? "已删除检索式 #%s\n"
							   : "#%s is deleted\n",
		    call->name);
	return true;
}

static const struct verb {
	const char *name;
	size_t arguments; /* behind it */
	bool changes;
	bool (*run)(struct query_call *call, struct error *error);
} verbs[] = {
	{ "save", 2, true, run_save },
	{ "list", 0, false, run_list },
	{ "show", 1, false, run_show },
	{ "delete", 1, true, run_delete },
};

static const struct verb *find_verb(const char *name)
{
	for (size_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++)
		if (strcmp(verbs[i].name, name) == 0)
			return &verbs[i];
	return NULL;
}

static bool run_verb(struct query_call *call, const struct verb *verb, struct error *error)
{
	struct library *library = call->workspace.library;

	if (!verb->changes)
		return verb->run(call, error);
	if (!library_begin(library, error))
		return false;
	if (verb->run(call, error) && library_commit(library, error))
		return true;
	library_rollback(library);
	return false;
}

static const struct verb *check_arguments(char **arguments, size_t count, struct error *error)
{
	const struct verb *verb = find_verb(arguments[0]);

	if (!verb) {
		error_set(error, ERROR_USAGE, "cli.query_verb", "%s", arguments[0]);
		return NULL;
	}
	if (count - 1 < verb->arguments) {
		options_too_few(&query_command, verb->name, error);
		return NULL;
	}
	if (count - 1 > verb->arguments) {
		error_set(error, ERROR_USAGE, "cli.too_many", "%s", arguments[verb->arguments + 1]);
		return NULL;
	}
	return verb;
}

static int run(struct context *context, void *values, char **arguments, size_t count,
	       struct error *error)
{
	const struct verb *verb = check_arguments(arguments, count, error);
	struct query_call call = { .context = context,
				   .options = values,
				   .name = count > 1 ? arguments[1] : NULL,
				   .text = count > 2 ? arguments[2] : NULL,
				   .json_text = STRBUF_INIT,
				   .shown = STRBUF_INIT };
	bool ok;

	if (!verb || !workspace_open(context->data_folder, verb->arguments == 2, context->today,
				     NULL, NULL, &call.workspace, error))
		return -1;
	call.json = JSONOUT_TO(&call.json_text);
	ok = run_verb(&call, verb, error);
	workspace_close(&call.workspace);
	strbuf_add_byte(&call.json_text, '\n');
	if (ok)
		command_print(strbuf_str(context->json ? &call.json_text : &call.shown));
	strbuf_release(&call.json_text);
	strbuf_release(&call.shown);
	return ok ? 0 : -1;
}

const struct command query_command = {
	.name = "query",
	.arguments = "save NAME 'QUERY' | list | show NAME | delete NAME",
	.help = { "保存的检索式，在检索中写作 #名称", "saved queries, #NAME in other queries" },
	.options = options,
	.options_size = sizeof(struct query_options),
	.arguments_min = 1,
	.arguments_max = 3,
	.run = run,
	.examples = "yucheng query save 电池 'TA=(电池 OR 电芯)'\n"
		    "yucheng search '#电池 AND AD>=2020'\n",
};
