#include "base/file.h"
#include "import/toml.h"
#include "import/tree_file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <unistd.h>

static struct arena *arena;
static struct error error;

static int set_up(void **state)
{
	(void)state;
	arena = arena_create(4096);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_destroy(arena);
	return 0;
}

/* ---- TOML */

static void toml_reads_tables_values_and_comments(void **state)
{
	struct toml toml;
	struct str text = STR("\xEF\xBB\xBF# 注释\nversion = -3\r\n[[node]] # 表\n"
			      "name = \"a\\u4E2D\\\"\\n\"\nraw = 'C:\\x'\n"
			      "list = [ 'x', # 甲\n \"y\",\n]\n\n[[node]]\n");

	(void)state;
	assert_true(toml_parse(arena, text, &toml, &error));
	assert_int_equal(toml.table_count, 3);
	assert_int_equal(toml_integer(&toml.tables[0], "version", 0), -3);
	assert_int_equal(toml.tables[1].line, 3);
	assert_true(str_equal_cstr(toml_text(&toml.tables[1], "name"), "a中\"\n"));
	assert_true(str_equal_cstr(toml_text(&toml.tables[1], "raw"), "C:\\x"));
	assert_int_equal(toml_find(&toml.tables[1], "list")->item_count, 2);
	assert_int_equal(toml.tables[2].value_count, 0);
	assert_null(toml_find(&toml.tables[2], "name"));
}

static const struct {
	const char *text, *key;
	int64_t line;
} broken_toml[] = {
	{ "a =\n", "import.toml_value", 1 },
	{ "a = 1 b", "import.toml_line_end", 1 },
	{ "\n[x]\n", "import.toml_table", 2 },
	{ "[[x", "import.toml_table", 1 },
	{ "[[ ]]", "import.toml_table", 1 },
	{ "a = \"\\q\"", "import.toml_escape", 1 },
	{ "a = \"\\uD800\"", "import.toml_escape", 1 },
	{ "a = \"\\U00110000\"", "import.toml_escape", 1 },
	{ "a = \"abc\nb = 1", "import.toml_string", 1 },
	{ "a = 'abc", "import.toml_string", 1 },
	{ "a = 1\na = 2", "import.toml_repeated", 2 },
	{ "a = [1]", "import.toml_value", 1 },
	{ "a = ['x' 'y']", "import.toml_array", 1 },
	{ "a = ['x',\n", "import.toml_value", 2 },
	{ "a = 99999999999999999999", "import.toml_value", 1 },
	{ "a = \"\"\"x\"\"\"", "import.toml_value", 1 },
	{ "a = 1.5", "import.toml_line_end", 1 },
	{ "a = true", "import.toml_value", 1 },
	{ "= 1", "import.toml_key", 1 },
	{ "a.b = 1", "import.toml_key", 1 },
	{ "a = '\xFF'", "import.toml_encoding", -1 },
};

static void toml_refuses_with_line(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(broken_toml) / sizeof(broken_toml[0]); i++) {
		struct toml toml;

		assert_false(toml_parse(arena, str_of(broken_toml[i].text), &toml, &error));
		assert_string_equal(error.key, broken_toml[i].key);
		assert_int_equal(error.at, broken_toml[i].line);
	}
}

/* Any cut of a good file is read or refused, never more. */
static void toml_survives_every_cut(void **state)
{
	struct str text = STR("[[node]]\nlevel = 1\nname = \"a\\u4E2Db\"\nlist = ['x', \"y\"]\n#");

	(void)state;
	for (size_t i = 0; i < text.size; i++) {
		struct toml toml;
		char *cut = arena_copy(arena, text.data, i);

		if (toml_parse(arena, (struct str){ cut, i }, &toml, &error))
			assert_true(toml.table_count >= 1);
		else
			assert_non_null(error.key);
	}
}

/* ---- Trees */

static const struct topic_node sample[] = {
	{ 1, "电芯", "储能单元", "TA=(电芯)" },
	{ 2, "正极", "", "TA=(正极 AND \"高镍\")" },
	{ 3, "三元", "镍钴锰\n\"三元\"", "TA=(三元)" },
	{ 4, "单晶", "", "" },
	{ 2, "负极", "", "TA=(负极)" },
	{ 1, "热管理", "", "" },
	{ 2, "正极", "别处的同名节点", "IPC=H01M10/613" },
};
enum { SAMPLE_COUNT = sizeof(sample) / sizeof(sample[0]) };

