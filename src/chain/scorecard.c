#include "chain/scorecard.h"

#include "base/clock.h"
#include "base/list.h"
#include "base/map.h"
#include "chain/rows.h"
#include "record/select.h"
#include "types/types.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct card {
	struct record_store *store;
	date from, until;
	struct list scores;      /* struct chain_score */
	struct list delays;      /* struct delay */
	struct map *commissions; /* id of a disclosure -> day */
};

struct delay {
	int64_t organisation_id;
	double days;
};

#define REFUSED_STATES "final_rejected,final_withdrawn,final_deemed_withdrawn,final_grant_abandoned"
/* Periods whose end costs the application or the right; the others are offers that may be left. */
#define COSTLY_RULES  "D08,D12,D14,D17,D18,R01,R04,A01"
#define OFFICE_ACTION "审查意见通知书"

static struct chain_score *score_of(struct card *card, int64_t organisation_id)
{
	struct chain_score *score;

	for (size_t i = 0; i < card->scores.count; i++)
		if (LIST_AT(&card->scores, struct chain_score, i).organisation_id ==
		    organisation_id)
			return &LIST_AT(&card->scores, struct chain_score, i);
	score = list_add(&card->scores);
	score->organisation_id = organisation_id;
	return score;
}

static bool is_within(const struct card *card, date day)
{
	return day != DATE_NONE && day >= card->from && day <= card->until;
}

/* ---- One type after the other. Column 0 is the agency. */

static struct str id_key(const int64_t *id)
{
	return (struct str){ (const char *)id, sizeof(*id) };
}

static bool load_commissions(struct card *card, struct error *error)
{
	const size_t none = SIZE_MAX;
	const struct record_selection selection = { .type = &disclosure_type, .fields = &none };
	struct db_rows *rows;
	int64_t id;

	if (!record_select_steps(card->store, &selection, &rows, error))
		return false;
	while (db_next(rows)) {
		if (!str_equal_cstr(db_text(rows, STEP_TO), "drafting"))
			continue;
		id = db_integer(rows, STEP_RECORD);
		*map_put(card->commissions, id_key(&id),
			 NULL) = (uint64_t)clock_day(db_integer(rows, STEP_AT));
	}
	return db_rows_done(rows, error);
}

static void note_delay(struct card *card, int64_t agency, int64_t disclosure, date delivered)
{
	const uint64_t *commissioned = map_find(card->commissions, id_key(&disclosure));

	if (commissioned && (date)*commissioned <= delivered)
		*(struct delay *)list_add(&card->delays) =
			(struct delay){ agency, (double)(delivered - (date)*commissioned) };
}

static bool count_drafts(struct card *card, struct error *error)
{
	static const char *const names[] = { "agency_id", "delivered_on", "number",
					     "disclosure_id" };
	struct chain_rows rows;

	if (!chain_select(card->store, NULL, "draft", names, 4, &rows, error))
		return false;
	while (chain_next(&rows)) {
		struct str state = chain_state(&rows);
		struct chain_score *score;

		if (!chain_integer(&rows, 0) || !is_within(card, chain_date(&rows, 1)))
			continue;
		score = score_of(card, chain_integer(&rows, 0));
		score->drafts++;
		score->returned += str_equal_cstr(state, "returned");
		score->judged += !str_equal_cstr(state, "delivered");
		if (chain_integer(&rows, 2) == 1)
			note_delay(card, score->organisation_id, chain_integer(&rows, 3),
				   chain_date(&rows, 1));
	}
	return chain_done(&rows, error);
}

static bool count_checks(struct card *card, struct error *error)
{
	static const char *const names[] = { "agency_id", "checked_on", "errors", "warnings",
					     "notes" };
	struct chain_rows rows;

	if (!chain_select(card->store, NULL, "quality_check", names, 5, &rows, error))
		return false;
	while (chain_next(&rows)) {
		struct chain_score *score;

		if (!chain_integer(&rows, 0) || !is_within(card, chain_date(&rows, 1)))
			continue;
		score = score_of(card, chain_integer(&rows, 0));
		score->checks++;
		score->errors += chain_integer(&rows, 2);
		score->warnings += chain_integer(&rows, 3);
		score->notes += chain_integer(&rows, 4);
	}
	return chain_done(&rows, error);
}

