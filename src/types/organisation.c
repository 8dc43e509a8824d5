/* 机构: province and city bureaus, centres, agencies, in one tree. */
#include "types/types.h"

static const struct choice kinds[] = {
	{ "province_bureau", { "省知识产权局", "Province bureau" } },
	{ "city_bureau", { "市（州）知识产权局", "City bureau" } },
	{ "centre", { "高价值专利育成中心", "Cultivation centre" } },
	{ "agency", { "专利代理机构", "Patent agency" } },
	{ NULL, { NULL, NULL } },
};

static const struct choice hosts[] = {
	{ "enterprise", { "企业", "Enterprise" } },
	{ "university", { "高等院校", "University" } },
	{ "institute", { "科研院所", "Research institute" } },
	{ "other", { "其他", "Other" } },
	{ NULL, { NULL, NULL } },
};

#define CONTACT                                                                                    \
	{                                                                                          \
		"联系方式", "Contact"                                                              \
	}

static const struct field fields[] = {
	[ORGANISATION_NAME] = { .name = "name",
				.flags = FIELD_REQUIRED | FIELD_UNIQUE_EVERYWHERE | FIELD_LISTED |
					 FIELD_SEARCHED,
				.max = 100,
				.label = { "名称", "Name" } },
	[ORGANISATION_SHORT_NAME] = { .name = "short_name",
				      .flags = FIELD_SEARCHED,
				      .max = 30,
				      .label = { "简称", "Short name" } },
	[ORGANISATION_KIND] = { .name = "kind",
				.kind = FIELD_CHOICE,
				.choices = kinds,
				.flags = FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED |
					 FIELD_INDEXED,
				.label = { "机构类型", "Kind" } },
	[ORGANISATION_PARENT] = { .name = "parent_id",
				  .kind = FIELD_ORGANISATION,
				  .flags = FIELD_LISTED | FIELD_INDEXED,
				  .label = { "上级机构", "Above it" },
				  .help = { "育成中心的上级为所在市（州）局，市（州）局的上级为省"
					    "局",
					    "a centre stands below its city bureau, a city bureau "
					    "below the province" } },
	[ORGANISATION_CODE] = { .name = "code",
				.flags = FIELD_UNIQUE_EVERYWHERE,
				.max = 18,
				.label = { "统一社会信用代码", "Unified social credit code" } },
	[ORGANISATION_REGION] = { .name = "region",
				  .kind = FIELD_REGION,
				  .flags = FIELD_LISTED | FIELD_INDEXED,
				  .label = { "行政区划", "Region" } },
	[ORGANISATION_PATH] = { .name = "path",
				.flags = FIELD_COMPUTED | FIELD_INDEXED,
				.max = 200,
				.label = { "层级路径", "Path" } },
	[ORGANISATION_HOST] = { .name = "host",
				.kind = FIELD_CHOICE,
				.choices = hosts,
				.flags = FIELD_LISTED,
				.label = { "承担单位性质", "Kind of host" } },
	[ORGANISATION_FIELD_OF_WORK] = { .name = "field_of_work",
					 .flags = FIELD_LISTED,
					 .label = { "技术领域", "Field of technology" } },
	[ORGANISATION_DEPARTMENT] = { .name = "department",
				      .max = 60,
				      .label = { "责任部门", "Responsible department" } },
	[ORGANISATION_ADDRESS] = { .name = "address",
				   .label = { "地址", "Address" },
				   .section = CONTACT },
	[ORGANISATION_CONTACT] = { .name = "contact",
				   .max = 40,
				   .label = { "联系人", "Contact person" },
				   .section = CONTACT },
	[ORGANISATION_CONTACT_PHONE] = { .name = "contact_phone",
					 .flags = FIELD_SENSITIVE,
					 .max = 30,
					 .label = { "联系电话", "Telephone" },
					 .section = CONTACT },
	[ORGANISATION_ESTABLISHED_ON] = { .name = "established_on",
					  .kind = FIELD_DATE,
					  .label = { "成立（获批）日期", "Established on" } },
	[ORGANISATION_NOTE] = { .name = "note",
				.kind = FIELD_LONG_TEXT,
				.label = { "备注", "Note" } },
};
_Static_assert(sizeof(fields) / sizeof(fields[0]) == ORGANISATION_FIELD_COUNT, "every field");

static const struct choice states[] = {
	{ "active", { "正常", "Active" } },
	{ "suspended", { "停用", "Suspended" } },
	{ NULL, { NULL, NULL } },
};

static const struct transition transitions[] = {
	{ .name = "suspend",
	  .from = "active",
	  .to = "suspended",
	  .label = { "停用", "Suspend" },
	  .wants_comment = true },
	{ .name = "resume", .from = "suspended", .to = "active", .label = { "恢复", "Resume" } },
	{ .name = NULL },
};

#define KEEPERS (ROLE_BIT(ROLE_PROVINCE_OFFICER) | ROLE_BIT(ROLE_SYSTEM_ADMIN))

static const struct grant grants[] = {
	{ .roles = ROLES_ALL, .action = "read", .scope = SCOPE_ALL },
	{ .roles = KEEPERS, .action = "create", .scope = SCOPE_BELOW },
	{ .roles = KEEPERS, .action = "update", .scope = SCOPE_BELOW },
	{ .roles = ROLES_LEADING | ROLE_BIT(ROLE_CITY_OFFICER) | ROLE_BIT(ROLE_AGENCY),
	  .action = "update",
	  .scope = SCOPE_ORGANISATION,
	  .states = ",active," },
	{ .roles = ROLES_OFFICE, .action = "unmask", .scope = SCOPE_BELOW },
	{ .roles = ROLES_LEADING, .action = "unmask", .scope = SCOPE_ORGANISATION },
	{ .roles = KEEPERS, .action = "suspend", .scope = SCOPE_BELOW },
	{ .roles = KEEPERS, .action = "resume", .scope = SCOPE_BELOW },
	{ .roles = 0 },
};

