#include "analyse/build_internal.h"
#include "analyse/statistics_internal.h"
#include "analyse/words_internal.h"
#include "base/list.h"
#include "base/utf8.h"

/*
 * Words that set the documents apart from the rest of the index, by log-likelihood ratio over
 * documents (Dunning 1993). A word counts where it stands in title or abstract; candidates are
 * those of the titles. Chinese has no words in the index, only pairs of characters: pairs are
 * joined to longer strings as long as the longer one is nearly as frequent as the shorter.
 */
enum {
	CANDIDATES_MAX = 4000, /* most frequent in titles */
	SEEDS_MAX = 200,       /* best of them, joined to longer strings */
	RUNES_MAX = 10,
	SAMPLE_MAX = 20000, /* documents looked at for joining */
	DOCUMENTS_MIN = 3
};
static const double joined_part = 0.6; /* of the shorter string's documents */
static const double tail_part = 0.9;

struct word {
	struct str text;
	size_t runes;    /* 0: not Chinese, one token */
	uint64_t titles; /* documents of the whole index, for choosing candidates */
	uint64_t in_set, in_all;
	double g2;
};

struct search {
	struct build *build;
	struct arena *scratch;       /* emptied after each word */
	const struct bitmap *sample; /* of the set, for joining */
	uint64_t set_size, all_size;
	struct list words; /* struct word */
};

static bool take_candidate(void *context, struct str term, uint64_t documents)
{
	struct search *search = context;
	struct word *word;

	if (documents < DOCUMENTS_MIN || !word_tells(term))
		return true;
	word = list_add(&search->words);
	word->text = str_copy(search->build->arena, term);
	word->titles = documents;
	word->runes = word_is_pair(term) ? 2 : 0;
	return true;
}

static int compare_titles(const void *a, const void *b)
{
	const struct word *left = a, *right = b;

	if (left->titles != right->titles)
		return left->titles > right->titles ? -1 : 1;
	return str_compare(left->text, right->text);
}

static int compare_words(const void *a, const void *b)
{
	const struct word *left = a, *right = b;

	if (left->g2 != right->g2)
		return left->g2 > right->g2 ? -1 : 1;
	if (left->in_set != right->in_set)
		return left->in_set > right->in_set ? -1 : 1;
	return str_compare(left->text, right->text);
}

/* The pairs of a Chinese string, as the index has them. */
static size_t pairs_of(struct str text, struct str pairs[RUNES_MAX], uint32_t offsets[RUNES_MAX])
{
	size_t count = 0, at = 0, previous = SIZE_MAX;

	while (at < text.size) {
		size_t from = at;

		utf8_next(text, &at);
		if (previous != SIZE_MAX) {
			offsets[count] = (uint32_t)count;
			pairs[count++] = str_slice(text, previous, at);
		}
		previous = from;
	}
	return count;
}

static bool column_documents(struct search *search, unsigned column, struct str text,
			     const struct bitmap *within, const struct bitmap **documents_out,
			     struct error *error)
{
	const struct analysis_input *input = search->build->input;
	struct str pairs[RUNES_MAX];
	uint32_t offsets[RUNES_MAX];
	size_t count = pairs_of(text, pairs, offsets);

	return index_phrase_documents(input->snapshot, search->scratch, column, pairs, offsets,
				      count, within, input->limits, documents_out, error);
}

/* Documents of a word in title or abstract. */
static bool word_documents(struct search *search, const struct word *word,
			   const struct bitmap *within, const struct bitmap **documents_out,
			   struct error *error)
{
	const struct snapshot *snapshot = search->build->input->snapshot;
	const struct bitmap *titles, *abstracts;

	if (word->runes > 2) {
		if (!column_documents(search, COL_TITLE, word->text, within, &titles, error) ||
		    !column_documents(search, COL_ABSTRACT, word->text, within, &abstracts, error))
			return false;
	} else {
		titles = index_term_documents(snapshot, search->scratch, COL_TITLE, word->text);
		abstracts = index_term_documents(snapshot, search->scratch, COL_ABSTRACT,
						 word->text);
	}
	*documents_out = bitmap_or(search->scratch, titles, abstracts);
	return true;
}

static void rate_word(const struct search *search, struct word *word)
{
	uint64_t rest = search->all_size - search->set_size;

	word->g2 = rest ? log_likelihood_ratio(word->in_set, search->set_size,
					       word->in_all - word->in_set, rest)
			: (double)word->in_set;
}

static bool measure_word(struct search *search, struct word *word, struct error *error)
{
	const struct bitmap *documents;

	if (!word_documents(search, word, NULL, &documents, error))
		return false;
	word->in_all = bitmap_count(documents);
	word->in_set = bitmap_and_count(documents, search->build->input->documents);
	rate_word(search, word);
	arena_reset(search->scratch);
	return true;
}

