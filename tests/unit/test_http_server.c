/* A real server on a free port, asked over raw sockets. */
#include "base/clock.h"
#include "base/file.h"
#include "base/strbuf.h"
#include "http/server.h"
#include "http/upload.h"
#include "http_client.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

#define HOST    " HTTP/1.1\r\nHost: x\r\n"
#define ALLOWED "Authorization: Bearer good\r\n"

static atomic_bool gate_is_open;
static atomic_int at_gate, workers_started, workers_stopped, requests_cleaned, deferred_runs;

/* ---- The application of the tests. */

static bool text(struct request *request, struct response *response, const char *body)
{
	response->content_type = "text/plain; charset=utf-8";
	response->body = str_copy(request->arena, str_of(body));
	return true;
}

static bool hello(struct request *request, struct response *response, struct error *error)
{
	(void)error;
	response->etag = "tag-1";
	return text(request, response, "hello");
}

static bool echo_parts(struct request *request, struct response *response, struct error *error)
{
	(void)error;
	return text(request, response,
		    arena_printf(request->arena, "%s|%s|%s|%s", request_part(request, "type"),
				 request_part(request, "id") ? request_part(request, "id") : "-",
				 request_query(request, "q") ? request_query(request, "q") : "-",
				 request->address));
}

static bool literal(struct request *request, struct response *response, struct error *error)
{
	(void)error;
	return text(request, response, "literal");
}

static bool echo_body(struct request *request, struct response *response, struct error *error)
{
	(void)error;
	response->body = request->body;
	return true;
}

static bool upload_list(struct request *request, struct response *response, struct error *error)
{
	struct strbuf all = STRBUF_INIT;

	(void)error;
	for (size_t i = 0; i < request_upload_count(request); i++) {
		struct upload *upload = request_upload(request, i);

		strbuf_addf(&all, "%s:%s:%s:%lld%s;", upload->field, upload->name,
			    upload->media_type, (long long)upload->size,
			    file_size(upload->path) == upload->size ? "" : " (not on disk)");
	}
	if (request_form(request, "note"))
		strbuf_addf(&all, "note=%s", request_form(request, "note"));
	text(request, response, all.data);
	strbuf_release(&all);
	return true;
}

/* At the gate once when it begins, once more when it has given up. */
static bool work_while_wanted(struct request *request, struct response *response,
			      struct error *error)
{
	(void)response;
	atomic_fetch_add(&at_gate, 1);
	while (!request_is_expired(request))
		usleep(1000);
	atomic_fetch_add(&at_gate, 1);
	return error_set(error, ERROR_CANCELLED, "http.expired", " ");
}

static bool wait_at_gate(struct request *request, struct response *response, struct error *error)
{
	(void)error;
	atomic_fetch_add(&at_gate, 1);
	while (!atomic_load(&gate_is_open))
		usleep(2000);
	return text(request, response, "through");
}

static bool fail_busy(struct request *request, struct response *response, struct error *error)
{
	(void)request, (void)response;
	return error_set(error, ERROR_BUSY, "db.busy", "table with a secret name");
}

static bool fail_fields(struct request *request, struct response *response, struct error *error)
{
	static const struct problem_field fields[] = {
		{ "title", "http.target", NULL },
		{ "amount", "http.no_route", "x" },
	};

	(void)response;
	request_set_problem_fields(request, fields, 2);
	return error_set_field(error, "title", "http.target");
}

static void count_deferred(void *resource)
{
	(void)resource;
	atomic_fetch_add(&deferred_runs, 1);
}

static bool generate_lines(void *context, struct strbuf *piece, bool *done_out, struct error *error)
{
	int *left = context;

	(void)error;
	for (int i = 0; i < 1000; i++)
		strbuf_addf(piece, "%09d\n", *left);
	*done_out = --*left == 0;
	return true;
}

static bool large(struct request *request, struct response *response, struct error *error)
{
	int64_t pieces = 1;

	arena_defer(request->arena, count_deferred, NULL);
	str_to_int64(str_of(request_query(request, "pieces")), &pieces);
	return response_generate(request, response, generate_lines, &(int){ (int)pieces }, error);
}

static bool set_cookie(struct request *request, struct response *response, struct error *error)
{
	(void)error;
	response_cookie(request, response, "s", "v1", 60);
	response_attachment(request, response, "报告 \"1\".xlsx");
	return text(request, response,
		    request_cookie(request, "s") ? request_cookie(request, "s") : "none");
}

static char folder[] = "/tmp/test_http_XXXXXX";

static bool keep_upload(struct request *request, struct response *response, struct error *error)
{
	struct upload *upload = request_upload(request, 0);

	response->status = 201;
	return upload_check(upload, error) &&
	       upload_keep(upload, file_join(request->arena, folder, "kept"), error);
}

