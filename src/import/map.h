#ifndef IMPORT_MAP_H
#define IMPORT_MAP_H

#include "base/label.h"
#include "base/map.h"
#include "import/source.h"

/*
 * Rows to publications: what a source's table says of each cell, then the field's own rules for
 * numbers, dates, classes and names. One mapper is for one reader and one source; one thread.
 *
 * What it does not understand is never guessed: it is kept as FACT_VENDOR where it is a column,
 * and counted in the findings either way.
 */

/* Kinds of what was met and not understood. */
enum finding {
	FINDING_HEADER, /* a column no row of the table knows */
	FINDING_STATUS, /* words of a legal status */
	FINDING_EVENT,  /* words or code of a legal event */
	FINDING_TYPE,   /* words of a patent type */
	FINDING_DATE,
	FINDING_NUMBER,
	FINDING_CLASS,
	FINDING_CHECK_DIGIT, /* number and the digit it should have: "201810123456.7 → 5" */
	FINDING_KIND_COUNT
};
extern const struct finding_info {
	const char *name; /* of the JSON form */
	struct label label;
} finding_info[FINDING_KIND_COUNT];

enum { FINDINGS_MAX = 5000 }; /* different words a kind; further ones are only counted */

struct findings {
	struct map *words[FINDING_KIND_COUNT]; /* word -> times */
	uint64_t count[FINDING_KIND_COUNT];
};
void findings_init(struct findings *findings);
void findings_release(struct findings *findings);
void findings_add(struct findings *findings, enum finding kind, struct str word, uint64_t times);

/* Columns --rejects adds behind those of the file: passed over when the file comes back. */
enum { IMPORT_REJECT_COLUMNS = 3 };
extern const struct label import_reject_columns[IMPORT_REJECT_COLUMNS];

struct mapper;
/* findings may be NULL. Everything lives in the arena; released with it. */
struct mapper *mapper_create(struct arena *arena, const struct source *source, enum format format,
			     struct findings *findings);

/*
 * The publication a row speaks of, in the arena (which also holds the row's texts). False: the row
 * says of no document what would identify it ("import.no_identity"), or its number is none
 * ("import.bad_number"). Origin, rank and import are not set.
 */
bool mapper_map(struct mapper *mapper, struct arena *arena, const struct row *row,
		struct publication **publication_out, struct error *error) MUST_CHECK;

#endif
