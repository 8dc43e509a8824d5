#ifndef TESTS_TASK_FIXTURE_H
#define TESTS_TASK_FIXTURE_H

#include "api_client.h"

/* A server with a few people of a bureau, a city and two centres, and their yearly tasks. */

#define TASK_FOLDER "test_api_record.data"

extern struct api_test test;

/* Tokens: role, organisation and user. */
#define DIRECTOR   "0:3:1"
#define MANAGER    "1:3:2"
#define RESEARCHER "2:3:3"
#define STRANGER   "1:4:4" /* a manager of another centre */
#define CITY       "5:2:5"
#define INSPECTOR  "8:2:6"
#define SYSTEM     "9:2:7"

#define LIST "/api/v1/records/annual_task"
extern const char task_body[]; /* the body of a task anybody may make who may make one */

int start_all(void **state);
int stop_all(void **state);

/* "Authorization: …" and further lines, each with its end. */
const char *headers_of(const char *token, const char *more);
/* The first answer with another status ends the test; json_decref it. */
json_t *ask(int status, const char *token, const char *method, const char *path, const char *body);
void done(int status, const char *token, const char *method, const char *path, const char *body);
void refused(int status, const char *key, const char *token, const char *method, const char *path,
	     const char *body);

const json_t *field_of(const json_t *record, const char *name);
/* Among the errors of a problem, with both texts. */
bool has_error(const json_t *problem, const char *field, const char *key);
const char *task_path(int64_t id, const char *rest);    /* of a task; rest: "/files" */
int64_t make_task(const char *token, const char *body); /* the id of the new task */

#endif
