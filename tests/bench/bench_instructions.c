/*
 * Each hot path once, alone, for counting its instructions under callgrind:
 *
 *     bench_instructions                    the names
 *     bench_instructions NAME FOLDER        makes an index in FOLDER, unless there is one, and runs the path
 *
 * The documents come from a generator, so that counts do not depend on material outside the repository.
 * instructions.py counts what happens inside measured().
 */
#include "corpus.h"
#include "neutral.h"

#include "analyse/count.h"
#include "base/file.h"
#include "text/token.h"

#include <string.h>

enum { DOCUMENTS = 20000, WORDS = 3000, TEXT_WORDS = 60, TERMS = 100 };

/* ---- Documents: words by Zipf's law, the 20 most frequent pairs of them as phrases. */

static uint32_t next_random(uint64_t *state)
{
	*state = *state * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(*state >> 33);
}

static uint32_t random_rank(uint64_t *state)
{
	uint32_t x = next_random(state) % 65536, y = next_random(state) % 65536;

	return (uint32_t)((uint64_t)x * y % ((uint64_t)WORDS * 65536) * x >> 32) % WORDS;
}

static void add_words(struct strbuf *text, uint64_t *state)
{
	for (int i = 0; i < TEXT_WORDS; i++)
		strbuf_addf(text, "w%u %s", random_rank(state), i % 12 == 11 ? "装置连接。" : "");
}

static void put(struct index_writer *writer, int64_t id, uint64_t *state)
{
	struct strbuf text = STRBUF_INIT;
	char applicant[24], ipc[24], year[8];
	struct cell_value cells[] = { { .column = BENCH_TEXT },
				      { .column = BENCH_APPLICANT },
				      { .column = BENCH_IPC_SUBCLASS },
				      { .column = BENCH_YEAR },
				      { .column = BENCH_FILED } };
	struct document document = { id, cells, sizeof(cells) / sizeof(cells[0]) };
	struct error error;

	add_words(&text, state);
	snprintf(applicant, sizeof(applicant), "a%u", random_rank(state));
	snprintf(ipc, sizeof(ipc), "H%02uM", random_rank(state) % 100);
	cells[4].number = 1990 + next_random(state) % 35;
	snprintf(year, sizeof(year), "%d", (int)cells[4].number);
	cells[0].text = strbuf_str(&text);
	cells[1].text = str_of(applicant);
	cells[2].text = str_of(ipc);
	cells[3].text = str_of(year);
	if (!index_write_put(writer, &document, &error))
		bench_fail(&error);
	strbuf_release(&text);
}

static void write_documents(struct index *index, int64_t from, int64_t to)
{
	const struct index_write_options options = { .thread_count = 1 };
	struct index_writer *writer;
	struct error error;
	uint64_t state = (uint64_t)from;

	if (!index_write_begin(index, &options, &writer, &error))
		bench_fail(&error);
	for (int64_t id = from; id < to; id++)
		put(writer, id, &state);
	if (!index_write_commit(writer, to, &error))
		bench_fail(&error);
}

/* ---- The paths. */

struct run {
	struct index *index;
	const struct snapshot *snapshot;
	struct arena *arena;
};

static const struct bitmap *find(const struct run *run, const char *text)
{
	struct neutral query = NEUTRAL(run->snapshot, run->arena, str_of(text));
	const struct bitmap *found = neutral_find(&query);

	neutral_release(&query);
	return found;
}

static void rank(const struct run *run, const char *text, size_t limit, bool leaves_phrases)
{
	struct neutral query = NEUTRAL(run->snapshot, run->arena, str_of(text));
	struct rank_request request = { .limit = limit };
	struct scored *best;
	struct error error;
	size_t count;

	query.leaves_phrases = leaves_phrases;
	request.within = neutral_find(&query);
	request.terms = query.terms.items;
	request.term_count = query.terms.count;
	request.holds = query.phrases.count > 0 ? neutral_holds : NULL;
	request.context = &query;
	if (!index_rank(run->snapshot, run->arena, &request, &best, &count, &error))
		bench_fail(&error);
	neutral_release(&query);
}

static void cut_tokens(const struct run *run)
{
	struct strbuf text = STRBUF_INIT;
	struct token_place *places;
	uint64_t state = 1;

	for (int i = 0; i < 50; i++)
		add_words(&text, &state);
	text_token_places(run->arena, strbuf_str(&text), &places);
	strbuf_release(&text);
}

static void index_some(const struct run *run)
{
	write_documents(run->index, 1, 1000);
}

