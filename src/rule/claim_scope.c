#include "rule/claim_scope.h"

#include "base/list.h"
#include "base/utf8.h"

#include <string.h>

enum { STEPS_MAX = 20000000, DEPTH_MAX = 400, TABLE_MIN = 1024 };

/* Open addressing from 64-bit keys, never 0, to 32-bit values. */
struct table {
	struct arena *arena;
	uint64_t *keys;
	uint32_t *values;
	size_t count, room; /* room: a power of two */
};

static size_t slot_of(const struct table *table, uint64_t key)
{
	uint64_t hash = key * 0x9E3779B97F4A7C15u;
	size_t slot = (size_t)(hash >> 20) & (table->room - 1);

	while (table->keys[slot] && table->keys[slot] != key)
		slot = (slot + 1) & (table->room - 1);
	return slot;
}

static void table_init(struct table *table, struct arena *arena, size_t room)
{
	*table = (struct table){ arena, arena_array(arena, uint64_t, room),
				 arena_array(arena, uint32_t, room), 0, room };
}

static void table_grow(struct table *table)
{
	struct table bigger;

	table_init(&bigger, table->arena, table->room * 2);
	for (size_t i = 0; i < table->room; i++)
		if (table->keys[i]) {
			size_t slot = slot_of(&bigger, table->keys[i]);

			bigger.keys[slot] = table->keys[i];
			bigger.values[slot] = table->values[i];
		}
	bigger.count = table->count;
	*table = bigger;
}

/* The place of the key's value; a new one starts at 0. */
static uint32_t *table_put(struct table *table, uint64_t key)
{
	size_t slot;

	if (table->count * 2 >= table->room)
		table_grow(table);
	slot = slot_of(table, key);
	table->count += table->keys[slot] == 0;
	table->keys[slot] = key;
	return &table->values[slot];
}

static uint32_t table_find(const struct table *table, uint64_t key)
{
	size_t slot = slot_of(table, key);

	return table->keys[slot] ? table->values[slot] : 0;
}

struct claim_scope {
	const struct claim_set *set;
	struct claim_runes runes;
	struct table children; /* node and rune -> node, both from 1 */
	struct table firsts;   /* node and claim -> first position there, + 1 */
	uint32_t node_count;
	uint32_t *stamps, stamp; /* of claims answered in this question */
	uint32_t *answers;
	size_t steps;
};

static uint64_t child_key(uint32_t node, uint32_t rune)
{
	return (uint64_t)node << 32 | (uint64_t)rune << 1 | 1;
}

static uint64_t first_key(uint32_t node, size_t claim)
{
	return (uint64_t)node << 32 | (uint64_t)claim << 1 | 1;
}

/* Letters and digits of full width and small digits as ASCII, letters small: pH is PH, R₃ is R3. */
static uint32_t fold(uint32_t rune)
{
	if (rune >= 0xFF10 && rune <= 0xFF5A)
		rune -= 0xFEE0;
	if (rune >= 0x2080 && rune <= 0x2089)
		rune -= 0x2080 - '0';
	return rune >= 'A' && rune <= 'Z' ? rune - 'A' + 'a' : rune;
}

static bool is_blank(uint32_t rune)
{
	return rune <= ' ' || rune == 0x3000 || rune == 0xA0 || rune == 0xFEFF;
}

static void read_runes(struct arena *arena, struct claim_scope *scope)
{
	const struct claim_set *set = scope->set;
	uint32_t *runes = arena_array(arena, uint32_t, set->text.size + 1);
	uint32_t *bytes = arena_array(arena, uint32_t, set->text.size + 1);
	uint32_t *firsts = arena_array(arena, uint32_t, set->count + 1);
	size_t count = 0;

	for (size_t i = 0; i < set->count; i++) {
		struct str text = str_slice(set->text, 0, set->claims[i].end);

		firsts[i] = (uint32_t)count;
		for (size_t at = set->claims[i].body; at < text.size;) {
			size_t start = at;
			uint32_t rune = utf8_next(text, &at);

			if (is_blank(rune))
				continue;
			bytes[count] = (uint32_t)start;
			runes[count++] = fold(rune);
		}
	}
	firsts[set->count] = (uint32_t)count;
	bytes[count] = (uint32_t)set->text.size;
	scope->runes = (struct claim_runes){ runes, bytes, count, firsts };
}

struct claim_scope *claim_scope_create(struct arena *arena, const struct claim_set *set)
{
	struct claim_scope *scope = arena_new(arena, struct claim_scope);

	scope->set = set;
	scope->node_count = 1;
	read_runes(arena, scope);
	table_init(&scope->children, arena, TABLE_MIN);
	table_init(&scope->firsts, arena, TABLE_MIN);
	scope->stamps = arena_array(arena, uint32_t, set->count + 1);
	scope->answers = arena_array(arena, uint32_t, set->count + 1);
	return scope;
}

