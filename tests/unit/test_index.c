#include "base/file.h"
#include "base/list.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "index/index.h"
#include "index/term.h"
#include "text/token.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

/* The index against a plain list of documents: the same answers to every question, over commits,
   replacements, removals, merges and reopening. */

enum { TITLE, ABSTRACT, COUNTRY, CLASSES, YEAR, BIG, NEVER, COLUMNS };

static const struct column columns[COLUMNS] = {
	[TITLE] = { "title", COLUMN_TEXT },        [ABSTRACT] = { "abstract", COLUMN_TEXT },
	[COUNTRY] = { "country", COLUMN_KEYWORD }, [CLASSES] = { "classes", COLUMN_KEYWORD },
	[YEAR] = { "year", COLUMN_NUMBER },        [BIG] = { "big", COLUMN_NUMBER },
	[NEVER] = { "never", COLUMN_KEYWORD },
};
static const struct index_schema schema = { columns, COLUMNS, 1 };

enum { IDS = 400, WORDS = 40, CLASS_COUNT = 300, CELLS_MAX = 16 };

static uint64_t state_of_chance = 2463534242u;

static uint32_t chance(uint32_t below)
{
	state_of_chance ^= state_of_chance << 13;
	state_of_chance ^= state_of_chance >> 7;
	state_of_chance ^= state_of_chance << 17;
	return (uint32_t)(state_of_chance >> 11) % below;
}

/* ---- The plain list. */

struct plain_token {
	char text[32];
	uint32_t position;
};

struct plain_document {
	bool is_live;
	char texts[2][2][400]; /* two cells of each text column */
	char country[8];
	unsigned classes[4], class_count;
	int64_t year, big;
	struct plain_token *tokens[2];
	size_t token_counts[2];
	uint32_t lengths[2];
};

static struct plain_document documents[IDS + 1];

static void random_text(char *text, size_t size)
{
	static const char *const words[] = {
		"battery", "image", "processing", "系", "统",   "电",    "池",  "装",  "置",
		"。",      ". ",    "\n",         "Ａ", "rain", "gauge", "the", "the", "the"
	};
	size_t used = 0, count = chance(30);

	text[0] = 0;
	for (size_t i = 0; i < count; i++) {
		const char *word = words[chance(sizeof(words) / sizeof(words[0]))];
		size_t length = strlen(word);

		if (used + length + 2 > size)
			return;
		memcpy(text + used, word, length + 1);
		used += length;
		if (!utf8_is_cjk(utf8_next(str_of(word), &(size_t){ 0 })))
			text[used++] = ' ';
		text[used] = 0;
	}
}

static void add_plain_token(void *context, struct str token, uint32_t position)
{
	struct list *list = context;
	struct plain_token *added = list_add(list);

	assert_true(token.size < sizeof(added->text));
	memcpy(added->text, token.data, token.size);
	added->position = position;
}

static void read_tokens(struct plain_document *document)
{
	for (int column = 0; column < 2; column++) {
		struct list tokens = LIST_OF(struct plain_token);
		uint32_t next = 0;

		document->lengths[column] = 0;
		for (int cell = 0; cell < 2; cell++) {
			uint32_t position = next;

			text_tokens(str_of(document->texts[column][cell]), &position,
				    add_plain_token, &tokens);
			if (position == next)
				continue;
			document->lengths[column] += position - next;
			next = position + TOKEN_GAP;
		}
		memory_free(document->tokens[column]);
		document->tokens[column] = tokens.items;
		document->token_counts[column] = tokens.count;
	}
}

static void random_document(struct plain_document *document)
{
	document->is_live = true;
	for (int column = 0; column < 2; column++)
		for (int cell = 0; cell < 2; cell++)
			random_text(document->texts[column][cell],
				    sizeof(document->texts[column][cell]));
	snprintf(document->country, sizeof(document->country), "%s",
		 (const char *[]){ "CN", "US", "EP", "" }[chance(4)]);
	document->class_count = chance(5);
	for (unsigned i = 0; i < document->class_count; i++)
		document->classes[i] = chance(CLASS_COUNT);
	document->year = chance(5) ? 1990 + (int64_t)chance(40) : NUMBER_NONE;
	document->big = chance(2) ? (int64_t)chance(UINT32_MAX) * 1000000007 * (chance(2) ? 1 : -1)
				  : NUMBER_NONE;
	read_tokens(document);
}

static struct str class_name(unsigned class, char name[16])
{
	snprintf(name, 16, "C%02u/%u", class / 10, class % 10);
	return str_of(name);
}

