#include "reader_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <string.h>

static const struct record_rule rules[] = {
	{ FORMAT_XML, "docs", "doc" },
	{ FORMAT_XML, "doc", "doc" },
	{ FORMAT_XML, "world", "member" },
	{ FORMAT_XML, "world", "document" },
};

static const struct read_options plain = { .rules = rules, .rule_count = 4 };
static const struct read_options grouped = { .rules = rules, .rule_count = 4, .groups = true };

static void paths_and_groups(void **state)
{
	(void)state;
	fixture_expect_with(
		STR("<?xml version=\"1.0\"?><x:docs xmlns:x=\"u\" n=\"2\"><x:doc country=\"EP\">"
		    "<cit><pat num=\"1\"><id><c>US</c><k>A</k></id></pat><cat>X</cat></cit>"
		    "<title lang=\"en\">Wheel</title><empty/></x:doc></x:docs>"),
		&grouped,
		"1: @country@0=EP; cit/pat/@num@2=1; cit/pat/id/c@3=US; cit/pat/id/k@3=A; "
		"cit/cat@1=X; title/@lang@4=en; title@0=Wheel\n");
}

static void group_ranges_hold_the_cells(void **state)
{
	struct arena *arena = arena_create(0);
	struct str content = STR("<doc><a><id i=\"1\">x</id><id>y</id></a><c>z</c></doc>");
	struct error error;
	struct reader *reader;
	struct row row;

	(void)state;
	assert_true(reader_open(arena, fixture_file(arena, content.data, content.size), NULL,
				&reader, &error));
	assert_int_equal(reader_next(reader, arena, &row, &error), READ_ROW);
	assert_int_equal(row.count, 4);
	assert_int_equal(row.group_count, 3);
	assert_int_equal(row.groups[0].cell_end, 4);
	assert_true(str_equal_cstr(row.groups[1].path, "a"));
	assert_int_equal(row.groups[1].cell_first, 0);
	assert_int_equal(row.groups[1].cell_end, 3);
	assert_true(str_equal_cstr(row.groups[2].path, "a/id"));
	assert_int_equal(row.groups[2].cell_end, 2);
	assert_int_equal(row.groups[2].parent, 1);
	arena_destroy(arena);
}

static void mixed_content_is_one_text(void **state)
{
	(void)state;
	fixture_expect_with(
		STR("<doc><p id=\"1\">H<sub>2</sub>O is\n   wet, see <figref>FIG. "
		    "<b>1</b></figref>."
		    "</p><p><b>Bold</b> start</p><p><maths><mi>x</mi><mo>=</mo></maths></p></doc>"),
		&plain, "1: p/@id=1; p=H2O is wet, see FIG. 1.; p=Bold start; p=x=\n");
	fixture_expect_with(STR("<doc><claim num=\"1\"><claim-text>1. A cart:<claim-text>a wheel;"
				"</claim-text>\n<claim-text>an axle<br/>of steel</claim-text>"
				"</claim-text></claim></doc>"),
			    &plain,
			    "1: claim/@num=1; claim/claim-text=1. A cart:\na wheel;\nan axle\n"
			    "of steel\n");
	fixture_expect_with(STR("<doc><p>see <odd x=\"1\"><deep>this</deep></odd> end</p></doc>"),
			    &grouped, "1: p@0=see\nthis\nend\n");
	fixture_expect_with(STR("<doc><t>A45F  504</t><u>line\n   break</u></doc>"), &plain,
			    "1: t=A45F  504; u=line break\n");
	fixture_expect_with(STR("<doc><list>, <item>a</item>, <item>b</item>;</list></doc>"),
			    &plain, "1: list/item=a; list/item=b\n");
}

static void full_lines_of_chinese_are_joined(void **state)
{
	(void)state;
	fixture_expect_with(
		STR("<doc><c>将甘草与水\n\t<br/>按比例，\n<br />配制。\n<br/>其次：<br/>灭菌\n"
		    "<br/>with\n<br/>steam</c><d>电池的\n    正极,\n 负极</d></doc>"),
		&plain,
		"1: c=将甘草与水按比例，配制。\n其次：\n灭菌\nwith\nsteam; "
		"d=电池的正极,负极\n");
}

