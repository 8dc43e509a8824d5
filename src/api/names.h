#ifndef API_NAMES_H
#define API_NAMES_H

#include "api/call.h"

/*
 * What people and organisations are called, by their ids: a list asks once for all of its rows. For
 * lists that are no records; records have record/labels.h, which looks at grants.
 */
enum names_of { NAMES_OF_USERS, NAMES_OF_ORGANISATIONS, NAMES_OF_LOGINS, NAMES_OF_COUNT };

struct names;
struct names *names_create(struct arena *arena);
/* ids below 1 and those asked for already are passed over; a statement for 32 others. */
bool names_add(struct names *names, struct db *db, enum names_of of, const int64_t *ids,
	       size_t count, struct error *error) MUST_CHECK;
/* NULL when there is none, or no longer. */
const char *names_find(const struct names *names, enum names_of of, int64_t id);

#endif
