#include "analyse/similar.h"

#include "analyse/words_internal.h"
#include "base/list.h"
#include "base/map.h"
#include "base/utf8.h"
#include "text/token.h"

#include <math.h>

enum {
	TEXT_SIZE_MAX = 200000, /* bytes read of a pasted text */
	SHARED_MAX = 6,
	EXPLAINED_MAX = 50, /* documents that get their shared strings */
	TITLE_WEIGHT = 2,
	SHORT_TERMS = 15 /* a text with fewer telling words is short */
};
static const unsigned char columns[] = { COL_TITLE, COL_ABSTRACT, COL_CLAIMS };
enum { COLUMN_COUNT = sizeof(columns) };
/* Chosen by recall of family members (docs/performance.md): a few words are a title, and like titles. */
static const float column_weights[] = { 2.0F, 1.0F, 0.6F };
static const float column_weights_short[] = { 16.0F, 1.0F, 0.6F };

/* The tokens of the text in order, as indexes of terms; UINT32_MAX parts what is not adjacent. */
struct reading {
	struct arena *arena;
	struct map *places; /* token -> index in terms + 1 */
	struct list terms;  /* struct similar_term */
	struct list order;  /* uint32_t */
	uint32_t next_position;
	uint32_t weight;
};

static void add_order(struct reading *reading, uint32_t term)
{
	*(uint32_t *)list_add(&reading->order) = term;
}

static void take_token(void *context, struct str token, uint32_t position)
{
	struct reading *reading = context;
	struct similar_term *term;
	uint64_t *place;
	bool is_new;

	if (!token.size || (unsigned char)token.data[0] < ' ')
		return;
	if (token.data[token.size - 1] == TOKEN_LAST[0])
		return; /* the character stands in the pair before it */
	if (position != reading->next_position)
		add_order(reading, UINT32_MAX);
	reading->next_position = position + 1;
	place = map_put(reading->places, token, &is_new);
	if (is_new) {
		term = list_add(&reading->terms);
		term->token = term->text = str_copy(reading->arena, token);
		*place = reading->terms.count;
	}
	LIST_AT(&reading->terms, struct similar_term, *place - 1).frequency += reading->weight;
	add_order(reading, (uint32_t)*place - 1);
}

static void read_text(struct reading *reading, struct str text, uint32_t weight)
{
	uint32_t position = reading->next_position + TOKEN_GAP;

	reading->weight = weight;
	text_tokens(str_slice(text, 0, TEXT_SIZE_MAX), &position, take_token, reading);
}

static void reading_release(void *resource)
{
	struct reading *reading = resource;

	map_destroy(reading->places);
	list_release(&reading->terms);
	list_release(&reading->order);
}

/* Saturating frequency times inverse document frequency; 0 for what the index does not have. */
static void weigh_term(const struct snapshot *snapshot, struct similar_term *term)
{
	double documents = (double)snapshot_document_count(snapshot), found = 0;
	double frequency = term->frequency;

	for (size_t i = 0; i < COLUMN_COUNT; i++)
		found = fmax(found,
			     (double)index_term_frequency(snapshot, columns[i], term->token));
	if (found > 0)
		term->weight = frequency / (frequency + 1.5) *
			       log(1 + (documents - found + 0.5) / (found + 0.5));
	if (found > documents / 2 || !word_tells(term->token))
		term->weight = 0;
}

static int compare_terms(const void *a, const void *b)
{
	const struct similar_term *left = a, *right = b;

	if (left->weight != right->weight)
		return left->weight > right->weight ? -1 : 1;
	return str_compare(left->token, right->token);
}

/* Returns how many of the terms are to be ranked by; the result's are those that tell something. */
static size_t choose_terms(const struct snapshot *snapshot, const struct reading *reading,
			   struct similar_result *result)
{
	size_t count = reading->terms.count;

	result->terms = arena_array(reading->arena, struct similar_term, count + 1);
	if (count)
		memcpy(result->terms, reading->terms.items, count * sizeof(struct similar_term));
	for (size_t i = 0; i < count; i++)
		weigh_term(snapshot, &result->terms[i]);
	qsort(result->terms, count, sizeof(struct similar_term), compare_terms);
	if (count > SIMILAR_TERMS_MAX)
		count = SIMILAR_TERMS_MAX;
	result->term_count = count;
	while (result->term_count && result->terms[result->term_count - 1].weight <= 0)
		result->term_count--;
	/* A short text has too few words to be choosy about. */
	return result->term_count < SHORT_TERMS ? count : result->term_count;
}

