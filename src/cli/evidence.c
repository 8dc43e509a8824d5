/* yucheng evidence: proposed evidence for the prospect of grant of a solution. */
#include "analyse/evidence.h"
#include "base/file.h"
#include "cli/ask.h"
#include "cli/pick.h"
#include "cli/sheet_file.h"
#include "patent/publication.h"

#include <stddef.h>

struct evidence_options {
	const char *text, *features, *topic;
	date before;
	int64_t limit;
};

static const struct option options[] = {
	{ "text",
	  OPTION_TEXT,
	  offsetof(struct evidence_options, text),
	  "FILE",
	  { "方案文字：权利要求或者交底书；按；。和换行拆分特征",
	    "text of the solution; its features are the parts between semicolons, stops and "
	    "lines" },
	  NULL },
	{ "features",
	  OPTION_TEXT,
	  offsetof(struct evidence_options, features),
	  "FILE",
	  { "特征清单，每行一个", "list of features, one a line" },
	  NULL },
	{ "topic",
	  OPTION_TEXT,
	  offsetof(struct evidence_options, topic),
	  "NAME",
	  { "限于一个专题", "within a topic" },
	  NULL },
	{ "before",
	  OPTION_DATE,
	  offsetof(struct evidence_options, before),
	  "DATE",
	  { "申请日或者优先权日（默认今天）", "filing or priority day (today)" },
	  NULL },
	{ "limit",
	  OPTION_COUNT,
	  offsetof(struct evidence_options, limit),
	  "N",
	  { "每类文献的件数（默认 10）", "documents of each kind (10)" },
	  NULL },
	{ .name = NULL },
};

enum { LIMIT = 10, TEXT_SIZE_MAX = 4 << 20 };

struct shown {
	struct context *context;
	const struct answer *answer;
	struct evidence_request request;
	struct evidence evidence;
	struct str topic;
};

static bool make_request(struct shown *shown, const struct evidence_options *values,
			 struct error *error)
{
	const struct answer *answer = shown->answer;
	struct evidence_request *request = &shown->request;
	struct str content = STR_EMPTY;
	struct topic topic;

	request->before = values->before ? values->before : shown->context->today;
	request->limit = values->limit ? (size_t)values->limit : LIMIT;
	if (request->limit > EVIDENCE_DOCUMENTS_MAX)
		return error_set(error, ERROR_LIMIT, "cli.similar_limit", "%d",
				 EVIDENCE_DOCUMENTS_MAX);
	if (values->text &&
	    !file_read(answer->arena, values->text, TEXT_SIZE_MAX, &request->text, error))
		return false;
	if (values->features &&
	    !file_read(answer->arena, values->features, TEXT_SIZE_MAX, &content, error))
		return false;
	request->feature_count = evidence_features(
		answer->arena, values->features ? content : request->text, &request->features);
	if (!request->feature_count)
		return error_set(error, ERROR_INVALID, "cli.evidence_features", "%s",
				 values->features ? values->features : values->text);
	if (!values->topic)
		return true;
	shown->topic = str_of(values->topic);
	return library_topic_find(answer->library, answer->arena, shown->topic, &topic, error) &&
	       indexing_topic_documents(answer->library, answer->snapshot, answer->arena, &topic,
					answer->limits, &request->within, error);
}

static bool print_json(const struct shown *shown, struct error *error)
{
	struct strbuf text = STRBUF_INIT;
	struct jsonout json = JSONOUT_TO(&text);
	struct answer answer = *shown->answer;

	answer.json = &json;
	if (!answer_write_evidence(&answer, shown->topic, &shown->request, &shown->evidence,
				   error)) {
		strbuf_release(&text);
		return false;
	}
	command_print_json(&text);
	return true;
}

/* ---- Text */
static bool print_rows(const struct shown *shown, size_t from, size_t to, struct error *error)
{
	struct context *context = shown->context;
	size_t count = shown->request.feature_count;
	struct text_table *table = text_table_create(context->arena, count + 3);

	text_table_cell(table, STR("#"));
	text_table_cell(table, str_of(pick(context, "文献", "document")));
	for (size_t i = 0; i < count; i++)
		text_table_cell(table, str_of(arena_printf(context->arena, "F%zu", i + 1)));
	text_table_cell(table, str_of(pick(context, "标题", "title")));
	for (size_t d = from; d < to; d++) {
		const struct evidence_document *row = &shown->evidence.documents[d];
		const struct publication *facts;

		if (!answer_facts(shown->answer, row->document, &facts, error))
			return false;
		text_table_cell(table,
				str_of(arena_printf(context->arena, "%s%zu",
						    row->is_conflict ? "E" : "D", d - from + 1)));
		text_table_cell(table, answer_number(facts));
		for (size_t i = 0; i < count; i++)
			text_table_cell(table, str_of(label_text(disclosures[row->cells[i]].label,
								 context->language)));
		text_table_cell(table, answer_title(facts));
	}
	text_table_print(table);
	return true;
}

