/* Topics (专利专题数据库), their log and their trees. */
#include "answer/answer.h"

const char *const answer_tree_kinds[] = {
	[TREE_TECHNOLOGY] = "technology", [TREE_EFFECT] = "effect", NULL
};

int64_t answer_freshness(const struct answer *answer, const struct topic *topic)
{
	int64_t days = (int64_t)answer->today - topic->updated_on;

	return topic->updated_on == DATE_NONE || days < 0 ? 0 : days;
}

static bool count_documents_in(const struct answer *answer, const struct topic *topic,
			       uint64_t *count_out, struct error *error)
{
	const struct bitmap *documents;

	if (!indexing_topic_documents(answer->library, answer->snapshot, answer->arena, topic,
				      answer->limits, &documents, error))
		return false;
	*count_out = bitmap_count(documents);
	return true;
}

bool answer_topic(const struct answer *answer, const struct topic *topic,
		  struct answer_topic *made_out, struct error *error)
{
	struct topic query_only = *topic;
	struct topic_node *nodes;
	const struct bitmap *set;

	query_only.id = 0; /* a topic without sets: what is left is the query's */
	if (!count_documents_in(answer, topic, &made_out->documents, error) ||
	    !count_documents_in(answer, &query_only, &made_out->by_query, error))
		return false;
	for (int i = 0; i < TOPIC_SET_COUNT; i++) {
		if (!library_topic_set(answer->library, answer->arena, topic->id, (enum topic_set)i,
				       &set, error))
			return false;
		made_out->sets[i] = bitmap_count(set);
	}
	for (int i = 0; i < TREE_KIND_COUNT; i++)
		if (!library_topic_tree(answer->library, answer->arena, topic->id,
					(enum tree_kind)i, &nodes, &made_out->nodes[i], error))
			return false;
	return true;
}

static void write_made(struct jsonout *json, const struct answer_topic *made)
{
	jsonout_member_integer(json, "imported", (int64_t)made->sets[TOPIC_IMPORTED]);
	jsonout_member_integer(json, "by_query", (int64_t)made->by_query);
	jsonout_member_integer(json, "added", (int64_t)made->sets[TOPIC_ADDED]);
	jsonout_member_integer(json, "removed", (int64_t)made->sets[TOPIC_REMOVED]);
	jsonout_member_integer(json, "technology_nodes", (int64_t)made->nodes[TREE_TECHNOLOGY]);
	jsonout_member_integer(json, "effect_nodes", (int64_t)made->nodes[TREE_EFFECT]);
}

void answer_write_topic(const struct answer *answer, const struct topic *topic, uint64_t documents,
			const struct answer_topic *made)
{
	struct jsonout *json = answer->json;

	jsonout_object_begin(json);
	jsonout_member_integer(json, "id", topic->id);
	jsonout_member_cstr(json, "name", topic->name);
	jsonout_member_cstr(json, "purpose", topic->purpose);
	jsonout_member_cstr(json, "field", topic->field);
	jsonout_member_cstr(json, "query", topic->query);
	jsonout_member_integer(json, "documents", (int64_t)documents);
	jsonout_member_date(json, "created_on", topic->created_on);
	jsonout_member_date(json, "updated_on", topic->updated_on);
	jsonout_member_integer(json, "freshness_days", answer_freshness(answer, topic));
	if (made)
		write_made(json, made);
	jsonout_object_end(json);
}

static void write_line(struct jsonout *json, const struct topic_log_line *line)
{
	jsonout_object_begin(json);
	jsonout_member_date(json, "on", line->on);
	jsonout_member_cstr(json, "source", line->source);
	jsonout_member_integer(json, "added", line->added);
	jsonout_member_integer(json, "removed", line->removed);
	jsonout_member_integer(json, "updated", line->updated);
	jsonout_member_integer(json, "status_changed", line->status_changed);
	jsonout_object_end(json);
}

void answer_write_topic_log(const struct answer *answer, const struct topic *topic,
			    const struct topic_log_line *lines, size_t count)
{
	struct jsonout *json = answer->json;

	jsonout_object_begin(json);
	jsonout_member_cstr(json, "topic", topic->name);
	jsonout_key(json, "lines");
	jsonout_array_begin(json);
	for (size_t i = 0; i < count; i++)
		write_line(json, &lines[i]);
	jsonout_array_end(json);
	jsonout_object_end(json);
}

static void write_node(struct jsonout *json, const struct tree_node *node,
		       const struct topic_node *stored)
{
	jsonout_object_begin(json);
	jsonout_member_str(json, "path", node->path);
	jsonout_member_integer(json, "level", node->level);
	jsonout_member_str(json, "name", node->name);
	jsonout_member_cstr(json, "definition", stored->definition);
	jsonout_member_str(json, "query", node->query);
	jsonout_member_integer(json, "documents", (int64_t)bitmap_count(node->documents));
	jsonout_object_end(json);
}

void answer_write_tree(const struct answer *answer, const struct topic *topic, enum tree_kind kind,
		       uint64_t documents, const struct tree_node *nodes,
		       const struct topic_node *stored, size_t count)
{
	struct jsonout *json = answer->json;

	jsonout_object_begin(json);
	jsonout_member_cstr(json, "topic", topic->name);
	jsonout_member_cstr(json, "kind", answer_tree_kinds[kind]);
	jsonout_member_integer(json, "documents", (int64_t)documents);
	jsonout_key(json, "nodes");
	jsonout_array_begin(json);
	for (size_t i = 0; i < count; i++)
		write_node(json, &nodes[i], &stored[i]);
	jsonout_array_end(json);
	jsonout_object_end(json);
}
