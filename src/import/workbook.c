#include "import/workbook.h"

#include "base/date.h"

#include <math.h>
#include <string.h>

bool workbook_is_date_id(unsigned id)
{
	return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) ||
	       (id >= 50 && id <= 58);
}

bool workbook_is_date_format(struct str format)
{
	char closing = 0;

	for (size_t i = 0; i < format.size; i++) {
		char c = format.data[i];

		if (closing)
			closing = c == closing ? 0 : closing;
		else if (c == '"' || c == '[')
			closing = c == '"' ? '"' : ']';
		else if (c == '\\' || c == '_' || c == '*')
			i++;
		else if (strchr("ymdhsYMDHS", c))
			return true;
	}
	return false;
}

const char *workbook_date(double days, bool from_1904, char text[WORKBOOK_TEXT_SIZE])
{
	enum { SECONDS = 86400, LAST = 2958465 }; /* 9999-12-31 */
	double whole = floor(days);
	long seconds;
	date day;
	char day_text[DATE_TEXT_SIZE];

	*text = 0;
	if (!(days >= 0 && days <= LAST))
		return text;
	seconds = lround((days - whole) * SECONDS);
	if (seconds == SECONDS) {
		seconds = 0;
		whole++;
	}
	day = from_1904 ? date_of(1904, 1, 1) + (date)whole
			: date_of(1899, 12, 30) + (date)whole + (whole < 60);
	if (whole > 0 || seconds == 0)
		snprintf(text, WORKBOOK_TEXT_SIZE, "%s", date_format(day, day_text));
	if (seconds > 0)
		snprintf(text + strlen(text), WORKBOOK_TEXT_SIZE - strlen(text),
			 "%s%02ld:%02ld:%02ld", *text ? " " : "", seconds / 3600, seconds / 60 % 60,
			 seconds % 60);
	return text;
}

const char *workbook_number(double value, char text[WORKBOOK_TEXT_SIZE])
{
	bool whole = fabs(value) < 1e15 && floor(value) == value;

	snprintf(text, WORKBOOK_TEXT_SIZE, whole ? "%.0f" : "%.15g", value + 0.0);
	return text;
}
