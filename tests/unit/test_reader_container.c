#include "reader_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <string.h>

static const struct read_options plain = { 0 };

#define TABLE STR("a,b\n1,x\n")

static void gzip_with_several_members(void **state)
{
	struct arena *arena = arena_create(0);
	struct strbuf both = STRBUF_INIT;

	(void)state;
	strbuf_add_str(&both, fixture_gzip(arena, TABLE));
	strbuf_add_str(&both, fixture_gzip(arena, STR("2,y\n")));
	fixture_expect(strbuf_str(&both), "2: a=1; b=x\n3: a=2; b=y\n");
	strbuf_release(&both);
	arena_destroy(arena);
}

static void zip_members_in_order(void **state)
{
	struct arena *arena = arena_create(0);
	const struct fixture_member members[] = {
		{ "folder/", STR_EMPTY },
		{ "picture.tif", STR("II*\0aaaaaaaaaaaaaaaaaaaaaa") },
		{ "one.csv", TABLE },
		{ "two.json", STR("{\"a\":2}\n{\"a\":3}\n") },
		{ "three.gz", fixture_gzip(arena, TABLE) },
	};
	const struct fixture_member outer[] = {
		{ "inner.zip", fixture_zip(arena, members, 5) },
		{ "last.xml", STR("<r><n>4</n></r>") },
	};
	const struct fixture_member outermost[] = {
		{ "outer.zip", fixture_zip(arena, outer, 2) },
		{ "after.csv", TABLE },
	};

	(void)state;
	fixture_expect(fixture_zip(arena, members, 5),
		       "one.csv 2: a=1; b=x\ntwo.json 1: a=2\ntwo.json 2: a=3\n"
		       "three.gz 2: a=1; b=x\n");
	fixture_expect(fixture_gzip(arena, fixture_zip(arena, outer, 2)),
		       "inner.zip/one.csv 2: a=1; b=x\ninner.zip/two.json 1: a=2\n"
		       "inner.zip/two.json 2: a=3\ninner.zip/three.gz 2: a=1; b=x\n"
		       "last.xml 1: n=4\n");
	fixture_expect(
		fixture_zip(arena, outermost, 2),
		"0! reader.nested_too_deep\nouter.zip/last.xml 1: n=4\nafter.csv 2: a=1; b=x\n");
	fixture_expect(fixture_zip(arena, members, 2), "! reader.is_picture\n");
	arena_destroy(arena);
}

static void workbook_in_a_zip(void **state)
{
	struct arena *arena = arena_create(0);
	const struct fixture_member members[] = {
		{ "list.xlsx",
		  fixture_workbook(arena,
				   "<row><c t=\"str\"><v>a</v></c><c t=\"str\"><v>b</v></c></row>"
				   "<row><c><v>1</v></c><c><v>2</v></c></row>",
				   "", "") },
	};

	(void)state;
	fixture_expect(fixture_zip(arena, members, 1), "list.xlsx 2: a=1; b=2\n");
	arena_destroy(arena);
}

/* Text that does not pack well, so that half the file holds about half the rows. */
static void add_rows(struct strbuf *content, unsigned count)
{
	uint32_t seed = 1;

	strbuf_add_cstr(content, "a,b\n");
	for (unsigned i = 0; i < count; i++) {
		seed = seed * 1664525 + 1013904223;
		strbuf_addf(content, "%u,%08x\n", i, seed);
	}
}

static size_t count_lines(const char *text)
{
	size_t count = 0;

	for (; *text; text++)
		count += *text == '\n';
	return count;
}

static void cut_archives_give_what_is_whole(void **state)
{
	struct arena *arena = arena_create(0);
	struct strbuf content = STRBUF_INIT;
	struct fixture_member member = { "rows.csv", STR_EMPTY };
	struct str packed[2];

	(void)state;
	add_rows(&content, 40000);
	member.content = strbuf_str(&content);
	packed[0] = fixture_gzip(arena, member.content);
	packed[1] = fixture_zip(arena, &member, 1);
	for (size_t i = 0; i < 2; i++) {
		const char *shown = fixture_read(arena, str_slice(packed[i], 0, packed[i].size / 2),
						 &plain);

		assert_in_range(count_lines(shown), 10000, 30000);
		assert_non_null(strstr(shown, "! reader.truncated\n"));
	}
	strbuf_release(&content);
	arena_destroy(arena);
}

