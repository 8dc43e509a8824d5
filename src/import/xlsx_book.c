#include "import/xlsx_internal.h"

#include "import/workbook.h"

#include <string.h>

enum { STYLES_MAX = 1 << 17, SHEETS_MAX = 4096 };

/* What the handlers of the small parts work on. */
struct book {
	struct reader *reader;
	struct xlsx *state;
	bool in_styles;
	/* shared strings: */
	struct strbuf text;
	bool in_text, in_phonetic;
};

static size_t number_of(const char *text)
{
	int64_t value;

	return text && str_to_int64(str_of(text), &value) && value >= 0 ? (size_t)value : 0;
}

static bool is_true(const char *text)
{
	return text && (strcmp(text, "1") == 0 || strcmp(text, "true") == 0);
}

static void book_start(void *user, const char *name, const char **attributes)
{
	struct book *book = user;
	const char *local = package_local(name), *relation = package_attribute(attributes, "r:id");
	struct xlsx_sheet *sheet;

	if (strcmp(local, "workbookPr") == 0)
		book->state->from_1904 = is_true(package_attribute(attributes, "date1904"));
	if (strcmp(local, "sheet") != 0 || book->state->sheets.count == SHEETS_MAX)
		return;
	sheet = list_add(&book->state->sheets);
	sheet->relation = str_copy(book->reader->part_arena, str_of(relation));
}

/* Targets are relative to xl/, or absolute. */
static void relations_start(void *user, const char *name, const char **attributes)
{
	struct book *book = user;
	const char *id = package_attribute(attributes, "Id");
	const char *target = package_attribute(attributes, "Target");

	(void)name;
	for (size_t i = 0; id && target && i < book->state->sheets.count; i++) {
		struct xlsx_sheet *sheet = &LIST_AT(&book->state->sheets, struct xlsx_sheet, i);

		if (str_equal_cstr(sheet->relation, id))
			sheet->path = arena_printf(book->reader->part_arena, "%s%s",
						   *target == '/' ? "" : "xl/",
						   *target == '/' ? target + 1 : target);
	}
}

static bool is_own_date_format(const struct xlsx *state, size_t id)
{
	for (size_t i = 0; i < state->formats.count; i++)
		if (LIST_AT(&state->formats, uint32_t, i) == id)
			return true;
	return false;
}

static void styles_start(void *user, const char *name, const char **attributes)
{
	struct book *book = user;
	struct xlsx *state = book->state;
	const char *local = package_local(name);
	const char *format = package_attribute(attributes, "formatCode");
	size_t id = number_of(package_attribute(attributes, "numFmtId"));

	if (strcmp(local, "cellXfs") == 0)
		book->in_styles = true;
	if (strcmp(local, "numFmt") == 0 && format && workbook_is_date_format(str_of(format)) &&
	    state->formats.count < STYLES_MAX)
		*(uint32_t *)list_add(&state->formats) = (uint32_t)id;
	if (book->in_styles && strcmp(local, "xf") == 0 && state->is_date.count < STYLES_MAX)
		*(bool *)list_add(&state->is_date) = workbook_is_date_id((unsigned)id) ||
						     is_own_date_format(state, id);
}

static void styles_end(void *user, const char *name)
{
	if (strcmp(package_local(name), "cellXfs") == 0)
		((struct book *)user)->in_styles = false;
}

static void strings_start(void *user, const char *name, const char **attributes)
{
	struct book *book = user;
	const char *local = package_local(name);

	(void)attributes;
	if (strcmp(local, "si") == 0)
		strbuf_clear(&book->text);
	else if (strcmp(local, "rPh") == 0)
		book->in_phonetic = true;
	else if (strcmp(local, "t") == 0)
		book->in_text = !book->in_phonetic;
}

static void strings_text(void *user, const char *data, int size)
{
	struct book *book = user;

	if (book->in_text)
		strbuf_add(&book->text, data, (size_t)size);
}

static void end_string(struct book *book)
{
	if (!string_pool_add(&book->state->shared, strbuf_str(&book->text)))
		package_stop(book->state->package, "reader.unpacked_too_large");
}

static void strings_end(void *user, const char *name)
{
	struct book *book = user;
	const char *local = package_local(name);

	if (strcmp(local, "rPh") == 0)
		book->in_phonetic = false;
	else if (strcmp(local, "t") == 0)
		book->in_text = false;
	else if (strcmp(local, "si") == 0)
		end_string(book);
}

static bool read_part(struct book *book, const char *name, package_start_fn start,
		      package_end_fn end, package_text_fn text, struct error *error)
{
	const struct package_handlers handlers = { start, end, text };

	return package_read(book->state->package, name, &handlers, book, error);
}

static bool read_strings(struct book *book, struct error *error)
{
	struct string_pool *pool = &book->state->shared;
	bool done;

	if (!package_has(book->state->package, "xl/sharedStrings.xml"))
		return true;
	if (!string_pool_open(pool, book->reader->limits.spool_size_max, error))
		return false;
	book->text = STRBUF_INIT;
	book->text.size_max = book->reader->limits.cell_size_max + 1;
	done = read_part(book, "xl/sharedStrings.xml", strings_start, strings_end, strings_text,
			 error) &&
	       string_pool_map(pool, error);
	strbuf_release(&book->text);
	return done;
}

bool xlsx_read_book(struct reader *reader, struct error *error)
{
	struct book book = { .reader = reader, .state = reader->state };

	if (!read_part(&book, "xl/workbook.xml", book_start, NULL, NULL, error) ||
	    !read_part(&book, "xl/_rels/workbook.xml.rels", relations_start, NULL, NULL, error))
		return false;
	if (package_has(book.state->package, "xl/styles.xml") &&
	    !read_part(&book, "xl/styles.xml", styles_start, styles_end, NULL, error))
		return false;
	return read_strings(&book, error);
}
