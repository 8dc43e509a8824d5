#include "patent/publication_internal.h"

/*
 * Bytes of a publication (docs/publication-format.md): a version, then runs of facts alike in
 * field, language, origin, rank and import, so that those are written once.
 */
enum { FORMAT_VERSION = 1 };

static bool is_same_run(const struct fact *a, const struct fact *b)
{
	return a->field == b->field && a->language == b->language && a->origin == b->origin &&
	       a->rank == b->rank && a->import_id == b->import_id;
}

static void encode_fact(const struct fact *fact, struct strbuf *bytes)
{
	unsigned count = FACT_PART_MAX;

	while (count > 1 && fact->parts[count - 1].size == 0)
		count--;
	strbuf_add_varint(bytes, count);
	for (unsigned i = 0; i < count; i++) {
		strbuf_add_varint(bytes, fact->parts[i].size);
		strbuf_add_str(bytes, fact->parts[i]);
	}
}

static size_t encode_run(const struct fact **facts, size_t count, struct strbuf *bytes)
{
	size_t length = 1;

	while (length < count && is_same_run(facts[0], facts[length]))
		length++;
	strbuf_add_varint(bytes, facts[0]->field);
	strbuf_add_varint(bytes, facts[0]->language);
	strbuf_add_varint(bytes, facts[0]->origin);
	strbuf_add_varint(bytes, facts[0]->rank);
	strbuf_add_varint(bytes, facts[0]->import_id);
	strbuf_add_varint(bytes, length);
	for (size_t i = 0; i < length; i++)
		encode_fact(facts[i], bytes);
	return length;
}

void publication_encode(const struct publication *publication, struct strbuf *bytes_out)
{
	const struct fact **facts = publication_sorted(publication->arena, publication);

	strbuf_add_byte(bytes_out, FORMAT_VERSION);
	for (size_t at = 0; at < publication->count;)
		at += encode_run(facts + at, publication->count - at, bytes_out);
}

struct input {
	struct str bytes;
	size_t at;
};

static bool read_varint(struct input *input, uint64_t max, uint64_t *value_out)
{
	uint64_t value = 0;

	for (unsigned shift = 0; shift < 63 && input->at < input->bytes.size; shift += 7) {
		unsigned char byte = (unsigned char)input->bytes.data[input->at++];

		value |= (uint64_t)(byte & 0x7F) << shift;
		if (byte < 0x80) {
			*value_out = value;
			return value <= max;
		}
	}
	return false;
}

static bool read_text(struct input *input, struct str *text_out)
{
	uint64_t size;

	if (!read_varint(input, input->bytes.size - input->at, &size) ||
	    size > input->bytes.size - input->at)
		return false;
	*text_out = (struct str){ input->bytes.data + input->at, (size_t)size };
	input->at += (size_t)size;
	return true;
}

static bool decode_fact(struct input *input, const struct fact *run, struct publication *result)
{
	struct str parts[FACT_PART_MAX] = { { NULL, 0 } };
	uint64_t count;
	struct fact *fact;

	if (!read_varint(input, FACT_PART_MAX, &count))
		return false;
	for (unsigned i = 0; i < count; i++)
		if (!read_text(input, &parts[i]))
			return false;
	fact = publication_add_parts(result, (enum fact_field)run->field, run->language, parts,
				     (size_t)count);
	if (!fact)
		return false;
	fact->import_id = run->import_id;
	fact->origin = run->origin;
	fact->rank = run->rank;
	return true;
}

static bool decode_run(struct input *input, struct publication *result)
{
	uint64_t field, language, origin, rank, import_id, length;
	struct fact run;

	if (!read_varint(input, FACT_FIELD_COUNT - 1, &field) || field == FACT_NONE ||
	    !read_varint(input, UINT16_MAX, &language) ||
	    !read_varint(input, UINT16_MAX, &origin) || !read_varint(input, UINT8_MAX, &rank) ||
	    !read_varint(input, UINT32_MAX, &import_id) ||
	    !read_varint(input, PUBLICATION_FACTS_MAX, &length) || length == 0)
		return false;
	run = (struct fact){ .field = (uint16_t)field,
			     .language = (fact_language)language,
			     .import_id = (uint32_t)import_id,
			     .origin = (uint16_t)origin,
			     .rank = (uint8_t)rank };
	for (; length > 0; length--)
		if (!decode_fact(input, &run, result))
			return false;
	return true;
}

bool publication_decode(struct arena *arena, struct str bytes, struct publication **publication_out,
			struct error *error)
{
	struct input input = { bytes, 0 };
	uint64_t version;

	*publication_out = publication_create(arena);
	if (!read_varint(&input, UINT8_MAX, &version) || version != FORMAT_VERSION)
		return error_set_at(error, ERROR_CORRUPT, "patent.publication_version", 0, "%s",
				    "");
	while (input.at < bytes.size)
		if (!decode_run(&input, *publication_out))
			return error_set_at(error, ERROR_CORRUPT, "patent.publication_corrupt",
					    (int64_t)input.at, "%s", "");
	return true;
}
