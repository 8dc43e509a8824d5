/*
 * Attachments of records. Content is kept once, as DATA/files/ab/cdef… by its SHA-256, read-only; the
 * rows of record_file say whose it is. Whoever puts content in its place and whoever removes it hold
 * files_mutex until their transaction is over: content that is just being named again stays.
 */
#include "api/record_call.h"
#include "api/routes.h"
#include "auth/digest.h"
#include "base/file.h"
#include "http/upload.h"

#include <string.h>
#include <unistd.h>

/* ---- Content. */

bool call_content_path(const struct call *call, const char *sha256, const char **path_out,
		       struct error *error)
{
	const char *folder = arena_printf(call->arena, "%s/files/%.2s", call->api->folder, sha256);

	*path_out = file_join(call->arena, folder, sha256 + 2);
	return file_make_folder(folder, error);
}

static bool hash_upload(struct call *call, const struct upload *upload, const char **sha256_out,
			struct error *error)
{
	char hex[DIGEST_HEX_SIZE];
	struct str content;

	if (!file_map(upload->path, &content, error))
		return false;
	digest_hex(AUDIT_SHA256, content, hex);
	file_unmap(content);
	*sha256_out = arena_copy(call->arena, hex, strlen(hex));
	return true;
}

/* After the commit: what no row names any more is really gone. */
static void drop_content(struct record_call *records, const char *sha256)
{
	struct error ignored;
	const char *path;
	bool is_used = true;

	if (record_file_is_used(&records->store, sha256, &is_used, &ignored) && !is_used &&
	    call_content_path(records->call, sha256, &path, &ignored))
		unlink(path);
}

void call_drop_contents(struct record_call *records, const struct record_file *files, size_t count)
{
	pthread_mutex_lock(&records->call->api->files_mutex);
	for (size_t i = 0; i < count; i++)
		drop_content(records, files[i].sha256);
	pthread_mutex_unlock(&records->call->api->files_mutex);
}

/* ---- Rows. */

static void write_file(struct record_call *records, const struct record_file *file)
{
	struct jsonout *json = &records->call->json;

	jsonout_object_begin(json);
	jsonout_member_integer(json, "id", file->id);
	jsonout_member_cstr(json, "name", file->name);
	jsonout_member_integer(json, "size", file->size);
	jsonout_member_cstr(json, "media_type", file->media_type);
	jsonout_member_cstr(json, "sha256", file->sha256);
	jsonout_member_cstr(json, "field", file->field);
	jsonout_member_time(json, "at", file->at);
	call_write_user(records, "user", file->user_id);
	jsonout_object_end(json);
}

static bool list_files(struct call *call, struct error *error)
{
	struct record_call records;
	struct record_file *files;
	struct record *record;
	int64_t *users;
	size_t count;

	if (!record_call_begin(call, &records, error) ||
	    !record_call_find(&records, &record, error) ||
	    !record_files(&records.store, record, &files, &count, error))
		return false;
	users = arena_array(call->arena, int64_t, count + 1);
	for (size_t i = 0; i < count; i++)
		users[i] = files[i].user_id;
	if (!record_labels_add_ids(records.labels, record_type_find("user"), users, count, error))
		return false;
	jsonout_object_begin(&call->json);
	jsonout_key(&call->json, "files");
	jsonout_array_begin(&call->json);
	for (size_t i = 0; i < count; i++)
		write_file(&records, &files[i]);
	jsonout_array_end(&call->json);
	jsonout_object_end(&call->json);
	return true;
}

/* ---- Adding. */

/* The field that the file is for, now names it; or nothing when `id` is 0. */
static bool set_field(struct record_call *records, struct record *record, const char *field,
		      int64_t id, struct error *error)
{
	size_t at = record_field_find(records->type, str_of(field));

	if (id)
		record_set_integer(record, at, id);
	else
		record_clear(record, at);
	return record_update(&records->store, record, &records->errors, error);
}

static bool add_row(struct record_call *records, struct record *record, struct record_file *file,
		    struct error *error)
{
	return db_begin(records->call->db, error) &&
	       record_file_add(&records->store, record, file, error) &&
	       (!file->field || set_field(records, record, file->field, file->id, error)) &&
	       db_commit(records->call->db, error);
}

static bool keep(struct record_call *records, struct record *record, struct upload *upload,
		 struct record_file *file, struct error *error)
{
	struct api *api = records->call->api;
	const char *path;
	bool done;

	if (!call_content_path(records->call, file->sha256, &path, error))
		return false;
	pthread_mutex_lock(&api->files_mutex);
	done = upload_keep(upload, path, error) && add_row(records, record, file, error);
	if (!done) {
		db_rollback(records->call->db);
		drop_content(records, file->sha256);
	}
	pthread_mutex_unlock(&api->files_mutex);
	return done || record_call_refuse(records);
}

bool call_keep_content(struct record_call *records, struct record *record, struct record_file *file,
		       struct str content, struct error *error)
{
	struct api *api = records->call->api;
	char hex[DIGEST_HEX_SIZE];
	const char *path;
	bool done;

