/* The claim parser: splitting, references, tree, subjects, phrases, numbers. */
#include "rule/claim.h"
#include "rule/claim_phrase.h"
#include "rule/claim_range.h"

#include "base/strbuf.h"

#include <stdio.h>
#include <string.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static struct arena *arena;
static struct claim_set set;

static int set_up(void **state)
{
	(void)state;
	arena = arena_create(1 << 16);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_destroy(arena);
	return 0;
}

static void parse(const char *text)
{
	claim_parse(arena, str_of(text), &set);
}

/* "1 2 2": the numbers of the claims found. */
static void check_numbers(const char *text, const char *expected)
{
	char numbers[200] = "";
	size_t size = 0;

	parse(text);
	for (size_t i = 0; i < set.count; i++)
		size += (size_t)snprintf(numbers + size, sizeof(numbers) - size, "%s%u",
					 i ? " " : "", set.claims[i].number);
	assert_string_equal(numbers, expected);
}

static void claims_are_split_however_numbered(void **state)
{
	(void)state;
	check_numbers("", "");
	check_numbers(" \n\n", "");
	check_numbers("1.一种装置。\n2.根据权利要求1所述的装置。", "1 2");
	check_numbers("1．一种装置。\n2、根据权利要求1所述的装置。", "1 2");
	check_numbers("１．一种装置。\n２．根据权利要求1所述的装置。", "1 2");
	check_numbers("1.一种装置。2.根据权利要求1所述的装置。3.一种方法。", "1 2 3");
	check_numbers("1.一种装置。\n2.根据权利要求1所述的装置。\n2.根据权利要求1所述的装置。",
		      "1 2 2");
	check_numbers("1.一种装置。\n3.根据权利要求1所述的装置。", "1 3");
	check_numbers("1.一种装置。\n根据权利要求1所述的装置。\n3.一种方法。", "1 0 3");
	check_numbers("一种装置。\n2.根据权利要求1所述的装置。", "0 2");
	check_numbers("权利要求1：一种装置。\n权利要求2：根据权利要求1所述的装置。", "1 2");
	check_numbers("1)一种装置。\n2)根据权利要求1所述的装置。", "1 2");
	check_numbers("1.一种装置。3.根据权利要求1所述的装置。", "1 3");
}

static void what_looks_like_a_claim_stays_inside(void **state)
{
	(void)state;
	check_numbers("1.一种方法：\n1)加热；\n2)冷却至1.5度；\n3)出料。", "1");
	check_numbers("1.一种方法，温度为。2.5度", "1");
	check_numbers("1.一种装置，采用：\n根据权利要求1所述的底盘；外罩。\n2.一种车。", "1 2");
	check_numbers("1.一种装置，包括2个轮，3.2米宽。", "1");
	check_numbers("1.一种装置，\n2台电机。", "1");
}

static void offsets_give_the_text_back(void **state)
{
	const char *text = "1.一种装置。\n2.根据权利要求1所述的装置，其特征在于有轮。";

	(void)state;
	parse(text);
	assert_int_equal(set.claims[0].end, set.claims[1].start);
	assert_int_equal(set.claims[1].end, strlen(text));
	assert_true(str_starts_with(claim_body(&set, &set.claims[1]), STR("根据")));
	assert_true(str_starts_with(str_slice(set.text, set.claims[1].mark_end, strlen(text)),
				    STR("有轮")));
}

/* References of the last claim: "1,2 or" where they stand in the alternative. */
static void check_reference(const char *text, const char *expected)
{
	struct claim_reference *references;
	char found[200] = "";
	size_t size = 0, count = claim_references(arena, str_of(text), &references);

	for (size_t i = 0; i < count; i++) {
		for (size_t j = 0; j < references[i].count; j++)
			size += (size_t)snprintf(found + size, sizeof(found) - size, "%s%u",
						 j   ? ","
						 : i ? ";"
						     : "",
						 references[i].numbers[j]);
		size += (size_t)snprintf(found + size, sizeof(found) - size, "%s",
					 references[i].is_any ? " or" : "");
	}
	assert_string_equal(found, expected);
}

static void references_are_read_as_written(void **state)
{
	(void)state;
	check_reference("根据权利要求1所述的装置", "1");
	check_reference("根据权利要求1或2所述的装置", "1,2 or");
	check_reference("根据权利要求1或权利要求3所述的装置", "1,3 or");
	check_reference("根据权利要求1-3中任一项所述的装置", "1,2,3 or");
	check_reference("如权利要求1至5任意一项所述的装置", "1,2,3,4,5 or");
	check_reference("如权利要求1～3之一所述的装置", "1,2,3 or");
	check_reference("根据权利要求1-3中任一权利要求所述的装置", "1,2,3 or");
	check_reference("根据权利要求1和3所述的装置", "1,3");
	check_reference("根据权利要求1-3所述的装置", "1,2,3");
	check_reference("根据权利要求１或２所述的装置", "1,2 or");
	check_reference("根据权利要求1、2或4所述的装置", "1,2,4 or");
	check_reference("根据前述权利要求中任一项所述的装置", " or");
	check_reference("权利要求书", "");
	check_reference("按权利要求1所述的方法制得权利要求2所述的膜", "1;2");
}