static bool send_kept(struct request *request, struct response *response, struct error *error)
{
	response->etag = "kept";
	return response_file(request, response, file_join(request->arena, folder, "kept"),
			     "text/html", request_query(request, "name"), error);
}

static bool show_version(struct request *request, struct response *response, struct error *error)
{
	bool is_missing;
	int64_t version;

	(void)error;
	if (request_if_match(request, &version, &is_missing))
		return text(request, response,
			    arena_printf(request->arena, "%lld", (long long)version));
	return text(request, response, is_missing ? "missing" : "wrong");
}

static const struct route routes[] = {
	ROUTE("GET", "/health", PUBLIC, hello, ROUTE_INLINE | ROUTE_QUIET, BODY_NONE),
	ROUTE("GET", "/hello", PUBLIC, hello, 0, BODY_NONE),
	ROUTE("GET", "/api/v1/{type}", PUBLIC, echo_parts, 0, BODY_NONE),
	ROUTE("GET", "/api/v1/{type}/{id}", PUBLIC, echo_parts, 0, BODY_NONE),
	ROUTE("DELETE", "/api/v1/{type}/{id}", "record.delete", literal, 0, BODY_NONE),
	ROUTE("GET", "/api/v1/jobs/{id}/log", PUBLIC, literal, 0, BODY_NONE),
	ROUTE("POST", "/echo", PUBLIC, echo_body, 0, 1000),
	ROUTE("POST", "/private", "record.write", echo_body, 0, BODY_JSON),
	ROUTE("POST", "/upload", "file.add", upload_list, ROUTE_UPLOAD, 3 << 20),
	ROUTE("POST", "/keep", "file.add", keep_upload, ROUTE_UPLOAD, 1000),
	ROUTE("GET", "/kept", PUBLIC, send_kept, 0, BODY_NONE),
	ROUTE("PUT", "/version", PUBLIC, show_version, 0, BODY_NONE),
	ROUTE("GET", "/gate", PUBLIC, wait_at_gate, 0, BODY_NONE),
	ROUTE("GET", "/laborious", PUBLIC, work_while_wanted, 0, BODY_NONE),
	ROUTE("GET", "/busy", PUBLIC, fail_busy, 0, BODY_NONE),
	ROUTE("GET", "/fields", PUBLIC, fail_fields, 0, BODY_NONE),
	ROUTE("GET", "/large", PUBLIC, large, 0, BODY_NONE),
	ROUTE("GET", "/cookie", PUBLIC, set_cookie, 0, BODY_NONE),
	ROUTE_END,
};

static const struct str page = STR_INIT("<!doctype html><title>x</title>");
static const struct str script = STR_INIT("let x = 1;");
static const struct str packed = STR_INIT("as if packed");
static const struct static_file files[] = {
	{ .path = "/index.html", .media_type = "text/html", .content = &page, .is_fallback = true },
	{ .path = "/assets/a.js",
	  .media_type = "text/javascript",
	  .content = &script,
	  .gzip = &packed,
	  .is_immutable = true },
	{ .path = NULL },
};

static bool authorise(struct request *request, struct error *error)
{
	const char *bearer = request_bearer(request);

	if (!bearer)
		return error_set(error, ERROR_UNAUTHENTICATED, "http.no_route", "x");
	if (strcmp(bearer, "good") != 0)
		return error_set(error, ERROR_FORBIDDEN, "http.no_route", "x");
	request->user_id = 7;
	return true;
}

static void *worker_start(void *app, struct error *error)
{
	if (app)
		return error_set(error, ERROR_IO, "http.start", "worker") ? app : NULL;
	atomic_fetch_add(&workers_started, 1);
	return &workers_started;
}

static void worker_stop(void *worker)
{
	assert_ptr_equal(worker, &workers_started);
	atomic_fetch_add(&workers_stopped, 1);
}

static void worker_clean(void *worker)
{
	assert_ptr_equal(worker, &workers_started);
	atomic_fetch_add(&requests_cleaned, 1);
}

static struct http_options options_of_tests(void)
{
	struct http_options options = http_options_default();

	options.listen = "127.0.0.1:0";
	options.routes = routes;
	options.files = files;
	options.authorise = authorise;
	options.worker_start = worker_start;
	options.worker_stop = worker_stop;
	options.worker_clean = worker_clean;
	options.temporary_folder = folder;
	options.logs_requests = false;
	options.workers = 4;
	return options;
}

struct server_test {
	struct http_server *server;
	struct arena *arena;
	int port;
};

static struct server_test start(const struct http_options *options)
{
	struct server_test test = { .arena = arena_create(4096) };
	struct error error;

	assert_true(http_server_start(options, &test.server, &error));
	test.port = http_server_port(test.server);
	return test;
}

