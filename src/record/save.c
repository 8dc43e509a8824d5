/* Changing rows: create, update, delete, steps. */
#include "record/record_internal.h"
#include "record/secret.h"

static bool forbidden(const struct record *record, const char *action, struct error *error)
{
	return error_set(error, ERROR_FORBIDDEN, "record.forbidden", "%s %s", record->type->name,
			 action);
}

/* ---- Values as they are stored. */
/* Seals plain sensitive values; masked ones are taken from the stored row. */
static bool seal_values(struct record_store *store, const struct record *old, struct record *record,
			struct error *error)
{
	for (size_t i = 0; i < record->type->field_count; i++) {
		struct value *value = &record->values[i];

		if (value->is_masked && old) {
			*value = old->values[i];
			continue;
		}
		if (!(record->type->fields[i].flags & FIELD_SENSITIVE) || value->is_null ||
		    value->is_sealed)
			continue;
		if (!store->key)
			return error_set(error, ERROR_IO, "record.no_key", "%s",
					 record->type->fields[i].name);
		value->text = secret_seal(store->key, store->arena, str_of(value->text));
		value->is_sealed = true;
	}
	return true;
}

static bool insert_row(struct record_store *store, struct record *record, struct error *error)
{
	const struct record_type *type = record->type;
	struct record_sql *sql = sql_new(store);
	const struct db_param base[] = {
		DB_INT(record->version),         DB_CSTR(record->state),
		DB_INT(record->organisation_id), DB_INT(record->created_by),
		DB_INT(record->created_at),      DB_INT(record->updated_by),
		DB_INT(record->updated_at),
	};

	sql_add(sql,
		"INSERT INTO \"%s\" (version, state, organisation_id, created_by, created_at, "
		"updated_by, updated_at",
		type->name);
	for (size_t i = 0; i < type->field_count; i++)
		sql_add(sql, ", \"%s\"", type->fields[i].name);
	sql_add(sql, ") VALUES (");
	for (size_t i = 0; i < sizeof(base) / sizeof(base[0]); i++) {
		sql_add(sql, i ? ", " : "");
		sql_add_param(sql, base[i]);
	}
	for (size_t i = 0; i < type->field_count; i++) {
		sql_add(sql, ", ");
		sql_add_param(sql, value_param(&type->fields[i], &record->values[i]));
	}
	sql_add(sql, ") RETURNING id");
	return sql_execute(store, sql, &record->id, error);
}

/*
 * Writes all columns where the stored row has the old version and, with an action, its grants hold.
 * No such row: somebody was faster.
 */
static bool update_row(struct record_store *store, const struct record *record, int64_t version,
		       const char *action, struct error *error)
{
	const struct record_type *type = record->type;
	struct record_sql *sql = sql_new(store);
	int64_t done;

	sql_add(sql, "UPDATE \"%s\" AS t SET version = ", type->name);
	sql_add_param(sql, DB_INT(record->version));
	sql_add(sql, ", state = ");
	sql_add_param(sql, DB_CSTR(record->state));
	sql_add(sql, ", organisation_id = ");
	sql_add_param(sql, DB_INT(record->organisation_id));
	sql_add(sql, ", updated_by = ");
	sql_add_param(sql, DB_INT(record->updated_by));
	sql_add(sql, ", updated_at = ");
	sql_add_param(sql, DB_INT(record->updated_at));
	for (size_t i = 0; i < type->field_count; i++) {
		sql_add(sql, ", \"%s\" = ", type->fields[i].name);
		sql_add_param(sql, value_param(&type->fields[i], &record->values[i]));
	}
	sql_add(sql, " WHERE t.id = ");
	sql_add_param(sql, DB_INT(record->id));
	sql_add(sql, " AND t.version = ");
	sql_add_param(sql, DB_INT(version));
	if (action) {
		sql_add(sql, " AND ");
		scope_add(sql, store, type, action, NULL);
	}
	sql_add(sql, " RETURNING id");
	if (!sql_execute(store, sql, &done, error))
		return false;
	if (!done)
		return error_set(error, ERROR_CONFLICT, "record.stale", "%s %lld", type->name,
				 (long long)record->id);
	return true;
}

