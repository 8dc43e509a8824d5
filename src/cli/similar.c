/* yucheng similar: documents like a patent or a text. */
#include "analyse/axis.h"
#include "analyse/similar.h"
#include "base/file.h"
#include "cli/ask.h"
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

enum { LIMIT = 20, LIMIT_MAX = 10000, TEXT_SIZE_MAX = 4 << 20 };

static bool make_request(const struct answer *answer, const struct similar_options *values,
			 const char *number, struct similar_request *request, struct error *error)
{
	struct topic topic;

	request->itself = DOCUMENT_NONE;
	request->before = values->before ? values->before : DATE_NONE;
	request->limit = values->limit ? (size_t)values->limit : LIMIT;
	if (request->limit > LIMIT_MAX)
		return error_set(error, ERROR_LIMIT, "cli.similar_limit", "%d", LIMIT_MAX);
	if (values->text
		    ? !file_read(answer->arena, values->text, TEXT_SIZE_MAX, &request->text, error)
		    : !answer_like_number(answer, number, request, error))
		return false;
	return !values->topic ||
	       (library_topic_find(answer->library, answer->arena, str_of(values->topic), &topic,
				   error) &&
		indexing_topic_documents(answer->library, answer->snapshot, answer->arena, &topic,
					 answer->limits, &request->within, error));
}

/* ---- Output. */

static bool add_row(const struct answer *answer, struct text_table *table,
		    const struct similar_document *like, struct error *error)
{
	int64_t filed = snapshot_number(answer->snapshot, COL_FILED, like->document);
	const struct publication *facts;
	char day[DATE_TEXT_SIZE];
	struct str number;

	if (!answer_facts(answer, like->document, &facts, error))
		return false;
	date_format(filed == NUMBER_NONE ? DATE_NONE : (date)filed, day);
	number = publication_text(facts, FACT_PUBLICATION_NUMBER);
	text_table_cell(table,
			number.size ? number : publication_text(facts, FACT_APPLICATION_NUMBER));
	text_table_cell(table, str_of(arena_printf(answer->arena, "%.2f", like->score)));
	text_table_cell(table, answer_title(facts));
	text_table_cell(table, publication_text(facts, FACT_APPLICANT));
	text_table_cell(table, str_copy(answer->arena, str_of(day)));
	text_table_cell(table, like->shared);
	return true;
}

static bool print_table(const struct answer *answer, const struct similar_result *result,
			struct error *error)
{
	static const struct label heads[] = { { "号码", "Number" },  { "相似度", "Score" },
					      { "标题", "Title" },   { "申请人", "Applicant" },
					      { "申请日", "Filed" }, { "共同词", "Shared" } };
	enum { HEADS = sizeof(heads) / sizeof(heads[0]) };
	struct text_table *table = text_table_create(answer->arena, HEADS);

	text_table_right(table, 1);
	for (size_t i = 0; i < HEADS; i++)
		text_table_cell(table, str_of(label_text(heads[i], answer->language)));
	for (size_t i = 0; i < result->document_count; i++)
		if (!add_row(answer, table, &result->documents[i], error))
			return false;
	text_table_print(table);
	return true;
}

static bool find_and_print(struct context *context, const struct similar_options *values,
			   const char *number, const struct workspace *workspace,
			   struct error *error)
{
	struct strbuf text = STRBUF_INIT;
	struct jsonout json = JSONOUT_TO(&text);
	const struct answer answer = ask_answer(context, workspace, &json);
	struct similar_request request = { .limit = 0 };
	struct similar_result result;
	bool done;

	if (!make_request(&answer, values, number, &request, error) ||
	    !similar_find(workspace->snapshot, &request, answer.limits, context->arena, &result,
			  error))
		return false;
	if (!context->json)
		return print_table(&answer, &result, error);
	done = answer_write_similar(&answer, &result, error);
	if (done)
		command_print_json(&text);
	else
		strbuf_release(&text);
	return done;
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
	.arguments = "NUMBER | --text FILE",
	.help = { "查找与一件专利或一段文字相似的专利", "finds patents like a patent or a text" },
	.options = options,
	.options_size = sizeof(struct similar_options),
	.arguments_min = 0,
	.arguments_max = 1,
	.run = run,
	.examples = "yucheng similar CN113781974A --before 2021-09-01\n"
		    "yucheng similar --text disclosure.txt --limit 50 --json\n",
};
