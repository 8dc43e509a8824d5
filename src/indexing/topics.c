/* Topics, trees and saved names as sets of documents. */
#include "indexing/indexing.h"

#include <string.h>

/* Topics that name each other in their queries end here. */
enum { NAME_DEPTH_MAX = 8 };

struct name_lookup {
	struct library *library;
	const struct snapshot *snapshot;
	const struct search_limits *limits;
	unsigned depth;
};

static bool find_name(void *context, struct arena *arena, struct str name, struct str *text_out,
		      const struct bitmap **ids_out);

static bool run_text(const struct name_lookup *lookup, struct arena *arena, const char *text,
		     const struct search_limits *limits, const struct bitmap **documents_out,
		     struct error *error)
{
	struct name_lookup deeper = { lookup->library, lookup->snapshot, limits,
				      lookup->depth + 1 };
	const struct query_names names = { .context = &deeper, .find = find_name };
	const struct query_parse_options options = { .names = &names };
	struct query *query;

	if (deeper.depth > NAME_DEPTH_MAX)
		return error_set(error, ERROR_LIMIT, "indexing.name_depth", "%s", text);
	return query_parse(arena, str_of(text), &options, &query, error) &&
	       query_run_kept(lookup->snapshot, query, limits, arena, documents_out, error);
}

static bool set_documents(struct library *library, const struct snapshot *snapshot,
			  struct arena *arena, int64_t topic_id, enum topic_set set,
			  const struct bitmap **documents_out, struct error *error)
{
	const struct bitmap *ids;

	if (!library_topic_set(library, arena, topic_id, set, &ids, error))
		return false;
	*documents_out = snapshot_documents_of_ids(snapshot, arena, ids);
	return true;
}

static bool topic_documents(const struct name_lookup *lookup, struct arena *arena,
			    const struct topic *topic, const struct search_limits *limits,
			    const struct bitmap **documents_out, struct error *error)
{
	const struct bitmap *sets[TOPIC_SET_COUNT], *found = bitmap_empty(), *held;

	for (int set = 0; set < TOPIC_SET_COUNT; set++)
		if (!set_documents(lookup->library, lookup->snapshot, arena, topic->id,
				   (enum topic_set)set, &sets[set], error))
			return false;
	if (*topic->query && !run_text(lookup, arena, topic->query, limits, &found, error))
		return false;
	held = bitmap_or(arena, bitmap_or(arena, sets[TOPIC_IMPORTED], sets[TOPIC_ADDED]), found);
	*documents_out = bitmap_and_not(arena, held, sets[TOPIC_REMOVED]);
	return true;
}

bool indexing_topic_documents(struct library *library, const struct snapshot *snapshot,
			      struct arena *arena, const struct topic *topic,
			      const struct search_limits *limits,
			      const struct bitmap **documents_out, struct error *error)
{
	const struct name_lookup lookup = { library, snapshot, limits, 0 };

	return topic_documents(&lookup, arena, topic, limits, documents_out, error);
}

/* "1.2.3" from the numbers of the levels, which the node's own level has just counted up. */
static struct str node_path(struct arena *arena, const unsigned *counts, unsigned level)
{
	char *path = arena_printf(arena, "%u", counts[0]);

	for (unsigned i = 1; i < level; i++)
		path = arena_printf(arena, "%s.%u", path, counts[i]);
	return str_of(path);
}

enum { TREE_LEVELS = 4 };

static void place_nodes(struct arena *arena, const struct topic_node *stored, size_t count,
			struct tree_node *nodes)
{
	size_t last_of_level[TREE_LEVELS + 1] = { SIZE_MAX, SIZE_MAX, SIZE_MAX, SIZE_MAX,
						  SIZE_MAX };
	unsigned counts[TREE_LEVELS] = { 0 };

	for (size_t i = 0; i < count; i++) {
		unsigned level = stored[i].level;

		counts[level - 1]++;
		memset(counts + level, 0, (TREE_LEVELS - level) * sizeof(*counts));
		last_of_level[level] = i;
		nodes[i] = (struct tree_node){
			.path = node_path(arena, counts, level),
			.name = str_of(stored[i].name),
			.query = str_of(stored[i].query),
			.level = level,
			.parent = level > 1 ? last_of_level[level - 1] : SIZE_MAX,
			.documents = bitmap_empty(),
		};
	}
}

/* A node without a query of its own holds what its children hold; every node holds theirs. */
static void raise_to_parents(struct arena *arena, struct tree_node *nodes, size_t count)
{
	for (size_t i = count; i-- > 0;) {
		struct tree_node *parent = nodes[i].parent < i ? &nodes[nodes[i].parent] : NULL;

		if (parent)
			parent->documents = bitmap_or(arena, parent->documents, nodes[i].documents);
	}
}

bool indexing_topic_tree(struct library *library, const struct snapshot *snapshot,
			 struct arena *arena, int64_t topic_id, enum tree_kind kind,
			 const struct bitmap *within, const struct search_limits *limits,
			 struct tree_node **nodes_out, size_t *count_out, struct error *error)
{
	const struct name_lookup lookup = { library, snapshot, limits, 0 };
	struct topic_node *stored;
	struct tree_node *nodes;

	if (!library_topic_tree(library, arena, topic_id, kind, &stored, count_out, error))
		return false;
	nodes = arena_array(arena, struct tree_node, *count_out);
	place_nodes(arena, stored, *count_out, nodes);
	for (size_t i = 0; i < *count_out; i++) {
		if (!*stored[i].query)
			continue;
		if (!run_text(&lookup, arena, stored[i].query, limits, &nodes[i].documents, error))
			return false;
		nodes[i].documents = bitmap_and(arena, nodes[i].documents, within);
	}
	raise_to_parents(arena, nodes, *count_out);
	*nodes_out = nodes;
	return true;
}

static const struct bitmap *ids_of_documents(const struct snapshot *snapshot, struct arena *arena,
					     const struct bitmap *documents)
{
	size_t count = (size_t)bitmap_count(documents);
	uint32_t *ids = bitmap_to_array(arena, documents);

	for (size_t i = 0; i < count; i++)
		ids[i] = (uint32_t)snapshot_document_id(snapshot, ids[i]);
	return bitmap_of(arena, ids, count);
}

static bool find_name(void *context, struct arena *arena, struct str name, struct str *text_out,
		      const struct bitmap **ids_out)
{
	const struct name_lookup *lookup = context;
	const struct bitmap *documents;
	struct error ignored;
	struct topic topic;
	const char *text;

	*text_out = STR_EMPTY;
	*ids_out = NULL;
	if (library_query_find(lookup->library, arena, name, &text, &ignored)) {
		*text_out = str_of(text);
		return true;
	}
	if (!library_topic_find(lookup->library, arena, name, &topic, &ignored))
		return library_tag_find(lookup->library, arena, name, ids_out, &ignored) &&
		       bitmap_count(*ids_out) > 0;
	if (!topic_documents(lookup, arena, &topic, lookup->limits, &documents, &ignored))
		return false;
	*ids_out = ids_of_documents(lookup->snapshot, arena, documents);
	return true;
}

struct query_names indexing_names(struct arena *arena, struct library *library,
				  const struct snapshot *snapshot,
				  const struct search_limits *limits)
{
	struct name_lookup *lookup = arena_new(arena, struct name_lookup);

	*lookup = (struct name_lookup){ library, snapshot, limits, 0 };
	return (struct query_names){ .context = lookup, .find = find_name };
}
