/* What callers give: in the query string, a form or a body, by name. */
#include "api/openapi.h"
#include "record/record_type.h"

#include <string.h>

static const struct parameter parameters[] = {
	{ .name = "If-Match",
	  .kind = PARAMETER_HEADER,
	  .description = { "所见的版本，如 \"7\"", "the version that was seen: \"7\"" } },
	{ .name = "action",
	  .kind = PARAMETER_TEXT,
	  .description = { "操作名称的开头，如 record.",
			   "beginning of an action, such as record." } },
	{ .name = "add",
	  .kind = PARAMETER_TEXTS,
	  .description = { "加入的号码", "numbers to put in" } },
	{ .name = "before",
	  .kind = PARAMETER_DATE,
	  .description = { "只要此日之前公开的", "only what was published before that day" } },
	{ .name = "before.job",
	  .kind = PARAMETER_INTEGER,
	  .description = { "只要编号在此之前的（翻页）",
			   "only jobs before this one: the next page" },
	  .min = 0,
	  .max = INT64_MAX },
	{ .name = "by",
	  .kind = PARAMETER_TEXT,
	  .description = { "统计维度，一个或两个，以逗号分隔",
			   "one or two dimensions joined by a comma" } },
	{ .name = "code",
	  .kind = PARAMETER_TEXT,
	  .description = { "一次性验证码", "code of the second factor" } },
	{ .name = "comment", .kind = PARAMETER_TEXT, .description = { "意见", "comment" } },
	{ .name = "days",
	  .kind = PARAMETER_INTEGER,
	  .description = { "有效天数", "days it is valid" },
	  .min = 1,
	  .max = 3650,
	  .fallback = "90" },
	{ .name = "dry_run",
	  .kind = PARAMETER_CHOICE,
	  .description = { "只检查，不写入", "only check" },
	  .choices = "no yes",
	  .fallback = "no" },
	{ .name = "dry_run.sheet",
	  .kind = PARAMETER_BOOL,
	  .description = { "只检查，不写入", "only check" },
	  .fallback = "false" },
	{ .name = "answer",
	  .kind = PARAMETER_CHOICE,
	  .description = { "回答 JSON，或标注了错误的文件",
			   "JSON, or the file with its errors written in" },
	  .choices = "json file",
	  .fallback = "json" },
	{ .name = "field",
	  .kind = PARAMETER_TEXT,
	  .description = { "技术领域", "field of technology" } },
	{ .name = "field.record",
	  .kind = PARAMETER_TEXT,
	  .description = { "附件字段名", "name of a field that holds a file" } },
	{ .name = "fields",
	  .kind = PARAMETER_OBJECT,
	  .description = { "字段名到值", "values by the names of fields" },
	  .choices = "RecordInput" },
	{ .name = "figure",
	  .kind = PARAMETER_TEXT,
	  .description = { "分析图名称", "name of a figure" } },
	{ .name = "file.id",
	  .kind = PARAMETER_INTEGER,
	  .description = { "附件编号", "number of the attachment" },
	  .min = 1,
	  .max = INT64_MAX },
	{ .name = "file", .kind = PARAMETER_FILE, .description = { "文件", "the file" } },
	{ .name = "filter",
	  .kind = PARAMETER_TEXT,
	  .description = { "筛选条件（docs/records.md）", "conditions, see docs/records.md" } },
	{ .name = "format",
	  .kind = PARAMETER_TEXT,
	  .description = { "来源格式，缺省自动识别", "source format; found out when missing" } },
	{ .name = "format.report",
	  .kind = PARAMETER_CHOICE,
	  .description = { "文件格式", "form of the file" },
	  .choices = "html xlsx docx",
	  .fallback = "html" },
	{ .name = "format.tree",
	  .kind = PARAMETER_CHOICE,
	  .description = { "文件格式", "form of the file" },
	  .choices = "xlsx toml json",
	  .fallback = "xlsx" },
	{ .name = "id",
	  .kind = PARAMETER_INTEGER,
	  .description = { "编号", "number of the record" },
	  .min = 1,
	  .max = INT64_MAX },
	{ .name = "job",
	  .kind = PARAMETER_INTEGER,
	  .description = { "任务编号", "number of the job" },
	  .min = 1,
	  .max = INT64_MAX },
	{ .name = "kind", .kind = PARAMETER_TEXT, .description = { "任务类别", "kind of job" } },
	{ .name = "kind.tree",
	  .kind = PARAMETER_CHOICE,
	  .description = { "分解表类别", "kind of tree" },
	  .choices = "technology effect" },
	{ .name = "language",
	  .kind = PARAMETER_CHOICE,
	  .description = { "回答中文字的语言", "language of the texts in the answer" },
	  .choices = "zh en",
	  .fallback = "zh" },
	{ .name = "limit",
	  .kind = PARAMETER_INTEGER,
	  .description = { "条数", "how many" },
	  .min = 0,
	  .max = 200,
	  .fallback = "20" },
	{ .name = "limit.jobs",
	  .kind = PARAMETER_INTEGER,
	  .description = { "条数", "how many" },
	  .min = 1,
	  .max = 200,
	  .fallback = "50" },
	{ .name = "limit.records",
	  .kind = PARAMETER_INTEGER,
	  .description = { "条数", "how many" },
	  .min = 1,
	  .max = 200,
	  .fallback = "50" },
	{ .name = "limit.refused",
	  .kind = PARAMETER_INTEGER,
	  .description = { "条数", "how many" },
	  .min = 1,
	  .max = 1000,
	  .fallback = "1000" },
	{ .name = "limit.similar",
	  .kind = PARAMETER_INTEGER,
	  .description = { "条数", "how many" },
	  .min = 1,
	  .max = 200,
	  .fallback = "20" },
	{ .name = "login",
	  .kind = PARAMETER_TEXT,
	  .description = { "登录名", "name to log in with" } },
	{ .name = "measure",
	  .kind = PARAMETER_TEXT,
	  .description = { "统计指标，缺省为件数",
			   "measure; the number of documents when missing" } },
	{ .name = "name", .kind = PARAMETER_TEXT, .description = { "名称", "name" } },
	{ .name = "new", .kind = PARAMETER_TEXT, .description = { "新密码", "new password" } },
	{ .name = "nodes",
	  .kind = PARAMETER_OBJECT,
	  .description = { "节点", "nodes" },
	  .choices = "TreeNodes" },
	{ .name = "number",
	  .kind = PARAMETER_TEXT,
	  .description = { "任一种写法的号码", "a number as a person may write it" } },
	{ .name = "numbers",
	  .kind = PARAMETER_TEXT,
	  .description = { "号码，以逗号分隔", "numbers joined by commas" } },
	{ .name = "office",
	  .kind = PARAMETER_TEXT,
	  .description = { "未写国别的号码的国别，如 CN",
			   "the office of numbers that do not name it, such as CN" } },
	{ .name = "offset",
	  .kind = PARAMETER_INTEGER,
	  .description = { "跳过的条数", "how many to pass over" },
	  .min = 0,
	  .max = 100000,
	  .fallback = "0" },
	{ .name = "old", .kind = PARAMETER_TEXT, .description = { "原密码", "old password" } },
	{ .name = "open",
	  .kind = PARAMETER_CHOICE,
	  .description = { "只要未结束的", "only those that have not ended" },
	  .choices = "no yes",
	  .fallback = "no" },
	{ .name = "organisation",
	  .kind = PARAMETER_INTEGER,
	  .description = { "归属机构（缺省为本机构）",
			   "whose it is; the own organisation when missing" },
	  .min = 1,
	  .max = INT64_MAX },
	{ .name = "page",
	  .kind = PARAMETER_TEXT,
	  .description = { "上一页的 next", "next of the page before" } },
	{ .name = "partial",
	  .kind = PARAMETER_BOOL,
	  .description = { "有错误的行之外照常写入", "rows without errors are kept all the same" },
	  .fallback = "false" },
	{ .name = "password", .kind = PARAMETER_TEXT, .description = { "密码", "password" } },
	{ .name = "purpose",
	  .kind = PARAMETER_TEXT,
	  .description = { "建库目的", "what it is for" } },
	{ .name = "query",
	  .kind = PARAMETER_TEXT,
	  .description = { "检索式（docs/query.md），缺省为全部",
			   "query, see docs/query.md; everything when missing" } },
	{ .name = "query.saved",
	  .kind = PARAMETER_TEXT,
	  .description = { "检索式（docs/query.md）", "query, see docs/query.md" } },
	{ .name = "remove",
	  .kind = PARAMETER_TEXTS,
	  .description = { "移出的号码", "numbers to take out" } },
	{ .name = "scopes",
	  .kind = PARAMETER_TEXT,
	  .description = { "权限范围，如 *.read", "what it may do, such as *.read" } },
	{ .name = "search",
	  .kind = PARAMETER_TEXT,
	  .description = { "在可检索字段中查找的文字", "text looked for in the searched fields" } },
	{ .name = "sort",
	  .kind = PARAMETER_CHOICE,
	  .description = { "排序", "order" },
	  .choices = "relevance filed published cited",
	  .fallback = "relevance" },
	{ .name = "sort.records",
	  .kind = PARAMETER_TEXT,
	  .description = { "排序字段，倒序前加 -",
			   "field to sort by; - before it turns the order" } },
	{ .name = "step",
	  .kind = PARAMETER_TEXT,
	  .description = { "办理动作", "step of the workflow" } },
	{ .name = "text", .kind = PARAMETER_TEXT, .description = { "文字", "text" } },
	{ .name = "title", .kind = PARAMETER_TEXT, .description = { "标题", "title" } },
	{ .name = "token",
	  .kind = PARAMETER_INTEGER,
	  .description = { "令牌编号", "number of the token" },
	  .min = 1,
	  .max = INT64_MAX },
	{ .name = "top",
	  .kind = PARAMETER_INTEGER,
	  .description = { "每个维度最多取值数，0 为不限", "most values of a dimension; 0: all" },
	  .min = 0,
	  .max = 10000,
	  .fallback = "0" },
	{ .name = "topic",
	  .kind = PARAMETER_TEXT,
	  .description = { "专题名称", "name of a topic" } },
	{ .name = "topic.id",
	  .kind = PARAMETER_INTEGER,
	  .description = { "专题编号", "number of the topic" },
	  .min = 1,
	  .max = INT64_MAX },
	{ .name = "total",
	  .kind = PARAMETER_BOOL,
	  .description = { "同时给出总数", "with the number of all" },
	  .fallback = "false" },
	{ .name = "type",
	  .kind = PARAMETER_RECORD_TYPE,
	  .description = { "记录类型", "type of record" } },
	{ .name = "unit",
	  .kind = PARAMETER_CHOICE,
	  .description = { "计数单位", "what is counted" },
	  .choices = "application family publication",
	  .fallback = "application" },
	{ .name = "unit.search",
	  .kind = PARAMETER_CHOICE,
	  .description = { "计数单位", "what hits are" },
	  .choices = "application family",
	  .fallback = "application" },
	{ .name = "version",
	  .kind = PARAMETER_INTEGER,
	  .description = { "所见的版本（或 If-Match）",
			   "the version that was seen, where not in If-Match" },
	  .min = 1,
	  .max = INT64_MAX },
	{ .name = "account",
	  .kind = PARAMETER_INTEGER,
	  .description = { "账号编号", "number of the account" },
	  .min = 1,
	  .max = INT64_MAX },
	{ .name = "after",
	  .kind = PARAMETER_INTEGER,
	  .description = { "上一页的 next", "next of the page before" },
	  .min = 0,
	  .max = INT64_MAX },
	{ .name = "before.event",
	  .kind = PARAMETER_INTEGER,
	  .description = { "只要在此之前的（翻页）", "only those before it: the next page" },
	  .min = 0,
	  .max = INT64_MAX },
	{ .name = "from",
	  .kind = PARAMETER_DATE,
	  .description = { "自此日起", "from that day on" } },
	{ .name = "to",
	  .kind = PARAMETER_DATE,
	  .description = { "到此日止（含）", "up to that day" } },
	{ .name = "user",
	  .kind = PARAMETER_INTEGER,
	  .description = { "用户编号", "number of the user" },
	  .min = 0,
	  .max = INT64_MAX },
	{ .name = "user_id",
	  .kind = PARAMETER_INTEGER,
	  .description = { "用户编号", "number of the user" },
	  .min = 1,
	  .max = INT64_MAX },
	{ .name = "session",
	  .kind = PARAMETER_INTEGER,
	  .description = { "会话编号", "number of the session" },
	  .min = 1,
	  .max = INT64_MAX },
	{ .name = "organisation_id",
	  .kind = PARAMETER_INTEGER,
	  .description = { "机构编号", "number of the organisation" },
	  .min = 1,
	  .max = INT64_MAX },
	{ .name = "subject",
	  .kind = PARAMETER_TEXT,
	  .description = { "对象开头，如 account/",
			   "beginning of what it was done to, such as account/" } },
	{ .name = "limit.audit",
	  .kind = PARAMETER_INTEGER,
	  .description = { "条数", "how many" },
	  .min = 1,
	  .max = 1000,
	  .fallback = "100" },
};

