/*
 * Drafts over HTTP that are large, or made to do harm; and proposals for cases that were lost when a
 * process died between an import and them.
 */
#include "api_client.h"
#include "base/strbuf.h"
#include "draft_fixture.h"
#include "record/record.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

static const char folder[] = "test_api_draft.data";
static struct api_test test;

static bool authorise(struct request *request, struct error *error)
{
	struct actor *actor = arena_new(request->arena, struct actor);

	*actor = (struct actor){ .user_id = 1,
				 .organisation_id = 2,
				 .roles = ROLE_BIT(ROLE_IP_MANAGER),
				 .organisation_path = "/1/2/",
				 .request_id = request->id };
	request->user = actor;
	request->user_id = 1;
	return api_allows(actor->roles, request->route->permission) ||
	       error_set(error, ERROR_FORBIDDEN, "test.forbidden", "%s", "");
}

static int start_all(void **state)
{
	static const char script[] =
		"DELETE FROM organisation;"
		"INSERT INTO organisation (id, name, kind, path, organisation_id) VALUES "
		"(1, '示例省局', 'province_bureau', '/1/', 1), "
		"(2, '示例中心', 'centre', '/1/2/', 2);"
		"INSERT INTO \"user\" (id, login, name, organisation_id) VALUES "
		"(1, 'a', '钱专员', 2), (2, 'b', '孙研究', 2);"
		"INSERT INTO key_field (id, name, sphere, direction, organisation_id) VALUES "
		"(1, '示例领域', 'other', '示例', 2);"
		"INSERT INTO disclosure (id, state, title, key_field_id, secrecy, inventors, "
		"organisation_id) VALUES (1, 'drafting', '示例装置', 1, 'ordinary', ',2,', 2);"
		"INSERT INTO draft (id, disclosure_id, number, title, inventors, due_on, "
		"organisation_id) VALUES (1, 1, 1, '示例装置（第1稿）', ',2,', '2026-12-31', 2);"
		"INSERT INTO quality_check (id, draft_id, checker_id, title, organisation_id) "
		"VALUES (1, 1, 1, '示例装置（第1稿）', 2);"
		"INSERT INTO patent_case (id, state, docket, title, type, office, owner_id, "
		"application_number, filed_on, organisation_id) VALUES (1, 'published', 'AJ-1', "
		"'示例装置', 'invention', 'CN', 1, 'CN202110000001.6', '2021-03-02', 2);";
	struct error error;
	struct db *db;

	(void)state;
	api_test_start(&test, folder, authorise);
	db = api_test_database(&test, folder);
	if (!db_script(db, script, &error))
		fail_msg("%s", error.detail);
	db_close(db);
	return 0;
}

static int stop_all(void **state)
{
	(void)state;
	api_test_stop(&test);
	return 0;
}

static const char headers[] = "Authorization: Bearer x\r\n";

static json_t *ask(int status, const char *method, const char *path, const char *body)
{
	return api_test_ask(&test, status, headers, method, path, body);
}

static json_t *send(int status, const char *path, const char *name, struct str content)
{
	struct client_answer answer = api_test_upload(&test, headers, "POST", path, name, content,
						      "");
	json_t *json = json_loadb(answer.body.data, answer.body.size, 0, NULL);

	if (answer.status != status)
		fail_msg("%d %.*s", answer.status, STR_ARGS(answer.body));
	return json;
}

/* ---- Drafts. */

/* Told in Chinese, by the name the person knows. */
static void is_bomb(json_t *problem)
{
	const char *text = api_test_text(json_object_get(problem, "message"), "zh");

	assert_string_equal(api_test_text(problem, "key"), "reader.unpacked_too_large");
	assert_string_equal(api_test_text(problem, "field"), "file");
	assert_non_null(strstr(text, "申请文件.docx"));
	assert_non_null(strstr(text, "解压"));
	json_decref(problem);
}

static struct str bomb(struct arena *arena)
{
	struct strbuf text = STRBUF_INIT;
	struct fixture_member members[] = { { "[Content_Types].xml", STR("<Types/>") },
					    { "word/document.xml", STR_EMPTY } };
	struct str file;

	strbuf_add_cstr(&text, "<w:document xmlns:w=\"w\">");
	while (text.size <= DRAFT_UNPACKED_MAX)
		strbuf_add_cstr(&text,
				"                                                        \n");
	members[1].content = strbuf_str(&text);
	file = fixture_zip(arena, members, 2);
	strbuf_release(&text);
	return file;
}

static void a_bomb_is_refused_and_changes_nothing(void **state)
{
	struct str file = bomb(test.arena);
	json_t *json;

	(void)state;
	is_bomb(send(413, "/api/v1/lint", "申请文件.docx", file));
	json_decref(send(201, "/api/v1/records/draft/1/files?field=file", "申请文件.docx", file));
	is_bomb(ask(413, "GET", "/api/v1/drafts/1/view", NULL));
	is_bomb(ask(413, "POST", "/api/v1/quality-checks/1/run", "{}"));
	json = ask(200, "GET", "/api/v1/records/quality_check/1", NULL);
	assert_int_equal(api_test_number(json, "version"), 1);
	json_decref(json);
	json = ask(200, "GET", "/api/v1/records/quality_check/1/files", NULL);
	assert_int_equal(json_array_size(json_object_get(json, "files")), 0);
	json_decref(json);
}

