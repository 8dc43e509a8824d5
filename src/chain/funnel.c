/* Where each record of the chain stands on a day, and how long it took. */
#include "base/clock.h"
#include "base/list.h"
#include "chain/rows.h"
#include "chain/workbench.h"

#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

const struct chain_stage_info chain_stages[STAGE_COUNT] = {
	[STAGE_KEY_FIELD] = { "key_field",
			      { "重点领域", "Key fields" },
			      "key_field",
			      ",active,",
			      "state:=:active" },
	[STAGE_BOTTLENECK] = { "bottleneck",
			       { "攻关清单", "Bottlenecks" },
			       "bottleneck",
			       ",listed,tackling,",
			       "state:in:listed,tackling" },
	[STAGE_PROJECT] = { "rd_project",
			    { "研发项目", "R&D projects" },
			    "rd_project",
			    ",running,closing,",
			    "state:in:running,closing" },
	[STAGE_DISCLOSURE] = { "disclosure",
			       { "技术交底", "Disclosures" },
			       "disclosure",
			       ",submitted,searching,improving,held,",
			       "state:in:submitted,searching,improving,held" },
	[STAGE_EVALUATION] = { "evaluation",
			       { "申请前评估", "Evaluation" },
			       "disclosure",
			       ",evaluating,",
			       "state:=:evaluating" },
	[STAGE_DRAFT] = { "draft",
			  { "撰写与质检", "Drafting" },
			  "disclosure",
			  ",approved,drafting,final,",
			  "state:in:approved,drafting,final" },
	[STAGE_FILED] = { "filed",
			  { "已申请", "Filed" },
			  "patent_case",
			  NULL,
			  "office:=:CN;filed_on:not_empty:;state:in:submitted,accepted,preliminary,"
			  "correction,awaiting_publication" },
	[STAGE_PUBLISHED_CASE] = { "published",
				   { "已公布", "Published" },
				   "patent_case",
				   NULL,
				   "office:=:CN;state:=:published" },
	[STAGE_EXAMINATION] = { "examination",
				{ "实质审查", "Examination" },
				"patent_case",
				NULL,
				"office:=:CN;state:in:examination,office_action,rejected,review,"
				"review_upheld,suit,registration" },
	[STAGE_GRANTED] = { "granted",
			    { "已授权待分级", "Granted" },
			    "patent_case",
			    NULL,
			    "office:=:CN;grade:empty:;state:in:in_force,grace,invalidation,"
			    "invalid_suit" },
	[STAGE_GRADED] = { "graded",
			   { "已分级", "Graded" },
			   "patent_case",
			   NULL,
			   "office:=:CN;grade:not_empty:;state:in:in_force,grace,invalidation,"
			   "invalid_suit" },
	[STAGE_PRODUCT] = { "product",
			    { "专利产品", "Products" },
			    "product",
			    NULL,
			    "passed_on:not_empty:;revoked_on:empty:" },
};

static void add_stay(struct list *stays, enum chain_stage stage, int64_t id, date from, date until)
{
	if (from != DATE_NONE && (until == DATE_NONE || until >= from))
		*(struct chain_stay *)list_add(stays) = (struct chain_stay){ stage, id, from,
									     until };
}

/* ---- Records by their history. */
/* A row as it is now; steps lead to it. */
struct course {
	int64_t id, created_at;
	const char *state;
};

static bool is_in(enum chain_stage stage, struct str state)
{
	return name_is_listed(chain_stages[stage].states, state);
}

/* One period of a record: of one state, to be joined with the next of the same stage. */
struct walk {
	struct list *stays;
	const char *type;
	int64_t id;
	enum chain_stage stage; /* STAGE_COUNT: in none */
	date since;
};

static enum chain_stage stage_of(const char *type, struct str state)
{
	for (size_t i = 0; i < STAGE_COUNT; i++)
		if (chain_stages[i].states && strcmp(chain_stages[i].type, type) == 0 &&
		    is_in((enum chain_stage)i, state))
			return (enum chain_stage)i;
	return STAGE_COUNT;
}

static void walk_to(struct walk *walk, struct str state, date day)
{
	enum chain_stage stage = stage_of(walk->type, state);

	if (stage == walk->stage)
		return;
	if (walk->stage != STAGE_COUNT)
		add_stay(walk->stays, walk->stage, walk->id, walk->since, day);
	walk->stage = stage;
	walk->since = day;
}

static void walk_end(struct walk *walk)
{
	if (walk->stage != STAGE_COUNT)
		add_stay(walk->stays, walk->stage, walk->id, walk->since, DATE_NONE);
}

static bool load_courses(struct record_store *store, const struct record_selection *selection,
			 struct course **courses_out, size_t *count_out, struct error *error)
{
	struct list list = LIST_OF(struct course);
	struct db_rows *rows;

