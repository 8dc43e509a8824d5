#include "report/html_internal.h"

#include "base/jsonout.h"
#include "report/figure_text.h"

static void add_data(struct strbuf *html, const struct figure *figure, const char *number,
		     enum language language)
{
	struct strbuf buffer = STRBUF_INIT;
	struct jsonout json = JSONOUT_TO(&buffer);

	figure_write_json(figure, language, &json);
	strbuf_addf(html, "<script type=\"application/json\" id=\"figure-%s-data\">", number);
	html_add_json(html, strbuf_str(&buffer));
	strbuf_add_cstr(html, "</script>\n");
	strbuf_release(&buffer);
}

static void add_caption(struct strbuf *html, const struct report *report,
			const struct report_block *block)
{
	bool is_table = block->figure->shape == SHAPE_TABLE;

	strbuf_add_cstr(html, "<figcaption><span class=\"label\">");
	markup_add_text(
		html, report_pick(report, is_table ? "表" : "图", is_table ? "Table " : "Figure "));
	markup_add_cstr(html, block->number);
	strbuf_add_cstr(html, "</span>");
	markup_add_cstr(html, PICK(report->language, block->figure->title));
	strbuf_add_cstr(html, "</figcaption>\n");
}

static void add_chart(struct strbuf *html, const struct report *report,
		      const struct report_block *block)
{
	strbuf_addf(html, "<div class=\"chart\" data-figure=\"%s\" role=\"img\" aria-label=\"",
		    block->number);
	markup_add_cstr(html, PICK(report->language, block->figure->title));
	strbuf_add_cstr(html, report->language == LANGUAGE_ZH ? "：" : ": ");
	markup_add_text(html, block->text);
	strbuf_add_cstr(html, "\"></div>\n");
	add_data(html, block->figure, block->number, report->language);
}

void html_add_figure(struct strbuf *html, const struct report *report,
		     const struct report_block *block)
{
	const struct figure *figure = block->figure;
	bool is_table = figure->shape == SHAPE_TABLE;

	strbuf_addf(html, "<figure id=\"%s-%s\" class=\"%s\">\n", is_table ? "table" : "figure",
		    block->number, is_table ? "tabular" : "graphic");
	if (is_table)
		add_caption(html, report, block);
	strbuf_add_cstr(html, "<div class=\"together\">\n<p class=\"finding\">");
	markup_add_text(html, block->text);
	strbuf_add_cstr(html, "</p>\n");
	if (!is_table && figure->row_count)
		add_chart(html, report, block);
	if (!is_table)
		add_caption(html, report, block);
	strbuf_add_cstr(html, "</div>\n");
	html_add_figure_numbers(html, report->arena, report->language, figure);
	strbuf_add_cstr(html, "<p class=\"source\">");
	markup_add_text(html, figure_source_line(report->arena, figure, report->language));
	strbuf_add_cstr(html, "</p>\n</figure>\n");
}
