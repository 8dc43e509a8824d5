/*
 * The whole navigation part over HTTP, with a server, workers and job threads as `serve` has them:
 * who asks is told by the token "ROLE:ORGANISATION", which the authorise() below believes.
 */
#include "api_client.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/strbuf.h"
#include "record/record.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include <unistd.h>

static const char folder[] = "test_api.data";
enum { WAIT_MS = 30000 };

/* ---- The frame. */

static struct api_test test;

/* "2:3": role 2, organisation 3. */
static bool authorise(struct request *request, struct error *error)
{
	const char *token = request_bearer(request);
	struct actor *actor = arena_new(request->arena, struct actor);

	if (!token)
		return error_set(error, ERROR_UNAUTHENTICATED, "test.needed", "%s", "");
	actor->user_id = 7;
	actor->roles = ROLE_BIT(token[0] - '0');
	actor->organisation_id = token[2] - '0';
	request->user = actor;
	return api_allows(actor->roles, request->route->permission) ||
	       error_set(error, ERROR_FORBIDDEN, "test.forbidden", "%s", "");
}

#define MANAGER   "1:1"
#define STRANGER  "1:2" /* the same role elsewhere */
#define INSPECTOR "8:1"
#define SYSTEM    "9:1"

static int start_all(void **state)
{
	(void)state;
	api_test_start(&test, folder, authorise);
	return 0;
}

static int stop_all(void **state)
{
	(void)state;
	api_test_stop(&test);
	return 0;
}

static const char *bearer(const char *token)
{
	return token ? arena_printf(test.arena, "Authorization: Bearer %s\r\n", token) : "";
}

static struct client_answer ask_typed(const char *token, const char *method, const char *path,
				      const char *type, struct str body)
{
	return api_test_send(&test, bearer(token), method, path, type, body);
}

static json_t *parse(const struct client_answer *answer)
{
	json_t *json = json_loadb(answer->body.data, answer->body.size, 0, NULL);

	if (!json)
		fail_msg("%.*s", STR_ARGS(answer->body));
	return json;
}

static json_t *ask(int status, const char *token, const char *method, const char *path,
		   const char *body)
{
	return api_test_ask(&test, status, bearer(token), method, path, body);
}

static void refused(int status, const char *key, const char *token, const char *method,
		    const char *path, const char *body)
{
	json_t *json = ask(status, token, method, path, body);

	assert_string_equal(json_string_value(json_object_get(json, "key")), key);
	json_decref(json);
}

static int64_t count_of(const char *token, const char *path)
{
	json_t *json = ask(200, token, "GET", path, NULL);
	int64_t count = api_test_number(json, "count");

	json_decref(json);
	return count;
}

static json_t *wait_for(int64_t job, const char *state)
{
	const char *path = arena_printf(test.arena, "/api/v1/jobs/%lld", (long long)job);
	int64_t until = clock_monotonic_ms() + WAIT_MS;
	json_t *json = ask(200, MANAGER, "GET", path, NULL);

	while (strcmp(api_test_text(json, "state"), state) != 0) {
		if (clock_monotonic_ms() > until ||
		    strcmp(api_test_text(json, "state"), "failed") == 0)
			fail_msg("%s", json_dumps(json, 0));
		json_decref(json);
		usleep(10000);
		json = ask(200, MANAGER, "GET", path, NULL);
	}
	return json;
}

static struct client_answer upload(const char *token, const char *method, const char *path,
				   const char *name, struct str content, const char *fields)
{
	struct strbuf body = STRBUF_INIT;
	struct client_answer answer;

	strbuf_add_cstr(&body, fields);
	strbuf_addf(&body,
		    "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\n"
		    "Content-Type: application/octet-stream\r\n\r\n",
		    name);
	strbuf_add_str(&body, content);
	strbuf_add_cstr(&body, "\r\n--b--\r\n");
	answer = ask_typed(token, method, path, "multipart/form-data; boundary=b",
			   strbuf_str(&body));
	strbuf_release(&body);
	return answer;
}

#define FIELD(name_, value_)                                                                       \
	"--b\r\nContent-Disposition: form-data; name=\"" name_ "\"\r\n\r\n" value_ "\r\n"

