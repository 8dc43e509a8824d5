#ifndef RECORD_RECORD_H
#define RECORD_RECORD_H

#include "base/arena.h"
#include "base/date.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "db/db.h"
#include "record/record_type.h"

/*
 * The record machine: rows of record types, read and changed on behalf of an actor. Every function
 * below sees only rows the type's grants let the actor see; every change is validated, versioned,
 * written to the history and the audit log, in the caller's transaction (db_begin … db_commit).
 */

/* Who acts. A command of the operator acts with no user and every role but the experts'. */
struct actor {
	int64_t user_id, organisation_id;
	unsigned roles;                /* ROLE_BIT()s */
	const char *organisation_path; /* "/1/4/9/" */
	const char *request_id, *address;
};

/* What the functions below work with; lives as long as a request or a command. */
struct record_store {
	struct db *db;
	struct arena *arena;
	const struct actor *actor;
	int64_t now_ms; /* UTC */
	date today;
	const struct secret_key *key; /* for sensitive fields; NULL: they are refused */
};

struct value {
	bool is_null;
	int64_t integer;  /* integer kinds, references, files; booleans 0 and 1 */
	const char *text; /* text kinds, choices, dates, lists of references */
};

struct record {
	const struct record_type *type;
	int64_t id, version; /* 0: not stored yet */
	const char *state;
	int64_t organisation_id;
	int64_t created_by, created_at, updated_by, updated_at; /* users; ms UTC */
	struct value *values; /* one a field */
};

/* ---- In memory. */
struct record *record_new(struct record_store *store, const struct record_type *type);
bool record_is_set(const struct record *record, size_t field);
int64_t record_integer(const struct record *record, size_t field); /* 0 when not set */
const char *record_text(const struct record *record, size_t field); /* "" when not set */
date record_date(const struct record *record, size_t field);        /* DATE_NONE when not set */
void record_set_integer(struct record *record, size_t field, int64_t value);
void record_set_text(struct record_store *store, struct record *record, size_t field,
		     struct str value);
void record_clear(struct record *record, size_t field);

/* Errors of several fields at once, as a form wants them. */
struct field_error {
	const char *field, *key;
	char detail[80];
};
enum { FIELD_ERRORS_MAX = 32 };
struct field_errors {
	struct field_error items[FIELD_ERRORS_MAX];
	size_t count;
};
void field_errors_add(struct field_errors *errors, const char *field, const char *key,
		      const char *detail);
/* A value as a person or JSON writes it -> *value_out. Dates, money (元, two decimals), decimals,
   choices by value or label, references by id. False: adds to errors. */
bool record_parse_value(struct record_store *store, const struct field *field, struct str text,
			struct value *value_out, struct field_errors *errors);
/* As shown to a person, or as JSON text and Excel have it. */
struct str record_format_value(struct arena *arena, const struct field *field,
			       const struct value *value, bool chinese);

/* Every field against its definition, references against what exists, then type->validate. */
bool record_validate(struct record_store *store, const struct record *record,
		     struct field_errors *errors, struct error *error) MUST_CHECK;

/* ---- May the actor? (not looking at single rows) */
bool record_may(const struct record_store *store, const struct record_type *type,
		const char *action);

/* ---- Reading. A row the actor may not read is ERROR_NOT_FOUND, as one that is not there. */
bool record_find(struct record_store *store, const struct record_type *type, int64_t id,
		 struct record **record_out, struct error *error) MUST_CHECK;

enum filter_operator { FILTER_EQUAL, FILTER_NOT_EQUAL, FILTER_LESS, FILTER_LESS_EQUAL, FILTER_GREATER,
	FILTER_GREATER_EQUAL, FILTER_IN, FILTER_CONTAINS, FILTER_EMPTY, FILTER_NOT_EMPTY };
struct record_filter {
	size_t field; /* or RECORD_FIELD_STATE and the like */
	enum filter_operator operator;
	struct str value; /* FILTER_IN: values joined by commas */
};
/* Columns every type has, as fields of a filter or a sort. */
enum { RECORD_FIELD_ID = 1000, RECORD_FIELD_STATE, RECORD_FIELD_ORGANISATION,
	RECORD_FIELD_CREATED_BY, RECORD_FIELD_CREATED_AT, RECORD_FIELD_UPDATED_AT };

