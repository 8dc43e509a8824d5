/* The types themselves: their tables are sound, the database has their columns, their rules hold. */
#include "types_fixture.h"

#include "base/strbuf.h"
#include "record/describe.h"
#include "schema/schema.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

const char types_database[] = "test_types.sqlite";

/* ---- Tables. */
static void add_lines(struct db *db, struct arena *arena, const char *sql, struct strbuf *text)
{
	struct db_rows *rows;
	struct error error;

	if (!db_query(db, arena, sql, DB_WITHOUT, &rows, &error))
		fail_msg("%s %s", error.key, error.detail);
	while (db_next(rows)) {
		struct str table = db_text(rows, 0), rest = db_text(rows, 1);

		if (record_type_find(str_to_cstr(arena, table))) {
			strbuf_add_str(text, table);
			strbuf_addf(text, " %.*s\n", STR_ARGS(rest));
		}
	}
	assert_true(db_rows_done(rows, &error));
}

/* Columns with their types, and unique indexes, of the tables of record types. */
static char *schema_text(struct db *db, struct arena *arena, bool postgresql)
{
	struct strbuf text = STRBUF_INIT;
	char *copy;

	if (postgresql) {
		add_lines(db, arena,
			  "SELECT CAST(table_name AS TEXT), column_name || ' ' || data_type || ' ' "
			  "|| "
			  "is_nullable || ' ' || COALESCE(column_default, '') "
			  "FROM information_schema.columns WHERE table_schema = 'public' "
			  "ORDER BY table_name, column_name",
			  &text);
		add_lines(db, arena,
			  "SELECT CAST(tablename AS TEXT), indexdef FROM pg_indexes WHERE "
			  "indexdef LIKE 'CREATE UNIQUE%' AND indexname NOT LIKE '%pkey%' "
			  "ORDER BY indexname",
			  &text);
	} else {
		add_lines(
			db, arena,
			"SELECT m.name, p.name || ' ' || p.type || ' ' || p.\"notnull\" || ' ' || "
			"COALESCE(p.dflt_value, '') FROM sqlite_master m, "
			"pragma_table_info(m.name) p "
			"WHERE m.type = 'table' ORDER BY m.name, p.name",
			&text);
		add_lines(db, arena,
			  "SELECT tbl_name, sql FROM sqlite_master WHERE type = 'index' AND "
			  "sql LIKE 'CREATE UNIQUE%' ORDER BY name",
			  &text);
	}
	copy = arena_copy(arena, text.data, text.size);
	strbuf_release(&text);
	return copy;
}

static void migrations_give_the_types_tables(void **state)
{
	(void)state;
	for (size_t i = 0; types_target(i); i++) {
		struct arena *arena = arena_create(1 << 16);
		struct strbuf ddl = STRBUF_INIT;
		struct migration migration = { .number = 1 };
		struct db *db = types_open(types_target(i));
		const char *migrated, *made;
		struct error error;
		struct str script;

		if (!schema_migrate(db, &error))
			fail_msg("%s %s", error.key, error.detail);
		migrated = schema_text(db, arena, types_on_postgresql(types_target(i)));
		db_close(db);
		db = types_open(types_target(i));
		for (const struct record_type *const *type = record_types; *type; type++)
			record_write_ddl(*type, &ddl);
		script = strbuf_str(&ddl);
		migration.script = &script;
		assert_true(db_migrate(db, &migration, 1, &error));
		made = schema_text(db, arena, types_on_postgresql(types_target(i)));
		assert_true(strlen(made) > 2000);
		assert_string_equal(migrated, made);
		strbuf_release(&ddl);
		db_close(db);
		arena_destroy(arena);
	}
}

