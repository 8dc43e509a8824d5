#ifndef PATENT_NUMBER_H
#define PATENT_NUMBER_H

#include "base/arena.h"
#include "base/label.h"
#include "base/str.h"

/*
 * Publication and application numbers of all offices: any spelling in, one normal form out. The
 * check digit of Chinese application numbers is computed; a wrong one is told, not refused, since
 * papers and exports contain misprints. Nothing here allocates but where an arena is given.
 *
 * Normal forms:
 *   publications  office, body, kind: CN104223352A US20050001234A1 WO2012123456A1 JPH0612345A
 *   applications  CN201410201865.4 CN02159962.9 PCT/CN2012/070001 US10/123456 EP05123456
 *                 KR1020050012345; others: office and body without separators
 */
enum number_what { NUMBER_UNKNOWN, NUMBER_APPLICATION, NUMBER_PUBLICATION };

enum number_check {
	NUMBER_CHECK_ABSENT, /* not written, or the office has none we know */
	NUMBER_CHECK_VALID,
	NUMBER_CHECK_INVALID
};

enum { NUMBER_BODY_SIZE = 24, NUMBER_TEXT_SIZE = 40, NUMBER_LOOKUP_MAX = 4, NUMBER_SEARCH_MAX = 8 };

struct number {
	enum number_what what;
	char office[3];              /* WIPO ST.3 */
	char body[NUMBER_BODY_SIZE]; /* without separators, office, kind and check digit */
	char kind[3];                /* of a publication; "" when it was not written */
	enum number_check check;
	char check_written;  /* 0: none */
	char check_expected; /* 0: the office has none we know */
	bool is_patent;      /* written with ZL: a granted patent */
};

/*
 * office_hint: the office when the number does not carry it ("CN"), or empty. Without either, only
 * a Chinese application number and a U.S. one (10/123,456) explain themselves. Both return false
 * for what is not a number of that sort.
 */
bool number_parse_publication(struct str s, struct str office_hint, struct number *number_out);
bool number_parse_application(struct str s, struct str office_hint, struct number *number_out);
/* Either of them, by its shape and the words around it (申请号, 特開 ...); NUMBER_UNKNOWN: neither. */
enum number_what number_parse(struct str s, struct str office_hint, struct number *number_out);

/* The normal form, written to text, which is returned. */
const char *number_text(const struct number *number, char text[NUMBER_TEXT_SIZE]);
struct str number_normal(struct arena *arena, const struct number *number);
/* The same with the check digit computed; differs only where check is NUMBER_CHECK_INVALID. */
const char *number_text_corrected(const struct number *number, char text[NUMBER_TEXT_SIZE]);

/* CN104223352A -> CN104223352; a number without kind stays as it is. A view of `normal`. */
struct str number_without_kind(struct str normal);
struct str number_kind_of(struct str normal); /* A, or empty */

/*
 * The normal forms a number written by a person may be stored under, best first: as a
 * publication (with its kind when it was written) and as an application. Returns how many, at most
 * NUMBER_LOOKUP_MAX; a text that is no number gives none.
 */
size_t number_lookup_forms(struct arena *arena, struct str s, const struct str **forms_out);

/*
 * Spellings of a number worth indexing, upper case, without separators: with and without office,
 * kind and check digit. Returns how many, at most NUMBER_SEARCH_MAX.
 */
size_t number_search_forms(struct arena *arena, const struct number *number,
			   const struct str **forms_out);

/*
 * Check digit of a Chinese application number of 8 digits (before October 2003) or 12: the digits
 * times 2 3 4 5 6 7 8 9 2 3 4 5, summed, modulo 11; 10 is X. 0 for another length.
 */
char number_check_digit(struct str digits);

enum patent_type {
	PATENT_TYPE_UNKNOWN,
	PATENT_INVENTION,
	PATENT_UTILITY,
	PATENT_DESIGN,
	PATENT_TYPE_COUNT
};

struct patent_type_info {
	const char *name; /* value of FACT_TYPE */
	struct label label;
};
extern const struct patent_type_info patent_types[PATENT_TYPE_COUNT];

/* From the number and its kind; PATENT_TYPE_UNKNOWN when they do not tell. */
enum patent_type number_type(const struct number *number);
/* From a name, a label or the words of exports: 发明专利, 实用新型, 外观设计, design, 发明授权 ... */
enum patent_type patent_type_of(struct str word);

/* What a publication of this kind is. */
enum number_stage {
	STAGE_UNKNOWN,
	STAGE_APPLICATION, /* published, not granted by this publication */
	STAGE_GRANT,
	STAGE_LIMITED, /* claims changed by invalidation, opposition or limitation */
	STAGE_OTHER    /* search report, translation, correction sheet */
};

/* A row of data/kinds.csv: one kind code of one office. */
struct kind {
	const char *office,
		*code; /* office "": any without a row of its own; code "B": B, B1 ... */
	enum number_stage stage;
	enum patent_type type;
	const char *zh, *en;
};
const struct kind *kind_find(struct str office, struct str code); /* NULL when it is not known */
enum number_stage number_stage(struct str office, struct str kind);

/* Offices of WIPO ST.3, sorted by code. */
struct office {
	const char *code, *zh, *en;
};
const struct office *office_find(struct str code); /* NULL when there is none; case matters */
const struct office *office_list(size_t *count_out);
/* May a patent of the office have effect in the country: the same, or of a regional office (EP, EA,
   OA, AP) it belongs to? An international application (WO) alone gives a right nowhere. */
bool office_covers(struct str office, struct str country);

#endif
