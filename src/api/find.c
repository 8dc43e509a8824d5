/* Searching: hits of a query, how it is read, documents like another. */
#include "analyse/similar.h"
#include "api/api_internal.h"
#include "api/routes.h"

enum { LIMIT = 20, LIMIT_MAX = 200, OFFSET_MAX = 100000 };

static const char *const no_yes[] = { "no", "yes", NULL };

/* Whether the first of all documents by relevance are what is wanted. */
static bool is_best_enough(struct call *call, const struct answer_search *wanted, int64_t newer)
{
	return wanted->sort == SORT_RELEVANCE && wanted->unit == ANSWER_APPLICATIONS &&
	       !call_text(call, "topic") && newer == 0;
}

static bool find(struct call *call, const struct answer_search *wanted, bool with_total,
		 struct answer_set *set_out, struct answer_hits *hits_out, struct error *error)
{
	const struct answer answer = call_answer(call);
	int64_t newer;

	if (!call_integer(call, "newer", 0, 0, INT64_MAX, &newer, error))
		return false;
	if (with_total || !is_best_enough(call, wanted, newer))
		return call_ask(call, set_out, error) &&
		       answer_search(&answer, wanted, set_out, hits_out, error);
	*set_out = (struct answer_set){ .documents = NULL };
	return call_parse(call, &set_out->query, error) &&
	       answer_search_best(&answer, wanted, set_out->query, hits_out, error);
}

static bool search(struct call *call, struct error *error)
{
	static const char *const totals[] = { "true", "false", NULL };
	const struct answer answer = call_answer(call);
	struct answer_search wanted;
	struct answer_hits hits;
	struct answer_set set;
	int64_t limit, offset;
	int snippets, total;

	if (!call_choice(call, "snippets", no_yes, &snippets, error) ||
	    !call_integer(call, "limit", LIMIT, 0, LIMIT_MAX, &limit, error) ||
	    !call_integer(call, "offset", 0, 0, OFFSET_MAX, &offset, error) ||
	    !call_choice(call, "sort", answer_sorts, &wanted.sort, error) ||
	    !call_choice(call, "unit", answer_hit_units, &wanted.unit, error) ||
	    !call_choice(call, "total", totals, &total, error))
		return false;
	wanted.limit = (size_t)limit;
	wanted.offset = (size_t)offset;
	wanted.has_snippets = snippets == 1;
	return find(call, &wanted, total == 0, &set, &hits, error) &&
	       answer_write_hits(&answer, &wanted, &set, &hits, error);
}

static bool explain(struct call *call, struct error *error)
{
	const struct answer answer = call_answer(call);
	struct explain_line *lines;
	struct query *query;
	const char *text;
	size_t count;

	if (!call_need_text(call, "query", &text, error) ||
	    !answer_parse(&answer, str_of(text), &query, error) ||
	    !query_explain(call->snapshot, query, call->limits, call->arena, &lines, &count, error))
		return false;
	answer_write_explain(&answer, query, lines, count);
	return true;
}

static bool read_similar(struct call *call, const struct answer *answer,
			 struct similar_request *request, struct error *error)
{
	const char *number = call_text(call, "number"), *text = call_text(call, "text");
	struct answer_set set;
	int64_t limit;

	request->itself = DOCUMENT_NONE;
	if (!number == !text)
		return error_set_field(error, "number", "api.number_or_text");
	if (!call_integer(call, "limit", LIMIT, 1, LIMIT_MAX, &limit, error) ||
	    !call_date(call, "before", &request->before, error) || !call_ask(call, &set, error))
		return false;
	request->limit = (size_t)limit;
	request->within = set.documents;
	request->text = str_of(text);
	return !number || answer_like_number(answer, number, request, error);
}

static bool similar(struct call *call, struct error *error)
{
	const struct answer answer = call_answer(call);
	struct similar_request request = { .limit = 0 };
	struct similar_result result;

	return read_similar(call, &answer, &request, error) &&
	       similar_find(call->snapshot, &request, call->limits, call->arena, &result, error) &&
	       answer_write_similar(&answer, &result, error);
}

HANDLER(api_search, search)
HANDLER(api_explain, explain)
HANDLER(api_similar, similar)
