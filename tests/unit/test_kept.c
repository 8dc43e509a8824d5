/* Sets kept under names: what is found is what was put, however much was dropped. */
#include "base/memory.h"
#include "index/kept_internal.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

/* Different for each number, of some kilobytes. */
static const struct bitmap *set_of(struct arena *arena, uint32_t number)
{
	return bitmap_or(arena, bitmap_of_range(arena, number * 3, number * 3 + UINT64_C(70000)),
			 bitmap_of(arena, (uint32_t[]){ 1000000 + number, 5 }, 2));
}

static struct str name_of(struct arena *arena, uint32_t number)
{
	return str_of(arena_printf(arena, "TA=(%u)", number));
}

static void what_is_put_is_found(void **state)
{
	struct kept_sets *kept = kept_sets_create((size_t)1 << 20);
	struct arena *arena = arena_create(1 << 16);
	const struct bitmap *found;

	(void)state;
	assert_false(kept_sets_find(kept, STR("a"), arena, &found));
	kept_sets_add(kept, STR("a"), set_of(arena, 1));
	kept_sets_add(kept, STR("a"), set_of(arena, 2)); /* the first stays */
	kept_sets_add(kept, STR_EMPTY, bitmap_empty());
	assert_true(kept_sets_find(kept, STR("a"), arena, &found));
	assert_true(bitmap_equal(found, set_of(arena, 1)));
	assert_true(kept_sets_find(kept, STR_EMPTY, arena, &found));
	assert_true(bitmap_is_empty(found));
	kept_sets_destroy(kept);
	assert_true(bitmap_is_empty(found)); /* lives with the arena */
	arena_destroy(arena);
}

static void bytes_are_bounded_and_the_oldest_goes(void **state)
{
	enum { MANY = 500, BYTES = 300000 };
	struct kept_sets *kept = kept_sets_create(BYTES);
	struct arena *arena = arena_create(1 << 16);
	const struct bitmap *first, *found;
	size_t held = 0;

	(void)state;
	kept_sets_add(kept, name_of(arena, 0), set_of(arena, 0));
	assert_true(kept_sets_find(kept, name_of(arena, 0), arena, &first));
	for (uint32_t i = 1; i < MANY; i++) {
		kept_sets_add(kept, name_of(arena, i), set_of(arena, i));
		assert_true(kept_sets_bytes(kept) <= BYTES);
		/* Used again and again, the second stays. */
		assert_true(kept_sets_find(kept, name_of(arena, 1), arena, &found));
	}
	for (uint32_t i = 0; i < MANY; i++)
		if (kept_sets_find(kept, name_of(arena, i), arena, &found)) {
			assert_true(bitmap_equal(found, set_of(arena, i)));
			assert_true(i == 1 || i > MANY / 2);
			held++;
		}
	assert_true(held > 3 && held < MANY);
	assert_true(bitmap_equal(first, set_of(arena, 0)));
	/* What would push out everything is not kept. */
	kept_sets_add(kept, STR("large"), bitmap_of(arena, arena_array(arena, uint32_t, 1), 1));
	assert_true(kept_sets_find(kept, STR("large"), arena, &found));
	kept_sets_destroy(kept);
	arena_destroy(arena);
}

static void a_large_set_is_not_kept(void **state)
{
	struct kept_sets *kept = kept_sets_create(20000);
	struct arena *arena = arena_create(1 << 16);
	const struct bitmap *found;

	(void)state;
	kept_sets_add(kept, STR("small"), bitmap_of_range(arena, 0, 65536));
	kept_sets_add(kept, STR("large"), set_of(arena, 7));
	assert_true(kept_sets_find(kept, STR("small"), arena, &found));
	assert_false(kept_sets_find(kept, STR("large"), arena, &found));
	kept_sets_destroy(kept);
	arena_destroy(arena);
}

static void *use(void *kept)
{
	for (uint32_t round = 0; round < 2000; round++) {
		struct arena *arena = arena_create(1 << 14);
		const struct bitmap *found;
		uint32_t number = round * 7 % 40;

		if (!kept_sets_find(kept, name_of(arena, number), arena, &found))
			kept_sets_add(kept, name_of(arena, number), set_of(arena, number));
		else if (!bitmap_equal(found, set_of(arena, number)))
			return kept;
		arena_destroy(arena);
	}
	return NULL;
}

static void threads_share_it(void **state)
{
	struct kept_sets *kept = kept_sets_create(300000);
	pthread_t threads[4];
	void *wrong;

	(void)state;
	for (int i = 0; i < 4; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, use, kept), 0);
	for (int i = 0; i < 4; i++) {
		pthread_join(threads[i], &wrong);
		assert_null(wrong);
	}
	kept_sets_destroy(kept);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_put_is_found),
		cmocka_unit_test(bytes_are_bounded_and_the_oldest_goes),
		cmocka_unit_test(a_large_set_is_not_kept),
		cmocka_unit_test(threads_share_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
