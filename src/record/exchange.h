#ifndef RECORD_EXCHANGE_H
#define RECORD_EXCHANGE_H

#include "record/labels.h"

/*
 * Records as rows of a sheet, for templates, exports and imports: header labels ↔ fields, cells ↔
 * values, with errors per cell. What the file looks like is the writer's and reader's business.
 * Column 0 is the row's number in the system and column 1 its version: a row that has them changes
 * that record, one without makes a new one.
 */
enum { EXCHANGE_ID = 2000, EXCHANGE_VERSION = 2001, EXCHANGE_COLUMNS_MAX = 100 };

struct exchange_columns {
	size_t fields[EXCHANGE_COLUMNS_MAX]; /* EXCHANGE_…, a field, or SIZE_MAX: not used */
	size_t count;
};

/* The columns of a template and an export: number, version, then every field a form has but files. */
void exchange_columns(const struct record_type *type, struct exchange_columns *columns_out);
/* "金额（元） *": required fields carry a star. */
struct str exchange_header(struct arena *arena, const struct record_type *type, size_t column_field,
			   enum language language);
/* What a cell of the header's column accepts, for a note on it: the choices, the form of dates. */
struct str exchange_hint(struct arena *arena, const struct record_type *type, size_t column_field,
			 enum language language);

/*
 * The header row of a file: labels in either language or names of fields, stars and blanks do not
 * matter, empty cells are not used. Unknown and double columns, and required fields without one, are
 * errors (their detail is the cell or label). False: there were some.
 */
bool exchange_read_header(const struct record_type *type, const struct str *cells, size_t count,
			  struct exchange_columns *columns_out, struct field_errors *errors);
/*
 * One row -> a record ready for record_create (id 0) or record_update. An empty cell clears the field.
 * A number that is none, or of no row the actor may read, is an error of "id"; a call that fails has
 * met the database's trouble. false in *good_out: errors has the cells'.
 */
bool exchange_read_row(struct record_store *store, const struct record_type *type,
		       const struct exchange_columns *columns, const struct str *cells,
		       size_t count, struct record **record_out, struct field_errors *errors,
		       bool *good_out, struct error *error) MUST_CHECK;
/* The column an error of this field belongs to, or SIZE_MAX. */
size_t exchange_column_of(const struct record_type *type, const struct exchange_columns *columns,
			  const char *field);

/* The cell of a record; labels has seen the record. Masked values stay masked. */
struct str exchange_cell(const struct record_labels *labels, struct arena *arena,
			 const struct record *record, size_t column_field, enum language language);

#endif