static void stop(struct server_test *test)
{
	assert_true(http_server_stop(test->server));
	arena_destroy(test->arena);
}

static struct client_answer ask(struct server_test *test, const char *request)
{
	return client_ask(test->arena, test->port, request);
}

static void assert_body(struct server_test *test, const char *request, int status, const char *body)
{
	struct client_answer answer = ask(test, request);

	assert_int_equal(answer.status, status);
	assert_string_equal(str_to_cstr(test->arena, answer.body), body);
}

static void assert_problem(struct server_test *test, const char *request, int status,
			   const char *key)
{
	struct client_answer answer = ask(test, request);
	const char *wanted = arena_printf(test->arena, "\"key\":\"%s\"", key);

	assert_int_equal(answer.status, status);
	assert_string_equal(client_header(test->arena, &answer, "Content-Type"),
			    "application/problem+json");
	assert_true(str_find(answer.body, str_of(wanted)) != STR_NOT_FOUND);
}

/* ---- Tests. */

static void routes_are_found(void **state)
{
	struct http_options options = options_of_tests();
	struct server_test test = start(&options);
	struct client_answer answer;

	(void)state;
	assert_body(&test, "GET /hello" HOST "\r\n", 200, "hello");
	assert_body(&test, "GET /hello/" HOST "\r\n", 200, "hello");
	assert_body(&test, "GET /api/v1/annual_task" HOST "\r\n", 200, "annual_task|-|-|127.0.0.1");
	assert_body(&test, "GET /api/v1/%E4%B8%93%E5%88%A9/3?q=a%20b+c&q=d" HOST "\r\n", 200,
		    "专利|3|a b c|127.0.0.1");
	assert_body(&test, "GET /api/v1/jobs/3/log" HOST "\r\n", 200, "literal");
	assert_body(&test, "GET /api/v1/jobs/3" HOST "\r\n", 200, "jobs|3|-|127.0.0.1");
	assert_problem(&test, "GET /api/v1/notes/3/log" HOST "\r\n", 404, "http.no_route");
	assert_problem(&test, "GET /api/../etc" HOST "\r\n", 400, "http.target");
	assert_problem(&test, "GET /api/v1/a%2Fb" HOST "\r\n", 400, "http.target");
	assert_problem(&test, "GET /api/v1/a%00b" HOST "\r\n", 400, "http.target");
	assert_problem(&test, "GET /api/v1/%FF" HOST "\r\n", 400, "http.target");
	assert_problem(&test, "PUT /api/v1/task/3" HOST "Content-Length: 0\r\n\r\n", 405,
		       "http.method");
	answer = ask(&test, "POST /hello" HOST "Content-Length: 0\r\n\r\n");
	assert_string_equal(client_header(test.arena, &answer, "Allow"), "GET, HEAD");
	answer = ask(&test, "HEAD /hello" HOST "\r\n");
	assert_int_equal(answer.status, 200);
	assert_int_equal(answer.body.size, 0);
	assert_string_equal(client_header(test.arena, &answer, "Content-Length"), "5");
	stop(&test);
	assert_int_equal(atomic_load(&workers_started), atomic_load(&workers_stopped));
	assert_true(atomic_load(&requests_cleaned) > 0);
}

static void everything_carries_the_security_headers(void **state)
{
	static const char *const requests[] = {
		"GET /hello" HOST "\r\n", "GET /none" HOST "\r\n",  "GET /" HOST "\r\n",
		"GET /busy" HOST "\r\n",  "GET /large" HOST "\r\n", "BREW /hello" HOST "\r\n"
	};
	struct http_options options = options_of_tests();
	struct server_test test = start(&options);

	(void)state;
	for (size_t i = 0; i < sizeof(requests) / sizeof(requests[0]); i++) {
		struct client_answer answer = ask(&test, requests[i]);
		const char *policy = client_header(test.arena, &answer, "Content-Security-Policy");

		assert_non_null(policy);
		assert_non_null(strstr(policy, "default-src 'none'"));
		assert_null(strstr(policy, "unsafe"));
		assert_string_equal(client_header(test.arena, &answer, "X-Content-Type-Options"),
				    "nosniff");
		assert_string_equal(client_header(test.arena, &answer, "X-Frame-Options"), "DENY");
		assert_int_equal(strlen(client_header(test.arena, &answer, "X-Request-Id")), 16);
		assert_null(client_header(test.arena, &answer, "Strict-Transport-Security"));
	}
	stop(&test);
}