const struct claim_runes *claim_scope_runes(const struct claim_scope *scope)
{
	return &scope->runes;
}

void claim_scope_want(struct claim_scope *scope, size_t from, size_t to)
{
	uint32_t node = 1;

	for (size_t i = from; i < to && i - from < SCOPE_WORD_MAX; i++) {
		uint32_t *child = table_put(&scope->children,
					    child_key(node, scope->runes.runes[i]));

		if (!*child)
			*child = ++scope->node_count;
		node = *child;
	}
}

static void scan_at(struct claim_scope *scope, size_t claim, size_t at, size_t end)
{
	uint32_t node = 1;

	for (size_t i = at; i < end && i - at < SCOPE_WORD_MAX; i++) {
		uint32_t *first;

		node = table_find(&scope->children, child_key(node, scope->runes.runes[i]));
		if (!node)
			return;
		first = table_put(&scope->firsts, first_key(node, claim));
		if (!*first)
			*first = (uint32_t)at + 1;
	}
}

void claim_scope_scan(struct claim_scope *scope)
{
	const struct claim_runes *runes = &scope->runes;

	for (size_t i = 0; i < scope->set->count; i++)
		for (size_t at = runes->firsts[i]; at < runes->firsts[i + 1]; at++)
			scan_at(scope, i, at, runes->firsts[i + 1]);
}

size_t claim_scope_known_here(const struct claim_scope *scope, size_t claim, size_t from, size_t to,
			      size_t before)
{
	uint32_t node = 1;
	size_t known = 0;

	for (size_t i = from; i < to && i - from < SCOPE_WORD_MAX; i++) {
		uint32_t first;

		node = table_find(&scope->children, child_key(node, scope->runes.runes[i]));
		first = node ? table_find(&scope->firsts, first_key(node, claim)) : 0;
		if (!first || first - 1 >= before)
			return known;
		known = i - from + 1;
	}
	return to - from;
}

/* A string and the claims answered for it so far. */
struct question {
	struct claim_scope *scope;
	size_t from, to;
};

static uint32_t known_in(const struct question *question, size_t claim, size_t before, int depth);

/* The least any of the parents knows; all of it when the limits are reached. */
static uint32_t known_above(const struct question *question, size_t claim, int depth)
{
	struct claim_scope *scope = question->scope;
	const struct claim *node = &scope->set->claims[claim];
	uint32_t least = UINT32_MAX;

	if (depth >= DEPTH_MAX || scope->steps >= STEPS_MAX)
		return (uint32_t)(question->to - question->from);
	for (size_t i = 0; i < node->parent_count; i++) {
		uint32_t known = known_in(question, node->parents[i], SIZE_MAX, depth + 1);

		least = known < least ? known : least;
	}
	return node->parent_count ? least : 0;
}

static uint32_t known_in(const struct question *question, size_t claim, size_t before, int depth)
{
	struct claim_scope *scope = question->scope;
	uint32_t here, above;

	scope->steps++;
	if (scope->stamps[claim] == scope->stamp)
		return scope->answers[claim];
	here = (uint32_t)claim_scope_known_here(scope, claim, question->from, question->to, before);
	above = here < question->to - question->from ? known_above(question, claim, depth) : here;
	scope->stamps[claim] = scope->stamp;
	scope->answers[claim] = here > above ? here : above;
	return scope->answers[claim];
}

size_t claim_scope_known(struct claim_scope *scope, size_t claim, size_t from, size_t to)
{
	struct question question = { scope, from, to };

	scope->stamp++;
	return known_in(&question, claim, from, 0);
}

static bool visit_above(struct claim_scope *scope, size_t claim, claim_visit_fn *visit,
			void *context, int depth)
{
	const struct claim *node = &scope->set->claims[claim];

	for (size_t i = 0; i < node->parent_count && depth < DEPTH_MAX; i++) {
		unsigned parent = node->parents[i];

		if (scope->stamps[parent] == scope->stamp || scope->steps++ >= STEPS_MAX)
			continue;
		scope->stamps[parent] = scope->stamp;
		if (visit(context, scope->runes.firsts[parent], scope->runes.firsts[parent + 1]) ||
		    visit_above(scope, parent, visit, context, depth + 1))
			return true;
	}
	return false;
}

bool claim_scope_visit(struct claim_scope *scope, size_t claim, size_t before,
		       claim_visit_fn *visit, void *context)
{
	scope->stamp++;
	return visit(context, scope->runes.firsts[claim], before) ||
	       visit_above(scope, claim, visit, context, 0);
}
