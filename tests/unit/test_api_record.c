/*
 * Records over HTTP: the life of a yearly task among the people of two centres and their bureau.
 * Who asks is told by the token "ROLE:ORGANISATION:USER", which the fixture believes.
 */
#include "base/strbuf.h"
#include "task_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

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
			       str_of(task_body));
	assert_int_equal(answer.status, 201);
	record = json_loadb(answer.body.data, answer.body.size, 0, NULL);
	id = api_test_number(record, "id");
	assert_string_equal(client_header(test.arena, &answer, "Location"), task_path(id, ""));
	assert_string_equal(client_header(test.arena, &answer, "ETag"), "\"1\"");
	json_decref(record);

	record = ask(200, MANAGER, "GET", task_path(id, ""), NULL);
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
	refused(404, "record.missing", STRANGER, "GET", task_path(id, ""), NULL);
	refused(404, "record.missing", CITY, "GET", task_path(id, ""), NULL); /* still a draft */
	refused(404, "record.missing", STRANGER, "PATCH", task_path(id, ""),
		"{\"version\":1,\"fields\":{\"title\":\"x\"}}");
	refused(404, "record.missing", STRANGER, "GET", task_path(id, "/history"), NULL);
	refused(404, "api.no_such", MANAGER, "GET", LIST "/0", NULL);
	refused(404, "api.no_such", MANAGER, "GET", LIST "/x", NULL);
	refused(404, "record.missing", MANAGER, "GET", LIST "/9223372036854775807", NULL);
	refused(403, "record.forbidden", DIRECTOR, "POST", LIST, task_body);
}

static void a_change_wants_the_version_that_was_seen(void **state)
{
	int64_t id = make_task(MANAGER, task_body);
	struct client_answer answer;
	json_t *record;

	(void)state;
	refused(422, "api.missing", MANAGER, "PATCH", task_path(id, ""),
		"{\"fields\":{\"title\":\"改\"}}");
	record = ask(200, MANAGER, "PATCH", task_path(id, ""),
		     "{\"version\":1,\"fields\":{\"title\":\"改\",\"budget\":null}}");
	assert_int_equal(api_test_number(record, "version"), 2);
	assert_true(json_is_null(field_of(record, "budget")));
	json_decref(record);
	refused(409, "record.stale", MANAGER, "PATCH", task_path(id, ""),
		"{\"version\":1,\"fields\":{\"title\":\"再改\"}}");
	answer = api_test_send(&test, headers_of(MANAGER, "If-Match: \"1\"\r\n"), "PATCH",
			       task_path(id, ""), "application/json",
			       STR("{\"fields\":{\"title\":\"再改\"}}"));
	assert_int_equal(answer.status, 409);
	answer = api_test_send(&test, headers_of(MANAGER, "If-Match: \"2\"\r\n"), "PATCH",
			       task_path(id, ""), "application/json",
			       STR("{\"fields\":{\"title\":\"再改\"}}"));
	assert_int_equal(answer.status, 200);
	assert_string_equal(client_header(test.arena, &answer, "ETag"), "\"3\"");
	answer = api_test_send(&test, headers_of(MANAGER, "If-Match: 3\r\n"), "PATCH",
			       task_path(id, ""), "application/json", STR("{\"fields\":{}}"));
	assert_int_equal(answer.status, 422);
	/* nothing changed: the version stays */
	record = ask(200, MANAGER, "PATCH", task_path(id, ""),
		     "{\"version\":3,\"fields\":{\"title\":\"再改\"}}");
	assert_int_equal(api_test_number(record, "version"), 3);
	json_decref(record);
	refused(403, "record.forbidden", DIRECTOR, "PATCH", task_path(id, ""),
		"{\"version\":3,\"fields\":{\"title\":\"x\"}}");
	refused(409, "record.stale", MANAGER, "DELETE",
		arena_printf(test.arena, "%s?version=2", task_path(id, "")), NULL);
	done(204, MANAGER, "DELETE", task_path(id, ""), NULL);
	refused(404, "record.missing", MANAGER, "GET", task_path(id, ""), NULL);
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
		arena_printf(test.arena, "{\"organisation\":2,%s", task_body + 1));
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
						    task_path(id, "/print"), NULL, STR_EMPTY);
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
	answer = api_test_send(&test, headers_of(CITY, ""), "GET", task_path(id, "/print"), NULL,
			       STR_EMPTY);
	assert_null(strstr(str_to_cstr(test.arena, answer.body), "目标再具体些"));
	answer = api_test_send(&test, "", "GET", "/api/v1/print.css", NULL, STR_EMPTY);
	assert_int_equal(answer.status, 200);
	answer = api_test_send(&test, headers_of(STRANGER, ""), "GET", task_path(id, "/print"),
			       NULL, STR_EMPTY);
	assert_int_equal(answer.status, 404);
}

