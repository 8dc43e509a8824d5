#include "base/memory.h"
#include "index/bitmap_internal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

/* Sets against plain arrays of flags, over four chunks. */
enum { LIMIT = 4 * 65536 };

struct naive {
	bool has[LIMIT];
};

static uint64_t state_of_chance = 88172645463325252u;

static uint32_t chance(uint32_t below)
{
	state_of_chance ^= state_of_chance << 13;
	state_of_chance ^= state_of_chance >> 7;
	state_of_chance ^= state_of_chance << 17;
	return (uint32_t)(state_of_chance >> 11) % below;
}

/* Chunks that are empty, few, many, nearly full, full, runs. */
static void fill(struct naive *set)
{
	memset(set, 0, sizeof(*set));
	for (uint32_t chunk = 0; chunk < 4; chunk++) {
		static const uint32_t sizes[] = { 0, 1, 17, 300, 4096, 4097, 20000, 65536 };
		uint32_t count = sizes[chance(8)];
		bool *here = set->has + chunk * 65536;

		if (count == 65536 || chance(8) == 0) {
			memset(here, 1, count);
			continue;
		}
		while (count > 0) {
			uint32_t at = chance(65536);

			count -= !here[at];
			here[at] = true;
		}
	}
}

static const struct bitmap *make(struct arena *arena, const struct naive *set)
{
	uint32_t *values = arena_array(arena, uint32_t, LIMIT * 2);
	size_t n = 0;

	for (uint32_t i = 0; i < LIMIT; i++)
		if (set->has[i])
			values[n++] = i;
	for (size_t i = 0; i + 1 < n; i += 1 + chance(50)) { /* out of order, and repeated */
		uint32_t value = values[i];

		values[i] = values[n - 1];
		values[n - 1] = value;
	}
	if (n > 0)
		values[n] = values[0];
	return bitmap_of(arena, values, n > 0 ? n + 1 : 0);
}

static void check_same(struct arena *arena, const struct bitmap *set, const struct naive *naive)
{
	uint64_t count = 0;
	uint32_t *values = bitmap_to_array(arena, set);

	for (uint32_t i = 0; i < LIMIT; i++) {
		if (!naive->has[i])
			continue;
		assert_true(count < bitmap_count(set));
		assert_int_equal(values[count], i);
		count++;
	}
	assert_int_equal(bitmap_count(set), count);
	assert_true(bitmap_is_empty(set) == (count == 0));
	for (size_t i = 0; i < bitmap_chunk_count(set); i++) {
		struct bitmap_chunk chunk = bitmap_chunk_at(set, i);

		assert_true((chunk.values != NULL) == (chunk.count <= 4096));
		assert_true((chunk.bits != NULL) == (chunk.count > 4096));
	}
}

static void operations(void **state)
{
	static struct naive a, b, c;

	(void)state;
	for (int round = 0; round < 60; round++) {
		struct arena *arena = arena_create(1 << 20);
		const struct bitmap *x, *y, *list[6];
		uint64_t common = 0;

		fill(&a);
		fill(&b);
		x = make(arena, &a);
		y = make(arena, &b);
		check_same(arena, x, &a);
		for (uint32_t i = 0; i < LIMIT; i++)
			common += c.has[i] = a.has[i] && b.has[i];
		check_same(arena, bitmap_and(arena, x, y), &c);
		assert_int_equal(bitmap_and_count(x, y), common);
		assert_true(bitmap_intersects(x, y) == (common > 0));
		for (uint32_t i = 0; i < LIMIT; i++)
			c.has[i] = a.has[i] && !b.has[i];
		check_same(arena, bitmap_and_not(arena, x, y), &c);
		for (uint32_t i = 0; i < LIMIT; i++)
			c.has[i] = a.has[i] || b.has[i];
		check_same(arena, bitmap_or(arena, x, y), &c);
		for (size_t i = 0; i < 6; i++) {
			fill(&b);
			list[i] = i == 0 ? x : make(arena, &b);
			for (uint32_t j = 0; j < LIMIT && i > 0; j++)
				a.has[j] |= b.has[j];
		}
		check_same(arena, bitmap_or_many(arena, list, 6), &a);
		assert_true(bitmap_equal(bitmap_or_many(arena, list, 6), make(arena, &a)));
		arena_destroy(arena);
	}
}

