/* The configuration file, and the lines of the log. */
#include "base/config.h"
#include "base/file.h"
#include "base/log.h"
#include "base/strbuf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include <unistd.h>

static const char folder[] = "test_config.data";

static bool read_text(struct arena *arena, const char *text, struct config *config,
		      struct error *error)
{
	assert_true(file_make_folder(folder, error));
	assert_true(file_write_atomic(file_join(arena, folder, CONFIG_NAME), str_of(text), error));
	return config_read(arena, folder, config, error);
}

static void what_is_not_named_keeps_its_default(void **state)
{
	const struct config usual = config_default();
	struct arena *arena = arena_create(1024);
	struct config config;
	struct error error;

	(void)state;
	assert_true(file_remove_tree(folder, &error));
	assert_true(config_read(arena, folder, &config, &error));
	assert_string_equal(config.listen, usual.listen);
	assert_true(read_text(arena,
			      "# a comment\r\n\r\n  workers = 3\r\nlisten=[::1]:80 \n"
			      "database = \"postgresql:///x?a=b\"\nrequest_log = no",
			      &config, &error));
	assert_int_equal(config.workers, 3);
	assert_string_equal(config.listen, "[::1]:80");
	assert_string_equal(config.database, "postgresql:///x?a=b");
	assert_false(config.request_log);
	assert_int_equal(config.queue_max, usual.queue_max);
	arena_destroy(arena);
}

static void a_wrong_line_is_named(void **state)
{
	static const struct {
		const char *text, *key, *hint;
		int64_t at;
	} cases[] = {
		{ "workers", "config.line", "", 1 },
		{ "\n\nworker = 3", "config.unknown", "workers", 3 },
		{ "zzzzzzzzzzzz = 3", "config.unknown", "", 1 },
		{ "workers = 3\nworkers = 4", "config.twice", "", 2 },
		{ "workers = 0", "config.value", "1 … 64", 1 },
		{ "workers = 3x", "config.value", "1 … 64", 1 },
		{ "workers =", "config.value", "1 … 64", 1 },
		{ "workers = 99999999999999999999", "config.value", "1 … 64", 1 },
		{ "request_log = true", "config.value", "yes, no", 1 },
		{ "tls_key = key.pem", "config.tls_pair", "", -1 },
	};
	struct arena *arena = arena_create(1024);

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct config config;
		struct error error;

		assert_false(read_text(arena, cases[i].text, &config, &error));
		assert_string_equal(error.key, cases[i].key);
		assert_int_equal(error.at, cases[i].at);
		assert_string_equal(error.hint, cases[i].hint);
	}
	arena_destroy(arena);
}

static void a_file_without_end_is_refused(void **state)
{
	struct arena *arena = arena_create(1024);
	char *text = arena_alloc(arena, 200001);
	struct config config;
	struct error error;

	(void)state;
	memset(text, '#', 200000);
	assert_false(read_text(arena, text, &config, &error));
	assert_int_equal(error.kind, ERROR_LIMIT);
	arena_destroy(arena);
}

static void nobody_forges_a_log_line(void **state)
{
	struct strbuf line = STRBUF_INIT;
	const struct log_item items[] = { LOG_STR("user", "a\n2026 error"),
					  LOG_STR("none", NULL),
					  LOG_STR("path", "/x"),
					  LOG_STR("empty", ""),
					  LOG_STR("q", "a\"b\\c=d"),
					  LOG_INT("ms", -5) };

	(void)state;
	log_format(&line, 1795262400123, LOG_WARN, "request", items,
		   sizeof(items) / sizeof(items[0]));
	assert_string_equal(line.data,
			    "2026-11-21T12:00:00.123Z warn request user=\"a\\x0a2026 error\" "
			    "path=/x empty=\"\" q=\"a\\\"b\\\\c=d\" ms=-5\n");
	strbuf_release(&line);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_not_named_keeps_its_default),
		cmocka_unit_test(a_wrong_line_is_named),
		cmocka_unit_test(a_file_without_end_is_refused),
		cmocka_unit_test(nobody_forges_a_log_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
