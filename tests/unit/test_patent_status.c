#include "patent/status.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void test_words(void **state)
{
	static const struct {
		const char *word;
		enum status status;
	} rows[] = {
		{ "公开", STATUS_PUBLISHED },
		{ "公布", STATUS_PUBLISHED },
		{ "实质审查的生效", STATUS_EXAMINATION },
		{ "实质审查", STATUS_EXAMINATION },
		{ "实审", STATUS_EXAMINATION },
		{ "等待实审提案", STATUS_EXAMINATION },
		{ "一通出案待答复", STATUS_EXAMINATION },
		{ "等年登印费", STATUS_PENDING },
		{ "审中", STATUS_PENDING },
		{ "在审", STATUS_PENDING },
		{ "授权", STATUS_IN_FORCE },
		{ "专利权维持", STATUS_IN_FORCE },
		{ "有效", STATUS_IN_FORCE },
		{ "有权", STATUS_IN_FORCE },
		{ "等年费滞纳金", STATUS_GRACE },
		{ "驳回", STATUS_REJECTED },
		{ "公布后的驳回", STATUS_REJECTED },
		{ "驳回等复审请求", STATUS_REJECTED },
		{ "驳回理由通知", STATUS_EXAMINATION },
		{ "撤回", STATUS_WITHDRAWN },
		{ "主动撤回", STATUS_WITHDRAWN },
		{ "视为撤回", STATUS_DEEMED_WITHDRAWN },
		{ "视撤", STATUS_DEEMED_WITHDRAWN },
		{ "放弃", STATUS_ABANDONED },
		{ "视为放弃", STATUS_ABANDONED },
		{ "避免重复授权放弃专利权", STATUS_ABANDONED },
		{ "未缴年费专利权终止", STATUS_LAPSED },
		{ "未缴年费专利权终止，等恢复", STATUS_LAPSED },
		{ "期限届满", STATUS_EXPIRED },
		{ "届满终止失效", STATUS_EXPIRED },
		{ "全部无效", STATUS_INVALIDATED },
		{ "部分无效", STATUS_PARTLY_INVALID },
		{ "失效", STATUS_DEAD },
		{ "0", STATUS_DEAD },
		{ "1", STATUS_IN_FORCE },
		{ "2", STATUS_PENDING },
		{ "999", STATUS_UNKNOWN },
		{ "ACTIVE", STATUS_IN_FORCE },
		{ "Inactive", STATUS_DEAD },
		{ "Pending", STATUS_PENDING },
		{ "Expired - Fee Related", STATUS_LAPSED },
		{ "Expired - Lifetime", STATUS_EXPIRED },
		{ "The application is deemed to be withdrawn", STATUS_DEEMED_WITHDRAWN },
		{ "Patented Case", STATUS_IN_FORCE },
		{ "权利转移 | 授权", STATUS_IN_FORCE },
		{ "授权,权利转移", STATUS_IN_FORCE },
		{ "权利转移", STATUS_UNKNOWN },
		{ "未授权", STATUS_UNKNOWN },
		{ "天知道", STATUS_UNKNOWN },
		{ "", STATUS_UNKNOWN },
		{ "|;,", STATUS_UNKNOWN },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		enum status status = status_of_word(str_of(rows[i].word));

		if (status != rows[i].status)
			fail_msg("%s: %s", rows[i].word, status_infos[status].name);
	}
}

static void test_tables_are_complete(void **state)
{
	(void)state;
	for (unsigned i = 0; i < STATUS_COUNT; i++) {
		assert_true(status_infos[i].label.zh && status_infos[i].label.en);
		assert_int_equal(status_find(str_of(status_infos[i].name)), i);
	}
	for (unsigned i = 0; i < STATUS_GROUP_COUNT; i++)
		assert_true(status_group_infos[i].name && status_group_infos[i].label.zh);
}

static void test_terms(void **state)
{
	(void)state;
	/* The last day of a ten-year right is the anniversary itself. */
	assert_int_equal(status_term_end(PATENT_UTILITY, date_of(1999, 9, 6)), date_of(2009, 9, 6));
	assert_int_equal(status_term_end(PATENT_INVENTION, date_of(2010, 2, 28)),
			 date_of(2030, 2, 28));
	assert_int_equal(status_term_end(PATENT_INVENTION, date_of(2012, 2, 29)),
			 date_of(2032, 2, 29));
	assert_int_equal(status_term_end(PATENT_DESIGN, date_of(2021, 5, 31)),
			 date_of(2031, 5, 31));
	assert_int_equal(status_term_end(PATENT_DESIGN, date_of(2021, 6, 1)), date_of(2036, 6, 1));
	assert_int_equal(status_term_end(PATENT_INVENTION, date_of(1985, 4, 1)),
			 date_of(2000, 4, 1));
	assert_int_equal(status_term_end(PATENT_INVENTION, date_of(1990, 4, 1)),
			 date_of(2010, 4, 1));
	assert_int_equal(status_term_end(PATENT_TYPE_UNKNOWN, date_of(1990, 4, 1)), DATE_NONE);
	assert_int_equal(status_term_end(PATENT_DESIGN, DATE_NONE), DATE_NONE);
}

