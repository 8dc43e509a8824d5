#include "report/tree_writer.h"

#include <xlsxwriter.h>

enum { LEVELS = 4, COLUMN_DEFINITION = LEVELS, COLUMN_QUERY, COLUMNS };

static const struct {
	const char *head;
	double width; /* characters */
} columns[COLUMNS] = {
	{ "一级", 18 }, { "二级", 18 }, { "三级", 18 },
	{ "四级", 18 }, { "定义", 40 }, { "检索式", 60 },
};

static void write_head(lxw_workbook *workbook, lxw_worksheet *sheet)
{
	lxw_format *bold = workbook_add_format(workbook);

	format_set_bold(bold);
	for (lxw_col_t i = 0; i < COLUMNS; i++) {
		worksheet_set_column(sheet, i, i, columns[i].width, NULL);
		worksheet_write_string(sheet, 0, i, columns[i].head, bold);
	}
	worksheet_freeze_panes(sheet, 1, 0);
}

static void write_node(lxw_worksheet *sheet, lxw_row_t row, const struct topic_node *node,
		       const char *path[LEVELS])
{
	for (lxw_col_t i = 0; i < node->level; i++)
		worksheet_write_string(sheet, row, i, path[i], NULL);
	if (node->definition && node->definition[0])
		worksheet_write_string(sheet, row, COLUMN_DEFINITION, node->definition, NULL);
	if (node->query && node->query[0])
		worksheet_write_string(sheet, row, COLUMN_QUERY, node->query, NULL);
}

bool tree_write_xlsx(const struct topic_node *nodes, size_t count, const char *path,
		     struct error *error)
{
	lxw_workbook *workbook = workbook_new(path);
	lxw_worksheet *sheet = workbook ? workbook_add_worksheet(workbook, "分解表") : NULL;
	const char *names[LEVELS] = { "" };

	if (!sheet)
		return error_set(error, ERROR_IO, "file.write", "%s", path);
	write_head(workbook, sheet);
	for (size_t i = 0; i < count; i++) {
		names[nodes[i].level - 1] = nodes[i].name;
		write_node(sheet, (lxw_row_t)i + 1, &nodes[i], names);
	}
	if (workbook_close(workbook) != LXW_NO_ERROR)
		return error_set(error, ERROR_IO, "file.write", "%s", path);
	return true;
}
