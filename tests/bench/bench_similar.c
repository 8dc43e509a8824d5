/*
 * Documents like another: how good beside another engine on the same texts, and how fast.
 *
 *     bench_similar --pairs DATA FOLDER      writes FOLDER/docs.jsonl (title and abstract, folded), texts.tsv
 *                                            (document TAB its text, for documents that have a relative) and
 *                                            pairs.tsv (relation TAB document TAB relative) of a data folder
 *     bench_similar --find FOLDER            for each line of FOLDER/texts.tsv the 100 most similar documents
 *                                            of FOLDER/docs.jsonl: document TAB ids, best first
 *     bench_similar --time DATA [TERMS [RUNS]]
 *                                            milliseconds of processor time for the 100 most similar to
 *                                            texts of at least TERMS different words: median, longest
 *
 * Relatives are documents one of which cites the other, that share a family or a priority, or that cite
 * COUPLED_MIN documents in common. bench_similar.py puts the answers beside those of Lucene.
 */
#include "corpus.h"

#include "analyse/similar.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/jsonout.h"
#include "base/map.h"
#include "indexing/indexing.h"
#include "text/token.h"

#include <string.h>

enum { BEST = 100, COUPLED_MIN = 2, SHARED_MAX = 50 };

/* ---- The texts, and an index of nothing else. */

struct making {
	struct workspace workspace;
	const struct snapshot *snapshot;
	const char *folder;
	FILE *docs, *texts, *pairs;
	struct index *index;
	struct index_writer *writer;
};

static FILE *open_file(const char *folder, const char *name, const char *mode)
{
	struct arena *arena = arena_create(512);
	FILE *file = fopen(file_join(arena, folder, name), mode);

	if (!file) {
		perror(name);
		exit(1);
	}
	arena_destroy(arena);
	return file;
}

static struct index *open_ours(const char *folder)
{
	struct arena *arena = arena_create(512);
	struct index *index;
	struct error error;

	if (!index_open(file_join(arena, folder, "ours"), &patent_schema, &index, &error))
		bench_fail(&error);
	arena_destroy(arena);
	return index;
}

static struct str folded(struct arena *arena, struct str text)
{
	struct strbuf buffer = STRBUF_INIT;
	struct str copy;

	text_fold(text, &buffer);
	for (size_t i = 0; i < buffer.size; i++)
		if ((unsigned char)buffer.data[i] < ' ')
			buffer.data[i] = ' ';
	copy = str_copy(arena, strbuf_str(&buffer));
	strbuf_release(&buffer);
	return copy;
}

struct both_texts {
	struct str title, abstract;
};

static struct both_texts texts_of(struct making *making, struct arena *arena, uint32_t document)
{
	struct application application;
	const struct publication *facts;
	struct error error;

	if (!library_application(making->workspace.library, arena,
				 snapshot_document_id(making->snapshot, document), &application,
				 &error))
		bench_fail(&error);
	facts = application_effective(arena, &application);
	return (struct both_texts){ folded(arena, publication_text(facts, FACT_TITLE)),
				    folded(arena, publication_text(facts, FACT_ABSTRACT)) };
}

static void write_json(struct making *making, int64_t id, const struct both_texts *texts)
{
	struct strbuf line = STRBUF_INIT;
	struct jsonout json = JSONOUT_TO(&line);
	char number[24];

	snprintf(number, sizeof(number), "%lld", (long long)id);
	jsonout_object_begin(&json);
	jsonout_member_cstr(&json, "pn", number);
	jsonout_member_str(&json, "ti", texts->title);
	jsonout_member_str(&json, "ab", texts->abstract);
	jsonout_key(&json, "ad"), jsonout_null(&json);
	jsonout_member_cstr(&json, "cc", "");
	jsonout_key(&json, "ipc"), jsonout_array_begin(&json), jsonout_array_end(&json);
	jsonout_key(&json, "pa"), jsonout_array_begin(&json), jsonout_array_end(&json);
	jsonout_object_end(&json);
	fprintf(making->docs, "%.*s\n", STR_ARGS(strbuf_str(&line)));
	strbuf_release(&line);
}

static void put_ours(struct making *making, int64_t id, const struct both_texts *texts)
{
	const struct cell_value cells[] = { { .column = COL_TITLE, .text = texts->title },
					    { .column = COL_ABSTRACT, .text = texts->abstract } };
	const struct document document = { id, cells, 2 };
	struct error error;

	if (!index_write_put(making->writer, &document, &error))
		bench_fail(&error);
}

/* ---- Relatives. */

struct relatives {
	struct making *making;
	struct arena *arena;
	uint32_t document;
	bool has_some;
};

