/* yucheng search: the documents a query finds. */
#include "cli/ask.h"
#include "patent/status.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

struct search_options {
	const char *topic, *columns, *file;
	int64_t limit, offset;
	int sort, unit;
	bool count;
};

static const struct option options[] = {
	{ "topic",
	  OPTION_TEXT,
	  offsetof(struct search_options, topic),
	  "NAME",
	  { "限于一个专题", "within a topic" },
	  NULL },
	{ "count",
	  OPTION_FLAG,
	  offsetof(struct search_options, count),
	  NULL,
	  { "只给出命中数", "only the number of hits" },
	  NULL },
	{ "limit",
	  OPTION_COUNT,
	  offsetof(struct search_options, limit),
	  "N",
	  { "条数（默认 20）", "how many (20)" },
	  NULL },
	{ "offset",
	  OPTION_COUNT,
	  offsetof(struct search_options, offset),
	  "N",
	  { "跳过前 N 条", "pass over the first N" },
	  NULL },
	{ "sort",
	  OPTION_CHOICE,
	  offsetof(struct search_options, sort),
	  "ORDER",
	  { "排序：relevance 相关度（默认）、filed 申请日、published 公开日、cited 被引次数",
	    "order: relevance (default), filed, published or cited" },
	  answer_sorts },
	{ "unit",
	  OPTION_CHOICE,
	  offsetof(struct search_options, unit),
	  "UNIT",
	  { "计数单位：application 申请（默认）、family 简单同族",
	    "what is counted: application (default) or family" },
	  answer_hit_units },
	{ "columns",
	  OPTION_TEXT,
	  offsetof(struct search_options, columns),
	  "NAME,NAME",
	  { "显示的列", "the columns to show" },
	  NULL },
	{ "file",
	  OPTION_TEXT,
	  offsetof(struct search_options, file),
	  "FILE",
	  { "从文件读取检索式（可多行，可注释）", "read the query from a file" },
	  NULL },
	{ .name = NULL },
};

enum { LIMIT_DEFAULT = 20, LIMIT_MAX = 100000 };

struct search {
	struct context *context;
	const struct search_options *options;
	struct answer answer;
	struct answer_search wanted;
	struct answer_set set;
	struct answer_hits hits;
};

/* ---- What is shown of a document. */

struct hit {
	const struct search *search;
	uint32_t document;
	const struct publication *facts;
};

static struct str number_of(const struct hit *hit)
{
	struct str number = publication_text(hit->facts, FACT_PUBLICATION_NUMBER);

	return number.size ? number : publication_text(hit->facts, FACT_APPLICATION_NUMBER);
}

static struct str title_of(const struct hit *hit)
{
	return answer_title(hit->facts);
}

static struct str applicant_of(const struct hit *hit)
{
	return publication_text(hit->facts, FACT_APPLICANT);
}

static struct str inventor_of(const struct hit *hit)
{
	return publication_text(hit->facts, FACT_INVENTOR);
}

static struct str agency_of(const struct hit *hit)
{
	return publication_text(hit->facts, FACT_AGENCY);
}

static struct str ipc_of(const struct hit *hit)
{
	return publication_text(hit->facts, FACT_IPC);
}

static struct str application_of(const struct hit *hit)
{
	return publication_text(hit->facts, FACT_APPLICATION_NUMBER);
}

static struct str day_in(const struct hit *hit, unsigned column)
{
	int64_t day = snapshot_number(hit->search->answer.snapshot, column, hit->document);
	char text[DATE_TEXT_SIZE];

	date_format(day == NUMBER_NONE ? DATE_NONE : (date)day, text);
	return str_of(arena_printf(hit->search->context->arena, "%s", text));
}

static struct str filed_of(const struct hit *hit)
{
	return day_in(hit, COL_FILED);
}

static struct str published_of(const struct hit *hit)
{
	return day_in(hit, COL_PUBLISHED);
}

static struct str granted_of(const struct hit *hit)
{
	return day_in(hit, COL_GRANTED);
}

