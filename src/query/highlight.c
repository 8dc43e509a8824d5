#include "query/operand.h"
#include "query/run_internal.h"

#include "text/token.h"

struct marking {
	const struct token_place *places;
	size_t place_count;
	bool *is_marked; /* by place */
	unsigned column;
};

static bool element_matches(const struct query_element *element, struct str token)
{
	switch (element->kind) {
	case ELEMENT_PREFIX:
		return str_starts_with(token, element->text);
	case ELEMENT_PATTERN:
		return query_pattern_matches(element->text, token);
	case ELEMENT_TOKEN:
	default:
		return str_equal(token, element->text);
	}
}

/* Each token takes one position, so the n-th place behind another is n positions behind. */
static void mark_phrase(struct marking *marking, const struct query_phrase *phrase)
{
	for (size_t start = 0; start + phrase->length <= marking->place_count; start++) {
		size_t i = 0;

		while (i < phrase->element_count &&
		       element_matches(&phrase->elements[i],
				       marking->places[start + phrase->elements[i].offset].token))
			i++;
		if (i < phrase->element_count)
			continue;
		for (size_t k = 0; k < phrase->length; k++)
			marking->is_marked[start + k] = true;
	}
}

static bool has_column(const struct query_field *field, unsigned column)
{
	for (const unsigned char *columns = field->columns; *columns != COL_COUNT; columns++)
		if (*columns == column)
			return true;
	return false;
}

static void mark_node(struct marking *marking, const struct query_node *node)
{
	if (node->kind == NODE_NOT)
		return;
	if (node->kind == NODE_WORDS && has_column(node->field, marking->column))
		for (size_t i = 0; i < node->phrase_count; i++)
			mark_phrase(marking, &node->phrases[i]);
	for (size_t i = 0; i < node->child_count; i++)
		mark_node(marking, node->children[i]);
}

size_t query_highlights(const struct query *query, struct arena *arena, unsigned column,
			struct str text, struct highlight **highlights_out)
{
	struct token_place *places;
	struct marking marking = { .column = column };
	struct highlight *highlights;
	size_t count = 0;

	marking.place_count = text_token_places(arena, text, &places);
	marking.places = places;
	marking.is_marked = arena_array(arena, bool, marking.place_count + 1);
	mark_node(&marking, query->root);
	highlights = arena_array(arena, struct highlight, marking.place_count + 1);
	for (size_t i = 0; i < marking.place_count; i++) {
		if (!marking.is_marked[i])
			continue;
		if (i == 0 || !marking.is_marked[i - 1])
			highlights[count++].from = places[i].from;
		highlights[count - 1].to = places[i].to;
	}
	*highlights_out = highlights;
	return count;
}
