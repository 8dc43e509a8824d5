#ifndef CLI_HELP_H
#define CLI_HELP_H

#include "cli/command.h"

/* The usage, options and examples of a command, to stdout. */
void help_print(const struct context *context, const struct command *command);

#endif
