#ifndef BASE_STRBUF_H
#define BASE_STRBUF_H

#include "base/str.h"

/*
 * A growing buffer of bytes on the heap, always NUL-terminated behind size. One that grows from
 * outside data states size_max; what does not fit is dropped and overflow is set.
 */
struct strbuf {
	char *data;
	size_t size, room;
	size_t size_max; /* 0: no limit */
	bool overflow;
};

#define STRBUF_INIT ((struct strbuf){ .data = (char *)(uintptr_t) "" })

void strbuf_release(struct strbuf *buffer); /* and makes it ready for use again */
void strbuf_clear(struct strbuf *buffer);   /* keeps the memory */
void strbuf_reserve(struct strbuf *buffer, size_t more);

void strbuf_add(struct strbuf *buffer, const void *data, size_t size);
void strbuf_add_str(struct strbuf *buffer, struct str s);
void strbuf_add_cstr(struct strbuf *buffer, const char *text);
void strbuf_add_byte(struct strbuf *buffer, char byte);
void strbuf_add_rune(struct strbuf *buffer, uint32_t rune); /* as UTF-8 */
void strbuf_addf(struct strbuf *buffer, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* In decimal, without printf: answers are full of numbers. */
void strbuf_add_integer(struct strbuf *buffer, int64_t value);
/* LEB128, for compact binary bodies: 7 bits a byte, low bits first; at most 10 bytes. */
void strbuf_add_varint(struct strbuf *buffer, uint64_t value);

struct str strbuf_str(const struct strbuf *buffer); /* a view until the next change */

#endif
