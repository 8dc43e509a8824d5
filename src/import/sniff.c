#include "import/sniff.h"

#include <string.h>

struct signature {
	const char *bytes;
	uint8_t size, offset;
	enum format format;
	const char *key, *what;
};

#define BYTES(literal) literal, sizeof(literal) - 1

static const struct signature signatures[] = {
	{ BYTES("PK\3\4"), 0, FORMAT_XLSX, NULL, NULL }, /* zip that is not packing */
	{ BYTES("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), 0, FORMAT_XLS, NULL, NULL },
	{ BYTES("\x89PNG\r\n\x1A\n"), 0, FORMAT_UNKNOWN, "reader.is_picture", "PNG" },
	{ BYTES("\xFF\xD8\xFF"), 0, FORMAT_UNKNOWN, "reader.is_picture", "JPEG" },
	{ BYTES("GIF8"), 0, FORMAT_UNKNOWN, "reader.is_picture", "GIF" },
	{ BYTES("II*\0"), 0, FORMAT_UNKNOWN, "reader.is_picture", "TIFF" },
	{ BYTES("MM\0*"), 0, FORMAT_UNKNOWN, "reader.is_picture", "TIFF" },
	{ BYTES("BM"), 0, FORMAT_UNKNOWN, "reader.is_picture", "BMP" },
	{ BYTES("WEBP"), 8, FORMAT_UNKNOWN, "reader.is_picture", "WebP" },
	{ BYTES("%PDF-"), 0, FORMAT_UNKNOWN, "reader.is_document", "PDF" },
	{ BYTES("{\\rtf"), 0, FORMAT_UNKNOWN, "reader.is_document", "RTF" },
	{ BYTES("%!PS"), 0, FORMAT_UNKNOWN, "reader.is_document", "PostScript" },
	{ BYTES("Rar!\x1A\x07"), 0, FORMAT_UNKNOWN, "reader.is_archive", "RAR" },
	{ BYTES("7z\xBC\xAF\x27\x1C"), 0, FORMAT_UNKNOWN, "reader.is_archive", "7-Zip" },
	{ BYTES("\xFD"
		"7zXZ\0"),
	  0, FORMAT_UNKNOWN, "reader.is_archive", "xz" },
	{ BYTES("BZh"), 0, FORMAT_UNKNOWN, "reader.is_archive", "bzip2" },
	{ BYTES("\x28\xB5\x2F\xFD"), 0, FORMAT_UNKNOWN, "reader.is_archive", "zstd" },
	{ BYTES("PK\7\x8"), 0, FORMAT_UNKNOWN, "reader.is_archive", "zip (1/n)" },
	{ BYTES("SQLite format 3"), 0, FORMAT_UNKNOWN, "reader.is_binary", "SQLite" },
	{ BYTES("\x7F"
		"ELF"),
	  0, FORMAT_UNKNOWN, "reader.is_binary", "ELF" },
};

/* Short signatures also begin ordinary text: they need a byte that text does not have. */
static bool is_plausible(const struct signature *signature, struct str start)
{
	if (signature->size > 3)
		return true;
	return memchr(start.data, 0, start.size < 512 ? start.size : 512) != NULL ||
	       (unsigned char)start.data[0] >= 0x80 || !memcmp(signature->bytes, "BZh", 3);
}

bool sniff_signature(struct str start, enum format *format_out, const char **key_out,
		     const char **what_out)
{
	enum { TAR_MARK_AT = 257 };

	*format_out = FORMAT_UNKNOWN;
	*key_out = "reader.is_archive";
	*what_out = "tar";
	if (start.size > TAR_MARK_AT + 5 && !memcmp(start.data + TAR_MARK_AT, "ustar", 5))
		return false;
	for (size_t i = 0; i < sizeof(signatures) / sizeof(signatures[0]); i++) {
		const struct signature *row = &signatures[i];

		if (start.size < (size_t)row->offset + row->size ||
		    memcmp(start.data + row->offset, row->bytes, row->size) != 0 ||
		    !is_plausible(row, start))
			continue;
		*format_out = row->format;
		*key_out = row->key;
		*what_out = row->what;
		return row->key == NULL;
	}
	return true;
}

/* Names an Office document's first member begins with. */
static const struct str office_names[] = {
	STR_INIT("[Content_Types].xml"),
	STR_INIT("_rels/"),
	STR_INIT("docProps/"),
	STR_INIT("xl/"),
	STR_INIT("word/"),
	STR_INIT("ppt/"),
	STR_INIT("customXml/"),
	STR_INIT("mimetype"),
};

static bool is_office(struct str start)
{
	enum { NAME_AT = 30, NAME_SIZE_AT = 26 };
	struct str name;

	if (start.size < NAME_AT)
		return false;
	name = str_slice(start, NAME_AT, NAME_AT + (size_t)(unsigned char)start.data[NAME_SIZE_AT]);
	for (size_t i = 0; i < sizeof(office_names) / sizeof(office_names[0]); i++)
		if (str_starts_with(name, office_names[i]))
			return true;
	return false;
}

enum packing sniff_packing(struct str start)
{
	if (str_starts_with(start, STR("\x1F\x8B")))
		return PACKING_GZIP;
	if (str_starts_with(start, STR("PK\5\6")))
		return PACKING_ZIP;
	if (str_starts_with(start, STR("PK\3\4")) && !is_office(start))
		return PACKING_ZIP;
	return PACKING_NONE;
}

static bool starts_with_nocase(struct str s, const char *prefix)
{
	size_t size = strlen(prefix);

	return s.size >= size &&
	       str_equal_nocase(str_slice(s, 0, size), (struct str){ prefix, size });
}

/* '[' and '{' also begin column headers ("[标]申请人"): JSON goes on in one way only. */
static bool is_json(struct str start)
{
	struct str rest = str_trim(str_slice(start, 1, start.size));

	if (start.data[0] == '{')
		return rest.size == 0 || rest.data[0] == '"' || rest.data[0] == '}';
	return start.data[0] == '[' &&
	       (rest.size == 0 || memchr("{[\"]-0123456789tfn", rest.data[0], 18) != NULL);
}

/* XML declaration, comments and processing instructions in front of what tells the kind. */
static struct str without_prolog(struct str s)
{
	static const struct str ends[][2] = { { STR_INIT("<?"), STR_INIT("?>") },
					      { STR_INIT("<!--"), STR_INIT("-->") } };

	for (size_t i = 0; i < 2; i++) {
		size_t end;

		if (!str_starts_with(s, ends[i][0]))
			continue;
		end = str_find(s, ends[i][1]);
		if (end == STR_NOT_FOUND)
			return s;
		s = str_trim(str_slice(s, end + ends[i][1].size, s.size));
		i = SIZE_MAX; /* begin again */
	}
	return s;
}

static bool is_html(struct str s)
{
	static const char *const starts[] = { "<!doctype html", "<html", "<table", "<head",
					      "<body",          "<meta", "<style", "<div" };

	for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++)
		if (starts_with_nocase(s, starts[i]))
			return true;
	return false;
}

static bool is_dtd(struct str s)
{
	return str_starts_with(s, STR("<!ELEMENT")) || str_starts_with(s, STR("<!ENTITY")) ||
	       str_starts_with(s, STR("<!ATTLIST")) || str_starts_with(s, STR("<!NOTATION")) ||
	       str_starts_with(s, STR("<!["));
}

bool sniff_text(struct str start, enum format *format_out, const char **key_out,
		const char **what_out)
{
	struct str text = str_trim(start), body;

	*format_out = FORMAT_DELIMITED;
	*key_out = "reader.is_empty";
	*what_out = "";
	if (text.size == 0)
		return false;
	if (is_json(text))
		*format_out = FORMAT_JSON;
	if (text.data[0] != '<')
		return true;
	body = without_prolog(text);
	*key_out = "reader.is_schema";
	*what_out = "DTD";
	if (is_dtd(body))
		return false;
	*format_out = is_html(body) ? FORMAT_HTML : FORMAT_XML;
	return true;
}

/* Text has next to no control characters; more than this in a thousand bytes is no text. */
enum { CONTROLS_PER_THOUSAND = 10, CONTROLS_FREE = 4 };

bool sniff_is_text(struct str s)
{
	size_t wrong = 0;

	for (size_t i = 0; i < s.size; i++)
		wrong += ((unsigned char)s.data[i] < ' ' &&
			  !strchr("\t\n\r\f\x1A\x1B", s.data[i])) ||
			 (i + 2 < s.size && memcmp(s.data + i, "\xEF\xBF\xBD", 3) == 0);
	return wrong <= CONTROLS_FREE || wrong * 1000 <= s.size * CONTROLS_PER_THOUSAND;
}
