#include "cli/command.h"

extern const struct command clauses_command, states_command, evidence_command, ahp_command,
	evaluate_command, grade_command, highvalue_command, indicators_command, analyse_command,
	backup_command, deadline_command, demo_command, describe_command, explain_command,
	fees_command, import_command, init_command, lint_command, number_command, query_command,
	report_command, restore_command, search_command, serve_command, similar_command,
	topic_command, user_command, verify_command, work_command;

/* In the order a new user meets them. */
const struct command *const commands[] = {
	&demo_command,      &import_command,   &topic_command,
	&query_command,     &search_command,   &explain_command,
	&analyse_command,   &similar_command,  &report_command,
	&number_command,    &deadline_command, &fees_command,
	&states_command,    &lint_command,     &indicators_command,
	&highvalue_command, &evaluate_command, &ahp_command,
	&grade_command,     &evidence_command, &clauses_command,
	&verify_command,    &backup_command,   &restore_command,
	&init_command,      &user_command,     &serve_command,
	&work_command,      &describe_command, NULL,
};
