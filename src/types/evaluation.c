/*
 * 申请前评估: the sheet of one evaluator about one disclosure (clause 2.5-b). Everybody scores alone; when
 * the last one of the round has submitted, the sheets are put together on the disclosure and opened
 * to the panel.
 */
#include "base/list.h"
#include "rule/evaluation.h"
#include "types/types_internal.h"

/* The items of data/evaluation_items.csv; a test compares. */
#define ITEMS(X)                                                                                   \
	X(L1, l1, "保护客体", "Subject matter", "是否属于专利保护客体；0 为不属于",                \
	  "is it patentable subject matter; 0: it is not", PROSPECT)                               \
	X(L2, l2, "新颖性", "Novelty", "单篇对比文件是否公开全部特征；0 为已全部公开",             \
	  "does one document disclose all features; 0: it does", PROSPECT)                         \
	X(L3, l3, "创造性", "Inventive step", "与最接近的现有技术相比是否显而易见",                \
	  "is it obvious over the closest prior art", PROSPECT)                                    \
	X(L4, l4, "实用性", "Industrial use", "能否制造或者使用并产生积极效果",                    \
	  "can it be made or used with a positive effect", PROSPECT)                               \
	X(L5, l5, "在先公开", "Earlier disclosure", "申请前是否已由自己公开；0 为已公开且无宽限",  \
	  "disclosed before filing; 0: yes and without grace", PROSPECT)                           \
	X(L6, l6, "权属清晰", "Ownership", "权属、发明人和合同约定是否清楚；0 为有争议",           \
	  "are owner and inventors clear; 0: disputed", PROSPECT)                                  \
	X(S1, s1, "方案完整度", "Completeness", "技术方案与实施例是否完整",                        \
	  "are solution and embodiments complete", TECHNOLOGY)                                     \
	X(S2, s2, "先进性", "Advancement", "与国内外同类技术相比的水平",                           \
	  "compared with others at home and abroad", TECHNOLOGY)                                   \
	X(S3, s3, "不可替代性", "Lack of substitutes", "绕开或者替代的难易",                       \
	  "how hard to work around", TECHNOLOGY)                                                   \
	X(S4, s4, "成熟度", "Maturity", "技术就绪度 1—9 级折算", "technology readiness level",     \
	  TECHNOLOGY)                                                                              \
	X(S5, s5, "延展空间", "Room to extend", "后续改进与组合布局的空间",                        \
	  "room for improvements and a portfolio", TECHNOLOGY)                                     \
	X(M1, m1, "市场规模", "Market size", "目标产品的市场规模与增长",                           \
	  "size and growth of the market", MARKET)                                                 \
	X(M2, m2, "产业化前景", "Prospect of industry", "能否形成产品及所需时间",                  \
	  "can it become a product and how soon", MARKET)                                          \
	X(M3, m3, "许可转让潜力", "Licence potential", "有无潜在被许可人或者受让人",               \
	  "are there likely licensees or buyers", MARKET)                                          \
	X(M4, m4, "实施自由", "Freedom to operate", "实施是否受他人专利限制",                      \
	  "do others' patents limit the use", MARKET)                                              \
	X(M5, m5, "投入产出", "Cost and benefit", "申请维持成本与预期收益",                        \
	  "cost of filing and upkeep against the benefit", MARKET)                                 \
	X(M6, m6, "政策适配", "Fit to policy", "是否属于战略性新兴产业、“15+N”产业",               \
	  "strategic emerging industry or 15+N", MARKET)                                           \
	X(B1, b1, "必要性", "Need", "对产品或者组合的保护是否必要",                                \
	  "is the protection needed for product or portfolio", LAYOUT)                             \
	X(B2, b2, "类型选择", "Type", "发明、实用新型或者并行申请是否合适",                        \
	  "is the type of patent right", LAYOUT)                                                   \
	X(B3, b3, "地域选择", "Countries", "目标国家和地区是否合理",                               \
	  "are the countries well chosen", LAYOUT)                                                 \
	X(B4, b4, "维持预期", "Upkeep", "预期维持年限", "how long it will be kept", LAYOUT)        \
	X(B5, b5, "规范申请", "Good faith", "是否以真实创新为基础；0 为涉嫌非正常",                \
	  "does it rest on a real invention; 0: an abnormal filing", LAYOUT)                       \
	X(K1, k1, "技术秘密适宜性", "Fit as a trade secret",                                       \
	  "难以反向工程且侵权难以发现的程度；不计分",                                              \
	  "hard to reverse-engineer and to detect; not counted", LAYOUT)

