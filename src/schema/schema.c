#include "schema/schema.h"
#include "schema/schema_internal.h"

bool schema_migrate(struct db *db, struct error *error)
{
	return db_migrate(db, schema_migrations, schema_migration_count, error);
}

bool schema_migrate_to(struct db *db, int number, struct error *error)
{
	size_t count = 0;

	while (count < schema_migration_count && schema_migrations[count].number <= number)
		count++;
	return db_migrate(db, schema_migrations, count, error);
}

int schema_newest(void)
{
	return schema_migrations[schema_migration_count - 1].number;
}
