#include "job/job_internal.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { TEXT_SIZE = 64, STARTED_FIELD = 22 };

/* The file's first word, "" when it cannot be read. */
static void read_word(const char *path, char word[TEXT_SIZE])
{
	FILE *file = fopen(path, "re");

	word[0] = 0;
	if (!file)
		return;
	if (fscanf(file, "%63s", word) != 1)
		word[0] = 0;
	fclose(file);
}

/* Machine and process namespace: where a process number means one process. */
static void read_place(char place[WORKER_NAME_SIZE])
{
	char boot[TEXT_SIZE], space[TEXT_SIZE];
	ssize_t size = readlink("/proc/self/ns/pid", space, sizeof(space) - 1);

	space[size > 0 ? size : 0] = 0;
	read_word("/proc/sys/kernel/random/boot_id", boot);
	snprintf(place, WORKER_NAME_SIZE, "%s/%s", boot, space);
}

/* When the process began, in ticks since boot (proc(5), stat, field 22); 0: there is none. */
static unsigned long long started_at(long pid)
{
	char path[TEXT_SIZE], line[1024];
	unsigned long long ticks = 0;
	const char *at;
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%ld/stat", pid);
	file = fopen(path, "re");
	if (!file)
		return 0;
	at = fgets(line, sizeof(line), file) ? strrchr(line, ')')
					     : NULL; /* the name may hold any */
	fclose(file);
	/* behind the name's bracket comes field 3 */
	for (int field = 2; at && field < STARTED_FIELD; field++)
		at = strchr(at + 1, ' ');
	if (!at || sscanf(at, "%llu", &ticks) != 1)
		return 0;
	return ticks;
}

void worker_name(char name[WORKER_NAME_SIZE])
{
	char place[WORKER_NAME_SIZE];

	read_place(place);
	if (snprintf(name, WORKER_NAME_SIZE, "%s/%ld/%llu", place, (long)getpid(),
		     started_at(getpid())) >= WORKER_NAME_SIZE)
		name[WORKER_NAME_SIZE - 1] = 0;
}

bool worker_is_gone(const char *name)
{
	char place[WORKER_NAME_SIZE];
	unsigned long long began;
	size_t size;
	long pid;

	read_place(place);
	size = strlen(place);
	if (place[0] == '/' || strncmp(name, place, size) != 0 ||
	    sscanf(name + size, "/%ld/%llu", &pid, &began) != 2 || began == 0)
		return false;
	return started_at(pid) != began;
}
