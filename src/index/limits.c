#include "base/clock.h"
#include "index/index.h"

bool search_may_go_on(const struct search_limits *limits, struct error *error)
{
	if (!limits)
		return true;
	if (limits->cancelled && atomic_load_explicit(limits->cancelled, memory_order_relaxed))
		return error_set(error, ERROR_CANCELLED, "index.cancelled", " ");
	if (limits->deadline_ms > 0 && clock_monotonic_ms() > limits->deadline_ms)
		return error_set(error, ERROR_LIMIT, "index.deadline", " ");
	if (limits->memory_max > 0 && arena_held(limits->arena) > limits->memory_max)
		return error_set(error, ERROR_LIMIT, "index.memory", "%zu",
				 limits->memory_max >> 20);
	return !limits->may_go_on || limits->may_go_on(limits->context, error);
}
