/* yucheng lint --list: the rules with their legal basis and editions. */
#include "cli/lint_internal.h"

static void add_types(struct strbuf *text, unsigned types, enum language language)
{
	static const struct {
		unsigned bit;
		struct label label;
	} names[] = { { LINT_INVENTION, { "发明", "invention" } },
		      { LINT_UTILITY, { "实用新型", "utility model" } },
		      { LINT_DESIGN, { "外观设计", "design" } } };

	for (size_t i = 0, shown = 0; i < 3; i++)
		if (types & names[i].bit)
			strbuf_addf(text, "%s%s", shown++ ? "/" : "",
				    label_text(names[i].label, language));
}

static void print_rule(struct context *context, const struct lint_rule *rule)
{
	enum language language = context->language;
	bool chinese = language == LANGUAGE_ZH;
	struct strbuf text = STRBUF_INIT;

	strbuf_addf(&text, "%-14s %s  %s\n", rule->id, lint_severities[rule->severity].letter,
		    chinese ? rule->zh : rule->en);
	strbuf_addf(&text, "               %s",
		    rule_basis_text(context->arena, rule->basis, language));
	strbuf_addf(&text, chinese ? "（版本 %s" : " (edition %s", rule->edition);
	if (*rule->until)
		strbuf_addf(&text, chinese ? " 至 %s" : " to %s", rule->until);
	strbuf_add_cstr(&text, chinese ? "；" : "; ");
	add_types(&text, rule->types, language);
	strbuf_add_cstr(&text, chinese ? "）" : ")");
	if (rule->mark == MARK_REFERENCE)
		strbuf_addf(&text, " [K] %s", label_text(rule_marks[rule->mark].label, language));
	strbuf_add_byte(&text, '\n');
	command_print(strbuf_str(&text));
	strbuf_release(&text);
}

static void add_rule_json(struct context *context, struct jsonout *json,
			  const struct lint_rule *rule)
{
	bool chinese = context->language == LANGUAGE_ZH;
	struct strbuf types = STRBUF_INIT;

	add_types(&types, rule->types, context->language);
	jsonout_object_begin(json);
	jsonout_member_cstr(json, "rule", rule->id);
	jsonout_member_cstr(json, "severity", lint_severities[rule->severity].letter);
	jsonout_member_cstr(json, "edition", rule->edition);
	jsonout_member_cstr(json, "until", *rule->until ? rule->until : NULL);
	jsonout_member_cstr(json, "name", chinese ? rule->zh : rule->en);
	jsonout_member_str(json, "types", strbuf_str(&types));
	jsonout_member_cstr(json, "basis",
			    rule_basis_text(context->arena, rule->basis, context->language));
	jsonout_member_cstr(json, "mark", rule_marks[rule->mark].letter);
	jsonout_object_end(json);
	strbuf_release(&types);
}

static void print_rules_json(struct context *context, const struct lint_rule *rules, size_t count)
{
	struct strbuf text = STRBUF_INIT;
	struct jsonout json = JSONOUT_TO(&text);

	jsonout_array_begin(&json);
	for (size_t i = 0; i < count; i++)
		add_rule_json(context, &json, &rules[i]);
	jsonout_array_end(&json);
	strbuf_add_byte(&text, '\n');
	command_print(strbuf_str(&text));
	strbuf_release(&text);
}

void lint_print_rules(struct context *context)
{
	const struct lint_rule *rules;
	size_t count;

	rules = lint_rules(&count);
	if (context->json) {
		print_rules_json(context, rules, count);
		return;
	}
	for (size_t i = 0; i < count; i++)
		print_rule(context, &rules[i]);
}
