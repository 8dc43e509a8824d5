#include "auth/auth.h"
#include "base/config.h"

static bool read_second_factor(struct str names, unsigned *roles_out, struct error *error)
{
	*roles_out = 0;
	if (str_equal_cstr(names, "none"))
		return true;
	if (str_equal_cstr(names, "all")) {
		*roles_out = ROLES_ALL;
		return true;
	}
	return auth_parse_roles(names, roles_out, error);
}

bool auth_read_settings(const struct config *config, struct auth_settings *settings_out,
			struct error *error)
{
	struct auth_settings settings = auth_settings_default;

	settings.password_length_min = (int)config->password_length_min;
	settings.session_idle_minutes = (int)config->session_idle_minutes;
	settings.session_max_hours = (int)config->session_max_hours;
	settings.sessions_max = (int)config->sessions_per_user;
	settings.lockout_after = (int)config->lockout_failures;
	settings.lockout_seconds = (int)config->lockout_minutes * 60;
	if (settings.lockout_seconds_max < settings.lockout_seconds)
		settings.lockout_seconds_max = settings.lockout_seconds;
	settings.audit_hash = config->audit_sm3 ? AUDIT_SM3 : AUDIT_SHA256;
	*settings_out = settings;
	return read_second_factor(str_of(config->second_factor), &settings_out->totp_roles, error);
}