static void put_document(struct index_writer *writer, unsigned id)
{
	const struct plain_document *plain = &documents[id];
	struct cell_value cells[CELLS_MAX];
	char names[4][16];
	size_t n = 0;
	struct error error;
	struct document document = { .id = id, .cells = cells };

	for (int cell = 0; cell < 2; cell++) {
		cells[n++] = (struct cell_value){ TITLE, str_of(plain->texts[0][cell]), 0 };
		cells[n++] = (struct cell_value){ ABSTRACT, str_of(plain->texts[1][cell]), 0 };
	}
	cells[n++] = (struct cell_value){ COUNTRY, str_of(plain->country), 0 };
	for (unsigned i = 0; i < plain->class_count; i++)
		cells[n++] = (struct cell_value){ CLASSES, class_name(plain->classes[i], names[i]),
						  0 };
	cells[n++] = (struct cell_value){ .column = YEAR, .number = plain->year };
	cells[n++] = (struct cell_value){ .column = BIG, .number = plain->big };
	document.cell_count = n;
	assert_true(index_write_put(writer, &document, &error));
}

/* ---- Comparing. */

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
		if (found[id] != (documents[id].is_live && matches(&documents[id], asked)))
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
		struct asked_range range = { chance(CLASS_COUNT), 0 };
		struct asked_range years = { 1985 + (int64_t)chance(40), 0 };
		struct asked_range big = { -(int64_t)chance(UINT32_MAX) * 900000001, INT64_MAX };
		char low[16], high[16];
		const struct bitmap *set;
		struct error error;

		range.high = range.low + chance(CLASS_COUNT - (uint32_t)range.low + 1);
		years.high = years.low + chance(20);
		assert_true(index_term_range_documents(
			snapshot, arena, CLASSES, class_name((unsigned)range.low, low),
			class_name((unsigned)range.high, high), NULL, &set, &error));
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

static void check_forward(const struct snapshot *snapshot, struct arena *arena)
{
	struct bitmap_walk walk = bitmap_walk(snapshot_documents(snapshot));
	uint32_t document;

	while (bitmap_walk_next(&walk, &document)) {
		const struct plain_document *plain =
			&documents[snapshot_document_id(snapshot, document)];
		const uint32_t *ordinals;
		size_t count = snapshot_ordinals(snapshot, arena, CLASSES, document, &ordinals);
		char name[16];

		assert_int_equal(snapshot_number(snapshot, YEAR, document), plain->year);
		assert_int_equal(snapshot_number(snapshot, BIG, document), plain->big);
		for (size_t i = 0; i < count; i++) {
			bool found = false;

			assert_true(i == 0 || ordinals[i - 1] < ordinals[i]);
			for (unsigned j = 0; j < plain->class_count; j++)
				found |= str_equal(class_name(plain->classes[j], name),
						   snapshot_term(snapshot, CLASSES, ordinals[i]));
			assert_true(found);
		}
		for (unsigned j = 0; j < plain->class_count; j++) {
			uint32_t global = snapshot_find_term(snapshot, CLASSES,
							     class_name(plain->classes[j], name));
			bool found = false;

			for (size_t i = 0; i < count; i++)
				found |= ordinals[i] == global;
			assert_true(found);
		}
		count = snapshot_ordinals(snapshot, arena, COUNTRY, document, &ordinals);
		assert_int_equal(count, plain->country[0] != 0);
		assert_int_equal(snapshot_ordinals(snapshot, arena, NEVER, document, &ordinals), 0);
	}
	for (uint32_t i = 1; i < snapshot_term_count(snapshot, CLASSES); i++)
		assert_true(str_compare(snapshot_term(snapshot, CLASSES, i - 1),
					snapshot_term(snapshot, CLASSES, i)) < 0);
	assert_int_equal(snapshot_find_term(snapshot, CLASSES, STR("none")), UINT32_MAX);
}

static void check_cursor(const struct snapshot *snapshot, struct arena *arena, const char *token)
{
	struct posting_cursor *cursor = index_cursor(snapshot, arena, ABSTRACT, str_of(token));
	uint32_t wanted = 0, document;
	size_t seen = 0, expected = 0;

	while ((document = cursor_seek(cursor, wanted)) != DOCUMENT_NONE) {
		const struct plain_document *plain =
			&documents[snapshot_document_id(snapshot, document)];
		const uint32_t *positions;
		size_t count, n = 0;

		if (chance(2)) /* positions may be passed over */
			count = cursor_positions(cursor, &positions);
		count = cursor_positions(cursor, &positions);
		for (size_t i = 0; i < plain->token_counts[1]; i++)
			if (strcmp(plain->tokens[1][i].text, token) == 0) {
				assert_true(n < count);
				assert_int_equal(positions[n++], plain->tokens[1][i].position);
			}
		assert_int_equal(n, count);
		seen++;
		wanted = document + 1;
	}
	for (unsigned id = 1; id <= IDS; id++)
		expected += documents[id].is_live &&
			    has_phrase(&documents[id],
				       &(struct asked_phrase){ 1, 1, { token }, { 0 } });
	assert_int_equal(seen, expected);
}