static struct str keyword_in(const struct hit *hit, unsigned column)
{
	const struct snapshot *snapshot = hit->search->answer.snapshot;
	const uint32_t *ordinals;
	size_t count = snapshot_ordinals(snapshot, hit->search->context->arena, column,
					 hit->document, &ordinals);

	return count ? snapshot_term(snapshot, column, ordinals[0]) : STR_EMPTY;
}

static struct str status_of_hit(const struct hit *hit)
{
	struct str name = keyword_in(hit, COL_STATUS);
	const struct status_info *info = &status_infos[status_find(name)];

	if (name.size == 0)
		return name;
	return str_of(hit->search->context->language == LANGUAGE_ZH ? info->label.zh
								    : info->label.en);
}

static struct str type_of(const struct hit *hit)
{
	struct str name = keyword_in(hit, COL_TYPE);
	const struct patent_type_info *info = &patent_types[patent_type_of(name)];

	if (name.size == 0)
		return name;
	return str_of(hit->search->context->language == LANGUAGE_ZH ? info->label.zh
								    : info->label.en);
}

static struct str cited_of(const struct hit *hit)
{
	int64_t number = snapshot_number(hit->search->answer.snapshot, COL_COUNT_CITED_BY,
					 hit->document);

	if (number == NUMBER_NONE)
		return STR_EMPTY;
	return str_of(arena_printf(hit->search->context->arena, "%lld", (long long)number));
}

static const struct result_column {
	const char *name;
	struct label label;
	struct str (*text)(const struct hit *hit);
	bool is_default;
} result_columns[] = {
	{ "number", { "号码", "Number" }, number_of, true },
	{ "title", { "标题", "Title" }, title_of, true },
	{ "applicant", { "申请人", "Applicant" }, applicant_of, true },
	{ "filed", { "申请日", "Filed" }, filed_of, true },
	{ "status", { "法律状态", "Status" }, status_of_hit, true },
	{ "ipc", { "主分类号", "Main IPC" }, ipc_of, true },
	{ "application", { "申请号", "Application" }, application_of, false },
	{ "published", { "公开日", "Published" }, published_of, false },
	{ "granted", { "授权日", "Granted" }, granted_of, false },
	{ "type", { "类型", "Type" }, type_of, false },
	{ "inventor", { "发明人", "Inventor" }, inventor_of, false },
	{ "agency", { "代理机构", "Agency" }, agency_of, false },
	{ "cited", { "被引证次数", "Cited" }, cited_of, false },
};
enum { COLUMN_ROWS = sizeof(result_columns) / sizeof(result_columns[0]) };

static const struct result_column *find_column(struct str name)
{
	for (size_t i = 0; i < COLUMN_ROWS; i++)
		if (str_equal_cstr(name, result_columns[i].name))
			return &result_columns[i];
	return NULL;
}

static void list_columns(struct strbuf *text)
{
	for (size_t i = 0; i < COLUMN_ROWS; i++)
		strbuf_addf(text, "%s%s", i ? " " : "", result_columns[i].name);
}

static bool refuse_column(struct str name, struct error *error)
{
	struct strbuf known = STRBUF_INIT;

	list_columns(&known);
	error_set(error, ERROR_USAGE, "cli.search_column", "%.*s", STR_ARGS(name));
	error_hint(error, "%s", known.data);
	strbuf_release(&known);
	return false;
}

/* The columns asked for, or the usual ones. */
static bool choose_columns(const struct search *search, const struct result_column ***chosen_out,
			   size_t *count_out, struct error *error)
{
	struct str rest = str_of(search->options->columns), name;
	const struct result_column **chosen = arena_array(
		search->context->arena, const struct result_column *, rest.size + COLUMN_ROWS);
	size_t count = 0;

	for (size_t i = 0; i < COLUMN_ROWS && !search->options->columns; i++)
		if (result_columns[i].is_default)
			chosen[count++] = &result_columns[i];
	while (search->options->columns && str_split(&rest, STR(","), &name)) {
		chosen[count] = find_column(str_trim(name));
		if (!chosen[count++])
			return refuse_column(name, error);
	}
	*chosen_out = chosen;
	*count_out = count;
	return true;
}

/* ---- Finding. */

