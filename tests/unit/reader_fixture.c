#include "reader_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <string.h>
#include <unistd.h>
#include <zip.h>
#include <zlib.h>

static void remove_file(void *path)
{
	unlink(path);
}

const char *fixture_file(struct arena *arena, const void *data, size_t size)
{
	char *path = arena_printf(arena, "/tmp/yucheng-reader-XXXXXX");
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, data, size), (ssize_t)size);
	close(fd);
	arena_defer(arena, remove_file, path);
	return path;
}

static void show_cells(struct strbuf *shown, const struct row *row, bool groups)
{
	for (size_t i = 0; i < row->count; i++) {
		const struct cell *cell = &row->cells[i];

		strbuf_addf(shown, "%s%.*s", i ? "; " : "", STR_ARGS(cell->path));
		if (groups)
			strbuf_addf(shown, "@%u", cell->group);
		strbuf_addf(shown, "=%.*s", STR_ARGS(cell->value));
		assert_true(cell->group < row->group_count);
		assert_int_equal(row->groups[cell->group].parent, cell->parent);
	}
}

static void show_row(struct strbuf *shown, const struct row *row, enum read_result result,
		     const struct error *error, bool groups)
{
	if (row->member.size)
		strbuf_addf(shown, "%.*s ", STR_ARGS(row->member));
	strbuf_addf(shown, "%ld%s", (long)row->place, result == READ_ROW ? ": " : "! ");
	if (result == READ_ROW)
		show_cells(shown, row, groups);
	else
		strbuf_add_cstr(shown, error->key);
	if (row->warning)
		strbuf_addf(shown, " (%s)", row->warning);
	strbuf_add_byte(shown, '\n');
}

static void show_rows(struct strbuf *shown, struct reader *reader,
		      const struct read_options *options)
{
	struct error error = { .key = "none" };
	struct arena *arena = arena_create(0);
	enum read_result result = READ_ROW;
	struct row row;

	if (options->skip && !reader_skip(reader, options->skip, &error))
		result = READ_FAILED;
	while (result == READ_ROW || result == READ_BAD_ROW) {
		result = reader_next(reader, arena, &row, &error);
		if (result == READ_ROW || result == READ_BAD_ROW)
			show_row(shown, &row, result, &error, options->groups);
	}
	if (result == READ_FAILED)
		strbuf_addf(shown, "! %s\n", error.key);
	assert_int_equal(reader_next(reader, arena, &row, &error), READ_END);
	arena_destroy(arena);
}

const char *fixture_shown(struct arena *arena, const char *path, const struct read_options *options)
{
	struct strbuf shown = STRBUF_INIT;
	struct error error = { .key = "none" };
	struct reader *reader;
	char *text;

	if (reader_open(arena, path, options->limits, &reader, &error)) {
		reader_set_records(reader, options->rules, options->rule_count);
		show_rows(&shown, reader, options);
	} else {
		strbuf_addf(&shown, "! %s\n", error.key);
	}
	reader_close(reader);
	text = str_to_cstr(arena, strbuf_str(&shown));
	strbuf_release(&shown);
	return text;
}

const char *fixture_read(struct arena *arena, struct str content,
			 const struct read_options *options)
{
	return fixture_shown(arena, fixture_file(arena, content.data, content.size), options);
}

void fixture_expect_with(struct str content, const struct read_options *options,
			 const char *expected)
{
	struct arena *arena = arena_create(0);

	assert_string_equal(fixture_read(arena, content, options), expected);
	arena_destroy(arena);
}

void fixture_expect(struct str content, const char *expected)
{
	fixture_expect_with(content, &(struct read_options){ 0 }, expected);
}

struct str fixture_zip(struct arena *arena, const struct fixture_member *members, size_t count)
{
	zip_error_t error;
	zip_source_t *target = zip_source_buffer_create(NULL, 0, 0, &error);
	zip_t *archive = zip_open_from_source(target, ZIP_CREATE | ZIP_TRUNCATE, &error);
	zip_stat_t status;
	char *data;

	zip_source_keep(target);
	for (size_t i = 0; i < count; i++) {
		struct str content = members[i].content;
		zip_source_t *source = zip_source_buffer(archive, content.data ? content.data : "",
							 content.size, 0);

		assert_true(zip_file_add(archive, members[i].name, source, 0) >= 0);
	}
	assert_int_equal(zip_close(archive), 0);
	assert_int_equal(zip_source_open(target), 0);
	assert_int_equal(zip_source_stat(target, &status), 0);
	data = arena_alloc(arena, (size_t)status.size);
	assert_int_equal(zip_source_read(target, data, status.size), (zip_int64_t)status.size);
	zip_source_close(target);
	zip_source_free(target);
	return (struct str){ data, (size_t)status.size };
}

struct str fixture_gzip(struct arena *arena, struct str content)
{
	z_stream z = { 0 };
	size_t room = content.size + 1024;
	char *data = arena_alloc(arena, room);

	assert_int_equal(deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
	z.next_in = (unsigned char *)(uintptr_t)content.data;
	z.avail_in = (unsigned)content.size;
	z.next_out = (unsigned char *)data;
	z.avail_out = (unsigned)room;
	assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
	deflateEnd(&z);
	return (struct str){ data, room - z.avail_out };
}

struct str fixture_workbook(struct arena *arena, const char *rows, const char *strings,
			    const char *styles)
{
	const struct fixture_member members[] = {
		{ "[Content_Types].xml", STR("<Types/>") },
		{ "xl/workbook.xml",
		  STR("<workbook xmlns:r=\"r\"><sheets><sheet name=\"notes\" r:id=\"r1\"/>"
		      "<sheet name=\"data\" r:id=\"r2\"/></sheets></workbook>") },
		{ "xl/_rels/workbook.xml.rels",
		  STR("<Relationships><Relationship Id=\"r1\" Target=\"worksheets/a.xml\"/>"
		      "<Relationship Id=\"r2\" "
		      "Target=\"/xl/worksheets/b.xml\"/></Relationships>") },
		{ "xl/worksheets/a.xml",
		  STR("<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is>"
		      "<t>Read me</t></is></c></row></sheetData></worksheet>") },
		{ "xl/worksheets/b.xml",
		  str_of(arena_printf(arena, "<worksheet><sheetData>%s</sheetData></worksheet>",
				      rows)) },
		{ "xl/sharedStrings.xml", str_of(arena_printf(arena, "<sst>%s</sst>", strings)) },
		{ "xl/styles.xml",
		  str_of(arena_printf(arena, "<styleSheet>%s</styleSheet>", styles)) },
	};

	return fixture_zip(arena, members, sizeof(members) / sizeof(members[0]));
}
