/*
 * 地区年度数据: population and high-value inventions of a region at a year's end, as a source published them;
 * what the province's targets T5 and T6 are computed from (clauses 1-h, 1-i). A correction is a row of its
 * own with the day it was published, so that an earlier day is answered as before.
 */
#include "types/types_internal.h"

enum {
	REGION_YEAR_REGION,
	REGION_YEAR_YEAR,
	REGION_YEAR_TITLE,
	REGION_YEAR_POPULATION,
	REGION_YEAR_HIGH_VALUE,
	REGION_YEAR_RATE,
	REGION_YEAR_SOURCE,
	REGION_YEAR_EDITION,
	REGION_YEAR_PUBLISHED_ON,
	REGION_YEAR_PROOF,
	REGION_YEAR_NOTE,
	REGION_YEAR_KEY,
	REGION_YEAR_FIELD_COUNT
};

#define FIGURES                                                                                    \
	{                                                                                          \
		"数据", "Figures"                                                                  \
	}
#define SOURCE                                                                                     \
	{                                                                                          \
		"来源", "Source"                                                                   \
	}

static const struct field fields[] = {
	[REGION_YEAR_REGION] = { .name = "region",
				 .max = 40,
				 .flags = FIELD_REQUIRED | FIELD_FIXED | FIELD_LISTED |
					  FIELD_SEARCHED,
				 .label = { "地区", "Region" },
				 .help = { "填写“四川”“全国”或者市（州）名称",
					   "四川, 全国, or the name of a city" } },
	[REGION_YEAR_YEAR] = { .name = "year",
			       .kind = FIELD_INTEGER,
			       .min = 1985,
			       .max = 2199,
			       .flags = FIELD_REQUIRED | FIELD_FIXED | FIELD_LISTED | FIELD_INDEXED,
			       .label = { "年度", "Year" },
			       .help = { "数据时点为当年年末", "as of the end of the year" } },
	[REGION_YEAR_TITLE] = { .name = "title",
				.max = 80,
				.flags = FIELD_COMPUTED | FIELD_SEARCHED,
				.label = { "名称", "Title" } },
	[REGION_YEAR_POPULATION] = { .name = "population",
				     .kind = FIELD_DECIMAL,
				     .scale = 3,
				     .min = 1,
				     .max = 1000000000,
				     .flags = FIELD_LISTED,
				     .label = { "常住人口（万人）", "Inhabitants (10,000)" },
				     .section = FIGURES },
	[REGION_YEAR_HIGH_VALUE] = { .name = "high_value",
				     .kind = FIELD_INTEGER,
				     .min = 0,
				     .max = 1000000000,
				     .flags = FIELD_LISTED,
				     .label = { "有效高价值发明专利（件）",
						"High-value inventions in force" },
				     .section = FIGURES },
	[REGION_YEAR_RATE] = { .name = "rate",
			       .kind = FIELD_DECIMAL,
			       .scale = 3,
			       .min = 0,
			       .max = 1000000000,
			       .flags = FIELD_LISTED,
			       .label = { "每万人口拥有量（件）", "Per 10,000 inhabitants" },
			       .help = { "仅公布比值时填写；填写后以此为准",
					 "where only this was published; it then counts" },
			       .section = FIGURES },
	[REGION_YEAR_SOURCE] = { .name = "source",
				 .max = 400,
				 .flags = FIELD_REQUIRED | FIELD_LISTED,
				 .label = { "数据来源", "Source" },
				 .help = { "发布机关、文件名称和页码或者网址",
					   "who published it, where" },
				 .section = SOURCE },
	[REGION_YEAR_EDITION] = { .name = "edition",
				  .max = 60,
				  .flags = FIELD_LISTED,
				  .label = { "版次", "Edition" },
				  .help = { "如 初步数、年鉴数、修订数",
					    "preliminary, of the yearbook, revised" },
				  .section = SOURCE },
	[REGION_YEAR_PUBLISHED_ON] = { .name = "published_on",
				       .kind = FIELD_DATE,
				       .flags = FIELD_REQUIRED | FIELD_FIXED | FIELD_LISTED,
				       .label = { "发布日期", "Published on" },
				       .help = { "此日起计入指标；同一年度以后发布的为准",
						 "counts from this day on, until a later one" },
				       .section = SOURCE },
	[REGION_YEAR_PROOF] = { .name = "proof",
				.kind = FIELD_FILE,
				.label = { "证明文件", "Document" },
				.section = SOURCE },
	[REGION_YEAR_NOTE] = { .name = "note",
			       .kind = FIELD_LONG_TEXT,
			       .max = 2000,
			       .label = { "说明", "Note" },
			       .section = SOURCE },
	[REGION_YEAR_KEY] = { .name = "published",
			      .max = 100,
			      .flags = FIELD_COMPUTED | FIELD_UNIQUE_EVERYWHERE,
			      .label = { "数据标识", "Region, year, day" } },
};
_Static_assert(sizeof(fields) / sizeof(fields[0]) == REGION_YEAR_FIELD_COUNT, "every field");

