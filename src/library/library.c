#include "library/library.h"
#include "base/file.h"
#include "base/memory.h"
#include "library/library_internal.h"
#include "schema/schema.h"

#include <zstd.h>

static bool open_database(const char *folder, struct library *library, struct error *error)
{
	struct arena *arena = arena_create(512);
	bool done = db_open(file_join(arena, folder, "yucheng.db"), &library->db, error) &&
		    schema_migrate(library->db, error);

	arena_destroy(arena);
	return done;
}

bool library_open(const char *folder, bool create, struct library **library_out,
		  struct error *error)
{
	struct arena *arena = arena_create(512);
	bool exists = file_exists(file_join(arena, folder, "yucheng.db"));
	struct library *library;

	arena_destroy(arena);
	if (!exists && !create)
		return error_set(error, ERROR_NOT_FOUND, "library.missing", "%s", folder);
	if (!exists && !file_make_folder(folder, error))
		return false;
	library = memory_alloc_zeroed(1, sizeof(*library));
	library->folder = memory_alloc(strlen(folder) + 1);
	memcpy(library->folder, folder, strlen(folder) + 1);
	library->organisation_id = 1;
	library->packer = ZSTD_createCCtx();
	library->unpacker = ZSTD_createDCtx();
	library->encoded = STRBUF_INIT;
	library->packed = STRBUF_INIT;
	if (!open_database(folder, library, error)) {
		library_close(library);
		return false;
	}
	*library_out = library;
	return true;
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