/* Computed fields, then validation. What before_save refuses stands beside the other errors. */
static bool prepare(struct record_store *store, const struct record *old, struct record *record,
		    struct field_errors *errors, struct error *error)
{
	bool is_good;

	if (!references_are_readable(store, old, record, &is_good, error))
		return false;
	if (is_good && record->type->before_save &&
	    !record->type->before_save(record, store, error)) {
		if (error->kind != ERROR_INVALID)
			return false;
		field_errors_add(errors, error->field ? error->field : "", error->key,
				 str_of(error->detail));
	}
	return validate_change(store, old, record, errors, error) &&
	       seal_values(store, old, record, error);
}

/* The stored row, without hiding anything, when the actor may read it. */
static bool stored_row(struct record_store *store, const struct record *record,
		       struct record **old_out, struct error *error)
{
	bool exists;

	if (!record_exists(store, record->type, record->id, &exists, error))
		return false;
	if (!exists)
		return error_set(error, ERROR_NOT_FOUND, "record.missing", "%s %lld",
				 record->type->name, (long long)record->id);
	return record_load(store, record->type, record->id, old_out, error);
}

static bool is_current(const struct record *old, const struct record *record, struct error *error)
{
	if (old->version == record->version)
		return true;
	return error_set(error, ERROR_CONFLICT, "record.stale", "%s %lld", record->type->name,
			 (long long)record->id);
}

static void stamp(const struct record_store *store, struct record *record, int64_t version)
{
	record->version = version;
	record->updated_by = store->actor->user_id;
	record->updated_at = store->now_ms;
}

/* ---- Create. */
static bool find_path(struct record_store *store, struct record *record, struct error *error)
{
	static const char select[] = "SELECT path FROM organisation WHERE id = $1";
	struct db_rows *rows;

	record->organisation_path = "";
	if (!db_query(store->db, store->arena, select, DB_WITH(DB_INT(record->organisation_id)),
		      &rows, error))
		return false;
	if (db_next(rows))
		record->organisation_path = str_to_cstr(store->arena, db_text(rows, 0));
	return db_rows_done(rows, error);
}

bool creation_is_granted(struct record_store *store, struct record *record, struct error *error)
{
	if (!record->organisation_id)
		record->organisation_id = store->actor->organisation_id;
	record->created_by = store->actor->user_id;
	return find_path(store, record, error) &&
	       (scope_allows(store, record, "create", record->state) ||
		forbidden(record, "create", error));
}

static bool follow(struct record_store *store, const struct record *old,
		   const struct record *record, struct error *error)
{
	return !store->follow || store->follow(store, old, record, error);
}

/* What after_create computed from the id goes into the same row and version. */
static bool finish_creation(struct record_store *store, struct record *record, struct error *error)
{
	if (!record->type->after_create)
		return true;
	return record->type->after_create(record, store, error) &&
	       seal_values(store, NULL, record, error) &&
	       update_row(store, record, record->version, NULL, error);
}

bool record_create(struct record_store *store, struct record *record, struct field_errors *errors,
		   struct error *error)
{
	const struct change_line line = { .action = "create" };

	record->id = 0;
	record->state = record->type->states[0].value;
	record->created_at = store->now_ms;
	stamp(store, record, 1);
	if (!creation_is_granted(store, record, error) ||
	    !prepare(store, NULL, record, errors, error))
		return false;
	if (!scope_allows(store, record, "create", record->state))
		return forbidden(record, "create", error);
	if (!insert_row(store, record, error) || !finish_creation(store, record, error) ||
	    !history_add(store, record, &line, error) ||
	    !audit_add(store, record, "create", "", error) || !follow(store, NULL, record, error))
		return false;
	record_hide(store, record);
	return true;
}

/* ---- Update. */
static void check_fixed(const struct record *old, const struct record *record,
			struct field_errors *errors)
{
	for (size_t i = 0; i < record->type->field_count; i++) {
		const struct field *field = &record->type->fields[i];

		if ((field->flags & FIELD_FIXED) && !record->values[i].is_masked &&
		    !value_is_same(field, &old->values[i], &record->values[i]))
			field_errors_add(errors, field->name, "record.fixed", STR_EMPTY);
	}
}

