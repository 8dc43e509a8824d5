/* A data folder that is written to while it is saved, and what becomes of damaged backups. */
#include "backup/backup.h"
#include "backup/tar.h"
#include "base/file.h"
#include "db/db.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <cmocka.h>
#include <unistd.h>
#include <zstd.h>

static const char source[] = "test_backup.data", restored[] = "test_backup.restored";
static const char path[] = "test_backup.tar.zst", other[] = "test_backup.other.tar.zst";

static void put(struct arena *arena, const char *name, const char *content)
{
	char *to = file_join(arena, source, name);
	struct error error;

	assert_true(
		file_make_folder(arena_copy(arena, to, (size_t)(strrchr(to, '/') - to)), &error));
	assert_true(file_write_atomic(to, str_of(content), &error));
}

static struct str get(struct arena *arena, const char *name)
{
	struct str content;
	struct error error;

	assert_true(file_read(arena, file_join(arena, restored, name), 1 << 20, &content, &error));
	return content;
}

static struct db *open_in(struct arena *arena, const char *folder)
{
	struct error error;
	struct db *db;

	assert_true(db_open(file_join(arena, folder, "yucheng.db"), &db, &error));
	return db;
}

static int64_t ask(struct db *db, const char *sql)
{
	struct error error;
	int64_t value;

	assert_true(db_execute_returning(db, sql, DB_WITHOUT, &value, &error));
	return value;
}

/* A folder as a running server has it. */
static void make_folder(struct arena *arena)
{
	struct error error;
	struct db *db;

	assert_true(file_remove_tree(source, &error));
	assert_true(file_remove_tree(restored, &error));
	unlink(path);
	put(arena, "yucheng.conf", "workers = 3\n");
	put(arena, "secret.key", "0123");
	assert_int_equal(chmod(file_join(arena, source, "secret.key"), 0600), 0);
	put(arena, "files/ab/cdef", "content");
	put(arena, "files/00/empty", "");
	put(arena, "files/说明.txt", "中文");
	put(arena, "files/half.new", "being written");
	put(arena, "index/CURRENT", "derived");
	put(arena, "temporary/upload", "passing");
	db = open_in(arena, source);
	assert_true(db_script(db,
			      "CREATE TABLE account (id BIGINT, balance BIGINT);"
			      "INSERT INTO account VALUES (1, 1000000), (2, 0);",
			      &error));
	db_close(db);
}

static bool save(struct backup_summary *summary, struct error *error)
{
	const struct backup_options options = { .data_folder = source,
						.database = "",
						.path = path };

	return backup_write(&options, summary, error);
}

static struct arena *begin(void)
{
	struct arena *arena = arena_create(1 << 16);

	make_folder(arena);
	return arena;
}

static void what_is_saved_comes_back(void **state)
{
	struct arena *arena = begin();
	struct backup_summary written, checked, read;
	struct stat status;
	struct error error;
	struct db *db;

	(void)state;
	assert_true(save(&written, &error));
	assert_int_equal(written.files, 6);
	assert_int_equal(stat(path, &status), 0);
	assert_int_equal(status.st_mode & 0777, 0600);
	assert_int_equal(status.st_size, written.size);
	assert_true(backup_check(path, &checked, &error));
	assert_int_equal(checked.bytes, written.bytes);
	assert_true(backup_restore(path, restored, &read, &error));
	assert_int_equal(read.files, 6);
	assert_true(str_equal_cstr(get(arena, "files/ab/cdef"), "content"));
	assert_true(str_equal_cstr(get(arena, "files/00/empty"), ""));
	assert_true(str_equal_cstr(get(arena, "files/说明.txt"), "中文"));
	assert_true(str_equal_cstr(get(arena, "yucheng.conf"), "workers = 3\n"));
	assert_int_equal(stat(file_join(arena, restored, "secret.key"), &status), 0);
	assert_int_equal(status.st_mode & 0777, 0600);
	assert_false(file_exists(file_join(arena, restored, "index")));
	assert_false(file_exists(file_join(arena, restored, "temporary")));
	assert_false(file_exists(file_join(arena, restored, "files/half.new")));
	assert_false(file_exists(file_join(arena, restored, "MANIFEST")));
	db = open_in(arena, restored);
	assert_int_equal(ask(db, "SELECT SUM(balance) FROM account"), 1000000);
	db_close(db);
	assert_false(backup_restore(path, restored, &read, &error));
	assert_string_equal(error.key, "backup.not_empty");
	assert_false(save(&written, &error));
	assert_string_equal(error.key, "backup.exists");
	arena_destroy(arena);
}

