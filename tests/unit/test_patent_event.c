#include "patent/event.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void test_codes_and_words(void **state)
{
	static const struct {
		const char *office, *code, *text;
		enum event_kind kind;
	} rows[] = {
		{ "", "PB01", "公布", EVENT_PUBLICATION },
		{ "CN", "gr01", "", EVENT_GRANT },
		{ "CN", "SE01", "实质审查的生效", EVENT_EXAMINATION },
		{ "CN", "IW01", "", EVENT_INVALIDATION },
		{ "CN", "IP01", "", EVENT_PARTIAL_INVALIDATION },
		{ "CN", "DD01", "公告送达", EVENT_SERVICE },
		{ "EP", "18D ", "", EVENT_DEEMED_WITHDRAWAL },
		{ "US", "LAPS", "", EVENT_LAPSE_UNPAID },
		{ "US", "PB01", "", EVENT_UNKNOWN },
		{ "EP", "STAA", "STATUS: THE APPLICATION IS DEEMED TO BE WITHDRAWN",
		  EVENT_DEEMED_WITHDRAWAL },
		{ "", "", "公布", EVENT_PUBLICATION },
		{ "", "", "公开", EVENT_PUBLICATION },
		{ "", "", "实质审查的生效", EVENT_EXAMINATION },
		{ "", "", "授权", EVENT_GRANT },
		{ "", "", "公布后的驳回", EVENT_REJECTION },
		{ "", "", "发明专利申请公布后的驳回", EVENT_REJECTION },
		{ "", "", "驳回理由通知", EVENT_EXAMINATION },
		{ "", "", "公布后的视为撤回", EVENT_DEEMED_WITHDRAWAL },
		{ "", "", "发明专利申请公布后的视为撤回", EVENT_DEEMED_WITHDRAWAL },
		{ "", "", "专利申请公布后的撤回", EVENT_WITHDRAWAL },
		{ "", "", "未缴年费专利权终止", EVENT_LAPSE_UNPAID },
		{ "", "", "专利权的终止(未缴年费专利权终止)", EVENT_LAPSE_UNPAID },
		{ "", "", "专利权的终止", EVENT_TERMINATION },
		{ "", "", "专利权有效期届满", EVENT_EXPIRY },
		{ "", "", "避免重复授权放弃专利权", EVENT_ABANDONMENT },
		{ "", "", "视为放弃取得专利权", EVENT_ABANDONMENT },
		{ "", "", "专利权全部无效", EVENT_INVALIDATION },
		{ "", "", "专利权部分无效", EVENT_PARTIAL_INVALIDATION },
		{ "", "", "专利权的转移", EVENT_TRANSFER_PATENT },
		{ "", "", "专利申请权的转移", EVENT_TRANSFER_APPLICATION },
		{ "", "", "专利申请权、专利权的转移", EVENT_TRANSFER },
		{ "", "", "权利转移", EVENT_TRANSFER },
		{ "", "", "专利实施许可合同备案的生效", EVENT_LICENCE },
		{ "", "", "专利实施许可合同备案的注销", EVENT_LICENCE_END },
		{ "", "", "专利实施许可合同备案的变更", EVENT_LICENCE_CHANGE },
		{ "", "", "专利权质押合同登记的生效", EVENT_PLEDGE },
		{ "", "", "专利权质押合同登记的注销", EVENT_PLEDGE_END },
		{ "", "", "专利权的保全", EVENT_PRESERVATION },
		{ "", "", "专利权的保全的解除", EVENT_PRESERVATION_END },
		{ "", "", "专利权人的姓名或者名称、地址的变更", EVENT_NAME_CHANGE },
		{ "", "", "著录事项变更", EVENT_BIBLIOGRAPHY_CHANGE },
		{ "", "", "专利权的视为放弃", EVENT_ABANDONMENT },
		{ "", "", "专利权的恢复", EVENT_RESTORATION },
		{ "", "", "开放许可声明", EVENT_OPEN_LICENCE },
		{ "", "", "复审请求", EVENT_APPEAL },
		{ "", "", "一案双申", EVENT_TWIN_FILING },
		{ "", "", "发明专利公报更正", EVENT_CORRECTION },
		{ "", "", "阿弥陀佛", EVENT_UNKNOWN },
		{ "", "", "", EVENT_UNKNOWN },
		{ "", "", "\xff\xfe", EVENT_UNKNOWN },
		{ "", "ABCDEFGHIJKLMNOP", "", EVENT_UNKNOWN },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		enum event_kind kind = event_kind_of(str_of(rows[i].office), str_of(rows[i].code),
						     str_of(rows[i].text));

		if (kind != rows[i].kind)
			fail_msg("%s %s %s: %s", rows[i].office, rows[i].code, rows[i].text,
				 event_infos[kind].name);
	}
}

static void test_every_kind_has_a_row(void **state)
{
	(void)state;
	for (unsigned kind = 0; kind < EVENT_KIND_COUNT; kind++) {
		assert_true(event_infos[kind].label.zh && event_infos[kind].label.en);
		assert_int_equal(event_kind_find(str_of(event_infos[kind].name)), kind);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_codes_and_words),
		cmocka_unit_test(test_every_kind_has_a_row),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
