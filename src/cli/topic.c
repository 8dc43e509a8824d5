/* yucheng topic: topic databases, their sets of documents, their trees and their log. */
#include "cli/topic_internal.h"

#include "cli/ask.h"
#include "cli/options.h"

#include <stdio.h>

extern const struct command topic_command;

static const struct option options[] = {
	{ "purpose",
	  OPTION_TEXT,
	  offsetof(struct topic_options, purpose),
	  "TEXT",
	  { "建库目的", "what it is for" },
	  NULL },
	{ "field",
	  OPTION_TEXT,
	  offsetof(struct topic_options, field),
	  "TEXT",
	  { "技术领域", "field of technology" },
	  NULL },
	{ "query",
	  OPTION_TEXT,
	  offsetof(struct topic_options, query),
	  "QUERY",
	  { "检索式；命中的文献属于专题", "its hits belong to the topic" },
	  NULL },
	{ "name",
	  OPTION_TEXT,
	  offsetof(struct topic_options, name),
	  "TEXT",
	  { "edit：新名称", "edit: the new name" },
	  NULL },
	{ "kind",
	  OPTION_CHOICE,
	  offsetof(struct topic_options, kind),
	  "KIND",
	  { "tree：technology 技术分解表（默认）、effect 功效分解表",
	    "tree: technology (default) or effect" },
	  answer_tree_kinds },
	{ "read",
	  OPTION_TEXT,
	  offsetof(struct topic_options, read),
	  "FILE",
	  { "tree：从 .xlsx、.csv、.toml、.json 读入分解表",
	    "tree: replace it by the one in a .xlsx, .csv, .toml or .json file" },
	  NULL },
	{ "write",
	  OPTION_TEXT,
	  offsetof(struct topic_options, write),
	  "FILE",
	  { "tree：写出为 .xlsx、.toml、.json", "tree: write it as .xlsx, .toml or .json" },
	  NULL },
	{ "yes",
	  OPTION_FLAG,
	  offsetof(struct topic_options, yes),
	  NULL,
	  { "delete：确认删除", "delete: really" },
	  NULL },
	{ .name = NULL },
};

bool topic_is_chinese(const struct topic_call *call)
{
	return call->context->language == LANGUAGE_ZH;
}

struct answer topic_answer(struct topic_call *call)
{
	return ask_answer(call->context, &call->workspace, &call->json);
}

bool topic_check_query(struct topic_call *call, const char *query, struct error *error)
{
	const struct answer answer = topic_answer(call);
	struct query *parsed;

	return ask_parse(call->context, &answer, str_of(query), &parsed, error);
}

static bool documents_of(struct topic_call *call, const struct topic *topic,
			 const struct bitmap **documents_out, struct error *error)
{
	return indexing_topic_documents(call->workspace.library, call->workspace.snapshot,
					call->context->arena, topic, NULL, documents_out, error);
}

bool topic_documents(struct topic_call *call, const struct bitmap **documents_out,
		     struct error *error)
{
	return documents_of(call, &call->topic, documents_out, error);
}

/* ---- list */

static struct text_table *list_table(struct topic_call *call)
{
	static const struct label heads[] = { { "专题", "Topic" },
					      { "领域", "Field" },
					      { "件数", "Documents" },
					      { "距上次更新（天）", "Days since update" } };
	struct text_table *table = text_table_create(call->context->arena, 4);

	text_table_right(table, 2);
	text_table_right(table, 3);
	command_table_head(call->context, table, heads, 4);
	return table;
}

static void list_row(const struct answer *answer, struct text_table *table,
		     const struct topic *topic, uint64_t documents)
{
	struct arena *arena = answer->arena;

	text_table_cell(table, str_of(topic->name));
	text_table_cell(table, str_of(topic->field));
	text_table_cell(table, str_of(arena_printf(arena, "%llu", (unsigned long long)documents)));
	text_table_cell(table, str_of(arena_printf(arena, "%lld",
						   (long long)answer_freshness(answer, topic))));
}

static bool run_list(struct topic_call *call, struct error *error)
{
	const struct answer answer = topic_answer(call);
	struct text_table *table = list_table(call);
	struct topic *topics;
	size_t count;

	if (!library_topic_list(call->workspace.library, call->context->arena, &topics, &count,
				error))
		return false;
	jsonout_object_begin(&call->json);
	jsonout_key(&call->json, "topics");
	jsonout_array_begin(&call->json);
	for (size_t i = 0; i < count; i++) {
		const struct bitmap *documents;

		if (!documents_of(call, &topics[i], &documents, error))
			return false;
		answer_write_topic(&answer, &topics[i], bitmap_count(documents), NULL);
		list_row(&answer, table, &topics[i], bitmap_count(documents));
	}
	jsonout_array_end(&call->json);
	jsonout_object_end(&call->json);
	if (!call->context->json)
		text_table_print(table);
	return true;
}

