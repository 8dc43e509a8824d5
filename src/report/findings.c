#include "report/findings_internal.h"

#include <math.h>

static void note_concentration(struct writing *w)
{
	double all = figure_note_number(w->figure, "applicants");
	double cr4 = figure_note_number(w->figure, "cr4");
	double cr10 = figure_note_number(w->figure, "cr10");
	double hhi = figure_note_number(w->figure, "hhi");

	if (!isfinite(cr4) || !isfinite(cr10))
		return;
	if (isfinite(all))
		say(w, "共有申请人 %.0f 个，", "There are %.0f applicants; ", all);
	say(w, "前 4 名合计占%s，前 10 名合计占%s", "the first 4 have %s, the first 10 %s",
	    say_share(w, cr4), say_share(w, cr10));
	if (isfinite(hhi))
		say(w, "，HHI 为 %.4f，集中度%s", " (HHI %.4f, %s concentration)", hhi,
		    w->language == LANGUAGE_ZH ? (hhi >= 0.25   ? "较高"
						  : hhi >= 0.15 ? "中等"
								: "较低")
					       : (hhi >= 0.25   ? "high"
						  : hhi >= 0.15 ? "moderate"
								: "low"));
	say(w, "。", ".");
}

static void applicants(struct writing *w)
{
	say_ranking(w);
	note_concentration(w);
}

static void trend(struct writing *w)
{
	double growth = figure_note_number(w->figure, "recent_growth");

	static const struct {
		const char *id, *zh, *en;
	} nouns[] = { { "trend_filed", "申请量", "filings" },
		      { "trend_published", "公开量", "publications" },
		      { "trend_granted", "授权量", "grants" } };
	const char *noun = w->language == LANGUAGE_ZH ? "数量" : "the count";

	for (size_t i = 0; i < sizeof(nouns) / sizeof(nouns[0]); i++)
		if (strcmp(nouns[i].id, w->figure->id) == 0)
			noun = PICK(w->language, nouns[i]);
	say_series(w, figure_column_find(w->figure, "count"), noun);
	if (isfinite(growth))
		say(w, "最近三个完整年份的年均量与此前三年相比%s。",
		    "The mean of the last three complete years compared with the three before: %s.",
		    say_change(w, 1, 1 + growth));
}

/* What is unknown comes first, for it decides what the other shares are worth. */
static void status(struct writing *w)
{
	size_t share = figure_column_find(w->figure, "share");

	for (size_t i = 0; i < w->figure->row_count && share != SIZE_MAX; i++) {
		const struct figure_row *row = &w->figure->rows[i];

		if (str_equal_cstr(row->key, "unknown") && row->values[share].number >= 0.2)
			say(w, "法律状态未能确认的占%s，其余各项的比例不能代表总体。",
			    "The status of %s is unknown; the other shares do not stand for the "
			    "whole.",
			    say_share(w, row->values[share].number));
	}
	say_ranking(w);
}

static void survival(struct writing *w)
{
	double granted = figure_note_number(w->figure, "granted");
	double ended = figure_note_number(w->figure, "ended");
	double five = figure_note_number(w->figure, "survival_5");
	double ten = figure_note_number(w->figure, "survival_10");
	double median = figure_note_number(w->figure, "median_age");

	if (!isfinite(granted))
		return;
	say(w, "纳入授权专利 %s，其中已终止 %s", "Of %s granted, %s have ended", amount(w, granted),
	    amount(w, isfinite(ended) ? ended : 0));
	if (isfinite(five))
		say(w, "；维持满 5 年的比例估计为 %.1f%%", "; an estimated %.1f%% live 5 years",
		    five * 100);
	if (isfinite(ten))
		say(w, "，满 10 年为 %.1f%%", " and %.1f%% 10 years", ten * 100);
	say(w, "。", ".");
	if (isfinite(median))
		say(w, "维持年限中位数约 %.1f 年。", "Half of them live %.1f years or longer.",
		    median);
	else
		say(w, "终止者尚不足半数，中位维持年限无法估计。",
		    "Less than half have ended, so no median age can be told.");
}

static void stage(struct writing *w)
{
	struct str name = figure_note_text(w->figure, "stage");
	size_t year = figure_column_find(w->figure, "year");

	if (name.size)
		say(w, "按完整年份的申请量与申请人数判断，该技术处于%.*s。",
		    "Judged by the applications and applicants of complete years, the technology "
		    "is "
		    "in the stage: %.*s.",
		    STR_ARGS(name));
	else if (year != SIZE_MAX)
		say(w, "数据不足以判断所处阶段。", "The data are too few to tell the stage.");
	say_tail(w);
}

