#include "base/clock.h"
#include "http/http_internal.h"

#include <unistd.h>

/* Scripts, styles and fonts of our own origin only; nothing inline, no plugins, no framing. */
#define POLICY_STRICT                                                                              \
	"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "    \
	"font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "               \
	"frame-src 'self'; frame-ancestors 'none'"

static const struct name_value security_headers[] = {
	{ "X-Content-Type-Options", "nosniff" },
	{ "Referrer-Policy", "no-referrer" },
	{ "Cross-Origin-Opener-Policy", "same-origin" },
	{ "Cross-Origin-Resource-Policy", "same-origin" },
	{ "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()" },
};

static void add_headers(struct MHD_Response *reply, const struct exchange *exchange,
			const struct response *response)
{
	const char *policy = response->content_security_policy;
	char seconds[16];

	for (size_t i = 0; i < sizeof(security_headers) / sizeof(security_headers[0]); i++)
		MHD_add_response_header(reply, security_headers[i].name, security_headers[i].value);
	MHD_add_response_header(reply, "Content-Security-Policy", policy ? policy : POLICY_STRICT);
	/* What may be framed by our own pages says so in its policy. */
	if (!policy || !strstr(policy, "frame-ancestors 'self'"))
		MHD_add_response_header(reply, "X-Frame-Options", "DENY");
	if (exchange->request.is_tls)
		MHD_add_response_header(reply, "Strict-Transport-Security", "max-age=31536000");
	MHD_add_response_header(reply, "Cache-Control",
				response->cache_control ? response->cache_control : "no-store");
	MHD_add_response_header(reply, "X-Request-Id", exchange->request.id);
	for (size_t i = 0; i < response->header_count; i++)
		MHD_add_response_header(reply, response->headers[i].name,
					response->headers[i].value);
	if (response->retry_after > 0) {
		snprintf(seconds, sizeof(seconds), "%d", response->retry_after);
		MHD_add_response_header(reply, "Retry-After", seconds);
	}
	if (atomic_load(&exchange->server->is_draining))
		MHD_add_response_header(reply, "Connection", "close");
}

static void add_content_headers(struct MHD_Response *reply, const struct exchange *exchange,
				const struct response *response)
{
	if (response->etag)
		MHD_add_response_header(
			reply, "ETag",
			arena_printf(exchange->request.arena, "\"%s\"", response->etag));
	if (response->status != 304 && response->status != 204)
		MHD_add_response_header(reply, "Content-Type",
					response->content_type ? response->content_type
							       : "application/json");
}

/* RFC 9110 13.1.2: the client has it already. */
static bool is_unchanged(const struct exchange *exchange)
{
	const struct response *response = &exchange->response;
	const char *known = request_header(&exchange->request, "If-None-Match");

	return response->status == 200 && response->etag && known &&
	       request_is_safe(&exchange->request) &&
	       header_matches_etag(str_of(known), response->etag);
}

static struct MHD_Response *create_reply(struct response *response,
					 enum MHD_ResponseMemoryMode mode)
{
	void *body = (void *)(uintptr_t)response->body.data;
	struct MHD_Response *reply;

	if (response->file < 0)
		return MHD_create_response_from_buffer(response->body.size, body, mode);
	reply = MHD_create_response_from_fd_at_offset64(
		(uint64_t)response->file_size, response->file, (uint64_t)response->file_from);
	if (reply)
		response->file = -1; /* closed with the reply */
	return reply;
}

static void enter_sending(struct exchange *exchange, int64_t size)
{
	const struct http_options *options = &exchange->server->options;
	int64_t now = clock_monotonic_ms();

	connection_enter(exchange->server, exchange->connection, PHASE_SENDING, NULL,
			 now + options->request_timeout_ms +
				 size * 1000 / options->transfer_rate_min);
}

static enum MHD_Result send_reply(struct exchange *exchange, struct response *response,
				  enum MHD_ResponseMemoryMode mode)
{
	int64_t size = response->file >= 0 ? response->file_size : (int64_t)response->body.size;
	struct MHD_Response *reply = create_reply(response, mode);
	enum MHD_Result result;

	if (!reply)
		return MHD_NO;
	add_headers(reply, exchange, response);
	add_content_headers(reply, exchange, response);
	exchange->sent_status = response->status;
	exchange->sent_size = strcmp(exchange->request.method, "HEAD") == 0 ? 0 : size;
	enter_sending(exchange, size);
	result = MHD_queue_response(exchange->mhd, (unsigned)response->status, reply);
	MHD_destroy_response(reply);
	return result;
}

/* The worker still has the exchange: nothing of its arena and its response is touched here. */
static enum MHD_Result send_expired(struct exchange *exchange)
{
	struct arena *arena = arena_create(2048);
	struct response late = { .status = 503, .file = -1 };
	struct error error;
	enum MHD_Result result;

	error_set(&error, ERROR_BUSY, "http.expired", " ");
	problem_fill(arena, exchange, &error, 0, &late);
	result = send_reply(exchange, &late, MHD_RESPMEM_MUST_COPY);
	arena_destroy(arena);
	return result;
}

enum MHD_Result exchange_send(struct exchange *exchange)
{
	struct response *response = &exchange->response;

	if (atomic_load(&exchange->outcome) == OUTCOME_EXPIRED)
		return send_expired(exchange);
	if (response->status == 0)
		response->status = 200;
	if (is_unchanged(exchange)) {
		response->status = 304;
		response->body = STR_EMPTY;
		if (response->file >= 0)
			close(response->file);
		response->file = -1;
	}
	return send_reply(exchange, response, MHD_RESPMEM_PERSISTENT);
}
