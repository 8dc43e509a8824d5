/* data/demo/history.toml: moves, fates, centres and the filings of their years. */
#include "demo/demo_history_internal.h"
#include "types/types.h"

enum {
	FIRST_DAY = 8,       /* of the year, on which something is filed */
	FILING_DAYS = 340,   /* behind it */
	JITTER_PERCENT = 85, /* of the days between two filings */
	FIRST_SERIAL = 9600000,
	SERIAL_STEP = 17,
	SERIAL_JITTER = 13,
	NUMBER_OFFSET = 5, /* publications beside those of the collection */
	ABROAD_FROM = 296, /* before the priority year ends */
	ABROAD_TO = 358,
	TITLE_TRIES = 60,
	RETURNED_PERCENT = 15
};

static bool wrong(const struct demo_past *past, const char *what, struct error *error)
{
	return demo_wrong(past->making, str_of(what), error);
}

static bool read_days(struct str text, int *days_out)
{
	int64_t days;

	if (!str_to_int64(text, &days) || days < -4000 || days > 4000)
		return false;
	*days_out = (int)days;
	return true;
}

static bool read_move(struct demo_past *past, struct error *error)
{
	const struct toml_table *table = past->making->table;
	struct demo_move *move = list_add(&past->moves);
	const struct toml_value *days = toml_find(table, "days"), *sets = toml_find(table, "sets");
	struct str by = toml_text(table, "by");

	*move = (struct demo_move){ .name = toml_text(table, "name"),
				    .step = toml_text(table, "step"),
				    .by = by.size ? str_to_cstr(past->arena, by) : "manager",
				    .comment = toml_text(table, "comment"),
				    .notice = toml_text(table, "notice"),
				    .finishes = toml_text(table, "finishes") };
	if (!days || days->item_count != 2 || !read_days(days->items[0], &move->from) ||
	    !read_days(days->items[1], &move->to) || move->from > move->to)
		return wrong(past, "days", error);
	move->sets = sets ? sets->items : NULL;
	move->set_count = sets ? sets->item_count : 0;
	return true;
}

static const struct demo_move *find_move(const struct demo_past *past, struct str name)
{
	for (size_t i = 0; i < past->moves.count; i++)
		if (str_equal(LIST_AT(&past->moves, struct demo_move, i).name, name))
			return &LIST_AT(&past->moves, struct demo_move, i);
	return NULL;
}

static bool read_fate(struct demo_past *past, struct error *error)
{
	const struct toml_table *table = past->making->table;
	struct str code = toml_text(table, "code"), type = toml_text(table, "type");
	struct str rest = toml_text(table, "moves"), decision = toml_text(table, "decision"), name;
	struct demo_fate *fate = list_add(&past->fates);

	if (code.size != 1)
		return wrong(past, "code", error);
	fate->code = code.data[0];
	fate->type = type.size ? str_to_cstr(past->arena, type) : "invention";
	fate->decision = decision.size ? decision : STR("file");
	fate->is_anchored = toml_find(table, "anchor") != NULL;
	fate->is_unread = toml_integer(table, "unread", 0) != 0;
	if (fate->is_anchored && !read_days(toml_text(table, "anchor"), &fate->anchor))
		return wrong(past, "anchor", error);
	while (str_split(&rest, STR(" "), &name)) {
		const struct demo_move *move = find_move(past, name);

		if (!move || fate->count == LIFE_MOVES_MAX)
			return demo_wrong(past->making, name, error);
		fate->moves[fate->count++] = move;
	}
	return true;
}

static const struct demo_fate *find_fate(const struct demo_past *past, char code)
{
	for (size_t i = 0; i < past->fates.count; i++)
		if (LIST_AT(&past->fates, struct demo_fate, i).code == code)
			return &LIST_AT(&past->fates, struct demo_fate, i);
	return NULL;
}

/* ---- Centres. */
static bool read_branches(struct demo_past *past, struct demo_centre *centre, struct error *error)
{
	const struct toml_value *names = toml_find(past->making->table, "branches");
	const struct demo *demo = past->making->demo;

	for (size_t i = 0; names && i < names->item_count; i++) {
		uint32_t branch = 0;

		while (branch < demo->branch_count &&
		       !str_equal(demo->branches[branch].node, names->items[i]))
			branch++;
		if (branch == demo->branch_count || centre->branch_count == CENTRE_BRANCHES_MAX)
			return demo_wrong(past->making, names->items[i], error);
		centre->branches[centre->branch_count++] = branch;
	}
	return centre->branch_count > 0 || wrong(past, "branches", error);
}

