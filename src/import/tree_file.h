#ifndef IMPORT_TREE_FILE_H
#define IMPORT_TREE_FILE_H

#include "base/strbuf.h"
#include "library/library.h"

/*
 * Technology and effect trees (技术分解表、功效分解表) as files:
 *   TOML    [[node]] with level = 1, name, definition, query
 *   JSON    a list, or an object with "nodes": nested by "children", or flat with "level"
 *   tables  XLSX, XLS, CSV: columns 一级 二级 三级 四级 定义 检索式, each row naming the deepest level
 *           it fills (levels in front may be repeated or left empty), or 级别 名称 定义 检索式
 * The form is told by the file's name for .toml and .json, by the content for tables. What the
 * queries mean is not looked at here. XLSX is written by report/tree_writer.h.
 *
 * A tree in order: each node behind its parent, levels 1 to 4. Refused with its place: a level
 * that jumps or is out of range, a node without name, two siblings of one name, too many nodes.
 */
enum {
	TREE_LEVELS_MAX = 4,
	TREE_NODES_MAX = 2000,
	TREE_NAME_MAX = 200,        /* bytes */
	TREE_DEFINITION_MAX = 4000, /* bytes */
	TREE_QUERY_MAX = 20000,     /* bytes */
	TREE_FILE_MAX = 8 << 20     /* bytes, of TOML and JSON */
};

/* Nodes live in the arena. Errors: at is the line (TOML), row (tables) or node (JSON). */
bool tree_read_file(struct arena *arena, const char *path, struct topic_node **nodes_out,
		    size_t *count_out, struct error *error) MUST_CHECK;
bool tree_read_toml(struct arena *arena, struct str content, struct topic_node **nodes_out,
		    size_t *count_out, struct error *error) MUST_CHECK;
bool tree_read_json(struct arena *arena, struct str content, struct topic_node **nodes_out,
		    size_t *count_out, struct error *error) MUST_CHECK;
bool tree_read_table(struct arena *arena, const char *path, struct topic_node **nodes_out,
		     size_t *count_out, struct error *error) MUST_CHECK;

/* Both read back to the same tree. */
void tree_write_toml(const struct topic_node *nodes, size_t count, struct strbuf *file);
void tree_write_json(const struct topic_node *nodes, size_t count, struct strbuf *file);

#endif
