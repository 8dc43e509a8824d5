/* Indicators from records: later events change no earlier day, lists are as long as figures say, scope. */
#include "types_fixture.h"

#include "chain/workbench.h"
#include "db/db.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

const char types_database[] = "test_chain_indicators.sqlite";

enum { PROVINCE = 1, CITY, CENTRE, OTHER, CASES = 90, ROUNDS = 6 };

static uint64_t seed = 7;

static int below(int limit)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (int)((seed >> 33) % (uint64_t)limit);
}

static void be(struct desk *office, unsigned roles, int64_t organisation, const char *path)
{
	office_be(office, roles, organisation, path, 1);
}

static void be_director(struct desk *office)
{
	be(office, BIT(ROLE_DIRECTOR) | BIT(ROLE_IP_MANAGER), CENTRE, "/1/2/3/");
}

static void settle(struct desk *office)
{
	static const char *const rows[] = {
		"name=示例省局;kind=province_bureau", "name=示例市局;kind=city_bureau;parent_id=1",
		"name=示例育成中心;short_name=示例;kind=centre;parent_id=2;host=enterprise",
		"name=另一育成中心;short_name=另一;kind=centre;parent_id=2;host=university"
	};

	for (size_t i = 0; i < 4; i++)
		assert_int_equal(office_add(office, &organisation_type, 0, rows[i]), i + 1);
	assert_int_equal(office_add(office, &user_type, CENTRE, "login=zhuren;name=主任"), 1);
	assert_int_equal(office_add(office, &key_field_type, CENTRE,
				    "name=示例领域;sphere=biomedicine;direction=示例"),
			 1);
}

static void run(struct desk *office, const char *sql, const struct db_param *params, size_t count)
{
	if (!db_execute(office->store.db, sql, params, count, &office->error))
		fail_msg("%s: %s", office->error.key, office->error.detail);
}

/* ---- Histories. Every day of a case's life is known; only those up to a day are stored. */
static const char *const day_names[] = { "filed_on",
					 "published_on",
					 "examined_on",
					 "granted_on",
					 "rejected_on",
					 "review_requested_on",
					 "rejection_upheld_on",
					 "withdrawn_on",
					 "deemed_withdrawn_on",
					 "restored_on",
					 "ended_on",
					 "end_known_on",
					 "invalidated_on",
					 "abnormal_on",
					 "transferred_on",
					 "unpaid_from",
					 "acquired_on" };
enum { DAYS = sizeof(day_names) / sizeof(day_names[0]), FILED = 0, ACQUIRED = DAYS - 1 };

struct life {
	date days[DAYS];
	bool is_entered; /* its row is there */
};

static struct life make_life(void)
{
	struct life life = { .is_entered = false };
	date day = date_of(2015, 1, 1) + below(3600);

	for (size_t i = 0; i < DAYS; i++)
		life.days[i] = DATE_NONE;
	life.days[FILED] = day;
	if (below(8) == 0)
		life.days[ACQUIRED] = day + below(2000);
	life.days[1] = day + 100 + below(400);
	life.days[2] = life.days[1] + below(100);
	day = life.days[2] + 100 + below(800);
	switch (below(8)) {
	case 0:
		life.days[4] = day;
		if (below(2))
			life.days[5] = day + below(80);
		if (below(2))
			life.days[6] = day + 100 + below(300);
		break;
	case 1:
		life.days[7 + below(2)] = day;
		if (below(2))
			life.days[9] = day + below(200);
		break;
	case 2:
		break;
	default:
		life.days[3] = day;
	}
	if (life.days[3] != DATE_NONE && below(3) == 0) {
		life.days[10] = day + 300 + below(2000);
		life.days[11] = life.days[10] + below(300);
	}
	if (below(12) == 0)
		life.days[13] = day + below(400);
	if (life.days[3] != DATE_NONE && below(8) == 0)
		life.days[12 + 2 * below(2)] = day + below(2000);
	return life;
}

