#include "task_fixture.h"
#include "record/record.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

struct api_test test;

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
	struct db *db = api_test_database(&test, TASK_FOLDER);
	struct error error;

	if (!db_script(db, script, &error))
		fail_msg("%s", error.detail);
	db_close(db);
}

int start_all(void **state)
{
	(void)state;
	api_test_start(&test, TASK_FOLDER, authorise);
	make_people();
	return 0;
}

int stop_all(void **state)
{
	(void)state;
	api_test_stop(&test);
	return 0;
}

const char *headers_of(const char *token, const char *more)
{
	return arena_printf(test.arena, "Authorization: Bearer %s\r\n%s", token, more);
}

json_t *ask(int status, const char *token, const char *method, const char *path, const char *body)
{
	return api_test_ask(&test, status, headers_of(token, ""), method, path, body);
}

void done(int status, const char *token, const char *method, const char *path, const char *body)
{
	json_decref(ask(status, token, method, path, body));
}

void refused(int status, const char *key, const char *token, const char *method, const char *path,
	     const char *body)
{
	json_t *json = ask(status, token, method, path, body);

	assert_string_equal(api_test_text(json, "key"), key);
	json_decref(json);
}

const json_t *field_of(const json_t *record, const char *name)
{
	return json_object_get(json_object_get(record, "fields"), name);
}

bool has_error(const json_t *problem, const char *field, const char *key)
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

const char *task_path(int64_t id, const char *rest)
{
	return arena_printf(test.arena, LIST "/%lld%s", (long long)id, rest);
}

const char task_body[] =
	"{\"fields\":{\"year\":2026,\"title\":\"专利导航\",\"kind\":\"navigation\","
	"\"goal\":\"形成示例报告\",\"owner_id\":3,\"partners\":[1,{\"id\":2}],"
	"\"due_on\":\"2026-06-30\",\"budget\":\"1234.50\"}}";

int64_t make_task(const char *token, const char *body)
{
	json_t *record = ask(201, token, "POST", LIST, body);
	int64_t id = api_test_number(record, "id");

	json_decref(record);
	return id;
}
