#ifndef CHAIN_NAMES_H
#define CHAIN_NAMES_H

#include "base/jsonout.h"
#include "record/record.h"

/* What cases and people are called, for answers that name many of them. Only those the actor may read. */
struct chain_case_name {
	int64_t id;
	const char *docket, *title, *state, *grade; /* grade "": none */
};

struct chain_names {
	struct chain_case_name *cases;
	size_t case_count;
	struct record_title *users;
	size_t user_count;
};

/* ids may stand there twice, and be 0. */
bool chain_names_load(struct record_store *store, const int64_t *case_ids, const int64_t *user_ids,
		      size_t count, struct chain_names *names_out, struct error *error) MUST_CHECK;
const struct chain_case_name *chain_case_name(const struct chain_names *names, int64_t id);
/* "case": {"id","docket","title"} or null */
void chain_write_case(struct jsonout *json, const struct chain_names *names, int64_t id);
/* "owner": {"id","name"} or null */
void chain_write_owner(struct jsonout *json, const struct chain_names *names, int64_t id);

#endif
