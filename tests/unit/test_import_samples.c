/*
 * Real files of each source, where they are at hand: YUCHENG_SAMPLES, or ../shared/samples beside
 * the source tree. Without them there is nothing to test.
 */
#include "base/file.h"
#include "import/run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

static const char folder[] = "test_import_samples.data";

static const struct sample {
	const char *file, *source; /* NULL: refused */
	int rows, refused;
} samples[] = {
	{ "cnipa-xml/cn_new1.xml", "cnipa-xml", 1, 0 },
	{ "cnipa-xml/cn_old1.xml", "cnipa-xml-old", 1, 0 },
	{ "cnipr-xlsx/cnipr-199.xlsx", "cnipr", 199, 0 },
	{ "cn-table-xlsx/taian-7384.xlsx", "table", 7384, 0 },
	{ "cn-pss-xls/v3.xls", "cnipa-search", 744, 0 },
	{ "google-csv/gp-search.csv", "google", 4264, 0 },
	{ "lens-csv/lens-300.csv", "lens", 300, 0 },
	{ "uspto-xml/ipg050104.small.xml", "uspto-grant", 25, 0 },
	{ "uspto-xml/ipg120327.18.xml", "uspto-grant", 18, 0 },
	{ "uspto-xml/ipg120327.196.xml", "uspto-grant", 196, 0 },
	{ "epo-docdb-xml/AP-1206-A_302101161.xml", "docdb", 1, 0 },
	{ "epo-docdb-xml/DE-backfile.xml", "docdb", 10, 0 },
	{ "epo-ops-xml/family/family_input.xml", "ops-family", 6, 0 },
	{ "epo-ops-xml/legal/example_1.xml", "ops-family", 1, 0 },
	{ "epo-ops-xml/legal/example_3.xml", "ops-family", 1, 0 },
	{ "ep-xml/v1-5-A1.xml", "ep-xml", 1, 0 },
	{ "ep-xml/v1-5-B1.xml", "ep-xml", 1, 0 },
	{ "patsnap-json/patsnap_patents.json", "patsnap-json", 10, 0 },
	{ "patentscope-xls/patentscope_pizza_2012_2015_6177.xls", "patentscope", 6177, 0 },
	{ "cn-claims/claims-350.jsonl", "claims-json", 350, 1 },
	{ "uspto-json/assignment.json", "uspto-json", 1, 1 },
	{ "epo-ops-xml/sample.xml", NULL, 0, 0 },
	{ "epo-ops-xml/legal/legal_code_descriptions_202417.xlsx", NULL, 0, 0 },
	{ "cnipa-xml/schema/cn_old.dtd", NULL, 0, 0 },
	{ "cnipa-xml/schema/zh_new.xsd", NULL, 0, 0 },
	{ "cnipa-xml/schema/element_mapping_cn_old.csv", NULL, 0, 0 },
	{ "cnipa-xml/schema/cn_old_element_diff.json", NULL, 0, 0 },
	{ "cnipa-xml/schema", NULL, 0, 0 },
};

/* Facts that must stand in the library when all of them are in. */
static const struct known {
	const char *number;
	enum fact_field field;
	const char *value;
} known[] = {
	{ "CN113781974A", FACT_TITLE, "显示设备" },
	{ "CN113781974A", FACT_APPLICATION_NUMBER, "CN202111286633.X" },
	{ "CN113781974A", FACT_DIVISIONAL_OF, "CN201710269973.9" },
	{ "CN104223352A", FACT_APPLICANT, "云南中烟工业有限责任公司" },
	{ "CN104223352A", FACT_PROVINCE, "云南省" },
	{ "CN202644312U", FACT_IPC, "E01B3/32" },
	{ "CN202644312U", FACT_TYPE, "utility" },
	{ "CN85102475", FACT_APPLICATION_DATE, "1985-04-01" },
	{ "CN201710106452.1", FACT_STATUS, "发明专利申请公布" },
	{ "US11355780B2", FACT_APPLICANT, "Idemitsu Kosan Co., Ltd." },
	{ "US20110185700A1", FACT_PRIORITY, "US65784810" },
	{ "US6836899B1", FACT_IPC, "A45F5/04" },
	{ "USD656296S1", FACT_LOCARNO, "01-01" },
	{ "AP1206A", FACT_FAMILY_SIMPLE, "22179393" },
	{ "DE1258188B", FACT_TITLE,
	  "Kraftstoffeinspritzpumpe fuer mehrzylindrige Brennkraftmaschinen" },
	{ "EP1000000A1", FACT_EVENT, "2002-06-05" },
	{ "EP3782854A1", FACT_PCT_APPLICATION, "PCT/CN2018/112487" },
	{ "EP3404678B1", FACT_CITATION, "EP3109871A1" },
	{ "TW200845700A", FACT_APPLICANT, "GIGA-BYTE COMMUNICATIONS INC." },
};

static const char *sample_folder(struct arena *arena)
{
	const char *given = getenv("YUCHENG_SAMPLES"), *source = getenv("YUCHENG_SOURCE");
	const char *path = given ? given
				 : file_join(arena, source ? source : ".", "../shared/samples");

	return file_is_folder(path) ? path : NULL;
}

static void check_sample(struct library *library, struct arena *arena, const char *samples_path,
			 const struct sample *sample)
{
	struct import_options options = { .path = file_join(arena, samples_path, sample->file),
					  .today = date_of(2026, 11, 22) };
	struct import_result result;
	struct error error;
	bool done = import_run(library, arena, &options, &result, &error);

	if (done != (sample->source != NULL))
		fail_msg("%s: %s %s", sample->file, done ? "taken in" : error.key,
			 done ? result.source : error.detail);
	if (done) {
		if (!str_equal_cstr(str_of(result.source), sample->source) ||
		    result.rows != sample->rows || result.rejected != sample->refused)
			fail_msg("%s: %s, %lld rows, %lld refused", sample->file, result.source,
				 (long long)result.rows, (long long)result.rejected);
		assert_false(result.is_stopped);
	}
	import_result_release(&result);
}

static bool has_value(const struct application *application, const struct known *wanted)
{
	for (size_t i = 0; i < application->publication_count; i++)
		for (const struct fact *fact =
			     publication_find(application->stored[i], wanted->field);
		     fact; fact = publication_next(application->stored[i], fact))
			if (str_equal_cstr(fact->parts[0], wanted->value))
				return true;
	return false;
}

static void check_known(struct library *library, struct arena *arena)
{
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		struct application application;
		struct error error;
		int64_t id;

		if (!library_find_number(library, arena, str_of(known[i].number), &id, &error) ||
		    !library_application(library, arena, id, &application, &error))
			fail_msg("%s: not found", known[i].number);
		if (!has_value(&application, &known[i]))
			fail_msg("%s: not %s", known[i].number, known[i].value);
	}
}

static void real_files_are_read(void **state)
{
	struct arena *arena = arena_create(1 << 16);
	const char *path = sample_folder(arena);
	struct library *library;
	struct error error;

	(void)state;
	if (!path) {
		arena_destroy(arena);
		skip();
	}
	assert_true(file_remove_tree(folder, &error));
	assert_true(library_open(folder, true, &library, &error));
	for (size_t i = 0; i < sizeof(samples) / sizeof(samples[0]); i++)
		check_sample(library, arena, path, &samples[i]);
	check_known(library, arena);
	library_close(library);
	arena_destroy(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(real_files_are_read) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