static void count_facets_of_all(const struct run *run)
{
	static const struct dimension facets[] = {
		{ .kind = DIMENSION_KEYWORD, .column = BENCH_YEAR },
		{ .kind = DIMENSION_KEYWORD, .column = BENCH_APPLICANT },
		{ .kind = DIMENSION_KEYWORD, .column = BENCH_IPC_SUBCLASS },
	};
	enum { COUNT = sizeof(facets) / sizeof(facets[0]) };
	const struct analysis_input input = {
		.snapshot = run->snapshot,
		.documents = find(run, "(or (text \"w7\") (text \"w11\"))"),
	};
	struct axis axes[COUNT];
	uint32_t *counts[COUNT];

	for (size_t i = 0; i < COUNT; i++)
		axes[i] = axis_of(&facets[i], run->snapshot);
	count_facets(&input, run->arena, axes, COUNT, counts);
}

static void find_or(const struct run *run)
{
	find(run, "(or (text \"w1\") (text \"w5\") (text \"w9\") (text \"w40\") (text \"w200\"))");
}

static void find_and_not(const struct run *run)
{
	find(run, "(and (text \"w2\") (text \"w3\") (not (text \"w8\")) (year 1995 2010))");
}

static void find_phrase(const struct run *run)
{
	find(run, "(text \"w0 w1\")");
}

static void find_phrase_cjk(const struct run *run)
{
	find(run, "(text \"装置连接\")");
}

static void rank_one(const struct run *run)
{
	rank(run, "(text \"w2\")", 10, false);
}

static void rank_two(const struct run *run)
{
	rank(run, "(and (text \"w2\") (text \"w3\"))", 10, false);
}

static void rank_phrase(const struct run *run)
{
	rank(run, "(text \"w0 w1\")", 10, true);
}

static void rank_many(const struct run *run)
{
	struct strbuf text = STRBUF_INIT;

	strbuf_add_cstr(&text, "(or");
	for (int i = 0; i < TERMS / 2; i++)
		strbuf_addf(&text, " (text \"w%d\")", i * 7 + 1);
	strbuf_add_byte(&text, ')');
	rank(run, text.data, TERMS, false);
	strbuf_release(&text);
}

static void intersect_sets(const struct run *run)
{
	enum { ROWS = 30, COLUMNS = 20 };
	const struct bitmap *rows[ROWS], *columns[COLUMNS];
	const struct set_table table = { rows, columns, NULL, ROWS, COLUMNS, 0 };
	struct error error;
	uint32_t *counts;

	for (int i = 0; i < ROWS + COLUMNS; i++)
		*(i < ROWS ? &rows[i] : &columns[i - ROWS]) = index_term_documents(
			run->snapshot, run->arena, BENCH_TEXT,
			str_of(arena_printf(run->arena, "w%d", i * 3 + 2)));
	if (!count_intersections(&table, run->arena, NULL, &counts, &error))
		bench_fail(&error);
}

static const struct path {
	const char *name;
	void (*take)(const struct run *run);
} paths[] = {
	{ "tokens", cut_tokens },
	{ "index-1000", index_some },
	{ "find-or", find_or },
	{ "find-and-not", find_and_not },
	{ "find-phrase", find_phrase },
	{ "find-phrase-cjk", find_phrase_cjk },
	{ "facets", count_facets_of_all },
	{ "rank-one", rank_one },
	{ "rank-two", rank_two },
	{ "rank-phrase", rank_phrase },
	{ "rank-50", rank_many },
	{ "sets-30x20", intersect_sets },
};
enum { PATHS = sizeof(paths) / sizeof(paths[0]) };

/* A function of its own, so that callgrind can be told to count it alone. */
__attribute__((noinline)) void measured(const struct path *path, const struct run *run);
void measured(const struct path *path, const struct run *run)
{
	path->take(run);
}

static void run_path(const struct path *path, const char *folder)
{
	struct run run = { .index = bench_open(folder) };

	if (index_size_on_disk(run.index) == 0)
		write_documents(run.index, 1, DOCUMENTS + 1);
	run.snapshot = index_acquire(run.index);
	run.arena = arena_create(1 << 20);
	path->take(&run); /* what is made at the first use is not counted */
	measured(path, &run);
	arena_destroy(run.arena);
	index_release(run.snapshot);
	index_close(run.index);
}

int main(int count, char **arguments)
{
	for (size_t i = 0; i < PATHS; i++)
		if (count == 1)
			puts(paths[i].name);
		else if (count == 3 && strcmp(arguments[1], paths[i].name) == 0)
			return run_path(&paths[i], arguments[2]), 0;
	return count == 1 ? 0 : 2;
}
