#include "base/memory.h"
#include "index/held_internal.h"
#include "index/segment_write_internal.h"

#include <string.h>

/* Writes what an inverter holds as one segment. */

struct sorted_term {
	uint64_t key; /* the first eight bytes, so that most comparisons end here */
	struct term *term;
};

static uint64_t sort_key(const struct term *term)
{
	return __builtin_bswap64(load_tail(term->bytes, term->size < 8 ? term->size : 8));
}

static int compare_terms(const void *a, const void *b)
{
	const struct sorted_term *x = a, *y = b;

	if (x->term->column != y->term->column)
		return x->term->column - y->term->column;
	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return str_compare((struct str){ x->term->bytes, x->term->size },
			   (struct str){ y->term->bytes, y->term->size });
}

static struct sorted_term *sort_terms(const struct inverter *inverter)
{
	struct sorted_term *terms = memory_alloc(
		memory_product(inverter->term_count + 1, sizeof(*terms)));
	size_t n = 0;

	for (size_t i = 0; i <= inverter->slot_mask; i++)
		if (inverter->slots[i].term)
			terms[n++] = (struct sorted_term){ sort_key(inverter->slots[i].term),
							   inverter->slots[i].term };
	assert(n == inverter->term_count);
	qsort(terms, n, sizeof(*terms), compare_terms);
	return terms;
}

/* Reads a term's stream over its blocks. */
struct stream {
	const struct block *block;
	const uint8_t *at, *end;
	const struct term *term;
};

static void enter_stream_block(struct stream *stream, const struct block *block)
{
	stream->block = block;
	stream->at = block->bytes;
	stream->end = block == stream->term->last ? stream->term->write
						  : block->bytes + block->size;
}

static bool stream_next(struct stream *stream, uint64_t *value_out)
{
	uint64_t value = 0;

	for (unsigned shift = 0;; shift += 7) {
		uint8_t byte;

		if (stream->at == stream->end) {
			if (!stream->block->next)
				return false;
			enter_stream_block(stream, stream->block->next);
		}
		byte = *stream->at++;
		value |= (uint64_t)(byte & 0x7F) << shift;
		if (byte < 0x80)
			break;
	}
	*value_out = value;
	return true;
}

static void add_position(struct strbuf *bytes, uint64_t value)
{
	if (value < POSITION_ONE) {
		strbuf_add_byte(bytes, (char)value);
	} else if (value <= POSITION_TWO_MAX) {
		strbuf_add_byte(bytes, (char)(POSITION_ONE + (value - POSITION_ONE) / 256));
		strbuf_add_byte(bytes, (char)((value - POSITION_ONE) % 256));
	} else {
		strbuf_add_byte(bytes, (char)POSITION_LONG);
		strbuf_add_varint(bytes, value);
	}
}

static void flush_document(struct postings_builder *postings, uint32_t document, uint32_t frequency,
			   const struct strbuf *positions, struct strbuf *encoded)
{
	if (frequency < FREQUENCY_ESCAPE) {
		postings_add_positions(postings, document, frequency, positions->data,
				       positions->size);
		return;
	}
	strbuf_clear(encoded);
	add_position(encoded, frequency - FREQUENCY_ESCAPE);
	strbuf_add_str(encoded, strbuf_str(positions));
	postings_add_positions(postings, document, frequency, encoded->data, encoded->size);
}

static void write_term(struct segment_writer *writer, const struct term *term,
		       struct strbuf *positions, struct strbuf *encoded)
{
	struct stream stream = { .term = term };
	uint32_t document = 0, frequency = 0;
	uint64_t value;

	enter_stream_block(&stream, term->first);
	while (stream_next(&stream, &value)) {
		if (!(value & 1)) {
			add_position(positions, value / 2);
			frequency++;
			continue;
		}
		if (frequency > 0)
			flush_document(&writer->postings, document - 1, frequency, positions,
				       encoded);
		document += (uint32_t)(value / 2);
		frequency = 0;
		strbuf_clear(positions);
	}
	flush_document(&writer->postings, document - 1, frequency, positions, encoded);
	strbuf_clear(positions);
	terms_add(writer, (struct str){ term->bytes, term->size });
}

