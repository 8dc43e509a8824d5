#include "library/library.h"
#include "base/config.h"
#include "base/file.h"
#include "base/memory.h"
#include "library/library_internal.h"
#include "schema/schema.h"

#include <zstd.h>

/* The database the configuration names, or the folder's own file, which must be there or wanted. */
static bool find_database(struct arena *arena, const char *folder, bool create,
			  const char **target_out, struct error *error)
{
	struct config config;

	if (!config_read(arena, folder, &config, error))
		return false;
	*target_out = config.database;
	if (*config.database)
		return true;
	*target_out = file_join(arena, folder, "yucheng.db");
	if (file_exists(*target_out))
		return true;
	if (!create)
		return error_set(error, ERROR_NOT_FOUND, "library.missing", "%s", folder);
	return file_make_folder(folder, error);
}

static struct library *make_library(const char *folder)
{
	struct library *library = memory_alloc_zeroed(1, sizeof(*library));

	library->folder = memory_alloc(strlen(folder) + 1);
	memcpy(library->folder, folder, strlen(folder) + 1);
	library->organisation_id = 1;
	library->packer = ZSTD_createCCtx();
	library->unpacker = ZSTD_createDCtx();
	library->encoded = STRBUF_INIT;
	library->packed = STRBUF_INIT;
	return library;
}

/* The database of a server is there before anything is in it. */
static bool open_database(struct library *library, const char *target, bool create,
			  struct error *error)
{
	bool is_new;

	if (!db_open(target, &library->db, error) || !db_is_new(library->db, &is_new, error))
		return false;
	if (is_new && !create)
		return error_set(error, ERROR_NOT_FOUND, "library.missing", "%s", library->folder);
	return schema_migrate(library->db, error);
}

bool library_open(const char *folder, bool create, struct library **library_out,
		  struct error *error)
{
	struct arena *arena = arena_create(4096);
	struct library *library = NULL;
	const char *target;
	bool done = find_database(arena, folder, create, &target, error);

	if (done) {
		library = make_library(folder);
		done = open_database(library, target, create, error);
	}
	arena_destroy(arena);
	if (done)
		*library_out = library;
	else
		library_close(library);
	return done;
}

void library_close(struct library *library)
{
	if (!library)
		return;
	db_close(library->db);
	ZSTD_freeCCtx(library->packer);
	ZSTD_freeDCtx(library->unpacker);
	strbuf_release(&library->encoded);
	strbuf_release(&library->packed);
	memory_free(library->folder);
	memory_free(library);
}

const char *library_folder(const struct library *library)
{
	return library->folder;
}

struct db *library_database(struct library *library)
{
	return library->db;
}

void library_use_organisation(struct library *library, int64_t organisation_id)
{
	library->organisation_id = organisation_id;
}

bool library_begin(struct library *library, struct error *error)
{
	if (library->ask && !library->ask(library->ask_context, error))
		return false;
	return db_begin(library->db, error);
}

void library_ask_at_begin(struct library *library, library_ask_fn *ask, void *context)
{
	library->ask = ask;
	library->ask_context = context;
}

bool library_commit(struct library *library, struct error *error)
{
	return db_commit(library->db, error);
}

void library_rollback(struct library *library)
{
	db_rollback(library->db);
}
