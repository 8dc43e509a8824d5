#ifndef INDEX_ID_TABLE_INTERNAL_H
#define INDEX_ID_TABLE_INTERNAL_H

#include <stddef.h>
#include <stdint.h>

/* A hash table from ids to numbers, neither ever 0. */
struct id_table;

struct id_table *id_table_create(void);
void id_table_destroy(struct id_table *table);
void id_table_put(struct id_table *table, uint32_t id, uint32_t number);
uint32_t id_table_find(const struct id_table *table, uint32_t id); /* 0: not there */
size_t id_table_count(const struct id_table *table);
/* The next id from *at on, in no order; 0 at the end. */
uint32_t id_table_next(const struct id_table *table, size_t *at);

#endif
