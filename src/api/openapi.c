/* The description of the API (OpenAPI 3.1): routes.inc, parameters.c, data/openapi.json, types. */
#include "api/openapi.h"

#include "api/call.h"
#include "api/routes.h"

#include <assert.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern const struct str data_openapi; /* data/openapi.json: all that no table knows */

static bool is_upload(const struct route *route)
{
	return (route->flags & ROUTE_UPLOAD) != 0;
}

static bool is_public(const struct route *route)
{
	return strcmp(route->permission, PUBLIC) == 0;
}

void openapi_write_reference(struct jsonout *json, const char *schema)
{
	char reference[120];

	snprintf(reference, sizeof(reference), "#/components/schemas/%s", schema);
	jsonout_member_cstr(json, "$ref", reference);
}

/* ---- What a caller gives. */

/* The next name of a list: without its "!", and what stands before a dot is shown. */
struct given {
	const struct parameter *parameter;
	struct str name;
	bool is_needed;
};
static bool next_given(struct str *names, struct given *given_out)
{
	struct str name;

	if (!names->size || !str_split(names, STR(" "), &name))
		return false;
	given_out->is_needed = str_ends_with(name, STR("!"));
	if (given_out->is_needed)
		name = str_slice(name, 0, name.size - 1);
	given_out->parameter = parameter_find(name);
	assert(given_out->parameter);
	given_out->name = str_slice(name, 0, str_find_byte(name, '.'));
	return true;
}

static bool is_header(const struct given *given)
{
	return given->parameter->kind == PARAMETER_HEADER;
}

static void write_parameter(struct jsonout *json, const struct given *given, const char *place,
			    enum language language)
{
	jsonout_object_begin(json);
	jsonout_member_str(json, "name", given->name);
	jsonout_member_cstr(json, "in", place);
	jsonout_member_cstr(json, "description",
			    label_text(given->parameter->description, language));
	jsonout_member_bool(json, "required", given->is_needed);
	jsonout_key(json, "schema");
	parameter_write_schema(given->parameter, json);
	jsonout_object_end(json);
}

/* A name in a path that means something else in a query string. */
static const struct parameter *path_parameter(struct str name, const struct route *route)
{
	static const struct {
		const char *name, *within, *parameter;
	} others[] = {
		{ "topic", "/topics/{topic}", "topic.id" },
		{ "kind", "/trees/{kind}", "kind.tree" },
		{ "file", "/files/{file}", "file.id" },
	};

	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (str_equal_cstr(name, others[i].name) && strstr(route->path, others[i].within))
			return parameter_find(str_of(others[i].parameter));
	return parameter_find(name);
}

static void write_path_parameters(struct jsonout *json, const struct route *route,
				  enum language language)
{
	struct str rest = str_of(route->path), part;

	while (str_split(&rest, STR("{"), &part)) {
		struct given given = { .is_needed = true };

		if (!rest.data)
			return;
		given.name = str_slice(rest, 0, str_find_byte(rest, '}'));
		given.parameter = path_parameter(given.name, route);
		assert(given.parameter);
		write_parameter(json, &given, "path", language);
	}
}

static void write_parameters(struct jsonout *json, const struct route *route,
			     const struct operation *operation, enum language language)
{
	struct str names = str_of(operation->parameters);
	struct given given;

	jsonout_key(json, "parameters");
	jsonout_array_begin(json);
	write_path_parameters(json, route, language);
	while (next_given(&names, &given))
		if (is_header(&given) || route->body_max == 0)
			write_parameter(json, &given, is_header(&given) ? "header" : "query",
					language);
	jsonout_array_end(json);
}

static void write_member(struct jsonout *json, const struct given *given, enum language language)
{
	struct strbuf schema = STRBUF_INIT;
	struct jsonout inner = JSONOUT_TO(&schema);
	char name[40];

	snprintf(name, sizeof(name), "%.*s", STR_ARGS(given->name));
	parameter_write_schema(given->parameter, &inner);
	jsonout_key(json, name);
	jsonout_object_begin(json);
	jsonout_member_cstr(json, "description",
			    label_text(given->parameter->description, language));
	jsonout_key(json, "allOf");
	jsonout_array_begin(json);
	jsonout_raw(json, strbuf_str(&schema));
	jsonout_array_end(json);
	jsonout_object_end(json);
	strbuf_release(&schema);
}

