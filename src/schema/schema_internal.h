#ifndef SCHEMA_SCHEMA_INTERNAL_H
#define SCHEMA_SCHEMA_INTERNAL_H

#include "db/db.h"

/* The files of schema/migrations, by number; the build makes the table. */
extern const struct migration schema_migrations[];
extern const size_t schema_migration_count;

#endif
