#include "chain/cases.h"
#include "base/map.h"
#include "chain/cases_internal.h"
#include "types/types.h"

#include <stdlib.h>
#include <string.h>

enum { TERM_MONTHS = 240 };

date chain_earlier(date a, date b)
{
	if (a == DATE_NONE || b == DATE_NONE)
		return a == DATE_NONE ? b : a;
	return a < b ? a : b;
}

date chain_later(date a, date b)
{
	return a > b ? a : b;
}

/* ---- Which organisation's records go where. */
static size_t nearest(const struct chain_loader *loader, struct str path)
{
	size_t best = SIZE_MAX, length = 0;

	for (size_t i = 0; i < loader->stock_count; i++) {
		struct str own = str_of(loader->stocks[i].centre.path);

		if (own.size >= length && str_starts_with(path, own)) {
			best = i;
			length = own.size;
		}
	}
	return best;
}

static bool load_places(struct chain_loader *loader, struct error *error)
{
	static const char *const names[] = { "path" };
	struct list list = LIST_OF(struct chain_place);
	struct chain_rows rows;

	if (!chain_select(loader->store, NULL, "organisation", names, 1, &rows, error))
		return false;
	while (chain_next(&rows)) {
		size_t stock = nearest(loader, chain_text(&rows, 0));

		if (stock != SIZE_MAX)
			*(struct chain_place *)list_add(
				&list) = (struct chain_place){ chain_id(&rows), stock };
	}
	loader->places = list_to_arena(&list, loader->store->arena, &loader->place_count);
	return chain_done(&rows, error);
}

static int compare_place(const void *key, const void *item)
{
	int64_t id = *(const int64_t *)key,
		other = ((const struct chain_place *)item)->organisation_id;

	return (id > other) - (id < other);
}

size_t chain_stock_find(const struct chain_loader *loader, int64_t organisation_id)
{
	const struct chain_place *place = bsearch(&organisation_id, loader->places,
						  loader->place_count, sizeof(*place),
						  compare_place);

	return place ? place->stock : SIZE_MAX;
}

size_t chain_stock_of(const struct chain_loader *loader, const struct chain_rows *rows)
{
	return chain_stock_find(loader, chain_organisation(rows));
}

/* ---- Facts find their cases. */
static int compare_row(const void *key, const void *item)
{
	int64_t id = *(const int64_t *)key, other = ((const struct chain_row *)item)->id;

	return (id > other) - (id < other);
}

size_t chain_case_find(const struct chain_stock *stock, int64_t id)
{
	const struct chain_row *row = bsearch(&id, stock->rows, stock->case_count, sizeof(*row),
					      compare_row);

	return row ? (size_t)(row - stock->rows) : SIZE_MAX;
}

void chain_fact_add(struct chain_loader *loader, size_t stock, int64_t case_id,
		    struct case_fact fact)
{
	if (fact.from != DATE_NONE)
		*(struct chain_fact *)list_add(
			&loader->facts) = (struct chain_fact){ stock, case_id, fact };
}

void chain_fact_add_all(struct chain_loader *loader, size_t stock, struct str ids,
			struct case_fact fact)
{
	int64_t id;

	while (chain_next_id(&ids, &id))
		chain_fact_add(loader, stock, id, fact);
}

static int compare_facts(const void *left, const void *right)
{
	const struct chain_fact *a = left, *b = right;

	if (a->stock != b->stock)
		return a->stock < b->stock ? -1 : 1;
	if (a->case_id != b->case_id)
		return a->case_id < b->case_id ? -1 : 1;
	return (a->fact.from > b->fact.from) - (a->fact.from < b->fact.from);
}

static void hand_out_facts(struct chain_loader *loader)
{
	struct case_fact *facts = arena_array(loader->store->arena, struct case_fact,
					      loader->facts.count + 1);

	list_sort(&loader->facts, compare_facts);
	for (size_t i = 0; i < loader->facts.count; i++) {
		const struct chain_fact *item = &LIST_AT(&loader->facts, struct chain_fact, i);
		struct chain_stock *stock = &loader->stocks[item->stock];
		size_t at = chain_case_find(stock, item->case_id);

		facts[i] = item->fact;
		if (at == SIZE_MAX)
			continue;
		if (!stock->cases[at].fact_count)
			stock->cases[at].facts = &facts[i];
		stock->cases[at].fact_count++;
	}
}

