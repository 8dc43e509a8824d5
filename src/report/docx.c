#include "report/docx_internal.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <zip.h>

extern const struct str docx_styles, docx_numbering, docx_settings, docx_package_links;

#define XML_HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define NAMESPACES                                                                                 \
	" xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""                \
	" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\""         \
	" xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\""     \
	" xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\""                       \
	" xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\""
#define RELATION  "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
#define WORD_TYPE "application/vnd.openxmlformats-officedocument.wordprocessingml."

/* ---- Paragraphs. */

static void add_run(struct strbuf *out, struct str text)
{
	strbuf_add_cstr(out, "<w:r><w:t xml:space=\"preserve\">");
	markup_add_text(out, text);
	strbuf_add_cstr(out, "</w:t></w:r>");
}

static void begin_paragraph(struct strbuf *out, const char *style)
{
	strbuf_addf(out, "<w:p><w:pPr><w:pStyle w:val=\"%s\"/></w:pPr>", style);
}

static void end_paragraph(struct strbuf *out)
{
	strbuf_add_cstr(out, "</w:p>\n");
}

void docx_add_paragraph(struct docx *docx, const char *style, struct str text)
{
	begin_paragraph(&docx->body, style);
	add_run(&docx->body, text);
	end_paragraph(&docx->body);
}

/* A field Word and others work out for themselves: PAGE, PAGEREF name. */
static void add_field(struct strbuf *out, const char *instruction)
{
	strbuf_addf(out,
		    "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText "
		    "xml:space=\"preserve\"> %s </w:instrText></w:r><w:r><w:fldChar "
		    "w:fldCharType=\"separate\"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar "
		    "w:fldCharType=\"end\"/></w:r>",
		    instruction);
}

/* "2.1", "附录 A" */
static struct str heading_number(const struct docx *docx, const struct report_block *block)
{
	struct str prefix = report_pick(docx->report, "附录 ", "Appendix ");

	if (block->level != 1 || block->number[0] < 'A')
		return str_of(block->number);
	return str_of(arena_printf(docx->arena, "%.*s%s", STR_ARGS(prefix), block->number));
}

static void add_heading(struct docx *docx, const struct report_block *block)
{
	unsigned bookmark = ++docx->bookmark_count;
	struct strbuf *out = &docx->body;

	strbuf_addf(out,
		    "<w:p><w:pPr><w:pStyle w:val=\"Heading%u\"/></w:pPr>"
		    "<w:bookmarkStart w:id=\"%u\" w:name=\"_section_%s\"/>",
		    block->level, bookmark, block->number);
	add_run(out, heading_number(docx, block));
	strbuf_add_cstr(out, "<w:r><w:t xml:space=\"preserve\">\xE3\x80\x80</w:t></w:r>");
	add_run(out, block->text);
	strbuf_addf(out, "<w:bookmarkEnd w:id=\"%u\"/>", bookmark);
	end_paragraph(out);
}

/* Its page numbers are fields that stay right whatever is changed in Word. */
static void add_contents(struct docx *docx)
{
	struct strbuf *out = &docx->body;

	docx_add_paragraph(docx, "ContentsTitle", report_pick(docx->report, "目　录", "Contents"));
	for (const struct report_block *block = docx->report->first; block; block = block->next) {
		if (block->kind != BLOCK_HEADING || block->level > 2)
			continue;
		strbuf_addf(out,
			    "<w:p><w:pPr><w:pStyle w:val=\"Contents%u\"/></w:pPr>"
			    "<w:hyperlink w:anchor=\"_section_%s\">",
			    block->level, block->number);
		add_run(out, heading_number(docx, block));
		strbuf_add_cstr(out, "<w:r><w:t xml:space=\"preserve\">\xE3\x80\x80</w:t></w:r>");
		add_run(out, block->text);
		strbuf_add_cstr(out, "<w:r><w:tab/></w:r>");
		add_field(out, arena_printf(docx->arena, "PAGEREF _section_%s \\h", block->number));
		strbuf_add_cstr(out, "</w:hyperlink>");
		end_paragraph(out);
	}
}

/* ---- The report from front to back. */

static void add_cover(struct docx *docx)
{
	const struct report *report = docx->report;

	docx_add_paragraph(docx, "CoverKind", report->kind);
	docx_add_paragraph(docx, "Title", report->title);
	if (report->is_demo)
		docx_add_paragraph(docx, "CoverMark",
				   report_pick(report, "示例数据 · 全部文献与名称均为虚构",
					       "Demo data · all documents and names are invented"));
	docx_add_fields(docx);
}

#define PAGE                                                                                       \
	"<w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1440\" w:right=\"1247\" "           \
	"w:bottom=\"1304\" w:left=\"1247\" w:header=\"794\" w:footer=\"680\" w:gutter=\"0\"/>"

/* The cover has neither header nor footer; pages count from the contents on. */
static void end_cover(struct docx *docx)
{
	strbuf_add_cstr(&docx->body, "<w:p><w:pPr><w:sectPr>" PAGE "</w:sectPr></w:pPr></w:p>\n");
}

