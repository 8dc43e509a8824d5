/* Who asks, and what the roles may. Includes record/ and none of the searching side: both have names
   like FIELD_DATE. */
#include "api/who.h"

#include "api/api.h"
#include "record/record.h"

#include <string.h>

enum {
	WORKING = ROLES_CENTRE | ROLES_OFFICE | ROLE_BIT(ROLE_AGENCY),
	READING = WORKING | ROLE_BIT(ROLE_EXPERT) | ROLE_BIT(ROLE_INSPECTOR),
};

static const struct {
	const char *permission;
	unsigned roles;
} permissions[] = {
	{ "patent.read", READING },  { "topic.read", READING },
	{ "topic.write", WORKING },  { "import.write", WORKING },
	{ "report.write", READING }, { "job.read", READING },
	{ "job.write", WORKING },    { "metrics.read", ROLE_BIT(ROLE_SYSTEM_ADMIN) },
};

bool api_allows(unsigned roles, const char *permission)
{
	for (size_t i = 0; i < sizeof(permissions) / sizeof(permissions[0]); i++)
		if (strcmp(permissions[i].permission, permission) == 0)
			return (permissions[i].roles & roles) != 0;
	return false;
}

void call_actor(const struct request *request, int64_t *user_id_out, int64_t *organisation_id_out)
{
	const struct actor *actor = request->user;

	*user_id_out = actor ? actor->user_id : 0;
	*organisation_id_out = actor ? actor->organisation_id : 0;
}
