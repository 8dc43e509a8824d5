/* How complete a disclosure is, and what it lacks. */
#include "base/strbuf.h"
#include "base/utf8.h"
#include "types/types_internal.h"

/* Weights sum to 100; a part is there when all its fields are. */
static const struct part {
	const char *zh;
	int weight;
	bool is_mandatory;
	size_t first, second;
} parts[] = {
	{ "技术领域", 5, false, DISCLOSURE_TECHNICAL_FIELD, DISCLOSURE_TECHNICAL_FIELD },
	{ "合同或经费来源", 5, false, DISCLOSURE_FUNDING, DISCLOSURE_FUNDING },
	{ "发明人贡献份额", 5, true, DISCLOSURE_SHARES, DISCLOSURE_INVENTORS },
	{ "背景技术和最接近的现有技术", 10, true, DISCLOSURE_BACKGROUND, DISCLOSURE_CLOSEST_ART },
	{ "要解决的技术问题", 10, true, DISCLOSURE_PROBLEM, DISCLOSURE_PROBLEM },
	{ "技术方案和必要技术特征", 15, true, DISCLOSURE_SOLUTION, DISCLOSURE_ESSENTIAL },
	{ "可选特征与替代方案", 5, false, DISCLOSURE_VARIANTS, DISCLOSURE_VARIANTS },
	{ "有益效果", 10, true, DISCLOSURE_EFFECTS, DISCLOSURE_EFFECTS },
	{ "试验数据", 5, false, DISCLOSURE_TEST_DATA, DISCLOSURE_TEST_DATA },
	{ "具体实施方式", 10, true, DISCLOSURE_EMBODIMENTS, DISCLOSURE_EMBODIMENTS },
	{ "附图说明", 5, false, DISCLOSURE_FIGURES, DISCLOSURE_FIGURES },
	{ "保护目标", 5, false, DISCLOSURE_GOALS, DISCLOSURE_GOALS },
	{ "公开情况", 5, true, DISCLOSURE_PUBLICITY, DISCLOSURE_PUBLICITY },
	{ "关联申请与第三方成果", 5, false, DISCLOSURE_RELATED, DISCLOSURE_RELATED },
};
enum { COMPLETE_ENOUGH = 80, MISSING_SHOWN_MAX = 200 /* bytes */ };

static void add_missing(struct strbuf *missing, const char *zh, bool is_mandatory)
{
	strbuf_addf(missing, "%s%s%s", missing->size ? "、" : "", zh,
		    is_mandatory ? "（必填）" : "");
}

static bool lacks_software(const struct record *disclosure)
{
	return record_integer(disclosure, DISCLOSURE_IS_SOFTWARE) &&
	       !record_is_set(disclosure, DISCLOSURE_SOFTWARE);
}

static bool has_part(const struct record *disclosure, const struct part *part)
{
	return record_is_set(disclosure, part->first) && record_is_set(disclosure, part->second);
}

static void add_parts(const struct record *disclosure, bool is_mandatory, struct strbuf *missing)
{
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		if (parts[i].is_mandatory == is_mandatory && !has_part(disclosure, &parts[i]))
			add_missing(missing, parts[i].zh, is_mandatory);
}

void disclosure_set_completeness(struct record *disclosure, struct record_store *store)
{
	struct strbuf missing = STRBUF_INIT;
	int64_t percent = 0;

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		percent += has_part(disclosure, &parts[i]) ? parts[i].weight : 0;
	add_parts(disclosure, true, &missing);
	if (lacks_software(disclosure))
		add_missing(&missing, "模型与算法说明", true);
	add_parts(disclosure, false, &missing);
	record_set_integer(disclosure, DISCLOSURE_COMPLETENESS, percent);
	record_set_text(store, disclosure, DISCLOSURE_MISSING, strbuf_str(&missing));
	strbuf_release(&missing);
}

static bool lacks_mandatory(const struct record *disclosure)
{
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		if (parts[i].is_mandatory && !has_part(disclosure, &parts[i]))
			return true;
	return lacks_software(disclosure);
}

bool disclosure_is_complete(const struct record *disclosure, struct record_store *store,
			    struct error *error)
{
	struct str missing = str_of(record_text(disclosure, DISCLOSURE_MISSING));
	struct str shown = str_slice(missing, 0, MISSING_SHOWN_MAX);
	int64_t percent = record_integer(disclosure, DISCLOSURE_COMPLETENESS);

	(void)store;
	if (percent >= COMPLETE_ENOUGH && !lacks_mandatory(disclosure))
		return true;
	shown.size = utf8_valid_length(shown);
	error_set(error, ERROR_INVALID, "types.incomplete", "%lld%%: %.*s%s", (long long)percent,
		  STR_ARGS(shown), shown.size < missing.size ? "…" : "");
	error->field = "completeness";
	return false;
}