static bool find_applicant(const struct demo_past *past, struct demo_centre *centre)
{
	const struct demo *demo = past->making->demo;
	struct str name = toml_text(past->making->table, "applicant");

	while (centre->applicant < demo->applicant_count &&
	       !str_equal(demo->applicants[centre->applicant].name, name))
		centre->applicant++;
	return centre->applicant < demo->applicant_count;
}

/* Inventors who never log in: users without an account. */
static bool add_engineer(struct demo_past *past, struct demo_centre *centre, struct str name,
			 struct error *error)
{
	struct demo_making *making = past->making;
	const char *login = arena_printf(past->arena, "engineer%d%zu", centre->number,
					 centre->engineer_count + 1);
	struct record *user = record_new(&making->store, &user_type);
	struct demo_named *named;

	demo_act_as_operator(making);
	user->organisation_id = centre->organisation_id;
	if (centre->engineer_count == CENTRE_ENGINEERS_MAX)
		return wrong(past, "engineers", error);
	if (!demo_set(making, user, "login", str_of(login), error) ||
	    !demo_set(making, user, "name", name, error) ||
	    !demo_set(making, user, "position", STR("研发工程师"), error) ||
	    !demo_insert(making, user, error))
		return false;
	named = demo_add_named(making, str_of(login), user->id);
	named->title = str_to_cstr(past->arena, name);
	centre->engineer_count++;
	return true;
}

/* A copy: the list of named things grows. NULL when there is none. */
static const struct demo_named *person_of(const struct demo_past *past, const char *role,
					  size_t number)
{
	const struct demo_named *named = demo_find_named(
		past->making, str_of(arena_printf(past->arena, "%s%zu", role, number)));

	struct demo_named *copy = arena_new(past->arena, struct demo_named);

	if (!named)
		return NULL;
	*copy = *named;
	return copy;
}

static bool read_centre(struct demo_past *past, struct error *error)
{
	const struct toml_table *table = past->making->table;
	const struct toml_value *engineers = toml_find(table, "engineers");
	struct demo_centre *centre = list_add(&past->centres);
	size_t number = (size_t)toml_integer(table, "number", 0);
	const struct demo_named *organisation = person_of(past, "centre", number);

	*centre = (struct demo_centre){
		.number = (int)number,
		.agency = str_to_cstr(past->arena, toml_text(table, "agency")),
		.agent = str_to_cstr(past->arena, toml_text(table, "agent")),
		.reduction = str_to_cstr(past->arena, toml_text(table, "reduction")),
		.neglected = (int)toml_integer(table, "neglected", 0),
	};
	if (!organisation)
		return wrong(past, "number", error);
	if (!find_applicant(past, centre))
		return wrong(past, "applicant", error);
	centre->organisation_id = organisation->id;
	for (size_t i = 0; engineers && i < engineers->item_count; i++)
		if (!add_engineer(past, centre, engineers->items[i], error))
			return false;
	return read_branches(past, centre, error);
}

static void find_people(struct demo_past *past)
{
	for (size_t i = 0; i < past->centres.count; i++) {
		struct demo_centre *centre = &LIST_AT(&past->centres, struct demo_centre, i);
		size_t number = (size_t)centre->number;

		centre->director = person_of(past, "director", number);
		centre->manager = person_of(past, "manager", number);
		centre->researcher = person_of(past, "researcher", number);
		for (size_t k = 0; k < centre->engineer_count; k++)
			centre->engineers[k] = person_of(past, "engineer", number * 10 + k + 1);
	}
}

/* ---- Lives. */

/* The first annuity that falls due behind the grant; a fee of the year of the grant is paid with it. */
static date missed_annuity(const struct demo_life *life)
{
	int year = 1;

	while (date_add_months(life->filed, 12 * year) <= life->granted)
		year++;
	return date_add_months(life->filed, 12 * year);
}

/* Foreign cases have the code I. */
static bool is_of_gazette(const struct demo_life *life, const struct demo_move *move)
{
	return life->fate->code != 'I' && (str_starts_with(move->step, STR("publish")) ||
					   str_equal_cstr(move->step, "register"));
}

