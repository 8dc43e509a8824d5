#include "record/labels.h"
#include "base/list.h"
#include "base/map.h"
#include "record/record_internal.h"

struct record_labels {
	struct record_store *store;
	struct map *texts; /* struct label_key -> const char *; 0: asked for, none */
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

struct label_key {
	const struct record_type *type;
	int64_t id;
};

static struct str key_bytes(const struct label_key *key)
{
	return (struct str){ (const char *)key, sizeof(*key) };
}

bool record_labels_add_ids(struct record_labels *labels, const struct record_type *type,
			   const int64_t *ids, size_t count, struct error *error)
{
	int64_t *unknown = arena_array(labels->store->arena, int64_t, count + 1);
	struct record_title *titles;
	size_t unknown_count = 0;

	for (size_t i = 0; type && i < count; i++) {
		const struct label_key key = { type, ids[i] };
		bool is_new;

		if (ids[i] <= 0)
			continue;
		map_put(labels->texts, key_bytes(&key), &is_new);
		if (is_new)
			unknown[unknown_count++] = ids[i];
	}
	if (!unknown_count)
		return true;
	if (!record_titles(labels->store, type, unknown, unknown_count, &titles, &count, error))
		return false;
	for (size_t i = 0; i < count; i++) {
		const struct label_key key = { type, titles[i].id };

		*map_put(labels->texts, key_bytes(&key), NULL) = (uintptr_t)titles[i].text;
	}
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

/* Ids by type, so that several fields of users, the owner and the changer are one statement. */
struct wanted {
	const struct record_type *type;
	struct list ids; /* int64_t */
};

static struct list *ids_of(struct list *wanted, const struct record_type *type)
{
	struct wanted *new;

	for (size_t i = 0; i < wanted->count; i++)
		if (LIST_AT(wanted, struct wanted, i).type == type)
			return &LIST_AT(wanted, struct wanted, i).ids;
	new = list_add(wanted);
	*new = (struct wanted){ type, LIST_OF(int64_t) };
	return &new->ids;
}

static void collect_field(struct list *ids, struct record *const *records, size_t count, size_t at)
{
	const struct field *field = &records[0]->type->fields[at];

	for (size_t i = 0; i < count; i++) {
		const struct value *value = &records[i]->values[at];

		if (value->is_null || value->is_masked)
			continue;
		if (field->kind == FIELD_REFS)
			collect_list(ids, value->text);
		else
			*(int64_t *)list_add(ids) = value->integer;
	}
}

/* Owners, then who created and changed. */
static void collect_base(struct list *wanted, struct record *const *records, size_t count)
{
	struct list *owners = ids_of(wanted, record_type_find("organisation")), *users;

	for (size_t i = 0; i < count; i++)
		*(int64_t *)list_add(owners) = records[i]->organisation_id;
	users = ids_of(wanted, record_type_find("user"));
	for (size_t i = 0; i < count; i++) {
		*(int64_t *)list_add(users) = records[i]->created_by;
		*(int64_t *)list_add(users) = records[i]->updated_by;
	}
}

bool record_labels_add(struct record_labels *labels, struct record *const *records, size_t count,
		       struct error *error)
{
	struct list wanted = LIST_OF(struct wanted);
	bool done = true;

	if (!count)
		return true;
	for (size_t i = 0; i < records[0]->type->field_count; i++) {
		const struct record_type *type = type_of_reference(&records[0]->type->fields[i]);

		if (type)
			collect_field(ids_of(&wanted, type), records, count, i);
	}
	collect_base(&wanted, records, count);
	for (size_t i = 0; i < wanted.count; i++) {
		struct wanted *one = &LIST_AT(&wanted, struct wanted, i);

		done = done && record_labels_add_ids(labels, one->type, one->ids.items,
						     one->ids.count, error);
		list_release(&one->ids);
	}
	list_release(&wanted);
	return done;
}

const char *record_labels_find(const struct record_labels *labels, const struct record_type *type,
			       int64_t id)
{
	const struct label_key key = { type, id };
	const uint64_t *text = type ? map_find(labels->texts, key_bytes(&key)) : NULL;

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
