#include "base/strbuf.h"
#include "base/memory.h"
#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void strbuf_release(struct strbuf *buffer)
{
	if (buffer->room)
		memory_free(buffer->data);
	*buffer = (struct strbuf){ .data = (char *)(uintptr_t) "", .size_max = buffer->size_max };
}

void strbuf_clear(struct strbuf *buffer)
{
	buffer->size = 0;
	buffer->overflow = false;
	if (buffer->room)
		buffer->data[0] = 0;
}

void strbuf_reserve(struct strbuf *buffer, size_t more)
{
	size_t wanted = buffer->size + more + 1;
	size_t room = buffer->room ? buffer->room : 64;

	if (wanted <= buffer->room)
		return;
	while (room < wanted)
		room *= 2;
	buffer->data = memory_resize(buffer->room ? buffer->data : NULL, room);
	buffer->room = room;
}

static bool fits(const struct strbuf *buffer, size_t more)
{
	return buffer->size + more < buffer->room &&
	       (!buffer->size_max || buffer->size + more <= buffer->size_max);
}

static void add_slowly(struct strbuf *buffer, const void *data, size_t size)
{
	if (buffer->size_max && buffer->size + size > buffer->size_max) {
		buffer->overflow = true;
		size = buffer->size_max > buffer->size ? buffer->size_max - buffer->size : 0;
	}
	strbuf_reserve(buffer, size);
	if (size)
		memcpy(buffer->data + buffer->size, data, size);
	buffer->size += size;
	buffer->data[buffer->size] = 0;
}

void strbuf_add(struct strbuf *buffer, const void *data, size_t size)
{
	if (!size || !fits(buffer, size)) {
		add_slowly(buffer, data, size);
		return;
	}
	memcpy(buffer->data + buffer->size, data, size);
	buffer->size += size;
	buffer->data[buffer->size] = 0;
}

void strbuf_add_str(struct strbuf *buffer, struct str s)
{
	strbuf_add(buffer, s.data, s.size);
}

void strbuf_add_cstr(struct strbuf *buffer, const char *text)
{
	strbuf_add(buffer, text, strlen(text));
}

void strbuf_add_byte(struct strbuf *buffer, char byte)
{
	if (!fits(buffer, 1)) {
		add_slowly(buffer, &byte, 1);
		return;
	}
	buffer->data[buffer->size++] = byte;
	buffer->data[buffer->size] = 0;
}

void strbuf_add_rune(struct strbuf *buffer, uint32_t rune)
{
	char bytes[UTF8_SIZE_MAX];

	strbuf_add(buffer, bytes, utf8_encode(rune, bytes));
}

void strbuf_addf(struct strbuf *buffer, const char *format, ...)
{
	char small[256];
	va_list args, again;
	int length;

	va_start(args, format);
	va_copy(again, args);
	length = vsnprintf(small, sizeof(small), format, args);
	if ((size_t)length < sizeof(small)) {
		strbuf_add(buffer, small, (size_t)length);
	} else {
		char *large = memory_alloc((size_t)length + 1);

		vsnprintf(large, (size_t)length + 1, format, again);
		strbuf_add(buffer, large, (size_t)length);
		memory_free(large);
	}
	va_end(again);
	va_end(args);
}

void strbuf_add_integer(struct strbuf *buffer, int64_t value)
{
	uint64_t size = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
	char digits[20], *first = digits + sizeof(digits);

	if (value < 0)
		strbuf_add_byte(buffer, '-');
	do
		*--first = (char)('0' + size % 10);
	while (size /= 10);
	strbuf_add(buffer, first, (size_t)(digits + sizeof(digits) - first));
}

void strbuf_add_varint(struct strbuf *buffer, uint64_t value)
{
	char bytes[10];
	size_t size = 0;

	while (value >= 0x80) {
		bytes[size++] = (char)(value | 0x80);
		value >>= 7;
	}
	bytes[size++] = (char)value;
	strbuf_add(buffer, bytes, size);
}

struct str strbuf_str(const struct strbuf *buffer)
{
	return (struct str){ buffer->data, buffer->size };
}