static void walking(void **state)
{
	static struct naive a;

	(void)state;
	for (int round = 0; round < 40; round++) {
		struct arena *arena = arena_create(1 << 20);
		const struct bitmap *set;
		struct bitmap_walk walk;
		uint32_t value = 0, wanted = 0;

		fill(&a);
		set = make(arena, &a);
		walk = bitmap_walk(set);
		while (wanted < LIMIT) {
			uint32_t next = wanted;
			bool found = bitmap_walk_seek(&walk, wanted, &value);

			while (next < LIMIT && !a.has[next])
				next++;
			assert_true(found == (next < LIMIT));
			if (!found)
				break;
			assert_int_equal(value, next);
			assert_true(bitmap_contains(set, value));
			wanted = value + 1 + (chance(3) ? chance(200) : chance(70000));
		}
		for (uint64_t n = 0; n < bitmap_count(set); n += 1 + chance(5000))
			assert_true(a.has[bitmap_select(set, n)]);
		arena_destroy(arena);
	}
}

static void ranges(void **state)
{
	static struct naive a;

	(void)state;
	for (int round = 0; round < 60; round++) {
		struct arena *arena = arena_create(1 << 16);
		uint32_t first = chance(LIMIT), end = first + chance(LIMIT - first + 1);

		memset(&a, 0, sizeof(a));
		memset(a.has + first, 1, end - first);
		check_same(arena, bitmap_of_range(arena, first, end), &a);
		assert_true(bitmap_equal(bitmap_of_range(arena, first, end), make(arena, &a)));
		arena_destroy(arena);
	}
	assert_true(bitmap_is_empty(bitmap_of_range(NULL, 5, 5)));
}

static void written_and_read(void **state)
{
	static struct naive a;

	(void)state;
	for (int round = 0; round < 20; round++) {
		struct arena *arena = arena_create(1 << 16);
		struct strbuf bytes = STRBUF_INIT;
		const struct bitmap *set, *again;
		struct error error;

		fill(&a);
		set = make(arena, &a);
		bitmap_write(set, &bytes);
		assert_true(bitmap_read(arena, strbuf_str(&bytes), &again, &error));
		assert_true(bitmap_equal(set, again));
		for (int i = 0; i < 200; i++) { /* damage is refused, or another sound set */
			size_t at = chance((uint32_t)bytes.size);
			char before = bytes.data[at];

			bytes.data[at] = (char)(before ^ (1 << chance(8)));
			if (bitmap_read(arena, strbuf_str(&bytes), &again, &error))
				bitmap_to_array(arena, again);
			bytes.data[at] = before;
		}
		for (size_t size = 0; size < bytes.size; size += 1 + bytes.size / 50)
			assert_false(bitmap_read(arena, (struct str){ bytes.data, size }, &again,
						 &error));
		strbuf_release(&bytes);
		arena_destroy(arena);
	}
}

static uint32_t some_array(uint16_t *values, uint32_t most)
{
	uint32_t n = 0, step = 1 + chance(40);

	for (uint32_t v = chance(step); v < 65536 && n < most; v += 1 + chance(step))
		values[n++] = (uint16_t)v;
	return n;
}

