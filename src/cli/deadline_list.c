/* yucheng deadline --list, --notices: the tables of periods and of notices. */
#include "cli/deadline_internal.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void add_part(struct strbuf *text, int64_t count, const char *one, const char *many)
{
	if (count > 0)
		strbuf_addf(text, "%s%lld%s", text->size ? " " : "", (long long)count,
			    count == 1 ? one : many);
}

static const char *length_text(struct context *context, int months, int days)
{
	bool chinese = context->language == LANGUAGE_ZH;
	bool years = months > 0 && months % 12 == 0 && months > 18;
	struct strbuf text = STRBUF_INIT;
	const char *result;

	if (years)
		add_part(&text, months / 12, chinese ? "年" : " year", chinese ? "年" : " years");
	else
		add_part(&text, months, chinese ? "个月" : " month", chinese ? "个月" : " months");
	add_part(&text, days, chinese ? "日" : " day", chinese ? "日" : " days");
	result = arena_copy(context->arena, text.data, text.size);
	strbuf_release(&text);
	return result;
}

/* The whole length of a rule, in words. */
static const char *rule_length(struct context *context, const struct deadline_rule *rule)
{
	static const struct label joins[] = {
		[JOIN_ONLY] = { "", "" },
		[JOIN_LATER] = { "取较晚", "the later" },
		[JOIN_LATER_UNSURE] = { "取较晚", "the later" },
		[JOIN_EARLIER] = { "取较早", "the earlier" },
	};
	const struct label open = { "无固定期限", "open" }, set = { "以通知为准", "set by notice" },
			   yearly = { "依年度而定", "by the year" };
	enum language language = context->language;
	const char *first = length_text(context, rule->months, rule->days);

	if (rule->kind == KIND_OPEN)
		return label_text(open, language);
	if (!rule->months && !rule->days)
		return label_text(rule->base == BASE_FILING ? yearly : set, language);
	if (rule->join == JOIN_ONLY)
		return first;
	return arena_printf(context->arena,
			    language == LANGUAGE_ZH ? "%s / %s + %s（%s）" : "%s / %s + %s (%s)",
			    first, label_text(deadline_bases[rule->other_base], language),
			    length_text(context, rule->other_months, rule->other_days),
			    label_text(joins[rule->join], language));
}

static void add_rule_json(struct context *context, struct jsonout *json,
			  const struct deadline_rule *rule)
{
	static const char *const kinds[] = { "period", "designated", "term", "open" };
	bool chinese = context->language == LANGUAGE_ZH;

	jsonout_object_begin(json);
	jsonout_member_cstr(json, "rule", rule->id);
	jsonout_member_cstr(json, "edition", rule->edition);
	jsonout_member_cstr(json, "until", *rule->until ? rule->until : NULL);
	jsonout_member_cstr(json, "name", chinese ? rule->zh : rule->en);
	jsonout_member_cstr(json, "kind", kinds[rule->kind]);
	jsonout_member_cstr(json, "base",
			    label_text(deadline_bases[rule->base], context->language));
	jsonout_member_integer(json, "months", rule->months);
	jsonout_member_integer(json, "days", rule->days);
	jsonout_member_cstr(json, "length", rule_length(context, rule));
	jsonout_member_integer(json, "extension_months", rule->extension);
	jsonout_member_cstr(
		json, "restoration",
		label_text(deadline_restorations[rule->restoration], context->language));
	jsonout_member_cstr(json, "consequence",
			    chinese ? rule->consequence_zh : rule->consequence_en);
	jsonout_member_cstr(json, "basis",
			    rule_basis_text(context->arena, rule->basis, context->language));
	jsonout_member_cstr(json, "mark", rule_marks[rule->mark].letter);
	jsonout_member_cstr(json, "note", chinese ? rule->note_zh : rule->note_en);
	jsonout_object_end(json);
}

static void print_rules_json(struct context *context)
{
	struct strbuf text = STRBUF_INIT;
	struct jsonout json = JSONOUT_TO(&text);
	const struct deadline_rule *rules;
	size_t count;

	rules = deadline_list(&count);
	jsonout_array_begin(&json);
	for (size_t i = 0; i < count; i++)
		add_rule_json(context, &json, &rules[i]);
	jsonout_array_end(&json);
	strbuf_add_byte(&text, '\n');
	command_print(strbuf_str(&text));
	strbuf_release(&text);
}