/* What the first schema held is there after the last migration. */
static void old_topics_become_records(void **state)
{
	static const char old_rows[] =
		"INSERT INTO topic (name, purpose, field, query, created_on, updated_on) VALUES "
		"('gone', '', '', '', '2026-01-01', '2026-01-01'), "
		"('专题', '目的', '', 'TI=电池', '2026-01-02', '2026-01-03');"
		"DELETE FROM topic WHERE name = 'gone';"
		"INSERT INTO topic_node SELECT id, 1, 0, 1, '节点', '', 'q' FROM topic;"
		"INSERT INTO topic_log (topic_id, logged_on, source, added, removed, updated, "
		"status_changed) SELECT id, '2026-01-03', 's', 1, 0, 0, 0 FROM topic;"
		"INSERT INTO saved_query (name, text) VALUES ('名', 'TI=x');"
		"INSERT INTO import (file, fingerprint, source, state, rows_done, inserted, "
		"updated, "
		"unchanged, rejected, topic_id, imported_on, message) SELECT 'f', 'p', 's', "
		"'done', 1, 1, "
		"0, 0, 0, id, '2026-01-03', '' FROM topic;";
	static const char together[] =
		"SELECT COUNT(*) FROM topic t JOIN topic_node n ON n.topic_id = t.id "
		"JOIN topic_log l ON l.topic_id = t.id JOIN import i ON i.topic_id = t.id, "
		"saved_query q "
		"WHERE t.name = '专题' AND n.kind = 'effect' AND n.name = '节点' AND "
		"t.organisation_id = 1 "
		"AND q.name = '名' AND t.state = 'active' AND t.version = 1";

	(void)state;
	for (size_t i = 0; types_target(i); i++) {
		struct db *db = types_open(types_target(i));
		struct error error;
		int64_t count;

		assert_true(schema_migrate_to(db, 1, &error));
		assert_true(db_script(db, old_rows, &error));
		assert_true(schema_migrate(db, &error));
		assert_true(db_execute_returning(db, together, DB_WITHOUT, &count, &error));
		assert_int_equal(count, 1);
		assert_true(db_script(db, /* the counter is behind the moved rows */
				      "INSERT INTO topic (name) VALUES ('new')", &error));
		assert_false(schema_migrate_to(db, 1, &error));
		assert_string_equal(error.key, "db.newer");
		db_close(db);
	}
}

/* Users of an agency a study named earlier: the centre reads their agency and their names. */
static void agents_of_studies_become_their_agency(void **state)
{
	static const char old_rows[] =
		"INSERT INTO organisation (name, kind, path) VALUES ('局', 'province_bureau', "
		"'/1/'), "
		"('代理', 'agency', '/1/2/');"
		"INSERT INTO \"user\" (organisation_id, login, name) VALUES (2, 'a', '甲'), "
		"(2, 'b', '丙'), (2, 'c', '乙');"
		"INSERT INTO navigation_study (code, title, part, trigger, used_for, decision, "
		"leader_id, due_on, agents) VALUES "
		"('1', 't', 'research', 'warning', ',layout,', 'd', 1, '2026-01-01', ',1,2,3,'), "
		"('2', 't', 'research', 'warning', ',layout,', 'd', 1, '2026-01-01', ',3,'), "
		"('3', 't', 'research', 'warning', ',layout,', 'd', 1, '2026-01-01', NULL);";
	static const char found[] =
		"SELECT SUM(CASE WHEN code = '1' AND agency_people = '丙、乙、甲' AND agency_id = "
		"2 "
		"THEN 1 WHEN code = '2' AND agency_people = '乙' AND agency_id = 2 THEN 10 "
		"WHEN code = '3' AND agency_people IS NULL AND agency_id IS NULL THEN 100 END) "
		"FROM navigation_study";

	(void)state;
	for (size_t i = 0; types_target(i); i++) {
		struct db *db = types_open(types_target(i));
		struct error error;
		int64_t count;

		assert_true(schema_migrate_to(db, 17, &error));
		if (!db_script(db, old_rows, &error))
			fail_msg("%s %s", error.key, error.detail);
		if (!schema_migrate(db, &error))
			fail_msg("%s %s", error.key, error.detail);
		assert_true(db_execute_returning(db, found, DB_WITHOUT, &count, &error));
		assert_int_equal(count, 111);
		db_close(db);
	}
}

static bool is_name(const char *name)
{
	return strlen(name) < 40 &&
	       strspn(name, "abcdefghijklmnopqrstuvwxyz_0123456789") == strlen(name);
}

/* Grades and indicators are called as the law and the policy call them: S, T1. */
static bool is_choice(const char *value)
{
	return is_name(value) || (value[0] >= 'A' && value[0] <= 'Z' && is_name(value + 1));
}

static bool has_label(struct label label)
{
	return label.zh && *label.zh && label.en && *label.en;
}

static void check_field(const struct field *field)
{
	const unsigned found = FIELD_UNIQUE | FIELD_UNIQUE_EVERYWHERE | FIELD_INDEXED |
			       FIELD_SEARCHED;

	assert_true(is_name(field->name) && has_label(field->label));
	assert_false((field->flags & FIELD_SENSITIVE) && (field->flags & found));
	if (field->flags & (FIELD_SENSITIVE | FIELD_SEARCHED))
		assert_true(field->kind == FIELD_TEXT || field->kind == FIELD_LONG_TEXT);
	assert_int_equal(field->kind == FIELD_CHOICE || field->kind == FIELD_CHOICES,
			 field->choices != NULL);
	assert_int_equal(field->kind == FIELD_REF || field->kind == FIELD_REFS, field->ref != NULL);
	if (field->ref)
		assert_non_null(record_type_find(field->ref));
	for (const struct choice *choice = field->choices; choice && choice->value; choice++)
		assert_true(is_choice(choice->value) && has_label(choice->label));
}

