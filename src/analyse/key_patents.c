#include "analyse/links_internal.h"
#include "analyse/statistics_internal.h"

extern const struct str data_key_patent_weights;

/*
 * Key patents: four factors of 0 to 100 points, weighed. Weights and cut stand in
 * data/key_patent_weights.csv and can be replaced by a file of the user. Citations are compared
 * with documents of the same WIPO field and filing year only, since old documents and busy fields
 * are cited more; a group below ten documents is judged within all of its year, else the set.
 */
enum factor { FACTOR_CITATIONS, FACTOR_FAMILY, FACTOR_INVENTORS, FACTOR_EVENTS, FACTORS };
enum { SETTING_CORE = FACTORS, SETTING_CUT, SETTINGS };
static const char *const setting_names[SETTINGS] = { "citations", "family",         "inventors",
						     "events",    "core_inventors", "cut" };
static const double setting_max[SETTINGS] = { 100, 100, 100, 100, 10000, 1 };

static bool read_setting(struct str line, double settings[SETTINGS])
{
	struct str name;
	double value;

	if (!str_split(&line, STR(","), &name) || !str_to_double(str_trim(line), &value))
		return false;
	for (size_t i = 0; i < SETTINGS; i++) {
		if (!str_equal_cstr(str_trim(name), setting_names[i]))
			continue;
		settings[i] = value;
		return value >= 0 && value <= setting_max[i];
	}
	return false;
}

static bool read_settings(struct str text, double settings[SETTINGS], struct error *error)
{
	struct str line;

	for (int64_t at = 1; str_split(&text, STR("\n"), &line); at++) {
		line = str_trim(line);
		if (!line.size || line.data[0] == '#' || str_equal(line, STR("name,value")))
			continue;
		if (!read_setting(line, settings))
			return error_set_at(error, ERROR_INVALID, "analyse.weights", at, "%.*s",
					    STR_ARGS(str_slice(line, 0, 80)));
	}
	return true;
}

struct candidate {
	uint32_t document, group, year;
	double cited_by, family, points[FACTORS], score;
};

/* Mid-rank percentile: the part of the others that is cited less, ties half; 0 when never cited. */
static void rank_run(struct candidate *candidates, size_t count)
{
	for (size_t i = 0; i < count;) {
		size_t end = i;
		double points;

		while (end < count && candidates[end].cited_by <= candidates[i].cited_by)
			end++;
		points = count < 2 ? 50
				   : 100 * ((double)i + (double)(end - i - 1) / 2) /
					     (double)(count - 1);
		for (size_t j = i; j < end; j++)
			candidates[j].points[FACTOR_CITATIONS] = candidates[j].cited_by > 0 ? points
											    : 0;
		i = end;
	}
}

static int compare_number(double a, double b)
{
	return a < b ? -1 : a > b;
}

static int compare_in_all(const void *a, const void *b)
{
	const struct candidate *left = a, *right = b;

	return compare_number(left->cited_by, right->cited_by);
}

static int compare_in_year(const void *a, const void *b)
{
	const struct candidate *left = a, *right = b;

	if (left->year != right->year)
		return left->year < right->year ? -1 : 1;
	return compare_in_all(a, b);
}

static int compare_in_group(const void *a, const void *b)
{
	const struct candidate *left = a, *right = b;

	if (left->group != right->group)
		return left->group < right->group ? -1 : 1;
	return compare_in_year(a, b);
}

enum { PEERS_MIN = 10 };

/* Ranks the runs of candidates that have group and year, or year, in common. */
static void rank_runs(struct candidate *candidates, size_t count, bool by_group)
{
	for (size_t i = 0; i < count;) {
		size_t end = i;

		while (end < count && candidates[end].year == candidates[i].year &&
		       (!by_group || candidates[end].group == candidates[i].group))
			end++;
		if (end - i >= PEERS_MIN)
			rank_run(&candidates[i], end - i);
		i = end;
	}
}

/* From the widest circle of peers to the narrowest that is large enough. */
static void rate_citations(struct candidate *candidates, size_t count)
{
	qsort(candidates, count, sizeof(*candidates), compare_in_all);
	rank_run(candidates, count);
	qsort(candidates, count, sizeof(*candidates), compare_in_year);
	rank_runs(candidates, count, false);
	qsort(candidates, count, sizeof(*candidates), compare_in_group);
	rank_runs(candidates, count, true);
}

static double family_points(double size)
{
	if (size >= 8)
		return 100;
	if (size >= 4)
		return 80;
	return size >= 2 ? 50 : 20;
}

static uint8_t *core_inventors(struct build *build, const struct axis *axis, size_t core)
{
	uint32_t *counts = count_values(build->input, build->arena, axis, NULL);
	uint8_t *is_core = arena_array(build->arena, uint8_t, (size_t)axis->size + 1);
	struct value_count *values;
	size_t count = core ? count_top(build->arena, counts, axis->size, core, &values) : 0;

	for (size_t i = 0; i < count; i++)
		is_core[values[i].value] = values[i].count > 1;
	return is_core;
}