static void write_members(struct jsonout *json, struct str names, enum language language)
{
	struct str all = names;
	struct given given;

	jsonout_object_begin(json);
	jsonout_member_cstr(json, "type", "object");
	jsonout_key(json, "properties");
	jsonout_object_begin(json);
	while (next_given(&names, &given))
		if (!is_header(&given))
			write_member(json, &given, language);
	jsonout_object_end(json);
	jsonout_key(json, "required");
	jsonout_array_begin(json);
	while (next_given(&all, &given))
		if (given.is_needed)
			jsonout_str(json, given.name);
	jsonout_array_end(json);
	jsonout_object_end(json);
}

static void write_content(struct jsonout *json, const char *media_type)
{
	jsonout_key(json, "content");
	jsonout_object_begin(json);
	jsonout_key(json, media_type);
	jsonout_object_begin(json);
	jsonout_key(json, "schema");
}

static void end_content(struct jsonout *json)
{
	jsonout_object_end(json);
	jsonout_object_end(json);
}

static void write_body(struct jsonout *json, const struct route *route,
		       const struct operation *operation, enum language language)
{
	if (route->body_max == 0)
		return;
	jsonout_key(json, "requestBody");
	jsonout_object_begin(json);
	jsonout_member_bool(json, "required", strchr(operation->parameters, '!') != NULL);
	write_content(json, is_upload(route) ? "multipart/form-data" : "application/json");
	write_members(json, str_of(operation->parameters), language);
	end_content(json);
	jsonout_object_end(json);
}

/* ---- Answers. */

static void write_problem(struct jsonout *json, const char *status)
{
	jsonout_key(json, status);
	jsonout_object_begin(json);
	jsonout_member_cstr(json, "$ref", "#/components/responses/Problem");
	jsonout_object_end(json);
}

/* The errors that follow from the form of the route, and those it names. */
static void write_problems(struct jsonout *json, const struct route *route,
			   const struct operation *operation)
{
	bool has_values = *operation->parameters || route->body_max > 0;
	const struct {
		const char *status;
		bool applies;
	} problems[] = {
		{ "400", has_values },
		{ "401", !is_public(route) },
		{ "403", !is_public(route) },
		{ "404", strchr(route->path, '{') != NULL },
		{ "409", strstr(operation->errors, "409") != NULL },
		{ "413", route->body_max > 0 },
		{ "415", route->body_max > 0 },
		{ "422", has_values },
		{ "428", strstr(operation->errors, "428") != NULL },
		{ "429", strstr(operation->errors, "429") != NULL },
		{ "503", strstr(operation->errors, "503") != NULL },
		{ "default", true },
	};

	for (size_t i = 0; i < sizeof(problems) / sizeof(problems[0]); i++)
		if (problems[i].applies)
			write_problem(json, problems[i].status);
}

static void write_answer(struct jsonout *json, const struct operation *operation,
			 enum language language)
{
	const char *answer = operation->answer;
	char status[4];

	snprintf(status, sizeof(status), "%d", operation->status);
	jsonout_key(json, status);
	jsonout_object_begin(json);
	jsonout_member_cstr(json, "description", label_text(operation->summary, language));
	if (answer) {
		write_content(json, strchr(answer, '/') ? answer : "application/json");
		jsonout_object_begin(json);
		if (!strchr(answer, '/'))
			openapi_write_reference(json, answer);
		jsonout_object_end(json);
		end_content(json);
	}
	jsonout_object_end(json);
}

/* ---- Routes. */

static void write_scheme(struct jsonout *json, const char *name)
{
	jsonout_object_begin(json);
	jsonout_key(json, name);
	jsonout_array_begin(json);
	jsonout_array_end(json);
	jsonout_object_end(json);
}

static void write_security(struct jsonout *json, const struct route *route)
{
	jsonout_key(json, "security");
	jsonout_array_begin(json);
	if (!is_public(route)) {
		write_scheme(json, "token");
		write_scheme(json, "session");
	}
	jsonout_array_end(json);
}

