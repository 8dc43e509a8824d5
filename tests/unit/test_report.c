#include "base/file.h"
#include "report/figure_text.h"
#include "report/findings.h"
#include "report/docx.h"
#include "report/html.h"
#include "report/report.h"
#include "report/sheet.h"
#include "report/xlsx.h"

#include "report_figures.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <expat.h>
#include <math.h>
#include <unistd.h>
#include <zip.h>

static const struct figure_column year_columns[] = {
	{ "year", { "年份", "Year" }, VALUE_YEAR },
	{ "count", { "申请量", "applications" }, VALUE_COUNT },
};
static const struct figure_column name_columns[] = {
	{ "applicant", { "申请人", "Applicant" }, VALUE_TEXT },
	{ "count", { "申请量", "Applications" }, VALUE_COUNT },
};
static const struct figure_column matrix_columns[] = {
	{ "technique", { "技术手段", "Technique" }, VALUE_TEXT },
	{ "effect", { "功效", "Effect" }, VALUE_TEXT },
	{ "count", { "数量", "Count" }, VALUE_COUNT },
	{ "expected", { "期望", "Expected" }, VALUE_NUMBER },
	{ "class", { "类别", "Class" }, VALUE_TEXT },
};

static struct arena *arena;

static int begin(void **state)
{
	(void)state;
	arena = arena_create(1 << 16);
	return 0;
}

static int end(void **state)
{
	(void)state;
	arena_destroy(arena);
	return 0;
}

static void assert_holds(struct str text, const char *part)
{
	if (str_find(text, str_of(part)) == STR_NOT_FOUND)
		fail_msg("\"%s\" is not in: %.*s", part, STR_ARGS(text));
}

static void assert_lacks(struct str text, const char *part)
{
	if (str_find(text, str_of(part)) != STR_NOT_FOUND)
		fail_msg("\"%s\" is in: %.*s", part, STR_ARGS(text));
}

/* ---- Words. */
static void shares_are_said_as_people_do(void **state)
{
	(void)state;
	assert_holds(share_words(arena, 1.0 / 3, LANGUAGE_ZH), "约三分之一（33.3%）");
	assert_holds(share_words(arena, 0.5, LANGUAGE_EN), "about half (50.0%)");
	assert_true(str_equal_cstr(share_words(arena, 0.4, LANGUAGE_ZH), "40.0%"));
	assert_true(str_equal_cstr(share_words(arena, 1, LANGUAGE_ZH), "全部"));
	assert_holds(share_words(arena, 0.0004, LANGUAGE_ZH), "不足 0.1%");
	assert_true(str_equal_cstr(share_words(arena, 0, LANGUAGE_ZH), "0.0%"));
	assert_true(str_equal_cstr(share_words(arena, NAN, LANGUAGE_EN), "–"));
}

