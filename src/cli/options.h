#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include "cli/command.h"

/*
 * Reads the arguments of one command: fills `values` from its options, the context from the
 * options every command has, and collects the rest in `arguments` (room for argument_count).
 * "--" ends the options. *wants_help_out is set by --help or -h, which makes the number of
 * arguments not matter.
 */
bool options_parse(const struct command *command, char **words, size_t word_count,
		   struct context *context, void *values, char **arguments,
		   size_t *argument_count_out, bool *wants_help_out,
		   struct error *error) MUST_CHECK;

/* The options every command has, where they stand before the command's name. *used_out: how many
   words they take. */
bool options_parse_leading(char **words, size_t word_count, struct context *context,
			   size_t *used_out, struct error *error) MUST_CHECK;

bool options_is_help(const char *word);    /* --help or -h */
const struct option *options_common(void); /* a NULL name ends */

/* How many slips of the fingers `written` is away from a name; SIZE_MAX: it is another word. */
size_t options_slips(const char *meant, struct str written);

/* The next of the usages a command's `arguments` name, parted by " | ". */
bool options_next_usage(struct str *rest, struct str *part_out);

/* Refuses for want of arguments, with the usage: of the verb, or of the command without one. */
bool options_too_few(const struct command *command, const char *verb, struct error *error);

#endif