struct seen_terms {
	char last[64];
	uint64_t documents;
	size_t count;
};

static bool see_term(void *context, struct str term, uint64_t count)
{
	struct seen_terms *seen = context;

	assert_true(str_compare(str_of(seen->last), term) < 0);
	assert_true(term.size < sizeof(seen->last));
	memcpy(seen->last, term.data, term.size);
	seen->last[term.size] = 0;
	seen->documents += count;
	seen->count++;
	return true;
}

static void check_dictionary(const struct snapshot *snapshot)
{
	struct seen_terms seen = { .count = 0 };
	struct search_limits few = { .terms_max = 1 };
	struct error error;

	assert_true(index_each_term(snapshot, CLASSES, STR("C1"), NULL, see_term, &seen, &error));
	assert_true(seen.count <= 100);
	if (seen.count > 1) {
		seen.last[0] = 0;
		assert_false(index_each_term(snapshot, CLASSES, STR("C1"), &few, see_term, &seen,
					     &error));
		assert_int_equal(error.kind, ERROR_LIMIT);
	}
}

/* BM25 as the formula stands; only where nothing is deleted, since idf may count those. */
static double plain_score(const struct plain_document *document, const struct rank_term *terms,
			  size_t count, size_t live)
{
	double score = 0;

	for (size_t i = 0; i < count; i++) {
		unsigned column = terms[i].column;
		double often = 0, found = 0, total = 0, with_text = 0;
		struct asked_phrase one = { (int)column, 1, { terms[i].token.data }, { 0 } };

		for (unsigned id = 1; id <= IDS; id++) {
			if (!documents[id].is_live)
				continue;
			total += documents[id].lengths[column];
			with_text += documents[id].lengths[column] > 0;
			found += has_phrase(&documents[id], &one);
		}
		for (size_t j = 0; j < document->token_counts[column]; j++)
			often += strcmp(document->tokens[column][j].text, terms[i].token.data) == 0;
		if (often == 0)
			continue;
		score += terms[i].weight * log(1 + ((double)live - found + 0.5) / (found + 0.5)) *
			 2.2 * often /
			 (often +
			  1.2 * (0.25 + 0.75 * document->lengths[column] / (total / with_text)));
	}
	return score;
}

static void check_ranking(const struct snapshot *snapshot, struct arena *arena, bool has_deleted)
{
	static const struct rank_term terms[] = {
		{ TITLE, { "battery", 7 }, 2 },
		{ ABSTRACT, { "battery", 7 }, 1 },
		{ ABSTRACT, { "the", 3 }, 1 },
		{ ABSTRACT, { "rain", 4 }, 0.5f },
	};
	const struct bitmap *within = index_number_range_documents(snapshot, arena, YEAR, 2000,
								   2010);
	size_t count, limit = 1 + chance(20), all;
	size_t live = snapshot_document_count(snapshot);
	struct scored *best, *everything;
	struct error error;

	struct rank_request request = { .terms = terms, .term_count = 4, .limit = limit };

	assert_true(index_rank(snapshot, arena, &request, &best, &count, &error));
	request.limit = 1000;
	assert_true(index_rank(snapshot, arena, &request, &everything, &all, &error));
	assert_int_equal(count, all < limit ? all : limit);
	for (size_t i = 0; i < all; i++) {
		const struct plain_document *plain =
			&documents[snapshot_document_id(snapshot, everything[i].document)];
		double expected = plain_score(plain, terms, 4, live);

		assert_true(plain->is_live);
		if (!has_deleted && fabs(expected - everything[i].score) > 1e-4 * expected)
			fail_msg("score %f instead of %f", everything[i].score, expected);
		assert_true(i == 0 || everything[i - 1].score > everything[i].score ||
			    (everything[i - 1].score == everything[i].score &&
			     everything[i - 1].document < everything[i].document));
		if (i < count)
			assert_int_equal(best[i].document, everything[i].document);
	}
	request.within = within;
	assert_true(index_rank(snapshot, arena, &request, &best, &count, &error));
	for (size_t i = 0; i < count; i++)
		assert_true(bitmap_contains(within, best[i].document));
	assert_int_equal(count,
			 bitmap_and_count(within, bitmap_of(arena, (uint32_t[]){ 0 }, 0)) + count);
}

