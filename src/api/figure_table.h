#ifndef API_FIGURE_TABLE_H
#define API_FIGURE_TABLE_H

#include "api/record_call.h"

/* Figures as a workbook: lines of what day and by which method, the heads, the rows. */
enum figure_kind { FIGURE_TEXT, FIGURE_LONG_TEXT, FIGURE_NUMBER, FIGURE_AMOUNT, FIGURE_DATE };

struct figure_head {
	struct label label;
	enum figure_kind kind;
};
enum { FIGURE_COLUMNS_MAX = 12, FIGURE_LEAD_MAX = 4 };

/* In the call's arena, in its language. */
struct figure_table;
struct figure_table *figure_table_create(struct record_call *records,
					 const struct figure_head *heads, size_t count);
void figure_table_lead(struct figure_table *table, const char *line); /* kept by the caller */
struct str *figure_table_row(struct figure_table *table);             /* its empty cells */
/* Answers with it, offered as "name.xlsx". */
bool figure_table_answer(struct figure_table *table, const char *name,
			 struct error *error) MUST_CHECK;

#endif