static void add_case(struct desk *office, int64_t id, int64_t organisation)
{
	static const char *const classes[] = { "A61K 31/00", "G06N 3/08", "B65D 1/02" };
	bool is_abroad = below(6) == 0;
	const char *name = arena_printf(office->store.arena, "X%lld", (long long)id);

	run(office,
	    "INSERT INTO patent_case (id, version, state, organisation_id, created_by, created_at, "
	    "updated_by, updated_at, docket, title, type, office, owner_id, application_number, "
	    "family, ipc, key_field_id) VALUES ($1, 1, 'planned', $2, 1, 0, 1, 0, $3, '示例', $4, "
	    "$5, 1, $3, $6, $7, $8)",
	    DB_WITH(DB_INT(id), DB_INT(organisation), DB_CSTR(name),
		    DB_CSTR(below(10) ? "invention" : "utility"), DB_CSTR(is_abroad ? "US" : "CN"),
		    DB_CSTR(arena_printf(office->store.arena, "F%d", below(20))),
		    DB_CSTR(classes[below(3)]), below(4) ? DB_INT(1) : DB_NOTHING));
}

/* Stores the days of the life behind `after` up to `until`. */
static void tell_days(struct desk *office, int64_t id, const struct life *life, date after,
		      date until)
{
	for (size_t i = 0; i < DAYS; i++) {
		char day[DATE_TEXT_SIZE];

		if (life->days[i] == DATE_NONE || life->days[i] <= after || life->days[i] > until)
			continue;
		run(office,
		    arena_printf(office->store.arena,
				 "UPDATE patent_case SET %s = $1 WHERE id = $2", day_names[i]),
		    DB_WITH(DB_CSTR(date_format(life->days[i], day)), DB_INT(id)));
	}
}

#define BASE   "(version, state, organisation_id, created_by, created_at, updated_by, updated_at, "
#define VALUES ") VALUES (1, $1, 3, 1, 0, 1, 0, "

/* The day it is one of the centre's. */
static date there_on(const struct life *life)
{
	return life->days[ACQUIRED] != DATE_NONE ? life->days[ACQUIRED] : life->days[FILED];
}

/* One of the cases that are there by the day; 0: none is. */
static int pick_case(const struct life *lives, date day)
{
	int first = below(CASES);

	for (int i = 0; i < CASES; i++)
		if (there_on(&lives[(first + i) % CASES]) <= day)
			return (first + i) % CASES + 1;
	return 0;
}

/* What happens on the day: a deal, a payment, a product, an award, a standard, a mark by hand. */
static void tell_fact(struct desk *office, const struct life *lives, date day)
{
	static const char *const kinds[] = { "licence", "assignment", "pledge", "contribution" };
	static int number;
	char on[DATE_TEXT_SIZE];
	struct arena *arena = office->store.arena;
	int first = pick_case(lives, day), second = pick_case(lives, day);
	const char *cases = arena_printf(arena, ",%d,%d,", first, second);
	const char *name = arena_printf(arena, "示例 %d", ++number);

	if (!first || !second)
		return;
	date_format(day, on);
	switch (below(7)) {
	case 0:
		run(office,
		    "INSERT INTO deal " BASE "title, kind, cases, party, amount, starts_on, "
		    "on_market" VALUES "$2, $3, $4, '示例公司', 100000000, $5, $6)",
		    DB_WITH(DB_CSTR("effective"), DB_CSTR(name), DB_CSTR(kinds[below(4)]),
			    DB_CSTR(cases), DB_CSTR(on), DB_INT(below(2))));
		break;
	case 1:
		run(office,
		    "INSERT INTO deal_income " BASE "deal_id, kind, received_on, amount) "
		    "SELECT 1, $1, 3, 1, 0, 1, 0, id, 'royalty', $2, 100 FROM deal "
		    "WHERE id = (SELECT MIN(id) FROM deal)",
		    DB_WITH(DB_CSTR("booked"), DB_CSTR(on)));
		break;
	case 2:
		run(office,
		    "INSERT INTO award " BASE "title, level, cases, awarded_on" VALUES
		    "$2, 'national_silver', $3, $4)",
		    DB_WITH(DB_CSTR("won"), DB_CSTR(name), DB_CSTR(cases), DB_CSTR(on)));
		break;
	case 3:
		run(office,
		    "INSERT INTO high_value_mark " BASE "case_id, reason, from_on) "
		    "SELECT 1, $1, 3, 1, 0, 1, 0, id, '示例', $3 FROM patent_case "
		    "WHERE id = $2",
		    DB_WITH(DB_CSTR("approved"), DB_INT(first), DB_CSTR(on)));
		break;
	case 4:
		run(office,
		    "INSERT INTO product " BASE
		    "name, model, relation, cases, filing, submitted_on" VALUES
		    "$2, 'A', 'owner', $3, $2, $4)",
		    DB_WITH(DB_CSTR("submitted"), DB_CSTR(name), DB_CSTR(cases), DB_CSTR(on)));
		break;
	default:
		run(office,
		    "INSERT INTO product " BASE "name, model, relation, cases, filing, "
		    "submitted_on, passed_on, sold_from" VALUES
		    "$2, 'A', 'owner', $3, $2, $4, $4, $4)",
		    DB_WITH(DB_CSTR("passed"), DB_CSTR(name), DB_CSTR(cases), DB_CSTR(on)));
	}
}

