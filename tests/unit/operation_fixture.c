/* A centre with patents in several states, for the tests of what they are put to. */
#include "operation_fixture.h"

#include "db/db.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

void be_manager(struct desk *office)
{
	office_be(office, BIT(ROLE_IP_MANAGER), CENTRE, "/1/2/", MANAGER_ID);
}

void be_director(struct desk *office)
{
	office_be(office, BIT(ROLE_DIRECTOR), CENTRE, "/1/2/", DIRECTOR_ID);
}

void be_finance(struct desk *office)
{
	office_be(office, BIT(ROLE_FINANCE), CENTRE, "/1/2/", FINANCE_ID);
}

void be_bureau(struct desk *office)
{
	office_be(office, BIT(ROLE_PROVINCE_OFFICER), BUREAU, "/1/", OTHER_ID);
}

/* Sets a case's state as time would. */
void put_case(struct desk *office, int64_t id, const char *set)
{
	const char *sql = arena_printf(office->store.arena,
				       "UPDATE patent_case SET %s WHERE id = %lld", set,
				       (long long)id);

	assert_true(db_script(office->store.db, sql, &office->error));
}

void settle_operation(struct desk *office)
{
	static const char *const rows[] = { "name=省局;kind=province_bureau",
					    "name=示例中心;kind=centre;parent_id=1;host=enterprise",
					    "name=另一中心;kind=centre;parent_id=1;host=enterprise",
					    "name=示例代理;kind=agency;parent_id=1" };
	static const char *const users[] = { "login=zhuanyuan;name=专员", "login=zhuren;name=主任",
					     "login=caiwu;name=财务", "login=qita;name=其他" };
	static const char *const cases[] = {
		"docket=A-1;title=电解质膜;type=invention;office=CN;owner_id=1;filed_on=2018-05-04;"
		"granted_on=2020-06-01",
		"docket=A-2;title=夹具;type=utility;office=CN;owner_id=1;filed_on=2019-05-06;"
		"granted_on=2019-12-03",
		"docket=A-3;title=隔膜;type=invention;office=CN;owner_id=1;filed_on=2018-05-04;"
		"granted_on=2020-06-01;co_owners=示例大学",
		"docket=A-4;title=涂层;type=invention;office=CN;owner_id=1;filed_on=2025-05-06",
		"docket=A-5;title=旧膜;type=invention;office=CN;owner_id=1;filed_on=2012-05-04;"
		"granted_on=2014-06-03",
		"docket=B-1;title=外部;type=invention;office=CN;owner_id=4;filed_on=2018-05-04;"
		"granted_on=2020-06-02",
	};

	for (size_t i = 0; i < 4; i++)
		assert_int_equal(office_add(office, &organisation_type, 0, rows[i]), i + 1);
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(
			office_add(office, &user_type, i < 3 ? CENTRE : OTHER_CENTRE, users[i]),
			i + 1);
	for (size_t i = 0; i < 6; i++)
		assert_int_equal(office_add(office, &patent_case_type,
					    i < 5 ? CENTRE : OTHER_CENTRE, cases[i]),
				 i + 1);
	put_case(office, INVENTION, "state = 'in_force'");
	put_case(office, UTILITY, "state = 'in_force'");
	put_case(office, CO_OWNED, "state = 'in_force'");
	put_case(office, PENDING, "state = 'examination'");
	put_case(office, DEAD, "state = 'final_ended', ended_on = '2020-05-04'");
	put_case(office, FOREIGN_CASE, "state = 'in_force'");
	be_manager(office);
}

static struct record *row(struct desk *office, const struct record_type *type, int64_t id)
{
	struct record *record;

	assert_true(record_load(&office->store, type, id, &record, &office->error));
	return record;
}

/* The value of a field as a person reads it. */
const char *shown(struct desk *office, const struct record_type *type, int64_t id, size_t field)
{
	struct record *record = row(office, type, id);

	return str_to_cstr(office->store.arena,
			   record_format_value(office->store.arena, &type->fields[field],
					       &record->values[field]));
}

void expect_refused(const struct desk *office, const char *field, const char *key)
{
	if (!office_refused(office, field, key))
		fail_msg("not %s %s: %zu errors, %s %s", field, key, office->errors.count,
			 office->errors.items[0].field, office->errors.items[0].key);
}

/* A file a field may name. */
void attach(struct desk *office, const struct record_type *type, int64_t id, const char *field)
{
	const char *sql = arena_printf(office->store.arena,
				       "UPDATE \"%s\" SET \"%s\" = 1 WHERE id = %lld", type->name,
				       field, (long long)id);

	assert_true(db_script(office->store.db, sql, &office->error));
}
