#ifndef CLI_CONSOLE_H
#define CLI_CONSOLE_H

#include "auth/auth.h"
#include "base/config.h"
#include "cli/command.h"
#include "library/library.h"
#include "record/secret.h"

/*
 * What commands that keep accounts and records work with: the operator at the console may do
 * everything (record.h, is_operator), and the audit log says user 0 did it.
 */
struct console {
	struct config config;
	struct library *library;
	struct secret_key key;
	struct auth_settings settings;
	struct record_store store;
	struct auth auth;
};

/* create: makes the folder, its database and its key when they are missing. */
bool console_open(struct context *context, bool create, struct console *console_out,
		  struct error *error) MUST_CHECK;
void console_close(struct console *console);

/* The first field at fault of a refused record becomes the error. Always false. */
bool console_explain(const struct field_errors *errors, struct error *error);

#endif
