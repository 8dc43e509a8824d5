#ifndef ANALYSE_TREE_INTERNAL_H
#define ANALYSE_TREE_INTERNAL_H

#include "analyse/build_internal.h"

/* Two windows of complete filing years: what is recent, and what it is compared with. */
enum { WINDOW_YEARS = 3 };
struct window {
	int previous; /* first year of the earlier one */
	int recent;   /* first year of the later one */
	int last;     /* last complete year */
};
struct window window_of(date as_of);

/* Nodes with none below them. */
bool tree_is_leaf(const struct tree_node *nodes, size_t count, size_t i);
size_t tree_leaves(struct arena *arena, const struct tree_node *nodes, size_t count,
		   const struct tree_node ***leaves_out);
/* A query for the documents of a node. */
struct str tree_drill(const struct build *build, const struct tree_node *node);

/*
 * Which nodes each document belongs to: those of document d are nodes[starts[d - first]] and on,
 * in ascending order. Only documents below `limit` - first are covered.
 */
struct membership {
	uint32_t *starts;
	uint32_t *nodes;
};
struct membership membership_of(struct arena *arena, const struct snapshot *snapshot,
				const struct tree_node *const *nodes, size_t count);

#endif
