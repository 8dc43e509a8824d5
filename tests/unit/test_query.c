/* The parser, by the examples of docs/query.md and by hostile input. */
#include "base/file.h"
#include "base/message.h"
#include "patent/event.h"
#include "patent/name.h"
#include "patent/number.h"
#include "patent/status.h"
#include "query/choices.h"
#include "query/operand.h"
#include "query/symbol.h"
#include "query/tree.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct fixture {
	struct arena *arena;
	struct error error;
};

static int begin(void **state)
{
	struct fixture *fixture = calloc(1, sizeof(*fixture));

	fixture->arena = arena_create(1 << 16);
	*state = fixture;
	return 0;
}

static int end(void **state)
{
	struct fixture *fixture = *state;

	arena_destroy(fixture->arena);
	free(fixture);
	return 0;
}

static struct query *parsed(struct fixture *fixture, const char *text)
{
	struct query *query;

	if (!query_parse(fixture->arena, str_of(text), NULL, &query, &fixture->error))
		fail_msg("%s at %lld in %s", fixture->error.key, (long long)fixture->error.at,
			 text);
	return query;
}

static void refused(struct fixture *fixture, struct str text, const char *key)
{
	struct query *query;

	if (query_parse(fixture->arena, text, NULL, &query, &fixture->error))
		fail_msg("taken: %.*s", (int)(text.size < 200 ? text.size : 200), text.data);
	assert_string_equal(fixture->error.key, key);
}

/* ---- docs/query.md */

static const char *document_path(struct arena *arena)
{
	const char *source = getenv("YUCHENG_SOURCE");

	return file_join(arena, source ? source : ".", "docs/query.md");
}

static struct str read_document(struct arena *arena)
{
	struct error error;
	struct str text;

	if (!file_read(arena, document_path(arena), 1 << 20, &text, &error))
		fail_msg("%s %s", error.key, error.detail);
	return text;
}

struct example {
	struct str text; /* may have several lines */
	struct str answers[4];
	size_t answer_count;
};

static bool is_answer(struct str line)
{
	return str_starts_with(line, STR("=> ")) || str_starts_with(line, STR("warning ")) ||
	       str_starts_with(line, STR("error "));
}

/* An example ends at an empty line, or at the end of its block. */
static bool next_example(struct str *block, struct example *example_out)
{
	struct str line;
	const char *end_of_text = NULL;

	*example_out = (struct example){ .answer_count = 0 };
	while (str_split(block, STR("\n"), &line)) {
		if (line.size == 0 && !example_out->text.data)
			continue;
		if (line.size == 0)
			break;
		if (!example_out->text.data)
			example_out->text.data = line.data;
		if (is_answer(line))
			example_out->answers[example_out->answer_count++] = line;
		else
			end_of_text = line.data + line.size;
		assert_true(example_out->answer_count < 4);
	}
	if (!end_of_text)
		return false;
	example_out->text.size = (size_t)(end_of_text - example_out->text.data);
	return true;
}

static void check_answer(struct str wanted, struct str line, struct str text)
{
	if (!str_equal(wanted, line))
		fail_msg("%.*s\nis said to give\n%.*s\nand gives\n%.*s", STR_ARGS(text),
			 STR_ARGS(line), STR_ARGS(wanted));
}

static void check_refusal(struct fixture *fixture, const struct example *example)
{
	const struct error *error = &fixture->error;
	bool tells_hint = str_find(example->answers[0], STR(" hint ")) != STR_NOT_FOUND;

	check_answer(str_of(arena_printf(fixture->arena, "error %s at %lld%s%s", error->key,
					 (long long)error->at, tells_hint ? " hint " : "",
					 tells_hint ? error->hint : "")),
		     example->answers[0], example->text);
}

