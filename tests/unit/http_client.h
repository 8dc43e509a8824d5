#ifndef TESTS_HTTP_CLIENT_H
#define TESTS_HTTP_CLIENT_H

#include "base/str.h"

/* A client that sends exactly the bytes it is given. */

int client_connect(int port);
void client_send(int socket, const char *text);
void client_send_bytes(int socket, struct str bytes);

struct client_answer {
	int status; /* 0: the connection ended without an answer */
	char *header;
	struct str body;
};
/* Reads one answer with Content-Length, or without content. is_head: no body follows. */
struct client_answer client_read(struct arena *arena, int socket, bool is_head);
/* One request on a connection of its own. */
struct client_answer client_ask(struct arena *arena, int port, const char *request);
/* "value" of "Name: value" in the answer's header, or NULL. */
const char *client_header(struct arena *arena, const struct client_answer *answer,
			  const char *name);

#endif
