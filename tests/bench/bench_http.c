/*
 * A server whose handlers do nothing, to be asked by wrk: bench_http PORT [WORKERS [SECONDS]].
 *   /inline  answered on the I/O thread      /empty  by a worker, as every handler of the API is
 *   /sleep   a worker that waits 5 ms, as for a database
 * e.g. wrk -t2 -c64 -d10 --latency http://127.0.0.1:PORT/empty
 */
#include "base/clock.h"
#include "http/server.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static bool empty(struct request *request, struct response *response, struct error *error)
{
	(void)request, (void)error;
	response->body = STR("{}");
	return true;
}

static bool sleep_5_ms(struct request *request, struct response *response, struct error *error)
{
	usleep(5000);
	return empty(request, response, error);
}

static const struct route routes[] = {
	ROUTE("GET", "/inline", PUBLIC, empty, ROUTE_INLINE, BODY_NONE),
	ROUTE("GET", "/empty", PUBLIC, empty, 0, BODY_NONE),
	ROUTE("GET", "/sleep", PUBLIC, sleep_5_ms, 0, BODY_NONE),
	ROUTE_END,
};

static int64_t argument(int count, char **arguments, int i, int64_t otherwise)
{
	int64_t value;

	return i < count && str_to_int64(str_of(arguments[i]), &value) ? value : otherwise;
}

int main(int count, char **arguments)
{
	struct http_options options = http_options_default();
	char listen[32];
	struct http_server *server;
	struct http_metrics metrics;
	struct error error;

	snprintf(listen, sizeof(listen), "127.0.0.1:%d", (int)argument(count, arguments, 1, 0));
	options.listen = listen;
	options.routes = routes;
	options.workers = (int)argument(count, arguments, 2, 8);
	options.logs_requests = false;
	options.temporary_folder = ".";
	options.connections_per_address = 0;
	if (!http_server_start(&options, &server, &error)) {
		fprintf(stderr, "%s %s\n", error.key, error.detail);
		return 1;
	}
	printf("port %d\n", http_server_port(server));
	fflush(stdout);
	sleep((unsigned)argument(count, arguments, 3, 60));
	http_server_metrics(server, &metrics);
	printf("answered %lld, mean %.2f ms\n", (long long)metrics.requests[2],
	       metrics.requests[2] ? (double)metrics.latency_sum_ms / (double)metrics.requests[2]
				   : 0);
	return http_server_stop(server) ? 0 : 1;
}
