/*
 * How fast the engine alone is, on the benchmark's documents (JSON lines with ti, ab, ad, cc,
 * ipc[], pa[]) and queries (name TAB expression). Prints one line a figure, tab-separated;
 * tests/bench/bench_engine.py puts them beside another engine's.
 *
 *     bench_index --build DOCS.jsonl FOLDER             to searchable, synced, one segment
 *     bench_index --ask FOLDER QUERIES.tsv [RUNS]       counts, four facets, the ten most relevant
 *     bench_index --update DOCS.jsonl FOLDER            replaces the first 1,000 documents, ten times
 *     bench_index --fold DOCS.jsonl OUT.jsonl           the documents with their texts folded, so that
 *                                                       another engine can find the same in them
 */
#include "analyse/count.h"
#include "base/file.h"
#include "base/list.h"
#include "base/memory.h"
#include "base/strbuf.h"
#include "index/index.h"
#include "index/term.h"
#include "text/token.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

enum {
	TEXT, /* title and abstract */
	APPLICANT,
	IPC,
	IPC_SECTION,
	IPC_CLASS,
	IPC_SUBCLASS,
	COUNTRY,
	YEAR,
	FILED,
	COLUMNS
};

static const struct column columns[COLUMNS] = {
	[TEXT] = { "text", COLUMN_TEXT },
	[APPLICANT] = { "applicant", COLUMN_KEYWORD },
	[IPC] = { "ipc", COLUMN_KEYWORD },
	[IPC_SECTION] = { "ipc_section", COLUMN_KEYWORD },
	[IPC_CLASS] = { "ipc_class", COLUMN_KEYWORD },
	[IPC_SUBCLASS] = { "ipc_subclass", COLUMN_KEYWORD },
	[COUNTRY] = { "country", COLUMN_KEYWORD },
	[YEAR] = { "year", COLUMN_KEYWORD },
	[FILED] = { "filed", COLUMN_NUMBER },
};
static const struct index_schema schema = { columns, COLUMNS, 2 };