/* "GET", "/api/v1/topics/{topic}" -> "get_topics_topic" */
static void write_operation_id(struct jsonout *json, const struct route *route)
{
	static const char prefix[] = "/api/v1";
	const char *path = route->path;
	struct strbuf id = STRBUF_INIT;

	if (strncmp(path, prefix, sizeof(prefix) - 1) == 0)
		path += sizeof(prefix) - 1;
	for (const char *c = route->method; *c; c++)
		strbuf_add_byte(&id, (char)(*c | 0x20));
	for (; *path; path++)
		if (*path != '{' && *path != '}')
			strbuf_add_byte(&id, *path == '/' || *path == '.' ? '_' : *path);
	jsonout_member_str(json, "operationId", strbuf_str(&id));
	strbuf_release(&id);
}

static void write_method(struct jsonout *json, const char *method)
{
	char name[16] = "";

	for (size_t i = 0; method[i] && i + 1 < sizeof(name); i++)
		name[i] = (char)(method[i] | 0x20);
	jsonout_key(json, name);
}

static void write_route(struct jsonout *json, const struct route *route, enum language language)
{
	const struct operation *operation = &api_operations[route - api_routes];

	write_method(json, route->method);
	jsonout_object_begin(json);
	write_operation_id(json, route);
	jsonout_key(json, "tags");
	jsonout_array_begin(json);
	jsonout_cstr(json, operation->tag);
	jsonout_array_end(json);
	jsonout_member_cstr(json, "summary", label_text(operation->summary, language));
	jsonout_member_cstr(json, "x-permission", route->permission);
	write_security(json, route);
	write_parameters(json, route, operation, language);
	write_body(json, route, operation, language);
	jsonout_key(json, "responses");
	jsonout_object_begin(json);
	write_answer(json, operation, language);
	write_problems(json, route, operation);
	jsonout_object_end(json);
	jsonout_object_end(json);
}

static bool is_described(const struct route *route)
{
	return !(route->flags & ROUTE_HIDDEN);
}

/* The first of the routes of a path writes them all. */
static bool is_first_of_path(const struct route *route)
{
	for (const struct route *before = api_routes; before < route; before++)
		if (is_described(before) && strcmp(before->path, route->path) == 0)
			return false;
	return true;
}

static void write_paths(struct jsonout *json, enum language language)
{
	jsonout_key(json, "paths");
	jsonout_object_begin(json);
	for (const struct route *first = api_routes; first->method; first++) {
		if (!is_described(first) || !is_first_of_path(first))
			continue;
		jsonout_key(json, first->path);
		jsonout_object_begin(json);
		for (const struct route *route = first; route->method; route++)
			if (is_described(route) && strcmp(route->path, first->path) == 0)
				write_route(json, route, language);
		jsonout_object_end(json);
	}
	jsonout_object_end(json);
}

/* ---- The frame: data/openapi.json, with the version, the paths and the record types. */

static void write_value(struct jsonout *json, const char *key, const json_t *value)
{
	char *text = json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT);

	jsonout_key(json, key);
	jsonout_raw(json, str_of(text));
	free(text);
}

static void write_values(struct jsonout *json, json_t *object)
{
	const char *key;
	json_t *value;

	json_object_foreach(object, key, value) write_value(json, key, value);
}

static void write_components(struct jsonout *json, json_t *components, enum language language)
{
	json_t *schemas = json_object_get(components, "schemas");

	jsonout_key(json, "components");
	jsonout_object_begin(json);
	jsonout_key(json, "schemas");
	jsonout_object_begin(json);
	write_values(json, schemas);
	openapi_write_records(json, language);
	jsonout_object_end(json);
	json_object_del(components, "schemas");
	write_values(json, components);
	jsonout_object_end(json);
}

bool openapi_write(struct jsonout *json, enum language language, struct error *error)
{
	json_error_t at;
	json_t *frame = json_loadb(data_openapi.data, data_openapi.size, 0, &at), *components;

	if (!frame)
		return error_set_at(error, ERROR_CORRUPT, "api.json", at.position, "%s", at.text);
	json_object_set_new(json_object_get(frame, "info"), "version",
			    json_string(YUCHENG_VERSION));
	components = json_incref(json_object_get(frame, "components"));
	json_object_del(frame, "components");
	jsonout_object_begin(json);
	write_values(json, frame);
	write_paths(json, language);
	write_components(json, components, language);
	jsonout_object_end(json);
	json_decref(components);
	json_decref(frame);
	return true;
}

static bool openapi(struct call *call, struct error *error)
{
	return openapi_write(&call->json, call->language, error);
}

HANDLER(api_openapi, openapi)
