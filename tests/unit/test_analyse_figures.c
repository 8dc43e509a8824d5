#include "analyse_fixture.h"

#include "analyse/count.h"
#include "analyse/statistics_internal.h"
#include "base/file.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

/* Every analysis against loops over plain structs, and against its own drill-down queries. */

static struct fixture *fixture;

static const struct figure *run_on(const struct analysis_input *input, const char *id)
{
	const struct analysis *analysis = analysis_find(str_of(id));
	struct figure *figure;
	struct error error;

	assert_non_null(analysis);
	assert_true(analysis_run(analysis, input, fixture->arena, &figure, &error));
	return figure;
}

static const struct figure *run_figure(const char *id)
{
	return run_on(&fixture->input, id);
}

static double number_at(const struct figure *figure, size_t row, const char *column)
{
	size_t at = figure_column_find(figure, column);

	assert_true(at != SIZE_MAX);
	return figure->rows[row].values[at].number;
}

static struct str text_at(const struct figure *figure, size_t row, const char *column)
{
	size_t at = figure_column_find(figure, column);

	assert_true(at != SIZE_MAX);
	return figure->rows[row].values[at].text;
}

static void near(double value, double expected)
{
	if (isnan(expected) ? !isnan(value) : !(fabs(value - expected) < 1e-9))
		fail_msg("%.12g instead of %.12g", value, expected);
}

static bool is_live(size_t i)
{
	return fixture->documents[i].document != DOCUMENT_NONE;
}

#define EACH_LIVE(document)                                                                        \
	size_t place = 0;                                                                          \
	place < fixture->count;                                                                    \
	place++)                                                                                   \
		if (is_live(place))                                                                \
			for (const struct fixture_document *document = &fixture->documents[place]; \
			     document; document = NULL

static bool has_applicant(const struct fixture_document *document, unsigned applicant)
{
	for (unsigned i = 0; i < document->applicant_count; i++)
		if (document->applicants[i] == applicant)
			return true;
	return false;
}

/* ---- What all figures promise. */
static void all_run_on_anything(void **unused)
{
	struct analysis_input input = fixture->input;
	const struct bitmap *sets[] = { fixture->input.documents, fixture_subset(fixture, 10),
					bitmap_empty() };

	(void)unused;
	for (size_t i = 0; i < analysis_count; i++) {
		for (unsigned set = 0; set < 3; set++) {
			for (unsigned unit = 0; unit < UNIT_COUNT; unit++) {
				const struct figure *figure;

				input.documents = sets[set];
				input.unit = (enum unit)unit;
				input.language = unit ? LANGUAGE_EN : LANGUAGE_ZH;
				figure = run_on(&input, analyses[i]->figure.id);
				assert_true(figure->left_out <= figure->documents);
			}
		}
		input.technology = input.effect = NULL;
		input.technology_count = input.effect_count = 0;
		run_on(&input, analyses[i]->figure.id);
		input = fixture->input;
	}
}

static void write_all(struct strbuf *text)
{
	for (size_t i = 0; i < analysis_count; i++) {
		struct jsonout json = JSONOUT_TO(text);

		figure_write_json(run_figure(analyses[i]->figure.id), LANGUAGE_ZH, &json);
	}
}

static void two_runs_are_the_same(void **unused)
{
	struct strbuf first = STRBUF_INIT, second = STRBUF_INIT;

	(void)unused;
	write_all(&first);
	write_all(&second);
	assert_int_equal(first.size, second.size);
	assert_memory_equal(first.data, second.data, first.size);
	strbuf_release(&first);
	strbuf_release(&second);
}

static void each_is_documented(void **unused)
{
	const char *source = getenv("YUCHENG_SOURCE");
	struct str text;
	struct error error;

	(void)unused;
	if (!source)
		skip();
	assert_true(file_read(fixture->arena, file_join(fixture->arena, source, "docs/analyses.md"),
			      1 << 20, &text, &error));
	for (size_t i = 0; i < analysis_count; i++) {
		const char *id = analyses[i]->figure.id;
		const char *heading = arena_printf(fixture->arena, "`%s`", id);

		if (str_find(text, str_of(heading)) == STR_NOT_FOUND)
			fail_msg("%s is not in docs/analyses.md", id);
		assert_true(analysis_find(str_of(id)) == analyses[i]);
		assert_true(strlen(analyses[i]->figure.method.zh) > 10);
		assert_true(strlen(analyses[i]->figure.method.en) > 10);
	}
}

/* The query of a row finds as many documents as the row counts. */
static void check_drill(const struct figure *figure, size_t row)
{
	struct arena *arena = fixture->arena;
	const struct query_parse_options options = { 0 };
	const struct search_limits limits = { 0 };
	const struct bitmap *found;
	struct query *query;
	struct error error;

	if (!query_parse(arena, figure->rows[row].drill, &options, &query, &error) ||
	    !query_run(fixture->snapshot, query, &limits, arena, &found, &error))
		fail_msg("%s: %.*s: %s", figure->id, STR_ARGS(figure->rows[row].drill),
			 message_format(arena, &error, LANGUAGE_EN));
	if (bitmap_and_count(found, fixture->input.documents) !=
	    (uint64_t)number_at(figure, row, "count"))
		fail_msg("%s: %.*s: %llu instead of %.0f", figure->id,
			 STR_ARGS(figure->rows[row].drill), (unsigned long long)bitmap_count(found),
			 number_at(figure, row, "count"));
}

static void drills_find_what_is_counted(void **unused)
{
	static const char *const ids[] = {
		"trend_filed",   "trend_published", "trend_granted",    "type",
		"type_year",     "status",          "status_group",     "offices",
		"origin_office", "provinces",       "applicants",       "applicant_year",
		"inventors",     "ipc_subclasses",  "ipc_groups",       "operations",
		"expiry",        "competitors",     "applicant_network"
	};

	(void)unused;
	for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]); i++) {
		const struct figure *figure = run_figure(ids[i]);

		assert_true(figure->row_count > 0);
		for (size_t row = 0; row < figure->row_count; row++)
			check_drill(figure, row);
	}
}

