/* yucheng analyse: counts by dimension, and every figure the reports show. */
#include "analyse/count.h"
#include "analyse/figure.h"
#include "base/file.h"
#include "cli/ask.h"
#include "report/findings.h"

#include <math.h>
#include <stdio.h>

struct analyse_options {
	const char *by, *unit, *measure, *topic, *figure, *weights;
	int64_t top;
	bool list;
};

static const struct option options[] = {
	{ "by",
	  OPTION_TEXT,
	  offsetof(struct analyse_options, by),
	  "DIMENSION[,DIMENSION]",
	  { "统计维度，一个或两个", "what to count by, one or two" },
	  NULL },
	{ "figure",
	  OPTION_TEXT,
	  offsetof(struct analyse_options, figure),
	  "NAME",
	  { "给出一幅分析图的全部数据", "all of a named figure" },
	  NULL },
	{ "top",
	  OPTION_COUNT,
	  offsetof(struct analyse_options, top),
	  "N",
	  { "每个维度最多取值数", "most values of a dimension" },
	  NULL },
	{ "unit",
	  OPTION_TEXT,
	  offsetof(struct analyse_options, unit),
	  "application|family|publication",
	  { "计数单位（默认 application）", "what is counted (application)" },
	  NULL },
	{ "measure",
	  OPTION_TEXT,
	  offsetof(struct analyse_options, measure),
	  "NAME",
	  { "统计指标，如 mean_cited_by", "another measure, mean_cited_by" },
	  NULL },
	{ "topic",
	  OPTION_TEXT,
	  offsetof(struct analyse_options, topic),
	  "NAME",
	  { "限于一个专题", "within a topic" },
	  NULL },
	{ "weights",
	  OPTION_TEXT,
	  offsetof(struct analyse_options, weights),
	  "FILE.csv",
	  { "重点专利评分权重", "weights of the key patent score" },
	  NULL },
	{ "list",
	  OPTION_FLAG,
	  offsetof(struct analyse_options, list),
	  NULL,
	  { "列出维度、指标和分析图", "list dimensions, measures and figures" },
	  NULL },
	{ .name = NULL },
};

enum { TABLE_ROWS = 20, WEIGHTS_SIZE_MAX = 65536 };

static struct str text_of(struct context *context, struct label label)
{
	return str_of(label_text(label, context->language));
}

/* ---- What there is to choose from. */
static void list_row(struct text_table *table, const char *kind, struct str name, struct str label)
{
	text_table_cell(table, str_of(kind));
	text_table_cell(table, name);
	text_table_cell(table, label);
}

static void list_table(struct context *context)
{
	struct text_table *table = text_table_create(context->arena, 3);

	for (size_t i = 0; i < dimension_count; i++)
		list_row(table, "--by", str_of(dimensions[i].name),
			 text_of(context, dimensions[i].label));
	for (size_t i = 0; i < measure_count; i++)
		list_row(table, "--measure", str_of(measures[i].name),
			 text_of(context, measures[i].label));
	for (size_t i = 0; i < UNIT_COUNT; i++)
		list_row(table, "--unit", str_of(units[i].name), text_of(context, units[i].label));
	for (size_t i = 0; i < analysis_count; i++)
		list_row(table, "--figure", str_of(analyses[i]->figure.id),
			 text_of(context, analyses[i]->figure.title));
	text_table_print(table);
}

static void list_json(struct context *context)
{
	struct strbuf text = STRBUF_INIT;
	struct jsonout json = JSONOUT_TO(&text);
	const struct answer answer = { .language = context->language, .json = &json };

	answer_write_analyses(&answer);
	command_print_json(&text);
}

/* ---- The set to analyse. */
static bool make_input(struct context *context, const struct analyse_options *values,
		       const char *text, const struct answer *answer, struct analysis_input *input,
		       struct error *error)
{
	enum unit unit = UNIT_APPLICATION;
	struct answer_set set;

