#include "draft_fixture.h"

#include "rule/lint.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <string.h>

/* Rules about title, abstract, description and drawings. */

#define SECTIONS(drawings, embodiments)                                                                                             \
	"说明书\n一种装置\n技术领域\n甲。\n背景技术\n乙。\n发明内容\n解决问题的方案，有效果。\n" \
	"附图说明\n" drawings "\n具体实施方式\n" embodiments "\n"

/* The findings of rules whose ids begin so: "B06 图3; B08 弹簧5". */
static const char *found(struct arena *arena, const char *text, const char *rules)
{
	const struct lint_options options = { .on = date_of(2026, 6, 1) };
	struct draft *draft = arena_new(arena, struct draft);
	struct strbuf shown = STRBUF_INIT;
	struct lint_result result;
	struct error error;
	const char *list;

	assert_true(draft_read(arena, fixture_file(arena, text, strlen(text)), draft, &error));
	lint_run(arena, draft, &options, &result);
	for (size_t i = 0; i < result.count; i++)
		if (strncmp(result.findings[i].rule->id, rules, strlen(rules)) == 0)
			strbuf_addf(&shown, "%s%s %s", shown.size ? "; " : "",
				    result.findings[i].rule->id, result.findings[i].detail);
	list = str_to_cstr(arena, strbuf_str(&shown));
	strbuf_release(&shown);
	return list;
}

static void expect(const char *text, const char *rules, const char *expected)
{
	struct arena *arena = arena_create(0);

	assert_string_equal(found(arena, text, rules), expected);
	arena_destroy(arena);
}

static void figures(void **state)
{
	(void)state;
	expect(SECTIONS("图1是主视图；图2是俯视图；\n图3A和图3B是剖视图。", "如图1至图3所示。"),
	       "B06", "");
	expect(SECTIONS("图1是主视图。", "如图1和图2所示，示意图5从略。"), "B06",
	       "B06-unknown 图2");
	expect(SECTIONS("图1是主视图。\n图2是俯视图。", "如图1和2所示，图1和3个部件相同。"), "B06",
	       "");
	expect(SECTIONS("图1是主视图。", "如图1(a)、1(b)所示。") "说明书附图\n图1(a)\n图1(b)\n",
	       "B06", "");
	expect(SECTIONS("图1是主视图。\n图2是俯视图。", "如图1所示。") "说明书附图\n图1\n图 3\n",
	       "B06", "B06 图2; B06-unmentioned 图2; B06-undescribed 图3");
	expect(SECTIONS("图1是主视图。", "见图1。") "说明书附图\n图1\n图3\n", "D06", "D06 图3");
}

static void signs(void **state)
{
	(void)state;
	expect(SECTIONS("图中：1-壳体，2-弹簧，3-复位弹簧。",
			"壳体1上有弹簧3和弹簧5，设2个弹簧2。"),
	       "B08", "B08 弹簧5");
	expect(SECTIONS("其中：1、壳体；2、弹簧；3、底板。",
			"壳体1上有弹簧3个，壳体2与底板3连接。"),
	       "B09", "B09-text 壳体2");
	expect(SECTIONS("标记说明：1壳体，1弹簧，4壳体", "壳体1。"), "B09", "B09 1; B09-name 壳体");
	expect(SECTIONS("图中：1-壳体，2-弹簧。", "壳体（1）上有弹簧(2)。"), "B07", "B07 2");
	expect("说明书摘要\n装置包括壳体1和弹簧（2）。\n" SECTIONS("图中：1-壳体，2-弹簧。",
								   "壳体1。"),
	       "D05", "D05 壳体1");
	/* Without a list nothing is guessed. */
	expect(SECTIONS("图1是主视图。", "壳体1上有壳体2，弹簧（3）。"), "B09", "");
}