/* ---- Years. */
static double filed_in(int year)
{
	double count = 0;

	for (EACH_LIVE(document))
		count += document->filed != DATE_NONE && date_year(document->filed) == year;
	return count;
}

static void trend_as_naive(void **unused)
{
	const struct figure *figure = run_figure("trend_filed");
	double sum = 0, without = 0;

	(void)unused;
	for (size_t row = 0; row < figure->row_count; row++) {
		int year = (int)number_at(figure, row, "year");

		near(number_at(figure, row, "count"), filed_in(year));
		near(number_at(figure, row, "growth"),
		     row ? growth_of(filed_in(year), filed_in(year - 1)) : (double)NAN);
		/* As of 2024-06-30 all of 2022 is 18 months old, and 2023 is not. */
		assert_int_equal(figure->rows[row].is_incomplete, year > 2022);
		assert_true(row == 0 || year == (int)number_at(figure, row - 1, "year") + 1);
		sum += filed_in(year);
	}
	for (EACH_LIVE(document))
		without += document->filed == DATE_NONE;
	assert_int_equal(figure->left_out, (uint64_t)without);
	near(sum + without, (double)figure->documents);
	near(figure_note_number(figure, "last_complete_year"), 2022);
}

static void indices_as_naive(void **unused)
{
	const struct figure *figure = run_figure("technology_indices");

	(void)unused;
	for (size_t row = 4; row < figure->row_count; row++) {
		int year = (int)number_at(figure, row, "year");
		double a = 0, b = 0, c = 0, five = 0, v, alpha;

		for (EACH_LIVE(document)) {
			int filed = document->filed == DATE_NONE ? 0 : date_year(document->filed);

			a += filed == year && strcmp(document->type, "invention") == 0;
			b += filed == year && strcmp(document->type, "utility") == 0;
			c += filed == year && strcmp(document->type, "design") == 0;
			five += filed > year - 5 && filed <= year &&
				strcmp(document->type, "invention") == 0;
		}
		v = share_of(a, five);
		alpha = share_of(a, a + b);
		near(number_at(figure, row, "v"), v);
		near(number_at(figure, row, "alpha"), alpha);
		near(number_at(figure, row, "beta"), share_of(a + b, a + b + c));
		near(number_at(figure, row, "n"), sqrt(v * v + alpha * alpha));
	}
}

static void expiry_as_naive(void **unused)
{
	const struct figure *figure = run_figure("expiry");

	(void)unused;
	assert_true(figure->row_count > 0);
	for (size_t row = 0; row < figure->row_count; row++) {
		int year = (int)number_at(figure, row, "year");
		double ending = 0, staying = 0;

		for (EACH_LIVE(document)) {
			bool active = strcmp(document->group, "active") == 0 &&
				      document->expires != DATE_NONE;

			ending += active && date_year(document->expires) == year;
			staying += active && date_year(document->expires) > year;
		}
		near(number_at(figure, row, "count"), ending);
		near(number_at(figure, row, "active"), staying);
	}
}

