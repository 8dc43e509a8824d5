#include "index_model.h"
#include "base/list.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "text/token.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const struct column columns[COLUMNS] = {
	[TITLE] = { "title", COLUMN_TEXT },        [ABSTRACT] = { "abstract", COLUMN_TEXT },
	[COUNTRY] = { "country", COLUMN_KEYWORD }, [CLASSES] = { "classes", COLUMN_KEYWORD },
	[YEAR] = { "year", COLUMN_NUMBER },        [BIG] = { "big", COLUMN_NUMBER },
	[NEVER] = { "never", COLUMN_KEYWORD },
};
const struct index_schema plain_schema = { columns, COLUMNS, 1 };

enum { CELLS_MAX = 16 };

static uint64_t state_of_chance = 2463534242u;

uint32_t plain_chance(uint32_t below)
{
	state_of_chance ^= state_of_chance << 13;
	state_of_chance ^= state_of_chance >> 7;
	state_of_chance ^= state_of_chance << 17;
	return (uint32_t)(state_of_chance >> 11) % below;
}

/* ---- The plain list. */

struct plain_document plain_documents[IDS + 1];

static void random_text(char *text, size_t size)
{
	static const char *const words[] = {
		"battery", "image", "processing", "系", "统",   "电",    "池",  "装",  "置",
		"。",      ". ",    "\n",         "Ａ", "rain", "gauge", "the", "the", "the"
	};
	size_t used = 0, count = plain_chance(30);

	text[0] = 0;
	for (size_t i = 0; i < count; i++) {
		const char *word = words[plain_chance(sizeof(words) / sizeof(words[0]))];
		size_t length = strlen(word);

		if (used + length + 2 > size)
			return;
		memcpy(text + used, word, length + 1);
		used += length;
		if (!utf8_is_cjk(utf8_next(str_of(word), &(size_t){ 0 })))
			text[used++] = ' ';
		text[used] = 0;
	}
}

static void add_plain_token(void *context, struct str token, uint32_t position)
{
	struct list *list = context;
	struct plain_token *added = list_add(list);

	assert_true(token.size < sizeof(added->text));
	memcpy(added->text, token.data, token.size);
	added->position = position;
}

static void read_tokens(struct plain_document *document)
{
	for (int column = 0; column < 2; column++) {
		struct list tokens = LIST_OF(struct plain_token);
		uint32_t next = 0;

		document->lengths[column] = 0;
		for (int cell = 0; cell < 2; cell++) {
			uint32_t position = next;

			text_tokens(str_of(document->texts[column][cell]), &position,
				    add_plain_token, &tokens);
			if (position == next)
				continue;
			document->lengths[column] += position - next;
			next = position + TOKEN_GAP;
		}
		memory_free(document->tokens[column]);
		document->tokens[column] = tokens.items;
		document->token_counts[column] = tokens.count;
	}
}

void plain_document_make(struct plain_document *document)
{
	document->is_live = true;
	for (int column = 0; column < 2; column++)
		for (int cell = 0; cell < 2; cell++)
			random_text(document->texts[column][cell],
				    sizeof(document->texts[column][cell]));
	snprintf(document->country, sizeof(document->country), "%s",
		 (const char *[]){ "CN", "US", "EP", "" }[plain_chance(4)]);
	document->class_count = plain_chance(5);
	for (unsigned i = 0; i < document->class_count; i++)
		document->classes[i] = plain_chance(CLASS_COUNT);
	document->year = plain_chance(5) ? 1990 + (int64_t)plain_chance(40) : NUMBER_NONE;
	document->big = plain_chance(2) ? (int64_t)plain_chance(UINT32_MAX) * 1000000007 *
						  (plain_chance(2) ? 1 : -1)
					: NUMBER_NONE;
	read_tokens(document);
}

struct str plain_class(unsigned class, char name[16])
{
	snprintf(name, 16, "C%02u/%u", class / 10, class % 10);
	return str_of(name);
}

void plain_document_put(struct index_writer *writer, unsigned id)
{
	const struct plain_document *plain = &plain_documents[id];
	struct cell_value cells[CELLS_MAX];
	char names[4][16];
	size_t n = 0;
	struct error error;
	struct document document = { .id = id, .cells = cells };

	for (int cell = 0; cell < 2; cell++) {
		cells[n++] = (struct cell_value){ TITLE, str_of(plain->texts[0][cell]), 0 };
		cells[n++] = (struct cell_value){ ABSTRACT, str_of(plain->texts[1][cell]), 0 };
	}
	cells[n++] = (struct cell_value){ COUNTRY, str_of(plain->country), 0 };
	for (unsigned i = 0; i < plain->class_count; i++)
		cells[n++] = (struct cell_value){ CLASSES, plain_class(plain->classes[i], names[i]),
						  0 };
	cells[n++] = (struct cell_value){ .column = YEAR, .number = plain->year };
	cells[n++] = (struct cell_value){ .column = BIG, .number = plain->big };
	document.cell_count = n;
	assert_true(index_write_put(writer, &document, &error));
}

bool plain_has_token(const struct plain_document *document, unsigned column, const char *token)
{
	for (size_t i = 0; i < document->token_counts[column]; i++)
		if (strcmp(document->tokens[column][i].text, token) == 0)
			return true;
	return false;
}
