#include "index/bitmap_internal.h"

#include <string.h>

/* ---- Two chunks of the same key. */

enum { GALLOP_RATIO = 32 }; /* one array this much longer than the other is searched, not walked */

static uint32_t gallop(const uint16_t *values, uint32_t from, uint32_t count, uint16_t wanted)
{
	uint32_t step = 1, low = from, high;

	while (low + step < count && values[low + step] < wanted)
		step *= 2;
	high = low + step < count ? low + step : count;
	low += step / 2;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (values[middle] < wanted)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static uint32_t gallop_and(const struct chunk *few, const struct chunk *many, uint16_t *out)
{
	const uint16_t *a = few->data, *b = many->data;
	uint32_t n = 0;

	for (uint32_t i = 0, j = 0; i < few->count; i++) {
		j = gallop(b, j, many->count, a[i]);
		if (j == many->count)
			break;
		out[n] = a[i];
		n += b[j] == a[i];
	}
	return n;
}

static uint32_t filter_array(const struct chunk *array, const uint64_t *words, bool keep_set,
			     uint16_t *out)
{
	const uint16_t *values = array->data;
	uint32_t n = 0;

	for (uint32_t i = 0; i < array->count; i++) {
		uint16_t value = values[i];

		out[n] = value;
		n += (words[value >> 6] >> (value & 63) & 1) == keep_set;
	}
	return n;
}

enum { OUT_ROOM = CHUNK_ARRAY_MAX + 8 };

/* a and b not both bit sets. out has OUT_ROOM values. */
static uint32_t and_values(const struct chunk *a, const struct chunk *b, uint16_t *out)
{
	if (a->count > b->count) {
		const struct chunk *swapped = a;

		a = b;
		b = swapped;
	}
	if (chunk_is_bits(b))
		return filter_array(a, b->data, true, out);
	if (a->count * GALLOP_RATIO < b->count)
		return gallop_and(a, b, out);
	return bitmap_kernels()->arrays_and(a->data, a->count, b->data, b->count, out);
}

static bool keep_values(struct arena *arena, uint16_t key, const uint16_t *values, uint32_t count,
			struct chunk *out)
{
	uint16_t *copy;

	if (count == 0)
		return false;
	copy = arena_array(arena, uint16_t, count);
	memcpy(copy, values, count * sizeof(*values));
	*out = (struct chunk){ copy, count, key };
	return true;
}

/* The canonical chunk of words with count bits set; words are copied only when they stay bits. */
static bool keep_bits(struct arena *arena, uint16_t key, const uint64_t *words, uint32_t count,
		      struct chunk *out)
{
	uint16_t values[OUT_ROOM];
	uint64_t *copy;

	if (count <= CHUNK_ARRAY_MAX)
		return keep_values(arena, key, values,
				   bitmap_kernels()->bits_to_array(words, values, count), out);
	copy = arena_alloc(arena, CHUNK_BYTES);
	memcpy(copy, words, CHUNK_BYTES);
	*out = (struct chunk){ copy, count, key };
	return true;
}

bool chunk_and(struct arena *arena, const struct chunk *a, const struct chunk *b, struct chunk *out)
{
	uint16_t values[OUT_ROOM];
	uint64_t words[CHUNK_WORDS];

	if (a->count == CHUNK_VALUES || b->count == CHUNK_VALUES || a->data == b->data) {
		*out = a->count == CHUNK_VALUES ? *b : *a;
		return true;
	}
	if (chunk_is_bits(a) && chunk_is_bits(b))
		return keep_bits(arena, a->key, words,
				 bitmap_kernels()->bits_and(a->data, b->data, words), out);
	return keep_values(arena, a->key, values, and_values(a, b, values), out);
}

static uint32_t array_and_not(const struct chunk *a, const struct chunk *b, uint16_t *out)
{
	const uint16_t *x = a->data, *y = b->data;
	uint32_t n = 0, j = 0;

	for (uint32_t i = 0; i < a->count; i++) {
		while (j < b->count && y[j] < x[i])
			j++;
		out[n] = x[i];
		n += j == b->count || y[j] != x[i];
	}
	return n;
}

static bool bits_and_not_array(struct arena *arena, const struct chunk *a, const struct chunk *b,
			       struct chunk *out)
{
	uint64_t words[CHUNK_WORDS];
	const uint16_t *values = b->data;
	uint32_t count = a->count;

	memcpy(words, a->data, sizeof(words));
	for (uint32_t i = 0; i < b->count; i++) {
		uint64_t *word = &words[values[i] >> 6], bit = UINT64_C(1) << (values[i] & 63);

		count -= (*word & bit) != 0;
		*word &= ~bit;
	}
	return keep_bits(arena, a->key, words, count, out);
}

bool chunk_and_not(struct arena *arena, const struct chunk *a, const struct chunk *b,
		   struct chunk *out)
{
	uint16_t values[OUT_ROOM];
	uint64_t words[CHUNK_WORDS];

	if (b->count == CHUNK_VALUES || a->data == b->data)
		return false;
	if (chunk_is_bits(a) && chunk_is_bits(b))
		return keep_bits(arena, a->key, words,
				 bitmap_kernels()->bits_and_not(a->data, b->data, words), out);
	if (chunk_is_bits(a))
		return bits_and_not_array(arena, a, b, out);
	return keep_values(arena, a->key, values,
			   chunk_is_bits(b) ? filter_array(a, b->data, false, values)
					    : array_and_not(a, b, values),
			   out);
}

static uint32_t merge_arrays(const struct chunk *a, const struct chunk *b, uint16_t *out)
{
	const uint16_t *x = a->data, *y = b->data;
	uint32_t i = 0, j = 0, n = 0;

	while (i < a->count && j < b->count) {
		uint16_t low = x[i] < y[j] ? x[i] : y[j];

		i += x[i] == low;
		j += y[j] == low;
		out[n++] = low;
	}
	while (i < a->count)
		out[n++] = x[i++];
	while (j < b->count)
		out[n++] = y[j++];
	return n;
}

static bool chunk_or(struct arena *arena, const struct chunk *a, const struct chunk *b,
		     struct chunk *out)
{
	uint16_t values[OUT_ROOM];
	uint64_t words[CHUNK_WORDS] = { 0 };

	if (a->count == CHUNK_VALUES || b->count == CHUNK_VALUES || a->data == b->data) {
		*out = a->count == CHUNK_VALUES ? *a : *b;
		return true;
	}
	if (a->count + b->count <= CHUNK_ARRAY_MAX)
		return keep_values(arena, a->key, values, merge_arrays(a, b, values), out);
	chunk_add_to_bits(a, words);
	chunk_add_to_bits(b, words);
	return chunk_of_bits(arena, a->key, words, out);
}

static uint32_t chunk_and_count(const struct chunk *a, const struct chunk *b)
{
	uint16_t values[OUT_ROOM];

	if (a->count == CHUNK_VALUES || b->count == CHUNK_VALUES)
		return a->count < b->count ? a->count : b->count;
	if (chunk_is_bits(a) && chunk_is_bits(b))
		return bitmap_kernels()->bits_and_count(a->data, b->data);
	return and_values(a, b, values);
}

/* ---- Whole sets. */

const struct bitmap *bitmap_and(struct arena *arena, const struct bitmap *a, const struct bitmap *b)
{
	size_t room = a->chunk_count < b->chunk_count ? a->chunk_count : b->chunk_count, n = 0;
	struct chunk *chunks;

	if (room == 0 || a == b)
		return room == 0 ? bitmap_empty() : a;
	chunks = arena_array(arena, struct chunk, room);
	for (size_t i = 0, j = 0; i < a->chunk_count && j < b->chunk_count;) {
		const struct chunk *x = &a->chunks[i], *y = &b->chunks[j];

		if (x->key == y->key)
			n += chunk_and(arena, x, y, &chunks[n]);
		i += x->key <= y->key;
		j += y->key <= x->key;
	}
	return bitmap_of_chunks(arena, chunks, n);
}

const struct bitmap *bitmap_and_not(struct arena *arena, const struct bitmap *a,
				    const struct bitmap *b)
{
	size_t n = 0, j = 0;
	struct chunk *chunks;

	if (a->chunk_count == 0 || b->chunk_count == 0)
		return a;
	chunks = arena_array(arena, struct chunk, a->chunk_count);
	for (size_t i = 0; i < a->chunk_count; i++) {
		const struct chunk *x = &a->chunks[i];

		while (j < b->chunk_count && b->chunks[j].key < x->key)
			j++;
		if (j < b->chunk_count && b->chunks[j].key == x->key)
			n += chunk_and_not(arena, x, &b->chunks[j], &chunks[n]);
		else
			chunks[n++] = *x;
	}
	return bitmap_of_chunks(arena, chunks, n);
}

const struct bitmap *bitmap_or(struct arena *arena, const struct bitmap *a, const struct bitmap *b)
{
	size_t i = 0, j = 0, n = 0;
	struct chunk *chunks;

	if (a->chunk_count == 0 || b->chunk_count == 0 || a == b)
		return a->chunk_count == 0 ? b : a;
	chunks = arena_array(arena, struct chunk, a->chunk_count + b->chunk_count);
	while (i < a->chunk_count && j < b->chunk_count) {
		const struct chunk *x = &a->chunks[i], *y = &b->chunks[j];

		if (x->key == y->key)
			n += chunk_or(arena, x, y, &chunks[n]);
		else
			chunks[n++] = x->key < y->key ? *x : *y;
		i += x->key <= y->key;
		j += y->key <= x->key;
	}
	while (i < a->chunk_count)
		chunks[n++] = a->chunks[i++];
	while (j < b->chunk_count)
		chunks[n++] = b->chunks[j++];
	return bitmap_of_chunks(arena, chunks, n);
}

/* Chunks of one key, brought together by counting. */
struct gathered {
	const struct chunk **chunks; /* sorted by key */
	uint32_t *ends;              /* by key: one behind its last chunk */
	size_t key_count;
};

static struct gathered gather_chunks(struct arena *arena, const struct bitmap *const *sets,
				     size_t count)
{
	struct gathered all = { .key_count = 1 };
	uint32_t sum = 0;

	for (size_t i = 0; i < count; i++)
		if (sets[i]->chunk_count > 0 &&
		    sets[i]->chunks[sets[i]->chunk_count - 1].key >= all.key_count)
			all.key_count = sets[i]->chunks[sets[i]->chunk_count - 1].key + 1u;
	all.ends = arena_array(arena, uint32_t, all.key_count);
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < sets[i]->chunk_count; j++)
			all.ends[sets[i]->chunks[j].key]++;
	for (size_t key = 0; key < all.key_count; key++) {
		uint32_t here = all.ends[key];

		all.ends[key] = sum;
		sum += here;
	}
	all.chunks = arena_array(arena, const struct chunk *, sum);
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < sets[i]->chunk_count; j++)
			all.chunks[all.ends[sets[i]->chunks[j].key]++] = &sets[i]->chunks[j];
	return all;
}