/* Both forms of every inner loop give the same. */
static void kernels_agree(void **state)
{
	const struct bitmap_kernels *p = &bitmap_kernels_portable, *f = bitmap_kernels_avx2();
	static uint64_t a[CHUNK_WORDS], b[CHUNK_WORDS], x[CHUNK_WORDS], y[CHUNK_WORDS];
	static uint16_t s[CHUNK_ARRAY_MAX], t[CHUNK_ARRAY_MAX], u[CHUNK_ARRAY_MAX + 8],
		v[CHUNK_ARRAY_MAX + 8];

	(void)state;
	if (!f)
		skip();
	for (int round = 0; round < 300; round++) {
		uint32_t sn = some_array(s, CHUNK_ARRAY_MAX), tn = some_array(t, 1 + chance(4096));
		uint32_t n;

		for (size_t i = 0; i < CHUNK_WORDS; i++) {
			a[i] = (uint64_t)chance(UINT32_MAX) << 32 | chance(UINT32_MAX);
			b[i] = chance(2) ? 0 : (uint64_t)chance(UINT32_MAX) << 32 | chance(9);
		}
		assert_int_equal(p->bits_count(a), f->bits_count(a));
		assert_int_equal(p->bits_and_count(a, b), f->bits_and_count(a, b));
		n = chance(65536);
		assert_int_equal(p->count_below(a, n), f->count_below(a, n));
		assert_int_equal(p->bits_and(a, b, x), f->bits_and(a, b, y));
		assert_memory_equal(x, y, sizeof(x));
		assert_int_equal(p->bits_and_not(a, b, x), f->bits_and_not(a, b, y));
		assert_memory_equal(x, y, sizeof(x));
		p->bits_or(x, b);
		f->bits_or(y, b);
		assert_memory_equal(x, y, sizeof(x));
		n = p->arrays_and(s, sn, t, tn, u);
		assert_int_equal(n, f->arrays_and(s, sn, t, tn, v));
		assert_memory_equal(u, v, n * sizeof(*u));
		n = p->bits_to_array(b, u, 1000);
		assert_int_equal(n, f->bits_to_array(b, v, 1000));
		assert_memory_equal(u, v, n * sizeof(*u));
	}
}

/* A table of ranks as the index keeps it, one entry for eight words. */
static void make_table(const uint64_t *words, uint16_t *table)
{
	uint32_t sum = 0;

	for (uint32_t i = 0; i < CHUNK_WORDS; i++) {
		if (i % 8 == 0)
			table[i / 8] = (uint16_t)sum;
		sum += (uint32_t)__builtin_popcountll(words[i]);
	}
}

static void check_ranks(const struct bitmap_kernels *kernels, const uint64_t *words,
			const uint16_t *table, const uint16_t *values, uint32_t count)
{
	static uint32_t ranks[CHUNK_ARRAY_MAX];

	kernels->ranks(words, table, values, count, ranks);
	for (uint32_t i = 0; i < count; i++)
		assert_int_equal(ranks[i], bitmap_kernels_portable.count_below(words, values[i]));
}

static void ranks_are_counts(void **state)
{
	const struct bitmap_kernels *fast = bitmap_kernels_avx2();
	static uint64_t words[CHUNK_WORDS];
	static uint16_t table[CHUNK_WORDS / 8], values[CHUNK_ARRAY_MAX];

	(void)state;
	for (int round = 0; round < 50; round++) {
		uint32_t count = some_array(values, CHUNK_ARRAY_MAX);

		for (size_t i = 0; i < CHUNK_WORDS; i++)
			words[i] = chance(3) ? (uint64_t)chance(UINT32_MAX) << chance(33) : 0;
		make_table(words, table);
		check_ranks(&bitmap_kernels_portable, words, table, values, count);
		if (fast)
			check_ranks(fast, words, table, values, count);
	}
}

enum { PLACES = 500 };

static void make_places(const uint8_t *bytes, struct position_place *places)
{
	for (uint32_t i = 0; i < PLACES; i++) {
		uint32_t frequency = chance(PLACE_POSITIONS + 2);

		places[i] = (struct position_place){
			bytes + chance(1000), (uint16_t)chance(chance(2) ? 9 : 4080),
			(uint16_t)(frequency > PLACE_POSITIONS ? PLACE_HARD : frequency)
		};
	}
}

