/* yucheng search: the documents a query finds. */
#include "analyse/figure.h"
#include "base/jsonout.h"
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

enum sort { SORT_RELEVANCE, SORT_FILED, SORT_PUBLISHED, SORT_CITED };
static const char *const sorts[] = { "relevance", "filed", "published", "cited", NULL };
enum { BY_APPLICATION, BY_FAMILY };
static const char *const unit_names[] = { "application", "family", NULL };

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
	  { "排序：相关度、申请日、公开日、被引证次数",
	    "by relevance, filing, publication, citations" },
	  sorts },
	{ "unit",
	  OPTION_CHOICE,
	  offsetof(struct search_options, unit),
	  "UNIT",
	  { "计数单位：申请或简单同族", "applications, or one of each family" },
	  unit_names },
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
	struct workspace workspace;
	struct query *query;
	const struct bitmap *documents;
	uint64_t count;
	struct scored *hits;
	size_t hit_count;
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
	struct str title = publication_text_in(hit->facts, FACT_TITLE, FACT_ZH);

	return title.size ? title : publication_text(hit->facts, FACT_TITLE);
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
	int64_t day = snapshot_number(hit->search->workspace.snapshot, column, hit->document);
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
	const struct snapshot *snapshot = hit->search->workspace.snapshot;
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
	int64_t number = snapshot_number(hit->search->workspace.snapshot, COL_COUNT_CITED_BY,
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
	{ "number", { "公开号", "Number" }, number_of, true },
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

/* Of each family the first document; those without a family stand for themselves. */
static const struct bitmap *one_of_each_family(const struct search *search)
{
	const struct snapshot *snapshot = search->workspace.snapshot;
	struct arena *arena = search->context->arena;
	bool *is_seen = arena_array(arena, bool, snapshot_term_count(snapshot, COL_FAMILY) + 1);
	uint32_t *kept = arena_array(arena, uint32_t, bitmap_count(search->documents) + 1),
		 document;
	struct bitmap_walk walk = bitmap_walk(search->documents);
	size_t count = 0;

	while (bitmap_walk_next(&walk, &document)) {
		const uint32_t *families;
		size_t families_count = snapshot_ordinals(snapshot, arena, COL_FAMILY, document,
							  &families);

		if (families_count > 0 && is_seen[families[0]])
			continue;
		if (families_count > 0)
			is_seen[families[0]] = true;
		kept[count++] = document;
	}
	return bitmap_of(arena, kept, count);
}

static bool order(struct search *search, struct error *error)
{
	static const unsigned columns[] = { [SORT_FILED] = COL_FILED,
					    [SORT_PUBLISHED] = COL_PUBLISHED,
					    [SORT_CITED] = COL_COUNT_CITED_BY };
	const struct search_limits limits = { 0 };
	int64_t limit = search->options->limit ? search->options->limit : LIMIT_DEFAULT;
	int64_t last = search->options->offset + limit;

	if (limit > LIMIT_MAX || last > LIMIT_MAX * 10LL)
		return error_set(error, ERROR_LIMIT, "cli.search_limit", "%d", LIMIT_MAX);
	if (search->options->sort != SORT_RELEVANCE) {
		query_largest(search->workspace.snapshot, search->documents,
			      columns[search->options->sort], (size_t)last, search->context->arena,
			      &search->hits, &search->hit_count);
		return true;
	}
	return query_rank(search->workspace.snapshot, search->query, search->documents,
			  (size_t)last, &limits, search->context->arena, &search->hits,
			  &search->hit_count, error);
}

static bool find(struct search *search, struct str text, struct error *error)
{
	const struct search_limits limits = { 0 };
	struct arena *arena = search->context->arena;
	const struct bitmap *within;

	if (!ask_parse(search->context, &search->workspace, text, &search->query, error) ||
	    !ask_topic(search->context, &search->workspace, search->options->topic, &within,
		       error) ||
	    !query_run(search->workspace.snapshot, search->query, &limits, arena,
		       &search->documents, error))
		return false;
	search->documents = bitmap_and(arena, search->documents, within);
	if (search->options->unit == BY_FAMILY)
		search->documents = one_of_each_family(search);
	search->count = bitmap_count(search->documents);
	return search->options->count || order(search, error);
}

/* ---- Output. */

static bool read_hit(const struct search *search, size_t i, struct hit *hit_out,
		     struct error *error)
{
	struct arena *arena = search->context->arena;
	struct application application;

	hit_out->search = search;
	hit_out->document = search->hits[i].document;
	if (!library_application(
		    search->workspace.library, arena,
		    snapshot_document_id(search->workspace.snapshot, hit_out->document),
		    &application, error))
		return false;
	hit_out->facts = application_effective(arena, &application);
	return true;
}

static void print_count(const struct search *search)
{
	bool chinese = search->context->language == LANGUAGE_ZH;
	const char *unit = search->options->unit == BY_FAMILY ? chinese ? "个同族" : "families"
			   : chinese                          ? "件申请"
							      : "applications";

	printf(chinese ? "命中 %llu %s\n" : "%llu %s\n", (unsigned long long)search->count, unit);
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
	for (size_t i = (size_t)search->options->offset; i < search->hit_count; i++) {
		struct hit hit;

		if (!read_hit(search, i, &hit, error))
			return false;
		for (size_t k = 0; k < count; k++)
			text_table_cell(table, columns[k]->text(&hit));
	}
	if (search->hit_count > (size_t)search->options->offset)
		text_table_print(table);
	print_count(search);
	return true;
}

static void write_highlights(const struct hit *hit, struct jsonout *json)
{
	struct highlight *highlights;
	size_t count = query_highlights(hit->search->query, hit->search->context->arena, COL_TITLE,
					title_of(hit), &highlights);

	jsonout_key(json, "title_marks");
	jsonout_array_begin(json);
	for (size_t i = 0; i < count; i++) {
		jsonout_array_begin(json);
		jsonout_integer(json, (int64_t)highlights[i].from);
		jsonout_integer(json, (int64_t)highlights[i].to);
		jsonout_array_end(json);
	}
	jsonout_array_end(json);
}

static bool write_hit(const struct search *search, size_t i, struct jsonout *json,
		      struct error *error)
{
	struct hit hit;

	if (!read_hit(search, i, &hit, error))
		return false;
	jsonout_object_begin(json);
	jsonout_member_integer(json, "id",
			       snapshot_document_id(search->workspace.snapshot, hit.document));
	for (size_t k = 0; k < COLUMN_ROWS; k++) {
		struct str text = result_columns[k].text(&hit);

		jsonout_key(json, result_columns[k].name);
		if (text.size)
			jsonout_str(json, text);
		else
			jsonout_null(json);
	}
	write_highlights(&hit, json);
	if (search->options->sort == SORT_RELEVANCE)
		jsonout_member_number(json, "score", (double)search->hits[i].score);
	jsonout_object_end(json);
	return true;
}

static bool print_json(const struct search *search, struct error *error)
{
	struct strbuf text = STRBUF_INIT;
	struct jsonout json = JSONOUT_TO(&text);
	bool done = true;

	jsonout_object_begin(&json);
	jsonout_member_integer(&json, "count", (int64_t)search->count);
	jsonout_member_cstr(&json, "unit", unit_names[search->options->unit]);
	if (!search->options->count) {
		jsonout_key(&json, "hits");
		jsonout_array_begin(&json);
		for (size_t i = (size_t)search->options->offset; i < search->hit_count && done; i++)
			done = write_hit(search, i, &json, error);
		jsonout_array_end(&json);
	}
	ask_write_warnings(search->context, search->query, &json);
	jsonout_object_end(&json);
	strbuf_add_byte(&text, '\n');
	if (done)
		command_print(strbuf_str(&text));
	strbuf_release(&text);
	return done;
}

static bool print(const struct search *search, struct error *error)
{
	if (search->context->json)
		return print_json(search, error);
	if (!search->options->count)
		return print_table(search, error);
	printf("%llu\n", (unsigned long long)search->count);
	return true;
}

static int run(struct context *context, void *options_filled, char **arguments,
	       size_t argument_count, struct error *error)
{
	struct search search = { .context = context, .options = options_filled };
	struct str text;
	bool done;

	if (!ask_read_text(context, argument_count ? arguments[0] : NULL, search.options->file,
			   &text, error) ||
	    !workspace_open(context->data_folder, false, context->today, NULL, NULL,
			    &search.workspace, error))
		return -1;
	done = find(&search, text, error) && print(&search, error);
	workspace_close(&search.workspace);
	return done ? 0 : -1;
}

const struct command search_command = {
	.name = "search",
	.arguments = "'QUERY'",
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