	if (!record_select(store, selection, &rows, error))
		return false;
	while (db_next(rows))
		*(struct course *)list_add(&list) = (struct course){
			db_integer(rows, SELECTED_ID), db_integer(rows, SELECTED_FIELDS),
			str_to_cstr(store->arena, db_text(rows, SELECTED_STATE))
		};
	*courses_out = list_to_arena(&list, store->arena, count_out);
	return db_rows_done(rows, error);
}

/* Both come in the order of ids. A record without steps is in its state since it was made. */
static bool load_history(struct record_store *store, const char *path, const char *type,
			 struct list *stays, struct error *error)
{
	static const size_t fields[] = { RECORD_FIELD_CREATED_AT, SIZE_MAX };
	const struct record_selection selection = { .type = record_type_find(type),
						    .fields = fields,
						    .path = path };
	struct course *courses;
	struct db_rows *rows;
	size_t count;
	bool has_step;

	if (!load_courses(store, &selection, &courses, &count, error) ||
	    !record_select_steps(store, &selection, &rows, error))
		return false;
	has_step = db_next(rows);
	for (size_t i = 0; i < count; i++) {
		struct walk walk = { stays, type, courses[i].id, STAGE_COUNT, DATE_NONE };
		bool is_first = true;

		while (has_step && db_integer(rows, STEP_RECORD) < walk.id)
			has_step = db_next(rows);
		for (; has_step && db_integer(rows, STEP_RECORD) == walk.id;
		     has_step = db_next(rows)) {
			if (is_first)
				walk_to(&walk, db_text(rows, STEP_FROM),
					clock_day(courses[i].created_at));
			is_first = false;
			walk_to(&walk, db_text(rows, STEP_TO),
				clock_day(db_integer(rows, STEP_AT)));
		}
		if (is_first)
			walk_to(&walk, str_of(courses[i].state), clock_day(courses[i].created_at));
		walk_end(&walk);
	}
	return db_rows_done(rows, error);
}

/* ---- Cases by the dates of their life. */
struct first_grade {
	int64_t case_id;
	date day;
};

static int compare_grades(const void *left, const void *right)
{
	const struct first_grade *a = left, *b = right;

	if (a->case_id != b->case_id)
		return a->case_id < b->case_id ? -1 : 1;
	return (a->day > b->day) - (a->day < b->day);
}

static bool load_grades(struct record_store *store, const char *path, struct list *grades,
			struct error *error)
{
	static const char *const names[] = { "case_id", "graded_on" };
	struct chain_rows rows;

	if (!chain_select(store, path, "grading", names, COUNT(names), &rows, error))
		return false;
	while (chain_next(&rows))
		if (name_is_listed(",approved,superseded,", chain_state(&rows)) &&
		    chain_date(&rows, 1) != DATE_NONE)
			*(struct first_grade *)list_add(grades) = (struct first_grade){
				chain_integer(&rows, 0), chain_date(&rows, 1)
			};
	list_sort(grades, compare_grades);
	return chain_done(&rows, error);
}

/* The first grading of the case; DATE_NONE: there is none. */
static date graded_on(const struct list *grades, int64_t case_id)
{
	size_t low = 0, high = grades->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (LIST_AT(grades, struct first_grade, middle).case_id < case_id)
			low = middle + 1;
		else
			high = middle;
	}
	if (low < grades->count && LIST_AT(grades, struct first_grade, low).case_id == case_id)
		return LIST_AT(grades, struct first_grade, low).day;
	return DATE_NONE;
}

/* The earliest of the days that are known; none of them DATE_NONE: it goes on. */
static date first_of(const date *days, size_t count)
{
	date first = DATE_NONE;

	for (size_t i = 0; i < count; i++)
		if (days[i] != DATE_NONE && (first == DATE_NONE || days[i] < first))
			first = days[i];
	return first;
}

/*
 * When it left the chain without a grant. A rejection is final by the calendar (rule/patent_case.h),
 * but the case stays where it is until somebody closes it.
 */
static date lost_on(const struct patent_case *patent, struct str state, date as_of)
{
	date since;
	enum case_outcome outcome = case_outcome_on(patent, as_of, &since);

	if (outcome <= OUTCOME_CONTESTED)
		return DATE_NONE;
	if (outcome == OUTCOME_REJECTED && patent->dates[CASE_ENDED] != DATE_NONE)
		return patent->dates[CASE_ENDED];
	if (outcome == OUTCOME_REJECTED &&
	    name_is_listed(",rejected,review,review_upheld,suit,", state))
		return DATE_NONE;
	return since;
}

