/*
 * Records over HTTP: the life of a yearly task among the people of two centres and their bureau.
 * Who asks is told by the token "ROLE:ORGANISATION:USER", which the authorise() below believes.
 */
#include "api_client.h"
#include "base/file.h"
#include "base/strbuf.h"
#include "record/record.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

static const char folder[] = "test_api_record.data";
static struct api_test test;

#define DIRECTOR   "0:3:1"
#define MANAGER    "1:3:2"
#define RESEARCHER "2:3:3"
#define STRANGER   "1:4:4" /* a manager of another centre */
#define CITY       "5:2:5"
#define INSPECTOR  "8:2:6"
#define SYSTEM     "9:2:7"

static bool authorise(struct request *request, struct error *error)
{
	static const char *const paths[] = { "", "/1/", "/1/2/", "/1/2/3/", "/1/4/" };
	const char *token = request_bearer(request);
	struct actor *actor = arena_new(request->arena, struct actor);
	int role, organisation, user;

	if (!token || sscanf(token, "%d:%d:%d", &role, &organisation, &user) != 3)
		return error_set(error, ERROR_UNAUTHENTICATED, "test.needed", "%s", "");
	*actor = (struct actor){ .user_id = user,
				 .organisation_id = organisation,
				 .roles = ROLE_BIT(role),
				 .organisation_path = paths[organisation],
				 .request_id = request->id };
	request->user = actor;
	request->user_id = user;
	return api_allows(actor->roles, request->route->permission) ||
	       error_set(error, ERROR_FORBIDDEN, "test.forbidden", "%s", "");
}

static void make_people(void)
{
	static const char script[] =
		"DELETE FROM organisation;"
		"INSERT INTO organisation (id, name, kind, path, organisation_id) VALUES "
		"(1, '示例省局', 'province_bureau', '/1/', 1), "
		"(2, '示例市局', 'city_bureau', '/1/2/', 2), (3, '示例中心甲', 'centre', "
		"'/1/2/3/', 3), "
		"(4, '示例中心乙', 'centre', '/1/4/', 4);"
		"INSERT INTO \"user\" (id, login, name, organisation_id) VALUES (1, 'a', '赵主任', "
		"3), "
		"(2, 'b', '钱专员', 3), (3, 'c', '孙研究', 3), (4, 'd', '李专员', 4), "
		"(5, 'e', '周处长', 2), (6, 'f', '吴检查', 2), (7, 'g', '郑系统', 2);";
	struct db *db = api_test_database(&test, folder);
	struct error error;

	if (!db_script(db, script, &error))
		fail_msg("%s", error.detail);
	db_close(db);
}

static int start_all(void **state)
{
	(void)state;
	api_test_start(&test, folder, authorise);
	make_people();
	return 0;
}

static int stop_all(void **state)
{
	(void)state;
	api_test_stop(&test);
	return 0;
}

/* ---- Asking. */

static const char *headers_of(const char *token, const char *more)
{
	return arena_printf(test.arena, "Authorization: Bearer %s\r\n%s", token, more);
}

static json_t *ask(int status, const char *token, const char *method, const char *path,
		   const char *body)
{
	return api_test_ask(&test, status, headers_of(token, ""), method, path, body);
}

static void done(int status, const char *token, const char *method, const char *path,
		 const char *body)
{
	json_decref(ask(status, token, method, path, body));
}

static void refused(int status, const char *key, const char *token, const char *method,
		    const char *path, const char *body)
{
	json_t *json = ask(status, token, method, path, body);

	assert_string_equal(api_test_text(json, "key"), key);
	json_decref(json);
}

static const json_t *field_of(const json_t *record, const char *name)
{
	return json_object_get(json_object_get(record, "fields"), name);
}

static bool has_error(const json_t *problem, const char *field, const char *key)
{
	const json_t *errors = json_object_get(problem, "errors");

	for (size_t i = 0; i < json_array_size(errors); i++) {
		const json_t *item = json_array_get(errors, i);

		if (strcmp(api_test_text(item, "field"), field) == 0 &&
		    strcmp(api_test_text(item, "key"), key) == 0)
			return strlen(api_test_text(item, "zh")) &&
			       strlen(api_test_text(item, "en"));
	}
	return false;
}

#define LIST "/api/v1/records/annual_task"

static const char *path_of(int64_t id, const char *rest)
{
	return arena_printf(test.arena, LIST "/%lld%s", (long long)id, rest);
}

static const char good[] =
	"{\"fields\":{\"year\":2026,\"title\":\"专利导航\",\"kind\":\"navigation\","
	"\"goal\":\"形成示例报告\",\"owner_id\":3,\"partners\":[1,{\"id\":2}],"
	"\"due_on\":\"2026-06-30\",\"budget\":\"1234.50\"}}";

static int64_t make(const char *token, const char *body)
{
	json_t *record = ask(201, token, "POST", LIST, body);
	int64_t id = api_test_number(record, "id");

	json_decref(record);
	return id;
}

