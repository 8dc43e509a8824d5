#include "cli/ask.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

enum { QUERY_FILE_MAX = 1 << 20 };

bool ask_read_text(struct context *context, const char *argument, const char *file,
		   struct str *text_out, struct error *error)
{
	if ((argument == NULL) == (file == NULL))
		return error_set(error, ERROR_USAGE, "cli.query_what", "%s", "'QUERY' --file");
	if (file)
		return file_read(context->arena, file, QUERY_FILE_MAX, text_out, error);
	*text_out = str_of(argument);
	return true;
}

void ask_show_place(struct str text, int64_t at)
{
	size_t place = at < 0 || (uint64_t)at > text.size ? text.size : (size_t)at;
	size_t from = place, to = place;

	while (from > 0 && text.data[from - 1] != '\n')
		from--;
	while (to < text.size && text.data[to] != '\n' && text.data[to] != '\r')
		to++;
	fputs("  ", stderr);
	for (size_t i = from; i < to; i++) {
		char c = (unsigned char)text.data[i] < 0x20 || text.data[i] == 0x7F ? ' '
										    : text.data[i];

		fputc(c, stderr);
	}
	fprintf(stderr, "\n  %*s^\n", (int)utf8_width(str_slice(text, from, place)), "");
}

static struct error error_of(const struct query_warning *warning)
{
	struct error error = { .kind = ERROR_INVALID, .key = warning->key };

	error.at = (int64_t)warning->at;
	snprintf(error.detail, sizeof(error.detail), "%s", warning->detail);
	return error;
}

struct answer ask_answer(struct context *context, const struct workspace *workspace,
			 struct jsonout *json)
{
	struct search_limits *limits = arena_new(context->arena, struct search_limits);

	*limits = (struct search_limits){ .deadline_ms = clock_monotonic_ms() + SEARCH_TIME_MAX,
					  .memory_max = SEARCH_MEMORY_MAX,
					  .arena = context->arena };
	return (struct answer){ .arena = context->arena,
				.library = workspace->library,
				.snapshot = workspace->snapshot,
				.language = context->language,
				.today = context->today,
				.limits = limits,
				.json = json };
}

bool ask_parse(struct context *context, const struct answer *answer, struct str text,
	       struct query **query_out, struct error *error)
{
	const struct query_warning *warnings;
	size_t count;

	if (!answer_parse(answer, text, query_out, error)) {
		if (error->at >= 0)
			ask_show_place(text, error->at);
		return false;
	}
	count = query_warnings(*query_out, &warnings);
	for (size_t i = 0; i < count; i++) {
		struct error warning = error_of(&warnings[i]);

		ask_show_place(text, warning.at);
		command_warn(context, &warning);
	}
	return true;
}

bool ask_set(struct context *context, const struct answer *answer, struct str text,
	     const char *topic, struct answer_set *set_out, struct error *error)
{
	struct query *query;

	return ask_parse(context, answer, text, &query, error) &&
	       answer_ask(answer, query, topic, set_out, error);
}
