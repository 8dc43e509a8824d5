/* Searching: hits of a query, how it is read, documents like another. */
#include "analyse/similar.h"
#include "api/api_internal.h"
#include "api/routes.h"

enum { LIMIT = 20, LIMIT_MAX = 200, OFFSET_MAX = 100000, CLAIMS_MAX = 3 };

enum sort { SORT_RELEVANCE, SORT_FILED, SORT_PUBLISHED, SORT_CITED };
static const char *const sorts[] = { "relevance", "filed", "published", "cited", NULL };

/* ---- Hits. */

static bool order(struct call *call, const struct asked *asked, int sort, size_t last,
		  struct scored **hits_out, size_t *count_out, struct error *error)
{
	static const unsigned columns[] = { [SORT_FILED] = COL_FILED,
					    [SORT_PUBLISHED] = COL_PUBLISHED,
					    [SORT_CITED] = COL_COUNT_CITED_BY };

	if (sort == SORT_RELEVANCE)
		return query_rank(call->snapshot, asked->query, asked->documents, last,
				  call->limits, call->arena, hits_out, count_out, error);
	query_largest(call->snapshot, asked->documents, columns[sort], last, call->arena, hits_out,
		      count_out);
	return true;
}

/* Byte ranges of the title that the query's words match. */
static void write_marks(struct call *call, const struct query *query,
			const struct publication *facts)
{
	struct str title = publication_text_in(facts, FACT_TITLE, FACT_ZH);
	struct highlight *marks;
	size_t count;

	if (!title.size)
		title = publication_text(facts, FACT_TITLE);
	count = query_highlights(query, call->arena, COL_TITLE, title, &marks);
	jsonout_key(&call->json, "title_marks");
	jsonout_array_begin(&call->json);
	for (size_t i = 0; i < count; i++) {
		jsonout_array_begin(&call->json);
		jsonout_integer(&call->json, (int64_t)marks[i].from);
		jsonout_integer(&call->json, (int64_t)marks[i].to);
		jsonout_array_end(&call->json);
	}
	jsonout_array_end(&call->json);
}

static bool write_hits(struct call *call, const struct asked *asked, const struct scored *hits,
		       size_t from, size_t count, struct error *error)
{
	jsonout_key(&call->json, "hits");
	jsonout_array_begin(&call->json);
	for (size_t i = from; i < count; i++) {
		const struct publication *facts;

		jsonout_object_begin(&call->json);
		if (!write_document(call, hits[i].document, &facts, error))
			return false;
		write_marks(call, asked->query, facts);
		jsonout_member_number(&call->json, "score", (double)hits[i].score);
		jsonout_object_end(&call->json);
	}
	jsonout_array_end(&call->json);
	return true;
}

static bool search(struct call *call, struct error *error)
{
	int64_t limit, offset;
	struct scored *hits;
	struct asked asked;
	size_t count;
	int sort;

	if (!call_integer(call, "limit", LIMIT, 0, LIMIT_MAX, &limit, error) ||
	    !call_integer(call, "offset", 0, 0, OFFSET_MAX, &offset, error) ||
	    !call_choice(call, "sort", sorts, &sort, error) || !call_ask(call, &asked, error) ||
	    !order(call, &asked, sort, (size_t)(offset + limit), &hits, &count, error))
		return false;
	jsonout_object_begin(&call->json);
	jsonout_member_str(&call->json, "query", query_bracketed(call->arena, asked.query));
	jsonout_member_integer(&call->json, "count", (int64_t)bitmap_count(asked.documents));
	if (!write_hits(call, &asked, hits, (size_t)offset, count, error))
		return false;
	write_warnings(call, asked.query);
	jsonout_object_end(&call->json);
	return true;
}

/* ---- How a query is read. */

static bool explain(struct call *call, struct error *error)
{
	struct jsonout *json = &call->json;
	struct explain_line *lines;
	struct query *query;
	const char *text;
	size_t count;

	if (!call_need_text(call, "query", &text, error) ||
	    !call_parse(call, str_of(text), &query, error) ||
	    !query_explain(call->snapshot, query, call->limits, call->arena, &lines, &count, error))
		return false;
	jsonout_object_begin(json);
	jsonout_member_str(json, "query", query_bracketed(call->arena, query));
	jsonout_member_integer(json, "count", count ? (int64_t)lines[0].documents : 0);
	jsonout_key(json, "nodes");
	jsonout_array_begin(json);
	for (size_t i = 0; i < count; i++) {
		jsonout_object_begin(json);
		jsonout_member_integer(json, "depth", lines[i].depth);
		jsonout_member_str(json, "text", lines[i].text);
		jsonout_member_integer(json, "count", (int64_t)lines[i].documents);
		jsonout_member_integer(json, "at", (int64_t)lines[i].at);
		jsonout_object_end(json);
	}
	jsonout_array_end(json);
	write_warnings(call, query);
	jsonout_object_end(json);
	return true;
}

