#include "base/map.h"
#include "demo/demo.h"
#include "import/tree_file.h"
#include "patent/number.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

static struct arena *arena, *scratch;
static struct demo *demo;
static struct error error;

static int set_up(void **state)
{
	(void)state;
	arena = arena_create(1 << 20);
	scratch = arena_create(1 << 16);
	return demo_create(arena, &demo, &error) ? 0 : -1;
}

static int tear_down(void **state)
{
	(void)state;
	arena_destroy(scratch);
	arena_destroy(arena);
	return 0;
}

/* Calls check for each publication. */
static void each_publication(void (*check)(const struct publication *publication, void *context),
			     void *context)
{
	for (size_t i = 0; i < demo_publication_count(demo); i++) {
		check(demo_publication(demo, scratch, i), context);
		arena_reset(scratch);
	}
}

static void add_to_hash(const struct publication *publication, void *context)
{
	uint64_t *hash = context;

	for (size_t i = 0; i < publication->count; i++)
		for (unsigned k = 0; k < publication->facts[i].part_count; k++)
			*hash = *hash * 31 + str_hash(publication->facts[i].parts[k]) +
				publication->facts[i].field;
}

/* Another value means another collection: the fingerprint in demo_fill.c must change with it. */
static void every_machine_makes_the_same_bytes(void **state)
{
	uint64_t hash = 0;

	(void)state;
	each_publication(add_to_hash, &hash);
	assert_int_equal(hash, UINT64_C(0x690da890a4cfd295));
}

static void it_has_the_size_promised(void **state)
{
	(void)state;
	assert_in_range(demo_case_count(demo), 19500, 20500);
	assert_true(demo_publication_count(demo) > demo_case_count(demo));
}

static void check_numbers(const struct publication *publication, void *context)
{
	struct map *seen = context;
	struct str own = publication_text(publication, FACT_PUBLICATION_NUMBER);
	struct number number, application;
	bool is_new;

	map_put(seen, own, &is_new);
	assert_true(is_new);
	assert_true(number_parse_publication(own, STR_EMPTY, &number));
	assert_true(str_equal(number_normal(scratch, &number), own));
	assert_true(str_equal_cstr(publication_text(publication, FACT_KIND), number.kind));
	assert_int_equal(number.body[1], '9'); /* a range no office has given out */
	assert_true(number_parse_application(publication_text(publication, FACT_APPLICATION_NUMBER),
					     STR_EMPTY, &application));
	assert_int_equal(application.check, NUMBER_CHECK_VALID);
	assert_int_equal(application.body[5], '9');
	assert_int_equal(number_type(&number),
			 patent_type_of(publication_text(publication, FACT_TYPE)));
}

static void numbers_are_sound_and_nobody_elses(void **state)
{
	struct map *seen = map_create();

	(void)state;
	each_publication(check_numbers, seen);
	assert_int_equal(map_count(seen), demo_publication_count(demo));
	map_destroy(seen);
}

static void check_dates(const struct publication *publication, void *context)
{
	date filed = publication_date(publication, FACT_APPLICATION_DATE);
	date published = publication_date(publication, FACT_PUBLICATION_DATE);
	date first = publication_date(publication, FACT_FIRST_PUBLICATION_DATE);
	date granted = publication_date(publication, FACT_GRANT_DATE);
	date lapsed = publication_date(publication, FACT_LAPSE_DATE);
	struct str kind = publication_text(publication, FACT_KIND);
	bool is_old = granted != DATE_NONE && granted < date_of(2010, 4, 7);
	date *latest = context;

	assert_true(filed < published && first <= published && published <= DEMO_HORIZON);
	assert_true(published >= *latest); /* in order */
	*latest = published;
	if (granted == DATE_NONE)
		return;
	assert_true(granted >= first && granted <= DEMO_HORIZON);
	assert_int_equal(is_old, str_equal_cstr(kind, "C") || str_equal_cstr(kind, "Y") ||
					 str_equal_cstr(kind, "D"));
	assert_true(lapsed == DATE_NONE || lapsed > granted);
	assert_true(publication_date(publication, FACT_EXPIRY_DATE) > granted);
}

static void dates_are_in_order(void **state)
{
	date latest = 0;

	(void)state;
	each_publication(check_dates, &latest);
}

static void check_events(const struct publication *publication, void *context)
{
	const struct fact *event = publication_find(publication, FACT_EVENT);
	date before = 0, on;

	(void)context;
	for (; event; event = publication_next(publication, event)) {
		assert_true(date_parse(event->parts[EVENT_DATE], &on));
		assert_true(on >= before && on <= DEMO_HORIZON);
		assert_true(event->parts[EVENT_CODE].size == 4);
		before = on;
	}
}

static void events_follow_each_other(void **state)
{
	(void)state;
	each_publication(check_events, NULL);
}

static void check_mark(const struct publication *publication, void *context)
{
	const struct fact *applicant = publication_find(publication, FACT_APPLICANT);

	(void)context;
	assert_non_null(applicant);
	for (; applicant; applicant = publication_next(publication, applicant))
		assert_int_not_equal(str_find(applicant->parts[PERSON_NAME], STR("示例")),
				     STR_NOT_FOUND);
}

static void every_applicant_is_marked(void **state)
{
	(void)state;
	each_publication(check_mark, NULL);
}

/* Publications come in order of date, so what is cited must have come before. */
static void check_citations(const struct publication *publication, void *context)
{
	const struct fact *citation = publication_find(publication, FACT_CITATION);
	struct map *seen = context;

	for (; citation; citation = publication_next(publication, citation))
		assert_non_null(map_find(seen, citation->parts[CITATION_NUMBER]));
	map_put(seen, publication_text(publication, FACT_PUBLICATION_NUMBER), NULL);
}

static void only_earlier_documents_are_cited(void **state)
{
	struct map *seen = map_create();

	(void)state;
	each_publication(check_citations, seen);
	map_destroy(seen);
}

static void topics_have_trees(void **state)
{
	(void)state;
	assert_int_equal(demo_topic_count(demo), 6);
	for (size_t i = 0; i < 5; i++) {
		struct demo_topic topic;

		demo_topic(demo, i, &topic);
		assert_true(topic.purpose.size > 0 && topic.query.size > 0);
		for (int kind = 0; kind < TREE_KIND_COUNT; kind++) {
			struct topic_node *nodes;
			size_t count;

			assert_true(
				tree_read_toml(arena, topic.trees[kind], &nodes, &count, &error));
			assert_true(count > 8);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_machine_makes_the_same_bytes),
		cmocka_unit_test(it_has_the_size_promised),
		cmocka_unit_test(numbers_are_sound_and_nobody_elses),
		cmocka_unit_test(dates_are_in_order),
		cmocka_unit_test(events_follow_each_other),
		cmocka_unit_test(every_applicant_is_marked),
		cmocka_unit_test(only_earlier_documents_are_cited),
		cmocka_unit_test(topics_have_trees),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
