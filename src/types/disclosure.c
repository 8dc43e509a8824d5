/*
 * 技术交底书: what an inventor hands in (clause 2.5-c). It is submitted when it is complete enough, searched
 * for, scored by people who did not invent it, and decided about: file, improve, hold, drop or secret.
 */
#include "rule/deadline.h"
#include "rule/evaluation.h"
#include "types/types_internal.h"

static const struct choice secrecies[] = {
	{ "ordinary", { "一般", "Ordinary" } },
	{ "confidential", { "商业秘密", "Trade secret" } },
	{ "security", { "可能涉及国家安全或者重大利益", "May concern national security" } },
	{ NULL, { NULL, NULL } },
};

/* Names as evaluation_decisions[]. */
static const struct choice decisions[] = {
	{ "none", { "未形成建议", "None" } },
	{ "file", { "申请", "File" } },
	{ "improve", { "优化后申请", "Improve, then file" } },
	{ "hold", { "暂缓", "Hold" } },
	{ "drop", { "不申请", "Do not file" } },
	{ "secret", { "技术秘密", "Keep as a trade secret" } },
	{ NULL, { NULL, NULL } },
};

#define PEOPLE                                                                                     \
	{                                                                                          \
		"发明人", "Inventors"                                                              \
	}
#define PROBLEM                                                                                    \
	{                                                                                          \
		"背景与问题", "Background and problem"                                             \
	}
#define SOLUTION                                                                                   \
	{                                                                                          \
		"技术方案", "Solution"                                                             \
	}
#define PROTECTION                                                                                 \
	{                                                                                          \
		"保护诉求", "Protection wanted"                                                    \
	}
#define OTHER                                                                                      \
	{                                                                                          \
		"公开与关联", "Publicity and related"                                              \
	}
#define SEARCH                                                                                     \
	{                                                                                          \
		"查新与评估安排", "Search and evaluators"                                          \
	}
#define DECISION                                                                                   \
	{                                                                                          \
		"评估与决定", "Evaluation and decision"                                            \
	}