/* ---- Cases. */
enum {
	DOCKET,
	TITLE,
	TYPE,
	OFFICE,
	KEY_FIELD,
	NUMBER,
	FAMILY,
	PARENT,
	PCT,
	IPC,
	ADJUSTMENT,
	DAYS,
	COLUMN_COUNT = DAYS + CASE_DATE_COUNT
};

static const char *const names[COLUMN_COUNT] = {
	[DOCKET] = "docket",
	[TITLE] = "title",
	[TYPE] = "type",
	[OFFICE] = "office",
	[KEY_FIELD] = "key_field_id",
	[NUMBER] = "application_number",
	[FAMILY] = "family",
	[PARENT] = "parent_case_id",
	[PCT] = "pct_number",
	[IPC] = "ipc",
	[ADJUSTMENT] = "adjustment_days",
	[DAYS + CASE_FILED] = "filed_on",
	[DAYS + CASE_PUBLISHED] = "published_on",
	[DAYS + CASE_EXAMINED] = "examined_on",
	[DAYS + CASE_GRANTED] = "granted_on",
	[DAYS + CASE_REJECTED] = "rejected_on",
	[DAYS + CASE_REVIEW_REQUESTED] = "review_requested_on",
	[DAYS + CASE_REJECTION_UPHELD] = "rejection_upheld_on",
	[DAYS + CASE_REJECTION_REVERSED] = "rejection_reversed_on",
	[DAYS + CASE_WITHDRAWN] = "withdrawn_on",
	[DAYS + CASE_DEEMED_WITHDRAWN] = "deemed_withdrawn_on",
	[DAYS + CASE_GRANT_ABANDONED] = "grant_abandoned_on",
	[DAYS + CASE_RESTORED] = "restored_on",
	[DAYS + CASE_ENDED] = "ended_on",
	[DAYS + CASE_END_KNOWN] = "end_known_on",
	[DAYS + CASE_INVALIDATED] = "invalidated_on",
	[DAYS + CASE_ABNORMAL] = "abnormal_on",
	[DAYS + CASE_ACQUIRED] = "acquired_on",
	[DAYS + CASE_TRANSFERRED] = "transferred_on",
	[DAYS + CASE_UNPAID] = "unpaid_from",
};

/* A granted case of another office: a fact for the Chinese cases of its family. */
struct foreign {
	size_t stock;
	int64_t organisation_id;
	struct str family, office;
	date dates[CASE_DATE_COUNT];
};

struct gathered {
	struct list cases, rows; /* of one stock */
	struct list families;    /* struct family_key, one a case that has a family */
};

struct family_key {
	int64_t organisation_id;
	struct str family;
	size_t at;
};

/* An empty text takes no room. */
static struct str copy(struct arena *arena, struct str text)
{
	return text.size ? str_copy(arena, text) : STR_EMPTY;
}

/* "#17"; printf is slow for some hundred thousand of them. */
static struct str id_text(struct arena *arena, const char *mark, int64_t id)
{
	char text[24];
	size_t at = sizeof(text);

	if (id <= 0)
		return STR_EMPTY;
	for (; id; id /= 10)
		text[--at] = (char)('0' + id % 10);
	if (*mark)
		text[--at] = *mark;
	return str_copy(arena, (struct str){ text + at, sizeof(text) - at });
}

static void read_dates(const struct chain_rows *rows, date dates[CASE_DATE_COUNT])
{
	for (size_t i = 0; i < CASE_DATE_COUNT; i++)
		dates[i] = chain_date(rows, DAYS + i);
}

/* What is entered in the register with the number of another office counts once by its number. */
static void read_case(struct arena *arena, const struct chain_rows *rows,
		      struct patent_case *patent)
{
	struct str number = chain_text(rows, NUMBER);

