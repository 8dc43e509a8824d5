#include "base/fault.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

static const char *wanted;
static size_t wanted_size;
static atomic_long left;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void read_setting(void)
{
	const char *setting = getenv("YUCHENG_FAULT");
	const char *colon = setting ? strrchr(setting, ':') : NULL;

	if (!colon)
		return;
	wanted_size = (size_t)(colon - setting);
	atomic_store(&left, strtol(colon + 1, NULL, 10));
	wanted = setting;
}

void fault_point(const char *name)
{
	pthread_once(&once, read_setting);
	if (!wanted || strlen(name) != wanted_size || memcmp(name, wanted, wanted_size) != 0)
		return;
	if (atomic_fetch_sub(&left, 1) == 1)
		raise(SIGKILL);
}
