#include "graph/graph.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

enum { GROUPS = 4, SIZE = 12, NODES = GROUPS * SIZE };

/* Groups with every pair linked, and one weak link from each group to the next. */
static size_t planted(struct graph_link *links)
{
	size_t count = 0;

	for (uint32_t a = 0; a < NODES; a++)
		for (uint32_t b = a + 1; b < NODES; b++)
			if (a % GROUPS == b % GROUPS)
				links[count++] = (struct graph_link){ a, b, 3 };
	for (uint32_t group = 0; group + 1 < GROUPS; group++)
		links[count++] = (struct graph_link){ group, group + 1, 1 };
	return count;
}

static void planted_groups_are_found(void **unused)
{
	static struct graph_link links[NODES * NODES];
	struct arena *arena = arena_create(1024);
	size_t count = planted(links);
	struct graph *graph;
	struct error error;

	(void)unused;
	assert_true(graph_compute(arena, NODES, links, count, &graph, &error));
	assert_int_equal(graph->community_count, GROUPS);
	assert_true(graph->modularity > 0.7);
	for (uint32_t i = 0; i < NODES; i++) {
		assert_int_equal(graph->nodes[i].community, graph->nodes[i % GROUPS].community);
		assert_true(graph->nodes[i].x >= 0 && graph->nodes[i].x <= 1);
		assert_true(graph->nodes[i].y >= 0 && graph->nodes[i].y <= 1);
	}
	/* Node 0 has its group and one bridge; the middle bridges carry most paths. */
	assert_int_equal(graph->nodes[0].degree, SIZE);
	assert_true(fabs(graph->nodes[0].strength - (3 * (SIZE - 1) + 1)) < 1e-9);
	assert_true(graph->nodes[1].betweenness > graph->nodes[0].betweenness);
	assert_true(graph->nodes[NODES - 1].betweenness < 1e-9);
	arena_destroy(arena);
}

static void two_runs_are_the_same(void **unused)
{
	static struct graph_link links[NODES * NODES];
	struct arena *arena = arena_create(1024);
	size_t count = planted(links);
	struct graph *first, *second;
	struct error error;

	(void)unused;
	assert_true(graph_compute(arena, NODES, links, count, &first, &error));
	assert_true(graph_compute(arena, NODES, links, count, &second, &error));
	assert_memory_equal(first->nodes, second->nodes, NODES * sizeof(struct graph_node));
	arena_destroy(arena);
}

static void edges_of_size(void **unused)
{
	const struct graph_link link = { 0, 1, 2 };
	struct arena *arena = arena_create(1024);
	struct graph *graph;
	struct error error;

	(void)unused;
	assert_true(graph_compute(arena, 0, NULL, 0, &graph, &error));
	assert_true(graph_compute(arena, 3, NULL, 0, &graph, &error));
	assert_int_equal(graph->community_count, 3);
	assert_true(graph_compute(arena, 2, &link, 1, &graph, &error));
	assert_int_equal(graph->community_count, 1);
	assert_int_equal(graph->nodes[1].degree, 1);
	assert_false(graph_compute(arena, GRAPH_NODES_MAX + 1, NULL, 0, &graph, &error));
	assert_string_equal(error.key, "graph.too_large");
	arena_destroy(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(planted_groups_are_found),
		cmocka_unit_test(two_runs_are_the_same),
		cmocka_unit_test(edges_of_size),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
