#include "index/gaps_internal.h"

enum { GAP_TWO = 192, GAP_THREE = 255, TWO_BYTES = GAP_TWO + (GAP_THREE - GAP_TWO) * 256 };

static void write_gap(struct strbuf *bytes, uint32_t gap)
{
	unsigned char code[3] = { GAP_THREE, (unsigned char)(gap & 255),
				  (unsigned char)(gap >> 8) };

	if (gap < GAP_TWO) {
		strbuf_add_byte(bytes, (char)gap);
	} else if (gap < TWO_BYTES) {
		code[0] = (unsigned char)(GAP_TWO + ((gap - GAP_TWO) >> 8));
		code[1] = (unsigned char)((gap - GAP_TWO) & 255);
		strbuf_add(bytes, code, 2);
	} else {
		strbuf_add(bytes, code, 3);
	}
}

void gaps_write(struct strbuf *bytes, const uint32_t *values, size_t count)
{
	uint32_t last = 0;

	for (size_t i = 0; i < count; i++) {
		uint32_t value = values[i] & UINT16_MAX;

		write_gap(bytes, value - last);
		last = value;
	}
}

static uint32_t read_gap(struct byte_reader *reader)
{
	size_t left = (size_t)(reader->end - reader->at);
	uint32_t first = left > 0 ? reader->at[0] : GAP_THREE;
	size_t size = first < GAP_TWO ? 1 : first < GAP_THREE ? 2 : 3;
	const uint8_t *code = reader->at;

	if (left < size) {
		reader->is_bad = true;
		return 0;
	}
	reader->at += size;
	return size == 1   ? first
	       : size == 2 ? GAP_TWO + ((first - GAP_TWO) << 8) + code[1]
			   : code[1] + ((uint32_t)code[2] << 8);
}

/* Eight gaps of one byte at the reader, which frequent terms mostly have. */
static bool are_single(const struct byte_reader *reader)
{
	uint64_t codes;

	if (reader->end - reader->at < 8)
		return false;
	memcpy(&codes, reader->at, sizeof(codes));
	return (codes & codes << 1 & UINT64_C(0x8080808080808080)) == 0;
}

bool gaps_read(struct byte_reader *reader, uint32_t count, uint16_t *values_out)
{
	uint32_t value = 0, stands = 0, i = 0, gap;

	/* The first value may be 0; after it a gap of 0 would repeat one. */
	if (count > 0)
		values_out[i++] = (uint16_t)((value = read_gap(reader)) & UINT16_MAX);
	while (i < count) {
		if (i + 8 <= count && are_single(reader)) {
			for (uint32_t end = i + 8; i < end; i++) {
				gap = *reader->at++;
				stands |= gap == 0;
				values_out[i] = (uint16_t)((value += gap) & UINT16_MAX);
			}
			continue;
		}
		gap = read_gap(reader);
		stands |= gap == 0;
		values_out[i++] = (uint16_t)((value += gap) & UINT16_MAX);
	}
	return !reader->is_bad && !stands && value <= UINT16_MAX;
}