static void s_curve(struct writing *w)
{
	double limit = figure_note_number(w->figure, "saturation");
	double middle = figure_note_number(w->figure, "midpoint");
	double reached = figure_note_number(w->figure, "reached");
	double fit = figure_note_number(w->figure, "r2");
	struct str name = figure_note_text(w->figure, "stage");

	if (!isfinite(limit) || !isfinite(reached)) {
		say(w, "累计申请量尚不能用逻辑斯蒂曲线可靠拟合，不作阶段判断。",
		    "The running total cannot be fitted by a logistic curve; no stage is told.");
		return;
	}
	say(w, "逻辑斯蒂拟合的饱和量约 %s，目前累计达到其%s，拐点约在 %.0f 年（R²=%.3f）",
	    "The logistic fit saturates near %s; %s of it is reached, with the turning point near "
	    "%.0f (R²=%.3f)",
	    amount(w, limit), say_share(w, reached), middle, fit);
	if (name.size)
		say(w, "，对应%.*s", ", which is the stage: %.*s", STR_ARGS(name));
	say(w, "。", ".");
	say(w, "外推结果仅供参考。", "An extrapolation is an indication only.");
}

static void entrants(struct writing *w)
{
	size_t in = figure_column_find(w->figure, "entrants");
	size_t out = figure_column_find(w->figure, "leavers");
	const struct figure_row *last = NULL, *left = NULL;

	for (size_t i = 0; i < w->figure->row_count && in != SIZE_MAX && out != SIZE_MAX; i++) {
		const struct figure_row *row = &w->figure->rows[i];

		if (!row->is_incomplete)
			last = row;
		if (!row->is_incomplete && isfinite(row->values[out].number))
			left = row;
	}
	if (last)
		say(w, "最近一个完整年份（%s 年）新进入申请人 %s 个。",
		    "In the last complete year (%s) %s applicants entered.", value_text(w, last, 0),
		    value_text(w, last, in));
	if (left)
		say(w, "可以判定退出情况的最近年份为 %s 年，有 %s 个申请人退出。",
		    "The last year of which leaving can be told is %s, with %s leavers.",
		    value_text(w, left, 0), value_text(w, left, out));
	say_tail(w);
}

static void network(struct writing *w)
{
	double nodes = figure_note_number(w->figure, "nodes");
	double links = figure_note_number(w->figure, "links");
	double groups = figure_note_number(w->figure, "communities");
	size_t degree = figure_column_find(w->figure, "degree");
	const struct figure_row *top = NULL;

	if (!isfinite(nodes) || nodes == 0 || degree == SIZE_MAX)
		return;
	say(w, "图中有节点 %.0f 个、联系 %.0f 条", "%.0f nodes and %.0f links are shown", nodes,
	    isfinite(links) ? links : 0);
	if (isfinite(groups))
		say(w, "，分为 %.0f 个社群", ", in %.0f communities", groups);
	say(w, "。", ".");
	for (size_t i = 0; i < w->figure->row_count; i++) {
		const struct figure_row *row = &w->figure->rows[i];

		if (!top || row->values[degree].number > top->values[degree].number)
			top = row;
	}
	if (top && top->values[degree].number > 0)
		say(w, "%s联系最广，与 %s 个节点相连。",
		    "%s is the best connected, with %s others.", value_text(w, top, 0),
		    value_text(w, top, degree));
}

static void hot_branches(struct writing *w)
{
	double hot = figure_note_number(w->figure, "hot");
	const char *between = "";

	if (!isfinite(hot) || hot == 0)
		say(w, "没有分支达到热点标准。", "No branch meets the mark of a hot spot.");
	else {
		say(w, "热点分支 %.0f 个：", "%.0f hot branches: ", hot);
		for (size_t i = 0; i < w->figure->row_count; i++) {
			const struct figure_row *row = &w->figure->rows[i];

			if (!figure_row_is(w->figure, row, "hot"))
				continue;
			say(w, "%s%s", "%s%s", between, value_text(w, row, 0));
			between = w->language == LANGUAGE_ZH ? "、" : ", ";
		}
		say(w, "。", ".");
	}
	say_extremes(w, figure_column_find(w->figure, "growth"));
}

