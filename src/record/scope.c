/* Grants as a condition of SQL, and the same of a row in memory. */
#include "record/record_internal.h"

static bool is_for(const struct grant *grant, const struct actor *actor, const char *action)
{
	return (grant->roles & actor->roles) != 0 && strcmp(grant->action, action) == 0;
}

static bool hides_a_used_field(const struct grant *grant, const struct record_type *type,
			       const size_t *uses)
{
	for (; grant->hides && uses && *uses != SIZE_MAX; uses++) {
		const char *name = *uses < type->field_count ? type->fields[*uses].name
							     : base_field_name(*uses);

		if (name && strcmp(name, "created_by") == 0)
			name = "organisation_id";
		if (name && name_is_listed(grant->hides, str_of(name)))
			return true;
	}
	return false;
}

/* ---- As SQL. The actor's own numbers are parameters, each at most once. */
static void add_once(struct record_sql *sql, size_t *at, struct db_param param)
{
	if (*at) {
		sql_add(sql, "$%zu", *at);
		return;
	}
	sql_add_param(sql, param);
	*at = sql->param_count;
}

/* '0' follows '/'. */
const char *path_end(struct arena *arena, const char *path)
{
	size_t length = strlen(path);
	char *end = arena_copy(arena, path, length);

	if (length)
		end[length - 1] = '0';
	return end;
}

static const struct field *assigned_field(const struct record_type *type, const struct grant *grant)
{
	size_t at = grant->field ? record_field_find(type, str_of(grant->field)) : SIZE_MAX;

	return at == SIZE_MAX ? NULL : &type->fields[at];
}

static void add_assigned(struct record_sql *sql, const struct record_store *store,
			 const struct field *field)
{
	const struct actor *actor = store->actor;

	if (!field || !actor->user_id) {
		sql_add(sql, "FALSE");
	} else if (field->kind == FIELD_ORGANISATION) {
		sql_add(sql, "t.\"%s\" = ", field->name);
		add_once(sql, &sql->organisation_at, DB_INT(actor->organisation_id));
	} else if (field->kind == FIELD_REFS) {
		sql_add(sql, "t.\"%s\" LIKE ", field->name);
		sql_add_param(sql, DB_CSTR(arena_printf(store->arena, "%%,%lld,%%",
							(long long)actor->user_id)));
	} else {
		sql_add(sql, "t.\"%s\" = ", field->name);
		add_once(sql, &sql->user_at, DB_INT(actor->user_id));
	}
}

static void add_below(struct record_sql *sql, const struct record_store *store)
{
	const char *path = store->actor->organisation_path;

	if (!path || !*path) {
		sql_add(sql, "FALSE");
		return;
	}
	sql_add(sql, "t.organisation_id IN (SELECT id FROM organisation WHERE path >= ");
	add_once(sql, &sql->path_from_at, DB_CSTR(path));
	sql_add(sql, " AND path < ");
	add_once(sql, &sql->path_to_at, DB_CSTR(path_end(store->arena, path)));
	sql_add(sql, ")");
}

static void add_scope(struct record_sql *sql, const struct record_store *store,
		      const struct record_type *type, const struct grant *grant)
{
	const struct actor *actor = store->actor;

	switch (grant->scope) {
	case SCOPE_OWN:
		if (actor->user_id) {
			sql_add(sql, "t.created_by = ");
			add_once(sql, &sql->user_at, DB_INT(actor->user_id));
		} else {
			sql_add(sql, "FALSE");
		}
		break;
	case SCOPE_ASSIGNED:
		add_assigned(sql, store, assigned_field(type, grant));
		break;
	case SCOPE_ORGANISATION:
		sql_add(sql, "t.organisation_id = ");
		add_once(sql, &sql->organisation_at, DB_INT(actor->organisation_id));
		break;
	case SCOPE_BELOW:
		add_below(sql, store);
		break;
	case SCOPE_ALL:
	default:
		sql_add(sql, "TRUE");
	}
}

