#include "reader_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <string.h>

static void separators_are_found(void **state)
{
	(void)state;
	fixture_expect(STR("pn,title\nCN1A,Wheel\n"), "2: pn=CN1A; title=Wheel\n");
	fixture_expect(STR("pn;title\nCN1A;a, b, c\nCN2A;d\n"),
		       "2: pn=CN1A; title=a, b, c\n3: pn=CN2A; title=d\n");
	fixture_expect(STR("pn\ttitle\nCN1A\tWheel, \"big\"\n"),
		       "2: pn=CN1A; title=Wheel, \"big\"\n");
	fixture_expect(STR("pn|title\nCN1A|Wheel\n"), "2: pn=CN1A; title=Wheel\n");
	fixture_expect(STR("公开号\nCN1A\nCN2A\n"), "2: 公开号=CN1A\n3: 公开号=CN2A\n");
}

static void quotes_follow_the_standard(void **state)
{
	(void)state;
	fixture_expect(STR("a,b\n\"x \"\"y\"\" z\",\"line\r\nbreak, comma\"\n"),
		       "2: a=x \"y\" z; b=line\r\nbreak, comma\n");
	fixture_expect(STR("a,b\nin\"side,\"closed\" rest\n"), "2: a=in\"side; b=closed rest\n");
	fixture_expect(STR("a,b\n1,2\n\"never closed,3\n4,5\n"),
		       "2: a=1; b=2\n3! reader.quote_open\n");
}

static void all_line_ends_are_known(void **state)
{
	(void)state;
	fixture_expect(STR("a,b\r1,x\r2,y\r"), "2: a=1; b=x\n3: a=2; b=y\n");
	fixture_expect(STR("a,b\r\n1,x\r\n\r\n2,y"), "2: a=1; b=x\n4: a=2; b=y\n");
}

static void preambles_are_passed_over(void **state)
{
	(void)state;
	fixture_expect(STR("search URL:,https://patents.example/?q=a\nid,title,assignee\n"
			   "US-1-A,Wheel,Acme\n"),
		       "3: id=US-1-A; title=Wheel; assignee=Acme\n");
	fixture_expect(
		STR("Query: pizza\n\nNo;Title;Inventors;Applicants\n1;Oven;A;B\n2;Box;C;D\n"),
		"4: No=1; Title=Oven; Inventors=A; Applicants=B\n"
		"5: No=2; Title=Box; Inventors=C; Applicants=D\n");
}

static void repeated_headers_and_odd_rows(void **state)
{
	(void)state;
	fixture_expect(STR("a,b\n1,x\na,b\n2\n3,y,more\n"),
		       "2: a=1; b=x\n4: a=2\n5: a=3; b=y; #3=more\n");
	fixture_expect(STR("name,,kind\nx,y,z\nv,w,u\n"),
		       "2: name=x; #2=y; kind=z\n3: name=v; #2=w; kind=u\n");
}

static void merged_headers_are_joined(void **state)
{
	(void)state;
	fixture_expect(STR("标题,申请人,,申请日\n,名称,地址,\n轮,甲,北京,2001-01-01\n"),
		       "3: 标题=轮; 申请人/名称=甲; 申请人/地址=北京; 申请日=2001-01-01\n");
	fixture_expect(STR("\"发明\n名称\",申请号\n轮,1\n"), "2: 发明 名称=轮; 申请号=1\n");
}

static void encodings_are_found(void **state)
{
	(void)state;
	fixture_expect(STR("\xEF\xBB\xBF名称,号\n轮,1\n"), "2: 名称=轮; 号=1\n");
	fixture_expect(STR("\xFF\xFE"
			   "a\0,\0b\0\n\0\x6E\x8F,\0"
			   "1\0\n\0"),
		       "2: a=轮; b=1\n");
	fixture_expect(STR("\xFE\xFF\0a\0,\0b\0\n\x8F\x6E\0,\0"
			   "1\0\n"),
		       "2: a=轮; b=1\n");
	/* 名称,申请人 / 电池,大学 in GB18030 */
	fixture_expect(STR("\xC3\xFB\xB3\xC6,\xC9\xEA\xC7\xEB\xC8\xCB\n\xB5\xE7\xB3\xD8,"
			   "\xB4\xF3\xD1\xA7\n"),
		       "2: 名称=电池; 申请人=大学\n");
	fixture_expect(STR("title,who\nR\xE9seau \xE0 cl\xE9,Soci\xE9t\xE9 G\xE9n\xE9rale\n"),
		       "2: title=Réseau à clé; who=Société Générale\n");
}

static void encoding_is_found_late(void **state)
{
	struct arena *arena = arena_create(0);
	struct strbuf content = STRBUF_INIT;
	const char *shown;

	(void)state;
	strbuf_add_cstr(&content, "pn,title\n");
	while (content.size < 100000)
		strbuf_add_cstr(&content, "CN1A,Wheel\n");
	strbuf_add_cstr(&content, "CN2A,\xB5\xE7\xB3\xD8\xB4\xF3\xD1\xA7\n");
	shown = fixture_read(arena, strbuf_str(&content), &(struct read_options){ 0 });
	assert_non_null(strstr(shown, "pn=CN2A; title=电池大学\n"));
	strbuf_release(&content);
	arena_destroy(arena);
}

