#ifndef CHAIN_CASES_INTERNAL_H
#define CHAIN_CASES_INTERNAL_H

#include "base/list.h"
#include "chain/cases.h"
#include "chain/rows.h"

/* A fact on its way to its case. */
struct chain_fact {
	size_t stock;
	int64_t case_id;
	struct case_fact fact;
};

/* Which stock an organisation's records go to; by id. */
struct chain_place {
	int64_t organisation_id;
	size_t stock;
};

struct chain_loader {
	struct record_store *store;
	const char *path; /* of what is read; NULL: everything the actor may read */
	struct chain_stock *stocks;
	size_t stock_count;
	struct chain_place *places;
	size_t place_count;
	struct list facts; /* struct chain_fact */
};

/* The stock of the organisation, or of the row's; SIZE_MAX: none. */
size_t chain_stock_find(const struct chain_loader *loader, int64_t organisation_id);
size_t chain_stock_of(const struct chain_loader *loader, const struct chain_rows *rows);
/* The case's place in the stock; SIZE_MAX: it is not there. */
size_t chain_case_find(const struct chain_stock *stock, int64_t id);
/* Adds the fact to the case of the stock. */
void chain_fact_add(struct chain_loader *loader, size_t stock, int64_t case_id,
		    struct case_fact fact);
/* To each of ",3,17,". */
void chain_fact_add_all(struct chain_loader *loader, size_t stock, struct str ids,
			struct case_fact fact);
date chain_earlier(date a, date b); /* DATE_NONE is no day */
date chain_later(date a, date b);

/* chain/words.c: the text of each case, as few words as its industry asks for. */
bool chain_load_words(struct chain_loader *loader, struct error *error) MUST_CHECK;
/* chain/regions.c: of stocks that are no centre's. */
bool chain_load_regions(struct chain_loader *loader, struct error *error) MUST_CHECK;
/* chain/facts.c: deals and their income, standards, awards, marks. */
bool chain_load_facts(struct chain_loader *loader, struct error *error) MUST_CHECK;
/* chain/products.c: products with their facts S1; their patents as ids of cases. */
bool chain_load_products(struct chain_loader *loader, struct error *error) MUST_CHECK;

#endif
