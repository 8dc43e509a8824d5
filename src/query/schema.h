#ifndef QUERY_SCHEMA_H
#define QUERY_SCHEMA_H

#include "base/label.h"
#include "index/index.h"

/*
 * The columns of the patent index, and the fields of the query language that read them. One
 * document is one application with all its publications.
 */
enum index_column {
	/* Texts. */
	COL_TITLE,
	COL_ABSTRACT,
	COL_CLAIMS,
	COL_DESCRIPTION,
	COL_APPLICANT_WORDS,
	COL_INVENTOR_WORDS,
	COL_AGENCY_WORDS,
	COL_ADDRESS_WORDS,
	/* Keywords. Names are folded for search; display names are the folded-to-first-seen form. */
	COL_NUMBER,             /* every publication number, with and without kind; upper case */
	COL_APPLICATION_NUMBER, /* every form of it: normal, without check digit, with office */
	COL_PRIORITY_NUMBER,
	COL_FAMILY,
	COL_OFFICE,
	COL_KIND,
	COL_TYPE,
	COL_STATUS,       /* normalised: see
				patent/status.h */
	COL_STATUS_GROUP, /* 有效 审中 失效 未确认 as active pending dead unknown */
	COL_APPLICANT,
	COL_FIRST_APPLICANT,
	COL_OWNER,
	COL_APPLICANT_TYPE,
	COL_APPLICANT_COUNTRY,
	COL_INVENTOR,
	COL_FIRST_INVENTOR,
	COL_AGENCY,
	COL_AGENT,
	COL_PROVINCE,
	COL_CITY,
	COL_IPC,      /* full symbols H01M10/613 */
	COL_IPC_MAIN, /* the main class, full symbol */
	COL_IPC_SECTION,
	COL_IPC_CLASS,
	COL_IPC_SUBCLASS,
	COL_IPC_GROUP, /* H, H01, H01M, H01M10 */
	COL_CPC,
	COL_CPC_SUBCLASS,
	COL_CPC_GROUP,
	COL_LOCARNO,
	COL_WIPO_FIELD,       /* 01 to 35 */
	COL_PRIORITY_COUNTRY, /* of the earliest priority; the office itself without one: origin */
	COL_CITES,            /* cited publication numbers, without kind */
	COL_CITED_BY,         /* citing publication numbers supplied by sources, without kind */
	COL_EVENT, /* transfer licence pledge litigation invalidation ... (patent/event.h) */
	COL_KEYWORD,
	COL_SOURCE,
	COL_LANGUAGE,
	COL_YEAR_FILED,
	COL_YEAR_PUBLISHED,
	COL_YEAR_GRANTED, /* "2012": counted by, as dates are not */
	/* Numbers; dates are days. */
	COL_FILED,
	COL_PUBLISHED,
	COL_FIRST_PUBLISHED,
	COL_GRANTED,
	COL_PRIORITY,
	COL_EXPIRES,
	COL_LAPSED,
	COL_COUNT_CITES,
	COL_COUNT_CITED_BY,
	COL_COUNT_CLAIMS,
	COL_COUNT_FAMILY,
	COL_COUNT_INVENTORS,
	COL_COUNT_APPLICANTS,
	COL_COUNT_COUNTRIES,
	COL_COUNT_PAGES,
	COL_COUNT
};

extern const struct index_schema patent_schema;

/*
 * ---- Fields: what a user may write in front of "=": codes, names and groups of columns.
 *
 * FIELD_WORDS: words and phrases in text columns. FIELD_EXACT: whole keywords. FIELD_CLASS: class
 * symbols with everything below them. FIELD_DATE, FIELD_COUNT: numbers with comparisons and
 * ranges. FIELD_NUMBER_ID: numbers of documents in any usual spelling. FIELD_FLAG: yes or no.
 */
enum field_kind {
	FIELD_WORDS,
	FIELD_EXACT,
	FIELD_CLASS,
	FIELD_DATE,
	FIELD_COUNT,
	FIELD_NUMBER_ID,
	FIELD_FLAG
};

/* A value a field takes, with the ways people write it: 发明, invention, 1. */
struct query_choice {
	const char *code;         /* as stored in the column; NULL ends a table */
	const char *const *names; /* other spellings; NULL ends */
	const char *query;        /* not NULL: the value stands for this query instead */
	unsigned column;          /* the column the code stands in, when the field has several */
	struct label label;
};

struct query_field {
	const char *code;         /* "TA": as shown in messages and explain */
	const char *const *names; /* other codes and names, Chinese and English; NULL ends */
	enum field_kind kind;
	const unsigned char *columns; /* of enum index_column; COL_COUNT ends */
	struct label label;
	const unsigned char *exact_columns; /* the keywords that "==" reads, or NULL */
	const struct query_choice *choices; /* the values the field takes, or NULL: any */
	const char *const *flags;           /* FIELD_FLAG: the keywords that mean yes; NULL ends */
};
extern const struct query_field query_fields[];
extern const size_t query_field_count;
/* Any spelling: letter case, width, and "-", ".", "_" or a blank within a name do not matter.
   NULL when there is none. */
const struct query_field *query_field_find(struct str name);
/* The spelling nearest to name, for hints: a code or a name, or NULL when none is near. */
const char *query_field_nearest(struct str name);
/* Bytes of a field's name with brackets in it, 申请（专利权）人, at the start of text; 0 if none. */
size_t query_field_bracketed_name(struct str text);
/* Keyword columns hold codes in capitals, codes in small letters, or folded names. */
enum keyword_form { KEYWORD_FOLDED, KEYWORD_CAPITALS };
enum keyword_form query_keyword_form(unsigned column);

/* The choice written this way, in any spelling, or NULL. */
const struct query_choice *query_choice_find(const struct query_choice *choices, struct str name);

/* Edits (insert, delete, replace) that turn one string into the other, letter case aside. Both are
   cut to 40 bytes. */
size_t query_edit_distance(struct str a, struct str b);

#endif
