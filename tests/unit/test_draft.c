#include "draft_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <iconv.h>
#include <string.h>

static void expect(struct str content, const char *expected)
{
	struct arena *arena = arena_create(0);

	assert_string_equal(fixture_draft(arena, content), expected);
	arena_destroy(arena);
}

static void expect_docx(const char *body, const struct fixture_member *further,
			const char *expected)
{
	struct arena *arena = arena_create(0);

	assert_string_equal(fixture_draft(arena, fixture_docx(arena, body, further)), expected);
	arena_destroy(arena);
}

#define TEXT                                                                                                                    \
	"说 明 书 摘 要\n本发明公开一种示例。\n摘要附图：图 1\n【权利要求书】\n1.一种示例。\n" \
	"　权　利　要　求　书　\n2.根据权利要求1所述的示例。\n说明书\n\n一种示例\n技术领域\n" \
	"本发明涉及示例。\n说明书附图\n图1\n"
#define SHOWN                                                                                      \
	"title: 一种示例\nabstract: 本发明公开一种示例。|\n"                         \
	"claims: 1.一种示例。|2.根据权利要求1所述的示例。|\n"                     \
	"description: 技术领域|本发明涉及示例。|\ndrawings: 图1|\n"                   \
	"type: invention\nabstract figure: 图1\n"

static void text_by_its_headings(void **state)
{
	(void)state;
	expect(STR(TEXT), SHOWN);
	expect(STR("\xEF\xBB\xBF" TEXT), SHOWN);
}

static void text_in_gb18030(void **state)
{
	char in[] = TEXT, out[4096], *from = in, *to = out;
	size_t in_left = sizeof(in) - 1, out_left = sizeof(out);
	iconv_t converter = iconv_open("GB18030", "UTF-8");

	(void)state;
	assert_true(converter != (iconv_t)-1);
	assert_int_equal(iconv(converter, &from, &in_left, &to, &out_left), 0);
	iconv_close(converter);
	expect((struct str){ out, sizeof(out) - out_left }, SHOWN);
}

static void text_with_less(void **state)
{
	(void)state;
	expect(STR("1. 一种示例。\r\n2. 如权利要求1所述的示例。\r\n"),
	       "claims: 1. 一种示例。|2. 如权利要求1所述的示例。|\n");
	expect(STR("一种示例\n技术领域\n本实用新型涉及示例。\n"),
	       "title: 一种示例\ndescription: 技术领域|本实用新型涉及示例。|\ntype: utility\n");
	expect(STR("发明名称：一种他物\n说明书\n发明名称：一种示例\n[0001] 技术领域\n"),
	       "title: 发明名称：一种示例\ndescription: [0001] 技术领域|\nrequest: 一种他物\n");
	/* A description may speak of its parts; only a whole line is a heading. */
	expect(STR("权利要求书\n1.一种装置。\n说明书所述的内容\n"),
	       "claims: 1.一种装置。|说明书所述的内容|\n");
	expect(STR("这里没有任何标题。\n"), "! draft.no_parts\n");
}

#define P(text) "<w:p><w:r><w:t>" text "</w:t></w:r></w:p>"

static void word_numbers(void **state)
{
	(void)state;
	expect_docx(
		P("权利要求书") "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/>"
				"</w:numPr></w:pPr><w:r><w:t>一种装置，包括：</w:t></w:r></w:p>"
				"<w:p><w:pPr><w:numPr><w:ilvl w:val=\"1\"/><w:numId w:val=\"1\"/>"
				"</w:numPr></w:pPr><w:r><w:t>阀。</w:t></w:r></w:p>"
				"<w:p><w:pPr><w:pStyle w:val=\"Claim\"/></w:pPr><w:r><w:t>根据"
				"</w:t></w:r><w:r><w:t>权利要求1所述的装置。</w:t></w:r></w:p>" P(
					"说明书") P("一种装置") "<w:p><w:pPr><w:numPr><w:numId "
								"w:val=\"2\"/></w:numPr></w:pPr>"
								"<w:r><w:t>甲</w:t></w:r></w:p>"
								"<w:p><w:pPr><w:numPr><w:numId "
								"w:val=\"2\"/></w:numPr></w:pPr>"
								"<w:r><w:t>乙</w:t></w:r></w:p>",
		NULL,
		"title: 一种装置\nclaims: 1.一种装置，包括：|(a) "
		"阀。|2.根据权利要求1所述的装置。|\n"
		"description: [0001] 甲|[0002] 乙|\n");
}