/* What no form changes. */
static void keep_base(const struct record *old, struct record *record)
{
	record->state = old->state;
	record->organisation_id = old->organisation_id;
	record->organisation_path = old->organisation_path;
	record->created_by = old->created_by;
	record->created_at = old->created_at;
	record->updated_by = old->updated_by;
	record->updated_at = old->updated_at;
	for (size_t i = 0; i < record->type->field_count; i++)
		if (record->values[i].is_masked)
			record->values[i] = old->values[i];
}

/* Validates, writes, tells the history. scope: the action whose grants must hold, or NULL. */
static bool save_change(struct record_store *store, const struct record *old, struct record *record,
			const char *action, const char *scope, struct field_errors *errors,
			struct error *error)
{
	size_t count;

	if (!prepare(store, old, record, errors, error))
		return false;
	stamp(store, record, old->version + 1);
	if (!history_add_differences(store, old, record, action, &count, error))
		return false;
	if (!count && scope && strcmp(scope, "update") != 0) { /* a step that stays in its state */
		const struct change_line line = { action, "state", old->state, record->state };

		if (!history_add(store, record, &line, error))
			return false;
	} else if (!count) {
		stamp(store, record, old->version);
		record->updated_by = old->updated_by;
		record->updated_at = old->updated_at;
		return true;
	}
	return update_row(store, record, old->version, scope, error) &&
	       (!record->type->after_update || record->type->after_update(record, store, error)) &&
	       audit_add(store, record, action, old->state == record->state ? "" : record->state,
			 error) &&
	       follow(store, old, record, error);
}

bool record_update(struct record_store *store, struct record *record, struct field_errors *errors,
		   struct error *error)
{
	struct record *old;

	if (!stored_row(store, record, &old, error))
		return false;
	if (!scope_allows(store, old, "update", old->state))
		return forbidden(record, "update", error);
	if (!is_current(old, record, error))
		return false;
	check_fixed(old, record, errors);
	keep_base(old, record);
	if (!save_change(store, old, record, "update", "update", errors, error))
		return false;
	record_hide(store, record);
	return true;
}

bool record_save_for(struct record_store *store, struct record *record, const char *action,
		     struct field_errors *errors, struct error *error)
{
	struct record_store operators = *store;
	struct actor actor = *store->actor;
	struct record *old;

	actor.is_operator = true;
	operators.actor = &actor;
	if (!record_load(&operators, record->type, record->id, &old, error) ||
	    !is_current(old, record, error))
		return false;
	return save_change(&operators, old, record, action, NULL, errors, error);
}

/* ---- Delete. */
static bool delete_beside(struct record_store *store, const struct record *record,
			  struct error *error)
{
	static const char *const statements[] = {
		"DELETE FROM record_comment WHERE type = $1 AND record_id = $2",
		"DELETE FROM record_file WHERE type = $1 AND record_id = $2",
	};

	for (size_t i = 0; i < sizeof(statements) / sizeof(statements[0]); i++)
		if (!db_execute(store->db, statements[i],
				DB_WITH(DB_CSTR(record->type->name), DB_INT(record->id)), error))
			return false;
	return true;
}

static bool delete_row(struct record_store *store, const struct record *record, struct error *error)
{
	struct record_sql *sql = sql_new(store);
	int64_t done;

	sql_add(sql, "DELETE FROM \"%s\" AS t WHERE t.id = ", record->type->name);
	sql_add_param(sql, DB_INT(record->id));
	sql_add(sql, " AND t.version = ");
	sql_add_param(sql, DB_INT(record->version));
	sql_add(sql, " AND ");
	scope_add(sql, store, record->type, "delete", NULL);
	sql_add(sql, " RETURNING id");
	if (sql_execute(store, sql, &done, error))
		return done || error_set(error, ERROR_CONFLICT, "record.stale", "%s %lld",
					 record->type->name, (long long)record->id);
	if (error->kind == ERROR_CONFLICT)
		return error_set(error, ERROR_CONFLICT, "record.referenced", "%s %lld",
				 record->type->name, (long long)record->id);
	return false;
}