	*patent = (struct patent_case){
		.id = number.size ? str_copy(arena, number) : id_text(arena, "#", chain_id(rows)),
		.title = copy(arena, chain_text(rows, TITLE)),
		.field = id_text(arena, "", chain_integer(rows, KEY_FIELD)),
		.family = copy(arena, chain_text(rows, FAMILY)),
		.pct = copy(arena, chain_text(rows, PCT)),
		.divisional_of = id_text(arena, "#", chain_integer(rows, PARENT)),
		.ipc = copy(arena, chain_text(rows, IPC)),
		.type = patent_type_of(chain_text(rows, TYPE)),
		.adjustment = chain_integer(rows, ADJUSTMENT),
	};
	read_dates(rows, patent->dates);
}

static void add_case(struct arena *arena, const struct chain_rows *rows, struct gathered *stock)
{
	struct patent_case *patent = list_add(&stock->cases);
	struct chain_row *row = list_add(&stock->rows);

	read_case(arena, rows, patent);
	*row = (struct chain_row){ .id = chain_id(rows),
				   .number = str_copy(arena, chain_text(rows, DOCKET)),
				   .title = patent->title,
				   .state = str_copy(arena, chain_state(rows)) };
	if (patent->family.size)
		*(struct family_key *)list_add(&stock->families) = (struct family_key){
			chain_organisation(rows), patent->family, stock->cases.count - 1
		};
}

static void add_foreign(struct arena *arena, const struct chain_rows *rows, size_t stock,
			struct list *foreign)
{
	struct foreign *other;

	if (!chain_text(rows, FAMILY).size || chain_date(rows, DAYS + CASE_GRANTED) == DATE_NONE)
		return;
	other = list_add(foreign);
	*other = (struct foreign){ .stock = stock,
				   .organisation_id = chain_organisation(rows),
				   .family = str_copy(arena, chain_text(rows, FAMILY)),
				   .office = str_copy(arena, chain_text(rows, OFFICE)) };
	read_dates(rows, other->dates);
}

static bool read_cases(struct chain_loader *loader, struct gathered *gathered, struct list *foreign,
		       struct error *error)
{
	struct arena *arena = loader->store->arena;
	struct chain_rows rows;

	if (!chain_select(loader->store, loader->path, "patent_case", names, COLUMN_COUNT, &rows,
			  error))
		return false;
	while (chain_next(&rows)) {
		size_t stock = chain_stock_of(loader, &rows);

		if (stock == SIZE_MAX)
			continue;
		if (str_equal_cstr(chain_text(&rows, OFFICE), "CN"))
			add_case(arena, &rows, &gathered[stock]);
		else
			add_foreign(arena, &rows, stock, foreign);
	}
	return chain_done(&rows, error);
}

/* ---- Families. */
static int compare_keys(const void *left, const void *right)
{
	const struct family_key *a = left, *b = right;

	if (a->organisation_id != b->organisation_id)
		return a->organisation_id < b->organisation_id ? -1 : 1;
	return str_compare(a->family, b->family);
}

/* The right abroad ends; a restoration gives it back: two periods, each true on its days. */
static void add_abroad(struct chain_loader *loader, const struct foreign *other, int64_t case_id)
{
	const date *dates = other->dates;
	date expiry = dates[CASE_FILED] == DATE_NONE
			      ? DATE_NONE
			      : date_add_months(dates[CASE_FILED], TERM_MONTHS) + 1;
	date ended = dates[CASE_END_KNOWN] == DATE_NONE ? dates[CASE_ENDED] : dates[CASE_END_KNOWN];
	date last = chain_earlier(dates[CASE_INVALIDATED], expiry);
	struct case_fact fact = { .kind = CASE_FOREIGN_GRANT,
				  .name = other->office,
				  .from = dates[CASE_GRANTED],
				  .until = chain_earlier(ended, last) };

	chain_fact_add(loader, other->stock, case_id, fact);
	if (ended == DATE_NONE || dates[CASE_RESTORED] == DATE_NONE ||
	    dates[CASE_RESTORED] < dates[CASE_ENDED])
		return;
	fact.from = chain_later(dates[CASE_RESTORED], dates[CASE_GRANTED]);
	fact.until = last;
	chain_fact_add(loader, other->stock, case_id, fact);
}