static const struct field fields[] = {
	[DISCLOSURE_CODE] = { .name = "code",
			      .max = 40,
			      .flags = FIELD_COMPUTED | FIELD_LISTED | FIELD_SEARCHED,
			      .label = { "提案编号", "Code" } },
	[DISCLOSURE_TITLE] = { .name = "title",
			       .flags = FIELD_REQUIRED | FIELD_LISTED | FIELD_SEARCHED,
			       .label = { "发明名称", "Title" } },
	[DISCLOSURE_KEY_FIELD] = { .name = "key_field_id",
				   .kind = FIELD_REF,
				   .ref = "key_field",
				   .flags = FIELD_REQUIRED | FIELD_INDEXED | FIELD_LISTED,
				   .label = { "重点技术领域", "Key field" } },
	[DISCLOSURE_PROJECT] = { .name = "project_id",
				 .kind = FIELD_REF,
				 .ref = "rd_project",
				 .flags = FIELD_INDEXED | FIELD_LISTED,
				 .label = { "研发项目", "Project" } },
	[DISCLOSURE_SESSION] = { .name = "session_id",
				 .kind = FIELD_REF,
				 .ref = "mining_session",
				 .flags = FIELD_INDEXED,
				 .label = { "专利挖掘", "Mining session" } },
	[DISCLOSURE_TECHNICAL_FIELD] = { .name = "technical_field",
					 .label = { "技术领域", "Field of technology" } },
	[DISCLOSURE_FUNDING] = { .name = "funding",
				 .label = { "合同或经费来源", "Contract or funding" } },
	[DISCLOSURE_SECRECY] = { .name = "secrecy",
				 .kind = FIELD_CHOICE,
				 .choices = secrecies,
				 .flags = FIELD_REQUIRED | FIELD_LISTED,
				 .label = { "保密等级", "Secrecy" } },
	[DISCLOSURE_INVENTORS] = { .name = "inventors",
				   .kind = FIELD_REFS,
				   .ref = "user",
				   .flags = FIELD_REQUIRED | FIELD_LISTED,
				   .label = { "发明人", "Inventors" },
				   .section = PEOPLE,
				   .help = { "仅列对实质性特点作出创造性贡献的人",
					     "only who contributed to what is inventive" } },
	[DISCLOSURE_SHARES] = { .name = "shares",
				.kind = FIELD_LONG_TEXT,
				.max = 1000,
				.label = { "贡献份额（%）", "Shares (%)" },
				.section = PEOPLE,
				.help = { "每人一项，含外单位人员，合计100，如：张三 60；李四 40",
					  "one a person, those outside too, 100 together: A 60; B "
					  "40" } },
	[DISCLOSURE_IS_SERVICE] = { .name = "is_service",
				    .kind = FIELD_BOOL,
				    .label = { "职务发明", "Service invention" },
				    .section = PEOPLE },
	[DISCLOSURE_FORMER_STAFF] = { .name = "former_staff",
				      .kind = FIELD_LONG_TEXT,
				      .max = 2000,
				      .label = { "离职一年内及外单位人员",
						 "Left within a year, or from outside" },
				      .section = PEOPLE,
				      .help = { "姓名、原单位、离职日期及权属约定",
						"name, employer, day of leaving, agreement" } },
	[DISCLOSURE_BACKGROUND] = { .name = "background",
				    .kind = FIELD_LONG_TEXT,
				    .label = { "背景技术", "Background" },
				    .section = PROBLEM },
	[DISCLOSURE_CLOSEST_ART] = { .name = "closest_art",
				     .kind = FIELD_LONG_TEXT,
				     .label = { "最接近的现有技术", "Closest prior art" },
				     .section = PROBLEM,
				     .help = { "写明文献号", "with numbers of documents" } },
	[DISCLOSURE_PROBLEM] = { .name = "problem",
				 .kind = FIELD_LONG_TEXT,
				 .label = { "现有技术缺陷与要解决的技术问题", "Problem to solve" },
				 .section = PROBLEM },
	[DISCLOSURE_SOLUTION] = { .name = "solution",
				  .kind = FIELD_LONG_TEXT,
				  .label = { "技术方案", "Solution" },
				  .section = SOLUTION,
				  .help = { "整体方案、组成与连接关系、步骤、参数及范围",
					    "scheme, parts and connections, steps, parameters with "
					    "ranges" } },
	[DISCLOSURE_ESSENTIAL] = { .name = "essential",
				   .kind = FIELD_LONG_TEXT,
				   .label = { "必要技术特征", "Essential features" },
				   .section = SOLUTION },
	[DISCLOSURE_VARIANTS] = { .name = "variants",
				  .kind = FIELD_LONG_TEXT,
				  .label = { "可选特征与替代方案", "Options and variants" },
				  .section = SOLUTION },
	[DISCLOSURE_IS_SOFTWARE] = { .name = "is_software",
				     .kind = FIELD_BOOL,
				     .label = { "涉及人工智能或软件",
						"Artificial intelligence or software" },
				     .section = SOLUTION },
	[DISCLOSURE_SOFTWARE] = { .name = "software",
				  .kind = FIELD_LONG_TEXT,
				  .label = { "模型与算法说明", "Model and algorithm" },
				  .section = SOLUTION,
				  .help = { "模块、层次与连接，训练步骤与参数，输入输出关系",
					    "modules, layers and connections, training, input and "
					    "output" } },
	[DISCLOSURE_EFFECTS] = { .name = "effects",
				 .kind = FIELD_LONG_TEXT,
				 .label = { "有益效果", "Effects" },
				 .section = SOLUTION,
				 .help = { "逐项对应技术特征并说明原因",
					   "of each feature, and why" } },
	[DISCLOSURE_TEST_DATA] = { .name = "test_data",
				   .kind = FIELD_LONG_TEXT,
				   .label = { "试验数据与对比", "Test data and comparison" },
				   .section = SOLUTION },
	[DISCLOSURE_EMBODIMENTS] = { .name = "embodiments",
				     .kind = FIELD_LONG_TEXT,
				     .label = { "具体实施方式", "Embodiments" },
				     .section = SOLUTION,
				     .help = { "范围较宽时不少于两个，含端值和中间值",
					       "two or more for broad features, with end values "
					       "and middle" } },
	[DISCLOSURE_FIGURES] = { .name = "figures",
				 .kind = FIELD_LONG_TEXT,
				 .label = { "附图说明与附图标记", "Figures and reference signs" },
				 .section = SOLUTION },
	[DISCLOSURE_MATERIAL] = { .name = "material",
				  .kind = FIELD_FILE,
				  .label = { "交底书正文及附图", "Full text and drawings" },
				  .section = SOLUTION },
	[DISCLOSURE_GOALS] = { .name = "goals",
			       .kind = FIELD_LONG_TEXT,
			       .label = { "保护目标", "What to protect" },
			       .section = PROTECTION,
			       .help = { "对应产品、竞争对手和防范对象",
					 "products, competitors" } },
	[DISCLOSURE_PATENT_TYPE] = { .name = "patent_type",
				     .kind = FIELD_CHOICE,
				     .choices = types_patents,
				     .label = { "拟申请类型", "Type of patent" },
				     .section = PROTECTION,
				     .help = { "不填为发明", "empty: invention" } },
	[DISCLOSURE_COUNTRIES] = { .name = "countries",
				   .label = { "拟申请国家（地区）", "Countries" },
				   .section = PROTECTION,
				   .help = { "国家或地区代码，以逗号分隔，如 CN,US,EP",
					     "codes separated by commas: CN,US,EP" } },
	[DISCLOSURE_WANTED_ON] = { .name = "wanted_on",
				   .kind = FIELD_DATE,
				   .flags = FIELD_LISTED | FIELD_INDEXED,
				   .label = { "希望申请日期", "To be filed by" },
				   .section = PROTECTION },
	[DISCLOSURE_PUBLICITY] = { .name = "publicity",
				   .kind = FIELD_LONG_TEXT,
				   .label = { "公开情况", "Publicity" },
				   .section = OTHER,
				   .help = { "论文、展会、销售、标准草案、答辩及日期；没有则填“无”",
					     "papers, fairs, sales, drafts of standards, dates; "
					     "none: say so" } },
	[DISCLOSURE_PUBLIC_ON] = { .name = "public_on",
				   .kind = FIELD_DATE,
				   .label = { "最早公开日期", "First made public on" },
				   .section = OTHER },
	[DISCLOSURE_GRACE_UNTIL] = { .name = "grace_until",
				     .kind = FIELD_DATE,
				     .flags = FIELD_COMPUTED | FIELD_LISTED,
				     .label = { "宽限期届满日", "End of the grace period" },
				     .section = OTHER,
				     .help = { "专利法第二十四条情形适用",
					       "in the cases of art. 24 of the Patent Law" } },
	[DISCLOSURE_RELATED] = { .name = "related",
				 .kind = FIELD_LONG_TEXT,
				 .label = { "关联申请与第三方成果",
					    "Related filings, third parties" },
				 .section = OTHER,
				 .help = { "12个月内的在先申请、开源与第三方组件；没有则填“无”",
					   "own filings of 12 months, open source; none: say "
					   "so" } },
	[DISCLOSURE_FIRST_FILED_ON] = { .name = "first_filed_on",
					.kind = FIELD_DATE,
					.label = { "在先申请日", "First filing on" },
					.section = OTHER },
	[DISCLOSURE_PRIORITY_UNTIL] = { .name = "priority_until",
					.kind = FIELD_DATE,
					.flags = FIELD_COMPUTED | FIELD_LISTED,
					.label = { "优先权期限届满日", "End of the priority year" },
					.section = OTHER },
	[DISCLOSURE_SPECIAL] = { .name = "special",
				 .kind = FIELD_LONG_TEXT,
				 .max = 4000,
				 .label = { "生物保藏、遗传资源与序列",
					    "Deposits, genetic resources, sequences" },
				 .section = OTHER },
	[DISCLOSURE_COMPLETENESS] = { .name = "completeness",
				      .kind = FIELD_INTEGER,
				      .flags = FIELD_COMPUTED | FIELD_LISTED,
				      .label = { "完整度（%）", "Completeness (%)" } },
	[DISCLOSURE_MISSING] = { .name = "missing",
				 .kind = FIELD_LONG_TEXT,
				 .flags = FIELD_COMPUTED,
				 .label = { "尚缺内容", "Missing" } },
	[DISCLOSURE_SEARCH_QUERY] = { .name = "search_query",
				      .kind = FIELD_LONG_TEXT,
				      .label = { "查新检索式", "Query" },
				      .section = SEARCH },
	[DISCLOSURE_SEARCH_DATABASES] = { .name = "search_databases",
					  .label = { "检索数据库", "Databases" },
					  .section = SEARCH },
	[DISCLOSURE_SEARCH_HITS] = { .name = "search_hits",
				     .kind = FIELD_INTEGER,
				     .min = 0,
				     .max = 1000000000,
				     .label = { "命中文献量", "Documents found" },
				     .section = SEARCH },
	[DISCLOSURE_SEARCHED_ON] = { .name = "searched_on",
				     .kind = FIELD_DATE,
				     .label = { "检索日期", "Searched on" },
				     .section = SEARCH },
	[DISCLOSURE_FEATURES] = { .name = "features",
				  .kind = FIELD_LONG_TEXT,
				  .label = { "特征对比表", "Feature chart" },
				  .section = SEARCH,
				  .help = { "各特征与对比文件：相同、相近、未见、不确定",
					    "each feature and document: same, near, not found, "
					    "unsure" } },
	[DISCLOSURE_EVALUATORS] = { .name = "evaluators",
				    .kind = FIELD_REFS,
				    .ref = "user",
				    .label = { "评估人", "Evaluators" },
				    .section = SEARCH,
				    .help = { "两人以上，不得为发明人",
					      "two or more, no inventor" } },
	[DISCLOSURE_ROUND] = { .name = "round",
			       .kind = FIELD_INTEGER,
			       .flags = FIELD_COMPUTED,
			       .label = { "评估轮次", "Round" },
			       .section = DECISION },
	[DISCLOSURE_EVALUATOR_COUNT] = { .name = "evaluator_count",
					 .kind = FIELD_INTEGER,
					 .flags = FIELD_COMPUTED,
					 .label = { "完成评估人数", "Evaluators done" },
					 .section = DECISION },
	[DISCLOSURE_SCORE] = { .name = "score",
			       .kind = FIELD_DECIMAL,
			       .scale = 1,
			       .flags = FIELD_COMPUTED | FIELD_LISTED,
			       .label = { "评估得分", "Score" },
			       .section = DECISION },
	[DISCLOSURE_PROPOSAL] = { .name = "proposal",
				  .kind = FIELD_CHOICE,
				  .choices = decisions,
				  .flags = FIELD_COMPUTED | FIELD_LISTED,
				  .label = { "评估建议", "Proposed" },
				  .section = DECISION },
	[DISCLOSURE_DECISION] = { .name = "decision",
				  .kind = FIELD_CHOICE,
				  .choices = decisions,
				  .flags = FIELD_COMPUTED | FIELD_LISTED | FIELD_INDEXED,
				  .label = { "决定", "Decision" },
				  .section = DECISION },
	[DISCLOSURE_DECIDED_ON] = { .name = "decided_on",
				    .kind = FIELD_DATE,
				    .flags = FIELD_COMPUTED | FIELD_LISTED,
				    .label = { "决定日期", "Decided on" },
				    .section = DECISION },
	[DISCLOSURE_AGENCY] = { .name = "agency_id",
				.kind = FIELD_ORGANISATION,
				.flags = FIELD_INDEXED | FIELD_LISTED,
				.label = { "代理机构", "Agency" },
				.section = DECISION },
	[DISCLOSURE_CLEARED_ON] = { .name = "cleared_on",
				    .kind = FIELD_DATE,
				    .label = { "保密审查通过日期", "Cleared for filing abroad on" },
				    .section = DECISION,
				    .help = { "向外国申请专利前须通过保密审查",
					      "the examination before any filing abroad" } },
	[DISCLOSURE_FILED_ON] = { .name = "filed_on",
				  .kind = FIELD_DATE,
				  .flags = FIELD_COMPUTED | FIELD_LISTED,
				  .label = { "递交日期", "Filed on" },
				  .section = DECISION },
};
_Static_assert(sizeof(fields) / sizeof(fields[0]) == DISCLOSURE_FIELD_COUNT, "every field");

