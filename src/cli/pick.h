#ifndef CLI_PICK_H
#define CLI_PICK_H

#include "cli/command.h"

/* The text in the language of the command; both may be formats of the same arguments. */
__attribute__((format_arg(2), format_arg(3))) static inline const char *pick(
	const struct context *context, const char *zh, const char *en)
{
	return context->language == LANGUAGE_ZH ? zh : en;
}

#endif
