#include "base/clock.h"
#include "base/memory.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "cli/command.h"
#include "cli/options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct command *find_command(const char *name)
{
	for (size_t i = 0; commands[i]; i++)
		if (strcmp(commands[i]->name, name) == 0)
			return commands[i];
	return NULL;
}

static void print_overview(enum language language)
{
	bool chinese = language == LANGUAGE_ZH;

	printf("%s\n\n",
	       chinese ? "育成 Yucheng：高价值专利育成中心工作平台\n用法：yucheng 命令 [选项] …"
		       : "Yucheng: the workplace of a high-value patent cultivation centre\n"
			 "usage: yucheng COMMAND [OPTIONS] …");
	for (size_t i = 0; commands[i]; i++)
		printf("  %-10s %s\n", commands[i]->name,
		       chinese ? commands[i]->help.zh : commands[i]->help.en);
	printf("\n%s\n",
	       chinese ? "yucheng 命令 --help 显示该命令的选项与示例。"
		       : "yucheng COMMAND --help shows a command's options and examples.");
}

void command_print(struct str text)
{
	fwrite(text.data, 1, text.size, stdout);
}

void command_print_json(struct strbuf *text)
{
	strbuf_add_byte(text, '\n');
	command_print(strbuf_str(text));
	strbuf_release(text);
}

void command_warn(struct context *context, const struct error *error)
{
	fprintf(stderr, "yucheng: %s%s\n",
		context->language == LANGUAGE_ZH ? "警告：" : "warning: ",
		message_format(context->arena, error, context->language));
}

/* Prints the failure and returns the exit status. */
static int fail(struct context *context, const struct error *error)
{
	fprintf(stderr, "yucheng: %s\n", message_format(context->arena, error, context->language));
	return error_exit_status(error);
}

static int run_command(const struct command *command, struct context *context, char **words,
		       size_t word_count)
{
	void *values = arena_alloc(context->arena, command->options_size + 1);
	char **arguments = arena_array(context->arena, char *, word_count + 1);
	struct error error = { .kind = ERROR_NONE };
	size_t argument_count = 0;
	bool wants_help;
	int status;

	if (!options_parse(command, words, word_count, context, values, arguments, &argument_count,
			   &wants_help, &error)) {
		fail(context, &error);
		fprintf(stderr, "yucheng %s --help\n", command->name);
		return error_exit_status(&error);
	}
	if (wants_help) {
		options_print_help(command, context->language);
		return 0;
	}
	status = command->run(context, values, arguments, argument_count, &error);
	progress_end(context);
	if (status < 0)
		status = fail(context, &error);
	if (fflush(stdout) != 0) {
		error_set_errno(&error, "file.write", "stdout");
		status = fail(context, &error);
	}
	return status;
}

static enum language language_from_environment(void)
{
	const char *language = getenv("YUCHENG_LANG");

	return language && strcmp(language, "en") == 0 ? LANGUAGE_EN : LANGUAGE_ZH;
}

int cli_main(int argument_count, char **arguments)
{
	const char *folder = getenv("YUCHENG_DATA");
	struct context context = {
		.arena = arena_create(16384),
		.data_folder = folder && *folder ? folder : "data-yucheng",
		.language = language_from_environment(),
		.today = clock_today(),
	};
	const char *name = argument_count > 1 ? arguments[1] : "help";
	const struct command *command = find_command(name);
	struct error error;
	int status = 0;

	if (command) {
		status = run_command(command, &context, arguments + 2, (size_t)argument_count - 2);
	} else if (strcmp(name, "--version") == 0) {
		printf("yucheng %s\n", YUCHENG_VERSION);
	} else if (strcmp(name, "help") == 0 || strcmp(name, "--help") == 0) {
		print_overview(context.language);
	} else {
		error_set(&error, ERROR_USAGE, "cli.unknown_command", "%s", name);
		status = fail(&context, &error);
		print_overview(context.language);
	}
	arena_destroy(context.arena);
	return status;
}
