/* How yucheng indicators shows its results and its tables. */
#include "cli/indicators_internal.h"
#include "cli/pick.h"

#include <math.h>

static const char *const status_names[] = { "met", "missed", "not_computable" };
static const struct label status_labels[] = { { "达标", "met" },
					      { "未达标", "missed" },
					      { "不可计算", "not computable" } };

static const char *value_text(struct context *context, enum indicator_unit unit, double value)
{
	if (isnan(value))
		return "—";
	if (unit == UNIT_RATIO)
		return sheet_percent(context, value);
	if (unit == UNIT_DIFFERENCE)
		return arena_printf(context->arena, pick(context, "%+.2f 个百分点", "%+.2f points"),
				    value * 100);
	if (unit == UNIT_COUNT)
		return arena_printf(context->arena, pick(context, "%.0f 件", "%.0f"), value);
	return arena_printf(context->arena, pick(context, "%.2f 件/万人", "%.2f"), value);
}

/* The target of a method: T5 is a multiple of its base. */
static const char *target_text(struct context *context, const struct indicator_method *method)
{
	if (method->unit == UNIT_MULTIPLE)
		return arena_printf(context->arena,
				    pick(context, "基期值的 %g 倍", "%g x the base"),
				    method->target);
	return value_text(context, method->unit, method->target);
}

static const char *name_of(struct context *context, const struct indicator_method *method)
{
	return pick(context, method->zh, method->en);
}

static void write_ids(struct jsonout *json, const char *key, const struct indicator_result *result,
		      bool denominator)
{
	jsonout_key(json, key);
	jsonout_array_begin(json);
	for (size_t i = 0; i < result->record_count; i++)
		if (denominator ? result->records[i].in_denominator
				: result->records[i].in_numerator)
			jsonout_str(json, result->records[i].id);
	jsonout_array_end(json);
}

static void write_excluded(struct context *context, struct jsonout *json,
			   const struct indicator_result *result)
{
	jsonout_key(json, "excluded");
	jsonout_array_begin(json);
	for (size_t i = 0; i < result->record_count; i++) {
		const struct indicator_record *record = &result->records[i];

		if (!indicator_is_left_out(record))
			continue;
		jsonout_object_begin(json);
		jsonout_member_str(json, "record", record->id);
		jsonout_member_cstr(json, "reason", indicator_reasons[record->reason].name);
		jsonout_member_cstr(
			json, "text",
			label_text(indicator_reasons[record->reason].label, context->language));
		jsonout_object_end(json);
	}
	jsonout_array_end(json);
}

static void write_extras(struct context *context, struct jsonout *json,
			 const struct indicator_result *result)
{
	jsonout_key(json, "beside");
	jsonout_object_begin(json);
	for (size_t i = 0; i < result->extra_count; i++)
		jsonout_member_number(json, result->extras[i].name, result->extras[i].number);
	jsonout_object_end(json);
	jsonout_key(json, "notes");
	jsonout_array_begin(json);
	for (size_t i = 0; i < result->note_count; i++)
		jsonout_cstr(json, label_text(result->notes[i], context->language));
	jsonout_array_end(json);
}

static void write_result(struct context *context, struct jsonout *json,
			 const struct indicator_result *result)
{
	const struct indicator_method *method = result->method;
	char day[DATE_TEXT_SIZE];

	jsonout_object_begin(json);
	jsonout_member_cstr(json, "id", method->id);
	jsonout_member_cstr(json, "name", name_of(context, method));
	jsonout_member_cstr(json, "clause", method->clause);
	jsonout_member_cstr(json, "method", method->method);
	jsonout_member_cstr(json, "edition", method->edition);
	jsonout_member_number(json, "value", result->value);
	jsonout_member_number(json, "target", result->target);
	jsonout_member_cstr(json, "status", status_names[result->status]);
	jsonout_member_number(json, "numerator", result->numerator);
	jsonout_member_number(json, "denominator", result->denominator);
	jsonout_member_cstr(json, "as_of", date_format(result->as_of, day));
	jsonout_member_cstr(json, "basis",
			    rule_basis_text(context->arena, method->basis, context->language));
	jsonout_member_cstr(json, "mark", rule_marks[method->mark].letter);
	write_ids(json, "counted", result, false);
	write_ids(json, "base", result, true);
	write_excluded(context, json, result);
	write_extras(context, json, result);
	jsonout_object_end(json);
}

static void print_json(struct context *context, const struct indicator_result *results,
		       size_t count)
{
	struct strbuf text = STRBUF_INIT;
	struct jsonout json = JSONOUT_TO(&text);
	char day[DATE_TEXT_SIZE];

	jsonout_object_begin(&json);
	jsonout_member_cstr(&json, "as_of", date_format(context->today, day));
	jsonout_key(&json, "indicators");
	jsonout_array_begin(&json);
	for (size_t i = 0; i < count; i++)
		write_result(context, &json, &results[i]);
	jsonout_array_end(&json);
	jsonout_object_end(&json);
	sheet_print(&text);
}

/* How many were left out, by reason. */
static void add_excluded(struct context *context, struct strbuf *text,
			 const struct indicator_result *result)
{
	size_t counts[REASON_COUNT] = { 0 };
	const char *mark = pick(context, "  未计入：", "  left out: ");

	for (size_t i = 0; i < result->record_count; i++)
		counts[result->records[i].reason] += indicator_is_left_out(&result->records[i]);
	for (size_t i = REASON_NONE + 1; i < REASON_COUNT; i++) {
		if (!counts[i])
			continue;
		strbuf_addf(text, pick(context, "%s%s %zu 件", "%s%s %zu"), mark,
			    label_text(indicator_reasons[i].label, context->language), counts[i]);
		mark = pick(context, "，", ", ");
	}
	if (text->size && text->data[text->size - 1] != '\n')
		strbuf_add_byte(text, '\n');
}