const struct bitmap *bitmap_or_many(struct arena *arena, const struct bitmap *const *sets,
				    size_t count)
{
	struct arena *scratch;
	struct gathered all;
	struct chunk *chunks;
	size_t n = 0, at = 0;

	if (count <= 2)
		return count == 0   ? bitmap_empty()
		       : count == 1 ? sets[0]
				    : bitmap_or(arena, sets[0], sets[1]);
	scratch = arena_create(4096);
	all = gather_chunks(scratch, sets, count);
	chunks = arena_array(arena, struct chunk, all.key_count);
	for (size_t key = 0; key < all.key_count; at = all.ends[key++]) {
		uint64_t words[CHUNK_WORDS] = { 0 };

		if (all.ends[key] - at == 1)
			chunks[n++] = *all.chunks[at];
		if (all.ends[key] - at <= 1)
			continue;
		for (size_t i = at; i < all.ends[key]; i++)
			chunk_add_to_bits(all.chunks[i], words);
		n += chunk_of_bits(arena, (uint16_t)key, words, &chunks[n]);
	}
	arena_destroy(scratch);
	return bitmap_of_chunks(arena, chunks, n);
}

uint64_t bitmap_and_count(const struct bitmap *a, const struct bitmap *b)
{
	uint64_t count = 0;

	for (size_t i = 0, j = 0; i < a->chunk_count && j < b->chunk_count;) {
		const struct chunk *x = &a->chunks[i], *y = &b->chunks[j];

		if (x->key == y->key)
			count += chunk_and_count(x, y);
		i += x->key <= y->key;
		j += y->key <= x->key;
	}
	return count;
}

