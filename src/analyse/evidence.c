#include "analyse/evidence.h"

#include "analyse/words_internal.h"
#include "base/list.h"
#include "base/utf8.h"
#include "text/token.h"

#include <math.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { FEATURE_TOKENS_MAX = 60, FEATURE_RUNES_MIN = 3 };
static const double SAME_SHARE = 0.9, PART_SHARE = 0.5;
static const unsigned char columns[] = { COL_TITLE, COL_ABSTRACT, COL_CLAIMS, COL_DESCRIPTION };

const struct disclosure_info disclosures[DISCLOSURE_COUNT] = {
	[DISCLOSURE_NONE] = { "none", { "未见", "not found" } },
	[DISCLOSURE_UNSURE] = { "unsure", { "不确定", "unsure" } },
	[DISCLOSURE_PART] = { "part", { "相近", "in part" } },
	[DISCLOSURE_SAME] = { "same", { "相同", "same" } },
};

/* ---- The features of a text. */

static bool is_end(uint32_t rune)
{
	return rune == 0xFF1B /* ； */ || rune == 0x3002 /* 。 */ || rune == ';' || rune == '\n' ||
	       rune == '\r';
}

/* Without "1." "(2)" "3)" "a、" in front; other beginnings stay: "5G 基站", "a pump". */
static struct str without_number(struct str part)
{
	size_t at = 0;
	bool is_open;

	part = str_trim(part);
	is_open = part.size && part.data[0] == '(';
	at = is_open;
	while (at < part.size && at < 4 && strchr("0123456789abcdef", part.data[at]))
		at++;
	if (at == is_open || at >= part.size)
		return part;
	if (str_starts_with(str_slice(part, at, part.size), STR("、")))
		return str_trim(str_slice(part, at + STR("、").size, part.size));
	if (part.data[at] == ')' || (part.data[at] == '.' && !is_open))
		return str_trim(str_slice(part, at + 1, part.size));
	return part;
}

/* Without the marks and the words that lead to the next feature at its end. */
static struct str without_tail(struct str part)
{
	static const char *const tails[] = { "：", ":", "，", ",", "其特征在于", "。", "；", ";" };

	for (size_t i = 0; i < COUNT(tails); i++)
		if (str_ends_with(part, str_of(tails[i]))) {
			part = str_trim(str_slice(part, 0, part.size - strlen(tails[i])));
			i = SIZE_MAX; /* from the first one again */
		}
	return part;
}

/* The first claim, when the text says where the second begins. */
static struct str first_claim(struct str text)
{
	size_t second = str_find(text, STR("\n2."));

	if (second == STR_NOT_FOUND)
		second = str_find(text, STR("\n2、"));
	return str_slice(text, 0, second);
}

size_t evidence_features(struct arena *arena, struct str text, const struct str **features_out)
{
	struct str *features = arena_array(arena, struct str, EVIDENCE_FEATURES_MAX);
	size_t count = 0, from = 0, at = 0;

	text = first_claim(text);
	while (at < text.size && count < EVIDENCE_FEATURES_MAX) {
		size_t here = at;
		bool ends = is_end(utf8_next(text, &at));
		struct str part;

		if (!ends && at < text.size)
			continue;
		part = without_tail(without_number(str_slice(text, from, ends ? here : at)));
		from = at;
		if (utf8_count(part) >= FEATURE_RUNES_MIN)
			features[count++] = str_copy(arena, part);
	}
	*features_out = features;
	return count;
}

/* ---- One feature against all documents. */

struct feature {
	struct arena *arena;
	const struct snapshot *snapshot;
	struct str tokens[FEATURE_TOKENS_MAX];
	uint32_t offsets[FEATURE_TOKENS_MAX];
	size_t count;
	const struct bitmap *documents[FEATURE_TOKENS_MAX]; /* that have the token in any column */
	double weights[FEATURE_TOKENS_MAX];
	double weight;              /* of all */
	const struct bitmap *whole; /* that have the feature as a phrase */
};

static void take_token(void *context, struct str token, uint32_t position)
{
	struct feature *feature = context;

	if (!token.size || (unsigned char)token.data[0] < ' ' ||
	    feature->count == FEATURE_TOKENS_MAX || token.data[token.size - 1] == TOKEN_LAST[0])
		return;
	feature->tokens[feature->count] = str_copy(feature->arena, token);
	feature->offsets[feature->count++] = position;
}

static bool is_new_token(const struct feature *feature, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (str_equal(feature->tokens[k], feature->tokens[i]))
			return false;
	return true;
}

/* Rarer words tell more; a word no document has tells as much as one only one has. */
static void weigh_token(struct feature *feature, size_t i)
{
	double all = (double)snapshot_document_count(feature->snapshot), found;
	const struct bitmap *sets[COUNT(columns)];

	for (size_t c = 0; c < COUNT(columns); c++)
		sets[c] = index_term_documents(feature->snapshot, feature->arena, columns[c],
					       feature->tokens[i]);
	feature->documents[i] = bitmap_or_many(feature->arena, sets, COUNT(columns));
	found = fmax(1, (double)bitmap_count(feature->documents[i]));
	if (is_new_token(feature, i) && word_tells(feature->tokens[i]))
		feature->weights[i] = log(1 + all / found);
	feature->weight += feature->weights[i];
}