static void check_example(struct fixture *fixture, const struct example *example)
{
	struct query *query, *again;
	const struct query_warning *warnings;
	struct str bracketed;
	size_t count;

	if (!query_parse(fixture->arena, example->text, NULL, &query, &fixture->error)) {
		check_refusal(fixture, example);
		return;
	}
	bracketed = query_bracketed(fixture->arena, query);
	check_answer(str_of(arena_printf(fixture->arena, "=> %.*s", STR_ARGS(bracketed))),
		     example->answers[0], example->text);
	count = query_warnings(query, &warnings);
	for (size_t i = 0; i < count; i++)
		check_answer(str_of(arena_printf(fixture->arena, "warning %s at %zu",
						 warnings[i].key, warnings[i].at)),
			     i + 1 < example->answer_count ? example->answers[i + 1] : STR_EMPTY,
			     example->text);
	assert_int_equal(example->answer_count, count + 1);
	again = parsed(fixture, bracketed.data);
	assert_true(query_node_equal(query_root(query), query_root(again)));
}

static void test_examples(void **state)
{
	struct fixture *fixture = *state;
	struct str rest = read_document(fixture->arena), block;
	size_t examples = 0, start;

	while ((start = str_find(rest, STR("```query\n"))) != STR_NOT_FOUND) {
		struct example example;

		rest = str_slice(rest, start + 9, rest.size);
		start = str_find(rest, STR("```"));
		assert_int_not_equal(start, STR_NOT_FOUND);
		block = str_slice(rest, 0, start);
		rest = str_slice(rest, start + 3, rest.size);
		for (; next_example(&block, &example); examples++)
			check_example(fixture, &example);
	}
	assert_true(examples > 60);
}

/* The table of fields in the document is written from query_fields[]. */
static struct str field_table(struct arena *arena)
{
	static const char *const kinds[] = {
		[FIELD_WORDS] = "words",   [FIELD_EXACT] = "value", [FIELD_CLASS] = "class",
		[FIELD_DATE] = "date",     [FIELD_COUNT] = "count", [FIELD_NUMBER_ID] = "number",
		[FIELD_FLAG] = "yes or no"
	};
	struct strbuf text = STRBUF_INIT;
	struct str table;

	strbuf_add_cstr(&text, "\n\n| code | field | kind | other names |\n|---|---|---|---|\n");
	for (size_t i = 0; i < query_field_count; i++) {
		const struct query_field *field = &query_fields[i];

		strbuf_addf(&text, "| %s | %s, %s | %s |", field->code, field->label.zh,
			    field->label.en, kinds[field->kind]);
		for (const char *const *name = field->names; *name; name++)
			strbuf_addf(&text, " %s", *name);
		strbuf_add_cstr(&text, " |\n");
	}
	strbuf_add_byte(&text, '\n');
	table = str_copy(arena, strbuf_str(&text));
	strbuf_release(&text);
	return table;
}

static void test_field_table(void **state)
{
	struct fixture *fixture = *state;
	struct str text = read_document(fixture->arena), table = field_table(fixture->arena);
	size_t from = str_find(text, STR("<!-- fields -->")) + 15;
	size_t to = str_find(text, STR("<!-- /fields -->"));

	if (str_equal(str_slice(text, from, to), table))
		return;
	if (!getenv("YUCHENG_UPDATE"))
		fail_msg("the table of fields in docs/query.md is not that of query_fields[]: "
			 "YUCHENG_UPDATE=1 writes it");
	table = str_of(arena_printf(fixture->arena, "%.*s%.*s%.*s",
				    STR_ARGS(str_slice(text, 0, from)), STR_ARGS(table),
				    STR_ARGS(str_slice(text, to, text.size))));
	assert_true(file_write_atomic(document_path(fixture->arena), table, &fixture->error));
}

/* ---- Tables. */

static void test_names_stand_once(void **state)
{
	(void)state;
	for (size_t i = 0; i < query_field_count; i++) {
		const struct query_field *field = &query_fields[i];

		assert_ptr_equal(query_field_find(str_of(field->code)), field);
		for (const char *const *name = field->names; *name; name++)
			if (query_field_find(str_of(*name)) != field)
				fail_msg("%s of %s is taken", *name, field->code);
	}
	assert_null(query_field_find(STR("没有")));
	assert_null(query_field_find(STR("")));
}

