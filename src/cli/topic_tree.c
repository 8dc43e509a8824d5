/* yucheng topic tree: the breakdown of a topic with live counts; in from a file, out to one. */
#include "base/file.h"
#include "cli/topic_internal.h"
#include "import/tree_file.h"
#include "report/tree_writer.h"

static enum tree_kind kind_of(const struct topic_call *call)
{
	return (enum tree_kind)call->options->kind;
}

/* Each query must parse; the error names the node. */
static bool check_queries(struct topic_call *call, const struct topic_node *nodes, size_t count,
			  struct error *error)
{
	for (size_t i = 0; i < count; i++) {
		const char *why;

		if (topic_check_query(call, nodes[i].query, error))
			continue;
		why = message_format(call->context->arena, error, call->context->language);
		return error_set(error, ERROR_INVALID, "cli.tree_query", "%s: %s", nodes[i].name,
				 why);
	}
	return true;
}

static bool save(struct topic_call *call, const struct topic_node *nodes, size_t count,
		 struct error *error)
{
	struct library *library = call->workspace.library;

	if (!library_begin(library, error))
		return false;
	call->topic.updated_on = call->context->today;
	if (library_topic_tree_save(library, call->topic.id, kind_of(call), nodes, count, error) &&
	    library_topic_save(library, &call->topic, error) && library_commit(library, error))
		return true;
	library_rollback(library);
	return false;
}

static bool read_tree(struct topic_call *call, struct error *error)
{
	struct topic_node *nodes;
	size_t count;

	return tree_read_file(call->context->arena, call->options->read, &nodes, &count, error) &&
	       check_queries(call, nodes, count, error) && save(call, nodes, count, error);
}

static bool write_text_file(const struct topic_node *nodes, size_t count, const char *path,
			    struct error *error)
{
	struct strbuf file = STRBUF_INIT;
	bool ok;

	if (str_ends_with(str_of(path), STR(".toml")))
		tree_write_toml(nodes, count, &file);
	else
		tree_write_json(nodes, count, &file);
	ok = file_write_atomic(path, strbuf_str(&file), error);
	strbuf_release(&file);
	return ok;
}

static bool write_tree(struct topic_call *call, struct error *error)
{
	const char *path = call->options->write;
	struct topic_node *nodes;
	size_t count;

	if (!library_topic_tree(call->workspace.library, call->context->arena, call->topic.id,
				kind_of(call), &nodes, &count, error))
		return false;
	if (str_ends_with(str_of(path), STR(".xlsx")))
		return tree_write_xlsx(nodes, count, path, error);
	if (str_ends_with(str_of(path), STR(".toml")) || str_ends_with(str_of(path), STR(".json")))
		return write_text_file(nodes, count, path, error);
	return error_set(error, ERROR_USAGE, "cli.tree_form", "%s", path);
}

static void node_row(struct topic_call *call, struct text_table *table,
		     const struct tree_node *node, uint64_t total)
{
	struct arena *arena = call->context->arena;
	uint64_t count = bitmap_count(node->documents);

	text_table_cell(table, node->path);
	text_table_cell(table, str_of(arena_printf(arena, "%*s%.*s", (int)(node->level - 1) * 2, "",
						   STR_ARGS(node->name))));
	text_table_cell(table, str_of(arena_printf(arena, "%llu", (unsigned long long)count)));
	text_table_cell(table,
			str_of(arena_printf(arena, "%.1f%%",
					    total ? 100.0 * (double)count / (double)total : 0.0)));
}

static struct text_table *tree_table(struct topic_call *call)
{
	static const struct label heads[] = { { "编号", "Path" },
					      { "节点", "Node" },
					      { "件数", "Documents" },
					      { "占专题", "Share" } };
	struct text_table *table = text_table_create(call->context->arena, 4);

	text_table_right(table, 2);
	text_table_right(table, 3);
	command_table_head(call->context, table, heads, 4);
	return table;
}

static void show_nodes(struct topic_call *call, const struct tree_node *nodes,
		       const struct topic_node *stored, size_t count, uint64_t total)
{
	const struct answer answer = topic_answer(call);
	struct text_table *table = tree_table(call);

	answer_write_tree(&answer, &call->topic, kind_of(call), total, nodes, stored, count);
	for (size_t i = 0; i < count; i++)
		node_row(call, table, &nodes[i], total);
	if (!call->context->json)
		text_table_print(table);
}

static bool show_tree(struct topic_call *call, struct error *error)
{
	struct library *library = call->workspace.library;
	struct arena *arena = call->context->arena;
	const struct bitmap *documents;
	struct topic_node *stored;
	struct tree_node *nodes;
	size_t count;

	if (!topic_documents(call, &documents, error) ||
	    !library_topic_tree(library, arena, call->topic.id, kind_of(call), &stored, &count,
				error) ||
	    !indexing_topic_tree(library, call->workspace.snapshot, arena, call->topic.id,
				 kind_of(call), documents, NULL, &nodes, &count, error))
		return false;
	show_nodes(call, nodes, stored, count, bitmap_count(documents));
	return true;
}

bool topic_tree(struct topic_call *call, struct error *error)
{
	if (call->options->read && !read_tree(call, error))
		return false;
	if (call->options->write && !write_tree(call, error))
		return false;
	return show_tree(call, error);
}
