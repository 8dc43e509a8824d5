#include "neutral.h"

#include "corpus.h"

#include "index/term.h"
#include "text/token.h"

#include <string.h>

static struct str take_word(struct neutral *query)
{
	struct str rest = str_trim(query->rest);
	size_t end = 0;

	if (rest.size > 0 && rest.data[0] == '"') {
		end = str_find_byte(str_slice(rest, 1, rest.size), '"') + 1;
		query->rest = str_slice(rest, end + 1, rest.size);
		return str_slice(rest, 1, end);
	}
	if (rest.size > 0 && strchr("()", rest.data[0]))
		end = 1;
	while (end < rest.size && !strchr("() ", rest.data[end]) &&
	       !(end == 1 && strchr("()", rest.data[0])))
		end++;
	query->rest = str_slice(rest, end, rest.size);
	return str_slice(rest, 0, end);
}

struct phrase {
	struct neutral *query;
	struct str tokens[64];
	uint32_t offsets[64];
	size_t count;
};

static void add_phrase_token(void *context, struct str token, uint32_t position)
{
	struct phrase *phrase = context;

	if (token.data[0] == 2 || (token.data[token.size - 1] == 1 && phrase->count > 0))
		return;
	phrase->tokens[phrase->count] = str_copy(phrase->query->arena, token);
	phrase->offsets[phrase->count++] = position;
}

/* Documents with all the words. */
static const struct bitmap *leave_phrase(struct neutral *query, const struct phrase *phrase)
{
	struct str *tokens = arena_array(query->arena, struct str, phrase->count);
	uint32_t *offsets = arena_array(query->arena, uint32_t, phrase->count);
	const struct bitmap *all = NULL, *one;

	for (size_t i = 0; i < phrase->count; i++) {
		tokens[i] = phrase->tokens[i];
		offsets[i] = phrase->offsets[i];
		one = index_term_documents(query->snapshot, query->arena, BENCH_TEXT, tokens[i]);
		all = all ? bitmap_and(query->arena, all, one) : one;
	}
	*(struct phrase_check **)list_add(&query->phrases) = index_phrase_check(
		query->snapshot, query->arena, BENCH_TEXT, tokens, offsets, phrase->count);
	return all;
}

bool neutral_holds(void *context, uint32_t document)
{
	const struct neutral *query = context;

	for (size_t i = 0; i < query->phrases.count; i++)
		if (!phrase_check_holds(LIST_AT(&query->phrases, struct phrase_check *, i),
					document))
			return false;
	return true;
}

void neutral_release(struct neutral *query)
{
	list_release(&query->terms);
	list_release(&query->phrases);
}

static const struct bitmap *find_text(struct neutral *query, struct str text,
				      const struct bitmap *within)
{
	struct phrase phrase = { .query = query };
	const struct bitmap *found;
	uint32_t position = 0;
	struct error error;

	text_tokens(text, &position, add_phrase_token, &phrase);
	for (size_t i = 0; i < phrase.count; i++)
		*(struct rank_term *)list_add(
			&query->terms) = (struct rank_term){ BENCH_TEXT, phrase.tokens[i], 1 };
	if (phrase.count == 1)
		return index_term_documents(query->snapshot, query->arena, BENCH_TEXT,
					    phrase.tokens[0]);
	if (query->leaves_phrases && query->depth == 0)
		return leave_phrase(query, &phrase);
	if (!index_phrase_documents(query->snapshot, query->arena, BENCH_TEXT, phrase.tokens,
				    phrase.offsets, phrase.count, within, NULL, &found, &error))
		bench_fail(&error);
	return found;
}

static const struct bitmap *find_ipc(struct neutral *query, struct str prefix)
{
	const struct bitmap *found;
	struct error error;
	unsigned column = prefix.size == 1   ? BENCH_IPC_SECTION
			  : prefix.size == 3 ? BENCH_IPC_CLASS
			  : prefix.size == 4 ? BENCH_IPC_SUBCLASS
					     : BENCH_IPC;

	if (!index_term_range_documents(
		    query->snapshot, query->arena, column, prefix,
		    column == BENCH_IPC
			    ? str_prefix_end(query->arena, prefix)
			    : str_of(arena_printf(query->arena, "%.*s\x01", STR_ARGS(prefix))),
		    NULL, &found, &error))
		bench_fail(&error);
	return found;
}

