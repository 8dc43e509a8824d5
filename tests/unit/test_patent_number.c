#include "patent/number.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

struct row {
	const char *input, *hint, *normal; /* normal NULL: not a number of that sort */
};

static const char *described(enum number_what what, bool found, const struct number *number,
			     char text[NUMBER_TEXT_SIZE])
{
	if (!found)
		return "(none)";
	assert_int_equal(number->what, what);
	return number_text(number, text);
}

static void check_rows(const struct row *rows, size_t count, enum number_what what)
{
	for (size_t i = 0; i < count; i++) {
		struct number number;
		char text[NUMBER_TEXT_SIZE];
		struct str input = str_of(rows[i].input), hint = str_of(rows[i].hint);
		bool found = what == NUMBER_PUBLICATION
				     ? number_parse_publication(input, hint, &number)
				     : number_parse_application(input, hint, &number);
		const char *expected = rows[i].normal ? rows[i].normal : "(none)";
		const char *actual = described(what, found, &number, text);

		if (strcmp(actual, expected) != 0)
			fail_msg("%s (%s): %s instead of %s", rows[i].input, rows[i].hint, actual,
				 expected);
	}
}

static void test_publication_numbers(void **state)
{
	static const struct row rows[] = {
		{ "CN104223352A", "", "CN104223352A" },
		{ "CN 104223352 A", "", "CN104223352A" },
		{ "cn104223352b", "", "CN104223352B" },
		{ "104223352", "CN", "CN104223352" },
		{ "ＣＮ１０４２２３３５２Ａ", "", "CN104223352A" },
		{ "CN1234567C", "", "CN1234567C" },
		{ "CN2785036Y", "", "CN2785036Y" },
		{ "CN201234567U", "", "CN201234567U" },
		{ "CN301234567S", "", "CN301234567S" },
		{ "CN3345678D", "", "CN3345678D" },
		{ "CN100123456C2", "", "CN100123456C2" },
		{ "CN85100001A", "", "CN85100001A" },
		{ "公开号：CN104223352A", "", "CN104223352A" },
		{ "CN85100001", "", NULL }, /* may be an application */
		{ "CN404223352A", "", NULL },
		{ "CN12345", "", NULL },
		{ "104223352", "", NULL },
		{ "US 7,578,482 B2", "", "US7578482B2" },
		{ "US07578482B2", "", "US7578482B2" },
		{ "US-7578482-B2", "", "US7578482B2" },
		{ "7578482", "US", "US7578482" },
		{ "US20050001234A1", "", "US20050001234A1" },
		{ "US 2005/0001234 A1", "", "US20050001234A1" },
		{ "US2005001234A1", "", "US20050001234A1" },
		{ "USD512345S1", "", "USD512345S1" },
		{ "US D512,345 S", "", "USD512345S" },
		{ "D0512345", "US", "USD512345" },
		{ "USRE039123E1", "", "USRE39123E1" },
		{ "USPP15000P2", "", "USPP15000P2" },
		{ "US10/123,456", "", NULL },
		{ "EP1234567A1", "", "EP1234567A1" },
		{ "EP 0 123 456 B1", "", "EP0123456B1" },
		{ "EP123456A2", "", "EP0123456A2" },
		{ "EP05123456.7", "", NULL },
		{ "WO2012/123456", "", "WO2012123456" },
		{ "WO/2005/123456", "", "WO2005123456" },
		{ "WO 02/12345 A1", "", "WO2002012345A1" },
		{ "WO9912345A1", "", "WO1999012345A1" },
		{ "WO2012123456A1", "", "WO2012123456A1" },
		{ "特開平11-123456", "", "JPH11123456A" },
		{ "特開2005-123456", "", "JP2005123456A" },
		{ "特開平5-23456", "", "JPH0523456A" },
		{ "JPH0612345A", "", "JPH0612345A" },
		{ "JPH06012345A", "", "JPH0612345A" },
		{ "JPS60-123456A", "", "JPS60123456A" },
		{ "JP 2005-123456 A", "", "JP2005123456A" },
		{ "JP2005-1234A", "", "JP2005001234A" },
		{ "特許第3456789号", "", "JP3456789B2" },
		{ "JP-WO2020213340-A1", "", "JPWO2020213340A1" },
		{ "JP3456789B2", "", "JP3456789B2" },
		{ "KR1020050012345A", "", "KR20050012345A" },
		{ "KR20050012345A", "", "KR20050012345A" },
		{ "KR 10-0123456 B1", "", "KR100123456B1" },
		{ "KR10-2005-0012345", "", "KR20050012345" },
		{ "KR1015514300000*", "", "KR101551430" },
		{ "EP2468299+", "", "EP2468299" },
		{ "DE102005012345A1", "", "DE102005012345A1" },
		{ "DE 10 2005 012 345 A1", "", "DE102005012345A1" },
		{ "GB2345678A", "", "GB2345678A" },
		{ "FR2881234A1", "", "FR2881234A1" },
		{ "TWI234567B", "", "TWI234567B" },
		{ "TW200512345A", "", "TW200512345A" },
		{ "TWM123456U", "", "TWM123456U" },
		{ "HK1234567A", "", "HK1234567A" },
		{ "AU2005123456A1", "", "AU2005123456A1" },
		{ "CA2345678C", "", "CA2345678C" },
		{ "AP1206A", "", "AP1206A" },
		{ "NO20050123A", "", "NO20050123A" },
		{ "1206", "AP", "AP1206" },
		{ "XX1234567A", "", NULL },
		{ "", "", NULL },
		{ "CN", "", NULL },
		{ "A", "CN", NULL },
		{ "电池包", "CN", NULL },
		{ "CN104223352A;CN104223353A", "", NULL },
		{ "CN1042233521042233521042233521042233521042233521042233521042233521", "", NULL },
		{ "AU1111111111111111111111111111111111111111111", "", NULL },
		{ "\xff\xfe", "CN", NULL },
	};

	(void)state;
	check_rows(rows, COUNT(rows), NUMBER_PUBLICATION);
}

