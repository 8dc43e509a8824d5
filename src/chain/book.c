#include "chain/book.h"
#include "base/list.h"
#include "chain/rows.h"

#include <stdlib.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { NUMBER, TITLE, SIGNED, FROM, UNTIL, ENDED, BASE_YEAR, BASELINE };

static const char *const book_names[] = {
	[NUMBER] = "number",       [TITLE] = "title",       [SIGNED] = "signed_on",
	[FROM] = "from_on",        [UNTIL] = "until_on",    [ENDED] = "ended_on",
	[BASE_YEAR] = "base_year", [BASELINE] = "baseline",
};

enum { TARGET_BOOK, TARGET_INDICATOR, TARGET_METHOD, TARGET_VALUE, TARGET_IN_PERIOD };

static const char *const target_names[] = {
	[TARGET_BOOK] = "task_book_id",   [TARGET_INDICATOR] = "indicator",
	[TARGET_METHOD] = "method",       [TARGET_VALUE] = "value",
	[TARGET_IN_PERIOD] = "in_period",
};

/* A book being written or waiting for its signature holds nothing. */
static bool was_signed(struct str state)
{
	return str_equal_cstr(state, "signed") || str_equal_cstr(state, "superseded") ||
	       str_equal_cstr(state, "closed");
}

static void read_book(struct arena *arena, const struct chain_rows *rows, struct chain_book *book)
{
	bool is_counted = db_is_null(rows->rows, SELECTED_FIELDS + BASELINE);

	*book = (struct chain_book){
		.id = chain_id(rows),
		.organisation_id = chain_organisation(rows),
		.number = str_copy(arena, chain_text(rows, NUMBER)),
		.title = str_copy(arena, chain_text(rows, TITLE)),
		.signed_on = chain_date(rows, SIGNED),
		.from = chain_date(rows, FROM),
		.until = chain_date(rows, UNTIL),
		.ended = chain_date(rows, ENDED),
		.base_year = chain_integer(rows, BASE_YEAR),
		.baseline = is_counted ? -1 : chain_integer(rows, BASELINE),
	};
}

static int compare_book(const void *key, const void *item)
{
	int64_t id = *(const int64_t *)key, other = ((const struct chain_book *)item)->id;

	return (id > other) - (id < other);
}

/* Hundredths: T1 to T3 in percent, T4 a number. */
static double target_value(struct str indicator, int64_t hundredths)
{
	double value = (double)hundredths / 100;

	return str_equal_cstr(indicator, "T4") ? value : value / 100;
}

static bool load_targets(struct record_store *store, const char *path, struct chain_book *books,
			 size_t count, struct error *error)
{
	struct chain_rows rows;

	if (!chain_select(store, path, "target", target_names, COUNT(target_names), &rows, error))
		return false;
	while (chain_next(&rows)) {
		int64_t id = chain_integer(&rows, TARGET_BOOK);
		struct chain_book *book = count ? bsearch(&id, books, count, sizeof(*book),
							  compare_book)
						: NULL;
		struct chain_target *target;

		if (!book || book->target_count == CHAIN_TARGETS_MAX)
			continue;
		target = &book->targets[book->target_count++];
		target->indicator = str_copy(store->arena, chain_text(&rows, TARGET_INDICATOR));
		target->method = str_copy(store->arena, chain_text(&rows, TARGET_METHOD));
		target->value = target_value(target->indicator, chain_integer(&rows, TARGET_VALUE));
		target->in_period = chain_integer(&rows, TARGET_IN_PERIOD) != 0;
	}
	return chain_done(&rows, error);
}

bool chain_books_load(struct record_store *store, const char *path, struct chain_book **books_out,
		      size_t *count_out, struct error *error)
{
	struct list list = LIST_OF(struct chain_book);
	struct chain_rows rows;

	if (!chain_select(store, path, "task_book", book_names, COUNT(book_names), &rows, error))
		return false;
	while (chain_next(&rows))
		if (was_signed(chain_state(&rows)))
			read_book(store->arena, &rows, list_add(&list));
	*books_out = list_to_arena(&list, store->arena, count_out);
	return chain_done(&rows, error) && load_targets(store, path, *books_out, *count_out, error);
}

const struct chain_book *chain_book_on(const struct chain_book *books, size_t count,
				       int64_t organisation_id, date day)
{
	const struct chain_book *last = NULL;

	for (size_t i = 0; i < count; i++) {
		const struct chain_book *book = &books[i];

		if (book->organisation_id != organisation_id || book->signed_on == DATE_NONE ||
		    book->signed_on > day || book->from > day || book->until < day ||
		    (book->ended != DATE_NONE && book->ended <= day))
			continue;
		if (!last || book->signed_on >= last->signed_on)
			last = book;
	}
	return last;
}

const struct chain_target *chain_book_target(const struct chain_book *book, const char *indicator)
{
	for (size_t i = 0; book && i < book->target_count; i++)
		if (str_equal_cstr(book->targets[i].indicator, indicator))
			return &book->targets[i];
	return NULL;
}
