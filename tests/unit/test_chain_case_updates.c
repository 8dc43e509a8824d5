/* What documents bring for cases: proposed once, applied when accepted, told apart by organisation. */
#include "types_fixture.h"

#include "chain/case_updates.h"
#include "chain/cases.h"
#include "db/db.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

const char types_database[] = "test_chain_case_updates.sqlite";

enum { CENTRE = 2, OTHER = 3, MANAGER_ID = 1, OWNER_ID };

#define APPLICATION "CN202110000001.6"

static void be_manager(struct desk *office)
{
	office_be(office, BIT(ROLE_IP_MANAGER), CENTRE, "/1/2/", MANAGER_ID);
}

static void settle(struct desk *office)
{
	static const char *const rows[] = {
		"name=省局;kind=province_bureau",
		"name=示例中心;kind=centre;parent_id=1;host=enterprise",
		"name=另一中心;kind=centre;parent_id=1;host=enterprise",
	};

	for (size_t i = 0; i < 3; i++)
		assert_int_equal(office_add(office, &organisation_type, 0, rows[i]), i + 1);
	assert_int_equal(office_add(office, &user_type, CENTRE, "login=zhuanyuan;name=专员"), 1);
	assert_int_equal(office_add(office, &user_type, CENTRE, "login=fuze;name=负责人"), 2);
	assert_int_equal(office_add(office, &user_type, OTHER, "login=bieren;name=别人"), 3);
}

static void add_case(struct desk *office, int64_t organisation, const char *docket, int owner,
		     const char *more)
{
	assert_true(office_add(office, &patent_case_type, organisation,
			       arena_printf(office->store.arena,
					    "docket=%s;title=示例装置;type=invention;office=CN;"
					    "owner_id=%d;filed_on=2021-03-02;%s",
					    docket, owner, more)) > 0);
}

/* ---- Documents. "A 2021-07-06": a publication; "2023-05-09 GR01 授权": an event. */
struct paper {
	const char *number, *kind, *day;
	const char *events[8][3];
};

static struct publication *print(struct arena *arena, const struct paper *paper)
{
	struct publication *publication = publication_create(arena);
	const struct {
		enum fact_field field;
		const char *value;
	} facts[] = {
		{ FACT_PUBLICATION_NUMBER, paper->number },
		{ FACT_APPLICATION_NUMBER, APPLICATION },
		{ FACT_KIND, paper->kind },
		{ FACT_OFFICE, "CN" },
		{ FACT_TYPE, "invention" },
		{ FACT_PUBLICATION_DATE, paper->day },
		{ FACT_APPLICATION_DATE, "2021-03-02" },
	};

	for (size_t i = 0; i < sizeof(facts) / sizeof(facts[0]); i++)
		publication_add(publication, facts[i].field, 0, str_of(facts[i].value));
	for (size_t i = 0; i < 8 && paper->events[i][0]; i++) {
		const struct str parts[] = { [EVENT_DATE] = str_of(paper->events[i][0]),
					     [EVENT_CODE] = str_of(paper->events[i][1]),
					     [EVENT_TEXT] = str_of(paper->events[i][2]) };

		publication_add_parts(publication, FACT_EVENT, 0, parts, 3);
	}
	publication_set_origin(publication, 7, 1, 1);
	return publication_effective(arena, publication);
}

/* Newest first; the newest tells what all of them tell. */
static int64_t bring(struct desk *office, const struct paper *papers, size_t count)
{
	static const struct actor operator_actor = { .is_operator = true,
						     .organisation_path = "/" };
	struct record_store store = office->store;
	struct publication *effective[4];
	struct chain_case_numbers *numbers;
	int64_t made = 0;

	store.actor = &operator_actor;
	for (size_t i = 0; i < count; i++)
		effective[i] = print(store.arena, &papers[i]);
	assert_true(db_begin(store.db, &office->error));
	if (!chain_case_numbers_load(&store, &numbers, &office->error) ||
	    !chain_propose_updates(&store, numbers, effective, count, effective[0], &made,
				   &office->error))
		fail_msg("%s: %s", office->error.key, office->error.detail);
	assert_true(db_commit(store.db, &office->error));
	return made;
}

