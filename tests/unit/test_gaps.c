#include "index/gaps_internal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdlib.h>

static struct byte_reader reader_of(const void *bytes, size_t size)
{
	return (struct byte_reader){ bytes, (const uint8_t *)bytes + size, false };
}

static void check_round_trip(const uint32_t *values, size_t count)
{
	struct strbuf bytes = STRBUF_INIT;
	uint16_t *read = calloc(count, sizeof(*read));
	struct byte_reader reader;

	gaps_write(&bytes, values, count);
	reader = reader_of(bytes.data, bytes.size);
	assert_true(gaps_read(&reader, (uint32_t)count, read));
	assert_ptr_equal(reader.at, reader.end);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(read[i], values[i]);
	free(read);
	strbuf_release(&bytes);
}

static void every_length_of_code_comes_back(void **state)
{
	static const uint32_t values[] = {
		0, 1, 192, 384, 16703, 33023, 49342, 49343, 65534, 65535
	};

	(void)state;
	for (size_t from = 0; from < sizeof(values) / sizeof(values[0]); from++)
		check_round_trip(values + from, sizeof(values) / sizeof(values[0]) - from);
}

static void random_sets_come_back(void **state)
{
	uint32_t values[4096];

	(void)state;
	srand(7);
	for (int round = 0; round < 400; round++) {
		uint32_t most = 1u << (1 + round % 15), value = 0;
		size_t count = 0;

		for (; count < 4096; count++) {
			value += (uint32_t)rand() % most + (count > 0);
			if (value > UINT16_MAX)
				break;
			values[count] = value;
		}
		check_round_trip(values, count);
	}
}

static void what_is_no_ascending_set_is_refused(void **state)
{
	static const struct {
		uint8_t bytes[12];
		size_t size;
		uint32_t count;
	} bad[] = {
		{ { 1 }, 1, 2 },   /* too short */
		{ { 192 }, 1, 1 }, /* half a code */
		{ { 255, 1 }, 2, 1 },
		{ { 5, 0 }, 2, 2 }, /* the same value again */
		{ { 1, 1, 1, 1, 1, 1, 1, 1, 0 }, 9, 9 },
		{ { 255, 255, 255, 1 }, 4, 2 }, /* above 65,535 */
		{ { 255, 255, 255, 255, 255, 255 }, 6, 2 },
	};
	uint16_t read[16];

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct byte_reader reader = reader_of(bad[i].bytes, bad[i].size);

		assert_false(gaps_read(&reader, bad[i].count, read));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_length_of_code_comes_back),
		cmocka_unit_test(random_sets_come_back),
		cmocka_unit_test(what_is_no_ascending_set_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