static void branches(struct writing *w)
{
	size_t level = figure_column_find(w->figure, "level");
	size_t growth = figure_column_find(w->figure, "growth");
	size_t count = figure_column_find(w->figure, "count");
	size_t name = figure_column_find(w->figure, "name");
	const struct figure_row *most = NULL, *fastest = NULL;

	for (size_t i = 0; i < w->figure->row_count; i++) {
		const struct figure_row *row = &w->figure->rows[i];

		if (level != SIZE_MAX && row->values[level].number != 1)
			continue;
		if (!most || row->values[count].number > most->values[count].number)
			most = row;
		if (growth != SIZE_MAX && isfinite(row->values[growth].number) &&
		    (!fastest || row->values[growth].number > fastest->values[growth].number))
			fastest = row;
	}
	if (!most)
		return;
	say(w, "一级分支中%s数量最多（%s）", "%s is the largest branch of the first level (%s)",
	    value_text(w, most, name), amount(w, most->values[count].number));
	if (fastest)
		say(w, "，%s增长最快（近三年与前三年相比%s）",
		    ", %s the fastest growing (last three years against the three before: %s)",
		    value_text(w, fastest, name),
		    say_change(w, 1, 1 + fastest->values[growth].number));
	say(w, "。", ".");
}

static void key_patents(struct writing *w)
{
	double cut = figure_note_number(w->figure, "cut_score");
	double selected = figure_note_number(w->figure, "selected");
	size_t score = figure_column_find(w->figure, "score");

	if (!w->figure->row_count || score == SIZE_MAX)
		return;
	if (isfinite(selected) && isfinite(cut))
		say(w, "按综合得分筛选出重点专利 %.0f 件（得分不低于 %.1f）；",
		    "%.0f key patents are selected (score of %.1f or more); ", selected, cut);
	say(w, "得分最高的是 %s（%s 分）。", "the highest score has %s (%s).",
	    value_text(w, &w->figure->rows[0], 0), value_text(w, &w->figure->rows[0], score));
}

static void citations(struct writing *w)
{
	double links = figure_note_number(w->figure, "links");
	double rate = figure_note_number(w->figure, "self_citation_rate");
	size_t inside = figure_column_find(w->figure, "cited_by_in_set");
	size_t applicant = figure_column_find(w->figure, "applicant");
	const struct figure_row *top = NULL;

	for (size_t i = 0; i < w->figure->row_count && inside != SIZE_MAX; i++)
		if (!top || w->figure->rows[i].values[inside].number > top->values[inside].number)
			top = &w->figure->rows[i];
	if (top && applicant != SIZE_MAX && top->values[inside].number > 0)
		say(w, "在本数据范围内被引最多的是 %s（%s），被引 %s 次。",
		    "Most cited within these data is %s (%s), %s times.", value_text(w, top, 0),
		    value_text(w, top, applicant), value_text(w, top, inside));
	else
		say(w, "所列专利在本数据范围内未被引用，次序依来源给出的被引次数。",
		    "None is cited within these data; the order is that of the numbers given by "
		    "the sources.");
	if (isfinite(links) && isfinite(rate))
		say(w, "范围内共有引证关系 %s 条，其中自引占%s。",
		    "There are %s citations within, %s of them to oneself.",
		    str_to_cstr(w->arena, count_text(w->arena, links)), say_share(w, rate));
}

static void main_path(struct writing *w)
{
	size_t count = w->figure->row_count;

	if (count < 2)
		return;
	say(w, "引证主路径由 %zu 件专利构成，自 %s（%s）至 %s（%s）。",
	    "The main path has %zu patents, from %s (%s) to %s (%s).", count,
	    value_text(w, &w->figure->rows[0], 0), value_text(w, &w->figure->rows[0], 1),
	    value_text(w, &w->figure->rows[count - 1], 0),
	    value_text(w, &w->figure->rows[count - 1], 1));
}

static void competitors(struct writing *w)
{
	say_ranking(w);
	say_extremes(w, figure_column_find(w->figure, "recent_growth"));
	say_extremes(w, figure_column_find(w->figure, "cited_by_mean"));
}

static void expiry(struct writing *w)
{
	double next = figure_note_number(w->figure, "next_5_years");

	if (next == 0)
		say(w, "未来五年内没有专利届满。", "No patent expires within five years.");
	else if (isfinite(next))
		say(w, "未来五年内将有 %s届满，其技术方案届时进入公有领域。",
		    "%s expire within five years; what they teach is then free to use.",
		    amount(w, next));
}

static void rows_shown(struct writing *w)
{
	say(w, "共列 %zu 行。", "%zu rows are listed.", w->figure->row_count);
}

