/*
 * Searching while documents change: clients ask the benchmark's queries (hits, four facets or the ten
 * best, in turn) with a pause between, while a writer replaces documents and commits, and a
 * merge runs in the background.
 *
 *     bench_update DOCS.jsonl FOLDER QUERIES.tsv [ROUNDS [CLIENTS]]
 *
 * Prints, tab-separated: update, documents, milliseconds from the first put to searchable (median, longest);
 * search, how many, p50, p99 and longest in milliseconds of wall-clock time, p99 and longest without the
 * time the thread waited for a processor (others on the machine take those); merges, how many, the longest in seconds. FOLDER is changed.
 */
#include "corpus.h"
#include "neutral.h"

#include "analyse/count.h"
#include "base/file.h"
#include "base/memory.h"

#include <fcntl.h>
#include <pthread.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

enum { CHANGED = 1000, CLIENTS_MAX = 64, QUERIES_MAX = 64, PAUSE_US = 2000, ROUND_MS = 500 };

struct bench {
	struct index *index;
	struct neutral_line queries[QUERIES_MAX];
	size_t query_count;
	atomic_bool is_over;
};

struct timing {
	double wall, own; /* own: without waiting for a processor */
};

struct client {
	struct bench *bench;
	pthread_t thread;
	unsigned number;
	struct list timings; /* struct timing */
};

/* Milliseconds this thread was ready to run and waited for a processor; file: its schedstat. */
static double waited_ms(int file)
{
	char text[128];
	ssize_t size = pread(file, text, sizeof(text) - 1, 0);
	char *end = text;

	text[size > 0 ? size : 0] = '\0';
	strtoull(text, &end, 10);
	return (double)strtoull(end, NULL, 10) / 1e6;
}

static void count_facets_of(const struct neutral *query, const struct bitmap *found)
{
	static const struct dimension facets[] = {
		{ .kind = DIMENSION_KEYWORD, .column = BENCH_YEAR },
		{ .kind = DIMENSION_KEYWORD, .column = BENCH_APPLICANT },
		{ .kind = DIMENSION_KEYWORD, .column = BENCH_IPC_SUBCLASS },
		{ .kind = DIMENSION_KEYWORD, .column = BENCH_COUNTRY },
	};
	enum { COUNT = sizeof(facets) / sizeof(facets[0]), TOP = 20 };
	const struct analysis_input input = { .snapshot = query->snapshot, .documents = found };
	struct axis axes[COUNT];
	uint32_t *counts[COUNT];
	struct value_count *top;

	for (size_t i = 0; i < COUNT; i++)
		axes[i] = axis_of(&facets[i], query->snapshot);
	count_facets(&input, query->arena, axes, COUNT, counts);
	for (size_t i = 0; i < COUNT; i++)
		count_top(query->arena, counts[i], axes[i].size, TOP, &top);
}

static void rank_best(struct neutral *query, const struct bitmap *found)
{
	const struct rank_request request = { .terms = query->terms.items,
					      .term_count = query->terms.count,
					      .within = found,
					      .limit = 10 };
	struct scored *best;
	struct error error;
	size_t count;

	if (!index_rank(query->snapshot, query->arena, &request, &best, &count, &error))
		bench_fail(&error);
}

static void ask(struct bench *bench, size_t turn)
{
	struct arena *arena = arena_create(1 << 20);
	struct neutral query = NEUTRAL(index_acquire(bench->index), arena,
				       bench->queries[turn % bench->query_count].text);
	const struct bitmap *found = neutral_find(&query);

	if (turn % 3 == 1)
		count_facets_of(&query, found);
	else if (turn % 3 == 2)
		rank_best(&query, found);
	neutral_release(&query);
	index_release(query.snapshot);
	arena_destroy(arena);
}

static void *run_client(void *argument)
{
	struct client *client = argument;
	struct bench *bench = client->bench;
	int file = open("/proc/thread-self/schedstat", O_RDONLY | O_CLOEXEC);

	for (size_t turn = client->number * 7; !atomic_load(&bench->is_over); turn++) {
		double start = bench_now_ms(), waited = waited_ms(file), wall;

		ask(bench, turn);
		wall = bench_now_ms() - start;
		*(struct timing *)list_add(&client->timings) =
			(struct timing){ wall, wall - (waited_ms(file) - waited) };
		usleep(PAUSE_US);
	}
	close(file);
	return NULL;
}

struct merger {
	struct bench *bench;
	unsigned count;
	double longest;
};

/* Harder than in the product: all in one, again and again; with its low priority. */
static void *run_merger(void *argument)
{
	enum { LOW_PRIORITY = 10 };
	struct merger *merger = argument;

	setpriority(PRIO_PROCESS, (id_t)gettid(), LOW_PRIORITY);
	while (!atomic_load(&merger->bench->is_over)) {
		double start = bench_now_ms();
		struct error error;

		merger->count++;
		if (!index_merge(merger->bench->index, true, &error))
			bench_fail(&error);
		start = bench_now_ms() - start;
		merger->longest = start > merger->longest ? start : merger->longest;
		usleep(ROUND_MS * 1000);
	}
	return NULL;
}

