#include "index/id_table_internal.h"
#include "base/memory.h"

#include <assert.h>

enum { ROOM_FIRST = 1 << 10 };

struct entry {
	uint32_t id, number;
};

struct id_table {
	struct entry *entries;
	size_t mask, count;
};

struct id_table *id_table_create(void)
{
	struct id_table *table = memory_alloc_zeroed(1, sizeof(*table));

	table->mask = ROOM_FIRST - 1;
	table->entries = memory_alloc_zeroed(ROOM_FIRST, sizeof(*table->entries));
	return table;
}

void id_table_destroy(struct id_table *table)
{
	memory_free(table->entries);
	memory_free(table);
}

static struct entry *place_of(const struct id_table *table, uint32_t id)
{
	size_t at = (size_t)(id * UINT64_C(0x9E3779B97F4A7C15) >> 32) & table->mask;

	while (table->entries[at].id != 0 && table->entries[at].id != id)
		at = (at + 1) & table->mask;
	return &table->entries[at];
}

static void grow(struct id_table *table)
{
	struct id_table larger = { .mask = table->mask * 2 + 1, .count = table->count };

	larger.entries = memory_alloc_zeroed(larger.mask + 1, sizeof(*larger.entries));
	for (size_t i = 0; i <= table->mask; i++)
		if (table->entries[i].id != 0)
			*place_of(&larger, table->entries[i].id) = table->entries[i];
	memory_free(table->entries);
	*table = larger;
}

void id_table_put(struct id_table *table, uint32_t id, uint32_t number)
{
	struct entry *entry;

	assert(id != 0 && number != 0);
	if (table->count * 2 > table->mask)
		grow(table);
	entry = place_of(table, id);
	table->count += entry->id == 0;
	*entry = (struct entry){ id, number };
}

uint32_t id_table_find(const struct id_table *table, uint32_t id)
{
	return place_of(table, id)->number;
}

size_t id_table_count(const struct id_table *table)
{
	return table->count;
}

uint32_t id_table_next(const struct id_table *table, size_t *at)
{
	while (*at <= table->mask)
		if (table->entries[(*at)++].id != 0)
			return table->entries[*at - 1].id;
	return 0;
}
