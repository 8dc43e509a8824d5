/*
 * 任职与角色: a user's roles in an organisation. The system administrator asks for them, the security
 * administrator grants them (三员分立): neither alone can give anybody a role.
 */
#include "types/types.h"

static const struct choice roles[] = {
	{ "director", { "中心主任", "Centre director" } },
	{ "ip_manager", { "知识产权专员", "IP manager" } },
	{ "researcher", { "研发人员", "Researcher" } },
	{ "finance", { "财务人员", "Finance" } },
	{ "agency", { "代理机构人员", "Agency staff" } },
	{ "city_officer", { "市（州）局管理人员", "City officer" } },
	{ "province_officer", { "省局管理人员", "Province officer" } },
	{ "expert", { "评审专家", "Expert" } },
	{ "inspector", { "监督检查人员", "Inspector" } },
	{ "system_admin", { "系统管理员", "System administrator" } },
	{ "security_admin", { "安全管理员", "Security administrator" } },
	{ "audit_admin", { "审计管理员", "Audit administrator" } },
	{ NULL, { NULL, NULL } },
};

static const struct field fields[] = {
	[MEMBERSHIP_USER] = { .name = "user_id",
			      .kind = FIELD_USER,
			      .flags = FIELD_REQUIRED | FIELD_FIXED | FIELD_INDEXED | FIELD_LISTED,
			      .label = { "用户", "User" } },
	[MEMBERSHIP_ROLES] = { .name = "roles",
			       .kind = FIELD_CHOICES,
			       .choices = roles,
			       .flags = FIELD_REQUIRED | FIELD_LISTED,
			       .label = { "角色", "Roles" } },
	[MEMBERSHIP_REASON] = { .name = "reason",
				.flags = FIELD_LISTED | FIELD_SEARCHED,
				.label = { "授权依据", "Reason" } },
	[MEMBERSHIP_UNTIL] = { .name = "until",
			       .kind = FIELD_DATE,
			       .flags = FIELD_LISTED,
			       .label = { "有效期至", "Until" },
			       .help = { "到期后角色不再有效；不填为长期",
					 "the roles end with that day; empty: no end" } },
};
_Static_assert(sizeof(fields) / sizeof(fields[0]) == MEMBERSHIP_FIELD_COUNT, "every field");

static const struct choice states[] = {
	{ "requested", { "待授权", "Requested" } },
	{ "active", { "有效", "Active" } },
	{ "refused", { "不予授权", "Refused" } },
	{ "revoked", { "已撤销", "Revoked" } },
	{ NULL, { NULL, NULL } },
};

static const struct transition transitions[] = {
	{ .name = "grant",
	  .from = "requested",
	  .to = "active",
	  .label = { "授权", "Grant" },
	  .is_task = true },
	{ .name = "refuse",
	  .from = "requested",
	  .to = "refused",
	  .label = { "不予授权", "Refuse" },
	  .is_task = true,
	  .wants_comment = true },
	{ .name = "revoke",
	  .from = "active",
	  .to = "revoked",
	  .label = { "撤销", "Revoke" },
	  .wants_comment = true },
	{ .name = NULL },
};

#define ADMIN    ROLE_BIT(ROLE_SYSTEM_ADMIN)
#define SECURITY ROLE_BIT(ROLE_SECURITY_ADMIN)

static const struct grant grants[] = {
	{ .roles = ADMIN | SECURITY | ROLES_ABOVE, .action = "read", .scope = SCOPE_BELOW },
	{ .roles = ROLES_LEADING, .action = "read", .scope = SCOPE_ORGANISATION },
	{ .roles = ADMIN, .action = "create", .scope = SCOPE_BELOW },
	{ .roles = ADMIN, .action = "update", .scope = SCOPE_BELOW, .states = ",requested," },
	{ .roles = ADMIN, .action = "delete", .scope = SCOPE_BELOW, .states = ",requested," },
	{ .roles = SECURITY, .action = "grant", .scope = SCOPE_BELOW },
	{ .roles = SECURITY, .action = "refuse", .scope = SCOPE_BELOW },
	{ .roles = SECURITY | ADMIN, .action = "revoke", .scope = SCOPE_BELOW },
	{ .roles = 0 },
};

