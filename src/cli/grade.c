/* yucheng grade: patents into grades, and what follows. */
#include "cli/pick.h"
#include "cli/sheet_file.h"
#include "rule/grade.h"

#include <stddef.h>

struct grade_options {
	bool list;
};

static const struct option options[] = {
	{ "list",
	  OPTION_FLAG,
	  offsetof(struct grade_options, list),
	  NULL,
	  { "列出维度、调整项、等级与措施", "list dimensions, adjustments, grades and actions" },
	  NULL },
	{ .name = NULL },
};

static void list_row(struct context *context, struct text_table *table, struct jsonout *json,
		     const char *id, const char *name, double number, const char *shown,
		     const char *action, enum rule_mark mark, const char *basis,
		     const char *edition)
{
	const char *cited = rule_basis_text(context->arena, basis, context->language);

	if (context->json) {
		jsonout_object_begin(json);
		jsonout_member_cstr(json, "id", id);
		jsonout_member_cstr(json, "name", name);
		jsonout_member_number(json, "number", number);
		jsonout_member_cstr(json, "action", action);
		jsonout_member_cstr(json, "basis", cited);
		jsonout_member_cstr(json, "edition", edition);
		jsonout_member_cstr(json, "mark", rule_marks[mark].letter);
		jsonout_object_end(json);
		return;
	}
	text_table_cell(table, str_of(id));
	text_table_cell(table, str_of(name));
	text_table_cell(table, str_of(shown));
	text_table_cell(table, str_of(action ? action : ""));
	text_table_cell(table, str_of(arena_printf(context->arena, "%s %s [%s]", cited, edition,
						   rule_marks[mark].letter)));
}

static void print_list(struct context *context)
{
	static const struct label heads[] = { { "编号", "id" },
					      { "名称", "name" },
					      { "权重、加减分或下限", "weight, points or from" },
					      { "措施", "action" },
					      { "依据", "basis" } };
	struct text_table *table = text_table_create(context->arena, 5);
	struct strbuf text = STRBUF_INIT;
	struct jsonout json = JSONOUT_TO(&text);
	size_t count;
	const struct grade *grades = grade_list(&count);

	command_table_head(context, table, heads, 5);
	if (context->json)
		jsonout_array_begin(&json);
	for (size_t i = 0; i < GRADE_DIMENSIONS; i++)
		list_row(context, table, &json, grade_dimensions[i].id,
			 pick(context, grade_dimensions[i].zh, grade_dimensions[i].en),
			 grade_dimensions[i].weight,
			 arena_printf(context->arena, "%.0f%%", grade_dimensions[i].weight), NULL,
			 grade_dimensions[i].mark, grade_dimensions[i].basis,
			 grade_dimensions[i].edition);
	for (size_t i = 0; i < GRADE_ADJUSTMENTS; i++)
		list_row(context, table, &json, grade_adjustments[i].id,
			 pick(context, grade_adjustments[i].zh, grade_adjustments[i].en),
			 grade_adjustments[i].points,
			 arena_printf(context->arena, "%+.1f", grade_adjustments[i].points), NULL,
			 grade_adjustments[i].mark, grade_adjustments[i].basis,
			 grade_adjustments[i].edition);
	for (size_t i = 0; i < count; i++)
		list_row(context, table, &json, grades[i].id,
			 pick(context, grades[i].zh, grades[i].en), grades[i].minimum,
			 grades[i].minimum < 0
				 ? pick(context, "其余", "the rest")
				 : arena_printf(context->arena, "≥ %.1f", grades[i].minimum),
			 pick(context, grades[i].action_zh, grades[i].action_en), grades[i].mark,
			 grades[i].basis, grades[i].edition);
	if (context->json)
		jsonout_array_end(&json);
	else
		text_table_print(table);
	if (!context->json)
		strbuf_add_cstr(&text, sheet_mark_legend(context));
	sheet_print(&text);
}

static void write_case(struct context *context, struct jsonout *json,
		       const struct grade_case *patent, const struct grade_result *result)
{
	jsonout_object_begin(json);
	jsonout_member_str(json, "record", patent->id);
	jsonout_member_cstr(json, "grade", result->grade->id);
	jsonout_member_cstr(json, "edition", result->grade->edition);
	jsonout_member_number(json, "score", result->score);
	jsonout_member_number(json, "base", result->base);
	jsonout_member_cstr(json, "action",
			    pick(context, result->grade->action_zh, result->grade->action_en));
	jsonout_object_end(json);
}

static void print_cases(struct context *context, const struct grade_case *cases, size_t count)
{
	static const struct label heads[] = { { "专利", "patent" },
					      { "等级", "grade" },
					      { "得分", "score" },
					      { "调整前", "before" },
					      { "措施", "action" } };
	struct text_table *table = text_table_create(context->arena, 5);
	struct strbuf text = STRBUF_INIT;
	struct jsonout json = JSONOUT_TO(&text);

	command_table_head(context, table, heads, 5);
	if (context->json)
		jsonout_array_begin(&json);
	for (size_t i = 0; i < count; i++) {
		struct grade_result result = grade_compute(&cases[i]);

		if (context->json) {
			write_case(context, &json, &cases[i], &result);
			continue;
		}
		text_table_cell(table, cases[i].id);
		text_table_cell(table, str_of(result.grade->id));
		text_table_cell(table, str_of(arena_printf(context->arena, "%.2f", result.score)));
		text_table_cell(table, str_of(arena_printf(context->arena, "%.2f", result.base)));
		text_table_cell(table, str_of(pick(context, result.grade->action_zh,
						   result.grade->action_en)));
	}
	if (context->json)
		jsonout_array_end(&json);
	else
		text_table_print(table);
	sheet_print(&text);
}

static int run(struct context *context, void *values, char **arguments, size_t argument_count,
	       struct error *error)
{
	const struct grade_options *chosen = values;
	struct grade_case *cases;
	struct sheet sheet;
	size_t count;

	if (chosen->list) {
		print_list(context);
		return 0;
	}
	if (argument_count != 1) {
		error_set(error, ERROR_USAGE, "cli.too_few", "grade (PATENTS | --list)");
		return -1;
	}
	if (!sheet_file_read(context, arguments[0], &sheet, error) ||
	    !grade_read(context->arena, &sheet, &cases, &count, error))
		return -1;
	print_cases(context, cases, count);
	return 0;
}

const struct command grade_command = {
	.name = "grade",
	.arguments = "PATENTS | --list",
	.help = { "专利分级：五个维度加权与调整，给出等级和措施",
		  "grade patents by five weighted dimensions, with the actions that follow" },
	.options = options,
	.options_size = sizeof(struct grade_options),
	.arguments_max = 1,
	.run = run,
	.examples = "yucheng grade patents.csv\nyucheng grade --list --lang en\n",
};