/* ---- show */

static void show_text(struct topic_call *call, const struct answer *answer,
		      const struct answer_topic *shown)
{
	const struct topic *topic = &call->topic;
	char created[DATE_TEXT_SIZE], updated[DATE_TEXT_SIZE];

	date_format(topic->created_on, created);
	date_format(topic->updated_on, updated);
	strbuf_addf(
		&call->text,
		topic_is_chinese(call)
			? "专题    %s\n领域    %s\n目的    %s\n检索式  %s\n"
			  "建立    %s\n更新    %s（%lld 天前）\n"
			  "文献    %llu 件：导入 %llu，检索式命中 %llu，人工加入 %llu，"
			  "人工剔除 %llu\n分解表  技术 %zu 个节点，功效 %zu 个节点\n"
			: "topic    %s\nfield    %s\npurpose  %s\nquery    %s\n"
			  "created  %s\nupdated  %s (%lld days ago)\n"
			  "documents %llu: %llu imported, %llu by the query, %llu added by hand, "
			  "%llu removed by hand\ntrees    %zu nodes of technology, %zu of "
			  "effects\n",
		topic->name, topic->field, topic->purpose, topic->query, created, updated,
		(long long)answer_freshness(answer, topic), (unsigned long long)shown->documents,
		(unsigned long long)shown->sets[TOPIC_IMPORTED],
		(unsigned long long)shown->by_query, (unsigned long long)shown->sets[TOPIC_ADDED],
		(unsigned long long)shown->sets[TOPIC_REMOVED], shown->nodes[TREE_TECHNOLOGY],
		shown->nodes[TREE_EFFECT]);
}

static bool run_show(struct topic_call *call, struct error *error)
{
	const struct answer answer = topic_answer(call);
	struct answer_topic made;

	if (!answer_topic(&answer, &call->topic, &made, error))
		return false;
	answer_write_topic(&answer, &call->topic, made.documents, &made);
	show_text(call, &answer, &made);
	return true;
}

/* ---- Changes. Each is one transaction and, when it moved documents, one line of the log. */

static bool log_difference(struct topic_call *call, const char *source, const struct bitmap *before,
			   const struct bitmap *after, struct error *error)
{
	struct arena *arena = call->context->arena;
	const struct topic_log_line line = {
		.on = call->context->today,
		.source = source,
		.added = (int64_t)bitmap_count(bitmap_and_not(arena, after, before)),
		.removed = (int64_t)bitmap_count(bitmap_and_not(arena, before, after)),
	};

	jsonout_object_begin(&call->json);
	jsonout_member_cstr(&call->json, "name", call->topic.name);
	jsonout_member_integer(&call->json, "added", line.added);
	jsonout_member_integer(&call->json, "removed", line.removed);
	jsonout_member_integer(&call->json, "documents", (int64_t)bitmap_count(after));
	jsonout_object_end(&call->json);
	strbuf_addf(&call->text,
		    topic_is_chinese(call) ? "%s：加入 %lld 件，移出 %lld 件，现有 %llu 件\n"
					   : "%s: %lld in, %lld out, %llu documents now\n",
		    call->topic.name, (long long)line.added, (long long)line.removed,
		    (unsigned long long)bitmap_count(after));
	if (line.added == 0 && line.removed == 0 && !bitmap_is_empty(before))
		return true;
	return library_topic_log_add(call->workspace.library, call->topic.id, &line, error);
}

static const char *given(const char *text, const char *otherwise)
{
	return text ? text : otherwise;
}

static bool run_create(struct topic_call *call, struct error *error)
{
	const struct topic_options *wanted = call->options;
	const struct bitmap *documents;

	if (wanted->query && !topic_check_query(call, wanted->query, error))
		return false;
	call->topic.purpose = given(wanted->purpose, "");
	call->topic.field = given(wanted->field, "");
	call->topic.query = given(wanted->query, "");
	call->topic.created_on = call->topic.updated_on = call->context->today;
	return library_topic_save(call->workspace.library, &call->topic, error) &&
	       topic_documents(call, &documents, error) &&
	       log_difference(call, "create", bitmap_empty(), documents, error);
}

static bool run_edit(struct topic_call *call, struct error *error)
{
	const struct topic_options *wanted = call->options;
	const struct bitmap *before, *after;

	if ((wanted->query && !topic_check_query(call, wanted->query, error)) ||
	    !topic_documents(call, &before, error))
		return false;
	call->topic.name = given(wanted->name, call->topic.name);
	call->topic.purpose = given(wanted->purpose, call->topic.purpose);
	call->topic.field = given(wanted->field, call->topic.field);
	call->topic.query = given(wanted->query, call->topic.query);
	call->topic.updated_on = call->context->today;
	return library_topic_save(call->workspace.library, &call->topic, error) &&
	       topic_documents(call, &after, error) &&
	       log_difference(call, "edit", before, after, error);
}