#define PLACE(id_, name_, zh_, en_, ask_zh_, ask_en_, dimension_) EVALUATION_##id_,

enum {
	EVALUATION_DISCLOSURE,
	EVALUATION_EVALUATOR,
	EVALUATION_TITLE,
	EVALUATION_ROUND,
	EVALUATION_PANEL,
	ITEMS(PLACE) EVALUATION_EVIDENCE,
	EVALUATION_OPINION,
	EVALUATION_SUBMITTED_ON,
	EVALUATION_FIELD_COUNT
};

#define MARKET                                                                                     \
	{                                                                                          \
		"市场需求", "Market demand"                                                        \
	}
#define TECHNOLOGY                                                                                 \
	{                                                                                          \
		"技术价值", "Technical value"                                                      \
	}
#define PROSPECT                                                                                   \
	{                                                                                          \
		"授权前景", "Prospect of grant"                                                    \
	}
#define LAYOUT                                                                                     \
	{                                                                                          \
		"布局策略", "Layout"                                                               \
	}
#define OPINION                                                                                    \
	{                                                                                          \
		"意见", "Opinion"                                                                  \
	}
/* 0 to 5 points, halves and tenths allowed. */
#define SCORE(id_, name_, zh_, en_, ask_zh_, ask_en_, dimension_)                                  \
	[EVALUATION_##id_] = { .name = #name_,                                                     \
			       .kind = FIELD_DECIMAL,                                              \
			       .scale = 1,                                                         \
			       .min = 0,                                                           \
			       .max = 10 * EVALUATION_SCORE_MAX,                                   \
			       .label = { zh_ "（0—5分）", en_ " (0 to 5)" },                      \
			       .help = { ask_zh_, ask_en_ },                                       \
			       .section = dimension_ },

static const struct field fields[] = {
	[EVALUATION_DISCLOSURE] = { .name = "disclosure_id",
				    .kind = FIELD_REF,
				    .ref = "disclosure",
				    .flags = FIELD_REQUIRED | FIELD_FIXED | FIELD_INDEXED |
					     FIELD_LISTED,
				    .label = { "技术交底书", "Disclosure" } },
	[EVALUATION_EVALUATOR] = { .name = "evaluator_id",
				   .kind = FIELD_USER,
				   .flags = FIELD_REQUIRED | FIELD_FIXED | FIELD_INDEXED |
					    FIELD_LISTED,
				   .label = { "评估人", "Evaluator" } },
	[EVALUATION_TITLE] = { .name = "title",
			       .max = 300,
			       .flags = FIELD_COMPUTED | FIELD_SEARCHED,
			       .label = { "名称", "Title" } },
	[EVALUATION_ROUND] = { .name = "round",
			       .kind = FIELD_INTEGER,
			       .flags = FIELD_COMPUTED | FIELD_LISTED,
			       .label = { "评估轮次", "Round" } },
	[EVALUATION_PANEL] = { .name = "panel",
			       .kind = FIELD_REFS,
			       .ref = "user",
			       .flags = FIELD_COMPUTED,
			       .label = { "评估组", "Panel" } },
	ITEMS(SCORE)[EVALUATION_EVIDENCE] = { .name = "evidence",
					      .kind = FIELD_LONG_TEXT,
					      .max = 8000,
					      .label = { "评分依据", "Evidence" },
					      .help = { "检索结果、对比文件、市场与权属材料",
							"documents found, market, ownership" },
					      .section = OPINION },
	[EVALUATION_OPINION] = { .name = "opinion",
				 .kind = FIELD_LONG_TEXT,
				 .max = 4000,
				 .label = { "评估意见", "Opinion" },
				 .section = OPINION },
	[EVALUATION_SUBMITTED_ON] = { .name = "submitted_on",
				      .kind = FIELD_DATE,
				      .flags = FIELD_COMPUTED | FIELD_LISTED,
				      .label = { "提交日期", "Submitted on" },
				      .section = OPINION },
};
_Static_assert(sizeof(fields) / sizeof(fields[0]) == EVALUATION_FIELD_COUNT, "every field");

static const struct choice states[] = {
	{ "draft", { "评分中", "Being scored" } },
	{ "submitted", { "已提交", "Submitted" } },
	{ "opened", { "已汇总", "Opened" } },
	{ "void", { "作废", "Void" } },
	{ NULL, { NULL, NULL } },
};