static void static_files_are_served(void **state)
{
	struct http_options options = options_of_tests();
	struct server_test test = start(&options);
	struct client_answer answer = ask(&test, "GET /assets/a.js" HOST "\r\n");
	const char *etag = client_header(test.arena, &answer, "ETag");

	(void)state;
	assert_int_equal(answer.status, 200);
	assert_non_null(strstr(client_header(test.arena, &answer, "Cache-Control"), "immutable"));
	answer = ask(&test, arena_printf(test.arena,
					 "GET /assets/a.js" HOST "If-None-Match: \"q\", %s\r\n\r\n",
					 etag));
	assert_int_equal(answer.status, 304);
	assert_int_equal(answer.body.size, 0);
	answer = ask(&test, "GET /assets/a.js" HOST "Accept-Encoding: br, gzip\r\n\r\n");
	assert_true(str_equal(answer.body, packed));
	assert_string_equal(client_header(test.arena, &answer, "Content-Encoding"), "gzip");
	assert_string_not_equal(client_header(test.arena, &answer, "ETag"), etag);
	assert_body(&test, "GET /topics/12" HOST "\r\n", 200, page.data);
	assert_problem(&test, "GET /assets/b.js" HOST "\r\n", 404, "http.no_route");
	assert_problem(&test, "GET /api/v2/x" HOST "\r\n", 404, "http.no_route");
	assert_problem(&test, "POST /index.html" HOST "Content-Length: 0\r\n\r\n", 405,
		       "http.method");
	answer = ask(&test, "GET /hello" HOST "If-None-Match: W/\"tag-1\"\r\n\r\n");
	assert_int_equal(answer.status, 304);
	stop(&test);
}

static void bodies_have_limits(void **state)
{
	struct http_options options = options_of_tests();
	struct server_test test = start(&options);
	struct strbuf header = STRBUF_INIT;

	(void)state;
	assert_body(&test,
		    "POST /echo" HOST
		    "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}",
		    200, "{}");
	assert_body(&test,
		    "POST /echo" HOST "Content-Type: application/json\r\n"
		    "Transfer-Encoding: chunked\r\n\r\n1\r\n[\r\n1\r\n]\r\n0\r\n\r\n",
		    200, "[]");
	assert_problem(&test,
		       "POST /echo" HOST "Content-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}",
		       415, "http.media_type");
	assert_problem(&test,
		       "POST /echo" HOST
		       "Content-Type: application/json\r\nContent-Length: 1001\r\n\r\n",
		       413, "http.body_size");
	strbuf_addf(&header,
		    "POST /echo" HOST
		    "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
		    "3e9\r\n%01001d\r\n0\r\n\r\n",
		    0);
	assert_problem(&test, header.data, 413, "http.body_size");
	assert_problem(&test, "GET /hello" HOST "Content-Length: 1\r\n\r\nx", 413, "http.no_body");
	assert_problem(&test,
		       "POST /echo" HOST "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n"
		       "0\r\n\r\n",
		       400, "http.header");
	assert_problem(&test, "GET /hello HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400,
		       "http.header");
	assert_problem(&test,
		       "POST /echo" HOST "Content-Type: application/json\r\n"
		       "Transfer-Encoding : chunked\r\nContent-Length: 2\r\n\r\n{}",
		       400, "http.header");
	strbuf_clear(&header);
	strbuf_addf(&header, "GET /hello" HOST "X: %020000d\r\n\r\n", 0);
	assert_int_equal(ask(&test, header.data).status, 431);
	strbuf_release(&header);
	stop(&test);
}

static void permissions_are_asked_first(void **state)
{
	struct http_options options = options_of_tests();
	struct server_test test = start(&options);

	(void)state;
	assert_problem(&test, "DELETE /api/v1/a/1" HOST "\r\n", 401, "http.no_route");
	assert_problem(&test, "DELETE /api/v1/a/1" HOST "Authorization: Bearer bad\r\n\r\n", 403,
		       "http.no_route");
	assert_body(&test, "DELETE /api/v1/a/1" HOST ALLOWED "\r\n", 200, "literal");
	/* An upload is refused before its body is sent. */
	assert_problem(&test, "POST /upload" HOST "Content-Length: 100000\r\n\r\n", 401,
		       "http.no_route");
	stop(&test);
}

static void a_route_table_without_permission_does_not_start(void **state)
{
	static const struct route bad[][2] = {
		{ { .method = "GET", .path = "/x", .handler = hello }, ROUTE_END },
		{ { .method = "GET", .path = "/x", .permission = "", .handler = hello },
		  ROUTE_END },
		{ ROUTE("GET", "/x", PUBLIC, NULL, 0, 0), ROUTE_END },
		{ ROUTE("GET", "/x", "a.b", hello, ROUTE_INLINE, 0), ROUTE_END },
		{ ROUTE("BREW", "/x", PUBLIC, hello, 0, 0), ROUTE_END },
	};
	struct http_options options = options_of_tests();
	struct http_server *server;
	struct error error;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		options.routes = bad[i];
		assert_false(http_server_start(&options, &server, &error));
		assert_string_equal(error.key, "http.route");
	}
	options = options_of_tests();
	options.listen = "localhost:80";
	assert_false(http_server_start(&options, &server, &error));
	assert_string_equal(error.key, "http.listen");
	options = options_of_tests();
	options.app = &options; /* its workers fail */
	assert_false(http_server_start(&options, &server, &error));
	assert_string_equal(error.key, "http.start");
}

