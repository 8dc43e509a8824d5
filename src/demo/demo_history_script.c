/* Records of data/demo/history.toml told one by one: made on a day, led on over the following ones. */
#include "base/strbuf.h"
#include "demo/demo_history_internal.h"
#include "types/types.h"

enum { DEFAULT_EVERY = 30, TAKEN_MAX = 60, FIRST_DAYS = 45 /* of the history */ };

static bool is_of_lives(struct str name)
{
	return name_is_listed(",move,fate,centre,cohort,", name);
}

/* What stands in braces in this script's table. */
static void enter(struct demo_past *past, const struct demo_script *script)
{
	struct demo_making *making = past->making;

	making->table = script->table;
	making->number = script->number;
	making->place = (int)script->place + 1;
	making->name = script->name;
	making->taken = script->taken;
	making->apart = script->apart;
}

static const char *taken_of(const struct demo_past *past, const struct demo_script *script)
{
	struct strbuf ids = STRBUF_INIT;
	const char *copy;

	for (size_t i = 0; i < script->life_count; i++)
		strbuf_addf(&ids, "%s%lld", i ? "," : "",
			    (long long)demo_life_at(past, script->lives[i])->case_id);
	copy = str_to_cstr(past->arena, strbuf_str(&ids));
	strbuf_release(&ids);
	return copy;
}

static bool perform(struct demo_past *past, size_t subject, size_t part, struct error *error)
{
	struct demo_script *script = &LIST_AT(&past->scripts, struct demo_script, subject);
	const struct toml_value *steps = toml_find(script->table, "steps");
	struct str line = steps->items[part], days, login;
	struct record *record;

	enter(past, script);
	str_split(&line, STR(" "), &days);
	if (!demo_expand(past->making, line, &line, error))
		return false;
	days = line;
	return str_split(&days, STR(" "), &login) && demo_act_as(past->making, login, error) &&
	       demo_find(past, str_to_cstr(past->scratch, script->table->name), script->id, &record,
			 error) &&
	       demo_perform(past->making, record, line, error);
}

static bool make(struct demo_past *past, size_t subject, size_t part, struct error *error)
{
	struct demo_script *script = &LIST_AT(&past->scripts, struct demo_script, subject);
	struct record *record;

	(void)part;
	script->taken = taken_of(past, script);
	enter(past, script);
	if (!demo_make_record(past->making,
			      record_type_find(str_to_cstr(past->scratch, script->table->name)),
			      &record, error))
		return false;
	script->id = record->id;
	return true;
}

/* ---- Reading. */

/* Is the case granted by that day, of the fates wanted, and taken by something before or not? */
static bool may_take(const struct demo_past *past, const struct demo_life *life,
		     const struct demo_script *script, struct str codes, bool is_shared)
{
	date granted = demo_grant_learnt_on(past, life);

	return life->centre->number == script->number && granted != DATE_NONE &&
	       granted <= script->on && strcmp(life->office, "CN") == 0 &&
	       life->is_taken == is_shared &&
	       str_find_byte(codes, life->fate->code) != STR_NOT_FOUND;
}

static void take_of(struct demo_past *past, struct demo_script *script, struct str codes,
		    size_t wanted, bool is_shared)
{
	for (size_t i = 0; i < past->lives.count && script->life_count < wanted; i++) {
		struct demo_life *life = demo_life_at(past, i);

		if (!may_take(past, life, script, codes, is_shared))
			continue;
		life->is_taken = true;
		script->lives[script->life_count++] = i;
	}
}

/* The first so many, or as many as there are; when all are taken, one that another has, too. */
static bool take(struct demo_past *past, struct demo_script *script, struct error *error)
{
	int64_t wanted = toml_integer(script->table, "take", 0);
	struct str codes = toml_text(script->table, "of");
	bool is_shared = toml_integer(script->table, "shared", 0) != 0;

	if (wanted == 0)
		return true;
	if (wanted < 0 || wanted > TAKEN_MAX)
		return demo_wrong(past->making, STR("take"), error);
	if (!codes.size)
		codes = STR("GF");
	script->lives = arena_array(past->arena, size_t, (size_t)wanted);
	take_of(past, script, codes, (size_t)wanted, is_shared);
	if (script->life_count == 0)
		take_of(past, script, codes, 1, !is_shared);
	return script->life_count > 0 ||
	       demo_wrong(past->making, STR("take: none is there"), error);
}

