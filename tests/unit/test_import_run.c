/* The import of whole files into a library: counts, refusals, repeats, dry runs, topics. */
#include "base/file.h"
#include "import_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static const char folder[] = "test_import_run.data";
static const char rows_path[] = "test_import_run.jsonl";

struct fixture {
	struct library *library;
	struct arena *arena;
	int64_t topic_id;
};

static int set_up(void **state)
{
	struct fixture *fixture = calloc(1, sizeof(*fixture));
	struct topic topic = { .name = "示例专题",
			       .purpose = "",
			       .field = "",
			       .query = "",
			       .created_on = date_of(2026, 1, 1),
			       .updated_on = date_of(2026, 1, 1) };
	struct error error;

	assert_true(file_remove_tree(folder, &error));
	assert_true(library_open(folder, true, &fixture->library, &error));
	assert_true(library_topic_save(fixture->library, &topic, &error));
	fixture->topic_id = topic.id;
	fixture->arena = arena_create(1 << 16);
	import_fixture_write(rows_path);
	*state = fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;

	library_close(fixture->library);
	arena_destroy(fixture->arena);
	free(fixture);
	return 0;
}

static struct import_options options_for(const char *path)
{
	return (struct import_options){ .path = path,
					.today = date_of(2026, 11, 22),
					.batch_rows = 100 };
}

static void import(struct fixture *fixture, const struct import_options *options,
		   struct import_result *result)
{
	struct error error;

	if (!import_run(fixture->library, fixture->arena, options, result, &error))
		fail_msg("%s: %s", error.key, error.detail);
}

static void write_file(const char *path, const char *content)
{
	struct error error;

	assert_true(file_write_atomic(path, str_of(content), &error));
}

static void counts_add_up(void **state)
{
	struct fixture *fixture = *state;
	struct import_options options = options_for(rows_path);
	struct import_result result;
	const struct import_rejected *refusal;

	import(fixture, &options, &result);
	assert_string_equal(result.source, "yucheng");
	assert_int_equal(result.rows, FIXTURE_ROWS);
	assert_int_equal(result.rejected, FIXTURE_REFUSED);
	assert_int_equal(result.inserted + result.updated + result.unchanged + result.rejected,
			 FIXTURE_ROWS);
	assert_int_equal(result.refusals.count, FIXTURE_REFUSED);
	refusal = &LIST_AT(&result.refusals, struct import_rejected, 0);
	assert_int_equal(refusal->place, 38);
	assert_string_equal(refusal->reason.key, "import.bad_number");
	assert_string_equal(refusal->reason.detail, "没有号码");
	import_result_release(&result);
}

static void the_same_file_again_changes_nothing(void **state)
{
	struct fixture *fixture = *state;
	struct import_options options = options_for(rows_path);
	struct import_result result;
	const char *before;

	import(fixture, &options, &result);
	import_result_release(&result);
	before = import_fixture_dump(fixture->arena, fixture->library);
	import(fixture, &options, &result);
	assert_int_equal(result.inserted, 0);
	assert_int_equal(result.updated, 0);
	assert_int_equal(result.unchanged, FIXTURE_ROWS - FIXTURE_REFUSED);
	assert_string_equal(import_fixture_dump(fixture->arena, fixture->library), before);
	import_result_release(&result);
}

static void a_dry_run_counts_and_leaves_nothing(void **state)
{
	struct fixture *fixture = *state;
	struct import_options options = options_for(rows_path);
	struct import_record *records;
	struct import_result dry, wet;
	struct error error;
	int64_t count;
	size_t record_count;

	options.dry_run = true;
	options.topic_id = fixture->topic_id;
	import(fixture, &options, &dry);
	assert_true(library_application_count(fixture->library, &count, &error));
	assert_int_equal(count, 0);
	assert_true(
		library_imports(fixture->library, fixture->arena, &records, &record_count, &error));
	assert_int_equal(record_count, 0);
	options.dry_run = false;
	import(fixture, &options, &wet);
	assert_int_equal(dry.inserted, wet.inserted);
	assert_int_equal(dry.updated, wet.updated);
	assert_int_equal(dry.rejected, wet.rejected);
	assert_int_equal(dry.topic_added, wet.topic_added);
	import_result_release(&dry);
	import_result_release(&wet);
}

static void a_topic_gets_the_documents_and_a_line_in_its_log(void **state)
{
	struct fixture *fixture = *state;
	struct import_options options = options_for(rows_path);
	struct topic_log_line *lines;
	const struct bitmap *ids;
	struct import_result result;
	struct error error;
	size_t line_count;
	int64_t count;

	options.topic_id = fixture->topic_id;
	import(fixture, &options, &result);
	assert_true(library_topic_set(fixture->library, fixture->arena, fixture->topic_id,
				      TOPIC_IMPORTED, &ids, &error));
	assert_true(library_application_count(fixture->library, &count, &error));
	assert_int_equal(bitmap_count(ids), count);
	assert_true(library_topic_log(fixture->library, fixture->arena, fixture->topic_id, &lines,
				      &line_count, &error));
	assert_int_equal(line_count, 1);
	assert_string_equal(lines[0].source, rows_path);
	assert_int_equal(lines[0].added, count);
	import_result_release(&result);
}