static void survival_as_naive(void **unused)
{
	const struct figure *figure = run_figure("survival");
	struct lifetime *lives = arena_array(fixture->arena, struct lifetime, fixture->count);
	struct survival_point points[25];
	size_t count = 0;

	(void)unused;
	for (EACH_LIVE(document)) {
		if (document->granted == DATE_NONE)
			continue;
		lives[count].has_ended = document->lapsed != DATE_NONE;
		lives[count].days = (lives[count].has_ended ? document->lapsed
							    : fixture->input.as_of) -
				    document->granted;
		count++;
	}
	survival_estimate(lives, count, 365.2425, points, 25);
	near(figure_note_number(figure, "granted"), (double)count);
	assert_true(figure->row_count > 5);
	for (size_t row = 0; row < figure->row_count; row++) {
		near(number_at(figure, row, "survival"), points[row].survival);
		near(number_at(figure, row, "at_risk"), (double)points[row].at_risk);
	}
}

/* ---- Applicants. */
static void applicants_as_naive(void **unused)
{
	const struct figure *figure = run_figure("applicants");
	double sum = 0, squares = 0, counts[FIXTURE_APPLICANTS] = { 0 };

	(void)unused;
	for (EACH_LIVE(document))
		for (unsigned i = 0; i < document->applicant_count; i++)
			counts[document->applicants[i]]++;
	for (unsigned i = 0; i < FIXTURE_APPLICANTS; i++)
		sum += counts[i];
	for (unsigned i = 0; i < FIXTURE_APPLICANTS; i++)
		squares += counts[i] / sum * (counts[i] / sum);
	near(figure_note_number(figure, "hhi"), squares);
	for (size_t row = 0; row < figure->row_count; row++) {
		unsigned applicant = 0;
		double cited = 0;
		int first = 9999, last = 0;

		while (!str_equal_cstr(text_at(figure, row, "applicant"),
				       fixture_applicant(applicant)))
			applicant++;
		for (EACH_LIVE(document)) {
			if (!has_applicant(document, applicant))
				continue;
			cited += document->cited_by > 0 ? (double)document->cited_by : 0;
			if (document->filed == DATE_NONE)
				continue;
			first = date_year(document->filed) < first ? date_year(document->filed)
								   : first;
			last = date_year(document->filed) > last ? date_year(document->filed)
								 : last;
		}
		near(number_at(figure, row, "count"), counts[applicant]);
		near(number_at(figure, row, "cited_by"), cited);
		near(number_at(figure, row, "first_year"), first);
		near(number_at(figure, row, "last_year"), last);
		assert_true(row == 0 || number_at(figure, row - 1, "count") >= counts[applicant]);
	}
}

static void turnover_as_naive(void **unused)
{
	const struct figure *figure = run_figure("entrants_leavers");

	(void)unused;
	for (size_t row = 0; row < figure->row_count; row++) {
		int year = (int)number_at(figure, row, "year");
		double entrants = 0, leavers = 0, active = 0;

		for (unsigned applicant = 0; applicant < FIXTURE_APPLICANTS; applicant++) {
			bool before = false, now = false, after = false;

			for (EACH_LIVE(document)) {
				int filed = document->filed == DATE_NONE
						    ? 0
						    : date_year(document->filed);

				if (!filed || !has_applicant(document, applicant))
					continue;
				before |= filed < year;
				now |= filed == year;
				after |= filed > year;
			}
			entrants += now && !before;
			leavers += now && !after;
			active += now;
		}
		near(number_at(figure, row, "entrants"), entrants);
		near(number_at(figure, row, "active"), active);
		near(number_at(figure, row, "leavers"), year + 3 <= 2022 ? leavers : (double)NAN);
	}
}

static void links_as_naive(void **unused)
{
	const struct figure *figure = run_figure("applicant_network");
	const struct figure *links = &figure->parts[0];

	(void)unused;
	assert_int_equal(figure->part_count, 1);
	assert_true(links->row_count > 10);
	for (size_t row = 0; row < links->row_count; row++) {
		unsigned a = 0, b = 0;
		double together = 0;

		while (!str_equal_cstr(text_at(links, row, "source"), fixture_applicant(a)))
			a++;
		while (!str_equal_cstr(text_at(links, row, "target"), fixture_applicant(b)))
			b++;
		for (EACH_LIVE(document))
			together += has_applicant(document, a) && has_applicant(document, b);
		near(number_at(links, row, "weight"), together);
	}
}

/* ---- Branches and the matrix. */
static int window_of_document(const struct fixture_document *document)
{
	int year = document->filed == DATE_NONE ? 0 : date_year(document->filed);

	return year >= 2020 && year <= 2022 ? 2 : year >= 2017 && year <= 2019 ? 1 : 0;
}

