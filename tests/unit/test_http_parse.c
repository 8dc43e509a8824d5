/* Targets, headers, forms and file names: what strangers write. */
#include "base/strbuf.h"
#include "http/multipart.h"
#include "http/target.h"
#include "http/upload.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <sys/wait.h>

static struct arena *arena;

static void assert_path(const char *raw, const char *path)
{
	struct target target;
	struct error error;

	if (!path) {
		assert_false(target_parse(arena, str_of(raw), &target, &error));
		assert_string_equal(error.key, "http.target");
		return;
	}
	assert_true(target_parse(arena, str_of(raw), &target, &error));
	assert_string_equal(target.path, path);
}

static void paths_are_decoded_or_refused(void **state)
{
	(void)state;
	assert_path("/", "/");
	assert_path("/a/b/", "/a/b");
	assert_path("/%E7%94%B5?", "/电");
	assert_path("http://host:1/a?b=c", "/a");
	assert_path("http://host", "/");
	assert_path("", NULL);
	assert_path("*", NULL);
	assert_path("a/b", NULL);
	assert_path("//a", NULL);
	assert_path("/a//b", NULL);
	assert_path("/a/./b", NULL);
	assert_path("/a/%2e%2E/b", NULL);
	assert_path("/a%2fb", NULL);
	assert_path("/a%5cb", NULL);
	assert_path("/a%0ab", NULL);
	assert_path("/a%00", NULL);
	assert_path("/a%", NULL);
	assert_path("/a%4", NULL);
	assert_path("/a%zz", NULL);
	assert_path("/%C0%AF", NULL);
	assert_path("/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16", "/1/2/3/4/5/6/7/8/9/10/11/12/13/14/"
							       "15/16");
	assert_path("/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17", NULL);
}

static void queries_are_decoded_or_refused(void **state)
{
	struct strbuf many = STRBUF_INIT;
	struct target target;
	struct error error;

	(void)state;
	assert_true(target_parse(arena, STR("/x?a=1&&b=%26+%2B&c&d="), &target, &error));
	assert_int_equal(target.query_count, 4);
	assert_string_equal(target.query[1].value, "& +");
	assert_string_equal(target.query[2].value, "");
	assert_path("/x?=1", NULL);
	assert_path("/x?a=%f", NULL);
	assert_path("/x?a=%00", NULL);
	strbuf_add_cstr(&many, "/x?");
	for (int i = 0; i < TARGET_QUERY_MAX + 1; i++)
		strbuf_add_cstr(&many, "a=1&");
	assert_path(many.data, NULL);
	strbuf_release(&many);
}

static void headers_are_read(void **state)
{
	struct str value;

	(void)state;
	assert_true(header_find_cookie(STR("ab=1; b=\"2\";a=3=4"), "a", &value));
	assert_true(str_equal_cstr(value, "3=4"));
	assert_true(header_find_cookie(STR("ab=1; b=\"2\";a=3"), "b", &value));
	assert_true(str_equal_cstr(value, "2"));
	assert_false(header_find_cookie(STR("ab=1"), "a", &value));
	assert_string_equal(
		header_parameter(arena, STR("f; a=1; Name=\"x;\\\"y\\\"\"; b=2"), "name"),
		"x;\"y\"");
	assert_string_equal(
		header_parameter(arena, STR("f; filename*=UTF-8''%e4%b8%93.csv"), "filename*"),
		"专.csv");
	assert_null(header_parameter(arena, STR("f; filename*=gbk''%e4"), "filename*"));
	assert_null(header_parameter(arena, STR("f; a"), "name"));
	assert_string_equal(header_media_type(arena, STR(" Text/HTML ; charset=x")), "text/html");
	assert_true(header_prefers_english(STR("en-US,zh;q=0.9")));
	assert_false(header_prefers_english(STR("zh-CN,en;q=0.9")));
	assert_false(header_prefers_english(STR("fr")));
	assert_true(header_matches_etag(STR("\"a\", W/\"b\""), "b"));
	assert_true(header_matches_etag(STR("*"), "b"));
	assert_false(header_matches_etag(STR("\"bb\", b"), "b"));
}

/* ---- Forms, in pieces of every size. */

struct seen {
	struct strbuf text;
};

static bool see_begin(void *context, struct str disposition, struct str type, struct error *error)
{
	struct seen *seen = context;

	(void)error;
	strbuf_addf(&seen->text, "[%.*s|%.*s]", STR_ARGS(disposition), STR_ARGS(type));
	return true;
}

