#ifndef CLI_IMPORT_H
#define CLI_IMPORT_H

#include "cli/command.h"
#include "import/run.h"

/* One file of `yucheng import` and what came of it. */
struct import_file {
	const char *path;
	struct import_result result;
	bool is_failed; /* nothing of it was taken in: error says why */
	struct error error;
};

/* What the command prints: a line a file with its warnings, or one JSON object. */
void import_print_file(struct context *context, const struct import_file *file);
void import_print_sum(struct context *context, const struct import_file *files, size_t count);
void import_print_json(struct context *context, const struct import_file *files, size_t count);
void import_print_sources(struct context *context);

/* Refused rows of all files as CSV: their columns, then file, row and reason. */
bool import_write_rejects(struct context *context, const char *path,
			  const struct import_file *files, size_t count,
			  struct error *error) MUST_CHECK;

/* import_cases.c: proposals for cases the documents belong to. */
bool import_propose_updates(struct context *context, struct error *error) MUST_CHECK;

#endif
