#include "query_model.h"

#include "base/date.h"
#include "base/file.h"
#include "base/memory.h"
#include "text/token.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- Random numbers: splitmix64 (Steele, Lea, Flood 2014). */

static uint64_t random_next(struct random *random)
{
	uint64_t z = random->state += 0x9E3779B97F4A7C15u;

	z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
	z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
	return z ^ (z >> 31);
}

uint32_t random_below(struct random *random, uint32_t end)
{
	return (uint32_t)(random_next(random) % end);
}

bool random_chance(struct random *random, uint32_t percent)
{
	return random_below(random, 100) < percent;
}

const char *random_word(struct random *random, const char *const *words)
{
	uint32_t count = 0;

	while (words[count])
		count++;
	return words[random_below(random, count)];
}

/* ---- Documents. */

static const char *const pieces[] = {
	"电池",  "電池",   "散热", "散熱", "固态",    "液冷板",    "电",      "热",   "板",
	"铝",    "LED",    "led",  "灯",   "battery", "batteries", "Battery", "cell", "cells",
	"color", "colour", "a1",   "Ｘ",   "热管理",  "H2O",       "电芯",    NULL
};
static const char *const separators[] = { "",  "",  "",   "",   " ",  "，", "。",
					  " ", "-", "\n", "；", ". ", "！", NULL };
static const char *const offices[] = { "CN", "US", "EP", "JP", NULL };
static const char *const types[] = { "invention", "utility", "design", NULL };
static const char *const statuses[] = { "active", "pending", "dead", "unknown", NULL };
static const char *const names[] = { "示例电池有限公司", "示例大学", "example corp.", "甲", NULL };
static const char *const events[] = { "licence", "pledge", NULL };
static const char *const classes[] = { "H01M10/613", "H01M10/60", "H01M10/6132", "H01M2/10",
				       "H01M10/00",  "H01M10/50", "H01L31/042",  "H01L31/0203",
				       "A01B1/00",   "A01B33/02", "G06F3/048",   NULL };

static char *make_text(struct random *random, struct arena *arena, uint32_t pieces_max)
{
	char text[2048];
	size_t size = 0;
	uint32_t count = 1 + random_below(random, pieces_max);

	text[0] = '\0';
	for (uint32_t i = 0; i < count && size < 1900; i++)
		size += (size_t)snprintf(text + size, sizeof(text) - size, "%s%s",
					 random_word(random, pieces),
					 random_word(random, separators));
	return arena_copy(arena, text, size);
}

struct unit_reader {
	struct unit *units;
	size_t count;
	unsigned sentence, paragraph;
};

static void read_unit(void *context, struct str token, uint32_t position)
{
	struct unit_reader *reader = context;
	struct unit *unit = &reader->units[reader->count];
	bool is_cjk = (unsigned char)token.data[0] >= 0xE3;

	if (str_equal(token, TOKEN_SENTENCE_END)) {
		reader->sentence++;
		return;
	}
	if (str_equal(token, TOKEN_PARAGRAPH_END)) {
		reader->paragraph++;
		return;
	}
	if (reader->count == UNITS_MAX)
		abort();
	snprintf(unit->text, sizeof(unit->text), "%.*s", is_cjk ? 3 : (int)token.size, token.data);
	unit->is_glued = is_cjk && token.size == 6;
	unit->position = position;
	unit->sentence = reader->sentence;
	unit->paragraph = reader->paragraph;
	reader->count++;
}

static void read_units(struct model_document *document, enum model_text text)
{
	struct unit_reader reader = { document->units[text], 0, 0, 0 };
	uint32_t position = 0;

	for (size_t i = 0; i < CELLS_MAX && document->cells[text][i]; i++) {
		text_tokens(str_of(document->cells[text][i]), &position, read_unit, &reader);
		position += TOKEN_GAP;
		reader.sentence++;
		reader.paragraph++;
	}
	document->unit_count[text] = reader.count;
}

static void make_list(struct random *random, const char *const *words, const char **list)
{
	uint32_t count = random_below(random, KEYWORDS_MAX);

	for (uint32_t i = 0; i < count; i++)
		list[i] = random_word(random, words);
}