/* The applications of the numbers given; those not found are told and left out. */
static bool find_numbers(struct topic_call *call, const struct bitmap **ids_out,
			 struct error *error)
{
	struct arena *arena = call->context->arena;
	uint32_t *ids = arena_array(arena, uint32_t, call->number_count + 1);
	size_t found = 0;

	for (size_t i = 0; i < call->number_count; i++) {
		int64_t id;

		if (library_find_number(call->workspace.library, arena, str_of(call->numbers[i]),
					&id, error)) {
			ids[found++] = (uint32_t)id;
			continue;
		}
		if (error->kind != ERROR_NOT_FOUND && error->kind != ERROR_INVALID)
			return false;
		command_warn(call->context, error);
		call->has_refused = true;
	}
	*ids_out = bitmap_of(arena, ids, found);
	return true;
}

/* Puts the numbers into one of the sets made by hand and takes them from the other. */
static bool move(struct topic_call *call, enum topic_set to, enum topic_set from,
		 const char *source, struct error *error)
{
	struct library *library = call->workspace.library;
	struct arena *arena = call->context->arena;
	const struct bitmap *ids, *before, *after;
	int64_t id = call->topic.id;
	uint64_t changed;

	if (!find_numbers(call, &ids, error) || !topic_documents(call, &before, error))
		return false;
	if (!bitmap_is_empty(ids))
		call->topic.updated_on = call->context->today;
	return library_topic_set_take(library, arena, id, from, ids, &changed, error) &&
	       library_topic_set_add(library, arena, id, to, ids, &changed, error) &&
	       library_topic_save(library, &call->topic, error) &&
	       topic_documents(call, &after, error) &&
	       log_difference(call, source, before, after, error);
}

static bool run_add(struct topic_call *call, struct error *error)
{
	return move(call, TOPIC_ADDED, TOPIC_REMOVED, "add", error);
}

static bool run_remove(struct topic_call *call, struct error *error)
{
	return move(call, TOPIC_REMOVED, TOPIC_ADDED, "remove", error);
}

static bool run_delete(struct topic_call *call, struct error *error)
{
	if (!call->options->yes)
		return error_set(error, ERROR_USAGE, "cli.topic_delete", "%s", call->topic.name);
	jsonout_object_begin(&call->json);
	jsonout_member_cstr(&call->json, "deleted", call->topic.name);
	jsonout_object_end(&call->json);
	strbuf_addf(&call->text,
		    topic_is_chinese(call) ? "已删除专题 %s（文献仍在库中）\n"
					   : "%s is deleted (its documents stay)\n",
		    call->topic.name);
	return library_topic_remove(call->workspace.library, call->topic.id, error);
}

/* ---- log */

static void log_row(struct topic_call *call, struct text_table *table,
		    const struct topic_log_line *line)
{
	const int64_t counts[] = { line->added, line->removed, line->updated,
				   line->status_changed };
	char day[DATE_TEXT_SIZE];

	text_table_cell(table, str_of(arena_printf(call->context->arena, "%s",
						   date_format(line->on, day))));
	text_table_cell(table, str_of(line->source));
	for (size_t i = 0; i < 4; i++)
		text_table_cell(table, str_of(arena_printf(call->context->arena, "%lld",
							   (long long)counts[i])));
}

static struct text_table *log_table(struct topic_call *call)
{
	static const struct label heads[] = {
		{ "日期", "Day" },     { "来源", "Source" },  { "加入", "Added" },
		{ "移出", "Removed" }, { "更新", "Updated" }, { "状态变化", "Status changed" }
	};
	struct text_table *table = text_table_create(call->context->arena, 6);

	for (size_t i = 2; i < 6; i++)
		text_table_right(table, i);
	command_table_head(call->context, table, heads, 6);
	return table;
}

static bool run_log(struct topic_call *call, struct error *error)
{
	const struct answer answer = topic_answer(call);
	struct text_table *table = log_table(call);
	struct topic_log_line *lines;
	size_t count;

	if (!library_topic_log(call->workspace.library, call->context->arena, call->topic.id,
			       &lines, &count, error))
		return false;
	answer_write_topic_log(&answer, &call->topic, lines, count);
	for (size_t i = 0; i < count; i++)
		log_row(call, table, &lines[i]);
	if (!call->context->json)
		text_table_print(table);
	return true;
}

/* ---- The verbs */