static void add_relatives(struct relatives *relatives, const char *relation,
			  const struct bitmap *found)
{
	struct making *making = relatives->making;
	struct bitmap_walk walk = bitmap_walk(found);
	uint32_t other;

	if (bitmap_count(found) > SHARED_MAX)
		return;
	while (bitmap_walk_next(&walk, &other)) {
		if (other == relatives->document)
			continue;
		fprintf(making->pairs, "%s\t%lld\t%lld\n", relation,
			(long long)snapshot_document_id(making->snapshot, relatives->document),
			(long long)snapshot_document_id(making->snapshot, other));
		relatives->has_some = true;
	}
}

/* Documents that have one of this document's values of a column among those of another. */
static const struct bitmap *sharing(const struct relatives *relatives, unsigned column,
				    unsigned other)
{
	const struct snapshot *snapshot = relatives->making->snapshot;
	const struct bitmap *found = bitmap_empty();
	const uint32_t *ordinals;
	size_t count = snapshot_ordinals(snapshot, relatives->arena, column, relatives->document,
					 &ordinals);

	for (size_t i = 0; i < count; i++)
		found = bitmap_or(
			relatives->arena, found,
			index_term_documents(snapshot, relatives->arena, other,
					     snapshot_term(snapshot, column, ordinals[i])));
	return found;
}

/* Documents that cite several of those this one cites. */
static const struct bitmap *coupled(const struct relatives *relatives)
{
	const struct snapshot *snapshot = relatives->making->snapshot;
	const struct bitmap *once = bitmap_empty(), *again = bitmap_empty();
	const uint32_t *ordinals;
	size_t count = snapshot_ordinals(snapshot, relatives->arena, COL_CITES, relatives->document,
					 &ordinals);

	for (size_t i = 0; i < count; i++) {
		const struct bitmap *with = index_term_documents(
			snapshot, relatives->arena, COL_CITES,
			snapshot_term(snapshot, COL_CITES, ordinals[i]));

		again = bitmap_or(relatives->arena, again,
				  bitmap_and(relatives->arena, once, with));
		once = bitmap_or(relatives->arena, once, with);
	}
	return again;
}

static void take_document(struct making *making, uint32_t document)
{
	struct arena *arena = arena_create(1 << 14);
	struct relatives relatives = { making, arena, document, false };
	struct both_texts texts = texts_of(making, arena, document);
	int64_t id = snapshot_document_id(making->snapshot, document);

	write_json(making, id, &texts);
	put_ours(making, id, &texts);
	add_relatives(&relatives, "cites", sharing(&relatives, COL_CITES, COL_NUMBER));
	add_relatives(&relatives, "family", sharing(&relatives, COL_FAMILY, COL_FAMILY));
	add_relatives(&relatives, "family",
		      sharing(&relatives, COL_PRIORITY_NUMBER, COL_PRIORITY_NUMBER));
	add_relatives(&relatives, "coupled", coupled(&relatives));
	if (relatives.has_some)
		fprintf(making->texts, "%lld\t%.*s %.*s\n", (long long)id, STR_ARGS(texts.title),
			STR_ARGS(texts.abstract));
	arena_destroy(arena);
}

static void open_workspace(const char *data, struct workspace *workspace)
{
	struct error error;

	if (!workspace_open(data, false, clock_today(), NULL, NULL, workspace, &error))
		bench_fail(&error);
}

static void make_pairs(const char *data, const char *folder)
{
	struct making making = { .folder = folder,
				 .docs = open_file(folder, "docs.jsonl", "wb"),
				 .texts = open_file(folder, "texts.tsv", "wb"),
				 .pairs = open_file(folder, "pairs.tsv", "wb"),
				 .index = open_ours(folder) };
	struct bitmap_walk walk;
	struct error error;
	uint32_t document;

	open_workspace(data, &making.workspace);
	making.snapshot = making.workspace.snapshot;
	if (!index_write_begin(making.index, NULL, &making.writer, &error))
		bench_fail(&error);
	walk = bitmap_walk(snapshot_documents(making.snapshot));
	while (bitmap_walk_next(&walk, &document))
		take_document(&making, document);
	if (!index_write_commit(making.writer, 1, &error) ||
	    !index_merge(making.index, true, &error))
		bench_fail(&error);
	index_close(making.index);
	workspace_close(&making.workspace);
	fclose(making.docs), fclose(making.texts), fclose(making.pairs);
}

/* ---- Ours. */

