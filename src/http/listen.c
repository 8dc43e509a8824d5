/* The socket the server listens on. */
#include "http/http_internal.h"

#include <arpa/inet.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BACKLOG = 1024 };

/* "host:port" or "[host]:port", numbers only: no name is looked up. */
static bool parse_listen(const char *text, struct sockaddr_storage *address, socklen_t *size)
{
	struct sockaddr_in *four = (struct sockaddr_in *)(void *)address;
	struct sockaddr_in6 *six = (struct sockaddr_in6 *)(void *)address;
	const char *colon = strrchr(text, ':');
	size_t length = colon ? (size_t)(colon - text) : 0;
	char host[64];
	int64_t port;

	memset(address, 0, sizeof(*address));
	if (!colon || length >= sizeof(host) || !str_to_int64(str_of(colon + 1), &port) ||
	    port < 0 || port > 65535)
		return false;
	memcpy(host, text, length);
	host[length] = '\0';
	if (length > 2 && host[0] == '[' && host[length - 1] == ']') {
		host[length - 1] = '\0';
		six->sin6_family = AF_INET6;
		six->sin6_port = htons((uint16_t)port);
		*size = sizeof(*six);
		return inet_pton(AF_INET6, host + 1, &six->sin6_addr) == 1;
	}
	four->sin_family = AF_INET;
	four->sin_port = htons((uint16_t)port);
	*size = sizeof(*four);
	return inet_pton(AF_INET, host, &four->sin_addr) == 1;
}

static int bound_port(int listener)
{
	struct sockaddr_storage address;
	socklen_t size = sizeof(address);

	if (getsockname(listener, (struct sockaddr *)&address, &size) != 0)
		return 0;
	return ntohs(address.ss_family == AF_INET6
			     ? ((struct sockaddr_in6 *)(void *)&address)->sin6_port
			     : ((struct sockaddr_in *)(void *)&address)->sin_port);
}

bool listener_open(const char *listen_text, int *listener_out, int *port_out, struct error *error)
{
	struct sockaddr_storage address;
	socklen_t size;
	int on = 1, listener;

	if (!parse_listen(listen_text, &address, &size))
		return error_set(error, ERROR_INVALID, "http.listen", "%s", listen_text);
	listener = socket(address.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (listener < 0)
		return error_set_errno(error, "http.listen", listen_text);
	setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	if (bind(listener, (struct sockaddr *)&address, size) != 0 ||
	    listen(listener, BACKLOG) != 0) {
		error_set_errno(error, "http.listen", listen_text);
		close(listener);
		return false;
	}
	*port_out = bound_port(listener);
	*listener_out = listener;
	return true;
}
