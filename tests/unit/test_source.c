/* Every source reads its own small file to exactly the facts written beside it. */
#include "base/file.h"
#include "base/strbuf.h"
#include "import/map.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

enum { FILE_SIZE_MAX = 1 << 20 };

static const char *fixture_path(struct arena *arena, const char *name)
{
	return file_join(arena, getenv("YUCHENG_TEST_DATA"),
			 arena_printf(arena, "sources/%s", name));
}

static void show_text(struct strbuf *shown, struct str text)
{
	for (size_t i = 0; i < text.size; i++) {
		if (text.data[i] == '\n')
			strbuf_add_cstr(shown, "\\n");
		else
			strbuf_add_byte(shown, text.data[i]);
	}
}

/* "  applicant[zh]: name | type | address" without the empty parts at the end. */
static void show_fact(struct strbuf *shown, const struct fact *fact)
{
	unsigned parts = fact->part_count;

	while (parts > 1 && fact->parts[parts - 1].size == 0)
		parts--;
	strbuf_addf(shown, "  %s", fact_fields[fact->field].name);
	if (fact->language)
		strbuf_addf(shown, "[%c%c]", fact->language >> 8, fact->language & 0xFF);
	for (unsigned i = 0; i < parts; i++) {
		strbuf_add_cstr(shown, i ? " |" : ":");
		if (fact->parts[i].size)
			strbuf_add_byte(shown, ' ');
		show_text(shown, fact->parts[i]);
	}
	strbuf_add_byte(shown, '\n');
}

static void show_row(struct strbuf *shown, struct mapper *mapper, struct arena *arena,
		     const struct row *row)
{
	struct publication *publication;
	struct error error;

	if (!mapper_map(mapper, arena, row, &publication, &error)) {
		strbuf_addf(shown, "row %lld refused: %s\n", (long long)row->place, error.key);
		return;
	}
	strbuf_addf(shown, "row %lld\n", (long long)row->place);
	for (size_t i = 0; i < publication->count; i++)
		show_fact(shown, &publication->facts[i]);
}

static void show_findings(struct strbuf *shown, const struct findings *findings)
{
	for (size_t kind = 0; kind < FINDING_KIND_COUNT; kind++)
		for (size_t i = 0; i < map_count(findings->words[kind]); i++)
			strbuf_addf(shown, "found %s: %.*s x%llu\n", finding_info[kind].name,
				    STR_ARGS(map_key_at(findings->words[kind], i)),
				    (unsigned long long)*map_value_at(findings->words[kind], i));
}

static void show_file(struct strbuf *shown, struct arena *arena, const char *path)
{
	const struct source *source;
	struct findings findings;
	struct reader *reader;
	struct mapper *mapper;
	struct error error;
	struct row row;
	size_t count;
	const struct record_rule *rules = source_record_rules(arena, &count);
	const struct str *signature;

	assert_true(reader_open(arena, path, NULL, &reader, &error));
	reader_set_records(reader, rules, count);
	signature = reader_signature(reader, &count);
	assert_true(source_detect(arena, reader_format(reader), signature, count, &source, NULL,
				  NULL, &error));
	strbuf_addf(shown, "source %s\n", source->name);
	findings_init(&findings);
	mapper = mapper_create(arena, source, reader_format(reader), &findings);
	while (reader_next(reader, arena, &row, &error) == READ_ROW)
		show_row(shown, mapper, arena, &row);
	show_findings(shown, &findings);
	findings_release(&findings);
}

/* With YUCHENG_TEST_WRITE set the expected file is written instead; look at the difference. */
static void check_fixture(const char *name)
{
	struct arena *arena = arena_create(1 << 16);
	struct strbuf shown = STRBUF_INIT;
	const char *expected_path = fixture_path(arena, arena_printf(arena, "%s.expected", name));
	struct str expected;
	struct error error;

	show_file(&shown, arena, fixture_path(arena, name));
	if (getenv("YUCHENG_TEST_WRITE"))
		assert_true(file_write_atomic(expected_path, strbuf_str(&shown), &error));
	assert_true(file_read(arena, expected_path, FILE_SIZE_MAX, &expected, &error));
	assert_string_equal(shown.data, expected.data);
	strbuf_release(&shown);
	arena_destroy(arena);
}

