#include "query/operand.h"

#include "base/list.h"
#include "base/utf8.h"
#include "text/token.h"

#include <string.h>

/* Wildcards between two pieces of literal text; gap_min and gap_max when they stand for positions. */
struct wildcards {
	struct str text;
	uint32_t gap_min, gap_max;
};

/* A stretch of literal text with the wildcards behind it. */
struct piece {
	struct str text;
	struct wildcards wildcards;
	struct token_place *places;
	size_t place_count;
};

/* A free distance in front of the element `before`. */
struct gap {
	size_t before;
	uint32_t extra; /* positions more than the least */
};

struct builder {
	struct arena *arena;
	struct piece *pieces;
	size_t piece_count;
	struct query_element *elements; /* offsets with every gap at its least */
	size_t element_count;
	struct gap *gaps;
	size_t gap_count;
	uint32_t length;
	bool ignores_wildcard;
	size_t at;
	struct error *error;
};

static bool is_wildcard(char c)
{
	return c == '*' || c == '?' || c == '#';
}

/* ---- Cutting into pieces. */

/* Reads literal text up to the next wildcard; backslashes go. */
static struct str read_literal(struct arena *arena, struct str raw, size_t *at)
{
	char *text = arena_alloc(arena, raw.size - *at + 1);
	size_t size = 0;

	while (*at < raw.size && !is_wildcard(raw.data[*at])) {
		if (raw.data[*at] == '\\' && *at + 1 < raw.size)
			++*at;
		text[size++] = raw.data[(*at)++];
	}
	return (struct str){ text, size };
}

static struct wildcards read_wildcards(struct str raw, size_t *at)
{
	struct wildcards wildcards = { STR_EMPTY, 0, 0 };
	size_t from = *at;

	for (; *at < raw.size && is_wildcard(raw.data[*at]); ++*at) {
		wildcards.gap_min += raw.data[*at] == '?' ? 1 : 0;
		wildcards.gap_max += raw.data[*at] == '*' ? OPERAND_STAR_MAX : 1;
	}
	wildcards.text = str_slice(raw, from, *at);
	return wildcards;
}

static void cut(struct builder *builder, struct str raw)
{
	size_t count = 1, at = 0;

	for (size_t i = 0; i < raw.size; i++)
		count += is_wildcard(raw.data[i]) ? 1 : 0;
	builder->pieces = arena_array(builder->arena, struct piece, count);
	do {
		struct piece *piece = &builder->pieces[builder->piece_count++];

		piece->text = read_literal(builder->arena, raw, &at);
		piece->wildcards = read_wildcards(raw, &at);
		piece->place_count = text_token_places(builder->arena, piece->text, &piece->places);
	} while (at < raw.size);
}

/* ---- Elements. */

static bool is_last_character(struct str token)
{
	return str_ends_with(token, STR(TOKEN_LAST));
}

/* The second character of a bigram needs no element of its own. */
static bool is_covered(const struct piece *piece, size_t i)
{
	const struct token_place *place = &piece->places[i], *before;

	if (!place->is_cjk || !is_last_character(place->token) || i == 0)
		return false;
	before = &piece->places[i - 1];
	return before->is_cjk && before->position + 1 == place->position &&
	       !is_last_character(before->token);
}

static struct query_element *add_element(struct builder *builder, enum element_kind kind,
					 uint32_t offset, struct str text)
{
	struct query_element *element = &builder->elements[builder->element_count++];

	*element = (struct query_element){ kind, offset, text };
	return element;
}

static void add_place(struct builder *builder, const struct piece *piece, size_t i, uint32_t base)
{
	const struct token_place *place = &piece->places[i];
	struct str text = place->token;
	bool is_alone = place->is_cjk && is_last_character(text);

	if (is_covered(piece, i))
		return;
	if (is_alone)
		text = str_slice(text, 0, text.size - (sizeof(TOKEN_LAST) - 1));
	add_element(builder, is_alone ? ELEMENT_PREFIX : ELEMENT_TOKEN, base + place->position,
		    text);
}

