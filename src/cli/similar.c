/* yucheng similar: documents like a patent or a text. */
#include "analyse/axis.h"
#include "analyse/similar.h"
#include "base/file.h"
#include "base/jsonout.h"
#include "cli/command.h"
#include "indexing/indexing.h"
#include "patent/publication.h"

#include <stdio.h>

struct similar_options {
	const char *text, *topic;
	date before;
	int64_t limit;
};

static const struct option options[] = {
	{ "text",
	  OPTION_TEXT,
	  offsetof(struct similar_options, text),
	  "FILE",
	  { "以文件中的文字为准", "like the text of a file" },
	  NULL },
	{ "before",
	  OPTION_DATE,
	  offsetof(struct similar_options, before),
	  "DATE",
	  { "只要此日之前公开的", "only what was published before that day" },
	  NULL },
	{ "topic",
	  OPTION_TEXT,
	  offsetof(struct similar_options, topic),
	  "NAME",
	  { "限于一个专题", "within a topic" },
	  NULL },
	{ "limit",
	  OPTION_COUNT,
	  offsetof(struct similar_options, limit),
	  "N",
	  { "条数（默认 20）", "how many (20)" },
	  NULL },
	{ .name = NULL },
};

enum { LIMIT = 20, LIMIT_MAX = 10000, TEXT_SIZE_MAX = 4 << 20, CLAIMS_MAX = 3 };

/* What a person would read of a document, in the language it has. */
static struct str title_of(const struct publication *facts)
{
	struct str title = publication_text_in(facts, FACT_TITLE, FACT_ZH);

	return title.size ? title : publication_text(facts, FACT_TITLE);
}

static struct publication *read_document(struct context *context, struct library *library,
					 int64_t id, struct error *error)
{
	struct application application;

	if (!library_application(library, context->arena, id, &application, error))
		return NULL;
	if (!application.publication_count)
		return publication_create(context->arena);
	return publication_effective(context->arena,
				     application.stored[application.publication_count - 1]);
}

/* Abstract and first claims in all languages the sources gave. */
static struct str text_of(struct context *context, const struct publication *facts)
{
	struct strbuf text = STRBUF_INIT;
	struct str copy;
	size_t claims = 0;

	for (const struct fact *fact = publication_find(facts, FACT_ABSTRACT); fact;
	     fact = publication_next(facts, fact)) {
		strbuf_add_str(&text, fact->parts[0]);
		strbuf_add_byte(&text, '\n');
	}
	for (const struct fact *fact = publication_find(facts, FACT_CLAIM);
	     fact && claims < CLAIMS_MAX; fact = publication_next(facts, fact), claims++) {
		strbuf_add_str(&text, fact->parts[CLAIM_TEXT]);
		strbuf_add_byte(&text, '\n');
	}
	copy = str_copy(context->arena, strbuf_str(&text));
	strbuf_release(&text);
	return copy;
}

static bool ask_number(struct context *context, const struct workspace *workspace,
		       const char *number, struct similar_request *request, struct error *error)
{
	const struct publication *facts;
	int64_t id;

	if (!library_find_number(workspace->library, context->arena, str_of(number), &id, error))
		return false;
	facts = read_document(context, workspace->library, id, error);
	if (!facts)
		return false;
	request->title = title_of(facts);
	request->text = text_of(context, facts);
	request->itself = snapshot_find_document(workspace->snapshot, id);
	return true;
}

static bool make_request(struct context *context, const struct similar_options *values,
			 const char *number, const struct workspace *workspace,
			 struct similar_request *request, struct error *error)
{
	const struct search_limits limits = { 0 };
	struct topic topic;

	request->itself = DOCUMENT_NONE;
	request->before = values->before ? values->before : DATE_NONE;
	request->limit = values->limit ? (size_t)values->limit : LIMIT;
	if (request->limit > LIMIT_MAX)
		return error_set(error, ERROR_LIMIT, "cli.similar_limit", "%d", LIMIT_MAX);
	if (values->text
		    ? !file_read(context->arena, values->text, TEXT_SIZE_MAX, &request->text, error)
		    : !ask_number(context, workspace, number, request, error))
		return false;
	return !values->topic ||
	       (library_topic_find(workspace->library, context->arena, str_of(values->topic),
				   &topic, error) &&
		indexing_topic_documents(workspace->library, workspace->snapshot, context->arena,
					 &topic, &limits, &request->within, error));
}

/* ---- Output. */
struct shown {
	struct str number, title, applicant, shared;
	char filed[DATE_TEXT_SIZE];
	double score;
};

static bool show(struct context *context, const struct workspace *workspace,
		 const struct similar_document *document, struct shown *shown_out,
		 struct error *error)
{
	int64_t id = snapshot_document_id(workspace->snapshot, document->document);
	int64_t filed = snapshot_number(workspace->snapshot, COL_FILED, document->document);
	const struct publication *facts = read_document(context, workspace->library, id, error);