/* ---- The life of a record. */

static void types_are_described_to_whom_may_read_them(void **state)
{
	json_t *json = ask(200, RESEARCHER, "GET", "/api/v1/types", NULL);
	const json_t *types = json_object_get(json, "types");
	bool found = false;

	(void)state;
	for (size_t i = 0; i < json_array_size(types); i++) {
		const json_t *type = json_array_get(types, i);

		if (strcmp(api_test_text(type, "name"), "annual_task") != 0)
			continue;
		found = true;
		assert_true(json_is_true(json_object_get(json_object_get(type, "may"), "create")));
		assert_true(json_array_size(json_object_get(type, "fields")) > 5);
	}
	assert_true(found);
	json_decref(json);
	done(200, RESEARCHER, "GET", "/api/v1/types/annual_task", NULL);
	refused(404, "api.no_such", SYSTEM, "GET", "/api/v1/types/annual_task", NULL);
	refused(404, "api.no_such", RESEARCHER, "GET", "/api/v1/types/nothing", NULL);
	refused(404, "api.no_such", RESEARCHER, "GET", "/api/v1/records/nothing", NULL);
	refused(404, "api.no_such", SYSTEM, "GET", LIST, NULL);
}

static void a_record_is_made_and_read(void **state)
{
	struct client_answer answer;
	json_t *record;
	int64_t id;

	(void)state;
	answer = api_test_send(&test, headers_of(RESEARCHER, ""), "POST", LIST, "application/json",
			       str_of(good));
	assert_int_equal(answer.status, 201);
	record = json_loadb(answer.body.data, answer.body.size, 0, NULL);
	id = api_test_number(record, "id");
	assert_string_equal(client_header(test.arena, &answer, "Location"), path_of(id, ""));
	assert_string_equal(client_header(test.arena, &answer, "ETag"), "\"1\"");
	json_decref(record);

	record = ask(200, MANAGER, "GET", path_of(id, ""), NULL);
	assert_string_equal(api_test_text(record, "type"), "annual_task");
	assert_string_equal(api_test_text(record, "state"), "draft");
	assert_string_equal(api_test_text(record, "title"), "专利导航");
	assert_string_equal(api_test_text(json_object_get(record, "organisation"), "name"),
			    "示例中心甲");
	assert_string_equal(api_test_text(json_object_get(record, "created_by"), "name"), "孙研究");
	assert_int_equal(json_integer_value(field_of(record, "year")), 2026);
	assert_string_equal(json_string_value(field_of(record, "budget")), "1234.50");
	assert_string_equal(api_test_text(field_of(record, "owner_id"), "title"), "孙研究");
	assert_int_equal(json_array_size(field_of(record, "partners")), 2);
	assert_true(json_is_null(field_of(record, "result")));
	assert_true(json_is_true(json_object_get(json_object_get(record, "may"), "update")));
	assert_true(json_is_false(json_object_get(json_object_get(record, "may"), "unmask")));
	assert_string_equal(
		api_test_text(json_array_get(json_object_get(record, "steps"), 0), "name"),
		"submit");
	json_decref(record);
	refused(404, "record.missing", STRANGER, "GET", path_of(id, ""), NULL);
	refused(404, "record.missing", CITY, "GET", path_of(id, ""), NULL); /* still a draft */
	refused(404, "record.missing", STRANGER, "PATCH", path_of(id, ""),
		"{\"version\":1,\"fields\":{\"title\":\"x\"}}");
	refused(404, "record.missing", STRANGER, "GET", path_of(id, "/history"), NULL);
	refused(404, "api.no_such", MANAGER, "GET", LIST "/0", NULL);
	refused(404, "api.no_such", MANAGER, "GET", LIST "/x", NULL);
	refused(404, "record.missing", MANAGER, "GET", LIST "/9223372036854775807", NULL);
	refused(403, "record.forbidden", DIRECTOR, "POST", LIST, good);
}

