#ifndef RECORD_RECORD_H
#define RECORD_RECORD_H

#include "base/arena.h"
#include "base/date.h"
#include "base/str.h"
#include "db/db.h"
#include "record/record_type.h"

/*
 * The record machine: rows of record types, read and changed on behalf of an actor. Every function
 * below sees only rows the type's grants let the actor see; every change is validated, versioned,
 * written to the history and the audit log, in the caller's transaction (db_begin … db_commit).
 * Lists are record/list.h, what stands beside a row record/beside.h, Excel record/exchange.h.
 */

/* Who acts. */
struct actor {
	int64_t user_id, organisation_id;
	unsigned roles;                /* ROLE_BIT()s */
	const char *organisation_path; /* "/1/4/9/"; "/" stands above all organisations */
	const char *request_id, *address;
	/* The operator at the console (init, demo, import): every grant holds, in every scope. */
	bool is_operator;
};

/* One line for the audit log about a row. */
struct record_audit {
	const char *action; /* create update delete, a step, unmask, comment, file */
	const char *type;
	int64_t id, version;
	const char *detail; /* names of fields, states */
};

struct secret_key;
struct record_store;
typedef bool record_audit_fn(struct record_store *store, const struct record_audit *line,
			     struct error *error);
/* A row was written, in the same transaction; old NULL: it is new. */
struct record;
typedef bool record_follow_fn(struct record_store *store, const struct record *old,
			      const struct record *record, struct error *error);

/* What the functions below work with; lives as long as a request or a command. */
struct record_store {
	struct db *db;
	struct arena *arena;
	const struct actor *actor;
	int64_t now_ms; /* UTC */
	date today;
	const struct secret_key *key; /* for sensitive fields; NULL: they cannot be set */
	record_audit_fn *audit;       /* in the transaction of the change; NULL: not audited */
	void *audit_context;
	record_follow_fn *follow; /* what other parts make of a change; NULL: nothing */
	void *follow_context;
};

struct value {
	bool is_null;
	bool is_masked;   /* there is a value, which is not shown: text is a mask, "138****5678" */
	bool is_sealed;   /* text is the encrypted value as stored (record_load) */
	int64_t integer;  /* integer kinds, references, files; booleans 0 and 1 */
	const char *text; /* text kinds, choices, dates, lists of references */
};

struct record {
	const struct record_type *type;
	int64_t id, version; /* 0: not stored yet */
	const char *state;
	int64_t organisation_id;       /* the owner; 0 on creation: the actor's */
	const char *organisation_path; /* its path; "" when there is no such organisation */
	int64_t created_by, created_at, updated_by, updated_at; /* users; ms UTC */
	struct value *values;                                   /* one a field */
};

/* ---- In memory. */
struct record *record_new(struct record_store *store, const struct record_type *type);
bool record_is_set(const struct record *record, size_t field);
int64_t record_integer(const struct record *record, size_t field);  /* 0 when not set */
const char *record_text(const struct record *record, size_t field); /* "" when not set */
date record_date(const struct record *record, size_t field);        /* DATE_NONE when not set */
void record_set_integer(struct record *record, size_t field, int64_t value);
void record_set_text(struct record_store *store, struct record *record, size_t field,
		     struct str value); /* an empty text clears */
void record_set_date(struct record_store *store, struct record *record, size_t field, date value);
void record_clear(struct record *record, size_t field);
const char *record_title(const struct record *record); /* the title field's text, or "" */

/* Errors of several fields at once, as a form wants them. */
struct field_error {
	const char *field, *key; /* key of base/messages; detail takes the place of {} */
	char detail[240];
};
enum { FIELD_ERRORS_MAX = 32 }; /* further ones are dropped */
struct field_errors {
	struct field_error items[FIELD_ERRORS_MAX];
	size_t count;
};
void field_errors_add(struct field_errors *errors, const char *field, const char *key,
		      struct str detail);

/*
 * A value as a person or JSON writes it -> *value_out. Dates YYYY-MM-DD, money in 元 with at most
 * two decimals, decimals, yes/no (true false 是 否 1 0), choices by value or label, references by id
 * or "#id" (or by their exact title, when one row the actor may read has it); several by ',' ';' or
 * '、'. An empty text is no value. False: adds to errors.
 */
bool record_parse_value(struct record_store *store, const struct field *field, struct str text,
			struct value *value_out, struct field_errors *errors);
/*
 * Sets a field from outside, by its name. Unknown and computed fields are errors; so is a fixed one
 * of a stored record when the value differs. The mask of a sensitive value leaves it as it is.
 */
