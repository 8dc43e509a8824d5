#include "report/markup.h"

#include "base/utf8.h"

static bool is_allowed(uint32_t rune)
{
	return (rune >= ' ' || rune == '\n' || rune == '\t') && rune != 0xFFFE && rune != 0xFFFF;
}

void markup_add_text(struct strbuf *out, struct str text)
{
	for (size_t at = 0; at < text.size;) {
		uint32_t rune = utf8_next(text, &at);

		if (rune == '&')
			strbuf_add_cstr(out, "&amp;");
		else if (rune == '<')
			strbuf_add_cstr(out, "&lt;");
		else if (rune == '>')
			strbuf_add_cstr(out, "&gt;");
		else if (rune == '"')
			strbuf_add_cstr(out, "&quot;");
		else if (rune == '\'')
			strbuf_add_cstr(out, "&#39;");
		else
			strbuf_add_rune(out, is_allowed(rune) ? rune : UTF8_REPLACEMENT);
	}
}

void markup_add_cstr(struct strbuf *out, const char *text)
{
	markup_add_text(out, str_of(text));
}
