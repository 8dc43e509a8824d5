#include "analyse/statistics_internal.h"
#include "analyse/tree_internal.h"
#include "analyse/unit_internal.h"

/*
 * The technique x effect matrix: what is worked on, by what means, to what end, and what is not.
 *
 * Rows are the lowest branches of the technology tree, columns those of the effect tree, a cell
 * counts the documents in both. Under independence a cell would hold row sum * column sum / sum;
 * how surprising its count is tells a Poisson distribution with that mean:
 *
 *	hot     P(X >= count) < 5 %, ratio >= 1.5, 5 documents or more, and recent > previous
 *	warm    P(X >= count) < 5 %, ratio >= 1.5, without the growth
 *	normal  anything else that is not empty
 *	sparse  not empty, expected >= 3, P(X <= count) < 5 %
 *	blank   empty, expected >= 3 (then P(X = 0) < 5 %): a blank spot, to be confirmed by a person
 *	empty-by-chance  empty, and nothing else was to be expected
 */
static const double surprise = 0.05, hot_ratio = 1.5, expected_min = 3;
enum { HOT_CELL_MIN = 5 };

static const struct figure_column matrix_columns[] = {
	{ "technique", { "技术手段", "Technique" }, VALUE_TEXT },
	{ "effect", { "技术功效", "Effect" }, VALUE_TEXT },
	{ "count", { "数量", "Count" }, VALUE_COUNT },
	{ "expected", { "期望数量", "Expected" }, VALUE_NUMBER },
	{ "ratio", { "实际/期望", "Ratio" }, VALUE_NUMBER },
	{ "probability", { "偶然概率", "Probability" }, VALUE_SHARE },
	{ "growth", { "近三年增长", "Growth" }, VALUE_SHARE },
	{ "neighbours", { "相邻非空格", "Neighbours" }, VALUE_COUNT },
	{ "class", { "类别", "Class" }, VALUE_TEXT },
};

enum cell_class {
	CELL_HOT,
	CELL_WARM,
	CELL_NORMAL,
	CELL_SPARSE,
	CELL_BLANK,
	CELL_EMPTY,
	CELL_CLASSES
};
static const struct {
	const char *key;
	struct label label;
} classes[CELL_CLASSES] = {
	[CELL_HOT] = { "hot", { "热点", "hot" } },
	[CELL_WARM] = { "warm", { "活跃", "warm" } },
	[CELL_NORMAL] = { "normal", { "一般", "normal" } },
	[CELL_SPARSE] = { "sparse", { "稀疏", "sparse" } },
	[CELL_BLANK] = { "blank", { "空白", "blank" } },
	[CELL_EMPTY] = { "empty-by-chance", { "偶然空缺", "empty by chance" } },
};

struct matrix_cell {
	uint32_t count, recent, previous;
	double expected, probability;
	enum cell_class class;
};

struct matrix {
	const struct tree_node **techniques, **effects;
	size_t row_count, column_count;
	struct matrix_cell *cells;
	uint32_t *row_used, *column_used; /* cells that are not empty */
};

struct membership membership_of(struct arena *arena, const struct snapshot *snapshot,
				const struct tree_node *const *nodes, size_t count)
{
	size_t limit = snapshot_document_limit(snapshot);
	struct membership membership = { arena_array(arena, uint32_t, limit + 2), NULL };
	uint32_t *starts = membership.starts, document;

	for (size_t i = 0; i < count; i++) {
		struct bitmap_walk walk = bitmap_walk(nodes[i]->documents);

		while (bitmap_walk_next(&walk, &document))
			starts[document + 2]++;
	}
	for (size_t i = 2; i < limit + 2; i++)
		starts[i] += starts[i - 1];
	membership.nodes = arena_array(arena, uint32_t, (size_t)starts[limit + 1] + 1);
	for (size_t i = 0; i < count; i++) {
		struct bitmap_walk walk = bitmap_walk(nodes[i]->documents);

		while (bitmap_walk_next(&walk, &document))
			membership.nodes[starts[document + 1]++] = (uint32_t)i;
	}
	return membership;
}

/* The years a block's documents were filed, 0 where unknown. */
static void block_years(const struct analysis_input *input, const struct block *block,
			int years_out[BLOCK_SIZE], int64_t days[BLOCK_SIZE])
{
	block_numbers(input->snapshot, COL_FILED, block, days);
	for (uint32_t row = 0; row < block->count; row++)
		years_out[row] = days[row] == NUMBER_NONE ? 0 : date_year((date)days[row]);
}

struct matrix_pass {
	struct membership rows, columns;
	struct weigher *weigher;
	struct window window;
	int years[BLOCK_SIZE];
	int64_t days[BLOCK_SIZE];
};