static bool plan_steps(struct demo_past *past, size_t subject, date on, struct error *error)
{
	const struct demo_script *script = &LIST_AT(&past->scripts, struct demo_script, subject);
	const struct toml_value *steps = toml_find(script->table, "steps");

	for (size_t i = 0; steps && i < steps->item_count; i++) {
		struct str line = steps->items[i], days;
		int64_t count;

		if (!str_split(&line, STR(" "), &days) || !str_starts_with(days, STR("+")) ||
		    !str_to_int64(str_slice(days, 1, days.size), &count) || count < 0)
			return demo_wrong(past->making, steps->items[i], error);
		on += (date)count;
		demo_plan(past, demo_working_day(on), subject, i, perform);
	}
	return true;
}

/* Days: what all centres do, they do not do on one day; at the beginning they do. */
static bool find_apart(struct demo_past *past, struct demo_script *script, struct error *error)
{
	static const date apart[] = { 5, 4, 8, 2, 6, 0 };
	struct str text;
	date on;

	if (!toml_find(script->table, "each"))
		return true;
	if (!demo_read_key(past->making, "on", &text, error))
		return false;
	if (date_parse(text, &on) && on > past->start + FIRST_DAYS)
		script->apart = apart[(size_t)script->number % (sizeof(apart) / sizeof(apart[0]))];
	return true;
}

static bool add_script(struct demo_past *past, const struct toml_table *table, int number,
		       size_t place, struct str name, struct error *error)
{
	struct demo_script *script = list_add(&past->scripts);
	struct str text;
	date on;

	*script = (struct demo_script){
		.table = table, .number = number, .place = place, .name = name, .taken = ""
	};
	enter(past, script);
	if (!find_apart(past, script, error))
		return false;
	enter(past, script);
	if (!demo_read_key(past->making, "on", &text, error))
		return false;
	if (!date_parse(text, &on))
		return demo_wrong(past->making, STR("on"), error);
	on = demo_working_day(on +
			      (date)(toml_integer(table, "every", DEFAULT_EVERY) * (int64_t)place));
	script->on = on;
	return true;
}

static bool add_names(struct demo_past *past, const struct toml_table *table, int number,
		      struct error *error)
{
	const struct toml_value *names = toml_find(table, "names");

	if (!names)
		return add_script(past, table, number, 0, STR_EMPTY, error);
	for (size_t i = 0; i < names->item_count; i++)
		if (!add_script(past, table, number, i, names->items[i], error))
			return false;
	return true;
}

static bool read_script(struct demo_past *past, const struct toml_table *table, struct error *error)
{
	int each = (int)toml_integer(table, "each", 0);
	int centre = (int)toml_integer(table, "centre", 0);

	past->making->table = table;
	if (!record_type_find(str_to_cstr(past->arena, table->name)))
		return demo_wrong(past->making, table->name, error);
	if (!each)
		return add_names(past, table, centre, error);
	for (int number = 1; number <= each; number++)
		if (!add_names(past, table, number, error))
			return false;
	return true;
}

static int compare_scripts(const void *a, const void *b)
{
	const struct demo_script *left = a, *right = b;

	if (left->on != right->on)
		return left->on < right->on ? -1 : 1;
	if (left->table != right->table)
		return left->table < right->table ? -1 : 1;
	if (left->number != right->number)
		return left->number < right->number ? -1 : 1;
	return left->place < right->place ? -1 : left->place > right->place;
}

/* In the order of days, since what one has taken is not there for the next. */
static bool plan_scripts(struct demo_past *past, struct error *error)
{
	list_sort(&past->scripts, compare_scripts);
	for (size_t i = 0; i < past->scripts.count; i++) {
		struct demo_script *script = &LIST_AT(&past->scripts, struct demo_script, i);

		if (script->on > past->today)
			break;
		past->making->table = script->table;
		if (!take(past, script, error))
			return false;
		demo_plan(past, script->on, i, 0, make);
		if (!plan_steps(past, i, script->on, error))
			return false;
	}
	return true;
}

bool demo_read_scripts(struct demo_past *past, const struct toml *toml, struct error *error)
{
	for (size_t i = 1; i < toml->table_count; i++)
		if (!is_of_lives(toml->tables[i].name) &&
		    !read_script(past, &toml->tables[i], error))
			return false;
	past->making->number = 0;
	past->making->apart = 0;
	return plan_scripts(past, error);
}
