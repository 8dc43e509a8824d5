#ifndef RECORD_SELECT_H
#define RECORD_SELECT_H

#include "record/list.h"

/*
 * Some columns of all rows the actor may read, for what is computed across records: one statement,
 * no limit, no titles. A field that a grant hides is not read: rows seen only through such a grant
 * are left out.
 */
struct record_selection {
	const struct record_type *type;
	const size_t *fields; /* of the type, or RECORD_FIELD_…; ended by SIZE_MAX */
	/* Rows of organisations whose path begins so: "/1/4/" is 4 and what stands below it; NULL: all. */
	const char *path;
	const struct record_filter *filters; /* at most FILTERS_MAX */
	size_t filter_count;
};

/* Columns of the answer before the fields. Rows come in the order of their ids. */
enum { SELECTED_ID, SELECTED_ORGANISATION, SELECTED_STATE, SELECTED_FIELDS };

bool record_select(struct record_store *store, const struct record_selection *selection,
		   struct db_rows **rows_out, struct error *error) MUST_CHECK;

/*
 * The steps the rows of the selection ever made, row by row in their order: columns STEP_RECORD,
 * STEP_AT (ms UTC), STEP_FROM and STEP_TO (states). Fields are not read.
 */
enum { STEP_RECORD, STEP_AT, STEP_FROM, STEP_TO };
bool record_select_steps(struct record_store *store, const struct record_selection *selection,
			 struct db_rows **rows_out, struct error *error) MUST_CHECK;

#endif
