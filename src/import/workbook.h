#ifndef IMPORT_WORKBOOK_H
#define IMPORT_WORKBOOK_H

#include "base/strbuf.h"

/* What .xlsx and .xls have in common: days as numbers, numbers as text. */

enum { WORKBOOK_TEXT_SIZE = 40 };

/* Whether a number format shows a date or time: letters y m d h s outside quotes and brackets. */
bool workbook_is_date_format(struct str format);
/* Built-in formats of ECMA-376 part 1, 18.8.30, with those of East Asian versions. */
bool workbook_is_date_id(unsigned id);

/*
 * "2011-08-04", or with a time of day "2011-08-04 13:30:00", or a time alone "13:30:00"; days are
 * counted as Excel does (day 60 of the 1900 system does not exist). "" outside 1900 to 9999.
 */
const char *workbook_date(double days, bool from_1904, char text[WORKBOOK_TEXT_SIZE]);
/* As Excel shows it in a cell without a format: whole numbers without point or exponent. */
const char *workbook_number(double value, char text[WORKBOOK_TEXT_SIZE]);

#endif
