/* yucheng evaluate: evaluation sheets before filing, value assessments. */
#include "cli/evaluate_internal.h"
#include "cli/pick.h"

#include <stddef.h>

static const char *const kinds[] = { "prefiling", "value", NULL };

#define FIELD(name_) offsetof(struct evaluate_options, name_)

static const struct option options[] = {
	{ "kind",
	  OPTION_CHOICE,
	  FIELD(kind),
	  "KIND",
	  { "prefiling 申请前评估（默认）、value 价值评估（GB/T 42748 的 27 项）",
	    "prefiling (default), or value: the 27 indicators of GB/T 42748" },
	  kinds },
	{ "scenario",
	  OPTION_TEXT,
	  FIELD(scenario),
	  "NAME",
	  { "价值评估的场景：licence、finance、report、relief、grading（默认 licence）",
	    "scenario of a value assessment: licence (default) finance report relief grading" },
	  NULL },
	{ "weights",
	  OPTION_TEXT,
	  FIELD(weights),
	  "FILE",
	  { "自定权重表：item、weight，合计 100", "own weights: item, weight; sum 100" },
	  NULL },
	{ "trimmed",
	  OPTION_FLAG,
	  FIELD(trimmed),
	  NULL,
	  { "去掉最高和最低的总分再平均（至少三人）",
	    "mean without the highest and lowest total (three people or more)" },
	  NULL },
	{ "template",
	  OPTION_FLAG,
	  FIELD(is_template),
	  NULL,
	  { "输出空白评估表（CSV）", "print an empty sheet as CSV" },
	  NULL },
	{ "list",
	  OPTION_FLAG,
	  FIELD(list),
	  NULL,
	  { "列出项目、权重、阈值、场景及依据",
	    "list items, weights, thresholds, scenarios with their basis" },
	  NULL },
	{ .name = NULL },
};

static bool read_weights(struct context *context, const struct evaluate_options *chosen,
			 struct evaluation_weights *weights, struct error *error)
{
	struct sheet sheet;

	if (!chosen->weights)
		return evaluation_weights_of(
			(enum evaluation_kind)chosen->kind,
			str_of(chosen->scenario ? chosen->scenario : "licence"), weights, error);
	return sheet_file_read(context, chosen->weights, &sheet, error) &&
	       evaluation_weights_read((enum evaluation_kind)chosen->kind, &sheet, weights, error);
}

static bool compute(struct context *context, const struct evaluate_options *chosen,
		    const char *path, struct evaluation_result *result, struct error *error)
{
	struct evaluation_weights weights;
	struct evaluation_score *scores;
	struct sheet sheet;
	size_t count;

	return read_weights(context, chosen, &weights, error) &&
	       sheet_file_read(context, path, &sheet, error) &&
	       evaluation_read(context->arena, &sheet, &scores, &count, error) &&
	       evaluation_compute(context->arena, (enum evaluation_kind)chosen->kind, &weights,
				  scores, count, chosen->trimmed, result, error);
}

static int run(struct context *context, void *values, char **arguments, size_t argument_count,
	       struct error *error)
{
	const struct evaluate_options *chosen = values;
	struct evaluation_result result;

	if (chosen->list || chosen->is_template) {
		struct evaluation_weights weights;

		if (!read_weights(context, chosen, &weights, error))
			return -1;
		if (chosen->list)
			evaluate_print_list(context, (enum evaluation_kind)chosen->kind, &weights);
		else
			evaluate_print_template(context, (enum evaluation_kind)chosen->kind);
		return 0;
	}
	if (argument_count != 1) {
		error_set(error, ERROR_USAGE, "cli.too_few",
			  "evaluate (SHEET | --template | --list)");
		return -1;
	}
	if (!compute(context, chosen, arguments[0], &result, error))
		return -1;
	evaluate_print(context, (enum evaluation_kind)chosen->kind, &result);
	return result.is_complete ? 0 : 1;
}

const struct command evaluate_command = {
	.name = "evaluate",
	.arguments = "SHEET | --template | --list",
	.help = { "评估表：申请前评估（决策）与专利价值评估，多名评估人",
		  "evaluation sheets: before filing (with a decision) and of value, by several "
		  "people" },
	.options = options,
	.options_size = sizeof(struct evaluate_options),
	.arguments_max = 1,
	.run = run,
	.examples = "yucheng evaluate --template > sheet.csv\n"
		    "yucheng evaluate sheet.csv --json\n"
		    "yucheng evaluate --kind value --scenario finance value.csv\n"
		    "yucheng evaluate --kind value --list --lang en\n",
};
