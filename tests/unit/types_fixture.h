#ifndef TYPES_FIXTURE_H
#define TYPES_FIXTURE_H

#include "record/list.h"
#include "types/types.h"

/* Several persons at work on record types, on every database there is. */
#define BIT(role) ROLE_BIT(role)

extern const char types_database[]; /* the test program's own SQLite file */
const char *types_target(size_t i); /* the i-th database, NULL behind the last */
bool types_on_postgresql(const char *name);
struct db *types_open(const char *name); /* without anything in it */

/* Today is 2026-01-01. */
struct desk {
	struct record_store store;
	struct actor actor;
	struct field_errors errors;
	struct error error;
};

/* "name=value;name=value"; a value that cannot be read fails the test. organisation 0: the actor's. */
struct record *office_make(struct desk *office, const struct record_type *type,
			   int64_t organisation, const char *values);
int64_t office_add(struct desk *office, const struct record_type *type, int64_t organisation,
		   const char *values); /* its id, 0 when refused */
/* Was the last thing refused over that field alone? */
bool office_refused(const struct desk *office, const char *field, const char *key);
void office_be(struct desk *office, unsigned roles, int64_t organisation, const char *path,
	       int64_t user);
bool office_step(struct desk *office, const struct record_type *type, int64_t id, const char *name);
bool office_change(struct desk *office, const struct record_type *type, int64_t id,
		   const char *values);
bool office_sees(struct desk *office, const struct record_type *type, int64_t id);
const char *office_state(struct desk *office, const struct record_type *type, int64_t id);
void types_on_every_database(void (*test)(struct desk *office));

#define TEST(name)                                                                                 \
	static void test_##name(void **state)                                                      \
	{                                                                                          \
		(void)state;                                                                       \
		types_on_every_database(name);                                                     \
	}

#endif
