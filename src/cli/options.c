#include "cli/options.h"
#include "base/strbuf.h"
#include "base/utf8.h"

#include <stddef.h>
#include <stdio.h>

static const char *const languages[] = { "zh", "en", NULL };

/* Options every command has; their offsets are into struct context. */
static const struct option common_options[] = {
	{ "data",
	  OPTION_TEXT,
	  offsetof(struct context, data_folder),
	  "DIR",
	  { "数据文件夹（默认 $YUCHENG_DATA 或 ./data-yucheng）",
	    "data folder (default $YUCHENG_DATA or ./data-yucheng)" },
	  NULL },
	{ "lang",
	  OPTION_CHOICE,
	  offsetof(struct context, language),
	  "zh|en",
	  { "输出语言", "language of the output" },
	  languages },
	{ "json",
	  OPTION_FLAG,
	  offsetof(struct context, json),
	  NULL,
	  { "以 JSON 输出", "print JSON" },
	  NULL },
	{ "quiet",
	  OPTION_FLAG,
	  offsetof(struct context, quiet),
	  NULL,
	  { "不显示进度", "show no progress" },
	  NULL },
	{ "as-of",
	  OPTION_DATE,
	  offsetof(struct context, today),
	  "DATE",
	  { "以该日为“今天”计算（默认当日）", "compute as of this day (default today)" },
	  NULL },
	{ .name = NULL }
};

static const struct option *find_option(const struct option *options, struct str name)
{
	for (; options && options->name; options++)
		if (str_equal_cstr(name, options->name))
			return options;
	return NULL;
}

static bool store_choice(const struct option *option, const char *value, int *place,
			 struct error *error)
{
	size_t size = 0;

	for (int i = 0; option->choices[i]; i++)
		if (strcmp(option->choices[i], value) == 0) {
			*place = i;
			return true;
		}
	error_set(error, ERROR_USAGE, "cli.choice", "--%s %s", option->name, value);
	for (int i = 0; option->choices[i] && size < sizeof(error->hint); i++)
		size += (size_t)snprintf(error->hint + size, sizeof(error->hint) - size, "%s%s",
					 i ? " " : "", option->choices[i]);
	return false;
}

static bool store(const struct option *option, const char *value, void *values, struct error *error)
{
	unsigned char *place = (unsigned char *)values + option->offset;

	switch (option->kind) {
	case OPTION_FLAG:
		*(bool *)place = true;
		return true;
	case OPTION_TEXT:
		*(const char **)(void *)place = value;
		return true;
	case OPTION_COUNT:
		if (str_to_int64(str_of(value), (int64_t *)(void *)place) &&
		    *(int64_t *)(void *)place >= 0)
			return true;
		return error_set(error, ERROR_USAGE, "cli.number", "--%s %s", option->name, value);
	case OPTION_DATE:
		if (date_parse(str_of(value), (date *)(void *)place))
			return true;
		return error_set(error, ERROR_USAGE, "cli.date", "--%s %s", option->name, value);
	case OPTION_CHOICE:
	default:
		return store_choice(option, value, (int *)(void *)place, error);
	}
}

/* How many letters two names share at their start, to guess what was meant. */
static size_t shared_start(struct str a, const char *b)
{
	size_t shared = 0;

	while (shared < a.size && b[shared] && a.data[shared] == b[shared])
		shared++;
	return shared;
}

static bool unknown_option(const struct command *command, struct str name, struct error *error)
{
	const struct option *tables[] = { command->options, common_options };
	const char *nearest = NULL;
	size_t most = 1;

	for (size_t t = 0; t < 2; t++)
		for (const struct option *o = tables[t]; o && o->name; o++)
			if (shared_start(name, o->name) > most) {
				most = shared_start(name, o->name);
				nearest = o->name;
			}
	error_set(error, ERROR_USAGE, "cli.unknown_option", "--%.*s", STR_ARGS(name));
	if (nearest)
		error_hint(error, "--%s", nearest);
	return false;
}

/* Takes one option and its value off the words. */
static bool take_option(const struct command *command, char **words, size_t word_count, size_t *at,
			struct context *context, void *values, struct error *error)
{
	struct str word = str_of(words[*at] + 2);
	size_t equals = str_find_byte(word, '=');
	struct str name = str_slice(word, 0, equals);
	const struct option *option = find_option(command->options, name);
	void *target = values;
	const char *value = equals == STR_NOT_FOUND ? NULL : word.data + equals + 1;

	if (!option) {
		option = find_option(common_options, name);
		target = context;
	}
	if (!option)
		return unknown_option(command, name, error);
	if (option->kind != OPTION_FLAG && !value) {
		if (*at + 1 >= word_count)
			return error_set(error, ERROR_USAGE, "cli.no_value", "--%s %s",
					 option->name, option->placeholder);
		value = words[++*at];
	}
	return store(option, value, target, error);
}

bool options_parse(const struct command *command, char **words, size_t word_count,
		   struct context *context, void *values, char **arguments,
		   size_t *argument_count_out, bool *wants_help_out, struct error *error)
{
	bool only_arguments = false;
	size_t count = 0;

	*wants_help_out = false;
	for (size_t at = 0; at < word_count; at++) {
		const char *word = words[at];

		if (only_arguments || strncmp(word, "--", 2) != 0) {
			arguments[count++] = words[at];
		} else if (strcmp(word, "--") == 0) {
			only_arguments = true;
		} else if (strcmp(word, "--help") == 0) {
			*wants_help_out = true;
			return true;
		} else if (!take_option(command, words, word_count, &at, context, values, error)) {
			return false;
		}
	}
	*argument_count_out = count;
	if (count < command->arguments_min)
		return error_set(error, ERROR_USAGE, "cli.too_few", "%s %s", command->name,
				 command->arguments);
	if (count > command->arguments_max)
		return error_set(error, ERROR_USAGE, "cli.too_many", "%s",
				 arguments[command->arguments_max]);
	return true;
}

static void print_options(const struct option *option, enum language language)
{
	for (; option && option->name; option++) {
		char left[64];
		int width;

		snprintf(left, sizeof(left), "--%s%s%s", option->name,
			 option->placeholder ? " " : "",
			 option->placeholder ? option->placeholder : "");
		width = (int)utf8_width(str_of(left));
		printf("  %s%*s  %s\n", left, width < 24 ? 24 - width : 0, "",
		       language == LANGUAGE_ZH ? option->help.zh : option->help.en);
	}
}

void options_print_help(const struct command *command, enum language language)
{
	bool chinese = language == LANGUAGE_ZH;

	printf("%s yucheng %s %s\n\n%s\n", chinese ? "用法：" : "usage:", command->name,
	       command->arguments, chinese ? command->help.zh : command->help.en);
	if (command->options && command->options->name) {
		printf("\n%s\n", chinese ? "选项：" : "options:");
		print_options(command->options, language);
	}
	printf("\n%s\n", chinese ? "通用选项：" : "for every command:");
	print_options(common_options, language);
	if (command->examples)
		printf("\n%s\n%s", chinese ? "示例：" : "examples:", command->examples);
}
