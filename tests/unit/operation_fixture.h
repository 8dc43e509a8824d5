#ifndef OPERATION_FIXTURE_H
#define OPERATION_FIXTURE_H

#include "types/operation.h"
#include "types_fixture.h"

/* A centre with patents in several states, for the tests of what they are put to. */
enum { BUREAU = 1, CENTRE = 2, OTHER_CENTRE = 3, AGENT = 4 };
enum { MANAGER_ID = 1, DIRECTOR_ID, FINANCE_ID, OTHER_ID };
/* The cases; the last is the other centre's. */
enum { INVENTION = 1, UTILITY, CO_OWNED, PENDING, DEAD, FOREIGN_CASE };

void settle_operation(struct desk *office); /* the manager sits at the desk then */
void be_manager(struct desk *office);
void be_director(struct desk *office);
void be_finance(struct desk *office);
void be_bureau(struct desk *office);
/* Sets columns of a case as time would. */
void put_case(struct desk *office, int64_t id, const char *set);
/* The value of a field as a person reads it. */
const char *shown(struct desk *office, const struct record_type *type, int64_t id, size_t field);
void expect_refused(const struct desk *office, const char *field, const char *key);
/* A file where a field wants one. */
void attach(struct desk *office, const struct record_type *type, int64_t id, const char *field);

#endif
