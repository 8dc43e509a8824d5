/*
 * Shows what the readers make of files: `read_dump [-q] [-n ROWS] FILE...`. Each row's cells with
 * their groups, then counts. -q: only the counts, for measuring.
 */
#include "base/clock.h"
#include "base/message.h"
#include "import/reader.h"

#include <string.h>
#include <sys/resource.h>

struct totals {
	long rows, bad, cells, warned;
	size_t bytes;
};

static void print_error(const struct error *error)
{
	struct arena *arena = arena_create(0);

	printf("! %s | %s\n", message_format(arena, error, LANGUAGE_EN),
	       message_format(arena, error, LANGUAGE_ZH));
	arena_destroy(arena);
}

static void print_row(const struct row *row)
{
	printf("--- %ld part %u %.*s %s\n", (long)row->place, row->part, STR_ARGS(row->member),
	       row->warning ? row->warning : "");
	for (size_t i = 0; i < row->count; i++)
		printf("%3u<%-3u %.*s = %.*s\n", row->cells[i].group, row->cells[i].parent,
		       STR_ARGS(row->cells[i].path),
		       row->cells[i].value.size < 160 ? (int)row->cells[i].value.size : 160,
		       row->cells[i].value.data);
}

static void count_row(struct totals *totals, const struct row *row)
{
	totals->cells += (long)row->count;
	totals->warned += row->warning != NULL;
	for (size_t i = 0; i < row->count; i++)
		totals->bytes += row->cells[i].value.size;
}

static void print_signature(const struct reader *reader)
{
	size_t count;
	const struct str *signature = reader_signature(reader, &count);

	printf("%s %s:", format_name(reader_format(reader)), reader_encoding(reader));
	for (size_t i = 0; i < count; i++)
		printf(" [%.*s]", STR_ARGS(signature[i]));
	printf("\n");
}

static void read_rows(struct reader *reader, long print_max, struct totals *totals)
{
	struct arena *arena = arena_create(1 << 16);
	struct error error = { 0 };
	enum read_result result;
	struct row row;

	while ((result = reader_next(reader, arena, &row, &error)) == READ_ROW ||
	       result == READ_BAD_ROW) {
		if (result == READ_BAD_ROW) {
			totals->bad++;
			if (totals->bad < 20)
				print_error(&error);
		} else if (totals->rows++ < print_max) {
			print_row(&row);
		}
		count_row(totals, &row);
		arena_reset(arena);
	}
	if (result == READ_FAILED)
		print_error(&error);
	arena_destroy(arena);
}

static void read_file(const char *path, long print_max)
{
	static const struct record_rule rules[] = {
		{ FORMAT_XML, "world-patent-data", "family-member" },
		{ FORMAT_XML, "exchange-documents", "exchange-document" },
		{ FORMAT_JSON, NULL, "patentBag" },
	};
	struct arena *arena = arena_create(0);
	struct totals totals = { 0 };
	struct error error = { 0 };
	struct reader *reader;
	int64_t started = clock_monotonic_ms();
	struct rusage usage;

	printf("=== %s\n", path);
	if (reader_open(arena, path, NULL, &reader, &error)) {
		reader_set_records(reader, rules, sizeof(rules) / sizeof(rules[0]));
		print_signature(reader);
		read_rows(reader, print_max, &totals);
	} else {
		print_error(&error);
	}
	arena_destroy(arena);
	getrusage(RUSAGE_SELF, &usage);
	printf("%ld rows, %ld bad, %ld warned, %ld cells, %zu bytes, %ld ms, %ld MB\n", totals.rows,
	       totals.bad, totals.warned, totals.cells, totals.bytes,
	       (long)(clock_monotonic_ms() - started), usage.ru_maxrss / 1024);
}

int main(int count, char **arguments)
{
	long print_max = 2;

	for (int i = 1; i < count; i++) {
		if (strcmp(arguments[i], "-q") == 0)
			print_max = 0;
		else if (strcmp(arguments[i], "-n") == 0 && i + 1 < count)
			print_max = strtol(arguments[++i], NULL, 10);
		else
			read_file(arguments[i], print_max);
	}
	return 0;
}
