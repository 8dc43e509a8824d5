/* Technology and effect trees (技术分解表、功效分解表) of a topic. */
#include "api/api_internal.h"
#include "api/routes.h"
#include "api/topic_record.h"
#include "base/file.h"
#include "http/upload.h"
#include "import/tree_file.h"
#include "report/tree_writer.h"

#include <string.h>
#include <unistd.h>

static const char xlsx_type[] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

static bool find_kind(const struct call *call, enum tree_kind *kind_out, struct error *error)
{
	const char *kind = request_part(call->request, "kind");

	*kind_out = strcmp(kind, "effect") == 0 ? TREE_EFFECT : TREE_TECHNOLOGY;
	return strcmp(kind, "effect") == 0 || strcmp(kind, "technology") == 0 ||
	       error_set(error, ERROR_NOT_FOUND, "api.no_such", "%s", kind);
}

static bool find(struct call *call, struct topic *topic, enum tree_kind *kind, struct error *error)
{
	return call_topic(call, topic, error) && find_kind(call, kind, error);
}

static bool write_tree(struct call *call, const struct topic *topic, enum tree_kind kind,
		       struct error *error)
{
	const struct answer answer = call_answer(call);
	const struct bitmap *documents;
	struct topic_node *stored;
	struct tree_node *nodes;
	size_t count;

	if (!indexing_topic_documents(call->library, call->snapshot, call->arena, topic,
				      call->limits, &documents, error) ||
	    !library_topic_tree(call->library, call->arena, topic->id, kind, &stored, &count,
				error) ||
	    !indexing_topic_tree(call->library, call->snapshot, call->arena, topic->id, kind,
				 documents, call->limits, &nodes, &count, error))
		return false;
	answer_write_tree(&answer, topic, kind, bitmap_count(documents), nodes, stored, count);
	return true;
}

/* Each node's query must be one. The error's place is the node, counted from 1. */
static bool check_queries(struct call *call, const struct topic_node *nodes, size_t count,
			  struct error *error)
{
	const struct answer answer = call_answer(call);

	for (size_t i = 0; i < count; i++) {
		struct query *query;

		if (*nodes[i].query &&
		    !answer_parse(&answer, str_of(nodes[i].query), &query, error)) {
			error->field = "nodes";
			error->at = (int64_t)i + 1;
			return false;
		}
	}
	return true;
}

static bool save(struct call *call, const struct topic *topic, enum tree_kind kind,
		 const struct topic_node *nodes, size_t count, struct error *error)
{
	const char *subject = arena_printf(call->arena, "topic/%lld", (long long)topic->id);

	return check_queries(call, nodes, count, error) && library_begin(call->library, error) &&
	       library_topic_tree_save(call->library, topic->id, kind, nodes, count, error) &&
	       call_commit(call, "topic.tree", subject, topic->name, error) &&
	       write_tree(call, topic, kind, error);
}

static bool get_tree(struct call *call, struct error *error)
{
	enum tree_kind kind;
	struct topic topic;

	return find(call, &topic, &kind, error) && write_tree(call, &topic, kind, error);
}

static bool put_tree(struct call *call, struct error *error)
{
	struct topic_node *nodes;
	enum tree_kind kind;
	struct topic topic;
	size_t count;

	return find(call, &topic, &kind, error) &&
	       topic_record_may(call, topic.id, "update", error) &&
	       tree_read_json(call->arena, call->request->body, &nodes, &count, error) &&
	       save(call, &topic, kind, nodes, count, error);
}

/* The uploaded file's name tells its form. */
static bool put_tree_file(struct call *call, struct error *error)
{
	struct upload *upload;
	struct topic_node *nodes;
	enum tree_kind kind;
	struct topic topic;
	const char *path;
	size_t count;

	if (!find(call, &topic, &kind, error) || !topic_record_may(call, topic.id, "update", error))
		return false;
	if (request_upload_count(call->request) != 1)
		return error_set_field(error, "file", "api.one_file");
	upload = request_upload(call->request, 0);
	path = upload->path;
	if (str_ends_with(str_of(upload->name), STR(".toml")) ||
	    str_ends_with(str_of(upload->name), STR(".json"))) {
		struct str content;

		if (!file_read(call->arena, path, TREE_FILE_MAX, &content, error))
			return false;
		if (str_ends_with(str_of(upload->name), STR(".toml"))
			    ? !tree_read_toml(call->arena, content, &nodes, &count, error)
			    : !tree_read_json(call->arena, content, &nodes, &count, error))
			return false;
	} else if (!tree_read_table(call->arena, path, &nodes, &count, error)) {
		if (error->kind == ERROR_CORRUPT)
			error->kind = ERROR_INVALID; /* the client's file, not our data */
		return false;
	}
	return save(call, &topic, kind, nodes, count, error);
}

/* A workbook, by way of a file that is gone when it has been opened for sending. */
static bool send_workbook(struct call *call, const struct topic_node *nodes, size_t count,
			  const char *name, struct error *error)
{
	const char *folder, *path;
	bool done;

	if (!api_folder(call->api, call->arena, "temporary", &folder, error))
		return false;
	path = arena_printf(call->arena, "%s/tree-%s.xlsx", folder, call->request->id);
	done = tree_write_xlsx(nodes, count, path, error) &&
	       response_file(call->request, call->response, path, xlsx_type,
			     arena_printf(call->arena, "%s.xlsx", name), error);
	unlink(path);
	return done;
}

static bool get_tree_file(struct call *call, struct error *error)
{
	static const char *const formats[] = { "xlsx", "toml", "json", NULL };
	struct topic_node *nodes;
	enum tree_kind kind;
	struct topic topic;
	size_t count;
	int format;

	if (!find(call, &topic, &kind, error) ||
	    !call_choice(call, "format", formats, &format, error) ||
	    !library_topic_tree(call->library, call->arena, topic.id, kind, &nodes, &count, error))
		return false;
	if (format == 0)
		return send_workbook(call, nodes, count, topic.name, error);
	if (format == 1)
		tree_write_toml(nodes, count, call->text);
	else
		tree_write_json(nodes, count, call->text);
	call->response->content_type = format == 1 ? "application/toml" : "application/json";
	response_attachment(call->request, call->response,
			    arena_printf(call->arena, "%s.%s", topic.name, formats[format]));
	return true;
}

HANDLER(api_get_tree, get_tree)
HANDLER(api_put_tree, put_tree)
HANDLER(api_get_tree_file, get_tree_file)
HANDLER(api_put_tree_file, put_tree_file)
