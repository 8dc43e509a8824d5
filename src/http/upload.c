#include "http/upload.h"
#include "base/file.h"
#include "base/strbuf.h"
#include "base/utf8.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

enum { NAME_SIZE_MAX = 180, ENDING_SIZE_MAX = 20 };

/* ---- Names. */

static bool is_unwanted(uint32_t rune)
{
	return rune < ' ' || (rune >= 0x7F && rune < 0xA0) ||
	       (rune >= 0x200B && rune <= 0x200F) || /* zero width, marks of direction */
	       (rune >= 0x202A && rune <= 0x202E) || (rune >= 0x2066 && rune <= 0x2069) ||
	       rune == 0xFEFF || rune == UTF8_REPLACEMENT;
}

static struct str last_part(struct str name)
{
	for (size_t i = name.size; i > 0; i--)
		if (name.data[i - 1] == '/' || name.data[i - 1] == '\\')
			return str_slice(name, i, name.size);
	return name;
}

static struct str ending_of(struct str name)
{
	for (size_t i = name.size; i > 1 && name.size - i < ENDING_SIZE_MAX; i--)
		if (name.data[i - 1] == '.')
			return str_slice(name, i - 1, name.size);
	return STR_EMPTY;
}

/* Devices of Windows, whatever their ending: nobody could save such a file. */
static bool is_device(struct str name)
{
	static const char *const devices[] = { "con", "prn", "aux", "nul" };
	struct str stem = str_slice(name, 0, str_find_byte(name, '.'));

	for (size_t i = 0; i < sizeof(devices) / sizeof(devices[0]); i++)
		if (str_equal_nocase(stem, str_of(devices[i])))
			return true;
	return stem.size == 4 && stem.data[3] >= '0' && stem.data[3] <= '9' &&
	       (str_equal_nocase(str_slice(stem, 0, 3), STR("com")) ||
		str_equal_nocase(str_slice(stem, 0, 3), STR("lpt")));
}

/* Without blanks at the ends, dots in front (hidden files) and behind (Windows drops them). */
static struct str without_ends(struct str name)
{
	name = str_trim(name);
	while (name.size && name.data[0] == '.')
		name = str_trim(str_slice(name, 1, name.size));
	while (name.size && name.data[name.size - 1] == '.')
		name = str_trim(str_slice(name, 0, name.size - 1));
	return name;
}

static void add_shortened(struct strbuf *name, struct str clean)
{
	struct str ending = ending_of(clean);
	size_t room = NAME_SIZE_MAX - ending.size;

	if (clean.size <= NAME_SIZE_MAX) {
		strbuf_add_str(name, clean);
		return;
	}
	/* Clean text is valid UTF-8: go back to the beginning of a character. */
	while (room > 0 && ((unsigned char)clean.data[room] & 0xC0) == 0x80)
		room--;
	strbuf_add_str(name, without_ends(str_slice(clean, 0, room)));
	strbuf_add_str(name, ending);
}

const char *upload_clean_name(struct arena *arena, struct str name)
{
	struct strbuf clean = STRBUF_INIT, result = STRBUF_INIT;
	struct str kept;
	const char *text;

	name = last_part(name);
	for (size_t at = 0; at < name.size;) {
		uint32_t rune = utf8_next(name, &at);

		if (is_unwanted(rune))
			continue;
		strbuf_add_rune(&clean, rune < 0x80 && strchr("<>:\"|?*", (int)rune) ? '_' : rune);
	}
	kept = without_ends(strbuf_str(&clean));
	if (is_device(kept))
		kept = str_of(arena_printf(arena, "_%.*s", STR_ARGS(kept)));
	add_shortened(&result, kept.size ? kept : STR("upload"));
	text = arena_copy(arena, result.data, result.size);
	strbuf_release(&clean);
	strbuf_release(&result);
	return text;
}

/* ---- Content. */

#define TYPE_ZIP   "application/zip"
#define TYPE_OLE   "application/x-ole-storage"
#define TYPE_TEXT  "text/plain"
#define TYPE_XML   "application/xml"
#define TYPE_HTML  "text/html"
#define TYPE_JSON  "application/json"
#define TYPE_OTHER "application/octet-stream"
#define TYPE_CODE  "application/x-executable"