/* What is acquired is entered then, with all its days; an own one may be planned before it is filed. */
static void tell_case(struct desk *office, int64_t id, struct life *life, date after, date until)
{
	bool is_planned = life->days[ACQUIRED] == DATE_NONE && below(2);

	if (!life->is_entered && there_on(life) > until && !is_planned)
		return;
	if (!life->is_entered) {
		add_case(office, id, below(8) ? CENTRE : OTHER);
		after = DATE_NONE;
	}
	life->is_entered = true;
	tell_days(office, id, life, after, until);
}

static void tell(struct desk *office, struct life *lives, date after, date until)
{
	for (int i = 0; i < CASES; i++)
		tell_case(office, i + 1, &lives[i], after, until);
	for (int i = 0; i < 25; i++)
		tell_fact(office, lives, after + 1 + below((int)(until - after)));
}

/* ---- What is compared: everything, and who was left out with the reason. */
static const char *figures_on(struct desk *office, date day)
{
	struct chain_question question = { .as_of = day, .trend = CHAIN_TREND_YEARS };
	struct strbuf text = STRBUF_INIT;
	struct chain_figures figures;
	struct chain_stock stock;
	struct chain_centre centre;
	struct chain_book *books;
	size_t book_count;
	const char *copy;

	assert_true(chain_centre_find(&office->store, STR("3"), &centre, &office->error));
	assert_true(chain_stock_load(&office->store, &centre, &stock, &office->error));
	assert_true(
		chain_books_load(&office->store, centre.path, &books, &book_count, &office->error));
	assert_true(chain_figures_compute(office->store.arena, &stock, books, book_count, &question,
					  &figures, &office->error));
	for (size_t i = 0; i < figures.count; i++) {
		const struct chain_figure *figure = &figures.items[i];
		const struct indicator_result *result = &figure->result;

		strbuf_addf(&text, "%s %g %g %g %d:", result->method->id, result->value,
			    result->numerator, result->denominator, (int)result->status);
		for (size_t k = 0; k < result->record_count; k++)
			if (result->records[k].in_numerator || result->records[k].in_denominator ||
			    indicator_is_left_out(&result->records[k]))
				strbuf_addf(&text, " %.*s%s%s%s", STR_ARGS(result->records[k].id),
					    result->records[k].in_numerator ? "+" : "",
					    result->records[k].in_denominator ? "-" : "",
					    indicator_reasons[result->records[k].reason].name);
		for (size_t k = 0; k < result->extra_count; k++)
			strbuf_addf(&text, " %s=%g", result->extras[k].name,
				    result->extras[k].number);
		for (size_t k = 0; k < figure->trend_count; k++)
			strbuf_addf(&text, " %d:%g", figure->trend[k].day, figure->trend[k].value);
		strbuf_add_cstr(&text, "\n");
	}
	copy = str_to_cstr(office->store.arena, strbuf_str(&text));
	strbuf_release(&text);
	return copy;
}

