#include "auth/auth.h"

bool auth_check_roles(unsigned roles, struct error *error)
{
	unsigned admins = roles & ROLES_ADMIN;
	bool several_admins = (admins & (admins - 1)) != 0;

	if (several_admins || (admins && (roles & ~ROLES_ADMIN)))
		return error_set_field(error, "roles", "auth.roles_conflict");
	return true;
}

static bool find_role(struct str name, unsigned *bit_out)
{
	for (int role = 0; role < ROLE_COUNT; role++)
		if (str_equal_cstr(name, role_infos[role].name)) {
			*bit_out = ROLE_BIT(role);
			return true;
		}
	return false;
}

bool auth_parse_roles(struct str names, unsigned *roles_out, struct error *error)
{
	struct str name;
	unsigned bit;

	*roles_out = 0;
	while (str_split(&names, STR(","), &name)) {
		name = str_trim(name);
		if (name.size == 0)
			continue;
		if (!find_role(name, &bit))
			return error_set(error, ERROR_INVALID, "auth.role_unknown", "%.*s",
					 STR_ARGS(name));
		*roles_out |= bit;
	}
	return true;
}
