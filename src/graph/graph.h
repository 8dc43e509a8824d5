#ifndef GRAPH_GRAPH_H
#define GRAPH_GRAPH_H

#include "base/arena.h"
#include "base/error.h"

/*
 * Networks: communities, centralities and a layout of a weighted undirected graph. The same graph
 * gives the same numbers on every run: fixed seed, fixed number of rounds. The library beneath is
 * not safe for threads; calls wait for each other behind one lock.
 */
struct graph_link {
	uint32_t from, to; /* nodes, 0 to node_count - 1; each pair once, from and to differ */
	double weight;     /* above 0 */
};

struct graph_node {
	uint32_t degree;    /* links */
	double strength;    /* sum of their weights */
	double betweenness; /* part of the shortest paths through the node, 0 to 1 (Freeman 1977) */
	uint32_t community; /* 0 is the largest */
	double x, y;        /* 0 to 1 */
};

struct graph {
	struct graph_node *nodes;
	uint32_t community_count;
	double modularity; /* of the communities (Newman, Girvan 2004); 0 without links */
};

enum { GRAPH_NODES_MAX = 2000 };

/*
 * Communities by Leiden (Traag, Waltman, van Eck 2019) on modularity; layout by Fruchterman and
 * Reingold (1991) from a circle. More than GRAPH_NODES_MAX nodes: ERROR_LIMIT.
 */
bool graph_compute(struct arena *arena, uint32_t node_count, const struct graph_link *links,
		   size_t link_count, struct graph **graph_out, struct error *error) MUST_CHECK;

#endif