static bool ends_in_latin(const struct piece *piece)
{
	const struct token_place *last;

	if (piece->place_count == 0)
		return false;
	last = &piece->places[piece->place_count - 1];
	return !last->is_cjk && last->to == piece->text.size;
}

static bool starts_in_latin(const struct piece *piece)
{
	return piece->place_count > 0 && !piece->places[0].is_cjk && piece->places[0].from == 0;
}

static bool ends_in_cjk(const struct piece *piece)
{
	const struct token_place *last;

	if (piece->place_count == 0)
		return false;
	last = &piece->places[piece->place_count - 1];
	return last->is_cjk && last->to == piece->text.size;
}

static struct str joined(struct arena *arena, struct str a, struct str b)
{
	char *text = arena_alloc(arena, a.size + b.size + 1);

	if (a.size > 0)
		memcpy(text, a.data, a.size);
	if (b.size > 0)
		memcpy(text + a.size, b.data, b.size);
	return (struct str){ text, a.size + b.size };
}

/* The last element, a Latin word, goes on with wildcards and perhaps the next piece's word. */
static void extend_latin(struct builder *builder, struct str wildcards, const struct piece *next)
{
	struct query_element *last = &builder->elements[builder->element_count - 1];

	last->text = joined(builder->arena, last->text, wildcards);
	last->kind = ELEMENT_PATTERN;
	if (next && starts_in_latin(next))
		last->text = joined(builder->arena, last->text, next->places[0].token);
}

/* "batter*" is a range of the dictionary. */
static void simplify(struct query_element *element)
{
	struct str prefix = query_pattern_prefix(element->text);

	if (element->kind == ELEMENT_PATTERN && prefix.size + 1 == element->text.size &&
	    str_ends_with(element->text, STR("*"))) {
		element->kind = ELEMENT_PREFIX;
		element->text = prefix;
	}
}

static bool refuse_front(struct builder *builder, const struct piece *piece)
{
	error_set_at(builder->error, ERROR_INVALID, "query.wildcard_front", (int64_t)builder->at,
		     "%.*s", STR_ARGS(piece->wildcards.text));
	return false;
}

/* Wildcards that stand for positions, between the elements so far and the next piece. */
static bool add_gap(struct builder *builder, const struct piece *piece, const struct piece *next)
{
	if (!next || next->place_count == 0) {
		builder->ignores_wildcard = true;
		return true;
	}
	if (builder->element_count == 0 || (starts_in_latin(next) && !ends_in_cjk(piece)))
		return refuse_front(builder, piece);
	builder->length += piece->wildcards.gap_min;
	if (piece->wildcards.gap_max > piece->wildcards.gap_min)
		builder->gaps[builder->gap_count++] = (struct gap){
			builder->element_count, piece->wildcards.gap_max - piece->wildcards.gap_min
		};
	return true;
}

static bool add_piece(struct builder *builder, size_t i, bool *joins_next)
{
	const struct piece *piece = &builder->pieces[i];
	const struct piece *next = i + 1 < builder->piece_count ? &builder->pieces[i + 1] : NULL;
	size_t first = *joins_next ? 1 : 0;
	/* A joined first word stands where the element before it stands. */
	uint32_t base = builder->length - (uint32_t)first;

	for (size_t k = first; k < piece->place_count; k++)
		add_place(builder, piece, k, base);
	if (piece->place_count > 0)
		builder->length = base + piece->places[piece->place_count - 1].position + 1;
	*joins_next = false;
	if (piece->wildcards.text.size == 0)
		return true;
	if (!ends_in_latin(piece))
		return add_gap(builder, piece, next);
	extend_latin(builder, piece->wildcards.text, next);
	*joins_next = next && starts_in_latin(next);
	return true;
}

/* ---- Phrases: one for every way the free distances can be. */