static void uploads_arrive(void **state)
{
	static const char form[] =
		"--B\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\n试\r\n"
		"--B\r\nContent-Disposition: form-data; name=\"f\"; "
		"filename=\"../../a\\\\b.csv\"\r\n"
		"Content-Type: text/csv\r\n\r\nx,y\r\n1,2\r\n\r\n"
		"--B\r\nContent-Disposition: form-data; name=\"g\"; filename=\"\"\r\n\r\n\r\n"
		"--B--\r\n";
	struct http_options options = options_of_tests();
	struct server_test test = start(&options);
	const char *request = arena_printf(test.arena,
					   "POST /upload" HOST ALLOWED
					   "Content-Type: multipart/form-data; boundary=B\r\n"
					   "Content-Length: %zu\r\n\r\n%s",
					   strlen(form), form);
	struct strbuf big = STRBUF_INIT;

	(void)state;
	assert_body(&test, request, 200, "f:b.csv:text/plain:10;note=试");
	assert_body(&test,
		    "POST /upload?name=x.zip" HOST ALLOWED "Content-Length: 5\r\n\r\nPK\3\4x", 200,
		    ":x.zip:application/zip:5;");
	/* Nothing at all: the answer still comes. */
	assert_body(&test, "POST /upload" HOST ALLOWED "Content-Length: 0\r\n\r\n", 200, "");
	assert_problem(&test,
		       "POST /upload" HOST ALLOWED
		       "Content-Type: multipart/form-data; boundary=B\r\nContent-Length: 5\r\n\r\n"
		       "--B\r\n",
		       400 + 22, "http.multipart");
	strbuf_addf(&big,
		    "POST /upload?name=b.csv" HOST ALLOWED
		    "Transfer-Encoding: chunked\r\n\r\n200000\r\n%02097152d\r\n0\r\n\r\n",
		    1);
	assert_body(&test, big.data, 200, ":b.csv:text/plain:2097152;");
	strbuf_clear(&big);
	strbuf_addf(&big,
		    "POST /upload?name=b.csv" HOST ALLOWED
		    "Transfer-Encoding: chunked\r\n\r\n400000\r\n%04194304d\r\n0\r\n\r\n",
		    1);
	assert_problem(&test, big.data, 413, "http.body_size");
	strbuf_release(&big);
	stop(&test);
}

static void uploads_are_kept_and_sent_back(void **state)
{
	struct http_options options = options_of_tests();
	struct server_test test = start(&options);
	struct client_answer answer;

	(void)state;
	assert_int_equal(ask(&test, "GET /kept" HOST "\r\n").status, 500);
	assert_problem(&test,
		       "POST /keep?name=a.xlsx" HOST ALLOWED "Content-Length: 6\r\n\r\n<html>", 422,
		       "http.upload_type");
	answer = ask(&test,
		     "POST /keep?name=a.html" HOST ALLOWED "Content-Length: 6\r\n\r\n<html>");
	assert_int_equal(answer.status, 201);
	answer = ask(&test, "GET /kept" HOST "\r\n");
	assert_true(str_equal_cstr(answer.body, "<html>"));
	/* Somebody's HTML runs nothing on our origin. */
	assert_true(str_starts_with(
		str_of(client_header(test.arena, &answer, "Content-Security-Policy")),
		STR("sandbox;")));
	answer = ask(&test, "GET /kept?name=x" HOST "If-None-Match: \"kept\"\r\n\r\n");
	assert_int_equal(answer.status, 304);
	answer = ask(&test, "HEAD /kept?name=x" HOST "\r\n");
	assert_string_equal(client_header(test.arena, &answer, "Content-Length"), "6");
	assert_non_null(client_header(test.arena, &answer, "Content-Disposition"));
	assert_body(&test, "PUT /version" HOST "Content-Length: 0\r\n\r\n", 200, "missing");
	assert_body(&test, "PUT /version" HOST "Content-Length: 0\r\nIf-Match: \"12\"\r\n\r\n", 200,
		    "12");
	assert_body(&test, "PUT /version" HOST "Content-Length: 0\r\nIf-Match: 12\r\n\r\n", 200,
		    "wrong");
	stop(&test);
	unlink(file_join(test.arena = arena_create(256), folder, "kept"));
	arena_destroy(test.arena);
}

