#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include "cli/command.h"

/*
 * Reads the arguments of one command: fills `values` from its options, the context from the
 * options every command has, and collects the rest in `arguments` (room for argument_count).
 * "--" ends the options. *wants_help_out is set by --help, which makes the rest not matter.
 */
bool options_parse(const struct command *command, char **words, size_t word_count,
		   struct context *context, void *values, char **arguments,
		   size_t *argument_count_out, bool *wants_help_out,
		   struct error *error) MUST_CHECK;

void options_print_help(const struct command *command, enum language language);

#endif
