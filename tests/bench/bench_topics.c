/*
 * Topics over a large collection: putting documents into one, searching inside it, and a breakdown by
 * 200 techniques and 40 effects.
 *
 *     bench_topics DATA [RUNS]
 *
 * DATA is a data folder with many documents (yucheng import); a topic is added to it. Prints,
 * tab-separated: add, documents, milliseconds with the commit; search, query, milliseconds over all, within
 * the topic of 100,000; matrix, nodes, milliseconds of the nodes and of all the first time, then again. But
 * for the first these are medians of processor time.
 */
#include "corpus.h"

#include "analyse/figure.h"
#include "base/clock.h"
#include "base/list.h"
#include "indexing/indexing.h"

#include <string.h>

enum { ADDED = 100000, TECHNIQUES = 200, EFFECTS = 40, SKIPPED = 20, RUNS_MAX = 1000 };

static const char topic_name[] = "bench_topics";

/* Every tenth or so, so that all parts of the collection are touched; all when there are few. */
static const struct bitmap *some_ids(const struct workspace *workspace, struct arena *arena,
				     size_t wanted)
{
	const struct bitmap *all = snapshot_documents(workspace->snapshot);
	uint64_t count = bitmap_count(all), step;
	uint32_t *ids;

	wanted = wanted < count ? wanted : (size_t)count;
	step = wanted > 0 ? count / wanted : 1;
	ids = arena_array(arena, uint32_t, wanted);
	for (size_t i = 0; i < wanted; i++)
		ids[i] = (uint32_t)snapshot_document_id(workspace->snapshot,
							bitmap_select(all, i * step));
	return bitmap_of(arena, ids, wanted);
}

static void add_documents(struct workspace *workspace, struct arena *arena, struct topic *topic)
{
	const struct bitmap *ids = some_ids(workspace, arena, ADDED);
	struct error error;
	uint64_t changed;
	double start = bench_now_ms();

	if (!library_begin(workspace->library, &error) ||
	    !library_topic_save(workspace->library, topic, &error) ||
	    !library_topic_set_add(workspace->library, arena, topic->id, TOPIC_ADDED, ids, &changed,
				   &error) ||
	    !library_commit(workspace->library, &error))
		bench_fail(&error);
	printf("add\t%llu\t%.1f\n", (unsigned long long)changed, bench_now_ms() - start);
}

/* ---- Searching inside. */

static double search_once(struct workspace *workspace, const struct topic *topic, const char *text)
{
	struct arena *arena = arena_create(1 << 20);
	const struct bitmap *found, *within;
	struct scored *best;
	struct query *query;
	struct error error;
	size_t count;
	double start = bench_processor_ms(), took;

	if (!query_parse(arena, str_of(text), NULL, &query, &error) ||
	    !query_run(workspace->snapshot, query, NULL, arena, &found, &error) ||
	    (topic && !indexing_topic_documents(workspace->library, workspace->snapshot, arena,
						topic, NULL, &within, &error)))
		bench_fail(&error);
	if (topic)
		found = bitmap_and(arena, found, within);
	if (!query_rank(workspace->snapshot, query, found, 10, NULL, arena, &best, &count, &error))
		bench_fail(&error);
	took = bench_processor_ms() - start;
	arena_destroy(arena);
	return took;
}

static double search_median(struct workspace *workspace, const struct topic *topic,
			    const char *text, size_t runs)
{
	double times[RUNS_MAX];

	search_once(workspace, topic, text);
	for (size_t i = 0; i < runs; i++)
		times[i] = search_once(workspace, topic, text);
	return bench_percentile(times, runs, 0.5);
}

static void search_inside(struct workspace *workspace, const struct topic *topic, size_t runs)
{
	static const char *const queries[] = {
		"TA=(system)",
		"TA=(装置)",
		"TA=(\"image processing\")",
		"TA=(system AND satellite)",
		"TA=(battery OR 电池) AND IPC=(H01M OR B60L)",
		"TA=(\"rain gauge\")",
	};

	for (size_t i = 0; i < sizeof(queries) / sizeof(queries[0]); i++) {
		printf("search\t%s\t%.3f", queries[i],
		       search_median(workspace, NULL, queries[i], runs));
		printf("\t%.3f\n", search_median(workspace, topic, queries[i], runs));
	}
}

/* ---- The matrix. */

struct word {
	struct str text;
	uint64_t documents;
};

struct words {
	struct arena *arena;
	struct list list; /* struct word */
};

/* Words as a person would take for a branch: letters only, no marks. */
static bool take_word(void *context, struct str term, uint64_t documents)
{
	struct words *words = context;
	size_t letters = 0;

	for (size_t i = 0; i < term.size; i++)
		letters += (unsigned char)term.data[i] >= 'a';
	if (letters == term.size && term.size > 3 && documents > 100)
		*(struct word *)list_add(
			&words->list) = (struct word){ str_copy(words->arena, term), documents };
	return true;
}