static void a_change_wants_the_version_that_was_seen(void **state)
{
	int64_t id = make(MANAGER, good);
	struct client_answer answer;
	json_t *record;

	(void)state;
	refused(422, "api.missing", MANAGER, "PATCH", path_of(id, ""),
		"{\"fields\":{\"title\":\"改\"}}");
	record = ask(200, MANAGER, "PATCH", path_of(id, ""),
		     "{\"version\":1,\"fields\":{\"title\":\"改\",\"budget\":null}}");
	assert_int_equal(api_test_number(record, "version"), 2);
	assert_true(json_is_null(field_of(record, "budget")));
	json_decref(record);
	refused(409, "record.stale", MANAGER, "PATCH", path_of(id, ""),
		"{\"version\":1,\"fields\":{\"title\":\"再改\"}}");
	answer = api_test_send(&test, headers_of(MANAGER, "If-Match: \"1\"\r\n"), "PATCH",
			       path_of(id, ""), "application/json",
			       STR("{\"fields\":{\"title\":\"再改\"}}"));
	assert_int_equal(answer.status, 409);
	answer = api_test_send(&test, headers_of(MANAGER, "If-Match: \"2\"\r\n"), "PATCH",
			       path_of(id, ""), "application/json",
			       STR("{\"fields\":{\"title\":\"再改\"}}"));
	assert_int_equal(answer.status, 200);
	assert_string_equal(client_header(test.arena, &answer, "ETag"), "\"3\"");
	answer = api_test_send(&test, headers_of(MANAGER, "If-Match: 3\r\n"), "PATCH",
			       path_of(id, ""), "application/json", STR("{\"fields\":{}}"));
	assert_int_equal(answer.status, 422);
	/* nothing changed: the version stays */
	record = ask(200, MANAGER, "PATCH", path_of(id, ""),
		     "{\"version\":3,\"fields\":{\"title\":\"再改\"}}");
	assert_int_equal(api_test_number(record, "version"), 3);
	json_decref(record);
	refused(403, "record.forbidden", DIRECTOR, "PATCH", path_of(id, ""),
		"{\"version\":3,\"fields\":{\"title\":\"x\"}}");
	refused(409, "record.stale", MANAGER, "DELETE",
		arena_printf(test.arena, "%s?version=2", path_of(id, "")), NULL);
	done(204, MANAGER, "DELETE", path_of(id, ""), NULL);
	refused(404, "record.missing", MANAGER, "GET", path_of(id, ""), NULL);
}

static void all_wrong_fields_are_told_at_once(void **state)
{
	json_t *problem = ask(422, MANAGER, "POST", LIST,
			      "{\"fields\":{\"year\":1900,\"title\":7,\"kind\":\"nothing\","
			      "\"owner_id\":99,\"due_on\":\"2026-02-30\",\"budget\":\"1.234\","
			      "\"partners\":3,\"done_on\":\"2026-01-01\",\"surprise\":1}}");

	(void)state;
	assert_string_equal(api_test_text(problem, "key"), "record.invalid");
	assert_true(has_error(problem, "year", "record.range"));
	assert_true(has_error(problem, "title", "api.wrong_kind"));
	assert_true(has_error(problem, "kind", "record.not_choice"));
	assert_true(has_error(problem, "owner_id", "record.no_reference"));
	assert_true(has_error(problem, "due_on", "record.not_date"));
	assert_true(has_error(problem, "budget", "record.not_money"));
	assert_true(has_error(problem, "partners", "api.wrong_kind"));
	assert_true(has_error(problem, "done_on", "record.no_field"));
	assert_true(has_error(problem, "", "record.no_field"));
	assert_true(has_error(problem, "goal", "record.required"));
	json_decref(problem);
	problem = ask(422, MANAGER, "POST", LIST,
		      "{\"organisation\":99,\"fields\":{\"year\":2026}}");
	assert_true(has_error(problem, "organisation", "record.no_reference"));
	json_decref(problem);
	refused(403, "record.forbidden", MANAGER, "POST", LIST,
		arena_printf(test.arena, "{\"organisation\":2,%s", good + 1));
}

static void hostile_bodies_are_refused(void **state)
{
	static const char *const bodies[] = {
		"[]",
		"{\"fields\":[]}",
		"{\"fields\":null}",
		"{}",
		"{\"fields\":{\"year\":1,\"year\":2}}",
		"{\"fields\":{\"year\":1e999}}",
		"{\"fields\":{\"year\":99999999999999999999999}}",
		"{\"fields\":{\"title\":\"\xff\xfe\"}}",
		"{\"fields\":{\"title\":\"a\\u0000b\"}}",
		"{\"fields\":{\"title\":\"\\ud800\"}}",
		"{\"fields\":{\"title\":{\"masked\":\"x\"}}}",
		"{\"fields\":{\"owner_id\":{\"id\":\"3\"}}}",
		"{\"fields\":{\"partners\":[[1]]}}",
		"{\"fields\":{\"partners\":[1.5]}}",
		"{\"fields\":{\"\":1}}",
		"{\"fields\":{\"id\":1,\"version\":2,\"state\":\"closed\"}}",
		"{\"fields\":{}",
	};
	struct strbuf deep = STRBUF_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++)
		done(422, MANAGER, "POST", LIST, bodies[i]);
	strbuf_add_cstr(&deep, "{\"fields\":{\"title\":");
	for (int i = 0; i < 100000; i++)
		strbuf_add_cstr(&deep, "[");
	done(422, MANAGER, "POST", LIST, deep.data);
	strbuf_clear(&deep);
	strbuf_add_cstr(&deep, "{\"fields\":{\"partners\":[1");
	for (int i = 0; i < 20000; i++)
		strbuf_addf(&deep, ",%d", i + 2);
	strbuf_add_cstr(&deep, "]}}");
	done(422, MANAGER, "POST", LIST, deep.data);
	/* long wrong values are told in short, and at once */
	strbuf_clear(&deep);
	strbuf_add_cstr(&deep, "{\"fields\":{\"due_on\":\"");
	for (int i = 0; i < 250000; i++)
		strbuf_add_cstr(&deep, "日");
	strbuf_add_cstr(&deep, "\"}}");
	done(422, MANAGER, "POST", LIST, deep.data);
	strbuf_release(&deep);
}

