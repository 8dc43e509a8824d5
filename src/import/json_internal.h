#ifndef IMPORT_JSON_INTERNAL_H
#define IMPORT_JSON_INTERNAL_H

#include "import/reader_internal.h"

/* Where a value of JSON ends, told by brackets and quotes alone; may stop and go on at any byte. */
struct json_scan {
	unsigned depth;
	bool started, in_string, escaped, in_plain;
};

/*
 * Goes on with the value in s (its white space in front is already taken). True when it has ended:
 * *size_out bytes of s belong to it. False: all of s does, and more is to come.
 */
bool json_scan_value(struct json_scan *scan, struct str s, size_t *size_out);

struct str json_skip_blank(struct str s);

/*
 * The next member of an object whose text, perhaps cut off, is *rest (without its '{'); the value
 * may be cut off too. The key stands without quotes, escapes as they are.
 */
bool json_next_member(struct str *rest, struct str *key_out, struct str *value_out);
/* The next element of an array, likewise. */
bool json_next_element(struct str *rest, struct str *value_out);

/*
 * Parses one record, strictly as RFC 8259 has it, into the builder's cells. The text is changed in
 * place (escapes) and lives as long as the row; the byte behind it is NUL.
 */
bool json_parse_record(struct reader *reader, char *data, size_t size, struct error *error);

#endif