static void subjects_and_kinds_are_found(void **state)
{
	(void)state;
	parse("1.一种水泵，其特征在于，包括壳体。\n"
	      "2.根据权利要求1所述的水泵，其特征在于，壳体为圆形。\n"
	      "3.一种权利要求1或2所述的水泵的制备方法，其特征在于，铸造。\n"
	      "4.权利要求1所述的水泵在灌溉中的应用。\n"
	      "5.一种如权利要求1所述的水泵，其特征在于，有轮。\n"
	      "6.一种车，包括如权利要求1所述的水泵。");
	assert_true(str_equal(set.claims[0].subject, STR("水泵")));
	assert_true(set.claims[1].is_dependent && set.claims[1].root == 0);
	assert_int_equal(set.claims[2].category, CLAIM_METHOD);
	assert_false(set.claims[2].is_dependent);
	assert_int_equal(set.claims[3].category, CLAIM_USE);
	assert_false(set.claims[3].is_dependent);
	assert_true(set.claims[4].is_dependent);
	assert_false(set.claims[5].is_dependent);
	assert_int_equal(set.claims[5].parent_count, 1);
}

static void only_earlier_claims_are_parents(void **state)
{
	(void)state;
	parse("1.一种泵。\n2.根据权利要求3所述的泵。\n3.根据权利要求2所述的泵。\n"
	      "4.根据权利要求4或9所述的泵。\n5.根据前述权利要求任一项所述的泵。");
	assert_int_equal(set.claims[1].parent_count, 0);
	assert_int_equal(set.claims[2].parent_count, 1);
	assert_int_equal(set.claims[2].parents[0], 1);
	assert_int_equal(set.claims[3].parent_count, 0);
	assert_int_equal(set.claims[4].parent_count, 4);
	assert_int_equal(set.claims[4].base_count, 4);
}

/* The phrases behind 所述 in claim 1, parted by blanks. */
static void check_phrases(const char *body, const char *expected)
{
	struct claim_mention *mentions;
	struct claim_scope *scope;
	const struct claim_runes *runes;
	struct strbuf found = STRBUF_INIT;
	size_t count;

	parse(body);
	scope = claim_scope_create(arena, &set);
	runes = claim_scope_runes(scope);
	count = claim_mentions(arena, &set, runes, &mentions);
	for (size_t i = 0; i < count; i++) {
		if (i)
			strbuf_add_byte(&found, ' ');
		for (size_t j = mentions[i].start; j < mentions[i].end; j++)
			strbuf_add_rune(&found, runes->runes[j]);
	}
	assert_string_equal(found.data, expected);
	strbuf_release(&found);
}

static void phrases_end_before_verbs_and_signs(void **state)
{
	(void)state;
	check_phrases("1.所述弹簧与所述壳体连接，所述滑块3上设有该连接板。",
		      "弹簧 壳体 滑块 连接板");
	check_phrases("1.所述第一弹簧，所述多个第二齿轮，所述的至少一个电机。", "弹簧 齿轮 电机");
	check_phrases("1.所述控制器用于控制所述扫雪设备。", "控制器 扫雪设备");
	check_phrases("1.根据权利要求2所述的装置，如上所述。", "");
	check_phrases("1.根据前述权利要求任一项所述的装置，所述获取模块。", "获取模块");
	check_phrases("1.所述燃烧调节剂，所述接触部位上。", "燃烧调节剂 接触部位");
	check_phrases("1.所述方法，所述步骤，所述另一端，所述带有孔的筒。", "");
	check_phrases("1.所述PH值，应该，该泵。", "ph值 泵");
}

static void numbers_and_ranges_are_read(void **state)
{
	struct number_range *ranges;

	(void)state;
	assert_int_equal(
		number_ranges(arena, STR("温度为300℃～500℃，步骤2，厚度1-2.5mm，3份"), &ranges), 3);
	assert_true(ranges[0].is_range && ranges[0].low == 300 && ranges[0].high == 500);
	assert_true(str_equal(ranges[0].unit, STR("℃")) && str_equal(ranges[0].name, STR("温度")));
	assert_true(ranges[1].is_range && ranges[1].high == 2.5);
	assert_false(ranges[2].is_range);
	assert_int_equal(number_ranges(arena, STR("760nm～1mm"), &ranges), 1);
	assert_false(ranges[0].is_range);
	assert_int_equal(
		number_ranges(arena, STR("1234567890123456789012345678901234567890"), &ranges), 0);
}

int main(void)
{
#define TEST(name_) cmocka_unit_test_setup_teardown(name_, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(claims_are_split_however_numbered),
		TEST(what_looks_like_a_claim_stays_inside),
		TEST(offsets_give_the_text_back),
		TEST(references_are_read_as_written),
		TEST(subjects_and_kinds_are_found),
		TEST(only_earlier_claims_are_parents),
		TEST(phrases_end_before_verbs_and_signs),
		TEST(numbers_and_ranges_are_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