static void many_documents_in_one_file(void **state)
{
	const char *expected = "1: n=1\n2: n=2\n3: n=3\n";

	(void)state;
	fixture_expect_with(STR("<?xml version=\"1.0\"?>\n<!DOCTYPE doc SYSTEM \"a.dtd\" [ ]>\n"
				"<doc><n>1</n></doc>\n<?xml version=\"1.0\"?>\n"
				"<!DOCTYPE doc SYSTEM \"a.dtd\" [ ]>\n<doc><n>2</n></doc>\n"
				"<?xml version=\"1.0\"?><doc><n>3</n></doc>\n\n"),
			    &plain, expected);
	fixture_expect_with(STR("<doc><n>1</n></doc><doc><n>2</n></doc>\n<doc><n>3</n></doc>"),
			    &plain, expected);
	fixture_expect_with(STR("<?xml version=\"1.0\"?><docs><doc><n>1</n></doc></docs>"
				"<?xml version=\"1.0\"?><doc><n>2</n></doc><!-- end --> "
				"<docs><doc><n>3</n></doc></docs><!-- end -->\n"),
			    &plain, expected);
	fixture_expect_with(STR("<doc><n><![CDATA[a <?xml b]]></n></doc>"), &plain,
			    "1: n=a <?xml b\n");
}

static void broken_documents_do_not_end_the_file(void **state)
{
	(void)state;
	fixture_expect_with(STR("<?xml version=\"1.0\"?><doc><n>1</n></doc>\n"
				"<?xml version=\"1.0\"?><doc><n>2</m></doc>\n"
				"<?xml version=\"1.0\"?><doc><n>3</n></doc>\n"
				"<?xml version=\"1.0\"?><doc><n>4</n>\n"
				"<?xml version=\"1.0\"?><doc><n>5</n></doc>\n"),
			    &plain,
			    "1: n=1\n2! reader.xml_syntax\n3: n=3\n4! reader.xml_syntax\n5: n=5\n");
	fixture_expect_with(
		STR("<a:docs xmlns:a=\"u\"><a:doc><n>1</n></a:doc><a:doc><n>2 & </n></a:doc>"
		    "<a:doc><n>3</n></a:doc></a:docs>"),
		&plain, "1: n=1\n2! reader.xml_syntax\n3: n=3\n");
	fixture_expect_with(STR("<docs><doc><n>1</n></doc><doc><n>2</n"), &plain,
			    "1: n=1\n! reader.xml_syntax\n");
	fixture_expect_with(STR("<docs><doc><n>1</n></doc>"), &plain,
			    "1: n=1\n! reader.xml_syntax\n");
}

static void entities_are_known_or_kept(void **state)
{
	(void)state;
	fixture_expect_with(STR("<!DOCTYPE doc SYSTEM \"/etc/passwd\">"
				"<doc><n>&alpha;&nbsp;&mdash;&lsqb;&odd; &amp;</n></doc>"),
			    &plain, "1: n=α\xC2\xA0—[&odd; &\n");
	fixture_expect_with(STR("<doc><n>&eacute;</n></doc>"), &plain, "1: n=é\n");
	fixture_expect_with(STR("<!DOCTYPE doc [<!ENTITY own \"mine\"><!ENTITY x SYSTEM "
				"\"file:///etc/passwd\">]><doc><n>&own;|&x;|</n></doc>"),
			    &plain, "1: n=mine||\n");
}

static void entity_bombs_are_refused(void **state)
{
	struct arena *arena = arena_create(0);
	struct strbuf content = STRBUF_INIT;

	(void)state;
	strbuf_add_cstr(&content, "<!DOCTYPE doc [<!ENTITY e0 \"lolololololololololol\">");
	for (unsigned i = 1; i < 10; i++)
		strbuf_addf(&content,
			    "<!ENTITY e%u \"&e%u;&e%u;&e%u;&e%u;&e%u;&e%u;&e%u;&e%u;&e%u;\">", i,
			    i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1);
	strbuf_add_cstr(&content, "]><doc><n>&e9;</n></doc>");
	assert_string_equal(fixture_read(arena, strbuf_str(&content), &plain),
			    "! reader.xml_bomb\n");
	strbuf_release(&content);
	arena_destroy(arena);
}

static void limits_hold(void **state)
{
	struct arena *arena = arena_create(0);
	struct reader_limits limits = reader_default_limits;
	struct read_options options = plain;
	struct strbuf content = STRBUF_INIT;

	(void)state;
	limits.depth_max = 50;
	limits.cell_size_max = 1000;
	options.limits = &limits;
	strbuf_add_cstr(&content, "<docs><doc><n>");
	for (unsigned i = 0; i < 300; i++)
		strbuf_add_cstr(&content, "0123456789");
	strbuf_add_cstr(&content, "</n></doc><doc><n>2</n></doc><doc>");
	for (unsigned i = 0; i < 100; i++)
		strbuf_add_cstr(&content, "<a>");
	strbuf_add_cstr(&content, "</doc><doc><n>3</n></doc></docs>");
	assert_string_equal(fixture_read(arena, strbuf_str(&content), &options),
			    "1! reader.cell_too_large\n2: n=2\n3! reader.too_deep\n4: n=3\n");
	strbuf_clear(&content);
	strbuf_add_cstr(&content, "<docs><doc><n>1</n></doc><doc a=\"");
	for (unsigned i = 0; i < 500000; i++)
		strbuf_add_cstr(&content, "0123456789");
	strbuf_add_cstr(&content, "\"/></docs>");
	assert_string_equal(fixture_read(arena, strbuf_str(&content), &options),
			    "1: n=1\n! reader.xml_token_too_large\n");
	strbuf_release(&content);
	arena_destroy(arena);
}