void model_document_make(struct random *random, struct arena *arena, int64_t id,
			 struct model_document *document)
{
	*document = (struct model_document){ .id = id, .filed = NUMBER_NONE, .cited = NUMBER_NONE };
	if (random_chance(random, 95))
		document->cells[TEXT_TITLE][0] = make_text(random, arena, 4);
	if (random_chance(random, 90))
		document->cells[TEXT_ABSTRACT][0] = make_text(random, arena, 20);
	for (uint32_t i = random_below(random, CELLS_MAX + 1); i-- > 0;)
		document->cells[TEXT_CLAIMS][i] = make_text(random, arena, 12);
	if (random_chance(random, 50))
		document->cells[TEXT_DESCRIPTION][0] = make_text(random, arena, 60);
	make_list(random, names, document->applicants);
	for (size_t i = 0; i < CELLS_MAX && document->applicants[i]; i++)
		document->cells[TEXT_APPLICANT][i] = str_to_cstr(arena,
								 str_of(document->applicants[i]));
	make_list(random, classes, document->classes);
	make_list(random, events, document->events);
	document->office = random_chance(random, 95) ? random_word(random, offices) : NULL;
	document->type = random_chance(random, 95) ? random_word(random, types) : NULL;
	document->status = random_chance(random, 95) ? random_word(random, statuses) : NULL;
	if (random_chance(random, 90))
		document->filed = date_of(2008 + (int)random_below(random, 6),
					  1 + (int)random_below(random, 12),
					  1 + (int)random_below(random, 28));
	if (random_chance(random, 80))
		document->cited = random_below(random, 15);
	for (enum model_text text = 0; text < TEXT_COUNT; text++)
		read_units(document, text);
}

/* ---- Into the index. */

struct cell_list {
	struct cell_value cells[64];
	size_t count;
};

static void add_text(struct cell_list *list, unsigned column, const char *text)
{
	if (text)
		list->cells[list->count++] = (struct cell_value){ .column = column,
								  .text = str_of(text) };
}

static void add_number(struct cell_list *list, unsigned column, int64_t number)
{
	if (number != NUMBER_NONE)
		list->cells[list->count++] = (struct cell_value){ .column = column,
								  .number = number };
}

static void add_class(struct cell_list *list, const char *symbol, char parts[4][16])
{
	static const unsigned levels[] = { COL_IPC_SECTION, COL_IPC_CLASS, COL_IPC_SUBCLASS,
					   COL_IPC_GROUP };
	int sizes[] = { 1, 3, 4, (int)strcspn(symbol, "/") };

	add_text(list, COL_IPC, symbol);
	for (size_t i = 0; i < 4; i++) {
		snprintf(parts[i], 16, "%.*s", sizes[i], symbol);
		add_text(list, levels[i], parts[i]);
	}
}

bool model_document_put(struct index_writer *writer, const struct model_document *document,
			struct error *error)
{
	static const unsigned columns[] = { COL_TITLE, COL_ABSTRACT, COL_CLAIMS, COL_DESCRIPTION,
					    COL_APPLICANT_WORDS };
	struct cell_list list = { .count = 0 };
	char parts[KEYWORDS_MAX][4][16], year[16];
	struct document put = { document->id, list.cells, 0 };

	for (size_t text = 0; text < TEXT_COUNT; text++)
		for (size_t i = 0; i < CELLS_MAX; i++)
			add_text(&list, columns[text], document->cells[text][i]);
	for (size_t i = 0; i < KEYWORDS_MAX; i++) {
		add_text(&list, COL_APPLICANT, document->applicants[i]);
		add_text(&list, COL_EVENT, document->events[i]);
		if (document->classes[i])
			add_class(&list, document->classes[i], parts[i]);
	}
	add_text(&list, COL_OFFICE, document->office);
	add_text(&list, COL_TYPE, document->type);
	add_text(&list, COL_STATUS_GROUP, document->status);
	add_number(&list, COL_FILED, document->filed);
	add_number(&list, COL_COUNT_CITED_BY, document->cited);
	if (document->filed != NUMBER_NONE) {
		snprintf(year, sizeof(year), "%d", date_year((date)document->filed));
		add_text(&list, COL_YEAR_FILED, year);
	}
	put.cell_count = list.count;
	return index_write_put(writer, &put, error);
}

/* ---- The collection in an index of several segments, with documents replaced and removed. */

void model_check(bool done, const struct error *error)
{
	if (done)
		return;
	fprintf(stderr, "%s: %s\n", error->key, error->detail);
	abort();
}

