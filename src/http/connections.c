#include "base/clock.h"
#include "base/memory.h"
#include "http/http_internal.h"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>

enum { EXPIRED_AT_ONCE = 64, DRAIN_IDLE_MS = 100 };

static void read_address(struct MHD_Connection *mhd, char text[ADDRESS_SIZE])
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(
		mhd, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	const struct sockaddr *address = info ? info->client_addr : NULL;

	text[0] = '\0';
	if (address && address->sa_family == AF_INET) {
		inet_ntop(AF_INET, &((const struct sockaddr_in *)(const void *)address)->sin_addr,
			  text, ADDRESS_SIZE);
	} else if (address && address->sa_family == AF_INET6) {
		inet_ntop(AF_INET6,
			  &((const struct sockaddr_in6 *)(const void *)address)->sin6_addr, text,
			  ADDRESS_SIZE);
		/* An IPv4 client of a socket that takes both. */
		if (strncmp(text, "::ffff:", 7) == 0 && strchr(text, '.'))
			memmove(text, text + 7, strlen(text + 7) + 1);
	}
}

struct connection *connection_open(struct http_server *server, struct MHD_Connection *mhd)
{
	struct connection *connection = memory_alloc_zeroed(1, sizeof(*connection));

	connection->socket =
		MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
	connection->ends_ms = clock_monotonic_ms() + server->options.idle_timeout_ms;
	read_address(mhd, connection->address);
	pthread_mutex_lock(&server->watch_lock);
	connection->next = server->connections;
	if (connection->next)
		connection->next->previous = connection;
	server->connections = connection;
	pthread_mutex_unlock(&server->watch_lock);
	atomic_fetch_add(&server->counters.connections, 1);
	return connection;
}

void connection_close(struct http_server *server, struct connection *connection)
{
	pthread_mutex_lock(&server->watch_lock);
	if (connection->next)
		connection->next->previous = connection->previous;
	if (connection->previous)
		connection->previous->next = connection->next;
	else
		server->connections = connection->next;
	pthread_mutex_unlock(&server->watch_lock);
	atomic_fetch_sub(&server->counters.connections, 1);
	memory_free(connection);
}

void connection_enter(struct http_server *server, struct connection *connection, enum phase phase,
		      struct exchange *exchange, int64_t ends_ms)
{
	pthread_mutex_lock(&server->watch_lock);
	connection->phase = phase;
	connection->exchange = exchange;
	connection->ends_ms = ends_ms;
	pthread_mutex_unlock(&server->watch_lock);
}

/* Whoever changes the outcome answers: only then may the connection be resumed. */
static bool expire(struct connection *connection)
{
	int open = OUTCOME_OPEN;

	if (!atomic_compare_exchange_strong(&connection->exchange->outcome, &open, OUTCOME_EXPIRED))
		return false;
	atomic_store(&connection->exchange->request.is_abandoned, true);
	return true;
}

/*
 * A client that has closed its side waits for no answer, as for most servers: its work is given up. What
 * it may have sent before lies unread, so the end shows in the events alone.
 */
static bool has_hung_up(const struct connection *connection)
{
	struct pollfd look = { .fd = connection->socket, .events = POLLRDHUP };

	return poll(&look, 1, 0) > 0 && look.revents & (POLLRDHUP | POLLHUP | POLLERR);
}

static void abandon_hung_up(struct http_server *server)
{
	pthread_mutex_lock(&server->watch_lock);
	for (struct connection *connection = server->connections; connection;
	     connection = connection->next)
		if (connection->phase == PHASE_RUNNING && has_hung_up(connection))
			atomic_store(&connection->exchange->request.is_abandoned, true);
	pthread_mutex_unlock(&server->watch_lock);
}

/* Takes up to EXPIRED_AT_ONCE suspended connections that are to be answered now. */
static size_t collect_expired(struct http_server *server, int64_t now, bool all,
			      struct MHD_Connection *expired[EXPIRED_AT_ONCE])
{
	size_t count = 0;

	pthread_mutex_lock(&server->watch_lock);
	for (struct connection *connection = server->connections;
	     connection && count < EXPIRED_AT_ONCE; connection = connection->next)
		if (connection->phase == PHASE_RUNNING && (all || connection->ends_ms <= now) &&
		    expire(connection))
			expired[count++] = connection->exchange->mhd;
	pthread_mutex_unlock(&server->watch_lock);
	return count;
}

static void expire_running(struct http_server *server, bool all)
{
	struct MHD_Connection *expired[EXPIRED_AT_ONCE];
	size_t count;

	do {
		count = collect_expired(server, clock_monotonic_ms(), all, expired);
		for (size_t i = 0; i < count; i++) {
			atomic_fetch_add(&server->counters.timed_out, 1);
			MHD_resume_connection(expired[i]);
		}
	} while (count == EXPIRED_AT_ONCE);
}

void connections_expire_all(struct http_server *server)
{
	expire_running(server, true);
}

/* While the connection is in the list its socket is open; the I/O thread sees the end of it. */
static void cut(struct http_server *server, bool cut_idle)
{
	int64_t now = clock_monotonic_ms();
	int64_t idle_end = now + server->options.idle_timeout_ms - DRAIN_IDLE_MS;

	pthread_mutex_lock(&server->watch_lock);
	for (struct connection *connection = server->connections; connection;
	     connection = connection->next) {
		bool is_late = connection->phase != PHASE_RUNNING && connection->ends_ms <= now;
		bool is_idle = cut_idle && connection->phase == PHASE_IDLE &&
			       connection->ends_ms <= idle_end;

		if (!is_late && !is_idle)
			continue;
		shutdown(connection->socket, SHUT_RDWR);
		connection->ends_ms = INT64_MAX;
		if (is_late)
			atomic_fetch_add(&server->counters.timed_out, 1);
	}
	pthread_mutex_unlock(&server->watch_lock);
}

void connections_watch(struct http_server *server, bool cut_idle)
{
	expire_running(server, false);
	abandon_hung_up(server);
	cut(server, cut_idle);
}

bool connections_all_idle(struct http_server *server)
{
	bool all_idle = true;

	pthread_mutex_lock(&server->watch_lock);
	for (struct connection *connection = server->connections; connection && all_idle;
	     connection = connection->next)
		all_idle = connection->phase == PHASE_IDLE;
	pthread_mutex_unlock(&server->watch_lock);
	return all_idle;
}
