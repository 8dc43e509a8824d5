/* Saved queries: #name in any query. */
#include "api/api_internal.h"
#include "api/routes.h"

static bool list_queries(struct call *call, struct error *error)
{
	const struct answer answer = call_answer(call);
	struct saved_query *queries;
	size_t count;

	if (!library_query_list(call->library, call->arena, &queries, &count, error))
		return false;
	jsonout_object_begin(&call->json);
	jsonout_key(&call->json, "queries");
	jsonout_array_begin(&call->json);
	for (size_t i = 0; i < count; i++)
		answer_write_query(&answer, queries[i].name, queries[i].text, NULL);
	jsonout_array_end(&call->json);
	jsonout_object_end(&call->json);
	return true;
}

static bool put_query(struct call *call, struct error *error)
{
	const char *name = request_part(call->request, "name"), *text;
	const struct answer answer = call_answer(call);
	struct query *query;

	if (!call_need_text(call, "query", &text, error) ||
	    !answer_parse(&answer, str_of(text), &query, error) ||
	    !library_begin(call->library, error) ||
	    !library_query_save(call->library, name, text, error) ||
	    !call_commit(call, "query.save", name, text, error))
		return false;
	answer_write_query(&answer, name, text, query);
	return true;
}

static bool delete_query(struct call *call, struct error *error)
{
	const char *name = request_part(call->request, "name");

	call->response->status = 204;
	return library_begin(call->library, error) &&
	       library_query_remove(call->library, str_of(name), error) &&
	       call_commit(call, "query.delete", name, NULL, error);
}

HANDLER(api_list_queries, list_queries)
HANDLER(api_put_query, put_query)
HANDLER(api_delete_query, delete_query)
