/*
 * Random people create, change, move and delete; a plain model in memory, which knows the rules as
 * sentences and no grants, says after each what must have happened and what each of them sees.
 */
#include "record_fixture.h"

enum { ROUNDS = 1000, MODEL_MAX = 200, CHECK_EVERY = 40 };

struct model_row {
	int64_t id, version, organisation, created_by, owner, amount;
	bool has_amount, is_gone;
	char state; /* d o c */
};

struct model {
	struct model_row rows[MODEL_MAX];
	size_t count;
};

/* Somebody, and what he is, in words. */
struct person {
	unsigned role;
	int64_t organisation, user, city; /* city of the organisation */
};

static const struct person people[] = {
	{ ROLE_BIT(ROLE_RESEARCHER), CENTRE_1, 4, CITY_A },
	{ ROLE_BIT(ROLE_RESEARCHER), CENTRE_1, 10, CITY_A },
	{ ROLE_BIT(ROLE_RESEARCHER), CENTRE_3, 6, CITY_B },
	{ ROLE_BIT(ROLE_IP_MANAGER), CENTRE_1, 16, CITY_A },
	{ ROLE_BIT(ROLE_IP_MANAGER), CENTRE_2, 5, CITY_A },
	{ ROLE_BIT(ROLE_IP_MANAGER), CENTRE_3, 12, CITY_B },
	{ ROLE_BIT(ROLE_CITY_OFFICER), CITY_A, 2, CITY_A },
	{ ROLE_BIT(ROLE_CITY_OFFICER), CITY_B, 3, CITY_B },
	{ ROLE_BIT(ROLE_PROVINCE_OFFICER), PROVINCE, 1, 0 },
	{ ROLE_BIT(ROLE_EXPERT), CENTRE_1, 10, CITY_A },
	{ ROLE_BIT(ROLE_INSPECTOR), PROVINCE, 7, 0 },
	{ ROLE_BIT(ROLE_FINANCE), CENTRE_1, 4, CITY_A },
};
enum { PEOPLE = sizeof(people) / sizeof(people[0]) };

static uint64_t random_state = 20260101;

static uint64_t random_below(uint64_t limit)
{
	random_state ^= random_state << 13;
	random_state ^= random_state >> 7;
	random_state ^= random_state << 17;
	return random_state % limit;
}

/* ---- The rules. */
static bool is(const struct person *person, enum role role)
{
	return person->role == ROLE_BIT(role);
}

static int64_t city_of(int64_t centre)
{
	return centre == CENTRE_3 ? CITY_B : CITY_A;
}

static bool sees(const struct person *person, const struct model_row *row)
{
	if (row->is_gone)
		return false;
	if (is(person, ROLE_RESEARCHER))
		return row->created_by == person->user;
	if (is(person, ROLE_IP_MANAGER))
		return row->organisation == person->organisation;
	if (is(person, ROLE_CITY_OFFICER))
		return row->state != 'd' && city_of(row->organisation) == person->organisation;
	if (is(person, ROLE_PROVINCE_OFFICER))
		return row->state != 'd';
	if (is(person, ROLE_EXPERT))
		return row->state == 'o' && row->owner == person->user;
	return is(person, ROLE_INSPECTOR) && row->state == 'c';
}

static bool may_update(const struct person *person, const struct model_row *row)
{
	if (is(person, ROLE_RESEARCHER))
		return row->created_by == person->user && row->state == 'd';
	return is(person, ROLE_IP_MANAGER) && row->state != 'c';
}

static bool may_create(const struct person *person)
{
	return is(person, ROLE_RESEARCHER) || is(person, ROLE_IP_MANAGER);
}

enum outcome { DONE, MISSING, FORBIDDEN, CONFLICT, INVALID };

static enum outcome outcome_of_step(const struct person *person, const struct model_row *row,
				    char step)
{
	bool officer = is(person, ROLE_CITY_OFFICER);

	if (!sees(person, row))
		return MISSING;
	if (step == 'o' ? row->state != 'd' : row->state != 'o')
		return CONFLICT;
	if (step == 'o')
		return may_create(person) ? DONE : FORBIDDEN;
	if (!officer)
		return FORBIDDEN;
	return step == 'c' && !row->has_amount ? INVALID : DONE;
}

/* ---- What the machine says. */
static enum outcome outcome_of(bool done, const struct error *error)
{
	if (done)
		return DONE;
	if (error->kind == ERROR_NOT_FOUND)
		return MISSING;
	if (error->kind == ERROR_FORBIDDEN)
		return FORBIDDEN;
	if (error->kind == ERROR_CONFLICT)
		return CONFLICT;
	if (error->kind != ERROR_INVALID)
		fail_msg("%s %s", error->key, error->detail);
	return INVALID;
}

/* Every change in a transaction of its own, as a request makes it. */
static enum outcome finish(struct world *world, bool done, const struct error *error)
{
	struct error ignored;

	if (!done)
		db_rollback(world->db);
	else
		assert_true(db_commit(world->db, &ignored));
	return outcome_of(done, error);
}

static void try_create(struct world *world, struct model *model, const struct person *person)
{
	struct error error;
	char title[30];
	int64_t id;

	if (model->count == MODEL_MAX)
		return;
	snprintf(title, sizeof(title), "thing %zu", model->count);
	assert_true(db_begin(world->db, &error));
	id = world_add(world, title, &error);
	assert_int_equal(finish(world, id != 0, &error), may_create(person) ? DONE : FORBIDDEN);
	if (id)
		model->rows[model->count++] =
			(struct model_row){ .id = id,
					    .version = 1,
					    .state = 'd',
					    .organisation = person->organisation,
					    .created_by = person->user };
}

