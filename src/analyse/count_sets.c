#include "analyse/count.h"

#include <assert.h>
#include <string.h>

/*
 * Sets against sets, chunk by chunk: what columns a document is in stands in one word of bits, so that a
 * row is walked once for 64 columns, whatever the columns' number of documents.
 */
enum { CHUNK_SIZE = 65536, COLUMNS_AT_ONCE = 64, CLASSES_MAX = 3 };

/* Walks a set by the bases of its chunks. */
struct chunk_walk {
	const struct bitmap *set;
	size_t at, count;
};

struct tally {
	struct chunk_walk *rows, *columns, *classes;
	size_t row_count, column_count, class_count;
	size_t column_step, class_step; /* between the counts of two columns, of two classes */
	uint64_t masks[CHUNK_SIZE];     /* by document of the chunk: its columns */
	unsigned char kind[CHUNK_SIZE]; /* 0, or its class */
	uint16_t values[CHUNK_SIZE];    /* of a chunk that is bits */
	uint64_t words[CLASSES_MAX + 1][CHUNK_SIZE]; /* masks of a row, by class */
};

static struct chunk_walk *begin_walks(struct arena *arena, const struct bitmap *const *sets,
				      size_t count)
{
	struct chunk_walk *walks = arena_array(arena, struct chunk_walk, count + 1);

	for (size_t i = 0; i < count; i++)
		walks[i] = (struct chunk_walk){ sets[i], 0, bitmap_chunk_count(sets[i]) };
	return walks;
}

/* The documents of the set in the chunk of this base, less the base; their number. Bases ascend. */
static uint32_t take_values(struct tally *tally, struct chunk_walk *walk, uint32_t base,
			    const uint16_t **values_out)
{
	struct bitmap_chunk chunk = { .base = 0 };
	uint32_t count = 0;

	while (walk->at < walk->count && (chunk = bitmap_chunk_at(walk->set, walk->at)).base < base)
		walk->at++;
	if (walk->at == walk->count || chunk.base != base)
		return 0;
	*values_out = chunk.values ? chunk.values : tally->values;
	if (chunk.values)
		return chunk.count;
	for (uint32_t word = 0; word < CHUNK_SIZE / 64; word++)
		for (uint64_t bits = chunk.bits[word]; bits; bits &= bits - 1)
			tally->values[count++] = (uint16_t)(word * 64 +
							    (uint32_t)__builtin_ctzll(bits));
	return count;
}

/* The lowest base at or above `from` at which a column has documents; false when none has. */
static bool next_base(const struct tally *tally, uint64_t from, uint32_t *base_out)
{
	uint64_t least = UINT64_MAX;

	for (size_t i = 0; i < tally->column_count; i++) {
		struct chunk_walk *column = &tally->columns[i];
		size_t at = column->at;

		while (at < column->count && bitmap_chunk_at(column->set, at).base < from)
			at++;
		if (at < column->count && bitmap_chunk_at(column->set, at).base < least)
			least = bitmap_chunk_at(column->set, at).base;
	}
	*base_out = (uint32_t)least;
	return least != UINT64_MAX;
}

static void mark_documents(struct tally *tally, uint32_t base)
{
	const uint16_t *values;

	memset(tally->masks, 0, sizeof(tally->masks));
	memset(tally->kind, 0, sizeof(tally->kind));
	for (size_t i = 0; i < tally->column_count; i++)
		for (uint32_t n = take_values(tally, &tally->columns[i], base, &values); n-- > 0;)
			tally->masks[values[n]] |= UINT64_C(1) << i;
	for (size_t i = 0; i < tally->class_count; i++)
		for (uint32_t n = take_values(tally, &tally->classes[i], base, &values); n-- > 0;)
			tally->kind[values[n]] = (unsigned char)(i + 1);
}

/*
 * Numbers of bits by their place, of many words: bit i of planes[p] is bit p of the number of words that
 * have bit i. Seven words are added at a time by full adders (as in Harley and Seal's population count),
 * for a loop over the bits of each word could not be foreseen.
 */
enum { PLANES = 17 }; /* CHUNK_SIZE words at most */

/* a + b + c: a's place takes the sum, the result is carried. */
static inline uint64_t add_full(uint64_t *a, uint64_t b, uint64_t c)
{
	uint64_t half = *a ^ b, carry = (*a & b) | (half & c);

	*a = half ^ c;
	return carry;
}

static inline void add_plane(uint64_t *planes, unsigned place, uint64_t word)
{
	for (; word && place < PLANES; place++) {
		uint64_t carry = planes[place] & word;

		planes[place] ^= word;
		word = carry;
	}
}

