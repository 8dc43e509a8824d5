/* The map of a portfolio from plans, cases and products: one statement a type. */
#include "chain/layout.h"
#include "base/list.h"
#include "chain/rows.h"
#include "patent/status.h"
#include "types/plan.h"

#include <stdlib.h>

struct loader {
	struct record_store *store;
	struct layout_map *map;
	struct list wanted; /* int64_t: ids of cases, sorted before they are read */
	struct list cases, subjects, products;
};

static struct str keep(const struct loader *loader, struct str text)
{
	return str_of(str_to_cstr(loader->store->arena, text));
}

static int compare_ids(const void *a, const void *b)
{
	const int64_t *left = a, *right = b;

	return *left < *right ? -1 : *left > *right;
}

static bool has_id(struct str ids, int64_t wanted)
{
	int64_t id;

	while (chain_next_id(&ids, &id))
		if (id == wanted)
			return true;
	return false;
}

static void want_cases(struct loader *loader, struct str ids)
{
	int64_t id;

	while (chain_next_id(&ids, &id))
		*(int64_t *)list_add(&loader->wanted) = id;
}

/* ---- Plans. */
static bool read_plans(struct loader *loader, struct error *error)
{
	static const char *const names[] = {
		"title", "portfolio_id", "countries", "markets",
		"types", "cases",        "due_on",    "first_filed_on"
	};
	const struct record *portfolio = loader->map->portfolio;
	struct chain_rows rows;

	if (!chain_select(loader->store, portfolio->organisation_path, "layout_plan", names, 8,
			  &rows, error))
		return false;
	while (chain_next(&rows)) {
		if (chain_integer(&rows, 1) != portfolio->id ||
		    str_equal_cstr(chain_state(&rows), "dropped"))
			continue;
		*(struct layout_subject *)list_add(&loader->subjects) = (struct layout_subject){
			.id = chain_id(&rows),
			.title = keep(loader, chain_text(&rows, 0)),
			.countries = keep(loader, chain_text(&rows, 2)),
			.markets = keep(loader, chain_text(&rows, 3)),
			.types = keep(loader, chain_text(&rows, 4)),
			.case_ids = keep(loader, chain_text(&rows, 5)),
			.due = chain_date(&rows, 6),
			.first_filed = chain_date(&rows, 7),
		};
		want_cases(loader, chain_text(&rows, 5));
	}
	return chain_done(&rows, error);
}

/* ---- Cases. */
enum { DOCKET, TITLE, TYPE, OFFICE, FAMILY, FILED, GRANTED, GRADE, ADJUSTMENT, COLUMN_COUNT };

static void read_case(struct loader *loader, const struct chain_rows *rows)
{
	struct layout_case *patent = list_add(&loader->cases);

	*patent = (struct layout_case){
		.id = chain_id(rows),
		.docket = keep(loader, chain_text(rows, DOCKET)),
		.title = keep(loader, chain_text(rows, TITLE)),
		.family = keep(loader, chain_text(rows, FAMILY)),
		.type = patent_type_of(chain_text(rows, TYPE)),
		.state = case_state_find(chain_state(rows)),
		.filed = chain_date(rows, FILED),
		.granted = chain_date(rows, GRANTED),
		.term_end = DATE_NONE,
	};
	patent->grade = chain_text(rows, GRADE).size ? chain_text(rows, GRADE).data[0] : 0;
	snprintf(patent->office, sizeof(patent->office), "%.*s",
		 STR_ARGS(chain_text(rows, OFFICE)));
	patent->is_live = patent->filed != DATE_NONE && patent->state && !patent->state->is_final &&
			  !str_equal_cstr(chain_state(rows), "refused");
	patent->is_member = has_id(str_of(record_text(loader->map->portfolio, PORTFOLIO_CASES)),
				   patent->id);
	if (patent->filed != DATE_NONE && strcmp(patent->office, "CN") == 0)
		patent->term_end = status_term_end(patent->type, patent->filed) +
				   (date)chain_integer(rows, ADJUSTMENT);
}

static bool read_cases(struct loader *loader, struct error *error)
{
	static const char *const names[COLUMN_COUNT] = {
		"docket",   "title",      "type",  "office",         "family",
		"filed_on", "granted_on", "grade", "adjustment_days"
	};
	struct list *wanted = &loader->wanted;
	struct chain_rows rows;

	list_sort(wanted, compare_ids);
	if (!chain_select(loader->store, loader->map->portfolio->organisation_path, "patent_case",
			  names, COLUMN_COUNT, &rows, error))
		return false;
	while (chain_next(&rows)) {
		const int64_t id = chain_id(&rows);

		if (wanted->count &&
		    bsearch(&id, wanted->items, wanted->count, sizeof(id), compare_ids))
			read_case(loader, &rows);
	}
	for (size_t i = 0; i < wanted->count; i++)
		loader->map->hidden_count += i == 0 || LIST_AT(wanted, int64_t, i) !=
							       LIST_AT(wanted, int64_t, i - 1);
	loader->map->hidden_count -= loader->cases.count;
	return chain_done(&rows, error);
}

/* Its own of a plan; those of no plan go to the last subject. */
static void share_cases(struct loader *loader)
{
	struct arena *arena = loader->store->arena;
	struct layout_map *map = loader->map;
	bool *is_planned = arena_array(arena, bool, map->case_count + 1);
	struct layout_subject *rest = list_add(&loader->subjects);

	for (size_t i = 0; i < loader->subjects.count; i++) {
		struct layout_subject *subject = &LIST_AT(&loader->subjects, struct layout_subject,
							  i);

		subject->cases = arena_array(arena, size_t, map->case_count + 1);
		for (size_t j = 0; j < map->case_count; j++) {
			if (subject == rest ? is_planned[j]
					    : !has_id(subject->case_ids, map->cases[j].id))
				continue;
			subject->cases[subject->case_count++] = j;
			is_planned[j] = true;
		}
	}
	rest->due = rest->first_filed = DATE_NONE;
	rest->countries = rest->types = STR_EMPTY;
	rest->markets = str_of(record_text(map->portfolio, PORTFOLIO_MARKETS));
	if (!rest->case_count && !rest->markets.size)
		loader->subjects.count--;
}