static void write_some(struct model_collection *collection, struct random *random, size_t from,
		       size_t to)
{
	struct index_writer *writer;
	struct error error;

	model_check(index_write_begin(collection->index, NULL, &writer, &error), &error);
	for (size_t i = from; i < to; i++)
		model_check(model_document_put(writer, &collection->documents[i], &error), &error);
	for (size_t i = 0; i < to; i++) {
		struct model_document *document = &collection->documents[i];

		if (i < from && random_chance(random, 10)) {
			model_document_make(random, collection->arena, document->id, document);
			model_check(model_document_put(writer, document, &error), &error);
		} else if (i < from && !document->is_deleted && random_chance(random, 5)) {
			model_check(index_write_remove(writer, document->id, &error), &error);
			document->is_deleted = true;
		}
	}
	model_check(index_write_commit(writer, (int64_t)to, &error), &error);
}

void model_collection_make(struct model_collection *collection, struct random *random)
{
	struct error error;

	collection->arena = arena_create(1 << 16);
	snprintf(collection->folder, sizeof(collection->folder), "test_query_XXXXXX");
	if (!mkdtemp(collection->folder))
		abort();
	model_check(index_open(collection->folder, &patent_schema, &collection->index, &error),
		    &error);
	collection->documents = arena_array(collection->arena, struct model_document,
					    MODEL_DOCUMENTS);
	for (size_t i = 0; i < MODEL_DOCUMENTS; i++)
		model_document_make(random, collection->arena, (int64_t)(i * 7 + 1),
				    &collection->documents[i]);
	for (size_t part = 0; part < 4; part++)
		write_some(collection, random, part * MODEL_DOCUMENTS / 4,
			   (part + 1) * MODEL_DOCUMENTS / 4);
}

void model_collection_remove(struct model_collection *collection)
{
	struct error error;

	index_close(collection->index);
	model_check(file_remove_tree(collection->folder, &error), &error);
	arena_destroy(collection->arena);
}

/* ---- What a query means. */

struct place {
	size_t from, to; /* units, both inclusive */
};

enum { PLACES_MAX = 20000 };

struct places {
	struct place items[PLACES_MAX];
	size_t count;
};

const unsigned char *model_field_texts(const char *field)
{
	static const struct {
		const char *field;
		unsigned char texts[TEXT_COUNT + 1];
	} fields[] = {
		{ "TI", { TEXT_TITLE, TEXT_COUNT } },
		{ "AB", { TEXT_ABSTRACT, TEXT_COUNT } },
		{ "CL", { TEXT_CLAIMS, TEXT_COUNT } },
		{ "DE", { TEXT_DESCRIPTION, TEXT_COUNT } },
		{ "TA", { TEXT_TITLE, TEXT_ABSTRACT, TEXT_COUNT } },
		{ "TAC", { TEXT_TITLE, TEXT_ABSTRACT, TEXT_CLAIMS, TEXT_COUNT } },
		{ "TACD",
		  { TEXT_TITLE, TEXT_ABSTRACT, TEXT_CLAIMS, TEXT_DESCRIPTION, TEXT_COUNT } },
		{ "PA", { TEXT_APPLICANT, TEXT_COUNT } },
	};

	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		if (strcmp(fields[i].field, field) == 0)
			return fields[i].texts;
	abort();
}

static bool word_matches(const char *pattern, const char *word)
{
	if (*pattern == '\0')
		return *word == '\0';
	if (*pattern == '*')
		return word_matches(pattern + 1, word) ||
		       (*word && word_matches(pattern, word + 1));
	if (*pattern == '#')
		return word_matches(pattern + 1, word) ||
		       (*word && word_matches(pattern + 1, word + 1));
	return *word && (*pattern == '?' || *pattern == *word) &&
	       word_matches(pattern + 1, word + 1);
}

/* The unit at a position, or SIZE_MAX. */
static size_t unit_at(const struct model_document *document, enum model_text text,
		      uint32_t position)
{
	for (size_t i = 0; i < document->unit_count[text]; i++)
		if (document->units[text][i].position == position)
			return i;
	return SIZE_MAX;
}

static bool item_matches(const struct item *item, const struct unit *unit)
{
	if (item->is_cjk)
		return strcmp(item->text, unit->text) == 0 && (!item->is_glued || unit->is_glued);
	return word_matches(item->text, unit->text);
}

static void add_place(struct places *places, size_t from, size_t to)
{
	for (size_t i = 0; i < places->count; i++)
		if (places->items[i].from == from && places->items[i].to == to)
			return;
	if (places->count == PLACES_MAX)
		abort();
	places->items[places->count++] = (struct place){ from, to };
}

