#ifndef IMPORT_VALUES_H
#define IMPORT_VALUES_H

#include "import/map_internal.h"

/* Pieces of value_finish(): one function a kind of field, and what they share. */

/* Adds the value as a fact; of a field that is no list the first one told stands. */
void value_add(struct value_context *context, const struct value *value);
void value_add_once(struct value_context *context, enum fact_field field, struct str text);
/* Keeps a column's value nobody could read. */
void value_keep_text(struct value_context *context, const struct value *value, struct str text);

bool value_is_zeros(struct str text); /* 00000000 stands for nothing */
/* YYYY-MM-DD, or empty; what is neither empty nor a date is a finding and kept. */
struct str value_date(struct value_context *context, const struct value *value, struct str text);
/*
 * Takes the first word that is a whole date out of a text: "2017.10.20 实质审查的生效",
 * "US 83547206 P 20060804". *rest_out is the text without it.
 */
struct str value_take_date(struct value_context *context, struct str text, struct str *rest_out);
/* Two letters from a code or a name of an office or country; empty when it is none. */
struct str value_office_of(struct str word);

void value_publication_number(struct value_context *context, struct value *value);
void value_application_number(struct value_context *context, struct value *value);
void value_related_number(struct value_context *context, struct value *value);
void value_document_number(struct value_context *context, struct value *value);
void value_priority(struct value_context *context, struct value *value);
void value_citation(struct value_context *context, struct value *value);
void value_class(struct value_context *context, struct value *value);

#endif
