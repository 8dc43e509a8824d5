/*
 * Four facets of each query beside the bound memory sets: what of the columns must be read, in cache lines,
 * over what this machine reads of the same columns in a second.
 *
 *     bench_facets INDEX QUERIES.tsv [RUNS]
 *
 * Prints, tab-separated, for one and for two threads GB/s; then a line a query: name, hits, MB to be read, and for one
 * and for two threads the bound, the median (both milliseconds) and their ratio. Finding the documents is not part.
 */
#include "corpus.h"
#include "neutral.h"

#include "analyse/count.h"
#include "base/file.h"
#include "base/pool.h"
#include "base/str.h"

#include <string.h>

enum { RUNS_MAX = 1000, THREADS = 2, LINE = 64 };

static const struct dimension facets[] = {
	{ .kind = DIMENSION_KEYWORD, .column = BENCH_YEAR },
	{ .kind = DIMENSION_KEYWORD, .column = BENCH_APPLICANT },
	{ .kind = DIMENSION_KEYWORD, .column = BENCH_IPC_SUBCLASS },
	{ .kind = DIMENSION_KEYWORD, .column = BENCH_COUNTRY },
};
enum { FACETS = sizeof(facets) / sizeof(facets[0]) };

/* ---- What must be read. */

struct lines {
	uint64_t count;
	uintptr_t last; /* counted before: addresses ascend within a column */
};

static void touch(struct lines *lines, const void *from, size_t size)
{
	uintptr_t first = (uintptr_t)from / LINE, last = ((uintptr_t)from + size - 1) / LINE;

	if (size == 0)
		return;
	if (first <= lines->last)
		first = lines->last + 1;
	if (first > last)
		return;
	lines->count += last - first + 1;
	lines->last = last;
}

static uint64_t lines_of(const struct column_view *view, const struct bitmap *found)
{
	struct bitmap_walk walk = bitmap_walk(found);
	struct lines starts = { 0 }, ordinals = { 0 };
	const uint8_t *values = view->ordinals;
	uint32_t document;

	while (bitmap_walk_next(&walk, &document)) {
		uint32_t local = document - view->first_document, from = local, end = local + 1;

		if (local >= view->document_count)
			continue;
		if (view->starts) {
			touch(&starts, view->starts + local, 2 * sizeof(*view->starts));
			from = view->starts[local];
			end = view->starts[local + 1];
		}
		touch(&ordinals, values + (size_t)from * view->width,
		      (size_t)(end - from) * view->width);
	}
	return starts.count + ordinals.count;
}

static double bytes_to_read(const struct snapshot *snapshot, const struct bitmap *found)
{
	uint64_t lines = 0;

	for (size_t i = 0; i < FACETS; i++)
		for (size_t k = 0; k < snapshot_segment_count(snapshot); k++) {
			struct column_view view = snapshot_column(snapshot, facets[i].column, k);

			lines += lines_of(&view, found);
		}
	return (double)lines * LINE;
}

/* ---- What the machine reads. */

struct stream {
	const uint64_t *words;
	size_t count, slices;
	uint64_t sums[THREADS];
};

static void read_slice(void *context, size_t slice)
{
	struct stream *stream = context;
	size_t from = stream->count * slice / stream->slices;
	size_t end = stream->count * (slice + 1) / stream->slices;
	uint64_t sum = 0;

	for (size_t i = from; i < end; i++)
		sum += stream->words[i];
	stream->sums[slice] = sum;
}

/* The starts and ordinals of the applicants of the first segment, which is the largest column. */
static double bytes_a_millisecond(const struct snapshot *snapshot, size_t threads)
{
	struct column_view view = snapshot_column(snapshot, BENCH_APPLICANT, 0);
	struct stream stream = { .words = (const uint64_t *)((uintptr_t)view.starts &
							     ~(uintptr_t)7),
				 .count = view.document_count / 2,
				 .slices = threads };
	double best = 0;

	for (int run = 0; run < 50; run++) {
		double start = bench_now_ms(), speed;

		pool_run(threads, threads, read_slice, &stream);
		speed = (double)stream.count * 8 / (bench_now_ms() - start);
		best = speed > best ? speed : best;
	}
	if (stream.sums[0] == 1) /* the sums are used, so that they are made */
		putchar('\n');
	return best;
}

/* ---- Ours. */

static double median_ms(const struct snapshot *snapshot, const struct bitmap *found, size_t threads,
			int runs)
{
	const struct analysis_input input = { .snapshot = snapshot,
					      .documents = found,
					      .thread_count = threads };
	double times[RUNS_MAX];

	for (int run = -3; run < runs; run++) {
		struct arena *arena = arena_create(1 << 20);
		double start = bench_now_ms();
		struct axis axes[FACETS];
		uint32_t *counts[FACETS];

		for (size_t i = 0; i < FACETS; i++)
			axes[i] = axis_of(&facets[i], snapshot);
		count_facets(&input, arena, axes, FACETS, counts);
		if (run >= 0)
			times[run] = bench_now_ms() - start;
		arena_destroy(arena);
	}
	return bench_percentile(times, (size_t)runs, 0.5);
}

static void ask(const struct snapshot *snapshot, const struct neutral_line *line, int runs,
		const double speeds[THREADS])
{
	struct arena *arena = arena_create(1 << 20);
	struct neutral query = NEUTRAL(snapshot, arena, line->text);
	const struct bitmap *found = neutral_find(&query);
	double bytes = bytes_to_read(snapshot, found);

	printf("%.*s\t%llu\t%.1f", STR_ARGS(line->name), (unsigned long long)bitmap_count(found),
	       bytes / 1e6);
	for (size_t threads = 1; threads <= THREADS; threads++) {
		double bound = bytes / speeds[threads - 1];
		double ours = median_ms(snapshot, found, threads, runs);

		printf("\t%.2f\t%.2f\t%.1f", bound, ours, ours / bound);
	}
	putchar('\n');
	neutral_release(&query);
	arena_destroy(arena);
}

int main(int count, char **arguments)
{
	struct arena *arena = arena_create(4096);
	const struct snapshot *snapshot;
	double speeds[THREADS];
	struct neutral_line line;
	struct index *index;
	struct error error;
	struct str content;
	int runs = 31;

	if (count > 3)
		runs = (int)strtol(arguments[3], NULL, 10);
	if (count < 3 || runs < 1 || runs > RUNS_MAX) {
		fputs("usage: bench_facets INDEX QUERIES.tsv [RUNS]\n", stderr);
		return 2;
	}
	if (!file_read(arena, arguments[2], 1 << 20, &content, &error))
		bench_fail(&error);
	snapshot = index_acquire(index = bench_open(arguments[1]));
	for (size_t threads = 1; threads <= THREADS; threads++) {
		speeds[threads - 1] = bytes_a_millisecond(snapshot, threads);
		printf("speed\t%zu\t%.1f\n", threads, speeds[threads - 1] / 1e6);
	}
	while (neutral_next(&content, &line))
		ask(snapshot, &line, runs, speeds);
	index_release(snapshot);
	index_close(index);
	arena_destroy(arena);
	return 0;
}