const struct bitmap *similar_published_before(const struct snapshot *snapshot, struct arena *arena,
					      date before)
{
	const struct bitmap *first = index_column_documents(snapshot, arena, COL_FIRST_PUBLISHED);
	const struct bitmap *early = index_number_range_documents(
		snapshot, arena, COL_FIRST_PUBLISHED, NUMBER_NONE + 1, before - 1);
	const struct bitmap *others = index_number_range_documents(snapshot, arena, COL_PUBLISHED,
								   NUMBER_NONE + 1, before - 1);

	return bitmap_or(arena, early, bitmap_and_not(arena, others, first));
}

static const struct bitmap *allowed(const struct snapshot *snapshot, struct arena *arena,
				    const struct similar_request *request)
{
	const struct bitmap *set = request->within;

	if (request->before != DATE_NONE) {
		const struct bitmap *early = similar_published_before(snapshot, arena,
								      request->before);

		set = set ? bitmap_and(arena, set, early) : early;
	}
	return set;
}

static bool rank(const struct snapshot *snapshot, const struct similar_request *request,
		 size_t term_count, const struct search_limits *limits, struct arena *arena,
		 struct similar_result *result, struct error *error)
{
	struct rank_term *terms = arena_array(arena, struct rank_term,
					      term_count * COLUMN_COUNT + 1);
	struct rank_request ranked = { .terms = terms,
				       .within = allowed(snapshot, arena, request),
				       .limit = request->limit + 1,
				       .limits = limits };
	const float *weights = result->term_count < SHORT_TERMS ? column_weights_short
								: column_weights;
	struct scored *best;
	size_t count = 0, found;

	for (size_t i = 0; i < term_count; i++) {
		float frequency = (float)result->terms[i].frequency;

		for (size_t j = 0; j < COLUMN_COUNT; j++)
			terms[count++] = (struct rank_term){ columns[j], result->terms[i].token,
							     weights[j] * frequency /
								     (frequency + 1.5F) };
	}
	ranked.term_count = count;
	if (!index_rank(snapshot, arena, &ranked, &best, &found, error))
		return false;
	result->documents = arena_array(arena, struct similar_document, found + 1);
	for (size_t i = 0; i < found && result->document_count < request->limit; i++)
		if (best[i].document != request->itself)
			result->documents[result->document_count++] = (struct similar_document){
				.document = best[i].document, .score = (double)best[i].score
			};
	return true;
}

/* ---- What a document has in common with the text. */
struct shared_string {
	struct str text;
	double weight;
};

static int compare_shared(const void *a, const void *b)
{
	const struct shared_string *left = a, *right = b;

	if (left->weight != right->weight)
		return left->weight > right->weight ? -1 : 1;
	return str_compare(left->text, right->text);
}

/* Runs of neighbouring pairs that the document has all, as strings; each string once. */
struct joiner {
	const struct reading *reading;
	const uint8_t *has;    /* by term of the reading */
	const double *weights; /* 0: not chosen */
	struct map *seen;
	struct list strings; /* struct shared_string */
	struct strbuf run;
	double run_weight;
};

static void end_run(struct joiner *joiner)
{
	struct shared_string *string;
	bool is_new;

	if (joiner->run.size) {
		map_put(joiner->seen, strbuf_str(&joiner->run), &is_new);
		if (is_new) {
			string = list_add(&joiner->strings);
			string->text = str_copy(joiner->reading->arena, strbuf_str(&joiner->run));
			string->weight = joiner->run_weight;
		}
	}
	strbuf_clear(&joiner->run);
	joiner->run_weight = 0;
}

static void join_term(struct joiner *joiner, uint32_t term)
{
	struct str token = LIST_AT(&joiner->reading->terms, struct similar_term, term).token;

	if (!word_is_pair(token)) {
		end_run(joiner);
		strbuf_add_str(&joiner->run, token);
		joiner->run_weight = joiner->weights[term];
		end_run(joiner);
		return;
	}
	if (joiner->run.size)
		token = str_slice(token, utf8_offset(token, 1), token.size);
	strbuf_add_str(&joiner->run, token);
	joiner->run_weight += joiner->weights[term];
}

