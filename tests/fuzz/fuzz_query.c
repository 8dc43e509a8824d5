/* Any text is parsed or refused within it, and what is parsed means the same by its brackets. */
#include "base/message.h"
#include "query/tree.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* "#a" refers to others, "#b" to itself. */
static bool find_name(void *context, struct arena *arena, struct str name, struct str *text_out,
		      const struct bitmap **ids_out)
{
	(void)context;
	(void)arena;
	(void)ids_out;
	*text_out = str_equal_cstr(name, "a")   ? STR("#c OR TI=(x #c)")
		    : str_equal_cstr(name, "b") ? STR("NOT #b")
						: STR("AB=(电池 $W5 y)");
	return name.size == 1;
}

static void check_again(struct arena *arena, const struct query *query,
			const struct query_parse_options *options)
{
	struct query *again;
	struct error error;

	if (!query_parse(arena, query_bracketed(arena, query), options, &again, &error) ||
	    !query_node_equal(query_root(query), query_root(again)))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct query_names names = { NULL, find_name };
	struct query_parse_options options = { &names };
	struct arena *arena = arena_create(1 << 16);
	struct str text = { (const char *)data, size };
	struct query *query;
	struct highlight *highlights;
	struct error error = { .kind = ERROR_NONE };

	if (query_parse(arena, text, &options, &query, &error)) {
		check_again(arena, query, &options);
		query_highlights(query, arena, COL_TITLE, text, &highlights);
	} else if (error.at > (int64_t)size || !message_find(error.key)) {
		abort();
	}
	arena_destroy(arena);
	return 0;
}