static const struct choice states[] = {
	{ "draft", { "草稿", "Draft" } },
	{ "confirmed", { "已确认", "Confirmed" } },
	{ "withdrawn", { "已撤销", "Withdrawn" } },
	{ NULL, { NULL, NULL } },
};

/* A rate, or what it is computed from. */
static bool has_figures(const struct record *row, struct record_store *store, struct error *error)
{
	(void)store;
	return record_is_set(row, REGION_YEAR_RATE) ||
	       REQUIRE(row, error, REGION_YEAR_POPULATION, REGION_YEAR_HIGH_VALUE);
}

static const struct transition transitions[] = {
	{ .name = "confirm",
	  .from = "draft",
	  .to = "confirmed",
	  .label = { "确认", "Confirm" },
	  .guard = has_figures,
	  .is_task = true },
	{ .name = "withdraw",
	  .from = "confirmed",
	  .to = "withdrawn",
	  .label = { "撤销", "Withdraw" },
	  .wants_comment = true },
	{ .name = NULL },
};

#define PROVINCE ROLE_BIT(ROLE_PROVINCE_OFFICER)

static const struct grant grants[] = {
	{ .roles = ROLES_BUSINESS,
	  .action = "read",
	  .scope = SCOPE_ALL,
	  .states = ",confirmed,withdrawn," },
	{ .roles = PROVINCE, .action = "read", .scope = SCOPE_ORGANISATION },
	{ .roles = PROVINCE, .action = "create", .scope = SCOPE_ORGANISATION },
	{ .roles = PROVINCE, .action = "update", .scope = SCOPE_ORGANISATION, .states = ",draft," },
	{ .roles = PROVINCE, .action = "delete", .scope = SCOPE_ORGANISATION, .states = ",draft," },
	{ .roles = PROVINCE, .action = "confirm", .scope = SCOPE_ORGANISATION },
	{ .roles = PROVINCE, .action = "withdraw", .scope = SCOPE_ORGANISATION },
	{ .roles = 0 },
};

static bool before_save(struct record *row, struct record_store *store, struct error *error)
{
	const char *region = record_text(row, REGION_YEAR_REGION);
	long long year = (long long)record_integer(row, REGION_YEAR_YEAR);

	(void)error;
	record_set_text(store, row, REGION_YEAR_TITLE,
			str_of(arena_printf(store->arena, "%s %lld", region, year)));
	record_set_text(store, row, REGION_YEAR_KEY,
			str_of(arena_printf(store->arena, "%s/%lld/%s", region, year,
					    record_text(row, REGION_YEAR_PUBLISHED_ON))));
	return true;
}

/* A year is told when it is over. */
static bool validate(const struct record *row, struct record_store *store, struct error *error)
{
	if (!types_not_future(row, REGION_YEAR_PUBLISHED_ON, store, error))
		return false;
	return date_year(record_date(row, REGION_YEAR_PUBLISHED_ON)) >
		       record_integer(row, REGION_YEAR_YEAR) ||
	       error_set_field(error, "published_on", "types.year_not_over");
}

const struct record_type region_year_type = {
	.name = "region_year",
	.clause = "1-h 1-i",
	.group = "programme",
	.label = { "地区年度数据", "Region and year" },
	.fields = fields,
	.field_count = REGION_YEAR_FIELD_COUNT,
	.states = states,
	.transitions = transitions,
	.grants = grants,
	.title_field = "title",
	.list_sort = "-year",
	.has_attachments = true,
	.validate = validate,
	.before_save = before_save,
};