static void check_value(struct fixture *fixture, const char *field, const char *value)
{
	(void)parsed(fixture, arena_printf(fixture->arena, "%s=(\"%s\")", field, value));
}

/* Whatever patent/ may write into a column can be asked for, by its name and in Chinese. */
static void test_values_of_patent(void **state)
{
	struct fixture *fixture = *state;

	for (size_t i = 0; i < STATUS_COUNT; i++) {
		check_value(fixture, "LS", status_infos[i].name);
		check_value(fixture, "LS", status_infos[i].label.zh);
	}
	for (size_t i = 0; i < STATUS_GROUP_COUNT; i++)
		check_value(fixture, "LS", status_group_infos[i].label.zh);
	for (size_t i = 0; i < APPLICANT_TYPE_COUNT; i++) {
		const struct query_choice *choice = query_choice_find(
			query_applicant_type_choices, str_of(applicant_types[i].label.zh));

		assert_non_null(choice);
		assert_string_equal(choice->code, applicant_types[i].name);
	}
	for (size_t i = 1; i < PATENT_TYPE_COUNT; i++)
		assert_string_equal(
			query_choice_find(query_type_choices, str_of(patent_types[i].label.zh))
				->code,
			patent_types[i].name);
	for (size_t i = 0; i < EVENT_KIND_COUNT; i++)
		check_value(fixture, "EVENT", event_infos[i].label.zh);
	for (size_t i = 0; i < query_field_count; i++)
		for (const char *const *flag = query_fields[i].flags; flag && *flag; flag++)
			assert_int_not_equal(event_kind_find(str_of(*flag)), EVENT_UNKNOWN);
}

static void test_order_of_symbols(void **state)
{
	static const char *const ordered[] = { "A01B1/00",   "A01B33/02",  "G06F3/048",
					       "H01L31/042", "H01M2/10",   "H01M10/00",
					       "H01M10/50",  "H01M10/613", "H01M10/6132",
					       "H01M10/62",  "H01M50/10" };

	(void)state;
	for (size_t i = 0; i < sizeof(ordered) / sizeof(ordered[0]); i++)
		for (size_t k = i + 1; k < sizeof(ordered) / sizeof(ordered[0]); k++) {
			assert_true(symbol_is_between(str_of(ordered[i]), STR("A"),
						      str_of(ordered[k])));
			assert_false(symbol_is_between(str_of(ordered[i]), str_of(ordered[k]),
						       STR("H")));
		}
	assert_true(symbol_is_between(STR("H01M10/613"), STR("H01M"), STR("H01M10")));
	assert_false(symbol_is_between(STR("H01M10/613"), STR("H01M"), STR("H01M2")));
}

static void test_patterns(void **state)
{
	(void)state;
	assert_true(query_pattern_matches(STR("col*r"), STR("colour")));
	assert_true(query_pattern_matches(STR("colo#r"), STR("color")));
	assert_true(query_pattern_matches(STR("colo#r"), STR("colour")));
	assert_false(query_pattern_matches(STR("colo?r"), STR("color")));
	assert_true(query_pattern_matches(STR("华?技术*"), STR("华为技术有限公司")));
	assert_true(query_pattern_matches(STR("a*b*c*"), STR("axxbyyc")));
	assert_false(query_pattern_matches(STR("a*b*d"), STR("axxbyyc")));
	assert_true(query_pattern_matches(STR("*##?"), STR("x")));
	assert_false(query_pattern_matches(STR("?"), STR("")));
}

/* ---- Names. */

struct names {
	const char *const (*rows)[2];
	const struct bitmap *ids;
};