/* Moves one from account 1 to account 2 again and again: the sum is the same at any moment. */
struct mover {
	struct arena *arena;
	atomic_bool is_over;
	atomic_int moved;
};

static void *move_on(void *argument)
{
	struct mover *mover = argument;
	struct db *db = open_in(mover->arena, source);
	struct error error;

	while (!atomic_load(&mover->is_over)) {
		if (!db_begin(db, &error) ||
		    !db_script(db, "UPDATE account SET balance = balance - 1 WHERE id = 1",
			       &error) ||
		    !db_script(db, "UPDATE account SET balance = balance + 1 WHERE id = 2",
			       &error) ||
		    !db_commit(db, &error))
			break;
		atomic_fetch_add(&mover->moved, 1);
	}
	db_close(db);
	return NULL;
}

static void a_backup_shows_one_moment(void **state)
{
	enum { ROUNDS = 8 };
	struct arena *arena = begin();
	struct mover mover = { .arena = arena_create(1024) };
	struct backup_summary summary;
	struct error error;
	pthread_t thread;

	(void)state;
	assert_int_equal(pthread_create(&thread, NULL, move_on, &mover), 0);
	for (int round = 0; round < ROUNDS; round++) {
		int before = atomic_load(&mover.moved);
		struct db *db;

		assert_true(save(&summary, &error));
		assert_true(backup_restore(path, restored, &summary, &error));
		db = open_in(arena, restored);
		assert_int_equal(ask(db, "SELECT SUM(balance) FROM account"), 1000000);
		assert_true(ask(db, "SELECT balance FROM account WHERE id = 2") >= before);
		db_close(db);
		unlink(path);
		assert_true(file_remove_tree(restored, &error));
	}
	atomic_store(&mover.is_over, true);
	pthread_join(thread, NULL);
	assert_true(atomic_load(&mover.moved) > 0);
	arena_destroy(mover.arena);
	arena_destroy(arena);
}

static void write_other(struct str content)
{
	struct error error;

	assert_true(file_write_atomic(other, content, &error));
}

/* Neither the folder nor its half is there. */
static void is_refused(const char *key)
{
	struct backup_summary summary;
	struct error error;

	assert_false(backup_check(other, &summary, &error));
	assert_string_equal(error.key, key);
	assert_false(backup_restore(other, restored, &summary, &error));
	assert_string_equal(error.key, key);
	assert_false(file_exists(restored));
	assert_false(file_exists("test_backup.restored.restoring"));
}

static void every_damage_is_found(void **state)
{
	struct arena *arena = begin();
	struct backup_summary summary;
	struct error error;
	struct str whole;

	(void)state;
	assert_true(save(&summary, &error));
	assert_true(file_read(arena, path, 1 << 24, &whole, &error));
	for (size_t at = 0; at < whole.size; at += 1 + whole.size / 40) {
		char *changed = arena_copy(arena, whole.data, whole.size);

		write_other(str_slice(whole, 0, at));
		is_refused("backup.damaged");
		changed[at] ^= 0x10;
		write_other((struct str){ changed, whole.size });
		if (backup_check(other, &summary, &error)) /* a bit of the frame's header */
			assert_true(at < 16);
	}
	arena_destroy(arena);
}

struct tar {
	char bytes[1 << 16];
	size_t size;
};

static void add(struct tar *tar, const char *name, const char *content)
{
	struct archive_member member = { .size = (int64_t)strlen(content), .mode = 0644 };

	memcpy(member.name, name, strlen(name) + 1);
	assert_true(tar_write_header(&member, tar->bytes + tar->size));
	tar->size += TAR_BLOCK;
	memcpy(tar->bytes + tar->size, content, strlen(content));
	tar->size += (strlen(content) + TAR_BLOCK - 1) / TAR_BLOCK * TAR_BLOCK;
}