/* The days of the moves, one behind the other; an anchored last one counts from today. */
static void set_days(const struct demo_past *past, struct demo_life *life)
{
	struct demo_random random = demo_random_of(DEMO_HISTORY_SEED, life->key);
	const struct demo_fate *fate = life->fate;
	date day = life->filed;

	for (size_t i = 0; i < fate->count; i++) {
		const struct demo_move *move = fate->moves[i];

		day += demo_random_between(&random, move->from, move->to);
		if (fate->is_anchored && i + 1 == fate->count && day < past->today + fate->anchor)
			day = past->today + fate->anchor;
		if (str_equal_cstr(move->step, "miss_annuity"))
			day = missed_annuity(life) +
			      demo_random_between(&random, move->from, move->to);
		day = life->days[i] = i == 0                      ? day
				      : is_of_gazette(life, move) ? demo_gazette_day(day)
								  : demo_working_day(day);
		if (str_starts_with(move->step, STR("publish")))
			life->published = day;
		if (str_equal_cstr(move->step, "register"))
			life->granted = day;
	}
}

/* Has the centre had one of that title? */
static bool is_used(const struct demo_past *past, const struct demo_life *life)
{
	for (size_t i = 0; demo_life_at(past, i) != life; i++)
		if (demo_life_at(past, i)->centre == life->centre &&
		    str_equal_cstr(life->texts.title, demo_life_at(past, i)->title))
			return true;
	return false;
}

static void choose_effect(const struct demo_past *past, struct demo_life *life)
{
	const struct demo *demo = past->making->demo;
	struct demo_random random = demo_random_of(DEMO_HISTORY_SEED + 1, life->key);
	struct demo_case *application = &life->application;
	const struct demo_branch *branch = &demo->branches[application->branch];
	const struct demo_field_words *field = &demo->fields[branch->field];

	application->claims = (uint8_t)demo_random_between(&random, 6, 12);
	do
		application->effect = (uint8_t)demo_random_below(&random, field->effect_count);
	while (branch->is_blank[application->effect]);
	application->second_effect = application->effect;
}

static void set_texts(const struct demo_past *past, struct demo_life *life)
{
	const struct demo *demo = past->making->demo;
	struct demo_case *application = &life->application;
	const struct demo_branch *branch = &demo->branches[application->branch];
	int tries = 0;

	do {
		application->key++;
		demo_make_texts(demo, past->arena, application, &life->texts);
	} while ((life->is_recent && life->texts.claim_count == 0) ||
		 (tries++ < TITLE_TRIES && is_used(past, life)));
	life->title = str_to_cstr(past->arena, life->texts.title);
	life->ipc = arena_printf(past->arena, "%.*s;%.*s", STR_ARGS(branch->ipc.items[0]),
				 STR_ARGS(branch->ipc.items[1]));
}

/* As many are published on a day before it: one behind the other, beside the collection's. */
static uint32_t published_before(const struct demo_past *past, const struct demo_life *life)
{
	uint32_t count = 0;

	for (size_t i = 0; demo_life_at(past, i) != life; i++)
		count += demo_life_at(past, i)->application.published ==
			 life->application.published;
	return count;
}

/* The application as the collection tells of its own. */
static void set_application(const struct demo_past *past, struct demo_life *life)
{
	struct demo_case *application = &life->application;
	bool is_invention = strcmp(life->fate->type, "invention") == 0;

	*application = (struct demo_case){
		.key = DEMO_HISTORY_SEED + life->key * 64,
		.branch = life->centre->branches[life->branch],
		.applicant = life->centre->applicant,
		.partner = DEMO_NOBODY,
		.type = is_invention ? DEMO_INVENTION : DEMO_UTILITY,
		.route = DEMO_ROUTE_NATIONAL,
		.end = life->granted == DATE_NONE ? DEMO_PENDING : DEMO_GRANTED,
		.priority = DATE_NONE,
		.filed = life->filed,
		.published = is_invention ? life->published : life->granted,
		.examined = life->published,
		.closed = DATE_NONE,
		.granted = life->granted,
		.lapsed = DATE_NONE,
		.expires = DATE_NONE,
		.national = DATE_NONE,
		.serial = life->serial,
	};
	if (application->published != DATE_NONE)
		application->first_number = application->grant_number =
			demo_number_of_day(application, false, application->published,
					   published_before(past, life)) +
			NUMBER_OFFSET;
}

