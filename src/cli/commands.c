#include "cli/command.h"

extern const struct command analyse_command, demo_command, explain_command, import_command,
	number_command, query_command, report_command, search_command, similar_command,
	topic_command, verify_command;

const struct command commands[] = { { .name = NULL } };
