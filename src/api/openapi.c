/* The description of the API (OpenAPI 3.0.3), from the route table and what routes.c says of it. */
#include "api/call.h"
#include "api/routes.h"

#include <string.h>

static bool is_upload(const struct route *route)
{
	return (route->flags & ROUTE_UPLOAD) != 0;
}

static const struct operation *find_operation(const struct route *route)
{
	for (size_t i = 0; i < api_operation_count; i++)
		if (strcmp(api_operations[i].path, route->path) == 0 &&
		    strcmp(api_operations[i].method, route->method) == 0)
			return &api_operations[i];
	return NULL;
}

static void write_schema(struct jsonout *json, const char *type, const char *format)
{
	jsonout_object_begin(json);
	if (type)
		jsonout_member_cstr(json, "type", type);
	if (format)
		jsonout_member_cstr(json, "format", format);
	jsonout_object_end(json);
}

static void write_parameter(struct jsonout *json, struct str name, bool is_path)
{
	jsonout_object_begin(json);
	jsonout_member_str(json, "name", name);
	jsonout_member_cstr(json, "in", is_path ? "path" : "query");
	jsonout_member_bool(json, "required", is_path);
	jsonout_key(json, "schema");
	write_schema(json, "string", NULL);
	jsonout_object_end(json);
}

/* {names} of the path and, where there is no body, what may stand in the query string. */
static void write_parameters(struct jsonout *json, const struct route *route, struct str names)
{
	struct str rest = str_of(route->path), part, name;

	jsonout_key(json, "parameters");
	jsonout_array_begin(json);
	while (str_split(&rest, STR("{"), &part))
		if (rest.data)
			write_parameter(json, str_slice(rest, 0, str_find_byte(rest, '}')), true);
	while (route->body_max == 0 && names.size && str_split(&names, STR(" "), &name))
		write_parameter(json, name, false);
	jsonout_array_end(json);
}

static void write_body(struct call *call, const struct route *route, struct str names)
{
	struct jsonout *json = &call->json;
	struct str name;

	if (route->body_max == 0)
		return;
	jsonout_key(json, "requestBody");
	jsonout_object_begin(json);
	jsonout_key(json, "content");
	jsonout_object_begin(json);
	jsonout_key(json, is_upload(route) ? "multipart/form-data" : "application/json");
	jsonout_object_begin(json);
	jsonout_key(json, "schema");
	jsonout_object_begin(json);
	jsonout_member_cstr(json, "type", "object");
	jsonout_key(json, "properties");
	jsonout_object_begin(json);
	while (names.size && str_split(&names, STR(" "), &name)) {
		bool is_file = is_upload(route) && str_equal(name, STR("file"));

		jsonout_key(json, str_to_cstr(call->arena, name));
		write_schema(json, is_file ? "string" : NULL, is_file ? "binary" : NULL);
	}
	for (int i = 0; i < 5; i++)
		jsonout_object_end(json);
}

static void write_answer(struct jsonout *json, const char *status, const char *description,
			 const char *media_type, const char *schema)
{
	jsonout_key(json, status);
	jsonout_object_begin(json);
	jsonout_member_cstr(json, "description", description);
	jsonout_key(json, "content");
	jsonout_object_begin(json);
	jsonout_key(json, media_type);
	jsonout_object_begin(json);
	jsonout_key(json, "schema");
	jsonout_object_begin(json);
	if (schema)
		jsonout_member_cstr(json, "$ref", schema);
	for (int i = 0; i < 4; i++)
		jsonout_object_end(json);
}

static void write_security(struct jsonout *json, const struct route *route)
{
	jsonout_key(json, "security");
	jsonout_array_begin(json);
	if (strcmp(route->permission, PUBLIC) != 0) {
		jsonout_object_begin(json);
		jsonout_key(json, "token");
		jsonout_array_begin(json);
		jsonout_array_end(json);
		jsonout_object_end(json);
	}
	jsonout_array_end(json);
}