static double now_ms(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static void fail(const struct error *error)
{
	fprintf(stderr, "bench_index: %s %s\n", error->key, error->detail);
	exit(1);
}

/* Megabytes from /proc: VmHWM, RssAnon, RssFile ... */
static double memory_mb(const char *name)
{
	FILE *file = fopen("/proc/self/status", "r");
	char line[256];
	double found = 0;

	while (file && fgets(line, sizeof(line), file))
		if (strncmp(line, name, strlen(name)) == 0)
			found = strtod(line + strlen(name) + 1, NULL) / 1024;
	if (file)
		fclose(file);
	return found;
}

/* ---- JSON, as much of it as the flat documents need. */

struct json {
	const char *at, *end;
	struct strbuf text; /* strings with escapes, undone */
};

static void skip_to(struct json *json, const char *marks)
{
	while (json->at < json->end && !strchr(marks, *json->at))
		json->at++;
}

static uint32_t four_digits(const char *digits)
{
	char text[5] = { digits[0], digits[1], digits[2], digits[3], 0 };

	return (uint32_t)strtoul(text, NULL, 16);
}

static void undo_escape(struct json *json)
{
	static const char from[] = "nrtbf", to[] = "\n\r\t\b\f";
	char mark = *json->at++;
	const char *known = strchr(from, mark);
	uint32_t rune;

	if (mark != 'u') {
		strbuf_add_byte(&json->text, known ? to[known - from] : mark);
		return;
	}
	rune = four_digits(json->at);
	json->at += 4;
	if (rune >= 0xD800 && rune < 0xDC00 && json->at[0] == '\\') {
		rune = 0x10000 + ((rune - 0xD800) << 10) + (four_digits(json->at + 2) - 0xDC00);
		json->at += 6;
	}
	strbuf_add_rune(&json->text, rune);
}

/* At the opening quote. The view lives until json->text is cleared. */
static struct str take_string(struct json *json)
{
	const char *from = ++json->at;
	size_t start = json->text.size;

	while (*json->at != '"' && *json->at != '\\')
		json->at++;
	if (*json->at == '"')
		return (struct str){ from, (size_t)(json->at++ - from) };
	strbuf_add(&json->text, from, (size_t)(json->at - from));
	while (*json->at != '"') {
		if (*json->at == '\\') {
			json->at++;
			undo_escape(json);
		} else {
			strbuf_add_byte(&json->text, *json->at++);
		}
	}
	json->at++;
	return (struct str){ json->text.data + start, json->text.size - start };
}

/* ---- One document. */

enum { CELLS_MAX = 4000 };

struct reader {
	struct json json;
	struct cell_value cells[CELLS_MAX];
	size_t count;
	struct strbuf text; /* title and abstract as one */
	char year[8];
};

static void add_cell(struct reader *reader, unsigned column, struct str text)
{
	if (text.size > 0 && reader->count < CELLS_MAX)
		reader->cells[reader->count++] = (struct cell_value){ column, text, 0 };
}

static void add_text(struct reader *reader, struct str text)
{
	strbuf_add_str(&reader->text, text);
	strbuf_add_cstr(&reader->text, " \n ");
}

static void add_ipc(struct reader *reader, struct str symbol)
{
	add_cell(reader, IPC, symbol);
	add_cell(reader, IPC_SECTION, str_slice(symbol, 0, 1));
	add_cell(reader, IPC_CLASS, str_slice(symbol, 0, 3));
	if (symbol.size >= 4)
		add_cell(reader, IPC_SUBCLASS, str_slice(symbol, 0, 4));
}

static void take_value(struct reader *reader, struct str key)
{
	struct json *json = &reader->json;

	skip_to(json, "\"[0123456789n");
	if (*json->at == '[') {
		for (skip_to(json, "\"]"); *json->at == '"'; skip_to(json, "\"]"))
			if (str_equal_cstr(key, "ipc"))
				add_ipc(reader, take_string(json));
			else
				add_cell(reader, APPLICANT, take_string(json));
		json->at++;
	} else if (*json->at == '"') {
		struct str value = take_string(json);

		if (str_equal_cstr(key, "ti") || str_equal_cstr(key, "ab"))
			add_text(reader, value);
		else if (str_equal_cstr(key, "cc"))
			add_cell(reader, COUNTRY, value);
	} else if (*json->at != 'n' && str_equal_cstr(key, "ad")) {
		long day = strtol(json->at, NULL, 10);

		snprintf(reader->year, sizeof(reader->year), "%04ld", day / 10000 % 10000);
		add_cell(reader, YEAR, str_of(reader->year));
		reader->cells[reader->count++] = (struct cell_value){ .column = FILED,
								      .number = day / 10000 };
	}
	skip_to(json, ",}");
}

static bool read_document(struct reader *reader, struct document *document)
{
	struct json *json = &reader->json;

	reader->count = 0;
	strbuf_clear(&reader->text);
	strbuf_clear(&json->text);
	strbuf_reserve(&json->text, 1 << 20); /* views into it must not move */
	skip_to(json, "{");
	if (json->at >= json->end)
		return false;
	for (skip_to(json, "\"}"); *json->at == '"'; skip_to(json, "\"}")) {
		struct str key = take_string(json);

		take_value(reader, key);
		if (*json->at == '}')
			break;
	}
	json->at++;
	add_cell(reader, TEXT, strbuf_str(&reader->text));
	document->id++;
	document->cells = reader->cells;
	document->cell_count = reader->count;
	return true;
}

static void build(struct index *index, const char *path)
{
	struct index_write_options options = { .memory_max = (size_t)800 << 20, .thread_count = 2 };
	struct reader *reader = memory_alloc_zeroed(1, sizeof(*reader));
	struct document document = { .id = 0 };
	struct index_writer *writer;
	struct error error;
	struct str content;
	double start = now_ms(), seconds;

	if (!file_map(path, &content, &error) ||
	    !index_write_begin(index, &options, &writer, &error))
		fail(&error);
	reader->text = STRBUF_INIT;
	reader->json = (struct json){ content.data, content.data + content.size, STRBUF_INIT };
	while (read_document(reader, &document))
		if (!index_write_put(writer, &document, &error))
			fail(&error);
	if (!index_write_commit(writer, document.id, &error) || !index_merge(index, true, &error))
		fail(&error);
	seconds = (now_ms() - start) / 1e3;
	printf("build\t%lld\t%.2f\t%.1f\n", (long long)document.id, seconds, memory_mb("VmHWM"));
	printf("size\t%.1f\n", (double)index_size_on_disk(index) / 1e6);
	strbuf_release(&reader->text);
	file_unmap(content);
	strbuf_release(&reader->json.text);
	memory_free(reader);
}

/* Puts the first documents again: they replace those of the same ids. */
static void update(struct index *index, const char *path)
{
	enum { ROUNDS = 10, CHANGED = 1000 };
	struct reader *reader = memory_alloc_zeroed(1, sizeof(*reader));
	struct error error;
	struct str content;

	if (!file_map(path, &content, &error))
		fail(&error);
	reader->text = STRBUF_INIT;
	for (int round = 0; round < ROUNDS; round++) {
		struct document document = { .id = 0 };
		struct index_writer *writer;
		double start = now_ms();

		reader->json = (struct json){ content.data, content.data + content.size,
					      STRBUF_INIT };
		if (!index_write_begin(index, NULL, &writer, &error))
			fail(&error);
		while (document.id < CHANGED && read_document(reader, &document))
			if (!index_write_put(writer, &document, &error))
				fail(&error);
		if (!index_write_commit(writer, round, &error))
			fail(&error);
		printf("update\t%d\t%.1f\n", CHANGED, now_ms() - start);
		strbuf_release(&reader->json.text);
	}
	file_unmap(content);
	memory_free(reader);
}

/* ---- Queries: (and a b) (or a b) (not a) (text "words") (ipc PREFIX) (pa "NAME") (year A B). */

struct query {
	const struct snapshot *snapshot;
	struct arena *arena;
	struct str rest;
	struct list terms; /* struct rank_term: the texts outside a "not" */
};

static struct str take_word(struct query *query)
{
	struct str rest = str_trim(query->rest);
	size_t end = 0;

	if (rest.size > 0 && rest.data[0] == '"') {
		end = str_find_byte(str_slice(rest, 1, rest.size), '"') + 1;
		query->rest = str_slice(rest, end + 1, rest.size);
		return str_slice(rest, 1, end);
	}
	if (rest.size > 0 && strchr("()", rest.data[0]))
		end = 1;
	while (end < rest.size && !strchr("() ", rest.data[end]) &&
	       !(end == 1 && strchr("()", rest.data[0])))
		end++;
	query->rest = str_slice(rest, end, rest.size);
	return str_slice(rest, 0, end);
}

struct phrase {
	struct query *query;
	struct str tokens[64];
	uint32_t offsets[64];
	size_t count;
};

static void add_phrase_token(void *context, struct str token, uint32_t position)
{
	struct phrase *phrase = context;

	if (token.data[0] == 2 || (token.data[token.size - 1] == 1 && phrase->count > 0))
		return;
	phrase->tokens[phrase->count] = str_copy(phrase->query->arena, token);
	phrase->offsets[phrase->count++] = position;
}

static const struct bitmap *find_text(struct query *query, struct str text)
{
	struct phrase phrase = { .query = query };
	const struct bitmap *found;
	uint32_t position = 0;
	struct error error;

	text_tokens(text, &position, add_phrase_token, &phrase);
	for (size_t i = 0; i < phrase.count; i++)
		*(struct rank_term *)list_add(
			&query->terms) = (struct rank_term){ TEXT, phrase.tokens[i], 1 };
	if (phrase.count == 1)
		return index_term_documents(query->snapshot, query->arena, TEXT, phrase.tokens[0]);
	if (!index_phrase_documents(query->snapshot, query->arena, TEXT, phrase.tokens,
				    phrase.offsets, phrase.count, NULL, NULL, &found, &error))
		fail(&error);
	return found;
}

static const struct bitmap *find_ipc(struct query *query, struct str prefix)
{
	const struct bitmap *found;
	struct error error;
	unsigned column = prefix.size == 1   ? IPC_SECTION
			  : prefix.size == 3 ? IPC_CLASS
			  : prefix.size == 4 ? IPC_SUBCLASS
					     : IPC;

	if (!index_term_range_documents(
		    query->snapshot, query->arena, column, prefix,
		    column == IPC
			    ? str_prefix_end(query->arena, prefix)
			    : str_of(arena_printf(query->arena, "%.*s\x01", STR_ARGS(prefix))),
		    NULL, &found, &error))
		fail(&error);
	return found;
}

static const struct bitmap *find(struct query *query);

static const struct bitmap *find_joined(struct query *query, bool is_and)
{
	const struct bitmap *sets[64], *all;
	size_t count = 0;

	while (query->rest = str_trim(query->rest), query->rest.data[0] == '(')
		sets[count++] = find(query);
	if (!is_and)
		return bitmap_or_many(query->arena, sets, count);
	all = sets[0];
	for (size_t i = 1; i < count; i++)
		all = bitmap_and(query->arena, all, sets[i]);
	return all;
}

static const struct bitmap *find(struct query *query)
{
	const struct bitmap *found = NULL;
	size_t terms_before = query->terms.count;
	int64_t low, high;
	struct str name;

	take_word(query);
	name = take_word(query);
	if (str_equal_cstr(name, "text")) {
		found = find_text(query, take_word(query));
	} else if (str_equal_cstr(name, "ipc")) {
		found = find_ipc(query, take_word(query));
	} else if (str_equal_cstr(name, "pa")) {
		found = index_term_documents(query->snapshot, query->arena, APPLICANT,
					     take_word(query));
	} else if (str_equal_cstr(name, "year")) {
		if (!str_to_int64(take_word(query), &low) || !str_to_int64(take_word(query), &high))
			abort();
		found = index_number_range_documents(query->snapshot, query->arena, FILED, low,
						     high);
	} else if (str_equal_cstr(name, "not")) {
		found = bitmap_and_not(query->arena, snapshot_documents(query->snapshot),
				       find(query));
		query->terms.count = terms_before;
	} else {
		found = find_joined(query, str_equal_cstr(name, "and"));
	}
	take_word(query);
	return found;
}

/* ---- What is asked of each query. */

static void count_hits(struct query *query, const struct bitmap *found)
{
	(void)query;
	(void)found;
}

/* The most frequent 20 years, applicants, IPC subclasses and countries. */
static void count_four(struct query *query, const struct bitmap *found)
{
	enum { TOP = 20 };
	static const struct dimension facets[] = {
		{ .kind = DIMENSION_KEYWORD, .column = YEAR },
		{ .kind = DIMENSION_KEYWORD, .column = APPLICANT },
		{ .kind = DIMENSION_KEYWORD, .column = IPC_SUBCLASS },
		{ .kind = DIMENSION_KEYWORD, .column = COUNTRY },
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

static void rank_best(struct query *query, const struct bitmap *found)
{
	enum { BEST = 10 };
	struct scored *best;
	struct error error;
	size_t count;

	if (!index_rank(query->snapshot, query->arena, query->terms.items, query->terms.count,
			found, BEST, NULL, &best, &count, &error))
		fail(&error);
}

static int compare_times(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

enum { RUNS_MAX = 1000, WARM = 3 };

/* The median of the runs in milliseconds, finding the documents included. */
static double time_of(const struct snapshot *snapshot, struct str text, int runs,
		      void (*use)(struct query *, const struct bitmap *), uint64_t *hits_out)
{
	double times[RUNS_MAX];

	for (int run = -WARM; run < runs; run++) {
		struct arena *arena = arena_create(1 << 20);
		struct query query = { snapshot, arena, text, LIST_OF(struct rank_term) };
		double start = now_ms();
		const struct bitmap *found = find(&query);

		*hits_out = bitmap_count(found);
		use(&query, found);
		if (run >= 0)
			times[run] = now_ms() - start;
		list_release(&query.terms);
		arena_destroy(arena);
	}
	qsort(times, (size_t)runs, sizeof(double), compare_times);
	return times[runs / 2];
}

static void ask(const struct snapshot *snapshot, struct str name, struct str text, int runs)
{
	uint64_t hits;
	double count = time_of(snapshot, text, runs, count_hits, &hits);
	double facets = time_of(snapshot, text, runs, count_four, &hits);
	double best = time_of(snapshot, text, runs, rank_best, &hits);

	printf("query\t%.*s\t%llu\t%.4f\t%.4f\t%.4f\n", STR_ARGS(name), (unsigned long long)hits,
	       count, facets, best);
}

static void ask_all(struct index *index, const char *path, int runs)
{
	const struct snapshot *snapshot = index_acquire(index);
	struct arena *arena = arena_create(4096);
	struct error error;
	struct str content, line, name;

	if (!file_read(arena, path, 1 << 20, &content, &error))
		fail(&error);
	while (str_split(&content, STR("\n"), &line)) {
		if (line.size == 0 || line.data[0] == '#' || !str_split(&line, STR("\t"), &name))
			continue;
		ask(snapshot, name, line, runs);
	}
	printf("memory\t%.1f\t%.1f\n", memory_mb("RssAnon"), memory_mb("RssFile"));
	arena_destroy(arena);
	index_release(snapshot);
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
		fail(&error);
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

static struct index *open_index(const char *folder)
{
	struct index *index;
	struct error error;

	if (!index_open(folder, &schema, &index, &error))
		fail(&error);
	return index;
}

static int usage(void)
{
	fputs("usage: bench_index --build DOCS.jsonl FOLDER | --ask FOLDER QUERIES.tsv [RUNS] |\n"
	      "                   --update DOCS.jsonl FOLDER | --fold DOCS.jsonl OUT.jsonl\n",
	      stderr);
	return 2;
}

int main(int count, char **arguments)
{
	struct index *index;

	if (count < 4)
		return usage();
	if (strcmp(arguments[1], "--fold") == 0) {
		fold(arguments[2], arguments[3]);
		return 0;
	}
	index = open_index(arguments[strcmp(arguments[1], "--ask") == 0 ? 2 : 3]);
	if (strcmp(arguments[1], "--build") == 0)
		build(index, arguments[2]);
	else if (strcmp(arguments[1], "--update") == 0)
		update(index, arguments[2]);
	else
		ask_all(index, arguments[3], count > 4 ? (int)strtol(arguments[4], NULL, 10) : 21);
	index_close(index);
	return 0;
}
