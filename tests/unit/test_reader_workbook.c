#include "reader_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <string.h>

static void expect_sheet(const char *rows, const char *strings, const char *styles,
			 const char *expected)
{
	struct arena *arena = arena_create(0);

	fixture_expect(fixture_workbook(arena, rows, strings, styles), expected);
	arena_destroy(arena);
}

#define HEADER                                                                                     \
	"<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c>"            \
	"<c r=\"C1\" t=\"inlineStr\"><is><t>日期</t></is></c></row>"
#define STRINGS "<si><t>号</t></si><si><r><t>名</t></r><r><t>称</t></r><rPh><t>x</t></rPh></si>"
#define STYLES                                                                                     \
	"<numFmts><numFmt numFmtId=\"170\" formatCode=\"yyyy/m/d\"/>"                              \
	"<numFmt numFmtId=\"171\" formatCode=\"[Red]0.0&quot;day&quot;\"/></numFmts>"              \
	"<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/>"          \
	"<xf numFmtId=\"14\"/><xf numFmtId=\"170\"/><xf numFmtId=\"171\"/></cellXfs>"

static void cells_of_every_kind(void **state)
{
	(void)state;
	expect_sheet(HEADER
		     "<row r=\"3\"><c r=\"A3\"><v>2.0140870001E+11</v></c>"
		     "<c r=\"C3\" s=\"1\"><v>40759</v></c></row>"
		     "<row r=\"4\"><c t=\"str\"><f>1</f><v> a </v></c><c t=\"b\"><v>1</v></c>"
		     "<c s=\"2\"><v>40759.5625</v></c></row>"
		     "<row r=\"5\"><c r=\"A5\" t=\"e\"><v>#N/A</v></c>"
		     "<c r=\"B5\" s=\"3\"><v>1.50</v></c><c r=\"C5\" t=\"d\">"
		     "<v>2011-08-04T00:00:00</v></c></row>",
		     STRINGS, STYLES,
		     "3: 号=201408700010; 日期=2011-08-04\n"
		     "4: 号=a; 名称=true; 日期=2011-08-04 13:30:00\n"
		     "5: 名称=1.5; 日期=2011-08-04\n");
}

static void damage_is_told(void **state)
{
	struct arena *arena = arena_create(0);
	struct str whole = fixture_workbook(
		arena, HEADER "<row r=\"2\"><c r=\"A2\"><v>1</v></c></row>", STRINGS, STYLES);

	(void)state;
	fixture_expect(whole, "2: 号=1\n");
	fixture_expect(str_slice(whole, 0, whole.size / 2), "! reader.workbook_damaged\n");
	expect_sheet(HEADER "<row r=\"2\"><c r=\"A2\"><v>1</v></c></row><row r=\"3\"><c", STRINGS,
		     STYLES, "2: 号=1\n! reader.workbook_damaged\n");
	expect_sheet(HEADER "<row><c t=\"s\"><v>99</v></c><c t=\"s\"><v>-1</v></c><c r=\"ZZZZZZ9\">"
			    "<v>1</v></c></row><row><c r=\"A9\"><v>7</v></c></row>",
		     STRINGS, STYLES, "2! reader.too_many_columns\n3: 号=7\n");
	arena_destroy(arena);
}

static void other_office_files_are_named(void **state)
{
	const struct fixture_member word[] = { { "[Content_Types].xml", STR("<Types/>") },
					       { "word/document.xml", STR("<w/>") } };
	struct arena *arena = arena_create(0);

	(void)state;
	fixture_expect(fixture_zip(arena, word, 2), "! reader.is_document\n");
	arena_destroy(arena);
}

/* ---- a compound file with one stream, made by hand ([MS-CFB]) ---- */

static void put16(struct strbuf *to, unsigned value)
{
	strbuf_add_byte(to, (char)value);
	strbuf_add_byte(to, (char)(value >> 8));
}

static void put32(struct strbuf *to, uint32_t value)
{
	put16(to, value & 0xFFFF);
	put16(to, value >> 16);
}

static void fill(struct strbuf *to, size_t size, char byte)
{
	while (to->size % 512 || to->size < size)
		strbuf_add_byte(to, byte);
}

static void put_entry(struct strbuf *to, const char *name, char kind, uint32_t first, uint32_t size)
{
	size_t from = to->size;

	for (const char *c = name; *c; c++)
		put16(to, (unsigned char)*c);
	while (to->size < from + 64)
		strbuf_add_byte(to, 0);
	put16(to, (unsigned)(2 * strlen(name) + 2));
	strbuf_add_byte(to, kind);
	while (to->size < from + 116)
		strbuf_add_byte(to, kind == 0 ? 0 : -1);
	put32(to, first);
	put32(to, size);
	put32(to, 0);
}

