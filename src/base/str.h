#ifndef BASE_STR_H
#define BASE_STR_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A view of bytes somebody else owns; not NUL-terminated. data may be NULL when size is 0. */
struct str {
	const char *data;
	size_t size;
};

#define STR(literal) ((struct str){ "" literal, sizeof(literal) - 1 })
/* The same as an initialiser in a static table. */
#define STR_INIT(literal)                                                                          \
	{                                                                                          \
		"" literal, sizeof(literal) - 1                                                    \
	}
#define STR_EMPTY     ((struct str){ NULL, 0 })
#define STR_NOT_FOUND SIZE_MAX
/* For printf("%.*s", STR_ARGS(s)). s is evaluated twice: a name, not a call. */
#define STR_ARGS(s) (int)(s).size, (s).data

struct str str_of(const char *text);                        /* NULL gives the empty string */
struct str str_slice(struct str s, size_t from, size_t to); /* both are cut to size */
struct str str_copy(struct arena *arena, struct str s);     /* NUL-terminated behind its end */
char *str_to_cstr(struct arena *arena, struct str s);

bool str_equal(struct str a, struct str b);
bool str_equal_cstr(struct str a, const char *b);
bool str_equal_nocase(struct str a, struct str b); /* ASCII letters only */
int str_compare(struct str a, struct str b);       /* byte order; <0, 0, >0 */
bool str_starts_with(struct str s, struct str prefix);
bool str_ends_with(struct str s, struct str suffix);
size_t str_find(struct str s, struct str wanted); /* first offset, or STR_NOT_FOUND */
size_t str_find_byte(struct str s, char byte);

struct str str_trim(struct str s); /* ASCII white space, U+3000, U+00A0, U+FEFF at both ends */
/*
 * Takes the part before the next separator off the front of *rest. False when *rest is used up:
 * "a;;b" gives "a", "", "b"; a NULL view gives nothing. The separator is not empty.
 */
bool str_split(struct str *rest, struct str separator, struct str *part_out);

bool str_to_int64(struct str s, int64_t *value_out); /* decimal, optional sign, whole string */
bool str_to_double(struct str s, double *value_out); /* decimal point, no locale, whole string */

uint64_t str_hash(struct str s); /* 64 well-mixed bits; the same on every machine and run */

#endif