static void every_source_reads_its_file(void **state)
{
	static const char *const names[] = {
		"cnipa-xml.xml",   "cnipa-xml-old.xml", "cnipa-search.csv",
		"cnipr.csv",       "uspto-grant.xml",   "uspto-application.xml",
		"uspto-json.json", "docdb.xml",         "ops-biblio.xml",
		"ops-family.xml",  "ep-xml.xml",        "incopat.csv",
		"patsnap.csv",     "patsnap-json.json", "google.csv",
		"lens.csv",        "espacenet.csv",     "patentscope.csv",
		"yucheng.jsonl",   "claims-json.jsonl", "corpus-json.jsonl",
		"table.csv",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		check_fixture(names[i]);
}

/* The name of the fixture is that of the source, so that none is forgotten. */
static void every_source_has_a_fixture(void **state)
{
	struct arena *arena = arena_create(4096);

	(void)state;
	for (size_t i = 0; sources[i]; i++) {
		static const char *const endings[] = { "xml", "csv", "json", "jsonl" };
		bool found = sources[i] == &source_demo; /* made and read back by the demo's test */

		for (size_t k = 0; k < 4; k++)
			found |= file_exists(fixture_path(
				arena, arena_printf(arena, "%s.%s", sources[i]->name, endings[k])));
		if (!found)
			fail_msg("no fixture of %s", sources[i]->name);
	}
	arena_destroy(arena);
}

static void origins_and_names_are_unique(void **state)
{
	(void)state;
	for (size_t i = 0; sources[i]; i++) {
		assert_ptr_equal(source_find(str_of(sources[i]->name)), sources[i]);
		assert_ptr_equal(source_of_origin(sources[i]->origin), sources[i]);
		assert_int_not_equal(sources[i]->origin, ORIGIN_COLUMN_MAP);
		assert_true(sources[i]->rank > 0);
	}
	assert_null(source_find(STR("no such source")));
}

static void an_unknown_file_says_what_was_seen(void **state)
{
	static const struct str headers[] = { { "姓名", 6 }, { "年龄", 6 }, { "申请号", 9 } };
	struct arena *arena = arena_create(4096);
	const struct source *source;
	struct error error;

	(void)state;
	assert_false(
		source_detect(arena, FORMAT_DELIMITED, headers, 3, &source, NULL, NULL, &error));
	assert_string_equal(error.key, "import.unknown_source");
	assert_string_equal(error.detail, "姓名, 年龄, 申请号");
	assert_true(str_find(str_of(error.hint), STR("专利名称")) != STR_NOT_FOUND);
	assert_false(source_detect(arena, FORMAT_XML, headers, 1, &source, NULL, NULL, &error));
	assert_false(source_detect(arena, FORMAT_JSON, NULL, 0, &source, NULL, NULL, &error));
	arena_destroy(arena);
}

static void headers_match_whatever_their_brackets(void **state)
{
	static const char *const pairs[][2] = {
		{ "公开（公告）号", "公开(公告)号" },
		{ "[标]当前申请(专利权)人", "当前申请（专利权）人" },
		{ "标题（中文）", "标题" },
		{ " Publication  Number ", "publication number" },
		{ "ＩＰＣ分类号", "IPC分类号" },
	};
	struct arena *arena = arena_create(4096);

	(void)state;
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
		assert_true(str_equal(source_fold_header(arena, str_of(pairs[i][0])),
				      source_fold_header(arena, str_of(pairs[i][1]))));
	assert_false(str_equal(source_fold_header(arena, STR("标题(翻译)")),
			       source_fold_header(arena, STR("标题"))));
	assert_int_equal(source_fold_header(arena, STR("\xff\xfe（")).size, 0);
	arena_destroy(arena);
}

static void column_maps_are_read_and_refused(void **state)
{
	struct arena *arena = arena_create(4096);
	const struct source *source;
	struct error error;

	(void)state;
	assert_true(
		source_from_map(arena, STR("title=成果名称, applicant = 单位 ,"), &source, &error));
	assert_string_equal(source->rows[0].path, "成果名称");
	assert_int_equal(source->rows[0].field, FACT_TITLE);
	assert_string_equal(source->rows[1].path, "单位");
	assert_int_equal(source->rows[1].parse, PARSE_LIST);
	assert_null(source->rows[2].path);
	assert_false(source_from_map(arena, STR("titel=名称"), &source, &error));
	assert_string_equal(error.key, "import.map_unknown_field");
	assert_false(source_from_map(arena, STR("title"), &source, &error));
	assert_string_equal(error.key, "import.map_without_sign");
	assert_false(source_from_map(arena, STR("title="), &source, &error));
	assert_false(source_from_map(arena, STR(""), &source, &error));
	arena_destroy(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_source_reads_its_file),
		cmocka_unit_test(every_source_has_a_fixture),
		cmocka_unit_test(origins_and_names_are_unique),
		cmocka_unit_test(an_unknown_file_says_what_was_seen),
		cmocka_unit_test(headers_match_whatever_their_brackets),
		cmocka_unit_test(column_maps_are_read_and_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
