#ifndef PATENT_PUBLICATION_H
#define PATENT_PUBLICATION_H

#include "base/arena.h"
#include "base/date.h"
#include "base/error.h"
#include "base/label.h"
#include "base/str.h"
#include "base/strbuf.h"

/*
 * What is known of one published document, as facts: field, language, value, and the source it
 * came from. Readers of export files add facts, the library keeps the facts of all sources, and
 * the effective view chooses among them by the merge rule of each field (fact_fields[]).
 *
 * Nothing here reads a clock or a file. Values are valid UTF-8, trimmed, not empty.
 */

/* The numbers are stored in databases: new fields go to the end, and none is ever taken out. */
enum fact_field {
	FACT_NONE,
	/* Identity: normalised by patent/number.h. */
	FACT_PUBLICATION_NUMBER, /* CN104223352A: office, digits, kind */
	FACT_APPLICATION_NUMBER, /* CN201410201865.4: office and the office's own normal form */
	FACT_KIND,               /* A, B, C, U, Y, S, A1, B2 ... */
	FACT_OFFICE,             /* two letters, WIPO ST.3 */
	FACT_TYPE,               /* invention, utility, design (enum patent_type by name) */
	FACT_LANGUAGE,           /* of the document, two letters */
	/* Dates, YYYY-MM-DD. */
	FACT_PUBLICATION_DATE,
	FACT_APPLICATION_DATE,
	FACT_FIRST_PUBLICATION_DATE,
	FACT_GRANT_DATE,
	FACT_EXPIRY_DATE,
	FACT_LAPSE_DATE,
	FACT_EXAMINATION_DATE, /* substantive examination entered */
	FACT_PCT_ENTRY_DATE,
	/* Other routes and relations. */
	FACT_PCT_APPLICATION, /* number */
	FACT_PCT_PUBLICATION, /* number */
	FACT_DIVISIONAL_OF,   /* application number */
	FACT_PRIORITY,        /* list: enum priority_part */
	FACT_FAMILY_SIMPLE,   /* id given by the source */
	FACT_FAMILY_EXTENDED, /* id given by the source */
	FACT_FAMILY_MEMBER,   /* list: publication number */
	/* Texts, one per language. */
	FACT_TITLE,
	FACT_ABSTRACT,
	FACT_CLAIM,       /* list, in order: enum claim_part */
	FACT_DESCRIPTION, /* list, in order: enum description_part */
	/* Classes: list, in order; the first is the main class. enum class_part */
	FACT_IPC,
	FACT_CPC,
	FACT_LOCARNO,
	/* Persons: list, in order. enum person_part */
	FACT_APPLICANT, /* as filed or published */
	FACT_OWNER,     /* current applicant or right holder */
	FACT_INVENTOR,
	FACT_AGENCY,
	FACT_AGENT,
	FACT_EXAMINER,
	FACT_PROVINCE, /* of the first applicant, as the source has it */
	FACT_CITY,
	FACT_COUNTY,
	/* Citations. */
	FACT_CITATION, /* list: enum citation_part */
	FACT_CITED_BY, /* list: publication number */
	FACT_NPL,      /* list: free text, non-patent literature */
	/* Life. */
	FACT_STATUS, /* the source's own words for the legal status */
	FACT_EVENT,  /* list: enum event_part */
	/* Counts the source supplies. */
	FACT_COUNT_CITES,
	FACT_COUNT_CITED_BY,
	FACT_COUNT_CLAIMS,
	FACT_COUNT_FAMILY,
	FACT_COUNT_PAGES,
	/* Everything else: kept as it is. */
	FACT_KEYWORD, /* list: technical topic or effect words of the source */
	FACT_LINK,    /* URL */
	FACT_VENDOR,  /* list: enum vendor_part */
	FACT_FIELD_COUNT
};

/* Parts of the values that have an inner structure; a part that is not known is empty. */
enum { FACT_PART_MAX = 6 };
enum priority_part { PRIORITY_NUMBER, PRIORITY_DATE, PRIORITY_OFFICE };
enum claim_part { CLAIM_TEXT, CLAIM_NUMBER, CLAIM_PARENTS /* "1,2": numbers it refers to */ };
enum description_part {
	DESCRIPTION_TEXT,
	DESCRIPTION_SECTION /* field background content drawings
							     embodiments, or empty */
};
enum class_part {
	CLASS_SYMBOL /* H01M10/613, no blanks */,
	CLASS_EDITION,
	CLASS_VALUE /* I or A */
};
enum person_part { PERSON_NAME, PERSON_TYPE, PERSON_ADDRESS, PERSON_COUNTRY, PERSON_CODE };
enum citation_part {
	CITATION_NUMBER,
	CITATION_CATEGORY /* X Y A ... */,
	CITATION_BY /* examiner
		     applicant third-party */
	,
	CITATION_PHASE
};
enum event_part { EVENT_DATE, EVENT_CODE, EVENT_TEXT, EVENT_DETAIL, EVENT_FROM, EVENT_TO };
enum vendor_part { VENDOR_VALUE, VENDOR_HEADER };