static void keywords(struct writing *w)
{
	size_t shown = w->figure->row_count < 8 ? w->figure->row_count : 8;

	if (!shown)
		return;
	say(w, "与对照文献相比最具区别性的词：", "The words that set these documents apart: ");
	for (size_t i = 0; i < shown; i++)
		say(w, "%s%s", "%s%s",
		    i == 0                       ? ""
		    : w->language == LANGUAGE_ZH ? "、"
						 : ", ",
		    value_text(w, &w->figure->rows[i], 0));
	say(w, "。", ".");
}

static void indices(struct writing *w)
{
	size_t v = figure_column_find(w->figure, "v"),
	       alpha = figure_column_find(w->figure, "alpha");
	const struct figure_row *last = NULL;

	for (size_t i = 0; i < w->figure->row_count; i++)
		if (!w->figure->rows[i].is_incomplete)
			last = &w->figure->rows[i];
	if (last && v != SIZE_MAX && alpha != SIZE_MAX)
		say(w, "%s 年技术生长率 v 为 %s，技术成熟系数 α 为 %s。",
		    "In %s the growth rate v is %s and the maturity α is %s.",
		    value_text(w, last, 0), value_text(w, last, v), value_text(w, last, alpha));
	say_tail(w);
}

typedef void finding_fn(struct writing *w);

/* By the analyses of docs/analyses.md; those not named are told by their shape. */
static const struct {
	const char *id;
	finding_fn *write;
} findings[] = {
	{ "trend_filed", trend },
	{ "trend_published", trend },
	{ "trend_granted", trend },
	{ "status_group", status },
	{ "status", status },
	{ "survival", survival },
	{ "life_cycle", stage },
	{ "s_curve", s_curve },
	{ "applicants", applicants },
	{ "entrants_leavers", entrants },
	{ "branches", branches },
	{ "hot_branches", hot_branches },
	{ "key_patents", key_patents },
	{ "citations", citations },
	{ "main_path", main_path },
	{ "competitors", competitors },
	{ "expiry", expiry },
	{ "keywords", keywords },
	{ "technology_indices", indices },
};

static void by_series(struct writing *w)
{
	size_t column = figure_measure(w->figure, 0);

	if (column != SIZE_MAX)
		say_series(w, column, column_label(w, column));
}

static finding_fn *const by_shape[] = {
	[SHAPE_TABLE] = rows_shown,      [SHAPE_BARS] = say_ranking,  [SHAPE_COLUMNS] = by_series,
	[SHAPE_LINE] = by_series,        [SHAPE_RING] = say_ranking,  [SHAPE_STACKED] = say_parts,
	[SHAPE_HEAT] = say_parts,        [SHAPE_BUBBLES] = say_parts, [SHAPE_SCATTER_PATH] = stage,
	[SHAPE_NETWORK] = network,       [SHAPE_TREE] = say_ranking,  [SHAPE_SANKEY] = say_flow,
	[SHAPE_MAP] = say_ranking,       [SHAPE_RADAR] = competitors, [SHAPE_TIMELINE] = main_path,
	[SHAPE_QUADRANT] = hot_branches,
};

static finding_fn *finding_of(const struct figure *figure)
{
	for (size_t i = 0; i < sizeof(findings) / sizeof(findings[0]); i++)
		if (strcmp(findings[i].id, figure->id) == 0)
			return findings[i].write;
	return by_shape[figure->shape];
}

struct str finding_write(struct arena *arena, const struct figure *figure, enum language language)
{
	struct writing w = { arena, figure, language, STRBUF_INIT };
	struct str text;

	if (!figure->row_count) {
		return language == LANGUAGE_ZH ? STR("没有可供统计的数据。")
					       : STR("There are no data to count.");
	}
	if (figure_note_number(figure, "not_enough_data") == 1)
		say(&w, "数据不足，未作计算，所列数值仅供参考。",
		    "There are too few data to compute this; the numbers are an indication only.");
	else {
		if (figure->documents < FINDING_DOCUMENTS_MIN)
			say(&w, "样本不足（仅 %s），以下仅作描述：",
			    "The sample is small (only %s) and is described only: ",
			    amount(&w, (double)figure->documents));
		finding_of(figure)(&w);
	}
	if (!w.text.size)
		say(&w, "详见下图表。", "See the numbers below.");
	text = str_copy(arena, strbuf_str(&w.text));
	strbuf_release(&w.text);
	return text;
}