static const struct {
	struct str magic;
	const char *media_type;
} magics[] = {
	{ STR_INIT("PK\3\4"), TYPE_ZIP },
	{ STR_INIT("PK\5\6"), TYPE_ZIP },
	{ STR_INIT("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), TYPE_OLE },
	{ STR_INIT("\x1F\x8B"), "application/gzip" },
	{ STR_INIT("%PDF-"), "application/pdf" },
	{ STR_INIT("\x89PNG\r\n\x1A\n"), "image/png" },
	{ STR_INIT("\xFF\xD8\xFF"), "image/jpeg" },
	{ STR_INIT("GIF8"), "image/gif" },
	{ STR_INIT("MZ"), TYPE_CODE },
	{ STR_INIT("\x7F"
		   "ELF"),
	  TYPE_CODE },
	{ STR_INIT("#!"), TYPE_CODE },
	{ STR_INIT("\xCF\xFA\xED\xFE"), TYPE_CODE },
};

/* Text of any of the encodings exports come in: no NUL, no control characters but the usual. */
static bool looks_like_text(struct str start)
{
	for (size_t i = 0; i < start.size; i++) {
		unsigned char c = (unsigned char)start.data[i];

		if (c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f')
			return false;
	}
	return true;
}

static bool contains_nocase(struct str text, struct str wanted)
{
	for (size_t i = 0; i + wanted.size <= text.size; i++)
		if (str_equal_nocase(str_slice(text, i, i + wanted.size), wanted))
			return true;
	return false;
}

static const char *sniff_text(struct str start)
{
	struct str text = str_trim(start);

	if (str_starts_with(start, STR("\xFF\xFE")) || str_starts_with(start, STR("\xFE\xFF")))
		return TYPE_TEXT; /* UTF-16 */
	if (!looks_like_text(start))
		return TYPE_OTHER;
	if (contains_nocase(text, STR("<html")) || contains_nocase(text, STR("<!doctype html")) ||
	    contains_nocase(text, STR("<script")))
		return TYPE_HTML;
	if (str_starts_with(text, STR("<")))
		return TYPE_XML;
	if (str_starts_with(text, STR("{")) || str_starts_with(text, STR("[")))
		return TYPE_JSON;
	return TYPE_TEXT;
}

const char *upload_sniff(struct str start)
{
	start = str_slice(start, 0, SNIFF_SIZE);
	for (size_t i = 0; i < sizeof(magics) / sizeof(magics[0]); i++)
		if (str_starts_with(start, magics[i].magic))
			return magics[i].media_type;
	return sniff_text(start);
}

/* What the endings mean; old exports name tables of HTML or text .xls. */
static const struct {
	const char *ending;
	const char *media_types[5];
} endings[] = {
	{ ".xlsx", { TYPE_ZIP } },
	{ ".docx", { TYPE_ZIP } },
	{ ".pptx", { TYPE_ZIP } },
	{ ".ofd", { TYPE_ZIP } },
	{ ".zip", { TYPE_ZIP } },
	{ ".xls", { TYPE_OLE, TYPE_HTML, TYPE_XML, TYPE_TEXT } },
	{ ".doc", { TYPE_OLE } },
	{ ".gz", { "application/gzip" } },
	{ ".pdf", { "application/pdf" } },
	{ ".png", { "image/png" } },
	{ ".jpg", { "image/jpeg" } },
	{ ".jpeg", { "image/jpeg" } },
	{ ".gif", { "image/gif" } },
	{ ".csv", { TYPE_TEXT, TYPE_JSON, TYPE_XML, TYPE_HTML } },
	{ ".tsv", { TYPE_TEXT, TYPE_JSON, TYPE_XML, TYPE_HTML } },
	{ ".txt", { TYPE_TEXT, TYPE_JSON, TYPE_XML, TYPE_HTML } },
	{ ".md", { TYPE_TEXT, TYPE_JSON, TYPE_XML, TYPE_HTML } },
	{ ".toml", { TYPE_TEXT, TYPE_JSON } },
	{ ".json", { TYPE_JSON } },
	{ ".jsonl", { TYPE_JSON } },
	{ ".xml", { TYPE_XML, TYPE_HTML } },
	{ ".htm", { TYPE_HTML, TYPE_XML } },
	{ ".html", { TYPE_HTML, TYPE_XML } },
};

static bool matches(const char *const media_types[5], const char *media_type)
{
	for (size_t i = 0; i < 5 && media_types[i]; i++)
		if (strcmp(media_types[i], media_type) == 0)
			return true;
	return false;
}

bool upload_check(const struct upload *upload, struct error *error)
{
	struct str ending = ending_of(str_of(upload->name));

	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++)
		if (str_equal_nocase(ending, str_of(endings[i].ending)) &&
		    matches(endings[i].media_types, upload->media_type))
			return true;
	return error_set(error, ERROR_INVALID, "http.upload_type", "%s", upload->name);
}

/* ---- Keeping. */

static bool sync_file(const char *path)
{
	int file = open(path, O_RDONLY | O_CLOEXEC);
	bool done = file >= 0 && fsync(file) == 0;

	if (file >= 0)
		close(file);
	return done;
}

bool upload_keep(struct upload *upload, const char *path, struct error *error)
{
	char folder[4096];
	const char *slash = strrchr(path, '/');

	if (!sync_file(upload->path) || rename(upload->path, path) != 0)
		return error_set_errno(error, "http.temporary", file_name(path));
	upload->path = NULL;
	snprintf(folder, sizeof(folder), "%.*s", slash ? (int)(slash - path) : 1,
		 slash ? path : ".");
	return file_sync_folder(folder[0] ? folder : "/", error);
}