static void print_note(struct strbuf *text)
{
	command_print(strbuf_str(text));
	strbuf_clear(text);
}

static void print_search(const struct shown *shown, struct strbuf *text)
{
	struct context *context = shown->context;
	char before[DATE_TEXT_SIZE], today[DATE_TEXT_SIZE];

	strbuf_addf(text,
		    pick(context, "检索日 %s，%s 前公开的文献 %llu 件，机器建议，须由人阅读核实\n",
			 "searched on %s, published before %s: %llu documents; proposed by the "
			 "machine, to be read by a person\n"),
		    date_format(context->today, today), date_format(shown->request.before, before),
		    (unsigned long long)shown->evidence.searched);
	for (size_t i = 0; i < shown->request.feature_count; i++)
		strbuf_addf(text, "  F%zu %.*s\n", i + 1, STR_ARGS(shown->request.features[i]));
	print_note(text);
}

static void print_conclusion(const struct shown *shown, struct strbuf *text)
{
	struct context *context = shown->context;
	const struct evidence *evidence = &shown->evidence;
	double decided = (double)(evidence->class.granted + evidence->class.refused);

	strbuf_addf(text, pick(context, "新颖性（单独对比）：%s\n", "novelty (one document): %s\n"),
		    answer_novelty(evidence, context->language));
	if (evidence->closest != SIZE_MAX) {
		strbuf_addf(text,
			    pick(context, "最接近的现有技术 D%zu，区别特征",
				 "closest prior art D%zu, distinguishing features"),
			    evidence->closest + 1);
		for (size_t i = 0; i < shown->request.feature_count; i++)
			if (evidence->documents[evidence->closest].cells[i] != DISCLOSURE_SAME)
				strbuf_addf(text, " F%zu", i + 1);
		strbuf_add_byte(text, '\n');
	}
	if (decided > 0)
		strbuf_addf(text,
			    pick(context,
				 "小类 %.*s 在%s的发明授权率：%.1f%%（授权 %llu / 结案 %.0f）%s\n",
				 "subclass %.*s in %s: %.1f%% of inventions granted (%llu of "
				 "%.0f)%s\n"),
			    STR_ARGS(evidence->class.symbol),
			    shown->topic.size ? str_to_cstr(context->arena, shown->topic)
					      : pick(context, "全库", "all documents"),
			    100 * (double)evidence->class.granted / decided,
			    (unsigned long long)evidence->class.granted, decided,
			    answer_evidence_is_few(&evidence->class)
				    ? pick(context, "，件数少", ", few")
				    : "");
	print_note(text);
}

static bool print_text(const struct shown *shown, struct error *error)
{
	const struct evidence *evidence = &shown->evidence;
	struct strbuf text = STRBUF_INIT;
	bool done;

	print_search(shown, &text);
	done = print_rows(shown, 0, evidence->prior_count, error);
	if (done && evidence->count > evidence->prior_count) {
		strbuf_add_cstr(&text, pick(shown->context,
					    "抵触申请（申请在先、公布在后，只用于新颖性）\n",
					    "conflicting applications (filed earlier, published "
					    "later; novelty only)\n"));
		print_note(&text);
		done = print_rows(shown, evidence->prior_count, evidence->count, error);
	}
	if (done)
		print_conclusion(shown, &text);
	strbuf_release(&text);
	return done;
}

static bool find_and_print(struct context *context, const struct evidence_options *values,
			   const struct workspace *workspace, struct error *error)
{
	const struct answer answer = ask_answer(context, workspace, NULL);
	struct shown shown = { .context = context, .answer = &answer };

	return make_request(&shown, values, error) &&
	       evidence_find(workspace->snapshot, &shown.request, answer.limits, context->arena,
			     &shown.evidence, error) &&
	       (context->json ? print_json(&shown, error) : print_text(&shown, error));
}

static int run(struct context *context, void *options_filled, char **arguments,
	       size_t argument_count, struct error *error)
{
	const struct evidence_options *values = options_filled;
	struct workspace workspace;
	bool done;

	(void)arguments;
	(void)argument_count;
	if (!values->text && !values->features) {
		error_set(error, ERROR_USAGE, "cli.too_few",
			  "evidence (--text FILE | --features FILE) [--before DATE]");
		return -1;
	}
	if (!workspace_open(context->data_folder, false, context->today, NULL, NULL, &workspace,
			    error))
		return -1;
	done = find_and_print(context, values, &workspace, error);
	workspace_close(&workspace);
	return done ? 0 : -1;
}

const struct command evidence_command = {
	.name = "evidence",
	.arguments = "--text FILE | --features FILE",
	.help = { "授权前景的参考证据：相似文献、特征对比表、抵触申请、同类授权率",
		  "evidence for the prospect of grant: like documents, feature table, conflicting "
		  "applications, grant rate of the class" },
	.options = options,
	.options_size = sizeof(struct evidence_options),
	.run = run,
	.examples = "yucheng evidence --text claims.txt --before 2026-01-05\n"
		    "yucheng evidence --features features.txt --topic 人工智能 --json\n",
};
