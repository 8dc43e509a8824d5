#ifndef TESTS_READER_FIXTURE_H
#define TESTS_READER_FIXTURE_H

#include "base/strbuf.h"
#include "import/reader.h"

/*
 * Files made in a test, read, and shown as text: a line a row, "3: path=value; path=value", the
 * place first; "3! key" for a bad row, "! key" where reading ended with an error.
 */

struct read_options {
	const struct reader_limits *limits;
	const struct record_rule *rules;
	size_t rule_count;
	bool groups;   /* "path@2=value" with the cell's group */
	uint64_t skip; /* rows */
};

/* Writes a temporary file; the name lives in the arena, the file until the arena ends. */
const char *fixture_file(struct arena *arena, const void *data, size_t size);
const char *fixture_shown(struct arena *arena, const char *path,
			  const struct read_options *options);
/* The two together. */
const char *fixture_read(struct arena *arena, struct str content,
			 const struct read_options *options);
void fixture_expect(struct str content, const char *expected);
void fixture_expect_with(struct str content, const struct read_options *options,
			 const char *expected);

struct fixture_member {
	const char *name;
	struct str content;
};
struct str fixture_zip(struct arena *arena, const struct fixture_member *members, size_t count);
struct str fixture_gzip(struct arena *arena, struct str content);
/* A workbook with one sheet of these rows (XML of sheetData) and shared strings (XML of sst). */
struct str fixture_workbook(struct arena *arena, const char *rows, const char *strings,
			    const char *styles);

#endif