static void sections(void **state)
{
	(void)state;
	expect("说明书\n一种装置\n一、技术领域：\n甲。\n[0003] "
	       "背景技术\n乙。\n（三）发明内容\n丙。\n"
	       "【具体实施方式】\n丁。\n",
	       "B01", "");
	expect("说明书\n一种装置\n技术领域\n甲。\n现有技术\n乙。\n发明内容\n丙。\n具体实施例\n丁。"
	       "\n",
	       "B01", "B01-name 现有技术; B01-name 具体实施例");
	expect("说明书\n一种装置\n技术领域涉及装置。\n", "B01",
	       "B01 具体实施方式; B01 发明内容; B01 技术领域; B01 背景技术");
	expect(SECTIONS("图1是主视图。", "本装置按权利要求1的方案。"), "B03", "");
	expect(SECTIONS("图1是主视图。", "要求优先权，权利要求的范围。权利要求 2所述。"), "B03",
	       "B03 权利要求 2所述");
}

static void content(void **state)
{
	(void)state;
	expect(SECTIONS("无。", "管径2英寸，重3斤，宽5cal，约3两个部件。"), "A11",
	       "A11 英寸; A11 斤; A11 cal");
	expect(SECTIONS("无。", "用transformer模型（encoder）处理，transformer同上，pH值不变。"),
	       "A10", "A10 transformer");
	expect(SECTIONS("无。", "菌株CGMCC No.6645，2012年10月08日保藏于北京。"), "B15", "");
	expect(SECTIONS("无。", "菌株CGMCC No.6645。"), "B15", "B15 保藏日期 保藏单位地址");
	expect(SECTIONS("无。", "[0003] 甲。\n[0004] 乙。\n[0006] 丙。\n[0007] 丁。"), "B17",
	       "B17 [0006]");
	expect("权利要求书\n1.一种方法，其特征在于，温度为10～30℃。\n" SECTIONS(
		       "无。", "温度10℃、20℃、25℃。"),
	       "B12", "B12 10～30℃");
}

static void titles(void **state)
{
	(void)state;
	expect("说明书\n一种XK-200型智能阀门\n技术领域\n", "A03", "A03-code XK-200");
	expect("说明书\n发明名称：阀门\n技术领域\n", "A04", "A04 发明名称：");
	expect("发明名称：（阀门）Ａ\n说明书\n(阀门)A\n技术领域\n", "A01", "");
	expect("说明书\n含有十二个汉字以上的一种用于调节流量并且降低噪声的阀门装置\n技术领域\n",
	       "A02", "A02 29");
}

/* An abstract of 300 characters is in order, one of 301 is not; a number counts as one word. */
static void length_of_an_abstract(void **state)
{
	struct arena *arena = arena_create(0);
	struct strbuf text = STRBUF_INIT;

	(void)state;
	strbuf_add_cstr(&text, "说明书摘要\n");
	for (size_t i = 0; i < 299; i++)
		strbuf_add_cstr(&text, "字");
	expect(arena_printf(arena, "%s。\n", text.data), "D01", "");
	expect(arena_printf(arena, "%s字。\n", text.data), "D01", "D01 301");
	expect(arena_printf(arena, "%s\n2026\n", text.data), "D01", "D01-letters 303");
	strbuf_release(&text);
	arena_destroy(arena);
}

static void pictures_and_changes(void **state)
{
	struct arena *arena = arena_create(0);
	struct str file = fixture_docx(
		arena,
		"<w:p><w:r><w:t>说明书</w:t></w:r></w:p><w:p><w:r><w:t>一种装置</w:t></w:r></w:p>"
		"<w:p><w:r><w:drawing><a:pic/></w:drawing></w:r><w:ins><w:r><w:t>正文。</w:t></w:r>"
		"</w:ins><w:r><w:commentReference/></w:r></w:p>",
		NULL);
	const struct lint_options options = { .on = date_of(2026, 6, 1) };
	struct lint_result result;
	struct draft draft;
	struct error error;
	unsigned seen = 0;

	(void)state;
	assert_true(draft_read(arena, fixture_file(arena, file.data, file.size), &draft, &error));
	lint_run(arena, &draft, &options, &result);
	for (size_t i = 0; i < result.count; i++)
		seen += strcmp(result.findings[i].rule->id, "B05") == 0 ||
			strncmp(result.findings[i].rule->id, "A13", 3) == 0;
	assert_int_equal(seen, 3);
	arena_destroy(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(figures),
		cmocka_unit_test(signs),
		cmocka_unit_test(sections),
		cmocka_unit_test(content),
		cmocka_unit_test(titles),
		cmocka_unit_test(length_of_an_abstract),
		cmocka_unit_test(pictures_and_changes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
