#include "index/postings_internal.h"

#include <string.h>

/* ---- One document. */

static uint32_t read_frequency(const struct postings *postings, uint32_t rank,
			       struct byte_reader *reader)
{
	uint32_t code = postings_code(postings, rank);
	uint64_t more;

	if (code != 0)
		return code;
	more = read_position(reader);
	/* Each position takes a byte, so no more of them can follow than bytes are left. */
	if (more + FREQUENCY_ESCAPE > (uint64_t)(reader->end - reader->at)) {
		reader->is_bad = true;
		return 0;
	}
	return (uint32_t)more + FREQUENCY_ESCAPE;
}

/*
 * The sum of the codes of `count` documents, when they stand in one aligned word of codes and none
 * is escaped: without a branch a document, since frequencies cannot be foreseen.
 */
static bool sum_codes(const struct postings *postings, uint32_t from, uint32_t count,
		      uint64_t *sum_out)
{
	const uint8_t *codes = postings->codes + from / 16 * 4;
	const uint32_t ones = UINT32_C(0x55555555);
	uint32_t word, mask;

	if (from % 16 + count > 15 || postings->end - codes < (ptrdiff_t)sizeof(word))
		return false;
	memcpy(&word, codes, sizeof(word));
	mask = (UINT32_C(1) << count * 2) - 1;
	word = word >> from % 16 * 2 & mask;
	if (((word | word >> 1) & ones & mask) != (ones & mask))
		return false;
	word = (word & UINT32_C(0x33333333)) + (word >> 2 & UINT32_C(0x33333333));
	word = (word & UINT32_C(0x0F0F0F0F)) + (word >> 4 & UINT32_C(0x0F0F0F0F));
	*sum_out = word * UINT32_C(0x01010101) >> 24;
	return true;
}

/* Moves from the positions of one document to those of another behind it. */
static void skip_documents(const struct postings *postings, uint32_t from, uint32_t to,
			   struct byte_reader *reader)
{
	struct byte_reader moving = *reader;
	uint64_t count = 0;

	if (from == to)
		return;
	if (!sum_codes(postings, from, to - from, &count)) {
		for (uint32_t rank = from; rank < to; rank++) {
			uint32_t code = postings_code(postings, rank);

			count += code;
			if (code != 0)
				continue;
			skip_positions(&moving, count);
			count = read_frequency(postings, rank, &moving);
		}
	}
	skip_positions(&moving, count);
	*reader = moving;
}

/* Goes to the last document before rank whose place is known; returns its rank. */
static uint32_t enter_block(const struct postings *postings, uint32_t rank,
			    struct byte_reader *reader)
{
	uint32_t first = rank - rank % BLOCK_DOCUMENTS;
	uint32_t step = rank % BLOCK_DOCUMENTS / STEP_DOCUMENTS;
	uint64_t offset = 0;

	if (postings->blocks) {
		const struct position_block *block = &postings->blocks[rank / BLOCK_DOCUMENTS];

		while (step > 0 && block->steps[step - 1] == STEP_MAX)
			step--;
		offset = block_offset(block) + (step > 0 ? block->steps[step - 1] : 0);
		first += step * STEP_DOCUMENTS;
	}
	reader->is_bad = offset > (uint64_t)(postings->end - postings->positions);
	reader->at = reader->is_bad ? postings->end : postings->positions + offset;
	return first;
}

uint32_t postings_frequency(struct postings_cursor *cursor, struct byte_reader *reader_out)
{
	const struct postings *postings = cursor->postings;
	struct byte_reader reader = { cursor->at, postings->end, cursor->is_bad };
	uint32_t frequency, rank = cursor->rank;

	if (cursor->next_rank > rank || rank - cursor->next_rank > rank % STEP_DOCUMENTS)
		cursor->next_rank = enter_block(postings, rank, &reader);
	skip_documents(postings, cursor->next_rank, rank, &reader);
	cursor->next_rank = rank;
	cursor->at = reader.at;
	cursor->is_bad = reader.is_bad;
	frequency = read_frequency(postings, rank, &reader);
	*reader_out = reader;
	return reader.is_bad ? 0 : frequency;
}

uint32_t postings_frequency_at(const struct postings *postings, uint32_t rank)
{
	struct postings_cursor cursor;
	struct byte_reader reader;
	uint32_t code = postings_code(postings, rank);

	if (code != 0)
		return code;
	postings_cursor_init(&cursor, postings);
	cursor.rank = rank;
	return postings_frequency(&cursor, &reader);
}

/* ---- Many documents: all that lie within a step at once, which takes less than stopping at each. */

/* Stands for positions that are not read here. */
static const uint8_t nothing[PLACE_POSITIONS];
static const struct position_place hard = { nothing, 0, PLACE_HARD };

/* Where the next document's positions begin, behind up to eight that take a byte each, the first up to two. */
static inline bool read_easy(uint32_t code, struct byte_reader *reader,
			     struct position_place *place_out)
{
	const uint8_t *at = reader->at;
	uint32_t frequency = code, first;
	uint64_t eight;

	if (reader->end - at < 3 + PLACE_POSITIONS)
		return false;
	if (code == 0)
		frequency = *at++ + (uint32_t)FREQUENCY_ESCAPE;
	first = *at++;
	if (first >= POSITION_ONE)
		first = POSITION_ONE + (first - POSITION_ONE) * 256 + *at++;
	memcpy(&eight, at, sizeof(eight));
	if (frequency > PLACE_POSITIONS || first > POSITION_TWO_MAX ||
	    (long_positions(eight) & ((UINT64_C(1) << (frequency - 1) * 8) - 1)) != 0)
		return false;
	*place_out = (struct position_place){ at, (uint16_t)first, (uint16_t)frequency };
	reader->at = at + frequency - 1;
	return true;
}

static struct position_place read_place(const struct postings *postings, uint32_t rank,
					struct byte_reader *reader)
{
	struct position_place place;

	if (read_easy(postings_code(postings, rank), reader, &place))
		return place;
	skip_documents(postings, rank, rank + 1, reader);
	if (reader->is_bad)
		reader->at = reader->end; /* all behind it are hard */
	return hard;
}

/* How many of the ranks lie in the same step as the first of them, ascending. */
static uint32_t count_in_step(const uint32_t *ranks, uint32_t count)
{
	uint32_t n = 1;

	while (n < count && ranks[n] > ranks[n - 1] &&
	       ranks[n] / STEP_DOCUMENTS == ranks[0] / STEP_DOCUMENTS)
		n++;
	return n;
}

/* Reads from the first to the last of the ranks, those between as well. */
static void read_step(const struct postings *postings, const uint32_t *ranks, uint32_t count,
		      struct position_place *places_out)
{
	struct byte_reader reader = { NULL, postings->end, false };
	struct position_place places[STEP_DOCUMENTS];
	uint32_t from = ranks[0], span = ranks[count - 1] - from;

	skip_documents(postings, enter_block(postings, from, &reader), from, &reader);
	for (uint32_t i = 0; i <= span; i++)
		places[i] = read_place(postings, from + i, &reader);
	for (uint32_t i = 0; i < count; i++)
		places_out[i] = places[ranks[i] - from];
}

void postings_places(const struct postings *postings, const uint32_t *ranks, uint32_t count,
		     struct position_place *places_out)
{
	for (uint32_t i = 0, step; i < count; i += step) {
		step = count_in_step(ranks + i, count - i);
		read_step(postings, ranks + i, step, places_out + i);
	}
}
