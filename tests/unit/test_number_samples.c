/*
 * Every publication and application number in the real files, where they are at hand
 * (YUCHENG_SAMPLES, or ../shared/samples beside the source tree): each is recognised, and the check
 * digits of Chinese application numbers are right.
 */
#include "base/file.h"
#include "import/reader.h"
#include "patent/number.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

/* Files and the cells that hold numbers, with the office where the file's numbers have none. */
static const struct sample {
	const char *file, *path, *office;
	size_t least; /* numbers there */
} samples[] = {
	{ "cnipr-xlsx/cnipr-199.xlsx", "申请号", "CN", 199 },
	{ "cnipr-xlsx/cnipr-199.xlsx", "公开（公告）号", "CN", 199 },
	{ "cn-table-xlsx/taian-7384.xlsx", "申请号", "CN", 7384 },
	{ "cn-pss-xls/v3.xls", "申请号", "CN", 744 },
	{ "google-csv/gp-search.csv", "id", "", 4264 },
	{ "lens-csv/lens-300.csv", "Publication Number", "", 300 },
	{ "lens-csv/lens-300.csv", "Application Number", "", 300 },
	{ "patentscope-xls/patentscope_pizza_2012_2015_6177.xls", "Publication Number", "", 6177 },
};

struct tally {
	size_t all, unknown, checked, wrong;
};

static void count(struct tally *tally, const struct sample *sample, struct str value)
{
	struct number number;

	tally->all++;
	number_parse(value, str_of(sample->office), &number);
	if (number.what == NUMBER_UNKNOWN && tally->unknown++ < 5)
		print_message("%s: unknown %.*s\n", sample->file, STR_ARGS(value));
	tally->checked += number.check != NUMBER_CHECK_ABSENT;
	if (number.check == NUMBER_CHECK_INVALID && tally->wrong++ < 5)
		print_message("%s: wrong %.*s\n", sample->file, STR_ARGS(value));
}

static void read_all(struct reader *reader, const struct sample *sample, struct tally *tally)
{
	struct arena *arena = arena_create(0);
	enum read_result result = READ_ROW;
	struct error error;
	struct row row;

	while (result == READ_ROW || result == READ_BAD_ROW) {
		result = reader_next(reader, arena, &row, &error);
		for (size_t i = 0; result == READ_ROW && i < row.count; i++)
			if (str_equal_cstr(row.cells[i].path, sample->path))
				count(tally, sample, row.cells[i].value);
		arena_reset(arena);
	}
	assert_int_equal(result, READ_END);
	arena_destroy(arena);
}

static const char *samples_folder(struct arena *arena)
{
	const char *folder = getenv("YUCHENG_SAMPLES"), *source = getenv("YUCHENG_SOURCE");

	return folder ? folder : arena_printf(arena, "%s/../shared/samples", source ? source : ".");
}

static void numbers_of_the_samples(void **state)
{
	struct arena *arena = arena_create(0);
	const char *folder = samples_folder(arena);

	(void)state;
	if (!file_is_folder(folder)) {
		arena_destroy(arena);
		skip();
	}
	for (size_t i = 0; i < sizeof(samples) / sizeof(samples[0]); i++) {
		struct tally tally = { 0 };
		struct reader *reader;
		struct error error;

		assert_true(reader_open(arena, file_join(arena, folder, samples[i].file), NULL,
					&reader, &error));
		read_all(reader, &samples[i], &tally);
		reader_close(reader);
		assert_true(tally.all >= samples[i].least);
		assert_true(tally.unknown == 0);
		assert_true(tally.wrong == 0);
	}
	arena_destroy(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_of_the_samples),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
