#ifndef DEMO_DATA_H
#define DEMO_DATA_H

#include "base/str.h"

/* The files of data/demo, in the program. */
extern const struct str demo_data_common, demo_data_workspace, demo_data_history;

struct demo_field_data {
	const char *code; /* of the file names */
	const struct str *words, *technology, *effect;
};
enum { DEMO_FIELD_COUNT = 5 };
extern const struct demo_field_data demo_field_data[DEMO_FIELD_COUNT];

#endif