/* About 1,200 characters a page. */
static struct str long_draft(struct arena *arena, int pages)
{
	struct strbuf body = STRBUF_INIT;
	struct str file;

	strbuf_add_cstr(&body, "<w:p><w:r><w:t>权利要求书</w:t></w:r></w:p>");
	for (int i = 1; i <= 60; i++)
		strbuf_addf(
			&body,
			i == 1 ? "<w:p><w:r><w:t>%d.一种示例装置，其特征在于，包括阀体和"
				 "阀芯。</w:t></w:r></w:p>"
			       : "<w:p><w:r><w:t>%d.根据权利要求1所述的示例装置，其特征在于，所述"
				 "阀芯有涂层。</w:t></w:r></w:p>",
			i);
	strbuf_add_cstr(&body, "<w:p><w:r><w:t>说明书</w:t></w:r></w:p>"
			       "<w:p><w:r><w:t>一种示例装置</w:t></w:r></w:p>"
			       "<w:p><w:r><w:t>技术领域</w:t></w:r></w:p>");
	for (int i = 0; i < pages * 20; i++)
		strbuf_addf(
			&body,
			"<w:p><w:r><w:t>[%04d] 本发明的阀体与阀芯相配合，阀芯有涂层，第%d段说明其"
			"结构、材料与作用，供示例之用，不代表任何真实的产品或者试验结果。"
			"</w:t></w:r></w:p>",
			i + 1, i + 1);
	file = fixture_docx(arena, str_to_cstr(arena, strbuf_str(&body)), NULL);
	strbuf_release(&body);
	return file;
}

static void a_draft_of_300_pages_is_read(void **state)
{
	json_t *json;
	const json_t *sections, *paragraphs;

	(void)state;
	json_decref(send(201, "/api/v1/records/draft/1/files?field=file", "长稿.docx",
			 long_draft(test.arena, 300)));
	json = ask(200, "GET", "/api/v1/drafts/1/view", NULL);
	assert_int_equal(json_array_size(json_object_get(json, "claims")), 60);
	sections = json_object_get(json, "sections");
	paragraphs = json_object_get(json_array_get(sections, json_array_size(sections) - 1),
				     "paragraphs");
	assert_int_equal(json_array_size(paragraphs), 6001);
	assert_string_equal(api_test_text(json_array_get(paragraphs, 6000), "number"), "6000");
	json_decref(json);
	json = ask(200, "POST", "/api/v1/quality-checks/1/run", "{}");
	assert_int_equal(api_test_number(json_object_get(json, "fields"), "runs"), 1);
	json_decref(json);
}

/* ---- Proposals. */

static const char document[] =
	"{\"publication_number\": \"CN113000001B\", \"application_number\": \"CN202110000001.6\", "
	"\"kind\": \"B\", \"office\": \"CN\", \"type\": \"invention\", "
	"\"publication_date\": \"2023-05-09\", \"title\": [{\"lang\": \"zh\", "
	"\"text\": \"示例装置\"}]}\n";
static const char other[] =
	"{\"publication_number\": \"CN113000002B\", \"application_number\": \"CN202110000002.0\", "
	"\"kind\": \"B\", \"office\": \"CN\", \"type\": \"invention\", "
	"\"publication_date\": \"2023-05-09\", \"title\": [{\"lang\": \"zh\", "
	"\"text\": \"另一装置\"}]}\n";

static void import(const char *content)
{
	json_t *json = send(202, "/api/v1/imports", "x.jsonl", str_of(content));
	const char *path = arena_printf(test.arena, "/api/v1/jobs/%lld",
					(long long)api_test_number(json, "job"));
	const char *job_state;
	bool ended;

	do {
		json_decref(json);
		usleep(20000);
		json = ask(200, "GET", path, NULL);
		job_state = api_test_text(json, "state");
		ended = strcmp(job_state, "queued") != 0 && strcmp(job_state, "running") != 0;
	} while (!ended);
	assert_string_equal(job_state, "done");
	json_decref(json);
}

static size_t proposals(void)
{
	json_t *json = ask(200, "GET", "/api/v1/records/case_update", NULL);
	size_t count = json_array_size(json_object_get(json, "records"));

	json_decref(json);
	return count;
}

/* As when the process ends behind the import's commit and before that of the proposals. */
static void forget_proposals(void)
{
	struct db *db = api_test_database(&test, folder);
	struct error error;

	assert_true(db_script(db,
			      "DELETE FROM case_update;"
			      "UPDATE case_update_position SET position = position - 1;",
			      &error));
	db_close(db);
}

static void lost_proposals_are_found_again(void **state)
{
	(void)state;
	import(document);
	assert_int_equal(proposals(), 1);
	import(document);
	assert_int_equal(proposals(), 1);
	forget_proposals();
	import(other);
	assert_int_equal(proposals(), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_bomb_is_refused_and_changes_nothing),
		cmocka_unit_test(a_draft_of_300_pages_is_read),
		cmocka_unit_test(lost_proposals_are_found_again),
	};

	return cmocka_run_group_tests(tests, start_all, stop_all);
}