bool record_apply(struct record_store *store, struct record *record, struct str name,
		  struct str text, struct field_errors *errors);
/*
 * The value as record_parse_value reads it ("1234.50", "2026-02-28", "a,b", "3,17"), or as shown to
 * a person (choices by label, 是/否); references stay numbers: their titles are record_titles().
 */
struct str record_format_value(struct arena *arena, const struct field *field,
			       const struct value *value);
struct str record_show_value(struct arena *arena, const struct field *field,
			     const struct value *value, enum language language);

/* ---- May the actor do it to any row at all? For menus; single rows are asked below. */
bool record_may(const struct record_store *store, const struct record_type *type,
		const char *action);
/* To this row, as it was read? */
bool record_may_on(const struct record_store *store, const struct record *record,
		   const char *action);

/* ---- Reading. A row the actor may not read is ERROR_NOT_FOUND, as one that is not there. */
bool record_find(struct record_store *store, const struct record_type *type, int64_t id,
		 struct record **record_out, struct error *error) MUST_CHECK;
/* Decrypts the sensitive fields in place. ERROR_FORBIDDEN without the grant "unmask"; audited. */
bool record_unmask(struct record_store *store, struct record *record,
		   struct error *error) MUST_CHECK;
/* Titles of rows, by id; rows the actor may not read are left out. */
struct record_title {
	int64_t id;
	const char *text;
};
bool record_titles(struct record_store *store, const struct record_type *type, const int64_t *ids,
		   size_t count, struct record_title **titles_out, size_t *count_out,
		   struct error *error) MUST_CHECK;

/*
 * For the types' own code only (guards, effects): rows whatever the actor may read, with sensitive
 * values still encrypted. record_load gives ERROR_NOT_FOUND, record_load_where all rows (at most
 * 1,000) whose field is the value.
 */
bool record_load(struct record_store *store, const struct record_type *type, int64_t id,
		 struct record **record_out, struct error *error) MUST_CHECK;
bool record_load_where(struct record_store *store, const struct record_type *type, size_t field,
		       const struct value *value, struct record ***records_out, size_t *count_out,
		       struct error *error) MUST_CHECK;

/* Rows of an organisation whose list of references names the row `id`; at most 1,000. */
bool record_load_naming(struct record_store *store, const struct record_type *type, size_t field,
			int64_t organisation, int64_t id, struct record ***records_out,
			size_t *count_out, struct error *error) MUST_CHECK;

/* Rows whose text field begins with old_prefix get the new one there: for values that are derived
   from another row, so without version and history. Equal prefixes: nothing. */
bool record_replace_prefix(struct record_store *store, const struct record_type *type, size_t field,
			   const char *old_prefix, const char *new_prefix,
			   struct error *error) MUST_CHECK;

/* ---- Changing. errors holds what validation found when the call fails with "record.invalid";
   it is not NULL. Where the row may be read and not changed: ERROR_FORBIDDEN. */
/* Every field against its definition, references against what the actor may read, then
   type->validate. Part of create, update and steps; alone for a form's or an import's dry run. */
bool record_validate(struct record_store *store, const struct record *record,
		     struct field_errors *errors, struct error *error) MUST_CHECK;
bool record_create(struct record_store *store, struct record *record, struct field_errors *errors,
		   struct error *error) MUST_CHECK;
/* record->version must be the stored one: else ERROR_CONFLICT "record.stale". State, owner and
   times are not taken from the record. Nothing changed: nothing is written. */
bool record_update(struct record_store *store, struct record *record, struct field_errors *errors,
		   struct error *error) MUST_CHECK;
/* Referenced by others: ERROR_CONFLICT "record.referenced". The history keeps the values. */
bool record_delete(struct record_store *store, struct record *record,
		   struct error *error) MUST_CHECK;
/* Guard, state, effect, save. The stored values count, not changed ones of *record, which is
   filled anew. comment may be empty where the transition does not want one. */
bool record_make_step(struct record_store *store, struct record *record, struct str step,
		      struct str comment, struct field_errors *errors,
		      struct error *error) MUST_CHECK;
/* The steps the actor may make from the record's state; guards are not asked. Returns how many,
   at most room. */
size_t record_steps(const struct record_store *store, const struct record *record,
		    const struct transition **steps_out, size_t room);

/*
 * For the types' own code: saves a record some other record's step changes (an effect), without
 * asking grants; validated, versioned, written to the history as `action`.
 */
bool record_save_for(struct record_store *store, struct record *record, const char *action,
		     struct field_errors *errors, struct error *error) MUST_CHECK;

#endif