static void add_document(struct matrix *matrix, struct matrix_pass *pass, uint32_t row,
			 uint32_t document)
{
	const uint32_t *starts = pass->rows.starts, *others = pass->columns.starts;
	int year = pass->years[row];

	for (uint32_t i = starts[document]; i < starts[document + 1]; i++) {
		for (uint32_t j = others[document]; j < others[document + 1]; j++) {
			size_t at = pass->rows.nodes[i] * matrix->column_count +
				    pass->columns.nodes[j];
			uint32_t weight = weigher_weight(pass->weigher, row, at);

			matrix->cells[at].count += weight;
			if (year >= pass->window.recent && year <= pass->window.last)
				matrix->cells[at].recent += weight;
			else if (year >= pass->window.previous && year < pass->window.recent)
				matrix->cells[at].previous += weight;
		}
	}
}

/* Documents filed in the years from `first` to `last`. */
static const struct bitmap *filed_within(const struct build *build, int first, int last)
{
	const struct snapshot *snapshot = build->input->snapshot;

	return index_number_range_documents(snapshot, build->arena, COL_FILED, date_of(first, 1, 1),
					    date_of(last, 12, 31));
}

static const struct bitmap **sets_of(struct arena *arena, const struct tree_node *const *nodes,
				     size_t count)
{
	const struct bitmap **sets = arena_array(arena, const struct bitmap *, count + 1);

	for (size_t i = 0; i < count; i++)
		sets[i] = nodes[i]->documents;
	return sets;
}

/* Applications weigh the same, so that cells are sets in common. */
static bool intersect_cells(struct build *build, struct matrix *matrix, struct error *error)
{
	enum { OTHER, RECENT, PREVIOUS, CLASSES };
	struct window window = window_of(build->input->as_of);
	const struct bitmap *periods[] = {
		filed_within(build, window.recent, window.last),
		filed_within(build, window.previous, window.recent - 1),
	};
	const struct set_table table = {
		.rows = sets_of(build->arena, matrix->techniques, matrix->row_count),
		.columns = sets_of(build->arena, matrix->effects, matrix->column_count),
		.classes = periods,
		.row_count = matrix->row_count,
		.column_count = matrix->column_count,
		.class_count = CLASSES - 1,
	};
	size_t cells = matrix->row_count * matrix->column_count;
	uint32_t *counts;

	if (!count_intersections(&table, build->arena, build->input->limits, &counts, error))
		return false;
	for (size_t i = 0; i < cells; i++) {
		struct matrix_cell *cell = &matrix->cells[i];

		cell->recent = counts[RECENT * cells + i];
		cell->previous = counts[PREVIOUS * cells + i];
		cell->count = counts[OTHER * cells + i] + cell->recent + cell->previous;
	}
	return true;
}

/* Families and publications: document by document, since a family counts once in a cell. */
static void weigh_cells(struct build *build, struct matrix *matrix)
{
	const struct analysis_input *input = build->input;
	struct matrix_pass *pass = arena_new(build->arena, struct matrix_pass);
	struct block *block = block_create(build->arena);
	struct block_walk walk = block_walk(input->snapshot, input->documents);

	pass->rows = membership_of(build->arena, input->snapshot, matrix->techniques,
				   matrix->row_count);
	pass->columns = membership_of(build->arena, input->snapshot, matrix->effects,
				      matrix->column_count);
	pass->weigher = weigher_create(build->arena, input, input->documents);
	pass->window = window_of(input->as_of);
	while (block_next(&walk, block)) {
		weigher_take(pass->weigher, block);
		block_years(input, block, pass->years, pass->days);
		for (uint32_t row = 0; row < block->count; row++)
			add_document(matrix, pass, row,
				     block->first_document + block->documents[row]);
	}
}

static enum cell_class classify(const struct matrix_cell *cell)
{
	double ratio = cell->expected > 0 ? cell->count / cell->expected : 0;

	if (cell->count == 0)
		return cell->expected >= expected_min && cell->probability < surprise ? CELL_BLANK
										      : CELL_EMPTY;
	if (cell->count < cell->expected)
		return cell->expected >= expected_min && cell->probability < surprise ? CELL_SPARSE
										      : CELL_NORMAL;
	if (cell->count < HOT_CELL_MIN || ratio < hot_ratio || cell->probability >= surprise)
		return CELL_NORMAL;
	return cell->recent > cell->previous ? CELL_HOT : CELL_WARM;
}