static void word_changes_accepted(void **state)
{
	(void)state;
	expect_docx(
		P("权利要求书") "<w:p><w:r><w:t>1.一种</w:t></w:r><w:del "
				"w:id=\"1\"><w:r><w:delText>"
				"旧</w:delText></w:r></w:del><w:ins w:id=\"2\"><w:r><w:t>新</w:t>"
				"</w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r>"
				"<w:r><w:t>装置</w:t></w:r><w:r><w:commentReference w:id=\"0\"/>"
				"</w:r></w:p><w:p><w:pPr><w:rPr><w:del w:id=\"3\"/></w:rPr></w:pPr>"
				"<w:r><w:t>，合</w:t></w:r></w:p>" P(
					"并。") "<w:moveFrom><w:r><w:t>移走</w:t></w:r></"
						"w:moveFrom>",
		NULL, "claims: 1.一种新装置|，合并。|\nchanges: 4\ncomments: 1\n");
}

static void word_beside_the_text(void **state)
{
	const struct fixture_member further[] = {
		{ "word/footnotes.xml",
		  STR("<w:footnotes xmlns:w=\"w\"><w:footnote w:id=\"0\" "
		      "w:type=\"separator\">" P("—") "</w:footnote><w:footnote w:id=\"2\">" P(
			      "脚注文字") "</w:footnote>"
					  "</w:footnotes>") },
		{ "docProps/app.xml", STR("<Properties><Pages>42</Pages></Properties>") },
		{ NULL, STR("") }
	};

	(void)state;
	expect_docx(
		P("说明书") P(
			"一种装置") "<w:p><w:r><w:t>正文</w:t></w:r><w:r><w:footnoteReference "
				    "w:id=\"2\"/></w:r><w:r><mc:AlternateContent><mc:Choice>"
				    "<w:drawing><w:txbxContent>" P(
					    "框中") "</w:txbxContent>"
						    "</w:drawing></mc:"
						    "Choice><mc:Fallback><w:pict>"
						    "<w:txbxContent>" P(
							    "框中") "</w:txbxContent></w:pict></"
								    "mc:Fallback>"
								    "</mc:AlternateContent></w:r></"
								    "w:p>"
								    "<w:tbl><w:tr><w:tc>" P("甲") "</w:tc><w:tc>" P(
									    "1") "</w:tc></"
										 "w:tr><w:tr><w:"
										 "tc>" P("乙") "</"
											       "w:"
											       "tc>"
											       "<w:"
											       "tc"
											       ">" P("2") "</w:tc></w:tr></w:tbl>"
													  "<w:p><w:r><w:drawing><a:pic/></w:drawing></w:r></w:p>"
													  "<w:p><m:oMath><m:r><m:t>a=b</m:t></m:r></m:oMath></w:p>"
													  "<w:p><w:r><w:object><v:imagedata/><w:OLEObject "
													  "ProgID=\"Equation.3\"/></w:object></w:r></w:p>" P(
														  "结束。"),
		further,
		"title: 一种装置\ndescription: 正文|框中|脚注文字|甲 1|乙 2|a=b|结束。|\n"
		"table description@27 \nimage description@39 \npages: 42\n");
}

static void word_fields_and_breaks(void **state)
{
	(void)state;
	expect_docx(
		P("权利要求书") "<w:p><w:r><w:t>1.根据权利要求</w:t></w:r><w:r><w:fldChar "
				"w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>REF "
				"c</w:instrText>"
				"</w:r><w:r><w:t>码</w:t></w:r><w:r><w:fldChar w:fldCharType="
				"\"separate\"/></w:r><w:r><w:t>9</w:t></w:r><w:r><w:fldChar "
				"w:fldCharType=\"end\"/></w:r><w:r><w:br/><w:t>第二行</w:t><w:tab/>"
				"<w:t>后</w:t><w:br "
				"w:type=\"page\"/><w:noBreakHyphen/></w:r></w:p>",
		NULL, "claims: 1.根据权利要求9|第二行 后-|\n");
}