static void assert_sample(const struct topic_node *nodes, size_t count)
{
	assert_int_equal(count, SAMPLE_COUNT);
	for (size_t i = 0; i < count; i++) {
		assert_int_equal(nodes[i].level, sample[i].level);
		assert_string_equal(nodes[i].name, sample[i].name);
		assert_string_equal(nodes[i].definition, sample[i].definition);
		assert_string_equal(nodes[i].query, sample[i].query);
	}
}

static void trees_survive_toml_and_json(void **state)
{
	struct strbuf file = STRBUF_INIT;
	struct topic_node *nodes;
	size_t count;

	(void)state;
	tree_write_toml(sample, SAMPLE_COUNT, &file);
	assert_true(tree_read_toml(arena, strbuf_str(&file), &nodes, &count, &error));
	assert_sample(nodes, count);
	strbuf_clear(&file);
	tree_write_json(sample, SAMPLE_COUNT, &file);
	assert_true(tree_read_json(arena, strbuf_str(&file), &nodes, &count, &error));
	assert_sample(nodes, count);
	strbuf_release(&file);
}

static const struct {
	const char *text, *key;
	int64_t at;
} broken_trees[] = {
	{ "[[node]]\nlevel=1\nname='a'\n[[node]]\nlevel=3\nname='b'", "import.tree_jump", 4 },
	{ "[[node]]\nlevel=2\nname='a'", "import.tree_jump", 1 },
	{ "[[node]]\nlevel=5\nname='a'", "import.tree_level", 1 },
	{ "[[node]]\nlevel=0\nname='a'", "import.tree_level", 1 },
	{ "[[node]]\nname='a'", "import.tree_level", 1 },
	{ "[[node]]\nlevel=1\nname=' '", "import.tree_name", 1 },
	{ "[[node]]\nlevel=1\nname='a'\n\n[[node]]\nlevel=1\nname='a '", "import.tree_twice", 5 },
	{ "[[node]]\nlevel=1\nname=1", "import.tree_key", 3 },
	{ "[[node]]\nlevel=1\nname='a'\ncolour='b'", "import.tree_key", 4 },
	{ "[[leaf]]\nlevel=1", "import.tree_key", 1 },
	{ "x = 1", "import.tree_key", 1 },
	{ "# 无节点\n", "import.tree_empty", -1 },
};

static void broken_trees_are_refused_with_place(void **state)
{
	struct topic_node *nodes;
	size_t count;

	(void)state;
	for (size_t i = 0; i < sizeof(broken_trees) / sizeof(broken_trees[0]); i++) {
		assert_false(tree_read_toml(arena, str_of(broken_trees[i].text), &nodes, &count,
					    &error));
		assert_string_equal(error.key, broken_trees[i].key);
		assert_int_equal(error.at, broken_trees[i].at);
	}
}

static void json_trees_nested_or_flat(void **state)
{
	static const char nested[] = "{\"nodes\":[{\"name\":\"a\",\"children\":[{\"name\":\"b\","
				     "\"query\":null}]},{\"name\":\"c\",\"children\":[]}]}";
	static const char flat[] = "[{\"level\":1,\"name\":\"a\"},{\"level\":2,\"name\":\"b\"},"
				   "{\"level\":1,\"name\":\"c\"}]";
	struct topic_node *nodes;
	size_t count;

	(void)state;
	for (int i = 0; i < 2; i++) {
		assert_true(
			tree_read_json(arena, str_of(i ? flat : nested), &nodes, &count, &error));
		assert_int_equal(count, 3);
		assert_int_equal(nodes[1].level, 2);
		assert_string_equal(nodes[1].name, "b");
		assert_int_equal(nodes[2].level, 1);
	}
}

static const struct {
	const char *text, *key;
	int64_t at;
} broken_json[] = {
	{ "[{\"name\":\"a\"},{\"name\":1}]", "import.tree_json_node", 2 },
	{ "[{\"name\":\"a\"},\n{\"name\":}]", "import.tree_json", 2 },
	{ "{\"node\":[]}", "import.tree_json_node", 0 },
	{ "[1]", "import.tree_json_node", 1 },
	{ "[]", "import.tree_empty", -1 },
	{ "[{\"name\":\"a\",\"children\":[{\"name\":\"b\",\"level\":4}]}]", "import.tree_json_node",
	  2 },
	{ "[{\"name\":\"1\",\"children\":[{\"name\":\"2\",\"children\":[{\"name\":\"3\","
	  "\"children\":["
	  "{\"name\":\"4\",\"children\":[{\"name\":\"5\"}]}]}]}]}]",
	  "import.tree_level", 5 },
};

