#include "base/config.h"

#include "base/file.h"

#include <stddef.h>
#include <stdlib.h>

enum { CONFIG_SIZE_MAX = 1 << 16, HINT_DISTANCE_MAX = 3, NAME_MAX_SIZE = 40 };

struct setting {
	const char *name;
	enum config_kind kind;
	size_t offset;
	int64_t min, max;
};

/* Does not compile when the member is of another type than the row says. */
#define OFFSET_OF(member_, type_)                                                                  \
	(offsetof(struct config, member_) +                                                        \
	 0 * sizeof(char[__builtin_types_compatible_p(__typeof__(((struct config *)0)->member_),   \
						      type_)                                       \
				 ? 1                                                               \
				 : -1]))
#define TEXT(member_)                                                                              \
	{                                                                                          \
#member_, CONFIG_TEXT, OFFSET_OF(member_, const char *), 0, 0                      \
	}
#define NUMBER(member_, min_, max_)                                                                \
	{                                                                                          \
#member_, CONFIG_NUMBER, OFFSET_OF(member_, int64_t), min_, max_                   \
	}
#define BOOL(member_)                                                                              \
	{                                                                                          \
#member_, CONFIG_BOOL, OFFSET_OF(member_, bool), 0, 0                              \
	}

static const struct setting settings[] = {
	TEXT(database),
	TEXT(listen),
	TEXT(tls_certificate),
	TEXT(tls_key),
	TEXT(trusted_proxy),
	NUMBER(workers, 1, 64),
	NUMBER(queue_max, 1, 100000),
	NUMBER(connections_max, 1, 100000),
	NUMBER(connections_per_address, 0, 100000),
	NUMBER(upload_max_mib, 1, 65536),
	NUMBER(request_timeout_seconds, 1, 3600),
	NUMBER(job_workers, 0, 64),
	NUMBER(report_timeout_seconds, 1, 86400),
	NUMBER(report_memory_max_mib, 64, 65536),
	BOOL(request_log),
	NUMBER(session_idle_minutes, 1, 1440),
	NUMBER(session_max_hours, 1, 720),
	NUMBER(sessions_per_user, 1, 100),
	NUMBER(password_length_min, 8, 128),
	NUMBER(lockout_failures, 3, 100),
	NUMBER(lockout_minutes, 1, 1440),
	TEXT(second_factor),
	BOOL(audit_sm3),
};

enum { SETTING_COUNT = sizeof(settings) / sizeof(settings[0]) };

struct config config_default(void)
{
	return (struct config){
		.database = "",
		.listen = "127.0.0.1:8460",
		.tls_certificate = "",
		.tls_key = "",
		.trusted_proxy = "",
		.workers = 8,
		.queue_max = 256,
		.connections_max = 2000,
		.connections_per_address = 200,
		.upload_max_mib = 2048,
		.request_timeout_seconds = 30,
		.job_workers = 1,
		.report_timeout_seconds = 600,
		.report_memory_max_mib = 2048,
		.request_log = true,
		.session_idle_minutes = 30,
		.session_max_hours = 12,
		.sessions_per_user = 5,
		.password_length_min = 10,
		.lockout_failures = 5,
		.lockout_minutes = 5,
		.second_factor = "none",
	};
}

/* Levenshtein's distance of a name from outside to one of ours, over short names. */
static size_t distance(struct str a, struct str b)
{
	size_t row[NAME_MAX_SIZE + 1];

	for (size_t j = 0; j <= b.size; j++)
		row[j] = j;
	for (size_t i = 0; i < a.size; i++) {
		size_t before = row[0];

		row[0] = i + 1;
		for (size_t j = 0; j < b.size; j++) {
			size_t best = before + (a.data[i] != b.data[j]);

			before = row[j + 1];
			best = row[j] + 1 < best ? row[j] + 1 : best;
			row[j + 1] = before + 1 < best ? before + 1 : best;
		}
	}
	return row[b.size];
}

static void add_hint(struct error *error, struct str name)
{
	size_t nearest = HINT_DISTANCE_MAX + 1;

	if (name.size > NAME_MAX_SIZE)
		return;
	for (size_t i = 0; i < SETTING_COUNT; i++) {
		size_t d = distance(name, str_of(settings[i].name));

		if (d >= nearest)
			continue;
		nearest = d;
		error_hint(error, "%s", settings[i].name);
	}
}

