#include "patent/name.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void assert_list(const char *input, const char *separators, const char *const *expected)
{
	struct str rest = str_of(input), name;
	size_t i = 0;

	for (; name_next(&rest, str_of(separators), &name); i++) {
		assert_non_null(expected[i]);
		assert_true(str_equal_cstr(name, expected[i]));
	}
	assert_null(expected[i]);
}

static void test_lists(void **state)
{
	(void)state;
	assert_list("张三;李四；王五\n赵六", "",
		    (const char *[]){ "张三", "李四", "王五", "赵六", NULL });
	assert_list("甲 | 乙|丙", "|", (const char *[]){ "甲", "乙", "丙", NULL });
	assert_list("甲｜乙", "|｜", (const char *[]){ "甲", "乙", NULL });
	assert_list("A;;B;;", ";", (const char *[]){ "A", "B", NULL });
	assert_list("甲公司（乙;丙）;丁", "", (const char *[]){ "甲公司（乙;丙）", "丁", NULL });
	assert_list("甲(乙;丙", "", (const char *[]){ "甲(乙", "丙", NULL });
	assert_list("SMITH, JOHN; DOE, JANE", "",
		    (const char *[]){ "SMITH, JOHN", "DOE, JANE", NULL });
	assert_list("张三,李四", ",，", (const char *[]){ "张三", "李四", NULL });
	assert_list("", "", (const char *[]){ NULL });
	assert_list(" ; \n ;", "", (const char *[]){ NULL });
	assert_list("\xff;\xfe", "", (const char *[]){ "\xff", "\xfe", NULL });
}

static void assert_key(const char *name, const char *expected)
{
	struct strbuf key = STRBUF_INIT;

	name_add_key(str_of(name), &key);
	assert_string_equal(key.data, expected);
	strbuf_release(&key);
}

static void test_keys(void **state)
{
	char longer[700];
	struct strbuf key = STRBUF_INIT;

	(void)state;
	assert_key("东方电气（集团）有限责任公司", "东方电气有限公司");
	assert_key("东方电气(集团)有限公司", "东方电气有限公司");
	assert_key("ＡＢＣ有限公司", "abc有限公司");
	assert_key("ABC 有限公司", "abc有限公司");
	assert_key("甲（成都）有限公司", "甲成都有限公司");
	assert_key("甲股份有限公司", "甲股份有限公司");
	assert_key("HUAWEI TECHNOLOGIES CO., LTD.", "huaweitechnologies");
	assert_key("Huawei Technologies Co Ltd", "huaweitechnologies");
	assert_key("Siemens Aktiengesellschaft", "siemensaktiengesellschaft");
	assert_key("NESTEC S.A.", "nestec");
	assert_key("GmbH", "gmbh");
	assert_key("Co., Ltd.", "co");
	assert_key("（集团）", "（集团）");
	assert_key("艾力·买买提", "艾力买买提");
	assert_key("", "");
	memset(longer, 'A', sizeof(longer));
	name_add_key((struct str){ longer, sizeof(longer) }, &key);
	assert_int_equal(key.size, sizeof(longer));
	strbuf_release(&key);
}

/* Joining too much is worse than joining too little. */
static void test_different_names_stay_apart(void **state)
{
	static const char *const names[] = {
		"华为技术有限公司", "华为终端有限公司",   "华为技术股份有限公司", "四川大学",
		"四川大学华西医院", "甲（成都）有限公司", "甲（绵阳）有限公司",   "甲集团有限公司",
	};
	struct strbuf a = STRBUF_INIT, b = STRBUF_INIT;

	(void)state;
	for (size_t i = 0; i < COUNT(names); i++)
		for (size_t j = i + 1; j < COUNT(names); j++) {
			strbuf_clear(&a);
			strbuf_clear(&b);
			name_add_key(str_of(names[i]), &a);
			name_add_key(str_of(names[j]), &b);
			assert_string_not_equal(a.data, b.data);
		}
	strbuf_release(&a);
	strbuf_release(&b);
}

