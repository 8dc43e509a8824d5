#include "corpus.h"

#include "base/memory.h"

#include <string.h>
#include <time.h>

static const struct column columns[BENCH_COLUMNS] = {
	[BENCH_TEXT] = { "text", COLUMN_TEXT },
	[BENCH_APPLICANT] = { "applicant", COLUMN_KEYWORD },
	[BENCH_IPC] = { "ipc", COLUMN_KEYWORD },
	[BENCH_IPC_SECTION] = { "ipc_section", COLUMN_KEYWORD },
	[BENCH_IPC_CLASS] = { "ipc_class", COLUMN_KEYWORD },
	[BENCH_IPC_SUBCLASS] = { "ipc_subclass", COLUMN_KEYWORD },
	[BENCH_COUNTRY] = { "country", COLUMN_KEYWORD },
	[BENCH_YEAR] = { "year", COLUMN_KEYWORD },
	[BENCH_FILED] = { "filed", COLUMN_NUMBER },
};
const struct index_schema bench_schema = { columns, BENCH_COLUMNS, 2 };

static double clock_ms(clockid_t clock)
{
	struct timespec time;

	clock_gettime(clock, &time);
	return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

double bench_now_ms(void)
{
	return clock_ms(CLOCK_MONOTONIC);
}

double bench_processor_ms(void)
{
	return clock_ms(CLOCK_THREAD_CPUTIME_ID);
}

void bench_fail(const struct error *error)
{
	fprintf(stderr, "%s %s\n", error->key, error->detail);
	exit(1);
}

double bench_memory_mb(const char *name)
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

static int compare_times(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

double bench_percentile(double *times, size_t count, double share)
{
	size_t at = (size_t)((double)count * share);

	qsort(times, count, sizeof(*times), compare_times);
	return times[at < count ? at : count - 1];
}

struct index *bench_open(const char *folder)
{
	struct index *index;
	struct error error;

	if (!index_open(folder, &bench_schema, &index, &error))
		bench_fail(&error);
	return index;
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

struct corpus {
	FILE *file;
	char *line;
	size_t room;
	struct json json;
	struct cell_value cells[CELLS_MAX];
	size_t count;
	struct strbuf text; /* title and abstract as one */
	char year[8];
	struct str number;
};

static void add_cell(struct corpus *corpus, unsigned column, struct str text)
{
	if (text.size > 0 && corpus->count < CELLS_MAX)
		corpus->cells[corpus->count++] = (struct cell_value){ column, text, 0 };
}

static void add_text(struct corpus *corpus, struct str text)
{
	strbuf_add_str(&corpus->text, text);
	strbuf_add_cstr(&corpus->text, " \n ");
}

static void add_ipc(struct corpus *corpus, struct str symbol)
{
	add_cell(corpus, BENCH_IPC, symbol);
	add_cell(corpus, BENCH_IPC_SECTION, str_slice(symbol, 0, 1));
	add_cell(corpus, BENCH_IPC_CLASS, str_slice(symbol, 0, 3));
	if (symbol.size >= 4)
		add_cell(corpus, BENCH_IPC_SUBCLASS, str_slice(symbol, 0, 4));
}

static void take_value(struct corpus *corpus, struct str key)
{
	struct json *json = &corpus->json;

	skip_to(json, "\"[0123456789n");
	if (*json->at == '[') {
		for (skip_to(json, "\"]"); *json->at == '"'; skip_to(json, "\"]"))
			if (str_equal_cstr(key, "ipc"))
				add_ipc(corpus, take_string(json));
			else
				add_cell(corpus, BENCH_APPLICANT, take_string(json));
		json->at++;
	} else if (*json->at == '"') {
		struct str value = take_string(json);

		if (str_equal_cstr(key, "ti") || str_equal_cstr(key, "ab"))
			add_text(corpus, value);
		else if (str_equal_cstr(key, "cc"))
			add_cell(corpus, BENCH_COUNTRY, value);
		else if (str_equal_cstr(key, "pn"))
			corpus->number = value;
	} else if (*json->at != 'n' && str_equal_cstr(key, "ad")) {
		long day = strtol(json->at, NULL, 10);

		snprintf(corpus->year, sizeof(corpus->year), "%04ld", day / 10000 % 10000);
		add_cell(corpus, BENCH_YEAR, str_of(corpus->year));
		corpus->cells[corpus->count++] = (struct cell_value){ .column = BENCH_FILED,
								      .number = day / 10000 };
	}
	skip_to(json, ",}");
}

static bool read_line(struct corpus *corpus)
{
	ssize_t size;

	do
		size = getline(&corpus->line, &corpus->room, corpus->file);
	while (size >= 0 && corpus->line[0] != '{');
	corpus->json.at = corpus->line;
	corpus->json.end = size >= 0 ? corpus->line + size : corpus->line;
	return size >= 0;
}

struct corpus *corpus_open(const char *path)
{
	struct corpus *corpus = memory_alloc_zeroed(1, sizeof(*corpus));

	corpus->file = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
	if (!corpus->file) {
		perror(path);
		exit(1);
	}
	corpus->text = STRBUF_INIT;
	corpus->json.text = STRBUF_INIT;
	return corpus;
}

void corpus_close(struct corpus *corpus)
{
	if (corpus->file != stdin)
		fclose(corpus->file);
	free(corpus->line);
	strbuf_release(&corpus->text);
	strbuf_release(&corpus->json.text);
	memory_free(corpus);
}

bool corpus_next(struct corpus *corpus, struct document *document)
{
	struct json *json = &corpus->json;

	corpus->count = 0;
	strbuf_clear(&corpus->text);
	strbuf_clear(&json->text);
	strbuf_reserve(&json->text, 1 << 20); /* views into it must not move */
	if (!read_line(corpus))
		return false;
	for (skip_to(json, "\"}"); *json->at == '"'; skip_to(json, "\"}")) {
		struct str key = take_string(json);

		take_value(corpus, key);
		if (*json->at == '}')
			break;
	}
	add_cell(corpus, BENCH_TEXT, strbuf_str(&corpus->text));
	document->id++;
	document->cells = corpus->cells;
	document->cell_count = corpus->count;
	return true;
}

struct str corpus_number(const struct corpus *corpus)
{
	return corpus->number;
}