static void test_application_numbers(void **state)
{
	static const struct row rows[] = {
		{ "CN201410201865.4", "", "CN201410201865.4" },
		{ "201410201865.4", "", "CN201410201865.4" },
		{ "2014102018654", "", "CN201410201865.4" },
		{ "201410201865", "", "CN201410201865.4" },
		{ "CN201410201865A", "", "CN201410201865.4" },
		{ "ZL 201410201865.4", "", "CN201410201865.4" },
		{ "ZL201410201865。4", "", "CN201410201865.4" },
		{ "ZL 2014 1 0201865．4", "", "CN201410201865.4" },
		{ "CN ZL201410201865.4", "", "CN201410201865.4" },
		{ "专利号：ZL201410201865.4", "", "CN201410201865.4" },
		{ "201610158350.x", "", "CN201610158350.X" },
		{ "201610158350X", "", "CN201610158350.X" },
		{ "201610158350ｘ", "", "CN201610158350.X" },
		{ "201810123456.7", "", "CN201810123456.7" }, /* kept as written */
		{ "02159962.9", "", "CN02159962.9" },
		{ "CN02159962", "", "CN02159962.9" },
		{ "CN021599629", "", "CN02159962.9" },
		{ "CN85100001", "", "CN85100001.0" },
		{ "CN201440201865.4", "", NULL }, /* no type 4 */
		{ "CN104223352A", "", NULL },
		{ "US10/123,456", "", "US10/123456" },
		{ "10/123,456", "", "US10/123456" },
		{ "US201313987654A", "", "US13/987654" },
		{ "14123456", "US", "US14/123456" },
		{ "US 65784810 A", "", "US65784810A" },
		{ "US65784810A", "", "US65784810A" },
		{ "US 5610902 A", "", "US05610902A" },
		{ "US 3690102D A", "", "US03690102DA" },
		{ "US03690102DA", "", "US03690102DA" },
		{ "17/123,456", "", "US17/123456" },
		{ "US 9/123456", "", "US09/123456" },
		{ "EP05123456.7", "", "EP05123456" },
		{ "EP20050123456", "", "EP05123456" },
		{ "EP2001114696", "", "EP01114696" },
		{ "05123456", "EP", "EP05123456" },
		{ "PCT/CN2012/070001", "", "PCT/CN2012/070001" },
		{ "PCT/US99/12345", "", "PCT/US1999/012345" },
		{ "WO2012CN70001", "", "PCT/CN2012/070001" },
		{ "CN2012070001W", "", "PCT/CN2012/070001" },
		{ "特願2005-123456", "", "JP2005123456" },
		{ "JP20050123456", "", "JP2005123456" },
		{ "10-2005-0012345", "KR", "KR1020050012345" },
		{ "KR20050012345A", "", "KR1020050012345" },
		{ "DE102005012345.6", "", "DE102005012345" },
		{ "GB0512345.6", "", "GB0512345" },
		{ "102005012345", "DE", "DE102005012345" },
		{ "  ", "CN", NULL },
	};

	(void)state;
	check_rows(rows, COUNT(rows), NUMBER_APPLICATION);
}

