/* Values, positions, dictionaries, relevance: all a snapshot tells of its documents. */
#include "index_model.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void check_forward(const struct snapshot *snapshot, struct arena *arena)
{
	struct bitmap_walk walk = bitmap_walk(snapshot_documents(snapshot));
	uint32_t document;

	while (bitmap_walk_next(&walk, &document)) {
		const struct plain_document *plain =
			&plain_documents[snapshot_document_id(snapshot, document)];
		const uint32_t *ordinals;
		size_t count = snapshot_ordinals(snapshot, arena, CLASSES, document, &ordinals);
		char name[16];

		assert_int_equal(snapshot_number(snapshot, YEAR, document), plain->year);
		assert_int_equal(snapshot_number(snapshot, BIG, document), plain->big);
		for (size_t i = 0; i < count; i++) {
			bool found = false;

			assert_true(i == 0 || ordinals[i - 1] < ordinals[i]);
			for (unsigned j = 0; j < plain->class_count; j++)
				found |= str_equal(plain_class(plain->classes[j], name),
						   snapshot_term(snapshot, CLASSES, ordinals[i]));
			assert_true(found);
		}
		for (unsigned j = 0; j < plain->class_count; j++) {
			uint32_t global = snapshot_find_term(snapshot, CLASSES,
							     plain_class(plain->classes[j], name));
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
			&plain_documents[snapshot_document_id(snapshot, document)];
		const uint32_t *positions;
		size_t count, n = 0;

		if (plain_chance(2)) /* positions may be passed over */
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
		expected += plain_documents[id].is_live &&
			    plain_has_token(&plain_documents[id], ABSTRACT, token);
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

		for (unsigned id = 1; id <= IDS; id++) {
			if (!plain_documents[id].is_live)
				continue;
			total += plain_documents[id].lengths[column];
			with_text += plain_documents[id].lengths[column] > 0;
			found += plain_has_token(&plain_documents[id], column, terms[i].token.data);
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
	size_t count, limit = 1 + plain_chance(20), all;
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
			&plain_documents[snapshot_document_id(snapshot, everything[i].document)];
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
	assert_int_equal(bitmap_count(set),
			 plain_documents[3].is_live + plain_documents[77].is_live);
	walk = bitmap_walk(set);
	while (bitmap_walk_next(&walk, &document)) {
		int64_t id = snapshot_document_id(snapshot, document);

		assert_true(id == 3 || id == 77);
	}
}

void check_index(struct index *index, bool has_deleted)
{
	const struct snapshot *snapshot = index_acquire(index);
	struct arena *arena = arena_create(1 << 16);
	struct error error;
	size_t live = 0;

	for (unsigned id = 1; id <= IDS; id++)
		live += plain_documents[id].is_live;
	assert_int_equal(snapshot_document_count(snapshot), live);
	check_sets(snapshot, arena);
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
