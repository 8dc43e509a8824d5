#ifndef RECORD_FIXTURE_H
#define RECORD_FIXTURE_H

#include "base/file.h"
#include "base/strbuf.h"
#include "record/beside.h"
#include "record/list.h"
#include "record/secret.h"
#include "types/types.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

/*
 * A province, two cities, three centres, people in them, and a small type with every kind of scope:
 * what a row of it holds is of no interest, who sees it is.
 */
enum {
	THING_TITLE,
	THING_AMOUNT,
	THING_DUE_ON,
	THING_OWNER,
	THING_HELPERS,
	THING_KIND,
	THING_TAGS,
	THING_OTHER,
	THING_PHONE,
	THING_NOTE,
	THING_WEIGHT,
	THING_IS_GOOD,
	THING_CODE,
	THING_COUNT,
	THING_REGION,
	THING_NUMBER,
	THING_FILE,
	THING_FIELD_COUNT
};
extern const struct record_type thing_type;

enum { PROVINCE = 1, CITY_A, CITY_B, CENTRE_1, CENTRE_2, CENTRE_3, ORGANISATION_COUNT = 6 };

struct world {
	struct db *db;
	struct arena *arena;
	struct record_store store;
	struct secret_key key;
	struct actor actors[64];
	size_t actor_count;
	int audit_count;
	char audit_last[80];
};

/* The databases to test: SQLite, then PostgreSQL when YUCHENG_POSTGRESQL names a server. */
const char *fixture_target(size_t i);
void world_open(struct world *world, const char *target);
void world_close(struct world *world);
/* Acts as this person from now on. Users are numbered from 1 in the order they are first named. */
void world_be(struct world *world, unsigned roles, int64_t organisation, int64_t user);
void world_be_operator(struct world *world);
/* A new thing with this title of whoever acts; its id, or 0 with the error. */
int64_t world_add(struct world *world, const char *title, struct error *error);
/* Makes the step; or the error. */
bool world_step(struct world *world, int64_t id, const char *step, struct error *error);
bool world_sees(struct world *world, int64_t id);

#endif
