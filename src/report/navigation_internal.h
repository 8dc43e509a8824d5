#ifndef REPORT_NAVIGATION_INTERNAL_H
#define REPORT_NAVIGATION_INTERNAL_H

#include "report/figure_text.h"
#include "report/navigation.h"

/* Everything the chapters are written from. */
struct navigation {
	const struct navigation_request *request;
	struct arena *arena;
	struct report *report;
	struct analysis_input input;
	struct figure **figures; /* by place in analyses[]; NULL: not run */
	struct import_record *imports;
	size_t import_count;
	bool imports_are_all; /* the topic has none of its own: all of the library's are listed */
	struct topic_log_line *log;
	size_t log_count;
	struct topic_node *nodes[TREE_KIND_COUNT]; /* with their definitions */
	size_t node_counts[TREE_KIND_COUNT];
	struct figure *applicants; /* the long list of the appendix */
};

/* The figure of an analysis when it has rows, else NULL. */
const struct figure *navigation_figure(const struct navigation *navigation, const char *id);
struct str navigation_pick(const struct navigation *navigation, const char *zh, const char *en);

/* One more row of a table being made; values are filled in order of the columns. */
struct rows {
	struct arena *arena;
	size_t column_count, count, room;
	struct figure_row *rows;
};
struct figure_value *rows_add(struct rows *rows);

void navigation_write_trees(struct navigation *navigation); /* navigation_trees.c */
void navigation_write_tree_queries(struct navigation *navigation);
void navigation_write_data(struct navigation *navigation);  /* navigation_data.c */
void navigation_write_spots(struct navigation *navigation); /* navigation_spots.c */
void navigation_write_proposals(struct navigation *navigation);
void navigation_write_appendix(struct navigation *navigation); /* navigation_appendix.c */

#endif