static const struct choice states[] = {
	{ "draft", { "草稿", "Draft" } },
	{ "submitted", { "已提交", "Submitted" } },
	{ "searching", { "检索中", "Being searched" } },
	{ "evaluating", { "评估中", "Being evaluated" } },
	{ "improving", { "优化中", "Being improved" } },
	{ "held", { "暂缓", "Held" } },
	{ "declined", { "不申请", "Declined" } },
	{ "secret", { "技术秘密", "Trade secret" } },
	{ "approved", { "决定申请", "To be filed" } },
	{ "drafting", { "撰写中", "Being drafted" } },
	{ "final", { "已定稿", "Final" } },
	{ "filed", { "已递交", "Filed" } },
	{ NULL, { NULL, NULL } },
};

/* ---- Steps. */
static bool begin_round(struct record *disclosure, struct record_store *store, struct error *error)
{
	static const size_t results[] = { DISCLOSURE_EVALUATOR_COUNT, DISCLOSURE_SCORE,
					  DISCLOSURE_PROPOSAL, DISCLOSURE_DECISION,
					  DISCLOSURE_DECIDED_ON };

	for (size_t i = 0; i < sizeof(results) / sizeof(results[0]); i++)
		record_clear(disclosure, results[i]);
	record_set_integer(disclosure, DISCLOSURE_ROUND,
			   record_integer(disclosure, DISCLOSURE_ROUND) + 1);
	return evaluation_end(disclosure, store, error);
}

