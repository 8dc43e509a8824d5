#ifndef ANALYSE_DIMENSION_H
#define ANALYSE_DIMENSION_H

#include "analyse/input.h"

/*
 * What documents can be counted by, and what can be counted of them: two tables. A dimension
 * reads one column of the index; a new one is a row.
 */
enum dimension_kind {
	DIMENSION_KEYWORD, /* the strings of a keyword column; several a document */
	DIMENSION_YEAR,    /* of a date column: years, */
	DIMENSION_QUARTER, /* quarters */
	DIMENSION_MONTH,   /* and months */
	DIMENSION_BINS     /* ranges of a number column */
};

/* Where the names of coded values come from. */
enum vocabulary {
	VOCABULARY_NONE,   /* the value is its own name */
	VOCABULARY_PERSON, /* a folded name: shown with its capitals */
	VOCABULARY_TYPE,
	VOCABULARY_STATUS,
	VOCABULARY_STATUS_GROUP,
	VOCABULARY_APPLICANT_TYPE,
	VOCABULARY_EVENT,
	VOCABULARY_OFFICE,
	VOCABULARY_CLASS,
	VOCABULARY_WIPO
};

struct dimension {
	const char *name;         /* "applicant" */
	const char *const *names; /* other names, Chinese and English; NULL ends */
	struct label label;
	enum dimension_kind kind;
	unsigned column;
	bool is_ordered; /* shown in the order of its values (years), not of the counts */
	enum vocabulary vocabulary;
	const int64_t *bins; /* lower bounds, ascending; NUMBER_NONE ends */
};
extern const struct dimension dimensions[];
extern const size_t dimension_count;
const struct dimension *dimension_find(struct str name); /* any spelling; NULL */
/* As dimension_find(); a name that is not there is ERROR_USAGE "analyse.unknown_dimension". */
bool dimension_get(struct str name, const struct dimension **dimension_out,
		   struct error *error) MUST_CHECK;

enum measure_kind { MEASURE_DOCUMENTS, MEASURE_SUM, MEASURE_MEAN };

/* What is added up over the documents of a cell. MEASURE_DOCUMENTS counts in the unit of the
   input; sums and means are over applications, those without a number left out. */
struct measure {
	const char *name; /* "mean_cited_by" */
	struct label label;
	enum measure_kind kind;
	unsigned column; /* COLUMN_NUMBER */
};
extern const struct measure measures[];
extern const size_t measure_count;
/* ERROR_USAGE "analyse.unknown_measure". */
bool measure_get(struct str name, const struct measure **measure_out,
		 struct error *error) MUST_CHECK;

struct unit_info {
	const char *name; /* "family" */
	struct label label;
};
extern const struct unit_info units[]; /* by enum unit */
enum { UNIT_COUNT = 3 };
/* ERROR_USAGE "analyse.unknown_unit". */
bool unit_get(struct str name, enum unit *unit_out, struct error *error) MUST_CHECK;

/* The name of a value as people read it; the value itself when it has no name. Static, a view of
   value, or in the arena. */
struct str vocabulary_name(struct arena *arena, enum vocabulary vocabulary, struct str value,
			   enum language language);

/* What a value belongs to: the sector of a WIPO field; empty where there is no such thing. */
struct str vocabulary_group(enum vocabulary vocabulary, struct str value, enum language language);

#endif
