#include "index/gaps_internal.h"
#include "index/postings_internal.h"
#include "index/relevance_internal.h"

#include <string.h>

void postings_builder_init(struct postings_builder *builder, const uint16_t *lengths)
{
	*builder = (struct postings_builder){
		.documents = LIST_OF(uint32_t),
		.codes = STRBUF_INIT,
		.positions = STRBUF_INIT,
		.bytes = STRBUF_INIT,
		.blocks = LIST_OF(struct position_block),
		.lengths = lengths,
	};
}

void postings_builder_release(struct postings_builder *builder)
{
	list_release(&builder->documents);
	list_release(&builder->blocks);
	strbuf_release(&builder->codes);
	strbuf_release(&builder->positions);
	strbuf_release(&builder->bytes);
}

void postings_clear(struct postings_builder *builder)
{
	list_clear(&builder->documents);
	list_clear(&builder->blocks);
	strbuf_clear(&builder->codes);
	strbuf_clear(&builder->positions);
	strbuf_clear(&builder->bytes);
}

void postings_add(struct postings_builder *builder, uint32_t document)
{
	struct list *documents = &builder->documents;

	if (documents->count == documents->room)
		list_add(documents);
	else
		documents->count++;
	LIST_AT(documents, uint32_t, documents->count - 1) = document;
}

static void note_step(struct postings_builder *builder, struct position_block *block, size_t step)
{
	uint64_t size = builder->positions.size - block_offset(block);

	block->steps[step] = size < STEP_MAX ? (uint16_t)size : STEP_MAX;
}

static void begin_block(struct postings_builder *builder)
{
	struct position_block *block = list_add(&builder->blocks);
	uint64_t offset = builder->positions.size;

	memcpy(block->offset, &offset, sizeof(block->offset));
	block->impact = 0;
}

static void note_block(struct postings_builder *builder, size_t rank, uint32_t frequency,
		       uint32_t length)
{
	uint16_t impact = impact_of(bm25_saturation(frequency, length, builder->average));
	struct position_block *block;

	if (rank % BLOCK_DOCUMENTS == 0)
		begin_block(builder);
	block = &LIST_AT(&builder->blocks, struct position_block, builder->blocks.count - 1);
	if (rank % BLOCK_DOCUMENTS != 0 && rank % STEP_DOCUMENTS == 0)
		note_step(builder, block, rank % BLOCK_DOCUMENTS / STEP_DOCUMENTS - 1);
	if (impact > block->impact)
		block->impact = impact;
}

void postings_add_positions(struct postings_builder *builder, uint32_t document, uint32_t frequency,
			    const void *encoded, size_t size)
{
	size_t rank = builder->documents.count;
	unsigned code = frequency < FREQUENCY_ESCAPE ? frequency : 0;

	postings_add(builder, document);
	note_block(builder, rank, frequency, builder->lengths[document]);
	if (rank % 4 == 0)
		strbuf_add_byte(&builder->codes, (char)code);
	else
		builder->codes.data[rank / 4] =
			(char)((unsigned char)builder->codes.data[rank / 4] | code << rank % 4 * 2);
	strbuf_add(&builder->positions, encoded, size);
}

static void add_small_set(struct strbuf *bytes, const uint32_t *documents, size_t count)
{
	uint32_t last = 0;

	for (size_t i = 0; i < count; i++) {
		strbuf_add_varint(bytes, documents[i] - last);
		last = documents[i];
	}
}

static size_t chunk_end(const uint32_t *documents, size_t from, size_t count)
{
	size_t to = from + 1;

	while (to < count && documents[to] >> 16 == documents[from] >> 16)
		to++;
	return to;
}

static void add_bit_set(struct strbuf *bytes, const uint32_t *documents, size_t count)
{
	uint64_t words[CHUNK_WORDS] = { 0 };
	uint16_t ranks[RANK_ENTRIES];
	uint32_t sum = 0;

	for (size_t i = 0; i < count; i++)
		words[(documents[i] & 0xFFFF) >> 6] |= UINT64_C(1) << (documents[i] & 63);
	for (size_t i = 0; i < CHUNK_WORDS; i++) {
		if (i % RANK_WORDS == 0)
			ranks[i / RANK_WORDS] = (uint16_t)sum;
		sum += (uint32_t)__builtin_popcountll(words[i]);
	}
	strbuf_add(bytes, words, sizeof(words));
	strbuf_add(bytes, ranks, sizeof(ranks));
}

static void add_large_set(struct strbuf *bytes, const uint32_t *documents, size_t count)
{
	uint32_t head[2] = { 0, 0 };

	for (size_t from = 0; from < count; from = chunk_end(documents, from, count))
		head[0]++;
	strbuf_add(bytes, head, sizeof(head));
	for (size_t from = 0, to; from < count; from = to) {
		to = chunk_end(documents, from, count);
		strbuf_add(bytes,
			   (uint16_t[]){ (uint16_t)(documents[from] >> 16),
					 (uint16_t)(to - from - 1) },
			   4);
	}
	if (head[0] % 2 == 1)
		strbuf_add(bytes, (uint16_t[]){ 0, 0 }, 4);
	for (size_t from = 0, to; from < count; from = to) {
		to = chunk_end(documents, from, count);
		if (to - from > CHUNK_ARRAY_MAX && to - from < CHUNK_VALUES)
			add_bit_set(bytes, documents + from, to - from);
	}
	for (size_t from = 0, to; from < count; from = to) {
		to = chunk_end(documents, from, count);
		if (to - from <= CHUNK_ARRAY_MAX)
			gaps_write(bytes, documents + from, to - from);
	}
}

struct str postings_finish(struct postings_builder *builder)
{
	const uint32_t *documents = builder->documents.items;
	size_t count = builder->documents.count;

	if (postings_are_aligned(count))
		add_large_set(&builder->bytes, documents, count);
	else
		add_small_set(&builder->bytes, documents, count);
	if (builder->lengths) {
		strbuf_add_str(&builder->bytes, strbuf_str(&builder->codes));
		if (count > BLOCK_DOCUMENTS)
			strbuf_add(&builder->bytes, builder->blocks.items,
				   builder->blocks.count * sizeof(struct position_block));
		strbuf_add_str(&builder->bytes, strbuf_str(&builder->positions));
	}
	return strbuf_str(&builder->bytes);
}
