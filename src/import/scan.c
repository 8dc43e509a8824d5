#include "import/scan.h"

#include "base/utf8.h"
#include "import/detect.h"

enum { ROWS_OF_EXAMPLES = 20, EXAMPLE_SIZE_MAX = 240, BATCH_ROWS = 200 };

static struct str cut(struct str value)
{
	struct str first = str_slice(value, 0, EXAMPLE_SIZE_MAX);

	return str_slice(first, 0, utf8_valid_length(first));
}

static bool has_example(const struct scan_column *column, struct str value)
{
	for (size_t i = 0; i < column->example_count; i++)
		if (str_equal(column->examples[i], value))
			return true;
	return false;
}

static void note_cell(struct arena *arena, struct scan_head *head, const struct cell *cell)
{
	for (size_t i = 0; i < head->column_count; i++) {
		struct scan_column *column = &head->columns[i];

		if (!str_equal(column->header, cell->path))
			continue;
		if (column->example_count < COLUMN_EXAMPLES && !has_example(column, cell->value))
			column->examples[column->example_count++] = str_copy(arena,
									     cut(cell->value));
		return;
	}
}

static void read_examples(struct arena *arena, struct reader *reader, struct scan_head *head)
{
	struct arena *row_arena = arena_create(1 << 16);
	enum read_result result = READ_ROW;
	struct error ignored;

	for (int i = 0; i < ROWS_OF_EXAMPLES && result != READ_END && result != READ_FAILED; i++) {
		struct row row = { 0 };

		arena_reset(row_arena);
		result = reader_next(reader, row_arena, &row, &ignored);
		for (size_t k = 0; k < row.count; k++)
			note_cell(arena, head, &row.cells[k]);
	}
	arena_destroy(row_arena);
}

/* The keys of JSON may be mapped as well; what a known source makes of them is no matter of keys alone. */
static bool has_columns(enum format format, const struct source *source)
{
	return (SOURCE_TABLE >> format & 1) ||
	       (format == FORMAT_JSON && (!source || source->origin == ORIGIN_COLUMN_MAP));
}

static void read_columns(struct arena *arena, struct reader *reader, struct scan_head *head)
{
	size_t count;
	const struct str *headers = reader_signature(reader, &count);

	if (!has_columns(reader_format(reader), head->source))
		return;
	head->columns = arena_array(arena, struct scan_column, count + 1);
	for (size_t i = 0; i < count; i++) {
		head->columns[i].header = str_copy(arena, headers[i]);
		if (head->source)
			head->columns[i].row = source_find_row(arena, head->source, headers[i]);
	}
	head->column_count = count;
	read_examples(arena, reader, head);
}

bool scan_head(struct arena *arena, const char *path, const struct source *source,
	       struct scan_head *head_out, struct error *error)
{
	struct reader *reader;

	*head_out = (struct scan_head){ .source = source };
	if (!detect_open(arena, path, &reader, error))
		return false;
	if (!source &&
	    !detect_source(arena, reader, &head_out->source, &head_out->score, &head_out->unknown))
		head_out->source = NULL;
	/* looking for the source may have read on */
	reader_close(reader);
	if (!detect_open(arena, path, &reader, error))
		return false;
	read_columns(arena, reader, head_out);
	reader_close(reader);
	return true;
}

/* ---- Rows. */

struct visit {
	scan_row_fn *take;
	void *context;
};

static bool take_batch(void *context, struct batch *batch)
{
	const struct visit *visit = context;
	bool goes_on = true;

	for (size_t i = 0; goes_on && i < batch->rows.count; i++)
		goes_on = visit->take(visit->context, &LIST_AT(&batch->rows, struct batch_row, i));
	batch_destroy(batch);
	return goes_on;
}

bool scan_rows(struct arena *arena, const char *path, const struct source *source,
	       scan_row_fn *take, void *context, struct error *error)
{
	struct visit visit = { take, context };
	struct batch_source from = { .forced = source, .batch_rows = BATCH_ROWS };

	if (!detect_open(arena, path, &from.reader, error))
		return false;
	batch_each(&from, take_batch, &visit);
	reader_close(from.reader);
	return true;
}
