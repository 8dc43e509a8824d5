/* Files of records over HTTP, and whole lists of them as sheets, out and in. */
#include "base/file.h"
#include "base/strbuf.h"
#include "task_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

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
					   TASK_FOLDER);
	FILE *pipe = popen(command, "r");
	size_t count = 0;

	assert_int_equal(fscanf(pipe, "%zu", &count), 1);
	pclose(pipe);
	return count;
}

static void files_come_back_as_they_went(void **state)
{
	static const char content[] = "示例附件\n第二行\n";
	int64_t id = make_task(MANAGER, task_body), other = make_task(MANAGER, task_body), file,
		twin;
	struct client_answer answer = upload(MANAGER, task_path(id, "/files"),
					     "../../etc/pass\\..\\说明.txt", str_of(content));
	const char *path;
	json_t *json = parse(&answer);

	(void)state;
	assert_int_equal(answer.status, 201);
	assert_string_equal(api_test_text(json, "name"), "说明.txt");
	file = api_test_number(json, "id");
	json_decref(json);
	path = arena_printf(test.arena, "%s/%lld", task_path(id, "/files"), (long long)file);
	assert_string_equal(client_header(test.arena, &answer, "Location"), path);
	answer = api_test_send(&test, headers_of(RESEARCHER, ""), "GET", path, NULL, STR_EMPTY);
	assert_int_equal(answer.status, 200);
	assert_true(str_equal_cstr(answer.body, content));
	assert_non_null(
		strstr(client_header(test.arena, &answer, "Content-Disposition"), "attachment"));
	assert_non_null(
		strstr(client_header(test.arena, &answer, "Content-Security-Policy"), "sandbox"));
	/* the same content once, as long as anybody names it */
	answer = upload(MANAGER, task_path(other, "/files"), "又一份.txt", str_of(content));
	json = parse(&answer);
	twin = api_test_number(json, "id");
	json_decref(json);
	assert_int_equal(files_kept(), 1);
	refused(404, "record.no_file", MANAGER, "GET",
		arena_printf(test.arena, "%s/%lld", task_path(other, "/files"), (long long)file),
		NULL);
	refused(404, "record.missing", STRANGER, "GET", path, NULL);
	refused(404, "record.missing", STRANGER, "DELETE", path, NULL);
	refused(403, "record.forbidden", RESEARCHER, "DELETE", path, NULL);
	done(204, MANAGER, "DELETE", path, NULL);
	refused(404, "record.no_file", MANAGER, "GET", path, NULL);
	assert_int_equal(files_kept(), 1);
	done(204, MANAGER, "DELETE",
	     arena_printf(test.arena, "%s/%lld", task_path(other, "/files"), (long long)twin),
	     NULL);
	assert_int_equal(files_kept(), 0);
	json = ask(200, MANAGER, "GET", task_path(other, "/files"), NULL);
	assert_int_equal(json_array_size(json_object_get(json, "files")), 0);
	json_decref(json);
	/* with the record its files go */
	answer = upload(MANAGER, task_path(other, "/files"), "a.txt", str_of(content));
	assert_int_equal(answer.status, 201);
	assert_int_equal(files_kept(), 1);
	done(204, MANAGER, "DELETE", task_path(other, ""), NULL);
	assert_int_equal(files_kept(), 0);
}

static void wrong_files_are_refused(void **state)
{
	int64_t id = make_task(MANAGER, task_body);

	(void)state;
	assert_int_equal(upload(MANAGER, task_path(id, "/files"), "a.pdf", STR("no pdf")).status,
			 422);
	assert_int_equal(upload(MANAGER, task_path(id, "/files"), "a.exe", STR("MZ\x90")).status,
			 422);
	assert_int_equal(upload(RESEARCHER, task_path(id, "/files"), "a.txt", STR("a")).status,
			 403);
	assert_int_equal(upload(STRANGER, task_path(id, "/files"), "a.txt", STR("a")).status, 404);
	assert_int_equal(upload(MANAGER,
				arena_printf(test.arena, "%s?field=title", task_path(id, "/files")),
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
		cmocka_unit_test(files_come_back_as_they_went),
		cmocka_unit_test(wrong_files_are_refused),
		cmocka_unit_test(rows_of_a_sheet_become_records_or_none_does),
		cmocka_unit_test(an_export_sent_back_changes_nothing),
		cmocka_unit_test(what_is_no_sheet_is_refused),
	};

	return cmocka_run_group_tests(tests, start_all, stop_all);
}
