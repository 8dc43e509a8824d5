#include "base/file.h"
#include "base/jsonout.h"
#include "demo/demo.h"
#include "import/publication_json.h"

enum { REPORT_EVERY = 500 };

static void add_line(const struct demo *demo, struct arena *arena, size_t i, struct strbuf *file)
{
	struct jsonout json = JSONOUT_TO(file);

	jsonout_object_begin(&json);
	jsonout_member_bool(&json, "demo_collection", true);
	publication_write_json(demo_publication(demo, arena, i), &json);
	jsonout_object_end(&json);
	strbuf_add_byte(file, '\n');
}

bool demo_write_file(const struct demo *demo, const char *path, demo_progress_fn *progress,
		     void *context, struct error *error)
{
	size_t count = demo_publication_count(demo);
	struct arena *arena = arena_create(1 << 16);
	struct strbuf file = STRBUF_INIT;
	bool ok;

	for (size_t i = 0; i < count; i++) {
		add_line(demo, arena, i, &file);
		arena_reset(arena);
		if (progress && i % REPORT_EVERY == 0)
			progress(context, (int64_t)i, (int64_t)count);
	}
	arena_destroy(arena);
	ok = file_write_atomic(path, strbuf_str(&file), error);
	strbuf_release(&file);
	return ok;
}