static struct demo_life *add_life(struct demo_past *past, const struct demo_centre *centre,
				  const struct demo_fate *fate, int offset, uint32_t number,
				  date filed)
{
	struct demo_life *life = list_add(&past->lives);
	struct demo_random random;

	*life = (struct demo_life){
		.centre = centre,
		.fate = fate,
		.office = "CN",
		.year = date_year(filed),
		.number = number,
		.key = ((uint64_t)centre->number * 100 + (uint64_t)(offset + 50)) * 1000 + number,
		.filed = filed,
		.published = DATE_NONE,
		.granted = DATE_NONE,
		.priority = DATE_NONE,
		.table = past->making->table
	};
	random = demo_random_of(DEMO_HISTORY_SEED + 2, life->key);
	life->branch = demo_random_below(&random, centre->branch_count);
	life->is_recent = filed > past->today - HISTORY_RECENT_DAYS;
	life->is_returned = demo_random_percent(&random, RETURNED_PERCENT);
	life->serial = FIRST_SERIAL + (uint32_t)past->lives.count * SERIAL_STEP +
		       demo_random_below(&random, SERIAL_JITTER);
	life->family = arena_printf(past->arena, "示例族-%d-%d-%03u", centre->number, life->year,
				    (unsigned)number);
	set_days(past, life);
	set_application(past, life);
	choose_effect(past, life);
	set_texts(past, life);
	return life;
}

/* The same invention abroad: of its family, a year later. */
static void add_abroad(struct demo_past *past, size_t first, const struct demo_fate *fate,
		       const char *office, int offset)
{
	const struct demo_life parent = *demo_life_at(past, first);
	struct demo_random random = demo_random_of(DEMO_HISTORY_SEED + 9, parent.key);
	date filed = parent.filed + demo_random_between(&random, ABROAD_FROM, ABROAD_TO);
	struct demo_life *life = add_life(past, parent.centre, fate, offset, parent.number + 500,
					  demo_working_day(filed));

	life->office = office;
	life->year = parent.year;
	life->family = parent.family;
	life->priority = parent.filed;
	life->title = parent.title;
	life->ipc = parent.ipc;
	life->branch = parent.branch;
	life->is_recent = false;
}

static void shuffle(char *codes, size_t count, uint64_t key)
{
	struct demo_random random = demo_random_of(DEMO_HISTORY_SEED + 3, key);

	for (size_t i = count; i > 1; i--) {
		size_t other = demo_random_below(&random, i);
		char code = codes[i - 1];

		codes[i - 1] = codes[other];
		codes[other] = code;
	}
}

/* "G9 R2 E1": nine of fate G, two of R, one of E. */
static bool read_codes(struct demo_past *past, char *codes, size_t room, size_t *count_out,
		       struct error *error)
{
	struct str rest = toml_text(past->making->table, "lives"), part;
	size_t count = 0;

	while (str_split(&rest, STR(" "), &part)) {
		int64_t many;

		if (part.size < 2 || !find_fate(past, part.data[0]) ||
		    !str_to_int64(str_slice(part, 1, part.size), &many) || many < 1 ||
		    (size_t)many > room - count)
			return demo_wrong(past->making, part, error);
		memset(codes + count, part.data[0], (size_t)many);
		count += (size_t)many;
	}
	*count_out = count;
	return count > 0 || wrong(past, "lives", error);
}

static const struct demo_centre *find_centre(const struct demo_past *past, int64_t number)
{
	for (size_t i = 0; i < past->centres.count; i++)
		if (LIST_AT(&past->centres, struct demo_centre, i).number == number)
			return &LIST_AT(&past->centres, struct demo_centre, i);
	return NULL;
}

/* The first of the year's that are granted go abroad, too. */
static bool read_abroad(struct demo_past *past, size_t first, int offset, struct error *error)
{
	const struct toml_table *table = past->making->table;
	int64_t wanted = toml_integer(table, "abroad", 0);
	const struct demo_fate *fate = find_fate(past, 'I');
	size_t last = past->lives.count;

	if (wanted && !fate)
		return wrong(past, "abroad", error);
	for (size_t i = first; wanted > 0 && i < last; i++)
		if (demo_life_at(past, i)->fate->code == 'G' && wanted-- > 0)
			add_abroad(past, i, fate, "US", offset);
	return true;
}

