#include "rule/rule.h"
#include "base/strbuf.h"

#include <string.h>

const struct rule_mark_info rule_marks[MARK_COUNT] = {
	[MARK_STATED] = { "S", { "文件规定", "stated by the policy" } },
	[MARK_VERIFIED] = { "V", { "已核对", "verified" } },
	[MARK_REFERENCE] = { "K",
			     { "参考值，请以官方文件为准",
			       "reference value; the official documents decide" } },
};

/* Short names of legal texts and what stands around the article. */
static const struct {
	const char *name;
	struct label before, after;
} texts[] = {
	{ "LAW", { "专利法第", "Patent Law art. " }, { "条", "" } },
	{ "REG", { "专利法实施细则第", "Implementing Regulations art. " }, { "条", "" } },
	{ "GL", { "专利审查指南 ", "Examination Guidelines " }, { "", "" } },
	{ "SPC09", { "法释〔2009〕21号第", "SPC Interpretation (2009) 21 art. " }, { "条", "" } },
	{ "PCT", { "PCT 条约及实施细则 ", "PCT and its Regulations " }, { "", "" } },
	{ "FEE1", { "专利收费标准", "table of patent fees" }, { "", "" } },
	{ "FEE2",
	  { "财税〔2024〕23号、国知局公告第594号", "CNIPA Announcement 594 (2024)" },
	  { "", "" } },
	{ "FEE3", { "专利缴费指南（2025）", "CNIPA payment guide 2025" }, { "", "" } },
	{ "POLICY", { "川市监发〔2025〕52号", "provincial policy (2025) 52" }, { "", "" } },
	{ "HV",
	  { "国家知识产权局高价值发明专利统计口径", "CNIPA's definition of high-value inventions" },
	  { "", "" } },
	{ "SEI",
	  { "国知办函规字〔2021〕121号", "CNIPA table of strategic emerging industries 2021" },
	  { "", "" } },
	{ "PRODUCT",
	  { "国知办函运字〔2022〕985号", "CNIPA notice on patent products (2022) 985" },
	  { "", "" } },
	{ "GBT42748", { "GB/T 42748-2023《专利评估指引》", "GB/T 42748-2023" }, { "", "" } },
	{ "MOE2020",
	  { "教科技〔2020〕1号", "Ministry of Education (2020) 1 on patents of universities" },
	  { "", "" } },
	{ "CNIPA77", { "国家知识产权局令第77号", "CNIPA Order 77" }, { "", "" } },
	{ "OWN", { "本系统参考模型", "reference model of this program" }, { "", "" } },
};

bool rule_begins_after(const char *edition, date d)
{
	char text[DATE_TEXT_SIZE];

	return strcmp(date_format(d, text), edition) < 0;
}

bool rule_is_in_force(const char *edition, const char *until, date d)
{
	char text[DATE_TEXT_SIZE];

	return !rule_begins_after(edition, d) &&
	       (!*until || strcmp(date_format(d, text), until) <= 0);
}

static void add_citation(struct strbuf *text, struct str citation, enum language language)
{
	size_t space = str_find_byte(citation, ' ');
	struct str name = str_slice(citation, 0, space);
	struct str article = space == STR_NOT_FOUND ? STR_EMPTY
						    : str_slice(citation, space + 1, citation.size);

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		if (str_equal_cstr(name, texts[i].name)) {
			strbuf_add_cstr(text, label_text(texts[i].before, language));
			strbuf_add_str(text, article);
			strbuf_add_cstr(text, label_text(texts[i].after, language));
			return;
		}
	strbuf_add_str(text, citation);
}

const char *rule_basis_text(struct arena *arena, const char *basis, enum language language)
{
	struct strbuf text = STRBUF_INIT;
	struct str rest = str_of(basis), citation;
	const char *result;

	while (str_split(&rest, STR(";"), &citation)) {
		if (text.size)
			strbuf_add_cstr(&text, language == LANGUAGE_ZH ? "；" : "; ");
		add_citation(&text, citation, language);
	}
	result = str_to_cstr(arena, strbuf_str(&text));
	strbuf_release(&text);
	return result;
}

struct label rule_basis_label(struct arena *arena, const char *basis)
{
	return (struct label){ rule_basis_text(arena, basis, LANGUAGE_ZH),
			       rule_basis_text(arena, basis, LANGUAGE_EN) };
}