static int compare_words(const void *a, const void *b)
{
	const struct word *x = a, *y = b;

	return (x->documents < y->documents) - (x->documents > y->documents);
}

/* Nodes for the most frequent words but the first few. */
static const struct topic_node *make_tree(const struct words *words, size_t from, size_t count)
{
	struct topic_node *nodes = arena_array(words->arena, struct topic_node, count);

	for (size_t i = 0; i < count; i++) {
		struct str text = LIST_AT(&words->list, struct word, from + i).text;

		nodes[i] = (struct topic_node){
			.level = 1,
			.name = str_to_cstr(words->arena, text),
			.definition = "",
			.query = arena_printf(words->arena, "TA=(\"%.*s\")", STR_ARGS(text)),
		};
	}
	return nodes;
}

static void save_trees(struct workspace *workspace, struct arena *arena, const struct topic *topic)
{
	struct words words = { arena, LIST_OF(struct word) };
	struct error error;

	if (!index_each_term(workspace->snapshot, COL_ABSTRACT, STR_EMPTY, NULL, take_word, &words,
			     &error))
		bench_fail(&error);
	list_sort(&words.list, compare_words);
	if (words.list.count < SKIPPED + TECHNIQUES + EFFECTS)
		abort();
	if (!library_begin(workspace->library, &error) ||
	    !library_topic_tree_save(workspace->library, topic->id, TREE_TECHNOLOGY,
				     make_tree(&words, SKIPPED, TECHNIQUES), TECHNIQUES, &error) ||
	    !library_topic_tree_save(workspace->library, topic->id, TREE_EFFECT,
				     make_tree(&words, SKIPPED + TECHNIQUES, EFFECTS), EFFECTS,
				     &error) ||
	    !library_commit(workspace->library, &error))
		bench_fail(&error);
	list_release(&words.list);
}

static double matrix_once(struct workspace *workspace, const struct topic *topic, double *nodes_ms)
{
	struct arena *arena = arena_create(1 << 20);
	struct analysis_input input = { .snapshot = workspace->snapshot,
					.documents = snapshot_documents(workspace->snapshot),
					.as_of = clock_today(),
					.language = LANGUAGE_ZH };
	struct tree_node *technology, *effect;
	struct figure *figure;
	struct error error;
	double start = bench_processor_ms(), took;

	if (!indexing_topic_tree(workspace->library, workspace->snapshot, arena, topic->id,
				 TREE_TECHNOLOGY, input.documents, NULL, &technology,
				 &input.technology_count, &error) ||
	    !indexing_topic_tree(workspace->library, workspace->snapshot, arena, topic->id,
				 TREE_EFFECT, input.documents, NULL, &effect, &input.effect_count,
				 &error))
		bench_fail(&error);
	*nodes_ms = bench_processor_ms() - start;
	input.technology = technology;
	input.effect = effect;
	if (!analysis_run(analysis_find(STR("matrix")), &input, arena, &figure, &error))
		bench_fail(&error);
	took = bench_processor_ms() - start;
	arena_destroy(arena);
	return took;
}

static void run_matrix(struct workspace *workspace, const struct topic *topic, size_t runs)
{
	double nodes_ms, took = matrix_once(workspace, topic, &nodes_ms), times[RUNS_MAX];

	printf("matrix\t%dx%d\t%.1f\t%.1f", TECHNIQUES, EFFECTS, nodes_ms, took);
	for (size_t i = 0; i < runs; i++)
		times[i] = matrix_once(workspace, topic, &nodes_ms);
	printf("\t%.1f\t%.1f\n", nodes_ms, bench_percentile(times, runs, 0.5));
}

int main(int count, char **arguments)
{
	struct arena *arena = arena_create(1 << 20);
	struct topic topic = { .name = topic_name, .purpose = "", .field = "", .query = "" }, old;
	size_t runs = count > 2 ? (size_t)strtoul(arguments[2], NULL, 10) : 21;
	struct workspace workspace;
	struct error error;

	if (count < 2 || runs < 1 || runs > RUNS_MAX) {
		fputs("usage: bench_topics DATA [RUNS]\n", stderr);
		return 2;
	}
	if (!workspace_open(arguments[1], false, clock_today(), NULL, NULL, &workspace, &error))
		bench_fail(&error);
	if (library_topic_find(workspace.library, arena, str_of(topic_name), &old, &error) &&
	    (!library_begin(workspace.library, &error) ||
	     !library_topic_remove(workspace.library, old.id, &error) ||
	     !library_commit(workspace.library, &error)))
		bench_fail(&error);
	add_documents(&workspace, arena, &topic);
	search_inside(&workspace, &topic, runs);
	save_trees(&workspace, arena, &topic);
	run_matrix(&workspace, &topic, runs);
	workspace_close(&workspace);
	arena_destroy(arena);
	return 0;
}
