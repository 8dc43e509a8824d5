/*
 * How fast the engine alone is, on the benchmark's documents and queries. Prints one line a figure,
 * tab-separated; bench_engine.py puts them beside another engine's, bench_scale.py beside other sizes.
 *
 *     bench_index --build DOCS.jsonl FOLDER             to searchable, synced, one segment
 *     bench_index --ask FOLDER QUERIES.tsv [RUNS]       counts, four facets, the ten most relevant
 *     bench_index --cost FOLDER QUERIES.tsv [RUNS]      the same in processor time, for a machine that is busy
 *     bench_index --open FOLDER QUERIES.tsv             opening, and the first query
 *     bench_index --fold DOCS.jsonl OUT.jsonl           the documents with their texts folded, so that
 *                                                       another engine can find the same in them
 */
#include "corpus.h"
#include "neutral.h"

#include "analyse/count.h"
#include "base/file.h"
#include "text/token.h"

#include <string.h>

static void build(struct index *index, const char *path)
{
	struct index_write_options options = { .memory_max = (size_t)800 << 20, .thread_count = 2 };
	struct corpus *corpus = corpus_open(path);
	struct document document = { .id = 0 };
	struct index_writer *writer;
	struct error error;
	double start = bench_now_ms(), seconds;

	if (!index_write_begin(index, &options, &writer, &error))
		bench_fail(&error);
	while (corpus_next(corpus, &document))
		if (!index_write_put(writer, &document, &error))
			bench_fail(&error);
	if (!index_write_commit(writer, document.id, &error) || !index_merge(index, true, &error))
		bench_fail(&error);
	seconds = (bench_now_ms() - start) / 1e3;
	printf("build\t%lld\t%.2f\t%.1f\n", (long long)document.id, seconds,
	       bench_memory_mb("VmHWM"));
	printf("size\t%.1f\n", (double)index_size_on_disk(index) / 1e6);
	corpus_close(corpus);
}

/* ---- What is asked of each query. */

static void count_hits(struct neutral *query, const struct bitmap *found)
{
	(void)query;
	(void)found;
}

/* The most frequent 20 years, applicants, BENCH_IPC subclasses and countries. */
static void count_four(struct neutral *query, const struct bitmap *found)
{
	enum { TOP = 20 };
	static const struct dimension facets[] = {
		{ .kind = DIMENSION_KEYWORD, .column = BENCH_YEAR },
		{ .kind = DIMENSION_KEYWORD, .column = BENCH_APPLICANT },
		{ .kind = DIMENSION_KEYWORD, .column = BENCH_IPC_SUBCLASS },
		{ .kind = DIMENSION_KEYWORD, .column = BENCH_COUNTRY },
	};
	enum { COUNT = sizeof(facets) / sizeof(facets[0]) };
	const struct analysis_input input = { .snapshot = query->snapshot, .documents = found };
	struct axis axes[COUNT];
	uint32_t *counts[COUNT];

	for (size_t i = 0; i < COUNT; i++)
		axes[i] = axis_of(&facets[i], query->snapshot);
	count_facets(&input, query->arena, axes, COUNT, counts);
	for (size_t i = 0; i < COUNT; i++) {
		struct value_count *top;
		size_t count = count_top(query->arena, counts[i], axes[i].size, TOP, &top);

		while (count-- > 0)
			snapshot_term(query->snapshot, facets[i].column, top[count].value);
	}
}

static void rank_best(struct neutral *query, const struct bitmap *found)
{
	enum { BEST = 10 };
	const struct rank_request request = { .terms = query->terms.items,
					      .term_count = query->terms.count,
					      .within = found,
					      .holds = query->phrases.count ? neutral_holds : NULL,
					      .context = query,
					      .limit = BEST };
	struct scored *best;
	struct error error;
	size_t count;

	if (!index_rank(query->snapshot, query->arena, &request, &best, &count, &error))
		bench_fail(&error);
}

enum { RUNS_MAX = 1000, WARM = 3 };

typedef double timer(void); /* bench_now_ms() or bench_processor_ms() */

/* The times of the runs in milliseconds, finding the documents included. */
static void time_runs(const struct snapshot *snapshot, struct str text, int runs, timer *time,
		      void (*use)(struct neutral *, const struct bitmap *), double *times,
		      uint64_t *hits_out)
{
	for (int run = -WARM; run < runs; run++) {
		struct arena *arena = arena_create(1 << 20);
		struct neutral query = NEUTRAL(snapshot, arena, text);
		double start = time();
		const struct bitmap *found;

		query.leaves_phrases = use == rank_best;
		found = neutral_find(&query);
		if (!query.leaves_phrases)
			*hits_out = bitmap_count(found);
		use(&query, found);
		if (run >= 0)
			times[run] = time() - start;
		neutral_release(&query);
		arena_destroy(arena);
	}
}