static void test_check_digits(void **state)
{
	static const char *const valid[] = { "201710117081.7", "200680002871.0", "201610158350.X",
					     "202221562055.8", "201410201865.4", "200910027562.4",
					     "200920045236.1", "201510316722.2", "201610051447.0",
					     "202411108082.1", "201680002931.2", "02159962.9" };
	static const struct {
		const char *input, *corrected;
	} wrong[] = { { "201810123456.7", "CN201810123456.5" },
		      { "202310123456.7", "CN202310123456.6" } };
	struct number number;
	char text[NUMBER_TEXT_SIZE];

	(void)state;
	for (size_t i = 0; i < COUNT(valid); i++) {
		assert_true(number_parse_application(str_of(valid[i]), STR_EMPTY, &number));
		assert_int_equal(number.check, NUMBER_CHECK_VALID);
	}
	for (size_t i = 0; i < COUNT(wrong); i++) {
		assert_true(number_parse_application(str_of(wrong[i].input), STR_EMPTY, &number));
		assert_int_equal(number.check, NUMBER_CHECK_INVALID);
		assert_string_equal(number_text_corrected(&number, text), wrong[i].corrected);
	}
	assert_true(number_parse_application(STR("201710117081"), STR_EMPTY, &number));
	assert_int_equal(number.check, NUMBER_CHECK_ABSENT);
	assert_int_equal(number.check_expected, '7');
	assert_int_equal(number_check_digit(STR("2017101")), 0);
	assert_int_equal(number_check_digit(STR("20171011708a")), 0);
}

static void test_kind_of_number_is_told(void **state)
{
	static const struct {
		const char *input;
		enum number_what what;
		const char *normal;
	} rows[] = {
		{ "CN104223352A", NUMBER_PUBLICATION, "CN104223352A" },
		{ "CN104223352", NUMBER_PUBLICATION, "CN104223352" },
		{ "CN201410201865.4", NUMBER_APPLICATION, "CN201410201865.4" },
		{ "201410201865", NUMBER_APPLICATION, "CN201410201865.4" },
		{ "CN85100001A", NUMBER_PUBLICATION, "CN85100001A" },
		{ "CN85100001", NUMBER_APPLICATION, "CN85100001.0" },
		{ "CN021599629", NUMBER_APPLICATION, "CN02159962.9" },
		{ "PCT/CN2012/070001", NUMBER_APPLICATION, "PCT/CN2012/070001" },
		{ "WO2012/123456", NUMBER_PUBLICATION, "WO2012123456" },
		{ "10/123,456", NUMBER_APPLICATION, "US10/123456" },
		{ "US10/123,456", NUMBER_APPLICATION, "US10/123456" },
		{ "US7578482B2", NUMBER_PUBLICATION, "US7578482B2" },
		{ "EP05123456.7", NUMBER_APPLICATION, "EP05123456" },
		{ "EP1234567", NUMBER_PUBLICATION, "EP1234567" },
		{ "KR10-2005-0012345", NUMBER_APPLICATION, "KR1020050012345" },
		{ "KR10-2005-0012345A", NUMBER_PUBLICATION, "KR20050012345A" },
		{ "申请号201410201865.4", NUMBER_APPLICATION, "CN201410201865.4" },
	};
	static const char *const unknown[] = { "",
					       "hello",
					       "12345",
					       "H01M10/613",
					       "2021-05-06",
					       "91510100MA61XXXX0X",
					       "CN999999999999.9" };
	struct number number;
	char text[NUMBER_TEXT_SIZE];

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		assert_int_equal(number_parse(str_of(rows[i].input), STR_EMPTY, &number),
				 rows[i].what);
		assert_string_equal(number_text(&number, text), rows[i].normal);
	}
	for (size_t i = 0; i < COUNT(unknown); i++)
		assert_int_equal(number_parse(str_of(unknown[i]), STR_EMPTY, &number),
				 NUMBER_UNKNOWN);
}

