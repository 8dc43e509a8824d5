/* The years before today: planned, then done day by day. */
#include "demo/demo_data.h"
#include "demo/demo_history_internal.h"

enum { SCRATCH = 1 << 20 };

date demo_history_start(date today)
{
	return demo_working_day(date_of(date_year(today) - HISTORY_YEARS, 1, 4));
}

struct demo_life *demo_life_at(const struct demo_past *past, size_t subject)
{
	return &LIST_AT(&past->lives, struct demo_life, subject);
}

void demo_plan(struct demo_past *past, date on, size_t subject, size_t part,
	       bool (*run)(struct demo_past *past, size_t subject, size_t part,
			   struct error *error))
{
	struct demo_deed *event;

	if (on > past->today)
		return;
	event = list_add(&past->agenda);
	*event = (struct demo_deed){ .on = on < past->start ? past->start : on,
				     .order = (uint32_t)past->agenda.count,
				     .subject = subject,
				     .part = part,
				     .table = past->making->table,
				     .run = run };
}

bool demo_act_for(struct demo_past *past, const struct demo_centre *centre, const char *role,
		  struct error *error)
{
	const char *login = arena_printf(past->scratch, "%s%d", role, centre->number);

	return demo_act_as(past->making, str_of(login), error);
}

bool demo_find(struct demo_past *past, const char *type, int64_t id, struct record **record_out,
	       struct error *error)
{
	return record_find(&past->making->store, record_type_find(type), id, record_out, error);
}

bool demo_set_id(struct demo_past *past, struct record *record, const char *field, int64_t id,
		 struct error *error)
{
	return demo_set(past->making, record, field,
			str_of(arena_printf(past->scratch, "%lld", (long long)id)), error);
}

bool demo_set_day_of(struct demo_past *past, struct record *record, const char *field, date day,
		     struct error *error)
{
	char text[DATE_TEXT_SIZE];

	return demo_set(past->making, record, field,
			str_copy(past->scratch, str_of(date_format(day, text))), error);
}

static int compare_events(const void *a, const void *b)
{
	const struct demo_deed *left = a, *right = b;

	if (left->on != right->on)
		return left->on < right->on ? -1 : 1;
	return left->order < right->order ? -1 : left->order > right->order;
}

/*
 * What people did stands in the history of each record. The audit log tells what was done in this
 * installation, and nobody did this here: it has no lines of those years.
 */
static bool run_agenda(struct demo_past *past, struct error *error)
{
	record_audit_fn *audit = past->making->store.audit;
	struct arena *kept = past->making->store.arena;
	bool done = true;

	list_sort(&past->agenda, compare_events);
	past->making->store.arena = past->scratch;
	past->making->store.audit = NULL;
	for (size_t i = 0; done && i < past->agenda.count; i++) {
		const struct demo_deed *event = &LIST_AT(&past->agenda, struct demo_deed, i);

		past->making->table = event->table;
		demo_set_day(past->making, event->on);
		done = event->run(past, event->subject, event->part, error);
		arena_reset(past->scratch);
	}
	past->making->apart = 0;
	past->making->store.arena = kept;
	past->making->store.audit = audit;
	return done;
}

static void plan_lives(struct demo_past *past)
{
	for (size_t i = 0; i < past->lives.count; i++) {
		const struct demo_life *life = demo_life_at(past, i);

		past->making->table = life->table;
		if (life->is_recent)
			demo_plan_idea(past, i);
		demo_plan_case(past, i);
	}
}

static void release(struct demo_past *past)
{
	list_release(&past->moves);
	list_release(&past->fates);
	list_release(&past->centres);
	list_release(&past->lives);
	list_release(&past->scripts);
	list_release(&past->agenda);
	arena_destroy(past->scratch);
}

bool demo_make_history(struct demo_making *making, struct error *error)
{
	struct demo_past past = {
		.making = making,
		.arena = making->site->arena,
		.scratch = arena_create(SCRATCH),
		.start = demo_history_start(making->site->today),
		.today = making->site->today,
		.moves = LIST_OF(struct demo_move),
		.fates = LIST_OF(struct demo_fate),
		.centres = LIST_OF(struct demo_centre),
		.lives = LIST_OF(struct demo_life),
		.scripts = LIST_OF(struct demo_script),
		.agenda = LIST_OF(struct demo_deed),
	};
	struct toml toml;
	bool done = toml_parse(past.arena, demo_data_history, &toml, error) &&
		    demo_read_history(&past, &toml, error) &&
		    demo_read_scripts(&past, &toml, error);

	if (done) {
		demo_plan_imports(&past);
		plan_lives(&past);
		done = run_agenda(&past, error);
	}
	release(&past);
	return done;
}
