/* How bills and tables of fees are shown. */
#include "cli/fees_internal.h"
#include "cli/pick.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

const char *fees_amount(struct context *context, int64_t fen)
{
	return arena_printf(context->arena, "%lld.%02lld", (long long)(fen / 100),
			    (long long)(fen % 100));
}

enum patent_type fees_type(struct str word)
{
	static const struct {
		const char *word;
		enum patent_type type;
	} words[] = {
		{ "invention", PATENT_INVENTION },   { "发明", PATENT_INVENTION },
		{ "发明专利", PATENT_INVENTION },    { "utility", PATENT_UTILITY },
		{ "utility model", PATENT_UTILITY }, { "utility-model", PATENT_UTILITY },
		{ "utility_model", PATENT_UTILITY }, { "实用新型", PATENT_UTILITY },
		{ "实用新型专利", PATENT_UTILITY },  { "design", PATENT_DESIGN },
		{ "外观设计", PATENT_DESIGN },       { "外观设计专利", PATENT_DESIGN },
	};

	for (size_t i = 0; i < COUNT(words); i++)
		if (str_equal_nocase(word, str_of(words[i].word)))
			return words[i].type;
	return PATENT_TYPE_UNKNOWN;
}

const char *fees_item_name(struct context *context, const struct fee_item *item)
{
	switch (item->kind) {
	case FEE_ITEM_ANNUITY:
		return arena_printf(context->arena, pick(context, "第%d年年费", "Annuity, year %d"),
				    item->year);
	case FEE_ITEM_LATE:
		return arena_printf(
			context->arena,
			pick(context, "第%d年年费滞纳金（%d%%）", "Late fee, year %d (%d %%)"),
			item->year, item->percent);
	case FEE_ITEM_ACT:
	default:
		return pick(context, item->rule->zh, item->rule->en);
	}
}

void fees_item_json(struct context *context, struct jsonout *json, const struct fee_item *item)
{
	char text[DATE_TEXT_SIZE];

	jsonout_object_begin(json);
	jsonout_member_cstr(json, "name", fees_item_name(context, item));
	jsonout_member_cstr(json, "id",
			    item->rule                    ? item->rule->id
			    : item->kind == FEE_ITEM_LATE ? "late"
							  : "annuity");
	jsonout_member_integer(json, "count", item->count);
	jsonout_member_integer(json, "amount_fen", item->amount);
	jsonout_member_bool(json, "reduced", item->is_reduced);
	jsonout_member_cstr(json, "basis",
			    rule_basis_text(context->arena, item->basis, context->language));
	jsonout_member_cstr(json, "mark", rule_marks[item->mark].letter);
	if (item->due != DATE_NONE)
		jsonout_member_cstr(json, "due", date_format(item->due, text));
	jsonout_object_end(json);
}

static void print_bill_json(struct context *context, const struct fee_bill *bill,
			    const struct fees_fact *facts)
{
	struct strbuf text = STRBUF_INIT;
	struct jsonout json = JSONOUT_TO(&text);

	jsonout_object_begin(&json);
	jsonout_member_integer(&json, "total_fen", bill->total);
	jsonout_key(&json, "items");
	jsonout_array_begin(&json);
	for (size_t i = 0; i < bill->count; i++)
		fees_item_json(context, &json, &bill->items[i]);
	jsonout_array_end(&json);
	for (; facts && facts->key; facts++)
		jsonout_member_cstr(&json, facts->key, facts->value);
	jsonout_object_end(&json);
	strbuf_add_byte(&text, '\n');
	command_print(strbuf_str(&text));
	strbuf_release(&text);
}

static void print_item(struct context *context, struct text_table *table,
		       const struct fee_item *item)
{
	char due[DATE_TEXT_SIZE];

	text_table_cell(table, str_of(fees_item_name(context, item)));
	text_table_cell(table,
			str_of(arena_printf(context->arena, "%lld", (long long)item->count)));
	text_table_cell(table, str_of(fees_amount(context, item->amount)));
	text_table_cell(table, str_of(item->is_reduced ? pick(context, "已减缴", "reduced") : ""));
	text_table_cell(table, str_copy(context->arena, str_of(date_format(item->due, due))));
	text_table_cell(table, str_of(item->mark == MARK_REFERENCE
					      ? pick(context, "参考值", "reference value")
					      : ""));
}

void fees_print_bill(struct context *context, const struct fee_bill *bill,
		     const struct fees_fact *facts)
{
	static const struct label heads[] = { { "费用", "fee" },        { "数量", "count" },
					      { "金额（元）", "yuan" }, { "减缴", "reduction" },
					      { "日期", "due" },        { "提示", "note" } };
	struct strbuf text = STRBUF_INIT;
	struct text_table *table;

	if (context->json) {
		print_bill_json(context, bill, facts);
		return;
	}
	table = text_table_create(context->arena, COUNT(heads));
	text_table_right(table, 1);
	text_table_right(table, 2);
	command_table_head(context, table, heads, COUNT(heads));
	for (size_t i = 0; i < bill->count; i++)
		print_item(context, table, &bill->items[i]);
	text_table_print(table);
	strbuf_addf(&text, pick(context, "合计：%s 元\n", "total: %s yuan\n"),
		    fees_amount(context, bill->total));
	for (; facts && facts->key; facts++)
		strbuf_addf(&text, pick(context, "%s：%s\n", "%s: %s\n"),
			    pick(context, facts->zh, facts->en), facts->value);
	command_print(strbuf_str(&text));
	strbuf_release(&text);
}

