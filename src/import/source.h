#ifndef IMPORT_SOURCE_H
#define IMPORT_SOURCE_H

#include "base/arena.h"
#include "base/label.h"
#include "import/reader.h"
#include "patent/publication.h"

/*
 * A source is a kind of file some office or service writes, described by one table: which column
 * or element tells which fact. A new source is a new table and a line in sources[]; map.c turns
 * rows into publications by it. How values are written (numbers, dates, classes) follows from the
 * fact's field and needs no word in the table.
 */
enum parse {
	PARSE_ONE,  /* the cell is one value, or a piece of one within its structure */
	PARSE_LIST, /* the cell is a list; `text` has separators other than ; ； | and line ends */
	PARSE_ALIGNED,    /* further column of a list column: item i belongs to item i, or the whole
			    text to the first when the numbers of items differ */
	PARSE_LANGUAGE,   /* the language of the field's values from here on */
	PARSE_ONLY,       /* the structure counts only when this cell is `text` */
	PARSE_CLAIMS,     /* claims run together: split by their numbers */
	PARSE_PARAGRAPH,  /* of a description; a short one may be the heading of the next section */
	PARSE_EVENTS,     /* a list of events, each a date and words */
	PARSE_PRIORITIES, /* a list of priorities, each number, date and office in any order */
	PARSE_NOTHING     /* known, and of no use */
};

enum row_turn {
	ROW_NORMAL,
	ROW_FIRST /* leads the list: main class */,
	ROW_FALLBACK /* used only
	when nothing else filled the field */
};

/*
 * path of tables: the header, compared after source_fold_header(). Of XML and JSON: the cell's
 * path; a ! behind an element marks the structure whose cells make one fact together:
 * "applicants/applicant!/addressbook/name". Several rows may have one path.
 */
struct source_row {
	const char *path;
	uint8_t field;      /* enum fact_field */
	uint8_t parse;      /* enum parse */
	uint8_t part;       /* of the fact: PERSON_ADDRESS ... */
	const char *text;   /* see enum parse; PARSE_ONE: what joins a further piece to the value;
			      NULL: the first piece stays alone */
	const char *group;  /* tables: columns of one group make facts together; of events also
			      the event's words */
	uint8_t turn;       /* enum row_turn */
	uint8_t fixed_part; /* a part that is always `fixed` */
	const char *fixed;
};

enum source_flag {
	SOURCE_ELEMENTS = 1 << 0,        /* cells no row knows are structure, not columns to keep */
	SOURCE_NEEDS_APPLICANT = 1 << 1, /* where no applicant is told, the owners are, else the
					    inventors: US grants before 2013, granted EP */
	SOURCE_DOCDB_NUMBERS = 1 << 2    /* US application numbers in the form of DOCDB: serial and
					 year without series, which no other source writes */
};

enum { SIGNATURE_MAX = 6, RECORD_RULES_MAX = 2 };

/* Origin of tables read by a user's own column map. */
enum { ORIGIN_COLUMN_MAP = 60 };

struct source {
	uint16_t origin;  /* stored with every fact: never changed, never used again */
	uint8_t rank;     /* 90 office full text, 80 office biblio, 60 vendors, 20 lists */
	uint8_t flags;    /* enum source_flag */
	const char *name; /* for --format */
	struct label label;
	unsigned formats;                     /* 1u << enum format */
	const char *signature[SIGNATURE_MAX]; /* headers, elements or keys that must all be there;
						 "a|b": one of them */
	struct record_rule records[RECORD_RULES_MAX]; /* of XML and JSON: which parts are rows */
	fact_language language;        /* of texts; 0: seen from the script they are written in */
	const char *office;            /* of numbers that name none, or NULL */
	const struct source_row *rows; /* path NULL ends */
};

#define SOURCE_TABLE                                                                               \
	(1u << FORMAT_DELIMITED | 1u << FORMAT_HTML | 1u << FORMAT_XLSX | 1u << FORMAT_XLS)
#define SOURCE_JSON (1u << FORMAT_JSON)
#define SOURCE_XML  (1u << FORMAT_XML)

extern const struct source source_cnipa_xml, source_cnipa_xml_old, source_cnipa_search,
	source_cnipr;
extern const struct source source_uspto_grant, source_uspto_application, source_uspto_json;
extern const struct source source_docdb, source_ops_biblio, source_ops_family, source_ep;
extern const struct source source_incopat, source_patsnap, source_patsnap_json;
extern const struct source source_google, source_lens, source_espacenet, source_patentscope;
extern const struct source source_yucheng, source_demo, source_table, source_claims, source_corpus;

/* The record rules of all sources, for reader_set_records(); in the arena. */
const struct record_rule *source_record_rules(struct arena *arena, size_t *count_out);

/* All sources; a NULL ends. The order decides between equal scores. */
extern const struct source *const sources[];
const struct source *source_find(struct str name);      /* NULL when there is none */
const struct source *source_of_origin(uint16_t origin); /* likewise */

/*
 * A header as it is compared: without blanks, brackets of both widths, "[标]" and "(中文)";
 * Latin letters small.
 */
struct str source_fold_header(struct arena *arena, struct str header);

/*
 * The source a file is of, from what its reader sees. Error "import.unknown_source": the detail
 * says what was seen, the hint names the nearest sources and what they miss.
 * score_out: known headers in percent; reason_out: which marks decided. Both may be NULL.
 */
bool source_detect(struct arena *arena, enum format format, const struct str *signature,
		   size_t signature_count, const struct source **source_out, int *score_out,
		   const char **reason_out, struct error *error) MUST_CHECK;

/*
 * A source for a table with the user's own columns: "title=名称,publication_number=公开号", or one a
 * line, where headers may hold commas. Names are those of fact_fields[]. Values are lists where the
 * field is one.
 */
bool source_from_map(struct arena *arena, struct str text, const struct source **source_out,
		     struct error *error) MUST_CHECK;
/* A source that knows the columns of the map as well; the facts are still said to be of base. */
bool source_extend(struct arena *arena, const struct source *base, struct str map,
		   const struct source **source_out, struct error *error) MUST_CHECK;
/* The row of a source that knows a header of a table, or NULL. */
const struct source_row *source_find_row(struct arena *arena, const struct source *source,
					 struct str header);
/* May a column be mapped to it? */
bool source_can_map(enum fact_field field);

#endif
