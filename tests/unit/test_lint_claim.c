/* The drafting check's rules about claims; V10 to V12 are numbers of the domain's test vectors. */
#include "rule/lint.h"

#include "base/strbuf.h"

#include <stdio.h>
#include <string.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static struct arena *arena;
static struct lint_result result;
static struct draft draft;
static struct lint_options options;

static int set_up(void **state)
{
	(void)state;
	arena = arena_create(1 << 16);
	memset(&draft, 0, sizeof(draft));
	options = (struct lint_options){ .on = date_of(2026, 11, 22) };
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_destroy(arena);
	return 0;
}

static void set_part(enum draft_part part, const char *text)
{
	draft.parts[part].text = str_of(text);
	draft.parts[part].is_present = true;
}

static void run(const char *claims)
{
	set_part(DRAFT_CLAIMS, claims);
	lint_run(arena, &draft, &options, &result);
}

static size_t count_at(const char *rule, unsigned claim)
{
	size_t count = 0;

	for (size_t i = 0; i < result.count; i++)
		count += strcmp(result.findings[i].rule->id, rule) == 0 &&
			 result.findings[i].place.claim == claim;
	return count;
}

static size_t count_of(const char *rule)
{
	size_t count = 0;

	for (size_t i = 0; i < result.count; i++)
		count += strcmp(result.findings[i].rule->id, rule) == 0;
	return count;
}

static const struct finding *find(const char *rule)
{
	for (size_t i = 0; i < result.count; i++)
		if (strcmp(result.findings[i].rule->id, rule) == 0)
			return &result.findings[i];
	return NULL;
}

/* One finding of the rule, in that claim; 0: none at all. */
static void check(const char *rule, unsigned claim, const char *claims)
{
	run(claims);
	if (count_of(rule) != (claim ? 1 : 0))
		fail_msg("%s: %zu findings in %s", rule, count_of(rule), claims);
	if (claim)
		assert_int_equal(count_at(rule, claim), 1);
}

#define PUMP "1.一种泵，其特征在于，包括壳体和电机。\n"

static void v10_multiple_on_multiple(void **state)
{
	(void)state;
	run(PUMP "2.根据权利要求1所述的泵，其特征在于，所述壳体为圆形。\n"
		 "3.根据权利要求1或2所述的泵，其特征在于，所述电机为直流电机。\n"
		 "4.根据权利要求1-3中任一项所述的泵，其特征在于，所述壳体为铝。\n"
		 "5.根据权利要求4所述的泵，其特征在于，所述壳体为铸件。");
	assert_int_equal(count_at("C06", 4), 1);
	assert_int_equal(count_of("C06"), 1);
	assert_string_equal(find("C06")->detail, "3");
	assert_int_equal(count_of("C06-indirect"), 0);
	check("C06-indirect", 5,
	      PUMP "2.根据权利要求1所述的泵，其特征在于，甲。\n3."
		   "根据权利要求1或2所述的泵，其特征在于，乙。\n"
		   "4.根据权利要求3所述的泵，其特征在于，丙。\n5."
		   "根据权利要求1或4所述的泵，其特征在于，丁。");
}

static void v11_both_and_later(void **state)
{
	(void)state;
	run(PUMP "2.根据权利要求1和3所述的泵，其特征在于，所述壳体为圆形。\n"
		 "3.根据权利要求1所述的泵，其特征在于，所述壳体为铝。");
	assert_int_equal(count_at("C04", 2), 1);
	assert_int_equal(count_at("C05", 2), 1);
}

static void v12_no_antecedent(void **state)
{
	const struct finding *finding;

	(void)state;
	run(PUMP "2.根据权利要求1所述的泵，其特征在于，还包括底座。\n"
		 "3.根据权利要求2所述的泵，其特征在于，所述弹簧套在所述电机上。\n"
		 "4.根据权利要求1所述的泵，其特征在于，还包括弹簧。");
	assert_int_equal(count_at("C11", 3), 1);
	assert_int_equal(count_of("C11"), 1);
	finding = find("C11");
	assert_string_equal(finding->detail, "弹簧");
	assert_int_equal(finding->place.end - finding->place.start, strlen("所述弹簧"));
	assert_int_equal(finding->place.end_rune - finding->place.start_rune, 4);
	assert_non_null(strstr(finding->message.zh, "弹簧"));
}

