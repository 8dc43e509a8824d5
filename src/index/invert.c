#include "index/invert_internal.h"
#include "base/memory.h"
#include "index/format_internal.h"
#include "index/held_internal.h"

#include <string.h>

/* ---- Memory. */

static void add_page(struct inverter *inverter)
{
	uint8_t *page = memory_alloc(PAGE_SIZE);

	*(void **)list_add(&inverter->pages) = page;
	inverter->page_at = page;
	inverter->page_end = page + PAGE_SIZE;
	inverter->memory += PAGE_SIZE;
}

/* alignment is a power of two. */
static void *take_memory(struct inverter *inverter, size_t size, size_t alignment)
{
	size_t padding = -(uintptr_t)inverter->page_at & (alignment - 1);
	uint8_t *taken;

	size = (size + 7) & ~(size_t)7;
	if ((size_t)(inverter->page_end - inverter->page_at) < padding + size) {
		add_page(inverter);
		padding = -(uintptr_t)inverter->page_at & (alignment - 1);
	}
	taken = inverter->page_at + padding;
	inverter->page_at = taken + size;
	return taken;
}

static struct block *take_block(struct inverter *inverter, uint32_t size)
{
	struct block *block = take_memory(inverter, sizeof(*block) + size, 8);

	*block = (struct block){ .size = size };
	return block;
}

/* ---- Terms. */

static uint32_t hash_term(unsigned column, struct str s)
{
	uint64_t hash = (column + UINT64_C(1)) * UINT64_C(0x9E3779B97F4A7C15) + s.size;
	size_t i = 0;

	for (; i + 8 <= s.size; i += 8) {
		hash = (hash ^ load_tail(s.data + i, 8)) * UINT64_C(0xD6E8FEB86659FD93);
		hash ^= hash >> 32;
	}
	if (i < s.size)
		hash = (hash ^ load_tail(s.data + i, s.size - i)) * UINT64_C(0xD6E8FEB86659FD93);
	hash ^= hash >> 29;
	hash *= UINT64_C(0xA0761D6478BD642F);
	return (uint32_t)(hash >> 32);
}

static void grow_slots(struct inverter *inverter)
{
	size_t mask = inverter->slot_mask * 2 + 1;
	struct slot *slots = memory_alloc_zeroed(mask + 1, sizeof(*slots));

	for (size_t i = 0; i <= inverter->slot_mask; i++) {
		size_t at = inverter->slots[i].hash & mask;

		if (!inverter->slots[i].term)
			continue;
		while (slots[at].term)
			at = (at + 1) & mask;
		slots[at] = inverter->slots[i];
	}
	memory_free(inverter->slots);
	inverter->slots = slots;
	inverter->slot_mask = mask;
}

static struct term *create_term(struct inverter *inverter, unsigned column, struct str s)
{
	size_t size = sizeof(struct term) + s.size;
	struct term *term = take_memory(inverter, size, size <= LINE_SIZE ? LINE_SIZE : 8);

	*term = (struct term){ .size = (uint16_t)s.size, .column = (uint8_t)column };
	memcpy(term->bytes, s.data, s.size);
	inverter->term_count++;
	return term;
}

static bool is_term(const struct term *term, unsigned column, struct str s)
{
	return term->size == s.size && term->column == column &&
	       memcmp(term->bytes, s.data, s.size) == 0;
}

static struct term *find_term(struct inverter *inverter, unsigned column, struct str s,
			      uint32_t hash)
{
	size_t at;

	if (inverter->term_count * 2 > inverter->slot_mask)
		grow_slots(inverter);
	for (at = hash & inverter->slot_mask; inverter->slots[at].term;
	     at = (at + 1) & inverter->slot_mask) {
		const struct slot *slot = &inverter->slots[at];

		if (slot->hash == hash && is_term(slot->term, column, s))
			return slot->term;
	}
	inverter->slots[at] = (struct slot){ create_term(inverter, column, s), hash };
	return inverter->slots[at].term;
}

static void grow_stream(struct inverter *inverter, struct term *term)
{
	uint32_t size = term->last ? term->last->size * 2 : BLOCK_FIRST;
	struct block *block = take_block(inverter, size > BLOCK_MAX ? BLOCK_MAX : size);

	if (term->last)
		term->last->next = block;
	else
		term->first = block;
	term->last = block;
	term->write = block->bytes;
	term->left = (uint16_t)block->size;
}