static bool find(struct search *search, struct str text, struct error *error)
{
	const struct search_options *options_given = search->options;
	int64_t limit = options_given->limit ? options_given->limit : LIMIT_DEFAULT;

	if (limit > LIMIT_MAX || options_given->offset + limit > LIMIT_MAX * 10LL)
		return error_set(error, ERROR_LIMIT, "cli.search_limit", "%d", LIMIT_MAX);
	search->wanted = (struct answer_search){
		.sort = options_given->sort,
		.unit = options_given->unit,
		.offset = (size_t)options_given->offset,
		.limit = options_given->count ? 0 : (size_t)limit,
	};
	return ask_set(search->context, &search->answer, text, options_given->topic, &search->set,
		       error) &&
	       answer_search(&search->answer, &search->wanted, &search->set, &search->hits, error);
}

/* ---- Output. */

static void print_count(const struct search *search)
{
	bool chinese = search->context->language == LANGUAGE_ZH;
	const char *unit = search->options->unit ? chinese ? "个同族" : "families"
			   : chinese             ? "件申请"
						 : "applications";

	printf(chinese ? "命中 %llu %s\n" : "%llu %s\n", (unsigned long long)search->hits.count,
	       unit);
}

static bool print_table(const struct search *search, struct error *error)
{
	const struct result_column **columns;
	struct text_table *table;
	size_t count;

	if (!choose_columns(search, &columns, &count, error))
		return false;
	table = text_table_create(search->context->arena, count);
	for (size_t k = 0; k < count; k++)
		text_table_cell(table,
				str_of(label_text(columns[k]->label, search->context->language)));
	for (size_t i = search->wanted.offset; i < search->hits.hit_count; i++) {
		struct hit hit = { .search = search, .document = search->hits.hits[i].document };

		if (!answer_facts(&search->answer, hit.document, &hit.facts, error))
			return false;
		for (size_t k = 0; k < count; k++)
			text_table_cell(table, columns[k]->text(&hit));
	}
	if (search->hits.hit_count > search->wanted.offset)
		text_table_print(table);
	print_count(search);
	return true;
}

static bool print_json(struct search *search, struct error *error)
{
	struct strbuf text = STRBUF_INIT;
	struct jsonout json = JSONOUT_TO(&text);
	const struct answer *answer = &search->answer;
	bool done = true;

	search->answer.json = &json;
	if (search->options->count)
		answer_write_count(answer, &search->wanted, &search->set, &search->hits);
	else
		done = answer_write_hits(answer, &search->wanted, &search->set, &search->hits,
					 error);
	if (done)
		command_print_json(&text);
	else
		strbuf_release(&text);
	return done;
}

static bool print(struct search *search, struct error *error)
{
	if (search->context->json)
		return print_json(search, error);
	if (!search->options->count)
		return print_table(search, error);
	printf("%llu\n", (unsigned long long)search->hits.count);
	return true;
}

static int run(struct context *context, void *options_filled, char **arguments,
	       size_t argument_count, struct error *error)
{
	struct search search = { .context = context, .options = options_filled };
	struct workspace workspace;
	struct str text;
	bool done;

	if (!ask_read_text(context, argument_count ? arguments[0] : NULL, search.options->file,
			   &text, error) ||
	    !workspace_open(context->data_folder, false, context->today, NULL, NULL, &workspace,
			    error))
		return -1;
	search.answer = ask_answer(context, &workspace, NULL);
	done = find(&search, text, error) && print(&search, error);
	workspace_close(&workspace);
	return done ? 0 : -1;
}

const struct command search_command = {
	.name = "search",
	.arguments = "'QUERY' | --file FILE",
	.help = { "检索专利", "searches patents" },
	.options = options,
	.options_size = sizeof(struct search_options),
	.arguments_min = 0,
	.arguments_max = 1,
	.run = run,
	.examples = "yucheng search 'TI=(装置) AND IPC=A01 AND AD>=2010' --count\n"
		    "yucheng search 'TA=(电池 $W5 散热)' --sort cited --limit 50\n"
		    "yucheng search --file 检索式.txt --topic 固态电池 --json\n",
};
