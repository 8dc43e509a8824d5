#ifndef RECORD_RECORD_INTERNAL_H
#define RECORD_RECORD_INTERNAL_H

#include "base/strbuf.h"
#include "record/list.h"
#include "record/record.h"

/* ---- Building statements. Names come from the types' tables, values are always parameters. */
enum { RECORD_PARAMS_MAX = 99 };

struct record_sql {
	struct strbuf text;
	struct db_param params[RECORD_PARAMS_MAX];
	size_t param_count;
	bool is_full; /* more parameters than a statement can have */
	/* Places of the actor's parameters, 0: not in the statement yet. */
	size_t user_at, organisation_at, path_from_at, path_to_at;
};

/* In the store's arena, released with it. */
struct record_sql *sql_new(struct record_store *store);
void sql_add(struct record_sql *sql, const char *format, ...) __attribute__((format(printf, 2, 3)));
void sql_add_param(struct record_sql *sql, struct db_param param); /* "$n" */
bool sql_query(struct record_store *store, struct record_sql *sql, struct db_rows **rows_out,
	       struct error *error) MUST_CHECK;
bool sql_execute(struct record_store *store, struct record_sql *sql, int64_t *returned_out,
		 struct error *error) MUST_CHECK;

/* ---- Scope. */
/*
 * Adds the condition under which the actor may do the action to a row of the type's table, alias t.
 * uses: fields a filter or sort looks at, ended by SIZE_MAX, or NULL: grants that hide one of them
 * do not count. Nothing allowed: FALSE.
 */
void scope_add(struct record_sql *sql, const struct record_store *store,
	       const struct record_type *type, const char *action, const size_t *uses);
/* The same of a row in memory. */
bool scope_allows(const struct record_store *store, const struct record *record, const char *action,
		  const char *state);
bool scope_hides(const struct record_store *store, const struct record *record, const char *field);
/* Was it hidden while the record stood in that state? */
bool scope_hid(const struct record_store *store, const struct record *record, const char *field,
	       const char *state);
/*
 * Whose the new row is, and may the actor make such a one there? Asked before anything is looked up
 * for it: what is refused tells nothing of what stands there.
 */
bool creation_is_granted(struct record_store *store, struct record *record,
			 struct error *error) MUST_CHECK;

/* ---- Rows. */
enum { RECORD_BASE_COLUMNS = 9 };
bool kind_is_text(enum field_kind kind);
bool value_is_same(const struct field *field, const struct value *a, const struct value *b);
/* record_validate of a change of `old`: what did not change is not checked against other rows. */
bool validate_change(struct record_store *store, const struct record *old,
		     const struct record *record, struct field_errors *errors,
		     struct error *error) MUST_CHECK;
/*
 * *good_out: the actor may read all that the changed references name. Asked before type functions
 * compute from those rows, so that a hidden row answers as a missing one.
 */
bool references_are_readable(struct record_store *store, const struct record *old,
			     const struct record *record, bool *good_out,
			     struct error *error) MUST_CHECK;
struct db_param value_param(const struct field *field, const struct value *value);
/* "t.id, t.version, …, t.field, …, o.path" */
void sql_add_columns(struct record_sql *sql, const struct record_type *type);
/* "t.field", the type's or a RECORD_FIELD_…; " AND (…)" of a filter. */
void sql_add_field(struct record_sql *sql, const struct record_type *type, size_t field);
void sql_add_filter(struct record_sql *sql, struct arena *arena, const struct record_type *type,
		    const struct record_filter *filter);
/* The first path behind all that begin with the path. */
const char *path_end(struct arena *arena, const char *path);
/* FROM with the alias t, and o: the owning organisation. */
void sql_add_from(struct record_sql *sql, const struct record_type *type);
struct record *record_read_row(struct record_store *store, const struct record_type *type,
			       const struct db_rows *rows);
/* Masks sensitive values and takes away what the actor's grants hide. */
void record_hide(struct record_store *store, struct record *record);
/* All rows of the statement; masked when `hide`. */
bool record_read_rows(struct record_store *store, const struct record_type *type,
		      struct record_sql *sql, bool hide, struct record ***records_out,
		      size_t *count_out, struct error *error) MUST_CHECK;
/* Does a row with this id exist that the actor may read? */
bool record_exists(struct record_store *store, const struct record_type *type, int64_t id,
		   bool *exists_out, struct error *error) MUST_CHECK;
const char *base_field_name(size_t field); /* of RECORD_FIELD_…; NULL: none */

/* ---- Beside. */
struct change_line {
	const char *action, *field, *old_value, *new_value;
};
bool history_add(struct record_store *store, const struct record *record,
		 const struct change_line *line, struct error *error) MUST_CHECK;
/* One line a field that differs; old NULL: of a creation; *count_out: how many differ. */
bool history_add_differences(struct record_store *store, const struct record *old,
			     const struct record *record, const char *action, size_t *count_out,
			     struct error *error) MUST_CHECK;
bool comment_insert(struct record_store *store, const struct record *record, const char *step,
		    struct str text, struct error *error) MUST_CHECK;
bool audit_add(struct record_store *store, const struct record *record, const char *action,
	       const char *detail, struct error *error) MUST_CHECK;

#endif