unsigned membership_roles(struct str names)
{
	unsigned bits = 0;
	struct str name;

	while (str_split(&names, STR(","), &name))
		for (int role = 0; role < ROLE_COUNT; role++)
			if (str_equal_cstr(name, role_infos[role].name))
				bits |= ROLE_BIT(role);
	return bits;
}

/* One administrator's role at most, and never beside a business role. */
static bool is_separated(unsigned bits)
{
	unsigned admins = bits & ROLES_ADMIN;

	return (admins & (admins - 1)) == 0 && (!admins || !(bits & ROLES_BUSINESS));
}

/* All roles the user has or is to have, in whatever organisation. */
static bool roles_together(const struct record *membership, struct record_store *store,
			   unsigned *bits_out, struct error *error)
{
	const struct value user = membership->values[MEMBERSHIP_USER];
	struct record **others;
	size_t count;

	*bits_out = membership_roles(str_of(record_text(membership, MEMBERSHIP_ROLES)));
	if (!record_load_where(store, &membership_type, MEMBERSHIP_USER, &user, &others, &count,
			       error))
		return false;
	for (size_t i = 0; i < count; i++)
		if (others[i]->id != membership->id && (strcmp(others[i]->state, "active") == 0 ||
							strcmp(others[i]->state, "requested") == 0))
			*bits_out |= membership_roles(
				str_of(record_text(others[i], MEMBERSHIP_ROLES)));
	return true;
}

/* What roles there are in an organisation of a kind; the administrators sit with any bureau. */
static unsigned roles_of_kind(const char *kind)
{
	static const struct {
		const char *kind;
		unsigned roles;
	} rows[] = {
		{ "centre", ROLES_CENTRE },
		{ "agency", ROLE_BIT(ROLE_AGENCY) },
		{ "city_bureau", ROLE_BIT(ROLE_CITY_OFFICER) | ROLE_BIT(ROLE_EXPERT) |
					 ROLE_BIT(ROLE_INSPECTOR) | ROLES_ADMIN },
		{ "province_bureau", ROLE_BIT(ROLE_PROVINCE_OFFICER) | ROLE_BIT(ROLE_EXPERT) |
					     ROLE_BIT(ROLE_INSPECTOR) | ROLES_ADMIN },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (strcmp(rows[i].kind, kind) == 0)
			return rows[i].roles;
	return 0;
}

static bool validate(const struct record *membership, struct record_store *store,
		     struct error *error)
{
	unsigned own = membership_roles(str_of(record_text(membership, MEMBERSHIP_ROLES)));
	struct record *organisation;
	unsigned together;

	if (strcmp(membership->state, "requested") != 0 && strcmp(membership->state, "active") != 0)
		return true; /* a membership that ends needs no check */
	if (!record_load(store, &organisation_type, membership->organisation_id, &organisation,
			 error) ||
	    !roles_together(membership, store, &together, error))
		return false;
	if (own & ~roles_of_kind(record_text(organisation, ORGANISATION_KIND)))
		return error_set_field(error, "roles", "types.role_of_organisation");
	if (!is_separated(together))
		return error_set_field(error, "roles", "types.roles_apart");
	return true;
}

const struct record_type membership_type = {
	.name = "membership",
	.clause = "2.1-b 3-m",
	.group = "people",
	.label = { "任职与角色", "Membership" },
	.fields = fields,
	.field_count = MEMBERSHIP_FIELD_COUNT,
	.states = states,
	.transitions = transitions,
	.grants = grants,
	.title_field = "reason",
	.list_sort = "-updated_at",
	.validate = validate,
};
