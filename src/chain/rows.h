#ifndef CHAIN_ROWS_H
#define CHAIN_ROWS_H

#include "record/select.h"

/* Columns of a type's rows by the names of its fields, as record_select gives them. */
struct chain_rows {
	struct db_rows *rows;
};

/*
 * Rows of organisations whose path begins so (NULL: all). names: fields of the type, in the order
 * asked for; "state" is always there. Column i of them is chain_…(rows, i).
 */
bool chain_select(struct record_store *store, const char *path, const char *type,
		  const char *const *names, size_t count, struct chain_rows *rows_out,
		  struct error *error) MUST_CHECK;
bool chain_next(struct chain_rows *rows);
bool chain_done(struct chain_rows *rows, struct error *error) MUST_CHECK;

int64_t chain_id(const struct chain_rows *rows);
int64_t chain_organisation(const struct chain_rows *rows);
struct str chain_state(const struct chain_rows *rows);               /* a view until the next row */
struct str chain_text(const struct chain_rows *rows, size_t column); /* a view as well */
bool chain_is_set(const struct chain_rows *rows, size_t column);
int64_t chain_integer(const struct chain_rows *rows, size_t column); /* 0 when not set */
date chain_date(const struct chain_rows *rows, size_t column);       /* DATE_NONE when not set */
/* Takes the next id off ",3,17,"; false at the end. */
bool chain_next_id(struct str *rest, int64_t *id_out);

#endif