bool bitmap_intersects(const struct bitmap *a, const struct bitmap *b)
{
	for (size_t i = 0, j = 0; i < a->chunk_count && j < b->chunk_count;) {
		const struct chunk *x = &a->chunks[i], *y = &b->chunks[j];

		if (x->key == y->key && chunk_and_count(x, y) > 0)
			return true;
		i += x->key <= y->key;
		j += y->key <= x->key;
	}
	return false;
}

/* ---- The portable form: a version byte, the number of chunks, each chunk's key, count - 1 (both
   16 bits, little-endian) and its values or words; a full chunk has none. */

enum { FORM_VERSION = 1 };

static size_t stored_size(uint32_t count)
{
	return count == CHUNK_VALUES     ? 0
	       : count > CHUNK_ARRAY_MAX ? CHUNK_BYTES
					 : count * sizeof(uint16_t);
}

void bitmap_write(const struct bitmap *set, struct strbuf *bytes_out)
{
	strbuf_add_byte(bytes_out, FORM_VERSION);
	strbuf_add_varint(bytes_out, set->chunk_count);
	for (size_t i = 0; i < set->chunk_count; i++) {
		const struct chunk *chunk = &set->chunks[i];
		uint16_t head[2] = { chunk->key, (uint16_t)(chunk->count - 1) };

		strbuf_add(bytes_out, head, sizeof(head));
		strbuf_add(bytes_out, chunk->data, stored_size(chunk->count));
	}
}