static void write_text(struct inverter *inverter, struct segment_writer *writer, unsigned column,
		       const struct sorted_term *terms, size_t count)
{
	struct list *lengths = &inverter->columns[column].lengths;
	struct strbuf positions = STRBUF_INIT, encoded = STRBUF_INIT;

	if (count == 0)
		return;
	list_add_many(lengths, inverter->ids.count - lengths->count);
	segment_write_lengths(writer, column, lengths->items);
	terms_begin(writer, column, lengths->items);
	for (size_t i = 0; i < count; i++)
		write_term(writer, terms[i].term, &positions, &encoded);
	terms_end(writer);
	strbuf_release(&positions);
	strbuf_release(&encoded);
}

static int compare_ordinals(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

static void write_keyword(struct inverter *inverter, struct segment_writer *writer, unsigned column,
			  const struct sorted_term *sorted, size_t count)
{
	const struct list *held = &inverter->columns[column].values;
	const struct held_value *values = held->items;
	size_t documents = inverter->ids.count;
	uint32_t *starts = memory_alloc_zeroed(documents + 1, sizeof(*starts));
	uint32_t *ordinals = memory_alloc(memory_product(held->count + 1, sizeof(*ordinals)));
	struct str *terms = memory_alloc(memory_product(count + 1, sizeof(*terms)));

	for (uint32_t i = 0; i < count; i++) {
		sorted[i].term->ordinal = i;
		terms[i] = (struct str){ sorted[i].term->bytes, sorted[i].term->size };
	}
	for (size_t i = 0; i < held->count; i++) {
		ordinals[i] = values[i].term->ordinal;
		starts[values[i].document + 1]++;
	}
	for (size_t i = 0; i < documents; i++) {
		starts[i + 1] += starts[i];
		if (starts[i + 1] - starts[i] > 1)
			qsort(ordinals + starts[i], starts[i + 1] - starts[i], sizeof(*ordinals),
			      compare_ordinals);
	}
	segment_write_keyword(writer, column,
			      &(struct keyword_values){ terms, (uint32_t)count, starts, ordinals });
	memory_free(terms);
	memory_free(ordinals);
	memory_free(starts);
}

static void write_number(struct inverter *inverter, struct segment_writer *writer, unsigned column)
{
	const struct list *held = &inverter->columns[column].values;
	int64_t *numbers;

	if (held->count == 0)
		return;
	numbers = memory_alloc(memory_product(inverter->ids.count, sizeof(*numbers)));
	for (size_t i = 0; i < inverter->ids.count; i++)
		numbers[i] = NUMBER_NONE;
	for (size_t i = 0; i < held->count; i++) {
		const struct held_number *number = &LIST_AT(held, struct held_number, i);

		numbers[number->document] = number->number;
	}
	segment_write_number(writer, column, numbers);
	memory_free(numbers);
}

static void write_columns(struct inverter *inverter, struct segment_writer *writer)
{
	struct sorted_term *terms = sort_terms(inverter);
	size_t from = 0;

	segment_write_ids(writer, inverter->ids.items);
	for (unsigned i = 0; i < inverter->schema->column_count; i++) {
		size_t to = from;

		while (to < inverter->term_count && terms[to].term->column == i)
			to++;
		if (inverter->schema->columns[i].kind == COLUMN_TEXT)
			write_text(inverter, writer, i, terms + from, to - from);
		else if (inverter->schema->columns[i].kind == COLUMN_KEYWORD)
			write_keyword(inverter, writer, i, terms + from, to - from);
		else
			write_number(inverter, writer, i);
		from = to;
	}
	memory_free(terms);
}

bool inverter_write(struct inverter *inverter, const char *path, struct error *error)
{
	struct segment_writer writer;

	if (!segment_writer_create(&writer, path, inverter->schema,
				   inverter_document_count(inverter), error))
		return false;
	write_columns(inverter, &writer);
	return segment_writer_finish(&writer, error);
}
