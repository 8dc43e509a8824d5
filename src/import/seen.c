#include "import/seen.h"

#include "base/memory.h"

enum { SLOTS_FIRST = 4096 };

struct entry {
	uint64_t key; /* 0: free */
	uint32_t application_id;
};

/* Open addressing, never more than three quarters full. */
struct seen {
	struct entry *entries;
	size_t mask, count;
};

struct seen *seen_create(void)
{
	struct seen *seen = memory_alloc_zeroed(1, sizeof(*seen));

	seen->entries = memory_alloc_zeroed(SLOTS_FIRST, sizeof(*seen->entries));
	seen->mask = SLOTS_FIRST - 1;
	return seen;
}

void seen_destroy(struct seen *seen)
{
	if (!seen)
		return;
	memory_free(seen->entries);
	memory_free(seen);
}

/* A document is known by its number, else by its application's, else by what a list tells of it. */
static uint64_t key_of(const struct publication *reading)
{
	static const enum fact_field content[] = { FACT_TITLE, FACT_APPLICANT,
						   FACT_APPLICATION_DATE, FACT_ABSTRACT };
	struct str number = publication_text(reading, FACT_PUBLICATION_NUMBER);
	uint64_t key = 0;

	if (number.size == 0)
		number = publication_text(reading, FACT_APPLICATION_NUMBER);
	if (number.size)
		return str_hash(number) | 1;
	for (size_t i = 0; i < sizeof(content) / sizeof(content[0]); i++)
		key = key * 31 + str_hash(publication_text(reading, content[i]));
	return key | 1;
}

static struct entry *find(const struct seen *seen, uint64_t key)
{
	size_t slot = (key >> 1) & seen->mask;

	while (seen->entries[slot].key && seen->entries[slot].key != key)
		slot = (slot + 1) & seen->mask;
	return &seen->entries[slot];
}

static void grow(struct seen *seen)
{
	struct seen larger = { .mask = seen->mask * 2 + 1, .count = seen->count };

	larger.entries = memory_alloc_zeroed(larger.mask + 1, sizeof(*larger.entries));
	for (size_t i = 0; i <= seen->mask; i++)
		if (seen->entries[i].key)
			*find(&larger, seen->entries[i].key) = seen->entries[i];
	memory_free(seen->entries);
	*seen = larger;
}

bool seen_before(struct seen *seen, const struct publication *reading, uint32_t *application_id_out)
{
	const struct entry *entry = find(seen, key_of(reading));

	*application_id_out = entry->application_id;
	return entry->key != 0;
}

void seen_set(struct seen *seen, const struct publication *reading, uint32_t application_id)
{
	uint64_t key = key_of(reading);
	struct entry *entry = find(seen, key);

	seen->count += entry->key == 0;
	*entry = (struct entry){ key, application_id };
	if (seen->count * 4 > (seen->mask + 1) * 3)
		grow(seen);
}

static bool is_told(const struct publication *stored, const struct fact *fact)
{
	for (const struct fact *told = publication_find(stored, (enum fact_field)fact->field); told;
	     told = publication_next(stored, told))
		if (told->origin == fact->origin && told->language == fact->language)
			return true;
	return false;
}

struct publication *seen_remainder(struct arena *arena, const struct publication *reading,
				   const struct publication *stored)
{
	struct publication *rest = publication_create(arena);

	for (size_t i = 0; i < reading->count; i++) {
		const struct fact *fact = &reading->facts[i];
		struct fact *added;

		if (fact_fields[fact->field].merge != MERGE_UNION &&
		    fact->field != FACT_PUBLICATION_NUMBER &&
		    fact->field != FACT_APPLICATION_NUMBER && is_told(stored, fact))
			continue;
		added = publication_add_parts(rest, (enum fact_field)fact->field, fact->language,
					      fact->parts, fact->part_count);
		if (added)
			*added = *fact;
	}
	return rest;
}