/* Tries the items from i on at a position; first and last are the units found so far. */
static void try_items(const struct model_query *query, size_t i,
		      const struct model_document *document, enum model_text text,
		      uint32_t position, size_t first, size_t last, struct places *places)
{
	const struct item *item = &query->items[i];
	size_t unit;

	if (i == query->item_count) {
		add_place(places, first, last);
		return;
	}
	if (item->text[0] == '\0') {
		for (uint32_t gap = item->gap_min; gap <= item->gap_max; gap++)
			try_items(query, i + 1, document, text, position + gap, first, last,
				  places);
		return;
	}
	unit = unit_at(document, text, position);
	if (unit == SIZE_MAX || !item_matches(item, &document->units[text][unit]))
		return;
	try_items(query, i + 1, document, text, position + 1, i == 0 ? unit : first, unit, places);
}

static void find_places(const struct model_query *query, const struct model_document *document,
			enum model_text text, struct places *places);

static bool is_near(const struct model_query *query, const struct unit *units, struct place a,
		    struct place b)
{
	struct place left = a.from < b.from ? a : b, right = a.from < b.from ? b : a;

	if (right.from <= left.to || (query->is_ordered && a.from > b.from))
		return false;
	if (query->unit == UNIT_SENTENCE)
		return units[left.from].sentence == units[right.to].sentence &&
		       units[left.from].paragraph == units[right.to].paragraph;
	if (query->unit == UNIT_PARAGRAPH)
		return units[left.from].paragraph == units[right.to].paragraph;
	return units[right.from].position - units[left.to].position - 1 <= query->gap;
}

static void find_near(const struct model_query *query, const struct model_document *document,
		      enum model_text text, struct places *places)
{
	struct places *sides = memory_alloc(2 * sizeof(*sides));

	for (size_t i = 0; i < 2; i++) {
		sides[i].count = 0;
		find_places(query->children[i], document, text, &sides[i]);
	}
	for (size_t i = 0; i < sides[0].count; i++)
		for (size_t k = 0; k < sides[1].count; k++) {
			struct place a = sides[0].items[i], b = sides[1].items[k];

			if (is_near(query, document->units[text], a, b))
				add_place(places, a.from < b.from ? a.from : b.from,
					  a.to > b.to ? a.to : b.to);
		}
	memory_free(sides);
}

static void find_places(const struct model_query *query, const struct model_document *document,
			enum model_text text, struct places *places)
{
	if (query->kind == MODEL_NEAR) {
		find_near(query, document, text, places);
	} else if (query->kind == MODEL_WORDS) {
		for (size_t i = 0; i < document->unit_count[text]; i++)
			try_items(query, 0, document, text, document->units[text][i].position, 0, 0,
				  places);
	} else {
		for (size_t i = 0; i < query->child_count; i++)
			find_places(query->children[i], document, text, places);
	}
}

/* Chinese without wildcards, said on characters alone: a part of the folded text. */
static bool is_substring_query(const struct model_query *query)
{
	if (query->kind != MODEL_WORDS)
		return false;
	for (size_t i = 0; i < query->item_count; i++)
		if (!query->items[i].is_cjk ||
		    query->items[i].is_glued != (i + 1 < query->item_count))
			return false;
	return true;
}

static bool has_substring(const struct model_query *query, const struct model_document *document,
			  enum model_text text)
{
	struct arena *arena = arena_create(4096);
	char wanted[ITEMS_MAX * 4] = "";
	bool found = false;

	for (size_t i = 0; i < query->item_count; i++)
		snprintf(wanted + strlen(wanted), sizeof(wanted) - strlen(wanted), "%s",
			 query->items[i].text);
	for (size_t i = 0; i < CELLS_MAX && document->cells[text][i]; i++)
		found = found || str_find(text_folded(arena, str_of(document->cells[text][i])),
					  str_of(wanted)) != STR_NOT_FOUND;
	arena_destroy(arena);
	return found;
}

static bool words_match(const struct model_query *query, const struct model_document *document)
{
	const unsigned char *texts = model_field_texts(query->field);
	struct places *places = memory_alloc(sizeof(*places));
	size_t least = query->kind == MODEL_FREQUENCY ? query->times : 1;
	bool found = false;

	for (; *texts != TEXT_COUNT; texts++) {
		places->count = 0;
		find_places(query, document, *texts, places);
		found = found || places->count >= least;
		if (is_substring_query(query) &&
		    has_substring(query, document, *texts) != (places->count > 0)) {
			fprintf(stderr, "tokens and characters disagree in document %lld\n",
				(long long)document->id);
			abort();
		}
	}
	memory_free(places);
	return found;
}