static void wrong_bytes_are_mended(void **state)
{
	(void)state;
	fixture_expect(STR("名称,号\n电池与电\xE6,1\n轮\0子,2\n好,3\n"),
		       "2: 名称=电池与电\xEF\xBF\xBD; 号=1 (reader.mended)\n"
		       "3: 名称=轮\xEF\xBF\xBD子; 号=2 (reader.mended)\n4: 名称=好; 号=3\n");
}

static void limits_make_bad_rows(void **state)
{
	struct reader_limits limits = reader_default_limits;

	(void)state;
	limits.cell_size_max = 10;
	limits.columns_max = 3;
	fixture_expect_with(STR("a,b\n12345678901,x\nshort,y\n1,2,3,4\n"),
			    &(struct read_options){ .limits = &limits },
			    "2! reader.cell_too_large\n3: a=short; b=y\n"
			    "4! reader.too_many_columns\n");
}

static void huge_cell_costs_no_memory(void **state)
{
	struct arena *arena = arena_create(0);
	struct reader_limits limits = reader_default_limits;
	struct strbuf content = STRBUF_INIT;

	(void)state;
	limits.cell_size_max = 1000;
	strbuf_add_cstr(&content, "a,b\n\"");
	for (size_t i = 0; i < 300000; i++)
		strbuf_add_cstr(&content, "0123456789");
	strbuf_add_cstr(&content, "\",x\n1,2\n");
	assert_string_equal(fixture_read(arena, strbuf_str(&content),
					 &(struct read_options){ .limits = &limits }),
			    "2! reader.cell_too_large\n3: a=1; b=2\n");
	strbuf_release(&content);
	arena_destroy(arena);
}

static void what_is_no_table_is_named(void **state)
{
	(void)state;
	fixture_expect(STR(""), "! reader.is_empty\n");
	fixture_expect(STR(" \n\n"), "! reader.is_empty\n");
	fixture_expect(STR("\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR"), "! reader.is_picture\n");
	fixture_expect(STR("%PDF-1.7\n"), "! reader.is_document\n");
	fixture_expect(STR("Rar!\x1A\x07\x01\0"), "! reader.is_archive\n");
	fixture_expect(STR("<!ELEMENT claim (#PCDATA)>\n"), "! reader.is_schema\n");
	fixture_expect(STR("This is a letter about nothing in particular, with a line that goes on "
			   "and on.\nIt has no columns at all\n"),
		       "! reader.no_table\n");
	fixture_expect(STR("\1\2\3\4\5\6\1\2\3\4\5\6\1\2\3\4\5\6"), "! reader.is_binary\n");
}

static void html_tables_are_read(void **state)
{
	(void)state;
	fixture_expect(STR("<html><head><style>td { x: '<td>' }</style></head><body><TABLE>"
			   "<tr><th>Title<th>Number</tr><tr><td>A&nbsp;&lt;b&gt;<br>two</td>"
			   "<td> &#x4E2D;\n1 </td></tr></TABLE>"),
		       "2: Title=A\xC2\xA0<b>\ntwo; Number=中 1\n");
	fixture_expect(STR("<table><tr><td rowspan=2>标题</td><td colspan=\"2\">申请人</td></tr>"
			   "<tr><td>名称</td><td>地址</td></tr>"
			   "<tr><td>轮</td><td>甲</td><td>北京</td></tr></table>"),
		       "3: 标题=轮; 申请人/名称=甲; 申请人/地址=北京\n");
}

static void skipping_comes_to_the_same_rows(void **state)
{
	(void)state;
	fixture_expect_with(STR("a,b\n1,x\n2,y\n3,z\n"), &(struct read_options){ .skip = 2 },
			    "4: a=3; b=z\n");
	fixture_expect_with(STR("a,b\n1,x\n"), &(struct read_options){ .skip = 5 },
			    "! reader.shorter\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(separators_are_found),
		cmocka_unit_test(quotes_follow_the_standard),
		cmocka_unit_test(all_line_ends_are_known),
		cmocka_unit_test(preambles_are_passed_over),
		cmocka_unit_test(repeated_headers_and_odd_rows),
		cmocka_unit_test(merged_headers_are_joined),
		cmocka_unit_test(encodings_are_found),
		cmocka_unit_test(encoding_is_found_late),
		cmocka_unit_test(wrong_bytes_are_mended),
		cmocka_unit_test(limits_make_bad_rows),
		cmocka_unit_test(huge_cell_costs_no_memory),
		cmocka_unit_test(what_is_no_table_is_named),
		cmocka_unit_test(html_tables_are_read),
		cmocka_unit_test(skipping_comes_to_the_same_rows),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
