/* Arguments and results in one column: name US value RS, the separators of ISO 646. */
#include "job/job_internal.h"

#include <string.h>

static bool is_clean(const char *text)
{
	return !strpbrk(text, "\x1e\x1f");
}

bool pairs_write(struct strbuf *text, const struct job_pair *pairs, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (!pairs[i].value)
			continue;
		if (!is_clean(pairs[i].name) || !is_clean(pairs[i].value))
			return false;
		strbuf_addf(text, "%s\x1f%s\x1e", pairs[i].name, pairs[i].value);
	}
	return true;
}

struct job_pair *pairs_read(struct arena *arena, struct str text, size_t *count_out)
{
	struct job_pair *pairs;
	struct str pair, name;
	size_t room = 1;

	for (size_t i = 0; i < text.size; i++)
		room += text.data[i] == '\x1e';
	pairs = arena_array(arena, struct job_pair, room);
	*count_out = 0;
	while (str_split(&text, STR("\x1e"), &pair)) {
		if (!str_split(&pair, STR("\x1f"), &name) || !pair.data)
			continue;
		pairs[(*count_out)++] = (struct job_pair){ str_to_cstr(arena, name),
							   str_to_cstr(arena, pair) };
	}
	return pairs;
}