static void find_similar(const struct snapshot *snapshot, struct str name, struct str text)
{
	struct arena *arena = arena_create(1 << 16);
	const struct similar_request request = {
		.text = text, .itself = DOCUMENT_NONE, .before = DATE_NONE, .limit = BEST
	};
	struct similar_result result;
	struct error error;

	if (!similar_find(snapshot, &request, NULL, arena, &result, &error))
		bench_fail(&error);
	printf("%.*s\t", STR_ARGS(name));
	for (size_t i = 0; i < result.document_count; i++)
		printf("%lld ",
		       (long long)snapshot_document_id(snapshot, result.documents[i].document));
	putchar('\n');
	arena_destroy(arena);
}

static void find_all(const char *folder)
{
	struct arena *arena = arena_create(512);
	struct index *index = open_ours(folder);
	const struct snapshot *snapshot = index_acquire(index);
	struct str content, rest, line, name;
	struct error error;

	if (!file_map(file_join(arena, folder, "texts.tsv"), &content, &error))
		bench_fail(&error);
	for (rest = content; str_split(&rest, STR("\n"), &line);)
		if (str_split(&line, STR("\t"), &name))
			find_similar(snapshot, name, line);
	file_unmap(content);
	index_release(snapshot);
	index_close(index);
	arena_destroy(arena);
}

/* ---- How fast. */

struct counted {
	struct map *seen;
};

static void count_token(void *context, struct str token, uint32_t position)
{
	(void)position;
	map_put(((struct counted *)context)->seen, token, NULL);
}

static size_t different_words(struct str text)
{
	struct counted counted = { map_create() };
	uint32_t position = 0;
	size_t count;

	text_tokens(text, &position, count_token, &counted);
	count = map_count(counted.seen);
	map_destroy(counted.seen);
	return count;
}

/* Titles and abstracts of documents far apart, one after the other, until there are enough words. */
static struct str long_text(struct making *making, struct arena *arena, uint64_t n, size_t terms)
{
	const struct bitmap *all = snapshot_documents(making->snapshot);
	struct strbuf text = STRBUF_INIT;
	struct str copy;

	do {
		uint32_t document = bitmap_select(all, n++ * 7919 % bitmap_count(all));
		struct both_texts texts = texts_of(making, arena, document);

		strbuf_add_str(&text, texts.title);
		strbuf_add_byte(&text, '\n');
		strbuf_add_str(&text, texts.abstract);
		strbuf_add_byte(&text, '\n');
	} while (different_words(strbuf_str(&text)) < terms);
	copy = str_copy(arena, strbuf_str(&text));
	strbuf_release(&text);
	return copy;
}

static double similar_ms(const struct snapshot *snapshot, struct str text)
{
	struct arena *arena = arena_create(1 << 20);
	const struct similar_request request = {
		.text = text, .itself = DOCUMENT_NONE, .before = DATE_NONE, .limit = BEST
	};
	struct similar_result result;
	struct error error;
	double start = bench_processor_ms(), took;

	if (!similar_find(snapshot, &request, NULL, arena, &result, &error))
		bench_fail(&error);
	took = bench_processor_ms() - start;
	arena_destroy(arena);
	return took;
}

static void time_similar(const char *data, size_t terms, size_t runs)
{
	struct arena *arena = arena_create(1 << 20);
	struct making making = { .folder = NULL };
	double *times = arena_array(arena, double, runs);
	uint64_t words = 0;

	open_workspace(data, &making.workspace);
	making.snapshot = making.workspace.snapshot;
	for (size_t i = 0; i < runs; i++) {
		struct str text = long_text(&making, arena, i * 10, terms);

		words += different_words(text);
		similar_ms(making.snapshot, text);
		times[i] = similar_ms(making.snapshot, text);
	}
	printf("similar\t%llu\t%llu\t%.1f",
	       (unsigned long long)snapshot_document_count(making.snapshot),
	       (unsigned long long)(words / runs), bench_percentile(times, runs, 0.5));
	printf("\t%.1f\n", bench_percentile(times, runs, 1));
	workspace_close(&making.workspace);
	arena_destroy(arena);
}

int main(int count, char **arguments)
{
	if (count == 4 && strcmp(arguments[1], "--pairs") == 0) {
		make_pairs(arguments[2], arguments[3]);
	} else if (count == 3 && strcmp(arguments[1], "--find") == 0) {
		find_all(arguments[2]);
	} else if (count >= 3 && strcmp(arguments[1], "--time") == 0) {
		time_similar(arguments[2],
			     count > 3 ? (size_t)strtoul(arguments[3], NULL, 10) : 300,
			     count > 4 ? (size_t)strtoul(arguments[4], NULL, 10) : 20);
	} else {
		fputs("usage: bench_similar --pairs DATA FOLDER | --find FOLDER | --time DATA "
		      "[TERMS [RUNS]]\n",
		      stderr);
		return 2;
	}
	return 0;
}
