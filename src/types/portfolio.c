/*
 * 专利组合: the cases that protect a product or a technology together, with their parts in it (clauses 1-b
 * and 2.3-g). What they cover is computed by chain/layout.c.
 */
#include "types/types_internal.h"

static const struct choice kinds[] = {
	{ "product", { "产品保护型", "Around a product" } },
	{ "technology", { "技术控制型", "Around a technology" } },
	{ "standard", { "标准支撑型", "Around a standard" } },
	{ "defence", { "防御储备型", "For defence" } },
	{ NULL, { NULL, NULL } },
};

#define MEMBERS                                                                                    \
	{                                                                                          \
		"组合成员", "Members"                                                              \
	}

static const struct field fields[] = {
	[PORTFOLIO_CODE] = { .name = "code",
			     .max = 40,
			     .flags = FIELD_REQUIRED | FIELD_UNIQUE | FIELD_LISTED | FIELD_SEARCHED,
			     .label = { "编号", "Code" } },
	[PORTFOLIO_TITLE] = { .name = "title",
			      .flags = FIELD_REQUIRED | FIELD_LISTED | FIELD_SEARCHED,
			      .label = { "组合名称", "Title" } },
	[PORTFOLIO_KIND] = { .name = "kind",
			     .kind = FIELD_CHOICE,
			     .choices = kinds,
			     .flags = FIELD_REQUIRED | FIELD_LISTED,
			     .label = { "组合类型", "Kind" } },
	[PORTFOLIO_PURPOSE] = { .name = "purpose",
				.kind = FIELD_LONG_TEXT,
				.max = 4000,
				.flags = FIELD_REQUIRED | FIELD_SEARCHED,
				.label = { "组合目标", "Purpose" },
				.help = { "保护的产品或技术、对应的市场和竞争对手",
					  "what it protects, in which markets, against whom" } },
	[PORTFOLIO_KEY_FIELD] = { .name = "key_field_id",
				  .kind = FIELD_REF,
				  .ref = "key_field",
				  .flags = FIELD_INDEXED | FIELD_LISTED,
				  .label = { "重点技术领域", "Key field" } },
	[PORTFOLIO_PRODUCT] = { .name = "product_id",
				.kind = FIELD_REF,
				.ref = "product",
				.flags = FIELD_INDEXED,
				.label = { "目标产品", "Product" } },
	[PORTFOLIO_BOTTLENECK] = { .name = "bottleneck_id",
				   .kind = FIELD_REF,
				   .ref = "bottleneck",
				   .flags = FIELD_INDEXED,
				   .label = { "攻关清单项", "Bottleneck" },
				   .help = { "组合由哪个热点、空白点或瓶颈而来",
					     "the spot or need it grew from" } },
	[PORTFOLIO_LEADER] = { .name = "leader_id",
			       .kind = FIELD_USER,
			       .flags = FIELD_REQUIRED | FIELD_LISTED | FIELD_INDEXED,
			       .label = { "负责人", "Responsible" } },
	[PORTFOLIO_MARKETS] = { .name = "markets",
				.max = 400,
				.flags = FIELD_LISTED,
				.label = { "目标市场", "Markets" },
				.help = { "国家或地区代码，如 CN,US,DE",
					  "ST.3 codes, as CN,US,DE" } },
	[PORTFOLIO_CASES] = { .name = "cases",
			      .kind = FIELD_REFS,
			      .ref = "patent_case",
			      .label = { "专利案件", "Cases" },
			      .section = MEMBERS },
	[PORTFOLIO_CORE] = { .name = "core_cases",
			     .kind = FIELD_REFS,
			     .ref = "patent_case",
			     .label = { "核心专利", "Core" },
			     .section = MEMBERS,
			     .help = { "从专利案件中选择，其余为外围专利",
				       "of the cases; the others are peripheral" } },
	[PORTFOLIO_DEFENSIVE] = { .name = "defensive_cases",
				  .kind = FIELD_REFS,
				  .ref = "patent_case",
				  .label = { "防御专利", "Defensive" },
				  .section = MEMBERS,
				  .help = { "从专利案件中选择", "of the cases" } },
	[PORTFOLIO_BUILT_ON] = { .name = "built_on",
				 .kind = FIELD_DATE,
				 .flags = FIELD_LISTED,
				 .label = { "组建日期", "Built on" } },
	[PORTFOLIO_NOTE] = { .name = "note",
			     .kind = FIELD_LONG_TEXT,
			     .max = 4000,
			     .label = { "说明", "Note" } },
};
_Static_assert(sizeof(fields) / sizeof(fields[0]) == PORTFOLIO_FIELD_COUNT, "every field");

