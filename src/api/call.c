/* A request as the functions that answer it see it. */
#include "api/api_internal.h"
#include "api/identity.h"
#include "auth/audit.h"
#include "base/clock.h"
#include "base/log.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { ANSWER_SIZE_MAX = 64 << 20, TEXTS_MAX = 10000, LOOK_EVERY_MS = 1000 };

static void release_text(void *text)
{
	strbuf_release(text);
}

static void release_body(void *body)
{
	json_decref(body);
}

/* The body must be one JSON object; a route that is given none has none. */
static bool read_body(struct call *call, struct error *error)
{
	struct str body = call->request->body;
	json_error_t at;

	if (body.size == 0 || call->request->route->flags & ROUTE_UPLOAD)
		return true;
	call->body = json_loadb(body.data, body.size, JSON_REJECT_DUPLICATES, &at);
	if (!call->body)
		return error_set_at(error, ERROR_INVALID, "api.json", at.position, "%s", at.text);
	arena_defer(call->arena, release_body, call->body);
	return json_is_object(call->body) ||
	       error_set_at(error, ERROR_INVALID, "api.json", 0, "%s", "{…}");
}

/*
 * What another process (yucheng import, work) has put into the index is taken up, at most once in a
 * while and by one thread.
 */
static void take_up_others(struct api *api)
{
	int64_t now = clock_monotonic_ms();
	struct error ignored;

	if (now - atomic_load(&api->looked_ms) < LOOK_EVERY_MS ||
	    pthread_mutex_trylock(&api->index_mutex) != 0)
		return;
	atomic_store(&api->looked_ms, now);
	if (!index_refresh(api->index, &ignored))
		log_event(LOG_WARN, "index", LOG_WITH(LOG_STR("key", ignored.key)));
	pthread_mutex_unlock(&api->index_mutex);
}

static bool prepare(struct call *call, struct error *error)
{
	static const char *const languages[] = { "zh", "en", NULL };
	const struct api_worker *worker = call->request->worker;
	struct search_limits *limits;
	int language = 0;

	call->arena = call->request->arena;
	call->api = worker->api;
	call->library = worker->library;
	call->db = worker->db;
	call_actor(call->request, &call->user_id, &call->organisation_id);
	call->today = clock_today();
	limits = arena_new(call->arena, struct search_limits);
	*limits = (struct search_limits){ .deadline_ms = call->request->deadline_ms,
					  .memory_max = SEARCH_MEMORY_MAX,
					  .arena = call->arena,
					  .cancelled = &call->request->is_abandoned };
	call->limits = limits;
	call->text = arena_new(call->arena, struct strbuf);
	*call->text = STRBUF_INIT;
	call->text->size_max = ANSWER_SIZE_MAX;
	call->json = JSONOUT_TO(call->text);
	arena_defer(call->arena, release_text, call->text);
	take_up_others(call->api);
	call->snapshot = index_acquire(call->api->index);
	if (call->organisation_id)
		library_use_organisation(call->library, call->organisation_id);
	if (!read_body(call, error) || !call_choice(call, "language", languages, &language, error))
		return false;
	call->language = (enum language)language;
	return true;
}

bool api_answer(struct request *request, struct response *response, call_fn *answer,
		struct error *error)
{
	struct call call = { .request = request, .response = response };
	bool done = prepare(&call, error) && answer(&call, error);

	index_release(call.snapshot); /* not held while a slow client reads */
	if (!done)
		return false;
	if (call.text->overflow)
		return error_set(error, ERROR_LIMIT, "api.answer_size", "%d",
				 ANSWER_SIZE_MAX >> 20);
	/* what was deferred is released before the answer is sent */
	if (call.text->size > 0)
		response->body = str_copy(call.arena, strbuf_str(call.text));
	return true;
}

/* ---- Values. */

static const char *text_of(struct call *call, const json_t *value)
{
	if (json_is_string(value))
		return arena_copy(call->arena, json_string_value(value), json_string_length(value));
	if (json_is_integer(value))
		return arena_printf(call->arena, "%lld", (long long)json_integer_value(value));
	if (json_is_boolean(value))
		return json_is_true(value) ? "true" : "false";
	return NULL;
}

const char *call_text(struct call *call, const char *name)
{
	const char *text = request_query(call->request, name);

	if (!text && call->request->route->flags & ROUTE_UPLOAD)
		text = request_form(call->request, name);
	return text || !call->body ? text : text_of(call, json_object_get(call->body, name));
}

bool call_need_text(struct call *call, const char *name, const char **text_out, struct error *error)
{
	*text_out = call_text(call, name);
	if (*text_out && **text_out)
		return true;
	return error_set_field(error, name, "api.missing");
}

bool call_integer(struct call *call, const char *name, int64_t fallback, int64_t min, int64_t max,
		  int64_t *value_out, struct error *error)
{
	const char *text = call_text(call, name);

	*value_out = fallback;
	if (!text ||
	    (str_to_int64(str_of(text), value_out) && *value_out >= min && *value_out <= max))
		return true;
	error_set(error, ERROR_INVALID, "api.number", "%s", name);
	error->field = name;
	return error_hint(error, "%lld … %lld", (long long)min, (long long)max);
}

bool call_choice(struct call *call, const char *name, const char *const *choices, int *choice_out,
		 struct error *error)
{
	const char *text = call_text(call, name);
	size_t used = 0;