static struct str fixture(const char *name)
{
	const char *path = file_join(test.arena, getenv("YUCHENG_TEST_DATA"), name);
	struct error error;
	struct str content;

	assert_true(file_read(test.arena, path, 1 << 24, &content, &error));
	return content;
}

static int64_t job_of(const struct client_answer *answer)
{
	json_t *json = parse(answer);
	int64_t job;

	if (answer->status != 202)
		fail_msg("%.*s", STR_ARGS(answer->body));
	job = api_test_number(json, "job");
	json_decref(json);
	return job;
}

static size_t files_in(const char *name)
{
	const char *command = arena_printf(test.arena, "ls %s/%s 2>/dev/null | wc -l", folder,
					   name);
	FILE *pipe = popen(command, "r");
	size_t count = 0;

	assert_int_equal(fscanf(pipe, "%zu", &count), 1);
	pclose(pipe);
	return count;
}

/* ---- In the order of a user's work: later tests use what earlier ones made. */

static void nobody_gets_in_without_a_token(void **state)
{
	(void)state;
	refused(401, "test.needed", NULL, "GET", "/api/v1/search?query=ALL", NULL);
	refused(403, "test.forbidden", INSPECTOR, "POST", "/api/v1/topics", "{\"name\":\"x\"}");
	refused(403, "test.forbidden", SYSTEM, "GET", "/api/v1/search", NULL);
	refused(403, "test.forbidden", MANAGER, "GET", "/metrics", NULL);
	json_decref(ask(200, NULL, "GET", "/health", NULL));
	json_decref(ask(200, NULL, "GET", "/ready", NULL));
	assert_true(api_allows(ROLE_BIT(ROLE_INSPECTOR), "patent.read"));
	assert_false(api_allows(ROLES_ALL, "unknown.permission"));
}

static void a_file_is_imported_as_a_job(void **state)
{
	struct client_answer answer = upload(MANAGER, "POST", "/api/v1/imports", "small.jsonl",
					     fixture("small.jsonl"), "");
	int64_t job = job_of(&answer);
	json_t *row = wait_for(job, "done");
	const json_t *results = json_object_get(row, "results");

	(void)state;
	assert_string_equal(client_header(test.arena, &answer, "Location"),
			    arena_printf(test.arena, "/api/v1/jobs/%lld", (long long)job));
	assert_true(api_test_number(results, "inserted") > 5);
	assert_string_equal(api_test_text(results, "source"), "yucheng");
	assert_string_equal(api_test_text(row, "phase"), "index");
	json_decref(row);
	assert_int_equal(files_in("uploads"), 0);
	assert_true(count_of(MANAGER, "/api/v1/search?limit=0") > 5);
	assert_int_equal(count_of(MANAGER, "/api/v1/search?limit=0"),
			 count_of(STRANGER, "/api/v1/search?limit=0")); /* public facts */
}

static void rows_that_cannot_be_used_are_told(void **state)
{
	struct client_answer answer = upload(
		MANAGER, "POST", "/api/v1/imports", "列表.csv",
		STR("公开号,标题,申请人,申请日\r\nCN198111111A,一种示例装置,示例公司,2020-01-02\r\n"
		    ",,,\r\n,,示例公司,不是日期\r\n"),
		FIELD("format", "table"));
	json_t *row = wait_for(job_of(&answer), "done"), *refused_rows;
	const char *path = arena_printf(test.arena, "/api/v1/jobs/%lld/refused",
					(long long)api_test_number(row, "id"));

	(void)state;
	assert_true(api_test_number(json_object_get(row, "results"), "rejected") >= 1);
	refused_rows = ask(200, MANAGER, "GET", path, NULL);
	assert_true(json_array_size(json_object_get(refused_rows, "rows")) >= 1);
	assert_true(strlen(api_test_text(json_array_get(json_object_get(refused_rows, "rows"), 0),
					 "message")) > 0);
	json_decref(refused_rows);
	json_decref(row);
	refused(404, "job.missing", STRANGER, "GET", path, NULL);
}