/* Sorts of event that tell of value, a bit each; the last two only of a patent still in force. */
enum {
	EVENT_BIT_TRANSFER = 1,
	EVENT_BIT_LICENCE = 2,
	EVENT_BIT_PLEDGE = 4,
	EVENT_BIT_LITIGATION = 8,
	EVENT_BIT_INVALIDITY = 16,
	EVENT_BITS_SURVIVED = EVENT_BIT_LITIGATION | EVENT_BIT_INVALIDITY
};
static const struct {
	const char *name;
	uint8_t bit;
} telling_events[] = {
	{ "transfer", EVENT_BIT_TRANSFER },
	{ "transfer_patent", EVENT_BIT_TRANSFER },
	{ "transfer_application", EVENT_BIT_TRANSFER },
	{ "licence", EVENT_BIT_LICENCE },
	{ "open_licence", EVENT_BIT_LICENCE },
	{ "pledge", EVENT_BIT_PLEDGE },
	{ "litigation", EVENT_BIT_LITIGATION },
	{ "invalidity_request", EVENT_BIT_INVALIDITY },
	{ "partial_invalidation", EVENT_BIT_INVALIDITY },
};

static uint8_t *event_bits(struct build *build, const struct axis *axis)
{
	uint8_t *bits = arena_array(build->arena, uint8_t, (size_t)axis->size + 1);

	for (size_t i = 0; i < sizeof(telling_events) / sizeof(telling_events[0]); i++) {
		uint32_t value = axis_find(axis, str_of(telling_events[i].name));

		if (value != VALUE_NONE)
			bits[value] = telling_events[i].bit;
	}
	return bits;
}

/* The marks of all values of a document together. */
static unsigned marks_of(const struct gathered *gathered, uint32_t row, const uint8_t *marks)
{
	unsigned all = 0;

	for (uint32_t i = gathered->starts[row]; i < gathered->starts[row + 1]; i++)
		all |= marks[gathered->values[i]];
	return all;
}

struct rater {
	struct axis inventors, events, fields, years, groups;
	struct gathered *inventor_values, *event_values, *field_values, *year_values, *group_values;
	uint8_t *is_core, *event_bits;
	uint32_t active; /* value of the status group */
	int64_t cited_by[BLOCK_SIZE], family[BLOCK_SIZE], countries[BLOCK_SIZE];
};

static uint32_t first_value(const struct gathered *gathered, uint32_t row)
{
	uint32_t from = gathered->starts[row];

	return from < gathered->starts[row + 1] ? gathered->values[from] : VALUE_NONE;
}

static void rate_row(const struct rater *rater, uint32_t row, double in_set,
		     struct candidate *candidate)
{
	double size = fmax((double)rater->family[row], (double)rater->countries[row]);
	unsigned events = marks_of(rater->event_values, row, rater->event_bits);

	candidate->group = first_value(rater->field_values, row);
	candidate->year = first_value(rater->year_values, row);
	candidate->cited_by = fmax(in_set, fmax(0, (double)rater->cited_by[row]));
	candidate->family = fmax(1, size);
	candidate->points[FACTOR_FAMILY] = family_points(candidate->family);
	candidate->points[FACTOR_INVENTORS] = marks_of(rater->inventor_values, row, rater->is_core)
						      ? 100
						      : 0;
	if (first_value(rater->group_values, row) != rater->active)
		events &= ~(unsigned)EVENT_BITS_SURVIVED;
	candidate->points[FACTOR_EVENTS] = fmin(100, 25 * __builtin_popcount(events));
}

/* NULL: the error is set. */
static struct candidate *rate_all(struct build *build, const struct citations *citations,
				  size_t core, struct error *error)
{
	const struct analysis_input *input = build->input;
	struct candidate *candidates = arena_array(build->arena, struct candidate,
						   citations->count + 1);
	struct rater *rater = arena_new(build->arena, struct rater);
	struct block *block = block_create(build->arena);
	struct block_walk walk = block_walk(input->snapshot, input->documents);
	size_t at = 0;

	rater->inventors = axis_of_column(COL_INVENTOR, input->snapshot);
	rater->events = axis_of_column(COL_EVENT, input->snapshot);
	rater->fields = axis_of_column(COL_WIPO_FIELD, input->snapshot);
	rater->years = axis_of_column(COL_YEAR_FILED, input->snapshot);
	rater->inventor_values = gathered_create(build->arena);
	rater->event_values = gathered_create(build->arena);
	rater->field_values = gathered_create(build->arena);
	rater->year_values = gathered_create(build->arena);
	rater->is_core = core_inventors(build, &rater->inventors, core);
	rater->event_bits = event_bits(build, &rater->events);
	rater->groups = axis_of_column(COL_STATUS_GROUP, input->snapshot);
	rater->group_values = gathered_create(build->arena);
	rater->active = axis_find(&rater->groups, STR("active"));
	while (block_next(&walk, block)) {
		if (!search_may_go_on(input->limits, error))
			return NULL;
		axis_gather(&rater->inventors, block, rater->inventor_values);
		axis_gather(&rater->events, block, rater->event_values);
		axis_gather(&rater->fields, block, rater->field_values);
		axis_gather(&rater->years, block, rater->year_values);
		axis_gather(&rater->groups, block, rater->group_values);
		block_numbers(input->snapshot, COL_COUNT_CITED_BY, block, rater->cited_by);
		block_numbers(input->snapshot, COL_COUNT_FAMILY, block, rater->family);
		block_numbers(input->snapshot, COL_COUNT_COUNTRIES, block, rater->countries);
		for (uint32_t row = 0; row < block->count; row++, at++) {
			candidates[at].document = citations->documents[at];
			rate_row(rater, row, citations->received[at], &candidates[at]);
		}
	}
	return candidates;
}