static void print_rule(struct context *context, const struct deadline_rule *rule)
{
	bool chinese = context->language == LANGUAGE_ZH;
	enum language language = context->language;
	struct strbuf text = STRBUF_INIT;

	strbuf_addf(&text, "%-14s %s%s%s\n", rule->id, chinese ? rule->zh : rule->en,
		    rule->mark == MARK_REFERENCE ? " [K] " : "",
		    rule->mark == MARK_REFERENCE
			    ? label_text(rule_marks[rule->mark].label, language)
			    : "");
	strbuf_addf(&text, "               %s + %s",
		    label_text(deadline_bases[rule->base], language), rule_length(context, rule));
	if (rule->extension)
		strbuf_addf(&text, chinese ? "；可延长 %d 个月" : "; extension up to %d months",
			    rule->extension);
	strbuf_addf(&text, chinese ? "；恢复：%s\n" : "; restoration: %s\n",
		    label_text(deadline_restorations[rule->restoration], language));
	strbuf_addf(&text, "               %s",
		    rule_basis_text(context->arena, rule->basis, language));
	strbuf_addf(&text, chinese ? "（版本 %s" : " (edition %s", rule->edition);
	if (*rule->until)
		strbuf_addf(&text, chinese ? " 至 %s" : " to %s", rule->until);
	strbuf_add_cstr(&text, chinese ? "）\n" : ")\n");
	if (*rule->note_zh)
		strbuf_addf(&text, "               %s\n", chinese ? rule->note_zh : rule->note_en);
	command_print(strbuf_str(&text));
	strbuf_release(&text);
}

void deadline_print_rules(struct context *context)
{
	const struct deadline_rule *rules;
	size_t count;

	if (context->json) {
		print_rules_json(context);
		return;
	}
	rules = deadline_list(&count);
	for (size_t i = 0; i < count; i++)
		print_rule(context, &rules[i]);
}

static void print_notices_json(struct context *context)
{
	struct strbuf text = STRBUF_INIT;
	struct jsonout json = JSONOUT_TO(&text);
	bool chinese = context->language == LANGUAGE_ZH;
	const struct notice *notices;
	size_t count;

	notices = notice_list(&count);
	jsonout_array_begin(&json);
	for (size_t i = 0; i < count; i++) {
		jsonout_object_begin(&json);
		jsonout_member_cstr(&json, "notice", chinese ? notices[i].zh : notices[i].en);
		jsonout_member_cstr(&json, "opens", notices[i].opens);
		jsonout_member_cstr(&json, "closes", notices[i].closes);
		jsonout_member_cstr(&json, "result",
				    chinese ? notices[i].result_zh : notices[i].result_en);
		jsonout_object_end(&json);
	}
	jsonout_array_end(&json);
	strbuf_add_byte(&text, '\n');
	command_print(strbuf_str(&text));
	strbuf_release(&text);
}

void deadline_print_notices(struct context *context)
{
	static const char *const heads[2][4] = { { "通知书", "产生期限", "消除期限", "结果" },
						 { "notice", "opens", "closes", "result" } };
	bool chinese = context->language == LANGUAGE_ZH;
	struct text_table *table;
	const struct notice *notices;
	size_t count;

	if (context->json) {
		print_notices_json(context);
		return;
	}
	table = text_table_create(context->arena, COUNT(heads[0]));
	for (size_t i = 0; i < COUNT(heads[0]); i++)
		text_table_cell(table, str_of(heads[context->language][i]));
	notices = notice_list(&count);
	for (size_t i = 0; i < count; i++) {
		const struct notice *notice = &notices[i];

		text_table_cell(table, str_of(chinese ? notice->zh : notice->en));
		text_table_cell(table, str_of(notice->opens));
		text_table_cell(table, str_of(notice->closes));
		text_table_cell(table, str_of(chinese ? notice->result_zh : notice->result_en));
	}
	text_table_print(table);
}