static void wrong_uploads_are_refused(void **state)
{
	struct client_answer answer;

	(void)state;
	answer = upload(MANAGER, "POST", "/api/v1/imports", "a.xlsx", STR("no workbook"), "");
	assert_int_equal(answer.status, 422);
	answer = upload(MANAGER, "POST", "/api/v1/imports", "a.csv", STR("a,b\r\n1,2\r\n"),
			FIELD("format", "nothing"));
	assert_int_equal(answer.status, 422);
	answer = upload(MANAGER, "POST", "/api/v1/imports", "a.csv", STR("a,b\r\n1,2\r\n"),
			FIELD("topic", "没有"));
	assert_int_equal(answer.status, 404);
	answer = upload(INSPECTOR, "POST", "/api/v1/imports", "a.csv", STR("a,b\r\n1,2\r\n"), "");
	assert_int_equal(answer.status, 403);
	assert_int_equal(files_in("uploads"), 0);
}

static void queries_find_and_are_explained(void **state)
{
	json_t *json = ask(200, MANAGER, "GET",
			   "/api/v1/search?query=TA%3D%E7%94%B5%E6%B1%A0&limit=2&sort=filed", NULL);
	const json_t *hits = json_object_get(json, "hits");

	(void)state;
	assert_true(api_test_number(json, "count") >= 2);
	assert_int_equal(json_array_size(hits), 2);
	assert_true(strcmp(api_test_text(json_array_get(hits, 0), "filed"),
			   api_test_text(json_array_get(hits, 1), "filed")) >= 0);
	json_decref(json);
	json = ask(200, MANAGER, "POST", "/api/v1/explain",
		   "{\"query\":\"TI=(电池 OR 装置)\",\"language\":\"en\"}");
	assert_true(json_array_size(json_object_get(json, "nodes")) >= 3);
	json_decref(json);
	refused(422, "api.missing", MANAGER, "GET", "/api/v1/explain", NULL);
	refused(422, "api.number", MANAGER, "GET", "/api/v1/search?limit=201", NULL);
	refused(422, "api.choice", MANAGER, "GET", "/api/v1/search?sort=best", NULL);
	refused(422, "api.json", MANAGER, "POST", "/api/v1/search", "[1]");
	refused(422, "api.json", MANAGER, "POST", "/api/v1/search", "{\"query\":");
	json_decref(ask(422, MANAGER, "GET", "/api/v1/search?query=TI%3D(", NULL));
	json_decref(ask(404, MANAGER, "GET", "/api/v1/search?topic=none", NULL));
}

static void documents_and_their_like_are_shown(void **state)
{
	json_t *json = ask(200, MANAGER, "GET", "/api/v1/publications/CN198000001A", NULL);

	(void)state;
	assert_string_equal(api_test_text(json, "title"), "一种动力电池的散热装置");
	assert_string_equal(api_test_text(json, "filed"), "2021-03-02");
	assert_true(json_is_array(json_object_get(json_object_get(json, "facts"), "title")));
	assert_true(json_array_size(json_object_get(json, "publications")) >= 1);
	json_decref(json);
	json_decref(ask(404, MANAGER, "GET", "/api/v1/publications/CN999999999A", NULL));
	json = ask(200, MANAGER, "GET", "/api/v1/similar?number=CN198000001A", NULL);
	assert_true(json_array_size(json_object_get(json, "terms")) > 0);
	json_decref(json);
	json_decref(ask(200, MANAGER, "POST", "/api/v1/similar", "{\"text\":\"电池散热\"}"));
	refused(422, "api.number_or_text", MANAGER, "GET", "/api/v1/similar", NULL);
}

static void sets_are_counted(void **state)
{
	json_t *json = ask(200, MANAGER, "GET", "/api/v1/analyses", NULL), *figure;
	const json_t *figures = json_object_get(json, "figures");
	size_t i;
	const json_t *row;

	(void)state;
	assert_true(json_array_size(figures) > 10);
	json_array_foreach(figures, i, row)
	{
		const char *path = arena_printf(test.arena, "/api/v1/figures/%s",
						api_test_text(row, "name"));
		struct client_answer answer = ask_typed(MANAGER, "GET", path, NULL, STR_EMPTY);

		/* figures of trees want a topic */
		assert_true(answer.status == 200 || answer.status == 409);
		json_decref(parse(&answer));
	}
	json_decref(json);
	figure = ask(200, MANAGER, "GET", "/api/v1/analyse?by=year,applicant&top=3", NULL);
	assert_true(json_array_size(json_object_get(figure, "rows")) > 0);
	json_decref(figure);
	refused(400, "answer.dimensions", MANAGER, "GET", "/api/v1/analyse?by=year,ipc,applicant",
		NULL);
	refused(422, "api.missing", MANAGER, "GET", "/api/v1/analyse", NULL);
	json_decref(ask(400, MANAGER, "GET", "/api/v1/analyse?by=nothing", NULL));
	refused(404, "api.no_such", MANAGER, "GET", "/api/v1/figures/nothing", NULL);
}