static bool was_searched(const struct record *disclosure, struct record_store *store,
			 struct error *error)
{
	const char *evaluators = record_text(disclosure, DISCLOSURE_EVALUATORS);
	int commas = 0;

	(void)store;
	for (; *evaluators; evaluators++)
		commas += *evaluators == ',';
	if (!REQUIRE(disclosure, error, DISCLOSURE_SEARCH_QUERY, DISCLOSURE_SEARCH_DATABASES,
		     DISCLOSURE_SEARCH_HITS, DISCLOSURE_SEARCHED_ON, DISCLOSURE_FEATURES))
		return false;
	if (commas <= EVALUATORS_MIN) /* one more than there are names */
		return error_set_field(error, "evaluators", "types.few_evaluators");
	return true;
}

static bool ask_evaluators(struct record *disclosure, struct record_store *store,
			   struct error *error)
{
	return evaluation_begin(disclosure, store, error);
}

static bool was_evaluated(const struct record *disclosure, struct record_store *store,
			  struct error *error)
{
	(void)store;
	if (record_integer(disclosure, DISCLOSURE_EVALUATOR_COUNT) < EVALUATORS_MIN ||
	    !record_is_set(disclosure, DISCLOSURE_PROPOSAL))
		return error_set_field(error, "score", "types.not_evaluated");
	return true;
}