/* The office's templates name the parts in page headers; each part is a section. */
static void word_page_headers(void **state)
{
	const struct fixture_member further[] = {
		{ "word/_rels/document.xml.rels",
		  STR("<Relationships><Relationship Id=\"h1\" Target=\"header1.xml\"/>"
		      "<Relationship Id=\"h2\" Target=\"/word/header2.xml\"/></Relationships>") },
		{ "word/header1.xml",
		  STR("<w:hdr xmlns:w=\"w\">" P("权 利 要 求 书 第1页共2页") "</w:hdr>") },
		{ "word/header2.xml", STR("<w:hdr xmlns:w=\"w\">" P("说 明 书") "</w:hdr>") },
		{ NULL, STR("") }
	};

	(void)state;
	expect_docx(
		P("1.一种装置。") "<w:p><w:pPr><w:sectPr><w:headerReference r:id=\"h1\"/>"
				  "</w:sectPr></w:pPr><w:r><w:t>2.一种方法。</w:t></w:r></w:p>" P(
					  "一种装置") P("正文。") "<w:sectPr><w:headerReference "
								  "r:id=\"h2\"/></w:sectPr>",
		further,
		"title: 一种装置\nclaims: 1.一种装置。|2.一种方法。|\ndescription: 正文。|\n");
}

static void word_drawings(void **state)
{
#define PICTURE "<w:p><w:r><w:drawing><a:pic/></w:drawing></w:r></w:p>"
	(void)state;
	expect_docx(P("摘要附图") PICTURE P("说明书附图") PICTURE P("图1") PICTURE P("图2"), NULL,
		    "drawings: 图1|图2|\nimage abstract@0 \nimage drawings@0 图1\n"
		    "image drawings@5 图2\nabstract figure: 附图\n");
	expect_docx(P("说明书附图") P("图1") PICTURE P("图2") PICTURE, NULL,
		    "drawings: 图1|图2|\nimage drawings@5 图1\nimage drawings@10 图2\n");
}

static void xml_of_the_office(void **state)
{
	(void)state;
	expect(STR("<?xml version=\"1.0\"?><b:PatentDocumentAndRelated "
		   "xmlns:b=\"b\"><b:BibliographicData>"
		   "<b:ApplicationReference "
		   "applType=\"20\"/><b:InventionTitle>一种示例</b:InventionTitle>"
		   "</b:BibliographicData><b:Abstract><b:Paragraphs>摘要文字。</b:Paragraphs>"
		   "<b:AbstractFigure><b:Figure num=\"1\"/></b:AbstractFigure></b:Abstract>"
		   "<b:Description><b:TechnicalField><b:Paragraphs "
		   "num=\"1\">技术领域</b:Paragraphs>"
		   "<b:Paragraphs>示例。</b:Paragraphs></b:TechnicalField></b:Description>"
		   "<b:Drawings><b:Figure num=\"1\" figureLabels=\"图1\"/></b:Drawings>"
		   "<b:Claims><b:Claim num=\"0001\"><b:ClaimText>一种示例，包括：</b:ClaimText>"
		   "<b:ClaimText>部件。</b:ClaimText></b:Claim><b:Claim num=\"0002\">"
		   "<b:ClaimText>2.如权利要求1所述的示例。</b:ClaimText></b:Claim></b:Claims>"
		   "</b:PatentDocumentAndRelated>"),
	       "title: 一种示例\nabstract: 摘要文字。|\n"
	       "claims: 1.一种示例，包括：|部件。|2.如权利要求1所述的示例。|\n"
	       "description: 技术领域|示例。|\ndrawings: 图1|\nimage drawings@0 图1\n"
	       "type: utility\nabstract figure: 附图\nrequest: 一种示例\n");
	expect(STR("<?xml version=\"1.0\"?><cn-patent-document><cn-bibliographic-data>"
		   "<application-reference appl-type=\"发明专利\"/><abstract><p "
		   "num=\"1\">文字。</p>"
		   "<p num=\"bio\">CGMCC</p></abstract></cn-bibliographic-data><application-body>"
		   "<description><invention-title>示例</invention-title><p num=\"1\">正文。</p>"
		   "</description><claims><claim "
		   "num=\"0001\"><claim-text>1.示例。</claim-text></claim>"
		   "</claims></application-body></cn-patent-document>"),
	       "title: 示例\nabstract: 文字。|\nclaims: 1.示例。|\ndescription: 正文。|\n"
	       "type: invention\n");
	expect(STR("<?xml version=\"1.0\"?><note><p>x</p></note>"), "! draft.not_cnipa_xml\n");
	expect(STR("<?xml version=\"1.0\"?><cn-patent-document><claims>"), "! reader.xml_syntax\n");
}

