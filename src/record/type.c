#include "record/record_internal.h"

const struct role_info role_infos[ROLE_COUNT] = {
	[ROLE_DIRECTOR] = { "director", { "中心主任", "Centre director" } },
	[ROLE_IP_MANAGER] = { "ip_manager", { "知识产权专员", "IP manager" } },
	[ROLE_RESEARCHER] = { "researcher", { "研发人员", "Researcher" } },
	[ROLE_FINANCE] = { "finance", { "财务人员", "Finance" } },
	[ROLE_AGENCY] = { "agency", { "代理机构人员", "Agency staff" } },
	[ROLE_CITY_OFFICER] = { "city_officer", { "市（州）局管理人员", "City officer" } },
	[ROLE_PROVINCE_OFFICER] = { "province_officer", { "省局管理人员", "Province officer" } },
	[ROLE_EXPERT] = { "expert", { "评审专家", "Expert" } },
	[ROLE_INSPECTOR] = { "inspector", { "监督检查人员", "Inspector" } },
	[ROLE_SYSTEM_ADMIN] = { "system_admin", { "系统管理员", "System administrator" } },
	[ROLE_SECURITY_ADMIN] = { "security_admin", { "安全管理员", "Security administrator" } },
	[ROLE_AUDIT_ADMIN] = { "audit_admin", { "审计管理员", "Audit administrator" } },
};

const struct record_type *record_type_find(const char *name)
{
	for (const struct record_type *const *type = record_types; *type; type++)
		if (strcmp((*type)->name, name) == 0)
			return *type;
	return NULL;
}

size_t record_field_find(const struct record_type *type, struct str name)
{
	for (size_t i = 0; i < type->field_count; i++)
		if (str_equal_cstr(name, type->fields[i].name))
			return i;
	return SIZE_MAX;
}

const struct choice *choice_find(const struct choice *choices, struct str value)
{
	for (; choices && choices->value; choices++)
		if (str_equal_cstr(value, choices->value))
			return choices;
	return NULL;
}

bool name_is_listed(const char *list, struct str name)
{
	struct str rest = str_of(list), part;

	while (str_split(&rest, STR(","), &part))
		if (part.size && str_equal(part, name))
			return true;
	return false;
}

static const char *const base_fields[] = { "id",         "state",      "organisation_id",
					   "created_by", "created_at", "updated_at" };

const char *base_field_name(size_t field)
{
	if (field < RECORD_FIELD_ID || field >= RECORD_FIELD_END)
		return NULL;
	return base_fields[field - RECORD_FIELD_ID];
}

const struct record_type *type_of_reference(const struct field *field)
{
	if (field->kind == FIELD_ORGANISATION)
		return record_type_find("organisation");
	if (field->kind == FIELD_USER)
		return record_type_find("user");
	return field->ref ? record_type_find(field->ref) : NULL;
}