static bool find_name(void *context, struct arena *arena, struct str name, struct str *text_out,
		      const struct bitmap **ids_out)
{
	const struct names *names = context;

	(void)arena;
	if (str_equal(name, STR("专题"))) {
		*ids_out = names->ids;
		return true;
	}
	for (size_t i = 0; names->rows[i][0]; i++)
		if (str_equal_cstr(name, names->rows[i][0])) {
			*text_out = str_of(names->rows[i][1]);
			return true;
		}
	return false;
}

static void test_names(void **state)
{
	static const char *const rows[][2] = { { "电池", "TI=(电池 OR 电芯)" },
					       { "外", "#电池 AND AD>=2020" },
					       { "环", "a OR #环二" },
					       { "环二", "#环" },
					       { "坏", "TI=(a" },
					       { "a b", "c" },
					       { NULL, NULL } };
	static const struct {
		const char *text, *answer;
	} cases[] = {
		{ "#电池", "#\"电池\"" },
		{ "##外 AND #专题", "(#\"外\" AND #\"专题\")" },
		{ "#\"a b\" NOT #电池", "(#\"a b\" AND (NOT #\"电池\"))" },
		{ "#环", "query.name_failed" },
		{ "x #坏", "query.name_failed" },
		{ "#没有", "query.name_unknown" },
		{ "x #", "query.name_empty" },
	};
	struct fixture *fixture = *state;
	struct names names = { rows, bitmap_empty() };
	struct query_names finder = { &names, find_name };
	struct query_parse_options options = { &finder };

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct query *query, *again;

		if (!query_parse(fixture->arena, str_of(cases[i].text), &options, &query,
				 &fixture->error)) {
			assert_string_equal(fixture->error.key, cases[i].answer);
			continue;
		}
		assert_string_equal(query_bracketed(fixture->arena, query).data, cases[i].answer);
		assert_true(query_parse(fixture->arena, str_of(cases[i].answer), &options, &again,
					&fixture->error));
		assert_true(query_node_equal(query_root(query), query_root(again)));
	}
}

/* Ten names, each ten times the one before: refused, not computed. */
static bool find_doubling(void *context, struct arena *arena, struct str name, struct str *text_out,
			  const struct bitmap **ids_out)
{
	int64_t level;

	(void)context;
	(void)ids_out;
	if (!str_to_int64(name, &level))
		return false;
	*text_out = level == 0
			    ? STR("x")
			    : str_of(arena_printf(arena, "#%d #%d #%d #%d #%d #%d #%d #%d #%d #%d",
						  (int)level - 1, (int)level - 1, (int)level - 1,
						  (int)level - 1, (int)level - 1, (int)level - 1,
						  (int)level - 1, (int)level - 1, (int)level - 1,
						  (int)level - 1));
	return true;
}

static void test_names_that_grow(void **state)
{
	struct fixture *fixture = *state;
	struct query_names finder = { NULL, find_doubling };
	struct query_parse_options options = { &finder };
	struct query *query;

	assert_true(query_parse(fixture->arena, STR("#3"), &options, &query, &fixture->error));
	assert_false(query_parse(fixture->arena, STR("#12"), &options, &query, &fixture->error));
	assert_int_equal(fixture->error.kind, ERROR_LIMIT);
	assert_string_equal(fixture->error.key, "query.name_too_deep");
}

/* ---- Size and hostility. */

static struct str repeated(struct arena *arena, const char *head, const char *part, size_t times,
			   const char *tail)
{
	struct strbuf text = STRBUF_INIT;
	struct str copy;

	strbuf_add_cstr(&text, head);
	for (size_t i = 0; i < times; i++)
		strbuf_add_cstr(&text, part);
	strbuf_add_cstr(&text, tail);
	copy = str_copy(arena, strbuf_str(&text));
	strbuf_release(&text);
	return copy;
}