const struct parameter *parameter_find(struct str name)
{
	for (size_t i = 0; i < sizeof(parameters) / sizeof(parameters[0]); i++)
		if (str_equal_cstr(name, parameters[i].name))
			return &parameters[i];
	return NULL;
}

static void write_range(const struct parameter *parameter, struct jsonout *json)
{
	int64_t fallback;

	jsonout_member_integer(json, "minimum", parameter->min);
	if (parameter->max != INT64_MAX)
		jsonout_member_integer(json, "maximum", parameter->max);
	if (parameter->fallback && str_to_int64(str_of(parameter->fallback), &fallback))
		jsonout_member_integer(json, "default", fallback);
}

static void write_choices(const struct parameter *parameter, struct jsonout *json)
{
	struct str rest = str_of(parameter->choices), choice;

	jsonout_key(json, "enum");
	jsonout_array_begin(json);
	while (str_split(&rest, STR(" "), &choice))
		jsonout_str(json, choice);
	jsonout_array_end(json);
	if (parameter->fallback)
		jsonout_member_cstr(json, "default", parameter->fallback);
}

static void write_record_types(struct jsonout *json)
{
	jsonout_key(json, "enum");
	jsonout_array_begin(json);
	for (const struct record_type *const *type = record_types; *type; type++)
		jsonout_cstr(json, (*type)->name);
	jsonout_array_end(json);
}