static void broken_json_is_refused_with_place(void **state)
{
	struct topic_node *nodes;
	size_t count;

	(void)state;
	for (size_t i = 0; i < sizeof(broken_json) / sizeof(broken_json[0]); i++) {
		assert_false(
			tree_read_json(arena, str_of(broken_json[i].text), &nodes, &count, &error));
		assert_string_equal(error.key, broken_json[i].key);
		assert_int_equal(error.at, broken_json[i].at);
	}
}

/* ---- Tables */

static bool read_csv(const char *text, struct topic_node **nodes, size_t *count)
{
	char path[] = "/tmp/test-tree-XXXXXX";
	int file = mkstemp(path);
	bool ok;

	assert_true(file >= 0);
	assert_int_equal(write(file, text, strlen(text)), (ssize_t)strlen(text));
	close(file);
	ok = tree_read_file(arena, path, nodes, count, &error);
	unlink(path);
	return ok;
}

static void tables_repeat_or_leave_out_the_levels_in_front(void **state)
{
	static const char *const texts[] = {
		"一级,二级,三级,定义,检索式\n电芯,,,储能,TA=(电芯)\n电芯,正极,,,TA=(正极)\n"
		"电芯,正极,三元,,\n热管理,,,,\n",
		"一级分支,二级分支,三级分支,技术定义,检索式\n电芯,,,储能,TA=(电芯)\n,正极,,,TA=("
		"正极)\n"
		",,三元,,\n热管理,,,,\n",
		"级别,名称,定义,检索式\n1,电芯,储能,TA=(电芯)\n2,正极,,TA=(正极)\n3,三元,,\n"
		"1,热管理,,\n",
	};
	struct topic_node *nodes;
	size_t count;

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		assert_true(read_csv(texts[i], &nodes, &count));
		assert_int_equal(count, 4);
		assert_string_equal(nodes[0].definition, "储能");
		assert_string_equal(nodes[1].query, "TA=(正极)");
		assert_int_equal(nodes[2].level, 3);
		assert_int_equal(nodes[3].level, 1);
	}
}

/* 一级 and 二级 new in one row: both become nodes, the texts belong to the deeper one. */
static void a_row_may_open_several_levels(void **state)
{
	struct topic_node *nodes;
	size_t count;

	(void)state;
	assert_true(read_csv("一级,二级,定义,检索式\n甲,乙,丁,TA=(乙)\n甲,丙,,TA=(丙)\n", &nodes,
			     &count));
	assert_int_equal(count, 3);
	assert_string_equal(nodes[0].query, "");
	assert_string_equal(nodes[1].definition, "丁");
	assert_int_equal(nodes[2].level, 2);
}

static void broken_tables_are_refused_with_row(void **state)
{
	struct topic_node *nodes;
	size_t count;

	(void)state;
	assert_false(read_csv("一级,二级,检索式\n甲,,TA=(甲)\n甲,,TA=(乙)\n", &nodes, &count));
	assert_string_equal(error.key, "import.tree_twice");
	assert_int_equal(error.at, 3);
	assert_false(read_csv("一级,二级,三级,检索式\n甲,,,\n,,丙,TA=(丙)\n", &nodes, &count));
	assert_string_equal(error.key, "import.tree_jump");
	assert_false(read_csv("级别,名称,检索式\nx,甲,TA=(甲)\n", &nodes, &count));
	assert_string_equal(error.key, "import.tree_level");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(toml_reads_tables_values_and_comments),
		cmocka_unit_test(toml_refuses_with_line),
		cmocka_unit_test(toml_survives_every_cut),
		cmocka_unit_test(trees_survive_toml_and_json),
		cmocka_unit_test(broken_trees_are_refused_with_place),
		cmocka_unit_test(json_trees_nested_or_flat),
		cmocka_unit_test(broken_json_is_refused_with_place),
		cmocka_unit_test(tables_repeat_or_leave_out_the_levels_in_front),
		cmocka_unit_test(a_row_may_open_several_levels),
		cmocka_unit_test(broken_tables_are_refused_with_row),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
