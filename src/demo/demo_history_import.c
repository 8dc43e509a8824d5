/*
 * The documents of the centres' own cases come into the library by two imports. Where one tells of a
 * publication or a grant before the centre has docketed it, it becomes a proposal for the case
 * (chain/case_updates.h): of the first import the managers have decided, those of the second wait.
 */
#include "chain/case_updates.h"
#include "demo/demo_history_internal.h"
#include "import/source.h"
#include "types/types.h"

enum {
	IMPORTS = 2,
	FIRST_IMPORT = 100, /* days before today */
	LAST_IMPORT = 4,
	DELAY = 3,          /* days from the gazette to the supplier's file */
	AHEAD_DAYS = 45,    /* of what is announced in the days before an import */
	AHEAD_PERCENT = 45, /* the centre knows so much by the file only */
	DECIDED_FROM = 2,   /* days behind the import */
	DECIDED_TO = 8,
	MISREAD_NUMBER = 7, /* of the year: the supplier's file has a wrong filing day */
	MISREAD_DAYS = 1,
	INVENTORS_MAX = 4
};

static date import_day(const struct demo_past *past, size_t import)
{
	static const int before[IMPORTS] = { FIRST_IMPORT, LAST_IMPORT };
	date day = demo_working_day(past->today - before[import]);

	return day < past->today ? day : past->today;
}

/* The last day the import tells of; before the first: DATE_NONE. */
static date told_until(const struct demo_past *past, size_t import)
{
	return import_day(past, import) - DELAY;
}

/* ---- What the centre learns by an import. */

static bool is_announced(const struct demo_move *move)
{
	return str_equal_cstr(move->step, "publish_examined") ||
	       str_equal_cstr(move->step, "register");
}

static date decided_on(const struct demo_past *past, const struct demo_life *life)
{
	struct demo_random random = demo_random_of(DEMO_HISTORY_SEED + 12, life->key);

	return demo_working_day(import_day(past, 0) +
				demo_random_between(&random, DECIDED_FROM, DECIDED_TO));
}

/* Nothing else happens in the case before the proposal is decided. */
static bool is_ahead(const struct demo_past *past, const struct demo_life *life, size_t part,
		     size_t import)
{
	date day = life->days[part], until = told_until(past, import);
	date decided = import == 0 ? decided_on(past, life) : past->today;
	struct demo_random random = demo_random_of(DEMO_HISTORY_SEED + 13,
						   life->key * IMPORTS + import);

	return is_announced(life->fate->moves[part]) && strcmp(life->office, "CN") == 0 &&
	       day > until - AHEAD_DAYS && day <= until &&
	       (part + 1 == life->fate->count || life->days[part + 1] > decided) &&
	       demo_random_percent(&random, AHEAD_PERCENT);
}

date demo_learnt_on(const struct demo_past *past, const struct demo_life *life, size_t part)
{
	if (is_ahead(past, life, part, 0))
		return decided_on(past, life);
	return is_ahead(past, life, part, 1) ? DATE_NONE : life->days[part];
}

date demo_grant_learnt_on(const struct demo_past *past, const struct demo_life *life)
{
	for (size_t i = 0; i < life->fate->count; i++)
		if (str_equal_cstr(life->fate->moves[i]->step, "register"))
			return demo_learnt_on(past, life, i);
	return DATE_NONE;
}

/* ---- The documents. */

/* What a gazette announces of a step, and the status that follows; a loss once it is final. */
static const struct gazette_row {
	const char *step, *code, *text, *status;
	bool is_loss;
} gazette_rows[] = {
	{ "publish_examined", "PB01", "公布", "公布", false },
	{ "publish_examined", "SE01", "实质审查的生效", "实质审查的生效", false },
	{ "register", "GR01", "授权", "授权", false },
	{ "reject", "RJ01", "发明专利申请公布后的驳回", "公布后的驳回", true },
	{ "deem_withdrawn", "WD01", "发明专利申请公布后的视为撤回", "公布后的视为撤回", true },
	{ "deem_abandoned", "AV01", "专利权的视为放弃", "视为放弃", true },
	{ "withdraw", "WW01", "发明专利申请公布后的撤回", "公布后的撤回", false },
	{ "end", "CF01", "未缴年费专利权终止", "未缴年费专利权终止", false },
};

