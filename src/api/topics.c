/* Topics (专利专题数据库) of the actor's organisation, and the documents in them. */
#include "api/api_internal.h"
#include "api/routes.h"
#include "api/topic_record.h"

#include <string.h>

static bool write_topic(struct call *call, const struct topic *topic, struct error *error)
{
	const struct answer answer = call_answer(call);
	struct answer_topic made;

	if (!answer_topic(&answer, topic, &made, error))
		return false;
	answer_write_topic(&answer, topic, made.documents, &made);
	return true;
}

static bool list_topics(struct call *call, struct error *error)
{
	const struct answer answer = call_answer(call);
	struct topic *topics;
	size_t count;

	if (!library_topic_list(call->library, call->arena, &topics, &count, error))
		return false;
	jsonout_object_begin(&call->json);
	jsonout_key(&call->json, "topics");
	jsonout_array_begin(&call->json);
	for (size_t i = 0; i < count; i++) {
		const struct bitmap *documents;

		if (!indexing_topic_documents(call->library, call->snapshot, call->arena,
					      &topics[i], call->limits, &documents, error))
			return false;
		answer_write_topic(&answer, &topics[i], bitmap_count(documents), NULL);
	}
	jsonout_array_end(&call->json);
	jsonout_object_end(&call->json);
	return true;
}

static bool get_topic(struct call *call, struct error *error)
{
	struct topic topic;

	return call_topic(call, &topic, error) && write_topic(call, &topic, error);
}

static bool commit(struct call *call, const char *action, const struct topic *topic,
		   struct error *error)
{
	const char *subject = arena_printf(call->arena, "topic/%lld", (long long)topic->id);

	return call_commit(call, action, subject, topic->name, error);
}

/* What is given takes the place of what the topic has; a query must be one. */
static bool read_given(struct call *call, struct topic_texts *given, struct error *error)
{
	const struct answer answer = call_answer(call);
	struct query *query;

	*given = (struct topic_texts){ .name = call_text(call, "name"),
				       .purpose = call_text(call, "purpose"),
				       .field = call_text(call, "field"),
				       .query = call_text(call, "query") };
	if (given->name && !*given->name)
		return error_set_field(error, "name", "api.missing");
	return !given->query || !*given->query ||
	       answer_parse(&answer, str_of(given->query), &query, error);
}

/* As it is stored now. */
static bool answer_saved(struct call *call, int64_t id, struct error *error)
{
	struct topic topic;

	return call_find_topic(call, id, &topic, error) && write_topic(call, &topic, error);
}

static bool create_topic(struct call *call, struct error *error)
{
	struct topic_texts given;
	int64_t id = 0;

	if (!read_given(call, &given, error))
		return false;
	if (!given.name)
		return error_set_field(error, "name", "api.missing");
	if (!topic_record_save(call, &given, &id, error))
		return false;
	response_location(call->response, 201,
			  arena_printf(call->arena, "/api/v1/topics/%lld", (long long)id));
	return answer_saved(call, id, error);
}

static bool edit_topic(struct call *call, struct error *error)
{
	struct topic_texts given;
	struct topic topic;

	return call_topic(call, &topic, error) && read_given(call, &given, error) &&
	       topic_record_save(call, &given, &topic.id, error) &&
	       answer_saved(call, topic.id, error);
}

static bool delete_topic(struct call *call, struct error *error)
{
	struct topic topic;

	call->response->status = 204;
	return call_topic(call, &topic, error) &&
	       topic_record_may(call, topic.id, "delete", error) &&
	       library_begin(call->library, error) &&
	       library_topic_remove(call->library, topic.id, error) &&
	       commit(call, "topic.delete", &topic, error);
}

/* ---- Documents put in and taken out by hand. */

/* Into one set and out of the opposite one. */
static bool move(struct call *call, const struct topic *topic, const struct bitmap *ids,
		 enum topic_set to, enum topic_set from, uint64_t *changed_out, struct error *error)
{
	uint64_t taken;

	return library_topic_set_take(call->library, call->arena, topic->id, from, ids, &taken,
				      error) &&
	       library_topic_set_add(call->library, call->arena, topic->id, to, ids, changed_out,
				     error);
}

static bool change_documents(struct call *call, struct topic *topic, const struct bitmap *add,
			     const struct bitmap *remove, struct error *error)
{
	struct topic_log_line line = { .on = call->today, .source = "API" };
	uint64_t added, removed;

	topic->updated_on = call->today;
	if (!library_begin(call->library, error) ||
	    !move(call, topic, add, TOPIC_ADDED, TOPIC_REMOVED, &added, error) ||
	    !move(call, topic, remove, TOPIC_REMOVED, TOPIC_ADDED, &removed, error) ||
	    !library_topic_save(call->library, topic, error))
		return false;
	line.added = (int64_t)added;
	line.removed = (int64_t)removed;
	return library_topic_log_add(call->library, topic->id, &line, error) &&
	       commit(call, "topic.documents", topic, error);
}

static bool topic_documents(struct call *call, struct error *error)
{
	const struct bitmap *add, *remove;
	struct topic topic;

	return call_topic(call, &topic, error) &&
	       topic_record_may(call, topic.id, "update", error) &&
	       call_numbers(call, "add", &add, error) &&
	       call_numbers(call, "remove", &remove, error) &&
	       change_documents(call, &topic, add, remove, error) &&
	       write_topic(call, &topic, error);
}

static bool topic_log(struct call *call, struct error *error)
{
	const struct answer answer = call_answer(call);
	struct topic_log_line *lines;
	struct topic topic;
	size_t count;

	if (!call_topic(call, &topic, error) ||
	    !library_topic_log(call->library, call->arena, topic.id, &lines, &count, error))
		return false;
	answer_write_topic_log(&answer, &topic, lines, count);
	return true;
}

HANDLER(api_list_topics, list_topics)
HANDLER(api_get_topic, get_topic)
HANDLER(api_create_topic, create_topic)
HANDLER(api_edit_topic, edit_topic)
HANDLER(api_delete_topic, delete_topic)
HANDLER(api_topic_documents, topic_documents)
HANDLER(api_topic_log, topic_log)
