#include "api_client.h"
#include "base/file.h"
#include "base/log.h"
#include "base/strbuf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <cmocka.h>
#include <unistd.h>

enum { WORKERS = 2, JOB_THREADS = 2 };

/* On PostgreSQL when there is a server: as an operator does it, by the configuration. */
static void use_postgresql(struct api_test *test, const char *folder)
{
	const char *target = getenv("YUCHENG_POSTGRESQL");
	struct error error;
	struct db *db;

	if (!target)
		return;
	assert_true(db_open(target, &db, &error));
	assert_true(db_script(db, "DROP SCHEMA public CASCADE; CREATE SCHEMA public", &error));
	db_close(db);
	assert_true(file_make_folder(folder, &error));
	assert_true(file_write_atomic(file_join(test->arena, folder, CONFIG_NAME),
				      str_of(arena_printf(test->arena, "database = %s\n", target)),
				      &error));
	assert_true(config_read(test->arena, folder, &test->config, &error));
}

struct db *api_test_database(const struct api_test *test, const char *folder)
{
	const char *target = getenv("YUCHENG_POSTGRESQL");
	struct error error;
	struct db *db;

	assert_true(db_open(target ? target : file_join(test->arena, folder, "yucheng.db"), &db,
			    &error));
	return db;
}

void api_test_start(struct api_test *test, const char *folder,
		    bool (*authorise)(struct request *request, struct error *error))
{
	const struct api_options options = { .data_folder = folder,
					     .config = &test->config,
					     .create = true };
	struct http_options http = http_options_default();
	struct error error;

	log_set_level(LOG_ERROR);
	test->config = config_default();
	test->arena = arena_create(1 << 20);
	assert_true(file_remove_tree(folder, &error));
	use_postgresql(test, folder);

	assert_true(api_open(&options, &test->api, &error));
	assert_true(api_start_jobs(test->api, JOB_THREADS, &error));
	http.listen = "127.0.0.1:0";
	http.routes = api_routes;
	http.app = test->api;
	http.authorise = authorise ? authorise : api_authorise;
	http.worker_start = api_worker_start;
	http.worker_stop = api_worker_stop;
	http.worker_clean = api_worker_clean;
	http.temporary_folder = file_join(test->arena, folder, "temporary");
	http.workers = WORKERS;
	http.logs_requests = false;
	assert_true(file_make_folder(http.temporary_folder, &error));
	assert_true(http_server_start(&http, &test->server, &error));
	api_set_server(test->api, test->server);
	test->port = http_server_port(test->server);
}

void api_test_stop(struct api_test *test)
{
	api_set_server(test->api, NULL);
	assert_true(http_server_stop(test->server));
	api_close(test->api);
	arena_destroy(test->arena);
}

struct client_answer api_test_send(const struct api_test *test, const char *headers,
				   const char *method, const char *path, const char *type,
				   struct str body)
{
	struct strbuf request = STRBUF_INIT;
	struct client_answer answer;
	int client = client_connect(test->port);

	assert_true(client >= 0);
	strbuf_addf(&request, "%s %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n%s", method, path,
		    headers);
	if (type)
		strbuf_addf(&request, "Content-Type: %s\r\nContent-Length: %zu\r\n", type,
			    body.size);
	strbuf_add_cstr(&request, "\r\n");
	strbuf_add_str(&request, body);
	client_send_bytes(client, strbuf_str(&request));
	answer = client_read(test->arena, client, false);
	close(client);
	strbuf_release(&request);
	return answer;
}

struct client_answer api_test_upload(const struct api_test *test, const char *headers,
				     const char *method, const char *path, const char *name,
				     struct str content, const char *fields)
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
	answer = api_test_send(test, headers, method, path, "multipart/form-data; boundary=b",
			       strbuf_str(&body));
	strbuf_release(&body);
	return answer;
}

json_t *api_test_ask(const struct api_test *test, int status, const char *headers,
		     const char *method, const char *path, const char *body)
{
	struct client_answer answer = api_test_send(test, headers, method, path,
						    body ? "application/json" : NULL, str_of(body));
	json_error_t at;
	json_t *json;

	if (answer.status != status)
		fail_msg("%s %s: %d %.*s", method, path, answer.status, STR_ARGS(answer.body));
	if (answer.body.size == 0)
		return NULL;
	json = json_loadb(answer.body.data, answer.body.size, 0, &at);
	if (!json)
		fail_msg("%s: %.*s", at.text, STR_ARGS(answer.body));
	return json;
}

bool api_test_log_in(const struct api_test *test, const char *login, const char *password,
		     struct api_session *session_out)
{
	const char *body = arena_printf(test->arena, "{\"login\":\"%s\",\"password\":\"%s\"}",
					login, password);
	struct client_answer answer = api_test_send(test, "", "POST", "/api/v1/session",
						    "application/json", str_of(body));
	const char *cookie;
	json_t *json;

	if (answer.status != 200)
		return false;
	cookie = client_header(test->arena, &answer, "Set-Cookie");
	json = json_loadb(answer.body.data, answer.body.size, 0, NULL);
	session_out->cookie = arena_printf(test->arena, "Cookie: %.*s\r\n",
					   (int)(strchr(cookie, ';') - cookie), cookie);
	session_out->both = arena_printf(test->arena, "%sX-CSRF-Token: %s\r\n", session_out->cookie,
					 api_test_text(json, "csrf"));
	json_decref(json);
	return true;
}

int64_t api_test_number(const json_t *json, const char *name)
{
	const json_t *value = json_object_get(json, name);

	if (!json_is_integer(value))
		fail_msg("no number %s", name);
	return json_integer_value(value);
}

const char *api_test_text(const json_t *json, const char *name)
{
	const char *value = json_string_value(json_object_get(json, name));

	if (!value)
		fail_msg("no text %s", name);
	return value;
}
