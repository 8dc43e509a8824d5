#ifndef CHAIN_CASES_H
#define CHAIN_CASES_H

#include "chain/centre.h"
#include "rule/indicator.h"

/*
 * Records as the rules of src/rule want them: the cases filed at the Chinese office with the facts
 * that stand in other records (grants abroad of the same family, deals, products, standards,
 * awards, marks set by hand), and the product filings. Under the actor's grants, one statement a
 * type. Every fact has its own day, so that what was true on an earlier day stays so.
 */
struct chain_row {
	int64_t id;
	struct str number, title, state; /* docket number; filing of a product */
};

/* What a centre, or everything below a bureau, has. Cases and rows run side by side, by id. */
struct chain_stock {
	struct chain_centre centre;
	struct patent_case *cases;
	struct chain_row *rows;
	size_t case_count;
	struct product *products;
	struct chain_row *product_rows;
	size_t product_count;
	struct region_year *regions; /* of bureaus */
	struct chain_row *region_rows;
	size_t region_count;
};

/* Of one organisation and what stands below it. */
bool chain_stock_load(struct record_store *store, const struct chain_centre *centre,
		      struct chain_stock *stock_out, struct error *error) MUST_CHECK;
/* Of each of the centres; a record belongs to the nearest of them its organisation stands below. */
bool chain_stocks_load(struct record_store *store, const struct chain_centre *centres, size_t count,
		       struct chain_stock **stocks_out, struct error *error) MUST_CHECK;

#endif
