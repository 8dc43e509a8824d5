#include "index/scan_internal.h"
#include "base/memory.h"

struct document_words document_words_create(uint32_t document_count)
{
	struct document_words words = {
		.chunk_count = ((size_t)document_count + CHUNK_VALUES - 1) / CHUNK_VALUES,
	};

	words.words = memory_alloc_zeroed(words.chunk_count * CHUNK_WORDS, sizeof(uint64_t));
	return words;
}

void document_words_join(struct document_words *words, const struct snapshot_segment *segment,
			 struct set_joiner *joined)
{
	for (size_t i = 0; i < words->chunk_count; i++) {
		struct chunk chunk;

		if (chunk_of_bits(joined->arena, (uint16_t)i, words->words + i * CHUNK_WORDS,
				  &chunk))
			joiner_add(joined, segment, &chunk, 1);
	}
	memory_free(words->words);
}

static void scan(const void *data, unsigned width, uint32_t count, uint64_t first, uint64_t last,
		 uint64_t *words)
{
	const struct bitmap_kernels *kernels = bitmap_kernels();

	switch (width) {
	case 1:
		kernels->scan_1(data, count, (uint8_t)first, (uint8_t)last, words);
		return;
	case 2:
		kernels->scan_2(data, count, (uint16_t)first, (uint16_t)last, words);
		return;
	case 4:
		kernels->scan_4(data, count, (uint32_t)first, (uint32_t)last, words);
		return;
	default:
		kernels->scan_8(data, count, first, last, words);
		return;
	}
}

static void scan_lists(const struct column_view *view, uint32_t first, uint32_t last,
		       uint64_t *words)
{
	uint32_t span = last - first;

	for (uint32_t i = 0; i < view->document_count; i++) {
		bool found = false;

		for (uint32_t j = view->starts[i]; j < view->starts[i + 1]; j++)
			found |= view_ordinal(view, j) - first <= span;
		words[i / 64] |= (uint64_t)found << i % 64;
	}
}

void scan_ordinals(const struct column_view *view, uint32_t first, uint32_t last, uint64_t *words)
{
	uint64_t most = UINT64_MAX >> (64 - view->width * 8);

	if (first > most)
		return;
	if (view->starts)
		scan_lists(view, first, last, words);
	else
		scan(view->ordinals, view->width, view->document_count, first,
		     last < most ? last : most, words);
}

void scan_numbers(const struct column_view *view, int64_t low, int64_t high, uint64_t *words)
{
	uint64_t base = (uint64_t)view->number_base;
	uint64_t most = (UINT64_MAX >> (64 - view->width * 8)) - 1; /* all ones mean no value */
	uint64_t first = low <= view->number_base ? 0 : (uint64_t)low - base;
	uint64_t last = (uint64_t)high - base;

	if (high < view->number_base || low > high || first > most)
		return;
	scan(view->numbers, view->width, view->document_count, first, last < most ? last : most,
	     words);
}