static const char *field_of(struct desk *office, const char *name)
{
	struct record *patent;

	assert_true(record_load(&office->store, &patent_case_type, 1, &patent, &office->error));
	return record_text(patent, record_field_find(&patent_case_type, str_of(name)));
}

static const struct paper granted[] = {
	{ "CN113000001B",
	  "B",
	  "2023-05-09",
	  { { "2021-07-23", "SE01", "实质审查的生效" }, { "2023-05-09", "GR01", "授权" } } },
	{ "CN113000001A", "A", "2021-07-06", { { NULL } } },
};

static void an_import_proposes_once(struct desk *office)
{
	settle(office);
	add_case(office, CENTRE, "AJ-1", OWNER_ID, "application_number=" APPLICATION);
	add_case(office, OTHER, "QT-1", 3, "publication=CN113000001A");
	add_case(office, CENTRE, "AJ-2", OWNER_ID, "application_number=202110000002.0");
	/* day of publication, of the grant, of the examination; the other one lacks its number too */
	assert_int_equal(bring(office, granted, 2), 7);
	assert_int_equal(bring(office, granted, 2), 0);
	be_manager(office);
	assert_true(office_sees(office, &case_update_type, 1));
	for (int64_t id = 4; id <= 7; id++)
		assert_false(office_sees(office, &case_update_type, id));
	assert_string_equal(office_state(office, &patent_case_type, 1), "planned");
	assert_string_equal(field_of(office, "granted_on"), "");
}

/* A keyword of the table in abstract or claims tells the industry the title does not. */
static void words_of_a_document_tell_the_industry(struct desk *office)
{
	struct publication *document = publication_create(office->store.arena);
	struct chain_centre centre;
	struct chain_stock stock;
	struct patent_case *patent;
	const struct sei_table *table = sei_table_default(office->store.arena);
	int64_t position;

	settle(office);
	add_case(office, CENTRE, "AJ-1", OWNER_ID, "ipc=H01M 10/613");
	publication_add(document, FACT_ABSTRACT, FACT_ZH, STR("本发明公开了一种动力电池。"));
	publication_add(document, FACT_CLAIM, FACT_ZH, STR("1. 一种装置，用于非机动车。"));
	be_manager(office);
	assert_true(chain_centre_find(&office->store, STR("2"), &centre, &office->error));
	assert_true(chain_stock_load(&office->store, &centre, &stock, &office->error));
	assert_int_equal(sei_match(table, stock.cases).strength, SEI_UNSURE);
	assert_true(chain_words_keep(&office->store, 1, document, &office->error));
	assert_true(chain_stock_load(&office->store, &centre, &stock, &office->error));
	patent = stock.cases;
	assert_string_equal(str_to_cstr(office->store.arena, patent->text),
			    "车、动力电池、非机动车");
	assert_int_equal(sei_match(table, patent).strength,
			 SEI_NONE); /* what refuses counts, too */
	document = publication_create(office->store.arena);
	publication_add(document, FACT_ABSTRACT, FACT_ZH, STR("本发明公开了一种动力电池。"));
	assert_true(chain_words_keep(&office->store, 1, document, &office->error));
	assert_true(chain_stock_load(&office->store, &centre, &stock, &office->error));
	assert_int_equal(sei_match(table, stock.cases).strength, SEI_KEYWORD);
	assert_true(chain_words_keep(&office->store, 1, NULL, &office->error));
	assert_true(chain_stock_load(&office->store, &centre, &stock, &office->error));
	assert_int_equal(stock.cases[0].text.size, 0);
	/* other words to look for: all documents are looked through again */
	assert_true(chain_updates_set_position(&office->store, 7, &office->error));
	assert_true(chain_updates_position(&office->store, &position, &office->error));
	assert_int_equal(position, 7);
	assert_true(db_script(office->store.db, "UPDATE case_update_position SET words_key = 'x'",
			      &office->error));
	assert_true(chain_updates_position(&office->store, &position, &office->error));
	assert_int_equal(position, CHAIN_NEVER_LOOKED);
}