static void check_ids(const struct snapshot *snapshot, struct arena *arena)
{
	uint32_t few[] = { 3, 77, IDS + 5 };
	const struct bitmap *all = bitmap_of_range(arena, 0, IDS + 100), *set;
	struct bitmap_walk walk;
	uint32_t document;

	assert_true(bitmap_equal(snapshot_documents_of_ids(snapshot, arena, all),
				 snapshot_documents(snapshot)));
	set = snapshot_documents_of_ids(snapshot, arena, bitmap_of(arena, few, 3));
	assert_int_equal(bitmap_count(set), documents[3].is_live + documents[77].is_live);
	walk = bitmap_walk(set);
	while (bitmap_walk_next(&walk, &document)) {
		int64_t id = snapshot_document_id(snapshot, document);

		assert_true(id == 3 || id == 77);
	}
}

static void check_everything(struct index *index, bool has_deleted)
{
	const struct snapshot *snapshot = index_acquire(index);
	struct arena *arena = arena_create(1 << 16);
	struct error error;
	size_t live = 0;

	for (unsigned id = 1; id <= IDS; id++)
		live += documents[id].is_live;
	assert_int_equal(snapshot_document_count(snapshot), live);
	check_terms(snapshot, arena);
	check_phrases(snapshot, arena);
	check_ranges(snapshot, arena);
	check_forward(snapshot, arena);
	check_cursor(snapshot, arena, "the");
	check_cursor(snapshot, arena, "电池");
	check_cursor(snapshot, arena, "\x02s");
	check_dictionary(snapshot);
	check_ranking(snapshot, arena, has_deleted);
	check_ids(snapshot, arena);
	assert_true(index_verify(index, &error));
	arena_destroy(arena);
	index_release(snapshot);
}

/* ---- Tests. */

static const char *test_folder(struct arena *arena, const char *name)
{
	const char *folder = arena_printf(arena, "/tmp/test-index-%ld-%s", (long)getpid(), name);
	struct error error;

	assert_true(file_remove_tree(folder, &error));
	return folder;
}

static struct index *open_index(const char *folder)
{
	struct index *index = NULL;
	struct error error;

	if (!index_open(folder, &schema, &index, &error))
		fail_msg("%s %s", error.key, error.detail);
	return index;
}

static void change_some(struct index *index, size_t operations, size_t memory, size_t threads,
			int64_t log_position)
{
	struct index_write_options options = { memory, threads };
	struct index_writer *writer;
	struct error error;

	assert_true(index_write_begin(index, &options, &writer, &error));
	for (size_t i = 0; i < operations; i++) {
		unsigned id = 1 + chance(IDS);

		if (chance(5) == 0) {
			assert_true(index_write_remove(writer, id, &error));
			documents[id].is_live = false;
		} else {
			random_document(&documents[id]);
			put_document(writer, id);
		}
	}
	if (!index_write_commit(writer, log_position, &error))
		fail_msg("%s %s", error.key, error.detail);
}

static void many_commits(void **state)
{
	struct arena *arena = arena_create(0);
	const char *folder = test_folder(arena, "commits");
	struct index *index = open_index(folder);
	struct error error;

	(void)state;
	check_everything(index, false);
	for (int round = 1; round <= 40; round++) {
		static const size_t sizes[] = { 0, 1, 3, 30, 700, 1500 };
		const struct snapshot *snapshot;

		change_some(index, sizes[chance(6)], chance(2) ? 0 : 1, 1 + chance(3), round);
		if (chance(6) == 0)
			assert_true(index_merge(index, chance(2), &error));
		if (chance(6) == 0) {
			index_close(index);
			index = open_index(folder);
		}
		snapshot = index_acquire(index);
		assert_int_equal(snapshot_log_position(snapshot), round);
		index_release(snapshot);
		check_everything(index, true);
	}
	assert_true(index_merge(index, true, &error));
	{
		const struct snapshot *snapshot = index_acquire(index);

		assert_int_equal(snapshot_segment_count(snapshot), 1);
		index_release(snapshot);
	}
	check_everything(index, false);
	index_close(index);
	assert_true(file_remove_tree(folder, &error));
	arena_destroy(arena);
}