static void add_states(struct record_sql *sql, const char *states)
{
	struct str rest = str_of(states), part;
	bool first = true;

	sql_add(sql, " AND t.state IN (");
	while (str_split(&rest, STR(","), &part))
		if (part.size) {
			sql_add(sql, "%s'%.*s'", first ? "" : ", ", STR_ARGS(part));
			first = false;
		}
	sql_add(sql, ")");
}

void scope_add(struct record_sql *sql, const struct record_store *store,
	       const struct record_type *type, const char *action, const size_t *uses)
{
	size_t count = 0;

	if (store->actor->is_operator) {
		sql_add(sql, "TRUE");
		return;
	}
	sql_add(sql, "(");
	for (const struct grant *grant = type->grants; grant->roles; grant++) {
		if (!is_for(grant, store->actor, action) || hides_a_used_field(grant, type, uses))
			continue;
		sql_add(sql, count++ ? " OR (" : "(");
		add_scope(sql, store, type, grant);
		if (grant->states)
			add_states(sql, grant->states);
		sql_add(sql, ")");
	}
	sql_add(sql, count ? ")" : "FALSE)");
}

/* ---- In memory. */
static bool is_assigned(const struct record *record, const struct actor *actor,
			const struct grant *grant)
{
	const struct field *field = assigned_field(record->type, grant);
	size_t at = field ? (size_t)(field - record->type->fields) : 0;
	char number[24];

	if (!field || !actor->user_id || !record_is_set(record, at))
		return false;
	if (field->kind == FIELD_ORGANISATION)
		return record_integer(record, at) == actor->organisation_id;
	if (field->kind != FIELD_REFS)
		return record_integer(record, at) == actor->user_id;
	snprintf(number, sizeof(number), "%lld", (long long)actor->user_id);
	return name_is_listed(record_text(record, at), str_of(number));
}

static bool is_in_scope(const struct actor *actor, const struct record *record,
			const struct grant *grant)
{
	const char *path = actor->organisation_path;

	switch (grant->scope) {
	case SCOPE_OWN:
		return actor->user_id && record->created_by == actor->user_id;
	case SCOPE_ASSIGNED:
		return is_assigned(record, actor, grant);
	case SCOPE_ORGANISATION:
		return record->organisation_id == actor->organisation_id;
	case SCOPE_BELOW:
		return path && *path && record->organisation_path &&
		       strncmp(record->organisation_path, path, strlen(path)) == 0;
	case SCOPE_ALL:
	default:
		return true;
	}
}

static bool holds(const struct record_store *store, const struct record *record,
		  const struct grant *grant, const char *action, const char *state)
{
	return is_for(grant, store->actor, action) &&
	       (!grant->states || name_is_listed(grant->states, str_of(state))) &&
	       is_in_scope(store->actor, record, grant);
}

bool scope_allows(const struct record_store *store, const struct record *record, const char *action,
		  const char *state)
{
	if (store->actor->is_operator)
		return true;
	for (const struct grant *grant = record->type->grants; grant->roles; grant++)
		if (holds(store, record, grant, action, state))
			return true;
	return false;
}

bool scope_hid(const struct record_store *store, const struct record *record, const char *field,
	       const char *state)
{
	if (store->actor->is_operator)
		return false;
	for (const struct grant *grant = record->type->grants; grant->roles; grant++)
		if (holds(store, record, grant, "read", state) &&
		    !name_is_listed(grant->hides, str_of(field)))
			return false;
	return true;
}

bool scope_hides(const struct record_store *store, const struct record *record, const char *field)
{
	return scope_hid(store, record, field, record->state);
}

bool record_may(const struct record_store *store, const struct record_type *type,
		const char *action)
{
	if (store->actor->is_operator)
		return true;
	for (const struct grant *grant = type->grants; grant->roles; grant++)
		if (is_for(grant, store->actor, action))
			return true;
	return false;
}
