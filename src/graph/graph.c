#include "graph/graph.h"

#include <igraph/igraph.h>
#include <math.h>
#include <pthread.h>

enum { SEED = 20201109, LEIDEN_ROUNDS = 10, LAYOUT_ROUNDS = 500 };
static const double leiden_randomness = 0.01;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/* The library's objects of one call. */
struct work {
	igraph_t graph;
	igraph_vector_t weights, strengths, betweenness;
	igraph_vector_int_t membership;
	igraph_matrix_t places;
};

static bool work_start(struct work *work, uint32_t node_count, const struct graph_link *links,
		       size_t link_count)
{
	igraph_vector_int_t ends;
	bool is_made;

	if (igraph_vector_int_init(&ends, (igraph_integer_t)link_count * 2) ||
	    igraph_vector_init(&work->weights, (igraph_integer_t)link_count) ||
	    igraph_vector_init(&work->strengths, 0) || igraph_vector_init(&work->betweenness, 0) ||
	    igraph_vector_int_init(&work->membership, 0) ||
	    igraph_matrix_init(&work->places, (igraph_integer_t)node_count, 2))
		return false;
	for (size_t i = 0; i < link_count; i++) {
		VECTOR(ends)[2 * i] = links[i].from;
		VECTOR(ends)[2 * i + 1] = links[i].to;
		VECTOR(work->weights)[i] = links[i].weight;
	}
	is_made = !igraph_create(&work->graph, &ends, (igraph_integer_t)node_count, false);
	igraph_vector_int_destroy(&ends);
	return is_made;
}

static void work_end(struct work *work)
{
	igraph_vector_destroy(&work->weights);
	igraph_vector_destroy(&work->strengths);
	igraph_vector_destroy(&work->betweenness);
	igraph_vector_int_destroy(&work->membership);
	igraph_matrix_destroy(&work->places);
	igraph_destroy(&work->graph);
}

static bool find_centralities(struct work *work)
{
	return !igraph_strength(&work->graph, &work->strengths, igraph_vss_all(), IGRAPH_ALL, true,
				&work->weights) &&
	       !igraph_betweenness(&work->graph, &work->betweenness, igraph_vss_all(), false, NULL);
}

/* Modularity as Leiden's quality: node weights are strengths, resolution 1 / (2 m). */
static bool find_communities(struct work *work, size_t link_count, double *modularity_out)
{
	double total = 0;
	igraph_integer_t clusters;

	*modularity_out = 0;
	for (size_t i = 0; i < link_count; i++)
		total += VECTOR(work->weights)[i];
	return !igraph_community_leiden(&work->graph, &work->weights, &work->strengths,
					1 / (2 * total), leiden_randomness, false, LEIDEN_ROUNDS,
					&work->membership, &clusters, NULL) &&
	       !igraph_modularity(&work->graph, &work->membership, &work->weights, 1, false,
				  modularity_out);
}

static bool find_places(struct work *work, uint32_t node_count)
{
	double temperature = sqrt((double)node_count);

	for (uint32_t i = 0; i < node_count; i++) {
		double angle = 2 * M_PI * i / node_count;

		MATRIX(work->places, i, 0) = temperature * cos(angle);
		MATRIX(work->places, i, 1) = temperature * sin(angle);
	}
	return !igraph_layout_fruchterman_reingold(&work->graph, &work->places, true, LAYOUT_ROUNDS,
						   temperature, IGRAPH_LAYOUT_NOGRID,
						   &work->weights, NULL, NULL, NULL, NULL);
}

/* Numbers communities by size, the largest 0; ties go to the one met first. */
static void number_communities(struct arena *arena, const struct work *work, struct graph *graph,
			       uint32_t node_count)
{
	uint32_t *sizes = arena_array(arena, uint32_t, node_count + 1);
	uint32_t *numbers = arena_array(arena, uint32_t, node_count + 1);

	for (uint32_t i = 0; i < node_count; i++)
		sizes[VECTOR(work->membership)[i]]++;
	for (;;) {
		uint32_t best = node_count;

		for (uint32_t i = 0; i < node_count; i++) {
			uint32_t community = (uint32_t)VECTOR(work->membership)[i];

			if (sizes[community] &&
			    (best == node_count || sizes[community] > sizes[best]))
				best = community;
		}
		if (best == node_count)
			break;
		numbers[best] = graph->community_count++;
		sizes[best] = 0;
	}
	for (uint32_t i = 0; i < node_count; i++)
		graph->nodes[i].community = numbers[VECTOR(work->membership)[i]];
}

