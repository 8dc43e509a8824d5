#include "cli/command.h"
#include "cli/options.h"

#include <stddef.h>
#include <string.h>

extern const struct command ahp_command, analyse_command, backup_command, clauses_command,
	deadline_command, demo_command, describe_command, evaluate_command, evidence_command,
	explain_command, fees_command, grade_command, help_command, highvalue_command,
	import_command, indicators_command, init_command, lint_command, number_command,
	query_command, report_command, restore_command, search_command, serve_command,
	similar_command, states_command, topic_command, user_command, verify_command, work_command;

/* In the order a new user meets them. */
const struct command_group command_groups[] = {
	{ { "数据", "data" },
	  { &demo_command, &import_command, &topic_command, &query_command, NULL } },
	{ { "检索与分析", "search and analysis" },
	  { &search_command, &explain_command, &analyse_command, &similar_command, &report_command,
	    NULL } },
	{ { "号码、期限、费用与撰写", "numbers, periods, fees, drafting" },
	  { &number_command, &deadline_command, &fees_command, &states_command, &lint_command,
	    NULL } },
	{ { "评估与政策目标", "evaluation and targets of the policy" },
	  { &indicators_command, &highvalue_command, &evaluate_command, &ahp_command,
	    &grade_command, &evidence_command, &clauses_command, NULL } },
	{ { "系统管理", "administration" },
	  { &init_command, &user_command, &serve_command, &work_command, &backup_command,
	    &restore_command, &verify_command, &describe_command, &help_command, NULL } },
	{ .commands = { NULL } },
};

const struct command *command_find(const char *name, struct error *error)
{
	const struct command *nearest = NULL;
	size_t fewest = SIZE_MAX;

	for (const struct command_group *group = command_groups; group->commands[0]; group++)
		for (size_t i = 0; group->commands[i]; i++) {
			size_t slips = options_slips(group->commands[i]->name, str_of(name));

			if (strcmp(group->commands[i]->name, name) == 0)
				return group->commands[i];
			if (slips < fewest) {
				fewest = slips;
				nearest = group->commands[i];
			}
		}
	error_set(error, ERROR_USAGE, "cli.unknown_command", "%s", name);
	if (nearest)
		error_hint(error, "%s", nearest->name);
	return NULL;
}
