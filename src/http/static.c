#include "base/memory.h"
#include "http/http_internal.h"

struct static_table {
	struct map *by_path; /* -> index into entries */
	struct static_entry *entries;
	const struct static_entry *fallback;
};

struct static_table *static_create(const struct static_file *files)
{
	struct static_table *table = memory_alloc_zeroed(1, sizeof(*table));
	size_t count = 0;

	while (files && files[count].path)
		count++;
	table->by_path = map_create();
	table->entries = memory_alloc_zeroed(count + 1, sizeof(*table->entries));
	for (size_t i = 0; i < count; i++) {
		struct static_entry *entry = &table->entries[i];

		entry->file = &files[i];
		snprintf(entry->etag, sizeof(entry->etag), "%016llx",
			 (unsigned long long)str_hash(*files[i].content));
		*map_put(table->by_path, str_of(files[i].path), NULL) = i;
		if (files[i].is_fallback)
			table->fallback = entry;
	}
	return table;
}

void static_destroy(struct static_table *table)
{
	if (!table)
		return;
	map_destroy(table->by_path);
	memory_free(table->entries);
	memory_free(table);
}

/* The browser application shows an address as a page when it names no file and no call of the API:
   a missing script must not be answered with a page. */
static bool looks_like_page(const char *path)
{
	return strncmp(path, "/api/", 5) != 0 && strcmp(path, "/api") != 0 &&
	       !strchr(strrchr(path, '/'), '.');
}

const struct static_entry *static_find(const struct static_table *table, const char *path)
{
	uint64_t *place = map_find(table->by_path, str_of(path));

	if (place)
		return &table->entries[*place];
	return looks_like_page(path) ? table->fallback : NULL;
}

static bool takes_gzip(const struct request *request)
{
	const char *accepted = request_header(request, "Accept-Encoding");

	return accepted && strstr(accepted, "gzip") && !strstr(accepted, "gzip;q=0");
}

void static_respond(struct request *request, struct response *response,
		    const struct static_entry *entry)
{
	const struct static_file *file = entry->file;

	response->content_type = file->media_type;
	response->body = *file->content;
	response->etag = entry->etag;
	response->cache_control = file->is_immutable ? "public, max-age=31536000, immutable"
						     : "no-cache";
	response->content_security_policy = file->content_security_policy;
	if (!file->gzip)
		return;
	response_header(response, "Vary", "Accept-Encoding");
	if (takes_gzip(request)) {
		response->body = *file->gzip;
		response->etag = arena_printf(request->arena, "%s-gzip", entry->etag);
		response_header(response, "Content-Encoding", "gzip");
	}
}