/* The decision is the state reached. */
static bool set_decision(struct record *disclosure, struct record_store *store, struct error *error)
{
	static const char *const by_state[][2] = { { "approved", "file" },
						   { "improving", "improve" },
						   { "held", "hold" },
						   { "declined", "drop" },
						   { "secret", "secret" } };

	(void)error;
	for (size_t i = 0; i < sizeof(by_state) / sizeof(by_state[0]); i++)
		if (strcmp(disclosure->state, by_state[i][0]) == 0)
			record_set_text(store, disclosure, DISCLOSURE_DECISION,
					str_of(by_state[i][1]));
	record_set_date(store, disclosure, DISCLOSURE_DECIDED_ON, store->today);
	return true;
}

static bool has_agency(const struct record *disclosure, struct record_store *store,
		       struct error *error)
{
	(void)store;
	return REQUIRE(disclosure, error, DISCLOSURE_AGENCY);
}

static bool has_confirmed_draft(const struct record *disclosure, struct record_store *store,
				struct error *error)
{
	const struct value id = { .integer = disclosure->id };
	struct record **drafts;
	size_t count;

	if (!record_load_where(store, &draft_type, DRAFT_DISCLOSURE, &id, &drafts, &count, error))
		return false;
	for (size_t i = 0; i < count; i++)
		if (strcmp(drafts[i]->state, "confirmed") == 0)
			return true;
	return error_set(error, ERROR_INVALID, "types.no_confirmed_draft", "%s", "");
}