static const struct choice states[] = {
	{ "draft", { "组建中", "Being built" } },
	{ "active", { "运行中", "Active" } },
	{ "retired", { "已撤销", "Retired" } },
	{ NULL, { NULL, NULL } },
};

static bool has_cases(const struct record *portfolio, struct record_store *store,
		      struct error *error)
{
	(void)store;
	return REQUIRE(portfolio, error, PORTFOLIO_CASES, PORTFOLIO_CORE);
}

static bool set_built(struct record *portfolio, struct record_store *store, struct error *error)
{
	(void)error;
	if (!record_is_set(portfolio, PORTFOLIO_BUILT_ON))
		record_set_date(store, portfolio, PORTFOLIO_BUILT_ON, store->today);
	return true;
}

static const struct transition transitions[] = {
	{ .name = "activate",
	  .from = "draft",
	  .to = "active",
	  .label = { "确认组建", "Activate" },
	  .guard = has_cases,
	  .effect = set_built },
	{ .name = "retire",
	  .from = "active",
	  .to = "retired",
	  .label = { "撤销", "Retire" },
	  .wants_comment = true },
	{ .name = NULL },
};

static const struct grant grants[] = {
	{ .roles = ROLES_CENTRE, .action = "read", .scope = SCOPE_ORGANISATION },
	{ .roles = ROLES_ABOVE,
	  .action = "read",
	  .scope = SCOPE_BELOW,
	  .states = ",active,retired,",
	  .hides = ",note," },
	{ .roles = MANAGER, .action = "create", .scope = SCOPE_ORGANISATION },
	{ .roles = MANAGER,
	  .action = "update",
	  .scope = SCOPE_ORGANISATION,
	  .states = ",draft,active," },
	{ .roles = MANAGER, .action = "delete", .scope = SCOPE_ORGANISATION, .states = ",draft," },
	{ .roles = ROLES_LEADING, .action = "activate", .scope = SCOPE_ORGANISATION },
	{ .roles = DIRECTOR, .action = "retire", .scope = SCOPE_ORGANISATION },
	{ .roles = 0 },
};

/* Every part is one of the whole. */
static bool is_among(const struct record *portfolio, size_t part, struct error *error)
{
	struct str rest = str_of(record_text(portfolio, part)), id;

	while (str_split(&rest, STR(","), &id))
		if (id.size && !name_is_listed(record_text(portfolio, PORTFOLIO_CASES), id))
			return error_set_field(error, fields[part].name, "types.not_a_member");
	return true;
}

static bool before_save(struct record *portfolio, struct record_store *store, struct error *error)
{
	(void)error;
	types_set_countries(portfolio, PORTFOLIO_MARKETS, store);
	return true;
}

static bool validate(const struct record *portfolio, struct record_store *store,
		     struct error *error)
{
	struct record *row;

	return types_load_own(portfolio, PORTFOLIO_KEY_FIELD, store, &row, error) &&
	       types_load_own(portfolio, PORTFOLIO_PRODUCT, store, &row, error) &&
	       types_load_own(portfolio, PORTFOLIO_BOTTLENECK, store, &row, error) &&
	       types_own_list(portfolio, PORTFOLIO_CASES, store, error) &&
	       is_among(portfolio, PORTFOLIO_CORE, error) &&
	       is_among(portfolio, PORTFOLIO_DEFENSIVE, error) &&
	       types_check_countries(portfolio, PORTFOLIO_MARKETS, error) &&
	       types_not_future(portfolio, PORTFOLIO_BUILT_ON, store, error);
}

const struct record_type portfolio_type = {
	.name = "portfolio",
	.clause = "1-b 2.3-g",
	.group = "cultivation",
	.label = { "专利组合", "Portfolio" },
	.fields = fields,
	.field_count = PORTFOLIO_FIELD_COUNT,
	.states = states,
	.transitions = transitions,
	.grants = grants,
	.title_field = "title",
	.list_sort = "-updated_at",
	.has_attachments = true,
	.validate = validate,
	.before_save = before_save,
};
