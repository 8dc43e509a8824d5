#include "import/biff.h"

#include "base/utf8.h"

#include <string.h>

enum { BUFFER_SIZE = 1 << 17, HEADER_SIZE = 4 };

void biff_open(struct biff *biff, struct arena *arena, const struct compound_stream *stream)
{
	*biff = (struct biff){ .stream = *stream, .buffer = arena_alloc(arena, BUFFER_SIZE) };
}

void biff_seek(struct biff *biff, uint64_t at)
{
	biff->at = at;
	biff->size = 0;
}

/* The bytes at `at` in the buffer, or NULL when the stream does not have that many. */
static const char *bytes_at(struct biff *biff, uint64_t at, size_t size)
{
	if (at < biff->buffer_at || at + size > biff->buffer_at + biff->buffer_size) {
		biff->buffer_at = at;
		biff->buffer_size = compound_read(&biff->stream, at, biff->buffer, BUFFER_SIZE);
	}
	return size <= biff->buffer_size ? biff->buffer + (at - biff->buffer_at) : NULL;
}

static uint16_t get16(const char *data)
{
	const unsigned char *bytes = (const unsigned char *)data;

	return (uint16_t)(bytes[0] | bytes[1] << 8);
}

uint16_t biff_get16(const struct biff *biff, size_t at)
{
	return at + 2 <= biff->size ? get16(biff->data + at) : 0;
}

uint32_t biff_get32(const struct biff *biff, size_t at)
{
	return biff_get16(biff, at) | (uint32_t)biff_get16(biff, at + 2) << 16;
}

double biff_get_double(const struct biff *biff, size_t at)
{
	uint64_t bits = biff_get32(biff, at) | (uint64_t)biff_get32(biff, at + 4) << 32;
	double value;

	memcpy(&value, &bits, sizeof(value));
	return value;
}

bool biff_next(struct biff *biff)
{
	const char *header = bytes_at(biff, biff->at, HEADER_SIZE);
	size_t size = header ? get16(header + 2) : 0;

	biff->size = 0;
	if (!header)
		return false;
	biff->kind = get16(header);
	biff->data = bytes_at(biff, biff->at + HEADER_SIZE, size);
	biff->cut = biff->data == NULL;
	if (biff->cut)
		return false;
	biff->size = size;
	biff->at += HEADER_SIZE + size;
	return true;
}

unsigned biff_coming(struct biff *biff)
{
	uint64_t data_at = biff->at - biff->size;
	const char *header = bytes_at(biff, biff->at, HEADER_SIZE);
	unsigned kind = header ? get16(header) : 0;

	/* The buffer may have moved. */
	biff->data = bytes_at(biff, data_at, biff->size);
	return kind;
}

/* To the CONTINUE record behind this one. */
static bool go_on(struct biff *biff, size_t *at)
{
	*at = 0;
	return biff_next(biff) && biff->kind == BIFF_CONTINUE && biff->size > 0;
}

static bool take_byte(struct biff *biff, size_t *at, unsigned *byte_out)
{
	if (*at >= biff->size && !go_on(biff, at))
		return false;
	*byte_out = (unsigned char)biff->data[(*at)++];
	return true;
}

static bool take_number(struct biff *biff, size_t *at, unsigned bytes, uint32_t *value_out)
{
	unsigned byte;

	*value_out = 0;
	for (unsigned i = 0; i < bytes; i++) {
		if (!take_byte(biff, at, &byte))
			return false;
		*value_out |= byte << (8 * i);
	}
	return true;
}

static bool pass_over(struct biff *biff, size_t *at, uint64_t size)
{
	while (size > 0) {
		size_t here = biff->size - *at;

		if (*at >= biff->size) {
			if (!go_on(biff, at))
				return false;
			continue;
		}
		here = size < here ? (size_t)size : here;
		*at += here;
		size -= here;
	}
	return true;
}

/* UTF-16 unit by unit: the first of a pair waits in *high. */
static void add_unit(struct strbuf *text, uint32_t unit, uint32_t *high)
{
	if (unit >= 0xD800 && unit <= 0xDBFF) {
		*high = unit;
		return;
	}
	if (unit >= 0xDC00 && unit <= 0xDFFF)
		unit = *high ? 0x10000 + ((*high - 0xD800) << 10) + (unit - 0xDC00)
			     : UTF8_REPLACEMENT;
	*high = 0;
	strbuf_add_rune(text, unit ? unit : UTF8_REPLACEMENT);
}

enum { FLAG_WIDE = 1, FLAG_EXTENDED = 4, FLAG_RICH = 8 };

/* Where characters go on in a CONTINUE record, it says anew how wide they are. */
static bool take_characters(struct biff *biff, size_t *at, uint32_t count, uint32_t flags,
			    struct strbuf *text)
{
	uint32_t high = 0, unit;

	for (uint32_t i = 0; i < count; i++) {
		if (*at >= biff->size && (!go_on(biff, at) || !take_number(biff, at, 1, &flags)))
			return false;
		if (!take_number(biff, at, flags & FLAG_WIDE ? 2 : 1, &unit))
			return false;
		add_unit(text, unit, &high);
	}
	return true;
}

bool biff_read_string(struct biff *biff, size_t *at, struct strbuf *text)
{
	uint32_t count, flags, runs = 0, extra = 0;

	strbuf_clear(text);
	if (!take_number(biff, at, 2, &count) || !take_number(biff, at, 1, &flags))
		return false;
	if (flags & FLAG_RICH && !take_number(biff, at, 2, &runs))
		return false;
	if (flags & FLAG_EXTENDED && !take_number(biff, at, 4, &extra))
		return false;
	return take_characters(biff, at, count, flags, text) &&
	       pass_over(biff, at, (uint64_t)runs * 4 + extra);
}
