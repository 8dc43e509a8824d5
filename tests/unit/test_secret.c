/* Sensitive values at rest, and their key file. */
#include "base/file.h"
#include "record/secret.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <sys/stat.h>
#include <unistd.h>

static const char path[] = "test_secret.key";

static void what_is_sealed_opens(void **state)
{
	static const char *const texts[] = { "", "1", "13812345678", "510100199001011234",
					     "张三丰" };
	struct arena *arena = arena_create(4096);
	struct secret_key key = { { 1, 2, 3 } }, other = { { 4 } };
	struct str plain;

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		const char *sealed = secret_seal(&key, arena, str_of(texts[i]));
		char *changed = arena_copy(arena, sealed, strlen(sealed));

		assert_true(secret_open(&key, arena, str_of(sealed), &plain));
		assert_true(str_equal_cstr(plain, texts[i]));
		assert_false(secret_open(&other, arena, str_of(sealed), &plain));
		assert_string_not_equal(sealed, secret_seal(&key, arena, str_of(texts[i])));
		for (size_t at = 0; at < strlen(sealed) - 1; at++) {
			changed[at] = changed[at] == 'A' ? 'B' : 'A';
			assert_false(secret_open(&key, arena, str_of(changed), &plain));
			changed[at] = sealed[at];
		}
		assert_false(secret_open(&key, arena, str_slice(str_of(sealed), 0, 20), &plain));
	}
	assert_false(secret_open(&key, arena, STR(""), &plain));
	assert_false(secret_open(&key, arena, STR("13812345678"), &plain));
	arena_destroy(arena);
}

static void masks_tell_little(void **state)
{
	static const struct {
		const char *plain, *mask;
	} rows[] = {
		{ "13812345678", "138****5678" },
		{ "510100199001011234", "510***********1234" },
		{ "张三丰", "张**" },
		{ "李", "*" },
		{ "", "" },
		{ "a@b.cn", "a*****" },
	};
	struct arena *arena = arena_create(4096);

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_string_equal(secret_mask(arena, str_of(rows[i].plain)), rows[i].mask);
	arena_destroy(arena);
}

static void the_key_file_is_ones_own(void **state)
{
	struct secret_key key, again;
	struct stat status;
	struct error error;

	(void)state;
	unlink(path);
	assert_false(secret_read_key(path, &key, &error));
	assert_true(secret_make_key(path, &error));
	assert_int_equal(stat(path, &status), 0);
	assert_int_equal(status.st_mode & 0777, 0600);
	assert_true(secret_read_key(path, &key, &error));
	assert_true(secret_make_key(path, &error)); /* left alone */
	assert_true(secret_read_key(path, &again, &error));
	assert_memory_equal(&key, &again, sizeof(key));
	assert_int_equal(chmod(path, 0640), 0);
	assert_false(secret_read_key(path, &key, &error));
	assert_string_equal(error.key, "record.secret_mode");
	assert_int_equal(chmod(path, 0600), 0);
	assert_true(file_write_atomic(path, STR("no key"), &error));
	assert_int_equal(chmod(path, 0600), 0);
	assert_false(secret_read_key(path, &key, &error));
	assert_string_equal(error.key, "record.secret_key");
	unlink(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_sealed_opens),
		cmocka_unit_test(masks_tell_little),
		cmocka_unit_test(the_key_file_is_ones_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