static bool ends_with_first_of(struct str text, struct str pair)
{
	size_t first = utf8_offset(pair, 1);

	return str_ends_with(text, str_slice(pair, 0, first));
}

static bool starts_with_last_of(struct str text, struct str pair)
{
	size_t first = utf8_offset(pair, 1);

	return str_starts_with(text, str_slice(pair, first, pair.size));
}

/* The word with one character of the pair put behind or before it; empty when they do not meet. */
static struct str joined(struct arena *arena, struct str text, struct str pair, bool behind)
{
	size_t first = utf8_offset(pair, 1);
	struct str add = behind ? str_slice(pair, first, pair.size) : str_slice(pair, 0, first);

	if (behind ? !ends_with_first_of(text, pair) : !starts_with_last_of(text, pair))
		return STR_EMPTY;
	if (behind)
		return str_of(arena_printf(arena, "%.*s%.*s", STR_ARGS(text), STR_ARGS(add)));
	return str_of(arena_printf(arena, "%.*s%.*s", STR_ARGS(add), STR_ARGS(text)));
}

/*
 * Tries every pair at one side of the word; *word becomes the most frequent longer string, and
 * *documents what of the sample has it.
 */
static bool extend_once(struct search *search, struct word *word, const struct bitmap **documents,
			bool behind, bool *grew_out, struct error *error)
{
	double count = (double)bitmap_count(*documents), most = joined_part * count;
	struct word best = *word;

	*grew_out = false;
	for (size_t i = 0; i < search->words.count; i++) {
		const struct word *pair = &LIST_AT(&search->words, struct word, i);
		struct word longer = { .runes = word->runes + 1 };
		const struct bitmap *found;

		if (pair->runes != 2 || (double)pair->in_set < joined_part * (double)word->in_set)
			continue;
		longer.text = joined(search->build->arena, word->text, pair->text, behind);
		if (!longer.text.size)
			continue;
		if (!word_documents(search, &longer, *documents, &found, error))
			return false;
		if ((double)bitmap_count(found) < most || bitmap_is_empty(found))
			continue;
		most = (double)bitmap_count(found) + 0.5; /* ties go to the more frequent pair */
		best = longer;
		best.in_set = (uint64_t)((double)word->in_set * (double)bitmap_count(found) /
					 count);
		*grew_out = true;
	}
	*word = best;
	return !*grew_out || word_documents(search, word, *documents, documents, error);
}

/* Grows a pair to the string it stands for, looking at the sample only. */
static bool extend(struct search *search, struct word *word, struct error *error)
{
	bool grew_behind = true, grew_before = true;
	const struct bitmap *documents;

	if (!word->runes || !word_documents(search, word, NULL, &documents, error))
		return word->runes == 0;
	documents = bitmap_and(search->scratch, documents, search->sample);
	while (word->runes < RUNES_MAX && (grew_behind || grew_before)) {
		if (!extend_once(search, word, &documents, true, &grew_behind, error))
			return false;
		if (word->runes < RUNES_MAX &&
		    !extend_once(search, word, &documents, false, &grew_before, error))
			return false;
	}
	arena_reset(search->scratch);
	return true;
}

/* Equal to a word before it, or a part of a longer one that is nearly as frequent. */
static bool is_covered(const struct word *words, size_t count, size_t i)
{
	for (size_t j = 0; j < count; j++) {
		if (j == i || str_find(words[j].text, words[i].text) == STR_NOT_FOUND)
			continue;
		if (str_equal(words[j].text, words[i].text)) {
			if (j < i)
				return true;
		} else if (words[i].runes &&
			   (double)words[j].in_set >= joined_part * (double)words[i].in_set) {
			return true;
		}
	}
	return false;
}

/* The end of longer words that make up nearly all of it: 极片 beside 正极片 and 负极片. */
static bool is_tail(const struct word *words, size_t count, size_t i)
{
	double longer = 0;

	for (size_t j = 0; j < count; j++)
		if (words[i].runes && words[j].text.size > words[i].text.size &&
		    str_ends_with(words[j].text, words[i].text) && !is_covered(words, j, j))
			longer += (double)words[j].in_set;
	return longer >= tail_part * (double)words[i].in_set;
}

/* Many pairs grow to the same string: it is measured once. */
static bool measure_grown(struct search *search, struct word *seeds, size_t i, struct error *error)
{
	if (seeds[i].runes <= 2)
		return true;
	for (size_t j = 0; j < i; j++) {
		if (str_equal(seeds[j].text, seeds[i].text)) {
			seeds[i] = seeds[j];
			return true;
		}
	}
	return measure_word(search, &seeds[i], error);
}

