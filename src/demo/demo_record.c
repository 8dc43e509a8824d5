/* One record of data/demo: who makes it, its fields, its steps. */
#include "auth/digest.h"
#include "base/file.h"
#include "demo/demo_workspace_internal.h"
#include "record/beside.h"
#include "types/types.h"

static const struct actor operator_actor = { .is_operator = true, .organisation_path = "/" };

/* An hour of the working day in China. */
enum { HOUR_MS = 3600 * 1000, WORKING_HOUR = 10, CHINA_HOURS = 8 };
#define DAY_MS ((int64_t)24 * HOUR_MS)

/* Keys of a table that are no fields of its record. */
static const char not_fields[] = ",key,in,by,each,steps,role,on,every,names,take,of,shared,centre,";

const struct demo_named *demo_find_named(const struct demo_making *making, struct str name)
{
	for (size_t i = 0; i < making->named.count; i++)
		if (str_equal(LIST_AT(&making->named, struct demo_named, i).name, name))
			return &LIST_AT(&making->named, struct demo_named, i);
	return NULL;
}

bool demo_wrong(const struct demo_making *making, struct str what, struct error *error)
{
	return error_set_at(error, ERROR_CORRUPT, "demo.vocabulary", making->table->line,
			    "workspace: %.*s", STR_ARGS(what));
}

bool demo_need_named(const struct demo_making *making, struct str name,
		     const struct demo_named **named_out, struct error *error)
{
	*named_out = demo_find_named(making, name);
	return *named_out != NULL || demo_wrong(making, name, error);
}

/* The expanded text of a key; empty when it is missing. */
bool demo_read_key(const struct demo_making *making, const char *key, struct str *text_out,
		   struct error *error)
{
	return demo_expand(making, toml_text(making->table, key), text_out, error);
}

/* ---- One record. */

/* A refused record is a mistake in the file: the first field at fault is named. */
static bool explain(const struct demo_making *making, const struct record *record,
		    const struct field_errors *errors, struct error *error)
{
	const struct field_error *first = &errors->items[0];
	const char *type = record->type->name;

	if (errors->count == 0 && error->kind == ERROR_INVALID)
		return demo_wrong(making,
				  str_of(arena_printf(making->site->arena, "%s %s %s", type,
						      error->key, error->detail)),
				  error);
	if (errors->count == 0)
		return false;
	return demo_wrong(making,
			  str_of(arena_printf(making->site->arena, "%s.%s %s %s", type,
					      first->field, first->key, first->detail)),
			  error);
}

static bool value_text(const struct demo_making *making, const struct toml_value *value,
		       struct str *text_out, struct error *error)
{
	struct strbuf list = STRBUF_INIT;

	if (value->kind == TOML_STRING)
		return demo_expand(making, value->text, text_out, error);
	if (value->kind == TOML_INTEGER)
		strbuf_addf(&list, "%lld", (long long)value->integer);
	for (size_t i = 0; value->kind == TOML_ARRAY && i < value->item_count; i++) {
		strbuf_add_str(&list, value->items[i]);
		strbuf_add_byte(&list, ',');
	}
	*text_out = str_copy(making->site->arena, strbuf_str(&list));
	strbuf_release(&list);
	return true;
}

bool demo_set_fields(struct demo_making *making, struct record *record, struct error *error)
{
	for (size_t i = 0; i < making->table->value_count; i++) {
		const struct toml_value *value = &making->table->values[i];
		struct field_errors errors = { 0 };
		struct str text;

		if (name_is_listed(not_fields, value->key))
			continue;
		if (!value_text(making, value, &text, error))
			return false;
		if (!record_apply(&making->store, record, value->key, text, &errors))
			return explain(making, record, &errors, error);
	}
	return true;
}

bool demo_insert(struct demo_making *making, struct record *record, struct error *error)
{
	struct field_errors errors = { 0 };

	if (record_create(&making->store, record, &errors, error))
		return true;
	return explain(making, record, &errors, error);
}

void demo_set_day(struct demo_making *making, date day)
{
	int64_t at = day * DAY_MS + (WORKING_HOUR - CHINA_HOURS) * HOUR_MS;

	making->store.today = day < making->site->today ? day : making->site->today;
	making->store.now_ms = at < making->site->now_ms ? at : making->site->now_ms;
	if (day >= making->site->today)
		making->store.now_ms = making->site->now_ms;
	making->auth.now_ms = making->site->now_ms;
}

void demo_act_as_operator(struct demo_making *making)
{
	making->store.actor = &operator_actor;
	making->auth.user_id = 0;
}