static int compare_scores(const void *a, const void *b)
{
	const struct candidate *left = a, *right = b;

	if (left->score != right->score)
		return left->score > right->score ? -1 : 1;
	if (left->cited_by != right->cited_by)
		return left->cited_by > right->cited_by ? -1 : 1;
	return left->document < right->document ? -1 : left->document > right->document;
}

static void add_scores(struct candidate *candidates, size_t count, const double *settings)
{
	double sum = 0;

	for (size_t factor = 0; factor < FACTORS; factor++)
		sum += settings[factor];
	for (size_t i = 0; i < count && sum > 0; i++)
		for (size_t factor = 0; factor < FACTORS; factor++)
			candidates[i].score += settings[factor] * candidates[i].points[factor] /
					       sum;
	qsort(candidates, count, sizeof(*candidates), compare_scores);
}

static const struct figure_column key_patents_columns[] = {
	{ "number", { "公开号", "Number" }, VALUE_TEXT },
	{ "score", { "得分", "Score" }, VALUE_NUMBER },
	{ "citations", { "引证分", "Citations" }, VALUE_NUMBER },
	{ "family", { "同族分", "Family" }, VALUE_NUMBER },
	{ "inventors", { "发明人分", "Inventors" }, VALUE_NUMBER },
	{ "events", { "法律事件分", "Events" }, VALUE_NUMBER },
	{ "cited_by", { "被引次数", "Times cited" }, VALUE_COUNT },
	{ "family_size", { "同族数量", "Family size" }, VALUE_COUNT },
	{ "applicant", { "申请人", "Applicant" }, VALUE_TEXT },
	{ "filed", { "申请日", "Filed" }, VALUE_DATE },
	{ "status", { "法律状态", "Status" }, VALUE_TEXT },
};

static void add_key_patent(struct build *build, const struct candidate *candidate)
{
	const struct analysis_input *input = build->input;
	uint32_t document = candidate->document;

	build_row(build);
	build_document(build, document);
	build_text(build, document_number(input, build->arena, document));
	build_number(build, candidate->score);
	for (size_t factor = 0; factor < FACTORS; factor++)
		build_number(build, candidate->points[factor]);
	build_number(build, candidate->cited_by);
	build_number(build, candidate->family);
	build_text(build, document_name(input, build->arena, COL_FIRST_APPLICANT, document));
	build_number(build, number_or_none(input->snapshot, COL_FILED, document));
	build_text(build, document_name(input, build->arena, COL_STATUS, document));
}

static bool run_key_patents(const struct analysis *analysis, struct build *build,
			    struct error *error)
{
	const struct analysis_input *input = build->input;
	double settings[SETTINGS] = { 0 };
	const struct citations *citations;
	struct candidate *candidates;
	size_t selected, shown;

	if (!read_settings(data_key_patent_weights, settings, error) ||
	    !read_settings(input->key_patent_weights, settings, error))
		return false;
	citations = citations_of(input, build->arena);
	candidates = rate_all(build, citations, (size_t)settings[SETTING_CORE], error);
	if (!candidates)
		return false;
	rate_citations(candidates, citations->count);
	add_scores(candidates, citations->count, settings);
	selected = (size_t)ceil(settings[SETTING_CUT] * (double)citations->count);
	shown = selected < build_top(build, analysis->top) ? selected
							   : build_top(build, analysis->top);
	for (size_t i = 0; i < shown; i++)
		add_key_patent(build, &candidates[i]);
	build_note(build, "selected", (struct label){ "入选数量", "Selected" }, (double)selected);
	build_note(build, "cut_score", (struct label){ "入选最低分", "Score of the cut" },
		   selected ? candidates[selected - 1].score : NAN);
	return true;
}

const struct analysis analysis_key_patents = {
	.figure = { "key_patents",
		    { "重点专利", "Key patents" },
		    { "被引（同领域同年份百分位）、同族规模、核心发明人、法律与运营事件四项加权，"
		      "权重与入选比例见 data/key_patent_weights.csv，可用文件替换。",
		      "Citations (percentile within field and year), family size, core inventors, "
		      "legal "
		      "events, weighed by data/key_patent_weights.csv, which a file can replace." },
		    SHAPE_TABLE,
		    COLUMNS(key_patents_columns) },
	.run = run_key_patents,
	.counts_applications = true,
	.top = 50,
};
