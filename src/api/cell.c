/* What a query finds now in a topic, counted for the records that rest on it. */
#include "api/cell.h"
#include "api/api_internal.h"

struct cell {
	struct call *call;
	const struct bitmap *documents;
};

/* What depends on what was saved with the record: that it no longer holds is an answer, too. */
static bool is_outdated(const struct error *error)
{
	return error->kind == ERROR_INVALID || error->kind == ERROR_NOT_FOUND ||
	       error->kind == ERROR_USAGE;
}

static bool find_documents(struct call *call, const char *text, int64_t id,
			   struct answer_set *set_out, struct error *error)
{
	const struct answer answer = call_answer(call);
	struct topic topic = { .id = 0 };
	struct query *query;

	return (!id || call_find_topic(call, id, &topic, error)) &&
	       answer_parse(&answer, str_of(text), &query, error) &&
	       answer_ask(&answer, query, id ? topic.name : NULL, set_out, error);
}

bool cell_open(struct call *call, const char *query, int64_t topic, struct cell **cell_out,
	       struct error *error)
{
	struct answer_set set;

	*cell_out = NULL;
	if (!*query)
		return true;
	if (!find_documents(call, query, topic, &set, error))
		return is_outdated(error);
	*cell_out = arena_new(call->arena, struct cell);
	**cell_out = (struct cell){ .call = call, .documents = set.documents };
	return true;
}

int64_t cell_count(const struct cell *cell)
{
	return (int64_t)bitmap_count(cell->documents);
}

bool cell_has(const struct cell *cell, struct str number, bool *has_out, struct error *error)
{
	uint32_t document;
	int64_t id;

	*has_out = false;
	if (!number.size)
		return true;
	if (!library_find_number(cell->call->library, cell->call->arena, number, &id, error))
		return is_outdated(error);
	document = snapshot_find_document(cell->call->snapshot, id);
	*has_out = document != DOCUMENT_NONE && bitmap_contains(cell->documents, document);
	return true;
}