	*choice_out = 0;
	if (!text)
		return true;
	for (int i = 0; choices[i]; i++)
		if (strcmp(text, choices[i]) == 0) {
			*choice_out = i;
			return true;
		}
	error_set(error, ERROR_INVALID, "api.choice", "%s", name);
	error->field = name;
	for (int i = 0; choices[i] && used < sizeof(error->hint); i++)
		used += (size_t)snprintf(error->hint + used, sizeof(error->hint) - used, "%s%s",
					 i ? ", " : "", choices[i]);
	return false;
}

bool call_date(struct call *call, const char *name, date *date_out, struct error *error)
{
	const char *text = call_text(call, name);

	*date_out = DATE_NONE;
	if (!text || date_parse(str_of(text), date_out))
		return true;
	error_set(error, ERROR_INVALID, "api.date", "%s", name);
	error->field = name;
	return false;
}

int64_t call_day_start_ms(date day)
{
	return ((int64_t)day * 24 - 8) * 3600 * 1000;
}

bool call_texts(struct call *call, const char *name, const char ***texts_out, size_t *count_out,
		struct error *error)
{
	const json_t *list = call->body ? json_object_get(call->body, name) : NULL;
	const char **texts;

	*texts_out = NULL;
	*count_out = json_array_size(list);
	if (*count_out > TEXTS_MAX || (list && !json_is_array(list)))
		return error_set_field(error, name, "api.list");
	texts = arena_array(call->arena, const char *, *count_out + 1);
	for (size_t i = 0; i < *count_out; i++) {
		texts[i] = text_of(call, json_array_get(list, i));
		if (!texts[i])
			return error_set_field(error, name, "api.list");
	}
	*texts_out = texts;
	return true;
}

bool call_part_id(const struct call *call, const char *name, int64_t *id_out, struct error *error)
{
	const char *part = request_part(call->request, name);

	return (str_to_int64(str_of(part), id_out) && *id_out > 0) ||
	       error_set(error, ERROR_NOT_FOUND, "api.no_such", "%s", part);
}

/* ---- What several endpoints ask for. */

struct answer call_answer(struct call *call)
{
	return (struct answer){ .arena = call->arena,
				.library = call->library,
				.snapshot = call->snapshot,
				.language = call->language,
				.today = call->today,
				.limits = call->limits,
				.json = &call->json };
}

/* Those of the set whose ids are above one. */
static const struct bitmap *newer_than(struct call *call, const struct bitmap *documents,
				       int64_t id)
{
	uint32_t *kept = arena_array(call->arena, uint32_t, bitmap_count(documents) + 1), document;
	struct bitmap_walk walk = bitmap_walk(documents);
	size_t count = 0;

	while (bitmap_walk_next(&walk, &document))
		if (snapshot_document_id(call->snapshot, document) > id)
			kept[count++] = document;
	return bitmap_of(call->arena, kept, count);
}

bool call_parse(struct call *call, struct query **query_out, struct error *error)
{
	const struct answer answer = call_answer(call);
	const char *text = call_text(call, "query");

	return answer_parse(&answer, text && *text ? str_of(text) : STR("ALL"), query_out, error);
}

bool call_ask(struct call *call, struct answer_set *set_out, struct error *error)
{
	const struct answer answer = call_answer(call);
	struct query *query;
	int64_t newer;

	if (!call_integer(call, "newer", 0, 0, INT64_MAX, &newer, error) ||
	    !call_parse(call, &query, error) ||
	    !answer_ask(&answer, query, call_text(call, "topic"), set_out, error))
		return false;
	if (newer > 0)
		set_out->documents = newer_than(call, set_out->documents, newer);
	return true;
}

bool call_numbers(struct call *call, const char *name, const struct bitmap **ids_out,
		  struct error *error)
{
	const char **numbers;
	uint32_t *ids;
	size_t count;

	if (!call_texts(call, name, &numbers, &count, error))
		return false;
	ids = arena_array(call->arena, uint32_t, count + 1);
	for (size_t i = 0; i < count; i++) {
		int64_t id;

		if (!library_find_number(call->library, call->arena, str_of(numbers[i]), &id,
					 error)) {
			error->kind = error->kind == ERROR_NOT_FOUND ? ERROR_INVALID : error->kind;
			error->field = name;
			return false;
		}
		ids[i] = (uint32_t)id;
	}
	*ids_out = bitmap_of(call->arena, ids, count);
	return true;
}

bool call_find_topic(struct call *call, int64_t id, struct topic *topic_out, struct error *error)
{
	struct topic *topics;
	size_t count;

	if (!library_topic_list(call->library, call->arena, &topics, &count, error))
		return false;
	for (size_t i = 0; i < count; i++)
		if (topics[i].id == id) {
			*topic_out = topics[i];
			return true;
		}
	return error_set(error, ERROR_NOT_FOUND, "api.no_such", "%lld", (long long)id);
}

bool call_topic(struct call *call, struct topic *topic_out, struct error *error)
{
	int64_t id;

	return call_part_id(call, "topic", &id, error) &&
	       call_find_topic(call, id, topic_out, error);
}

/* ---- Changing. */

bool call_commit(struct call *call, const char *action, const char *subject, const char *detail,
		 struct error *error)
{
	const struct audit_entry entry = { .at_ms = clock_utc_ms(),
					   .user_id = call->user_id,
					   .request_id = call->request->id,
					   .action = action,
					   .subject = subject,
					   .detail = detail };

	return audit_append(call->db, call->api->config->audit_sm3 ? AUDIT_SM3 : AUDIT_SHA256,
			    &entry, error) &&
	       db_commit(call->db, error);
}
