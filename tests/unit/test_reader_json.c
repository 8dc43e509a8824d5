#include "reader_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <string.h>

static void lines_arrays_and_values_are_the_same(void **state)
{
	const char *expected = "1: pn=A; n=1\n2: pn=B\n";

	(void)state;
	fixture_expect(STR("{\"pn\":\"A\",\"n\":1}\n\n{\"pn\":\"B\"}\n"), expected);
	fixture_expect(STR("{\"pn\":\"A\",\"n\":1}\r\n{\"pn\":\"B\"}"), expected);
	fixture_expect(STR("[{\"pn\":\"A\",\"n\":1},\n{\"pn\":\"B\"}]"), expected);
	fixture_expect(STR("{\n \"pn\": \"A\",\n \"n\": 1\n}\n{\n \"pn\": \"B\"\n}"), expected);
	fixture_expect(STR("{\"pn\":\"A\",\"n\":1}{\"pn\":\"B\"}"), expected);
	fixture_expect(STR("[]"), "");
}

static void wrapped_arrays_are_found(void **state)
{
	const struct record_rule rule = { FORMAT_JSON, NULL, "reply/bag" };

	(void)state;
	fixture_expect(STR("{\"count\":2,\"data\":[{\"pn\":\"A\"},{\"pn\":\"B\"}],\"id\":\"x\"}"),
		       "1: pn=A\n2: pn=B\n");
	fixture_expect_with(
		STR("{\"a\":1,\"b\":2,\"c\":3,\"d\":4,\"e\":5,\"f\":[{\"x\":\"large large "
		    "large\"}],\"reply\":{\"z\":[1,[2]],\"bag\":[{\"pn\":\"A\"}]}}"),
		&(struct read_options){ .rules = &rule, .rule_count = 1 }, "1: pn=A\n");
	/* One record with much of its own is no wrapper. */
	fixture_expect(STR("{\"pn\":\"A\",\"ti\":\"t\",\"ab\":\"b\",\"ad\":1,\"cc\":\"CN\","
			   "\"in\":[{\"name\":\"X\"}]}"),
		       "1: pn=A; ti=t; ab=b; ad=1; cc=CN; in/name=X\n");
}

static void values_become_text(void **state)
{
	(void)state;
	fixture_expect(
		STR("{\"a\":-1.50e+3,\"b\":true,\"c\":null,\"d\":\"\",\"e\":[\"x\",[2]],\"f\":{}}"
		    "\n{\"a\":12345678901234567890}\n"),
		"1: a=-1.50e+3; b=true; e=x; e=2\n2: a=12345678901234567890\n");
	fixture_expect(STR("{\"a\":\"q\\\"\\\\\\/\\n\\t\\u4e2d\\uD83D\\uDE00|\"}\n{\"a\":1}\n"),
		       "1: a=q\"\\/\n\t中😀|\n2: a=1\n");
	fixture_expect(STR("{\"a\":\"x\\u0000y\\ud800z\"}\n{\"a\":1}\n"),
		       "1: a=x\xEF\xBF\xBDy\xEF\xBF\xBDz (reader.mended)\n2: a=1\n");
}

static void groups_tell_what_belongs_together(void **state)
{
	(void)state;
	fixture_expect_with(
		STR("{\"pn\":\"A\",\"in\":[{\"n\":\"X\",\"adr\":{\"c\":\"CN\"}},{\"n\":\"Y\"}],"
		    "\"ipc\":[\"a\",\"b\"]}\n{\"pn\":\"B\"}\n"),
		&(struct read_options){ .groups = true },
		"1: pn@0=A; in/n@1=X; in/adr/c@2=CN; in/n@3=Y; ipc@0=a; ipc@0=b\n"
		"2: pn@0=B\n");
}