static void append(struct inverter *inverter, struct term *term, uint64_t value)
{
	for (;; value >>= 7) {
		if (term->left == 0)
			grow_stream(inverter, term);
		term->left--;
		*term->write++ = (uint8_t)(value & 0x7F) | (value >= 0x80 ? 0x80 : 0);
		if (value < 0x80)
			return;
	}
}

/* ---- Adding documents. */

static void append_token(struct inverter *inverter, struct term *term, uint32_t position)
{
	if (term->last_document != inverter->document + 1) {
		uint64_t difference = inverter->document + UINT64_C(1) - term->last_document;

		append(inverter, term, difference * 2 + 1);
		term->last_document = inverter->document + 1;
		term->last_position = 0;
		term->documents++;
	}
	append(inverter, term, (uint64_t)(position - term->last_position) * 2);
	term->last_position = position;
}

/* Where the token's term most likely is; NULL when it is new. */
static struct term *guess_term(const struct inverter *inverter, uint32_t hash)
{
	size_t at = hash & inverter->slot_mask;

	while (inverter->slots[at].term && inverter->slots[at].hash != hash)
		at = (at + 1) & inverter->slot_mask;
	return inverter->slots[at].term;
}

/* Looks the held tokens up, each step for all of them, and appends them. */
static void take_tokens(struct inverter *inverter)
{
	struct held_token *tokens = inverter->tokens;

	for (uint32_t i = 0; i < inverter->token_count; i++) {
		tokens[i].term = guess_term(inverter, tokens[i].hash);
		__builtin_prefetch(tokens[i].term, 1);
	}
	for (uint32_t i = 0; i < inverter->token_count; i++) {
		struct str s = { inverter->token_bytes + tokens[i].at, tokens[i].size };
		struct term *term = tokens[i].term;

		if (!term || !is_term(term, tokens[i].column, s))
			term = tokens[i].term = find_term(inverter, tokens[i].column, s,
							  tokens[i].hash);
		__builtin_prefetch(term->write, 1);
	}
	for (uint32_t i = 0; i < inverter->token_count; i++)
		append_token(inverter, tokens[i].term, tokens[i].position);
	inverter->token_count = inverter->token_size = 0;
}

static void add_token(void *context, struct str token, uint32_t position)
{
	struct inverter *inverter = context;
	struct held_token *held = &inverter->tokens[inverter->token_count++];

	*held = (struct held_token){ .hash = hash_term(inverter->column, token),
				     .position = position,
				     .at = inverter->token_size,
				     .size = (uint16_t)token.size,
				     .column = (uint8_t)inverter->column };
	__builtin_prefetch(&inverter->slots[held->hash & inverter->slot_mask]);
	memcpy(inverter->token_bytes + inverter->token_size, token.data, token.size);
	inverter->token_size += (uint32_t)token.size;
	if (inverter->token_count == TOKENS_HELD)
		take_tokens(inverter);
}

/* The number of positions taken is the document's length in this column. */
static void add_text(struct inverter *inverter, unsigned column, struct str text)
{
	uint32_t start = inverter->next_positions[column], position = start;

	if (start > UINT32_MAX / 2)
		return;
	inverter->column = column;
	text_tokens(text, &position, add_token, inverter);
	if (position == start)
		return;
	inverter->token_counts[column] += position - start;
	inverter->next_positions[column] = position + TOKEN_GAP;
}

static void add_keyword(struct inverter *inverter, unsigned column, struct str text)
{
	struct held_value *value;
	struct term *term;

	if (text.size == 0)
		return;
	text = str_slice(text, 0, TERM_SIZE_MAX);
	term = find_term(inverter, column, text, hash_term(column, text));
	if (term->last_document == inverter->document + 1)
		return;
	term->last_document = inverter->document + 1;
	term->documents++;
	value = list_add(&inverter->columns[column].values);
	*value = (struct held_value){ inverter->document, term };
	inverter->memory += sizeof(*value);
}

/* A later value of the same document replaces the earlier. */
static void add_number(struct inverter *inverter, unsigned column, int64_t number)
{
	struct list *values = &inverter->columns[column].values;
	struct held_number *last = values->count > 0
					   ? &LIST_AT(values, struct held_number, values->count - 1)
					   : NULL;

	if (number == NUMBER_NONE)
		return;
	if (!last || last->document != inverter->document) {
		last = list_add(values);
		inverter->memory += sizeof(*last);
	}
	*last = (struct held_number){ inverter->document, number };
}