static double scaled(double value, double low, double high)
{
	return high > low ? (value - low) / (high - low) : 0.5;
}

static void take_places(const struct work *work, struct graph *graph, uint32_t node_count)
{
	double low[2] = { INFINITY, INFINITY }, high[2] = { -INFINITY, -INFINITY };

	for (uint32_t i = 0; i < node_count; i++) {
		for (int axis = 0; axis < 2; axis++) {
			low[axis] = fmin(low[axis], MATRIX(work->places, i, axis));
			high[axis] = fmax(high[axis], MATRIX(work->places, i, axis));
		}
	}
	for (uint32_t i = 0; i < node_count; i++) {
		graph->nodes[i].x = scaled(MATRIX(work->places, i, 0), low[0], high[0]);
		graph->nodes[i].y = scaled(MATRIX(work->places, i, 1), low[1], high[1]);
	}
}

static void take_results(struct arena *arena, const struct work *work, struct graph *graph,
			 uint32_t node_count, const struct graph_link *links, size_t link_count)
{
	double pairs = (double)(node_count - 1) * ((double)node_count - 2) / 2;

	for (size_t i = 0; i < link_count; i++) {
		graph->nodes[links[i].from].degree++;
		graph->nodes[links[i].to].degree++;
	}
	for (uint32_t i = 0; i < node_count; i++) {
		graph->nodes[i].strength = VECTOR(work->strengths)[i];
		graph->nodes[i].betweenness = pairs > 0 ? VECTOR(work->betweenness)[i] / pairs : 0;
	}
	number_communities(arena, work, graph, node_count);
	take_places(work, graph, node_count);
}

/* Without links there is nothing to find: every node its own community, on a circle. */
static void place_alone(struct graph *graph, uint32_t node_count)
{
	graph->community_count = node_count;
	for (uint32_t i = 0; i < node_count; i++) {
		graph->nodes[i].community = i;
		graph->nodes[i].x = 0.5 + 0.5 * cos(2 * M_PI * i / node_count);
		graph->nodes[i].y = 0.5 + 0.5 * sin(2 * M_PI * i / node_count);
	}
}

static bool run_locked(struct arena *arena, uint32_t node_count, const struct graph_link *links,
		       size_t link_count, struct graph *graph)
{
	igraph_error_handler_t *handler = igraph_set_error_handler(igraph_error_handler_ignore);
	struct work work;
	bool is_done;

	igraph_rng_seed(igraph_rng_default(), SEED);
	is_done = work_start(&work, node_count, links, link_count);
	if (is_done) {
		is_done = find_centralities(&work) &&
			  find_communities(&work, link_count, &graph->modularity) &&
			  find_places(&work, node_count);
		if (is_done)
			take_results(arena, &work, graph, node_count, links, link_count);
		work_end(&work);
	}
	igraph_set_error_handler(handler);
	return is_done;
}

bool graph_compute(struct arena *arena, uint32_t node_count, const struct graph_link *links,
		   size_t link_count, struct graph **graph_out, struct error *error)
{
	struct graph *graph = arena_new(arena, struct graph);
	bool is_done;

	*graph_out = graph;
	if (node_count > GRAPH_NODES_MAX)
		return error_set(error, ERROR_LIMIT, "graph.too_large", "%u", node_count);
	graph->nodes = arena_array(arena, struct graph_node, node_count + 1);
	if (link_count == 0) {
		place_alone(graph, node_count);
		return true;
	}
	pthread_mutex_lock(&lock);
	is_done = run_locked(arena, node_count, links, link_count, graph);
	pthread_mutex_unlock(&lock);
	return is_done || error_set(error, ERROR_CORRUPT, "graph.failed", "%u", node_count);
}
