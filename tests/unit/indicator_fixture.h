#ifndef TESTS_INDICATOR_FIXTURE_H
#define TESTS_INDICATOR_FIXTURE_H

#include "rule/indicator.h"
#include "sheet_fixture.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

extern struct arena *arena; /* of the test that runs, between these two */
int set_up(void **state);
int tear_down(void **state);

date day(const char *text);
/* The cases of a list, lines of cells parted by |, with the table of industries that is built in. */
struct indicator_input input_of(const char *text, const char *as_of);
/* By the method that holds on the day of the input; "": the default one. */
struct indicator_result computed(const struct indicator_input *input, const char *id,
				 const char *method);
void assert_near(double got, double expected); /* to four decimals */

#endif