static void keep_lengths(struct inverter *inverter)
{
	for (unsigned i = 0; i < inverter->schema->column_count; i++) {
		struct list *lengths = &inverter->columns[i].lengths;
		uint32_t count = inverter->token_counts[i];

		inverter->next_positions[i] = 0;
		inverter->token_counts[i] = 0;
		if (count == 0)
			continue;
		list_add_many(lengths, inverter->document + 1 - lengths->count);
		LIST_AT(lengths, uint16_t,
			inverter->document) = (uint16_t)(count < LENGTH_MAX ? count : LENGTH_MAX);
	}
}

void inverter_add(struct inverter *inverter, const struct document *document, uint32_t sequence)
{
	inverter->document = inverter_document_count(inverter);
	*(uint32_t *)list_add(&inverter->ids) = (uint32_t)document->id;
	*(uint32_t *)list_add(&inverter->sequences) = sequence;
	inverter->memory += 2 * sizeof(uint32_t);
	for (size_t i = 0; i < document->cell_count; i++) {
		const struct cell_value *cell = &document->cells[i];

		switch (inverter->schema->columns[cell->column].kind) {
		case COLUMN_TEXT:
			add_text(inverter, cell->column, cell->text);
			break;
		case COLUMN_KEYWORD:
			add_keyword(inverter, cell->column, cell->text);
			break;
		case COLUMN_NUMBER:
			add_number(inverter, cell->column, cell->number);
			break;
		}
	}
	take_tokens(inverter);
	keep_lengths(inverter);
}

/* ---- Life. */

struct inverter *inverter_create(const struct index_schema *schema)
{
	struct inverter *inverter = memory_alloc_zeroed(1, sizeof(*inverter));
	size_t count = schema->column_count;

	inverter->schema = schema;
	inverter->ids = LIST_OF(uint32_t);
	inverter->sequences = LIST_OF(uint32_t);
	inverter->pages = LIST_OF(void *);
	inverter->slot_mask = SLOTS_FIRST - 1;
	inverter->slots = memory_alloc_zeroed(SLOTS_FIRST, sizeof(struct slot));
	inverter->next_positions = memory_alloc_zeroed(count, sizeof(uint32_t));
	inverter->token_counts = memory_alloc_zeroed(count, sizeof(uint32_t));
	inverter->columns = memory_alloc_zeroed(count, sizeof(*inverter->columns));
	for (size_t i = 0; i < count; i++) {
		inverter->columns[i].lengths = LIST_OF(uint16_t);
		inverter->columns[i].values = schema->columns[i].kind == COLUMN_NUMBER
						      ? LIST_OF(struct held_number)
						      : LIST_OF(struct held_value);
	}
	return inverter;
}

void inverter_clear(struct inverter *inverter)
{
	for (size_t i = 0; i < inverter->pages.count; i++)
		memory_free(LIST_AT(&inverter->pages, void *, i));
	list_release(&inverter->pages);
	for (size_t i = 0; i < inverter->schema->column_count; i++) {
		list_release(&inverter->columns[i].values);
		list_release(&inverter->columns[i].lengths);
	}
	list_release(&inverter->ids);
	list_release(&inverter->sequences);
	memset(inverter->slots, 0, (inverter->slot_mask + 1) * sizeof(struct slot));
	inverter->page_at = inverter->page_end = NULL;
	inverter->term_count = inverter->memory = 0;
}

void inverter_destroy(struct inverter *inverter)
{
	inverter_clear(inverter);
	memory_free(inverter->slots);
	memory_free(inverter->next_positions);
	memory_free(inverter->token_counts);
	memory_free(inverter->columns);
	memory_free(inverter);
}

size_t inverter_memory(const struct inverter *inverter)
{
	return inverter->memory + (inverter->slot_mask + 1) * sizeof(struct slot);
}

uint32_t inverter_document_count(const struct inverter *inverter)
{
	return (uint32_t)inverter->ids.count;
}

const uint32_t *inverter_sequences(const struct inverter *inverter)
{
	return inverter->sequences.items;
}

const uint32_t *inverter_ids(const struct inverter *inverter)
{
	return inverter->ids.items;
}