static bool is_action(const struct record_type *type, const char *action)
{
	static const char *const all[] = { "read", "create", "update", "delete", "unmask" };

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if (strcmp(action, all[i]) == 0)
			return true;
	for (const struct transition *step = type->transitions; step && step->name; step++)
		if (strcmp(action, step->name) == 0)
			return true;
	return false;
}

static void check_states(const struct record_type *type, const char *states)
{
	struct str rest = str_of(states), part;

	while (str_split(&rest, STR(","), &part))
		if (part.size && !choice_find(type->states, part))
			fail_msg("%s has no state %.*s", type->name, STR_ARGS(part));
}

static void check_grants(const struct record_type *type)
{
	for (const struct grant *grant = type->grants; grant->roles; grant++) {
		if (!is_action(type, grant->action))
			fail_msg("%s has no action %s", type->name, grant->action);
		check_states(type, grant->states);
		if (grant->scope == SCOPE_ASSIGNED)
			assert_int_not_equal(record_field_find(type, str_of(grant->field)),
					     SIZE_MAX);
		assert_true(!grant->hides || strcmp(grant->action, "read") == 0);
	}
}

static void check_transitions(const struct record_type *type)
{
	for (const struct transition *step = type->transitions; step && step->name; step++) {
		bool is_granted = false;

		assert_true(choice_find(type->states, str_of(step->from)) != NULL);
		assert_true(choice_find(type->states, str_of(step->to)) != NULL);
		assert_true(has_label(step->label));
		for (const struct grant *grant = type->grants; grant->roles; grant++)
			is_granted |= strcmp(grant->action, step->name) == 0;
		if (!is_granted)
			fail_msg("nobody may %s a %s", step->name, type->name);
	}
}

static void tables_are_sound(void **state)
{
	size_t field;
	bool descending;
	struct error error;

	(void)state;
	for (const struct record_type *const *at = record_types; *at; at++) {
		const struct record_type *type = *at;

		assert_true(is_name(type->name) && has_label(type->label));
		assert_ptr_equal(record_type_find(type->name), type);
		for (size_t i = 0; i < type->field_count; i++) {
			check_field(&type->fields[i]);
			assert_int_equal(record_field_find(type, str_of(type->fields[i].name)), i);
		}
		assert_int_not_equal(record_field_find(type, str_of(type->title_field)), SIZE_MAX);
		assert_true(record_parse_sort(type, STR_EMPTY, &field, &descending, &error));
		check_grants(type);
		check_transitions(type);
		for (const struct reminder *r = type->reminders; r && r->field; r++) {
			assert_int_not_equal(record_field_find(type, str_of(r->field)), SIZE_MAX);
			check_states(type, r->states);
		}
	}
}

static void roles_have_their_choices(void **state)
{
	const struct field *field = &membership_type.fields[MEMBERSHIP_ROLES];

	(void)state;
	for (int role = 0; role < ROLE_COUNT; role++) {
		const struct choice *choice = choice_find(field->choices,
							  str_of(role_infos[role].name));

		assert_non_null(choice);
		assert_string_equal(choice->label.zh, role_infos[role].label.zh);
		assert_int_equal(membership_roles(str_of(role_infos[role].name)), BIT(role));
	}
	assert_int_equal(membership_roles(STR(",director,nobody,finance,")),
			 BIT(ROLE_DIRECTOR) | BIT(ROLE_FINANCE));
}

/* ---- Rules. */
static const char *path_of(struct desk *office, int64_t id)
{
	struct record *organisation;

	assert_true(
		record_load(&office->store, &organisation_type, id, &organisation, &office->error));
	assert_int_equal(organisation->organisation_id, id);
	return record_text(organisation, ORGANISATION_PATH);
}

static bool move(struct desk *office, int64_t id, const char *parent)
{
	struct record *organisation;

	office->errors.count = 0;
	assert_true(
		record_find(&office->store, &organisation_type, id, &organisation, &office->error));
	assert_true(record_apply(&office->store, organisation, STR("parent_id"), str_of(parent),
				 &office->errors));
	return record_update(&office->store, organisation, &office->errors, &office->error);
}