static bool count_notices(struct card *card, struct error *error)
{
	static const char *const names[] = { "agency_id", "issued_on", "name", "case_id" };
	struct map *cases = map_create();
	struct chain_rows rows;
	bool is_new, done;

	if (!chain_select(card->store, NULL, "notice", names, 4, &rows, error)) {
		map_destroy(cases);
		return false;
	}
	while (chain_next(&rows)) {
		int64_t id = chain_integer(&rows, 3);
		struct chain_score *score;

		if (!chain_integer(&rows, 0) || !is_within(card, chain_date(&rows, 1)) ||
		    str_find(chain_text(&rows, 2), STR(OFFICE_ACTION)) == STR_NOT_FOUND)
			continue;
		score = score_of(card, chain_integer(&rows, 0));
		score->office_actions++;
		map_put(cases, id_key(&id), &is_new);
		score->office_action_cases += is_new;
	}
	done = chain_done(&rows, error);
	map_destroy(cases);
	return done;
}

static bool count_cases(struct card *card, struct error *error)
{
	static const char *const names[] = { "agency_id", "granted_on", "ended_on" };
	struct chain_rows rows;

	if (!chain_select(card->store, NULL, "patent_case", names, 3, &rows, error))
		return false;
	while (chain_next(&rows)) {
		const char *state = str_to_cstr(card->store->arena, chain_state(&rows));
		bool granted = is_within(card, chain_date(&rows, 1));
		bool refused = name_is_listed("," REFUSED_STATES ",", str_of(state)) &&
			       is_within(card, chain_date(&rows, 2));

		if (!chain_integer(&rows, 0) || !(granted || refused))
			continue;
		score_of(card, chain_integer(&rows, 0))->granted += granted;
		score_of(card, chain_integer(&rows, 0))->refused += refused;
	}
	return chain_done(&rows, error);
}

static bool count_lapsed(struct card *card, struct error *error)
{
	static const char *const names[] = { "agency_id", "due_on", "rule" };
	struct chain_rows rows;

	if (!chain_select(card->store, NULL, "deadline", names, 3, &rows, error))
		return false;
	while (chain_next(&rows))
		if (chain_integer(&rows, 0) && str_equal_cstr(chain_state(&rows), "lapsed") &&
		    is_within(card, chain_date(&rows, 1)) &&
		    name_is_listed("," COSTLY_RULES ",", chain_text(&rows, 2)))
			score_of(card, chain_integer(&rows, 0))->lapsed++;
	return chain_done(&rows, error);
}

/* ---- The whole. */

static int by_days(const void *a, const void *b)
{
	const struct delay *left = a, *right = b;

	if (left->organisation_id != right->organisation_id)
		return left->organisation_id < right->organisation_id ? -1 : 1;
	return (left->days > right->days) - (left->days < right->days);
}

static int by_organisation(const void *a, const void *b)
{
	const struct chain_score *left = a, *right = b;

	return (left->organisation_id > right->organisation_id) -
	       (left->organisation_id < right->organisation_id);
}

static void set_medians(struct card *card)
{
	const struct delay *delays = card->delays.items;
	size_t first = 0, end;

	if (card->delays.count)
		qsort(card->delays.items, card->delays.count, sizeof(struct delay), by_days);
	for (; first < card->delays.count; first = end) {
		struct chain_score *score = score_of(card, delays[first].organisation_id);

		for (end = first; end < card->delays.count &&
				  delays[end].organisation_id == delays[first].organisation_id;
		     end++)
			;
		score->first_drafts = end - first;
		score->days_to_draft = (delays[first + (end - first - 1) / 2].days +
					delays[first + (end - first) / 2].days) /
				       2;
	}
}

static bool set_names(struct card *card, struct chain_score *scores, size_t count,
		      struct error *error)
{
	int64_t *ids = arena_array(card->store->arena, int64_t, count + 1);
	struct record_title *titles;
	size_t title_count;

	for (size_t i = 0; i < count; i++)
		ids[i] = scores[i].organisation_id;
	if (!record_titles(card->store, &organisation_type, ids, count, &titles, &title_count,
			   error))
		return false;
	for (size_t i = 0; i < count; i++) {
		scores[i].name = "";
		for (size_t k = 0; k < title_count; k++)
			if (titles[k].id == scores[i].organisation_id)
				scores[i].name = titles[k].text;
	}
	return true;
}

static bool count_all(struct card *card, struct error *error)
{
	return load_commissions(card, error) && count_drafts(card, error) &&
	       count_checks(card, error) && count_notices(card, error) &&
	       count_cases(card, error) && count_lapsed(card, error);
}

bool chain_scorecard(struct record_store *store, date from, date until,
		     struct chain_scorecard *scorecard_out, struct error *error)
{
	struct card card = { .store = store,
			     .from = from,
			     .until = until,
			     .scores = LIST_OF(struct chain_score),
			     .delays = LIST_OF(struct delay),
			     .commissions = map_create() };
	bool done = count_all(&card, error);