static void add_extra(struct context *context, struct strbuf *text,
		      const struct indicator_extra *extra)
{
	double whole;
	const char *label = label_text(extra->label, context->language);

	if (isnan(extra->number))
		strbuf_addf(text, pick(context, "  %s：—\n", "  %s: -\n"), label);
	else if (modf(extra->number, &whole) == 0)
		strbuf_addf(text, pick(context, "  %s：%.0f\n", "  %s: %.0f\n"), label,
			    extra->number);
	else
		strbuf_addf(text, pick(context, "  %s：%.4f\n", "  %s: %.4f\n"), label,
			    extra->number);
}

static void add_result(struct context *context, struct strbuf *text,
		       const struct indicator_result *result)
{
	const struct indicator_method *method = result->method;
	enum indicator_unit unit = method->unit;
	bool rates = unit == UNIT_DIFFERENCE;

	strbuf_addf(text,
		    pick(context, "%s %s：%s，%s（目标 %s）\n", "%s %s: %s, %s (target %s)\n"),
		    method->id, name_of(context, method), value_text(context, unit, result->value),
		    label_text(status_labels[result->status], context->language),
		    isnan(result->value) ? target_text(context, method)
					 : value_text(context, unit, result->target));
	strbuf_addf(text, pick(context, "  口径：%s（%s）：%s\n", "  method: %s (%s): %s\n"),
		    pick(context, method->method_zh, method->method_en), method->method,
		    pick(context, method->formula_zh, method->formula_en));
	if (unit != UNIT_COUNT)
		strbuf_addf(text, pick(context, "  分子 %s / 分母 %s\n", "  %s / %s\n"),
			    rates ? sheet_percent(context, result->numerator)
				  : arena_printf(context->arena, "%.10g", result->numerator),
			    rates ? sheet_percent(context, result->denominator)
				  : arena_printf(context->arena, "%.10g", result->denominator));
	for (size_t i = 0; i < result->extra_count; i++)
		add_extra(context, text, &result->extras[i]);
	add_excluded(context, text, result);
	for (size_t i = 0; i < result->note_count; i++)
		strbuf_addf(text, pick(context, "  提示：%s\n", "  note: %s\n"),
			    label_text(result->notes[i], context->language));
	strbuf_addf(text, pick(context, "  依据：%s %s\n", "  basis: %s %s\n"), method->clause,
		    sheet_basis(context, method->basis, method->edition, method->mark));
}

void indicators_print(struct context *context, const struct indicator_result *results, size_t count)
{
	struct strbuf text = STRBUF_INIT;
	char day[DATE_TEXT_SIZE];

	if (context->json) {
		print_json(context, results, count);
		return;
	}
	strbuf_addf(&text, pick(context, "截止日 %s\n", "as of %s\n"),
		    date_format(context->today, day));
	for (size_t i = 0; i < count; i++)
		add_result(context, &text, &results[i]);
	sheet_print(&text);
}

static void write_method(struct context *context, struct jsonout *json,
			 const struct indicator_method *method)
{
	jsonout_object_begin(json);
	jsonout_member_cstr(json, "id", method->id);
	jsonout_member_cstr(json, "name", name_of(context, method));
	jsonout_member_cstr(json, "clause", method->clause);
	jsonout_member_cstr(json, "method", method->method);
	jsonout_member_cstr(json, "method_name",
			    pick(context, method->method_zh, method->method_en));
	jsonout_member_bool(json, "default", method->is_default);
	jsonout_member_cstr(json, "formula", pick(context, method->formula_zh, method->formula_en));
	jsonout_member_number(json, "target", method->target);
	jsonout_member_cstr(json, "edition", method->edition);
	jsonout_member_cstr(json, "until", *method->until ? method->until : NULL);
	jsonout_member_cstr(json, "basis",
			    rule_basis_text(context->arena, method->basis, context->language));
	jsonout_member_cstr(json, "mark", rule_marks[method->mark].letter);
	jsonout_object_end(json);
}

void indicators_print_methods(struct context *context)
{
	struct strbuf text = STRBUF_INIT;
	struct jsonout json = JSONOUT_TO(&text);
	const struct indicator_method *methods;
	size_t count;

	methods = indicator_methods(&count);
	if (context->json)
		jsonout_array_begin(&json);
	for (size_t i = 0; i < count; i++) {
		const struct indicator_method *method = &methods[i];

		if (context->json) {
			write_method(context, &json, method);
			continue;
		}
		if (method->is_default)
			strbuf_addf(
				&text,
				pick(context, "%s %s（%s）目标 %s\n  %s\n",
				     "%s %s (%s) target %s\n  %s\n"),
				method->id, name_of(context, method), method->clause,
				target_text(context, method),
				sheet_basis(context, method->basis, method->edition, method->mark));
		strbuf_addf(&text, pick(context, "  %c %s（%s）：%s\n", "  %c %s (%s): %s\n"),
			    method->is_default ? '*' : ' ', method->method,
			    pick(context, method->method_zh, method->method_en),
			    pick(context, method->formula_zh, method->formula_en));
	}
	if (context->json)
		jsonout_array_end(&json);
	sheet_print(&text);
}