static void test_depth(void **state)
{
	struct fixture *fixture = *state;
	struct arena *arena = fixture->arena;
	struct query *query;

	refused(fixture, repeated(arena, "", "(", 1000, "a"), "query.too_deep");
	refused(fixture, repeated(arena, "", "TI=(", 100000, "a"), "query.too_deep");
	refused(fixture,
		repeated(arena, "", "NOT (a ", 400, repeated(arena, "a", ")", 400, "").data),
		"query.too_deep");
	refused(fixture, repeated(arena, "a", " $W1 a", 300, ""), "query.too_deep");
	assert_true(query_parse(arena, repeated(arena, "", "NOT ", 100001, "a"), NULL, &query,
				&fixture->error));
	assert_string_equal(query_bracketed(arena, query).data, "(NOT TAC=(a))");
	query = parsed(fixture, repeated(arena, "", "(x OR y AND ", 90,
					 repeated(arena, "z", ")", 90, "").data)
					.data);
	parsed(fixture, query_bracketed(arena, query).data);
}

static void test_many_operands(void **state)
{
	struct fixture *fixture = *state;
	struct query *query = parsed(
		fixture,
		repeated(fixture->arena, "TA=(\"a b\"", " OR \"固态 电池\"", 5000, ")").data);

	assert_int_equal(query_root(query)->child_count, 5001);
	refused(fixture, repeated(fixture->arena, "a", " b", 300000, ""), "query.too_deep");
	refused(fixture, repeated(fixture->arena, "a", " 电池", 1 << 18, ""), "query.long");
	refused(fixture, repeated(fixture->arena, "TI,AB,CL,DE=(", "TI,AB,CL,DE=(", 20, "a"),
		"query.bracket_open");
	refused(fixture,
		repeated(fixture->arena, "", "TI,AB,CL,DE=(", 20,
			 repeated(fixture->arena, "a", ")", 20, "").data),
		"query.too_deep");
	refused(fixture, repeated(fixture->arena, "电", "*电", 10, ""), "query.wildcard_many");
	(void)parsed(fixture, repeated(fixture->arena, "a", "*a", 3000, "").data);
}

static void test_bytes(void **state)
{
	struct fixture *fixture = *state;

	refused(fixture, STR("a \xFF"), "query.bytes");
	assert_int_equal(fixture->error.at, 2);
	refused(fixture, STR("a \0 b"), "query.bytes");
	refused(fixture, STR("TI=\"\\\""), "query.quote_open");
	refused(fixture, STR("、"), "query.operand_missing");
	refused(fixture, STR("{a}"), "query.sign");
	refused(fixture, STR("[a TO b]"), "query.square_bracket");
	refused(fixture, STR("--"), "query.no_words");
	refused(fixture, STR("TI="), "query.value_missing");
	refused(fixture, STR("TI=>3"), "query.comparison");
	refused(fixture, STR(">3"), "query.unexpected");
	assert_true(query_is_all(parsed(fixture, "  \n# nur\n// nichts\n")));
	assert_true(query_is_all(parsed(fixture, "*:*")));
	assert_false(query_is_all(parsed(fixture, "\"ALL\"")));
}

/* Every text with any piece cut out or doubled: an answer or an error that lies within it. */
static void test_mutations(void **state)
{
	static const char text[] =
		"#x (TI,AB=(电?池 $PRE5 “热 管理”) NOT 申请（专利权）人=[\"a\", b*]) || "
		"IPC=[H01L31/02 TO H01L31/042] & AD>=2010-05 cited:3:5 \"a b\"~3 \\* "
		"ta any \"c d\" prox/distance<3 before:filing:2010 (5n) $FREQ2 // c\n";
	struct fixture *fixture = *state;
	size_t size = sizeof(text) - 1;

	for (size_t from = 0; from < size; from++)
		for (size_t length = 1; length < 12 && from + length <= size; length++) {
			struct arena *arena = arena_create(1 << 14);
			char *cut = arena_alloc(arena, 2 * size);
			struct query *query, *again;
			size_t cut_size = size - length;

			memcpy(cut, text, from);
			memcpy(cut + from, text + from + length, size - from - length);
			if (query_parse(arena, (struct str){ cut, cut_size }, NULL, &query,
					&fixture->error)) {
				assert_true(query_parse(arena, query_bracketed(arena, query), NULL,
							&again, &fixture->error));
				assert_true(query_node_equal(query_root(query), query_root(again)));
			} else {
				assert_in_range(fixture->error.at, 0, cut_size);
				assert_non_null(message_find(fixture->error.key));
			}
			arena_destroy(arena);
		}
}