/* ---- Documents like another. */

static struct str text_of(struct call *call, const struct publication *facts)
{
	struct strbuf *text = arena_new(call->arena, struct strbuf);
	struct str copy;
	size_t claims = 0;

	*text = STRBUF_INIT;
	for (const struct fact *fact = publication_find(facts, FACT_ABSTRACT); fact;
	     fact = publication_next(facts, fact)) {
		strbuf_add_str(text, fact->parts[0]);
		strbuf_add_byte(text, '\n');
	}
	for (const struct fact *fact = publication_find(facts, FACT_CLAIM);
	     fact && claims < CLAIMS_MAX; fact = publication_next(facts, fact), claims++) {
		strbuf_add_str(text, fact->parts[CLAIM_TEXT]);
		strbuf_add_byte(text, '\n');
	}
	copy = str_copy(call->arena, strbuf_str(text));
	strbuf_release(text);
	return copy;
}

/* Like the document of that number, which is not in the answer. */
static bool like_number(struct call *call, const char *number, struct similar_request *request,
			struct error *error)
{
	struct application application;
	const struct publication *facts;
	int64_t id;

	if (!library_find_number(call->library, call->arena, str_of(number), &id, error) ||
	    !library_application(call->library, call->arena, id, &application, error))
		return false;
	facts = application_effective(call->arena, &application);
	request->title = publication_text_in(facts, FACT_TITLE, FACT_ZH);
	if (!request->title.size)
		request->title = publication_text(facts, FACT_TITLE);
	request->text = text_of(call, facts);
	request->itself = snapshot_find_document(call->snapshot, id);
	return true;
}

static bool read_similar(struct call *call, struct similar_request *request, struct error *error)
{
	const char *number = call_text(call, "number"), *text = call_text(call, "text");
	struct asked asked;
	int64_t limit;

	request->itself = DOCUMENT_NONE;
	if (!number == !text)
		return error_set_field(error, "number", "api.number_or_text");
	if (!call_integer(call, "limit", LIMIT, 1, LIMIT_MAX, &limit, error) ||
	    !call_date(call, "before", &request->before, error) || !call_ask(call, &asked, error))
		return false;
	request->limit = (size_t)limit;
	request->within = asked.documents;
	request->text = str_of(text);
	return !number || like_number(call, number, request, error);
}

static bool write_similar(struct call *call, const struct similar_result *result,
			  struct error *error)
{
	struct jsonout *json = &call->json;

	jsonout_key(json, "terms");
	jsonout_array_begin(json);
	for (size_t i = 0; i < result->term_count; i++) {
		jsonout_object_begin(json);
		jsonout_member_str(json, "term", result->terms[i].text);
		jsonout_member_number(json, "weight", result->terms[i].weight);
		jsonout_object_end(json);
	}
	jsonout_array_end(json);
	jsonout_key(json, "hits");
	jsonout_array_begin(json);
	for (size_t i = 0; i < result->document_count; i++) {
		const struct publication *facts;

		jsonout_object_begin(json);
		if (!write_document(call, result->documents[i].document, &facts, error))
			return false;
		jsonout_member_number(json, "score", result->documents[i].score);
		member_text(json, "shared", result->documents[i].shared);
		jsonout_object_end(json);
	}
	jsonout_array_end(json);
	return true;
}

static bool similar(struct call *call, struct error *error)
{
	struct similar_request request = { .limit = 0 };
	struct similar_result result;

	if (!read_similar(call, &request, error) ||
	    !similar_find(call->snapshot, &request, call->limits, call->arena, &result, error))
		return false;
	jsonout_object_begin(&call->json);
	jsonout_member_integer(&call->json, "count", (int64_t)result.document_count);
	if (!write_similar(call, &result, error))
		return false;
	jsonout_object_end(&call->json);
	return true;
}

HANDLER(api_search, search)
HANDLER(api_explain, explain)
HANDLER(api_similar, similar)
