/* yucheng ahp: weights from a matrix of pairwise comparisons. */
#include "cli/pick.h"
#include "cli/sheet_file.h"
#include "rule/hierarchy.h"

#include <stddef.h>

struct ahp_options {
	bool list;
};

static void print_json(const struct hierarchy *hierarchy, const struct hierarchy_weights *weights)
{
	struct strbuf text = STRBUF_INIT;
	struct jsonout json = JSONOUT_TO(&text);

	jsonout_object_begin(&json);
	jsonout_key(&json, "weights");
	jsonout_array_begin(&json);
	for (size_t i = 0; i < hierarchy->size; i++) {
		jsonout_object_begin(&json);
		jsonout_member_str(&json, "name", hierarchy->names[i]);
		jsonout_member_number(&json, "weight", weights->weights[i]);
		jsonout_object_end(&json);
	}
	jsonout_array_end(&json);
	jsonout_member_number(&json, "eigenvalue", weights->eigenvalue);
	jsonout_member_number(&json, "consistency_index", weights->index);
	jsonout_member_number(&json, "random_index", weights->random_index);
	jsonout_member_number(&json, "consistency_ratio", weights->ratio);
	jsonout_member_bool(&json, "consistent", weights->is_consistent);
	jsonout_object_end(&json);
	sheet_print(&text);
}

static void print_text(struct context *context, const struct hierarchy *hierarchy,
		       const struct hierarchy_weights *weights)
{
	static const struct label heads[] = { { "准则", "criterion" }, { "权重 %", "weight %" } };
	struct text_table *table = text_table_create(context->arena, 2);
	struct strbuf text = STRBUF_INIT;

	command_table_head(context, table, heads, 2);
	text_table_right(table, 1);
	for (size_t i = 0; i < hierarchy->size; i++) {
		text_table_cell(table, hierarchy->names[i]);
		text_table_cell(table, str_of(arena_printf(context->arena, "%.2f",
							   weights->weights[i] * 100)));
	}
	text_table_print(table);
	strbuf_addf(&text, "λ = %.4f, CI = %.4f, RI = %.2f, CR = %.4f %s\n", weights->eigenvalue,
		    weights->index, weights->random_index, weights->ratio,
		    weights->is_consistent
			    ? pick(context, "≤ 0.1，一致性可接受", "≤ 0.1, consistent")
			    : pick(context, "> 0.1，判断不一致", "> 0.1, inconsistent"));
	if (!weights->is_consistent)
		strbuf_addf(&text,
			    pick(context, "偏离最大的比较：%.*s 与 %.*s\n",
				 "furthest from the weights: %.*s and %.*s\n"),
			    STR_ARGS(hierarchy->names[weights->worst_row]),
			    STR_ARGS(hierarchy->names[weights->worst_column]));
	sheet_print(&text);
}

/* Saaty's random indexes, by which the ratio is computed. */
static void print_list(struct context *context)
{
	struct strbuf text = STRBUF_INIT;
	struct jsonout json = JSONOUT_TO(&text);

	if (context->json)
		jsonout_array_begin(&json);
	else
		strbuf_add_cstr(&text, pick(context, "n  RI（Saaty 1980，参考值 [K]）\n",
					    "n  RI (Saaty 1980, reference value [K])\n"));
	for (size_t size = 1; size <= HIERARCHY_SIZE_MAX; size++)
		if (context->json)
			jsonout_number(&json, hierarchy_random_index(size));
		else
			strbuf_addf(&text, "%-2zu %.2f\n", size, hierarchy_random_index(size));
	if (context->json)
		jsonout_array_end(&json);
	sheet_print(&text);
}

static int run(struct context *context, void *values, char **arguments, size_t argument_count,
	       struct error *error)
{
	struct hierarchy *hierarchy = arena_new(context->arena, struct hierarchy);
	struct hierarchy_weights weights;
	struct sheet sheet;

	if (((const struct ahp_options *)values)->list) {
		print_list(context);
		return 0;
	}
	if (argument_count != 1) {
		error_set(error, ERROR_USAGE, "cli.too_few", "ahp (MATRIX | --list)");
		return -1;
	}
	if (!sheet_file_read(context, arguments[0], &sheet, error) ||
	    !hierarchy_read(&sheet, hierarchy, error))
		return -1;
	hierarchy_compute(hierarchy, &weights);
	if (context->json)
		print_json(hierarchy, &weights);
	else
		print_text(context, hierarchy, &weights);
	return weights.is_consistent ? 0 : 1;
}

static const struct option options[] = {
	{ "list",
	  OPTION_FLAG,
	  offsetof(struct ahp_options, list),
	  NULL,
	  { "列出平均随机一致性指标", "list the random indexes" },
	  NULL },
	{ .name = NULL },
};

const struct command ahp_command = {
	.name = "ahp",
	.arguments = "MATRIX | --list",
	.help = { "层次分析法：由两两比较矩阵求权重，检验一致性",
		  "weights from pairwise comparisons, with their consistency (AHP)" },
	.options = options,
	.options_size = sizeof(struct ahp_options),
	.arguments_max = 1,
	.run = run,
	.examples = "yucheng ahp matrix.csv\n",
};
