#include "base/strbuf.h"
#include "db/db.h"
#include "db/db_internal.h"

static const char create_version[] =
	"CREATE TABLE IF NOT EXISTS schema_version (number BIGINT NOT NULL)";
static const char read_version[] = "SELECT COALESCE(MAX(number), 0) FROM schema_version";
static const char add_version[] = "INSERT INTO schema_version (number) VALUES ($1)";

static void add_with(struct strbuf *sql, struct str text, struct str wanted, struct str instead)
{
	struct str part;

	for (bool more = false; str_split(&text, wanted, &part); more = true) {
		if (more)
			strbuf_add_str(sql, instead);
		strbuf_add_str(sql, part);
	}
}

/* What each database says in its own words. */
static void add_script(struct strbuf *sql, struct str script, const struct db_driver *driver)
{
	struct str part, table;

	for (bool more = false; str_split(&script, STR("{APPEND_ONLY:"), &part); more = true) {
		if (more) {
			str_split(&part, STR("}"), &table);
			add_with(sql, str_of(driver->append_only), STR("{TABLE}"), table);
		}
		add_with(sql, part, STR("{ID}"), str_of(driver->identity_column));
	}
}

static bool run_migration(struct db *db, const struct migration *migration, struct error *error)
{
	struct strbuf sql = STRBUF_INIT;
	bool done;

	add_script(&sql, *migration->script, db->driver);
	done = db_script(db, sql.data, error) &&
	       db_execute(db, add_version, DB_WITH(DB_INT(migration->number)), error);
	strbuf_release(&sql);
	return done;
}

bool db_is_new(struct db *db, bool *is_new_out, struct error *error)
{
	int64_t count;

	if (!db_execute_returning(db, db->driver->count_versions, DB_WITHOUT, &count, error))
		return false;
	*is_new_out = count == 0;
	return true;
}

static bool find_version(struct db *db, int64_t newest, int64_t *version_out, struct error *error)
{
	bool is_new;

	*version_out = 0;
	if (!db_is_new(db, &is_new, error))
		return false;
	if (!is_new && !db_execute_returning(db, read_version, DB_WITHOUT, version_out, error))
		return false;
	return *version_out <= newest || error_set(error, ERROR_CONFLICT, "db.newer", "%lld > %lld",
						   (long long)*version_out, (long long)newest);
}

/* Others may have run the same migrations before this one had the lock. */
static bool run_migrations(struct db *db, const struct migration *migrations, size_t count,
			   struct error *error)
{
	const char *lock = db->driver->lock_schema;
	int64_t version, newest = migrations[count - 1].number;

	if ((lock && !db_script(db, lock, error)) || !db_script(db, create_version, error) ||
	    !find_version(db, newest, &version, error))
		return false;
	for (size_t i = 0; i < count; i++)
		if (migrations[i].number > version && !run_migration(db, &migrations[i], error))
			return false;
	return true;
}

bool db_migrate(struct db *db, const struct migration *migrations, size_t count,
		struct error *error)
{
	int64_t version, newest = count ? migrations[count - 1].number : 0;

	/* without the write lock, for which a start might wait long */
	if (!find_version(db, newest, &version, error))
		return false;
	if (version == newest)
		return true;
	if (db_begin(db, error) && run_migrations(db, migrations, count, error))
		return db_commit(db, error);
	db_rollback(db);
	return false;
}