static void add_words(uint64_t *planes, const uint64_t *words, uint32_t count)
{
	uint32_t i = 0;

	for (; i + 7 <= count; i += 7) {
		uint64_t ones = words[i], twos, fours;
		uint64_t a = add_full(&ones, words[i + 1], words[i + 2]);
		uint64_t b = add_full(&ones, words[i + 3], words[i + 4]);
		uint64_t c = add_full(&ones, words[i + 5], words[i + 6]);
		uint64_t low = planes[0] & ones, mid;

		twos = a;
		fours = add_full(&twos, b, c);
		planes[0] ^= ones;
		mid = add_full(&planes[1], twos, low);
		add_plane(planes, 3, add_full(&planes[2], fours, mid));
	}
	for (; i < count; i++)
		add_plane(planes, 0, words[i]);
}

static void add_planes(const uint64_t *planes, uint32_t *counts, size_t step)
{
	for (unsigned place = 0; place < PLANES; place++)
		for (uint64_t bits = planes[place]; bits; bits &= bits - 1)
			counts[(size_t)__builtin_ctzll(bits) * step] += UINT32_C(1) << place;
}

/* counts: of the row and the first of these columns. */
static void count_row(struct tally *tally, size_t row, uint32_t base, uint32_t *counts)
{
	const uint16_t *values;
	uint32_t count = take_values(tally, &tally->rows[row], base, &values);
	uint32_t sizes[CLASSES_MAX + 1] = { 0 };

	for (uint32_t i = 0; i < count; i++) {
		uint64_t mask = tally->masks[values[i]];
		unsigned class = tally->kind[values[i]];

		tally->words[class][sizes[class]] = mask;
		sizes[class] += mask != 0;
	}
	for (size_t class = 0; class <= tally->class_count; class ++) {
		uint64_t planes[PLANES] = { 0 };

		add_words(planes, tally->words[class], sizes[class]);
		add_planes(planes, counts + class * tally->class_step, tally->column_step);
	}
}

static uint64_t documents_of(const struct bitmap *const *sets, size_t count)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < count; i++)
		sum += bitmap_count(sets[i]);
	return sum;
}

/* The side that is walked is walked again for every 64 sets of the other. */
static uint64_t walks(const struct bitmap *const *walked, size_t count, size_t others)
{
	return documents_of(walked, count) * ((others + COLUMNS_AT_ONCE - 1) / COLUMNS_AT_ONCE);
}

static struct set_table turned(const struct set_table *table)
{
	return (struct set_table){ .rows = table->columns,
				   .columns = table->rows,
				   .classes = table->classes,
				   .row_count = table->column_count,
				   .column_count = table->row_count,
				   .class_count = table->class_count };
}

static bool count_all(struct tally *tally, const struct set_table *table, size_t row_step,
		      struct arena *arena, const struct search_limits *limits, uint32_t *counts,
		      struct error *error)
{
	uint32_t base;

	for (size_t first = 0; first < table->column_count; first += COLUMNS_AT_ONCE) {
		size_t left = table->column_count - first;
		uint64_t from = 0;

		tally->column_count = left < COLUMNS_AT_ONCE ? left : COLUMNS_AT_ONCE;
		tally->columns = begin_walks(arena, table->columns + first, tally->column_count);
		tally->rows = begin_walks(arena, table->rows, table->row_count);
		tally->classes = begin_walks(arena, table->classes, table->class_count);
		for (; next_base(tally, from, &base); from = (uint64_t)base + CHUNK_SIZE) {
			if (!search_may_go_on(limits, error))
				return false;
			mark_documents(tally, base);
			for (size_t row = 0; row < tally->row_count; row++)
				count_row(tally, row, base,
					  counts + row * row_step + first * tally->column_step);
		}
	}
	return true;
}

bool count_intersections(const struct set_table *given, struct arena *arena,
			 const struct search_limits *limits, uint32_t **counts_out,
			 struct error *error)
{
	struct tally *tally = arena_new(arena, struct tally);
	struct set_table table = *given;
	size_t row_step = given->column_count;

	assert(given->class_count <= CLASSES_MAX);
	tally->column_step = 1;
	tally->class_step = given->row_count * given->column_count;
	if (walks(given->columns, given->column_count, given->row_count) <
	    walks(given->rows, given->row_count, given->column_count)) {
		table = turned(given);
		row_step = 1;
		tally->column_step = given->column_count;
	}
	tally->row_count = table.row_count;
	tally->class_count = table.class_count;
	*counts_out = arena_array(arena, uint32_t, tally->class_step * (table.class_count + 1) + 1);
	return count_all(tally, &table, row_step, arena, limits, *counts_out, error);
}