static bool is_scored(const struct record *sheet, struct record_store *store, struct error *error)
{
	size_t count;
	const struct evaluation_item *items = evaluation_items(SHEET_PREFILING, &count);

	(void)store;
	for (size_t i = 0; i < count; i++)
		if (!items[i].is_optional && !record_is_set(sheet, EVALUATION_L1 + i))
			return error_set_field(error, fields[EVALUATION_L1 + i].name,
					       "record.required");
	return REQUIRE(sheet, error, EVALUATION_EVIDENCE);
}

static void add_scores(struct record_store *store, const struct record *sheet, struct list *scores)
{
	size_t count;
	const struct evaluation_item *items = evaluation_items(SHEET_PREFILING, &count);
	const char *who = arena_printf(store->arena, "%lld",
				       (long long)record_integer(sheet, EVALUATION_EVALUATOR));

	for (size_t i = 0; i < count; i++)
		if (record_is_set(sheet, EVALUATION_L1 + i))
			*(struct evaluation_score *)list_add(scores) = (struct evaluation_score){
				.item = str_of(items[i].id),
				.evaluator = str_of(who),
				.evidence = str_of(record_text(sheet, EVALUATION_EVIDENCE)),
				.score = (double)record_integer(sheet, EVALUATION_L1 + i) / 10,
			};
}

static bool put_on_disclosure(struct record_store *store, struct record *disclosure,
			      const struct evaluation_score *scores, size_t count,
			      struct error *error)
{
	struct field_errors errors = { .count = 0 };
	struct evaluation_weights weights;
	struct evaluation_result result;

	if (!evaluation_weights_of(SHEET_PREFILING, STR_EMPTY, &weights, error) ||
	    !evaluation_compute(store->arena, SHEET_PREFILING, &weights, scores, count, false,
				&result, error))
		return false;
	record_set_integer(disclosure, DISCLOSURE_EVALUATOR_COUNT, (int64_t)result.evaluator_count);
	record_set_integer(disclosure, DISCLOSURE_SCORE, (int64_t)(result.score * 10 + 0.5));
	record_set_text(store, disclosure, DISCLOSURE_PROPOSAL,
			str_of(evaluation_decisions[result.decision].name));
	return record_save_for(store, disclosure, "evaluate", &errors, error);
}

/* The sheets of the round with the one being submitted: all there, they are opened together. */
static bool open_round(struct record *sheet, struct record_store *store, struct error *error)
{
	struct list scores = LIST_OF(struct evaluation_score);
	struct field_errors errors = { .count = 0 };
	struct record **sheets, *disclosure;
	struct evaluation_score *all;
	size_t count, score_count;

	record_set_date(store, sheet, EVALUATION_SUBMITTED_ON, store->today);
	if (!types_load_own(sheet, EVALUATION_DISCLOSURE, store, &disclosure, error) ||
	    !record_load_where(store, &evaluation_type, EVALUATION_DISCLOSURE,
			       &sheet->values[EVALUATION_DISCLOSURE], &sheets, &count, error))
		return false;
	for (size_t i = 0; i < count; i++)
		if (sheets[i]->id != sheet->id && strcmp(sheets[i]->state, "draft") == 0)
			return true;
	add_scores(store, sheet, &scores);
	for (size_t i = 0; i < count; i++) {
		if (sheets[i]->id == sheet->id || strcmp(sheets[i]->state, "submitted") != 0)
			continue;
		add_scores(store, sheets[i], &scores);
		sheets[i]->state = "opened";
		if (!record_save_for(store, sheets[i], "open", &errors, error)) {
			list_release(&scores);
			return false;
		}
	}
	sheet->state = "opened";
	all = list_to_arena(&scores, store->arena, &score_count);
	return put_on_disclosure(store, disclosure, all, score_count, error);
}

static const struct transition transitions[] = {
	{ .name = "submit",
	  .from = "draft",
	  .to = "submitted",
	  .label = { "提交评分", "Submit" },
	  .guard = is_scored,
	  .effect = open_round,
	  .is_task = true },
	{ .name = "withdraw",
	  .from = "submitted",
	  .to = "draft",
	  .label = { "撤回修改", "Take back" } },
	{ .name = NULL },
};

/* While people score, only that there is a sheet is seen by others. */
#define SCORES                                                                                     \
	",l1,l2,l3,l4,l5,l6,s1,s2,s3,s4,s5,m1,m2,m3,m4,m5,m6,b1,b2,b3,b4,b5,k1,evidence,opinion,"