static void join_families(struct chain_loader *loader, struct gathered *gathered,
			  const struct list *foreign)
{
	for (size_t i = 0; i < loader->stock_count; i++)
		list_sort(&gathered[i].families, compare_keys);
	for (size_t i = 0; i < foreign->count; i++) {
		const struct foreign *other = &LIST_AT(foreign, struct foreign, i);
		const struct list *keys = &gathered[other->stock].families;
		const struct family_key wanted = { other->organisation_id, other->family, 0 };
		const struct family_key *key = keys->count
						       ? bsearch(&wanted, keys->items, keys->count,
								 sizeof(wanted), compare_keys)
						       : NULL;
		size_t at = key ? (size_t)(key - (const struct family_key *)keys->items) : 0;

		while (key && at > 0 &&
		       compare_keys(&LIST_AT(keys, struct family_key, at - 1), &wanted) == 0)
			at--;
		for (; key && at < keys->count &&
		       compare_keys(&LIST_AT(keys, struct family_key, at), &wanted) == 0;
		     at++) {
			size_t place = LIST_AT(keys, struct family_key, at).at;

			add_abroad(loader, other, loader->stocks[other->stock].rows[place].id);
		}
	}
}

/* ---- All of it. */
static bool load_cases(struct chain_loader *loader, struct error *error)
{
	struct arena *arena = loader->store->arena;
	struct gathered *gathered = arena_array(arena, struct gathered, loader->stock_count);
	struct list foreign = LIST_OF(struct foreign);
	bool is_read;

	for (size_t i = 0; i < loader->stock_count; i++)
		gathered[i] = (struct gathered){ LIST_OF(struct patent_case),
						 LIST_OF(struct chain_row),
						 LIST_OF(struct family_key) };
	is_read = read_cases(loader, gathered, &foreign, error);
	for (size_t i = 0; i < loader->stock_count; i++) {
		struct chain_stock *stock = &loader->stocks[i];

		stock->cases = list_to_arena(&gathered[i].cases, arena, &stock->case_count);
		stock->rows = list_to_arena(&gathered[i].rows, arena, &stock->case_count);
	}
	if (is_read)
		join_families(loader, gathered, &foreign);
	for (size_t i = 0; i < loader->stock_count; i++)
		list_release(&gathered[i].families);
	list_release(&foreign);
	return is_read;
}

static bool load(struct chain_loader *loader, struct error *error)
{
	bool is_loaded;

	loader->facts = LIST_OF(struct chain_fact);
	is_loaded = load_places(loader, error) && load_cases(loader, error) &&
		    chain_load_words(loader, error) && chain_load_facts(loader, error) &&
		    chain_load_products(loader, error) && chain_load_regions(loader, error);
	if (is_loaded)
		hand_out_facts(loader);
	list_release(&loader->facts);
	return is_loaded;
}

bool chain_stock_load(struct record_store *store, const struct chain_centre *centre,
		      struct chain_stock *stock_out, struct error *error)
{
	struct chain_loader loader = {
		.store = store, .path = centre->path, .stocks = stock_out, .stock_count = 1
	};

	*stock_out = (struct chain_stock){ .centre = *centre };
	return load(&loader, error);
}

bool chain_stocks_load(struct record_store *store, const struct chain_centre *centres, size_t count,
		       struct chain_stock **stocks_out, struct error *error)
{
	struct chain_loader loader = { .store = store, .stock_count = count };

	loader.stocks = *stocks_out = arena_array(store->arena, struct chain_stock, count + 1);
	for (size_t i = 0; i < count; i++)
		loader.stocks[i].centre = centres[i];
	return load(&loader, error);
}