static size_t count_ways(const struct builder *builder)
{
	size_t ways = 1;

	for (size_t i = 0; i < builder->gap_count; i++) {
		ways *= builder->gaps[i].extra + 1;
		if (ways > OPERAND_PHRASES_MAX)
			return ways;
	}
	return ways;
}

static struct query_phrase make_phrase(const struct builder *builder, size_t way)
{
	struct query_phrase phrase = { NULL, builder->element_count, builder->length };
	uint32_t shift = 0;
	size_t gap = 0;

	phrase.elements = arena_array(builder->arena, struct query_element, phrase.element_count);
	for (size_t i = 0; i < phrase.element_count; i++) {
		while (gap < builder->gap_count && builder->gaps[gap].before == i) {
			shift += (uint32_t)(way % (builder->gaps[gap].extra + 1));
			way /= builder->gaps[gap].extra + 1;
			gap++;
		}
		phrase.elements[i] = builder->elements[i];
		phrase.elements[i].offset += shift;
	}
	phrase.length += shift;
	return phrase;
}

static bool finish(struct builder *builder, struct query_operand *operand_out)
{
	size_t ways = count_ways(builder);
	struct query_phrase *phrases;

	if (ways > OPERAND_PHRASES_MAX)
		return error_set_at(builder->error, ERROR_LIMIT, "query.wildcard_many",
				    (int64_t)builder->at, "%d", OPERAND_PHRASES_MAX);
	for (size_t i = 0; i < builder->element_count; i++)
		simplify(&builder->elements[i]);
	phrases = arena_array(builder->arena, struct query_phrase, ways);
	for (size_t way = 0; way < ways; way++)
		phrases[way] = make_phrase(builder, way);
	*operand_out = (struct query_operand){ phrases, ways, builder->ignores_wildcard };
	return true;
}

bool query_operand_read(struct arena *arena, struct str raw, size_t at,
			struct query_operand *operand_out, struct error *error)
{
	struct builder builder = { .arena = arena, .at = at, .error = error };
	size_t places = 0;
	bool joins_next = false;

	cut(&builder, raw);
	for (size_t i = 0; i < builder.piece_count; i++)
		places += builder.pieces[i].place_count;
	builder.elements = arena_array(arena, struct query_element, places + 1);
	builder.gaps = arena_array(arena, struct gap, builder.piece_count + 1);
	for (size_t i = 0; i < builder.piece_count; i++)
		if (!add_piece(&builder, i, &joins_next))
			return false;
	if (builder.element_count == 0)
		return error_set_at(error, ERROR_INVALID, "query.no_words", (int64_t)at, "%.*s",
				    (int)(raw.size < 60 ? raw.size : 60), raw.data);
	return finish(&builder, operand_out);
}

/* ---- Keywords. */

struct str query_operand_plain(struct arena *arena, struct str raw)
{
	char *text = arena_alloc(arena, raw.size + 1);
	size_t size = 0;

	for (size_t at = 0; at < raw.size; at++) {
		if (raw.data[at] == '\\' && at + 1 < raw.size)
			at++;
		text[size++] = raw.data[at];
	}
	return (struct str){ text, size };
}

bool query_operand_has_wildcard(struct str raw)
{
	for (size_t at = 0; at < raw.size; at++) {
		if (raw.data[at] == '\\')
			at++;
		else if (is_wildcard(raw.data[at]))
			return true;
	}
	return false;
}

enum match_kind query_operand_match(struct arena *arena, struct str raw, struct str *text_out)
{
	struct str head;

	*text_out = query_operand_plain(arena, raw);
	if (!query_operand_has_wildcard(raw))
		return MATCH_EXACT;
	head = str_slice(raw, 0, raw.size - 1);
	if (str_ends_with(raw, STR("*")) && !query_operand_has_wildcard(head)) {
		*text_out = query_operand_plain(arena, head);
		return MATCH_PREFIX;
	}
	return MATCH_PATTERN;
}