static void prints_well(int64_t id)
{
	struct client_answer answer = api_test_send(&test, headers_of(MANAGER, ""), "GET",
						    path_of(id, "/print"), NULL, STR_EMPTY);
	const char *html = str_to_cstr(test.arena, answer.body);

	assert_int_equal(answer.status, 200);
	assert_string_equal(client_header(test.arena, &answer, "Content-Type"),
			    "text/html; charset=utf-8");
	assert_non_null(strstr(client_header(test.arena, &answer, "Content-Security-Policy"),
			       "script-src 'self'"));
	assert_null(strstr(html, "<script"));
	assert_null(strstr(html, "style="));
	assert_non_null(strstr(html, "&lt;b&gt;")); /* the result's */
	assert_non_null(strstr(html, "1234.50"));
	assert_non_null(strstr(html, "验收通过"));
	assert_non_null(strstr(html, "赵主任"));
	assert_non_null(strstr(html, "目标再具体些"));
	answer = api_test_send(&test, headers_of(CITY, ""), "GET", path_of(id, "/print"), NULL,
			       STR_EMPTY);
	assert_null(strstr(str_to_cstr(test.arena, answer.body), "目标再具体些"));
	answer = api_test_send(&test, "", "GET", "/api/v1/print.css", NULL, STR_EMPTY);
	assert_int_equal(answer.status, 200);
	answer = api_test_send(&test, headers_of(STRANGER, ""), "GET", path_of(id, "/print"), NULL,
			       STR_EMPTY);
	assert_int_equal(answer.status, 404);
}

static void the_workflow_is_led_by_several_people(void **state)
{
	int64_t id = make(RESEARCHER, good);
	json_t *json, *item;

	(void)state;
	refused(409, "record.no_step", RESEARCHER, "POST", path_of(id, "/steps/approve"), "{}");
	done(200, RESEARCHER, "POST", path_of(id, "/steps/submit"), NULL);
	refused(403, "record.forbidden", RESEARCHER, "POST", path_of(id, "/steps/approve"), NULL);
	refused(404, "record.missing", CITY, "POST", path_of(id, "/steps/approve"), NULL);

	json = ask(200, DIRECTOR, "GET", "/api/v1/tasks", NULL);
	item = json_array_get(json_object_get(json, "tasks"), 0);
	assert_int_equal(api_test_number(item, "id"), id);
	assert_int_equal(json_array_size(json_object_get(item, "steps")), 2);
	assert_string_equal(api_test_text(json_object_get(item, "organisation"), "name"),
			    "示例中心甲");
	json_decref(json);

	json = ask(422, DIRECTOR, "POST", path_of(id, "/steps/return"), "{}");
	assert_true(has_error(json, "comment", "record.required"));
	json_decref(json);
	json = ask(200, DIRECTOR, "POST", path_of(id, "/steps/return"),
		   "{\"comment\":\"目标再具体些\",\"version\":2}");
	assert_string_equal(api_test_text(json, "state"), "draft");
	json_decref(json);
	refused(409, "record.stale", RESEARCHER, "POST", path_of(id, "/steps/submit"),
		"{\"version\":2}");
	done(200, RESEARCHER, "POST", path_of(id, "/steps/submit"), "{\"version\":3}");
	done(200, DIRECTOR, "POST", path_of(id, "/steps/approve"), NULL);
	done(200, CITY, "GET", path_of(id, ""), NULL); /* approved: the bureau sees it */
	json = ask(422, RESEARCHER, "POST", path_of(id, "/steps/finish"), NULL);
	assert_true(has_error(json, "result", "record.required"));
	json_decref(json);
	done(200, RESEARCHER, "PATCH", path_of(id, ""),
	     "{\"version\":5,\"fields\":{\"result\":\"已完成<b>\"}}");
	json = ask(200, RESEARCHER, "POST", path_of(id, "/steps/finish"), NULL);
	assert_int_equal(json_integer_value(field_of(json, "progress")), 100);
	assert_int_equal(json_array_size(json_object_get(json, "steps")), 0);
	json_decref(json);
	done(200, DIRECTOR, "POST", path_of(id, "/steps/accept"), NULL);

	json = ask(200, MANAGER, "GET", path_of(id, "/history"), NULL);
	item = json_array_get(json_object_get(json, "changes"), 0);
	assert_string_equal(api_test_text(item, "action"), "accept");
	assert_string_equal(api_test_text(item, "new_text"), "已完成");
	assert_string_equal(api_test_text(json_object_get(item, "user"), "name"), "赵主任");
	json_decref(json);
	json = ask(200, MANAGER, "GET", path_of(id, "/comments"), NULL);
	item = json_array_get(json_object_get(json, "comments"), 0);
	assert_string_equal(api_test_text(item, "text"), "目标再具体些");
	assert_string_equal(api_test_text(item, "step"), "return");
	json_decref(json);
	done(201, MANAGER, "POST", path_of(id, "/comments"), "{\"text\":\"好\"}");
	refused(403, "record.forbidden", INSPECTOR, "POST", path_of(id, "/comments"),
		"{\"text\":\"好\"}");
	prints_well(id);
	/* what was said about the draft stays with the centre */
	json = ask(200, CITY, "GET", path_of(id, "/comments"), NULL);
	assert_int_equal(json_array_size(json_object_get(json, "comments")), 1);
	json_decref(json);
}

