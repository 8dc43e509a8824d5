/* Several persons at work on record types, on every database there is. */
#include "types_fixture.h"

#include "base/list.h"
#include "schema/schema.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <unistd.h>

const char *types_target(size_t i)
{
	if (i == 0)
		return types_database;
	return i == 1 ? getenv("YUCHENG_POSTGRESQL") : NULL;
}

bool types_on_postgresql(const char *name)
{
	return strncmp(name, "postgres", 8) == 0;
}

struct db *types_open(const char *name)
{
	static const char *const ends[] = { "", "-wal", "-shm" };
	struct error error;
	struct db *db;
	char path[80];

	for (size_t i = 0; i < 3 && !types_on_postgresql(name); i++) {
		snprintf(path, sizeof(path), "%s%s", name, ends[i]);
		unlink(path);
	}
	assert_true(db_open(name, &db, &error));
	if (types_on_postgresql(name))
		assert_true(
			db_script(db, "DROP SCHEMA public CASCADE; CREATE SCHEMA public", &error));
	return db;
}

static void office_open(struct desk *office, const char *name)
{
	*office = (struct desk){ .actor = { .is_operator = true, .organisation_path = "/" } };
	office->store = (struct record_store){ .db = types_open(name),
					       .arena = arena_create(1 << 16),
					       .actor = &office->actor,
					       .now_ms = 1767225600000,
					       .today = date_of(2026, 1, 1) };
	assert_true(schema_migrate(office->store.db, &office->error));
}

static void office_close(struct desk *office)
{
	arena_destroy(office->store.arena);
	db_close(office->store.db);
}

struct record *office_make(struct desk *office, const struct record_type *type,
			   int64_t organisation, const char *values)
{
	struct record *record = record_new(&office->store, type);
	struct str rest = str_of(values), part, name;

	office->errors.count = 0;
	record->organisation_id = organisation;
	while (str_split(&rest, STR(";"), &part)) {
		assert_true(str_split(&part, STR("="), &name));
		if (!record_apply(&office->store, record, name, part, &office->errors))
			fail_msg("%.*s: %s", STR_ARGS(name), office->errors.items[0].key);
	}
	return record;
}

int64_t office_add(struct desk *office, const struct record_type *type, int64_t organisation,
		   const char *values)
{
	struct record *record = office_make(office, type, organisation, values);

	if (!record_create(&office->store, record, &office->errors, &office->error))
		return 0;
	return record->id;
}

bool office_refused(const struct desk *office, const char *field, const char *key)
{
	return office->errors.count == 1 && strcmp(office->errors.items[0].field, field) == 0 &&
	       strcmp(office->errors.items[0].key, key) == 0;
}

void office_be(struct desk *office, unsigned roles, int64_t organisation, const char *path,
	       int64_t user)
{
	office->actor = (struct actor){ .roles = roles,
					.organisation_id = organisation,
					.organisation_path = path,
					.user_id = user };
}

bool office_step(struct desk *office, const struct record_type *type, int64_t id, const char *name)
{
	struct record *record;

	office->errors.count = 0;
	return record_find(&office->store, type, id, &record, &office->error) &&
	       record_make_step(&office->store, record, str_of(name), STR("意见"), &office->errors,
				&office->error);
}

void types_on_every_database(void (*test)(struct desk *office))
{
	for (size_t i = 0; types_target(i); i++) {
		struct desk office;

		office_open(&office, types_target(i));
		test(&office);
		office_close(&office);
	}
}

bool office_change(struct desk *office, const struct record_type *type, int64_t id,
		   const char *values)
{
	struct record *record;
	struct str rest = str_of(values), part, name;

	office->errors.count = 0;
	if (!record_find(&office->store, type, id, &record, &office->error))
		return false;
	while (str_split(&rest, STR(";"), &part))
		if (str_split(&part, STR("="), &name) &&
		    !record_apply(&office->store, record, name, part, &office->errors))
			return false;
	return record_update(&office->store, record, &office->errors, &office->error);
}

bool office_sees(struct desk *office, const struct record_type *type, int64_t id)
{
	struct record *record;

	return record_find(&office->store, type, id, &record, &office->error);
}

const char *office_state(struct desk *office, const struct record_type *type, int64_t id)
{
	struct record *record;

	assert_true(record_load(&office->store, type, id, &record, &office->error));
	return record->state;
}
