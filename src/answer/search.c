/* Hits of a query, and documents like another. */
#include "analyse/similar.h"
#include "answer/answer.h"
#include "base/utf8.h"

const char *const answer_sorts[] = { "relevance", "filed", "published", "cited", NULL };
const char *const answer_hit_units[] = { "application", "family", NULL };

enum { CLAIMS_MAX = 3 };
enum { SNIPPET_SIZE = 160, SNIPPET_BEFORE = 40 }; /* characters */

/* Of each family the first document; those without a family stand for themselves. */
static const struct bitmap *one_of_each_family(const struct answer *answer,
					       const struct bitmap *documents)
{
	const struct snapshot *snapshot = answer->snapshot;
	struct arena *arena = answer->arena;
	bool *is_seen = arena_array(arena, bool, snapshot_term_count(snapshot, COL_FAMILY) + 1);
	uint32_t *kept = arena_array(arena, uint32_t, bitmap_count(documents) + 1), document;
	struct bitmap_walk walk = bitmap_walk(documents);
	size_t count = 0;

	while (bitmap_walk_next(&walk, &document)) {
		const uint32_t *families;
		size_t families_count = snapshot_ordinals(snapshot, arena, COL_FAMILY, document,
							  &families);

		if (families_count > 0 && is_seen[families[0]])
			continue;
		if (families_count > 0)
			is_seen[families[0]] = true;
		kept[count++] = document;
	}
	return bitmap_of(arena, kept, count);
}

bool answer_search(const struct answer *answer, const struct answer_search *search,
		   const struct answer_set *set, struct answer_hits *hits_out, struct error *error)
{
	static const unsigned columns[] = { [SORT_FILED] = COL_FILED,
					    [SORT_PUBLISHED] = COL_PUBLISHED,
					    [SORT_CITED] = COL_COUNT_CITED_BY };
	const struct bitmap *documents = set->documents;
	size_t last = search->offset + search->limit;

	if (search->unit == ANSWER_FAMILIES)
		documents = one_of_each_family(answer, documents);
	*hits_out = (struct answer_hits){ .is_counted = true, .count = bitmap_count(documents) };
	if (search->limit == 0)
		return true;
	if (search->sort == SORT_RELEVANCE)
		return query_rank(answer->snapshot, set->query, documents, last, answer->limits,
				  answer->arena, &hits_out->hits, &hits_out->hit_count, error);
	query_largest(answer->snapshot, documents, columns[search->sort], last, answer->arena,
		      &hits_out->hits, &hits_out->hit_count);
	return true;
}

bool answer_search_best(const struct answer *answer, const struct answer_search *search,
			const struct query *query, struct answer_hits *hits_out,
			struct error *error)
{
	*hits_out = (struct answer_hits){ .is_counted = false };
	return query_best(answer->snapshot, query, search->offset + search->limit, answer->limits,
			  answer->arena, &hits_out->hits, &hits_out->hit_count, error);
}

void answer_write_marks(const struct answer *answer, const char *key, const struct query *query,
			unsigned column, struct str text)
{
	struct highlight *marks;
	size_t count = query_highlights(query, answer->arena, column, text, &marks);

	jsonout_key(answer->json, key);
	jsonout_array_begin(answer->json);
	for (size_t i = 0; i < count; i++) {
		jsonout_array_begin(answer->json);
		jsonout_integer(answer->json, (int64_t)marks[i].from);
		jsonout_integer(answer->json, (int64_t)marks[i].to);
		jsonout_array_end(answer->json);
	}
	jsonout_array_end(answer->json);
}

/* The piece of a text around its first marked word. */
static struct str piece_of(const struct answer *answer, const struct query *query, struct str text)
{
	struct highlight *marks;
	size_t count = query_highlights(query, answer->arena, COL_ABSTRACT, text, &marks);
	size_t first = count ? utf8_count(str_slice(text, 0, marks[0].from)) : 0;
	size_t from = first > SNIPPET_BEFORE ? first - SNIPPET_BEFORE : 0;
	struct str rest = str_slice(text, utf8_offset(text, from), text.size);

	return str_slice(rest, 0, utf8_offset(rest, SNIPPET_SIZE));
}

/* A piece of the abstract; is_cut: something stands before it. */
static void write_snippet(const struct answer *answer, const struct query *query,
			  const struct publication *facts)
{
	struct str abstract = publication_text(facts, FACT_ABSTRACT);
	struct str piece = piece_of(answer, query, abstract);

	jsonout_key(answer->json, "snippet");
	jsonout_object_begin(answer->json);
	jsonout_member_str(answer->json, "text", piece);
	jsonout_member_bool(answer->json, "is_cut", piece.size && piece.data != abstract.data);
	jsonout_member_bool(answer->json, "has_more",
			    piece.size && piece.data + piece.size != abstract.data + abstract.size);
	answer_write_marks(answer, "marks", query, COL_ABSTRACT, piece);
	jsonout_object_end(answer->json);
}

bool answer_write_tags(const struct answer *answer, int64_t application_id, struct error *error)
{
	struct str *tags;
	size_t count;

	if (!library_tags_of(answer->library, answer->arena, application_id, &tags, &count, error))
		return false;
	jsonout_key(answer->json, "tags");
	jsonout_array_begin(answer->json);
	for (size_t i = 0; i < count; i++)
		jsonout_str(answer->json, tags[i]);
	jsonout_array_end(answer->json);
	return true;
}

