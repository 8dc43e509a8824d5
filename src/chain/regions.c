/* Regions and years as T5 and T6 ask for them: what was confirmed, each from the day it was published. */
#include "chain/cases_internal.h"

#include <math.h>

enum { REGION, YEAR, TITLE, POPULATION, HIGH_VALUE, RATE, SOURCE, PUBLISHED, COLUMN_COUNT };

static const char *const names[COLUMN_COUNT] = {
	[REGION] = "region",         [YEAR] = "year",
	[TITLE] = "title",           [POPULATION] = "population",
	[HIGH_VALUE] = "high_value", [RATE] = "rate",
	[SOURCE] = "source",         [PUBLISHED] = "published_on",
};

#define DECIMALS 1e3 /* population and rate are stored as integers of 10^-3 */

static double number(const struct chain_rows *rows, size_t column, double unit)
{
	return chain_is_set(rows, column) ? (double)chain_integer(rows, column) / unit : NAN;
}

static void add_region(struct arena *arena, const struct chain_rows *rows, struct list *regions,
		       struct list *places)
{
	struct str region = str_copy(arena, chain_text(rows, REGION));

	*(struct chain_row *)list_add(places) = (struct chain_row){
		.id = chain_id(rows),
		.number = region,
		.title = str_copy(arena, chain_text(rows, TITLE)),
		.state = str_copy(arena, chain_state(rows)),
	};
	*(struct region_year *)list_add(regions) = (struct region_year){
		.region = region,
		.year = chain_integer(rows, YEAR),
		.population = number(rows, POPULATION, DECIMALS),
		.high_value = number(rows, HIGH_VALUE, 1),
		.rate = number(rows, RATE, DECIMALS),
		.source = str_copy(arena, chain_text(rows, SOURCE)),
		.published = chain_date(rows, PUBLISHED),
	};
}

static bool has_bureau(const struct chain_loader *loader)
{
	for (size_t i = 0; i < loader->stock_count; i++)
		if (!loader->stocks[i].centre.is_centre)
			return true;
	return false;
}

/* The same for every bureau: the targets are the province's. */
bool chain_load_regions(struct chain_loader *loader, struct error *error)
{
	struct list regions = LIST_OF(struct region_year), places = LIST_OF(struct chain_row);
	struct arena *arena = loader->store->arena;
	struct region_year *list;
	struct chain_row *rows_of;
	struct chain_rows rows;
	size_t count;

	if (!has_bureau(loader))
		return true;
	if (!chain_select(loader->store, NULL, "region_year", names, COLUMN_COUNT, &rows, error))
		return false;
	while (chain_next(&rows))
		if (str_equal_cstr(chain_state(&rows), "confirmed"))
			add_region(arena, &rows, &regions, &places);
	list = list_to_arena(&regions, arena, &count);
	rows_of = list_to_arena(&places, arena, &count);
	for (size_t i = 0; i < loader->stock_count; i++) {
		loader->stocks[i].regions = list;
		loader->stocks[i].region_rows = rows_of;
		loader->stocks[i].region_count = count;
	}
	return chain_done(&rows, error);
}
