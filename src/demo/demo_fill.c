#include "demo/demo_internal.h"
#include "import/source.h"
#include "import/tree_file.h"

enum { PUBLICATIONS_A_COMMIT = 2000 };

/* Grows with every change of what the generator makes, so that the collection is put again. */
#define FINGERPRINT "demo-3"

struct filling {
	const struct demo *demo;
	struct library *library;
	struct arena *arena; /* of one commit */
	struct import_record record;
	demo_progress_fn *progress;
	void *context;
};

/* All facts are of the demo source and of this import. */
static void sign(struct publication *publication, int64_t import_id)
{
	for (size_t i = 0; i < publication->count; i++) {
		publication->facts[i].import_id = (uint32_t)import_id;
		publication->facts[i].origin = source_demo.origin;
		publication->facts[i].rank = source_demo.rank;
	}
}

bool demo_put_publication(struct library *library, struct arena *arena,
			  struct publication *publication, struct import_record *record,
			  int64_t *application_out, struct error *error)
{
	enum put_result result;

	sign(publication, record->id);
	if (!library_put(library, arena, publication, &result, application_out, error))
		return false;
	record->inserted += result == PUT_INSERTED;
	record->updated += result == PUT_UPDATED;
	record->unchanged += result == PUT_UNCHANGED;
	record->rows_done++;
	return true;
}

static bool put(struct filling *filling, size_t i, struct error *error)
{
	int64_t application;

	return demo_put_publication(filling->library, filling->arena,
				    demo_publication(filling->demo, filling->arena, i),
				    &filling->record, &application, error);
}

/* One transaction: some publications and the checkpoint behind them. */
static bool put_some(struct filling *filling, struct error *error)
{
	size_t count = demo_publication_count(filling->demo);
	size_t first = (size_t)filling->record.rows_done;
	size_t end = count - first < PUBLICATIONS_A_COMMIT ? count : first + PUBLICATIONS_A_COMMIT;

	if (!library_begin(filling->library, error))
		return false;
	for (size_t i = first; i < end; i++)
		if (!put(filling, i, error))
			return false;
	if (end == count)
		filling->record.state = IMPORT_DONE;
	return library_import_save(filling->library, &filling->record, error) &&
	       library_commit(filling->library, error);
}

static bool put_all(struct filling *filling, struct error *error)
{
	size_t count = demo_publication_count(filling->demo);

	if (!library_import_start(filling->library, filling->demo->arena, &filling->record, error))
		return false;
	while ((size_t)filling->record.rows_done < count) {
		arena_reset(filling->arena);
		if (!put_some(filling, error)) {
			library_rollback(filling->library);
			return false;
		}
		if (filling->progress)
			filling->progress(filling->context, filling->record.rows_done,
					  (int64_t)count);
	}
	return true;
}

/* Was the whole collection put by an earlier call? */
static bool find_done(struct filling *filling, bool *is_done_out, struct error *error)
{
	struct import_record *records;
	size_t count;

	*is_done_out = false;
	if (!library_imports(filling->library, filling->arena, &records, &count, error))
		return false;
	for (size_t i = 0; i < count; i++)
		if (strcmp(records[i].fingerprint, FINGERPRINT) == 0 &&
		    strcmp(records[i].source, source_demo.name) == 0 &&
		    records[i].state == IMPORT_DONE)
			*is_done_out = true;
	return true;
}

static bool save_tree(struct library *library, struct arena *arena, int64_t topic_id,
		      enum tree_kind kind, struct str tree, struct error *error)
{
	struct topic_node *nodes;
	size_t count;

	return tree.size == 0 ||
	       (tree_read_toml(arena, tree, &nodes, &count, error) &&
		library_topic_tree_save(library, topic_id, kind, nodes, count, error));
}

/* Makes a topic that is not there; one that is there is the user's and stays as it is. */
bool demo_put_topic(struct library *library, struct arena *arena, const struct demo_topic *wanted,
		    date today, bool *is_new_out, struct error *error)
{
	struct topic topic;

	*is_new_out = false;
	if (library_topic_find(library, arena, wanted->name, &topic, error))
		return true;
	if (error->kind != ERROR_NOT_FOUND)
		return false;
	topic = (struct topic){ .name = str_to_cstr(arena, wanted->name),
				.purpose = str_to_cstr(arena, wanted->purpose),
				.field = str_to_cstr(arena, wanted->field),
				.query = str_to_cstr(arena, wanted->query),
				.created_on = today,
				.updated_on = today };
	if (!library_topic_save(library, &topic, error))
		return false;
	*is_new_out = true;
	for (int kind = 0; kind < TREE_KIND_COUNT; kind++)
		if (!save_tree(library, arena, topic.id, (enum tree_kind)kind, wanted->trees[kind],
			       error))
			return false;
	return true;
}

static bool make_topics(struct filling *filling, date today, struct demo_counts *counts,
			struct error *error)
{
	if (!library_begin(filling->library, error))
		return false;
	for (size_t i = 0; i < demo_topic_count(filling->demo); i++) {
		struct demo_topic topic;
		bool is_new;

		demo_topic(filling->demo, i, &topic);
		if (!demo_put_topic(filling->library, filling->demo->arena, &topic, today, &is_new,
				    error)) {
			library_rollback(filling->library);
			return false;
		}
		counts->topics += is_new;
	}
	return library_commit(filling->library, error);
}

static bool fill(struct filling *filling, date today, struct demo_counts *counts,
		 struct error *error)
{
	bool is_done;

	if (!find_done(filling, &is_done, error) || (!is_done && !put_all(filling, error)))
		return false;
	if (is_done)
		filling->record.unchanged = (int64_t)demo_publication_count(filling->demo);
	counts->inserted = filling->record.inserted;
	counts->updated = filling->record.updated;
	counts->unchanged = filling->record.unchanged;
	return make_topics(filling, today, counts, error);
}

bool demo_fill(const struct demo *demo, struct library *library, date today,
	       demo_progress_fn *progress, void *context, struct demo_counts *counts_out,
	       struct error *error)
{
	struct filling filling = {
		.demo = demo,
		.library = library,
		.arena = arena_create(1 << 20),
		.record = { .file = "demo",
			    .fingerprint = FINGERPRINT,
			    .source = source_demo.name,
			    .imported_on = today,
			    .message = "" },
		.progress = progress,
		.context = context,
	};
	bool ok;

	*counts_out = (struct demo_counts){ 0 };
	ok = fill(&filling, today, counts_out, error);
	arena_destroy(filling.arena);
	return ok;
}
