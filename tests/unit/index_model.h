#ifndef TEST_INDEX_MODEL_H
#define TEST_INDEX_MODEL_H

#include "index/index.h"

/* A plain list of documents, read from the first to the last, beside an index of the same. */
enum { TITLE, ABSTRACT, COUNTRY, CLASSES, YEAR, BIG, NEVER, COLUMNS };
enum { IDS = 400, CLASS_COUNT = 300 };

extern const struct index_schema plain_schema;

/* A number below this one, in the same order every time. */
uint32_t plain_chance(uint32_t below);

struct plain_token {
	char text[32];
	uint32_t position;
};

struct plain_document {
	bool is_live;
	char texts[2][2][400]; /* two cells of each text column */
	char country[8];
	unsigned classes[4], class_count;
	int64_t year, big;
	struct plain_token *tokens[2];
	size_t token_counts[2];
	uint32_t lengths[2];
};

extern struct plain_document plain_documents[IDS + 1]; /* by id */

void plain_document_make(struct plain_document *document);
void plain_document_put(struct index_writer *writer, unsigned id);
bool plain_has_token(const struct plain_document *document, unsigned column, const char *token);
struct str plain_class(unsigned class, char name[16]);

/* Each asks the snapshot and the list the same, and fails where the answers differ. */
void check_index(struct index *index, bool has_deleted);
void check_sets(const struct snapshot *snapshot, struct arena *arena);

#endif