static void organisations_stand_in_a_tree(struct desk *office)
{
	office_add(office, &organisation_type, 0, "name=省局;kind=province_bureau");
	office_add(office, &organisation_type, 0, "name=甲市;kind=city_bureau;parent_id=1");
	office_add(office, &organisation_type, 0, "name=乙市;kind=city_bureau;parent_id=1");
	office_add(office, &organisation_type, 0,
		   "name=中心;kind=centre;parent_id=2;host=enterprise");
	assert_string_equal(path_of(office, 4), "/1/2/4/");
	assert_false(office_add(office, &organisation_type, 0, "name=x;kind=city_bureau"));
	assert_true(office_refused(office, "parent_id", "record.required"));
	assert_true(move(office, 4, "3"));
	assert_string_equal(path_of(office, 4), "/1/3/4/");
	assert_true(move(office, 3, "2")); /* and the centre along */
	assert_string_equal(path_of(office, 4), "/1/2/3/4/");
	assert_false(move(office, 2, "4"));
	assert_true(office_refused(office, "parent_id", "types.organisation_cycle"));
	assert_false(move(office, 2, "2"));
	assert_true(office_refused(office, "parent_id", "types.organisation_cycle"));
	assert_true(move(office, 3, "1"));
	assert_string_equal(path_of(office, 4), "/1/3/4/");
	/* a centre does not move itself; a system administrator not out of his tree */
	office_be(office, BIT(ROLE_DIRECTOR), 4, "/1/3/4/", 1);
	assert_false(move(office, 4, "2"));
	assert_true(office_refused(office, "parent_id", "record.fixed"));
	office_be(office, BIT(ROLE_SYSTEM_ADMIN), 3, "/1/3/", 1);
	assert_false(move(office, 4, "2"));
	assert_int_equal(office_add(office, &organisation_type, 0,
				    "name=y;kind=centre;parent_id=2;host=other"),
			 0);
	assert_int_equal(office->error.kind, ERROR_FORBIDDEN);
	assert_int_equal(office_add(office, &organisation_type, 0,
				    "name=y;kind=centre;parent_id=3;host=other"),
			 5);
	assert_string_equal(path_of(office, 5), "/1/3/5/");
	office->actor = (struct actor){ .is_operator = true, .organisation_path = "/" };
}

static void roles_are_kept_apart(struct desk *office)
{
	struct record *membership;
	int64_t id;

	organisations_stand_in_a_tree(office);
	office_add(office, &user_type, 1, "login=first;name=甲");
	office_add(office, &user_type, 4, "login=second;name=乙");
	assert_int_equal(office_add(office, &user_type, 4, "login=second;name=丙"), 0);
	assert_true(office_refused(office, "login", "record.taken"));
	assert_int_equal(office_add(office, &user_type, 4, "login=Zwei Drei;name=丙"), 0);
	assert_true(office_refused(office, "login", "types.login"));
	assert_false(office_add(office, &membership_type, 1,
				"user_id=1;roles=system_admin,audit_admin"));
	assert_true(office_refused(office, "roles", "types.roles_apart"));
	assert_false(office_add(office, &membership_type, 1,
				"user_id=1;roles=system_admin,province_officer"));
	assert_true(office_refused(office, "roles", "types.roles_apart"));
	assert_false(office_add(office, &membership_type, 4, "user_id=2;roles=province_officer"));
	assert_true(office_refused(office, "roles", "types.role_of_organisation"));
	id = office_add(office, &membership_type, 1, "user_id=1;roles=system_admin");
	assert_true(id);
	assert_false(office_add(office, &membership_type, 3, "user_id=1;roles=city_officer"));
	assert_true(office_refused(office, "roles",
				   "types.roles_apart")); /* in another organisation too */
	/* who asks for a role does not grant it */
	office_be(office, BIT(ROLE_SYSTEM_ADMIN), 1, "/1/", 1);
	id = office_add(office, &membership_type, 4, "user_id=2;roles=director,ip_manager");
	assert_true(id);
	assert_true(record_find(&office->store, &membership_type, id, &membership, &office->error));
	assert_false(record_make_step(&office->store, membership, STR("grant"), STR_EMPTY,
				      &office->errors, &office->error));
	assert_int_equal(office->error.kind, ERROR_FORBIDDEN);
	office_be(office, BIT(ROLE_SECURITY_ADMIN), 1, "/1/", 9);
	assert_false(office_add(office, &membership_type, 4, "user_id=2;roles=finance"));
	assert_int_equal(office->error.kind, ERROR_FORBIDDEN);
	assert_true(record_find(&office->store, &membership_type, id, &membership, &office->error));
	assert_true(record_make_step(&office->store, membership, STR("grant"), STR_EMPTY,
				     &office->errors, &office->error));
	assert_string_equal(membership->state, "active");
	office->actor = (struct actor){ .is_operator = true, .organisation_path = "/" };
}