/* Beginnings of two terms two apart, found by comparing every pair. */
static bool has_pair(const struct position_place *a, const struct position_place *b)
{
	uint32_t x = a->first;

	for (uint32_t i = 0; i < a->frequency; x += a->at[i++]) {
		uint32_t y = b->first;

		for (uint32_t j = 0; j < b->frequency; y += b->at[j++])
			if (x + 2 == y)
				return true;
	}
	return false;
}

static void check_starts(const struct bitmap_kernels *kernels, const struct position_place *a,
			 const struct position_place *b)
{
	static struct phrase_starts starts[PLACES];
	static bool found[PLACES];

	kernels->starts_first(a, PLACES, 1, starts);
	kernels->starts_keep(b, PLACES, 3, starts, found);
	for (uint32_t i = 0; i < PLACES; i++) {
		bool is_left = false;

		if (a[i].frequency == PLACE_HARD || b[i].frequency == PLACE_HARD)
			continue;
		assert_int_equal(found[i], has_pair(&a[i], &b[i]));
		for (uint32_t j = 0; j < PLACE_POSITIONS; j++)
			is_left |= starts[i].at[j] != START_NONE;
		assert_int_equal(found[i], is_left);
	}
}

static void starts_are_pairs(void **state)
{
	static uint8_t bytes[1000 + PLACE_POSITIONS];
	static struct position_place a[PLACES], b[PLACES];

	(void)state;
	for (int round = 0; round < 50; round++) {
		for (size_t i = 0; i < sizeof(bytes); i++)
			bytes[i] = (uint8_t)chance(chance(3) ? 6 : 240);
		make_places(bytes, a);
		make_places(bytes, b);
		check_starts(&bitmap_kernels_portable, a, b);
		if (bitmap_kernels_avx2())
			check_starts(bitmap_kernels_avx2(), a, b);
	}
}

#define CHECK_SCAN(name, type)                                                                     \
	do {                                                                                       \
		type *values = (type *)(void *)data;                                               \
		type low = (type)chance(UINT32_MAX), high = (type)(low + chance(UINT8_MAX / 2));   \
                                                                                                   \
		if (high < low)                                                                    \
			high = (type)-1;                                                           \
		memset(x, 0, sizeof(x));                                                           \
		memset(y, 0, sizeof(y));                                                           \
		bitmap_kernels_portable.name(values, count, low, high, x);                         \
		fast->name(values, count, low, high, y);                                           \
		assert_memory_equal(x, y, sizeof(x));                                              \
		for (uint32_t i = 0; i < count; i++)                                               \
			assert_true((x[i / 64] >> i % 64 & 1) ==                                   \
				    (values[i] >= low && values[i] <= high));                      \
	} while (0)

static void scans_agree(void **state)
{
	static uint64_t data[1000], x[16], y[16];
	const struct bitmap_kernels *fast = bitmap_kernels_avx2();

	(void)state;
	if (!fast)
		skip();
	for (int round = 0; round < 200; round++) {
		uint32_t count = chance(1000);

		for (size_t i = 0; i < 1000; i++)
			data[i] = (uint64_t)chance(UINT32_MAX) << 32 | chance(UINT32_MAX);
		CHECK_SCAN(scan_1, uint8_t);
		CHECK_SCAN(scan_2, uint16_t);
		CHECK_SCAN(scan_4, uint32_t);
		CHECK_SCAN(scan_8, uint64_t);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(operations),       cmocka_unit_test(walking),
		cmocka_unit_test(ranges),           cmocka_unit_test(written_and_read),
		cmocka_unit_test(kernels_agree),    cmocka_unit_test(scans_agree),
		cmocka_unit_test(ranks_are_counts), cmocka_unit_test(starts_are_pairs),
	};

	return cmocka_run_group_tests_name("bitmap", tests, NULL, NULL);
}
