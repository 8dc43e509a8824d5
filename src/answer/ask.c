/* Queries: parsed, run, explained. */
#include "answer/answer.h"

#include <string.h>

bool answer_parse(const struct answer *answer, struct str text, struct query **query_out,
		  struct error *error)
{
	struct query_names *names = arena_new(answer->arena, struct query_names);
	const struct query_parse_options options = { .names = names };

	*names = indexing_names(answer->arena, answer->library, answer->snapshot, answer->limits);
	return query_parse(answer->arena, text, &options, query_out, error);
}

bool answer_ask(const struct answer *answer, struct query *query, const char *topic,
		struct answer_set *set_out, struct error *error)
{
	const struct bitmap *within;

	*set_out = (struct answer_set){ .query = query, .has_topic = topic != NULL };
	if (!query_run_kept(answer->snapshot, query, answer->limits, answer->arena,
			    &set_out->documents, error))
		return false;
	if (!topic)
		return true;
	if (!library_topic_find(answer->library, answer->arena, str_of(topic), &set_out->topic,
				error) ||
	    !indexing_topic_documents(answer->library, answer->snapshot, answer->arena,
				      &set_out->topic, answer->limits, &within, error))
		return false;
	set_out->documents = bitmap_and(answer->arena, set_out->documents, within);
	return true;
}

static void write_warning(const struct answer *answer, const struct query_warning *warning)
{
	struct error error = { .kind = ERROR_INVALID,
			       .key = warning->key,
			       .at = (int64_t)warning->at };

	memcpy(error.detail, warning->detail, sizeof(warning->detail));
	jsonout_object_begin(answer->json);
	jsonout_member_cstr(answer->json, "key", error.key);
	jsonout_member_integer(answer->json, "at", error.at);
	jsonout_member_cstr(answer->json, "message",
			    message_format(answer->arena, &error, answer->language));
	jsonout_object_end(answer->json);
}

void answer_write_warnings(const struct answer *answer, const struct query *query)
{
	const struct query_warning *warnings;
	size_t count = query_warnings(query, &warnings);

	jsonout_key(answer->json, "warnings");
	jsonout_array_begin(answer->json);
	for (size_t i = 0; i < count; i++)
		write_warning(answer, &warnings[i]);
	jsonout_array_end(answer->json);
}

void answer_write_explain(const struct answer *answer, const struct query *query,
			  const struct explain_line *lines, size_t count)
{
	struct jsonout *json = answer->json;

	jsonout_object_begin(json);
	jsonout_member_str(json, "query", query_bracketed(answer->arena, query));
	jsonout_member_integer(json, "count", count ? (int64_t)lines[0].documents : 0);
	jsonout_key(json, "nodes");
	jsonout_array_begin(json);
	for (size_t i = 0; i < count; i++) {
		jsonout_object_begin(json);
		jsonout_member_integer(json, "depth", lines[i].depth);
		jsonout_member_str(json, "text", lines[i].text);
		jsonout_member_integer(json, "count", (int64_t)lines[i].documents);
		jsonout_member_integer(json, "at", (int64_t)lines[i].at);
		jsonout_object_end(json);
	}
	jsonout_array_end(json);
	answer_write_warnings(answer, query);
	jsonout_object_end(json);
}

void answer_write_query(const struct answer *answer, const char *name, const char *text,
			const struct query *query)
{
	jsonout_object_begin(answer->json);
	jsonout_member_cstr(answer->json, "name", name);
	jsonout_member_cstr(answer->json, "query", text);
	if (query)
		answer_write_warnings(answer, query);
	jsonout_object_end(answer->json);
}
