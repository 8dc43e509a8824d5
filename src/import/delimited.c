#include "import/reader_internal.h"

#include <string.h>

/*
 * Text tables as RFC 4180 has them, and their relatives: other separators, any of the three line
 * ends, a quote inside an unquoted cell standing for itself.
 */

struct dialect {
	char separator; /* 0: one column */
	bool quoted;
};

struct delimited {
	struct dialect dialect;
	struct row_buffer *row;
	int64_t place;
	bool skip_line_feed; /* the row ended with CR: a LF behind it belongs to it */
};

static const char separators[] = { ',', ';', '\t', '|' };

enum { SAMPLE_ROWS_MAX = 200, SAMPLE_COLUMNS_MAX = 1000, LONE_LINE_MAX = 64 };

/* Offset behind the row that starts at `at`, its cells counted; SIZE_MAX when it is not whole. */
static size_t sample_row(struct str s, size_t at, struct dialect dialect, size_t *count_out)
{
	bool in_quotes = false, at_start = true;

	*count_out = 1;
	for (; at < s.size; at++) {
		char c = s.data[at];

		if (dialect.quoted && c == '"' && (in_quotes || at_start)) {
			in_quotes = !in_quotes;
			at_start = !in_quotes; /* "" inside: opens again */
			continue;
		}
		at_start = !in_quotes && c == dialect.separator;
		*count_out += at_start;
		if (!in_quotes && (c == '\n' || c == '\r'))
			return at + 1 + (c == '\r' && at + 1 < s.size && s.data[at + 1] == '\n');
	}
	return SIZE_MAX;
}

/* How well the dialect fits: share of rows with the commonest number of cells, then that number. */
static size_t dialect_score(struct str s, bool whole, struct dialect dialect)
{
	size_t counts[SAMPLE_COLUMNS_MAX + 1] = { 0 }, rows = 0, best = 0, at = 0;

	while (at < s.size && rows < SAMPLE_ROWS_MAX) {
		size_t count, next = sample_row(s, at, dialect, &count);

		if (next == SIZE_MAX && !(whole || rows == 0))
			break;
		counts[count < SAMPLE_COLUMNS_MAX ? count : SAMPLE_COLUMNS_MAX]++;
		rows++;
		at = next;
	}
	for (size_t i = 2; i <= SAMPLE_COLUMNS_MAX; i++)
		if (counts[i] > counts[best] || best == 0)
			best = i;
	/* A preamble takes up to eight rows of a short file. */
	if (counts[best] * 2 + 8 < rows || counts[best] < (rows > 1 ? 2 : 1))
		return 0;
	return counts[best] * 1000 / rows * 100 + (best < 99 ? best : 99);
}

/* Text without separators is a table of one column when its lines are short: a list of numbers. */
static bool is_list(struct str s)
{
	size_t line = 0;

	for (size_t i = 0; i < s.size; i++) {
		line = s.data[i] == '\n' || s.data[i] == '\r' ? 0 : line + 1;
		if (line > LONE_LINE_MAX)
			return false;
	}
	return true;
}

static bool find_dialect(struct str s, bool whole, struct dialect *dialect_out)
{
	size_t best = 0;

	*dialect_out = (struct dialect){ 0, true };
	for (size_t i = 0; i < 2 * sizeof(separators); i++) {
		struct dialect dialect = { separators[i % sizeof(separators)],
					   i < sizeof(separators) };
		size_t fit = dialect_score(s, whole, dialect);

		if (fit > best) {
			best = fit;
			*dialect_out = dialect;
		}
	}
	return best > 0 || is_list(s);
}

/* Bytes up to the next one of the three. */
static size_t plain_run(const char *data, size_t size, char separator)
{
	size_t i = 0;

	while (i < size && data[i] != separator && data[i] != '\n' && data[i] != '\r')
		i++;
	return i;
}

enum cell_state { CELL_START, CELL_PLAIN, CELL_QUOTED, CELL_QUOTE };

/* Takes one step in the window, which is not empty. True when the row has ended. */
static bool step(struct delimited *state, struct text *text, enum cell_state *cell)
{
	const char *data = text->data + text->at;
	size_t size = text->end - text->at, run;
	char c = *data;

	if (*cell == CELL_QUOTED) {
		const char *quote = memchr(data, '"', size);

		run = quote ? (size_t)(quote - data) : size;
		row_buffer_add(state->row, data, run);
		text->at += run + (quote ? 1 : 0);
		*cell = quote ? CELL_QUOTE : CELL_QUOTED;
		return false;
	}
	if (c == '"' && (*cell == CELL_QUOTE || (*cell == CELL_START && state->dialect.quoted))) {
		if (*cell == CELL_QUOTE)
			row_buffer_add(state->row, "\"", 1);
		text->at++;
		*cell = CELL_QUOTED;
		return false;
	}
	if (c == '\n' || c == '\r' || (c == state->dialect.separator && c)) {
		row_buffer_end_cell(state->row);
		text->at++;
		*cell = CELL_START;
		state->skip_line_feed = c == '\r';
		return c == '\n' || c == '\r';
	}
	run = plain_run(data, size, state->dialect.separator ? state->dialect.separator : '\n');
	row_buffer_add(state->row, data, run);
	text->at += run;
	*cell = CELL_PLAIN;
	return false;
}

static enum read_result last_row(struct reader *reader, enum cell_state cell,
				 struct sheet_row *row_out, struct error *error)
{
	struct delimited *state = reader->state;

	if (cell == CELL_START && state->row->ends.count == 0)
		return READ_END;
	row_buffer_end_cell(state->row);
	if (row_buffer_row(state->row, reader, state->place, row_out, error) == READ_BAD_ROW)
		return READ_BAD_ROW;
	if (cell != CELL_QUOTED)
		return READ_ROW;
	reader_error(reader, error, ERROR_INVALID, "reader.quote_open", state->place, NULL);
	return READ_BAD_ROW;
}

static enum read_result next_row(struct reader *reader, struct sheet_row *row_out,
				 struct error *error)
{
	struct delimited *state = reader->state;
	struct text *text = reader->text;
	enum cell_state cell = CELL_START;
	bool failed = false;

	row_buffer_clear(state->row);
	if (state->skip_line_feed && text_has(text, 1, error, &failed) &&
	    text->data[text->at] == '\n')
		text->at++;
	state->skip_line_feed = false;
	state->place++;
	while (text_has(text, 1, error, &failed))
		if (step(state, text, &cell))
			return row_buffer_row(state->row, reader, state->place, row_out, error);
	row_out->place = state->place;
	return failed ? READ_FAILED : last_row(reader, cell, row_out, error);
}

static bool delimited_open(struct reader *reader, struct error *error)
{
	struct delimited *state = arena_new(reader->part_arena, struct delimited);

	reader->state = state;
	state->row = row_buffer_create(reader);
	if (!find_dialect(text_window(reader->text), reader->text->ended, &state->dialect))
		return reader_error(reader, error, ERROR_INVALID, "reader.no_table", -1, NULL);
	return table_open(reader, next_row, state->dialect.separator ? 2 : 1, error);
}

const struct format_driver delimited_driver = { FORMAT_DELIMITED, delimited_open, table_next,
						NULL };
