/*
 * The readers of the first lines of a request and of forms: nothing is read beyond the input, and a
 * form gives the same parts in whatever pieces it arrives. The first byte says how to cut it.
 */
#include "base/strbuf.h"
#include "base/utf8.h"
#include "http/multipart.h"
#include "http/target.h"
#include "http/upload.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool part_begin(void *context, struct str disposition, struct str type, struct error *error)
{
	struct arena *arena = arena_create(256);

	(void)error;
	header_parameter(arena, disposition, "name");
	header_parameter(arena, disposition, "filename*");
	header_media_type(arena, type);
	strbuf_add_byte(context, '[');
	arena_destroy(arena);
	return true;
}

static bool part_data(void *context, struct str data, struct error *error)
{
	(void)error;
	strbuf_add_str(context, data);
	return true;
}

static bool part_end(void *context, struct error *error)
{
	(void)error;
	strbuf_add_byte(context, ']');
	return true;
}

static bool read_form(struct str body, size_t piece, struct strbuf *seen)
{
	const struct multipart_sink sink = { seen, part_begin, part_data, part_end };
	struct multipart *multipart = multipart_create(STR("B"), &sink);
	struct error error;
	bool good = true;

	for (size_t at = 0; good && at < body.size; at += piece)
		good = multipart_feed(multipart, str_slice(body, at, at + piece), &error);
	good = good && multipart_finish(multipart, &error);
	multipart_destroy(multipart);
	return good;
}

static void check_form(struct str body, size_t piece)
{
	struct strbuf whole = STRBUF_INIT, cut = STRBUF_INIT;
	bool good = read_form(body, body.size + 1, &whole);

	if (good != read_form(body, piece, &cut) ||
	    (good && !str_equal(strbuf_str(&whole), strbuf_str(&cut))))
		abort();
	strbuf_release(&whole);
	strbuf_release(&cut);
}

static void check_target(struct arena *arena, struct str text)
{
	struct target target;
	struct error error;

	if (!target_parse(arena, text, &target, &error))
		return;
	if (strstr(target.path, "/../") || strstr(target.path, "//") || target.path[0] != '/' ||
	    !utf8_is_valid(str_of(target.path)))
		abort();
	for (size_t i = 0; i < target.part_count; i++)
		if (strchr(target.parts[i], '/') || !target.parts[i][0])
			abort();
}

static void check_name(struct arena *arena, struct str text)
{
	const char *name = upload_clean_name(arena, text);

	if (!name[0] || name[0] == '.' || strlen(name) > 180 || strpbrk(name, "/\\\n\r:\"<>|?*") ||
	    !utf8_is_valid(str_of(name)) ||
	    strcmp(upload_clean_name(arena, str_of(name)), name) != 0)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = { (const char *)data + 1, size ? size - 1 : 0 }, value;
	struct arena *arena;

	if (size == 0)
		return 0;
	arena = arena_create(4096);
	check_target(arena, text);
	check_name(arena, text);
	check_form(text, data[0] % 64 + 1u);
	header_find_cookie(text, "a", &value);
	header_parameter(arena, text, "name");
	header_prefers_english(text);
	header_matches_etag(text, "a");
	upload_sniff(text);
	arena_destroy(arena);
	return 0;
}