static void lists_are_filtered_sorted_and_paged(void **state)
{
	const char *next = "";
	size_t seen = 0;

	(void)state;
	for (int i = 0; i < 7; i++) {
		char body[400];

		snprintf(body, sizeof(body),
			 "{\"fields\":{\"year\":2027,\"title\":\"任务%d\",\"kind\":\"talent\","
			 "\"goal\":\"目标\",\"owner_id\":4,\"due_on\":\"2027-0%d-01\"}}",
			 i, i + 1);
		make(STRANGER, body);
	}
	for (int page = 0; page < 4 && next; page++) {
		json_t *json = ask(200, STRANGER, "GET",
				   arena_printf(test.arena,
						LIST "?limit=3&total=true&sort=-due_on&"
						     "filter=year:=:2027%s%s",
						*next ? "&page=" : "", next),
				   NULL);
		const json_t *records = json_object_get(json, "records");

		assert_int_equal(api_test_number(json, "total"), 7);
		for (size_t i = 0; i < json_array_size(records); i++)
			assert_string_equal(api_test_text(json_array_get(records, i), "title"),
					    arena_printf(test.arena, "任务%d", (int)(6 - seen++)));
		next = json_string_value(json_object_get(json, "next"));
		next = next ? arena_copy(test.arena, next, strlen(next)) : NULL;
		json_decref(json);
	}
	assert_int_equal(seen, 7);
	assert_null(next);
	refused(422, "api.number", STRANGER, "GET", LIST "?limit=201", NULL);
	refused(422, "record.no_field", STRANGER, "GET", LIST "?filter=nothing:=:1", NULL);
	refused(422, "record.page", STRANGER, "GET", LIST "?page=zzz", NULL);
	refused(422, "record.no_sort", STRANGER, "GET", LIST "?sort=goal", NULL);
}

static void sensitive_values_are_masked_and_shown_on_demand(void **state)
{
	json_t *json;
	struct db *db;
	int64_t count;
	struct error error;

	(void)state;
	done(200, MANAGER, "PATCH", "/api/v1/records/user/3",
	     "{\"version\":1,\"fields\":{\"phone\":\"13800135678\"}}");
	json = ask(200, RESEARCHER, "GET", "/api/v1/records/user/3", NULL);
	assert_string_equal(api_test_text(field_of(json, "phone"), "masked"), "138****5678");
	assert_true(json_is_false(json_object_get(json_object_get(json, "may"), "unmask")));
	json_decref(json);
	/* the mask sent back changes nothing */
	json = ask(200, MANAGER, "PATCH", "/api/v1/records/user/3",
		   "{\"version\":2,\"fields\":{\"phone\":{\"masked\":\"138****5678\"}}}");
	assert_int_equal(api_test_number(json, "version"), 2);
	json_decref(json);
	refused(403, "record.forbidden", RESEARCHER, "POST", "/api/v1/records/user/3/unmask", "{}");
	json = ask(200, MANAGER, "POST", "/api/v1/records/user/3/unmask", "{}");
	assert_string_equal(json_string_value(field_of(json, "phone")), "13800135678");
	json_decref(json);
	db = api_test_database(&test, folder);
	assert_true(db_execute_returning(
		db,
		"SELECT COUNT(*) FROM audit_line WHERE action = 'record.unmask' AND subject = "
		"'user/3' AND user_id = 2",
		DB_WITHOUT, &count, &error));
	db_close(db);
	assert_int_equal(count, 1);
}

/* ---- Topics: one row, two addresses. */

