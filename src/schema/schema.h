#ifndef SCHEMA_SCHEMA_H
#define SCHEMA_SCHEMA_H

#include "db/db.h"

/* The list of all migrations of the program: schema/migrations/NNNN_what.sql, forward only. */

/* Brings the tables to today's. A database newer than the program: ERROR_CONFLICT "db.newer". */
bool schema_migrate(struct db *db, struct error *error) MUST_CHECK;
/* Up to a number, for the tests that start from an older schema. */
bool schema_migrate_to(struct db *db, int number, struct error *error) MUST_CHECK;
int schema_newest(void);

#endif