	if (!facts)
		return false;
	shown_out->number = publication_text(facts, FACT_PUBLICATION_NUMBER);
	if (!shown_out->number.size)
		shown_out->number = publication_text(facts, FACT_APPLICATION_NUMBER);
	shown_out->title = title_of(facts);
	shown_out->applicant = publication_text(facts, FACT_APPLICANT);
	shown_out->shared = document->shared;
	shown_out->score = document->score;
	date_format(filed == NUMBER_NONE ? DATE_NONE : (date)filed, shown_out->filed);
	return true;
}

static void print_table(struct context *context, const struct shown *shown, size_t count)
{
	static const struct label heads[] = { { "公开号", "Number" }, { "相似度", "Score" },
					      { "标题", "Title" },    { "申请人", "Applicant" },
					      { "申请日", "Filed" },  { "共同词", "Shared" } };
	enum { HEADS = sizeof(heads) / sizeof(heads[0]) };
	struct text_table *table = text_table_create(context->arena, HEADS);

	text_table_right(table, 1);
	for (size_t i = 0; i < HEADS; i++)
		text_table_cell(table, str_of(label_text(heads[i], context->language)));
	for (size_t i = 0; i < count; i++) {
		text_table_cell(table, shown[i].number);
		text_table_cell(table,
				str_of(arena_printf(context->arena, "%.2f", shown[i].score)));
		text_table_cell(table, shown[i].title);
		text_table_cell(table, shown[i].applicant);
		text_table_cell(table, str_of(shown[i].filed));
		text_table_cell(table, shown[i].shared);
	}
	text_table_print(table);
}

static void write_terms(struct jsonout *json, const struct similar_result *result)
{
	jsonout_key(json, "terms");
	jsonout_array_begin(json);
	for (size_t i = 0; i < result->term_count; i++) {
		jsonout_object_begin(json);
		jsonout_member_str(json, "term", result->terms[i].text);
		jsonout_member_number(json, "weight", result->terms[i].weight);
		jsonout_object_end(json);
	}
	jsonout_array_end(json);
}

static void print_json(const struct similar_result *result, const struct shown *shown)
{
	struct strbuf text = STRBUF_INIT;
	struct jsonout json = JSONOUT_TO(&text);

	jsonout_object_begin(&json);
	jsonout_member_integer(&json, "count", (int64_t)result->document_count);
	write_terms(&json, result);
	jsonout_key(&json, "hits");
	jsonout_array_begin(&json);
	for (size_t i = 0; i < result->document_count; i++) {
		jsonout_object_begin(&json);
		jsonout_member_str(&json, "number", shown[i].number);
		jsonout_member_number(&json, "score", shown[i].score);
		jsonout_member_str(&json, "title", shown[i].title);
		jsonout_member_str(&json, "applicant", shown[i].applicant);
		jsonout_member_cstr(&json, "filed", shown[i].filed);
		jsonout_member_str(&json, "shared", shown[i].shared);
		jsonout_object_end(&json);
	}
	jsonout_array_end(&json);
	jsonout_object_end(&json);
	strbuf_add_byte(&text, '\n');
	command_print(strbuf_str(&text));
	strbuf_release(&text);
}

static bool find_and_print(struct context *context, const struct similar_options *values,
			   const char *number, const struct workspace *workspace,
			   struct error *error)
{
	const struct search_limits limits = { 0 };
	struct similar_request request = { .limit = 0 };
	struct similar_result result;
	struct shown *shown;

	if (!make_request(context, values, number, workspace, &request, error) ||
	    !similar_find(workspace->snapshot, &request, &limits, context->arena, &result, error))
		return false;
	shown = arena_array(context->arena, struct shown, result.document_count + 1);
	for (size_t i = 0; i < result.document_count; i++)
		if (!show(context, workspace, &result.documents[i], &shown[i], error))
			return false;
	if (context->json)
		print_json(&result, shown);
	else
		print_table(context, shown, result.document_count);
	return true;
}

static int run(struct context *context, void *options_filled, char **arguments,
	       size_t argument_count, struct error *error)
{
	const struct similar_options *values = options_filled;
	struct workspace workspace;
	bool done;

	if ((argument_count == 0) == (values->text == NULL)) {
		error_set(error, ERROR_USAGE, "cli.similar_what", "%s", "NUMBER --text");
		return -1;
	}
	if (!workspace_open(context->data_folder, false, context->today, NULL, NULL, &workspace,
			    error))
		return -1;
	done = find_and_print(context, values, argument_count ? arguments[0] : NULL, &workspace,
			      error);
	workspace_close(&workspace);
	return done ? 0 : -1;
}

const struct command similar_command = {
	.name = "similar",
	.arguments = "NUMBER",
	.help = { "查找与一件专利或一段文字相似的专利", "finds patents like a patent or a text" },
	.options = options,
	.options_size = sizeof(struct similar_options),
	.arguments_min = 0,
	.arguments_max = 1,
	.run = run,
	.examples = "yucheng similar CN113781974A --before 2021-09-01\n"
		    "yucheng similar --text disclosure.txt --limit 50 --json\n",
};
