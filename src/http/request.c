#include "base/clock.h"
#include "http/http_internal.h"

/* A request is the first member of its exchange. */
static const struct exchange *exchange_of(const struct request *request)
{
	return (const struct exchange *)(const void *)request;
}

const char *request_part(const struct request *request, const char *name)
{
	const struct exchange *exchange = exchange_of(request);
	struct str rest = str_of(request->route ? request->route->path : ""), part;
	size_t i = 0, length = strlen(name);

	while (str_split(&rest, STR("/"), &part)) {
		if (!str_starts_with(part, STR("{")))
			continue;
		if (part.size == length + 2 && memcmp(part.data + 1, name, length) == 0)
			return i < exchange->match.value_count ? exchange->match.values[i] : NULL;
		i++;
	}
	return NULL;
}

size_t request_query_count(const struct request *request)
{
	return exchange_of(request)->target.query_count;
}

struct name_value request_query_at(const struct request *request, size_t i)
{
	return exchange_of(request)->target.query[i];
}

static const char *find_value(const struct name_value *items, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(items[i].name, name) == 0)
			return items[i].value;
	return NULL;
}

const char *request_query(const struct request *request, const char *name)
{
	const struct target *target = &exchange_of(request)->target;

	return find_value(target->query, target->query_count, name);
}

const char *request_form(const struct request *request, const char *name)
{
	const struct exchange *exchange = exchange_of(request);

	return find_value(exchange->form.items, exchange->form.count, name);
}

const char *request_header(const struct request *request, const char *name)
{
	const struct exchange *exchange = exchange_of(request);

	for (size_t i = 0; i < exchange->header_count; i++)
		if (str_equal_nocase(str_of(exchange->headers[i].name), str_of(name)))
			return exchange->headers[i].value;
	return NULL;
}

const char *cookie_name(const struct request *request, const char *name)
{
	return request->is_tls ? arena_printf(request->arena, "__Host-%s", name) : name;
}

const char *request_cookie(const struct request *request, const char *name)
{
	struct str value;

	if (!header_find_cookie(str_of(request_header(request, "Cookie")),
				cookie_name(request, name), &value))
		return NULL;
	return str_to_cstr(request->arena, value);
}

const char *request_bearer(const struct request *request)
{
	struct str value = str_of(request_header(request, "Authorization"));

	if (!str_equal_nocase(str_slice(value, 0, 7), STR("bearer ")))
		return NULL;
	return str_to_cstr(request->arena, str_trim(str_slice(value, 7, value.size)));
}

bool request_if_match(const struct request *request, int64_t *version_out, bool *is_missing_out)
{
	struct str value = str_trim(str_of(request_header(request, "If-Match")));

	*is_missing_out = value.size == 0;
	return value.size > 2 && value.data[0] == '"' && value.data[value.size - 1] == '"' &&
	       str_to_int64(str_slice(value, 1, value.size - 1), version_out);
}

bool request_is_safe(const struct request *request)
{
	return strcmp(request->method, "GET") == 0 || strcmp(request->method, "HEAD") == 0;
}

bool request_is_expired(const struct request *request)
{
	return atomic_load(&request->is_abandoned) || clock_monotonic_ms() > request->deadline_ms;
}

const char *request_media_type(const struct request *request)
{
	return header_media_type(request->arena, str_of(request_header(request, "Content-Type")));
}

size_t request_upload_count(const struct request *request)
{
	return exchange_of(request)->uploads.count;
}

struct upload *request_upload(const struct request *request, size_t i)
{
	return LIST_AT(&exchange_of(request)->uploads, struct upload *, i);
}

void request_set_problem_fields(struct request *request, const struct problem_field *fields,
				size_t count)
{
	struct exchange *exchange = (struct exchange *)(void *)request;

	exchange->problem_fields = fields;
	exchange->problem_field_count = count;
}