static void topics_belong_to_their_organisation(void **state)
{
	json_t *json = ask(201, MANAGER, "POST", "/api/v1/topics",
			   "{\"name\":\"散热\",\"query\":\"TA=电池\"}");
	const char *path = arena_printf(test.arena, "/api/v1/topics/%lld",
					(long long)api_test_number(json, "id"));
	int64_t before = api_test_number(json, "documents");

	(void)state;
	assert_true(before >= 2);
	json_decref(json);
	refused(404, "api.no_such", STRANGER, "GET", path, NULL);
	refused(404, "api.no_such", STRANGER, "DELETE", path, NULL);
	json = ask(200, STRANGER, "GET", "/api/v1/topics", NULL);
	assert_int_equal(json_array_size(json_object_get(json, "topics")), 0);
	json_decref(json);
	json_decref(ask(409, MANAGER, "POST", "/api/v1/topics", "{\"name\":\"散热\"}"));
	refused(422, "api.missing", MANAGER, "POST", "/api/v1/topics", "{}");
	json_decref(ask(422, MANAGER, "PATCH", path, "{\"query\":\"TI=(\"}"));
	json = ask(200, MANAGER, "PATCH", path, "{\"purpose\":\"示例\"}");
	assert_string_equal(api_test_text(json, "purpose"), "示例");
	assert_string_equal(api_test_text(json, "name"), "散热");
	json_decref(json);
	path = arena_printf(test.arena, "%s/documents", path);
	json = ask(200, MANAGER, "POST", path, "{\"remove\":[\"CN198000001A\"]}");
	assert_int_equal(api_test_number(json, "documents"), before - 1);
	json_decref(json);
	json = ask(200, MANAGER, "POST", path, "{\"add\":[\"CN198000001A\"]}");
	assert_int_equal(api_test_number(json, "documents"), before);
	json_decref(json);
	json_decref(ask(422, MANAGER, "POST", path, "{\"add\":[\"CN999999999A\"]}"));
	refused(422, "api.list", MANAGER, "POST", path, "{\"add\":\"CN198000001A\"}");
}

static void trees_go_in_and_out(void **state)
{
	static const char nodes[] =
		"{\"nodes\":[{\"level\":1,\"name\":\"冷却\",\"query\":\"TA=冷\"},"
		"{\"level\":2,\"name\":\"液冷\",\"query\":\"TA=液冷\"}]}";
	static const char path[] = "/api/v1/topics/1/trees/technology";
	json_t *json = ask(200, MANAGER, "PUT", path, nodes);
	struct client_answer answer;

	(void)state;
	assert_int_equal(json_array_size(json_object_get(json, "nodes")), 2);
	assert_string_equal(
		api_test_text(json_array_get(json_object_get(json, "nodes"), 1), "path"), "1.1");
	json_decref(json);
	json = ask(422, MANAGER, "PUT", path,
		   "{\"nodes\":[{\"level\":1,\"name\":\"x\",\"query\":\"TI=(\"}]}");
	assert_int_equal(api_test_number(json, "at"), 1);
	json_decref(json);
	refused(404, "api.no_such", STRANGER, "PUT", path, nodes);
	refused(404, "api.no_such", MANAGER, "GET", "/api/v1/topics/1/trees/other", NULL);
	answer = ask_typed(MANAGER, "GET", "/api/v1/topics/1/trees/technology/file", NULL,
			   STR_EMPTY);
	assert_int_equal(answer.status, 200);
	assert_memory_equal(answer.body.data, "PK", 2);
	answer = upload(MANAGER, "PUT", "/api/v1/topics/1/trees/effect/file", "tree.xlsx",
			str_copy(test.arena, answer.body), "");
	assert_int_equal(answer.status, 200);
	json = parse(&answer);
	assert_int_equal(json_array_size(json_object_get(json, "nodes")), 2);
	json_decref(json);
	json_decref(
		ask(200, MANAGER, "GET", "/api/v1/figures/matrix?topic=%E6%95%A3%E7%83%AD", NULL));
	answer = ask_typed(MANAGER, "GET", "/api/v1/topics/1/trees/effect/file?format=toml", NULL,
			   STR_EMPTY);
	assert_true(str_find(answer.body, STR("[[node]]")) != STR_NOT_FOUND);
}