static struct str join_shared(const struct reading *reading, const uint8_t *has,
			      const double *weights)
{
	struct joiner joiner = { .reading = reading,
				 .has = has,
				 .weights = weights,
				 .seen = map_create(),
				 .strings = LIST_OF(struct shared_string),
				 .run = STRBUF_INIT };
	struct str text;

	for (size_t i = 0; i < reading->order.count; i++) {
		uint32_t term = LIST_AT(&reading->order, uint32_t, i);

		if (term == UINT32_MAX || !has[term])
			end_run(&joiner);
		else
			join_term(&joiner, term);
	}
	end_run(&joiner);
	if (joiner.strings.count)
		list_sort(&joiner.strings, compare_shared);
	for (size_t i = 0; i < joiner.strings.count && i < SHARED_MAX; i++) {
		if (i)
			strbuf_add_cstr(&joiner.run, "、");
		strbuf_add_str(&joiner.run, LIST_AT(&joiner.strings, struct shared_string, i).text);
	}
	text = str_copy(reading->arena, strbuf_str(&joiner.run));
	strbuf_release(&joiner.run);
	list_release(&joiner.strings);
	map_destroy(joiner.seen);
	return text;
}

static int compare_places(const void *a, const void *b)
{
	const struct similar_document *const *left = a, *const *right = b;

	return (*left)->document < (*right)->document ? -1 : (*left)->document > (*right)->document;
}

/* Marks has[place * terms + term] by walking each token's documents once, in ascending order. */
static uint8_t *mark_terms(const struct snapshot *snapshot, const struct reading *reading,
			   const struct similar_result *result,
			   struct similar_document *const *sorted, size_t count)
{
	size_t width = reading->terms.count;
	uint8_t *has = arena_array(reading->arena, uint8_t, count * width + 1);

	for (size_t i = 0; i < result->term_count; i++) {
		uint64_t term = *map_find(reading->places, result->terms[i].token) - 1;

		for (size_t j = 0; j < COLUMN_COUNT; j++) {
			struct posting_cursor *cursor = index_cursor(
				snapshot, reading->arena, columns[j], result->terms[i].token);

			for (size_t k = 0; k < count; k++)
				if (cursor_seek(cursor, sorted[k]->document) == sorted[k]->document)
					has[k * width + term] = 1;
		}
	}
	return has;
}

static void explain(const struct snapshot *snapshot, const struct reading *reading,
		    struct similar_result *result)
{
	size_t count = result->document_count < EXPLAINED_MAX ? result->document_count
							      : EXPLAINED_MAX;
	struct similar_document **sorted = arena_array(reading->arena, struct similar_document *,
						       count + 1);
	double *weights = arena_array(reading->arena, double, reading->terms.count + 1);
	uint8_t *has;

	for (size_t i = 0; i < count; i++)
		sorted[i] = &result->documents[i];
	qsort(sorted, count, sizeof(struct similar_document *), compare_places);
	has = mark_terms(snapshot, reading, result, sorted, count);
	for (size_t i = 0; i < result->term_count; i++)
		weights[*map_find(reading->places, result->terms[i].token) - 1] =
			result->terms[i].weight;
	for (size_t i = 0; i < count; i++)
		sorted[i]->shared = join_shared(reading, has + i * reading->terms.count, weights);
}

/* Of those that were explained, what has none of the telling words is not like the text. */
static void drop_unlike(struct similar_result *result)
{
	size_t kept = 0;

	for (size_t i = 0; i < result->document_count; i++)
		if (i >= EXPLAINED_MAX || result->documents[i].shared.size)
			result->documents[kept++] = result->documents[i];
	result->document_count = kept;
}

bool similar_find(const struct snapshot *snapshot, const struct similar_request *request,
		  const struct search_limits *limits, struct arena *arena,
		  struct similar_result *result_out, struct error *error)
{
	struct reading *reading = arena_new(arena, struct reading);
	size_t term_count;

	*result_out = (struct similar_result){ 0 };
	*reading = (struct reading){ .arena = arena,
				     .places = map_create(),
				     .terms = LIST_OF(struct similar_term),
				     .order = LIST_OF(uint32_t) };
	arena_defer(arena, reading_release, reading);
	read_text(reading, request->title, TITLE_WEIGHT);
	read_text(reading, request->text, 1);
	term_count = choose_terms(snapshot, reading, result_out);
	if (!result_out->term_count)
		return true;
	if (!rank(snapshot, request, term_count, limits, arena, result_out, error))
		return false;
	explain(snapshot, reading, result_out);
	drop_unlike(result_out);
	return true;
}