/* How the facts of several sources about one field become one answer. */
enum merge_rule {
	MERGE_RANKED, /* the list or value of the best origin; equal rank: the newest */
	MERGE_NEWEST, /* the list or value imported last (status and what moves with it) */
	MERGE_UNION,  /* all of them, without repetition */
	MERGE_EACH    /* the list of every origin, side by side: columns of different vendors */
};

struct fact_field_info {
	const char *name; /* "title": in exports, --map and documents */
	struct label label;
	enum merge_rule merge;
	bool is_list; /* several values of one source and language */
	bool has_language;
	bool one_language; /* the effective view keeps the list of one language: names */
	unsigned part_count;
};
extern const struct fact_field_info fact_fields[FACT_FIELD_COUNT];
enum fact_field fact_field_find(struct str name); /* FACT_NONE when there is none */

/* A two-letter language code packed into 16 bits; 0: none or not known. */
typedef uint16_t fact_language;
#define FACT_LANGUAGE(a, b) ((fact_language)((unsigned)(a) << 8 | (unsigned)(b)))
#define FACT_ZH             FACT_LANGUAGE('z', 'h')
#define FACT_EN             FACT_LANGUAGE('e', 'n')

struct fact {
	uint16_t field; /* enum fact_field */
	fact_language language;
	uint32_t import_id; /* the import that brought it; grows with time: larger is newer */
	uint16_t origin;    /* kind of source, import/source.h: incoPat, CNIPA XML ... */
	uint8_t rank;       /* of the origin: larger is more trusted */
	uint8_t part_count; /* of the field's table row; parts behind it are empty */
	struct str parts[FACT_PART_MAX];
};

struct publication {
	struct arena
		*arena; /* owns facts and their texts, unless the texts are views (see decode) */
	struct fact *facts;
	size_t count, room;
};

/* More facts than this are not taken: a family of thousands and a book of claims stay far below. */
enum { PUBLICATION_FACTS_MAX = 1 << 20 };

struct publication *publication_create(struct arena *arena);
/*
 * Adds a fact with its first part; the caller may set further parts of the fact returned, which
 * lives until the next call. An empty value is not added and NULL comes back, as when there are
 * PUBLICATION_FACTS_MAX. The texts are not copied: they must live as long as the publication (the
 * import batch's arena). Origin, rank and import are 0 until publication_set_origin().
 */
struct fact *publication_add(struct publication *publication, enum fact_field field,
			     fact_language language, struct str value);
/* The same with several parts, of which any may be empty but not all: an event without a date. */
struct fact *publication_add_parts(struct publication *publication, enum fact_field field,
				   fact_language language, const struct str *parts, size_t count);
/* Says of all facts where they come from. */
void publication_set_origin(struct publication *publication, uint32_t import_id, uint16_t origin,
			    uint8_t rank);
/* The first fact of a field in any language, or NULL; and the next one of the same field. */
const struct fact *publication_find(const struct publication *publication, enum fact_field field);
const struct fact *publication_next(const struct publication *publication, const struct fact *fact);
/* Chinese before other languages; empty when there is none. */
struct str publication_text(const struct publication *publication, enum fact_field field);
struct str publication_text_in(const struct publication *publication, enum fact_field field,
			       fact_language language);
/* DATE_NONE when there is none. */
date publication_date(const struct publication *publication, enum fact_field field);

/*
 * Puts what a newer reading says (all its facts have one import_id, origin and rank) beside what
 * is stored. One origin has one opinion per field and language: what it said before is replaced,
 * or joined for MERGE_UNION. Returns false when the reading says nothing new (import ids aside);
 * else *merged_out holds the result in the arena, its texts being views of the two. stored may be
 * NULL. The facts come sorted by field, language and origin, lists in their own order.
 */
bool publication_merge(struct arena *arena, const struct publication *stored,
		       const struct publication *newer, struct publication **merged_out);

/*
 * The answer to show, search and count: for each field the facts its merge rule lets stand.
 * What two origins say of the same event, citation or class becomes one fact, the better origin's,
 * with the parts it left empty filled from the other.
 */
struct publication *publication_effective(struct arena *arena, const struct publication *stored);

/*
 * The compact form kept in the database (varints and lengths; see docs/publication-format.md).
 * Decoding checks every length; its texts are views into bytes.
 */
void publication_encode(const struct publication *publication, struct strbuf *bytes_out);
bool publication_decode(struct arena *arena, struct str bytes, struct publication **publication_out,
			struct error *error) MUST_CHECK;

#endif