static void antecedents_follow_every_path(void **state)
{
	(void)state;
	check("C11-path", 4,
	      PUMP "2.根据权利要求1所述的泵，其特征在于，还包括弹簧。\n"
		   "3.根据权利要求2所述的泵，其特征在于，所述弹簧为压簧。\n"
		   "4.根据权利要求1或2所述的泵，其特征在于，所述弹簧为拉簧。");
	check("C11", 0,
	      PUMP "2.根据权利要求1所述的泵，其特征在于，还包括弹簧。\n"
		   "3.一种车，其特征在于，包括权利要求2所述的泵，所述弹簧与车架相连。");
	check("C12", 1, "1.一种泵，其特征在于，所述叶轮转动，泵内设有叶轮。");
	check("C11-similar", 2,
	      "1.一种泵，其特征在于，包括驱动电机。\n2."
	      "根据权利要求1所述的泵，其特征在于，所述步进电机为直流。");
	check("C11", 0,
	      "1."
	      "一种泵，其特征在于，包括第一壳体和多个齿轮，所述第一壳体与所述多个齿轮相连，各所述齿"
	      "轮相同。");
	check("C11", 1, "1.一种泵，其特征在于，包括导流环，所述导流环为铝，所述导轨用于导向。");
	check("C11-similar", 1, "1.一种泵，其特征在于，包括第一弹簧，所述第二弹簧压紧。");
	check("C11", 0, "1.一种化合物，其特征在于，结构如通式（1），所述R₁为甲基。");
	/* where the references are broken, other rules speak */
	check("C11", 0, PUMP "2.根据权利要求7所述的泵，其特征在于，所述弹簧为压簧。");
}

static void the_form_of_claims_is_checked(void **state)
{
	(void)state;
	check("C01", 3, PUMP "3.根据权利要求1所述的泵，其特征在于，所述壳体为铝。");
	check("C02", 1, "1.一种泵，其特征在于，包括壳体");
	check("C02", 0, PUMP);
	check("C02-inside", 1, "1.一种泵，其特征在于，包括壳体。还包括电机。");
	check("C03", 1, "1.根据权利要求2所述的泵，其特征在于，包括壳体。\n2.一种泵。");
	check("C04", 2, PUMP "2.根据权利要求2所述的泵，其特征在于，所述壳体为铝。");
	check("C04-absent", 2, PUMP "2.根据权利要求7所述的泵，其特征在于，所述壳体为铝。");
	check("C07", 3,
	      PUMP "2.一种车，其特征在于，包括轮。\n3."
		   "根据权利要求1所述的泵，其特征在于，所述壳体为铝。");
	check("C08", 2, PUMP "2.根据权利要求1所述的风机，其特征在于，所述壳体为铝。");
	check("C08", 0, PUMP "2.根据权利要求1所述的泵，其特征在于，所述壳体为铝。");
	check("C09", 1, "1.一种泵，包括壳体。");
	check("C10", 1, "1.一种泵，其特征在于，包括壳体，其特征在于，壳体为铝。");
	check("C13", 1, "1.一种泵及其制备方法，其特征在于，铸造。");
	check("C13", 1, "1.一种铸造技术，其特征在于，浇铸。");
	check("C13", 0, "1.一种提取和分析方法，其特征在于，提取。");
	check("C22", 3,
	      PUMP "2.根据权利要求1所述的泵，其特征在于，所述壳体由铝制成。\n"
		   "3.根据权利要求1所述的泵，其特征在于，所述壳体由铝制成。");
}

static void claims_in_a_circle_are_told(void **state)
{
	(void)state;
	run(PUMP
	    "2.根据权利要求3所述的泵，其特征在于，甲。\n3.根据权利要求2所述的泵，其特征在于，乙。");
	assert_int_equal(count_at("C04", 2), 1);
	assert_int_equal(count_of("C04-circle"), 1);
}