static bool see_data(void *context, struct str data, struct error *error)
{
	struct seen *seen = context;

	(void)error;
	strbuf_add_str(&seen->text, data);
	return true;
}

static bool see_end(void *context, struct error *error)
{
	struct seen *seen = context;

	(void)error;
	strbuf_add_cstr(&seen->text, "<end>");
	return true;
}

static bool read_form(struct str body, const char *boundary, size_t piece, struct strbuf *seen_out)
{
	struct seen seen = { STRBUF_INIT };
	const struct multipart_sink sink = { &seen, see_begin, see_data, see_end };
	struct multipart *multipart = multipart_create(str_of(boundary), &sink);
	struct error error;
	bool good = true;

	for (size_t at = 0; good && at < body.size; at += piece)
		good = multipart_feed(multipart, str_slice(body, at, at + piece), &error);
	good = good && multipart_finish(multipart, &error);
	multipart_destroy(multipart);
	*seen_out = seen.text;
	return good;
}

static void assert_form(const char *body, const char *wanted)
{
	struct str text = str_of(body);

	for (size_t piece = 1; piece <= text.size; piece++) {
		struct strbuf seen;
		bool good = read_form(text, "BB", piece, &seen);

		assert_int_equal(good, wanted != NULL);
		if (wanted)
			assert_string_equal(seen.data, wanted);
		strbuf_release(&seen);
	}
}

static void forms_are_read_in_any_pieces(void **state)
{
	(void)state;
	assert_form("--BB\r\nContent-Disposition: a\r\nContent-Type: t\r\n\r\nx\r\n--B\r\n--BB--",
		    "[a|t]x\r\n--B<end>");
	assert_form("preamble\r\n--BB \r\ncontent-disposition:a\r\n\r\n\r\n--BB\r\nX: y\r\n\r\n"
		    "\r\n\r\n--BB--\r\nepilogue",
		    "[a|]<end>[|]\r\n<end>");
	assert_form("--BB--", "");
	assert_form("--BB\r\nContent-Disposition: a\r\n\r\nx", NULL);
	assert_form("--BB\r\nContent-Disposition: a\r\n\r\nx\r\n--BB", NULL);
	assert_form("--BB\r\n\r\nx\r\n--BB--", NULL);
	assert_form("--BB\r\nno colon\r\n\r\nx\r\n--BB--", NULL);
	assert_form("--BBX\r\nContent-Disposition: a\r\n\r\nx\r\n--BB--", NULL);
	assert_form("nothing of the kind", NULL);
	assert_null(multipart_create(STR(""), &(struct multipart_sink){ 0 }));
}

static void forms_have_limits(void **state)
{
	struct strbuf body = STRBUF_INIT, seen;

	(void)state;
	for (int i = 0; i < MULTIPART_PARTS_MAX + 1; i++)
		strbuf_add_cstr(&body, "--BB\r\nA: b\r\n\r\n\r\n");
	strbuf_add_cstr(&body, "--BB--");
	assert_false(read_form(strbuf_str(&body), "BB", 1000, &seen));
	strbuf_release(&seen);
	strbuf_clear(&body);
	strbuf_add_cstr(&body, "--BB\r\nA: ");
	for (int i = 0; i < MULTIPART_HEADER_MAX; i++)
		strbuf_add_byte(&body, 'x');
	assert_false(read_form(strbuf_str(&body), "BB", 100, &seen));
	strbuf_release(&seen);
	strbuf_release(&body);
}

static void file_names_are_made_safe(void **state)
{
	static const struct {
		const char *name, *clean;
	} rows[] = {
		{ "专利.xlsx", "专利.xlsx" },
		{ "../../etc/passwd", "passwd" },
		{ "C:\\Users\\x\\a.csv", "a.csv" },
		{ "..", "upload" },
		{ ".htaccess", "htaccess" },
		{ "a.csv. . ", "a.csv" },
		{ "a\n\x01<b>.csv", "a_b_.csv" },
		{ "x\xE2\x80\xAEvsc.exe", "xvsc.exe" },
		{ "\xFF\xFE.csv", "csv" },
		{ "CON.txt", "_CON.txt" },
		{ "lpt1", "_lpt1" },
		{ "", "upload" },
		{ "a/", "upload" },
	};
	struct strbuf name = STRBUF_INIT;
	const char *clean;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_string_equal(upload_clean_name(arena, str_of(rows[i].name)), rows[i].clean);
	for (int i = 0; i < 100; i++)
		strbuf_add_cstr(&name, "专利");
	strbuf_add_cstr(&name, ".xlsx");
	clean = upload_clean_name(arena, strbuf_str(&name));
	assert_true(strlen(clean) <= 180);
	assert_true(str_ends_with(str_of(clean), STR("利.xlsx")) ||
		    str_ends_with(str_of(clean), STR("专.xlsx")));
	strbuf_release(&name);
}