static void changes_are_said_as_people_do(void **state)
{
	static const struct {
		double from, to;
		const char *zh;
	} cases[] = {
		{ 100, 196, "增长近一倍" },   { 100, 200, "增长约一倍" }, { 100, 101, "基本持平" },
		{ 100, 134.5, "增长 34.5%" }, { 100, 50, "减少约一半" },  { 100, 20, "下降 80.0%" },
		{ 0, 12, "由 0 增至 12" },    { 0, 0, "基本持平" },       { 10, 82, "增至 8.2 倍" },
		{ 5, 0, "下降 100.0%" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct str said = change_words(arena, cases[i].from, cases[i].to, LANGUAGE_ZH);

		if (!str_equal_cstr(said, cases[i].zh))
			fail_msg("%g to %g: %.*s", cases[i].from, cases[i].to, STR_ARGS(said));
	}
}

static void values_are_shown_by_kind(void **state)
{
	struct figure_value count = { .number = 1234567 }, none = { .number = NAN };
	struct figure_value day = { .number = (double)date_of(2026, 2, 28) };
	struct figure_value wild = { .number = 1e12 }, third = { .number = 3.10 };

	(void)state;
	assert_true(str_equal_cstr(figure_value_text(arena, VALUE_COUNT, &count), "1,234,567"));
	assert_true(str_equal_cstr(figure_value_text(arena, VALUE_COUNT, &none), "–"));
	assert_true(str_equal_cstr(figure_value_text(arena, VALUE_DATE, &day), "2026-02-28"));
	assert_true(str_equal_cstr(figure_value_text(arena, VALUE_DATE, &wild), "–"));
	assert_true(str_equal_cstr(figure_value_text(arena, VALUE_NUMBER, &third), "3.1"));
	assert_true(str_equal_cstr(count_text(arena, -1234), "-1,234"));
	assert_true(str_equal_cstr(count_text(arena, 999), "999"));
}

/* ---- Findings. */
static struct str finding(const char *id, enum figure_shape shape,
			  const struct figure_column *columns, size_t column_count,
			  const char *rows, enum language language)
{
	return finding_write(arena, make_figure(arena, id, shape, columns, column_count, rows),
			     language);
}

static struct str trend(const char *rows)
{
	return finding("trend_filed", SHAPE_COLUMNS, year_columns, 2, rows, LANGUAGE_ZH);
}

static void incomplete_years_are_no_decline(void **state)
{
	struct str said = trend("2019|100\n2020|120\n2021|150\n2022|180\n2023|240\n*2024|90\n"
				"*2025|3\n");

	(void)state;
	assert_holds(said, "2019—2023 年");
	assert_holds(said, "240 件");
	assert_holds(said, "已连续 4 年增长");
	assert_holds(said, "2024 年及以后");
	assert_lacks(said, "3 件");
	assert_lacks(said, "下降 ");
}

static void a_falling_series_is_said_to_fall(void **state)
{
	struct str said = trend("2018|50\n2019|200\n2020|180\n2021|150\n2022|100\n");

	(void)state;
	assert_holds(said, "2019 年达到峰值 200 件");
	assert_holds(said, "已连续 3 年下降");
}

static void too_little_data_are_called_so(void **state)
{
	(void)state;
	assert_holds(trend(""), "没有可供统计的数据");
	assert_holds(trend("*2024|90\n*2025|30\n"), "均不完整");
	assert_holds(trend("2022|90\n2023|30\n"), "不足以判断趋势");
	assert_holds(trend("2020|1\n2021|2\n2022|3\n"), "样本不足（仅 6 件）");
	assert_holds(finding("applicants", SHAPE_BARS, name_columns, 2, "", LANGUAGE_EN),
		     "no data");
}

static void ties_have_no_single_leader(void **state)
{
	struct str two = finding("applicants", SHAPE_BARS, name_columns, 2, "甲|40\n乙|40\n丙|10\n",
				 LANGUAGE_ZH);
	struct str all = finding("applicants", SHAPE_BARS, name_columns, 2, "甲|40\n乙|40\n丙|40\n",
				 LANGUAGE_ZH);
	struct str one = finding("applicants", SHAPE_BARS, name_columns, 2, "甲|40\n", LANGUAGE_ZH);

	(void)state;
	assert_holds(two, "甲与乙并列首位");
	assert_holds(two, "丙（10 件");
	assert_holds(all, "3 项数值相同");
	assert_lacks(all, "居首位");
	assert_holds(one, "只有甲一项");
	assert_holds(finding("applicants", SHAPE_BARS, name_columns, 2, "|0\n乙|0\n", LANGUAGE_ZH),
		     "均为 0");
}

static void ranking_does_not_trust_the_order_of_rows(void **state)
{
	struct str said = finding("provinces", SHAPE_MAP, name_columns, 2,
				  "四川|10\n广东|90\n江苏|\n", LANGUAGE_ZH);

	(void)state;
	assert_holds(said, "广东居首位（90 件");
	assert_lacks(said, "江苏");
}

static void what_is_missing_is_said(void **state)
{
	struct figure *figure = make_figure(arena, "provinces", SHAPE_MAP, name_columns, 2,
					    "四川|20\n广东|10\n");

	(void)state;
	figure->documents = 100;
	figure->left_out = 70;
	assert_holds(finding_write(arena, figure, LANGUAGE_ZH), "另有 70.0%的文献缺少该项信息");
	figure->left_out = 5;
	assert_lacks(finding_write(arena, figure, LANGUAGE_ZH), "缺少");
}

static void a_small_base_has_no_multiple(void **state)
{
	struct str said = trend("2019|1\n2020|12\n2021|15\n2022|44\n");

	(void)state;
	assert_holds(said, "由 1 件变为 44 件");
	assert_lacks(said, "倍");
	assert_lacks(said, "年均");
}

static void blank_cells_are_proposals_not_facts(void **state)
{
	struct str said = finding(
		"matrix", SHAPE_HEAT, matrix_columns, 5,
		"液冷|散热|120|60|hot\n液冷|成本|0|9.5|blank\n热管|散热|30|40|normal\n",
		LANGUAGE_ZH);

	(void)state;
	assert_holds(said, "“液冷—散热”，共 120 件");
	assert_holds(said, "热点组合 1 个");
	assert_holds(said, "“液冷—成本”期望 9.5 而实际仅 0");
	assert_holds(said, "须人工确认");
}

static void every_shape_has_a_finding_in_both_languages(void **state)
{
	(void)state;
	for (size_t i = 0; i < sample_figure_count; i++) {
		const struct figure *figure = sample_figure(arena, i);
		struct str zh = finding_write(arena, figure, LANGUAGE_ZH);
		struct str en = finding_write(arena, figure, LANGUAGE_EN);

		assert_true(str_ends_with(zh, STR("。")));
		assert_true(str_ends_with(en, STR(".")));
		assert_lacks(en, "。");
		assert_lacks(zh, "nan");
		assert_lacks(zh, "inf");
	}
}

/* ---- The model. */
static void headings_and_figures_are_numbered(void **state)
{
	struct report *report = report_create(arena, LANGUAGE_ZH, STR("标题"));
	static const char *const expected[] = {
		"1", "1.1", "1.1.1", "1.2", "2", "2.1", "A", "A.1"
	};
	static const unsigned levels[] = { 1, 2, 3, 2, 1, 2, 1, 2 };
	const struct report_block *block;
	size_t at = 0;

	(void)state;
	for (size_t i = 0; i < 8; i++) {
		if (i == 6)
			report_appendix(report);
		report_heading(report, levels[i], STR("节"));
	}
	for (block = report->first; block; block = block->next)
		assert_string_equal(block->number, expected[at++]);
	assert_int_equal(at, 8);
	report_figure(report, sample_figure(arena, 0));
	assert_string_equal(report->last->number, "1");
	report_table(report, &(struct report_table){ .column_count = 0 });
	assert_int_equal(report->table_count, 0);
}

static void a_grid_orders_years_and_keeps_gaps(void **state)
{
	static const struct figure_column columns[] = {
		{ "applicant", { "申请人", "Applicant" }, VALUE_TEXT },
		{ "year", { "年份", "Year" }, VALUE_YEAR },
		{ "count", { "数量", "Count" }, VALUE_COUNT },
	};
	struct figure *figure = make_figure(arena, "applicant_year", SHAPE_BUBBLES, columns, 3,
					    "乙|2021|5\n甲|2020|3\n*甲|2022|1\n");
	struct figure_grid grid;

	(void)state;
	assert_true(figure_grid_usual(arena, figure, &grid));
	assert_int_equal(grid.row_count, 2);
	assert_int_equal(grid.column_count, 3);
	assert_true(str_equal_cstr(grid.rows[0], "乙"));
	assert_true(str_equal_cstr(grid.columns[0], "2020"));
	assert_true(isnan(grid.values[0]));
	assert_true(grid.values[1] == 5);
	assert_true(grid.columns_incomplete[2]);
	assert_false(grid.columns_incomplete[0]);
	assert_false(figure_grid(arena, figure, 0, 1, 2, 5, &grid));
}

/* ---- Writers. */
static const char hostile[] = "</script><script>alert(1)</script>\"'<!--\x01\xff &amp;";

static struct report *hostile_report(enum language language)
{
	struct report *report = report_create(arena, language, str_of(hostile));
	char *row = arena_printf(arena, "%s|7\n=1+1|3\n@SUM(A1)|2\n+1|1\n-1|1\n", hostile);
	struct figure *figure = make_figure(arena, "applicants", SHAPE_BARS, name_columns, 2, row);

	report->kind = str_of(hostile);
	report->as_of = date_of(2026, 1, 1);
	figure->title.zh = figure->title.en =
		"[]:*?/\\' 一个很长很长很长很长很长很长很长很长很长很长的标题";
	figure->query = str_of(hostile);
	report_cover(report, str_of(hostile), str_of(hostile));
	report_heading(report, 1, str_of(hostile));
	report_paragraph(report, str_of(hostile));
	report_notice(report, str_of(hostile));
	report_list(report, &report->title, 1);
	report_figure(report, figure);
	report_figure(report, figure);
	for (size_t i = 0; i < sample_figure_count; i++)
		report_figure(report, sample_figure(arena, i));
	return report;
}

static size_t count_of(struct str text, const char *part)
{
	size_t count = 0, at;

	while ((at = str_find(text, str_of(part))) != STR_NOT_FOUND) {
		text = str_slice(text, at + 1, text.size);
		count++;
	}
	return count;
}

static void titles_cannot_leave_their_place_in_html(void **state)
{
	struct strbuf html = STRBUF_INIT;
	struct str text;

	(void)state;
	report_write_html(hostile_report(LANGUAGE_EN), &html);
	text = strbuf_str(&html);
	assert_lacks(text, "<script>alert");
	assert_lacks(text, "</script><script>alert");
	assert_int_equal(count_of(text, "<script type="), count_of(text, "data-figure=\""));
	assert_int_equal(count_of(text, "<h1>"), 1);
	assert_holds(text, "&lt;/script&gt;&lt;script&gt;alert(1)");
	assert_holds(text, "\\u003c/script>");
	assert_lacks(text, "\x01");
	strbuf_release(&html);
}

/* Everything the workbook's sheets hold, one after another. */
static struct str read_book(const char *path)
{
	int code;
	zip_t *book = zip_open(path, ZIP_RDONLY, &code);
	struct strbuf all = STRBUF_INIT;
	char block[4096];
	struct str text;

	assert_non_null(book);
	for (zip_int64_t i = 0; i < zip_get_num_entries(book, 0); i++) {
		zip_file_t *file = zip_fopen_index(book, (zip_uint64_t)i, 0);
		zip_int64_t size;

		assert_non_null(file);
		while ((size = zip_fread(file, block, sizeof(block))) > 0)
			strbuf_add(&all, block, (size_t)size);
		zip_fclose(file);
	}
	zip_discard(book);
	text = str_copy(arena, strbuf_str(&all));
	strbuf_release(&all);
	return text;
}

static void workbooks_hold_no_formula(void **state)
{
	char path[] = "test_report.xlsx";
	struct error error = { 0 };
	struct str text;

	(void)state;
	assert_true(report_write_xlsx(hostile_report(LANGUAGE_ZH), path, &error));
	text = read_book(path);
	unlink(path);
	assert_lacks(text, "<f>");
	assert_holds(text, ">=1+1<");
	assert_holds(text, ">@SUM(A1)<");
	assert_holds(text, "<sheet name=\"总览\"");
	assert_int_equal(count_of(text, "<sheet name=\""), sample_figure_count + 2 + 3);
	assert_true(count_of(text, "<c:chart>") >= 8);
	assert_lacks(text, "\xff");
}

static void a_workbook_that_cannot_be_written_says_so(void **state)
{
	struct error error = { 0 };

	(void)state;
	assert_false(
		report_write_xlsx(hostile_report(LANGUAGE_ZH), "no-such-folder/x.xlsx", &error));
	assert_string_equal(error.key, "report.xlsx");
}

/* ---- Documents. */

/* The parts of a package as the XML parser of every office program reads them: well formed or not. */
static void check_parts(const char *path)
{
	int code;
	zip_t *package = zip_open(path, ZIP_RDONLY, &code);

	assert_non_null(package);
	for (zip_int64_t i = 0; i < zip_get_num_entries(package, 0); i++) {
		zip_file_t *file = zip_fopen_index(package, (zip_uint64_t)i, 0);
		XML_Parser parser = XML_ParserCreate(NULL);
		zip_int64_t size;
		char block[4096];

		while ((size = zip_fread(file, block, sizeof(block))) > 0)
			if (XML_Parse(parser, block, (int)size, 0) != XML_STATUS_OK)
				fail_msg("%s: line %lu: %s",
					 zip_get_name(package, (zip_uint64_t)i, 0),
					 XML_GetCurrentLineNumber(parser),
					 XML_ErrorString(XML_GetErrorCode(parser)));
		assert_int_equal(XML_Parse(parser, "", 0, 1), XML_STATUS_OK);
		XML_ParserFree(parser);
		zip_fclose(file);
	}
	zip_discard(package);
}

static void documents_are_well_formed_whatever_the_texts(void **state)
{
	char path[] = "test_report.docx";
	struct error error = { 0 };
	struct str text;

	(void)state;
	assert_true(report_write_docx(hostile_report(LANGUAGE_ZH), path, &error));
	check_parts(path);
	text = read_book(path);
	unlink(path);
	assert_int_equal(count_of(text, "<w:drawing>"), count_of(text, "<c:chartSpace "));
	assert_true(count_of(text, "<w:drawing>") >= 8);
	assert_holds(text, "PAGEREF _section_1 ");
	assert_holds(text, "<w:tblHeader/>");
	assert_holds(text, "图1");
	assert_lacks(text, "<script>");
	assert_lacks(text, "\x01");
}

static void the_same_report_gives_the_same_document(void **state)
{
	struct error error = { 0 };
	struct str first, second;

	(void)state;
	assert_true(report_write_docx(hostile_report(LANGUAGE_EN), "test_report_1.docx", &error));
	assert_true(report_write_docx(hostile_report(LANGUAGE_EN), "test_report_2.docx", &error));
	assert_true(file_read(arena, "test_report_1.docx", 1 << 24, &first, &error));
	assert_true(file_read(arena, "test_report_2.docx", 1 << 24, &second, &error));
	assert_true(str_equal(first, second));
	unlink("test_report_1.docx");
	unlink("test_report_2.docx");
}

static void a_document_that_cannot_be_written_says_so(void **state)
{
	struct error error = { 0 };

	(void)state;
	assert_false(
		report_write_docx(hostile_report(LANGUAGE_ZH), "no-such-folder/x.docx", &error));
	assert_string_equal(error.key, "report.docx");
}

/* 250 characters are 750 bytes: the library's buffer for all choices holds a third of them. */
static void long_lists_of_choices_break_no_workbook(void **state)
{
	enum { CHOICES = 50 };
	struct str choices[CHOICES];
	const struct sheet_column column = { .head = STR("状态"),
					     .choices = choices,
					     .choice_count = CHOICES };
	struct sheet sheet = { .name = STR("案件"), .columns = &column, .column_count = 1 };
	const char *path = "long-choices.xlsx";
	struct error error = { 0 };

	(void)state;
	for (size_t i = 0; i < CHOICES; i++)
		choices[i] = STR("无效待决");
	assert_true(report_write_sheet(&sheet, path, &error));
	assert_true(file_exists(path));
	unlink(path);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
	const struct CMUnitTest tests[] = {
		TEST(shares_are_said_as_people_do),
		TEST(changes_are_said_as_people_do),
		TEST(values_are_shown_by_kind),
		TEST(incomplete_years_are_no_decline),
		TEST(a_falling_series_is_said_to_fall),
		TEST(too_little_data_are_called_so),
		TEST(ties_have_no_single_leader),
		TEST(ranking_does_not_trust_the_order_of_rows),
		TEST(what_is_missing_is_said),
		TEST(a_small_base_has_no_multiple),
		TEST(blank_cells_are_proposals_not_facts),
		TEST(every_shape_has_a_finding_in_both_languages),
		TEST(headings_and_figures_are_numbered),
		TEST(a_grid_orders_years_and_keeps_gaps),
		TEST(titles_cannot_leave_their_place_in_html),
		TEST(workbooks_hold_no_formula),
		TEST(a_workbook_that_cannot_be_written_says_so),
		TEST(long_lists_of_choices_break_no_workbook),
		TEST(documents_are_well_formed_whatever_the_texts),
		TEST(the_same_report_gives_the_same_document),
		TEST(a_document_that_cannot_be_written_says_so),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