	*scorecard_out = (struct chain_scorecard){ .from = from, .until = until };
	if (done) {
		set_medians(&card);
		scorecard_out->scores = list_to_arena(&card.scores, store->arena,
						      &scorecard_out->count);
		if (scorecard_out->count)
			qsort(scorecard_out->scores, scorecard_out->count,
			      sizeof(struct chain_score), by_organisation);
		done = set_names(&card, scorecard_out->scores, scorecard_out->count, error);
	}
	list_release(&card.scores);
	list_release(&card.delays);
	map_destroy(card.commissions);
	return done;
}

/* ---- JSON. */

/* {} is the agency, the window's days follow: what each number was counted from. */
static const struct source {
	const char *name, *type, *filter, *day;
} sources[] = {
	{ "drafts", "draft", "", "delivered_on" },
	{ "judged", "draft", ";state:in:checked,confirmed,returned", "delivered_on" },
	{ "returned", "draft", ";state:=:returned", "delivered_on" },
	{ "first_drafts", "draft", ";number:=:1", "delivered_on" },
	{ "checks", "quality_check", "", "checked_on" },
	{ "office_actions", "notice", ";name:contains:" OFFICE_ACTION, "issued_on" },
	{ "granted", "patent_case", "", "granted_on" },
	{ "refused", "patent_case", ";state:in:" REFUSED_STATES, "ended_on" },
	{ "lapsed", "deadline", ";state:=:lapsed;rule:in:" COSTLY_RULES, "due_on" },
};

static void write_sources(struct jsonout *json, struct arena *arena,
			  const struct chain_scorecard *scorecard, int64_t agency)
{
	char from[DATE_TEXT_SIZE], until[DATE_TEXT_SIZE];

	date_format(scorecard->from, from);
	date_format(scorecard->until, until);
	jsonout_key(json, "records");
	jsonout_object_begin(json);
	for (size_t i = 0; i < sizeof(sources) / sizeof(sources[0]); i++) {
		jsonout_key(json, sources[i].name);
		jsonout_object_begin(json);
		jsonout_member_cstr(json, "type", sources[i].type);
		jsonout_member_cstr(json, "filter",
				    arena_printf(arena, "agency_id:=:%lld%s;%s:>=:%s;%s:<=:%s",
						 (long long)agency, sources[i].filter,
						 sources[i].day, from, sources[i].day, until));
		jsonout_object_end(json);
	}
	jsonout_object_end(json);
}

static void member_ratio(struct jsonout *json, const char *key, double part, size_t whole)
{
	jsonout_member_number(json, key, whole ? part / (double)whole : (double)NAN);
}

static void write_score(struct jsonout *json, struct arena *arena,
			const struct chain_scorecard *scorecard, const struct chain_score *score)
{
	const struct {
		const char *name;
		size_t count;
	} counts[] = {
		{ "drafts", score->drafts },
		{ "judged", score->judged },
		{ "returned", score->returned },
		{ "first_drafts", score->first_drafts },
		{ "checks", score->checks },
		{ "errors", (size_t)score->errors },
		{ "warnings", (size_t)score->warnings },
		{ "notes", (size_t)score->notes },
		{ "office_actions", score->office_actions },
		{ "office_action_cases", score->office_action_cases },
		{ "granted", score->granted },
		{ "decided", score->granted + score->refused },
		{ "lapsed", score->lapsed },
	};

	jsonout_object_begin(json);
	jsonout_key(json, "organisation");
	jsonout_object_begin(json);
	jsonout_member_integer(json, "id", score->organisation_id);
	jsonout_member_cstr(json, "name", score->name);
	jsonout_object_end(json);
	for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++)
		jsonout_member_integer(json, counts[i].name, (int64_t)counts[i].count);
	member_ratio(json, "findings_per_draft",
		     (double)(score->errors + score->warnings + score->notes), score->checks);
	member_ratio(json, "errors_per_draft", (double)score->errors, score->checks);
	member_ratio(json, "warnings_per_draft", (double)score->warnings, score->checks);
	member_ratio(json, "returned_share", (double)score->returned, score->judged);
	member_ratio(json, "office_actions_per_case", (double)score->office_actions,
		     score->office_action_cases);
	member_ratio(json, "grant_rate", (double)score->granted, score->granted + score->refused);
	jsonout_member_number(json, "median_days_to_draft",
			      score->first_drafts ? score->days_to_draft : (double)NAN);
	write_sources(json, arena, scorecard, score->organisation_id);
	jsonout_object_end(json);
}

void chain_scorecard_write(struct jsonout *json, struct arena *arena,
			   const struct chain_scorecard *scorecard)
{
	jsonout_member_date(json, "from", scorecard->from);
	jsonout_member_date(json, "until", scorecard->until);
	jsonout_key(json, "agencies");
	jsonout_array_begin(json);
	for (size_t i = 0; i < scorecard->count; i++)
		write_score(json, arena, scorecard, &scorecard->scores[i]);
	jsonout_array_end(json);
}
