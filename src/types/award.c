/* 奖项: an award a patent or project is entered for, and won; the national ones make a patent one of high
   value (clause 2.6-f; rule/high_value.h, C5). */
#include "types/operation_internal.h"

static const struct choice levels[] = {
	{ "national_gold", { "中国专利金奖", "China Patent Gold Award" } },
	{ "national_silver", { "中国专利银奖", "China Patent Silver Award" } },
	{ "national_excellence", { "中国专利优秀奖", "China Patent Excellence Award" } },
	{ "national_progress", { "国家科学技术奖", "State Science and Technology Award" } },
	{ "provincial", { "省级奖项", "Provincial" } },
	{ "other", { "其他", "Other" } },
	{ NULL, { NULL, NULL } },
};
#define CHINA_PATENT_AWARD ",national_gold,national_silver,national_excellence,"

static const struct field fields[] = {
	[AWARD_TITLE] = { .name = "title",
			  .flags = FIELD_REQUIRED | FIELD_LISTED | FIELD_SEARCHED,
			  .label = { "申报项目名称", "Entry" } },
	[AWARD_LEVEL] = { .name = "level",
			  .kind = FIELD_CHOICE,
			  .choices = levels,
			  .flags = FIELD_REQUIRED | FIELD_LISTED | FIELD_INDEXED,
			  .label = { "奖项级别", "Award" },
			  .help = { "登记获奖前按实际所获等级修改", "as it was won in the end" } },
	[AWARD_SESSION] = { .name = "session",
			    .max = 60,
			    .flags = FIELD_LISTED,
			    .label = { "届次", "Session" },
			    .help = { "如 第二十五届", "as 25th" } },
	[AWARD_CASES] = { .name = "cases",
			  .kind = FIELD_REFS,
			  .ref = "patent_case",
			  .flags = FIELD_LISTED,
			  .label = { "涉及专利", "Patents" } },
	[AWARD_RECOMMENDER] = { .name = "recommender",
				.label = { "推荐单位（人）", "Recommended by" } },
	[AWARD_DUE_ON] = { .name = "due_on",
			   .kind = FIELD_DATE,
			   .flags = FIELD_LISTED | FIELD_INDEXED,
			   .label = { "申报截止日期", "To be entered by" } },
	[AWARD_MATERIALS] = { .name = "materials",
			      .kind = FIELD_LONG_TEXT,
			      .max = 4000,
			      .label = { "申报材料清单", "Materials" } },
	[AWARD_SUBMITTED_ON] = { .name = "submitted_on",
				 .kind = FIELD_DATE,
				 .label = { "申报日期", "Entered on" } },
	[AWARD_AWARDED_ON] = { .name = "awarded_on",
			       .kind = FIELD_DATE,
			       .flags = FIELD_LISTED | FIELD_INDEXED,
			       .label = { "获奖日期", "Awarded on" } },
	[AWARD_CERTIFICATE] = { .name = "certificate",
				.kind = FIELD_FILE,
				.label = { "获奖证书", "Certificate" } },
	[AWARD_NUMBER] = { .name = "certificate_number",
			   .max = 100,
			   .flags = FIELD_SEARCHED,
			   .label = { "证书或公告文号", "Number of the certificate" } },
};
_Static_assert(sizeof(fields) / sizeof(fields[0]) == AWARD_FIELD_COUNT, "every field");

static const struct choice states[] = {
	{ "draft", { "准备中", "In preparation" } }, { "proposed", { "待审批", "To be approved" } },
	{ "submitted", { "已申报", "Entered" } },    { "won", { "已获奖", "Won" } },
	{ "lost", { "未获奖", "Not won" } },         { NULL, { NULL, NULL } },
};

static bool is_china_patent_award(const struct record *award)
{
	return name_is_listed(CHINA_PATENT_AWARD, str_of(record_text(award, AWARD_LEVEL)));
}

/* A patent wins the China Patent Award once. */
static bool is_first(const struct record *award, const struct record *patent,
		     struct record_store *store, struct error *error)
{
	struct record **others;
	size_t count;

	if (!record_load_naming(store, &award_type, AWARD_CASES, award->organisation_id, patent->id,
				&others, &count, error))
		return false;
	for (size_t i = 0; i < count; i++)
		if (others[i]->id != award->id && strcmp(others[i]->state, "won") == 0 &&
		    is_china_patent_award(others[i]))
			return types_refuse_case("cases", "types.won_before", patent, error);
	return true;
}

