#include "rule/lint_internal.h"

#include <string.h>

static const struct word {
	const char *rule, *word, *except;
} words[] = {
#include "rule/lint_words.inc"
};

/* Whether the word at the offset is part of one of the longer words. */
static bool is_excepted(struct str text, size_t at, const struct word *word)
{
	struct str rest = str_of(word->except), longer;

	while (str_split(&rest, STR("|"), &longer)) {
		size_t lead = str_find(longer, str_of(word->word));

		if (longer.size && lead != STR_NOT_FOUND && lead <= at &&
		    str_starts_with(str_slice(text, at - lead, text.size), longer))
			return true;
	}
	return false;
}

static void add_word(struct lint *lint, const struct lint_rule *rule, enum draft_part part,
		     struct str range, const struct word *word)
{
	struct str text = lint_text(lint, part);
	size_t from = (size_t)(range.data - text.data), size = strlen(word->word), at = 0, next;

	while ((next = str_find(str_slice(range, at, range.size), str_of(word->word))) !=
	       STR_NOT_FOUND) {
		at += next;
		if (!is_excepted(text, from + at, word))
			lint_add(lint, rule, part, from + at, from + at + size, word->word, "");
		at += size;
	}
}

void lint_add_words(struct lint *lint, const struct lint_rule *rule, enum draft_part part,
		    size_t start, size_t end)
{
	struct str range = str_slice(lint_text(lint, part), start, end);

	for (size_t i = 0; range.size && i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(words[i].rule, rule->id) == 0)
			add_word(lint, rule, part, range, &words[i]);
}