static const char *funnel_on(struct desk *office, date day)
{
	struct chain_funnel_row rows[STAGE_COUNT];
	struct strbuf text = STRBUF_INIT;
	struct chain_centre centre;
	struct chain_stock stock;
	struct chain_stay *stays;
	size_t count;
	const char *copy;

	assert_true(chain_centre_find(&office->store, STR("示例"), &centre, &office->error));
	assert_true(chain_stock_load(&office->store, &centre, &stock, &office->error));
	assert_true(chain_stays_load(&office->store, &stock, day, &stays, &count, &office->error));
	chain_funnel(office->store.arena, stays, count, day - 400, day, rows);
	for (size_t i = 0; i < STAGE_COUNT; i++)
		strbuf_addf(&text, "%zu %zu %zu %lld %lld\n", rows[i].count, rows[i].entered,
			    rows[i].left, (long long)rows[i].median, (long long)rows[i].p90);
	copy = str_to_cstr(office->store.arena, strbuf_str(&text));
	strbuf_release(&text);
	return copy;
}

static void clear(struct desk *office)
{
	static const char *const tables[] = {
		"DELETE FROM deal_income",     "DELETE FROM deal",
		"DELETE FROM award",           "DELETE FROM product",
		"DELETE FROM high_value_mark", "DELETE FROM patent_case"
	};

	for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++)
		run(office, tables[i], DB_WITHOUT);
}

static void sign_book(struct desk *office)
{
	run(office,
	    "INSERT INTO task_book " BASE
	    "id, number, title, from_on, until_on, base_year, signed_on" VALUES
	    "1, 'RW-1', '示例任务书', '2022-01-01', '2024-12-31', 2021, '2021-12-20')",
	    DB_WITH(DB_CSTR("signed")));
	run(office,
	    "INSERT INTO target " BASE "task_book_id, indicator, method, value" VALUES
	    "1, 'T1', 'mean_yoy', 2500)",
	    DB_WITH(DB_CSTR("fixed")));
}

static void later_events_change_no_earlier_day(struct desk *office)
{
	const date last = date_of(2026, 11, 23);

	settle(office);
	sign_book(office);
	be_director(office);
	for (int round = 0; round < ROUNDS; round++) {
		date cut = date_of(2019, 1, 1) + below(2600), day = cut - below(1200);
		struct life lives[CASES];
		const char *figures, *funnel;

		clear(office);
		for (int i = 0; i < CASES; i++)
			lives[i] = make_life();
		tell(office, lives, date_of(2014, 1, 1), cut);
		figures = figures_on(office, day);
		funnel = funnel_on(office, day);
		office->store.today = cut + 30;
		assert_string_equal(figures_on(office, day), figures);
		tell(office, lives, cut, last);
		office->store.today = last;
		assert_string_equal(figures_on(office, day), figures);
		assert_string_equal(funnel_on(office, day), funnel);
		assert_string_not_equal(figures_on(office, last), figures);
	}
}

TEST(later_events_change_no_earlier_day)

/* ---- Lists. */
static size_t count_part(const struct indicator_result *result, bool of_numerator)
{
	size_t count = 0;

	for (size_t i = 0; i < result->record_count; i++)
		count += of_numerator ? result->records[i].in_numerator
				      : result->records[i].in_denominator;
	return count;
}

static void fill(struct desk *office)
{
	struct life lives[CASES];

	settle(office);
	for (int i = 0; i < CASES; i++) {
		lives[i] = make_life();
		add_case(office, i + 1, i % 5 ? CENTRE : OTHER);
		tell_days(office, i + 1, &lives[i], date_of(2014, 1, 1), date_of(2026, 1, 1));
	}
	for (int i = 0; i < 120; i++)
		tell_fact(office, lives, date_of(2020, 1, 1) + below(2000));
}

static void compute(struct desk *office, const char *methods, date day,
		    struct chain_figures *figures_out)
{
	struct chain_question question = { .as_of = day, .methods = methods };
	struct chain_stock *stock = arena_new(office->store.arena, struct chain_stock);
	struct chain_centre centre;
	struct chain_book *books;
	size_t count;

	assert_true(chain_centre_find(&office->store, STR("#3"), &centre, &office->error));
	assert_true(chain_stock_load(&office->store, &centre, stock, &office->error));
	assert_true(chain_books_load(&office->store, centre.path, &books, &count, &office->error));
	assert_true(chain_figures_compute(office->store.arena, stock, books, count, &question,
					  figures_out, &office->error));
}

