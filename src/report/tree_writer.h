#ifndef REPORT_TREE_WRITER_H
#define REPORT_TREE_WRITER_H

#include "base/error.h"
#include "library/library.h"

/*
 * Writes a technology or effect tree as a workbook with one sheet: columns 一级 二级 三级 四级 定义
 * 检索式, each row with the levels in front of its own repeated, as import/tree_file.h reads them.
 */
bool tree_write_xlsx(const struct topic_node *nodes, size_t count, const char *path,
		     struct error *error) MUST_CHECK;

#endif