/*
 * Nothing made in China is filed abroad before the secrecy examination (Patent Law art. 19), and no
 * priority is claimed when its year is over (art. 29).
 */
static bool may_file(const struct record *disclosure, struct record_store *store,
		     struct error *error)
{
	if (types_is_abroad(str_of(record_text(disclosure, DISCLOSURE_COUNTRIES))) &&
	    !record_is_set(disclosure, DISCLOSURE_CLEARED_ON))
		return error_set_field(error, "cleared_on", "types.not_cleared");
	if (record_is_set(disclosure, DISCLOSURE_PRIORITY_UNTIL) &&
	    store->today > record_date(disclosure, DISCLOSURE_PRIORITY_UNTIL))
		return error_set_field(error, "first_filed_on", "types.priority_over");
	return true;
}

static bool set_filed(struct record *disclosure, struct record_store *store, struct error *error)
{
	record_set_date(store, disclosure, DISCLOSURE_FILED_ON, store->today);
	return case_file(disclosure, store, error);
}

#define DECIDE(name_, to_, zh_, en_)                                                               \
	{                                                                                          \
		.name = name_, .from = "evaluating", .to = to_, .label = { zh_, en_ },             \
		.guard = was_evaluated, .effect = set_decision, .is_task = true,                   \
		.wants_comment = true                                                              \
	}

static const struct transition transitions[] = {
	{ .name = "submit",
	  .from = "draft",
	  .to = "submitted",
	  .label = { "提交", "Submit" },
	  .guard = disclosure_is_complete,
	  .effect = begin_round },
	{ .name = "submit",
	  .from = "improving",
	  .to = "submitted",
	  .label = { "优化后提交", "Submit again" },
	  .guard = disclosure_is_complete,
	  .effect = begin_round,
	  .is_task = true },
	{ .name = "return",
	  .from = "submitted",
	  .to = "draft",
	  .label = { "形式退回", "Return" },
	  .is_task = true,
	  .wants_comment = true },
	{ .name = "accept",
	  .from = "submitted",
	  .to = "searching",
	  .label = { "受理并检索", "Accept and search" },
	  .is_task = true },
	{ .name = "evaluate",
	  .from = "searching",
	  .to = "evaluating",
	  .label = { "提交评估", "Have it evaluated" },
	  .guard = was_searched,
	  .effect = ask_evaluators,
	  .is_task = true },
	DECIDE("decide_file", "approved", "决定申请", "File"),
	DECIDE("decide_improve", "improving", "优化后申请", "Improve, then file"),
	DECIDE("decide_hold", "held", "暂缓", "Hold"),
	DECIDE("decide_drop", "declined", "不申请", "Do not file"),
	DECIDE("decide_secret", "secret", "作为技术秘密", "Keep as a trade secret"),
	{ .name = "resume",
	  .from = "held",
	  .to = "improving",
	  .label = { "恢复办理", "Resume" },
	  .wants_comment = true },
	{ .name = "commission",
	  .from = "approved",
	  .to = "drafting",
	  .label = { "委托撰写", "Have it drafted" },
	  .guard = has_agency,
	  .is_task = true },
	{ .name = "finalise",
	  .from = "drafting",
	  .to = "final",
	  .label = { "定稿", "Finalise" },
	  .guard = has_confirmed_draft,
	  .is_task = true },
	{ .name = "file",
	  .from = "final",
	  .to = "filed",
	  .label = { "登记递交", "Record as filed" },
	  .guard = may_file,
	  .effect = set_filed,
	  .is_task = true },
	{ .name = NULL },
};

