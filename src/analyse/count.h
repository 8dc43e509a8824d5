#ifndef ANALYSE_COUNT_H
#define ANALYSE_COUNT_H

#include "analyse/axis.h"
#include "analyse/figure.h"

/*
 * The primitive under every analysis: count a set of documents by one or two dimensions with a
 * measure. A pass over the set's chunks and the forward columns; nothing is intersected, and the
 * cost is a few nanoseconds a document and value.
 *
 * Units: UNIT_APPLICATION counts documents. UNIT_FAMILY counts in each cell the different simple
 * families (the first COL_FAMILY value; a document without one is its own family).
 * UNIT_PUBLICATION counts a document as often as it has kinds of publication (A, B ...), at least
 * once.
 */

/* Size of the whole set in the input's unit. */
uint64_t count_documents(const struct analysis_input *input, struct arena *arena);

/*
 * How often each value of the axis occurs: axis->size counts. without_out (may be NULL): size of
 * what has no value. The whole of an index without deleted documents is read off its totals.
 */
uint32_t *count_values(const struct analysis_input *input, struct arena *arena,
		       const struct axis *axis, uint64_t *without_out);

/* The same for several axes at a time, which share the walk over the documents. */
void count_facets(const struct analysis_input *input, struct arena *arena, const struct axis *axes,
		  size_t axis_count, uint32_t **counts_out);

struct value_count {
	uint32_t value;
	uint32_t count;
};
/* The most frequent values, ties by value; values that do not occur are passed over. limit 0:
   all. O(size + limit log limit) on average. */
size_t count_top(struct arena *arena, const uint32_t *counts, uint32_t size, size_t limit,
		 struct value_count **top_out);
/* The values that occur, in their own order. */
size_t count_present(struct arena *arena, const uint32_t *counts, uint32_t size,
		     struct value_count **present_out);

/* Which values of an axis are counted, and where to: places[value], or VALUE_NONE. */
struct selection {
	const struct axis *axis;
	const uint32_t *places; /* NULL: every value at its own place */
	uint32_t size;          /* places are below it */
};
struct selection select_all(const struct axis *axis);
/* Place i for values[i]. */
struct selection select_values(struct arena *arena, const struct axis *axis,
			       const struct value_count *values, size_t count);

struct cell {
	uint32_t a, b;  /* places; b is 0 with one axis */
	uint64_t count; /* in the unit; for sums and means: applications that have the number */
	double sum;
};
/*
 * All cells that are not empty, ascending by a, then b. b NULL: one axis. measure NULL: plain
 * counts. An array while the cells are few, hashed above.
 */
size_t count_cells(const struct analysis_input *input, struct arena *arena,
		   const struct selection *a, const struct selection *b,
		   const struct measure *measure, struct cell **cells_out);
/* Plain counts as a.size rows of b.size, for a product that is small. */
uint32_t *count_matrix(const struct analysis_input *input, struct arena *arena,
		       const struct selection *a, const struct selection *b);

/* Counts of several sets (the nodes of a tree) by one axis: for each set axis->size counts. */
uint32_t *count_values_of(const struct analysis_input *input, struct arena *arena,
			  const struct axis *axis, const struct bitmap *documents);
uint64_t count_documents_of(const struct analysis_input *input, struct arena *arena,
			    const struct bitmap *documents);

/*
 * How many documents each row has in common with each column, apart for classes of documents (sets that
 * have none in common; 3 at most): counts[(class * row_count + row) * column_count + column],
 * class 0 for documents of none, then in their order. Some nanoseconds a document and row,
 * whatever the columns.
 */
struct set_table {
	const struct bitmap *const *rows, *const *columns, *const *classes;
	size_t row_count, column_count, class_count;
};
bool count_intersections(const struct set_table *table, struct arena *arena,
			 const struct search_limits *limits, uint32_t **counts_out,
			 struct error *error) MUST_CHECK;

/* What `analyse --by` asks for. */
struct count_request {
	const struct dimension *dimensions[2];
	size_t dimension_count;        /* 1 or 2 */
	const struct measure *measure; /* NULL: documents */
	size_t top;                    /* of each dimension that has no order of its own; 0: all */
};
/* A figure with one row a cell: the dimensions' values, then the measure. Ordered dimensions
   ascend, others go by their totals. More than COUNT_ROWS_MAX rows are ERROR_LIMIT. */
enum { COUNT_ROWS_MAX = 1000000 };
bool count_figure(const struct analysis_input *input, const struct count_request *request,
		  struct arena *arena, struct figure **figure_out, struct error *error) MUST_CHECK;

#endif
