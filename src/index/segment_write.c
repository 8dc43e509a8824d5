#include "index/segment_write_internal.h"
#include "base/memory.h"
#include "index/relevance_internal.h"

#include <errno.h>
#include <string.h>

bool segment_writer_create(struct segment_writer *writer, const char *path,
			   const struct index_schema *schema, uint32_t document_count,
			   struct error *error)
{
	*writer = (struct segment_writer){ .schema = schema_hash(schema),
					   .document_count = document_count,
					   .column_count = (uint32_t)schema->column_count };
	if (!segment_file_create(&writer->file, path, error))
		return false;
	writer->metas = memory_alloc_zeroed(schema->column_count, sizeof(*writer->metas));
	for (size_t i = 0; i < schema->column_count; i++)
		writer->metas[i].kind = schema->columns[i].kind;
	postings_builder_init(&writer->postings, NULL);
	writer->terms = (struct terms_writer){
		.at = LIST_OF(uint32_t),
		.counts = LIST_OF(uint32_t),
		.postings_at = LIST_OF(uint64_t),
		.bytes = STRBUF_INIT,
	};
	return true;
}

/* ---- Ids. */

static int compare_pairs(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

void segment_write_ids(struct segment_writer *writer, const uint32_t *ids)
{
	uint32_t count = writer->document_count;
	uint64_t *pairs = memory_alloc(memory_product(count, sizeof(*pairs)));
	uint32_t *order = memory_alloc(memory_product(count, sizeof(*order)));
	bool ascends = true;

	for (uint32_t i = 0; i < count; i++) {
		pairs[i] = (uint64_t)ids[i] << 32 | i;
		ascends = ascends && (i == 0 || ids[i - 1] < ids[i]);
	}
	if (!ascends)
		qsort(pairs, count, sizeof(*pairs), compare_pairs);
	for (uint32_t i = 0; i < count; i++)
		order[i] = (uint32_t)(pairs[i] & UINT32_MAX);
	section_write(&writer->file, SECTION_IDS, 0, ids, count * sizeof(*ids));
	if (!ascends)
		section_write(&writer->file, SECTION_ID_ORDER, 0, order, count * sizeof(*order));
	memory_free(pairs);
	memory_free(order);
}

/* ---- Terms. */

static void sum_lengths(struct segment_writer *writer, unsigned column, const uint16_t *lengths)
{
	struct column_meta *meta = &writer->metas[column];

	meta->total_length = meta->documents = 0;
	for (uint32_t i = 0; i < writer->document_count; i++) {
		meta->total_length += lengths[i];
		meta->documents += lengths[i] > 0;
	}
	writer->postings.average = average_length(meta->total_length, meta->documents);
}

void terms_begin(struct segment_writer *writer, unsigned column, const uint16_t *lengths)
{
	struct terms_writer *terms = &writer->terms;

	terms->column = column;
	list_clear(&terms->at);
	list_clear(&terms->counts);
	list_clear(&terms->postings_at);
	strbuf_clear(&terms->bytes);
	writer->postings.lengths = lengths;
	if (lengths)
		sum_lengths(writer, column, lengths);
	postings_clear(&writer->postings);
	section_begin(&writer->file, SECTION_POSTINGS, column);
}

/* Offsets as they stand before the next term. */
static void note_offsets(struct segment_writer *writer)
{
	struct terms_writer *terms = &writer->terms;

	if (terms->bytes.size > UINT32_MAX)
		writer->is_too_large = true;
	*(uint32_t *)list_add(&terms->at) = (uint32_t)(terms->bytes.size & UINT32_MAX);
	*(uint64_t *)list_add(&terms->postings_at) = section_size(&writer->file);
}

void terms_add(struct segment_writer *writer, struct str term)
{
	struct terms_writer *terms = &writer->terms;
	size_t count = writer->postings.documents.count;
	struct str record;

	if (postings_are_aligned(count))
		section_align(&writer->file, 8);
	note_offsets(writer);
	strbuf_add_str(&terms->bytes, term);
	*(uint32_t *)list_add(&terms->counts) = (uint32_t)count;
	record = postings_finish(&writer->postings);
	section_add(&writer->file, record.data, record.size);
	postings_clear(&writer->postings);
}

void terms_end(struct segment_writer *writer)
{
	struct terms_writer *terms = &writer->terms;
	struct segment_file *file = &writer->file;
	size_t count = terms->counts.count;
	unsigned column = terms->column;

	note_offsets(writer);
	section_end(file);
	writer->metas[column].term_count = (uint32_t)count;
	section_write(file, SECTION_TERM_AT, column, terms->at.items, (count + 1) * 4);
	section_write(file, SECTION_TERM_BYTES, column, terms->bytes.data, terms->bytes.size);
	section_write(file, SECTION_TERM_COUNTS, column, terms->counts.items, count * 4);
	section_write(file, SECTION_POSTINGS_AT, column, terms->postings_at.items, (count + 1) * 8);
}

void segment_write_lengths(struct segment_writer *writer, unsigned column, const uint16_t *lengths)
{
	section_write(&writer->file, SECTION_LENGTHS, column, lengths,
		      writer->document_count * sizeof(*lengths));
}

/* ---- Keywords. */

static void write_narrow(struct segment_writer *writer, enum section_kind kind, unsigned column,
			 const uint64_t *values, size_t count, unsigned width)
{
	struct strbuf bytes = STRBUF_INIT;

	for (size_t i = 0; i < count; i++)
		strbuf_add(&bytes, &values[i], width);
	section_write(&writer->file, kind, column, bytes.data, bytes.size);
	strbuf_release(&bytes);
}

static unsigned width_for(uint64_t most)
{
	return most <= UINT8_MAX ? 1 : most <= UINT16_MAX ? 2 : most <= UINT32_MAX ? 4 : 8;
}

static bool is_single(const struct keyword_values *values, uint32_t document_count)
{
	for (uint32_t i = 0; i < document_count; i++)
		if (values->starts[i + 1] - values->starts[i] > 1)
			return false;
	return true;
}

static void write_forward(struct segment_writer *writer, unsigned column,
			  const struct keyword_values *values)
{
	uint32_t documents = writer->document_count, total = values->starts[documents];
	bool single = is_single(values, documents);
	size_t count = single ? documents : total;
	uint64_t *wide = memory_alloc(memory_product(count, sizeof(*wide)));

	for (uint32_t i = 0; i < count; i++) {
		if (single)
			wide[i] = values->starts[i] < values->starts[i + 1]
					  ? values->ordinals[values->starts[i]]
					  : values->term_count;
		else
			wide[i] = values->ordinals[i];
	}
	writer->metas[column].width = width_for(values->term_count);
	if (!single)
		section_write(&writer->file, SECTION_STARTS, column, values->starts,
			      (documents + UINT64_C(1)) * sizeof(*values->starts));
	write_narrow(writer, SECTION_ORDINALS, column, wide, count, writer->metas[column].width);
	memory_free(wide);
}

/* The documents of each ordinal, by counting. ends_out[i] is one behind the last of ordinal i. */
static uint32_t *invert_ordinals(const struct keyword_values *values, uint32_t document_count,
				 uint32_t *ends_out)
{
	uint32_t total = values->starts[document_count], sum = 0;
	uint32_t *documents = memory_alloc(memory_product(total + UINT64_C(1), sizeof(*documents)));

	for (uint32_t i = 0; i < total; i++)
		ends_out[values->ordinals[i]]++;
	for (uint32_t i = 0; i < values->term_count; i++) {
		uint32_t count = ends_out[i];

		ends_out[i] = sum;
		sum += count;
	}
	for (uint32_t i = 0; i < document_count; i++)
		for (uint32_t j = values->starts[i]; j < values->starts[i + 1]; j++)
			documents[ends_out[values->ordinals[j]]++] = i;
	return documents;
}

void segment_write_keyword(struct segment_writer *writer, unsigned column,
			   const struct keyword_values *values)
{
	uint32_t *ends, *documents, at = 0;

	if (values->term_count == 0)
		return;
	ends = memory_alloc_zeroed(values->term_count, sizeof(*ends));
	documents = invert_ordinals(values, writer->document_count, ends);
	terms_begin(writer, column, NULL);
	for (uint32_t i = 0; i < values->term_count; at = ends[i++]) {
		for (uint32_t j = at; j < ends[i]; j++)
			postings_add(&writer->postings, documents[j]);
		terms_add(writer, values->terms[i]);
	}
	terms_end(writer);
	memory_free(documents);
	memory_free(ends);
	write_forward(writer, column, values);
}

/* ---- Numbers. */

void segment_write_number(struct segment_writer *writer, unsigned column, const int64_t *values)
{
	int64_t low = INT64_MAX, high = INT64_MIN;
	uint64_t *wide, range;
	unsigned width;

	for (uint32_t i = 0; i < writer->document_count; i++) {
		if (values[i] == NUMBER_NONE)
			continue;
		low = values[i] < low ? values[i] : low;
		high = values[i] > high ? values[i] : high;
	}
	if (low > high)
		return;
	range = (uint64_t)high - (uint64_t)low;
	width = width_for(range + 1); /* all ones mean no value */
	wide = memory_alloc(memory_product(writer->document_count, sizeof(*wide)));
	for (uint32_t i = 0; i < writer->document_count; i++)
		wide[i] = values[i] == NUMBER_NONE ? UINT64_MAX
						   : (uint64_t)values[i] - (uint64_t)low;
	writer->metas[column].width = width;
	writer->metas[column].number_base = low;
	write_narrow(writer, SECTION_NUMBERS, column, wide, writer->document_count, width);
	memory_free(wide);
}

/* ---- The end. */

static void release(struct segment_writer *writer)
{
	struct terms_writer *terms = &writer->terms;

	postings_builder_release(&writer->postings);
	list_release(&terms->at);
	list_release(&terms->counts);
	list_release(&terms->postings_at);
	strbuf_release(&terms->bytes);
	memory_free(writer->metas);
}

bool segment_writer_finish(struct segment_writer *writer, struct error *error)
{
	bool done;

	if (writer->is_too_large)
		writer->file.failed = EFBIG;
	section_write(&writer->file, SECTION_COLUMNS, 0, writer->metas,
		      writer->column_count * sizeof(*writer->metas));
	done = segment_file_finish(&writer->file, writer->schema, writer->document_count,
				   writer->column_count, error);
	release(writer);
	return done;
}

void segment_writer_abandon(struct segment_writer *writer)
{
	segment_file_abandon(&writer->file);
	release(writer);
}
