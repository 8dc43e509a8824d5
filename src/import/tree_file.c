#include "base/file.h"
#include "base/jsonout.h"
#include "base/map.h"
#include "import/toml.h"
#include "import/tree_internal.h"

void tree_draft_init(struct tree_draft *draft, struct arena *arena)
{
	*draft = (struct tree_draft){ .arena = arena,
				      .nodes = LIST_OF(struct topic_node),
				      .names = map_create() };
}

void tree_draft_release(struct tree_draft *draft)
{
	list_release(&draft->nodes);
	map_destroy(draft->names);
	draft->names = NULL;
}

static bool check_level(const struct tree_draft *draft, int64_t place, int64_t level,
			struct str name, struct error *error)
{
	if (level < 1 || level > TREE_LEVELS_MAX)
		return error_set_at(error, ERROR_INVALID, "import.tree_level", place, "%lld",
				    (long long)level);
	if (level > (int64_t)draft->depth + 1)
		return error_set_at(error, ERROR_INVALID, "import.tree_jump", place,
				    "%.*s (%u → %lld)", STR_ARGS(str_slice(name, 0, 120)),
				    draft->depth, (long long)level);
	return true;
}

static bool check_sizes(int64_t place, struct str name, struct str definition, struct str query,
			struct error *error)
{
	if (name.size == 0)
		return error_set_at(error, ERROR_INVALID, "import.tree_name", place, "%s", "");
	if (name.size > TREE_NAME_MAX || definition.size > TREE_DEFINITION_MAX ||
	    query.size > TREE_QUERY_MAX)
		return error_set_at(error, ERROR_LIMIT, "import.tree_text", place, "%d/%d/%d",
				    TREE_NAME_MAX, TREE_DEFINITION_MAX, TREE_QUERY_MAX);
	return true;
}

static bool is_new_sibling(struct tree_draft *draft, unsigned level, struct str name)
{
	struct strbuf key = STRBUF_INIT;
	bool is_new;

	strbuf_addf(&key, "%zu/", level > 1 ? draft->open[level - 2] + 1 : (size_t)0);
	strbuf_add_str(&key, name);
	map_put(draft->names, strbuf_str(&key), &is_new);
	strbuf_release(&key);
	return is_new;
}

bool tree_draft_add(struct tree_draft *draft, int64_t place, int64_t level, struct str name,
		    struct str definition, struct str query, struct error *error)
{
	struct topic_node *node;

	name = str_trim(name);
	if (!check_sizes(place, name, definition, query, error) ||
	    !check_level(draft, place, level, name, error))
		return false;
	if (!is_new_sibling(draft, (unsigned)level, name))
		return error_set_at(error, ERROR_INVALID, "import.tree_twice", place, "%.*s",
				    STR_ARGS(name));
	if (draft->nodes.count >= TREE_NODES_MAX)
		return error_set_at(error, ERROR_LIMIT, "import.tree_nodes", place, "%d",
				    TREE_NODES_MAX);
	draft->depth = (unsigned)level;
	draft->open[level - 1] = draft->nodes.count;
	node = list_add(&draft->nodes);
	node->level = (unsigned)level;
	node->name = str_to_cstr(draft->arena, name);
	node->definition = str_to_cstr(draft->arena, str_trim(definition));
	node->query = str_to_cstr(draft->arena, str_trim(query));
	return true;
}

bool tree_draft_finish(struct tree_draft *draft, struct topic_node **nodes_out, size_t *count_out,
		       struct error *error)
{
	bool is_empty = draft->nodes.count == 0;

	*nodes_out = list_to_arena(&draft->nodes, draft->arena, count_out);
	tree_draft_release(draft);
	return !is_empty || error_set(error, ERROR_INVALID, "import.tree_empty", "%s", "");
}

/* ---- TOML */

static bool add_toml_node(struct tree_draft *draft, const struct toml_table *table,
			  struct error *error)
{
	static const char *const known[] = { "level", "name", "definition", "query" };

	for (size_t i = 0; i < table->value_count; i++) {
		const struct toml_value *value = &table->values[i];
		size_t k = 0;

		while (k < 4 && !str_equal_cstr(value->key, known[k]))
			k++;
		if (k == 4 || value->kind != (k == 0 ? TOML_INTEGER : TOML_STRING))
			return error_set_at(error, ERROR_INVALID, "import.tree_key", value->line,
					    "%.*s", STR_ARGS(str_slice(value->key, 0, 100)));
	}
	return tree_draft_add(draft, table->line, toml_integer(table, "level", 0),
			      toml_text(table, "name"), toml_text(table, "definition"),
			      toml_text(table, "query"), error);
}

static bool add_toml_tables(struct tree_draft *draft, const struct toml *toml, struct error *error)
{
	for (size_t i = 1; i < toml->table_count; i++) {
		const struct toml_table *table = &toml->tables[i];

		if (!str_equal_cstr(table->name, "node"))
			return error_set_at(error, ERROR_INVALID, "import.tree_key", table->line,
					    "%.*s", STR_ARGS(str_slice(table->name, 0, 100)));
		if (!add_toml_node(draft, table, error))
			return false;
	}
	return true;
}

bool tree_read_toml(struct arena *arena, struct str content, struct topic_node **nodes_out,
		    size_t *count_out, struct error *error)
{
	struct tree_draft draft;
	struct toml toml;

	if (!toml_parse(arena, content, &toml, error))
		return false;
	if (toml.tables[0].value_count > 0)
		return error_set_at(error, ERROR_INVALID, "import.tree_key",
				    toml.tables[0].values[0].line, "%.*s",
				    STR_ARGS(str_slice(toml.tables[0].values[0].key, 0, 100)));
	tree_draft_init(&draft, arena);
	if (add_toml_tables(&draft, &toml, error))
		return tree_draft_finish(&draft, nodes_out, count_out, error);
	tree_draft_release(&draft);
	return false;
}

void tree_write_toml(const struct topic_node *nodes, size_t count, struct strbuf *file)
{
	for (size_t i = 0; i < count; i++) {
		strbuf_addf(file, "%s[[node]]\nlevel = %u\n", i ? "\n" : "", nodes[i].level);
		toml_add_text(file, "name", str_of(nodes[i].name));
		if (nodes[i].definition && nodes[i].definition[0])
			toml_add_text(file, "definition", str_of(nodes[i].definition));
		if (nodes[i].query && nodes[i].query[0])
			toml_add_text(file, "query", str_of(nodes[i].query));
	}
}

/* ---- By name */

bool tree_read_file(struct arena *arena, const char *path, struct topic_node **nodes_out,
		    size_t *count_out, struct error *error)
{
	struct str name = str_of(path), content;
	bool is_toml = str_ends_with(name, STR(".toml"));

	if (!is_toml && !str_ends_with(name, STR(".json")))
		return tree_read_table(arena, path, nodes_out, count_out, error);
	if (!file_read(arena, path, TREE_FILE_MAX, &content, error))
		return false;
	return (is_toml ? tree_read_toml : tree_read_json)(arena, content, nodes_out, count_out,
							   error);
}
