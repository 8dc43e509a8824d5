#include "analyse/links_internal.h"
#include "base/list.h"
#include "base/map.h"

static int compare_citations(const void *a, const void *b)
{
	const struct citation *left = a, *right = b;

	if (left->citing != right->citing)
		return left->citing < right->citing ? -1 : 1;
	return left->cited < right->cited ? -1 : left->cited > right->cited;
}

static void map_release(void *resource)
{
	map_destroy(resource);
}

/* Every number of the set's documents -> place in the set + 1. */
static struct map *map_numbers(const struct analysis_input *input, struct arena *arena,
			       const struct citations *citations)
{
	struct map *map = map_create();

	arena_defer(arena, map_release, map);
	for (size_t i = 0; i < citations->count; i++) {
		const uint32_t *ordinals;
		size_t count = snapshot_ordinals(input->snapshot, arena, COL_NUMBER,
						 citations->documents[i], &ordinals);

		for (size_t j = 0; j < count; j++) {
			struct str number = snapshot_term(input->snapshot, COL_NUMBER, ordinals[j]);
			uint64_t *place = map_put(map, number, NULL);

			if (!*place)
				*place = i + 1;
		}
	}
	return map;
}

#define NOT_LOOKED 0u
#define NOT_IN_SET UINT32_MAX

/* Where the number behind an ordinal stands in the set, asked of the map once only. */
static uint32_t place_of(const struct axis *axis, const struct map *numbers, uint32_t *places,
			 uint32_t ordinal)
{
	if (places[ordinal] == NOT_LOOKED) {
		const uint64_t *place = map_find(
			numbers, snapshot_term(axis->snapshot, axis->dimension->column, ordinal));

		places[ordinal] = place ? (uint32_t)*place : NOT_IN_SET;
	}
	return places[ordinal];
}

static void collect(const struct analysis_input *input, struct arena *arena, unsigned column,
		    const struct map *numbers, struct list *links)
{
	struct axis axis = { dimension_find(STR("cites")), input->snapshot, 0 };
	struct dimension read = *axis.dimension;
	struct gathered *gathered = gathered_create(arena);
	struct block *block = block_create(arena);
	struct block_walk walk = block_walk(input->snapshot, input->documents);
	uint32_t *places = arena_array(arena, uint32_t,
				       (size_t)snapshot_term_count(input->snapshot, column) + 1);
	uint32_t document = 0;

	read.column = column;
	axis.dimension = &read;
	while (block_next(&walk, block)) {
		axis_gather(&axis, block, gathered);
		for (uint32_t row = 0; row < block->count; row++, document++) {
			for (uint32_t i = gathered->starts[row]; i < gathered->starts[row + 1];
			     i++) {
				uint32_t place = place_of(&axis, numbers, places,
							  gathered->values[i]);
				struct citation *link;

				if (place == NOT_IN_SET || place - 1 == document)
					continue;
				link = list_add(links);
				link->citing = column == COL_CITES ? document : place - 1;
				link->cited = column == COL_CITES ? place - 1 : document;
			}
		}
	}
}

static void list_end(void *resource)
{
	list_release(resource);
}

const struct citations *citations_of(const struct analysis_input *input, struct arena *arena)
{
	struct citations *citations = arena_new(arena, struct citations);
	struct list *links = arena_new(arena, struct list);
	struct map *numbers;
	size_t kept = 0;

	*links = LIST_OF(struct citation);
	arena_defer(arena, list_end, links);
	citations->count = (size_t)bitmap_count(input->documents);
	citations->documents = bitmap_to_array(arena, input->documents);
	citations->received = arena_array(arena, uint32_t, citations->count + 1);
	numbers = map_numbers(input, arena, citations);
	collect(input, arena, COL_CITES, numbers, links);
	collect(input, arena, COL_CITED_BY, numbers, links);
	if (links->count)
		list_sort(links, compare_citations);
	citations->links = links->items;
	for (size_t i = 0; i < links->count; i++) {
		if (kept &&
		    compare_citations(&citations->links[kept - 1], &citations->links[i]) == 0)
			continue;
		citations->links[kept++] = citations->links[i];
		citations->received[citations->links[i].cited]++;
	}
	citations->link_count = kept;
	return citations;
}

/* Links of each node as a table: those of node n are items[starts[n]] to items[starts[n+1]-1]. */
struct fan {
	uint32_t *starts, *items;
};
static struct fan fan_of(struct arena *arena, size_t node_count, const struct path_link *links,
			 size_t link_count, bool outgoing)
{
	struct fan fan = { arena_array(arena, uint32_t, node_count + 2),
			   arena_array(arena, uint32_t, link_count + 1) };

	for (size_t i = 0; i < link_count; i++)
		fan.starts[(outgoing ? links[i].from : links[i].to) + 2]++;
	for (size_t i = 2; i < node_count + 2; i++)
		fan.starts[i] += fan.starts[i - 1];
	for (size_t i = 0; i < link_count; i++)
		fan.items[fan.starts[(outgoing ? links[i].from : links[i].to) + 1]++] = (uint32_t)i;
	return fan;
}

void search_path_counts(struct arena *arena, size_t node_count, const uint32_t *order,
			const struct path_link *links, size_t link_count, double *weights_out)
{
	struct fan in = fan_of(arena, node_count, links, link_count, false);
	struct fan out = fan_of(arena, node_count, links, link_count, true);
	double *before = arena_array(arena, double, node_count + 1);
	double *behind = arena_array(arena, double, node_count + 1);

	for (size_t i = 0; i < node_count; i++) {
		uint32_t node = order[i];

		before[node] = in.starts[node] == in.starts[node + 1];
		for (uint32_t j = in.starts[node]; j < in.starts[node + 1]; j++)
			before[node] += before[links[in.items[j]].from];
	}
	for (size_t i = node_count; i-- > 0;) {
		uint32_t node = order[i];

		behind[node] = out.starts[node] == out.starts[node + 1];
		for (uint32_t j = out.starts[node]; j < out.starts[node + 1]; j++)
			behind[node] += behind[links[out.items[j]].to];
	}
	for (size_t i = 0; i < link_count; i++)
		weights_out[i] = before[links[i].from] * behind[links[i].to];
}

size_t main_path_find(struct arena *arena, size_t node_count, const uint32_t *order,
		      const struct path_link *links, size_t link_count, const double *weights,
		      uint32_t **path_out)
{
	struct fan in = fan_of(arena, node_count, links, link_count, false);
	double *best = arena_array(arena, double, node_count + 1);
	uint32_t *through = arena_array(arena, uint32_t, node_count + 1);
	uint32_t end = UINT32_MAX, node;
	size_t length = 0;

	for (size_t i = 0; i < node_count; i++) {
		node = order[i];
		through[node] = UINT32_MAX;
		for (uint32_t j = in.starts[node]; j < in.starts[node + 1]; j++) {
			uint32_t link = in.items[j];
			double sum = best[links[link].from] + weights[link];

			if (sum > best[node]) {
				best[node] = sum;
				through[node] = link;
			}
		}
		if (best[node] > 0 && (end == UINT32_MAX || best[node] > best[end]))
			end = node;
	}
	for (node = end; end != UINT32_MAX && through[node] != UINT32_MAX;
	     node = links[through[node]].from)
		length++;
	*path_out = arena_array(arena, uint32_t, length + 1);
	node = end;
	for (size_t i = length; i-- > 0; node = links[through[node]].from)
		(*path_out)[i] = through[node];
	return length;
}
