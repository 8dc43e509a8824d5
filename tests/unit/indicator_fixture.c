#include "indicator_fixture.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

struct arena *arena;

int set_up(void **state)
{
	(void)state;
	arena = arena_create(1 << 16);
	return 0;
}

int tear_down(void **state)
{
	(void)state;
	arena_destroy(arena);
	return 0;
}

date day(const char *text)
{
	date d = DATE_NONE;

	assert_true(date_parse(str_of(text), &d));
	return d;
}

struct indicator_input input_of(const char *text, const char *as_of)
{
	struct indicator_input input = { .as_of = day(as_of),
					 .from = DATE_NONE,
					 .baseline = -1,
					 .region = STR("四川"),
					 .nation = STR("全国"),
					 .high_value = { .sei = sei_table_default(arena) } };
	struct sheet sheet = sheet_of(arena, text);
	struct patent_case *cases;
	struct error error = { .kind = ERROR_NONE };

	if (!case_list_read(arena, &sheet, &cases, &input.case_count, &error))
		fail_msg("%s %s", error.key, error.detail);
	input.cases = cases;
	return input;
}

struct indicator_result computed(const struct indicator_input *input, const char *id,
				 const char *method)
{
	struct indicator_result result;
	const struct indicator_method *found = indicator_method_find(str_of(id), str_of(method),
								     input->as_of);

	assert_non_null(found);
	indicator_compute(arena, found, input, &result);
	return result;
}

void assert_near(double got, double expected)
{
	if (!(fabs(got - expected) < 0.00005))
		fail_msg("%.6f instead of %.6f", got, expected);
}
