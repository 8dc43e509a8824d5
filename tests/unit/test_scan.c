/* Files looked at before they are taken in: source, columns, rows; refused rows as CSV. */
#include "base/file.h"
#include "import/rejects.h"
#include "import/scan.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

static const char path[] = "test_scan.csv";

static const char table[] = "公开（公告）号,名称,申请人,\"所属课题, 编号\"\n"
			    "CN104223352A,示例·散热装置,示例公司,甲\n"
			    "不是号码,坏行,,乙\n"
			    "CN104223353A,示例·电池箱,示例公司,甲\n";
static const char strange[] = "成果名称,专利号\n示例·散热板,CN201410201865.4\n示例·散热管,\n";

static void write_text(const char *text)
{
	struct error error;

	assert_true(file_write_atomic(path, str_of(text), &error));
}

struct seen {
	size_t taken, refused, limit;
	struct arena *arena;
	struct import_rejected last;
};

static bool see(void *context, const struct batch_row *row)
{
	struct seen *seen = context;

	if (row->publication)
		seen->taken++;
	else
		seen->last = (struct import_rejected){ row->place, row->reason,
						       str_copy(seen->arena, row->row_text) };
	seen->refused += !row->publication;
	return seen->taken + seen->refused != seen->limit;
}

static void test_known(void **state)
{
	struct arena *arena = arena_create(1 << 16);
	struct seen seen = { .arena = arena };
	struct scan_head head;
	struct error error;

	(void)state;
	write_text(table);
	assert_true(scan_head(arena, path, NULL, &head, &error));
	assert_string_equal(head.source->name, "table");
	assert_int_equal(head.column_count, 4);
	assert_int_equal(head.columns[1].row->field, FACT_TITLE);
	assert_null(head.columns[3].row);
	assert_int_equal(head.columns[3].example_count, 2); /* the same value counts once */
	assert_true(scan_rows(arena, path, NULL, see, &seen, &error));
	assert_int_equal(seen.taken, 2);
	assert_int_equal(seen.refused, 1);
	seen = (struct seen){ .arena = arena, .limit = 1 };
	assert_true(scan_rows(arena, path, NULL, see, &seen, &error));
	assert_int_equal(seen.taken + seen.refused, 1);
	assert_false(scan_head(arena, "test_scan.none", NULL, &head, &error));
	arena_destroy(arena);
}

/* Nobody knows it: all columns with values of its first rows, and a map makes it readable. */
static void test_unknown(void **state)
{
	struct arena *arena = arena_create(1 << 16);
	struct seen seen = { .arena = arena };
	const struct source *source;
	struct scan_head head;
	struct error error;

	(void)state;
	write_text(strange);
	assert_true(scan_head(arena, path, NULL, &head, &error));
	assert_null(head.source);
	assert_int_equal(head.column_count, 2);
	assert_int_equal(head.columns[0].example_count, 2);
	assert_true(source_from_map(arena, STR("title=成果名称\napplication_number=专利号"),
				    &source, &error));
	assert_true(scan_rows(arena, path, source, see, &seen, &error));
	assert_int_equal(seen.taken, 2);
	arena_destroy(arena);
}

/* A column more for a known source: its own rows stay, facts are said to be of it. */
static void test_extended(void **state)
{
	struct arena *arena = arena_create(1 << 16);
	const struct source *base = source_find(STR("table")), *source;
	const struct source_row *row;
	struct error error;

	(void)state;
	assert_true(source_extend(arena, base, STR("keyword=所属课题, 编号\n"), &source, &error));
	assert_int_equal(source->origin, base->origin);
	row = source_find_row(arena, source, STR("所属课题, 编号"));
	assert_non_null(row);
	assert_int_equal(row->field, FACT_KEYWORD);
	assert_non_null(source_find_row(arena, source, STR("名称")));
	assert_null(source_find_row(arena, base, STR("所属课题, 编号")));
	assert_false(source_extend(arena, base, STR("nothing=x"), &source, &error));
	assert_string_equal(error.key, "import.map_unknown_field");
	assert_false(source_extend(arena, base, STR("\n"), &source, &error));
	assert_true(source_can_map(FACT_TITLE));
	assert_false(source_can_map(FACT_NONE));
	arena_destroy(arena);
}

static void test_rejects(void **state)
{
	struct arena *arena = arena_create(1 << 16);
	struct rejects *rejects = rejects_create(arena, LANGUAGE_ZH);
	struct seen seen = { .arena = arena };
	struct error error;
	struct str text;

	(void)state;
	write_text(table);
	assert_true(scan_rows(arena, path, NULL, see, &seen, &error));
	rejects_note(rejects, &seen.last);
	rejects_write(rejects, "表.csv", &seen.last);
	text = rejects_text(rejects);
	assert_true(str_find(text, STR("来源行号,拒收原因\r\n")) != STR_NOT_FOUND);
	assert_true(str_find(text, STR("不是号码,坏行,,乙,表.csv,3,")) != STR_NOT_FOUND);
	/* none refused: a header all the same */
	text = rejects_text(rejects_create(arena, LANGUAGE_EN));
	assert_true(str_find(text, STR("Reason refused")) != STR_NOT_FOUND);
	arena_destroy(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_known),
		cmocka_unit_test(test_unknown),
		cmocka_unit_test(test_extended),
		cmocka_unit_test(test_rejects),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
