#include "base/strbuf.h"
#include "db/db_internal.h"

bool db_copy(struct db *db, const char *path, struct error *error)
{
	struct strbuf sql = STRBUF_INIT;
	bool done;

	if (!db->driver->copy)
		return error_set(error, ERROR_INVALID, "db.copy", "%s", path);
	strbuf_addf(&sql, "%s '", db->driver->copy);
	for (const char *at = path; *at; at++) {
		strbuf_add_byte(&sql, *at);
		if (*at == '\'')
			strbuf_add_byte(&sql, '\'');
	}
	strbuf_add_byte(&sql, '\'');
	done = db_script(db, sql.data, error);
	strbuf_release(&sql);
	return done;
}