	digest_hex(AUDIT_SHA256, content, hex);
	file->sha256 = arena_copy(records->call->arena, hex, strlen(hex));
	file->size = (int64_t)content.size;
	if (!call_content_path(records->call, file->sha256, &path, error))
		return false;
	pthread_mutex_lock(&api->files_mutex);
	done = (file_exists(path) || file_write_atomic(path, content, error)) &&
	       add_row(records, record, file, error);
	if (!done) {
		db_rollback(records->call->db);
		drop_content(records, file->sha256);
	}
	pthread_mutex_unlock(&api->files_mutex);
	return done || record_call_refuse(records);
}

/* May people put a file there, and take it away? What the program computes stays as it is. */
static bool takes_files(const struct record_type *type, const char *field)
{
	size_t at = field ? record_field_find(type, str_of(field)) : SIZE_MAX;

	if (!field)
		return type->has_attachments;
	return at != SIZE_MAX && type->fields[at].kind == FIELD_FILE &&
	       !(type->fields[at].flags & FIELD_COMPUTED);
}

static bool refuse_file(const struct record_type *type, const char *field, struct error *error)
{
	return error_set(error, ERROR_INVALID, "record.no_files", "%s", field ? field : type->name);
}

/* Whoever may not change the record learns that before the content is read. */
static bool may_add(struct record_call *records, const struct record *record, const char *field,
		    struct error *error)
{
	if (!record_may_on(&records->store, record, "update"))
		return error_set(error, ERROR_FORBIDDEN, "record.forbidden", "%s update",
				 records->type->name);
	if (!takes_files(records->type, field))
		return refuse_file(records->type, field, error);
	return request_upload_count(records->call->request) == 1 ||
	       error_set_field(error, "file", "api.one_file");
}

static bool add_file(struct call *call, struct error *error)
{
	const char *field = call_text(call, "field");
	struct record_call records;
	struct record_file file;
	struct upload *upload;
	struct record *record;

	field = field && *field ? field : NULL;
	if (!record_call_begin(call, &records, error) ||
	    !record_call_find(&records, &record, error) || !may_add(&records, record, field, error))
		return false;
	upload = request_upload(call->request, 0);
	file = (struct record_file){ .size = upload->size,
				     .field = field,
				     .name = upload->name,
				     .media_type = upload->media_type };
	if (!upload_check(upload, error) || !hash_upload(call, upload, &file.sha256, error) ||
	    !keep(&records, record, upload, &file, error) ||
	    !record_labels_add_ids(records.labels, record_type_find("user"), &file.user_id, 1,
				   error))
		return false;
	response_location(call->response, 201,
			  arena_printf(call->arena, "/api/v1/records/%s/%lld/files/%lld",
				       records.type->name, (long long)record->id,
				       (long long)file.id));
	write_file(&records, &file);
	return true;
}

/* ---- One file. */

static bool find_file(struct record_call *records, struct record **record_out,
		      struct record_file *file_out, struct error *error)
{
	int64_t id;

	return record_call_find(records, record_out, error) &&
	       call_part_id(records->call, "file", &id, error) &&
	       record_file_find(&records->store, *record_out, id, file_out, error);
}

static bool get_file(struct call *call, struct error *error)
{
	struct record_call records;
	struct record_file file;
	struct record *record;
	const char *path;

	return record_call_begin(call, &records, error) &&
	       find_file(&records, &record, &file, error) &&
	       call_content_path(call, file.sha256, &path, error) &&
	       response_file(call->request, call->response, path, file.media_type, file.name,
			     error);
}

static bool remove_row(struct record_call *records, struct record *record,
		       const struct record_file *file, struct error *error)
{
	size_t at = file->field ? record_field_find(records->type, str_of(file->field)) : SIZE_MAX;
	bool is_named = at != SIZE_MAX && record_integer(record, at) == file->id;

	return db_begin(records->call->db, error) &&
	       (!is_named || set_field(records, record, file->field, 0, error)) &&
	       record_file_remove(&records->store, record, file->id, error) &&
	       db_commit(records->call->db, error);
}

static bool remove_file(struct call *call, struct error *error)
{
	struct record_call records;
	struct record_file file;
	struct record *record;
	bool done;

	call->response->status = 204;
	if (!record_call_begin(call, &records, error) ||
	    !find_file(&records, &record, &file, error))
		return false;
	if (file.field && !takes_files(records.type, file.field))
		return refuse_file(records.type, file.field, error);
	pthread_mutex_lock(&call->api->files_mutex);
	done = remove_row(&records, record, &file, error);
	if (done)
		drop_content(&records, file.sha256);
	else
		db_rollback(call->db);
	pthread_mutex_unlock(&call->api->files_mutex);
	return done || record_call_refuse(&records);
}

HANDLER(api_list_files, list_files)
HANDLER(api_add_file, add_file)
HANDLER(api_get_file, get_file)
HANDLER(api_remove_file, remove_file)