static void branches_as_naive(void **unused)
{
	const struct figure *figure = run_figure("branches");
	const struct figure *hot = run_figure("hot_branches");

	(void)unused;
	assert_int_equal(figure->row_count, FIXTURE_BRANCHES + 1);
	assert_int_equal(hot->row_count, FIXTURE_BRANCHES);
	for (unsigned branch = 0; branch < FIXTURE_BRANCHES; branch++) {
		double count = 0, windows[3] = { 0 };

		for (EACH_LIVE(document)) {
			if (document->branch != branch)
				continue;
			count++;
			windows[window_of_document(document)]++;
		}
		near(number_at(figure, branch + 1, "count"), count);
		near(number_at(figure, branch + 1, "recent"), windows[2]);
		near(number_at(figure, branch + 1, "previous"), windows[1]);
		near(number_at(figure, branch + 1, "growth"), growth_of(windows[2], windows[1]));
		near(number_at(hot, branch, "count"), count);
	}
}

static void matrix_as_naive(void **unused)
{
	const struct figure *figure = run_figure("matrix");
	double counts[FIXTURE_BRANCHES][FIXTURE_EFFECTS] = { { 0 } };
	double rows[FIXTURE_BRANCHES] = { 0 }, columns[FIXTURE_EFFECTS] = { 0 }, sum = 0;

	(void)unused;
	for (EACH_LIVE(document)) {
		counts[document->branch][document->effect]++;
		rows[document->branch]++;
		columns[document->effect]++;
		sum++;
	}
	assert_int_equal(figure->row_count, FIXTURE_BRANCHES * FIXTURE_EFFECTS);
	for (size_t row = 0; row < figure->row_count; row++) {
		size_t branch = row / FIXTURE_EFFECTS, effect = row % FIXTURE_EFFECTS;
		double expected = rows[branch] * columns[effect] / sum;

		near(number_at(figure, row, "count"), counts[branch][effect]);
		near(number_at(figure, row, "expected"), expected);
		near(number_at(figure, row, "ratio"), counts[branch][effect] / expected);
	}
	/* The cell nobody fills. */
	near(number_at(figure, 0, "count"), 0);
	assert_true(str_equal(figure->rows[0].key, STR("blank")));
	near(number_at(figure, 0, "neighbours"), FIXTURE_BRANCHES + FIXTURE_EFFECTS - 2);
	near(figure_note_number(figure, "blank_cells"), 1);
}

/* ---- Citations and key patents. */
static double received(size_t cited)
{
	double count = 0;

	for (EACH_LIVE(document))
		for (unsigned i = 0; i < document->cite_count; i++)
			count += document->cites[i] == cited;
	return count;
}

static void citations_as_naive(void **unused)
{
	const struct figure *figure = run_figure("citations");
	double links = 0, self = 0;

	(void)unused;
	for (EACH_LIVE(document)) {
		for (unsigned i = 0; i < document->cite_count; i++) {
			const struct fixture_document *cited =
				&fixture->documents[document->cites[i]];
			bool is_self = false;

			if (!is_live(document->cites[i]))
				continue;
			for (unsigned j = 0; j < document->applicant_count; j++)
				is_self |= has_applicant(cited, document->applicants[j]);
			links++;
			self += is_self;
		}
	}
	near(figure_note_number(figure, "links"), links);
	near(figure_note_number(figure, "self_citations"), self);
	assert_int_equal(figure->row_count, 20);
	for (size_t row = 0; row < figure->row_count; row++) {
		size_t place = (size_t)figure->rows[row].application - 1;
		int64_t supplied = fixture->documents[place].cited_by;

		near(number_at(figure, row, "cited_by_in_set"), received(place));
		near(number_at(figure, row, "cited_by_supplied"),
		     supplied < 0 ? 0 : (double)supplied);
	}
}

static double cited_most(const struct fixture_document *document)
{
	double in_set = received((size_t)document->id - 1);

	return fmax(in_set, (double)document->cited_by);
}

/* Part of the others of the same year that is cited less, ties half. */
static double percentile(const struct fixture_document *of)
{
	double less = 0, equal = 0, all = 0, value = cited_most(of);

	for (EACH_LIVE(document)) {
		if (document->filed == DATE_NONE ||
		    date_year(document->filed) != date_year(of->filed))
			continue;
		all++;
		less += cited_most(document) < value;
		equal += cited_most(document) == value;
	}
	return value > 0 ? 100 * (less + (equal - 1) / 2) / (all - 1) : 0;
}

