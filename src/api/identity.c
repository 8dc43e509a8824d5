/* Who asks, and what the roles may. */
#include "api/identity.h"

#include "api/identity_internal.h"
#include "base/clock.h"
#include "base/memory.h"

#include <string.h>

enum {
	WORKING = ROLES_CENTRE | ROLES_OFFICE | ROLE_BIT(ROLE_AGENCY),
	READING = WORKING | ROLE_BIT(ROLE_EXPERT) | ROLE_BIT(ROLE_INSPECTOR),
};

#define OWN_ACCOUNT "session.own"

static const struct {
	const char *permission;
	unsigned roles;
} permissions[] = {
	{ "patent.read", READING },
	{ "topic.read", READING },
	{ "topic.write", WORKING },
	{ "import.write", WORKING },
	{ "report.write", READING },
	{ "job.read", READING },
	{ "job.write", WORKING },
	{ "metrics.read", ROLE_BIT(ROLE_SYSTEM_ADMIN) },
	/* the grants of the type decide */
	{ "record.read", ROLES_ALL },
	{ "record.write", ROLES_ALL },
	{ OWN_ACCOUNT, ROLES_ALL },
	{ "account.read", ROLE_BIT(ROLE_SYSTEM_ADMIN) | ROLE_BIT(ROLE_SECURITY_ADMIN) },
	{ "account.write", ROLE_BIT(ROLE_SYSTEM_ADMIN) },
	{ "account.guard", ROLE_BIT(ROLE_SECURITY_ADMIN) },
	{ "settings.read", ROLE_BIT(ROLE_SYSTEM_ADMIN) },
	{ "backup.write", ROLE_BIT(ROLE_SYSTEM_ADMIN) },
	{ "audit.read", ROLE_BIT(ROLE_AUDIT_ADMIN) },
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

const struct auth_identity *identity_of(const struct request *request)
{
	return request->user;
}

bool identity_read_settings(const struct config *config, struct auth_settings **settings_out,
			    struct error *error)
{
	struct auth_settings settings;

	*settings_out = NULL;
	if (!auth_read_settings(config, &settings, error))
		return false;
	*settings_out = memory_alloc(sizeof(settings));
	**settings_out = settings;
	return true;
}

struct auth *identity_auth(const struct request *request)
{
	const struct api_worker *worker = request->worker;
	struct auth *auth = arena_new(request->arena, struct auth);

	*auth = (struct auth){ .db = worker->db,
			       .arena = request->arena,
			       .settings = worker->api->settings,
			       .key = &worker->api->key,
			       .now_ms = clock_utc_ms(),
			       .user_id = request->user_id,
			       .request_id = request->id,
			       .address = request->address,
			       .agent = request_header(request, "User-Agent") };
	return auth;
}

/* With a one-time password, or without the second factor that is wanted, only the own account. */
static bool is_settled(const struct auth_identity *identity, const char *permission)
{
	return strcmp(permission, OWN_ACCOUNT) == 0 ||
	       (!identity->must_change_password && !identity->must_add_totp);
}

bool api_authorise(struct request *request, struct error *error)
{
	const char *permission = request->route->permission;
	struct auth_identity *identity = arena_new(request->arena, struct auth_identity);
	const struct auth_proof proof = {
		.session = request_cookie(request, cookie_name(request, AUTH_COOKIE)),
		.csrf = request_header(request, AUTH_CSRF),
		.bearer = request_bearer(request),
		.is_safe = request_is_safe(request),
	};

	if (!auth_authenticate(identity_auth(request), &proof, identity, error))
		return false;
	request->user = identity;
	request->user_id = identity->actor.user_id;
	if (!is_settled(identity, permission))
		return error_set(error, ERROR_FORBIDDEN,
				 identity->must_change_password ? "api.password_first"
								: "api.second_factor_first",
				 "%s", identity->login);
	return (api_allows(identity->actor.roles, permission) &&
		auth_scope_allows(identity, permission)) ||
	       error_set(error, ERROR_FORBIDDEN, "api.forbidden", "%s", permission);
}
