#ifndef CHAIN_LAYOUT_H
#define CHAIN_LAYOUT_H

#include "base/jsonout.h"
#include "record/record.h"
#include "rule/case_state.h"

#define LAYOUT_MAP_CLAUSE "2.4-f 2.7-c" /* what it serves of the policy */

/*
 * The map of a portfolio: its subjects (layout plans) by countries and types, what was planned, what was
 * filed, what is missing, and what the portfolio is worth counting. Under the actor's grants: cases the
 * actor may not read are counted as hidden, and nothing else of them.
 */
struct layout_case {
	int64_t id;
	struct str docket, title, family;
	char grade; /* S A B C D, or 0 */
	char office[3];
	enum patent_type type;
	const struct case_state *state;
	date filed, granted, term_end; /* last day of the term, with its adjustment */
	bool is_live;                  /* filed, and not ended */
	bool is_member;                /* of the portfolio, not only of a plan */
};

/* A layout plan; the last one, without id, takes the cases no plan names. */
struct layout_subject {
	int64_t id;
	struct str title, countries, markets, types; /* "CN,US"; types ",invention," */
	struct str case_ids;                         /* ",3,17," */
	date first_filed, due;                       /* of the priority year */
	size_t *cases;                               /* places in the map's cases */
	size_t case_count;
};

struct layout_link {
	int64_t id;
	struct str title;
};

struct layout_map {
	const struct record *portfolio;
	date today;
	struct layout_subject *subjects;
	size_t subject_count;
	struct layout_case *cases;
	size_t case_count, hidden_count;
	struct layout_link *products; /* that name a case of the portfolio, or are its product */
	size_t product_count;
	const struct office **countries; /* China first, then by code */
	size_t country_count;
};

/* A subject in a country. */
struct layout_cell {
	bool is_planned, is_market;
	bool is_covered; /* something live is filed there, or at a regional office it belongs to */
	bool is_missing; /* planned, or a market no planned office covers, and not covered */
	size_t case_count, live_count; /* filed at that very office */
};

bool layout_map_load(struct record_store *store, const struct record *portfolio,
		     struct layout_map *map_out, struct error *error) MUST_CHECK;
struct layout_cell layout_cell_of(const struct layout_map *map,
				  const struct layout_subject *subject,
				  const struct office *country);
/* One object. */
void layout_map_write(struct arena *arena, const struct layout_map *map, struct jsonout *json);

#endif