/* ---- The tree. */
static bool is_below(const char *path, const char *above)
{
	return strncmp(path, above, strlen(above)) == 0;
}

/* The path of what stands above, "/" without one. */
static bool parent_path(const struct record *organisation, struct record_store *store,
			const char **path_out, struct error *error)
{
	struct record *parent;

	*path_out = "/";
	if (!record_is_set(organisation, ORGANISATION_PARENT))
		return true;
	if (!record_load(store, &organisation_type,
			 record_integer(organisation, ORGANISATION_PARENT), &parent, error)) {
		if (error->kind != ERROR_NOT_FOUND)
			return false;
		error_set(error, ERROR_INVALID, "record.no_reference", "%lld",
			  (long long)record_integer(organisation, ORGANISATION_PARENT));
		error->field = "parent_id";
		return false;
	}
	*path_out = record_text(parent, ORGANISATION_PATH);
	return true;
}

static bool set_path(struct record *organisation, struct record_store *store, struct error *error)
{
	const char *above;
	char *path;

	if (!parent_path(organisation, store, &above, error))
		return false;
	path = arena_printf(store->arena, "%s%lld/", above, (long long)organisation->id);
	if (organisation->id && strlen(path) > 150)
		return error_set_field(error, "parent_id", "types.organisation_deep");
	if (!organisation->id) {
		/* whoever creates it must be allowed to where it will stand */
		organisation->organisation_id = record_integer(organisation, ORGANISATION_PARENT);
		organisation->organisation_path = above;
		return true;
	}
	if (is_below(above, record_text(organisation, ORGANISATION_PATH)) &&
	    record_is_set(organisation, ORGANISATION_PATH))
		return error_set_field(error, "parent_id", "types.organisation_cycle");
	record_set_text(store, organisation, ORGANISATION_PATH, str_of(path));
	return true;
}

/* Those below move along. */
static bool move_below(struct record *organisation, struct record_store *store, struct error *error)
{
	const struct value id = { .integer = organisation->id };
	struct record **below;
	size_t count;

	if (!record_load_where(store, &organisation_type, ORGANISATION_PARENT, &id, &below, &count,
			       error))
		return false;
	for (size_t i = 0; i < count; i++) {
		const char *path = arena_printf(store->arena, "%s%lld/",
						record_text(organisation, ORGANISATION_PATH),
						(long long)below[i]->id);

		if (!record_replace_prefix(store, &organisation_type, ORGANISATION_PATH,
					   record_text(below[i], ORGANISATION_PATH), path, error))
			return false;
	}
	return true;
}

/* An organisation owns itself. */
static bool after_create(struct record *organisation, struct record_store *store,
			 struct error *error)
{
	organisation->organisation_id = organisation->id;
	if (!set_path(organisation, store, error))
		return false;
	organisation->organisation_path = record_text(organisation, ORGANISATION_PATH);
	return true;
}

/* ---- Rules. */
static bool has_kind(const struct record *organisation, const char *kind)
{
	return strcmp(record_text(organisation, ORGANISATION_KIND), kind) == 0;
}

/* Where it stands is not for its own people to say, and nobody moves it out of his own tree. */
static bool check_move(const struct record *organisation, struct record_store *store,
		       struct error *error)
{
	const struct actor *actor = store->actor;
	struct record *old;

	if (!organisation->id || actor->is_operator)
		return true;
	if (!record_load(store, &organisation_type, organisation->id, &old, error))
		return false;
	if (record_integer(old, ORGANISATION_PARENT) ==
	    record_integer(organisation, ORGANISATION_PARENT))
		return true;
	if (!(actor->roles & KEEPERS) || !actor->organisation_path ||
	    !is_below(record_text(organisation, ORGANISATION_PATH), actor->organisation_path))
		return error_set_field(error, "parent_id", "record.fixed");
	return true;
}

static bool validate(const struct record *organisation, struct record_store *store,
		     struct error *error)
{
	struct str region = str_of(record_text(organisation, ORGANISATION_REGION));

	if (!has_kind(organisation, "province_bureau") && !has_kind(organisation, "agency") &&
	    !record_is_set(organisation, ORGANISATION_PARENT))
		return error_set_field(error, "parent_id", "record.required");
	if (has_kind(organisation, "centre") && !record_is_set(organisation, ORGANISATION_HOST))
		return error_set_field(error, "host", "record.required");
	if (region.size && region.data[0] == '0')
		return error_set_field(error, "region", "record.not_region");
	return check_move(organisation, store, error);
}

const struct record_type organisation_type = {
	.name = "organisation",
	.clause = "2.1-b",
	.group = "people",
	.label = { "机构", "Organisation" },
	.fields = fields,
	.field_count = ORGANISATION_FIELD_COUNT,
	.states = states,
	.transitions = transitions,
	.grants = grants,
	.title_field = "name",
	.list_sort = "name",
	.has_attachments = true,
	.validate = validate,
	.before_save = set_path,
	.after_create = after_create,
	.after_update = move_below,
};
