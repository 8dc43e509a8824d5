#include "base/clock.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "http/http_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

enum { UPLOADS_MAX = 64, FORM_FIELD_MAX = 64 * 1024, FORM_MAX = 1 << 20 };

/* A body on its way to disk. */
struct body_reader {
	struct multipart *multipart; /* NULL: a raw body, one file */
	struct upload *upload;       /* being written, or NULL */
	int file;
	char start[SNIFF_SIZE];
	size_t start_size;
	bool is_field;
	const char *field_name;
	struct strbuf field;
	size_t form_size;
};

/* ---- Files. */

static bool upload_begin(struct exchange *exchange, const char *field, struct str name,
			 const char *declared_type, struct error *error)
{
	struct body_reader *reader = exchange->reader;
	struct arena *arena = exchange->request.arena;
	struct upload *upload = arena_new(arena, struct upload);
	char *path = file_join(arena, exchange->server->options.temporary_folder, "upload-XXXXXX");

	if (exchange->uploads.count == UPLOADS_MAX)
		return error_set(error, ERROR_LIMIT, "http.upload_count", "%d", UPLOADS_MAX);
	upload->field = field;
	upload->name = upload_clean_name(arena, name);
	upload->declared_type = declared_type;
	reader->file = mkostemp(path, O_CLOEXEC);
	if (reader->file < 0)
		return error_set_errno(error, "http.temporary", "upload");
	upload->path = path;
	reader->upload = upload;
	reader->start_size = 0;
	*(struct upload **)list_add(&exchange->uploads) = upload;
	return true;
}

static bool upload_add(struct body_reader *reader, struct str data, struct error *error)
{
	size_t room = SNIFF_SIZE - reader->start_size;
	size_t copied = data.size < room ? data.size : room;

	if (copied)
		memcpy(reader->start + reader->start_size, data.data, copied);
	reader->start_size += copied;
	reader->upload->size += (int64_t)data.size;
	while (data.size > 0) {
		ssize_t written = write(reader->file, data.data, data.size);

		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0)
			return error_set_errno(error, "http.temporary", "upload");
		data = str_slice(data, (size_t)written, data.size);
	}
	return true;
}

static bool upload_end(struct body_reader *reader, struct error *error)
{
	int file = reader->file;

	reader->upload->media_type = upload_sniff(
		(struct str){ reader->start, reader->start_size });
	reader->upload = NULL;
	reader->file = -1;
	return close(file) == 0 ? true : error_set_errno(error, "http.temporary", "upload");
}

/* ---- Parts of a form. */

static const char *part_file_name(struct arena *arena, struct str disposition)
{
	const char *name = header_parameter(arena, disposition, "filename*");

	return name ? name : header_parameter(arena, disposition, "filename");
}

static bool on_part_begin(void *context, struct str disposition, struct str type,
			  struct error *error)
{
	struct exchange *exchange = context;
	struct arena *arena = exchange->request.arena;
	const char *name = header_parameter(arena, disposition, "name");
	const char *file = part_file_name(arena, disposition);

	if (!name || !utf8_is_valid(str_of(name)))
		return error_set(error, ERROR_INVALID, "http.multipart", "name");
	exchange->reader->is_field = !file;
	if (file)
		return upload_begin(exchange, name, str_of(file), header_media_type(arena, type),
				    error);
	exchange->reader->field_name = name;
	strbuf_clear(&exchange->reader->field);
	return true;
}

static bool on_part_data(void *context, struct str data, struct error *error)
{
	struct exchange *exchange = context;
	struct body_reader *reader = exchange->reader;

	if (!reader->is_field)
		return upload_add(reader, data, error);
	strbuf_add_str(&reader->field, data);
	reader->form_size += data.size;
	if (reader->field.overflow || reader->form_size > FORM_MAX)
		return error_set(error, ERROR_LIMIT, "http.body_size", "%d", FORM_FIELD_MAX);
	return true;
}

static bool end_field(struct exchange *exchange, struct error *error)
{
	struct body_reader *reader = exchange->reader;
	struct str value = strbuf_str(&reader->field);
	struct name_value *item;

	if (!utf8_is_valid(value) || (value.size && memchr(value.data, 0, value.size)))
		return error_set(error, ERROR_INVALID, "http.multipart", "%s", reader->field_name);
	item = list_add(&exchange->form);
	item->name = reader->field_name;
	item->value = str_to_cstr(exchange->request.arena, value);
	return true;
}

/* A file input left empty sends a file without name and content: it is none. */
static void drop_empty(struct exchange *exchange, struct upload *upload)
{
	if (upload->size > 0 || strcmp(upload->name, "upload") != 0)
		return;
	unlink(upload->path);
	exchange->uploads.count--;
}