static void key_patents_as_naive(void **unused)
{
	const struct figure *figure = run_figure("key_patents");
	double last = 100;

	(void)unused;
	near(figure_note_number(figure, "selected"), ceil(0.1 * (double)figure->documents));
	for (size_t row = 0; row < figure->row_count; row++) {
		const struct fixture_document *document =
			&fixture->documents[figure->rows[row].application - 1];
		double score = number_at(figure, row, "score");
		double citations = number_at(figure, row, "citations");

		near(number_at(figure, row, "family"), 20);
		near(number_at(figure, row, "events"), document->event ? 25 : 0);
		if (document->filed != DATE_NONE && filed_in(date_year(document->filed)) >= 10)
			near(citations, percentile(document));
		near(score, 0.3 * citations + 0.3 * 20 + 0.2 * number_at(figure, row, "inventors") +
				    0.2 * number_at(figure, row, "events"));
		assert_true(score <= last);
		last = score;
	}
}

static void weights_can_be_replaced(void **unused)
{
	struct analysis_input input = fixture->input;
	const struct figure *figure;
	struct figure *refused;
	struct error error;

	(void)unused;
	input.key_patent_weights = STR(
		"# mine\ncitations,1\nfamily,0\ninventors,0\nevents,0\ncut,0.02\n");
	figure = run_on(&input, "key_patents");
	assert_int_equal(figure->row_count, ceil(0.02 * (double)figure->documents));
	near(number_at(figure, 0, "score"), number_at(figure, 0, "citations"));
	input.key_patent_weights = STR("citations,1\nbeauty,5\n");
	assert_false(analysis_run(analysis_find(STR("key_patents")), &input, fixture->arena,
				  &refused, &error));
	assert_string_equal(error.key, "analyse.weights");
	assert_int_equal(error.at, 2);
	input.key_patent_weights = STR("cut,7\n");
	assert_false(analysis_run(analysis_find(STR("key_patents")), &input, fixture->arena,
				  &refused, &error));
}

/* Each step of the path cites the one before it. */
static void main_path_is_a_path(void **unused)
{
	const struct figure *figure = run_figure("main_path");

	(void)unused;
	assert_true(figure->row_count >= 3);
	for (size_t row = 1; row < figure->row_count; row++) {
		const struct fixture_document *citing =
			&fixture->documents[figure->rows[row].application - 1];
		size_t cited = (size_t)figure->rows[row - 1].application - 1;
		bool does_cite = false;

		for (unsigned i = 0; i < citing->cite_count; i++)
			does_cite |= citing->cites[i] == cited;
		assert_true(does_cite);
		near(number_at(figure, row, "step"), (double)row + 1);
	}
}

/* ---- Words. */
static void keywords_tell_a_branch(void **unused)
{
	struct analysis_input input = fixture->input;
	const struct figure *figure;

	(void)unused;
	input.documents = fixture->technology[3].documents; /* 隔膜 */
	figure = run_on(&input, "keywords");
	assert_true(figure->row_count > 0);
	assert_true(str_find(text_at(figure, 0, "keyword"), STR("隔膜")) != STR_NOT_FOUND);
	near(number_at(figure, 0, "count"), (double)bitmap_count(input.documents));
	near(number_at(figure, 0, "rest_count"), 0);
	for (size_t row = 1; row < figure->row_count; row++)
		assert_true(number_at(figure, row, "g2") <= number_at(figure, row - 1, "g2"));
}

static int set_up(void **unused)
{
	(void)unused;
	fixture = fixture_create(600, 11, true);
	return 0;
}

static int tear_down(void **unused)
{
	(void)unused;
	fixture_destroy(fixture);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_run_on_anything),
		cmocka_unit_test(two_runs_are_the_same),
		cmocka_unit_test(each_is_documented),
		cmocka_unit_test(drills_find_what_is_counted),
		cmocka_unit_test(trend_as_naive),
		cmocka_unit_test(indices_as_naive),
		cmocka_unit_test(expiry_as_naive),
		cmocka_unit_test(survival_as_naive),
		cmocka_unit_test(applicants_as_naive),
		cmocka_unit_test(turnover_as_naive),
		cmocka_unit_test(links_as_naive),
		cmocka_unit_test(branches_as_naive),
		cmocka_unit_test(matrix_as_naive),
		cmocka_unit_test(citations_as_naive),
		cmocka_unit_test(key_patents_as_naive),
		cmocka_unit_test(weights_can_be_replaced),
		cmocka_unit_test(main_path_is_a_path),
		cmocka_unit_test(keywords_tell_a_branch),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
