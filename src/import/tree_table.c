#include "import/reader.h"
#include "import/tree_internal.h"

/* What a row of a table says of the tree. */
struct table_row {
	struct str levels[TREE_LEVELS_MAX]; /* 一级 ... 四级 */
	struct str level, name;             /* the other layout */
	struct str definition, query;
};

/* Headers as they begin. */
static const struct {
	const char *header;
	size_t offset;
} columns[] = {
	{ "一级", offsetof(struct table_row, levels[0]) },
	{ "二级", offsetof(struct table_row, levels[1]) },
	{ "三级", offsetof(struct table_row, levels[2]) },
	{ "四级", offsetof(struct table_row, levels[3]) },
	{ "级别", offsetof(struct table_row, level) },
	{ "层级", offsetof(struct table_row, level) },
	{ "level", offsetof(struct table_row, level) },
	{ "名称", offsetof(struct table_row, name) },
	{ "name", offsetof(struct table_row, name) },
	{ "定义", offsetof(struct table_row, definition) },
	{ "技术定义", offsetof(struct table_row, definition) },
	{ "definition", offsetof(struct table_row, definition) },
	{ "检索式", offsetof(struct table_row, query) },
	{ "query", offsetof(struct table_row, query) },
};

static void take_cells(const struct row *row, struct table_row *cells)
{
	*cells = (struct table_row){ 0 };
	for (size_t i = 0; i < row->count; i++)
		for (size_t k = 0; k < sizeof(columns) / sizeof(columns[0]); k++)
			if (str_starts_with(str_trim(row->cells[i].path),
					    str_of(columns[k].header))) {
				*(struct str *)(void *)((char *)cells + columns[k].offset) =
					str_trim(row->cells[i].value);
				break;
			}
}

static struct topic_node *open_node(struct tree_draft *draft, size_t level)
{
	return &LIST_AT(&draft->nodes, struct topic_node, draft->open[level]);
}

/* Is the level's open node of this name? Then the row repeats it on the way down. */
static bool is_open(struct tree_draft *draft, size_t level, struct str name)
{
	return level < draft->depth && str_equal_cstr(name, open_node(draft, level)->name);
}

/* A row that names an open node once more may say what an earlier row left unsaid. */
static bool complete(struct tree_draft *draft, size_t level, int64_t place,
		     const struct table_row *cells, struct error *error)
{
	struct topic_node *node = open_node(draft, level);

	if (node->definition[0] || node->query[0] || level + 1 < draft->depth)
		return error_set_at(error, ERROR_INVALID, "import.tree_twice", place, "%s",
				    node->name);
	if (cells->definition.size > TREE_DEFINITION_MAX || cells->query.size > TREE_QUERY_MAX)
		return error_set_at(error, ERROR_LIMIT, "import.tree_text", place, "%d/%d/%d",
				    TREE_NAME_MAX, TREE_DEFINITION_MAX, TREE_QUERY_MAX);
	node->definition = str_to_cstr(draft->arena, cells->definition);
	node->query = str_to_cstr(draft->arena, cells->query);
	return true;
}

/* The levels of a row from left to right; the deepest one is what the row is about. */
static bool add_path(struct tree_draft *draft, int64_t place, const struct table_row *cells,
		     struct error *error)
{
	size_t deepest = TREE_LEVELS_MAX;

	while (deepest > 0 && cells->levels[deepest - 1].size == 0)
		deepest--;
	if (deepest == 0)
		return error_set_at(error, ERROR_INVALID, "import.tree_name", place, "%s", "");
	for (size_t level = 0; level < deepest; level++) {
		bool is_own = level + 1 == deepest;

		if (cells->levels[level].size == 0)
			continue;
		if (is_open(draft, level, cells->levels[level])) {
			if (is_own && !complete(draft, level, place, cells, error))
				return false;
			continue;
		}
		if (!tree_draft_add(draft, place, (int64_t)level + 1, cells->levels[level],
				    is_own ? cells->definition : STR_EMPTY,
				    is_own ? cells->query : STR_EMPTY, error))
			return false;
	}
	return true;
}

static bool is_blank(const struct row *row)
{
	for (size_t i = 0; i < row->count; i++)
		if (str_trim(row->cells[i].value).size > 0)
			return false;
	return true;
}

static bool add_row(struct tree_draft *draft, const struct row *row, struct error *error)
{
	struct table_row cells;
	int64_t level;

	if (is_blank(row))
		return true;
	take_cells(row, &cells);
	if (cells.level.size == 0 && cells.name.size == 0)
		return add_path(draft, row->place, &cells, error);
	if (!str_to_int64(cells.level, &level))
		return error_set_at(error, ERROR_INVALID, "import.tree_level", row->place, "%.*s",
				    STR_ARGS(str_slice(cells.level, 0, 60)));
	return tree_draft_add(draft, row->place, level, cells.name, cells.definition, cells.query,
			      error);
}

static bool read_rows(struct tree_draft *draft, struct reader *reader, struct arena *row_arena,
		      struct error *error)
{
	for (;;) {
		struct row row;
		enum read_result result;

		arena_reset(row_arena);
		result = reader_next(reader, row_arena, &row, error);
		if (result == READ_END)
			return true;
		if (result != READ_ROW || !add_row(draft, &row, error))
			return false;
	}
}

bool tree_read_table(struct arena *arena, const char *path, struct topic_node **nodes_out,
		     size_t *count_out, struct error *error)
{
	struct tree_draft draft;
	struct arena *row_arena;
	struct reader *reader;
	bool ok;

	if (!reader_open(arena, path, &reader_default_limits, &reader, error))
		return false;
	tree_draft_init(&draft, arena);
	row_arena = arena_create(4096);
	ok = read_rows(&draft, reader, row_arena, error);
	arena_destroy(row_arena);
	if (ok)
		return tree_draft_finish(&draft, nodes_out, count_out, error);
	tree_draft_release(&draft);
	return false;
}
