#include "base/jsonout.h"
#include "import/tree_internal.h"

#include <jansson.h>

struct walk {
	struct tree_draft *draft;
	struct error *error;
	int64_t place; /* nodes counted from 1, in document order */
};

static bool refuse(const struct walk *walk, const char *what)
{
	return error_set_at(walk->error, ERROR_INVALID, "import.tree_json_node", walk->place, "%s",
			    what);
}

/* Text of a member; a missing one and null are empty, another kind is an error. */
static bool member(const struct walk *walk, const json_t *node, const char *key,
		   struct str *text_out)
{
	const json_t *value = json_object_get(node, key);

	*text_out = STR_EMPTY;
	if (!value || json_is_null(value))
		return true;
	if (!json_is_string(value))
		return refuse(walk, key);
	*text_out = (struct str){ json_string_value(value), json_string_length(value) };
	return true;
}

static bool read_list(struct walk *walk, const json_t *list, int64_t level);

static bool read_node(struct walk *walk, const json_t *node, int64_t level)
{
	const json_t *children = json_object_get(node, "children");
	const json_t *own_level = json_object_get(node, "level");
	struct str name, definition, query;

	walk->place++;
	if (!json_is_object(node))
		return refuse(walk, "{}");
	if (own_level && level == 1 && json_is_integer(own_level))
		level = json_integer_value(own_level); /* a flat list */
	else if (own_level && json_integer_value(own_level) != level)
		return refuse(walk, "level");
	return member(walk, node, "name", &name) && member(walk, node, "definition", &definition) &&
	       member(walk, node, "query", &query) &&
	       tree_draft_add(walk->draft, walk->place, level, name, definition, query,
			      walk->error) &&
	       (!children || read_list(walk, children, level + 1));
}

static bool read_list(struct walk *walk, const json_t *list, int64_t level)
{
	const json_t *node;
	size_t i;

	if (!json_is_array(list))
		return refuse(walk, "[]");
	json_array_foreach(list, i, node) if (!read_node(walk, node, level)) return false;
	return true;
}

bool tree_read_json(struct arena *arena, struct str content, struct topic_node **nodes_out,
		    size_t *count_out, struct error *error)
{
	struct tree_draft draft;
	struct walk walk = { &draft, error, 0 };
	json_error_t problem;
	json_t *root = json_loadb(content.data ? content.data : "", content.size,
				  JSON_REJECT_DUPLICATES, &problem);
	bool ok;

	if (!root)
		return error_set_at(error, ERROR_INVALID, "import.tree_json", problem.line, "%s",
				    problem.text);
	tree_draft_init(&draft, arena);
	ok = read_list(&walk, json_is_object(root) ? json_object_get(root, "nodes") : root, 1);
	json_decref(root);
	if (ok)
		return tree_draft_finish(&draft, nodes_out, count_out, error);
	tree_draft_release(&draft);
	return false;
}

static void open_node(const struct topic_node *node, struct jsonout *json)
{
	jsonout_object_begin(json);
	jsonout_member_cstr(json, "name", node->name);
	jsonout_member_cstr(json, "definition", node->definition ? node->definition : "");
	jsonout_member_cstr(json, "query", node->query ? node->query : "");
	jsonout_key(json, "children");
	jsonout_array_begin(json);
}

static void close_node(struct jsonout *json)
{
	jsonout_array_end(json);
	jsonout_object_end(json);
}

void tree_write_json(const struct topic_node *nodes, size_t count, struct strbuf *file)
{
	struct jsonout json = JSONOUT_TO(file);
	unsigned depth = 0;

	jsonout_object_begin(&json);
	jsonout_key(&json, "nodes");
	jsonout_array_begin(&json);
	for (size_t i = 0; i < count; i++) {
		for (; depth >= nodes[i].level; depth--)
			close_node(&json);
		open_node(&nodes[i], &json);
		depth = nodes[i].level;
	}
	for (; depth > 0; depth--)
		close_node(&json);
	jsonout_array_end(&json);
	jsonout_object_end(&json);
	strbuf_add_byte(file, '\n');
}
