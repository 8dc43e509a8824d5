#include "schema/schema.h"

extern const struct str migration_0001, migration_0002, migration_0003, migration_0004,
	migration_0005, migration_0006;

static const struct migration migrations[] = {
	{ 1, &migration_0001 }, /* library */
	{ 2, &migration_0002 }, /* what all records share */
	{ 3, &migration_0003 }, /* people, navigation, yearly tasks */
	{ 4, &migration_0004 }, /* accounts, sessions, tokens */
	{ 5, &migration_0005 }, /* jobs */
	{ 6, &migration_0006 }, /* audit log */
};

enum { MIGRATION_COUNT = sizeof(migrations) / sizeof(migrations[0]) };

bool schema_migrate(struct db *db, struct error *error)
{
	return db_migrate(db, migrations, MIGRATION_COUNT, error);
}

bool schema_migrate_to(struct db *db, int number, struct error *error)
{
	size_t count = 0;

	while (count < MIGRATION_COUNT && migrations[count].number <= number)
		count++;
	return db_migrate(db, migrations, count, error);
}

int schema_newest(void)
{
	return migrations[MIGRATION_COUNT - 1].number;
}