static void a_changed_status_is_counted(void **state)
{
	static const char first[] = "示例状态一.csv", second[] = "示例状态二.csv";
	struct fixture *fixture = *state;
	struct import_options options = options_for(first);
	struct import_result result;

	write_file(first, "专利名称,申请号,申请人,公开号,法律状态\n"
			  "示例一,CN202010123456.2,示例公司,CN110000001A,实质审查\n"
			  "示例二,CN202110234567.5,示例公司,CN110000002A,实质审查\n");
	write_file(second, "专利名称,申请号,申请人,公开号,法律状态\n"
			   "示例一,CN202010123456.2,示例公司,CN110000001A,驳回\n"
			   "示例二,CN202110234567.5,示例公司,CN110000002A,实质审查\n");
	options.topic_id = fixture->topic_id;
	import(fixture, &options, &result);
	assert_int_equal(result.inserted, 2);
	assert_int_equal(result.status_changed, 0);
	import_result_release(&result);
	options.path = second;
	import(fixture, &options, &result);
	assert_int_equal(result.updated, 1);
	assert_int_equal(result.status_changed, 1);
	assert_int_equal(result.topic_added, 0);
	import_result_release(&result);
	remove(first);
	remove(second);
}

static void what_cannot_be_read_is_refused_with_a_reason(void **state)
{
	static const char path[] = "test_import_run.txt";
	struct fixture *fixture = *state;
	struct import_options options = options_for(path);
	struct import_result result;
	struct error error;

	write_file(path, "姓名,年龄\n张三,30\n李四,31\n");
	assert_false(import_run(fixture->library, fixture->arena, &options, &result, &error));
	assert_string_equal(error.key, "import.no_source");
	import_result_release(&result);
	write_file(path, "");
	assert_false(import_run(fixture->library, fixture->arena, &options, &result, &error));
	import_result_release(&result);
	options.path = folder;
	assert_false(import_run(fixture->library, fixture->arena, &options, &result, &error));
	import_result_release(&result);
	options.path = "no such file";
	assert_false(import_run(fixture->library, fixture->arena, &options, &result, &error));
	import_result_release(&result);
	remove(path);
}

static void a_file_that_breaks_keeps_what_came_before(void **state)
{
	static const char path[] = "test_import_run.xml";
	struct fixture *fixture = *state;
	struct import_options options = options_for(path);
	struct import_result result;

	write_file(path,
		   "<exchange-documents>"
		   "<exchange-document country=\"DE\" family-id=\"1\"><bibliographic-data>"
		   "<publication-reference data-format=\"docdb\"><document-id><country>DE</country>"
		   "<doc-number>1900001</doc-number><kind>B</kind></document-id>"
		   "</publication-reference></bibliographic-data></exchange-document>"
		   "<exchange-document country=\"DE\"><bibliographic-data></oops>");
	import(fixture, &options, &result);
	assert_int_equal(result.inserted, 1);
	assert_true(result.is_stopped || result.rejected > 0);
	import_result_release(&result);
	remove(path);
}

static void own_columns_are_used(void **state)
{
	static const char path[] = "test_import_run_map.csv";
	struct fixture *fixture = *state;
	struct import_options options = options_for(path);
	struct import_result result;
	struct application application;
	struct error error;
	int64_t id;

	write_file(path,
		   "成果,证号,单位,备注\n示例成果,ZL202010123456.2,示例甲公司；示例乙公司,丙\n");
	assert_true(source_from_map(fixture->arena,
				    STR("title=成果,application_number=证号,applicant=单位"),
				    &options.source, &error));
	import(fixture, &options, &result);
	assert_int_equal(result.inserted, 1);
	assert_true(library_find_number(fixture->library, fixture->arena, STR("202010123456.2"),
					&id, &error));
	assert_true(
		library_application(fixture->library, fixture->arena, id, &application, &error));
	assert_string_equal(
		str_to_cstr(fixture->arena, publication_text(application.stored[0], FACT_TITLE)),
		"示例成果");
	assert_int_equal(application.stored[0]->facts[0].origin, ORIGIN_COLUMN_MAP);
	import_result_release(&result);
	remove(path);
}

static void refused_rows_keep_their_cells(void **state)
{
	static const char path[] = "test_import_run_cells.csv";
	struct fixture *fixture = *state;
	struct import_options options = options_for(path);
	struct import_result result;
	struct str *headers, *values;
	const struct import_rejected *refusal;

	write_file(path, "专利名称,申请号,申请人\n,,\"甲,乙\n丙\"\n示例,CN202010123456.2,丁\n");
	import(fixture, &options, &result);
	assert_int_equal(result.rejected, 1);
	assert_int_equal(result.inserted, 1);
	refusal = &LIST_AT(&result.refusals, struct import_rejected, 0);
	assert_int_equal(import_row_cells(fixture->arena, refusal->row_text, &headers, &values), 3);
	assert_string_equal(str_to_cstr(fixture->arena, headers[2]), "申请人");
	assert_string_equal(str_to_cstr(fixture->arena, values[2]), "甲,乙\n丙");
	import_result_release(&result);
	remove(path);
}

#define TEST(name_) cmocka_unit_test_setup_teardown(name_, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(counts_add_up),
		TEST(the_same_file_again_changes_nothing),
		TEST(a_dry_run_counts_and_leaves_nothing),
		TEST(a_topic_gets_the_documents_and_a_line_in_its_log),
		TEST(a_changed_status_is_counted),
		TEST(what_cannot_be_read_is_refused_with_a_reason),
		TEST(a_file_that_breaks_keeps_what_came_before),
		TEST(own_columns_are_used),
		TEST(refused_rows_keep_their_cells),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
