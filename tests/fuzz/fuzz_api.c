/*
 * Requests of the API as a hostile user with a role sends them: "METHOD /path?query", a line's end,
 * and the body; before an upload's content stands its file name in a line of its own. Whatever it
 * is: answered, or refused as the caller's mistake; never a failed statement, never an answer that is
 * no JSON. What costs seconds by intent (passwords, reports, backups) is left out.
 */
#include "api/api.h"
#include "auth/auth.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "http/http_internal.h"
#include "library/library.h"

#include <jansson.h>
#include <stdlib.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { DEADLINE_MS = 60000 };

static struct config config;
static struct router *router;
static char folder[] = "/tmp/yucheng-fuzz-XXXXXX";
static void *worker;

static void must(bool done, const char *what, const struct error *error)
{
	if (done)
		return;
	fprintf(stderr, "%s: %s %s\n", what, error && error->key ? error->key : "",
		error ? error->detail : "");
	abort();
}

static void remove_folder(void)
{
	struct error ignored;

	if (!file_remove_tree(folder, &ignored))
		fprintf(stderr, "%s stays\n", folder);
}

static void fill(struct arena *arena)
{
	static const char rows[] =
		"INSERT INTO organisation (id, organisation_id, name, kind, path) VALUES (1, 1, "
		"'a', "
		"'province_bureau', '/1/'), (2, 2, 'b', 'centre', '/1/2/'), (3, 3, 'c', 'centre', "
		"'/1/3/');"
		"INSERT INTO \"user\" (id, organisation_id, login, name) VALUES (1, 2, 'u', "
		"'user'), "
		"(2, 3, 'v', 'other');"
		"INSERT INTO annual_task (organisation_id, state, year, title, kind, goal, "
		"owner_id, "
		"due_on, created_by) VALUES (2, 'draft', 2026, 'a', 'talent', 'g', 1, "
		"'2026-01-01', 1), "
		"(3, 'draft', 2026, 'x', 'talent', 'g', 2, '2026-01-01', 2);"
		"INSERT INTO topic (organisation_id, name) VALUES (2, 't'), (3, 'x');";
	struct error error;
	struct db *db;

	must(db_open(file_join(arena, folder, "yucheng.db"), &db, &error), "open", &error);
	must(db_script(db, rows, &error), "rows", &error);
	db_close(db);
}

static void start(void)
{
	struct arena *arena = arena_create(4096);
	const struct api_options options = { .data_folder = folder,
					     .config = &config,
					     .create = true };
	struct error error;
	struct api *api;

	log_set_level(LOG_ERROR + 1);
	config = config_default();
	must(mkdtemp(folder) != NULL, "mkdtemp", NULL);
	atexit(remove_folder);
	must(api_open(&options, &api, &error), "api_open", &error);
	fill(arena);
	worker = api_worker_start(api, &error);
	must(worker != NULL, "worker", &error);
	router = router_create(api_routes, &error);
	must(router != NULL, "router", &error);
	arena_destroy(arena);
}

static bool is_left_out(const char *path)
{
	static const char *const parts[] = { "/session", "/password", "/accounts", "/reports",
					     "/backups", "/metrics",  "/totp" };

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		if (strstr(path, parts[i]))
			return true;
	return false;
}

static void add_upload(struct exchange *exchange, struct str content)
{
	struct arena *arena = exchange->request.arena;
	struct upload *upload = arena_new(arena, struct upload);
	struct str name;
	struct error error;

	if (!str_split(&content, STR("\n"), &name))
		return;
	upload->field = "file";
	upload->name = upload_clean_name(arena, name);
	upload->declared_type = "";
	upload->media_type = upload_sniff(content);
	upload->size = (int64_t)content.size;
	upload->path = file_join(arena, folder, "upload");
	must(file_write_atomic(upload->path, content, &error), "upload", &error);
	*(struct upload **)list_add(&exchange->uploads) = upload;
}

static void check_answer(const struct response *response)
{
	json_t *json;

	if (response->content_type || response->body.size == 0)
		return;
	json = json_loadb(response->body.data, response->body.size, 0, NULL);
	must(json != NULL, "no JSON", NULL);
	json_decref(json);
}

static void run(struct exchange *exchange)
{
	struct error error = { .kind = ERROR_NONE, .at = -1 };
	struct response *response = &exchange->response;

	response->file = -1;
	if (exchange->request.route->handler(&exchange->request, response, &error)) {
		check_answer(response);
	} else if (error.kind == ERROR_CORRUPT || error.kind == ERROR_NONE ||
		   (error.key && strncmp(error.key, "db.", 3) == 0 &&
		    strcmp(error.key, "db.constraint") != 0)) {
		must(false, exchange->request.path, &error);
	}
	if (response->file >= 0)
		close(response->file);
	api_worker_clean(worker);
}

static void ask(struct arena *arena, struct str method, struct str target, struct str body)
{
	static struct auth_identity identity = {
		.actor = { .user_id = 1,
			   .organisation_id = 2,
			   .organisation_path = "/1/2/",
			   .roles = ROLE_BIT(ROLE_IP_MANAGER) },
		.account_id = 1,
		.session_id = 1,
		.login = "u",
		.csrf = "x",
	};
	struct exchange *exchange = arena_new(arena, struct exchange);
	struct error error;

	if (!target_parse(arena, target, &exchange->target, &error))
		return;
	router_find(router, str_to_cstr(arena, method), &exchange->target, &exchange->match);
	if (!exchange->match.route || is_left_out(exchange->match.route->path))
		return;
	exchange->uploads = LIST_OF(struct upload *);
	exchange->form = LIST_OF(struct name_value);
	exchange->request = (struct request){ .arena = arena,
					      .method = str_to_cstr(arena, method),
					      .path = exchange->target.path,
					      .address = "127.0.0.1",
					      .id = "0123456789abcdef",
					      .started_ms = clock_monotonic_ms(),
					      .deadline_ms = clock_monotonic_ms() + DEADLINE_MS,
					      .route = exchange->match.route,
					      .worker = worker,
					      .user = &identity,
					      .user_id = 1 };
	if (exchange->request.route->flags & ROUTE_UPLOAD)
		add_upload(exchange, body);
	else
		exchange->request.body = body;
	if (!(exchange->request.route->flags & ROUTE_INLINE))
		run(exchange);
	list_release(&exchange->uploads);
	list_release(&exchange->form);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = { (const char *)data, size }, line, method;
	struct arena *arena;

	if (!worker)
		start();
	arena = arena_create(1 << 16);
	if (str_split(&text, STR("\n"), &line) && str_split(&line, STR(" "), &method))
		ask(arena, method, line, text);
	arena_destroy(arena);
	return 0;
}