bool record_delete(struct record_store *store, struct record *record, struct error *error)
{
	struct record *old, *empty = record_new(store, record->type);
	size_t count;

	if (!stored_row(store, record, &old, error))
		return false;
	if (!scope_allows(store, old, "delete", old->state))
		return forbidden(record, "delete", error);
	if (!is_current(old, record, error))
		return false;
	*empty = (struct record){ .type = old->type,
				  .id = old->id,
				  .version = old->version + 1,
				  .state = old->state,
				  .values = empty->values };
	return history_add_differences(store, old, empty, "delete", &count, error) &&
	       delete_beside(store, old, error) && delete_row(store, old, error) &&
	       audit_add(store, old, "delete", "", error);
}

/* ---- Steps. */
static const struct transition *find_step(const struct record *record, struct str name)
{
	const struct transition *step = record->type->transitions;

	for (; step && step->name; step++)
		if (str_equal_cstr(name, step->name) && strcmp(step->from, record->state) == 0)
			return step;
	return NULL;
}

static bool may_step(struct record_store *store, const struct record *record,
		     const struct record *old, const struct transition *step, struct str name,
		     struct error *error)
{
	if (!step)
		return error_set(error, ERROR_CONFLICT, "record.no_step", "%.*s (%s)",
				 STR_ARGS(str_slice(name, 0, 40)), old->state);
	if (!scope_allows(store, old, step->name, old->state))
		return forbidden(record, step->name, error);
	return is_current(old, record, error);
}

/* A guard or effect that refuses over a field tells the form which. */
static bool refuse(struct field_errors *errors, struct error *error)
{
	if (error->kind == ERROR_INVALID)
		field_errors_add(errors, error->field ? error->field : "", error->key,
				 str_of(error->detail));
	return false;
}

static bool make_step(struct record_store *store, const struct record *old, struct record *record,
		      const struct transition *step, struct str comment,
		      struct field_errors *errors, struct error *error)
{
	if (step->wants_comment && !str_trim(comment).size) {
		field_errors_add(errors, "comment", "record.required", STR_EMPTY);
		return error_set(error, ERROR_INVALID, "record.invalid", "1");
	}
	if (step->guard && !step->guard(record, store, error))
		return refuse(errors, error);
	record->state = step->to;
	if (step->effect && !step->effect(record, store, error))
		return refuse(errors, error);
	if (!save_change(store, old, record, step->name, step->name, errors, error))
		return false;
	return !str_trim(comment).size || comment_insert(store, record, step->name, comment, error);
}

bool record_make_step(struct record_store *store, struct record *record, struct str step,
		      struct str comment, struct field_errors *errors, struct error *error)
{
	const struct transition *transition;
	struct record *old, *changed;

	if (!stored_row(store, record, &old, error))
		return false;
	transition = find_step(old, step);
	if (!may_step(store, record, old, transition, step, error) ||
	    !record_load(store, record->type, record->id, &changed, error) ||
	    !make_step(store, old, changed, transition, comment, errors, error))
		return false;
	*record = *changed;
	record_hide(store, record);
	return true;
}

size_t record_steps(const struct record_store *store, const struct record *record,
		    const struct transition **steps_out, size_t room)
{
	const struct transition *step = record->type->transitions;
	size_t count = 0;

	for (; step && step->name && count < room; step++)
		if (strcmp(step->from, record->state) == 0 &&
		    scope_allows(store, record, step->name, record->state))
			steps_out[count++] = step;
	return count;
}

bool record_may_on(const struct record_store *store, const struct record *record,
		   const char *action)
{
	return scope_allows(store, record, action, record->state);
}

bool record_unmask(struct record_store *store, struct record *record, struct error *error)
{
	struct record *stored;

	if (!stored_row(store, record, &stored, error))
		return false;
	if (!scope_allows(store, stored, "unmask", stored->state))
		return forbidden(record, "unmask", error);
	for (size_t i = 0; i < record->type->field_count; i++) {
		struct value *value = &record->values[i];
		struct str plain;

		if (!value->is_masked || !stored->values[i].is_sealed ||
		    scope_hides(store, stored, record->type->fields[i].name))
			continue;
		if (!store->key)
			return error_set(error, ERROR_IO, "record.no_key", "%s",
					 record->type->fields[i].name);
		if (!secret_open(store->key, store->arena, str_of(stored->values[i].text), &plain))
			return error_set(error, ERROR_CORRUPT, "record.unreadable", "%s %lld",
					 record->type->name, (long long)record->id);
		*value = (struct value){ .text = plain.data };
	}
	return audit_add(store, stored, "unmask", "", error);
}