	if ((values->unit && !unit_get(str_of(values->unit), &unit, error)) ||
	    !ask_set(context, answer, str_of(text), values->topic, &set, error) ||
	    !answer_input(answer, &set, input, error))
		return false;
	input->unit = unit;
	input->top = (size_t)values->top;
	return !values->weights || file_read(context->arena, values->weights, WEIGHTS_SIZE_MAX,
					     &input->key_patent_weights, error);
}

/* ---- Output. */
static struct str value_text(struct context *context, const struct figure_column *column,
			     const struct figure_value *value)
{
	char day[DATE_TEXT_SIZE];

	if (column->kind == VALUE_TEXT)
		return value->text;
	if (isnan(value->number))
		return STR("-");
	switch (column->kind) {
	case VALUE_DATE:
		return str_of(
			arena_printf(context->arena, "%s", date_format((date)value->number, day)));
	case VALUE_SHARE:
		return str_of(arena_printf(context->arena, "%.1f%%", 100 * value->number));
	case VALUE_NUMBER:
		return str_of(arena_printf(context->arena, "%.4g", value->number));
	case VALUE_TEXT:
	case VALUE_COUNT:
	case VALUE_YEAR:
		break;
	}
	return str_of(arena_printf(context->arena, "%.0f", value->number));
}

static void print_rows(struct context *context, const struct figure *figure, size_t limit)
{
	struct text_table *table = text_table_create(context->arena, figure->column_count);

	for (size_t i = 0; i < figure->column_count; i++) {
		text_table_cell(table, text_of(context, figure->columns[i].label));
		if (figure->columns[i].kind != VALUE_TEXT)
			text_table_right(table, i);
	}
	for (size_t row = 0; row < figure->row_count && row < limit; row++)
		for (size_t i = 0; i < figure->column_count; i++) {
			struct str text = value_text(context, &figure->columns[i],
						     &figure->rows[row].values[i]);

			if (i == 0 && figure->rows[row].is_incomplete)
				text = str_of(
					arena_printf(context->arena, "%.*s*", STR_ARGS(text)));
			text_table_cell(table, text);
		}
	text_table_print(table);
}

static void print_notes(struct context *context, const struct figure *figure)
{
	for (size_t i = 0; i < figure->note_count; i++) {
		const struct figure_note *note = &figure->notes[i];
		struct str label = text_of(context, note->label);

		if (strcmp(note->name, "not_enough_data") == 0)
			printf("%.*s\n", STR_ARGS(label));
		else if (note->text.size)
			printf("%.*s: %.*s\n", STR_ARGS(label), STR_ARGS(note->text));
		else if (!isnan(note->number))
			printf("%.*s: %.6g\n", STR_ARGS(label), note->number);
	}
}

static void print_foot(struct context *context, const struct figure *figure, size_t limit)
{
	bool zh = context->language == LANGUAGE_ZH;
	struct str unit = text_of(context, units[figure->unit].label);
	bool has_tail = false;

	for (size_t i = 0; i < figure->row_count; i++)
		has_tail |= figure->rows[i].is_incomplete;
	if (figure->row_count > limit)
		printf(zh ? "（共 %zu 行，--top 可改）\n" : "(%zu rows, see --top)\n",
		       figure->row_count);
	if (has_tail)
		printf(zh ? "* 数据尚不完整\n" : "* not complete yet\n");
	printf(zh ? "共 %llu，单位：%.*s；无此项数据 %llu\n" : "%llu %.*s; without a value: %llu\n",
	       (unsigned long long)figure->documents, STR_ARGS(unit),
	       (unsigned long long)figure->left_out);
}

static void print_figure(struct context *context, const struct figure *figure, size_t limit)
{
	print_rows(context, figure, limit);
	print_notes(context, figure);
	print_foot(context, figure, limit);
}

