#include "api/figure_table.h"
#include "api/record_sheet.h"
#include "base/list.h"

struct figure_table {
	struct record_call *records;
	struct sheet_column columns[FIGURE_COLUMNS_MAX];
	struct str lead[FIGURE_LEAD_MAX];
	struct sheet sheet;
	struct list rows; /* struct str * */
};

static const enum sheet_kind kinds[] = {
	[FIGURE_TEXT] = SHEET_TEXT,     [FIGURE_LONG_TEXT] = SHEET_LONG_TEXT,
	[FIGURE_NUMBER] = SHEET_NUMBER, [FIGURE_AMOUNT] = SHEET_AMOUNT,
	[FIGURE_DATE] = SHEET_DATE,
};

static void release_rows(void *rows)
{
	list_release(rows);
}

struct figure_table *figure_table_create(struct record_call *records,
					 const struct figure_head *heads, size_t count)
{
	struct arena *arena = records->call->arena;
	struct figure_table *table = arena_new(arena, struct figure_table);

	*table = (struct figure_table){ .records = records, .rows = LIST_OF(struct str *) };
	arena_defer(arena, release_rows, &table->rows);
	for (size_t i = 0; i < count && i < FIGURE_COLUMNS_MAX; i++)
		table->columns[i] = (struct sheet_column){
			.head = str_of(label_text(heads[i].label, records->call->language)),
			.kind = kinds[heads[i].kind]
		};
	table->sheet = (struct sheet){ .columns = table->columns,
				       .column_count = count,
				       .lead = table->lead };
	return table;
}

void figure_table_lead(struct figure_table *table, const char *line)
{
	if (table->sheet.lead_count < FIGURE_LEAD_MAX)
		table->lead[table->sheet.lead_count++] = str_of(line);
}

struct str *figure_table_row(struct figure_table *table)
{
	struct str *cells = arena_array(table->records->call->arena, struct str,
					table->sheet.column_count);

	*(struct str **)list_add(&table->rows) = cells;
	return cells;
}

bool figure_table_answer(struct figure_table *table, const char *name, struct error *error)
{
	if (table->rows.count > SHEET_ROWS_MAX)
		return error_set(error, ERROR_LIMIT, "api.sheet_rows", "%d", SHEET_ROWS_MAX);
	table->sheet.name = str_of(name);
	table->sheet.rows = table->rows.items;
	table->sheet.row_count = table->rows.count;
	return sheet_answer(table->records, &table->sheet, name, error);
}
