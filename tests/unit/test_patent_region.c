#include "patent/region.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void test_addresses(void **state)
{
	static const struct {
		const char *address, *province, *city;
	} rows[] = {
		{ "四川省成都市高新区天府大道1号", "四川省", "成都市" },
		{ "四川 成都 高新区天府大道1号", "四川省", "成都市" },
		{ "610041 四川省成都市高新区", "四川省", "成都市" },
		{ "610041四川省绵阳市", "四川省", "绵阳市" },
		{ "中国四川省德阳市", "四川省", "德阳市" },
		{ "成都市武侯区", "四川省", "成都市" },
		{ "成都高新区天府大道", "四川省", "成都市" },
		{ "四川省阿坝藏族羌族自治州马尔康市", "四川省", "阿坝藏族羌族自治州" },
		{ "四川省", "四川省", NULL },
		{ "四川", "四川省", NULL },
		{ "51", "四川省", NULL },
		{ "51;四川", "四川省", NULL },
		{ "四川;51", "四川省", NULL },
		{ "CN-SC", "四川省", NULL },
		{ "CN51", "四川省", NULL },
		{ "510000", "四川省", NULL },
		{ "510100", "四川省", "成都市" },
		{ "5101", "四川省", "成都市" },
		{ "北京市海淀区中关村", "北京市", NULL },
		{ "100026 北京市朝阳区石佛营", "北京市", NULL },
		{ "上海市浦东新区", "上海市", NULL },
		{ "重庆市渝中区", "重庆市", NULL },
		{ "内蒙古自治区呼和浩特市", "内蒙古自治区", "呼和浩特市" },
		{ "内蒙古呼和浩特市", "内蒙古自治区", "呼和浩特市" },
		{ "广西壮族自治区南宁市", "广西壮族自治区", "南宁市" },
		{ "吉林省吉林市船营区", "吉林省", "吉林市" },
		{ "吉林市船营区", "吉林省", "吉林市" },
		{ "吉林省长春市", "吉林省", "长春市" },
		{ "青海省海南藏族自治州共和县", "青海省", "海南藏族自治州" },
		{ "海南省海口市", "海南省", "海口市" },
		{ "江苏省南京市中山路1号", "江苏省", "南京市" },
		{ "高新技术开发区（四川省绵阳市）", "四川省", "绵阳市" },
		{ "香港特别行政区九龙", "香港特别行政区", NULL },
		{ "中国台湾新北市", "台湾省", NULL },
		{ "No. 1 Tianfu Avenue, Chengdu, Sichuan, CN", "四川省", NULL },
		{ "Xi'an, Shaanxi", "陕西省", NULL },
		{ "朝阳区建国路88号", NULL, NULL },
		{ "中山路12号", NULL, NULL },
		{ "北京路12号", NULL, NULL },
		{ "美国加利福尼亚州", NULL, NULL },
		{ "610041", NULL, NULL },
		{ "99", NULL, NULL },
		{ "US-CA", NULL, NULL },
		{ "", NULL, NULL },
		{ ";,;", NULL, NULL },
		{ "\xff\xfe", NULL, NULL },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct region_answer answer = region_of(str_of(rows[i].address));
		const char *province = answer.province ? answer.province->name : "-";
		const char *city = answer.city ? answer.city->name : "-";

		if (strcmp(province, rows[i].province ? rows[i].province : "-") != 0 ||
		    strcmp(city, rows[i].city ? rows[i].city : "-") != 0)
			fail_msg("%s: %s %s", rows[i].address, province, city);
	}
}

static void test_codes(void **state)
{
	size_t count;
	const struct region *regions = region_list(&count);

	(void)state;
	for (size_t i = 0; i < count; i++)
		assert_ptr_equal(region_find(str_of(regions[i].code)), &regions[i]);
	assert_string_equal(region_find(STR("510700"))->name, "绵阳市");
	assert_null(region_find(STR("5102")));
	assert_null(region_find(STR_EMPTY));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_addresses),
		cmocka_unit_test(test_codes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