static bool is_in(const char *wanted, const char *const *list)
{
	for (size_t i = 0; i < KEYWORDS_MAX && list[i]; i++)
		if (strcmp(list[i], wanted) == 0)
			return true;
	return false;
}

/* ---- Classes: the subgroup is a decimal fraction. */

static bool class_matches(const char *symbol, const char *wanted)
{
	size_t size = strlen(wanted);
	const char *slash = strchr(wanted, '/');

	if (strncmp(symbol, wanted, size) != 0)
		return false;
	if (!slash)
		return size <= 4 || symbol[size] == '/';
	return strcmp(slash, "/00") != 0 || symbol[size] == '\0';
}

static double fraction(const char *digits, size_t size)
{
	char text[32];

	snprintf(text, sizeof(text), "0.%.*s", (int)size, digits);
	return strtod(text, NULL);
}

/* Compares as far as the bound is written. */
static int compare_class(const char *symbol, const char *bound)
{
	const char *a = strchr(symbol, '/'), *b = strchr(bound, '/');
	int order = strncmp(symbol, bound, strlen(bound) < 4 ? strlen(bound) : 4);
	long group_a = strtol(symbol + 4, NULL, 10), group_b;
	double sub_a, sub_b;

	if (order != 0 || strlen(bound) <= 4)
		return order;
	group_b = strtol(bound + 4, NULL, 10);
	if (group_a != group_b || !b)
		return group_a < group_b ? -1 : group_a > group_b;
	sub_a = fraction(a + 1, strlen(a + 1) < strlen(b + 1) ? strlen(a + 1) : strlen(b + 1));
	sub_b = fraction(b + 1, strlen(b + 1));
	return sub_a < sub_b ? -1 : sub_a > sub_b;
}

static bool any_class(const struct model_query *query, const struct model_document *document)
{
	for (size_t i = 0; i < KEYWORDS_MAX && document->classes[i]; i++) {
		const char *symbol = document->classes[i];

		if (query->kind == MODEL_CLASS
			    ? class_matches(symbol, query->text)
			    : compare_class(symbol, query->text) >= 0 &&
				      compare_class(symbol, query->text_end) <= 0)
			return true;
	}
	return false;
}

static bool has_value(const char *field, const struct model_document *document)
{
	if (strcmp(field, "AD") == 0)
		return document->filed != NUMBER_NONE;
	if (strcmp(field, "CITED") == 0)
		return document->cited != NUMBER_NONE;
	if (strcmp(field, "IPC") == 0)
		return document->classes[0] != NULL;
	if (strcmp(field, "CC") == 0)
		return document->office != NULL;
	for (const unsigned char *texts = model_field_texts(field); *texts != TEXT_COUNT; texts++)
		if (document->unit_count[*texts] > 0)
			return true;
	return false;
}

static bool equals(const char *value, const char *wanted)
{
	return value && strcmp(value, wanted) == 0;
}

static bool is_between(int64_t value, const struct model_query *query)
{
	return value != NUMBER_NONE && value >= query->low && value <= query->high;
}

bool model_matches(const struct model_query *query, const struct model_document *document)
{
	size_t found = 0;

	switch (query->kind) {
	case MODEL_AND:
	case MODEL_OR:
	case MODEL_NOT:
		for (size_t i = 0; i < query->child_count; i++)
			found += model_matches(query->children[i], document);
		return query->kind == MODEL_AND  ? found == query->child_count
		       : query->kind == MODEL_OR ? found > 0
						 : found == 0;
	case MODEL_WORDS:
	case MODEL_NEAR:
	case MODEL_FREQUENCY:
		return words_match(query, document);
	case MODEL_APPLICANT:
		return is_in(query->text, document->applicants);
	case MODEL_OFFICE:
		return equals(document->office, query->text);
	case MODEL_TYPE:
		return equals(document->type, query->text);
	case MODEL_STATUS:
		return equals(document->status, query->text);
	case MODEL_EVENT:
		return is_in(query->text, document->events);
	case MODEL_CLASS:
	case MODEL_CLASS_RANGE:
		return any_class(query, document);
	case MODEL_DATE:
		return is_between(document->filed, query);
	case MODEL_COUNT:
		return is_between(document->cited, query);
	case MODEL_ANY:
		return has_value(query->text, document);
	case MODEL_ALL:
	default:
		return true;
	}
}