static void the_workflow_is_led_by_several_people(void **state)
{
	int64_t id = make_task(RESEARCHER, task_body);
	json_t *json, *item;

	(void)state;
	refused(409, "record.no_step", RESEARCHER, "POST", task_path(id, "/steps/approve"), "{}");
	done(200, RESEARCHER, "POST", task_path(id, "/steps/submit"), NULL);
	refused(403, "record.forbidden", RESEARCHER, "POST", task_path(id, "/steps/approve"), NULL);
	refused(404, "record.missing", CITY, "POST", task_path(id, "/steps/approve"), NULL);

	json = ask(200, DIRECTOR, "GET", "/api/v1/tasks", NULL);
	item = json_array_get(json_object_get(json, "tasks"), 0);
	assert_int_equal(api_test_number(item, "id"), id);
	assert_int_equal(json_array_size(json_object_get(item, "steps")), 2);
	assert_string_equal(api_test_text(json_object_get(item, "organisation"), "name"),
			    "示例中心甲");
	json_decref(json);

	json = ask(422, DIRECTOR, "POST", task_path(id, "/steps/return"), "{}");
	assert_true(has_error(json, "comment", "record.required"));
	json_decref(json);
	json = ask(200, DIRECTOR, "POST", task_path(id, "/steps/return"),
		   "{\"comment\":\"目标再具体些\",\"version\":2}");
	assert_string_equal(api_test_text(json, "state"), "draft");
	json_decref(json);
	refused(409, "record.stale", RESEARCHER, "POST", task_path(id, "/steps/submit"),
		"{\"version\":2}");
	done(200, RESEARCHER, "POST", task_path(id, "/steps/submit"), "{\"version\":3}");
	done(200, DIRECTOR, "POST", task_path(id, "/steps/approve"), NULL);
	done(200, CITY, "GET", task_path(id, ""), NULL); /* approved: the bureau sees it */
	json = ask(422, RESEARCHER, "POST", task_path(id, "/steps/finish"), NULL);
	assert_true(has_error(json, "result", "record.required"));
	json_decref(json);
	done(200, RESEARCHER, "PATCH", task_path(id, ""),
	     "{\"version\":5,\"fields\":{\"result\":\"已完成<b>\"}}");
	json = ask(200, RESEARCHER, "POST", task_path(id, "/steps/finish"), NULL);
	assert_int_equal(json_integer_value(field_of(json, "progress")), 100);
	assert_int_equal(json_array_size(json_object_get(json, "steps")), 0);
	json_decref(json);
	done(200, DIRECTOR, "POST", task_path(id, "/steps/accept"), NULL);

	json = ask(200, MANAGER, "GET", task_path(id, "/history"), NULL);
	item = json_array_get(json_object_get(json, "changes"), 0);
	assert_string_equal(api_test_text(item, "action"), "accept");
	assert_string_equal(api_test_text(item, "new_text"), "已完成");
	assert_string_equal(api_test_text(json_object_get(item, "user"), "name"), "赵主任");
	json_decref(json);
	json = ask(200, MANAGER, "GET", task_path(id, "/comments"), NULL);
	item = json_array_get(json_object_get(json, "comments"), 0);
	assert_string_equal(api_test_text(item, "text"), "目标再具体些");
	assert_string_equal(api_test_text(item, "step"), "return");
	json_decref(json);
	done(201, MANAGER, "POST", task_path(id, "/comments"), "{\"text\":\"好\"}");
	refused(403, "record.forbidden", INSPECTOR, "POST", task_path(id, "/comments"),
		"{\"text\":\"好\"}");
	prints_well(id);
	/* what was said about the draft stays with the centre */
	json = ask(200, CITY, "GET", task_path(id, "/comments"), NULL);
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
		make_task(STRANGER, body);
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
	db = api_test_database(&test, TASK_FOLDER);
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
	};

	return cmocka_run_group_tests(tests, start_all, stop_all);
}