/* ---- Products. */
static bool is_of_portfolio(const struct layout_map *map, int64_t id, struct str cases)
{
	int64_t patent;

	if (id == record_integer(map->portfolio, PORTFOLIO_PRODUCT))
		return true;
	while (chain_next_id(&cases, &patent))
		if (has_id(str_of(record_text(map->portfolio, PORTFOLIO_CASES)), patent))
			return true;
	return false;
}

static bool read_products(struct loader *loader, struct error *error)
{
	static const char *const names[] = { "name", "cases" };
	struct chain_rows rows;

	if (!chain_select(loader->store, loader->map->portfolio->organisation_path, "product",
			  names, 2, &rows, error))
		return false;
	while (chain_next(&rows))
		if (is_of_portfolio(loader->map, chain_id(&rows), chain_text(&rows, 1)))
			*(struct layout_link *)list_add(&loader->products) = (struct layout_link){
				chain_id(&rows), keep(loader, chain_text(&rows, 0))
			};
	return chain_done(&rows, error);
}

/* ---- Countries. */
static void add_country(struct list *countries, struct str code)
{
	const struct office *office = office_find(code);

	for (size_t i = 0; i < countries->count; i++)
		if (LIST_AT(countries, const struct office *, i) == office)
			return;
	if (office)
		*(const struct office **)list_add(countries) = office;
}

static void add_countries(struct list *countries, struct str codes)
{
	struct str code;

	while (str_split(&codes, STR(","), &code))
		add_country(countries, code);
}

static int compare_countries(const void *a, const void *b)
{
	const struct office *const *left = a, *const *right = b;
	const bool is_left = strcmp((*left)->code, "CN") == 0;

	if (is_left != (strcmp((*right)->code, "CN") == 0))
		return is_left ? -1 : 1;
	return strcmp((*left)->code, (*right)->code);
}

static void gather_countries(struct layout_map *map, struct arena *arena)
{
	struct list countries = LIST_OF(const struct office *);

	for (size_t i = 0; i < map->subject_count; i++) {
		add_countries(&countries, map->subjects[i].countries);
		add_countries(&countries, map->subjects[i].markets);
	}
	for (size_t i = 0; i < map->case_count; i++)
		add_country(&countries, str_of(map->cases[i].office));
	list_sort(&countries, compare_countries);
	map->countries = list_to_arena(&countries, arena, &map->country_count);
}

bool layout_map_load(struct record_store *store, const struct record *portfolio,
		     struct layout_map *map_out, struct error *error)
{
	struct loader loader = { .store = store,
				 .map = map_out,
				 .wanted = LIST_OF(int64_t),
				 .cases = LIST_OF(struct layout_case),
				 .subjects = LIST_OF(struct layout_subject),
				 .products = LIST_OF(struct layout_link) };
	bool done;

	*map_out = (struct layout_map){ .portfolio = portfolio, .today = store->today };
	want_cases(&loader, str_of(record_text(portfolio, PORTFOLIO_CASES)));
	done = read_plans(&loader, error) && read_cases(&loader, error) &&
	       read_products(&loader, error);
	list_release(&loader.wanted);
	map_out->cases = list_to_arena(&loader.cases, store->arena, &map_out->case_count);
	if (done)
		share_cases(&loader);
	map_out->subjects = list_to_arena(&loader.subjects, store->arena, &map_out->subject_count);
	map_out->products = list_to_arena(&loader.products, store->arena, &map_out->product_count);
	gather_countries(map_out, store->arena);
	return done;
}

/* ---- Cells. */
static bool names_country(struct str codes, const char *country)
{
	struct str code;

	while (str_split(&codes, STR(","), &code))
		if (str_equal_cstr(code, country))
			return true;
	return false;
}

static bool covers(const struct layout_case *patent, const struct office *country)
{
	return patent->is_live && office_covers(str_of(patent->office), str_of(country->code));
}

static bool is_planned_otherwise(const struct layout_subject *subject, const struct office *country)
{
	struct str rest = subject->countries, code;

	while (str_split(&rest, STR(","), &code))
		if (office_covers(code, str_of(country->code)))
			return true;
	return false;
}

struct layout_cell layout_cell_of(const struct layout_map *map,
				  const struct layout_subject *subject,
				  const struct office *country)
{
	struct layout_cell cell = { .is_planned = names_country(subject->countries, country->code),
				    .is_market = names_country(subject->markets, country->code) };

	/* a market of the portfolio may be covered by any of its subjects */
	for (size_t i = 0; !subject->id && i < map->case_count; i++)
		cell.is_covered |= covers(&map->cases[i], country);
	for (size_t i = 0; i < subject->case_count; i++) {
		const struct layout_case *patent = &map->cases[subject->cases[i]];
		const bool is_here = strcmp(patent->office, country->code) == 0;

		cell.case_count += is_here;
		cell.live_count += is_here && patent->is_live;
		cell.is_covered |= covers(patent, country);
	}
	/* a market a planned regional office covers is missing there */
	cell.is_missing = !cell.is_covered &&
			  (cell.is_planned ||
			   (cell.is_market && !is_planned_otherwise(subject, country)));
	/* what the actor may not read may stand there */
	if (!subject->id && map->hidden_count)
		cell.is_missing = false;
	return cell;
}