/* Replaces the next documents of the corpus; the time until a new snapshot has them. */
static double update(struct bench *bench, struct corpus *corpus, struct document *document)
{
	struct index_writer *writer;
	const struct snapshot *snapshot;
	struct error error;
	double start = bench_now_ms();

	while (!index_write_begin(bench->index, NULL, &writer, &error)) {
		if (error.kind != ERROR_BUSY)
			bench_fail(&error);
		usleep(1000);
	}
	for (int i = 0; i < CHANGED && corpus_next(corpus, document); i++)
		if (!index_write_put(writer, document, &error))
			bench_fail(&error);
	if (!index_write_commit(writer, document->id, &error))
		bench_fail(&error);
	snapshot = index_acquire(bench->index);
	if (snapshot_log_position(snapshot) != document->id)
		abort();
	index_release(snapshot);
	return bench_now_ms() - start;
}

static void update_rounds(struct bench *bench, const char *path, int rounds)
{
	struct corpus *corpus = corpus_open(path);
	struct document document = { .id = 0 };
	double *times = memory_alloc_zeroed((size_t)rounds, sizeof(*times));

	for (int round = 0; round < rounds; round++) {
		times[round] = update(bench, corpus, &document);
		usleep(ROUND_MS * 1000);
	}
	printf("update\t%d\t%.1f", CHANGED, bench_percentile(times, (size_t)rounds, 0.5));
	printf("\t%.1f\n", bench_percentile(times, (size_t)rounds, 1));
	memory_free(times);
	corpus_close(corpus);
}

static void print_searches(struct client *clients, size_t count)
{
	struct list wall = LIST_OF(double), own = LIST_OF(double);

	for (size_t i = 0; i < count; i++) {
		for (size_t k = 0; k < clients[i].timings.count; k++) {
			struct timing timing = LIST_AT(&clients[i].timings, struct timing, k);

			*(double *)list_add(&wall) = timing.wall;
			*(double *)list_add(&own) = timing.own;
		}
		list_release(&clients[i].timings);
	}
	printf("search\t%zu\t%.2f", wall.count, bench_percentile(wall.items, wall.count, 0.5));
	printf("\t%.2f", bench_percentile(wall.items, wall.count, 0.99));
	printf("\t%.2f", bench_percentile(wall.items, wall.count, 1));
	printf("\t%.2f", bench_percentile(own.items, own.count, 0.99));
	printf("\t%.2f\n", bench_percentile(own.items, own.count, 1));
	list_release(&wall);
	list_release(&own);
}

static void run(struct bench *bench, const char *corpus, int rounds, size_t client_count)
{
	struct merger merger = { .bench = bench };
	struct client clients[CLIENTS_MAX];
	pthread_t merging;

	for (size_t i = 0; i < client_count; i++) {
		clients[i] = (struct client){ .bench = bench,
					      .number = (unsigned)i,
					      .timings = LIST_OF(struct timing) };
		if (pthread_create(&clients[i].thread, NULL, run_client, &clients[i]) != 0)
			abort();
	}
	if (pthread_create(&merging, NULL, run_merger, &merger) != 0)
		abort();
	update_rounds(bench, corpus, rounds);
	atomic_store(&bench->is_over, true);
	for (size_t i = 0; i < client_count; i++)
		pthread_join(clients[i].thread, NULL);
	pthread_join(merging, NULL);
	print_searches(clients, client_count);
	printf("merges\t%u\t%.2f\n", merger.count, merger.longest / 1e3);
}

int main(int count, char **arguments)
{
	struct bench bench = { .query_count = 0 };
	struct arena *arena = arena_create(4096);
	struct error error;
	struct str content;
	long clients = count > 5 ? strtol(arguments[5], NULL, 10) : 4;

	if (count < 4 || clients < 0 || clients > CLIENTS_MAX) {
		fputs("usage: bench_update DOCS.jsonl FOLDER QUERIES.tsv [ROUNDS [CLIENTS]]\n",
		      stderr);
		return 2;
	}
	if (!file_read(arena, arguments[3], 1 << 20, &content, &error))
		bench_fail(&error);
	while (bench.query_count < QUERIES_MAX &&
	       neutral_next(&content, &bench.queries[bench.query_count]))
		bench.query_count++;
	bench.index = bench_open(arguments[2]);
	run(&bench, arguments[1], count > 4 ? (int)strtol(arguments[4], NULL, 10) : 20,
	    (size_t)clients);
	index_close(bench.index);
	arena_destroy(arena);
	return 0;
}