static void the_temporary_folder_is_empty_again(void **state)
{
	(void)state;
	assert_int_equal(rmdir(folder), 0);
}

static void problems_speak_both_languages(void **state)
{
	struct http_options options = options_of_tests();
	struct server_test test = start(&options);
	struct client_answer answer = ask(&test, "GET /busy" HOST "\r\n");

	(void)state;
	assert_int_equal(answer.status, 503);
	assert_string_equal(client_header(test.arena, &answer, "Retry-After"), "1");
	assert_true(str_find(answer.body, STR("secret")) == STR_NOT_FOUND);
	answer = ask(&test, "GET /fields" HOST "Accept-Language: fr, en;q=0.8, zh;q=0.2\r\n\r\n");
	assert_int_equal(answer.status, 422);
	assert_true(str_find(answer.body, STR("\"field\":\"amount\"")) != STR_NOT_FOUND);
	assert_true(str_find(answer.body, STR("请求地址有误")) != STR_NOT_FOUND);
	assert_true(str_find(answer.body, STR("\"title\":\"the address")) != STR_NOT_FOUND);
	assert_true(str_find(answer.body, str_of(client_header(test.arena, &answer,
							       "X-Request-Id"))) != STR_NOT_FOUND);
	stop(&test);
}

static void large_answers_come_whole(void **state)
{
	struct http_options options = options_of_tests();
	struct server_test test = start(&options);
	struct client_answer answer;

	(void)state;
	atomic_store(&deferred_runs, 0);
	answer = ask(&test, "GET /large?pieces=3" HOST "\r\n");
	assert_int_equal(answer.body.size, 3 * 10000);
	assert_int_equal(atomic_load(&deferred_runs), 1);
	answer = ask(&test, "GET /large?pieces=400" HOST "\r\n");
	assert_int_equal(answer.body.size, 400 * 10000);
	assert_true(str_starts_with(answer.body, STR("000000400\n")));
	assert_true(str_ends_with(answer.body, STR("000000001\n")));
	stop(&test);
}

static void cookies_are_strict(void **state)
{
	struct http_options options = options_of_tests();
	struct server_test test;
	struct client_answer answer;

	(void)state;
	options.trusted_proxy = "127.0.0.1";
	test = start(&options);
	answer = ask(&test, "GET /cookie" HOST "Cookie: a=b; s=\"w\"\r\n\r\n");
	assert_true(str_equal_cstr(answer.body, "w"));
	assert_string_equal(client_header(test.arena, &answer, "Set-Cookie"),
			    "s=v1; Path=/; HttpOnly; SameSite=Strict; Max-Age=60");
	assert_string_equal(client_header(test.arena, &answer, "Content-Disposition"),
			    "attachment; filename=\"______ _1_.xlsx\"; "
			    "filename*=UTF-8''%E6%8A%A5%E5%91%8A%20%221%22.xlsx");
	answer = ask(&test, "GET /cookie" HOST "X-Forwarded-Proto: https\r\n"
			    "Cookie: s=no; __Host-s=w\r\n\r\n");
	assert_true(str_equal_cstr(answer.body, "w"));
	assert_string_equal(client_header(test.arena, &answer, "Set-Cookie"),
			    "__Host-s=v1; Path=/; HttpOnly; SameSite=Strict; Secure; Max-Age=60");
	assert_non_null(client_header(test.arena, &answer, "Strict-Transport-Security"));
	assert_body(&test, "GET /api/v1/x" HOST "X-Forwarded-For: 9.9.9.9, 10.0.0.3\r\n\r\n", 200,
		    "x|-|-|10.0.0.3");
	assert_body(&test, "GET /api/v1/x" HOST "X-Forwarded-For: evil\r\n\r\n", 200,
		    "x|-|-|127.0.0.1");
	stop(&test);
	options.trusted_proxy = NULL;
	test = start(&options);
	assert_body(&test, "GET /api/v1/x" HOST "X-Forwarded-For: 10.0.0.3\r\n\r\n", 200,
		    "x|-|-|127.0.0.1");
	stop(&test);
}

/* ---- TLS, with the openssl program as the client. */

static bool run(const char *command)
{
	return system(command) == 0;
}

