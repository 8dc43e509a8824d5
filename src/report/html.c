#include "report/html_internal.h"

#include "report/figure_text.h"

extern const struct str report_css, report_js, report_charts_js, report_script_hashes;

void html_add_json(struct strbuf *html, struct str json)
{
	/* "<" stands only inside strings of JSON, where its escape means the same. */
	for (size_t i = 0; i < json.size; i++)
		if (json.data[i] == '<')
			strbuf_add_cstr(html, "\\u003c");
		else
			strbuf_add_byte(html, json.data[i]);
}

static void add_element(struct strbuf *html, const char *begin, struct str text, const char *end)
{
	strbuf_add_cstr(html, begin);
	markup_add_text(html, text);
	strbuf_add_cstr(html, end);
}

static void add_head(struct strbuf *html, const struct report *report)
{
	strbuf_addf(html, "<!doctype html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n",
		    report->language == LANGUAGE_ZH ? "zh-CN" : "en");
	strbuf_add_cstr(html, "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
			      "'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; "
			      "form-action 'none'; script-src ");
	strbuf_add_str(html, report_script_hashes);
	strbuf_add_cstr(html,
			"\">\n<meta name=\"viewport\" content=\"width=device-width, "
			"initial-scale=1\">\n<meta name=\"generator\" content=\"Yucheng\">\n");
	add_element(html, "<title>", report->title, "</title>\n<style>\n");
	strbuf_add_str(html, report_css);
	strbuf_addf(html, "</style>\n</head>\n<body%s>\n",
		    report->is_demo ? " class=\"demo\"" : "");
}

static void add_cover(struct strbuf *html, const struct report *report)
{
	add_element(html, "<header class=\"cover\">\n<p class=\"kind\">", report->kind, "</p>\n");
	add_element(html, "<h1>", report->title, "</h1>\n");
	if (report->is_demo)
		add_element(html, "<p class=\"demo-mark\">",
			    report_pick(report, "示例数据 · 全部文献与名称均为虚构",
					"Demo data · all documents and names are invented"),
			    "</p>\n");
	strbuf_add_cstr(html, "<dl>\n");
	for (size_t i = 0; i < report->cover_count; i++) {
		add_element(html, "<div><dt>", report->cover[i].label, "</dt>");
		add_element(html, "<dd>", report->cover[i].value, "</dd></div>\n");
	}
	strbuf_add_cstr(html, "</dl>\n</header>\n");
}

/* "2.1", "附录 A" */
static void add_number(struct strbuf *html, const struct report *report,
		       const struct report_block *block)
{
	if (block->level == 1 && block->number[0] >= 'A')
		markup_add_text(html, report_pick(report, "附录 ", "Appendix "));
	strbuf_add_cstr(html, block->number);
}

static void add_contents(struct strbuf *html, const struct report *report)
{
	add_element(html, "<nav class=\"contents\">\n<h2>",
		    report_pick(report, "目　录", "Contents"), "</h2>\n<ol>\n");
	for (const struct report_block *block = report->first; block; block = block->next) {
		if (block->kind != BLOCK_HEADING || block->level > 2)
			continue;
		strbuf_addf(html, "<li class=\"level-%u\"><a href=\"#section-%s\"><span>",
			    block->level, block->number);
		add_number(html, report, block);
		strbuf_add_cstr(html, "</span>");
		markup_add_text(html, block->text);
		strbuf_add_cstr(html, "</a></li>\n");
	}
	strbuf_add_cstr(html, "</ol>\n</nav>\n");
}

static void add_heading(struct strbuf *html, const struct report *report,
			const struct report_block *block)
{
	unsigned tag = block->level + 1;

	strbuf_addf(html, "<h%u id=\"section-%s\"><span class=\"label\">", tag, block->number);
	add_number(html, report, block);
	strbuf_add_cstr(html, "</span>");
	markup_add_text(html, block->text);
	strbuf_addf(html, "</h%u>\n", tag);
}

static void add_list(struct strbuf *html, const struct report_block *block)
{
	strbuf_add_cstr(html, "<ul>\n");
	for (size_t i = 0; i < block->item_count; i++)
		add_element(html, "<li>", block->items[i], "</li>\n");
	strbuf_add_cstr(html, "</ul>\n");
}

static void add_plain_table(struct strbuf *html, const struct report *report,
			    const struct report_block *block)
{
	strbuf_addf(html,
		    "<figure id=\"table-%s\" class=\"tabular\">\n"
		    "<figcaption><span class=\"label\">%s%s</span>",
		    block->number, report->language == LANGUAGE_ZH ? "表" : "Table ",
		    block->number);
	markup_add_text(html, block->table.title);
	strbuf_add_cstr(html, "</figcaption>\n");
	html_add_table(html, report->arena, report->language, &block->table);
	strbuf_add_cstr(html, "</figure>\n");
}

static void add_block(struct strbuf *html, const struct report *report,
		      const struct report_block *block)
{
	switch (block->kind) {
	case BLOCK_HEADING:
		add_heading(html, report, block);
		break;
	case BLOCK_PARAGRAPH:
		add_element(html, "<p>", block->text, "</p>\n");
		break;
	case BLOCK_NOTICE:
		add_element(html, "<p class=\"notice\">", block->text, "</p>\n");
		break;
	case BLOCK_LIST:
		add_list(html, block);
		break;
	case BLOCK_TABLE:
		add_plain_table(html, report, block);
		break;
	case BLOCK_FIGURE:
		html_add_figure(html, report, block);
		break;
	}
}

/* The hashes of the content policy are those of the bytes between the tags. */
static void add_scripts(struct strbuf *html)
{
	strbuf_add_cstr(html, "<script>");
	strbuf_add_str(html, report_charts_js);
	strbuf_add_cstr(html, "</script>\n<script>");
	strbuf_add_str(html, report_js);
	strbuf_add_cstr(html, "</script>\n");
}

void report_write_html(const struct report *report, struct strbuf *html)
{
	bool in_chapter = false;

	add_head(html, report);
	add_cover(html, report);
	add_contents(html, report);
	strbuf_add_cstr(html, "<main>\n");
	for (const struct report_block *block = report->first; block; block = block->next) {
		if (block->kind == BLOCK_HEADING && block->level == 1) {
			strbuf_add_cstr(html,
					in_chapter ? "</section>\n<section>\n" : "<section>\n");
			in_chapter = true;
		}
		add_block(html, report, block);
	}
	strbuf_add_cstr(html, in_chapter ? "</section>\n</main>\n" : "</main>\n");
	add_scripts(html);
	strbuf_add_cstr(html, "</body>\n</html>\n");
}