static void broken_records_do_not_end_the_file(void **state)
{
	static const char *const broken[] = {
		"{\"a\":1",          "{\"a\":\"x}", "{\"a\":01}",      "{\"a\":1,}",
		"{\"a\":1 \"b\":2}", "{a:1}",       "{\"a\":\"\\q\"}", "{\"a\":\"\\u12\"}",
		"{\"a\":.5}",        "{\"a\":1.}",  "{\"a\":1e}",      "{\"a\":tru}",
		"{\"a\":\"\t\"}",    "{\"a\":1}}",  "{\"a\":[1}",      "{\"a\"}",
		"{\"a\":+1}",        "{\"a\":NaN}",
	};
	struct arena *arena = arena_create(0);

	(void)state;
	for (size_t i = 0; i < sizeof(broken) / sizeof(broken[0]); i++) {
		const char *content = arena_printf(arena, "{\"a\":0}\n%s\n{\"a\":2}\n", broken[i]);

		fixture_expect(str_of(content), "1: a=0\n2! reader.json_syntax\n3: a=2\n");
	}
	fixture_expect(STR("[{\"a\":0},{\"a\":x},{\"a\":2}]"),
		       "1: a=0\n2! reader.json_syntax\n3: a=2\n");
	fixture_expect(STR("[{\"a\":0},7,{\"a\":2}]"),
		       "1: a=0\n2! reader.json_not_object\n3: a=2\n");
	fixture_expect(STR("{\"a\":0}\n{\"a\":1,\"a\":2}\n"), "1: a=0\n2! reader.json_twice\n");
	arena_destroy(arena);
}

static void cut_files_keep_what_was_before(void **state)
{
	(void)state;
	fixture_expect(STR("[{\"a\":0},{\"a\":1"), "1: a=0\n! reader.truncated\n");
	fixture_expect(STR("[{\"a\":0}"), "1: a=0\n! reader.truncated\n");
	fixture_expect(STR("[{\"a\":0} {\"a\":1}]"), "1: a=0\n! reader.json_syntax\n");
	fixture_expect(STR("{\"a\":0}\n{\"a\":1"), "1: a=0\n2! reader.json_syntax\n");
}

static void limits_hold(void **state)
{
	struct reader_limits limits = reader_default_limits;
	struct arena *arena = arena_create(0);
	struct strbuf content = STRBUF_INIT;
	const struct read_options options = { .limits = &limits };

	(void)state;
	limits.depth_max = 3;
	limits.cell_size_max = 100;
	limits.row_size_max = 200000;
	fixture_expect_with(STR("{\"a\":{\"b\":{\"c\":[[1]]}}}\n{\"a\":{\"b\":[{\"d\":{}}]}}\n"
				"{\"a\":1}\n"),
			    &options, "1! reader.too_deep\n2! reader.too_deep\n3: a=1\n");
	strbuf_add_cstr(&content, "[{\"a\":0},{\"a\":\"");
	for (size_t i = 0; i < 50000; i++)
		strbuf_add_cstr(&content, "0123456789");
	strbuf_add_cstr(&content, "\"},{\"a\":2}]");
	assert_string_equal(fixture_read(arena, strbuf_str(&content), &options),
			    "1: a=0\n2! reader.row_too_large\n3: a=2\n");
	strbuf_release(&content);
	arena_destroy(arena);
}

/* Records fall across the blocks a file is read in, at every offset. */
static void blocks_do_not_show(void **state)
{
	struct arena *arena = arena_create(0);
	struct strbuf content = STRBUF_INIT, expected = STRBUF_INIT;

	(void)state;
	strbuf_add_byte(&content, '[');
	for (unsigned i = 1; i <= 20000; i++) {
		strbuf_addf(&content, "%s{\"名\":\"电池%u\", \"n\" : [%u,\"\\n\"]}\n",
			    i > 1 ? "," : "", i, i);
		strbuf_addf(&expected, "%u: 名=电池%u; n=%u\n", i, i, i);
	}
	strbuf_add_byte(&content, ']');
	assert_string_equal(fixture_read(arena, strbuf_str(&content), &(struct read_options){ 0 }),
			    expected.data);
	strbuf_release(&content);
	strbuf_release(&expected);
	arena_destroy(arena);
}

static void too_many_names_are_refused(void **state)
{
	struct arena *arena = arena_create(0);
	struct strbuf content = STRBUF_INIT;
	const char *shown;

	(void)state;
	for (unsigned i = 0; i < READER_PATHS_MAX + 10; i++)
		strbuf_addf(&content, "{\"k%u\":1}\n", i);
	shown = fixture_read(arena, strbuf_str(&content), &(struct read_options){ 0 });
	assert_non_null(strstr(shown, "! reader.too_many_names\n"));
	strbuf_release(&content);
	arena_destroy(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_arrays_and_values_are_the_same),
		cmocka_unit_test(wrapped_arrays_are_found),
		cmocka_unit_test(values_become_text),
		cmocka_unit_test(groups_tell_what_belongs_together),
		cmocka_unit_test(broken_records_do_not_end_the_file),
		cmocka_unit_test(cut_files_keep_what_was_before),
		cmocka_unit_test(limits_hold),
		cmocka_unit_test(blocks_do_not_show),
		cmocka_unit_test(too_many_names_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