static void end_body(struct docx *docx)
{
	strbuf_add_cstr(&docx->body,
			"<w:sectPr><w:headerReference w:type=\"default\" r:id=\"header\"/>"
			"<w:footerReference w:type=\"default\" r:id=\"footer\"/>" PAGE
			"<w:pgNumType w:start=\"1\"/></w:sectPr>\n");
}

static void add_caption(struct docx *docx, const char *style, bool is_table, const char *number,
			struct str title)
{
	struct str kind = report_pick(docx->report, is_table ? "表" : "图",
				      is_table ? "Table " : "Figure ");

	docx_add_paragraph(docx, style,
			   str_of(arena_printf(docx->arena, "%.*s%s\xE3\x80\x80%.*s",
					       STR_ARGS(kind), number, STR_ARGS(title))));
}

static void add_figure(struct docx *docx, const struct report_block *block)
{
	const struct figure *figure = block->figure;
	bool is_table = figure->shape == SHAPE_TABLE, has_chart;
	struct str title = str_of(PICK(docx->report->language, figure->title));

	docx_add_paragraph(docx, "Finding", block->text);
	has_chart = !is_table && docx_add_chart(docx, block);
	add_caption(docx, has_chart ? "Caption" : "TableCaption", is_table, block->number, title);
	docx_add_figure_numbers(docx, figure);
	docx_add_paragraph(docx, "Source",
			   figure_source_line(docx->arena, figure, docx->report->language));
}

static void add_block(struct docx *docx, const struct report_block *block)
{
	switch (block->kind) {
	case BLOCK_HEADING:
		add_heading(docx, block);
		break;
	case BLOCK_PARAGRAPH:
		docx_add_paragraph(docx, "Normal", block->text);
		break;
	case BLOCK_NOTICE:
		docx_add_paragraph(docx, "Notice", block->text);
		break;
	case BLOCK_LIST:
		for (size_t i = 0; i < block->item_count; i++)
			docx_add_paragraph(docx, "ListBullet", block->items[i]);
		break;
	case BLOCK_TABLE:
		add_caption(docx, "TableCaption", true, block->number, block->table.title);
		docx_add_table(docx, &block->table);
		break;
	case BLOCK_FIGURE:
		add_figure(docx, block);
		break;
	}
}

static void add_document(struct docx *docx)
{
	strbuf_add_cstr(&docx->body, XML_HEAD "<w:document" NAMESPACES "><w:body>\n");
	add_cover(docx);
	end_cover(docx);
	add_contents(docx);
	for (const struct report_block *block = docx->report->first; block; block = block->next)
		add_block(docx, block);
	end_body(docx);
	strbuf_add_cstr(&docx->body, "</w:body></w:document>\n");
}

/* ---- The package. */

static void write_header(const struct docx *docx, struct strbuf *out)
{
	const struct report *report = docx->report;

	strbuf_add_cstr(out, XML_HEAD "<w:hdr" NAMESPACES ">");
	begin_paragraph(out, "Header");
	add_run(out, report->title);
	if (report->is_demo)
		add_run(out, report_pick(report, "　·　示例数据", " · demo data"));
	end_paragraph(out);
	strbuf_add_cstr(out, "</w:hdr>\n");
}

static void write_footer(const struct docx *docx, struct strbuf *out)
{
	(void)docx;
	strbuf_add_cstr(out, XML_HEAD "<w:ftr" NAMESPACES ">");
	begin_paragraph(out, "Footer");
	add_field(out, "PAGE");
	end_paragraph(out);
	strbuf_add_cstr(out, "</w:ftr>\n");
}

static void write_links(const struct docx *docx, struct strbuf *out)
{
	static const char *const parts[] = { "styles", "numbering", "settings", "header",
					     "footer" };

	strbuf_add_cstr(out, XML_HEAD "<Relationships xmlns=\"http://schemas.openxmlformats.org/"
				      "package/2006/relationships\">\n");
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		strbuf_addf(out,
			    "<Relationship Id=\"%s\" Type=\"" RELATION "%s\" "
			    "Target=\"%s.xml\"/>\n",
			    parts[i], parts[i], parts[i]);
	for (size_t i = 1; i <= docx->chart_count; i++)
		strbuf_addf(out,
			    "<Relationship Id=\"chart%zu\" Type=\"" RELATION "chart\" "
			    "Target=\"charts/chart%zu.xml\"/>\n",
			    i, i);
	strbuf_add_cstr(out, "</Relationships>\n");
}

