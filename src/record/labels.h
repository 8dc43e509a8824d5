#ifndef RECORD_LABELS_H
#define RECORD_LABELS_H

#include "record/record.h"

/*
 * What the rows are called that other rows refer to: a page of a list, its users and organisations
 * included, costs one statement a type. What the actor may not read has no label.
 */
struct record_labels;

struct record_labels *record_labels_create(struct record_store *store);
/* Collects the references of the records, with who owns, created and changed them. */
bool record_labels_add(struct record_labels *labels, struct record *const *records, size_t count,
		       struct error *error) MUST_CHECK;
/* Single ones, for histories and comments: users by their id. */
bool record_labels_add_ids(struct record_labels *labels, const struct record_type *type,
			   const int64_t *ids, size_t count, struct error *error) MUST_CHECK;
/* NULL: none. */
const char *record_labels_find(const struct record_labels *labels, const struct record_type *type,
			       int64_t id);
/* The value as shown to a person, references by their labels ("#17" without one). */
struct str record_labels_show(const struct record_labels *labels, const struct field *field,
			      const struct value *value, enum language language);

#endif
