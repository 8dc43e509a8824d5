#ifndef TEST_QUERY_MODEL_H
#define TEST_QUERY_MODEL_H

#include "index/index.h"
#include "query/schema.h"

/*
 * A collection small enough to be read by eye, and what a query means said a second time, in the
 * plainest way: every document is read from its first character to its last. Nothing here knows
 * the index, the planner or the parser; text_tokens() alone is shared, to cut texts into words.
 */

/* ---- Random numbers, the same on every machine. */
struct random {
	uint64_t state;
};
uint32_t random_below(struct random *random, uint32_t end);
bool random_chance(struct random *random, uint32_t percent);
const char *random_word(struct random *random, const char *const *words); /* NULL ends */

/* ---- Documents. */
enum { CELLS_MAX = 3, UNITS_MAX = 400, KEYWORDS_MAX = 4 };
enum model_text {
	TEXT_TITLE,
	TEXT_ABSTRACT,
	TEXT_CLAIMS,
	TEXT_DESCRIPTION,
	TEXT_APPLICANT,
	TEXT_COUNT
};

/* One character of CJK, or one word. */
struct unit {
	char text[32];
	uint32_t position;
	bool is_glued; /* CJK, and the next character follows without anything between */
	unsigned sentence, paragraph;
};

struct model_document {
	int64_t id;
	bool is_deleted;
	char *cells[TEXT_COUNT][CELLS_MAX]; /* NULL: no more */
	struct unit units[TEXT_COUNT][UNITS_MAX];
	size_t unit_count[TEXT_COUNT];
	const char *office, *type, *status;
	const char *applicants[KEYWORDS_MAX], *classes[KEYWORDS_MAX], *events[KEYWORDS_MAX];
	int64_t filed, cited; /* NUMBER_NONE: missing */
};

void model_document_make(struct random *random, struct arena *arena, int64_t id,
			 struct model_document *document_out);
bool model_document_put(struct index_writer *writer, const struct model_document *document,
			struct error *error);

/* An index of several segments, with documents replaced and removed, in a folder of its own. */
enum { MODEL_DOCUMENTS = 160 };
struct model_collection {
	struct arena *arena;
	char folder[64];
	struct index *index;
	struct model_document *documents;
};
void model_collection_make(struct model_collection *collection, struct random *random);
void model_collection_remove(struct model_collection *collection);
void model_check(bool done, const struct error *error); /* ends the process */

/* ---- Queries. */
enum model_kind {
	MODEL_AND,
	MODEL_OR,
	MODEL_NOT,
	MODEL_WORDS,
	MODEL_NEAR,
	MODEL_FREQUENCY,
	MODEL_APPLICANT, /* whole name */
	MODEL_OFFICE,
	MODEL_TYPE,
	MODEL_STATUS,
	MODEL_EVENT,
	MODEL_CLASS,
	MODEL_CLASS_RANGE,
	MODEL_DATE,
	MODEL_COUNT,
	MODEL_ANY, /* the field of `text` has a value */
	MODEL_ALL
};

/* One character, one word (with wildcards), or a free distance. */
struct item {
	char text[32]; /* empty: a distance */
	bool is_cjk;
	bool is_glued; /* to the next item */
	uint32_t gap_min, gap_max;
};

enum { ITEMS_MAX = 12, CHILDREN_MAX = 5 };

struct model_query {
	enum model_kind kind;
	struct model_query *children[CHILDREN_MAX];
	size_t child_count;
	const char *field; /* "TA": of words and what is made of them */
	struct item items[ITEMS_MAX];
	size_t item_count;
	enum { UNIT_WORDS, UNIT_SENTENCE, UNIT_PARAGRAPH } unit;
	bool is_ordered;
	uint32_t gap, times;
	const char *text, *text_end;
	int64_t low, high;
};

/* The texts a field reads; ends with TEXT_COUNT. */
const unsigned char *model_field_texts(const char *field);
bool model_matches(const struct model_query *query, const struct model_document *document);

#endif
