/* What an import could not understand, counted by its words. */
#include "import/map.h"

#include "base/utf8.h"

enum { FINDING_WORD_MAX = 120 }; /* bytes */

const struct finding_info finding_info[FINDING_KIND_COUNT] = {
	[FINDING_HEADER] = { "header", { "未对应的列", "columns not mapped" } },
	[FINDING_STATUS] = { "status", { "未识别的法律状态", "legal status not known" } },
	[FINDING_EVENT] = { "event", { "未识别的法律事件", "legal event not known" } },
	[FINDING_TYPE] = { "type", { "未识别的专利类型", "patent type not known" } },
	[FINDING_DATE] = { "date", { "无法解读的日期", "dates not understood" } },
	[FINDING_NUMBER] = { "number", { "无法解读的号码", "numbers not understood" } },
	[FINDING_CLASS] = { "class", { "无法解读的分类号", "classes not understood" } },
	[FINDING_CHECK_DIGIT] = { "check_digit", { "校验位不符的申请号", "wrong check digits" } },
};

void findings_init(struct findings *findings)
{
	*findings = (struct findings){ 0 };
	for (size_t i = 0; i < FINDING_KIND_COUNT; i++)
		findings->words[i] = map_create();
}

void findings_release(struct findings *findings)
{
	for (size_t i = 0; i < FINDING_KIND_COUNT; i++)
		map_destroy(findings->words[i]);
}

void findings_add(struct findings *findings, enum finding kind, struct str word, uint64_t times)
{
	struct str cut = str_slice(word, 0, FINDING_WORD_MAX);

	if (!findings)
		return;
	findings->count[kind] += times;
	cut = str_slice(cut, 0, utf8_valid_length(cut));
	if (map_count(findings->words[kind]) < FINDINGS_MAX || map_find(findings->words[kind], cut))
		*map_put(findings->words[kind], cut, NULL) += times;
}