static void contents_are_compared_with_names(void **state)
{
	static const struct {
		const char *name;
		struct str start;
		bool good;
	} rows[] = {
		{ "a.xlsx", STR_INIT("PK\3\4..."), true },
		{ "A.XLSX", STR_INIT("PK\3\4..."), true },
		{ "a.xlsx", STR_INIT("<html>"), false },
		{ "a.xls", STR_INIT(" <HTML><table>"), true },
		{ "a.xls", STR_INIT("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), true },
		{ "a.csv", STR_INIT("a,b\n"), true },
		{ "a.csv", STR_INIT("\xB9\xAB\xBF\xAA,\xBA\xC5\n"), true },
		{ "a.csv", STR_INIT("MZ\x90"), false },
		{ "a.csv",
		  STR_INIT("\x7F"
			   "ELF"),
		  false },
		{ "a.txt", STR_INIT("#!/bin/sh"), false },
		{ "a.csv", STR_INIT("a\0b"), false },
		{ "a.pdf", STR_INIT("%PDF-1.7"), true },
		{ "a.pdf", STR_INIT("PK\3\4"), false },
		{ "a.jsonl", STR_INIT("{\"a\":1}\n"), true },
		{ "a.xml", STR_INIT("\xEF\xBB\xBF<?xml"), true },
		{ "a.exe", STR_INIT("x"), false },
		{ "a", STR_INIT("x"), false },
		{ "a.svg", STR_INIT("<svg onload=x>"), false },
	};
	struct error error;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct upload upload = { .name = rows[i].name,
					 .media_type = upload_sniff(rows[i].start) };

		assert_int_equal(upload_check(&upload, &error), rows[i].good);
	}
}

/* ---- The macro that makes a row of the route table. */

static bool compiles(const char *row)
{
	const char *compiler = getenv("CC") ? getenv("CC") : "cc";
	char *command = arena_printf(
		arena,
		"printf '%%s\\n' '#include \"http/http.h\"' 'extern handler_fn h;' "
		"'extern const struct route r[]; const struct route r[] = { %s, ROUTE_END };' | "
		"%s -std=gnu11 -I'%s/src' -fsyntax-only -x c - 2>/dev/null",
		row, compiler, getenv("YUCHENG_SOURCE"));
	int status = system(command);

	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static void a_route_without_permission_does_not_compile(void **state)
{
	(void)state;
	if (!getenv("YUCHENG_SOURCE"))
		skip();
	assert_true(compiles("ROUTE(\"GET\", \"/x\", PUBLIC, h, 0, 0)"));
	assert_true(compiles("ROUTE(\"GET\", \"/x\", \"record.read\", h, 0, 0)"));
	assert_false(compiles("ROUTE(\"GET\", \"/x\", h, 0, 0)"));
	assert_false(compiles("ROUTE(\"GET\", \"/x\", \"\", h, 0, 0)"));
	assert_false(compiles("ROUTE(\"GET\", \"/x\", NULL, h, 0, 0)"));
	assert_false(compiles("ROUTE(\"GET\", \"/x\", , h, 0, 0)"));
}

static int make_arena(void **state)
{
	(void)state;
	arena = arena_create(4096);
	return 0;
}

static int drop_arena(void **state)
{
	(void)state;
	arena_destroy(arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(paths_are_decoded_or_refused),
		cmocka_unit_test(queries_are_decoded_or_refused),
		cmocka_unit_test(headers_are_read),
		cmocka_unit_test(forms_are_read_in_any_pieces),
		cmocka_unit_test(forms_have_limits),
		cmocka_unit_test(file_names_are_made_safe),
		cmocka_unit_test(contents_are_compared_with_names),
		cmocka_unit_test(a_route_without_permission_does_not_compile),
	};

	return cmocka_run_group_tests(tests, make_arena, drop_arena);
}
