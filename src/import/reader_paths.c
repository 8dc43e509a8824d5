#include "import/reader_internal.h"

#include <string.h>

void paths_init(struct paths *paths, struct arena *arena)
{
	*paths = (struct paths){ .nodes = LIST_OF(struct path_node),
				 .children = map_create(),
				 .arena = arena };
	list_add(&paths->nodes);
}

void paths_release(struct paths *paths)
{
	list_release(&paths->nodes);
	map_destroy(paths->children);
	paths->children = NULL;
}

struct path_node *paths_node(const struct paths *paths, uint32_t number)
{
	return &LIST_AT(&paths->nodes, struct path_node, number);
}

static bool is_child(const struct paths *paths, uint32_t number, uint32_t parent, struct str name)
{
	const struct path_node *node = paths_node(paths, number);

	return number != PATH_ROOT && node->parent == parent && str_equal(node->name, name);
}

static struct str joined(struct arena *arena, struct str path, struct str name)
{
	char *data;

	if (path.size == 0)
		return str_copy(arena, name);
	data = arena_alloc(arena, path.size + name.size + 2);
	memcpy(data, path.data, path.size);
	data[path.size] = '/';
	if (name.size)
		memcpy(data + path.size + 1, name.data, name.size);
	return (struct str){ data, path.size + 1 + name.size };
}

static uint32_t add_node(struct paths *paths, uint32_t parent, struct str name)
{
	struct path_node *node = list_add(&paths->nodes);

	node->path = joined(paths->arena, paths_node(paths, parent)->path, name);
	node->name = str_slice(node->path, node->path.size - name.size, node->path.size);
	node->parent = parent;
	return (uint32_t)paths->nodes.count - 1;
}

/* Keys of a hostile file may be long and nested deeply: their product stays below this. */
enum { PATH_SIZE_MAX = 2048 };

/* The map's key is the parent's number and the name. */
static uint32_t find_or_add(struct paths *paths, uint32_t parent, struct str name)
{
	struct strbuf key = STRBUF_INIT;
	uint64_t *place;

	strbuf_add(&key, &parent, sizeof(parent));
	strbuf_add_str(&key, name);
	place = map_find(paths->children, strbuf_str(&key));
	if (!place && paths->nodes.count < READER_PATHS_MAX &&
	    paths_node(paths, parent)->path.size + name.size < PATH_SIZE_MAX) {
		place = map_put(paths->children, strbuf_str(&key), NULL);
		*place = add_node(paths, parent, name);
	}
	strbuf_release(&key);
	return place ? (uint32_t)*place : PATH_NONE;
}

static uint32_t *guess_of(const struct paths *paths, uint32_t parent, uint32_t previous)
{
	struct path_node *node = paths_node(paths, previous);

	return previous == parent ? &node->first_guess : &node->next_guess;
}

uint32_t paths_child(struct paths *paths, uint32_t parent, uint32_t previous, struct str name)
{
	uint32_t child = *guess_of(paths, parent, previous);

	if (is_child(paths, child, parent, name))
		return child;
	child = find_or_add(paths, parent, name);
	if (child != PATH_NONE)
		*guess_of(paths, parent, previous) = child;
	return child;
}