enum verb_flag {
	VERB_NAMED = 1 << 0,   /* the name of a topic follows */
	VERB_FINDS = 1 << 1,   /* which must exist */
	VERB_NUMBERS = 1 << 2, /* then numbers */
	VERB_CHANGES = 1 << 3
};

static const struct verb {
	const char *name;
	unsigned flags;
	bool (*run)(struct topic_call *call, struct error *error);
} verbs[] = {
	{ "list", 0, run_list },
	{ "show", VERB_NAMED | VERB_FINDS, run_show },
	{ "create", VERB_NAMED | VERB_CHANGES, run_create },
	{ "edit", VERB_NAMED | VERB_FINDS | VERB_CHANGES, run_edit },
	{ "add", VERB_NAMED | VERB_FINDS | VERB_NUMBERS | VERB_CHANGES, run_add },
	{ "remove", VERB_NAMED | VERB_FINDS | VERB_NUMBERS | VERB_CHANGES, run_remove },
	{ "log", VERB_NAMED | VERB_FINDS, run_log },
	{ "tree", VERB_NAMED | VERB_FINDS, topic_tree },
	{ "delete", VERB_NAMED | VERB_FINDS | VERB_CHANGES, run_delete },
};

static const struct verb *find_verb(const char *name)
{
	for (size_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++)
		if (strcmp(verbs[i].name, name) == 0)
			return &verbs[i];
	return NULL;
}

static bool check_arguments(const struct verb *verb, char **arguments, size_t count,
			    struct error *error)
{
	size_t wanted = verb->flags & VERB_NAMED ? 2 : 1;

	if (count < wanted + (verb->flags & VERB_NUMBERS ? 1 : 0))
		return options_too_few(&topic_command, verb->name, error);
	if (count > wanted && !(verb->flags & VERB_NUMBERS))
		return error_set(error, ERROR_USAGE, "cli.too_many", "%s", arguments[wanted]);
	return true;
}

static bool find_topic(struct topic_call *call, const struct verb *verb, const char *name,
		       struct error *error)
{
	call->topic = (struct topic){ .name = name };
	return !(verb->flags & VERB_FINDS) ||
	       library_topic_find(call->workspace.library, call->context->arena, str_of(name),
				  &call->topic, error);
}

static bool run_verb(struct topic_call *call, const struct verb *verb, const char *name,
		     struct error *error)
{
	struct library *library = call->workspace.library;

	if (!find_topic(call, verb, name, error))
		return false;
	if (!(verb->flags & VERB_CHANGES))
		return verb->run(call, error);
	if (!library_begin(library, error))
		return false;
	if (verb->run(call, error) && library_commit(library, error))
		return true;
	library_rollback(library);
	return false;
}

static int run(struct context *context, void *values, char **arguments, size_t count,
	       struct error *error)
{
	const struct verb *verb = find_verb(arguments[0]);
	struct topic_call call = {
		.context = context, .options = values, .json_text = STRBUF_INIT, .text = STRBUF_INIT
	};
	bool ok;

	if (!verb) {
		error_set(error, ERROR_USAGE, "cli.topic_verb", "%s", arguments[0]);
		return -1;
	}
	if (!check_arguments(verb, arguments, count, error))
		return -1;
	if (!workspace_open(context->data_folder, (verb->flags & VERB_FINDS) == 0, context->today,
			    NULL, NULL, &call.workspace, error))
		return -1;
	call.json = JSONOUT_TO(&call.json_text);
	call.numbers = arguments + 2;
	call.number_count = count > 2 ? count - 2 : 0;
	ok = run_verb(&call, verb, count > 1 ? arguments[1] : NULL, error);
	workspace_close(&call.workspace);
	strbuf_add_byte(&call.json_text, '\n');
	if (ok)
		command_print(strbuf_str(context->json ? &call.json_text : &call.text));
	strbuf_release(&call.json_text);
	strbuf_release(&call.text);
	return ok ? (call.has_refused ? 1 : 0) : -1;
}

const struct command topic_command = {
	.name = "topic",
	.arguments = "list | show NAME | create NAME | edit NAME | add NAME NUMBER… | "
		     "remove NAME NUMBER… | log NAME | tree NAME | delete NAME",
	.help = { "专题数据库：文献集合、分解表与更新日志",
		  "topic databases: documents, trees, log" },
	.options = options,
	.options_size = sizeof(struct topic_options),
	.arguments_min = 1,
	.arguments_max = SIZE_MAX,
	.run = run,
	.examples = "yucheng topic create 动力电池 --field 新能源 --query 'TA=(动力电池)'\n"
		    "yucheng topic tree 动力电池 --read 技术分解表.xlsx\n"
		    "yucheng topic remove 动力电池 CN104223352A\n",
};
