/* How complete a disclosure is, and what it lacks. */
#include "base/strbuf.h"
#include "base/utf8.h"
#include "types/types_internal.h"

#define ALWAYS DISCLOSURE_FIELD_COUNT

static const struct disclosure_part parts[] = {
	{ { "技术领域", "Field of technology" },
	  5,
	  false,
	  DISCLOSURE_TECHNICAL_FIELD,
	  DISCLOSURE_TECHNICAL_FIELD,
	  ALWAYS },
	{ { "合同或经费来源", "Contract or funding" },
	  5,
	  false,
	  DISCLOSURE_FUNDING,
	  DISCLOSURE_FUNDING,
	  ALWAYS },
	{ { "发明人贡献份额", "Shares of the inventors" },
	  5,
	  true,
	  DISCLOSURE_SHARES,
	  DISCLOSURE_INVENTORS,
	  ALWAYS },
	{ { "背景技术和最接近的现有技术", "Background and closest prior art" },
	  10,
	  true,
	  DISCLOSURE_BACKGROUND,
	  DISCLOSURE_CLOSEST_ART,
	  ALWAYS },
	{ { "要解决的技术问题", "Problem to solve" },
	  10,
	  true,
	  DISCLOSURE_PROBLEM,
	  DISCLOSURE_PROBLEM,
	  ALWAYS },
	{ { "技术方案和必要技术特征", "Solution and essential features" },
	  15,
	  true,
	  DISCLOSURE_SOLUTION,
	  DISCLOSURE_ESSENTIAL,
	  ALWAYS },
	{ { "可选特征与替代方案", "Options and variants" },
	  5,
	  false,
	  DISCLOSURE_VARIANTS,
	  DISCLOSURE_VARIANTS,
	  ALWAYS },
	{ { "有益效果", "Effects" }, 10, true, DISCLOSURE_EFFECTS, DISCLOSURE_EFFECTS, ALWAYS },
	{ { "试验数据", "Test data" },
	  5,
	  false,
	  DISCLOSURE_TEST_DATA,
	  DISCLOSURE_TEST_DATA,
	  ALWAYS },
	{ { "具体实施方式", "Embodiments" },
	  10,
	  true,
	  DISCLOSURE_EMBODIMENTS,
	  DISCLOSURE_EMBODIMENTS,
	  ALWAYS },
	{ { "附图说明", "Figures" }, 5, false, DISCLOSURE_FIGURES, DISCLOSURE_FIGURES, ALWAYS },
	{ { "保护目标", "What to protect" }, 5, false, DISCLOSURE_GOALS, DISCLOSURE_GOALS, ALWAYS },
	{ { "公开情况", "Publicity" },
	  5,
	  true,
	  DISCLOSURE_PUBLICITY,
	  DISCLOSURE_PUBLICITY,
	  ALWAYS },
	{ { "关联申请与第三方成果", "Related filings, third parties" },
	  5,
	  false,
	  DISCLOSURE_RELATED,
	  DISCLOSURE_RELATED,
	  ALWAYS },
	{ { "模型与算法说明", "Model and algorithm" },
	  0,
	  true,
	  DISCLOSURE_SOFTWARE,
	  DISCLOSURE_SOFTWARE,
	  DISCLOSURE_IS_SOFTWARE },
};
enum { PART_COUNT = sizeof(parts) / sizeof(parts[0]), MISSING_SHOWN_MAX = 200 /* bytes */ };

const struct disclosure_part *disclosure_parts(size_t *count_out)
{
	*count_out = PART_COUNT;
	return parts;
}

static void add_missing(struct strbuf *missing, const char *zh, bool is_mandatory)
{
	strbuf_addf(missing, "%s%s%s", missing->size ? "、" : "", zh,
		    is_mandatory ? "（必填）" : "");
}

static bool has_part(const struct record *disclosure, const struct disclosure_part *part)
{
	if (part->when != ALWAYS && !record_integer(disclosure, part->when))
		return true;
	return record_is_set(disclosure, part->first) && record_is_set(disclosure, part->second);
}

static void add_parts(const struct record *disclosure, bool is_mandatory, struct strbuf *missing)
{
	for (size_t i = 0; i < PART_COUNT; i++)
		if (parts[i].is_mandatory == is_mandatory && !has_part(disclosure, &parts[i]))
			add_missing(missing, parts[i].label.zh, is_mandatory);
}

void disclosure_set_completeness(struct record *disclosure, struct record_store *store)
{
	struct strbuf missing = STRBUF_INIT;
	int64_t percent = 0;

	for (size_t i = 0; i < PART_COUNT; i++)
		percent += has_part(disclosure, &parts[i]) ? parts[i].weight : 0;
	add_parts(disclosure, true, &missing);
	add_parts(disclosure, false, &missing);
	record_set_integer(disclosure, DISCLOSURE_COMPLETENESS, percent);
	record_set_text(store, disclosure, DISCLOSURE_MISSING, strbuf_str(&missing));
	strbuf_release(&missing);
}

static bool lacks_mandatory(const struct record *disclosure)
{
	for (size_t i = 0; i < PART_COUNT; i++)
		if (parts[i].is_mandatory && !has_part(disclosure, &parts[i]))
			return true;
	return false;
}

bool disclosure_is_complete(const struct record *disclosure, struct record_store *store,
			    struct error *error)
{
	struct str missing = str_of(record_text(disclosure, DISCLOSURE_MISSING));
	struct str shown = str_slice(missing, 0, MISSING_SHOWN_MAX);
	int64_t percent = record_integer(disclosure, DISCLOSURE_COMPLETENESS);

	(void)store;
	if (percent >= DISCLOSURE_COMPLETE_ENOUGH && !lacks_mandatory(disclosure))
		return true;
	shown.size = utf8_valid_length(shown);
	error_set(error, ERROR_INVALID, "types.incomplete", "%lld%%: %.*s%s", (long long)percent,
		  STR_ARGS(shown), shown.size < missing.size ? "…" : "");
	error->field = "completeness";
	return false;
}