static void figures_are_as_long_as_their_lists(struct desk *office)
{
	size_t method_count;
	const struct indicator_method *methods = indicator_methods(&method_count);

	fill(office);
	be_director(office);
	for (size_t m = 0; m < method_count; m++) {
		const char *asked = arena_printf(office->store.arena, "%s=%s", methods[m].id,
						 methods[m].method);
		struct chain_figures figures;
		size_t at = (size_t)(methods[m].id[1] - '1');
		const struct indicator_result *result;

		if (at >= 4)
			continue;
		compute(office, asked, date_of(2024, 6, 30), &figures);
		result = &figures.items[at].result;
		assert_string_equal(result->method->method, methods[m].method);
		assert_int_equal((int)result->numerator, count_part(result, true));
		if (at != 3 && methods[m].formula != FORMULA_BASE_AVERAGE)
			assert_int_equal((int)result->denominator, count_part(result, false));
		assert_true(count_part(result, true) > 0);
	}
}

TEST(figures_are_as_long_as_their_lists)

static void a_day_before_everything_is_not_computable(struct desk *office)
{
	static const date days[] = { -700000, -300000, 2900000 };
	struct chain_figures figures;

	fill(office);
	be_director(office);
	compute(office, NULL, date_of(1985, 4, 1), &figures);
	for (size_t i = 0; i < 3; i++)
		assert_int_equal(figures.items[i].result.status, INDICATOR_NOT_COMPUTABLE);
	assert_int_equal(figures.items[3].result.status, INDICATOR_MISSED);
	for (size_t i = 0; i < 3; i++) {
		figures_on(office, days[i] < date_of(1000, 1, 1) ? date_of(1000, 1, 1) : days[i]);
		funnel_on(office, days[i] < date_of(1000, 1, 1) ? date_of(1003, 1, 1) : days[i]);
	}
}

TEST(a_day_before_everything_is_not_computable)

/* ---- T5 and T6, from what the province keeps. */
static void add_region(struct desk *office, const char *values)
{
	int64_t id = office_add(office, record_type_find("region_year"), 0, values);

	assert_true(id > 0);
	assert_true(office_step(office, record_type_find("region_year"), id, "confirm"));
}

static const struct indicator_result *of_bureau(struct desk *office, date day, size_t i)
{
	struct chain_figures *figures = arena_new(office->store.arena, struct chain_figures);
	struct chain_stock *stock = arena_new(office->store.arena, struct chain_stock);
	struct chain_question question = { .as_of = day };
	struct chain_centre centre;

	assert_true(chain_centre_find(&office->store, STR("1"), &centre, &office->error));
	assert_true(chain_figures_load(&office->store, &centre, &question, stock, figures,
				       &office->error));
	assert_int_equal(figures->count, 6);
	return &figures->items[i].result;
}

