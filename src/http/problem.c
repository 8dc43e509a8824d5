#include "base/jsonout.h"
#include "base/log.h"
#include "base/message.h"
#include "http/http_internal.h"

static void write_both(struct jsonout *json, struct arena *arena, const struct error *error)
{
	jsonout_key(json, "message");
	jsonout_object_begin(json);
	jsonout_member_cstr(json, "zh", message_format(arena, error, LANGUAGE_ZH));
	jsonout_member_cstr(json, "en", message_format(arena, error, LANGUAGE_EN));
	jsonout_object_end(json);
}

static void write_field(struct jsonout *json, struct arena *arena,
			const struct problem_field *field)
{
	struct error error = { .kind = ERROR_INVALID, .key = field->key, .at = -1 };

	snprintf(error.detail, sizeof(error.detail), "%s", field->detail ? field->detail : "");
	jsonout_object_begin(json);
	jsonout_member_cstr(json, "field", field->field);
	jsonout_member_cstr(json, "key", field->key);
	jsonout_member_cstr(json, "zh", message_format(arena, &error, LANGUAGE_ZH));
	jsonout_member_cstr(json, "en", message_format(arena, &error, LANGUAGE_EN));
	jsonout_object_end(json);
}

static void write_problem(struct jsonout *json, const struct exchange *exchange,
			  struct arena *arena, const struct error *error, size_t field_count,
			  int status)
{
	const struct request *request = &exchange->request;
	bool english = header_prefers_english(str_of(request_header(request, "Accept-Language")));

	jsonout_object_begin(json);
	jsonout_member_cstr(json, "type",
			    arena_printf(arena, "urn:yucheng:problem:%s", error->key));
	jsonout_member_cstr(json, "title",
			    message_format(arena, error, english ? LANGUAGE_EN : LANGUAGE_ZH));
	jsonout_member_integer(json, "status", status);
	jsonout_member_cstr(json, "key", error->key);
	if ((unsigned char)error->detail[0] > ' ')
		jsonout_member_cstr(json, "detail", error->detail);
	if (error->field)
		jsonout_member_cstr(json, "field", error->field);
	if (error->at >= 0)
		jsonout_member_integer(json, "at", error->at);
	write_both(json, arena, error);
	if (field_count > 0) {
		jsonout_key(json, "errors");
		jsonout_array_begin(json);
		for (size_t i = 0; i < field_count; i++)
			write_field(json, arena, &exchange->problem_fields[i]);
		jsonout_array_end(json);
	}
	jsonout_member_cstr(json, "request_id", request->id);
	jsonout_object_end(json);
}

/* What a person can act on; everything else inside the machine is told to the log only. */
static bool may_be_told(const char *key)
{
	static const char *const keys[] = { "db.busy", "db.full", "db.lost", "db.unknown" };

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		if (strcmp(key, keys[i]) == 0)
			return true;
	return false;
}

static struct error without_inside(const struct exchange *exchange, const struct error *error,
				   int status)
{
	struct error shown = *error;

	if (status < 500 || !error->key || strncmp(error->key, "http.", 5) == 0)
		return shown;
	log_event(LOG_ERROR, "failure",
		  LOG_WITH(LOG_STR("id", exchange->request.id), LOG_STR("key", error->key),
			   LOG_STR("detail", error->detail)));
	if (may_be_told(error->key))
		error_set(&shown, error->kind, error->key, " ");
	else
		error_set(&shown, error->kind, status == 503 ? "http.busy" : "http.internal", " ");
	return shown;
}

void problem_fill(struct arena *arena, const struct exchange *exchange, const struct error *error,
		  size_t field_count, struct response *response)
{
	struct strbuf text = STRBUF_INIT;
	struct jsonout json = JSONOUT_TO(&text);
	struct error shown;

	if (response->status < 400)
		response->status = error->kind == ERROR_NONE ? 500 : error_http_status(error);
	shown = without_inside(exchange, error, response->status);
	if (!shown.key)
		shown.key = "http.internal";
	write_problem(&json, exchange, arena, &shown, field_count, response->status);
	response->body = str_copy(arena, strbuf_str(&text));
	response->content_type = "application/problem+json";
	if (response->status == 503 && !response->retry_after)
		response->retry_after = 1;
	if (response->status == 401)
		response_header(response, "WWW-Authenticate", "Bearer");
	strbuf_release(&text);
}

void response_problem(struct request *request, struct response *response, const struct error *error)
{
	const struct exchange *exchange = (const struct exchange *)(const void *)request;

	problem_fill(request->arena, exchange, error, exchange->problem_field_count, response);
}