#define SUBMITTED                                                                                  \
	",submitted,searching,evaluating,improving,held,declined,secret,approved,drafting,final,"  \
	"filed,"
/* Bureaus see that there is an invention and where it stands, not what it is. */
#define CONTENT                                                                                    \
	",former_staff,background,closest_art,problem,solution,essential,variants,software,"       \
	"effects,"                                                                                 \
	"test_data,embodiments,figures,material,goals,publicity,related,special,search_query,"     \
	"features,"

static const struct grant grants[] = {
	{ .roles = RESEARCHER, .action = "read", .scope = SCOPE_OWN },
	{ .roles = ROLES_CENTRE, .action = "read", .scope = SCOPE_ASSIGNED, .field = "inventors" },
	{ .roles = ROLES_CENTRE,
	  .action = "read",
	  .scope = SCOPE_ASSIGNED,
	  .field = "evaluators",
	  .states = SUBMITTED },
	{ .roles = ROLES_LEADING, .action = "read", .scope = SCOPE_ORGANISATION },
	{ .roles = AGENCY,
	  .action = "read",
	  .scope = SCOPE_ASSIGNED,
	  .field = "agency_id",
	  .states = ",drafting,final,filed,",
	  .hides = ",evaluators,score,proposal,evaluator_count," },
	{ .roles = ROLES_ABOVE,
	  .action = "read",
	  .scope = SCOPE_BELOW,
	  .states = SUBMITTED,
	  .hides = CONTENT },
	{ .roles = MANAGER | RESEARCHER, .action = "create", .scope = SCOPE_ORGANISATION },
	{ .roles = RESEARCHER,
	  .action = "update",
	  .scope = SCOPE_OWN,
	  .states = ",draft,improving," },
	{ .roles = RESEARCHER,
	  .action = "update",
	  .scope = SCOPE_ASSIGNED,
	  .field = "inventors",
	  .states = ",draft,improving," },
	{ .roles = MANAGER,
	  .action = "update",
	  .scope = SCOPE_ORGANISATION,
	  .states = ",draft,searching,improving,approved,drafting,final," },
	{ .roles = RESEARCHER, .action = "delete", .scope = SCOPE_OWN, .states = ",draft," },
	{ .roles = MANAGER, .action = "delete", .scope = SCOPE_ORGANISATION, .states = ",draft," },
	{ .roles = RESEARCHER, .action = "submit", .scope = SCOPE_OWN },
	{ .roles = MANAGER, .action = "submit", .scope = SCOPE_ORGANISATION },
	{ .roles = MANAGER, .action = "return", .scope = SCOPE_ORGANISATION },
	{ .roles = MANAGER, .action = "accept", .scope = SCOPE_ORGANISATION },
	{ .roles = MANAGER, .action = "evaluate", .scope = SCOPE_ORGANISATION },
	{ .roles = DIRECTOR, .action = "decide_file", .scope = SCOPE_ORGANISATION },
	{ .roles = DIRECTOR, .action = "decide_improve", .scope = SCOPE_ORGANISATION },
	{ .roles = DIRECTOR, .action = "decide_hold", .scope = SCOPE_ORGANISATION },
	{ .roles = DIRECTOR, .action = "decide_drop", .scope = SCOPE_ORGANISATION },
	{ .roles = DIRECTOR, .action = "decide_secret", .scope = SCOPE_ORGANISATION },
	{ .roles = DIRECTOR, .action = "resume", .scope = SCOPE_ORGANISATION },
	{ .roles = MANAGER, .action = "commission", .scope = SCOPE_ORGANISATION },
	{ .roles = MANAGER, .action = "finalise", .scope = SCOPE_ORGANISATION },
	{ .roles = MANAGER, .action = "file", .scope = SCOPE_ORGANISATION },
	{ .roles = 0 },
};

