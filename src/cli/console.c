#include "cli/console.h"

#include "base/clock.h"
#include "base/file.h"

static const struct actor operator_actor = { .is_operator = true, .organisation_path = "/" };

static void fill(struct context *context, struct console *console)
{
	struct db *db = library_database(console->library);

	console->store = (struct record_store){ .db = db,
						.arena = context->arena,
						.actor = &operator_actor,
						.now_ms = clock_utc_ms(),
						.today = context->today,
						.key = &console->key,
						.audit = auth_record_audit,
						.audit_context = &console->settings };
	console->auth = (struct auth){ .db = db,
				       .arena = context->arena,
				       .settings = &console->settings,
				       .key = &console->key,
				       .now_ms = console->store.now_ms };
}

static bool open_key(struct context *context, struct secret_key *key, struct error *error)
{
	const char *path = file_join(context->arena, context->data_folder, "secret.key");

	return secret_make_key(path, error) && secret_read_key(path, key, error);
}

bool console_open(struct context *context, bool create, struct console *console_out,
		  struct error *error)
{
	*console_out = (struct console){ 0 };
	if (!config_read(context->arena, context->data_folder, &console_out->config, error) ||
	    !auth_read_settings(&console_out->config, &console_out->settings, error) ||
	    !library_open(context->data_folder, create, &console_out->library, error))
		return false;
	if (!open_key(context, &console_out->key, error)) {
		library_close(console_out->library);
		return false;
	}
	fill(context, console_out);
	return true;
}

void console_close(struct console *console)
{
	library_close(console->library);
}

bool console_explain(const struct field_errors *errors, struct error *error)
{
	if (errors->count == 0)
		return false;
	error_set(error, ERROR_INVALID, errors->items[0].key, "%s", errors->items[0].detail);
	error->field = errors->items[0].field;
	return false;
}