/* Expected counts from the sums of the table itself. */
static void judge_cells(struct build *build, struct matrix *matrix)
{
	double *rows = arena_array(build->arena, double, matrix->row_count + 1);
	double *columns = arena_array(build->arena, double, matrix->column_count + 1);
	double sum = 0;

	matrix->row_used = arena_array(build->arena, uint32_t, matrix->row_count + 1);
	matrix->column_used = arena_array(build->arena, uint32_t, matrix->column_count + 1);
	for (size_t i = 0; i < matrix->row_count * matrix->column_count; i++) {
		size_t row = i / matrix->column_count, column = i % matrix->column_count;

		rows[row] += matrix->cells[i].count;
		columns[column] += matrix->cells[i].count;
		sum += matrix->cells[i].count;
		matrix->row_used[row] += matrix->cells[i].count > 0;
		matrix->column_used[column] += matrix->cells[i].count > 0;
	}
	for (size_t i = 0; i < matrix->row_count * matrix->column_count; i++) {
		struct matrix_cell *cell = &matrix->cells[i];

		cell->expected = sum > 0 ? rows[i / matrix->column_count] *
						   columns[i % matrix->column_count] / sum
					 : 0;
		cell->probability = cell->count >= cell->expected
					    ? poisson_at_least(cell->count, cell->expected)
					    : poisson_at_most(cell->count, cell->expected);
		cell->class = classify(cell);
	}
}

static void add_matrix_cell(struct build *build, const struct matrix *matrix, size_t row,
			    size_t column)
{
	const struct tree_node *technique = matrix->techniques[row];
	const struct tree_node *effect = matrix->effects[column];
	const struct matrix_cell *cell = &matrix->cells[row * matrix->column_count + column];
	uint32_t itself = cell->count > 0;
	struct figure_row *added = build_row(build);

	added->key = str_of(classes[cell->class].key);
	added->drill = drill_and(build->arena, tree_drill(build, technique),
				 tree_drill(build, effect));
	build_text(build, technique->name);
	build_text(build, effect->name);
	build_number(build, cell->count);
	build_number(build, cell->expected);
	build_number(build, share_of(cell->count, cell->expected));
	build_number(build, cell->probability);
	build_number(build, growth_of(cell->recent, cell->previous));
	build_number(build, matrix->row_used[row] + matrix->column_used[column] - 2 * itself);
	build_text(build, build_label(build, classes[cell->class].label));
}

static void add_matrix_notes(struct build *build, const struct matrix *matrix)
{
	double found[CELL_CLASSES] = { 0 };

	for (size_t i = 0; i < matrix->row_count * matrix->column_count; i++)
		found[matrix->cells[i].class]++;
	build_note(build, "cells", (struct label){ "单元格总数", "Cells" },
		   (double)(matrix->row_count * matrix->column_count));
	build_note(build, "hot_cells", (struct label){ "热点单元格", "Hot cells" },
		   found[CELL_HOT]);
	build_note(build, "blank_cells", (struct label){ "空白单元格", "Blank cells" },
		   found[CELL_BLANK]);
	build_note(build, "sparse_cells", (struct label){ "稀疏单元格", "Sparse cells" },
		   found[CELL_SPARSE]);
}

static bool run_matrix(const struct analysis *analysis, struct build *build, struct error *error)
{
	const struct analysis_input *input = build->input;
	struct matrix matrix = { 0 };

	(void)analysis;
	matrix.row_count = tree_leaves(build->arena, input->technology, input->technology_count,
				       &matrix.techniques);
	matrix.column_count = tree_leaves(build->arena, input->effect, input->effect_count,
					  &matrix.effects);
	matrix.cells = arena_array(build->arena, struct matrix_cell,
				   matrix.row_count * matrix.column_count + 1);
	if (input->unit != UNIT_APPLICATION)
		weigh_cells(build, &matrix);
	else if (!intersect_cells(build, &matrix, error))
		return false;
	judge_cells(build, &matrix);
	for (size_t row = 0; row < matrix.row_count; row++)
		for (size_t column = 0; column < matrix.column_count; column++)
			add_matrix_cell(build, &matrix, row, column);
	add_matrix_notes(build, &matrix);
	return true;
}

const struct analysis analysis_matrix = {
	.figure = { "matrix",
		    { "技术功效矩阵", "Technique and effect matrix" },
		    { "期望数量＝行合计×列合计÷总计（独立假设）；偶然概率按泊松分布。热点：超出期望"
		      " 1.5 倍且"
		      "概率低于 5%、近三年增长；空白：数量为 0 而期望不少于 3。空白须经人工确认。",
		      "Expected is row sum x column sum / sum (independence), probability by "
		      "Poisson. Hot: "
		      "1.5 times the expected or more, below 5 %, and growing; blank: none where 3 "
		      "or more "
		      "were to be expected. A person has to confirm blanks." },
		    SHAPE_HEAT,
		    COLUMNS(matrix_columns) },
	.run = run_matrix,
	.needs_technology = true,
	.needs_effect = true,
	.clause = "2.3-f",
};