static bool find_phrase(struct feature *feature, const struct search_limits *limits,
			struct error *error)
{
	feature->whole = bitmap_empty();
	for (size_t i = feature->count; i-- > 0;)
		feature->offsets[i] -= feature->offsets[0];
	for (size_t c = 0; feature->count && c < COUNT(columns); c++) {
		const struct bitmap *found;

		if (!index_phrase_documents(feature->snapshot, feature->arena, columns[c],
					    feature->tokens, feature->offsets, feature->count, NULL,
					    limits, &found, error))
			return false;
		feature->whole = bitmap_or(feature->arena, feature->whole, found);
	}
	return true;
}

static bool read_feature(struct str text, const struct search_limits *limits,
			 struct feature *feature, struct error *error)
{
	uint32_t position = 0;

	text_tokens(text, &position, take_token, feature);
	for (size_t i = 0; i < feature->count; i++)
		weigh_token(feature, i);
	return find_phrase(feature, limits, error);
}

static enum disclosure disclosed(const struct feature *feature, uint32_t document, bool has_body)
{
	double found = 0;

	if (bitmap_contains(feature->whole, document))
		return DISCLOSURE_SAME;
	for (size_t i = 0; i < feature->count; i++)
		if (bitmap_contains(feature->documents[i], document))
			found += feature->weights[i];
	if (feature->weight > 0 && found >= SAME_SHARE * feature->weight)
		return DISCLOSURE_SAME;
	if (feature->weight > 0 && found >= PART_SHARE * feature->weight)
		return DISCLOSURE_PART;
	return has_body ? DISCLOSURE_NONE : DISCLOSURE_UNSURE;
}

/* ---- The documents. */

struct search {
	const struct snapshot *snapshot;
	const struct evidence_request *request;
	const struct search_limits *limits;
	struct arena *arena;
	struct evidence *evidence;
	struct list documents; /* struct evidence_document */
};

static bool find_documents(struct search *search, struct str text, const struct bitmap *within,
			   bool is_conflict, struct error *error)
{
	const struct similar_request request = { .text = text,
						 .itself = DOCUMENT_NONE,
						 .before = DATE_NONE,
						 .within = within,
						 .limit = search->request->limit };
	struct similar_result result;

	if (!similar_find(search->snapshot, &request, search->limits, search->arena, &result,
			  error))
		return false;
	for (size_t i = 0; i < result.document_count; i++) {
		struct evidence_document *added = list_add(&search->documents);

		added->document = result.documents[i].document;
		added->score = result.documents[i].score;
		added->shared = result.documents[i].shared;
		added->is_conflict = is_conflict;
	}
	if (!is_conflict) {
		search->evidence->terms = result.terms;
		search->evidence->term_count = result.term_count;
	}
	return true;
}

/* Filed in China before the day, and known to be published on it or later. */
static const struct bitmap *conflicting(const struct search *search, const struct bitmap *prior)
{
	struct arena *arena = search->arena;
	const struct snapshot *snapshot = search->snapshot;
	date day = search->request->before;
	const struct bitmap *earlier = index_number_range_documents(snapshot, arena, COL_FILED,
								    NUMBER_NONE + 1, day - 1);
	const struct bitmap *later = index_number_range_documents(snapshot, arena, COL_PUBLISHED,
								  day, INT64_MAX);
	const struct bitmap *chinese = index_term_documents(snapshot, arena, COL_OFFICE, STR("CN"));

	return bitmap_and_not(arena, bitmap_and(arena, bitmap_and(arena, earlier, later), chinese),
			      prior);
}

static struct str joined_features(const struct search *search)
{
	struct strbuf text = STRBUF_INIT;
	struct str copy;

	for (size_t i = 0; i < search->request->feature_count; i++) {
		strbuf_add_str(&text, search->request->features[i]);
		strbuf_add_byte(&text, '\n');
	}
	copy = str_copy(search->arena, strbuf_str(&text));
	strbuf_release(&text);
	return copy;
}

static void fill_row(const struct search *search, const struct feature *features,
		     struct evidence_document *row, bool has_body)
{
	size_t count = search->request->feature_count;
	enum disclosure *cells = arena_array(search->arena, enum disclosure, count + 1);

	for (size_t i = 0; i < count; i++) {
		cells[i] = disclosed(&features[i], row->document, has_body);
		row->same += cells[i] == DISCLOSURE_SAME;
		row->part += cells[i] == DISCLOSURE_PART;
	}
	row->cells = cells;
	row->has_all = count > 0 && row->same == count;
}

