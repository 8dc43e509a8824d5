#include "rule/sheet.h"
#include "patent/dates.h"

#include <assert.h>
#include <math.h>

enum { CELL_SHOWN_MAX = 60 };

bool sheet_is_word(struct str word, const char *words)
{
	struct str rest = str_of(words), part;

	while (str_split(&rest, STR(";"), &part))
		if (str_equal_nocase(word, part))
			return true;
	return false;
}

static bool is_column(const struct sheet_column *column, struct str name)
{
	return str_equal_nocase(name, str_of(column->name)) || sheet_is_word(name, column->words);
}

/* The known column that begins most like name, or NULL. */
static const char *nearest(const struct sheet_column *columns, size_t count, struct str name)
{
	const char *best = NULL;
	size_t best_length = 2;

	for (size_t i = 0; i < count; i++) {
		size_t length = 0;
		struct str known = str_of(columns[i].name);

		while (length < name.size && length < known.size &&
		       str_equal_nocase(str_slice(name, length, length + 1),
					str_slice(known, length, length + 1)))
			length++;
		if (length > best_length) {
			best_length = length;
			best = columns[i].name;
		}
	}
	return best;
}

static bool unknown_column(const struct sheet_column *columns, size_t count, struct str name,
			   struct error *error)
{
	const char *near = nearest(columns, count, name);

	error_set(error, ERROR_INVALID, near ? "rule.sheet_column_near" : "rule.sheet_column",
		  "%.*s", (int)(name.size < CELL_SHOWN_MAX ? name.size : CELL_SHOWN_MAX),
		  name.data);
	return near ? error_hint(error, "%s", near) : false;
}

static bool place_column(struct sheet_reader *reader, size_t place, struct error *error)
{
	struct str name = reader->sheet->names[place];

	for (size_t i = 0; i < reader->column_count; i++) {
		if (!is_column(&reader->columns[i], name))
			continue;
		if (reader->places[i] != SIZE_MAX)
			return error_set(error, ERROR_INVALID, "rule.sheet_twice", "%s",
					 reader->columns[i].name);
		reader->places[i] = place;
		return true;
	}
	return unknown_column(reader->columns, reader->column_count, name, error);
}

bool sheet_begin(const struct sheet *sheet, const struct sheet_column *columns, size_t column_count,
		 struct sheet_reader *reader_out, struct error *error)
{
	assert(column_count <= SHEET_COLUMNS_MAX);
	*reader_out = (struct sheet_reader){ .sheet = sheet,
					     .columns = columns,
					     .column_count = column_count };
	for (size_t i = 0; i < column_count; i++)
		reader_out->places[i] = SIZE_MAX;
	for (size_t i = 0; i < sheet->column_count; i++)
		if (!place_column(reader_out, i, error))
			return false;
	for (size_t i = 0; i < column_count; i++)
		if (columns[i].is_required && reader_out->places[i] == SIZE_MAX)
			return error_set(error, ERROR_INVALID, "rule.sheet_missing", "%s",
					 columns[i].name);
	return true;
}

bool sheet_has(const struct sheet_reader *reader, size_t column)
{
	return reader->places[column] != SIZE_MAX;
}

struct str sheet_text(const struct sheet_reader *reader, size_t column)
{
	size_t place = reader->places[column];

	return place == SIZE_MAX ? STR_EMPTY : reader->row->cells[place];
}

bool sheet_error(const struct sheet_reader *reader, size_t column, const char *key,
		 struct error *error)
{
	struct str text = sheet_text(reader, column);

	return error_set_at(error, ERROR_INVALID, key, reader->row->line, "%s: %.*s",
			    reader->columns[column].name,
			    (int)(text.size < CELL_SHOWN_MAX ? text.size : CELL_SHOWN_MAX),
			    text.data ? text.data : "");
}

bool sheet_date(const struct sheet_reader *reader, size_t column, date *date_out,
		struct error *error)
{
	enum dates_answer answer = dates_parse(sheet_text(reader, column), date_out);

	if (answer == DATES_EMPTY || answer == DATES_DAY)
		return true;
	return sheet_error(reader, column, "rule.sheet_date", error);
}

bool sheet_integer(const struct sheet_reader *reader, size_t column, int64_t low, int64_t high,
		   int64_t otherwise, int64_t *value_out, struct error *error)
{
	struct str text = sheet_text(reader, column);

	*value_out = otherwise;
	if (!text.size)
		return true;
	if (str_to_int64(text, value_out) && *value_out >= low && *value_out <= high)
		return true;
	error_hint((sheet_error(reader, column, "rule.sheet_number", error), error), "%lld … %lld",
		   (long long)low, (long long)high);
	return false;
}

bool sheet_number(const struct sheet_reader *reader, size_t column, double low, double high,
		  double otherwise, double *value_out, struct error *error)
{
	struct str text = sheet_text(reader, column);

	*value_out = otherwise;
	if (!text.size)
		return true;
	if (str_to_double(text, value_out) && isfinite(*value_out) && *value_out >= low &&
	    *value_out <= high)
		return true;
	error_hint((sheet_error(reader, column, "rule.sheet_number", error), error), "%g … %g", low,
		   high);
	return false;
}

bool sheet_flag(const struct sheet_reader *reader, size_t column, bool *value_out,
		struct error *error)
{
	struct str text = sheet_text(reader, column);

	*value_out = sheet_is_word(text, "yes;y;true;1;是;有");
	if (*value_out || !text.size || sheet_is_word(text, "no;n;false;0;否;无"))
		return true;
	return sheet_error(reader, column, "rule.sheet_flag", error);
}

bool sheet_next_entry(struct str *rest, struct str *entry_out)
{
	while (rest->size) {
		size_t ascii = str_find_byte(*rest, ';'), wide = str_find(*rest, STR("；"));
		size_t end = ascii < wide ? ascii : wide;
		size_t step = end == STR_NOT_FOUND ? 0 : ascii < wide ? 1 : STR("；").size;

		*entry_out = str_trim(str_slice(*rest, 0, end));
		*rest = end == STR_NOT_FOUND ? STR_EMPTY : str_slice(*rest, end + step, rest->size);
		if (entry_out->size)
			return true;
	}
	return false;
}