/* Announced losses are those of which the case ends by that day. */
static bool is_final(const struct demo_life *life, date until)
{
	size_t last = life->fate->count - 1;

	return str_equal_cstr(life->fate->moves[last]->step, "lapse") && life->days[last] <= until;
}

static void tell_move(const struct demo_life *life, size_t part, date until,
		      struct demo_history *history)
{
	for (size_t i = 0; i < sizeof(gazette_rows) / sizeof(gazette_rows[0]); i++) {
		const struct gazette_row *row = &gazette_rows[i];

		if (!str_equal_cstr(life->fate->moves[part]->step, row->step) ||
		    (row->is_loss && !is_final(life, until)))
			continue;
		history->events[history->count++] = (struct demo_event){ .on = life->days[part],
									 .code = row->code,
									 .text = row->text };
		history->status = row->status;
	}
}

static struct demo_history history_of(const struct demo_life *life, date until)
{
	struct demo_history history = { .owner = life->centre->applicant, .status = "公布" };

	for (size_t i = 0; i < life->fate->count && life->days[i] <= until; i++)
		tell_move(life, i, until, &history);
	return history;
}

static struct demo_words inventors_of(struct arena *arena, const struct demo_life *life)
{
	struct str *names = arena_array(arena, struct str, INVENTORS_MAX);
	const struct demo_named *second = demo_second_inventor(life);
	size_t count = 0;

	names[count++] = str_of(life->centre->researcher->title);
	if (second)
		names[count++] = str_of(second->title);
	return (struct demo_words){ names, count };
}

static bool is_misread(const struct demo_past *past, const struct demo_life *life)
{
	return life->number == MISREAD_NUMBER && life->year == date_year(past->today) - 1 &&
	       life->centre->number % 2 == 1;
}

/* The application as an import tells it. */
static struct demo_case told_case(const struct demo_past *past, const struct demo_life *life,
				  size_t import)
{
	struct demo_case application = life->application;
	enum { INVENTION_MONTHS = 240, UTILITY_MONTHS = 120 };

	if (application.granted == DATE_NONE || application.granted > told_until(past, import))
		application.granted = DATE_NONE;
	else
		application.expires = date_add_months(life->filed,
						      application.type == DEMO_INVENTION
							      ? INVENTION_MONTHS
							      : UTILITY_MONTHS) -
				      1;
	if (import == 0 && is_misread(past, life))
		application.filed += MISREAD_DAYS;
	return application;
}

static bool put(struct demo_past *past, struct import_record *record, struct arena *arena,
		const struct demo_case *application, const struct demo_told *told, bool is_grant,
		int64_t *id_out, struct error *error)
{
	return demo_put_publication(
		past->making->site->library, arena,
		demo_tell_publication(past->making->demo, arena, application, told, is_grant),
		record, id_out, error);
}

static bool put_life(struct demo_past *past, const struct demo_life *life, size_t import,
		     struct import_record *record, struct arena *arena, int64_t *id_out,
		     struct error *error)
{
	const struct demo_branch *branch = &past->making->demo->branches[life->application.branch];
	struct demo_case application = told_case(past, life, import);
	const struct demo_named *agency;
	struct demo_told told = { .inventors = inventors_of(arena, life),
				  .classes = { branch->ipc.items, 2 },
				  .history = history_of(life, told_until(past, import)) };

	if (!demo_need_named(past->making, str_of(life->centre->agency), &agency, error))
		return false;
	told.agency = agency->full_name;
	return put(past, record, arena, &application, &told, false, id_out, error) &&
	       (application.type != DEMO_INVENTION || application.granted == DATE_NONE ||
		put(past, record, arena, &application, &told, true, id_out, error));
}

