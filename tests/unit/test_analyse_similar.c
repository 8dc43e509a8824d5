#include "analyse_fixture.h"

#include "analyse/similar.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static struct fixture *fixture;

static const struct fixture_document *document_of(uint32_t document)
{
	for (size_t i = 0; i < fixture->count; i++)
		if (fixture->documents[i].document == document)
			return &fixture->documents[i];
	fail();
	return NULL;
}

static struct similar_result find(struct similar_request request)
{
	const struct search_limits limits = { 0 };
	struct similar_result result;
	struct error error;

	assert_true(similar_find(fixture->snapshot, &request, &limits, fixture->arena, &result,
				 &error));
	return result;
}

static const struct similar_request asked = {
	.title = { "一种隔膜", sizeof("一种隔膜") - 1 },
	.text = { "提高安全性的隔膜", sizeof("提高安全性的隔膜") - 1 },
	.itself = DOCUMENT_NONE,
	.before = DATE_NONE,
	.limit = 10,
};

/* Documents of branch 2 are about 隔膜, those with effect 0 about 安全性. */
static void the_like_come_first(void **unused)
{
	struct similar_result result = find(asked);

	(void)unused;
	assert_int_equal(result.document_count, 10);
	for (size_t i = 0; i < result.document_count; i++) {
		assert_int_equal(document_of(result.documents[i].document)->branch, 2);
		assert_int_equal(document_of(result.documents[i].document)->effect, 0);
		assert_true(str_find(result.documents[i].shared, STR("隔膜")) != STR_NOT_FOUND);
		assert_true(str_find(result.documents[i].shared, STR("安全性")) != STR_NOT_FOUND);
		assert_true(i == 0 || result.documents[i].score <= result.documents[i - 1].score);
	}
}

static void function_words_do_not_count(void **unused)
{
	struct similar_result result = find(asked);

	(void)unused;
	assert_true(result.term_count >= 3);
	for (size_t i = 0; i < result.term_count; i++) {
		assert_true(result.terms[i].weight > 0);
		assert_false(str_equal(result.terms[i].text, STR("一种")));
		assert_false(str_equal(result.terms[i].text, STR("性的")));
		assert_true(i == 0 || result.terms[i].weight <= result.terms[i - 1].weight);
	}
}

static void it_is_left_out_itself(void **unused)
{
	struct similar_request request = asked;
	uint32_t first = find(asked).documents[0].document;
	struct similar_result result;

	(void)unused;
	request.itself = first;
	result = find(request);
	assert_int_equal(result.document_count, 10);
	for (size_t i = 0; i < result.document_count; i++)
		assert_int_not_equal(result.documents[i].document, first);
}

static void only_what_was_published_before(void **unused)
{
	struct similar_request request = asked;
	struct similar_result result;

	(void)unused;
	request.before = date_of(2015, 1, 1);
	request.limit = 1000;
	result = find(request);
	assert_true(result.document_count > 5);
	for (size_t i = 0; i < result.document_count; i++) {
		date filed = document_of(result.documents[i].document)->filed;

		assert_true(filed != DATE_NONE && filed + 540 < request.before);
	}
}

static void within_a_set(void **unused)
{
	struct similar_request request = asked;
	struct similar_result result;

	(void)unused;
	request.within = fixture->technology[1].documents;
	result = find(request);
	for (size_t i = 0; i < result.document_count; i++)
		assert_int_equal(document_of(result.documents[i].document)->branch, 0);
}

static void nothing_to_ask_for(void **unused)
{
	struct similar_request request = asked;

	(void)unused;
	request.title = STR_EMPTY;
	request.text = STR("");
	assert_int_equal(find(request).document_count, 0);
	request.text = STR("的了 zzzzqqqq \xFF\xFE 。。。");
	assert_int_equal(find(request).document_count, 0);
}

static int set_up(void **unused)
{
	(void)unused;
	fixture = fixture_create(500, 21, true);
	return 0;
}

static int tear_down(void **unused)
{
	(void)unused;
	fixture_destroy(fixture);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_like_come_first),
		cmocka_unit_test(function_words_do_not_count),
		cmocka_unit_test(it_is_left_out_itself),
		cmocka_unit_test(only_what_was_published_before),
		cmocka_unit_test(within_a_set),
		cmocka_unit_test(nothing_to_ask_for),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