/* Sector 0 is the allocation table, 1 the directory, from 2 on the stream. */
static void make_compound(struct strbuf *file, const char *name, struct strbuf *stream)
{
	uint32_t sectors;

	fill(stream, 4096, 0);
	sectors = (uint32_t)(stream->size / 512);
	strbuf_add(file, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);
	while (file->size < 24)
		strbuf_add_byte(file, 0);
	put16(file, 0x3E);
	put16(file, 3);
	put16(file, 0xFFFE);
	put16(file, 9);
	put16(file, 6);
	while (file->size < 44)
		strbuf_add_byte(file, 0);
	put32(file, 1);
	put32(file, 1);
	put32(file, 0);
	put32(file, 4096);
	put32(file, 0xFFFFFFFE);
	put32(file, 0);
	put32(file, 0xFFFFFFFE);
	put32(file, 0);
	put32(file, 0);
	fill(file, 512, -1);
	put32(file, 0xFFFFFFFD);
	put32(file, 0xFFFFFFFE);
	for (uint32_t i = 0; i < sectors; i++)
		put32(file, i + 1 < sectors ? i + 3 : 0xFFFFFFFE);
	fill(file, 1024, -1);
	put_entry(file, "Root Entry", 5, 0xFFFFFFFE, 0);
	put_entry(file, name, 2, 2, (uint32_t)stream->size);
	fill(file, 1536, 0);
	strbuf_add_str(file, strbuf_str(stream));
}

static void put_record(struct strbuf *to, unsigned kind, const void *data, size_t size)
{
	put16(to, kind);
	put16(to, (unsigned)size);
	strbuf_add(to, data, size);
}

#define RECORD(to, kind, bytes) put_record(to, kind, bytes, sizeof(bytes) - 1)

/* Globals with two shared strings, the second cut by a CONTINUE record; the sheet at 0x100. */
static void make_book(struct strbuf *book)
{
	RECORD(book, 0x809, "\x00\x06\x05\x00\0\0\0\0\0\0\0\0\0\0\0\0");
	RECORD(book, 0x41E, "\xAA\x00\x08\x00\x00yyyy\\-mm");
	RECORD(book, 0xE0, "\0\0\0\0");
	RECORD(book, 0xE0, "\0\0\xAA\0");
	RECORD(book, 0x85, "\x00\x01\x00\x00\0\0\x01\0S");
	RECORD(book, 0xFC, "\x02\0\0\0\x02\0\0\0\x02\0\0no\x04\0\x00wh");
	RECORD(book, 0x3C, "\x01\x65\0\x6E\x8F");
	RECORD(book, 0x0A, "");
	while (book->size < 0x100)
		strbuf_add_byte(book, 0);
	RECORD(book, 0x809, "\x00\x06\x10\x00\0\0\0\0\0\0\0\0\0\0\0\0");
	RECORD(book, 0xFD, "\0\0\0\0\0\0\0\0\0\0");
	RECORD(book, 0xFD, "\0\0\1\0\0\0\1\0\0\0");
	/* 12.34 as hundredths, a date, a text of its own, a formula with a text */
	RECORD(book, 0x27E, "\1\0\0\0\0\0\x4B\x13\0\0");
	RECORD(book, 0x203, "\1\0\1\0\1\0\0\0\0\0\xE0\xE6\xE3\x40");
	RECORD(book, 0x204, "\2\0\0\0\0\0\2\0\0ab");
	RECORD(book, 0x06, "\2\0\1\0\0\0\0\0\0\0\0\0\xFF\xFF\0\0\0\0\0\0\0\0");
	RECORD(book, 0x207, "\1\0\1\x35\x75");
}

static void old_workbooks_are_read(void **state)
{
	struct strbuf book = STRBUF_INIT, file = STRBUF_INIT;

	(void)state;
	make_book(&book);
	RECORD(&book, 0x0A, "");
	make_compound(&file, "Workbook", &book);
	fixture_expect(strbuf_str(&file), "2: no=12.34; whe轮=2011-08-04\n3: no=ab; whe轮=电\n");
	fixture_expect((struct str){ file.data, 1700 }, "! reader.workbook_damaged\n");
	strbuf_release(&book);
	strbuf_release(&file);
}

static void old_workbooks_without_end(void **state)
{
	struct strbuf book = STRBUF_INIT, file = STRBUF_INIT;

	(void)state;
	make_book(&book);
	put16(&book, 0xFD);
	put16(&book, 0xFFFF);
	make_compound(&file, "Workbook", &book);
	fixture_expect(strbuf_str(&file), "2: no=12.34; whe轮=2011-08-04\n"
					  "3: no=ab; whe轮=电\n! reader.workbook_damaged\n");
	strbuf_release(&book);
	strbuf_release(&file);
}

static void locked_and_foreign_compound_files(void **state)
{
	static const struct {
		const char *name, *expected;
	} cases[] = {
		{ "EncryptedPackage", "! reader.is_encrypted\n" },
		{ "WordDocument", "! reader.is_document\n" },
		{ "Book", "! reader.workbook_old\n" },
		{ "Something", "! reader.is_binary\n" },
	};
	struct strbuf book = STRBUF_INIT, file = STRBUF_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		strbuf_clear(&file);
		strbuf_clear(&book);
		make_compound(&file, cases[i].name, &book);
		fixture_expect(strbuf_str(&file), cases[i].expected);
	}
	strbuf_clear(&file);
	strbuf_clear(&book);
	RECORD(&book, 0x809, "\x00\x06\x05\x00\0\0\0\0\0\0\0\0\0\0\0\0");
	RECORD(&book, 0x2F, "\0\0\0\0\0\0");
	make_compound(&file, "Workbook", &book);
	fixture_expect(strbuf_str(&file), "! reader.is_encrypted\n");
	strbuf_release(&book);
	strbuf_release(&file);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cells_of_every_kind),
		cmocka_unit_test(damage_is_told),
		cmocka_unit_test(other_office_files_are_named),
		cmocka_unit_test(old_workbooks_are_read),
		cmocka_unit_test(old_workbooks_without_end),
		cmocka_unit_test(locked_and_foreign_compound_files),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