static void damaged_members_do_not_end_the_archive(void **state)
{
	struct arena *arena = arena_create(0);
	const struct fixture_member members[] = {
		{ "one.csv",
		  STR("a,b\n1,xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n") },
		{ "two.csv", TABLE },
	};
	struct str whole = fixture_zip(arena, members, 2);
	char *bytes = (char *)(uintptr_t)whole.data;

	(void)state;
	bytes[14] ^= 1; /* the first member's checksum */
	fixture_expect(
		whole,
		"one.csv 2: a=1; b=xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n"
		"one.csv 3! reader.packed_damaged\ntwo.csv 2: a=1; b=x\n");
	bytes[6] |= 1; /* encrypted */
	fixture_expect(whole, "0! reader.is_encrypted\ntwo.csv 2: a=1; b=x\n");
	arena_destroy(arena);
}

static void unpacked_size_is_limited(void **state)
{
	struct arena *arena = arena_create(0);
	struct reader_limits limits = reader_default_limits;
	struct strbuf content = STRBUF_INIT;
	struct str packed;
	const char *shown;

	(void)state;
	limits.unpacked_size_max = 1 << 20;
	strbuf_add_cstr(&content, "a,b\n");
	for (size_t i = 0; i < 1000000; i++)
		strbuf_add_cstr(&content, "1,x\n");
	packed = fixture_gzip(arena, strbuf_str(&content));
	shown = fixture_read(arena, packed, &(struct read_options){ .limits = &limits });
	assert_non_null(strstr(shown, "! reader.unpacked_too_large\n"));
	strbuf_release(&content);
	arena_destroy(arena);
}

static void what_is_no_file_is_named(void **state)
{
	struct arena *arena = arena_create(0);

	(void)state;
	assert_string_equal(fixture_shown(arena, "/tmp", &plain), "! reader.is_folder\n");
	assert_string_equal(fixture_shown(arena, "/dev/null", &plain), "! reader.is_device\n");
	assert_string_equal(fixture_shown(arena, "/tmp/yucheng-no-such-file", &plain),
			    "! file.open\n");
	fixture_expect(fixture_gzip(arena, STR_EMPTY), "! reader.is_empty\n");
	fixture_expect(STR("PK\5\6\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"),
		       "! reader.nothing_inside\n");
	fixture_expect(STR("\x1F\x8B\x08\0"), "! reader.truncated\n");
	arena_destroy(arena);
}

static void progress_reaches_the_end(void **state)
{
	struct arena *arena = arena_create(0);
	struct strbuf content = STRBUF_INIT;
	struct error error;
	struct reader *reader;
	struct row row;
	int64_t done, total, before = 0;

	(void)state;
	add_rows(&content, 40000);
	assert_true(reader_open(arena, fixture_file(arena, content.data, content.size), NULL,
				&reader, &error));
	while (reader_next(reader, arena, &row, &error) == READ_ROW) {
		reader_progress(reader, &done, &total);
		assert_true(done >= before && done <= total);
		before = done;
	}
	assert_int_equal(total, (int64_t)content.size);
	assert_int_equal(before, total);
	assert_int_equal(reader_position(reader), 40000);
	strbuf_release(&content);
	arena_destroy(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(gzip_with_several_members),
		cmocka_unit_test(zip_members_in_order),
		cmocka_unit_test(workbook_in_a_zip),
		cmocka_unit_test(cut_archives_give_what_is_whole),
		cmocka_unit_test(damaged_members_do_not_end_the_archive),
		cmocka_unit_test(unpacked_size_is_limited),
		cmocka_unit_test(what_is_no_file_is_named),
		cmocka_unit_test(progress_reaches_the_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
