/* The settings file, as an operator's editor or a half written disk leaves it: read or refused. */
#include "base/config.h"
#include "base/file.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char folder[] = "/tmp/yucheng-fuzz-XXXXXX";

static void remove_folder(void)
{
	struct error ignored;

	if (!file_remove_tree(folder, &ignored))
		fprintf(stderr, "%s stays\n", folder);
}

static void must(bool done)
{
	if (!done)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static bool is_begun;
	struct arena *arena = arena_create(1 << 12);
	struct str content = { (const char *)data, size };
	struct error error = { .kind = ERROR_NONE };
	struct config_value value;
	struct config config;

	if (!is_begun) {
		must(mkdtemp(folder) != NULL);
		atexit(remove_folder);
		is_begun = true;
	}
	must(file_write_atomic(file_join(arena, folder, CONFIG_NAME), content, &error));
	if (config_read(arena, folder, &config, &error))
		for (size_t i = 0; config_value_at(&config, i, &value); i++)
			must(value.kind != CONFIG_TEXT || value.text != NULL);
	else
		must(error.kind == ERROR_INVALID || error.kind == ERROR_LIMIT);
	arena_destroy(arena);
	return 0;
}
