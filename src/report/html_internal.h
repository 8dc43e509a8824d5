#ifndef REPORT_HTML_INTERNAL_H
#define REPORT_HTML_INTERNAL_H

#include "report/html.h"
#include "report/markup.h"

/* JSON inside a script element: no "<" can end it. */
void html_add_json(struct strbuf *html, struct str json);

/* html_table.c */
void html_add_table(struct strbuf *html, struct arena *arena, enum language language,
		    const struct report_table *table);
/* The figure's numbers: a grid for two categories (and the long form, for the screen), else its
   rows. */
void html_add_figure_numbers(struct strbuf *html, struct arena *arena, enum language language,
			     const struct figure *figure);
/* html_figure.c */
void html_add_figure(struct strbuf *html, const struct report *report,
		     const struct report_block *block);

#endif