static void tls_is_spoken(void **state)
{
	struct arena *arena = arena_create(1024);
	const char *key = file_join(arena, folder, "key.pem");
	const char *certificate = file_join(arena, folder, "certificate.pem");
	struct http_options options = options_of_tests();
	struct server_test test;
	struct http_server *server;
	struct error error;

	(void)state;
	if (!run(arena_printf(arena,
			      "openssl req -x509 -newkey rsa:2048 -nodes -days 2 "
			      "-subj /CN=localhost -keyout %s -out %s >/dev/null 2>&1",
			      key, certificate)))
		skip();
	options.tls_certificate = certificate;
	assert_false(http_server_start(&options, &server, &error));
	options.tls_key = certificate; /* no key in it */
	assert_false(http_server_start(&options, &server, &error));
	assert_string_equal(error.key, "http.tls");
	options.tls_key = key;
	test = start(&options);
	assert_true(run(arena_printf(
		arena,
		"printf 'GET /cookie HTTP/1.1\\r\\nHost: x\\r\\nConnection: close\\r\\n\\r\\n' | "
		"openssl s_client -quiet -verify_quiet -ign_eof -CAfile %s -verify_return_error "
		"-connect 127.0.0.1:%d 2>/dev/null | grep -q '__Host-s=v1.*Secure'",
		certificate, test.port)));
	assert_false(run(arena_printf(
		arena, "openssl s_client -tls1_1 -connect 127.0.0.1:%d </dev/null >/dev/null 2>&1",
		test.port)));
	/* Who does not speak it gets nothing, and is in nobody's way. */
	assert_int_equal(ask(&test, "GET /hello" HOST "\r\n").status, 0);
	stop(&test);
	unlink(key), unlink(certificate);
	arena_destroy(arena);
}

static void wait_for_gate(int count)
{
	while (atomic_load(&at_gate) < count)
		usleep(2000);
}

static int ask_gate(const struct server_test *test)
{
	int client = client_connect(test->port);

	client_send(client, "GET /gate" HOST "\r\n");
	return client;
}

static void a_full_queue_is_answered_at_once(void **state)
{
	struct http_options options = options_of_tests();
	struct server_test test;
	struct http_metrics metrics;
	int clients[4];

	(void)state;
	options.workers = 2;
	options.queue_max = 2;
	atomic_store(&gate_is_open, false);
	atomic_store(&at_gate, 0);
	test = start(&options);
	for (int i = 0; i < 2; i++)
		clients[i] = ask_gate(&test);
	wait_for_gate(2);
	for (int i = 2; i < 4; i++)
		clients[i] = ask_gate(&test);
	do {
		http_server_metrics(test.server, &metrics);
	} while (metrics.queued < 2);
	assert_problem(&test, "GET /hello" HOST "\r\n", 503, "http.busy");
	/* What needs no worker goes on. */
	assert_body(&test, "GET /health" HOST "\r\n", 200, "hello");
	atomic_store(&gate_is_open, true);
	for (int i = 0; i < 4; i++) {
		assert_int_equal(client_read(test.arena, clients[i], false).status, 200);
		close(clients[i]);
	}
	http_server_metrics(test.server, &metrics);
	assert_int_equal(metrics.queue_full, 1);
	stop(&test);
}

static void what_takes_too_long_is_ended(void **state)
{
	struct http_options options = options_of_tests();
	struct server_test test;
	int stuck, silent, trickling;

	(void)state;
	options.workers = 1;
	options.request_timeout_ms = 400;
	options.idle_timeout_ms = 400;
	atomic_store(&gate_is_open, false);
	atomic_store(&at_gate, 0);
	test = start(&options);
	silent = client_connect(test.port);
	trickling = client_connect(test.port);
	client_send(trickling, "POST /echo" HOST
			       "Content-Type: application/json\r\nContent-Length: 9\r\n\r\n[");
	stuck = ask_gate(&test);
	wait_for_gate(1);
	/* The one that runs, and one that waits behind it. */
	assert_problem(&test, "GET /hello" HOST "\r\n", 503, "http.expired");
	assert_int_equal(client_read(test.arena, stuck, false).status, 503);
	assert_int_equal(client_read(test.arena, silent, false).status, 0);
	assert_int_equal(client_read(test.arena, trickling, false).status, 0);
	atomic_store(&gate_is_open, true);
	close(stuck), close(silent), close(trickling);
	assert_body(&test, "GET /hello" HOST "\r\n", 200, "hello");
	stop(&test);
}

/* A handler that works on hears of it; the server goes on. */
static void who_hangs_up_is_worked_for_no_longer(void **state)
{
	struct http_options options = options_of_tests();
	struct server_test test;
	int client;

	(void)state;
	options.request_timeout_ms = 60000;
	atomic_store(&at_gate, 0);
	test = start(&options);
	client = client_connect(test.port);
	client_send(client, "GET /laborious" HOST "\r\n");
	wait_for_gate(1);
	close(client);
	wait_for_gate(2);
	assert_body(&test, "GET /hello" HOST "\r\n", 200, "hello");
	stop(&test);
}