static void saved_queries_stand_for_their_text(void **state)
{
	json_t *json;

	(void)state;
	json_decref(ask(200, MANAGER, "PUT", "/api/v1/queries/cool",
			"{\"query\":\"TA=\\u7535\\u6c60\"}"));
	assert_int_equal(count_of(MANAGER, "/api/v1/search?query=%23cool&limit=0"),
			 count_of(MANAGER, "/api/v1/search?query=TA%3D%E7%94%B5%E6%B1%A0&limit=0"));
	json_decref(ask(422, STRANGER, "GET", "/api/v1/search?query=%23cool", NULL));
	json = ask(200, MANAGER, "GET", "/api/v1/queries", NULL);
	assert_int_equal(json_array_size(json_object_get(json, "queries")), 1);
	json_decref(json);
	json_decref(ask(422, MANAGER, "PUT", "/api/v1/queries/bad", "{\"query\":\"TI=(\"}"));
	assert_int_equal(
		ask_typed(MANAGER, "DELETE", "/api/v1/queries/cool", NULL, STR_EMPTY).status, 204);
}

static void a_report_is_made_and_downloaded(void **state)
{
	static const char *const starts[] = { "<!", "PK" };
	static const char *const formats[] = { "html", "xlsx" };

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		const char *body = arena_printf(
			test.arena, "{\"topic\":\"散热\",\"format\":\"%s\"}", formats[i]);
		json_t *json = ask(202, MANAGER, "POST", "/api/v1/reports", body);
		int64_t job = api_test_number(json, "job");
		const char *path = arena_printf(test.arena, "/api/v1/jobs/%lld/file",
						(long long)job);
		struct client_answer answer;

		json_decref(json);
		json_decref(wait_for(job, "done"));
		answer = ask_typed(MANAGER, "GET", path, NULL, STR_EMPTY);
		assert_int_equal(answer.status, 200);
		assert_memory_equal(answer.body.data, starts[i], 2);
		refused(404, "job.missing", STRANGER, "GET", path, NULL);
	}
	json_decref(ask(404, MANAGER, "POST", "/api/v1/reports", "{\"topic\":\"none\"}"));
	refused(422, "api.choice", MANAGER, "POST", "/api/v1/reports", "{\"format\":\"doc\"}");
	refused(404, "api.no_file", MANAGER, "GET", "/api/v1/jobs/1/file", NULL);
}

static void a_report_that_takes_too_long_fails(void **state)
{
	int64_t before = test.config.report_timeout_seconds, job;
	json_t *json;

	(void)state;
	test.config.report_timeout_seconds = -1; /* passed before it begins */
	json = ask(202, MANAGER, "POST", "/api/v1/reports",
		   "{\"topic\":\"散热\",\"format\":\"html\"}");
	job = api_test_number(json, "job");
	json_decref(json);
	json = wait_for(job, "failed");
	test.config.report_timeout_seconds = before;
	assert_string_equal(api_test_text(json_object_get(json, "error"), "key"), "index.deadline");
	json_decref(json);
}

