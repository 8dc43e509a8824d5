/*
 * Runs a fuzz target over every file of the folders named: what fuzzing once found, and the seeds
 * it starts from, stay tested in every build.
 */
#include "base/file.h"

#include <dirent.h>
#include <stdio.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { INPUT_SIZE_MAX = 16 << 20 };

static int replay_folder(const char *folder)
{
	DIR *files = opendir(folder);
	struct dirent *entry;
	int count = 0;

	while (files && (entry = readdir(files))) {
		struct arena *arena = arena_create(0);
		const char *path = file_join(arena, folder, entry->d_name);
		struct error error;
		struct str content;

		if (!file_is_folder(path) &&
		    file_read(arena, path, INPUT_SIZE_MAX, &content, &error)) {
			LLVMFuzzerTestOneInput((const uint8_t *)content.data, content.size);
			count++;
		}
		arena_destroy(arena);
	}
	if (files)
		closedir(files);
	return count;
}

int main(int count, char **arguments)
{
	int replayed = 0;

	for (int i = 1; i < count; i++)
		replayed += replay_folder(arguments[i]);
	printf("%d inputs\n", replayed);
	return replayed > 0 ? 0 : 1;
}