/* One behind the other over the year, unevenly. */
static date filing_day(const struct demo_past *past, const struct demo_centre *centre, int offset,
		       size_t i, size_t count)
{
	uint64_t key = ((uint64_t)centre->number * 100 + (uint64_t)(offset + 50)) * 1000 + i;
	struct demo_random random = demo_random_of(DEMO_HISTORY_SEED + 10, key);
	int room = (int)(FILING_DAYS * JITTER_PERCENT / 100 / count);
	date from = date_of(date_year(past->today) + offset, 1, FIRST_DAY) +
		    (date)(FILING_DAYS * i / count);

	return demo_draw_working_day(&random, from, from + room);
}

/* The spot of a topic that some of the cohort fill: a branch and an effect of its field. */
static bool find_spot(const struct demo_past *past, const struct demo_centre *centre,
		      size_t *branch_out, uint8_t *effect_out)
{
	const struct toml_table *table = past->making->table;
	const struct demo *demo = past->making->demo;
	struct str branch = toml_text(table, "branch"), effect = toml_text(table, "effect");
	const struct demo_field_words *field;

	for (*branch_out = 0; *branch_out < centre->branch_count; (*branch_out)++)
		if (str_equal(demo->branches[centre->branches[*branch_out]].node, branch))
			break;
	if (*branch_out == centre->branch_count)
		return false;
	field = &demo->fields[demo->branches[centre->branches[*branch_out]].field];
	for (*effect_out = 0; *effect_out < field->effect_count; (*effect_out)++)
		if (str_equal(field->effects[*effect_out].node, effect))
			return true;
	return false;
}

/* The first of the year's that are granted come from the project that is to fill it. */
static bool read_filling(struct demo_past *past, const struct demo_centre *centre, size_t first,
			 struct error *error)
{
	const struct toml_table *table = past->making->table;
	int64_t wanted = toml_integer(table, "fills", 0);
	size_t branch = 0;
	uint8_t effect = 0;

	if (wanted && !find_spot(past, centre, &branch, &effect))
		return wrong(past, "branch, effect", error);
	for (size_t i = first; wanted > 0 && i < past->lives.count; i++) {
		struct demo_life *life = demo_life_at(past, i);

		if (life->fate->code != 'G' && life->fate->code != 'F')
			continue;
		wanted--;
		life->branch = branch;
		life->project = toml_text(table, "project");
		set_application(past, life);
		choose_effect(past, life);
		life->application.effect = life->application.second_effect = effect;
		set_texts(past, life);
	}
	return true;
}

static bool read_cohort(struct demo_past *past, struct error *error)
{
	enum { ROOM = 200 };
	const struct toml_table *table = past->making->table;
	const struct demo_centre *centre = find_centre(past, toml_integer(table, "centre", 0));
	size_t count = 0, first = past->lives.count;
	char codes[ROOM];
	int offset;

	if (!centre || !read_days(toml_text(table, "year"), &offset))
		return wrong(past, "centre, year", error);
	if (!read_codes(past, codes, ROOM, &count, error))
		return false;
	shuffle(codes, count, (uint64_t)centre->number * 100 + (uint64_t)(offset + 50));
	for (size_t i = 0; i < count; i++) {
		date day = filing_day(past, centre, offset, i, count);

		add_life(past, centre, find_fate(past, codes[i]), offset, (uint32_t)i + 1,
			 demo_working_day(day));
	}
	return read_filling(past, centre, first, error) && read_abroad(past, first, offset, error);
}

bool demo_read_history(struct demo_past *past, const struct toml *toml, struct error *error)
{
	static const struct {
		const char *name;
		bool (*read)(struct demo_past *past, struct error *error);
	} readers[] = { { "move", read_move },
			{ "fate", read_fate },
			{ "centre", read_centre },
			{ "cohort", read_cohort } };

	for (size_t k = 0; k < sizeof(readers) / sizeof(readers[0]); k++)
		for (size_t i = 1; i < toml->table_count; i++) {
			past->making->table = &toml->tables[i];
			if (str_equal_cstr(toml->tables[i].name, readers[k].name) &&
			    !readers[k].read(past, error))
				return false;
		}
	find_people(past);
	return true;
}