static bool fill_rows(const struct search *search, struct error *error)
{
	size_t count = search->request->feature_count;
	struct feature *features = arena_array(search->arena, struct feature, count + 1);
	const struct bitmap *bodies = bitmap_or(
		search->arena, index_column_documents(search->snapshot, search->arena, COL_CLAIMS),
		index_column_documents(search->snapshot, search->arena, COL_DESCRIPTION));

	for (size_t i = 0; i < count; i++) {
		features[i].arena = search->arena;
		features[i].snapshot = search->snapshot;
		if (!read_feature(search->request->features[i], search->limits, &features[i],
				  error))
			return false;
	}
	for (size_t i = 0; i < search->documents.count; i++) {
		struct evidence_document *row = &LIST_AT(&search->documents,
							 struct evidence_document, i);

		fill_row(search, features, row, bitmap_contains(bodies, row->document));
	}
	return true;
}

/* Most features the same, then most in part, then most alike. */
static void find_closest(struct evidence *evidence)
{
	evidence->closest = SIZE_MAX;
	for (size_t i = 0; i < evidence->prior_count; i++) {
		const struct evidence_document *row = &evidence->documents[i], *best;

		best = evidence->closest == SIZE_MAX ? NULL
						     : &evidence->documents[evidence->closest];
		if (!best || row->same > best->same ||
		    (row->same == best->same && row->part > best->part))
			evidence->closest = i;
	}
}

/* ---- How the subclass fared. */

static uint64_t count_states(const struct search *search, const struct bitmap *set,
			     const char *const *states)
{
	uint64_t count = 0;

	for (; *states; states++)
		count += bitmap_and_count(set, index_term_documents(search->snapshot, search->arena,
								    COL_STATUS, str_of(*states)));
	return count;
}

/* The commonest subclass of the documents' main classes. */
static struct str common_subclass(const struct search *search)
{
	struct str best = STR_EMPTY;
	size_t best_count = 0;

	for (size_t i = 0; i < search->documents.count; i++) {
		const uint32_t *ordinals, *others;
		uint32_t document =
			LIST_AT(&search->documents, struct evidence_document, i).document;
		size_t count = 0;

		if (!snapshot_ordinals(search->snapshot, search->arena, COL_IPC_SUBCLASS, document,
				       &ordinals))
			continue;
		for (size_t k = 0; k < search->documents.count; k++) {
			uint32_t other =
				LIST_AT(&search->documents, struct evidence_document, k).document;
			size_t found = snapshot_ordinals(search->snapshot, search->arena,
							 COL_IPC_SUBCLASS, other, &others);

			for (size_t n = 0; n < found; n++)
				count += others[n] == ordinals[0];
		}
		if (count > best_count) {
			best_count = count;
			best = snapshot_term(search->snapshot, COL_IPC_SUBCLASS, ordinals[0]);
		}
	}
	return best;
}

static void measure_class(const struct search *search, struct evidence_class *class_out)
{
	static const char *const granted[] = { "in_force", "grace",   "partly_invalid", "granted",
					       "lapsed",   "expired", "invalidated",    NULL };
	static const char *const refused[] = { "rejected", "withdrawn", "deemed_withdrawn", NULL };
	const struct bitmap *set;

	class_out->symbol = common_subclass(search);
	if (!class_out->symbol.size)
		return;
	set = bitmap_and(
		search->arena,
		index_term_documents(search->snapshot, search->arena, COL_IPC_SUBCLASS,
				     class_out->symbol),
		index_term_documents(search->snapshot, search->arena, COL_TYPE, STR("invention")));
	if (search->request->within)
		set = bitmap_and(search->arena, set, search->request->within);
	class_out->granted = count_states(search, set, granted);
	class_out->refused = count_states(search, set, refused);
}

static void release_list(void *list)
{
	list_release(list);
}

bool evidence_find(const struct snapshot *snapshot, const struct evidence_request *request,
		   const struct search_limits *limits, struct arena *arena,
		   struct evidence *evidence_out, struct error *error)
{
	struct search *search = arena_new(arena, struct search);
	const struct bitmap *prior = similar_published_before(snapshot, arena, request->before);
	const struct bitmap *conflicts;
	struct str text;

	*search = (struct search){ .snapshot = snapshot,
				   .request = request,
				   .limits = limits,
				   .arena = arena,
				   .evidence = evidence_out,
				   .documents = LIST_OF(struct evidence_document) };
	arena_defer(arena, release_list, &search->documents);
	*evidence_out = (struct evidence){ .closest = SIZE_MAX };
	text = request->text.size ? request->text : joined_features(search);
	conflicts = conflicting(search, prior);
	if (request->within) {
		prior = bitmap_and(arena, prior, request->within);
		conflicts = bitmap_and(arena, conflicts, request->within);
	}
	evidence_out->searched = bitmap_count(prior);
	if (!find_documents(search, text, prior, false, error))
		return false;
	evidence_out->prior_count = search->documents.count;
	if (!find_documents(search, text, conflicts, true, error) || !fill_rows(search, error))
		return false;
	measure_class(search, &evidence_out->class);
	evidence_out->documents = list_to_arena(&search->documents, arena, &evidence_out->count);
	find_closest(evidence_out);
	return true;
}
