#include "cli/options.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "query/schema.h"

#include <stddef.h>
#include <stdio.h>

static const char *const languages[] = { "zh", "en", NULL };

/* Options every command has; their offsets are into struct context. */
static const struct option common_options[] = {
	{ "data",
	  OPTION_TEXT,
	  offsetof(struct context, data_folder),
	  "DIR",
	  { "数据目录（默认 $YUCHENG_DATA 或 ./data-yucheng）",
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

enum { TYPING_SLIPS_MAX = 2 };

/* More edits than anybody slips: no name is near. */
size_t options_slips(const char *meant, struct str written)
{
	size_t slips = query_edit_distance(str_of(meant), written);
	bool is_start = written.size > 1 && str_starts_with(str_of(meant), written);

	return is_start ? 1 : slips <= TYPING_SLIPS_MAX && slips < written.size ? slips : SIZE_MAX;
}

static bool unknown_option(const struct command *command, struct str name, struct error *error)
{
	const struct option *tables[] = { command ? command->options : NULL, common_options };
	const char *nearest = NULL;
	size_t fewest = SIZE_MAX;

	for (size_t t = 0; t < 2; t++)
		for (const struct option *o = tables[t]; o && o->name; o++)
			if (options_slips(o->name, name) < fewest) {
				fewest = options_slips(o->name, name);
				nearest = o->name;
			}
	error_set(error, ERROR_USAGE, "cli.unknown_option", "--%.*s", STR_ARGS(name));
	if (nearest)
		error_hint(error, "--%s", nearest);
	return false;
}

bool options_is_help(const char *word)
{
	return strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0;
}

/* Takes one option and its value off the words; without a command only those every one has. */
static bool take_option(const struct command *command, char **words, size_t word_count, size_t *at,
			struct context *context, void *values, struct error *error)
{
	struct str word = str_of(words[*at] + 2);
	size_t equals = str_find_byte(word, '=');
	struct str name = str_slice(word, 0, equals);
	const struct option *option = find_option(command ? command->options : NULL, name);
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

bool options_parse_leading(char **words, size_t word_count, struct context *context,
			   size_t *used_out, struct error *error)
{
	size_t at = 0;

	for (; at < word_count && strncmp(words[at], "--", 2) == 0 && !options_is_help(words[at]) &&
	       strcmp(words[at], "--version") != 0;
	     at++)
		if (!take_option(NULL, words, word_count, &at, context, NULL, error))
			return false;
	*used_out = at;
	return true;
}

static bool check_count(const struct command *command, char **arguments, size_t count,
			struct error *error)
{
	if (count < command->arguments_min)
		return options_too_few(command, NULL, error);
	if (count > command->arguments_max)
		return error_set(error, ERROR_USAGE, "cli.too_many", "%s",
				 arguments[command->arguments_max]);
	return true;
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

		if (!only_arguments && options_is_help(word)) {
			*wants_help_out = true;
		} else if (only_arguments || strncmp(word, "--", 2) != 0) {
			arguments[count++] = words[at];
		} else if (strcmp(word, "--") == 0) {
			only_arguments = true;
		} else if (!take_option(command, words, word_count, &at, context, values, error)) {
			return false;
		}
	}
	*argument_count_out = count;
	return *wants_help_out || check_count(command, arguments, count, error);
}

enum { USAGE_SIZE_MAX = 200 }; /* what a message may show of all usages */

/* The usage of one verb: the part of `arguments` that begins with it. */
static struct str verb_usage(const struct command *command, const char *verb)
{
	struct str rest = str_of(command->arguments), part;

	while (verb && options_next_usage(&rest, &part))
		if (str_starts_with(part, str_of(verb)))
			return part;
	return verb ? str_of(verb) : rest.size <= USAGE_SIZE_MAX ? rest : STR("…");
}

bool options_too_few(const struct command *command, const char *verb, struct error *error)
{
	struct str usage = verb_usage(command, verb);

	return error_set(error, ERROR_USAGE, "cli.too_few", "%s %.*s", command->name,
			 STR_ARGS(usage));
}

bool options_next_usage(struct str *rest, struct str *part_out)
{
	const struct str between = STR(" | ");
	size_t end = str_find(*rest, between);

	if (rest->size == 0)
		return false;
	*part_out = str_slice(*rest, 0, end);
	*rest = str_slice(*rest, part_out->size + between.size, rest->size);
	return true;
}

const struct option *options_common(void)
{
	return common_options;
}
