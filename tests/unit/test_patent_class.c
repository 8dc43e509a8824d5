#include "patent/class.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void test_spellings(void **state)
{
	static const struct {
		const char *input;
		enum class_scheme scheme;
		const char *text, *edition;
		char value;
	} rows[] = {
		{ "H01M10/613", CLASS_IPC, "H01M10/613", "", 0 },
		{ "H01M 10/613", CLASS_IPC, "H01M10/613", "", 0 },
		{ "h01m10/613", CLASS_IPC, "H01M10/613", "", 0 },
		{ "H01M 10/613 (2014.01)", CLASS_IPC, "H01M10/613", "2014.01", 0 },
		{ "H01M10/613(2014.01)I", CLASS_IPC, "H01M10/613", "2014.01", 'I' },
		{ "H01M10/613(2014.01)N", CLASS_IPC, "H01M10/613", "2014.01", 'A' },
		{ "H01M0010613000", CLASS_IPC, "H01M10/613", "", 0 },
		{ "H01M0010600000", CLASS_IPC, "H01M10/60", "", 0 },
		{ "H01M0010000000", CLASS_IPC, "H01M10/00", "", 0 },
		{ "H01M  10/613      20140101AFI20150101BHCN", CLASS_IPC, "H01M10/613", "2014.01",
		  'I' },
		{ "A01G   9/02       20060101ALN20150101BHCN", CLASS_IPC, "A01G9/02", "2006.01",
		  'A' },
		{ "F23R   3/28        20060101A I20050101RMEP", CLASS_IPC, "F23R3/28", "2006.01",
		  'I' },
		{ "A21D 8 02 20060101 A F I", CLASS_IPC, "A21D8/02", "2006.01", 'I' },
		{ "A21D 8 02", CLASS_IPC, NULL, NULL, 0 },
		{ "Int.Cl.7 H01M10/50", CLASS_IPC, "H01M10/50", "7", 0 },
		{ "Int. Cl. H01M 10/50", CLASS_IPC, "H01M10/50", "", 0 },
		{ "A01B1/00", CLASS_IPC, "A01B1/00", "", 0 },
		{ "H01M\xE3\x80\x80"
		  "10/50",
		  CLASS_IPC, "H01M10/50", "", 0 },
		{ "Y02E60/10", CLASS_CPC, "Y02E60/10", "", 0 },
		{ "H01M 2010/4271", CLASS_CPC, "H01M2010/4271", "", 0 },
		{ "G06F 2203/04102", CLASS_CPC, "G06F2203/04102", "", 0 },
		{ "H", CLASS_IPC, "H", "", 0 },
		{ "H01", CLASS_IPC, "H01", "", 0 },
		{ "H01M", CLASS_IPC, "H01M", "", 0 },
		{ "H01M10", CLASS_IPC, "H01M10", "", 0 },
		{ "14-02", CLASS_LOC, "14-02", "", 0 },
		{ "LOC(13) Cl. 14-02", CLASS_LOC, "14-02", "", 0 },
		{ "21-01-C0293", CLASS_LOC, "21-01", "", 0 },
		{ "21-01-", CLASS_LOC, NULL, NULL, 0 },
		{ "1402", CLASS_LOC, "14-02", "", 0 },
		{ "06", CLASS_LOC, "06", "", 0 },
		{ "6-01", CLASS_LOC, "06-01", "", 0 },
		{ "", CLASS_IPC, NULL, NULL, 0 },
		{ "I01M10/613", CLASS_IPC, NULL, NULL, 0 },
		{ "H1M10/613", CLASS_IPC, NULL, NULL, 0 },
		{ "H01M10/6", CLASS_IPC, NULL, NULL, 0 },
		{ "H01M10613/00", CLASS_IPC, NULL, NULL, 0 },
		{ "H01M10/6131234", CLASS_IPC, NULL, NULL, 0 },
		{ "H01M10/613;H01M10/62", CLASS_IPC, NULL, NULL, 0 },
		{ "HELLO", CLASS_IPC, NULL, NULL, 0 },
		{ "电池", CLASS_IPC, NULL, NULL, 0 },
		{ "H01M10/613(", CLASS_IPC, "H01M10/613", "", 0 },
		{ "99-01", CLASS_LOC, NULL, NULL, 0 },
		{ "00-01", CLASS_LOC, NULL, NULL, 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct class_symbol symbol;
		bool found = class_parse(str_of(rows[i].input), rows[i].scheme, &symbol);

		if (found != (rows[i].text != NULL) ||
		    (found && (strcmp(symbol.text, rows[i].text) != 0 ||
			       strcmp(symbol.edition, rows[i].edition) != 0 ||
			       symbol.value != rows[i].value)))
			fail_msg("%s: %s %s %c", rows[i].input, symbol.text, symbol.edition,
				 symbol.value ? symbol.value : '-');
	}
}

static void assert_list(const char *input, enum class_scheme scheme, const char *const *expected)
{
	struct str rest = str_of(input), written;
	struct class_symbol symbol;
	size_t i = 0;

	for (; class_next(&rest, scheme, &symbol, &written); i++) {
		assert_non_null(expected[i]);
		if (expected[i][0] == '!') {
			assert_int_equal(symbol.level, CLASS_LEVEL_NONE);
			assert_true(str_equal_cstr(written, expected[i] + 1));
		} else {
			assert_string_equal(symbol.text, expected[i]);
		}
	}
	assert_null(expected[i]);
}

static void test_lists(void **state)
{
	(void)state;
	assert_list("H01M10/613;H01M10/62", CLASS_IPC,
		    (const char *[]){ "H01M10/613", "H01M10/62", NULL });
	assert_list("H01M 10/613 (2014.01)； H01M 10/62 (2014.01)", CLASS_IPC,
		    (const char *[]){ "H01M10/613", "H01M10/62", NULL });
	assert_list("H01M10/613 | H01M10/62,A01B1/00\nB60L50/60", CLASS_IPC,
		    (const char *[]){ "H01M10/613", "H01M10/62", "A01B1/00", "B60L50/60", NULL });
	assert_list("H01M10/613 H01M10/62", CLASS_IPC,
		    (const char *[]){ "H01M10/613", "H01M10/62", NULL });
	assert_list("A21D 8 02 20060101 A F I;A21D 13 00 20060101 A I", CLASS_IPC,
		    (const char *[]){ "A21D8/02", "A21D13/00", NULL });
	assert_list("H01M10/613;;nonsense;A01B", CLASS_IPC,
		    (const char *[]){ "H01M10/613", "!nonsense", "A01B", NULL });
	assert_list(";;  ;", CLASS_IPC, (const char *[]){ NULL });
	assert_list("14-02(1);06-01", CLASS_LOC, (const char *[]){ "!14-02(1)", "06-01", NULL });
	assert_list("14-02; 06-01", CLASS_LOC, (const char *[]){ "14-02", "06-01", NULL });
}

static void test_levels(void **state)
{
	struct str symbol = STR("H01M10/613");

	(void)state;
	assert_true(str_equal_cstr(class_cut(symbol, CLASS_LEVEL_SECTION), "H"));
	assert_true(str_equal_cstr(class_cut(symbol, CLASS_LEVEL_CLASS), "H01"));
	assert_true(str_equal_cstr(class_cut(symbol, CLASS_LEVEL_SUBCLASS), "H01M"));
	assert_true(str_equal_cstr(class_cut(symbol, CLASS_LEVEL_MAIN_GROUP), "H01M10"));
	assert_true(str_equal_cstr(class_cut(symbol, CLASS_LEVEL_SUBGROUP), "H01M10/613"));
	assert_true(str_equal_cstr(class_cut(STR("H01"), CLASS_LEVEL_SUBCLASS), "H01"));
	assert_true(str_equal_cstr(class_cut(STR("14-02"), CLASS_LEVEL_CLASS), "14"));
	assert_int_equal(class_level_of(symbol), CLASS_LEVEL_SUBGROUP);
	assert_int_equal(class_level_of(STR("H01M10")), CLASS_LEVEL_MAIN_GROUP);
	assert_int_equal(class_level_of(STR("14-02")), CLASS_LEVEL_SUBCLASS);
	assert_int_equal(class_level_of(STR_EMPTY), CLASS_LEVEL_NONE);
}

static void test_names_and_fields(void **state)
{
	(void)state;
	assert_string_equal(class_name_find(STR("H01"))->zh, "电气元件");
	assert_string_equal(class_name_find(STR("A"))->en, "Human necessities");
	assert_string_equal(class_name_find(STR("Y02"))->zh, "减缓气候变化技术（CPC）");
	assert_null(class_name_find(STR("H77")));
	assert_int_equal(class_field(STR("H01M10/613")), 1);
	assert_int_equal(class_field(STR("H04N21/00")), 4);
	assert_int_equal(class_field(STR("H04N1/00")), 3);
	assert_int_equal(class_field(STR("H04N19/10")), 2);
	assert_int_equal(class_field(STR("G01N33/50")), 11);
	assert_int_equal(class_field(STR("G01N1/00")), 10);
	assert_int_equal(class_field(STR("A61K8/00")), 14);
	assert_int_equal(class_field(STR("A61K31/00")), 16);
	assert_int_equal(class_field(STR("H01L21/00")), 8);
	assert_int_equal(class_field(STR("Y02E60/10")), 0);
	assert_int_equal(class_field(STR("H")), 0);
	for (unsigned field = 1; field <= CLASS_FIELD_MAX; field++)
		assert_true(class_field_name(field)->name.zh && class_field_name(field)->name.en);
	assert_null(class_field_name(0));
	assert_null(class_field_name(36));
}

static void test_noise_ends(void **state)
{
	static const char alphabet[] = "ABHYLOC01239/-(). ;,|\n\xE3\x80\x80\xEF\xBC\x9B";
	unsigned seed = 3;
	char noise[64];

	(void)state;
	for (int round = 0; round < 100000; round++) {
		size_t size = (seed = seed * 1103515245 + 12345) >> 16 & 63;
		struct str rest = { noise, size };
		struct class_symbol symbol;
		size_t steps = 0;

		for (size_t i = 0; i < size; i++) {
			seed = seed * 1103515245 + 12345;
			noise[i] = alphabet[(seed >> 16) % (sizeof(alphabet) - 1)];
		}
		while (class_next(&rest, round % 2 ? CLASS_IPC : CLASS_LOC, &symbol, NULL))
			assert_true(++steps <= size);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_spellings),  cmocka_unit_test(test_lists),
		cmocka_unit_test(test_levels),     cmocka_unit_test(test_names_and_fields),
		cmocka_unit_test(test_noise_ends),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