struct step {
	const char *day;
	enum event_kind kind;
};

static struct status_input input_of(const struct step *steps, struct status_event events[8],
				    const char *word)
{
	struct status_input input = { .events = events,
				      .word = str_of(word),
				      .type = PATENT_INVENTION,
				      .office = STR("CN"),
				      .filing = date_of(2010, 1, 1),
				      .grant = DATE_NONE,
				      .lapse = DATE_NONE,
				      .expiry = DATE_NONE,
				      .as_of = date_of(2026, 11, 22) };

	for (; steps[input.event_count].day; input.event_count++) {
		struct status_event *event = &events[input.event_count];

		event->kind = steps[input.event_count].kind;
		if (!date_parse(str_of(steps[input.event_count].day), &event->on))
			event->on = DATE_NONE;
	}
	return input;
}

static void test_lives(void **state)
{
	static const struct {
		struct step steps[8];
		const char *word;
		enum status status;
		const char *since;
		enum status_basis basis;
	} rows[] = {
		{ { { "2012-01-01", EVENT_GRANT },
		    { "2011-01-01", EVENT_EXAMINATION },
		    { "2010-12-01", EVENT_PUBLICATION } },
		  NULL,
		  STATUS_IN_FORCE,
		  "2012-01-01",
		  STATUS_BASIS_EVENT },
		{ { { "2010-12-01", EVENT_PUBLICATION }, { "2010-12-01", EVENT_EXAMINATION } },
		  NULL,
		  STATUS_EXAMINATION,
		  "2010-12-01",
		  STATUS_BASIS_EVENT },
		{ { { "2010-12-01", EVENT_PUBLICATION },
		    { "2013-01-01", EVENT_DEEMED_WITHDRAWAL } },
		  NULL,
		  STATUS_DEEMED_WITHDRAWN,
		  "2013-01-01",
		  STATUS_BASIS_EVENT },
		{ { { "2012-01-01", EVENT_GRANT },
		    { "2015-03-01", EVENT_LAPSE_UNPAID },
		    { "2015-06-01", EVENT_RESTORATION } },
		  NULL,
		  STATUS_IN_FORCE,
		  "2015-06-01",
		  STATUS_BASIS_EVENT },
		{ { { "2012-01-01", EVENT_GRANT },
		    { "2015-03-01", EVENT_LAPSE_UNPAID },
		    { "2015-06-01", EVENT_RESTORATION } },
		  "失效",
		  STATUS_IN_FORCE,
		  "2015-06-01",
		  STATUS_BASIS_EVENT },
		{ { { "2011-01-01", EVENT_EXAMINATION },
		    { "2012-01-01", EVENT_DEEMED_WITHDRAWAL },
		    { "2012-06-01", EVENT_RESTORATION } },
		  NULL,
		  STATUS_EXAMINATION,
		  "2012-06-01",
		  STATUS_BASIS_EVENT },
		{ { { "2012-01-01", EVENT_GRANT },
		    { "2014-01-01", EVENT_PARTIAL_INVALIDATION },
		    { "2014-06-01", EVENT_TRANSFER_PATENT } },
		  NULL,
		  STATUS_PARTLY_INVALID,
		  "2014-01-01",
		  STATUS_BASIS_EVENT },
		{ { { "2012-01-01", EVENT_GRANT },
		    { "2014-01-01", EVENT_LAPSE_UNPAID },
		    { "2015-01-01", EVENT_INVALIDATION } },
		  NULL,
		  STATUS_INVALIDATED,
		  "2015-01-01",
		  STATUS_BASIS_EVENT },
		{ { { "2012-01-01", EVENT_GRANT },
		    { "2014-01-01", EVENT_ABANDONMENT },
		    { "2015-01-01", EVENT_LAPSE_UNPAID } },
		  NULL,
		  STATUS_ABANDONED,
		  "2014-01-01",
		  STATUS_BASIS_EVENT },
		{ { { "2027-01-01", EVENT_LAPSE_UNPAID }, { "2012-01-01", EVENT_GRANT } },
		  NULL,
		  STATUS_IN_FORCE,
		  "2012-01-01",
		  STATUS_BASIS_EVENT }, /* still to come */
		{ { { "2010-12-01", EVENT_PUBLICATION } },
		  "有效",
		  STATUS_IN_FORCE,
		  "",
		  STATUS_BASIS_WORD },
		{ { { "2012-01-01", EVENT_GRANT } }, "失效", STATUS_DEAD, "", STATUS_BASIS_WORD },
		{ { { "2012-01-01", EVENT_GRANT }, { "2015-03-01", EVENT_LAPSE_UNPAID } },
		  "有效",
		  STATUS_LAPSED,
		  "2015-03-01",
		  STATUS_BASIS_EVENT },
		{ { { "", EVENT_LAPSE_UNPAID } }, NULL, STATUS_LAPSED, "", STATUS_BASIS_EVENT },
		{ { { NULL, EVENT_UNKNOWN } },
		  "实质审查",
		  STATUS_EXAMINATION,
		  "",
		  STATUS_BASIS_WORD },
		{ { { NULL, EVENT_UNKNOWN } }, "天知道", STATUS_UNKNOWN, "", STATUS_BASIS_NONE },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct status_event events[8];
		char text[DATE_TEXT_SIZE];
		struct status_input input = input_of(rows[i].steps, events, rows[i].word);
		struct status_result result = status_of(&input);

		if (result.status != rows[i].status || result.basis != rows[i].basis ||
		    strcmp(date_format(result.since, text), rows[i].since) != 0)
			fail_msg("row %zu: %s since %s, basis %d", i,
				 status_infos[result.status].name, text, result.basis);
		assert_int_equal(result.group, status_infos[result.status].group);
	}
}