static void words_and_brackets_are_checked(void **state)
{
	(void)state;
	check("C14", 1, "1.一种泵，其特征在于，在高温下工作。");
	check("C14", 0, "1.一种泵，其特征在于，由耐高温合金制成。");
	check("C15", 1, "1.一种泵，其特征在于，壳体为金属，例如铝。");
	check("C15", 0, "1.一种泵，其特征在于，配比如下：铝2份。");
	check("C15-prefer", 1, "1.一种泵，其特征在于，壳体为金属，优选铝。");
	check("C16", 1, "1.一种泵，其特征在于，壳体长大约2m。");
	check("C16", 0, "1.一种泵，其特征在于，壳体左右两侧有孔。");
	check("C17", 1, "1.一种泵，其特征在于，壳体（即外壳）为金属。");
	check("C17", 0, "1.一种泵，其特征在于，壳体（1）涂有聚（甲基）丙烯酸酯。");
	check("C19", 1, "1.一种泵，其特征在于，结构如图2所示。");
	check("C19", 0, "1.一种方法，其特征在于，获取图像，生成图2D模型。");
	check("C19-spectrum", 1, "1.一种化合物的晶型，其特征在于，其X射线衍射谱如图1所示。");
	check("C24", 1, "1.一种方法，其特征在于，加热温度为500-300℃。");
	check("C24-nested", 2,
	      "1.一种方法，其特征在于，煅烧温度为300-500℃。\n2."
	      "根据权利要求1所述的方法，其特征在于，煅烧温度为400-600℃。");
	check("C25", 1, "1.一种合金，其特征在于，按质量百分比：铝10-20%，铜10-20%，锌10-20%。");
	check("C25", 0,
	      "1.一种合金，其特征在于，按质量百分比：铝10-20%，铜10-20%，锌10-20%，余量为铁。");
}

static void utility_models_claim_no_methods(void **state)
{
	(void)state;
	check("C29", 0, "1.一种泵的制造方法，其特征在于，铸造。");
	draft.type = PATENT_UTILITY;
	check("C29", 1, "1.一种泵的制造方法，其特征在于，铸造。");
}

static void terms_and_signs_agree_with_the_description(void **state)
{
	(void)state;
	set_part(DRAFT_DESCRIPTION,
		 "技术领域\n本发明涉及泵。\n背景技术\n现有的泵有飞轮。\n发明内容\n泵包括壳体。\n"
		 "附图说明\n图1为示意图。图中：1-壳体；2-"
		 "电机。\n具体实施方式\n壳体1内有电机2，电机2转动。\n");
	check("C20", 1, "1.一种泵，其特征在于，包括壳体（1）和飞轮，所述飞轮与所述壳体（1）相连。");
	check("C18", 1, "1.一种泵，其特征在于，包括壳体（2）。");
	check("C18", 0, "1.一种泵，其特征在于，包括外壳体（1）和电机（2）。");
	check("C18-bare", 1, "1.一种泵，其特征在于，包括壳体1。");
	check("C18-name", 1, "1.一种泵，其特征在于，包括壳体（1）和叶轮（1）。");
}

static void waivers_keep_the_finding_and_its_reason(void **state)
{
	static const struct lint_waiver waivers[] = { { .rule = STR_INIT("c14"),
							.reason = STR_INIT("行业术语"),
							.person = STR_INIT("示例甲") } };

	size_t warnings;

	(void)state;
	run("1.一种泵，其特征在于，在高温下工作。");
	warnings = result.by_severity[LINT_WARNING];
	assert_int_equal(count_of("C14"), 1);
	options.waivers = waivers;
	options.waiver_count = 1;
	run("1.一种泵，其特征在于，在高温下工作。");
	assert_int_equal(result.by_severity[LINT_WARNING], warnings - 1);
	assert_true(find("C14")->waiver == waivers);
}

static void editions_begin_on_their_day(void **state)
{
	(void)state;
	options.on = date_of(2009, 1, 1);
	run("1.一种泵，其特征在于，包括壳体");
	assert_int_equal(count_of("C02"), 0);
}

static char rule_letter(const struct lint_difference *difference)
{
	const struct finding *finding = difference->after ? difference->after : difference->before;

	return finding->rule->id[0];
}

