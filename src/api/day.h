#ifndef API_DAY_H
#define API_DAY_H

#include "base/date.h"
#include "base/error.h"

/* job_options.day_begins of a struct api_worker. */
bool api_day_begins(void *worker, date today, struct error *error) MUST_CHECK;

#endif
