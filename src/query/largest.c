#include "query/query.h"

#include <stdlib.h>

struct numbered {
	int64_t number;
	uint32_t document;
};

/* Larger first; NUMBER_NONE is the least; ties by document. */
static bool is_before(const struct numbered *a, const struct numbered *b)
{
	return a->number != b->number ? a->number > b->number : a->document < b->document;
}

static void sift_down(struct numbered *heap, size_t count, size_t i)
{
	for (;;) {
		size_t last = i, left = 2 * i + 1;
		struct numbered held = heap[i];

		for (size_t child = left; child < left + 2 && child < count; child++)
			if (is_before(&heap[last], &heap[child]))
				last = child;
		if (last == i)
			return;
		heap[i] = heap[last];
		heap[last] = held;
		i = last;
	}
}

static int compare_numbered(const void *left, const void *right)
{
	return is_before(left, right) ? -1 : 1;
}

static int compare_falling(const void *left, const void *right)
{
	int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;

	return (a < b) - (a > b);
}

enum { SAMPLES = 256, WORTH_SAMPLING = 1 << 13 };

/*
 * Of many documents those with a number that reaches a bound, at least `limit` of them. A range of a
 * column is found much faster than its numbers are compared one by one, so the bound is guessed from
 * some of them, and lowered while it gives too few.
 */
static const struct bitmap *likely(const struct snapshot *snapshot, const struct bitmap *documents,
				   unsigned column, size_t limit, struct arena *arena)
{
	uint64_t total = bitmap_count(documents);
	int64_t numbers[SAMPLES];

	if (total < WORTH_SAMPLING || total / SAMPLES < limit)
		return documents;
	for (size_t i = 0; i < SAMPLES; i++)
		numbers[i] = snapshot_number(snapshot, column,
					     bitmap_select(documents, total / SAMPLES * i));
	qsort(numbers, SAMPLES, sizeof(*numbers), compare_falling);
	for (size_t i = 1; i < SAMPLES && numbers[i] != NUMBER_NONE; i *= 4) {
		const struct bitmap *found = index_number_range_documents(snapshot, arena, column,
									  numbers[i], INT64_MAX);

		found = bitmap_and(arena, documents, found);
		if (bitmap_count(found) >= limit)
			return found;
	}
	return documents;
}

/* The heap's top is the last of the best. */
void query_largest(const struct snapshot *snapshot, const struct bitmap *documents, unsigned column,
		   size_t limit, struct arena *arena, struct scored **best_out, size_t *count_out)
{
	uint64_t total = bitmap_count(documents);
	size_t room = limit < total ? limit : (size_t)total, count = 0;
	struct numbered *heap = arena_array(arena, struct numbered, room + 1);
	struct bitmap_walk walk = bitmap_walk(likely(snapshot, documents, column, limit, arena));
	uint32_t document;

	while (room > 0 && bitmap_walk_next(&walk, &document)) {
		struct numbered next = { snapshot_number(snapshot, column, document), document };

		if (count < room) {
			heap[count++] = next;
			for (size_t i = count / 2; count == room && i-- > 0;)
				sift_down(heap, count, i);
		} else if (is_before(&next, &heap[0])) {
			heap[0] = next;
			sift_down(heap, count, 0);
		}
	}
	qsort(heap, count, sizeof(*heap), compare_numbered);
	*best_out = arena_array(arena, struct scored, count + 1);
	for (size_t i = 0; i < count; i++)
		(*best_out)[i].document = heap[i].document;
	*count_out = count;
}