static void a_topic_is_a_record(void **state)
{
	json_t *json = ask(201, MANAGER, "POST", "/api/v1/topics",
			   "{\"name\":\"示例专题\",\"query\":\"TI=电池\"}");
	int64_t id = api_test_number(json, "id");
	const char *record = arena_printf(test.arena, "/api/v1/records/topic/%lld", (long long)id);
	const char *topic = arena_printf(test.arena, "/api/v1/topics/%lld", (long long)id);

	(void)state;
	json_decref(json);
	json = ask(200, MANAGER, "GET", record, NULL);
	assert_string_equal(api_test_text(json, "title"), "示例专题");
	assert_string_equal(api_test_text(json_object_get(json, "created_by"), "name"), "钱专员");
	json_decref(json);
	done(200, MANAGER, "PATCH", topic, "{\"purpose\":\"示例目的\"}");
	json = ask(200, MANAGER, "PATCH", record,
		   "{\"version\":2,\"fields\":{\"name\":\"改名专题\"}}");
	assert_string_equal(json_string_value(field_of(json, "purpose")), "示例目的");
	json_decref(json);
	json = ask(200, MANAGER, "GET", topic, NULL);
	assert_string_equal(api_test_text(json, "name"), "改名专题");
	json_decref(json);
	json = ask(200, MANAGER, "GET", arena_printf(test.arena, "%s/history", record), NULL);
	assert_true(json_array_size(json_object_get(json, "changes")) >= 3);
	json_decref(json);
	refused(409, "library.topic_exists", MANAGER, "POST", "/api/v1/topics",
		"{\"name\":\"改名专题\"}");
	refused(404, "api.no_such", STRANGER, "PATCH", topic, "{\"name\":\"x\"}");
	refused(404, "record.missing", STRANGER, "GET", record, NULL);
	/* what the grants of the type do not give, the topics' own addresses do not give either */
	refused(403, "record.forbidden", "3:3:1", "PATCH", topic, "{\"name\":\"x\"}");
	refused(403, "record.forbidden", RESEARCHER, "DELETE", topic, NULL);
	done(200, MANAGER, "POST", arena_printf(test.arena, "%s/steps/archive", record), NULL);
	refused(403, "record.forbidden", MANAGER, "PATCH", topic, "{\"name\":\"x\"}");
	done(204, MANAGER, "DELETE", topic, NULL);
	refused(404, "record.missing", MANAGER, "GET", record, NULL);
}

/* ---- Files. */

static struct client_answer upload(const char *token, const char *path, const char *name,
				   struct str content)
{
	return api_test_upload(&test, headers_of(token, ""), "POST", path, name, content, "");
}

static json_t *parse(const struct client_answer *answer)
{
	json_t *json = json_loadb(answer->body.data, answer->body.size, 0, NULL);

	if (!json)
		fail_msg("%d %.*s", answer->status, STR_ARGS(answer->body));
	return json;
}

static size_t files_kept(void)
{
	const char *command = arena_printf(test.arena, "find %s/files -type f 2>/dev/null | wc -l",
					   folder);
	FILE *pipe = popen(command, "r");
	size_t count = 0;

	assert_int_equal(fscanf(pipe, "%zu", &count), 1);
	pclose(pipe);
	return count;
}

static void files_come_back_as_they_went(void **state)
{
	static const char content[] = "示例附件\n第二行\n";
	int64_t id = make(MANAGER, good), other = make(MANAGER, good), file, twin;
	struct client_answer answer = upload(MANAGER, path_of(id, "/files"),
					     "../../etc/pass\\..\\说明.txt", str_of(content));
	const char *path;
	json_t *json = parse(&answer);

	(void)state;
	assert_int_equal(answer.status, 201);
	assert_string_equal(api_test_text(json, "name"), "说明.txt");
	file = api_test_number(json, "id");
	json_decref(json);
	path = arena_printf(test.arena, "%s/%lld", path_of(id, "/files"), (long long)file);
	assert_string_equal(client_header(test.arena, &answer, "Location"), path);
	answer = api_test_send(&test, headers_of(RESEARCHER, ""), "GET", path, NULL, STR_EMPTY);
	assert_int_equal(answer.status, 200);
	assert_true(str_equal_cstr(answer.body, content));
	assert_non_null(
		strstr(client_header(test.arena, &answer, "Content-Disposition"), "attachment"));
	assert_non_null(
		strstr(client_header(test.arena, &answer, "Content-Security-Policy"), "sandbox"));
	/* the same content once, as long as anybody names it */
	answer = upload(MANAGER, path_of(other, "/files"), "又一份.txt", str_of(content));
	json = parse(&answer);
	twin = api_test_number(json, "id");
	json_decref(json);
	assert_int_equal(files_kept(), 1);
	refused(404, "record.no_file", MANAGER, "GET",
		arena_printf(test.arena, "%s/%lld", path_of(other, "/files"), (long long)file),
		NULL);
	refused(404, "record.missing", STRANGER, "GET", path, NULL);
	refused(404, "record.missing", STRANGER, "DELETE", path, NULL);
	refused(403, "record.forbidden", RESEARCHER, "DELETE", path, NULL);
	done(204, MANAGER, "DELETE", path, NULL);
	refused(404, "record.no_file", MANAGER, "GET", path, NULL);
	assert_int_equal(files_kept(), 1);
	done(204, MANAGER, "DELETE",
	     arena_printf(test.arena, "%s/%lld", path_of(other, "/files"), (long long)twin), NULL);
	assert_int_equal(files_kept(), 0);
	json = ask(200, MANAGER, "GET", path_of(other, "/files"), NULL);
	assert_int_equal(json_array_size(json_object_get(json, "files")), 0);
	json_decref(json);
	/* with the record its files go */
	answer = upload(MANAGER, path_of(other, "/files"), "a.txt", str_of(content));
	assert_int_equal(answer.status, 201);
	assert_int_equal(files_kept(), 1);
	done(204, MANAGER, "DELETE", path_of(other, ""), NULL);
	assert_int_equal(files_kept(), 0);
}

