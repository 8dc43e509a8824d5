/* Terms, phrases and ranges: sets of documents. */
#include "index_model.h"
#include "index/term.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

typedef bool plain_fn(const struct plain_document *document, const void *asked);

static void check_set(const struct snapshot *snapshot, const struct bitmap *set, plain_fn *matches,
		      const void *asked)
{
	struct bitmap_walk walk = bitmap_walk(set);
	bool found[IDS + 1] = { false };
	uint32_t document;

	while (bitmap_walk_next(&walk, &document)) {
		int64_t id = snapshot_document_id(snapshot, document);

		assert_in_range(id, 1, IDS);
		assert_false(found[id]);
		found[id] = true;
		assert_int_equal(snapshot_find_document(snapshot, id), document);
	}
	for (unsigned id = 1; id <= IDS; id++)
		if (found[id] !=
		    (plain_documents[id].is_live && matches(&plain_documents[id], asked)))
			fail_msg("document %u is %sfound", id, found[id] ? "" : "not ");
}

struct asked_phrase {
	int column;
	size_t count;
	const char *tokens[4];
	uint32_t offsets[4];
};

static bool token_is_at(const struct plain_document *document, int column, const char *token,
			uint32_t position)
{
	for (size_t i = 0; i < document->token_counts[column]; i++)
		if (document->tokens[column][i].position == position &&
		    strcmp(document->tokens[column][i].text, token) == 0)
			return true;
	return false;
}

static bool has_phrase(const struct plain_document *document, const void *asked)
{
	const struct asked_phrase *phrase = asked;

	for (size_t i = 0; i < document->token_counts[phrase->column]; i++) {
		const struct plain_token *first = &document->tokens[phrase->column][i];
		bool all = strcmp(first->text, phrase->tokens[0]) == 0;

		for (size_t j = 1; j < phrase->count && all; j++)
			all = token_is_at(document, phrase->column, phrase->tokens[j],
					  first->position + phrase->offsets[j]);
		if (all)
			return true;
	}
	return false;
}

static bool has_prefix(const struct plain_document *document, const void *asked)
{
	const struct asked_phrase *phrase = asked;

	for (size_t i = 0; i < document->token_counts[phrase->column]; i++)
		if (strncmp(document->tokens[phrase->column][i].text, phrase->tokens[0],
			    strlen(phrase->tokens[0])) == 0)
			return true;
	return false;
}

struct asked_range {
	int64_t low, high;
};

static bool has_class_in(const struct plain_document *document, const void *asked)
{
	const struct asked_range *range = asked;

	for (unsigned i = 0; i < document->class_count; i++)
		if (document->classes[i] >= range->low && document->classes[i] < range->high)
			return true;
	return false;
}

static bool has_year_in(const struct plain_document *document, const void *asked)
{
	const struct asked_range *range = asked;

	return document->year != NUMBER_NONE && document->year >= range->low &&
	       document->year <= range->high;
}

static bool has_big_in(const struct plain_document *document, const void *asked)
{
	const struct asked_range *range = asked;

	return document->big != NUMBER_NONE && document->big >= range->low &&
	       document->big <= range->high;
}

static bool has_country(const struct plain_document *document, const void *asked)
{
	return strcmp(document->country, asked) == 0;
}

static bool has_any_country(const struct plain_document *document, const void *asked)
{
	(void)asked;
	return document->country[0] != 0;
}

static bool has_title(const struct plain_document *document, const void *asked)
{
	(void)asked;
	return document->lengths[0] > 0;
}

static bool is_any(const struct plain_document *document, const void *asked)
{
	(void)document;
	(void)asked;
	return true;
}

static bool is_none(const struct plain_document *document, const void *asked)
{
	(void)document;
	(void)asked;
	return false;
}

static void check_terms(const struct snapshot *snapshot, struct arena *arena)
{
	static const char *const tokens[] = { "the", "battery", "电池",  "池\x01",
					      "a",   "nowhere", "\x02s", "\x02p" };
	static const char *const prefixes[] = { "电", "b", "系", "" };

	for (size_t i = 0; i < sizeof(tokens) / sizeof(tokens[0]); i++)
		for (int column = 0; column < 2; column++) {
			struct asked_phrase one = { column, 1, { tokens[i] }, { 0 } };

			check_set(snapshot,
				  index_term_documents(snapshot, arena, (unsigned)column,
						       str_of(tokens[i])),
				  has_phrase, &one);
		}
	for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++) {
		struct asked_phrase one = { 0, 1, { prefixes[i] }, { 0 } };
		struct str low = str_of(prefixes[i]);
		const struct bitmap *set;
		struct error error;

		assert_true(index_term_range_documents(snapshot, arena, TITLE, low,
						       str_prefix_end(arena, low), NULL, &set,
						       &error));
		check_set(snapshot, set, has_prefix, &one);
	}
	check_set(snapshot, index_term_documents(snapshot, arena, TITLE, STR("电")), has_prefix,
		  &(struct asked_phrase){ 0, 1, { "电" }, { 0 } });
}

