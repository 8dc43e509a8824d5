#include "base/clock.h"
#include "base/memory.h"
#include "http/http_internal.h"

#include <arpa/inet.h>
#include <sys/random.h>
#include <unistd.h>

enum { ARENA_START = 8 * 1024, RANDOM_AT_ONCE = 64 };

static void make_id(char id[REQUEST_ID_SIZE])
{
	static _Thread_local uint64_t numbers[RANDOM_AT_ONCE];
	static _Thread_local size_t left;

	if (left == 0) {
		if (getrandom(numbers, sizeof(numbers), 0) != (ssize_t)sizeof(numbers))
			abort();
		left = RANDOM_AT_ONCE;
	}
	snprintf(id, REQUEST_ID_SIZE, "%016llx", (unsigned long long)numbers[--left]);
}

struct exchange *exchange_create(struct http_server *server, struct MHD_Connection *mhd,
				 const char *raw_target)
{
	struct arena *arena = arena_create(ARENA_START);
	struct exchange *exchange = arena_new(arena, struct exchange);
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(
		mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT);

	exchange->server = server;
	exchange->mhd = mhd;
	exchange->connection = info->socket_context;
	exchange->raw_target = str_copy(arena, str_of(raw_target));
	exchange->uploads = LIST_OF(struct upload *);
	exchange->form = LIST_OF(struct name_value);
	exchange->response.file = -1;
	atomic_init(&exchange->holders, 1);
	exchange->request.arena = arena;
	exchange->request.app = server->options.app;
	exchange->request.method = "";
	exchange->request.path = "/";
	exchange->request.address = arena_copy(arena, exchange->connection->address,
					       strlen(exchange->connection->address));
	exchange->request.started_ms = clock_monotonic_ms();
	make_id(exchange->request.id);
	return exchange;
}

void exchange_release(struct exchange *exchange)
{
	if (!exchange || atomic_fetch_sub(&exchange->holders, 1) != 1)
		return;
	body_release(exchange);
	if (exchange->response.file >= 0)
		close(exchange->response.file);
	list_release(&exchange->uploads);
	list_release(&exchange->form);
	arena_destroy(exchange->request.arena);
}

struct header_count {
	size_t count, size;
};

static enum MHD_Result count_header(void *context, enum MHD_ValueKind kind, const char *name,
				    size_t name_size, const char *value, size_t value_size)
{
	struct header_count *total = context;

	(void)kind, (void)name, (void)value;
	total->count++;
	total->size += name_size + value_size + 4;
	return MHD_YES;
}

/* Copied, since a handler whose time is up may still read them when the connection is gone. */
static enum MHD_Result add_header(void *context, enum MHD_ValueKind kind, const char *name,
				  size_t name_size, const char *value, size_t value_size)
{
	struct exchange *exchange = context;
	struct name_value *header = &exchange->headers[exchange->header_count++];

	(void)kind;
	header->name = arena_copy(exchange->request.arena, name, name_size);
	header->value = arena_copy(exchange->request.arena, value ? value : "", value_size);
	return MHD_YES;
}

/* RFC 9110 5.1: a blank before the colon is no part of a name, and a proxy may read over it. */
static bool is_name(const char *name)
{
	static const char signs[] = "!#$%&'*+-.^_`|~";

	for (const char *c = name; *c; c++)
		if (!(*c >= 'a' && *c <= 'z') && !(*c >= 'A' && *c <= 'Z') &&
		    !(*c >= '0' && *c <= '9') && !strchr(signs, *c))
			return false;
	return *name != '\0';
}

static bool have_names(const struct exchange *exchange)
{
	for (size_t i = 0; i < exchange->header_count; i++)
		if (!is_name(exchange->headers[i].name))
			return false;
	return true;
}

static size_t header_occurrences(const struct exchange *exchange, const char *name)
{
	size_t count = 0;

	for (size_t i = 0; i < exchange->header_count; i++)
		count += str_equal_nocase(str_of(exchange->headers[i].name), str_of(name));
	return count;
}

static bool refuse(struct exchange *exchange, int status, struct error *error, const char *key)
{
	exchange->response.status = status;
	return error_set(error, ERROR_INVALID, key, " ");
}

static bool read_headers(struct exchange *exchange, struct error *error)
{
	struct header_count total = { 0, exchange->raw_target.size };

	MHD_get_connection_values_n(exchange->mhd, MHD_HEADER_KIND, count_header, &total);
	if (total.count > HEADERS_MAX ||
	    total.size > (size_t)exchange->server->options.header_size_max)
		return refuse(exchange, 431, error, "http.header_size");
	exchange->headers = arena_array(exchange->request.arena, struct name_value, total.count);
	MHD_get_connection_values_n(exchange->mhd, MHD_HEADER_KIND, add_header, exchange);
	/* Two readings of where a request ends are how one is smuggled past a proxy. */
	if (!have_names(exchange) || header_occurrences(exchange, "Host") > 1 ||
	    header_occurrences(exchange, "Content-Length") +
			    header_occurrences(exchange, "Transfer-Encoding") >
		    1)
		return refuse(exchange, 400, error, "http.header");
	return true;
}

static bool is_address(const char *text)
{
	unsigned char bytes[16];

	return inet_pton(AF_INET, text, bytes) == 1 || inet_pton(AF_INET6, text, bytes) == 1;
}

