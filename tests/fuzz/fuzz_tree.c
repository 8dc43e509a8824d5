/*
 * Trees as people send them, TOML and JSON: refused, or read into nodes that hold what tree_file.h
 * promises and come back the same when they are written and read again.
 */
#include "import/tree_file.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef bool read_fn(struct arena *arena, struct str content, struct topic_node **nodes_out,
		     size_t *count_out, struct error *error);
typedef void write_fn(const struct topic_node *nodes, size_t count, struct strbuf *file);

static void must(bool done)
{
	if (!done)
		abort();
}

static bool is_same(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "") == 0;
}

static void check(const struct topic_node *nodes, size_t count)
{
	int64_t level = 0;

	must(count <= TREE_NODES_MAX);
	for (size_t i = 0; i < count; i++) {
		must(nodes[i].level >= 1 && nodes[i].level <= TREE_LEVELS_MAX &&
		     nodes[i].level <= level + 1);
		must(nodes[i].name[0] && strlen(nodes[i].name) <= TREE_NAME_MAX);
		level = nodes[i].level;
	}
}

static void round_trip(struct arena *arena, struct str content, read_fn *read, write_fn *write)
{
	struct strbuf file = STRBUF_INIT;
	struct topic_node *nodes, *again;
	size_t count, again_count;
	struct error error;

	if (!read(arena, content, &nodes, &count, &error))
		return;
	check(nodes, count);
	write(nodes, count, &file);
	must(read(arena, strbuf_str(&file), &again, &again_count, &error) && again_count == count);
	for (size_t i = 0; i < count; i++)
		must(nodes[i].level == again[i].level && is_same(nodes[i].name, again[i].name) &&
		     is_same(nodes[i].definition, again[i].definition) &&
		     is_same(nodes[i].query, again[i].query));
	strbuf_release(&file);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_create(1 << 14);
	struct str content = { (const char *)data, size };

	round_trip(arena, content, tree_read_toml, tree_write_toml);
	round_trip(arena, content, tree_read_json, tree_write_json);
	arena_destroy(arena);
	return 0;
}