/* The China Patent Award is for granted rights that stand; projects need no patent. */
static bool is_eligible(const struct record *award, struct record_store *store, struct error *error)
{
	struct record **cases;
	size_t count;

	if (!is_china_patent_award(award))
		return true;
	if (!REQUIRE(award, error, AWARD_CASES) ||
	    !types_load_cases(award, AWARD_CASES, store, &cases, &count, error))
		return false;
	for (size_t i = 0; i < count; i++) {
		if (!types_is_right(cases[i]))
			return types_refuse_case("cases", "types.not_granted", cases[i], error);
		if (!is_first(award, cases[i], store, error))
			return false;
	}
	return true;
}

static bool set_submitted(struct record *award, struct record_store *store, struct error *error)
{
	(void)error;
	if (!record_is_set(award, AWARD_SUBMITTED_ON))
		record_set_date(store, award, AWARD_SUBMITTED_ON, store->today);
	return true;
}

static bool is_won(const struct record *award, struct record_store *store, struct error *error)
{
	if (!REQUIRE(award, error, AWARD_AWARDED_ON, AWARD_NUMBER))
		return false;
	return is_eligible(award, store, error);
}

static const struct transition transitions[] = {
	{ .name = "propose",
	  .from = "draft",
	  .to = "proposed",
	  .label = { "提交审批", "Propose" },
	  .guard = is_eligible },
	{ .name = "return",
	  .from = "proposed",
	  .to = "draft",
	  .label = { "退回修改", "Send back" },
	  .is_task = true,
	  .wants_comment = true },
	{ .name = "submit",
	  .from = "proposed",
	  .to = "submitted",
	  .label = { "批准并申报", "Approve and enter" },
	  .guard = is_eligible,
	  .effect = set_submitted,
	  .is_task = true },
	{ .name = "win",
	  .from = "submitted",
	  .to = "won",
	  .label = { "登记获奖", "Record as won" },
	  .guard = is_won,
	  .is_task = true },
	{ .name = "lose",
	  .from = "submitted",
	  .to = "lost",
	  .label = { "登记未获奖", "Record as not won" } },
	{ .name = NULL },
};

static const struct grant grants[] = {
	{ .roles = ROLES_CENTRE, .action = "read", .scope = SCOPE_ORGANISATION },
	{ .roles = ROLES_ABOVE,
	  .action = "read",
	  .scope = SCOPE_BELOW,
	  .states = ",submitted,won,lost," },
	{ .roles = MANAGER, .action = "create", .scope = SCOPE_ORGANISATION },
	{ .roles = MANAGER,
	  .action = "update",
	  .scope = SCOPE_ORGANISATION,
	  .states = ",draft,submitted," },
	{ .roles = MANAGER, .action = "delete", .scope = SCOPE_ORGANISATION, .states = ",draft," },
	{ .roles = MANAGER, .action = "propose", .scope = SCOPE_ORGANISATION },
	{ .roles = DIRECTOR, .action = "return", .scope = SCOPE_ORGANISATION },
	{ .roles = DIRECTOR, .action = "submit", .scope = SCOPE_ORGANISATION },
	{ .roles = MANAGER, .action = "win", .scope = SCOPE_ORGANISATION },
	{ .roles = MANAGER, .action = "lose", .scope = SCOPE_ORGANISATION },
	{ .roles = 0 },
};

static const struct reminder reminders[] = {
	{ .field = "due_on", .days_before = { 60, 30, 14, 1 }, .states = ",draft,proposed," },
	{ .field = NULL },
};

static bool validate(const struct record *award, struct record_store *store, struct error *error)
{
	struct record **cases;
	size_t count;

	return types_not_future(award, AWARD_SUBMITTED_ON, store, error) &&
	       types_not_future(award, AWARD_AWARDED_ON, store, error) &&
	       types_in_order(award, AWARD_SUBMITTED_ON, AWARD_AWARDED_ON, error) &&
	       types_load_cases(award, AWARD_CASES, store, &cases, &count, error);
}

const struct record_type award_type = {
	.name = "award",
	.clause = "2.6-f",
	.group = "value",
	.label = { "奖项申报", "Award" },
	.fields = fields,
	.field_count = AWARD_FIELD_COUNT,
	.states = states,
	.transitions = transitions,
	.grants = grants,
	.reminders = reminders,
	.title_field = "title",
	.list_sort = "-updated_at",
	.has_attachments = true,
	.validate = validate,
};