static const struct setting *find(struct str name)
{
	for (size_t i = 0; i < SETTING_COUNT; i++)
		if (str_equal_cstr(name, settings[i].name))
			return &settings[i];
	return NULL;
}

static bool set_text(struct arena *arena, struct str value, const char **target)
{
	*target = str_to_cstr(arena, value);
	return str_find_byte(value, 0) == STR_NOT_FOUND;
}

static bool set_number(const struct setting *setting, struct str value, int64_t *target)
{
	return str_to_int64(value, target) && *target >= setting->min && *target <= setting->max;
}

static bool set_bool(struct str value, bool *target)
{
	*target = str_equal_cstr(value, "yes");
	return *target || str_equal_cstr(value, "no");
}

static bool set_value(struct arena *arena, const struct setting *setting, struct str value,
		      struct config *config)
{
	void *target = (char *)config + setting->offset;

	switch (setting->kind) {
	case CONFIG_NUMBER:
		return set_number(setting, value, target);
	case CONFIG_BOOL:
		return set_bool(value, target);
	case CONFIG_TEXT:
	default:
		return set_text(arena, value, target);
	}
}

/* What was wanted in the place of a refused value. */
static bool refuse_value(const struct setting *setting, struct str value, int64_t line,
			 struct error *error)
{
	error_set_at(error, ERROR_INVALID, "config.value", line, "%s = %.*s", setting->name,
		     STR_ARGS(str_slice(value, 0, 80)));
	if (setting->kind == CONFIG_NUMBER)
		return error_hint(error, "%lld … %lld", (long long)setting->min,
				  (long long)setting->max);
	return error_hint(error, "%s", setting->kind == CONFIG_BOOL ? "yes, no" : "UTF-8");
}

static struct str unquote(struct str value)
{
	if (value.size >= 2 && value.data[0] == '"' && value.data[value.size - 1] == '"')
		return str_slice(value, 1, value.size - 1);
	return value;
}

static bool read_line(struct arena *arena, struct str line, int64_t number, bool *seen,
		      struct config *config, struct error *error)
{
	const struct setting *setting;
	struct str name, value = str_trim(line);

	if (value.size == 0 || value.data[0] == '#')
		return true;
	if (str_find_byte(value, '=') == STR_NOT_FOUND)
		return error_set_at(error, ERROR_INVALID, "config.line", number, "%.*s",
				    STR_ARGS(str_slice(value, 0, 80)));
	str_split(&value, STR("="), &name);
	name = str_trim(name);
	setting = find(name);
	if (!setting) {
		error_set_at(error, ERROR_INVALID, "config.unknown", number, "%.*s",
			     STR_ARGS(str_slice(name, 0, 80)));
		add_hint(error, name);
		return false;
	}
	if (seen[setting - settings])
		return error_set_at(error, ERROR_INVALID, "config.twice", number, "%s",
				    setting->name);
	seen[setting - settings] = true;
	value = unquote(str_trim(value));
	return set_value(arena, setting, value, config) ||
	       refuse_value(setting, value, number, error);
}

/* What no line alone can say. */
static bool check(const struct config *config, struct error *error)
{
	if (!*config->tls_certificate != !*config->tls_key)
		return error_set(error, ERROR_INVALID, "config.tls_pair", "%s", CONFIG_NAME);
	return true;
}

bool config_read(struct arena *arena, const char *data_folder, struct config *config_out,
		 struct error *error)
{
	const char *path = file_join(arena, data_folder, CONFIG_NAME);
	bool seen[SETTING_COUNT] = { false };
	struct str rest, line;
	int64_t number = 0;

	*config_out = config_default();
	if (!file_exists(path))
		return true;
	if (!file_read(arena, path, CONFIG_SIZE_MAX, &rest, error))
		return false;
	while (str_split(&rest, STR("\n"), &line))
		if (!read_line(arena, line, ++number, seen, config_out, error))
			return false;
	return check(config_out, error);
}

bool config_value_at(const struct config *config, size_t i, struct config_value *value_out)
{
	const char *place;

	if (i >= SETTING_COUNT)
		return false;
	place = (const char *)config + settings[i].offset;
	*value_out = (struct config_value){ .name = settings[i].name, .kind = settings[i].kind };
	if (settings[i].kind == CONFIG_TEXT)
		value_out->text = *(const char *const *)(const void *)place;
	else if (settings[i].kind == CONFIG_NUMBER)
		value_out->number = *(const int64_t *)(const void *)place;
	else
		value_out->number = *(const bool *)place;
	return true;
}