static void test_normal_forms_stay_as_they_are(void **state)
{
	static const char *const normal[] = {
		"CN104223352A",  "CN85100001A",     "CN201410201865.4",  "CN02159962.9",
		"US7578482B2",   "US20050001234A1", "USD512345S1",       "US10/123456",
		"EP0123456B1",   "WO2002012345A1",  "PCT/CN2012/070001", "JPH11123456A",
		"JP2005001234A", "KR20050012345A",  "TWI234567B",        "DE102005012345A1",
	};
	struct number number;
	char text[NUMBER_TEXT_SIZE];

	(void)state;
	for (size_t i = 0; i < COUNT(normal); i++) {
		assert_int_not_equal(number_parse(str_of(normal[i]), STR_EMPTY, &number),
				     NUMBER_UNKNOWN);
		assert_string_equal(number_text(&number, text), normal[i]);
	}
}

static bool has_form(const struct str *forms, size_t count, const char *wanted)
{
	for (size_t i = 0; i < count; i++)
		if (str_equal_cstr(forms[i], wanted))
			return true;
	return false;
}

static void test_forms_to_look_for(void **state)
{
	struct arena *arena = arena_create(1024);
	const struct str *forms;
	struct number number;
	size_t count;

	(void)state;
	count = number_lookup_forms(arena, STR("ZL201810123456.7"), &forms);
	assert_true(has_form(forms, count, "CN201810123456.7"));
	assert_true(has_form(forms, count, "CN201810123456.5"));
	count = number_lookup_forms(arena, STR("CN104223352"), &forms);
	assert_true(has_form(forms, count, "CN104223352"));
	count = number_lookup_forms(arena, STR("CN85100001A"), &forms);
	assert_true(has_form(forms, count, "CN85100001A"));
	assert_true(has_form(forms, count, "CN85100001.0"));
	assert_int_equal(number_lookup_forms(arena, STR("no number"), &forms), 0);
	number_parse(STR("CN201410201865.4"), STR_EMPTY, &number);
	count = number_search_forms(arena, &number, &forms);
	assert_true(has_form(forms, count, "CN2014102018654"));
	assert_true(has_form(forms, count, "201410201865"));
	assert_true(has_form(forms, count, "ZL2014102018654"));
	arena_destroy(arena);
}

static void test_types_and_kinds(void **state)
{
	static const struct {
		const char *input;
		enum patent_type type;
		enum number_stage stage;
	} rows[] = {
		{ "CN104223352A", PATENT_INVENTION, STAGE_APPLICATION },
		{ "CN104223352B", PATENT_INVENTION, STAGE_GRANT },
		{ "CN1234567C", PATENT_INVENTION, STAGE_GRANT },
		{ "CN100123456C2", PATENT_INVENTION, STAGE_LIMITED },
		{ "CN201234567U", PATENT_UTILITY, STAGE_GRANT },
		{ "CN301234567S", PATENT_DESIGN, STAGE_GRANT },
		{ "CN201422156205.8", PATENT_UTILITY, STAGE_UNKNOWN },
		{ "CN200680002871.0", PATENT_INVENTION, STAGE_UNKNOWN },
		{ "US7578482B2", PATENT_INVENTION, STAGE_GRANT },
		{ "USD512345S1", PATENT_DESIGN, STAGE_GRANT },
		{ "EP1234567A3", PATENT_INVENTION, STAGE_OTHER },
		{ "TWM123456U", PATENT_UTILITY, STAGE_GRANT },
		{ "KR20050012345U", PATENT_UTILITY, STAGE_APPLICATION },
		{ "WO2012123456", PATENT_INVENTION, STAGE_UNKNOWN },
		{ "ZA200512345A", PATENT_INVENTION, STAGE_APPLICATION },
	};
	struct number number;

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		number_parse(str_of(rows[i].input), STR_EMPTY, &number);
		assert_int_equal(number_type(&number), rows[i].type);
		assert_int_equal(number_stage(str_of(number.office), str_of(number.kind)),
				 rows[i].stage);
	}
	assert_int_equal(patent_type_of(STR("发明申请")), PATENT_INVENTION);
	assert_int_equal(patent_type_of(STR("中国实用新型")), PATENT_UTILITY);
	assert_int_equal(patent_type_of(STR("外观设计")), PATENT_DESIGN);
	assert_int_equal(patent_type_of(STR("Design Right")), PATENT_DESIGN);
	assert_int_equal(patent_type_of(STR("Granted Patent")), PATENT_INVENTION);
	assert_int_equal(patent_type_of(STR("utility")), PATENT_UTILITY);
	assert_int_equal(patent_type_of(STR("?")), PATENT_TYPE_UNKNOWN);
}