/* The clause in front of the rest, and the rest behind it. */
static struct str take_clause(struct neutral *query)
{
	struct str from = query->rest = str_trim(query->rest);
	size_t depth = 0;

	do {
		struct str word = take_word(query);

		depth += str_equal_cstr(word, "(") ? 1 : 0;
		depth -= str_equal_cstr(word, ")") ? 1 : 0;
	} while (depth > 0 && query->rest.size > 0);
	return str_slice(from, 0, (size_t)(query->rest.data - from.data));
}

enum { CLAUSES_MAX = 64 };

static size_t take_clauses(struct neutral *query, struct str clauses[CLAUSES_MAX])
{
	size_t count = 0;

	while (query->rest = str_trim(query->rest), query->rest.data[0] == '(')
		clauses[count++] = take_clause(query);
	return count;
}

static const struct bitmap *find_clause(struct neutral *query, struct str clause,
					const struct bitmap *within);

static const struct bitmap *find_any(struct neutral *query, const struct bitmap *within)
{
	const struct bitmap *sets[CLAUSES_MAX];
	struct str clauses[CLAUSES_MAX];
	size_t count = take_clauses(query, clauses);

	query->depth++;
	for (size_t i = 0; i < count; i++)
		sets[i] = find_clause(query, clauses[i], within);
	query->depth--;
	return bitmap_or_many(query->arena, sets, count);
}

static bool has_text(struct str clause)
{
	return str_find(clause, STR("(text")) < clause.size;
}

/* As query/run.c has it: what is only sets first, so that positions are read for few documents. */
static const struct bitmap *find_all(struct neutral *query, const struct bitmap *within)
{
	struct str clauses[CLAUSES_MAX];
	size_t count = take_clauses(query, clauses);

	for (unsigned texts = 0; texts <= 1; texts++)
		for (size_t i = 0; i < count; i++) {
			const struct bitmap *found;

			if (has_text(clauses[i]) != texts)
				continue;
			found = find_clause(query, clauses[i], within);
			within = within ? bitmap_and(query->arena, within, found) : found;
		}
	return within;
}

static const struct bitmap *find_not(struct neutral *query)
{
	size_t terms_before = query->terms.count;
	const struct bitmap *found;

	query->depth++;
	found = bitmap_and_not(query->arena, snapshot_documents(query->snapshot),
			       find_clause(query, take_clause(query), NULL));
	query->depth--;
	query->terms.count = terms_before;
	return found;
}

static const struct bitmap *find_years(struct neutral *query)
{
	int64_t low, high;

	if (!str_to_int64(take_word(query), &low) || !str_to_int64(take_word(query), &high))
		abort();
	return index_number_range_documents(query->snapshot, query->arena, BENCH_FILED, low, high);
}

static const struct bitmap *find_inner(struct neutral *query, const struct bitmap *within)
{
	struct str name = take_word(query);

	if (str_equal_cstr(name, "text"))
		return find_text(query, take_word(query), within);
	if (str_equal_cstr(name, "ipc"))
		return find_ipc(query, take_word(query));
	if (str_equal_cstr(name, "pa"))
		return index_term_documents(query->snapshot, query->arena, BENCH_APPLICANT,
					    take_word(query));
	if (str_equal_cstr(name, "year"))
		return find_years(query);
	if (str_equal_cstr(name, "not"))
		return find_not(query);
	return str_equal_cstr(name, "and") ? find_all(query, within) : find_any(query, within);
}

/* Only documents within need be right; NULL: all. */
static const struct bitmap *find_clause(struct neutral *query, struct str clause,
					const struct bitmap *within)
{
	struct str behind = query->rest;
	const struct bitmap *found;

	query->rest = clause;
	take_word(query);
	found = find_inner(query, within);
	query->rest = behind;
	return found;
}

const struct bitmap *neutral_find(struct neutral *query)
{
	return find_clause(query, query->rest, NULL);
}

bool neutral_next(struct str *content, struct neutral_line *line_out)
{
	while (str_split(content, STR("\n"), &line_out->text))
		if (line_out->text.size > 0 && line_out->text.data[0] != '#' &&
		    str_split(&line_out->text, STR("\t"), &line_out->name))
			return true;
	return false;
}