static bool chunk_is_sound(const struct chunk *chunk)
{
	const uint16_t *values = chunk->data;

	if (chunk_is_bits(chunk))
		return chunk->count == CHUNK_VALUES ||
		       bitmap_kernels()->bits_count(chunk->data) == chunk->count;
	for (uint32_t i = 1; i < chunk->count; i++)
		if (values[i - 1] >= values[i])
			return false;
	return true;
}

static bool read_chunk(struct arena *arena, struct str *rest, struct chunk *chunk_out)
{
	uint16_t head[2];
	size_t size;
	void *copy;

	if (rest->size < sizeof(head))
		return false;
	memcpy(head, rest->data, sizeof(head));
	*rest = str_slice(*rest, sizeof(head), rest->size);
	*chunk_out = (struct chunk){ bitmap_full_words, head[1] + 1u, head[0] };
	size = stored_size(chunk_out->count);
	if (rest->size < size)
		return false;
	if (size > 0) {
		copy = arena_alloc(arena, size);
		memcpy(copy, rest->data, size);
		chunk_out->data = copy;
	}
	*rest = str_slice(*rest, size, rest->size);
	return chunk_is_sound(chunk_out);
}

static bool read_chunk_count(struct str *rest, uint64_t *count_out)
{
	uint64_t value = 0;
	size_t at = 1;

	if (rest->size < 2 || rest->data[0] != FORM_VERSION)
		return false;
	for (unsigned shift = 0; shift <= 21 && at < rest->size; shift += 7) {
		uint8_t byte = (uint8_t)rest->data[at++];

		value |= (uint64_t)(byte & 0x7F) << shift;
		if (byte < 0x80) {
			*count_out = value;
			*rest = str_slice(*rest, at, rest->size);
			return value <= CHUNK_VALUES;
		}
	}
	return false;
}

bool bitmap_read(struct arena *arena, struct str bytes, const struct bitmap **set_out,
		 struct error *error)
{
	struct str rest = bytes;
	uint64_t count = 0;
	struct chunk *chunks;

	if (!read_chunk_count(&rest, &count) || count > rest.size / 4)
		return error_set(error, ERROR_CORRUPT, "index.bad_set", "%zu", bytes.size);
	chunks = arena_array(arena, struct chunk, count);
	for (size_t i = 0; i < count; i++) {
		bool sound = read_chunk(arena, &rest, &chunks[i]);

		if (!sound || (i > 0 && chunks[i - 1].key >= chunks[i].key))
			return error_set(error, ERROR_CORRUPT, "index.bad_set", "%zu", bytes.size);
	}
	if (rest.size > 0)
		return error_set(error, ERROR_CORRUPT, "index.bad_set", "%zu", bytes.size);
	*set_out = bitmap_of_chunks(arena, chunks, count);
	return true;
}