static void wrong_files_are_refused(void **state)
{
	int64_t id = make(MANAGER, good);

	(void)state;
	assert_int_equal(upload(MANAGER, path_of(id, "/files"), "a.pdf", STR("no pdf")).status,
			 422);
	assert_int_equal(upload(MANAGER, path_of(id, "/files"), "a.exe", STR("MZ\x90")).status,
			 422);
	assert_int_equal(upload(RESEARCHER, path_of(id, "/files"), "a.txt", STR("a")).status, 403);
	assert_int_equal(upload(STRANGER, path_of(id, "/files"), "a.txt", STR("a")).status, 404);
	assert_int_equal(upload(MANAGER,
				arena_printf(test.arena, "%s?field=title", path_of(id, "/files")),
				"a.txt", STR("a"))
				 .status,
			 422);
	assert_int_equal(
		upload(MANAGER, "/api/v1/records/topic_node/1/files", "a.txt", STR("a")).status,
		404);
	assert_int_equal(files_kept(), 0);
}

/* ---- Sheets. */

#define SHEETS "/api/v1/sheets/annual_task"

static struct str workbook(const char *token, const char *path)
{
	struct client_answer answer = api_test_send(&test, headers_of(token, ""), "GET", path, NULL,
						    STR_EMPTY);

	if (answer.status != 200)
		fail_msg("%s: %.*s", path, STR_ARGS(answer.body));
	assert_true(str_starts_with(answer.body, STR("PK")));
	return answer.body;
}

static json_t *bring_in(int status, const char *token, const char *options, const char *name,
			struct str content)
{
	const char *path = arena_printf(test.arena, SHEETS "%s", options);
	struct client_answer answer = upload(token, path, name, content);

	if (answer.status != status)
		fail_msg("%d %.*s", answer.status, STR_ARGS(answer.body));
	return parse(&answer);
}

static int64_t count_of_year(const char *token, int year)
{
	json_t *json = ask(200, token, "GET",
			   arena_printf(test.arena, LIST "?total=true&filter=year:=:%d", year),
			   NULL);
	int64_t count = api_test_number(json, "total");

	json_decref(json);
	return count;
}

static bool has_cell_error(const json_t *result, int64_t row, const char *field, const char *key)
{
	const json_t *errors = json_object_get(result, "errors");

	for (size_t i = 0; i < json_array_size(errors); i++) {
		const json_t *item = json_array_get(errors, i);

		if (api_test_number(item, "row") == row &&
		    strcmp(api_test_text(item, "field"), field) == 0 &&
		    strcmp(api_test_text(item, "key"), key) == 0)
			return true;
	}
	return false;
}

#define HEADS "年度 *,工作任务 *,任务类别 *,预期目标 *,责任人 *,完成时限 *,经费（元）\r\n"

static void rows_of_a_sheet_become_records_or_none_does(void **state)
{
	static const char right[] = HEADS "2030,任务甲,人才培养,目标,孙研究,2030-03-01,1200.5\r\n"
					  "2030,任务乙,talent,目标,#2,2030-04-01,\r\n";
	static const char wrong[] = HEADS "2030,任务丙,人才培养,目标,孙研究,2030-03-01,\r\n"
					  "2030,,没有这种,目标,某人,2030-02-30,很多\r\n"
					  "2030,任务丁,人才培养,目标,孙研究,2031-01-01,\r\n";
	struct client_answer answer;
	json_t *result;

	(void)state;
	result = bring_in(200, MANAGER, "?dry_run=true", "表.csv", str_of(right));
	assert_int_equal(api_test_number(result, "created"), 2);
	assert_true(json_is_false(json_object_get(result, "saved")));
	json_decref(result);
	assert_int_equal(count_of_year(MANAGER, 2030), 0);

	result = bring_in(200, MANAGER, "", "表.csv", str_of(wrong));
	assert_int_equal(api_test_number(result, "failed"), 2);
	assert_true(json_is_false(json_object_get(result, "saved")));
	assert_true(has_cell_error(result, 3, "title", "record.required"));
	assert_true(has_cell_error(result, 3, "kind", "record.not_choice"));
	assert_true(has_cell_error(result, 3, "owner_id", "record.no_reference"));
	assert_true(has_cell_error(result, 3, "due_on", "record.not_date"));
	assert_true(has_cell_error(result, 3, "budget", "record.not_money"));
	assert_true(has_cell_error(result, 4, "due_on", "types.other_year"));
	json_decref(result);
	assert_int_equal(count_of_year(MANAGER, 2030), 0);

	/* the file with its errors can be sent again, and is as wrong as before */
	answer = upload(MANAGER, SHEETS "?answer=file", "表.csv", str_of(wrong));
	assert_int_equal(answer.status, 200);
	assert_true(str_starts_with(answer.body, STR("PK")));
	answer = upload(MANAGER, SHEETS "?answer=file&dry_run=true", "表.xlsx", answer.body);
	assert_int_equal(answer.status, 200);
	result = bring_in(200, MANAGER, "?dry_run=true", "表.xlsx", answer.body);
	assert_int_equal(api_test_number(result, "failed"), 2);
	assert_true(has_cell_error(result, 4, "due_on", "types.other_year"));
	json_decref(result);

	result = bring_in(200, MANAGER, "?partial=true", "表.csv", str_of(wrong));
	assert_true(json_is_true(json_object_get(result, "saved")));
	json_decref(result);
	assert_int_equal(count_of_year(MANAGER, 2030), 1);
	json_decref(bring_in(200, MANAGER, "", "表.csv", str_of(right)));
	assert_int_equal(count_of_year(MANAGER, 2030), 3);
}

