#include "record/labels.h"
#include "base/list.h"
#include "base/map.h"
#include "record/record_internal.h"

struct record_labels {
	struct record_store *store;
	struct map *texts; /* "user 17" -> const char *; 0: asked for, none */
};

static void release(void *labels)
{
	map_destroy(((struct record_labels *)labels)->texts);
}

struct record_labels *record_labels_create(struct record_store *store)
{
	struct record_labels *labels = arena_new(store->arena, struct record_labels);

	labels->store = store;
	labels->texts = map_create();
	arena_defer(store->arena, release, labels);
	return labels;
}

enum { KEY_SIZE = 80 };

static struct str key_of(char text[KEY_SIZE], const struct record_type *type, int64_t id)
{
	int size = snprintf(text, KEY_SIZE, "%s %lld", type->name, (long long)id);

	return (struct str){ text, (size_t)size };
}

bool record_labels_add_ids(struct record_labels *labels, const struct record_type *type,
			   const int64_t *ids, size_t count, struct error *error)
{
	int64_t *unknown = arena_array(labels->store->arena, int64_t, count + 1);
	struct record_title *titles;
	size_t unknown_count = 0;
	char key[KEY_SIZE];

	for (size_t i = 0; type && i < count; i++) {
		bool is_new;

		if (ids[i] <= 0)
			continue;
		map_put(labels->texts, key_of(key, type, ids[i]), &is_new);
		if (is_new)
			unknown[unknown_count++] = ids[i];
	}
	if (!unknown_count)
		return true;
	if (!record_titles(labels->store, type, unknown, unknown_count, &titles, &count, error))
		return false;
	for (size_t i = 0; i < count; i++)
		*map_put(labels->texts, key_of(key, type, titles[i].id),
			 NULL) = (uintptr_t)titles[i].text;
	return true;
}

static void collect_list(struct list *ids, const char *text)
{
	struct str rest = str_of(text), part;
	int64_t id;

	while (str_split(&rest, STR(","), &part))
		if (str_to_int64(part, &id))
			*(int64_t *)list_add(ids) = id;
}

static bool add_collected(struct record_labels *labels, const struct record_type *type,
			  struct list *ids, struct error *error)
{
	bool done = record_labels_add_ids(labels, type, ids->items, ids->count, error);

	list_release(ids);
	return done;
}

static bool add_field(struct record_labels *labels, struct record *const *records, size_t count,
		      size_t at, struct error *error)
{
	const struct field *field = &records[0]->type->fields[at];
	struct list ids = LIST_OF(int64_t);

	for (size_t i = 0; i < count; i++) {
		const struct value *value = &records[i]->values[at];

		if (value->is_null || value->is_masked)
			continue;
		if (field->kind == FIELD_REFS)
			collect_list(&ids, value->text);
		else
			*(int64_t *)list_add(&ids) = value->integer;
	}
	return add_collected(labels, type_of_reference(field), &ids, error);
}

/* Owners, then who created and changed. */
static bool add_base(struct record_labels *labels, struct record *const *records, size_t count,
		     struct error *error)
{
	struct list owners = LIST_OF(int64_t), users = LIST_OF(int64_t);

	for (size_t i = 0; i < count; i++) {
		*(int64_t *)list_add(&owners) = records[i]->organisation_id;
		*(int64_t *)list_add(&users) = records[i]->created_by;
		*(int64_t *)list_add(&users) = records[i]->updated_by;
	}
	if (!add_collected(labels, record_type_find("organisation"), &owners, error)) {
		list_release(&users);
		return false;
	}
	return add_collected(labels, record_type_find("user"), &users, error);
}

bool record_labels_add(struct record_labels *labels, struct record *const *records, size_t count,
		       struct error *error)
{
	if (!count)
		return true;
	for (size_t i = 0; i < records[0]->type->field_count; i++)
		if (type_of_reference(&records[0]->type->fields[i]) &&
		    !add_field(labels, records, count, i, error))
			return false;
	return add_base(labels, records, count, error);
}

const char *record_labels_find(const struct record_labels *labels, const struct record_type *type,
			       int64_t id)
{
	char key[KEY_SIZE];
	const uint64_t *text = type ? map_find(labels->texts, key_of(key, type, id)) : NULL;

	return text ? (const char *)(uintptr_t)*text : NULL;
}

static void show_one(const struct record_labels *labels, const struct record_type *type, int64_t id,
		     enum language language, struct strbuf *text)
{
	const char *label = record_labels_find(labels, type, id);

	if (text->size)
		strbuf_add_cstr(text, language == LANGUAGE_ZH ? "、" : ", ");
	if (label && *label)
		strbuf_add_cstr(text, label);
	else
		strbuf_addf(text, "#%lld", (long long)id);
}

struct str record_labels_show(const struct record_labels *labels, const struct field *field,
			      const struct value *value, enum language language)
{
	const struct record_type *type = type_of_reference(field);
	struct strbuf text = STRBUF_INIT;
	struct list ids = LIST_OF(int64_t);
	struct str shown;

	if (!type || value->is_null || value->is_masked)
		return record_show_value(labels->store->arena, field, value, language);
	if (field->kind == FIELD_REFS)
		collect_list(&ids, value->text);
	else
		*(int64_t *)list_add(&ids) = value->integer;
	for (size_t i = 0; i < ids.count; i++)
		show_one(labels, type, LIST_AT(&ids, int64_t, i), language, &text);
	shown = str_copy(labels->store->arena, strbuf_str(&text));
	strbuf_release(&text);
	list_release(&ids);
	return shown;
}