/* Changes bytes of the first header and makes its checksum right again. */
static void forge(struct tar *tar, size_t at, const char *bytes, size_t size)
{
	unsigned sum = 0;

	memcpy(tar->bytes + at, bytes, size);
	memset(tar->bytes + 148, ' ', 8);
	for (size_t i = 0; i < TAR_BLOCK; i++)
		sum += (unsigned char)tar->bytes[i];
	snprintf(tar->bytes + 148, 8, "%06o", sum);
}

static void pack(const struct tar *tar)
{
	static char packed[1 << 17];
	size_t size = ZSTD_compress(packed, sizeof(packed), tar->bytes,
				    tar->size + 2 * (size_t)TAR_BLOCK, 1);

	assert_false(ZSTD_isError(size));
	write_other((struct str){ packed, size });
}

static void hostile_archives_are_refused(void **state)
{
	static const char no_hash[] = "yucheng-backup 1\n0 1 a\nend 1\n";
	static const char empty[] = "yucheng-backup 1\nend 0\n";
	static const struct {
		size_t at;
		const char *bytes;
		size_t size;
	} forged[] = {
		{ 0, "../evil", 8 },
		{ 0, "/etc/evil", 10 },
		{ 0, "a/../../b", 10 },
		{ 0, "a//b", 5 },
		{ 0, "\0", 1 },
		{ 156, "2", 1 }, /* a link */
		{ 156, "5", 1 },
		{ 124, "77777777777", 11 },
		{ 124, "\x80\x7F\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF", 12 },
	};
	struct tar *tar = calloc(1, sizeof(*tar));
	struct arena *arena = begin();

	(void)state;
	for (size_t i = 0; i < sizeof(forged) / sizeof(forged[0]); i++) {
		memset(tar, 0, sizeof(*tar));
		add(tar, "aaaaaaaaaaaa", "x");
		add(tar, "MANIFEST", empty);
		forge(tar, forged[i].at, forged[i].bytes, forged[i].size);
		pack(tar);
		is_refused("backup.damaged");
	}
	memset(tar, 0, sizeof(*tar));
	add(tar, "a", "x"); /* no manifest */
	pack(tar);
	is_refused("backup.damaged");
	add(tar, "MANIFEST", no_hash);
	pack(tar);
	is_refused("backup.checksum");
	add(tar, "b", "behind the manifest");
	pack(tar);
	is_refused("backup.damaged");
	memset(tar, 0, sizeof(*tar));
	add(tar, "a", "x"); /* not in the manifest */
	add(tar, "MANIFEST", empty);
	pack(tar);
	is_refused("backup.checksum");
	write_other(STR("not a backup at all"));
	is_refused("backup.damaged");
	arena_destroy(arena);
	free(tar);
}

static void long_names_and_sizes_go_through(void **state)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz";
	struct archive_member member = { .size = 1LL << 40, .mode = 0600, .modified = 1 }, again;
	char block[TAR_BLOCK];
	bool end;

	(void)state;
	snprintf(member.name, sizeof(member.name), "%s/%s/%s", letters, letters, letters);
	assert_true(tar_write_header(&member, block));
	assert_true(tar_read_header(block, &again, &end));
	assert_false(end);
	assert_string_equal(again.name, member.name);
	assert_true(again.size == member.size);
	snprintf(member.name, sizeof(member.name), "%s%s%s%s", letters, letters, letters, letters);
	assert_false(tar_write_header(&member, block));
}

static void a_server_database_is_left_to_its_tools(void **state)
{
	struct backup_options options = { .data_folder = source,
					  .database = "postgresql:///x",
					  .path = path };
	struct arena *arena = begin();
	struct backup_summary summary;
	struct error error;

	(void)state;
	assert_false(backup_write(&options, &summary, &error));
	assert_string_equal(error.key, "backup.postgresql");
	assert_false(file_exists(path));
	options.files_only = true;
	assert_true(backup_write(&options, &summary, &error));
	assert_int_equal(summary.files, 5);
	assert_true(backup_check(path, &summary, &error));
	arena_destroy(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_saved_comes_back),
		cmocka_unit_test(a_backup_shows_one_moment),
		cmocka_unit_test(every_damage_is_found),
		cmocka_unit_test(hostile_archives_are_refused),
		cmocka_unit_test(long_names_and_sizes_go_through),
		cmocka_unit_test(a_server_database_is_left_to_its_tools),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