static void show(struct context *context, const struct figure *figure, size_t limit)
{
	struct strbuf text = STRBUF_INIT;
	struct jsonout json = JSONOUT_TO(&text);

	if (!context->json) {
		print_figure(context, figure, limit);
		return;
	}
	figure_write_json(figure, context->language, &json);
	command_print_json(&text);
}

/* ---- The two ways of asking. */
static bool parse_request(const struct analyse_options *values, bool all,
			  struct count_request *request, struct error *error)
{
	request->top = values->top ? (size_t)values->top : all ? 0 : TABLE_ROWS;
	return answer_dimensions(values->by, request, error) &&
	       (!values->measure || measure_get(str_of(values->measure), &request->measure, error));
}

static bool count_by(struct context *context, const struct count_request *request,
		     const struct analysis_input *input, struct error *error)
{
	struct figure *figure;

	if (!count_figure(input, request, context->arena, &figure, error))
		return false;
	show(context, figure, SIZE_MAX);
	return true;
}

static bool show_figure(struct context *context, const struct answer *answer,
			const struct analysis *analysis, const struct analysis_input *input,
			struct error *error)
{
	struct figure *figure;

	if (!answer_figure(answer, analysis, input, &figure, error))
		return false;
	if (!context->json)
		printf("%s\n%s\n", label_text(figure->title, context->language),
		       label_text(figure->method, context->language));
	figure->finding = finding_write(answer->arena, figure, context->language);
	show(context, figure, input->top ? input->top : SIZE_MAX);
	return true;
}

/* What is asked for, checked before anything is opened. */
struct asked {
	struct count_request request;
	const struct analysis *analysis; /* or NULL: the request */
};

static bool read_asked(const struct context *context, const struct analyse_options *values,
		       size_t argument_count, struct asked *asked, struct error *error)
{
	if (argument_count == 0 || (values->by != NULL) == (values->figure != NULL))
		return error_set(error, ERROR_USAGE, "cli.analyse_what", "%s",
				 "--by --figure --list");
	if (values->by)
		return parse_request(values, context->json, &asked->request, error);
	asked->analysis = analysis_find(str_of(values->figure));
	return asked->analysis ||
	       error_set(error, ERROR_USAGE, "cli.analyse_figure", "%s", values->figure);
}

static int run(struct context *context, void *options_filled, char **arguments,
	       size_t argument_count, struct error *error)
{
	const struct analyse_options *values = options_filled;
	struct asked asked = { .analysis = NULL };
	struct analysis_input input;
	struct workspace workspace;
	struct answer answer;
	bool done;

	if (values->list) {
		if (context->json)
			list_json(context);
		else
			list_table(context);
		return 0;
	}
	if (!read_asked(context, values, argument_count, &asked, error) ||
	    !workspace_open(context->data_folder, false, context->today, NULL, NULL, &workspace,
			    error))
		return -1;
	answer = ask_answer(context, &workspace, NULL);
	done = make_input(context, values, arguments[0], &answer, &input, error) &&
	       (asked.analysis ? show_figure(context, &answer, asked.analysis, &input, error)
			       : count_by(context, &asked.request, &input, error));
	workspace_close(&workspace);
	return done ? 0 : -1;
}

const struct command analyse_command = {
	.name = "analyse",
	.arguments = "'QUERY' --by DIMENSION[,DIMENSION] | 'QUERY' --figure NAME | --list",
	.help = { "统计与分析一个检索结果", "counts and analyses the documents of a query" },
	.options = options,
	.options_size = sizeof(struct analyse_options),
	.arguments_min = 0,
	.arguments_max = 1,
	.run = run,
	.examples =
		"yucheng analyse ALL --by year,applicant --top 10\n"
		"yucheng analyse 'IPC=H01M' --by applicant --unit family --measure mean_cited_by\n"
		"yucheng analyse ALL --topic 动力电池 --figure matrix --json\n"
		"yucheng analyse --list\n",
};
