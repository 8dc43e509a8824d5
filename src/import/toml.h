#ifndef IMPORT_TOML_H
#define IMPORT_TOML_H

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"

/*
 * Reads the part of TOML 1.0 that lists need: `[[name]]` tables with `key = value` lines, where a
 * value is a string ("basic" or 'literal'), a whole number, or an array of strings (which may run
 * over several lines). Comments anywhere. All else of TOML is refused with its line; Debian has no
 * C library for the whole language, and a tree needs no more than this.
 */
enum toml_kind { TOML_STRING, TOML_INTEGER, TOML_ARRAY };

struct toml_value {
	struct str key;
	enum toml_kind kind;
	struct str text;         /* TOML_STRING */
	int64_t integer;         /* TOML_INTEGER */
	const struct str *items; /* TOML_ARRAY */
	size_t item_count;
	int64_t line;
};

struct toml_table {
	struct str name; /* empty: the lines before the first table */
	int64_t line;    /* 1-based */
	const struct toml_value *values;
	size_t value_count;
};

struct toml {
	const struct toml_table *tables; /* in document order; the first has no name */
	size_t table_count;
};

enum { TOML_TABLES_MAX = 20000, TOML_VALUES_MAX = 200000, TOML_KEYS_MAX = 100 /* of one table */ };

/*
 * Errors: at is the line, the detail the text that is wrong. Texts are views into content, or
 * copies in the arena where escapes were resolved.
 */
bool toml_parse(struct arena *arena, struct str content, struct toml *toml_out,
		struct error *error) MUST_CHECK;

/* The value of a key, or NULL. */
const struct toml_value *toml_find(const struct toml_table *table, const char *key);
/* Text of a string value, number of an integer value; the default when the key is missing or of
   another kind. */
struct str toml_text(const struct toml_table *table, const char *key);
int64_t toml_integer(const struct toml_table *table, const char *key, int64_t otherwise);

/* Writes "key = value" lines; the writer adds the tables. Escapes what a basic string must. */
struct strbuf;
void toml_add_text(struct strbuf *text, const char *key, struct str value);

#endif
