/* Evidence for the prospect of grant: features of a text, one document for novelty, conflicts apart. */
#include "analyse/evidence.h"
#include "analyse_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static struct fixture *fixture;

static struct evidence found(const struct str *features, size_t count, date before)
{
	const struct search_limits limits = { 0 };
	const struct evidence_request request = {
		.features = features, .feature_count = count, .before = before, .limit = 20
	};
	struct evidence evidence;
	struct error error;

	assert_true(evidence_find(fixture->snapshot, &request, &limits, fixture->arena, &evidence,
				  &error));
	return evidence;
}

static const struct fixture_document *document_of(uint32_t document)
{
	for (size_t i = 0; i < fixture->count; i++)
		if (fixture->documents[i].document == document)
			return &fixture->documents[i];
	fail();
	return NULL;
}

static void features_of_a_claim(void **unused)
{
	static const char *const expected[] = { "一种电池", "设置隔膜", "涂覆陶瓷层",
						"所述陶瓷层多孔" };
	const struct str *features;
	size_t count = evidence_features(fixture->arena,
					 STR("1. 一种电池，其特征在于：\n(1) 设置隔膜；\n2) "
					     "涂覆陶瓷层；；a、所述陶瓷层多孔。\n"
					     "2. 根据权利要求1所述的电池，还有壳体。"),
					 &features);

	(void)unused;
	assert_int_equal(count, 4);
	for (size_t i = 0; i < count; i++)
		assert_true(str_equal_cstr(features[i], expected[i]));
	assert_int_equal(evidence_features(fixture->arena, STR(" \n;；。"), &features), 0);
	assert_int_equal(evidence_features(fixture->arena, STR("\xff\xfe；\xe4\xb8"), &features),
			 0);
}

/* Branch 2 is about 隔膜, effect 0 about 安全性; a document has both only where both are true. */
static void one_document_must_have_all(void **unused)
{
	const struct str features[] = { STR("隔膜"), STR("安全性") };
	struct evidence evidence = found(features, 2, date_of(2030, 1, 1));
	size_t whole = 0;

	(void)unused;
	assert_true(evidence.prior_count > 0);
	assert_int_equal(evidence.count, evidence.prior_count); /* all are published by then */
	for (size_t i = 0; i < evidence.count; i++) {
		const struct evidence_document *row = &evidence.documents[i];
		const struct fixture_document *document = document_of(row->document);

		assert_int_equal(row->cells[0] == DISCLOSURE_SAME, document->branch == 2);
		assert_int_equal(row->cells[1] == DISCLOSURE_SAME, document->effect == 0);
		assert_int_equal(row->has_all, document->branch == 2 && document->effect == 0);
		whole += row->has_all;
	}
	assert_true(whole > 0);
	assert_true(evidence.documents[evidence.closest].has_all);
}

static void nothing_is_said_to_be_new(void **unused)
{
	const struct str features[] = { STR("隔膜"), STR("量子密钥分发") };
	struct evidence evidence = found(features, 2, date_of(2030, 1, 1));

	(void)unused;
	for (size_t i = 0; i < evidence.count; i++) {
		assert_false(evidence.documents[i].has_all);
		assert_int_not_equal(evidence.documents[i].cells[1], DISCLOSURE_SAME);
	}
}

/* What counts depends on the day alone; a conflicting one was filed before it, published later. */
static void days_part_the_documents(void **unused)
{
	const struct str features[] = { STR("隔膜") };
	date before = date_of(2018, 1, 1);
	struct evidence evidence = found(features, 1, before);

	(void)unused;
	for (size_t i = 0; i < evidence.count; i++) {
		const struct evidence_document *row = &evidence.documents[i];

		assert_int_equal(row->is_conflict, i >= evidence.prior_count);
		assert_true(document_of(row->document)->filed < before);
		if (row->is_conflict)
			assert_string_equal(document_of(row->document)->office, "CN");
	}
	evidence = found(features, 1, date_of(1900, 1, 1));
	assert_int_equal(evidence.count, 0);
	assert_int_equal(evidence.closest, SIZE_MAX);
}

static int set_up(void **unused)
{
	(void)unused;
	fixture = fixture_create(2000, 5, true);
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
		cmocka_unit_test(features_of_a_claim),
		cmocka_unit_test(one_document_must_have_all),
		cmocka_unit_test(nothing_is_said_to_be_new),
		cmocka_unit_test(days_part_the_documents),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
