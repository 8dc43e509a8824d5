#include "patent/claims.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static void check_split(const char *text, size_t count, const char *const *texts)
{
	struct arena *arena = arena_create(4096);
	const struct claim_text *claims;

	assert_int_equal(claims_split(arena, str_of(text), &claims), count);
	for (size_t i = 0; i < count; i++) {
		assert_int_equal(claims[i].number, i + 1);
		assert_string_equal(str_to_cstr(arena, claims[i].text), texts[i]);
	}
	arena_destroy(arena);
}

static void claims_part_at_the_number_that_is_due(void **state)
{
	(void)state;
	check_split("1.一种装置。\n2.根据权利要求1所述的装置。", 2,
		    (const char *const[]){ "一种装置。", "根据权利要求1所述的装置。" });
	check_split(
		"1.一种装置。2.根据权利要求1所述的装置。3.一种方法。", 3,
		(const char *const[]){ "一种装置。", "根据权利要求1所述的装置。", "一种方法。" });
	check_split("1、一种装置。\n２．不是半角数字", 1,
		    (const char *const[]){ "一种装置。\n２．不是半角数字" });
	/* steps, decimals, numbers out of turn and numbers before other words stay inside */
	check_split("1.一种方法：1)加热；2)冷却至1.5度。3.根据权利要求9", 1,
		    (const char *const[]){ "一种方法：1)加热；2)冷却至1.5度。3.根据权利要求9" });
	check_split("1.一种方法，温度为。2.5度", 1,
		    (const char *const[]){ "一种方法，温度为。2.5度" });
	check_split("1.一种表：\n2.1节所述", 1, (const char *const[]){ "一种表：\n2.1节所述" });
	check_split("1. A device. 2. The device of claim 1.", 2,
		    (const char *const[]){ "A device.", "The device of claim 1." });
}

static void a_claim_without_number_is_one(void **state)
{
	struct arena *arena = arena_create(4096);
	const struct claim_text *claims;

	(void)state;
	assert_int_equal(claims_split(arena, STR("一种装置。2.根据权利要求1"), &claims), 1);
	assert_int_equal(claims[0].number, 0);
	assert_int_equal(claims_split(arena, STR("  \n "), &claims), 0);
	assert_int_equal(claims_split(arena, STR("1."), &claims), 0);
	arena_destroy(arena);
}

static void check_parents(const char *text, unsigned number, const char *expected)
{
	struct arena *arena = arena_create(4096);

	assert_string_equal(str_to_cstr(arena, claim_parents(arena, str_of(text), number)),
			    expected);
	arena_destroy(arena);
}

static void references_are_read(void **state)
{
	(void)state;
	check_parents("一种装置，其特征在于。", 1, "");
	check_parents("根据权利要求1所述的装置", 2, "1");
	check_parents("如权利要求1或2所述的装置", 3, "1,2");
	check_parents("根据权利要求1-3任一项所述", 4, "1,2,3");
	check_parents("根据权利要求1至3中任一项", 5, "1,2,3");
	check_parents("按照权利要求1、2或4所述", 5, "1,2,4");
	check_parents("一种系统，用于实现权利要求 2 所述的方法", 9, "2");
	check_parents("The device of claim 1, wherein", 2, "1");
	check_parents("The device of any of claims 1 to 3", 4, "1,2,3");
	check_parents("The device of claim 7, 8 or 9, the", 10, "7,8,9");
	check_parents("The device according to any preceding claim", 3, "1,2");
	check_parents("Anordnung nach einem der vorstehenden Ansprüche", 3, "1,2");
	check_parents("Anordnung nach Anspruch 1 oder 2", 3, "1,2");
	check_parents("selon l'une des revendications 1 à 2", 3, "1,2");
}

static void impossible_references_are_left_out(void **state)
{
	(void)state;
	check_parents("根据权利要求5所述", 3, "");
	check_parents("根据权利要求3所述", 3, "");
	check_parents("根据权利要求0所述", 3, "");
	check_parents("根据权利要求1-99999999999所述", 3, "1,2");
	check_parents("根据权利要求", 3, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(claims_part_at_the_number_that_is_due),
		cmocka_unit_test(a_claim_without_number_is_one),
		cmocka_unit_test(references_are_read),
		cmocka_unit_test(impossible_references_are_left_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