static bool on_part_end(void *context, struct error *error)
{
	struct exchange *exchange = context;
	struct upload *upload = exchange->reader->upload;

	if (exchange->reader->is_field)
		return end_field(exchange, error);
	if (!upload_end(exchange->reader, error))
		return false;
	drop_empty(exchange, upload);
	return true;
}

/* ---- The body. */

static bool begin_multipart(struct exchange *exchange, struct error *error)
{
	const struct multipart_sink sink = { exchange, on_part_begin, on_part_data, on_part_end };
	const char *type = request_header(&exchange->request, "Content-Type");
	const char *boundary = header_parameter(exchange->request.arena, str_of(type), "boundary");

	exchange->reader->multipart = multipart_create(str_of(boundary), &sink);
	if (!exchange->reader->multipart)
		return error_set(error, ERROR_INVALID, "http.multipart", "boundary");
	return true;
}

static bool begin_raw(struct exchange *exchange, struct error *error)
{
	const struct request *request = &exchange->request;
	const char *name = request_query(request, "name");

	return upload_begin(exchange, "", str_of(name), request_media_type(request), error);
}

static bool begin_upload(struct exchange *exchange, struct error *error)
{
	struct body_reader *reader = memory_alloc_zeroed(1, sizeof(*reader));
	const char *type = request_media_type(&exchange->request);

	exchange->reader = reader;
	reader->file = -1;
	reader->field = STRBUF_INIT;
	reader->field.size_max = FORM_FIELD_MAX;
	if (strcmp(type, "multipart/form-data") == 0)
		return begin_multipart(exchange, error);
	return begin_raw(exchange, error);
}

static bool takes_media_type(const char *type)
{
	return strcmp(type, "application/json") == 0 || str_ends_with(str_of(type), STR("+json"));
}

bool body_begin(struct exchange *exchange, struct error *error)
{
	const struct route *route = exchange->request.route;
	const char *type = request_media_type(&exchange->request);

	if (route->flags & ROUTE_UPLOAD)
		return begin_upload(exchange, error);
	/* A form of a foreign page can send anything but this type without being asked first. */
	if (!takes_media_type(type)) {
		exchange->response.status = 415;
		return error_set(error, ERROR_INVALID, "http.media_type", "%s", type);
	}
	exchange->body = memory_alloc_zeroed(1, sizeof(*exchange->body));
	*exchange->body = STRBUF_INIT;
	exchange->body->size_max = (size_t)route->body_max;
	return true;
}

static void allow_more_time(struct exchange *exchange)
{
	const struct http_options *options = &exchange->server->options;
	int64_t ends = exchange->request.started_ms + options->request_timeout_ms +
		       exchange->body_size * 1000 / options->transfer_rate_min;

	connection_enter(exchange->server, exchange->connection, PHASE_BODY, NULL, ends);
}

bool body_add(struct exchange *exchange, struct str data, struct error *error)
{
	const struct route *route = exchange->request.route;
	struct body_reader *reader;

	exchange->body_size += (int64_t)data.size;
	atomic_fetch_add(&exchange->server->counters.bytes_in, (long long)data.size);
	allow_more_time(exchange);
	if (!route || exchange->body_size > route->body_max)
		return error_set(error, ERROR_LIMIT, "http.body_size", "%lld",
				 (long long)(route ? route->body_max : 0));
	if (!exchange->body && !exchange->reader && !body_begin(exchange, error))
		return false;
	reader = exchange->reader;
	if (!reader) {
		strbuf_add_str(exchange->body, data);
		return true;
	}
	return reader->multipart ? multipart_feed(reader->multipart, data, error)
				 : upload_add(reader, data, error);
}

bool body_finish(struct exchange *exchange, struct error *error)
{
	struct body_reader *reader = exchange->reader;

	if (exchange->body)
		exchange->request.body = strbuf_str(exchange->body);
	if (!reader)
		return true;
	return reader->multipart ? multipart_finish(reader->multipart, error)
				 : upload_end(reader, error);
}

void body_release(struct exchange *exchange)
{
	struct body_reader *reader = exchange->reader;

	for (size_t i = 0; i < exchange->uploads.count; i++) {
		const struct upload *upload = LIST_AT(&exchange->uploads, struct upload *, i);

		if (upload->path)
			unlink(upload->path);
	}
	if (exchange->body) {
		strbuf_release(exchange->body);
		memory_free(exchange->body);
	}
	if (!reader)
		return;
	if (reader->file >= 0)
		close(reader->file);
	multipart_destroy(reader->multipart);
	strbuf_release(&reader->field);
	memory_free(reader);
}