/* Medians of the three, then their 99th percentiles. */
static void ask(const struct snapshot *snapshot, const struct neutral_line *line, int runs,
		timer *time)
{
	static void (*const uses[])(struct neutral *,
				    const struct bitmap *) = { count_hits, count_four, rank_best };
	enum { USES = sizeof(uses) / sizeof(uses[0]) };
	double times[RUNS_MAX], median[USES], slow[USES];
	uint64_t hits = 0;

	for (size_t i = 0; i < USES; i++) {
		time_runs(snapshot, line->text, runs, time, uses[i], times, &hits);
		median[i] = bench_percentile(times, (size_t)runs, 0.5);
		slow[i] = bench_percentile(times, (size_t)runs, 0.99);
	}
	printf("query\t%.*s\t%llu", STR_ARGS(line->name), (unsigned long long)hits);
	for (size_t i = 0; i < USES; i++)
		printf("\t%.4f", median[i]);
	for (size_t i = 0; i < USES; i++)
		printf("\t%.4f", slow[i]);
	putchar('\n');
}

static void ask_all(struct index *index, const char *path, int runs, timer *time)
{
	const struct snapshot *snapshot = index_acquire(index);
	struct arena *arena = arena_create(4096);
	struct neutral_line line;
	struct error error;
	struct str content;

	if (!file_read(arena, path, 1 << 20, &content, &error))
		bench_fail(&error);
	while (neutral_next(&content, &line))
		ask(snapshot, &line, runs, time);
	printf("memory\t%.1f\t%.1f\n", bench_memory_mb("RssAnon"), bench_memory_mb("RssFile"));
	arena_destroy(arena);
	index_release(snapshot);
}

/* How long it takes from a closed index to the answer of the first query. */
static void open_and_ask(const char *folder, const char *path)
{
	struct arena *arena = arena_create(4096);
	struct neutral_line line;
	struct error error;
	struct str content;

	if (!file_read(arena, path, 1 << 20, &content, &error))
		bench_fail(&error);
	while (neutral_next(&content, &line)) {
		double start = bench_now_ms(), opened;
		struct index *index = bench_open(folder);
		struct neutral query = NEUTRAL(index_acquire(index), arena, line.text);
		uint64_t hits;

		opened = bench_now_ms() - start;
		hits = bitmap_count(neutral_find(&query));
		printf("open\t%.*s\t%llu\t%.2f\t%.2f\n", STR_ARGS(line.name),
		       (unsigned long long)hits, opened, bench_now_ms() - start);
		neutral_release(&query);
		index_release(query.snapshot);
		index_close(index);
	}
	arena_destroy(arena);
}

/* ---- Documents for another engine. */

/* Folds what is not ASCII and leaves the JSON around it as it is. */
static void fold_line(struct str line, struct strbuf *folded)
{
	strbuf_clear(folded);
	for (size_t at = 0; at < line.size;) {
		size_t from = at, end;

		while (at < line.size && (unsigned char)line.data[at] < 0x80)
			at++;
		strbuf_add(folded, line.data + from, at - from);
		for (from = at; at < line.size && (unsigned char)line.data[at] >= 0x80;)
			at++;
		end = folded->size;
		text_fold(str_slice(line, from, at), folded);
		/* What became a mark of JSON (full-width quotes) must not be read as one. */
		for (; end < folded->size; end++)
			if (folded->data[end] == '"' || folded->data[end] == '\\')
				folded->data[end] = ' ';
	}
	strbuf_add_byte(folded, '\n');
}

static void fold(const char *path, const char *out_path)
{
	struct strbuf folded = STRBUF_INIT;
	FILE *out = fopen(out_path, "wb");
	struct error error;
	struct str content, rest, line;

	if (!out)
		abort();
	if (!file_map(path, &content, &error))
		bench_fail(&error);
	for (rest = content; str_split(&rest, STR("\n"), &line);)
		if (line.size) {
			fold_line(line, &folded);
			fwrite(folded.data, 1, folded.size, out);
		}
	if (fclose(out) != 0)
		abort();
	file_unmap(content);
	strbuf_release(&folded);
}

static int usage(void)
{
	fputs("usage: bench_index --build DOCS.jsonl FOLDER | --ask|--cost FOLDER QUERIES.tsv "
	      "[RUNS] |\n"
	      "                   --open FOLDER QUERIES.tsv | --fold DOCS.jsonl OUT.jsonl\n",
	      stderr);
	return 2;
}

static int runs_of(int count, char **arguments)
{
	long runs = count > 4 ? strtol(arguments[4], NULL, 10) : 21;

	return runs < 1 ? 1 : runs > RUNS_MAX ? RUNS_MAX : (int)runs;
}

int main(int count, char **arguments)
{
	struct index *index = NULL;

	if (count < 4)
		return usage();
	if (strcmp(arguments[1], "--fold") == 0)
		fold(arguments[2], arguments[3]);
	else if (strcmp(arguments[1], "--open") == 0)
		open_and_ask(arguments[2], arguments[3]);
	else if (strcmp(arguments[1], "--build") == 0)
		build(index = bench_open(arguments[3]), arguments[2]);
	else if (strcmp(arguments[1], "--ask") == 0)
		ask_all(index = bench_open(arguments[2]), arguments[3], runs_of(count, arguments),
			bench_now_ms);
	else if (strcmp(arguments[1], "--cost") == 0)
		ask_all(index = bench_open(arguments[2]), arguments[3], runs_of(count, arguments),
			bench_processor_ms);
	else
		return usage();
	index_close(index);
	return 0;
}