static void the_province_is_measured_by_what_was_published(struct desk *office)
{
	const struct record_type *type = record_type_find("region_year");
	const date end = date_of(2031, 6, 30);

	settle(office);
	office->store.today = end;
	be(office, BIT(ROLE_PROVINCE_OFFICER), PROVINCE, "/1/");
	assert_int_equal(of_bureau(office, end, 4)->status, INDICATOR_NOT_COMPUTABLE);
	/* doubled in five years: 14.87 % a year; the nation from 16 to 22: 6.58 % */
	add_region(office, "region=四川;year=2021;rate=4;source=示例;published_on=2022-03-01");
	add_region(office, "region=四川;year=2025;population=8364;high_value=41820;source=示例;"
			   "published_on=2026-03-01");
	add_region(office, "region=四川;year=2030;population=8364;high_value=83640;source=示例;"
			   "published_on=2031-03-01");
	add_region(office, "region=全国;year=2025;rate=16;source=示例;published_on=2026-03-01");
	add_region(office, "region=全国;year=2030;rate=22;source=示例;published_on=2031-03-01");
	assert_int_equal(of_bureau(office, end, 4)->status, INDICATOR_MET);
	assert_true(fabs(of_bureau(office, end, 4)->value - 10) < 1e-9);
	assert_int_equal(of_bureau(office, end, 5)->status, INDICATOR_MET);
	assert_true(fabs(of_bureau(office, end, 5)->value - (0.1487 - 0.0658)) < 1e-4);
	assert_int_equal(of_bureau(office, date_of(2031, 2, 28), 4)->status,
			 INDICATOR_NOT_COMPUTABLE);
	/* what was corrected later changes no earlier day */
	office->store.today = date_of(2031, 12, 1);
	add_region(office, "region=四川;year=2030;rate=9.5;source=示例;edition=修订数;"
			   "published_on=2031-12-01");
	assert_int_equal(of_bureau(office, end, 4)->status, INDICATOR_MET);
	assert_int_equal(of_bureau(office, date_of(2031, 12, 1), 4)->status, INDICATOR_MISSED);
	assert_false(
		office_add(office, type, 0,
			   "region=四川;year=2031;rate=9;source=示例;published_on=2031-12-01"));
	assert_true(office_refused(office, "published_on", "types.year_not_over"));
	assert_int_equal(office_add(office, type, 0,
				    "region=四川;year=2029;source=示例;published_on=2030-12-01"),
			 7);
	assert_false(office_step(office, type, 7, "confirm"));
	be(office, BIT(ROLE_CITY_OFFICER), CITY, "/1/2/");
	assert_true(office_sees(office, type, 2));
	assert_false(office_sees(office, type, 7)); /* a draft */
	assert_false(
		office_add(office, type, 0,
			   "region=四川;year=2028;rate=9;source=示例;published_on=2030-12-01"));
}

TEST(the_province_is_measured_by_what_was_published)

/* ---- Scope. */
static size_t cases_seen(struct desk *office, struct chain_centre centre)
{
	struct chain_stock stock;

	assert_true(chain_stock_load(&office->store, &centre, &stock, &office->error));
	return stock.case_count;
}

static void others_see_nothing_and_bureaus_what_is_below(struct desk *office)
{
	struct chain_centre own, found, *centres;
	struct jsonout json;
	struct strbuf text = STRBUF_INIT;
	struct chain_question question = { .as_of = date_of(2026, 1, 1) };
	size_t seen, count;

	fill(office);
	run(office, "UPDATE patent_case SET state = 'in_force' WHERE filed_on IS NOT NULL",
	    DB_WITHOUT);
	be_director(office);
	assert_true(chain_centre_find(&office->store, STR("示例育成中心"), &own, &office->error));
	seen = cases_seen(office, own);
	assert_true(seen > 0);
	assert_false(chain_centre_find(&office->store, STR("另一"), &found, &office->error));
	assert_int_equal(office->error.kind, ERROR_NOT_FOUND);

	be(office, BIT(ROLE_DIRECTOR), OTHER, "/1/2/4/");
	assert_false(chain_centre_find(&office->store, STR("3"), &found, &office->error));
	assert_int_equal(cases_seen(office, own), 0); /* even where the centre is known */

	be(office, BIT(ROLE_CITY_OFFICER), CITY, "/1/2/");
	assert_int_equal(cases_seen(office, own), seen);
	assert_true(chain_centres(&office->store, &centres, &count, &office->error));
	assert_int_equal(count, 2);
	json = JSONOUT_TO(&text);
	assert_true(chain_centres_answer(&office->store, &question, &json, &office->error));
	assert_true(str_find(strbuf_str(&text), STR("另一育成中心")) != STR_NOT_FOUND);
	strbuf_release(&text);

	be(office, BIT(ROLE_RESEARCHER), CENTRE, "/1/2/3/");
	assert_false(chain_may_compute(&office->store, &office->error));
	assert_int_equal(office->error.kind, ERROR_FORBIDDEN);
}

TEST(others_see_nothing_and_bureaus_what_is_below)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_later_events_change_no_earlier_day),
		cmocka_unit_test(test_figures_are_as_long_as_their_lists),
		cmocka_unit_test(test_a_day_before_everything_is_not_computable),
		cmocka_unit_test(test_the_province_is_measured_by_what_was_published),
		cmocka_unit_test(test_others_see_nothing_and_bureaus_what_is_below),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