/* The proxy adds the address it saw at the end; what stands before may be invented. */
static void read_proxy(struct exchange *exchange)
{
	struct request *request = &exchange->request;
	const struct http_options *options = &exchange->server->options;
	const char *forwarded, *protocol, *comma, *address;

	request->is_tls = options->tls_certificate != NULL;
	if (!options->trusted_proxy || strcmp(request->address, options->trusted_proxy) != 0)
		return;
	protocol = request_header(request, "X-Forwarded-Proto");
	request->is_tls = request->is_tls || (protocol && strcmp(protocol, "https") == 0);
	forwarded = request_header(request, "X-Forwarded-For");
	if (!forwarded)
		return;
	comma = strrchr(forwarded, ',');
	address = str_to_cstr(request->arena, str_trim(str_of(comma ? comma + 1 : forwarded)));
	if (is_address(address))
		request->address = address;
}

static bool no_route(struct exchange *exchange, struct error *error)
{
	if (exchange->match.path_exists) {
		response_header(&exchange->response, "Allow", exchange->match.allow);
		return refuse(exchange, 405, error, "http.method");
	}
	return error_set(error, ERROR_NOT_FOUND, "http.no_route", "%s", exchange->request.path);
}

static bool find_route(struct exchange *exchange, struct error *error)
{
	struct request *request = &exchange->request;

	router_find(exchange->server->router, request->method, &exchange->target, &exchange->match);
	request->route = exchange->match.route;
	if (request->route)
		return true;
	if (!exchange->match.path_exists)
		exchange->file = static_find(exchange->server->files, request->path);
	if (!exchange->file)
		return no_route(exchange, error);
	if (request_is_safe(request))
		return true;
	exchange->file = NULL;
	exchange->match.path_exists = true;
	snprintf(exchange->match.allow, sizeof(exchange->match.allow), "GET, HEAD");
	return no_route(exchange, error);
}

/* What can be known of the body before it is read. */
static bool check_body(struct exchange *exchange, struct error *error)
{
	const struct request *request = &exchange->request;
	const char *length = request_header(request, "Content-Length");
	bool is_chunked = request_header(request, "Transfer-Encoding") != NULL;
	int64_t body_max = request->route ? request->route->body_max : 0;
	int64_t size = 0;

	if (length && (!str_to_int64(str_of(length), &size) || size < 0))
		return refuse(exchange, 400, error, "http.header");
	if (body_max == 0 && (is_chunked || size > 0))
		return refuse(exchange, 413, error, "http.no_body");
	if (size > body_max)
		return error_set(error, ERROR_LIMIT, "http.body_size", "%lld", (long long)body_max);
	return true;
}

bool exchange_open(struct exchange *exchange, const char *method, struct error *error)
{
	struct request *request = &exchange->request;
	const struct http_options *options = &exchange->server->options;
	int64_t allowed_ms;

	request->method = arena_copy(request->arena, method, strlen(method));
	if (!read_headers(exchange, error))
		return false;
	read_proxy(exchange);
	if (!target_parse(request->arena, exchange->raw_target, &exchange->target, error)) {
		exchange->response.status = 400;
		return false;
	}
	request->path = exchange->target.path;
	if (!find_route(exchange, error) || !check_body(exchange, error))
		return false;
	allowed_ms = request->route && request->route->flags & ROUTE_LONG
			     ? options->long_timeout_ms
			     : options->request_timeout_ms;
	request->deadline_ms = clock_monotonic_ms() + allowed_ms;
	return true;
}

/* ---- Answering. */

void exchange_refuse(struct exchange *exchange, int status, const struct error *error)
{
	exchange->response.status = status;
	response_problem(&exchange->request, &exchange->response, error);
	exchange->is_refused = true;
}

static bool authorise(struct exchange *exchange, struct error *error)
{
	const struct http_options *options = &exchange->server->options;
	struct request *request = &exchange->request;

	if (exchange->is_authorised || strcmp(request->route->permission, PUBLIC) == 0)
		return true;
	if (!options->authorise)
		return error_set(error, ERROR_FORBIDDEN, "http.no_route", "%s", request->path);
	exchange->is_authorised = options->authorise(request, error);
	return exchange->is_authorised;
}

/* A handler that fails has filled part of a response, perhaps: only its status, its cookies and
   the like, and when to come again, count. */
static void fail(struct exchange *exchange, const struct error *error)
{
	struct response *response = &exchange->response;

	if (response->file >= 0)
		close(response->file);
	response->file = -1;
	response->body = STR_EMPTY;
	response->etag = NULL;
	response->content_security_policy = NULL;
	response->cache_control = NULL;
	exchange_refuse(exchange, response->status >= 400 ? response->status : 0, error);
}

static void run_handler(struct exchange *exchange)
{
	struct request *request = &exchange->request;
	struct error error = { .kind = ERROR_NONE, .key = "http.internal", .at = -1 };

	if (!request->route->handler(request, &exchange->response, &error))
		fail(exchange, &error);
}

void exchange_run(struct exchange *exchange, void *worker)
{
	struct error error = { .kind = ERROR_NONE, .key = "http.internal", .at = -1 };

	exchange->request.worker = worker;
	if (!authorise(exchange, &error))
		fail(exchange, &error);
	else if (exchange->step != STEP_AUTHORISING)
		run_handler(exchange);
	arena_settle(exchange->request.arena);
}

void exchange_run_inline(struct exchange *exchange)
{
	if (exchange->file)
		static_respond(&exchange->request, &exchange->response, exchange->file);
	else
		run_handler(exchange);
	arena_settle(exchange->request.arena);
}