/* Sometimes with a version that is not the stored one. */
static void try_update(struct world *world, struct model_row *row, const struct person *person)
{
	struct field_errors errors = { .count = 0 };
	struct record *thing = record_new(&world->store, &thing_type);
	bool stale = random_below(4) == 0, sets_owner = random_below(2) == 0;
	int64_t owner = person->organisation == CENTRE_1 && random_below(2) ? 10 : person->user;
	int64_t amount = (int64_t)random_below(1000);
	struct error error;
	enum outcome wanted = DONE;
	bool done;

	assert_true(db_begin(world->db, &error));
	done = record_find(&world->store, &thing_type, row->id, &thing, &error);
	if (done) {
		record_set_integer(thing, THING_AMOUNT, amount);
		if (sets_owner)
			record_set_integer(thing, THING_OWNER, owner);
		thing->version -= stale;
		done = record_update(&world->store, thing, &errors, &error);
	}
	if (!sees(person, row))
		wanted = MISSING;
	else if (!may_update(person, row))
		wanted = FORBIDDEN;
	else if (stale)
		wanted = CONFLICT;
	assert_int_equal(finish(world, done, &error), wanted);
	if (wanted != DONE)
		return;
	row->version++;
	row->amount = amount;
	row->has_amount = true;
	if (sets_owner)
		row->owner = owner;
}

static void try_step(struct world *world, struct model_row *row, const struct person *person)
{
	static const char *const steps[] = { "open", "close", "return" };
	const char *step = steps[random_below(3)];
	enum outcome wanted = outcome_of_step(person, row, *step);
	struct error error;
	bool done;

	assert_true(db_begin(world->db, &error));
	done = world_step(world, row->id, step, &error);
	assert_int_equal(finish(world, done, &error), wanted);
	if (wanted != DONE)
		return;
	row->version++;
	row->state = *step == 'r' ? 'd' : *step;
}

static void try_delete(struct world *world, struct model_row *row, const struct person *person)
{
	enum outcome wanted = DONE;
	struct record *thing;
	struct error error;
	bool done;

	if (!sees(person, row))
		wanted = MISSING;
	else if (!is(person, ROLE_IP_MANAGER) || row->state != 'd')
		wanted = FORBIDDEN;
	assert_true(db_begin(world->db, &error));
	done = record_find(&world->store, &thing_type, row->id, &thing, &error) &&
	       record_delete(&world->store, thing, &error);
	assert_int_equal(finish(world, done, &error), wanted);
	if (wanted == DONE)
		row->is_gone = true;
}

/* Each person's whole list, against the model. */
static void check_lists(struct world *world, const struct model *model)
{
	for (size_t i = 0; i < PEOPLE; i++) {
		struct record_list_options options = { .limit = 200,
						       .sort_field = RECORD_FIELD_ID,
						       .with_total = true };
		struct record_page page;
		struct error error;
		size_t at = 0;

		world_be(world, people[i].role, people[i].organisation, people[i].user);
		assert_true(record_list(&world->store, &thing_type, &options, &page, &error));
		for (size_t k = 0; k < model->count; k++) {
			const struct model_row *row = &model->rows[k];
			const struct record *record;

			if (!sees(&people[i], row))
				continue;
			assert_true(at < page.count);
			record = page.records[at++];
			assert_int_equal(record->id, row->id);
			assert_int_equal(record->version, row->version);
			assert_int_equal(record->state[0], row->state);
			if (!is(&people[i], ROLE_EXPERT))
				assert_int_equal(record_integer(record, THING_AMOUNT), row->amount);
		}
		assert_int_equal(at, page.count);
		assert_int_equal(at, page.total);
	}
}

/* As many versions in the history as the row has had. */
static void check_history(struct world *world, const struct model *model)
{
	static const char versions[] = "SELECT COUNT(DISTINCT version) FROM record_change "
				       "WHERE type = 'thing' AND record_id = $1";

	for (size_t i = 0; i < model->count; i++) {
		struct error error;
		int64_t count;

		assert_true(db_execute_returning(
			world->db, versions, DB_WITH(DB_INT(model->rows[i].id)), &count, &error));
		assert_int_equal(count, model->rows[i].version + model->rows[i].is_gone);
	}
}

static void run(struct world *world)
{
	struct model *model = arena_new(world->arena, struct model);

	for (int round = 1; round <= ROUNDS; round++) {
		const struct person *person = &people[random_below(PEOPLE)];
		uint64_t what = random_below(10);
		struct model_row *row = model->count ? &model->rows[random_below(model->count)]
						     : NULL;

		world_be(world, person->role, person->organisation, person->user);
		world->store.now_ms++;
		if (!row || what < 2)
			try_create(world, model, person);
		else if (what < 5)
			try_update(world, row, person);
		else if (what < 9)
			try_step(world, row, person);
		else
			try_delete(world, row, person);
		if (round % CHECK_EVERY == 0)
			check_lists(world, model);
	}
	check_history(world, model);
}

static void the_machine_does_what_the_model_says(void **state)
{
	(void)state;
	for (size_t i = 0; fixture_target(i); i++) {
		struct world world;

		world_open(&world, fixture_target(i));
		run(&world);
		world_close(&world);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_machine_does_what_the_model_says),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