static void a_yearly_task_runs(struct desk *office)
{
	static const char values[] =
		"year=2026;title=完善专利导航机制;kind=navigation;goal=形成制度;"
		"owner_id=2;due_on=2026-06-30;budget=20000";
	struct record *task;
	int64_t id;

	roles_are_kept_apart(office);
	office_be(office, BIT(ROLE_IP_MANAGER), 4, "/1/3/4/", 2);
	id = office_add(office, &annual_task_type, 0, values);
	assert_true(id);
	assert_false(office_add(
		office, &annual_task_type, 0,
		"year=2026;title=x;kind=navigation;goal=y;owner_id=2;due_on=2027-06-30"));
	assert_true(office_refused(office, "due_on", "types.other_year"));
	assert_true(office_step(office, &annual_task_type, id, "submit"));
	assert_false(office_step(office, &annual_task_type, id, "approve"));
	office_be(office, BIT(ROLE_CITY_OFFICER), 3, "/1/3/", 3);
	assert_false(record_find(&office->store, &annual_task_type, id, &task, &office->error));
	office_be(office, BIT(ROLE_DIRECTOR), 4, "/1/3/4/", 4);
	assert_true(office_step(office, &annual_task_type, id, "approve"));
	office_be(office, BIT(ROLE_CITY_OFFICER), 3, "/1/3/", 3);
	assert_true(record_find(&office->store, &annual_task_type, id, &task, &office->error));
	office_be(office, BIT(ROLE_RESEARCHER), 4, "/1/3/4/", 2); /* the owner */
	assert_false(office_step(office, &annual_task_type, id, "finish"));
	assert_true(office_refused(office, "result", "record.required"));
	assert_true(record_find(&office->store, &annual_task_type, id, &task, &office->error));
	assert_true(record_apply(&office->store, task, STR("result"), STR("已印发制度"),
				 &office->errors));
	office->errors.count = 0;
	assert_true(record_update(&office->store, task, &office->errors, &office->error));
	assert_true(office_step(office, &annual_task_type, id, "finish"));
	assert_true(record_find(&office->store, &annual_task_type, id, &task, &office->error));
	assert_string_equal(record_text(task, record_field_find(&annual_task_type, STR("done_on"))),
			    "2026-01-01");
}

static void navigation_belongs_together(struct desk *office)
{
	int64_t topic, study;

	roles_are_kept_apart(office);
	office_be(office, BIT(ROLE_IP_MANAGER), 4, "/1/3/4/", 2);
	topic = office_add(office, &topic_type, 0, "name=固态电池;query=TI=电池");
	assert_true(topic);
	assert_true(office_add(office, &topic_node_type, 0,
			       "topic_id=固态电池;kind=technology;position=0;level=1;name=电解质"));
	assert_false(office_add(office, &saved_query_type, 0, "name=a b;text=TI"));
	assert_true(office_refused(office, "name", "types.query_name"));
	assert_true(office_add(
		office, &watch_type, 0,
		"name=周报;purpose=competitor;query=电池;frequency=weekly;topic_id=固态电池"));
	study = office_add(
		office, &navigation_study_type, 0,
		"code=DH-1;title=固态电池导航;part=industry;trigger=annual_plan;used_for=layout;"
		"decision=布局;leader_id=2;due_on=2026-12-01;budget=1");
	assert_true(study);
	assert_true(office_add(
		office, &finding_type, 0,
		"study_id=固态电池导航;kind=blank_spot;title=空白;text=说明;importance=high"));
	office_be(office, BIT(ROLE_IP_MANAGER), 5, "/1/3/5/", 7);
	assert_false(record_parse_value(&office->store, &topic_node_type.fields[0], STR("固态电池"),
					&(struct value){ 0 }, &office->errors));
}

TEST(organisations_stand_in_a_tree)
TEST(roles_are_kept_apart)
TEST(a_yearly_task_runs)
TEST(navigation_belongs_together)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tables_are_sound),
		cmocka_unit_test(roles_have_their_choices),
		cmocka_unit_test(migrations_give_the_types_tables),
		cmocka_unit_test(old_topics_become_records),
		cmocka_unit_test(agents_of_studies_become_their_agency),
		cmocka_unit_test(test_organisations_stand_in_a_tree),
		cmocka_unit_test(test_roles_are_kept_apart),
		cmocka_unit_test(test_a_yearly_task_runs),
		cmocka_unit_test(test_navigation_belongs_together),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
