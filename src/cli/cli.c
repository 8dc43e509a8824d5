#include "base/clock.h"
#include "base/memory.h"
#include "base/strbuf.h"
#include "cli/command.h"
#include "cli/help.h"
#include "cli/options.h"
#include "cli/pick.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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

/* Prints the failure, for wrong use where to read on, and returns the exit status. */
static int fail(struct context *context, const struct command *command, const struct error *error)
{
	const char *name = command && strcmp(command->name, "help") != 0 ? command->name : "";

	fprintf(stderr, "yucheng: %s\n", message_format(context->arena, error, context->language));
	if (error->kind == ERROR_USAGE)
		fprintf(stderr,
			pick(context, "用法见 yucheng help%s%s\n", "see yucheng help%s%s\n"),
			name[0] ? " " : "", name);
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
			   &wants_help, &error))
		return fail(context, command, &error);
	if (wants_help) {
		help_print(context, command);
		return 0;
	}
	status = command->run(context, values, arguments, argument_count, &error);
	progress_end(context);
	if (status < 0)
		status = fail(context, command, &error);
	if (fflush(stdout) != 0) {
		error_set_errno(&error, "file.write", "stdout");
		status = fail(context, command, &error);
	}
	return status;
}

static enum language language_from_environment(void)
{
	const char *language = getenv("YUCHENG_LANG");

	return language && strcmp(language, "en") == 0 ? LANGUAGE_EN : LANGUAGE_ZH;
}

static int run_words(struct context *context, char **words, size_t word_count)
{
	const char *name = word_count ? words[0] : "help";
	const struct command *command;
	struct error error;

	if (strcmp(name, "--version") == 0) {
		printf("yucheng %s\n", YUCHENG_VERSION);
		return 0;
	}
	command = command_find(options_is_help(name) ? "help" : name, &error);
	if (!command)
		return fail(context, NULL, &error);
	return run_command(command, context, words + 1, word_count ? word_count - 1 : 0);
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
	size_t word_count = argument_count > 0 ? (size_t)argument_count - 1 : 0, used;
	struct error error;
	int status;

	if (options_parse_leading(arguments + 1, word_count, &context, &used, &error))
		status = run_words(&context, arguments + 1 + used, word_count - used);
	else
		status = fail(&context, NULL, &error);
	arena_destroy(context.arena);
	return status;
}
