#include "patent/publication.h"

#include <assert.h>
#include <string.h>

enum { FACTS_AT_FIRST = 24 };

struct publication *publication_create(struct arena *arena)
{
	struct publication *publication = arena_new(arena, struct publication);

	publication->arena = arena;
	return publication;
}

static void make_room(struct publication *publication)
{
	size_t room = publication->room ? publication->room * 2 : FACTS_AT_FIRST;
	struct fact *facts = arena_array(publication->arena, struct fact, room);

	if (publication->count)
		memcpy(facts, publication->facts, publication->count * sizeof(*facts));
	publication->facts = facts;
	publication->room = room;
}

static struct fact *add_fact(struct publication *publication, enum fact_field field,
			     fact_language language)
{
	struct fact *fact;

	assert(field > FACT_NONE && field < FACT_FIELD_COUNT);
	if (publication->count >= PUBLICATION_FACTS_MAX)
		return NULL;
	if (publication->count == publication->room)
		make_room(publication);
	fact = &publication->facts[publication->count++];
	*fact = (struct fact){ .field = (uint16_t)field,
			       .language = language,
			       .part_count = (uint8_t)fact_fields[field].part_count };
	return fact;
}

struct fact *publication_add(struct publication *publication, enum fact_field field,
			     fact_language language, struct str value)
{
	return publication_add_parts(publication, field, language, &value, 1);
}

struct fact *publication_add_parts(struct publication *publication, enum fact_field field,
				   fact_language language, const struct str *parts, size_t count)
{
	struct fact *fact;
	size_t filled = 0;

	assert(count <= FACT_PART_MAX);
	for (size_t i = 0; i < count; i++)
		filled += parts[i].size > 0;
	if (filled == 0 || !(fact = add_fact(publication, field, language)))
		return NULL;
	for (size_t i = 0; i < count; i++)
		fact->parts[i] = parts[i];
	return fact;
}

void publication_set_origin(struct publication *publication, uint32_t import_id, uint16_t origin,
			    uint8_t rank)
{
	for (size_t i = 0; i < publication->count; i++) {
		publication->facts[i].import_id = import_id;
		publication->facts[i].origin = origin;
		publication->facts[i].rank = rank;
	}
}

static const struct fact *find_from(const struct publication *publication, size_t from,
				    enum fact_field field)
{
	for (size_t i = from; i < publication->count; i++)
		if (publication->facts[i].field == (uint16_t)field)
			return &publication->facts[i];
	return NULL;
}

const struct fact *publication_find(const struct publication *publication, enum fact_field field)
{
	return find_from(publication, 0, field);
}

const struct fact *publication_next(const struct publication *publication, const struct fact *fact)
{
	size_t behind = (size_t)(fact - publication->facts) + 1;

	return find_from(publication, behind, (enum fact_field)fact->field);
}

struct str publication_text_in(const struct publication *publication, enum fact_field field,
			       fact_language language)
{
	const struct fact *fact = publication_find(publication, field);

	while (fact && fact->language != language)
		fact = publication_next(publication, fact);
	return fact ? fact->parts[0] : STR_EMPTY;
}

struct str publication_text(const struct publication *publication, enum fact_field field)
{
	struct str chinese = publication_text_in(publication, field, FACT_ZH);
	const struct fact *first = publication_find(publication, field);

	if (chinese.size || !first)
		return chinese;
	return first->parts[0];
}

date publication_date(const struct publication *publication, enum fact_field field)
{
	date day;

	return date_parse(publication_text(publication, field), &day) ? day : DATE_NONE;
}