static const struct grant grants[] = {
	{ .roles = ROLES_CENTRE,
	  .action = "read",
	  .scope = SCOPE_ASSIGNED,
	  .field = "evaluator_id" },
	{ .roles = ROLES_CENTRE,
	  .action = "read",
	  .scope = SCOPE_ASSIGNED,
	  .field = "panel",
	  .states = ",opened," },
	{ .roles = ROLES_LEADING,
	  .action = "read",
	  .scope = SCOPE_ORGANISATION,
	  .states = ",opened,void," },
	{ .roles = ROLES_LEADING, .action = "read", .scope = SCOPE_ORGANISATION, .hides = SCORES },
	{ .roles = MANAGER, .action = "create", .scope = SCOPE_ORGANISATION },
	{ .roles = MANAGER, .action = "delete", .scope = SCOPE_ORGANISATION, .states = ",draft," },
	{ .roles = ROLES_CENTRE,
	  .action = "update",
	  .scope = SCOPE_ASSIGNED,
	  .field = "evaluator_id",
	  .states = ",draft," },
	{ .roles = ROLES_CENTRE,
	  .action = "submit",
	  .scope = SCOPE_ASSIGNED,
	  .field = "evaluator_id" },
	{ .roles = ROLES_CENTRE,
	  .action = "withdraw",
	  .scope = SCOPE_ASSIGNED,
	  .field = "evaluator_id" },
	{ .roles = 0 },
};

static bool before_save(struct record *sheet, struct record_store *store, struct error *error)
{
	struct record *disclosure;

	if (!types_load_own(sheet, EVALUATION_DISCLOSURE, store, &disclosure, error))
		return false;
	if (!disclosure || sheet->id)
		return true;
	record_set_text(store, sheet, EVALUATION_TITLE, str_of(record_title(disclosure)));
	record_set_integer(sheet, EVALUATION_ROUND, record_integer(disclosure, DISCLOSURE_ROUND));
	record_set_text(store, sheet, EVALUATION_PANEL,
			str_of(record_text(disclosure, DISCLOSURE_EVALUATORS)));
	return true;
}

/* Nobody scores an invention of their own, nor one they were not asked about. */
static bool validate(const struct record *sheet, struct record_store *store, struct error *error)
{
	const char *who = arena_printf(store->arena, "%lld",
				       (long long)record_integer(sheet, EVALUATION_EVALUATOR));
	struct record *disclosure;

	if (!types_load_own(sheet, EVALUATION_DISCLOSURE, store, &disclosure, error))
		return false;
	if (name_is_listed(record_text(disclosure, DISCLOSURE_INVENTORS), str_of(who)))
		return error_set_field(error, "evaluator_id", "types.own_invention");
	if (!name_is_listed(record_text(sheet, EVALUATION_PANEL), str_of(who)))
		return error_set_field(error, "evaluator_id", "types.not_of_panel");
	return true;
}

/* A round's sheets are made when it begins. */
bool evaluation_begin(const struct record *disclosure, struct record_store *store,
		      struct error *error)
{
	struct str rest = str_of(record_text(disclosure, DISCLOSURE_EVALUATORS)), part;
	struct field_errors errors = { .count = 0 };
	int64_t who;

	while (str_split(&rest, STR(","), &part)) {
		struct record *sheet;

		if (!str_to_int64(part, &who))
			continue;
		sheet = record_new(store, &evaluation_type);
		sheet->organisation_id = disclosure->organisation_id;
		record_set_integer(sheet, EVALUATION_DISCLOSURE, disclosure->id);
		record_set_integer(sheet, EVALUATION_EVALUATOR, who);
		if (!record_create(store, sheet, &errors, error))
			return false;
	}
	return true;
}

/* What an earlier round left does not count any more. */
bool evaluation_end(const struct record *disclosure, struct record_store *store,
		    struct error *error)
{
	const struct value id = { .integer = disclosure->id };
	struct field_errors errors = { .count = 0 };
	struct record **sheets;
	size_t count;

	if (!record_load_where(store, &evaluation_type, EVALUATION_DISCLOSURE, &id, &sheets, &count,
			       error))
		return false;
	for (size_t i = 0; i < count; i++) {
		if (strcmp(sheets[i]->state, "void") == 0)
			continue;
		sheets[i]->state = "void";
		if (!record_save_for(store, sheets[i], "void", &errors, error))
			return false;
	}
	return true;
}

const struct record_type evaluation_type = {
	.name = "evaluation",
	.clause = "2.5-b",
	.group = "creation",
	.label = { "申请前评估", "Evaluation before filing" },
	.fields = fields,
	.field_count = EVALUATION_FIELD_COUNT,
	.states = states,
	.transitions = transitions,
	.grants = grants,
	.title_field = "title",
	.list_sort = "-updated_at",
	.validate = validate,
	.before_save = before_save,
};