/* ---- Writing and marking. */

static void test_operands_are_escaped(void **state)
{
	static const char *const values[] = { "电池",  "AND",          "a b",         "100%",
					      "C# *?", "“引号”",       "back\\slash", "a\"b",
					      "NEAR5", "示例（集团）", "or",          "至",
					      "x\ny" };
	struct fixture *fixture = *state;

	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
		struct strbuf text = STRBUF_INIT;
		struct query *query;

		strbuf_add_cstr(&text, "OWNER=");
		query_add_operand(&text, str_of(values[i]));
		query = parsed(fixture, text.data);
		assert_int_equal(query_root(query)->kind, NODE_KEYWORD);
		assert_int_equal(query_root(query)->matches[0].kind, MATCH_EXACT);
		assert_true(str_equal_nocase(
			str_slice(query_operand_plain(fixture->arena, query_root(query)->source), 0,
				  SIZE_MAX),
			str_of(values[i])));
		strbuf_release(&text);
	}
}

static void check_marks(struct fixture *fixture, const char *query, const char *text,
			const char *marked)
{
	struct highlight *marks;
	size_t count = query_highlights(parsed(fixture, query), fixture->arena, COL_TITLE,
					str_of(text), &marks);
	struct strbuf shown = STRBUF_INIT;
	size_t at = 0;

	for (size_t i = 0; i < count; i++) {
		strbuf_add_str(&shown, str_slice(str_of(text), at, marks[i].from));
		strbuf_add_cstr(&shown, "<");
		strbuf_add_str(&shown, str_slice(str_of(text), marks[i].from, marks[i].to));
		strbuf_add_cstr(&shown, ">");
		at = marks[i].to;
	}
	strbuf_add_str(&shown, str_slice(str_of(text), at, strlen(text)));
	assert_string_equal(shown.data, marked);
	strbuf_release(&shown);
}

static void test_highlights(void **state)
{
	struct fixture *fixture = *state;

	check_marks(fixture, "电池 AND NOT 散热", "一種電池散热装置", "一種<電池>散热装置");
	check_marks(fixture, "TI=(电)", "电池与电机", "<电>池与<电>机");
	check_marks(fixture, "batter* OR LED灯", "Battery and ＬＥＤ 灯具",
		    "<Battery> and <ＬＥＤ 灯>具");
	check_marks(fixture, "TA=(固态 $W3 (电池 OR 电芯))", "固态锂电芯", "<固态>锂<电芯>");
	check_marks(fixture, "CL=(电池) AND AD>2010", "电池", "电池");
	check_marks(fixture, "TI=(动?电池)", "动力电池组", "<动力电池>组");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_examples, begin, end),
		cmocka_unit_test_setup_teardown(test_field_table, begin, end),
		cmocka_unit_test_setup_teardown(test_names_stand_once, begin, end),
		cmocka_unit_test_setup_teardown(test_values_of_patent, begin, end),
		cmocka_unit_test_setup_teardown(test_order_of_symbols, begin, end),
		cmocka_unit_test_setup_teardown(test_patterns, begin, end),
		cmocka_unit_test_setup_teardown(test_names, begin, end),
		cmocka_unit_test_setup_teardown(test_names_that_grow, begin, end),
		cmocka_unit_test_setup_teardown(test_depth, begin, end),
		cmocka_unit_test_setup_teardown(test_many_operands, begin, end),
		cmocka_unit_test_setup_teardown(test_bytes, begin, end),
		cmocka_unit_test_setup_teardown(test_mutations, begin, end),
		cmocka_unit_test_setup_teardown(test_operands_are_escaped, begin, end),
		cmocka_unit_test_setup_teardown(test_highlights, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
