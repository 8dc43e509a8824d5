/* yucheng help [COMMAND]: all commands, or the usage of one from its table of options. */
#include "cli/help.h"
#include "base/utf8.h"
#include "cli/options.h"
#include "cli/pick.h"

#include <stdio.h>

enum { COLUMN_MIN = 24, COLUMN_MAX = 32 };

static void print_overview(const struct context *context)
{
	printf("%s\n", pick(context,
			    "育成 Yucheng：高价值专利育成中心工作平台\n用法：yucheng 命令 [选项] …",
			    "Yucheng: the workplace of a high-value patent cultivation centre\n"
			    "usage: yucheng COMMAND [OPTIONS] …"));
	for (const struct command_group *group = command_groups; group->commands[0]; group++) {
		printf("\n%s\n", label_text(group->name, context->language));
		for (size_t i = 0; group->commands[i]; i++)
			printf("  %-10s %s\n", group->commands[i]->name,
			       pick(context, group->commands[i]->help.zh,
				    group->commands[i]->help.en));
	}
	printf("\n%s\n",
	       pick(context,
		    "yucheng help 命令（或 yucheng 命令 --help）显示该命令的用法、选项与示例。\n"
		    "退出状态：0 完成，1 有发现或拒收的行，2 用法错误，3 失败。",
		    "yucheng help COMMAND (or yucheng COMMAND --help) shows its usage, options and "
		    "examples.\n"
		    "exit status: 0 done, 1 findings or refused rows, 2 wrong use, 3 failed."));
}

static size_t left_side(const struct option *option, char *left, size_t room)
{
	snprintf(left, room, "--%s%s%s", option->name, option->placeholder ? " " : "",
		 option->placeholder ? option->placeholder : "");
	return utf8_width(str_of(left));
}

static size_t widest(const struct option *option, size_t width)
{
	char left[64];

	for (; option && option->name; option++) {
		size_t wanted = left_side(option, left, sizeof(left));

		width = wanted > width && wanted <= COLUMN_MAX ? wanted : width;
	}
	return width;
}

/* What is too wide for the column has its explanation on the next line. */
static void print_options(const struct context *context, const struct option *option, size_t column)
{
	for (; option && option->name; option++) {
		char left[64];
		size_t width = left_side(option, left, sizeof(left));

		printf("  %s", left);
		if (width > column)
			printf("\n  %*s", (int)column, "");
		else
			printf("%*s", (int)(column - width), "");
		printf("  %s\n", pick(context, option->help.zh, option->help.en));
	}
}

static void print_usage(const struct context *context, const struct command *command)
{
	struct str rest = str_of(command->arguments), part = STR("");
	const char *before = pick(context, "用法：", "usage: ");
	int indent = (int)utf8_width(str_of(before));

	for (int line = 0; options_next_usage(&rest, &part) || line == 0; line++)
		printf("%s%*syucheng %s%s%.*s\n", line ? "" : before, line ? indent : 0, "",
		       command->name, part.size ? " " : "", STR_ARGS(part));
}

static void print_examples(const struct context *context, struct str examples)
{
	printf("\n%s\n", pick(context, "示例：", "examples:"));
	while (examples.size > 0) {
		struct str line = str_slice(examples, 0, str_find_byte(examples, '\n'));

		printf("  %.*s\n", STR_ARGS(line));
		examples = str_slice(examples, line.size + 1, examples.size);
	}
}

void help_print(const struct context *context, const struct command *command)
{
	size_t column = widest(command->options, widest(options_common(), COLUMN_MIN));

	print_usage(context, command);
	printf("\n%s\n", pick(context, command->help.zh, command->help.en));
	if (command->options && command->options->name) {
		printf("\n%s\n", pick(context, "选项：", "options:"));
		print_options(context, command->options, column);
	}
	printf("\n%s\n", pick(context, "通用选项：", "for every command:"));
	print_options(context, options_common(), column);
	if (command->examples)
		print_examples(context, str_of(command->examples));
}

static int run(struct context *context, void *values, char **arguments, size_t argument_count,
	       struct error *error)
{
	const struct command *command;

	(void)values;
	if (argument_count == 0) {
		print_overview(context);
		return 0;
	}
	command = command_find(arguments[0], error);
	if (!command)
		return -1;
	help_print(context, command);
	return 0;
}

const struct command help_command = {
	.name = "help",
	.arguments = "[COMMAND]",
	.help = { "显示全部命令，或一个命令的用法", "all commands, or the usage of one" },
	.arguments_max = 1,
	.run = run,
	.examples = "yucheng help search\nyucheng help --lang en\n",
};
