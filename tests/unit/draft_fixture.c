#include "draft_fixture.h"

#include "base/message.h"
#include "base/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#define WORD "xmlns:w=\"w\" xmlns:r=\"r\" xmlns:mc=\"mc\" xmlns:a=\"a\" xmlns:v=\"v\" xmlns:m=\"m\""

static const char numbering[] =
	"<w:numbering xmlns:w=\"w\"><w:abstractNum w:abstractNumId=\"7\">"
	"<w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/>"
	"<w:lvlText w:val=\"%1.\"/><w:suff w:val=\"nothing\"/></w:lvl>"
	"<w:lvl w:ilvl=\"1\"><w:start w:val=\"1\"/><w:numFmt w:val=\"lowerLetter\"/>"
	"<w:lvlText w:val=\"(%2)\"/></w:lvl></w:abstractNum>"
	"<w:abstractNum w:abstractNumId=\"8\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/>"
	"<w:numFmt w:val=\"custom\" w:format=\"0001\"/><w:lvlText w:val=\"[%1]\"/></w:lvl>"
	"</w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"7\"/></w:num>"
	"<w:num w:numId=\"2\"><w:abstractNumId w:val=\"8\"/></w:num></w:numbering>";

static const char styles[] =
	"<w:styles xmlns:w=\"w\"><w:style w:styleId=\"Base\"><w:pPr><w:numPr><w:numId w:val=\"1\"/>"
	"</w:numPr></w:pPr></w:style><w:style w:styleId=\"Claim\"><w:basedOn w:val=\"Base\"/>"
	"</w:style></w:styles>";

struct str fixture_docx(struct arena *arena, const char *body, const struct fixture_member *further)
{
	enum { MEMBERS_MAX = 16 };
	struct fixture_member members[MEMBERS_MAX] = {
		{ "[Content_Types].xml", STR("<Types/>") },
		{ "word/document.xml",
		  str_of(arena_printf(
			  arena, "<w:document " WORD "><w:body>%s</w:body></w:document>", body)) },
		{ "word/numbering.xml", str_of(numbering) },
		{ "word/styles.xml", str_of(styles) },
	};
	size_t count = 4;

	for (; further && further->name && count < MEMBERS_MAX; further++)
		members[count++] = *further;
	return fixture_zip(arena, members, count);
}

static void show_text(struct strbuf *shown, const char *name, struct str text)
{
	strbuf_addf(shown, "%s: ", name);
	for (size_t i = 0; i < text.size; i++)
		strbuf_add_byte(shown, text.data[i] == '\n' ? '|' : text.data[i]);
	strbuf_add_byte(shown, '\n');
}

static void show_number(struct strbuf *shown, const char *name, unsigned number)
{
	if (number > 0)
		strbuf_addf(shown, "%s: %u\n", name, number);
}

static void show(struct strbuf *shown, const struct draft *draft)
{
	static const char *const parts[] = { "title", "abstract", "claims", "description",
					     "drawings" };
	static const char *const kinds[] = { "image", "table", "formula" };

	for (size_t i = 0; i < DRAFT_PART_COUNT; i++) {
		assert_true(utf8_is_valid(draft->parts[i].text));
		if (draft->parts[i].is_present)
			show_text(shown, parts[i], draft->parts[i].text);
	}
	for (size_t i = 0; i < draft->object_count; i++) {
		const struct draft_object *object = &draft->objects[i];

		assert_true(object->at <= draft->parts[object->part].text.size);
		strbuf_addf(shown, "%s %s@%zu %.*s\n", kinds[object->kind], parts[object->part],
			    object->at, STR_ARGS(object->label));
	}
	if (draft->type)
		strbuf_addf(shown, "type: %s\n", patent_types[draft->type].name);
	if (draft->abstract_figure.size > 0)
		show_text(shown, "abstract figure", draft->abstract_figure);
	if (draft->claim_title.size > 0)
		show_text(shown, "request", draft->claim_title);
	show_number(shown, "pages", draft->pages);
	show_number(shown, "changes", draft->changes);
	show_number(shown, "comments", draft->comments);
}

const char *fixture_draft(struct arena *arena, struct str content)
{
	struct strbuf shown = STRBUF_INIT;
	struct draft draft;
	struct error error = { .key = "none" };
	const char *text;

	if (draft_read(arena, fixture_file(arena, content.data, content.size), &draft, &error)) {
		show(&shown, &draft);
	} else {
		assert_non_null(message_find(error.key));
		strbuf_addf(&shown, "! %s\n", error.key);
	}
	text = str_to_cstr(arena, strbuf_str(&shown));
	strbuf_release(&shown);
	return text;
}