static void write_items(struct jsonout *json)
{
	jsonout_key(json, "items");
	jsonout_object_begin(json);
	jsonout_member_cstr(json, "type", "string");
	jsonout_object_end(json);
}

static const char *const types[] = {
	[PARAMETER_TEXT] = "string",   [PARAMETER_INTEGER] = "integer",
	[PARAMETER_CHOICE] = "string", [PARAMETER_DATE] = "string",
	[PARAMETER_BOOL] = "boolean",  [PARAMETER_TEXTS] = "array",
	[PARAMETER_FILE] = "string",   [PARAMETER_RECORD_TYPE] = "string",
	[PARAMETER_HEADER] = "string",
};

void parameter_write_schema(const struct parameter *parameter, struct jsonout *json)
{
	jsonout_object_begin(json);
	if (parameter->kind == PARAMETER_OBJECT)
		openapi_write_reference(json, parameter->choices);
	else
		jsonout_member_cstr(json, "type", types[parameter->kind]);
	if (parameter->kind == PARAMETER_INTEGER)
		write_range(parameter, json);
	else if (parameter->kind == PARAMETER_CHOICE)
		write_choices(parameter, json);
	else if (parameter->kind == PARAMETER_TEXT && parameter->max)
		jsonout_member_integer(json, "maxLength", parameter->max);
	else if (parameter->kind == PARAMETER_DATE)
		jsonout_member_cstr(json, "format", "date");
	else if (parameter->kind == PARAMETER_BOOL && parameter->fallback)
		jsonout_member_bool(json, "default", strcmp(parameter->fallback, "true") == 0);
	else if (parameter->kind == PARAMETER_TEXTS)
		write_items(json);
	else if (parameter->kind == PARAMETER_FILE)
		jsonout_member_cstr(json, "contentMediaType", "application/octet-stream");
	else if (parameter->kind == PARAMETER_RECORD_TYPE)
		write_record_types(json);
	jsonout_object_end(json);
}
