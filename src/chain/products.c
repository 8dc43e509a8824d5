/* Products: what T4 counts, and the use of their patents by the centre itself (S1). */
#include "base/strbuf.h"
#include "chain/cases_internal.h"

#include <stdlib.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { NAME, MODEL, FILING, CASES, SUBMITTED, PASSED, REVOKED, SOLD };

static const char *const product_names[] = {
	[NAME] = "name",
	[MODEL] = "model",
	[FILING] = "filing",
	[CASES] = "cases",
	[SUBMITTED] = "submitted_on",
	[PASSED] = "passed_on",
	[REVOKED] = "revoked_on",
	[SOLD] = "sold_from",
};

/* The ids the rules know the cases by, parted by ';'. */
static struct str case_ids(struct chain_loader *loader, const struct chain_stock *stock,
			   struct str refs)
{
	struct strbuf text = STRBUF_INIT;
	struct str whole;
	int64_t id;

	while (chain_next_id(&refs, &id)) {
		size_t at = chain_case_find(stock, id);

		strbuf_add_cstr(&text, text.size ? ";" : "");
		if (at == SIZE_MAX)
			strbuf_addf(&text, "#%lld", (long long)id);
		else
			strbuf_add_str(&text, stock->cases[at].id);
	}
	whole = str_copy(loader->store->arena, strbuf_str(&text));
	strbuf_release(&text);
	return whole;
}

static void add_uses(struct chain_loader *loader, const struct chain_rows *rows, size_t stock,
		     struct str name)
{
	date sold = chain_date(rows, SOLD), passed = chain_date(rows, PASSED);
	struct case_fact fact = {
		.kind = CASE_USE, .use = USE_OWN, .name = name, .from = passed, .until = DATE_NONE
	};

	if (passed != DATE_NONE)
		chain_fact_add_all(loader, stock, chain_text(rows, CASES), fact);
	fact.from = sold;
	fact.on_market = true;
	if (sold != DATE_NONE)
		chain_fact_add_all(loader, stock, chain_text(rows, CASES), fact);
}

static void add_product(struct chain_loader *loader, const struct chain_rows *rows, size_t at,
			struct list *products, struct list *places)
{
	struct arena *arena = loader->store->arena;
	struct str name = chain_text(rows, NAME), model = chain_text(rows, MODEL);
	struct str filing = chain_text(rows, FILING);
	struct product *product = list_add(products);
	struct chain_row *row = list_add(places);

	*row = (struct chain_row){ .id = chain_id(rows),
				   .number = str_copy(arena, filing),
				   .title = str_copy(arena, name),
				   .state = str_copy(arena, chain_state(rows)) };
	*product = (struct product){
		.filing = filing.size ? row->number
				      : str_of(arena_printf(arena, "#%lld", (long long)row->id)),
		.product = str_of(
			arena_printf(arena, "%.*s %.*s", STR_ARGS(name), STR_ARGS(model))),
		.patents = case_ids(loader, &loader->stocks[at], chain_text(rows, CASES)),
		.submitted = chain_date(rows, SUBMITTED),
		.passed = chain_date(rows, PASSED),
		.revoked = chain_date(rows, REVOKED),
	};
	add_uses(loader, rows, at, row->title);
}

static bool read_products(struct chain_loader *loader, struct list *products, struct list *places,
			  struct error *error)
{
	struct chain_rows rows;

	if (!chain_select(loader->store, loader->path, "product", product_names,
			  COUNT(product_names), &rows, error))
		return false;
	while (chain_next(&rows)) {
		size_t at = chain_stock_of(loader, &rows);

		if (at != SIZE_MAX)
			add_product(loader, &rows, at, &products[at], &places[at]);
	}
	return chain_done(&rows, error);
}

/* ---- Yearly confirmations. */
enum { YEAR_PRODUCT, YEAR_DAY };

static const char *const year_names[] = {
	[YEAR_PRODUCT] = "product_id",
	[YEAR_DAY] = "confirmed_on",
};

static int compare_row(const void *key, const void *item)
{
	int64_t id = *(const int64_t *)key, other = ((const struct chain_row *)item)->id;

	return (id > other) - (id < other);
}

static bool read_years(struct chain_loader *loader, struct error *error)
{
	struct arena *arena = loader->store->arena;
	struct chain_rows rows;

	if (!chain_select(loader->store, loader->path, "product_year", year_names,
			  COUNT(year_names), &rows, error))
		return false;
	while (chain_next(&rows)) {
		size_t at = chain_stock_of(loader, &rows);
		const struct chain_stock *stock = at == SIZE_MAX ? NULL : &loader->stocks[at];
		int64_t id = chain_integer(&rows, YEAR_PRODUCT);
		struct str day = chain_text(&rows, YEAR_DAY);
		const struct chain_row *row = stock ? bsearch(&id, stock->product_rows,
							      stock->product_count, sizeof(*row),
							      compare_row)
						    : NULL;
		struct product *product = row ? &stock->products[row - stock->product_rows] : NULL;

		if (product && day.size)
			product->confirmed = str_of(arena_printf(
				arena, "%.*s;%.*s", STR_ARGS(product->confirmed), STR_ARGS(day)));
	}
	return chain_done(&rows, error);
}

bool chain_load_products(struct chain_loader *loader, struct error *error)
{
	struct arena *arena = loader->store->arena;
	struct list *products = arena_array(arena, struct list, loader->stock_count);
	struct list *places = arena_array(arena, struct list, loader->stock_count);
	bool is_read;

	for (size_t i = 0; i < loader->stock_count; i++) {
		products[i] = LIST_OF(struct product);
		places[i] = LIST_OF(struct chain_row);
	}
	is_read = read_products(loader, products, places, error);
	for (size_t i = 0; i < loader->stock_count; i++) {
		struct chain_stock *stock = &loader->stocks[i];

		stock->products = list_to_arena(&products[i], arena, &stock->product_count);
		stock->product_rows = list_to_arena(&places[i], arena, &stock->product_count);
	}
	return is_read && read_years(loader, error);
}