static void files_that_are_no_drafts(void **state)
{
	struct arena *arena = arena_create(0);
	const struct fixture_member workbook[] = { { "[Content_Types].xml", STR("<Types/>") },
						   { "xl/workbook.xml", STR("<workbook/>") } };
	const struct fixture_member packed[] = { { "draft.txt",
						   STR("权利要求书\n1.一种示例。\n") } };

	(void)state;
	expect(STR("\x89PNG\r\n\x1A\n\0\0\0\rIHDR"), "! draft.is_picture\n");
	expect(STR("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 old"), "! draft.is_old_word\n");
	expect(STR("%PDF-1.7"), "! draft.is_document\n");
	expect(STR("{\\rtf1 text}"), "! draft.is_document\n");
	expect(STR("<html><body>权利要求书</body></html>"), "! draft.is_document\n");
	expect(STR(""), "! draft.is_empty\n");
	expect(STR("  \n\n"), "! draft.is_empty\n");
	expect(fixture_zip(arena, workbook, 2), "! draft.not_word\n");
	expect(fixture_zip(arena, packed, 1), "! draft.is_archive\n");
	expect(STR("PK\3\4\x14\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x0B\0\0\0word/"),
	       "! draft.document_damaged\n");
	assert_string_equal(
		fixture_draft(arena, str_slice(fixture_docx(arena, P("权利要求书"), NULL), 0, 700)),
		"! draft.document_damaged\n");
	expect_docx("<w:p><w:r>", NULL, "! draft.document_damaged\n");
	arena_destroy(arena);
}

static struct str repeated(struct arena *arena, const char *begin, const char *piece, size_t count)
{
	struct strbuf text = STRBUF_INIT;
	struct str result;

	strbuf_add_cstr(&text, begin);
	for (size_t i = 0; i < count; i++)
		strbuf_add_cstr(&text, piece);
	result = str_copy(arena, strbuf_str(&text));
	strbuf_release(&text);
	return result;
}

static void limits_hold(void **state)
{
	struct arena *arena = arena_create(0);
	struct draft draft;
	struct error error;
	struct fixture_member bomb[] = { { "[Content_Types].xml", STR("<Types/>") },
					 { "word/document.xml", STR("") } };
	struct str blanks = repeated(
		arena, "<w:document xmlns:w=\"w\">",
		"                                                               \n",
		(DRAFT_UNPACKED_MAX >> 6) + 1000);
	struct str file;

	(void)state;
	bomb[1].content = blanks;
	file = fixture_zip(arena, bomb, 2);
	assert_true(file.size < 2 << 20);
	assert_false(draft_read(arena, fixture_file(arena, file.data, file.size), &draft, &error));
	assert_string_equal(error.key, "reader.unpacked_too_large");
	expect_docx(repeated(arena, "", "<w:sdt>", 2000).data, NULL, "! draft.too_deep\n");
	file = repeated(arena, "权利要求书\n", "1.一种示例。\n", 250000);
	assert_true(draft_read(arena, fixture_file(arena, file.data, file.size), &draft, &error));
	assert_true(draft.is_cut);
	expect(repeated(arena, "权利要求书\n", "1.一种示例，", 300000), "! draft.line_too_long\n");
	arena_destroy(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_by_its_headings),
		cmocka_unit_test(text_in_gb18030),
		cmocka_unit_test(text_with_less),
		cmocka_unit_test(word_numbers),
		cmocka_unit_test(word_changes_accepted),
		cmocka_unit_test(word_beside_the_text),
		cmocka_unit_test(word_fields_and_breaks),
		cmocka_unit_test(word_page_headers),
		cmocka_unit_test(word_drawings),
		cmocka_unit_test(xml_of_the_office),
		cmocka_unit_test(files_that_are_no_drafts),
		cmocka_unit_test(limits_hold),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
