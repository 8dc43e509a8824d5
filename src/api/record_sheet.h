#ifndef API_RECORD_SHEET_H
#define API_RECORD_SHEET_H

#include "api/record_call.h"
#include "record/exchange.h"
#include "report/sheet.h"

/* Lists of records as workbooks. */
enum { SHEET_ROWS_MAX = 20000 };

/* The columns as the file shows them; those that are not used are plain ones without a head. */
const struct sheet_column *sheet_columns_of(struct record_call *records,
					    const struct exchange_columns *columns);
/* Answers with the workbook, offered as "name.xlsx". */
bool sheet_answer(struct record_call *records, const struct sheet *sheet, const char *name,
		  struct error *error) MUST_CHECK;

#endif