struct record_list_options {
	const struct record_filter *filters;
	size_t filter_count;
	struct str search;   /* in the searched fields; empty: no search */
	size_t sort_field;   /* field or RECORD_FIELD_… */
	bool descending;
	struct str after;    /* page token of the page before, or empty */
	size_t limit;        /* 1 to 200 */
	bool with_total;     /* count all matching rows: a further statement */
};
struct record_page {
	struct record **records;
	size_t count;
	struct str next;  /* token of the next page, or empty */
	int64_t total;    /* -1: not asked for */
};
/* "state:in:draft,open" or "due_on:<:2026-01-01", joined by ';' -> filters. */
bool record_parse_filters(struct record_store *store, const struct record_type *type, struct str text,
			  struct record_filter **filters_out, size_t *count_out,
			  struct error *error) MUST_CHECK;
/* "-due_on" -> field and direction. */
bool record_parse_sort(const struct record_type *type, struct str text, size_t *field_out,
		       bool *descending_out, struct error *error) MUST_CHECK;
bool record_list(struct record_store *store, const struct record_type *type,
		 const struct record_list_options *options, struct record_page *page_out,
		 struct error *error) MUST_CHECK;

/* ---- Changing. errors holds what validation found when the call fails with "record.invalid". */
bool record_create(struct record_store *store, struct record *record, struct field_errors *errors,
		   struct error *error) MUST_CHECK;
/* record->version must be the stored one: else ERROR_CONFLICT "record.stale". */
bool record_update(struct record_store *store, struct record *record, struct field_errors *errors,
		   struct error *error) MUST_CHECK;
bool record_delete(struct record_store *store, struct record *record,
		   struct error *error) MUST_CHECK;
/* Guard, state, effect, save, tasks; comment may be NULL. */
bool record_make_step(struct record_store *store, struct record *record, const char *step,
		      const char *comment, struct field_errors *errors,
		      struct error *error) MUST_CHECK;
/* The steps the actor may make from the record's state; guards are not asked. */
size_t record_steps(const struct record_store *store, const struct record *record,
		    const struct transition **steps_out, size_t room);

/* ---- Beside the row. */
struct record_change {
	int64_t version, at, user_id;
	const char *action, *field, *old_value, *new_value, *request_id;
};
bool record_history(struct record_store *store, const struct record *record,
		    struct record_change **changes_out, size_t *count_out,
		    struct error *error) MUST_CHECK; /* newest first */
struct record_comment {
	int64_t id, at, user_id;
	const char *text;
};
bool record_comment_add(struct record_store *store, const struct record *record, struct str text,
			struct error *error) MUST_CHECK;
bool record_comments(struct record_store *store, const struct record *record,
		     struct record_comment **comments_out, size_t *count_out,
		     struct error *error) MUST_CHECK;
struct record_file {
	int64_t id, at, user_id, size;
	const char *field, *name, *media_type, *sha256;
};
/* The content is already in DATA/files (api/upload): this is the row about it. */
bool record_file_add(struct record_store *store, const struct record *record,
		     struct record_file *file, struct error *error) MUST_CHECK;
bool record_files(struct record_store *store, const struct record *record,
		  struct record_file **files_out, size_t *count_out,
		  struct error *error) MUST_CHECK;

/* 待办: what waits for the actor. */
struct record_task {
	const struct record_type *type;
	int64_t record_id, since;
	const char *title, *state;
	const struct transition *steps[8]; /* that the actor may make */
	size_t step_count;
	date due; /* the nearest reminder's date, or DATE_NONE */
};
bool record_tasks(struct record_store *store, size_t limit, struct record_task **tasks_out,
		  size_t *count_out, struct error *error) MUST_CHECK;

/* ---- From the tables. */
/* DDL of one type, with {ID} for the id column. */
void record_write_ddl(const struct record_type *type, struct strbuf *sql_out);
/* Appends the condition (on columns of the type's table, alias t) under which the actor may do the
   action, with parameters from *param_count on. Nothing allowed: "FALSE". */
enum { RECORD_PARAMS_MAX = 64 };
struct record_sql {
	struct strbuf text;
	struct db_param params[RECORD_PARAMS_MAX];
	size_t param_count;
};
void record_add_scope(struct record_sql *sql, const struct record_store *store,
		      const struct record_type *type, const char *action);

#endif