/* A long import, stopped in the middle: what came before stays, nothing is left behind. */
static void an_import_can_be_cancelled(void **state)
{
	struct strbuf rows = STRBUF_INIT;
	struct client_answer answer;
	int64_t job;
	json_t *json;

	(void)state;
	strbuf_add_cstr(&rows, "公开号,标题,申请人,申请日\r\n");
	for (int i = 0; i < 60000; i++)
		strbuf_addf(&rows, "CN3%08dA,一种第%d号示例装置,示例公司,2020-01-02\r\n", i, i);
	answer = upload(MANAGER, "POST", "/api/v1/imports", "many.csv", strbuf_str(&rows),
			FIELD("format", "table"));
	strbuf_release(&rows);
	job = job_of(&answer);
	json_decref(wait_for(job, "running"));
	refused(404, "job.missing", STRANGER, "POST",
		arena_printf(test.arena, "/api/v1/jobs/%lld/cancel", (long long)job), "{}");
	json_decref(ask(200, MANAGER, "POST",
			arena_printf(test.arena, "/api/v1/jobs/%lld/cancel", (long long)job),
			"{}"));
	json = wait_for(job, "cancelled");
	json_decref(json);
	assert_int_equal(files_in("uploads"), 0);
	refused(409, "job.finished", MANAGER, "POST",
		arena_printf(test.arena, "/api/v1/jobs/%lld/cancel", (long long)job), "{}");
	json = ask(200, MANAGER, "GET", "/api/v1/jobs?kind=import&limit=1", NULL);
	assert_int_equal(api_test_number(json_array_get(json_object_get(json, "jobs"), 0), "id"),
			 job);
	json_decref(json);
	json = ask(200, STRANGER, "GET", "/api/v1/jobs", NULL);
	assert_int_equal(json_array_size(json_object_get(json, "jobs")), 0);
	json_decref(json);
}

static void the_description_names_every_route(void **state)
{
	json_t *json = ask(200, NULL, "GET", "/api/v1/openapi.json", NULL);
	const json_t *paths = json_object_get(json, "paths");

	(void)state;
	for (const struct route *route = api_routes; route->method; route++) {
		const json_t *path = json_object_get(paths, route->path), *operation;
		char method[16] = "";

		for (size_t i = 0; route->method[i]; i++)
			method[i] = (char)(route->method[i] | 0x20);
		operation = json_object_get(path, method);
		if (!operation || !*api_test_text(operation, "summary"))
			fail_msg("%s %s", route->method, route->path);
	}
	json_decref(json);
}

static void numbers_are_told_as_prometheus_wants_them(void **state)
{
	struct client_answer answer = ask_typed(SYSTEM, "GET", "/metrics", NULL, STR_EMPTY);

	(void)state;
	assert_int_equal(answer.status, 200);
	assert_true(str_find(answer.body, STR("\nyucheng_jobs{state=\"done\"} ")) != STR_NOT_FOUND);
	assert_true(str_find(answer.body, STR("yucheng_http_requests_total{status=\"2xx\"} ")) !=
		    STR_NOT_FOUND);
	assert_true(str_find(answer.body, STR("_bucket{le=\"+Inf\"} ")) != STR_NOT_FOUND);
}

static void a_topic_can_be_removed(void **state)
{
	(void)state;
	assert_int_equal(ask_typed(MANAGER, "DELETE", "/api/v1/topics/1", NULL, STR_EMPTY).status,
			 204);
	refused(404, "api.no_such", MANAGER, "GET", "/api/v1/topics/1", NULL);
}

static void a_server_that_stops_says_so(void **state)
{
	(void)state;
	api_begin_drain(test.api);
	refused(503, "http.busy", NULL, "GET", "/ready", NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nobody_gets_in_without_a_token),
		cmocka_unit_test(a_file_is_imported_as_a_job),
		cmocka_unit_test(rows_that_cannot_be_used_are_told),
		cmocka_unit_test(wrong_uploads_are_refused),
		cmocka_unit_test(queries_find_and_are_explained),
		cmocka_unit_test(documents_and_their_like_are_shown),
		cmocka_unit_test(sets_are_counted),
		cmocka_unit_test(topics_belong_to_their_organisation),
		cmocka_unit_test(trees_go_in_and_out),
		cmocka_unit_test(saved_queries_stand_for_their_text),
		cmocka_unit_test(a_report_is_made_and_downloaded),
		cmocka_unit_test(a_report_that_takes_too_long_fails),
		cmocka_unit_test(an_import_can_be_cancelled),
		cmocka_unit_test(the_description_names_every_route),
		cmocka_unit_test(numbers_are_told_as_prometheus_wants_them),
		cmocka_unit_test(a_topic_can_be_removed),
		cmocka_unit_test(a_server_that_stops_says_so),
	};

	return cmocka_run_group_tests(tests, start_all, stop_all);
}