/* A snapshot stays as it was, whatever is committed and merged meanwhile. */
static void held_snapshots(void **state)
{
	struct arena *arena = arena_create(0);
	const char *folder = test_folder(arena, "held");
	struct index *index = open_index(folder);
	const struct snapshot *held;
	const struct bitmap *before;
	struct error error;

	(void)state;
	change_some(index, 500, 0, 2, 1);
	held = index_acquire(index);
	before = index_term_documents(held, arena, ABSTRACT, STR("the"));
	change_some(index, 2000, 0, 2, 2);
	assert_true(index_merge(index, true, &error));
	assert_true(bitmap_equal(before, index_term_documents(held, arena, ABSTRACT, STR("the"))));
	assert_int_equal(snapshot_log_position(held), 1);
	index_release(held);
	index_close(index);
	assert_true(file_remove_tree(folder, &error));
	arena_destroy(arena);
}

static void refusals(void **state)
{
	struct arena *arena = arena_create(0);
	const char *folder = test_folder(arena, "refusals");
	struct index *index = open_index(folder), *other = NULL;
	struct index_schema newer = schema;
	struct index_writer *writer, *second;
	struct document bad = { .id = 0 };
	struct error error;

	(void)state;
	change_some(index, 50, 0, 1, 1);
	newer.version = 2;
	assert_false(index_open(folder, &newer, &other, &error));
	assert_int_equal(error.kind, ERROR_CONFLICT);
	assert_true(index_write_begin(index, NULL, &writer, &error));
	assert_false(index_write_begin(index, NULL, &second, &error));
	assert_int_equal(error.kind, ERROR_BUSY);
	assert_false(index_write_put(writer, &bad, &error));
	assert_int_equal(error.kind, ERROR_INVALID);
	put_document(writer, 1);
	index_write_abandon(writer);
	check_everything(index, true);
	index_close(index);
	assert_true(file_remove_tree(folder, &error));
	arena_destroy(arena);
}

/* A second process' view: another handle sees the commit only after a refresh. */
static void refreshing(void **state)
{
	struct arena *arena = arena_create(0);
	const char *folder = test_folder(arena, "refreshing");
	struct index *writing = open_index(folder), *reading = open_index(folder);
	const struct snapshot *snapshot;
	struct error error;

	(void)state;
	change_some(writing, 300, 0, 1, 7);
	snapshot = index_acquire(reading);
	assert_int_equal(snapshot_document_count(snapshot), 0);
	index_release(snapshot);
	assert_true(index_refresh(reading, &error));
	check_everything(reading, true);
	assert_true(index_size_on_disk(reading) > 0);
	index_close(reading);
	index_close(writing);
	assert_true(file_remove_tree(folder, &error));
	arena_destroy(arena);
}

static void limits(void **state)
{
	struct arena *arena = arena_create(0);
	const char *folder = test_folder(arena, "limits");
	struct index *index = open_index(folder);
	const struct snapshot *snapshot;
	const atomic_bool yes = true;
	struct search_limits late = { .deadline_ms = 1 }, cancelled = { .cancelled = &yes };
	struct search_limits few = { .terms_max = 1 };
	const struct bitmap *set;
	struct error error;

	(void)state;
	change_some(index, 500, 0, 1, 1);
	snapshot = index_acquire(index);
	assert_false(index_term_range_documents(snapshot, arena, TITLE, STR("a"), STR("z"), &late,
						&set, &error));
	assert_int_equal(error.kind, ERROR_LIMIT);
	assert_false(index_term_range_documents(snapshot, arena, TITLE, STR("a"), STR("z"),
						&cancelled, &set, &error));
	assert_int_equal(error.kind, ERROR_CANCELLED);
	assert_false(index_term_range_documents(snapshot, arena, TITLE, STR("a"), STR("z"), &few,
						&set, &error));
	assert_int_equal(error.kind, ERROR_LIMIT);
	index_release(snapshot);
	index_close(index);
	assert_true(file_remove_tree(folder, &error));
	arena_destroy(arena);
}

static int release_documents(void **state)
{
	(void)state;
	for (unsigned id = 0; id <= IDS; id++)
		for (int column = 0; column < 2; column++)
			memory_free(documents[id].tokens[column]);
	return 0;
}

/* Each test begins with an index and a list that are both empty. */
static int forget_documents(void **state)
{
	release_documents(state);
	memset(documents, 0, sizeof(documents));
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(many_commits, forget_documents),
		cmocka_unit_test_setup(held_snapshots, forget_documents),
		cmocka_unit_test_setup(refusals, forget_documents),
		cmocka_unit_test_setup(refreshing, forget_documents),
		cmocka_unit_test_setup(limits, forget_documents),
	};

	return cmocka_run_group_tests_name("index", tests, NULL, release_documents);
}