static void test_offices_are_sorted(void **state)
{
	size_t count;
	const struct office *offices = office_list(&count);

	(void)state;
	for (size_t i = 0; i < count; i++) {
		assert_ptr_equal(office_find(str_of(offices[i].code)), &offices[i]);
		assert_true(offices[i].zh[0] && offices[i].en[0]);
	}
	assert_null(office_find(STR("cn")));
	assert_null(office_find(STR_EMPTY));
	/* what a regional office's patents cover */
	assert_true(office_covers(STR("EP"), STR("DE")) && office_covers(STR("EA"), STR("KZ")));
	assert_true(office_covers(STR("US"), STR("US")) && !office_covers(STR("US"), STR("CA")));
	assert_false(office_covers(STR("EP"), STR("US")) || office_covers(STR("DE"), STR("EP")));
	assert_false(office_covers(STR("WO"), STR("CN")) || office_covers(STR("EP"), STR("D")));
}

static void test_parts_of_a_normal_form(void **state)
{
	(void)state;
	assert_true(str_equal_cstr(number_without_kind(STR("US7578482B2")), "US7578482"));
	assert_true(str_equal_cstr(number_without_kind(STR("CN104223352A")), "CN104223352"));
	assert_true(str_equal_cstr(number_without_kind(STR("CN104223352")), "CN104223352"));
	assert_true(str_equal_cstr(number_kind_of(STR("USD512345S1")), "S1"));
	assert_true(str_equal_cstr(number_kind_of(STR("A")), ""));
	assert_true(str_equal_cstr(number_without_kind(STR_EMPTY), ""));
}

/* Any bytes, of any length: no more than that they are refused or taken is asked of them. */
static void test_noise(void **state)
{
	static const char alphabet[] = "CNZLUSPCTWOJHEPX0123456789./- ,\xE5\xB9\xB3\xEF\xBC\x8E";
	unsigned seed = 7;
	char noise[80];
	struct number number;
	char text[NUMBER_TEXT_SIZE];

	(void)state;
	for (int round = 0; round < 200000; round++) {
		size_t size = (seed = seed * 1103515245 + 12345) >> 16 & 63;

		for (size_t i = 0; i < size; i++) {
			seed = seed * 1103515245 + 12345;
			noise[i] = alphabet[(seed >> 16) % (sizeof(alphabet) - 1)];
		}
		if (number_parse((struct str){ noise, size }, STR_EMPTY, &number) != NUMBER_UNKNOWN)
			assert_in_range(strlen(number_text(&number, text)), 3,
					NUMBER_TEXT_SIZE - 1);
	}
}

/* One letter more than there is room for, once the receiving office stands in front of a number
   of kind W. */
static void numbers_are_never_longer_than_their_room(void **state)
{
	char text[64];
	struct number number;

	(void)state;
	for (size_t size = 1; size < sizeof(text) - 1; size++) {
		memset(text, 'O', size);
		memcpy(text + size, "W", 2);
		number_parse_application(str_of(text), STR_EMPTY, &number);
		assert_true(strlen(number.body) < NUMBER_BODY_SIZE);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_publication_numbers),
		cmocka_unit_test(test_application_numbers),
		cmocka_unit_test(test_check_digits),
		cmocka_unit_test(test_kind_of_number_is_told),
		cmocka_unit_test(test_normal_forms_stay_as_they_are),
		cmocka_unit_test(test_forms_to_look_for),
		cmocka_unit_test(test_types_and_kinds),
		cmocka_unit_test(test_offices_are_sorted),
		cmocka_unit_test(test_parts_of_a_normal_form),
		cmocka_unit_test(test_noise),
		cmocka_unit_test(numbers_are_never_longer_than_their_room),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