#define NOT_FILED ",draft,submitted,searching,evaluating,improving,held,approved,drafting,final,"

static const struct reminder reminders[] = {
	{ .field = "grace_until", .days_before = { 60, 30, 14, 7 }, .states = NOT_FILED },
	{ .field = "priority_until", .days_before = { 60, 30, 14, 7 }, .states = NOT_FILED },
	{ .field = "wanted_on", .days_before = { 30, 7 }, .states = NOT_FILED },
	{ .field = NULL },
};

/* ---- Computed fields. */
static bool set_end(struct record *disclosure, size_t from, size_t until, const char *rule,
		    struct record_store *store, struct error *error)
{
	struct deadline_request request = { .rule = str_of(rule),
					    .from = record_date(disclosure, from),
					    .other = DATE_NONE };
	struct deadline deadline;

	record_clear(disclosure, until);
	if (request.from == DATE_NONE)
		return true;
	if (!deadline_compute(&request, &deadline, error))
		return false;
	record_set_date(store, disclosure, until, deadline.legal);
	return true;
}

static bool before_save(struct record *disclosure, struct record_store *store, struct error *error)
{
	types_set_countries(disclosure, DISCLOSURE_COUNTRIES, store);
	disclosure_set_completeness(disclosure, store);
	return set_end(disclosure, DISCLOSURE_PUBLIC_ON, DISCLOSURE_GRACE_UNTIL, "D06", store,
		       error) &&
	       set_end(disclosure, DISCLOSURE_FIRST_FILED_ON, DISCLOSURE_PRIORITY_UNTIL, "D01",
		       store, error);
}

static bool set_code(struct record *disclosure, struct record_store *store, struct error *error)
{
	(void)error;
	record_set_text(store, disclosure, DISCLOSURE_CODE,
			str_of(arena_printf(store->arena, "TA%d-%04lld", date_year(store->today),
					    (long long)disclosure->id)));
	return true;
}

/* Nobody is asked to judge an invention of their own. */
static bool evaluators_are_others(const struct record *disclosure, struct error *error)
{
	struct str rest = str_of(record_text(disclosure, DISCLOSURE_EVALUATORS)), part;

	while (str_split(&rest, STR(","), &part))
		if (part.size &&
		    name_is_listed(record_text(disclosure, DISCLOSURE_INVENTORS), part))
			return error_set_field(error, "evaluators", "types.own_invention");
	return true;
}

static bool validate(const struct record *disclosure, struct record_store *store,
		     struct error *error)
{
	static const size_t references[] = { DISCLOSURE_KEY_FIELD, DISCLOSURE_PROJECT,
					     DISCLOSURE_SESSION };
	static const size_t past[] = { DISCLOSURE_PUBLIC_ON, DISCLOSURE_FIRST_FILED_ON,
				       DISCLOSURE_SEARCHED_ON, DISCLOSURE_CLEARED_ON };
	struct record *row;

	for (size_t i = 0; i < sizeof(references) / sizeof(references[0]); i++)
		if (!types_load_own(disclosure, references[i], store, &row, error))
			return false;
	for (size_t i = 0; i < sizeof(past) / sizeof(past[0]); i++)
		if (!types_not_future(disclosure, past[i], store, error))
			return false;
	return types_check_countries(disclosure, DISCLOSURE_COUNTRIES, error) &&
	       evaluators_are_others(disclosure, error) &&
	       types_check_shares(disclosure, DISCLOSURE_SHARES, DISCLOSURE_INVENTORS, store,
				  error);
}

const struct record_type disclosure_type = {
	.name = "disclosure",
	.clause = "2.5-b 2.5-c",
	.group = "creation",
	.label = { "技术交底书", "Disclosure" },
	.fields = fields,
	.field_count = DISCLOSURE_FIELD_COUNT,
	.states = states,
	.transitions = transitions,
	.grants = grants,
	.reminders = reminders,
	.title_field = "title",
	.list_sort = "-updated_at",
	.validate = validate,
	.before_save = before_save,
	.after_create = set_code,
};