/* "GET /api/v1/topics/{topic}" -> "get_topics_topic" */
static const char *operation_id(struct call *call, const struct route *route)
{
	struct str path = str_of(route->path);
	struct strbuf id = STRBUF_INIT;
	const char *copy;

	if (str_starts_with(path, STR("/api/v1/")))
		path = str_slice(path, sizeof("/api/v1") - 1, path.size);
	for (const char *c = route->method; *c; c++)
		strbuf_add_byte(&id, (char)(*c | 0x20));
	for (size_t i = 0; i < path.size; i++)
		if (path.data[i] == '/' || path.data[i] == '.')
			strbuf_add_byte(&id, '_');
		else if (path.data[i] != '{' && path.data[i] != '}')
			strbuf_add_byte(&id, path.data[i]);
	copy = arena_copy(call->arena, id.data, id.size);
	strbuf_release(&id);
	return copy;
}

static void write_route(struct call *call, const struct route *route)
{
	const struct operation *operation = find_operation(route);
	struct jsonout *json = &call->json;
	struct str names = str_of(operation ? operation->parameters : "");
	char method[16] = "";

	for (size_t i = 0; route->method[i] && i + 1 < sizeof(method); i++)
		method[i] = (char)(route->method[i] | 0x20);
	jsonout_key(json, method);
	jsonout_object_begin(json);
	jsonout_member_cstr(json, "operationId", operation_id(call, route));
	jsonout_member_cstr(json, "summary", operation ? operation->summary : "");
	jsonout_member_cstr(json, "x-permission", route->permission);
	write_security(json, route);
	write_parameters(json, route, names);
	write_body(call, route, names);
	jsonout_key(json, "responses");
	jsonout_object_begin(json);
	write_answer(json, "2XX", "done", "*/*", NULL);
	write_answer(json, "default", "refused", "application/problem+json",
		     "#/components/schemas/Problem");
	jsonout_object_end(json);
	jsonout_object_end(json);
}

/* Routes of one path stand together in the table. */
static void write_paths(struct call *call)
{
	const char *path = NULL;

	jsonout_key(&call->json, "paths");
	jsonout_object_begin(&call->json);
	for (const struct route *route = api_routes; route->method; route++) {
		if (route->flags & ROUTE_HIDDEN)
			continue;
		if (!path || strcmp(path, route->path) != 0) {
			if (path)
				jsonout_object_end(&call->json);
			jsonout_key(&call->json, route->path);
			jsonout_object_begin(&call->json);
		}
		path = route->path;
		write_route(call, route);
	}
	if (path)
		jsonout_object_end(&call->json);
	jsonout_object_end(&call->json);
}

static void write_components(struct jsonout *json)
{
	static const char *const members[] = { "type", "title", "detail",
					       "key",  "field", "request_id" };

	jsonout_key(json, "components");
	jsonout_object_begin(json);
	jsonout_key(json, "securitySchemes");
	jsonout_object_begin(json);
	jsonout_key(json, "token");
	jsonout_object_begin(json);
	jsonout_member_cstr(json, "type", "http");
	jsonout_member_cstr(json, "scheme", "bearer");
	jsonout_object_end(json);
	jsonout_object_end(json);
	jsonout_key(json, "schemas");
	jsonout_object_begin(json);
	jsonout_key(json, "Problem");
	jsonout_object_begin(json);
	jsonout_member_cstr(json, "type", "object");
	jsonout_key(json, "properties");
	jsonout_object_begin(json);
	for (size_t i = 0; i < sizeof(members) / sizeof(members[0]); i++) {
		jsonout_key(json, members[i]);
		write_schema(json, "string", NULL);
	}
	jsonout_key(json, "status");
	write_schema(json, "integer", NULL);
	for (int i = 0; i < 4; i++)
		jsonout_object_end(json);
}

static bool openapi(struct call *call, struct error *error)
{
	struct jsonout *json = &call->json;

	(void)error;
	jsonout_object_begin(json);
	jsonout_member_cstr(json, "openapi", "3.0.3");
	jsonout_key(json, "info");
	jsonout_object_begin(json);
	jsonout_member_cstr(json, "title", "Yucheng");
	jsonout_member_cstr(json, "version", YUCHENG_VERSION);
	jsonout_object_end(json);
	write_paths(call);
	write_components(json);
	jsonout_object_end(json);
	return true;
}

HANDLER(api_openapi, openapi)
