/* What yucheng.conf says, for the system administrator; changed in the file, at the next start. */
#include "api/call.h"
#include "api/routes.h"

#include <string.h>

/* A database's address may hold a password: only its kind is told. */
static const char *shown_value(const struct config_value *value)
{
	if (strcmp(value->name, "database") != 0)
		return value->text;
	return *value->text ? "postgresql" : "sqlite";
}

static void write_value(struct jsonout *json, const struct config_value *value)
{
	switch (value->kind) {
	case CONFIG_NUMBER:
		jsonout_member_integer(json, value->name, value->number);
		break;
	case CONFIG_BOOL:
		jsonout_member_bool(json, value->name, value->number != 0);
		break;
	case CONFIG_TEXT:
	default:
		jsonout_member_cstr(json, value->name, shown_value(value));
	}
}

static bool get_settings(struct call *call, struct error *error)
{
	struct config_value value;

	(void)error;
	jsonout_object_begin(&call->json);
	jsonout_key(&call->json, "settings");
	jsonout_object_begin(&call->json);
	for (size_t i = 0; config_value_at(call->api->config, i, &value); i++)
		write_value(&call->json, &value);
	jsonout_object_end(&call->json);
	jsonout_object_end(&call->json);
	return true;
}

HANDLER(api_get_settings, get_settings)