static void test_types(void **state)
{
	static const struct {
		const char *name;
		enum applicant_type type;
	} rows[] = {
		{ "示例电池有限公司", APPLICANT_COMPANY },
		{ "泰安市轴承厂", APPLICANT_COMPANY },
		{ "某某科技园（有限合伙）", APPLICANT_COMPANY },
		{ "四川大学", APPLICANT_UNIVERSITY },
		{ "成都大学科技园有限公司", APPLICANT_COMPANY },
		{ "四川大学华西医院", APPLICANT_HOSPITAL },
		{ "中国科学院成都生物研究所", APPLICANT_INSTITUTE },
		{ "四川省农业科学院", APPLICANT_INSTITUTE },
		{ "成都职业技术学院", APPLICANT_UNIVERSITY },
		{ "张三", APPLICANT_PERSON },
		{ "欧阳小明", APPLICANT_PERSON },
		{ "张冰心", APPLICANT_PERSON },
		{ "李小园", APPLICANT_PERSON },
		{ "某市农业局", APPLICANT_GOVERNMENT },
		{ "某市供电局", APPLICANT_COMPANY },
		{ "买买提·艾力", APPLICANT_PERSON },
		{ "成都市公安局", APPLICANT_GOVERNMENT },
		{ "德阳灯泡厂", APPLICANT_COMPANY },
		{ "HUAWEI TECHNOLOGIES CO., LTD.", APPLICANT_COMPANY },
		{ "Siemens AG", APPLICANT_COMPANY },
		{ "University of Nowhere", APPLICANT_UNIVERSITY },
		{ "SMITH, JOHN", APPLICANT_PERSON },
		{ "Smith, John A.", APPLICANT_PERSON },
		{ "某某中心", APPLICANT_UNKNOWN },
		{ "XYZ", APPLICANT_UNKNOWN },
		{ "", APPLICANT_UNKNOWN },
		{ "\xff\xfe", APPLICANT_UNKNOWN },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		enum applicant_type type = name_type(str_of(rows[i].name));

		if (type != rows[i].type)
			fail_msg("%s: %s", rows[i].name, applicant_types[type].name);
	}
	assert_int_equal(name_type_of_word(STR("企业")), APPLICANT_COMPANY);
	assert_int_equal(name_type_of_word(STR("大专院校")), APPLICANT_UNIVERSITY);
	assert_int_equal(name_type_of_word(STR("科研单位")), APPLICANT_INSTITUTE);
	assert_int_equal(name_type_of_word(STR("机关团体")), APPLICANT_GOVERNMENT);
	assert_int_equal(name_type_of_word(STR("个人")), APPLICANT_PERSON);
	assert_int_equal(name_type_of_word(STR("院校/研究所")), APPLICANT_UNKNOWN);
	assert_int_equal(name_type_of_word(STR("company")), APPLICANT_COMPANY);
	assert_int_equal(name_type_of_word(STR("?")), APPLICANT_UNKNOWN);
}

static void test_display(void **state)
{
	static const struct {
		const char *folded, *display;
	} rows[] = {
		{ "huawei technologies co., ltd.", "Huawei Technologies Co., Ltd." },
		{ "robert bosch gmbh", "Robert Bosch GmbH" },
		{ "lg electronics inc.", "LG Electronics Inc." },
		{ "the regents of the university of nowhere",
		  "The Regents of the University of Nowhere" },
		{ "o'neill, mary-ann", "O'neill, Mary-Ann" },
		{ "3m innovative properties", "3M Innovative Properties" },
		{ "成都示例科技有限公司", "成都示例科技有限公司" },
		{ "", "" },
	};
	struct arena *arena = arena_create(256);

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_string_equal(name_display(arena, str_of(rows[i].folded)).data,
				    rows[i].display);
	arena_destroy(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lists),
		cmocka_unit_test(test_keys),
		cmocka_unit_test(test_different_names_stay_apart),
		cmocka_unit_test(test_types),
		cmocka_unit_test(test_display),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
