#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include "base/arena.h"
#include "base/date.h"
#include "base/error.h"
#include "base/label.h"
#include "base/message.h"
#include "base/str.h"

/*
 * The frame every command stands in: options from a table (which is also its --help), the data
 * folder, language, output as text or JSON, progress, and errors told in one way. One file per
 * command; commands.c is the whole table. Nothing here is threaded.
 */
struct context {
	struct arena *arena;     /* lives as long as the command */
	const char *data_folder; /* --data, $YUCHENG_DATA, ./data-yucheng */
	enum language language;  /* --lang, $YUCHENG_LANG: zh (default) or en */
	bool json;               /* --json */
	bool quiet;              /* no progress */
	date today;              /* --as-of, or the real one */
};

enum option_kind { OPTION_FLAG, OPTION_TEXT, OPTION_COUNT, OPTION_DATE, OPTION_CHOICE };

/* One option of a command; its value is written to the field at offset in the options struct. */
struct option {
	const char *name; /* "limit": given as --limit 20 or --limit=20; NULL ends */
	enum option_kind kind;
	size_t offset;           /* of bool, const char *, int64_t, date, int (choice index) */
	const char *placeholder; /* "N" */
	struct label help;
	const char *const *choices; /* OPTION_CHOICE; NULL ends */
};

struct command {
	const char *name;
	const char *arguments; /* "'QUERY'", shown in help; several usages are parted by " | " */
	struct label help;
	const struct option *options;
	size_t options_size; /* of the struct the options fill; zeroed before */
	size_t arguments_min, arguments_max;
	/* Returns the exit status: 0 done, 1 findings or refused rows; failed calls fill error
	   and return -1. `examples` of --help are whole lines. */
	int (*run)(struct context *context, void *options, char **arguments, size_t argument_count,
		   struct error *error);
	const char *examples;
};

enum { COMMAND_GROUP_MAX = 10 };

struct command_group {
	struct label name;
	const struct command *commands[COMMAND_GROUP_MAX]; /* NULL ends */
};

extern const struct command_group command_groups[]; /* one without commands ends; commands.c */

/* NULL when there is none, with the nearest name as a hint. */
const struct command *command_find(const char *name, struct error *error);

/* Ends of the output. */
void command_print(struct str text); /* to stdout */
struct strbuf;
void command_print_json(struct strbuf *text); /* a line of stdout; releases the text */
void command_warn(struct context *context, const struct error *error);

/* A progress bar on a terminal's stderr, for work over a second; silent elsewhere. */
void progress_show(struct context *context, const char *what, int64_t done, int64_t total);
void progress_end(struct context *context);

/*
 * A table for the terminal: columns padded by display width (CJK counts two), numbers to the
 * right, cut to the width of the terminal.
 */
struct text_table;
struct text_table *text_table_create(struct arena *arena, size_t column_count);
void text_table_right(struct text_table *table, size_t column);  /* align right */
void text_table_cell(struct text_table *table, struct str text); /* row by row */
void text_table_print(const struct text_table *table);
/* The first row, in the language of the command. */
void command_table_head(const struct context *context, struct text_table *table,
			const struct label *heads, size_t count);

int cli_main(int argument_count, char **arguments);

#endif
