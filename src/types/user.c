/* 用户: a person with an account; roles are memberships, credentials belong to auth. */
#include "types/types.h"

static const struct choice titles[] = {
	{ "senior", { "正高级", "Senior" } },
	{ "associate", { "副高级", "Associate senior" } },
	{ "middle", { "中级", "Middle" } },
	{ "junior", { "初级", "Junior" } },
	{ NULL, { NULL, NULL } },
};

static const struct choice qualifications[] = {
	{ "patent_attorney", { "专利代理师", "Patent attorney" } },
	{ "ip_professional", { "知识产权师", "IP professional" } },
	{ "lawyer", { "律师", "Lawyer" } },
	{ "valuer", { "资产评估师", "Valuer" } },
	{ "technology_manager", { "技术经理人", "Technology manager" } },
	{ NULL, { NULL, NULL } },
};

#define CONTACT                                                                                    \
	{                                                                                          \
		"联系方式", "Contact"                                                              \
	}
#define POST                                                                                       \
	{                                                                                          \
		"岗位", "Post"                                                                     \
	}

static const struct field fields[] = {
	[USER_LOGIN] = { .name = "login",
			 .max = 40,
			 .flags = FIELD_REQUIRED | FIELD_UNIQUE_EVERYWHERE | FIELD_LISTED |
				  FIELD_FIXED | FIELD_SEARCHED,
			 .label = { "登录名", "Login" },
			 .help = { "小写字母、数字、点、下划线和连字符",
				   "small letters, digits, dot, underscore, hyphen" } },
	[USER_NAME] = { .name = "name",
			.max = 40,
			.flags = FIELD_REQUIRED | FIELD_LISTED | FIELD_SEARCHED,
			.label = { "姓名", "Name" } },
	[USER_DEPARTMENT] = { .name = "department",
			      .max = 60,
			      .flags = FIELD_LISTED | FIELD_SEARCHED,
			      .label = { "部门", "Department" },
			      .section = POST },
	[USER_POSITION] = { .name = "position",
			    .max = 60,
			    .flags = FIELD_LISTED,
			    .label = { "职务", "Position" },
			    .section = POST },
	[USER_TITLE] = { .name = "title",
			 .kind = FIELD_CHOICE,
			 .choices = titles,
			 .label = { "职称", "Professional title" },
			 .section = POST },
	[USER_QUALIFICATIONS] = { .name = "qualifications",
				  .kind = FIELD_CHOICES,
				  .choices = qualifications,
				  .flags = FIELD_LISTED,
				  .label = { "执业资格", "Qualifications" },
				  .section = POST },
	[USER_IS_FULL_TIME] = { .name = "is_full_time",
				.kind = FIELD_BOOL,
				.flags = FIELD_LISTED,
				.label = { "专职知识产权人员", "Full-time IP staff" },
				.section = POST },
	[USER_SHARE_OF_TIME] = { .name = "share_of_time",
				 .kind = FIELD_INTEGER,
				 .min = 0,
				 .max = 100,
				 .label = { "投入工作时间（%）", "Share of time (%)" },
				 .section = POST },
	[USER_PHONE] = { .name = "phone",
			 .flags = FIELD_SENSITIVE,
			 .max = 30,
			 .label = { "手机号码", "Mobile phone" },
			 .section = CONTACT },
	[USER_EMAIL] = { .name = "email",
			 .flags = FIELD_SENSITIVE,
			 .max = 100,
			 .label = { "电子邮箱", "E-mail" },
			 .section = CONTACT },
	[USER_ID_NUMBER] = { .name = "id_number",
			     .flags = FIELD_SENSITIVE,
			     .max = 30,
			     .label = { "证件号码", "Identity number" },
			     .section = CONTACT },
	[USER_JOINED_ON] = { .name = "joined_on",
			     .kind = FIELD_DATE,
			     .label = { "任职起始日期", "Since" },
			     .section = POST },
	[USER_LEFT_ON] = { .name = "left_on",
			   .kind = FIELD_DATE,
			   .label = { "任职结束日期", "Until" },
			   .section = POST },
	[USER_NOTE] = { .name = "note", .kind = FIELD_LONG_TEXT, .label = { "备注", "Note" } },
};
_Static_assert(sizeof(fields) / sizeof(fields[0]) == USER_FIELD_COUNT, "every field");

static const struct choice states[] = {
	{ "active", { "在用", "Active" } },
	{ "stopped", { "已停用", "Stopped" } },
	{ NULL, { NULL, NULL } },
};

static const struct transition transitions[] = {
	{ .name = "stop",
	  .from = "active",
	  .to = "stopped",
	  .label = { "停用", "Stop" },
	  .wants_comment = true },
	{ .name = "resume", .from = "stopped", .to = "active", .label = { "恢复", "Resume" } },
	{ .name = NULL },
};

#define ADMIN ROLE_BIT(ROLE_SYSTEM_ADMIN)

static const struct grant grants[] = {
	{ .roles = ROLES_CENTRE | ROLE_BIT(ROLE_AGENCY),
	  .action = "read",
	  .scope = SCOPE_ORGANISATION },
	{ .roles = ROLES_ABOVE | ADMIN | ROLE_BIT(ROLE_SECURITY_ADMIN),
	  .action = "read",
	  .scope = SCOPE_BELOW },
	{ .roles = ADMIN, .action = "create", .scope = SCOPE_BELOW },
	{ .roles = ADMIN, .action = "update", .scope = SCOPE_BELOW },
	{ .roles = ROLES_LEADING,
	  .action = "update",
	  .scope = SCOPE_ORGANISATION,
	  .states = ",active," },
	{ .roles = ROLES_LEADING, .action = "unmask", .scope = SCOPE_ORGANISATION },
	{ .roles = ADMIN, .action = "stop", .scope = SCOPE_BELOW },
	{ .roles = ROLE_BIT(ROLE_SECURITY_ADMIN), .action = "stop", .scope = SCOPE_BELOW },
	{ .roles = ADMIN, .action = "resume", .scope = SCOPE_BELOW },
	{ .roles = 0 },
};

static bool validate(const struct record *user, struct record_store *store, struct error *error)
{
	struct str login = str_of(record_text(user, USER_LOGIN));

	(void)store;
	for (size_t i = 0; i < login.size; i++)
		if (!strchr("abcdefghijklmnopqrstuvwxyz0123456789._-", login.data[i]))
			return error_set_field(error, "login", "types.login");
	if (record_is_set(user, USER_LEFT_ON) && record_is_set(user, USER_JOINED_ON) &&
	    record_date(user, USER_LEFT_ON) < record_date(user, USER_JOINED_ON))
		return error_set_field(error, "left_on", "types.end_before_start");
	return true;
}

const struct record_type user_type = {
	.name = "user",
	.clause = "2.1-b",
	.group = "people",
	.label = { "用户", "User" },
	.fields = fields,
	.field_count = USER_FIELD_COUNT,
	.states = states,
	.transitions = transitions,
	.grants = grants,
	.title_field = "name",
	.list_sort = "login",
	.validate = validate,
};