static void write_types(const struct docx *docx, struct strbuf *out)
{
	static const char *const parts[][2] = {
		{ "document", "document.main" }, { "styles", "styles" },
		{ "numbering", "numbering" },    { "settings", "settings" },
		{ "header", "header" },          { "footer", "footer" },
	};

	strbuf_add_cstr(out, XML_HEAD
			"<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/"
			"content-types\">\n<Default Extension=\"rels\" ContentType=\"application/"
			"vnd.openxmlformats-package.relationships+xml\"/>\n<Default "
			"Extension=\"xml\" ContentType=\"application/xml\"/>\n<Override "
			"PartName=\"/docProps/core.xml\" ContentType=\"application/"
			"vnd.openxmlformats-package.core-properties+xml\"/>\n");
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		strbuf_addf(out,
			    "<Override PartName=\"/word/%s.xml\" ContentType=\"" WORD_TYPE
			    "%s+xml\"/>\n",
			    parts[i][0], parts[i][1]);
	for (size_t i = 1; i <= docx->chart_count; i++)
		strbuf_addf(out,
			    "<Override PartName=\"/word/charts/chart%zu.xml\" ContentType="
			    "\"application/vnd.openxmlformats-officedocument.drawingml.chart"
			    "+xml\"/>\n",
			    i);
	strbuf_add_cstr(out, "</Types>\n");
}

static void write_properties(const struct docx *docx, struct strbuf *out)
{
	const struct report *report = docx->report;
	char day[DATE_TEXT_SIZE] = "2000-01-01";

	if (report->as_of != DATE_NONE)
		date_format(report->as_of, day);
	strbuf_add_cstr(out, XML_HEAD
			"<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/"
			"package/2006/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/"
			"elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" "
			"xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>");
	markup_add_text(out, report->title);
	strbuf_addf(out,
		    "</dc:title><dc:creator>Yucheng</dc:creator><dcterms:created "
		    "xsi:type=\"dcterms:W3CDTF\">%sT12:00:00Z</dcterms:created>"
		    "</cp:coreProperties>\n",
		    day);
}

/* content lives until the archive is closed. */
static bool add_part(zip_t *archive, const char *name, struct str content)
{
	zip_source_t *source = zip_source_buffer(archive, content.data, content.size, 0);
	zip_int64_t index;

	if (!source)
		return false;
	index = zip_file_add(archive, name, source, ZIP_FL_ENC_UTF_8);
	if (index < 0) {
		zip_source_free(source);
		return false;
	}
	/* One fixed time, so that equal reports are equal files: 1980-01-01, the zip format's first. */
	return zip_file_set_dostime(archive, (zip_uint64_t)index, 0, 1 << 5 | 1, 0) == 0;
}

typedef void part_writer(const struct docx *docx, struct strbuf *out);

static bool add_written(const struct docx *docx, zip_t *archive, const char *name,
			part_writer *write)
{
	struct strbuf out = STRBUF_INIT;
	struct str copy;

	write(docx, &out);
	copy = str_copy(docx->arena, strbuf_str(&out));
	strbuf_release(&out);
	return add_part(archive, name, copy);
}

static bool add_charts(const struct docx *docx, zip_t *archive)
{
	for (size_t i = 0; i < docx->chart_count; i++)
		if (!add_part(archive, arena_printf(docx->arena, "word/charts/chart%zu.xml", i + 1),
			      docx->charts[i]))
			return false;
	return true;
}

static bool add_parts(const struct docx *docx, zip_t *archive)
{
	return add_written(docx, archive, "[Content_Types].xml", write_types) &&
	       add_part(archive, "_rels/.rels", docx_package_links) &&
	       add_written(docx, archive, "docProps/core.xml", write_properties) &&
	       add_part(archive, "word/document.xml", strbuf_str(&docx->body)) &&
	       add_written(docx, archive, "word/_rels/document.xml.rels", write_links) &&
	       add_part(archive, "word/styles.xml", docx_styles) &&
	       add_part(archive, "word/numbering.xml", docx_numbering) &&
	       add_part(archive, "word/settings.xml", docx_settings) &&
	       add_written(docx, archive, "word/header.xml", write_header) &&
	       add_written(docx, archive, "word/footer.xml", write_footer) &&
	       add_charts(docx, archive);
}

static bool write_package(const struct docx *docx, const char *path, struct error *error)
{
	int status;
	zip_t *archive = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, &status);

	if (!archive)
		return error_set_errno(error, "report.docx", path);
	if (!add_parts(docx, archive) || zip_close(archive) < 0) {
		error_set(error, ERROR_IO, "report.docx", "%s: %s", path, zip_strerror(archive));
		zip_discard(archive);
		return false;
	}
	return true;
}

bool report_write_docx(const struct report *report, const char *path, struct error *error)
{
	struct docx docx = { .report = report, .arena = arena_create(1 << 20) };
	const char *partial = arena_printf(docx.arena, "%s.partial", path);
	bool done;

	docx.body = STRBUF_INIT;
	add_document(&docx);
	done = write_package(&docx, partial, error);
	if (done && rename(partial, path) != 0)
		done = error_set_errno(error, "report.docx", path);
	if (!done)
		unlink(partial);
	strbuf_release(&docx.body);
	arena_destroy(docx.arena);
	return done;
}
