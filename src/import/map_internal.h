#ifndef IMPORT_MAP_INTERNAL_H
#define IMPORT_MAP_INTERNAL_H

#include "import/map.h"

/* A fact in the making: raw texts by part, brought into shape by value_finish(). */
struct value {
	enum fact_field field;
	fact_language language;
	struct str parts[FACT_PART_MAX];
	struct str header; /* where it comes from: for what cannot be understood */
};

/* What conversions need to know of the row. */
struct value_context {
	struct arena *arena;
	struct findings *findings; /* may be NULL */
	struct publication *publication;
	struct str office;  /* of numbers that name none; may be empty */
	bool keeps_unknown; /* a value not understood stays as a vendor column */
	bool docdb_numbers; /* SOURCE_DOCDB_NUMBERS */
	bool bad_number;    /* the publication number was none; its text in `number` */
	struct str number;
};

/* Normal form of the value's parts; adds it, and what follows from it, to the publication. */
void value_finish(struct value_context *context, struct value *value);
/* What follows from all facts together: type from the number, place from the address ... */
void publication_complete(struct value_context *context, bool needs_applicant);

/* Language told by a source: "zh", "CN", "EN", "JP" ...; 0 when it is none. */
fact_language language_of(struct str code);
/* Seen from the script, and for Latin letters from the office ("DE" publishes in German). */
fact_language language_of_text(struct str text, struct str office);

/* "field", "background", "content", "drawings" or "embodiments" when the text is the heading of
   that part of a description, with or without its colon; NULL when it is none. */
const char *description_section(struct str text);

/*
 * Items of a list: separated by ; ； | and line ends, or by commas when separators is ",". Not
 * inside brackets. Commas before "Ltd." and the like do not separate. Returns how many (empty
 * ones left out); the items are views.
 */
size_t list_split(struct arena *arena, struct str text, const char *separators,
		  const struct str **items_out);

#endif