static void connections_are_counted_by_address(void **state)
{
	struct http_options options = options_of_tests();
	struct server_test test;
	int clients[3];

	(void)state;
	options.connections_per_address = 2;
	test = start(&options);
	for (int i = 0; i < 2; i++) {
		clients[i] = client_connect(test.port);
		client_send(clients[i], "GET /hello" HOST "\r\n");
		assert_int_equal(client_read(test.arena, clients[i], false).status, 200);
	}
	clients[2] = client_connect(test.port);
	client_send(clients[2], "GET /hello" HOST "\r\n");
	assert_int_equal(client_read(test.arena, clients[2], false).status, 0);
	/* A kept connection takes the next request. */
	client_send(clients[0], "GET /hello" HOST "\r\nGET /health" HOST "\r\n");
	assert_int_equal(client_read(test.arena, clients[0], false).status, 200);
	for (int i = 0; i < 3; i++)
		close(clients[i]);
	stop(&test);
}

static void *open_gate_later(void *context)
{
	(void)context;
	usleep(200 * 1000);
	atomic_store(&gate_is_open, true);
	return NULL;
}

static void stopping_waits_for_what_runs(void **state)
{
	struct http_options options = options_of_tests();
	struct server_test test;
	pthread_t thread;
	struct client_answer answer;
	int running, idle;

	(void)state;
	atomic_store(&gate_is_open, false);
	atomic_store(&at_gate, 0);
	test = start(&options);
	idle = client_connect(test.port);
	running = ask_gate(&test);
	wait_for_gate(1);
	pthread_create(&thread, NULL, open_gate_later, NULL);
	assert_true(http_server_stop(test.server));
	pthread_join(thread, NULL);
	answer = client_read(test.arena, running, false);
	assert_int_equal(answer.status, 200);
	assert_true(str_equal_cstr(answer.body, "through"));
	assert_string_equal(client_header(test.arena, &answer, "Connection"), "close");
	assert_int_equal(client_connect(test.port), -1);
	close(running), close(idle);
	arena_destroy(test.arena);
}

static void stopping_ends_in_time(void **state)
{
	struct http_options options = options_of_tests();
	struct server_test test;
	int running;

	(void)state;
	options.drain_timeout_ms = 300;
	atomic_store(&gate_is_open, false);
	atomic_store(&at_gate, 0);
	test = start(&options);
	running = ask_gate(&test);
	wait_for_gate(1);
	assert_false(http_server_stop(test.server));
	assert_int_equal(client_read(test.arena, running, false).status, 503);
	close(running);
	atomic_store(&gate_is_open, true);
	usleep(50 * 1000); /* its thread ends by itself */
	arena_destroy(test.arena);
}

static void slow_clients_are_not_in_the_way(void **state)
{
	enum { SLOW = 200, ASKED = 300 };
	struct http_options options = options_of_tests();
	struct server_test test = start(&options);
	int slow[SLOW], client;

	(void)state;
	for (int i = 0; i < SLOW; i++) {
		slow[i] = client_connect(test.port);
		assert_true(slow[i] >= 0);
		/* Half a header, half a body, or a large answer nobody reads. */
		client_send(slow[i], i % 3 == 0   ? "GET /hel"
				     : i % 3 == 1 ? "POST /echo" HOST
						    "Content-Type: application/json\r\n"
						    "Content-Length: 100\r\n\r\n[1,"
						  : "GET /large?pieces=100" HOST "\r\n");
	}
	client = client_connect(test.port);
	for (int i = 0; i < ASKED; i++) {
		client_send(client, "GET /hello" HOST "\r\n");
		assert_int_equal(client_read(test.arena, client, false).status, 200);
	}
	close(client);
	for (int i = 0; i < SLOW; i++)
		close(slow[i]);
	stop(&test);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(routes_are_found),
		cmocka_unit_test(everything_carries_the_security_headers),
		cmocka_unit_test(static_files_are_served),
		cmocka_unit_test(bodies_have_limits),
		cmocka_unit_test(permissions_are_asked_first),
		cmocka_unit_test(a_route_table_without_permission_does_not_start),
		cmocka_unit_test(uploads_arrive),
		cmocka_unit_test(uploads_are_kept_and_sent_back),
		cmocka_unit_test(problems_speak_both_languages),
		cmocka_unit_test(large_answers_come_whole),
		cmocka_unit_test(cookies_are_strict),
		cmocka_unit_test(tls_is_spoken),
		cmocka_unit_test(a_full_queue_is_answered_at_once),
		cmocka_unit_test(what_takes_too_long_is_ended),
		cmocka_unit_test(who_hangs_up_is_worked_for_no_longer),
		cmocka_unit_test(connections_are_counted_by_address),
		cmocka_unit_test(stopping_waits_for_what_runs),
		cmocka_unit_test(slow_clients_are_not_in_the_way),
		cmocka_unit_test(the_temporary_folder_is_empty_again),
		cmocka_unit_test(stopping_ends_in_time),
	};

	if (!mkdtemp(folder))
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