static void drafts_compare_by_words(void **state)
{
	struct lint_result before, after;
	struct lint_difference *differences;
	size_t count, kinds[3] = { 0 };

	(void)state;
	run("1.一种泵，其特征在于，在高温下工作。\n2."
	    "根据权利要求1所述的泵，其特征在于，例如为铝。");
	before = result;
	run("1.一种泵，其特征在于，有壳体，在高温下工作。\n2."
	    "根据权利要求1所述的泵，其特征在于，壳体厚大约2mm。");
	after = result;
	count = lint_compare(arena, &before, &after, &differences);
	for (size_t i = 0; i < count; i++)
		kinds[differences[i].change] += rule_letter(&differences[i]) == 'C';
	assert_int_equal(kinds[LINT_STILL], 1); /* C14 though it has moved */
	assert_int_equal(kinds[LINT_FIXED], 1); /* C15 */
	assert_int_equal(kinds[LINT_NEW], 1);   /* C16 */
}

static struct str all_text(const struct lint_result *of)
{
	struct strbuf text = STRBUF_INIT;
	struct str copy;

	for (size_t i = 0; i < of->count; i++)
		strbuf_addf(&text, "%s %u %zu %zu %s %s\n", of->findings[i].rule->id,
			    of->findings[i].place.claim, of->findings[i].place.start_rune,
			    of->findings[i].place.end, of->findings[i].message.zh,
			    of->findings[i].suggestion.en);
	copy = str_copy(arena, strbuf_str(&text));
	strbuf_release(&text);
	return copy;
}

static void the_same_draft_gives_the_same_findings(void **state)
{
	static const char claims[] = "1.一种泵，包括壳体，例如铝，所述弹簧在高温下工作\n3."
				     "根据权利要求1和2所述的风机，所述叶轮（即轮）如图1所示。";
	struct str first;

	(void)state;
	run(claims);
	first = all_text(&result);
	run(claims);
	assert_true(first.size > 200 && str_equal(first, all_text(&result)));
}

static void rules_are_complete(void **state)
{
	size_t count;
	const struct lint_rule *rules = lint_rules(&count);

	(void)state;
	assert_true(count > 40);
	for (size_t i = 0; i < count; i++) {
		const struct lint_rule *rule = &rules[i];
		date d;

		assert_true(date_parse(str_of(rule->edition), &d));
		assert_true(!*rule->until || date_parse(str_of(rule->until), &d));
		assert_true(*rule->zh && *rule->en && *rule->message_zh && *rule->message_en);
		assert_true(*rule->suggestion_zh && *rule->suggestion_en && *rule->basis);
		assert_non_null(rule->check);
		for (size_t j = 0; j < i; j++) /* editions of an id do not overlap */
			assert_true(strcmp(rules[j].id, rule->id) != 0 ||
				    (*rules[j].until && strcmp(rules[j].until, rule->edition) < 0));
	}
}

static void findings_of_a_rule_are_limited(void **state)
{
	struct strbuf text = STRBUF_INIT;

	(void)state;
	strbuf_add_cstr(&text, "1.一种泵，其特征在于，");
	for (int i = 0; i < LINT_RULE_MAX + 20; i++)
		strbuf_add_cstr(&text, "例如铝，");
	run(text.data);
	assert_int_equal(count_of("C15"), LINT_RULE_MAX);
	assert_int_equal(result.dropped, 20);
	strbuf_release(&text);
}

int main(void)
{
#define TEST(name_) cmocka_unit_test_setup_teardown(name_, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(v10_multiple_on_multiple),
		TEST(v11_both_and_later),
		TEST(v12_no_antecedent),
		TEST(antecedents_follow_every_path),
		TEST(the_form_of_claims_is_checked),
		TEST(claims_in_a_circle_are_told),
		TEST(words_and_brackets_are_checked),
		TEST(utility_models_claim_no_methods),
		TEST(terms_and_signs_agree_with_the_description),
		TEST(waivers_keep_the_finding_and_its_reason),
		TEST(editions_begin_on_their_day),
		TEST(drafts_compare_by_words),
		TEST(the_same_draft_gives_the_same_findings),
		TEST(rules_are_complete),
		TEST(findings_of_a_rule_are_limited),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
