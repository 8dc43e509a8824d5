#include "base/strbuf.h"
#include "text/token.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

/* ---- Tokens written as "token@position token@position"; the marks as <s> <p>, the last
   character's mark as a dot. */

static void write_token(void *context, struct str token, uint32_t position)
{
	struct strbuf *all = context;

	if (all->size > 0)
		strbuf_add_byte(all, ' ');
	for (size_t i = 0; i < token.size; i++) {
		if (token.data[i] == TOKEN_LAST[0])
			strbuf_add_byte(all, '.');
		else if (token.data[i] == 2)
			strbuf_add_byte(all, '%');
		else
			strbuf_add_byte(all, token.data[i]);
	}
	strbuf_addf(all, "@%u", position);
}

static void check_tokens(const char *text, const char *expected)
{
	struct strbuf all = STRBUF_INIT;
	uint32_t position = 0;

	text_tokens(str_of(text), &position, write_token, &all);
	assert_string_equal(all.data, expected);
	strbuf_release(&all);
}

static void words_and_characters(void **state)
{
	(void)state;
	check_tokens("", "");
	check_tokens(" ,-", "");
	check_tokens("Image-Processing 3D", "image@0 processing@1 3d@2 %s@2 %p@2");
	check_tokens("电池", "电池@0 池.@1 %s@1 %p@1");
	check_tokens("电", "电.@0 %s@0 %p@0");
	check_tokens("用LED灯", "用.@0 led@1 灯.@2 %s@2 %p@2");
	check_tokens("电 池", "电.@0 池.@1 %s@1 %p@1");
	check_tokens("日本語かな", "日本@0 本语@1 语か@2 かな@3 な.@4 %s@4 %p@4");
}

static void folding(void **state)
{
	(void)state;
	check_tokens("ＡＢＣ１２", "abc12@0 %s@0 %p@0");
	check_tokens("電池裝置", "电池@0 池装@1 装置@2 置.@3 %s@3 %p@3");
	check_tokens("Café ÉCOLE", "cafe@0 ecole@1 %s@1 %p@1");
	check_tokens("Cafe\xCC\x81 e\xCC\x81t", "cafe@0 et@1 %s@1 %p@1");
	check_tokens("ｶﾞｽ", "ガス@0 ス.@1 %s@1 %p@1");
	check_tokens("Stra\xC3\x9F"
		     "e",
		     "strasse@0 %s@0 %p@0");
	check_tokens("soft\xC2\xADhyphen", "softhyphen@0 %s@0 %p@0");
	check_tokens("①②", "12@0 %s@0 %p@0");
	check_tokens("\xF0\xA0\x80\x80\xF0\xA0\x80\x81",
		     "\xF0\xA0\x80\x80\xF0\xA0\x80\x81@0 \xF0\xA0\x80\x81.@1 %s@1 %p@1");
}

static void sentences_and_paragraphs(void **state)
{
	(void)state;
	check_tokens("a b. c", "a@0 b@1 %s@1 c@2 %s@2 %p@2");
	check_tokens("1.5 mm", "1@0 5@1 mm@2 %s@2 %p@2");
	check_tokens("甲。。乙！", "甲.@0 %s@0 乙.@1 %s@1 %p@1");
	check_tokens("a;b\n\nc", "a@0 %s@0 b@1 %s@1 %p@1 c@2 %s@2 %p@2");
	check_tokens("。a", "a@0 %s@0 %p@0");
	check_tokens("a；b．", "a@0 %s@0 b@1 %s@1 %p@1");
}

static void broken_and_long(void **state)
{
	char long_word[3000];
	char expected[TOKEN_SIZE_MAX + 16];

	(void)state;
	check_tokens("a\xFF\xE7\x94 b\xC0\x80", "a@0 b@1 %s@1 %p@1");
	check_tokens("\xED\xA0\x80x", "x@0 %s@0 %p@0");
	memset(long_word, 'q', sizeof(long_word) - 1);
	long_word[sizeof(long_word) - 1] = 0;
	memset(expected, 'q', TOKEN_SIZE_MAX);
	memcpy(expected + TOKEN_SIZE_MAX, "@0 %s@0 %p@0", 13);
	check_tokens(long_word, expected);
}

/* A long heap of combining marks ends, and does not disturb what follows. */
static void heaps_of_marks(void **state)
{
	struct strbuf text = STRBUF_INIT, all = STRBUF_INIT;
	uint32_t position = 0;

	(void)state;
	strbuf_add_cstr(&text, "z");
	for (int i = 0; i < 5000; i++)
		strbuf_add_cstr(&text, "\xCC\x81");
	strbuf_add_cstr(&text, " end");
	text_tokens(strbuf_str(&text), &position, write_token, &all);
	assert_non_null(strstr(all.data, "end@"));
	strbuf_release(&text);
	strbuf_release(&all);
}

static void folded_strings(void **state)
{
	struct arena *arena = arena_create(0);

	(void)state;
	assert_string_equal(text_folded(arena, STR("（株）ＴＥＳＬＡ  Öl")).data, "(株)tesla  ol");
	assert_string_equal(text_folded(arena, STR("華為技術有限公司")).data, "华为技术有限公司");
	assert_int_equal(text_folded(arena, STR_EMPTY).size, 0);
	for (int i = 1; i < 0x3000; i++) { /* folding what is folded changes nothing */
		struct strbuf one = STRBUF_INIT;
		struct str once, twice;

		strbuf_add_rune(&one, (uint32_t)i);
		once = text_folded(arena, strbuf_str(&one));
		twice = text_folded(arena, once);
		if (!str_equal(once, twice))
			fail_msg("U+%04X", i);
		strbuf_release(&one);
	}
	arena_destroy(arena);
}

static void places(void **state)
{
	struct arena *arena = arena_create(0);
	struct token_place *found;
	size_t count = text_token_places(arena, STR("ＡＢ 電池。x"), &found);

	(void)state;
	assert_int_equal(count, 4);
	assert_true(str_equal(found[0].token, STR("ab")));
	assert_int_equal(found[0].from, 0);
	assert_int_equal(found[0].to, 6);
	assert_false(found[0].is_cjk);
	assert_true(str_equal(found[1].token, STR("电池")));
	assert_int_equal(found[1].from, 7);
	assert_int_equal(found[1].to, 10);
	assert_true(found[1].is_cjk);
	assert_int_equal(found[2].from, 10);
	assert_int_equal(found[3].position, 3);
	assert_int_equal(found[3].from, 16);
	arena_destroy(arena);
}

/* Texts joined by the caller: positions go on where they ended. */
static void positions_go_on(void **state)
{
	struct strbuf all = STRBUF_INIT;
	uint32_t position = 0;

	(void)state;
	text_tokens(STR("a"), &position, write_token, &all);
	position += TOKEN_GAP;
	text_tokens(STR("b"), &position, write_token, &all);
	assert_string_equal(all.data, "a@0 %s@0 %p@0 b@101 %s@101 %p@101");
	assert_int_equal(position, 102);
	strbuf_release(&all);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_and_characters),
		cmocka_unit_test(folding),
		cmocka_unit_test(sentences_and_paragraphs),
		cmocka_unit_test(broken_and_long),
		cmocka_unit_test(heaps_of_marks),
		cmocka_unit_test(folded_strings),
		cmocka_unit_test(places),
		cmocka_unit_test(positions_go_on),
	};

	return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}