/* Every k-th document, so that no more than SAMPLE_MAX are left. */
static const struct bitmap *take_sample(const struct analysis_input *input, struct arena *arena)
{
	uint64_t count = bitmap_count(input->documents), step = count / SAMPLE_MAX + 1, at = 0;
	struct bitmap_walk walk = bitmap_walk(input->documents);
	uint32_t *taken, document;
	size_t taken_count = 0;

	if (step == 1)
		return input->documents;
	taken = arena_array(arena, uint32_t, count / step + 1);
	while (bitmap_walk_next(&walk, &document))
		if (at++ % step == 0)
			taken[taken_count++] = document;
	return bitmap_of(arena, taken, taken_count);
}

static bool find_words(struct search *search, struct word **words_out, size_t *count_out,
		       struct error *error)
{
	struct list *words = &search->words;
	struct word *seeds;
	size_t count;

	if (!index_each_term(search->build->input->snapshot, COL_TITLE, STR_EMPTY,
			     search->build->input->limits, take_candidate, search, error))
		return false;
	list_sort(words, compare_titles);
	if (words->count > CANDIDATES_MAX)
		words->count = CANDIDATES_MAX;
	for (size_t i = 0; i < words->count; i++)
		if (!measure_word(search, &LIST_AT(words, struct word, i), error))
			return false;
	list_sort(words, compare_words);
	count = words->count < SEEDS_MAX ? words->count : SEEDS_MAX;
	seeds = arena_array(search->build->arena, struct word, count + 1);
	for (size_t i = 0; i < count; i++) {
		seeds[i] = LIST_AT(words, struct word, i);
		if (seeds[i].g2 > 0 &&
		    !(extend(search, &seeds[i], error) && measure_grown(search, seeds, i, error)))
			return false;
	}
	qsort(seeds, count, sizeof(*seeds), compare_words);
	*words_out = seeds;
	*count_out = count;
	return true;
}

static const struct figure_column keywords_columns[] = {
	{ "keyword", { "关键词", "Keyword" }, VALUE_TEXT },
	{ "count", { "数量", "Count" }, VALUE_COUNT },
	{ "rest_count", { "集合外数量", "Outside the set" }, VALUE_COUNT },
	{ "g2", { "对数似然比 G²", "Log-likelihood G²" }, VALUE_NUMBER },
	{ "ratio", { "频率之比", "Ratio of frequencies" }, VALUE_NUMBER },
};

static void add_word(struct build *build, const struct search *search, const struct word *word)
{
	uint64_t rest = search->all_size - search->set_size, outside = word->in_all - word->in_set;
	struct figure_row *row = build_row(build);
	struct strbuf drill = STRBUF_INIT;

	strbuf_add_cstr(&drill, "TA=");
	query_add_operand(&drill, word->text);
	row->key = word->text;
	row->drill = str_copy(build->arena, strbuf_str(&drill));
	strbuf_release(&drill);
	build_text(build, word->text);
	build_number(build, (double)word->in_set);
	build_number(build, (double)outside);
	build_number(build, rest ? word->g2 : NAN);
	build_number(build, outside ? (double)word->in_set / (double)search->set_size /
					      ((double)outside / (double)rest)
				    : NAN);
}

static void search_release(void *resource)
{
	struct search *search = resource;

	list_release(&search->words);
	arena_destroy(search->scratch);
}

static bool run_keywords(const struct analysis *analysis, struct build *build, struct error *error)
{
	struct search *search = arena_new(build->arena, struct search);
	struct word *words;
	size_t count, shown = 0, top = build_top(build, analysis->top);

	*search = (struct search){ .build = build,
				   .scratch = arena_create(1 << 16),
				   .sample = take_sample(build->input, build->arena),
				   .set_size = bitmap_count(build->input->documents),
				   .all_size = snapshot_document_count(build->input->snapshot),
				   .words = LIST_OF(struct word) };
	arena_defer(build->arena, search_release, search);
	if (!find_words(search, &words, &count, error))
		return false;
	for (size_t i = 0; i < count && shown < top; i++) {
		if (words[i].g2 <= 0 || is_covered(words, count, i) || is_tail(words, count, i))
			continue;
		add_word(build, search, &words[i]);
		shown++;
	}
	build_note(build, "rest", (struct label){ "对照文献数", "Documents compared with" },
		   (double)(search->all_size - search->set_size));
	return true;
}

const struct analysis analysis_keywords = {
	.figure = { "keywords",
		    { "特征关键词", "Keywords" },
		    { "标题或摘要含该词的文献，与索引内其余文献比较的对数似然比 G²（Dunning "
		      "1993）；"
		      "汉字两两成对，频率相近时并为长词；集合即全部索引时按数量排列。",
		      "Documents with the word in title or abstract against the rest of the index, "
		      "log-likelihood ratio G² (Dunning 1993); pairs of Chinese characters are "
		      "joined "
		      "while nearly as frequent; by count when the set is the whole index." },
		    SHAPE_TABLE,
		    COLUMNS(keywords_columns) },
	.run = run_keywords,
	.counts_applications = true,
	.top = 50,
};