static void test_terms_end_lives(void **state)
{
	const struct step steps[] = { { "2003-01-01", EVENT_GRANT }, { NULL, EVENT_UNKNOWN } };
	struct status_event events[8];
	struct status_input input = input_of(steps, events, NULL);
	struct status_result result;

	(void)state;
	input.filing = date_of(2000, 5, 1);
	result = status_of(&input);
	assert_int_equal(result.status, STATUS_EXPIRED);
	assert_int_equal(result.basis, STATUS_BASIS_TERM);
	assert_int_equal(result.since, date_of(2020, 5, 1));
	input.as_of = date_of(2020, 5, 1); /* its last day */
	assert_int_equal(status_of(&input).status, STATUS_IN_FORCE);
	input.as_of = date_of(2002, 1, 1);
	assert_int_equal(status_of(&input).status, STATUS_UNKNOWN);
	input.as_of = date_of(2026, 1, 1);
	input.expiry = date_of(2027, 1, 1); /* given by the source: extended */
	assert_int_equal(status_of(&input).status, STATUS_IN_FORCE);
}

static void test_kind_alone(void **state)
{
	const struct step none[] = { { NULL, EVENT_UNKNOWN } };
	struct status_event events[8];
	struct status_input input = input_of(none, events, NULL);

	(void)state;
	input.stage = STAGE_GRANT;
	assert_int_equal(status_of(&input).status, STATUS_GRANTED);
	assert_int_equal(status_of(&input).basis, STATUS_BASIS_KIND);
	assert_int_equal(status_of(&input).group, STATUS_GROUP_UNKNOWN);
	input.stage = STAGE_APPLICATION;
	assert_int_equal(status_of(&input).status, STATUS_LAID_OPEN);
	input.grant = date_of(2013, 1, 1);
	assert_int_equal(status_of(&input).status, STATUS_GRANTED);
	input.lapse = date_of(2016, 1, 1);
	assert_int_equal(status_of(&input).status, STATUS_DEAD);
	assert_int_equal(status_of(&input).since, date_of(2016, 1, 1));
}

static struct publication *publication_of(struct arena *arena, const char *kind, const char *day)
{
	struct publication *made = publication_create(arena);

	publication_add(made, FACT_OFFICE, 0, STR("CN"));
	publication_add(made, FACT_KIND, 0, str_of(kind));
	publication_add(made, FACT_TYPE, 0, STR("invention"));
	publication_add(made, FACT_PUBLICATION_DATE, 0, str_of(day));
	publication_add(made, FACT_APPLICATION_DATE, 0, STR("2014-05-14"));
	return made;
}

static void test_facts_of_an_application(void **state)
{
	struct arena *arena = arena_create(4096);
	struct publication *both[] = { publication_of(arena, "A", "2014-12-17"),
				       publication_of(arena, "B", "2016-01-20") };
	const struct str lapse[] = { STR("2020-07-03"), STR("CF01"), STR_EMPTY };
	const struct str odd[] = { STR("2020-07-03"), STR("ZZ99"), STR("天知道") };
	struct status_result result;

	(void)state;
	result = status_of_publications(arena, both, 2, date_of(2026, 11, 22));
	assert_int_equal(result.status, STATUS_GRANTED);
	assert_int_equal(result.expiry, date_of(2034, 5, 14));
	result = status_of_publications(arena, both, 2, date_of(2015, 1, 1));
	assert_int_equal(result.status, STATUS_LAID_OPEN);
	publication_add_parts(both[1], FACT_EVENT, 0, odd, 3);
	publication_add_parts(both[1], FACT_EVENT, 0, lapse, 3);
	publication_add(both[0], FACT_STATUS, 0, STR("权利转移"));
	result = status_of_publications(arena, both, 2, date_of(2026, 11, 22));
	assert_int_equal(result.status, STATUS_LAPSED);
	assert_int_equal(result.event, EVENT_LAPSE_UNPAID);
	assert_int_equal(result.unknown_count, 1);
	assert_true(str_equal_cstr(result.unknown[0], "天知道"));
	result = status_of_publications(arena, NULL, 0, date_of(2026, 11, 22));
	assert_int_equal(result.status, STATUS_UNKNOWN);
	arena_destroy(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_tables_are_complete),
		cmocka_unit_test(test_terms),
		cmocka_unit_test(test_lives),
		cmocka_unit_test(test_terms_end_lives),
		cmocka_unit_test(test_kind_alone),
		cmocka_unit_test(test_facts_of_an_application),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