/* Is there something the import before did not tell? */
static bool is_news(const struct demo_past *past, const struct demo_life *life, size_t import)
{
	date until = told_until(past, import), before;

	if (strcmp(life->office, "CN") != 0 || life->application.published == DATE_NONE ||
	    life->application.published > until)
		return false;
	if (import == 0)
		return true;
	before = told_until(past, import - 1);
	for (size_t i = 0; i < life->fate->count; i++)
		if (life->days[i] > before && life->days[i] <= until)
			return true;
	return is_misread(past, life);
}

/* ---- An import, and what it proposes for the cases. */

static bool propose(struct demo_past *past, const struct chain_case_numbers *numbers,
		    struct arena *arena, int64_t application_id, struct error *error)
{
	struct record_store store = past->making->store;
	struct application application;
	struct application_view view;
	int64_t made = 0;
	bool done;

	store.arena = arena;
	if (!library_application(past->making->site->library, arena, application_id, &application,
				 error))
		return false;
	view = application_view(arena, &application);
	done = chain_propose_updates(&store, numbers, view.effective, view.count, view.answer,
				     &made, error);
	past->making->records += made;
	return done;
}

static bool read_lives(struct demo_past *past, size_t import, struct import_record *record,
		       const struct chain_case_numbers *numbers, struct arena *arena,
		       struct error *error)
{
	for (size_t i = 0; i < past->lives.count; i++) {
		const struct demo_life *life = demo_life_at(past, i);
		int64_t id;

		if (!is_news(past, life, import))
			continue;
		if (!put_life(past, life, import, record, arena, &id, error) ||
		    !propose(past, numbers, arena, id, error))
			return false;
		arena_reset(arena);
	}
	return true;
}

static bool run_import(struct demo_past *past, size_t import, size_t part, struct error *error)
{
	struct demo_making *making = past->making;
	struct library *library = making->site->library;
	struct import_record record = { .source = source_demo.name,
					.imported_on = making->store.today,
					.message = "" };
	struct arena *arena = arena_create(1 << 18);
	struct chain_case_numbers *numbers;
	int64_t position;
	bool done;

	(void)part;
	demo_act_as_operator(making);
	record.file = arena_printf(past->scratch, "示例·育成中心专利公开公告-%zu.jsonl",
				   import + 1);
	record.fingerprint = arena_printf(past->scratch, "demo-centres-%zu", import + 1);
	done = library_import_start(library, past->scratch, &record, error) &&
	       chain_case_numbers_load(&making->store, &numbers, error) &&
	       read_lives(past, import, &record, numbers, arena, error);
	record.state = IMPORT_DONE;
	arena_destroy(arena);
	return done && library_import_save(library, &record, error) &&
	       library_last_change(library, &position, error) &&
	       chain_updates_set_position(&making->store, position, error);
}

/* Accepted, but for what the supplier has read wrongly. */
static bool decide(struct demo_past *past, size_t subject, size_t part, struct error *error)
{
	const struct demo_life *life = demo_life_at(past, subject);
	const struct value id = { .integer = life->case_id };
	struct record **updates;
	size_t count;

	(void)part;
	if (!demo_act_for(past, life->centre, "manager", error) ||
	    !record_load_where(&past->making->store, &case_update_type, UPDATE_CASE, &id, &updates,
			       &count, error))
		return false;
	for (size_t i = 0; i < count; i++) {
		bool is_wrong = strcmp(record_text(updates[i], UPDATE_FIELD), "filed_on") == 0;

		if (demo_is_in(updates[i], "proposed") &&
		    !demo_step(past->making, updates[i], is_wrong ? STR("reject") : STR("accept"),
			       is_wrong ? STR("以受理通知书记载的申请日为准，已请数据商更正")
					: STR_EMPTY,
			       error))
			return false;
	}
	return true;
}

void demo_plan_imports(struct demo_past *past)
{
	for (size_t i = 0; i < IMPORTS; i++)
		demo_plan(past, import_day(past, i), i, 0, run_import);
	for (size_t i = 0; i < past->lives.count; i++) {
		const struct demo_life *life = demo_life_at(past, i);

		if (is_news(past, life, 0))
			demo_plan(past, decided_on(past, life), i, 0, decide);
	}
}