static void encodings_are_converted(void **state)
{
	(void)state;
	fixture_expect_with(STR("<?xml version=\"1.0\" encoding=\"GB2312\"?><doc><n>"
				"\xB5\xE7\xB3\xD8</n></doc>"),
			    &plain, "1: n=电池\n");
	/* Declared wrongly. */
	fixture_expect_with(STR("<?xml version=\"1.0\" encoding=\"GBK\"?><doc><n>电池</n></doc>"),
			    &plain, "1: n=电池\n");
	fixture_expect_with(STR("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><doc><n>caf\xE9</n>"
				"</doc>"),
			    &plain, "1: n=café\n");
	fixture_expect_with(STR("<doc><n>ab\xFFz</n><m>电池电池电池电池</m></doc>"), &plain,
			    "1: n=ab\xEF\xBF\xBDz; m=电池电池电池电池 (reader.mended)\n");
}

static void records_are_guessed_without_rules(void **state)
{
	(void)state;
	fixture_expect(STR("<list><item><n>1</n></item><item><n>2</n></item></list>"),
		       "1: n=1\n2: n=2\n");
	fixture_expect(STR("<r><l><item><n>1</n></item><item><n>2</n></item></l></r>"),
		       "1: n=1\n2: n=2\n");
	fixture_expect(STR("<one><n>1</n><m>2</m></one>"), "1: n=1; m=2\n");
	fixture_expect(STR("<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\"/>"),
		       "! reader.is_schema\n");
	fixture_expect(STR("<never closed"), "! reader.xml_no_root\n");
}

static void signature_names_root_and_record(void **state)
{
	struct arena *arena = arena_create(0);
	struct str content = STR("<?xml version=\"1.0\"?><w:world xmlns:w=\"u\" v=\"1\"><document/>"
				 "</w:world><?xml version=\"1.0\"?><docs><doc/></docs>");
	struct error error;
	struct reader *reader;
	const struct str *signature;
	struct row row;
	size_t count;

	(void)state;
	assert_true(reader_open(arena, fixture_file(arena, content.data, content.size), NULL,
				&reader, &error));
	reader_set_records(reader, rules, 4);
	signature = reader_signature(reader, &count);
	assert_int_equal(count, 3);
	assert_true(str_equal_cstr(signature[0], "world"));
	assert_true(str_equal_cstr(signature[1], "document"));
	assert_true(str_equal_cstr(signature[2], "@v"));
	assert_int_equal(reader_next(reader, arena, &row, &error), READ_ROW);
	assert_int_equal(row.part, 1);
	assert_int_equal(reader_next(reader, arena, &row, &error), READ_ROW);
	assert_int_equal(row.part, 2);
	signature = reader_signature(reader, &count);
	assert_true(str_equal_cstr(signature[0], "docs"));
	arena_destroy(arena);
}

/* Documents fall across the blocks a file is read in, at many offsets. */
static void blocks_do_not_show(void **state)
{
	struct arena *arena = arena_create(0);
	struct strbuf content = STRBUF_INIT, expected = STRBUF_INIT;

	(void)state;
	for (unsigned i = 1; i <= 9000; i++) {
		strbuf_addf(&content, "<?xml version=\"1.0\"?>\n<doc><n>电池 %u</n></doc>%s", i,
			    i % 3 ? "\n" : "");
		strbuf_addf(&expected, "%u: n=电池 %u\n", i, i);
	}
	assert_string_equal(fixture_read(arena, strbuf_str(&content), &plain), expected.data);
	strbuf_release(&content);
	strbuf_release(&expected);
	arena_destroy(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(paths_and_groups),
		cmocka_unit_test(group_ranges_hold_the_cells),
		cmocka_unit_test(mixed_content_is_one_text),
		cmocka_unit_test(full_lines_of_chinese_are_joined),
		cmocka_unit_test(many_documents_in_one_file),
		cmocka_unit_test(broken_documents_do_not_end_the_file),
		cmocka_unit_test(entities_are_known_or_kept),
		cmocka_unit_test(entity_bombs_are_refused),
		cmocka_unit_test(limits_hold),
		cmocka_unit_test(encodings_are_converted),
		cmocka_unit_test(records_are_guessed_without_rules),
		cmocka_unit_test(signature_names_root_and_record),
		cmocka_unit_test(blocks_do_not_show),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
