/* What a terminal shows: aligned tables and a progress bar. */
#include "base/clock.h"
#include "base/list.h"
#include "base/utf8.h"
#include "cli/command.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { PROGRESS_DELAY_MS = 700, PROGRESS_STEP_MS = 100, BAR_WIDTH = 30 };

static struct {
	int64_t started_ms, shown_ms;
	bool is_shown;
} progress;

void progress_show(struct context *context, const char *what, int64_t done, int64_t total)
{
	int64_t now = clock_monotonic_ms();
	int filled;

	if (context->quiet || !isatty(STDERR_FILENO))
		return;
	if (progress.started_ms == 0)
		progress.started_ms = now;
	if (now - progress.started_ms < PROGRESS_DELAY_MS ||
	    now - progress.shown_ms < PROGRESS_STEP_MS)
		return;
	progress.shown_ms = now;
	progress.is_shown = true;
	filled = total > 0 ? (int)(BAR_WIDTH * (done < total ? done : total) / total) : 0;
	fprintf(stderr, "\r\033[K%s [%.*s%*s] %3d%%", what, filled,
		"##############################", BAR_WIDTH - filled, "",
		total > 0 ? (int)(100 * (done < total ? done : total) / total) : 0);
}

void progress_end(struct context *context)
{
	(void)context;
	if (progress.is_shown)
		fputs("\r\033[K", stderr);
	progress.started_ms = progress.shown_ms = 0;
	progress.is_shown = false;
}

struct text_table {
	struct arena *arena;
	size_t column_count;
	bool *is_right;
	struct list cells; /* of struct str */
};

static void release_cells(void *cells)
{
	list_release(cells);
}

struct text_table *text_table_create(struct arena *arena, size_t column_count)
{
	struct text_table *table = arena_new(arena, struct text_table);

	*table = (struct text_table){ .arena = arena,
				      .column_count = column_count,
				      .is_right = arena_array(arena, bool, column_count),
				      .cells = LIST_OF(struct str) };
	arena_defer(arena, release_cells, &table->cells);
	return table;
}

void text_table_right(struct text_table *table, size_t column)
{
	table->is_right[column] = true;
}

/* Control characters would move the cursor: a cell is one line of text. */
void text_table_cell(struct text_table *table, struct str text)
{
	struct str copy = str_copy(table->arena, text);

	for (size_t i = 0; i < copy.size; i++) {
		char *byte = (char *)(uintptr_t)&copy.data[i];

		if ((unsigned char)*byte < 0x20 || *byte == 0x7F)
			*byte = ' ';
	}
	*(struct str *)list_add(&table->cells) = copy;
}

static size_t terminal_width(void)
{
	struct winsize size;

	if (isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 &&
	    size.ws_col > 0)
		return size.ws_col;
	return SIZE_MAX;
}

/* Cuts at a character so that the text takes at most `columns` columns. */
static struct str cut_to_width(struct str text, size_t columns)
{
	size_t at = 0, width = 0;

	while (at < text.size) {
		size_t next = at;

		width += utf8_is_wide(utf8_next(text, &next)) ? 2 : 1;
		if (width > columns)
			break;
		at = next;
	}
	return str_slice(text, 0, at);
}

static void print_cell(struct str text, size_t width, bool is_right, bool is_last)
{
	int padding;

	text = cut_to_width(text, width);
	padding = (int)(width - utf8_width(text));
	if (is_right)
		printf("%*s%.*s", padding, "", STR_ARGS(text));
	else
		printf("%.*s%*s", STR_ARGS(text), is_last ? 0 : padding, "");
	fputs(is_last ? "\n" : "  ", stdout);
}

static size_t *column_widths(const struct text_table *table)
{
	size_t *widths = arena_array(table->arena, size_t, table->column_count);

	for (size_t i = 0; i < table->cells.count; i++) {
		size_t width = utf8_width(LIST_AT(&table->cells, struct str, i));
		size_t column = i % table->column_count;

		if (width > widths[column])
			widths[column] = width;
	}
	return widths;
}

/* Narrows the widest column until the row fits the terminal. */
static void fit_widths(size_t *widths, size_t count, size_t room)
{
	enum { NARROWEST = 8 };

	for (;;) {
		size_t total = 2 * (count - 1), widest = 0;

		for (size_t i = 0; i < count; i++) {
			total += widths[i];
			if (widths[i] > widths[widest])
				widest = i;
		}
		if (total <= room || widths[widest] <= NARROWEST)
			return;
		widths[widest] = total - room < widths[widest] - NARROWEST
					 ? widths[widest] - (total - room)
					 : NARROWEST;
	}
}

void text_table_print(const struct text_table *table)
{
	size_t *widths = column_widths(table);

	fit_widths(widths, table->column_count, terminal_width());
	for (size_t i = 0; i < table->cells.count; i++) {
		size_t column = i % table->column_count;

		print_cell(LIST_AT(&table->cells, struct str, i), widths[column],
			   table->is_right[column], column + 1 == table->column_count);
	}
}

void command_table_head(const struct context *context, struct text_table *table,
			const struct label *heads, size_t count)
{
	for (size_t i = 0; i < count; i++)
		text_table_cell(table, str_of(label_text(heads[i], context->language)));
}