static void an_export_sent_back_changes_nothing(void **state)
{
	struct str sheet = workbook(MANAGER, SHEETS "?filter=year:=:2030&sort=id"), all;
	struct client_answer answer;
	json_t *result = bring_in(200, MANAGER, "", "导出.xlsx", sheet);

	(void)state;
	assert_int_equal(api_test_number(result, "rows"), 3);
	assert_int_equal(api_test_number(result, "unchanged"), 3);
	assert_true(json_is_true(json_object_get(result, "saved")));
	json_decref(result);
	/* rows in states that nobody may change, too */
	all = workbook(MANAGER, SHEETS);
	result = bring_in(200, MANAGER, "", "导出.xlsx", all);
	assert_int_equal(api_test_number(result, "failed"), 0);
	assert_int_equal(api_test_number(result, "unchanged"), api_test_number(result, "rows"));
	json_decref(result);
	/* the director may read and not change: nothing is asked of him either */
	result = bring_in(200, DIRECTOR, "", "导出.xlsx", sheet);
	assert_int_equal(api_test_number(result, "unchanged"), 3);
	json_decref(result);
	/* rows of others are not there */
	result = bring_in(200, STRANGER, "", "导出.xlsx", sheet);
	assert_int_equal(api_test_number(result, "failed"), 3);
	assert_true(has_cell_error(result, 2, "id", "record.missing"));
	json_decref(result);
	sheet = workbook(MANAGER, SHEETS "/template");
	result = bring_in(200, MANAGER, "", "模板.xlsx", sheet);
	assert_int_equal(api_test_number(result, "rows"), 0);
	json_decref(result);
	answer = api_test_send(&test, headers_of(SYSTEM, ""), "GET", SHEETS, NULL, STR_EMPTY);
	assert_int_equal(answer.status, 404);
}

static void what_is_no_sheet_is_refused(void **state)
{
	json_t *problem;

	(void)state;
	problem = bring_in(422, MANAGER, "", "a.csv", STR("年度,年度,颜色\r\n2030,2030,红\r\n"));
	assert_true(has_error(problem, "", "record.column_double"));
	assert_true(has_error(problem, "", "record.column_unknown"));
	assert_true(has_error(problem, "title", "record.column_missing"));
	json_decref(problem);
	json_decref(bring_in(422, MANAGER, "", "a.json", STR("[{\"年度\":1},{\"年度\":2}]")));
	json_decref(bring_in(422, MANAGER, "", "a.xlsx", STR("PK\3\4 nothing of it is true")));
	json_decref(bring_in(422, MANAGER, "?dry_run=perhaps", "a.csv", STR("a,b\r\n1,2\r\n")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(types_are_described_to_whom_may_read_them),
		cmocka_unit_test(a_record_is_made_and_read),
		cmocka_unit_test(a_change_wants_the_version_that_was_seen),
		cmocka_unit_test(all_wrong_fields_are_told_at_once),
		cmocka_unit_test(hostile_bodies_are_refused),
		cmocka_unit_test(the_workflow_is_led_by_several_people),
		cmocka_unit_test(lists_are_filtered_sorted_and_paged),
		cmocka_unit_test(sensitive_values_are_masked_and_shown_on_demand),
		cmocka_unit_test(a_topic_is_a_record),
		cmocka_unit_test(files_come_back_as_they_went),
		cmocka_unit_test(wrong_files_are_refused),
		cmocka_unit_test(rows_of_a_sheet_become_records_or_none_does),
		cmocka_unit_test(an_export_sent_back_changes_nothing),
		cmocka_unit_test(what_is_no_sheet_is_refused),
	};

	return cmocka_run_group_tests(tests, start_all, stop_all);
}
