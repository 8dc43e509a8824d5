#include "http_client.h"
#include "base/strbuf.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

enum { TIMEOUT_S = 30 };

int client_connect(int port)
{
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port) };
	struct timeval timeout = { TIMEOUT_S, 0 };
	int client = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	setsockopt(client, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof(timeout));
	if (connect(client, (struct sockaddr *)&address, sizeof(address)) == 0)
		return client;
	close(client);
	return -1;
}

void client_send_bytes(int client, struct str bytes)
{
	while (bytes.size > 0) {
		ssize_t sent = send(client, bytes.data, bytes.size, MSG_NOSIGNAL);

		if (sent <= 0)
			return; /* the server's answer says why */
		bytes = str_slice(bytes, (size_t)sent, bytes.size);
	}
}

void client_send(int client, const char *text)
{
	client_send_bytes(client, str_of(text));
}

const char *client_header(struct arena *arena, const struct client_answer *answer, const char *name)
{
	struct str rest = str_of(answer->header), line;

	while (str_split(&rest, STR("\r\n"), &line)) {
		size_t colon = str_find_byte(line, ':');

		if (colon != STR_NOT_FOUND &&
		    str_equal_nocase(str_slice(line, 0, colon), str_of(name)))
			return str_to_cstr(arena, str_trim(str_slice(line, colon + 1, line.size)));
	}
	return NULL;
}

static bool receive(int client, struct strbuf *buffer)
{
	char bytes[16384];
	ssize_t got = recv(client, bytes, sizeof(bytes), 0);

	if (got <= 0)
		return false;
	strbuf_add(buffer, bytes, (size_t)got);
	return true;
}

struct client_answer client_read(struct arena *arena, int client, bool is_head)
{
	struct client_answer answer = { .header = (char *)(uintptr_t) "" };
	struct strbuf all = STRBUF_INIT;
	const char *length;
	int64_t size = 0;
	size_t end;

	while ((end = str_find(strbuf_str(&all), STR("\r\n\r\n"))) == STR_NOT_FOUND)
		if (!receive(client, &all)) {
			strbuf_release(&all);
			return answer;
		}
	answer.header = str_to_cstr(arena, str_slice(strbuf_str(&all), 0, end));
	sscanf(answer.header, "HTTP/1.1 %d", &answer.status);
	length = client_header(arena, &answer, "Content-Length");
	if (length && !is_head)
		str_to_int64(str_of(length), &size);
	while (all.size < end + 4 + (size_t)size && receive(client, &all))
		continue;
	answer.body = str_copy(arena, str_slice(strbuf_str(&all), end + 4, all.size));
	strbuf_release(&all);
	return answer;
}

struct client_answer client_ask(struct arena *arena, int port, const char *request)
{
	int client = client_connect(port);
	struct client_answer answer;

	client_send(client, request);
	answer = client_read(arena, client, strncmp(request, "HEAD", 4) == 0);
	close(client);
	return answer;
}
