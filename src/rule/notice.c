#include "rule/deadline.h"

static const struct notice notices[] = {
#include "rule/notices.inc"
};

const struct notice *notice_list(size_t *count_out)
{
	*count_out = sizeof(notices) / sizeof(notices[0]);
	return notices;
}

/* 第N次审查意见通知书: every number from 2 on opens the same period. */
static bool is_later_action(struct str name)
{
	return str_starts_with(name, STR("第")) && str_ends_with(name, STR("次审查意见通知书")) &&
	       !str_equal(name, STR("第一次审查意见通知书")) &&
	       !str_equal(name, STR("第1次审查意见通知书"));
}

const struct notice *notice_find(struct str name)
{
	if (str_equal(name, STR("第1次审查意见通知书")))
		name = STR("第一次审查意见通知书");
	else if (is_later_action(name))
		name = STR("第二次审查意见通知书");
	for (size_t i = 0; i < sizeof(notices) / sizeof(notices[0]); i++)
		if (str_equal(name, str_of(notices[i].zh)) ||
		    str_equal_nocase(name, str_of(notices[i].en)))
			return &notices[i];
	return NULL;
}