/* In descending order, and twice: the check goes by no order. */
static void check_one_by_one(const struct snapshot *snapshot, struct arena *arena,
			     const struct asked_phrase *phrase, const struct str *tokens,
			     const struct bitmap *set)
{
	struct phrase_check *check = index_phrase_check(snapshot, arena, (unsigned)phrase->column,
							tokens, phrase->offsets, phrase->count);
	const struct bitmap *live = snapshot_documents(snapshot);

	for (uint64_t i = bitmap_count(live); i-- > 0;) {
		uint32_t document = bitmap_select(live, i);

		assert_int_equal(phrase_check_holds(check, document),
				 bitmap_contains(set, document));
		assert_int_equal(phrase_check_holds(check, bitmap_select(live, i / 2)),
				 bitmap_contains(set, bitmap_select(live, i / 2)));
	}
}

static void check_phrases(const struct snapshot *snapshot, struct arena *arena)
{
	static const struct asked_phrase phrases[] = {
		{ 0, 2, { "image", "processing" }, { 0, 1 } },
		{ 1, 2, { "the", "the" }, { 0, 1 } },
		{ 1, 3, { "the", "the", "battery" }, { 0, 2, 5 } },
		{ 0, 2, { "电池", "池装" }, { 0, 1 } },
		{ 1, 2, { "rain", "\x02s" }, { 0, 0 } },
		{ 1, 2, { "rain", "nowhere" }, { 0, 1 } },
	};

	for (size_t i = 0; i < sizeof(phrases) / sizeof(phrases[0]); i++) {
		const struct asked_phrase *phrase = &phrases[i];
		struct str tokens[4];
		const struct bitmap *set, *within;
		struct error error;

		for (size_t j = 0; j < phrase->count; j++)
			tokens[j] = str_of(phrase->tokens[j]);
		assert_true(index_phrase_documents(snapshot, arena, (unsigned)phrase->column,
						   tokens, phrase->offsets, phrase->count, NULL,
						   NULL, &set, &error));
		check_set(snapshot, set, has_phrase, phrase);
		assert_true(index_phrase_documents(snapshot, arena, (unsigned)phrase->column,
						   tokens, phrase->offsets, phrase->count,
						   bitmap_empty(), NULL, &within, &error));
		assert_true(bitmap_is_empty(within));
		assert_true(index_phrase_documents(
			snapshot, arena, (unsigned)phrase->column, tokens, phrase->offsets,
			phrase->count, snapshot_documents(snapshot), NULL, &within, &error));
		assert_true(bitmap_equal(within, set));
		check_one_by_one(snapshot, arena, phrase, tokens, set);
	}
}

static void check_ranges(const struct snapshot *snapshot, struct arena *arena)
{
	for (int i = 0; i < 8; i++) {
		struct asked_range range = { plain_chance(CLASS_COUNT), 0 };
		struct asked_range years = { 1985 + (int64_t)plain_chance(40), 0 };
		struct asked_range big = { -(int64_t)plain_chance(UINT32_MAX) * 900000001,
					   INT64_MAX };
		char low[16], high[16];
		const struct bitmap *set;
		struct error error;

		range.high = range.low + plain_chance(CLASS_COUNT - (uint32_t)range.low + 1);
		years.high = years.low + plain_chance(20);
		assert_true(index_term_range_documents(
			snapshot, arena, CLASSES, plain_class((unsigned)range.low, low),
			plain_class((unsigned)range.high, high), NULL, &set, &error));
		check_set(snapshot, set, has_class_in, &range);
		check_set(
			snapshot,
			index_number_range_documents(snapshot, arena, YEAR, years.low, years.high),
			has_year_in, &years);
		check_set(snapshot,
			  index_number_range_documents(snapshot, arena, BIG, big.low, big.high),
			  has_big_in, &big);
	}
	check_set(snapshot, index_number_range_documents(snapshot, arena, YEAR, 2000, 1999),
		  is_none, NULL);
	check_set(snapshot, index_term_documents(snapshot, arena, COUNTRY, STR("CN")), has_country,
		  "CN");
	check_set(snapshot, index_column_documents(snapshot, arena, COUNTRY), has_any_country,
		  NULL);
	check_set(snapshot, index_column_documents(snapshot, arena, TITLE), has_title, NULL);
	check_set(snapshot, index_column_documents(snapshot, arena, NEVER), is_none, NULL);
	check_set(snapshot, snapshot_documents(snapshot), is_any, NULL);
}

void check_sets(const struct snapshot *snapshot, struct arena *arena)
{
	check_terms(snapshot, arena);
	check_phrases(snapshot, arena);
	check_ranges(snapshot, arena);
}
