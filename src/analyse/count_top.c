#include "analyse/count.h"

static int compare_counts(const void *a, const void *b)
{
	const struct value_count *left = a, *right = b;

	if (left->count != right->count)
		return left->count > right->count ? -1 : 1;
	return left->value < right->value ? -1 : left->value > right->value;
}

static bool is_before(struct value_count a, struct value_count b)
{
	return compare_counts(&a, &b) < 0;
}

/* Sinks the entry at i: the worst entry of the heap stays at its top. */
static void heap_sink(struct value_count *heap, size_t count, size_t i)
{
	for (;;) {
		size_t worst = i, child = 2 * i + 1;
		struct value_count moved;

		if (child < count && is_before(heap[worst], heap[child]))
			worst = child;
		if (child + 1 < count && is_before(heap[worst], heap[child + 1]))
			worst = child + 1;
		if (worst == i)
			return;
		moved = heap[i];
		heap[i] = heap[worst];
		heap[worst] = moved;
		i = worst;
	}
}

size_t count_present(struct arena *arena, const uint32_t *counts, uint32_t size,
		     struct value_count **present_out)
{
	size_t present = 0, at = 0;

	for (uint32_t value = 0; value < size; value++)
		present += counts[value] != 0;
	*present_out = arena_array(arena, struct value_count, present + 1);
	for (uint32_t value = 0; value < size; value++)
		if (counts[value])
			(*present_out)[at++] = (struct value_count){ value, counts[value] };
	return present;
}

/* A heap of the best so far; most values fail the one comparison with its top. */
static size_t select_best(const uint32_t *counts, uint32_t size, size_t limit,
			  struct value_count *heap)
{
	size_t count = 0;

	for (uint32_t value = 0; value < size; value++) {
		struct value_count entry = { value, counts[value] };

		if (!entry.count)
			continue;
		if (count < limit) {
			heap[count++] = entry;
			if (count == limit)
				for (size_t i = limit / 2 + 1; i-- > 0;)
					heap_sink(heap, limit, i);
		} else if (entry.count > heap[0].count) {
			heap[0] = entry;
			heap_sink(heap, limit, 0);
		}
	}
	return count;
}

size_t count_top(struct arena *arena, const uint32_t *counts, uint32_t size, size_t limit,
		 struct value_count **top_out)
{
	size_t count;

	if (limit == 0 || limit >= size) {
		count = count_present(arena, counts, size, top_out);
	} else {
		*top_out = arena_array(arena, struct value_count, limit);
		count = select_best(counts, size, limit, *top_out);
	}
	qsort(*top_out, count, sizeof(struct value_count), compare_counts);
	return count;
}