/* ---- The tables. */

static void unit_json(struct jsonout *json, const char *key, int64_t fen)
{
	jsonout_key(json, key);
	if (fen == NO_FEE)
		jsonout_null(json);
	else
		jsonout_integer(json, fen);
}

static void print_list_json(struct context *context)
{
	struct strbuf text = STRBUF_INIT;
	struct jsonout json = JSONOUT_TO(&text);
	const struct annuity_rule *annuities;
	const struct fee_rule *fees;
	size_t fee_count, annuity_count;

	fees = fee_list(&fee_count);
	annuities = annuity_list(&annuity_count);
	jsonout_object_begin(&json);
	jsonout_key(&json, "fees");
	jsonout_array_begin(&json);
	for (size_t i = 0; i < fee_count; i++) {
		jsonout_object_begin(&json);
		jsonout_member_cstr(&json, "id", fees[i].id);
		jsonout_member_cstr(&json, "name", pick(context, fees[i].zh, fees[i].en));
		jsonout_member_cstr(&json, "edition", fees[i].edition);
		unit_json(&json, "invention_fen", fees[i].invention);
		unit_json(&json, "utility_fen", fees[i].utility);
		unit_json(&json, "design_fen", fees[i].design);
		jsonout_member_bool(&json, "reducible", fees[i].is_reducible);
		jsonout_member_cstr(
			&json, "basis",
			rule_basis_text(context->arena, fees[i].basis, context->language));
		jsonout_member_cstr(&json, "mark", rule_marks[fees[i].mark].letter);
		jsonout_object_end(&json);
	}
	jsonout_array_end(&json);
	jsonout_key(&json, "annuities");
	jsonout_array_begin(&json);
	for (size_t i = 0; i < annuity_count; i++) {
		jsonout_object_begin(&json);
		jsonout_member_cstr(&json, "type", patent_types[annuities[i].type].name);
		jsonout_member_integer(&json, "first_year", annuities[i].first);
		jsonout_member_integer(&json, "last_year", annuities[i].last);
		jsonout_member_integer(&json, "amount_fen", annuities[i].amount);
		jsonout_member_cstr(&json, "edition", annuities[i].edition);
		jsonout_object_end(&json);
	}
	jsonout_array_end(&json);
	jsonout_object_end(&json);
	strbuf_add_byte(&text, '\n');
	command_print(strbuf_str(&text));
	strbuf_release(&text);
}

static void amount_cell(struct context *context, struct text_table *table, int64_t fen)
{
	text_table_cell(table, str_of(fen == NO_FEE ? "-" : fees_amount(context, fen)));
}

static void print_acts(struct context *context)
{
	static const struct label heads[] = { { "代码", "id" },         { "费用", "fee" },
					      { "发明", "invention" },  { "实用新型", "utility" },
					      { "外观设计", "design" }, { "可减缴", "reducible" },
					      { "版本", "edition" },    { "依据", "basis" } };
	struct text_table *table = text_table_create(context->arena, COUNT(heads));
	const struct fee_rule *fees;
	size_t count;

	fees = fee_list(&count);
	command_table_head(context, table, heads, COUNT(heads));
	for (size_t i = 2; i < 5; i++)
		text_table_right(table, i);
	for (size_t i = 0; i < count; i++) {
		const struct fee_rule *rule = &fees[i];
		const char *basis = rule_basis_text(context->arena, rule->basis, context->language);

		text_table_cell(table, str_of(rule->id));
		text_table_cell(table, str_of(pick(context, rule->zh, rule->en)));
		amount_cell(context, table, rule->invention);
		amount_cell(context, table, rule->utility);
		amount_cell(context, table, rule->design);
		text_table_cell(table,
				str_of(rule->is_reducible ? pick(context, "是", "yes") : ""));
		text_table_cell(table, str_of(rule->edition));
		text_table_cell(table, str_of(rule->mark == MARK_REFERENCE
						      ? pick(context, "参考值", "reference value")
						      : basis));
	}
	text_table_print(table);
}

static void print_annuities(struct context *context)
{
	static const struct label heads[] = { { "年费", "annuity" },
					      { "年度", "years" },
					      { "元/年", "yuan/year" },
					      { "版本", "edition" } };
	struct text_table *table = text_table_create(context->arena, COUNT(heads));
	const struct annuity_rule *rules;
	size_t count;

	rules = annuity_list(&count);
	text_table_right(table, 2);
	command_table_head(context, table, heads, COUNT(heads));
	for (size_t i = 0; i < count; i++) {
		const struct patent_type_info *type = &patent_types[rules[i].type];

		text_table_cell(table, str_of(pick(context, type->label.zh, type->label.en)));
		text_table_cell(table, str_of(arena_printf(context->arena, "%d-%d", rules[i].first,
							   rules[i].last)));
		amount_cell(context, table, rules[i].amount);
		text_table_cell(table, str_of(rules[i].edition));
	}
	text_table_print(table);
}

void fees_print_list(struct context *context)
{
	if (context->json) {
		print_list_json(context);
		return;
	}
	print_acts(context);
	command_print(STR("\n"));
	print_annuities(context);
}