static void add_case_stays(struct list *stays, const struct patent_case *patent,
			   const struct chain_row *row, date as_of, date graded)
{
	const date *dates = patent->dates;
	date granted = dates[CASE_GRANTED], lost = lost_on(patent, row->state, as_of), end;
	int64_t id = row->id;

	add_stay(stays, STAGE_FILED, id, dates[CASE_FILED],
		 first_of((date[]){ dates[CASE_PUBLISHED], dates[CASE_EXAMINED], granted, lost },
			  4));
	add_stay(stays, STAGE_PUBLISHED_CASE, id, dates[CASE_PUBLISHED],
		 first_of((date[]){ dates[CASE_EXAMINED], granted, lost }, 3));
	add_stay(stays, STAGE_EXAMINATION, id, dates[CASE_EXAMINED],
		 first_of((date[]){ granted, lost }, 2));
	if (granted == DATE_NONE || dates[CASE_FILED] == DATE_NONE)
		return;
	end = case_end(patent, as_of, BASIS_REPORTED);
	if (graded != DATE_NONE && graded < granted)
		graded = granted;
	add_stay(stays, STAGE_GRANTED, id, granted, first_of((date[]){ graded, end }, 2));
	add_stay(stays, STAGE_GRADED, id, graded, end);
}

/* What was acquired is in the chain from then on. */
static void add_own_stays(struct list *stays, const struct patent_case *patent,
			  const struct chain_row *row, date as_of, date graded)
{
	date acquired = patent->dates[CASE_ACQUIRED];
	size_t kept = stays->count;

	add_case_stays(stays, patent, row, as_of, graded);
	if (acquired == DATE_NONE)
		return;
	for (size_t i = kept; i < stays->count; i++) {
		struct chain_stay *stay = &LIST_AT(stays, struct chain_stay, i);

		if (stay->until != DATE_NONE && stay->until <= acquired)
			continue;
		stay->from = stay->from > acquired ? stay->from : acquired;
		LIST_AT(stays, struct chain_stay, kept++) = *stay;
	}
	stays->count = kept;
}

static bool load_case_stays(struct record_store *store, const struct chain_stock *stock, date as_of,
			    struct list *stays, struct error *error)
{
	struct list grades = LIST_OF(struct first_grade);
	bool is_loaded = load_grades(store, stock->centre.path, &grades, error);

	for (size_t i = 0; is_loaded && i < stock->case_count; i++)
		add_own_stays(stays, &stock->cases[i], &stock->rows[i], as_of,
			      graded_on(&grades, stock->rows[i].id));
	for (size_t i = 0; is_loaded && i < stock->product_count; i++)
		add_stay(stays, STAGE_PRODUCT, stock->product_rows[i].id, stock->products[i].passed,
			 stock->products[i].revoked);
	list_release(&grades);
	return is_loaded;
}

static int compare_stays(const void *left, const void *right)
{
	const struct chain_stay *a = left, *b = right;

	if (a->stage != b->stage)
		return a->stage < b->stage ? -1 : 1;
	if (a->id != b->id)
		return a->id < b->id ? -1 : 1;
	return (a->from > b->from) - (a->from < b->from);
}

bool chain_stays_load(struct record_store *store, const struct chain_stock *stock, date as_of,
		      struct chain_stay **stays_out, size_t *count_out, struct error *error)
{
	static const char *const types[] = { "key_field", "bottleneck", "rd_project",
					     "disclosure" };
	struct list stays = LIST_OF(struct chain_stay);
	bool is_loaded = true;

	for (size_t i = 0; i < COUNT(types) && is_loaded; i++)
		is_loaded = load_history(store, stock->centre.path, types[i], &stays, error);
	is_loaded = is_loaded && load_case_stays(store, stock, as_of, &stays, error);
	list_sort(&stays, compare_stays);
	*stays_out = list_to_arena(&stays, store->arena, count_out);
	return is_loaded;
}

/* ---- Numbers. */
static int compare_days(const void *left, const void *right)
{
	date a = *(const date *)left, b = *(const date *)right;

	return (a > b) - (a < b);
}

/* The nearest rank: the smallest value that at least so many percent do not exceed. */
static int64_t percentile(const date *days, size_t count, size_t percent)
{
	size_t rank = (count * percent + 99) / 100;

	return count ? days[rank ? rank - 1 : 0] : -1;
}

void chain_funnel(struct arena *arena, const struct chain_stay *stays, size_t count, date from,
		  date as_of, struct chain_funnel_row rows_out[STAGE_COUNT])
{
	date *days = arena_array(arena, date, count + 1);
	size_t at = 0;

	for (size_t stage = 0; stage < STAGE_COUNT; stage++) {
		struct chain_funnel_row *row = &rows_out[stage];

		*row = (struct chain_funnel_row){ .from = from };
		for (; at < count && stays[at].stage == stage; at++) {
			const struct chain_stay *stay = &stays[at];

			if (stay->from > as_of)
				continue;
			row->entered += from == DATE_NONE || stay->from >= from;
			if (stay->until == DATE_NONE || stay->until > as_of)
				row->count++;
			else
				days[row->left++] = stay->until - stay->from;
		}
		qsort(days, row->left, sizeof(*days), compare_days);
		row->median = percentile(days, row->left, 50);
		row->p90 = percentile(days, row->left, 90);
	}
}