static bool write_hit(const struct answer *answer, const struct answer_search *search,
		      const struct query *query, const struct scored *hit, struct error *error)
{
	const struct publication *facts;

	if (!answer_facts(answer, hit->document, &facts, error))
		return false;
	jsonout_object_begin(answer->json);
	answer_write_document(answer, hit->document, facts);
	answer_write_marks(answer, "title_marks", query, COL_TITLE, answer_title(facts));
	if (search->has_snippets) {
		write_snippet(answer, query, facts);
		if (!answer_write_tags(
			    answer, snapshot_document_id(answer->snapshot, hit->document), error))
			return false;
	}
	if (search->sort == SORT_RELEVANCE)
		jsonout_member_number(answer->json, "score", (double)hit->score);
	jsonout_object_end(answer->json);
	return true;
}

static void begin_object(const struct answer *answer, const struct answer_search *search,
			 const struct answer_set *set, const struct answer_hits *hits)
{
	jsonout_object_begin(answer->json);
	jsonout_member_str(answer->json, "query", query_bracketed(answer->arena, set->query));
	jsonout_key(answer->json, "count");
	if (hits->is_counted)
		jsonout_integer(answer->json, (int64_t)hits->count);
	else
		jsonout_null(answer->json);
	jsonout_member_cstr(answer->json, "unit", answer_hit_units[search->unit]);
}

static void end_object(const struct answer *answer, const struct answer_set *set)
{
	answer_write_warnings(answer, set->query);
	jsonout_object_end(answer->json);
}

void answer_write_count(const struct answer *answer, const struct answer_search *search,
			const struct answer_set *set, const struct answer_hits *hits)
{
	begin_object(answer, search, set, hits);
	end_object(answer, set);
}

bool answer_write_hits(const struct answer *answer, const struct answer_search *search,
		       const struct answer_set *set, const struct answer_hits *hits,
		       struct error *error)
{
	begin_object(answer, search, set, hits);
	jsonout_key(answer->json, "hits");
	jsonout_array_begin(answer->json);
	for (size_t i = search->offset; i < hits->hit_count; i++)
		if (!write_hit(answer, search, set->query, &hits->hits[i], error))
			return false;
	jsonout_array_end(answer->json);
	end_object(answer, set);
	return true;
}

/* ---- Documents like another. */

/* Abstract and first claims in all languages the sources gave. */
static struct str text_of(const struct answer *answer, const struct publication *facts)
{
	struct strbuf text = STRBUF_INIT;
	struct str copy;
	size_t claims = 0;

	for (const struct fact *fact = publication_find(facts, FACT_ABSTRACT); fact;
	     fact = publication_next(facts, fact)) {
		strbuf_add_str(&text, fact->parts[0]);
		strbuf_add_byte(&text, '\n');
	}
	for (const struct fact *fact = publication_find(facts, FACT_CLAIM);
	     fact && claims < CLAIMS_MAX; fact = publication_next(facts, fact), claims++) {
		strbuf_add_str(&text, fact->parts[CLAIM_TEXT]);
		strbuf_add_byte(&text, '\n');
	}
	copy = str_copy(answer->arena, strbuf_str(&text));
	strbuf_release(&text);
	return copy;
}

bool answer_like_number(const struct answer *answer, const char *number,
			struct similar_request *request, struct error *error)
{
	struct application application;
	const struct publication *facts;
	int64_t id;

	if (!library_find_number(answer->library, answer->arena, str_of(number), &id, error) ||
	    !library_application(answer->library, answer->arena, id, &application, error))
		return false;
	facts = application_effective(answer->arena, &application);
	request->title = answer_title(facts);
	request->text = text_of(answer, facts);
	request->itself = snapshot_find_document(answer->snapshot, id);
	return true;
}

static void write_terms(struct jsonout *json, const struct similar_result *result)
{
	jsonout_key(json, "terms");
	jsonout_array_begin(json);
	for (size_t i = 0; i < result->term_count; i++) {
		jsonout_object_begin(json);
		jsonout_member_str(json, "term", result->terms[i].text);
		jsonout_member_number(json, "weight", result->terms[i].weight);
		jsonout_object_end(json);
	}
	jsonout_array_end(json);
}

static bool write_like(const struct answer *answer, const struct similar_document *like,
		       struct error *error)
{
	const struct publication *facts;

	if (!answer_facts(answer, like->document, &facts, error))
		return false;
	jsonout_object_begin(answer->json);
	answer_write_document(answer, like->document, facts);
	jsonout_member_number(answer->json, "score", like->score);
	jsonout_member_text(answer->json, "shared", like->shared);
	jsonout_object_end(answer->json);
	return true;
}

bool answer_write_similar(const struct answer *answer, const struct similar_result *result,
			  struct error *error)
{
	struct jsonout *json = answer->json;

	jsonout_object_begin(json);
	jsonout_member_integer(json, "count", (int64_t)result->document_count);
	write_terms(json, result);
	jsonout_key(json, "hits");
	jsonout_array_begin(json);
	for (size_t i = 0; i < result->document_count; i++)
		if (!write_like(answer, &result->documents[i], error))
			return false;
	jsonout_array_end(json);
	jsonout_object_end(json);
	return true;
}
