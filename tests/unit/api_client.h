#ifndef TESTS_API_CLIENT_H
#define TESTS_API_CLIENT_H

#include "api/api.h"
#include "http/server.h"
#include "http_client.h"

#include <jansson.h>

/* A server on a fresh folder, and requests to it. The first failed call ends the test. */
struct api_test {
	struct arena *arena;
	struct config config;
	struct api *api;
	struct http_server *server;
	int port;
};

/* authorise: of the server; NULL for api_authorise(). */
void api_test_start(struct api_test *test, const char *folder,
		    bool (*authorise)(struct request *request, struct error *error));
void api_test_stop(struct api_test *test);
struct db *api_test_database(const struct api_test *test, const char *folder); /* db_close it */

/* headers: whole lines with their ends, or "". type NULL: no body. */
struct client_answer api_test_send(const struct api_test *test, const char *headers,
				   const char *method, const char *path, const char *type,
				   struct str body);
/* A form with one file; fields: further parts with the boundary b, or "". */
struct client_answer api_test_upload(const struct api_test *test, const char *headers,
				     const char *method, const char *path, const char *name,
				     struct str content, const char *fields);
/* With a JSON body, or without one (NULL); the answer is JSON, or NULL without content. */
json_t *api_test_ask(const struct api_test *test, int status, const char *headers,
		     const char *method, const char *path, const char *body);

/* The header lines of a session: its cookie, and with the token that changes want. */
struct api_session {
	const char *cookie, *both;
};
/* False when the login is refused. */
bool api_test_log_in(const struct api_test *test, const char *login, const char *password,
		     struct api_session *session_out);

int64_t api_test_number(const json_t *json, const char *name);
const char *api_test_text(const json_t *json, const char *name);

#endif