static void a_grant_that_is_accepted_is_in_force(struct desk *office)
{
	an_import_proposes_once(office);
	assert_true(office_step(office, &case_update_type, 2, "accept"));
	assert_string_equal(office_state(office, &patent_case_type, 1), "in_force");
	assert_string_equal(field_of(office, "granted_on"), "2023-05-09");
	assert_string_equal(field_of(office, "publication"), "CN113000001B");
	/* the days on the way there are other facts */
	assert_string_equal(field_of(office, "examined_on"), "");
	assert_true(office_step(office, &case_update_type, 1, "accept"));
	assert_string_equal(office_state(office, &patent_case_type, 1), "in_force");
	assert_string_equal(field_of(office, "published_on"), "2021-07-06");
	assert_string_equal(field_of(office, "publication"), "CN113000001B");
	/* refused, it does not come again */
	assert_true(office_step(office, &case_update_type, 3, "reject"));
	assert_int_equal(bring(office, granted, 2), 0);
	assert_string_equal(field_of(office, "examined_on"), "");
}

static void what_does_not_fit_changes_nothing(struct desk *office)
{
	static const struct paper early = { "CN113000001A", "A", "2020-01-01", { { NULL } } };

	settle(office);
	add_case(office, CENTRE, "AJ-1", OWNER_ID, "application_number=" APPLICATION);
	assert_int_equal(bring(office, &early, 1), 1);
	be_manager(office);
	assert_true(db_begin(office->store.db, &office->error));
	assert_false(office_step(office, &case_update_type, 1, "accept")); /* before the filing */
	db_rollback(office->store.db);
	assert_string_equal(office_state(office, &case_update_type, 1), "proposed");
	assert_string_equal(office_state(office, &patent_case_type, 1), "planned");
	assert_string_equal(field_of(office, "published_on"), "");
}

static void losses_and_restorations(struct desk *office)
{
	static const struct paper restored = { "CN113000001A",
					       "A",
					       "2021-07-06",
					       { { "2022-03-01", "WD01",
						   "发明专利申请公布后的视为撤回" },
						 { "2022-06-01", "", "恢复专利申请权" },
						 { "2026-02-01", "GR01", "授权" } } };
	static const struct paper lost = { "CN113000001A",
					   "A",
					   "2021-07-06",
					   { { "2022-03-01", "WD01",
					       "发明专利申请公布后的视为撤回" } } };

	settle(office);
	add_case(office, CENTRE, "AJ-1", OWNER_ID,
		 "application_number=" APPLICATION ";published_on=2021-07-06");
	/* undone before the case heard of it; nothing of the future is told */
	assert_int_equal(bring(office, &restored, 1), 0);
	assert_int_equal(bring(office, &lost, 1), 1);
	be_manager(office);
	assert_true(office_step(office, &case_update_type, 1, "accept"));
	assert_string_equal(office_state(office, &patent_case_type, 1), "deemed_withdrawn");
	assert_string_equal(field_of(office, "deemed_withdrawn_on"), "2022-03-01");
	assert_int_equal(bring(office, &restored, 1), 1);
	assert_true(office_step(office, &case_update_type, 2, "accept"));
	assert_string_not_equal(office_state(office, &patent_case_type, 1), "deemed_withdrawn");
	assert_string_equal(field_of(office, "restored_on"), "2022-06-01");
}

TEST(an_import_proposes_once)
TEST(words_of_a_document_tell_the_industry)
TEST(a_grant_that_is_accepted_is_in_force)
TEST(what_does_not_fit_changes_nothing)
TEST(losses_and_restorations)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_an_import_proposes_once),
		cmocka_unit_test(test_words_of_a_document_tell_the_industry),
		cmocka_unit_test(test_a_grant_that_is_accepted_is_in_force),
		cmocka_unit_test(test_what_does_not_fit_changes_nothing),
		cmocka_unit_test(test_losses_and_restorations),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