bool demo_act_as(struct demo_making *making, struct str login, struct error *error)
{
	const struct demo_named *person;

	if (!demo_need_named(making, login, &person, error))
		return false;
	making->store.actor = person->actor ? person->actor : &operator_actor;
	making->auth.user_id = making->store.actor->user_id;
	return person->actor != NULL || demo_wrong(making, login, error);
}

bool demo_set(struct demo_making *making, struct record *record, const char *field, struct str text,
	      struct error *error)
{
	struct field_errors errors = { 0 };

	return record_apply(&making->store, record, str_of(field), text, &errors) ||
	       explain(making, record, &errors, error);
}

bool demo_update(struct demo_making *making, struct record *record, struct error *error)
{
	struct field_errors errors = { 0 };

	return record_update(&making->store, record, &errors, error) ||
	       explain(making, record, &errors, error);
}

bool demo_step(struct demo_making *making, struct record *record, struct str step,
	       struct str comment, struct error *error)
{
	struct field_errors errors = { 0 };

	return record_make_step(&making->store, record, step, comment, &errors, error) ||
	       explain(making, record, &errors, error);
}

struct demo_named *demo_add_named(struct demo_making *making, struct str name, int64_t id)
{
	struct demo_named *named = list_add(&making->named);

	*named = (struct demo_named){ .name = name, .id = id };
	return named;
}

bool demo_begin_record(struct demo_making *making, struct record *record, struct error *error)
{
	const struct demo_named *owner;
	struct str by, in;

	if (!demo_read_key(making, "by", &by, error))
		return false;
	if (by.size)
		return demo_act_as(making, by, error);
	demo_act_as_operator(making);
	if (!demo_read_key(making, "in", &in, error) || !demo_need_named(making, in, &owner, error))
		return false;
	record->organisation_id = owner->id;
	return true;
}

/* DATA/files/ab/cdef…, by its SHA-256. */
static bool keep_content(struct demo_making *making, struct str content, struct record_file *file,
			 struct error *error)
{
	struct arena *arena = making->store.arena;
	char hex[DIGEST_HEX_SIZE];
	const char *folder;

	digest_hex(AUDIT_SHA256, content, hex);
	file->sha256 = arena_copy(arena, hex, strlen(hex));
	file->size = (int64_t)content.size;
	folder = arena_printf(arena, "%s/files/%.2s", library_folder(making->site->library), hex);
	return file_make_folder(folder, error) &&
	       file_write_atomic(file_join(arena, folder, hex + 2), content, error);
}

bool demo_attach(struct demo_making *making, struct record *record, const char *field,
		 const char *name, struct str content, struct error *error)
{
	struct record_file file = { .field = field, .name = name, .media_type = "text/plain" };

	return keep_content(making, content, &file, error) &&
	       record_file_add(&making->store, record, &file, error) &&
	       demo_set(making, record, field,
			str_of(arena_printf(making->store.arena, "%lld", (long long)file.id)),
			error);
}

/* ":result text" sets a field, "@evidence NAME.txt text" one that is a file. */
static bool change(struct demo_making *making, struct record *record, struct str step,
		   struct str text, struct error *error)
{
	const char *field = str_to_cstr(making->store.arena, str_slice(step, 1, step.size));
	struct str name;

	if (step.data[0] == ':')
		return demo_set(making, record, field, text, error) &&
		       demo_update(making, record, error);
	if (!str_split(&text, STR(" "), &name))
		return demo_wrong(making, step, error);
	return demo_attach(making, record, field, str_to_cstr(making->store.arena, name), text,
			   error) &&
	       demo_update(making, record, error);
}

/* "login step comment"; a step that begins with ':' or '@' is a field that is changed. */
bool demo_perform(struct demo_making *making, struct record *record, struct str text,
		  struct error *error)
{
	struct str login, step;

	if (!demo_expand(making, text, &text, error))
		return false;
	if (!str_split(&text, STR(" "), &login) || !str_split(&text, STR(" "), &step))
		return demo_wrong(making, text, error);
	if (!demo_act_as(making, login, error))
		return false;
	if (str_starts_with(step, STR(":")) || str_starts_with(step, STR("@")))
		return change(making, record, step, text, error);
	return demo_step(making, record, step, text, error);
}

/* Record by its table: made, named, counted. */
bool demo_make_record(struct demo_making *making, const struct record_type *type,
		      struct record **record_out, struct error *error)
{
	struct record *record = *record_out = record_new(&making->store, type);
	struct str key;

	if (!demo_begin_record(making, record, error) || !demo_set_fields(making, record, error) ||
	    !demo_insert(making, record, error) || !demo_read_key(making, "key", &key, error))
		return false;
	making->records++;
	if (key.size)
		demo_add_named(making, key, record->id);
	return true;
}
