#include "base/list.h"
#include "base/map.h"
#include "base/utf8.h"
#include "query/schema.h"

#include <pthread.h>

enum { NAME_SIZE_MAX = 60, EDIT_SIZE_MAX = 40 };

/*
 * A name as it is compared: ASCII capitals, "_" for the separators, full-width forms as their
 * ASCII twins, no blanks next to Han. Returns the size, 0 when it is too long to be a name.
 */
static size_t name_key(struct str name, char key[NAME_SIZE_MAX])
{
	size_t at = 0, size = 0;

	name = str_trim(name);
	while (at < name.size) {
		uint32_t rune = utf8_next(name, &at);

		if (rune >= 0xFF01 && rune <= 0xFF5E)
			rune -= 0xFEE0;
		if (rune >= 'a' && rune <= 'z')
			rune -= 'a' - 'A';
		if (rune == '-' || rune == '.' || rune == ' ' || rune == 0x3000)
			rune = '_';
		if (size + UTF8_SIZE_MAX > NAME_SIZE_MAX)
			return 0;
		size += utf8_encode(rune, key + size);
	}
	return size;
}

/*
 * What every lookup needs of the names of query_fields[], made at the first one: a query asks for
 * each of its words whether it is a field.
 */
static struct {
	struct map *by_key;       /* name_key() -> place in query_fields[] */
	struct list with_bracket; /* const char *: names such as 申请（专利权）人 */
} known;
static pthread_once_t known_once = PTHREAD_ONCE_INIT;

static void add_name(const char *name, size_t field)
{
	struct str text = str_of(name);
	char key[NAME_SIZE_MAX];
	bool is_new;
	uint64_t *place = map_put(known.by_key, (struct str){ key, name_key(text, key) }, &is_new);

	if (is_new)
		*place = field;
	if (str_find(text, STR("(")) != STR_NOT_FOUND || str_find(text, STR("（")) != STR_NOT_FOUND)
		*(const char **)list_add(&known.with_bracket) = name;
}

static void collect_names(void)
{
	known.by_key = map_create();
	known.with_bracket = LIST_OF(const char *);
	for (size_t i = 0; i < query_field_count; i++) {
		add_name(query_fields[i].code, i);
		for (const char *const *name = query_fields[i].names; *name; name++)
			add_name(*name, i);
	}
}

const struct query_field *query_field_find(struct str name)
{
	char bytes[NAME_SIZE_MAX];
	struct str key = { bytes, name_key(name, bytes) };
	const uint64_t *place;

	if (key.size == 0)
		return NULL;
	pthread_once(&known_once, collect_names);
	place = map_find(known.by_key, key);
	return place ? &query_fields[*place] : NULL;
}

static bool same_key(const char *name, struct str key)
{
	char other[NAME_SIZE_MAX];
	size_t size = name_key(str_of(name), other);

	return str_equal((struct str){ other, size }, key);
}

static bool has_name(const char *code, const char *const *names, struct str key)
{
	if (same_key(code, key))
		return true;
	for (; names && *names; names++)
		if (same_key(*names, key))
			return true;
	return false;
}

const struct query_choice *query_choice_find(const struct query_choice *choices, struct str name)
{
	char bytes[NAME_SIZE_MAX];
	struct str key = { bytes, name_key(name, bytes) };

	if (key.size == 0)
		return NULL;
	for (; choices->code; choices++)
		if (has_name(choices->code, choices->names, key))
			return choices;
	return NULL;
}

static char small_letter(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c;
}

static size_t smallest(size_t a, size_t b, size_t c)
{
	size_t two = a < b ? a : b;

	return two < c ? two : c;
}

size_t query_edit_distance(struct str a, struct str b)
{
	size_t row[EDIT_SIZE_MAX + 1];

	a = str_slice(a, 0, EDIT_SIZE_MAX);
	b = str_slice(b, 0, EDIT_SIZE_MAX);
	for (size_t j = 0; j <= b.size; j++)
		row[j] = j;
	for (size_t i = 1; i <= a.size; i++) {
		size_t diagonal = row[0];

		row[0] = i;
		for (size_t j = 1; j <= b.size; j++) {
			bool same = small_letter(a.data[i - 1]) == small_letter(b.data[j - 1]);
			size_t above = row[j];

			row[j] = smallest(above + 1, row[j - 1] + 1, diagonal + (same ? 0 : 1));
			diagonal = above;
		}
	}
	return row[b.size];
}

/* Nearer means fewer edits; a third of the name may differ, one byte always may. */
static void take_nearer(const char *candidate, struct str name, size_t *best, const char **nearest)
{
	size_t distance = query_edit_distance(str_of(candidate), name);
	size_t allowed = name.size / 3 > 1 ? name.size / 3 : 1;

	if (distance <= allowed && distance < *best) {
		*best = distance;
		*nearest = candidate;
	}
}

const char *query_field_nearest(struct str name)
{
	size_t best = SIZE_MAX;
	const char *nearest = NULL;

	name = str_trim(name);
	for (size_t i = 0; i < query_field_count; i++) {
		take_nearer(query_fields[i].code, name, &best, &nearest);
		for (const char *const *other = query_fields[i].names; *other; other++)
			take_nearer(*other, name, &best, &nearest);
	}
	return nearest;
}

/* Full-width brackets are their ASCII twins. Returns the bytes of text that name takes, or 0. */
static size_t match_name(struct str text, const char *name)
{
	struct str wanted = str_of(name);
	size_t at = 0, in_name = 0;

	while (in_name < wanted.size) {
		uint32_t a, b = utf8_next(wanted, &in_name);

		if (at >= text.size)
			return 0;
		a = utf8_next(text, &at);
		a = a == 0xFF08 || a == 0xFF09 ? a - 0xFEE0 : a;
		b = b == 0xFF08 || b == 0xFF09 ? b - 0xFEE0 : b;
		if (a != b)
			return 0;
	}
	return at;
}

size_t query_field_bracketed_name(struct str text)
{
	pthread_once(&known_once, collect_names);
	for (size_t i = 0; i < known.with_bracket.count; i++) {
		size_t size = match_name(text, LIST_AT(&known.with_bracket, const char *, i));

		if (size > 0)
			return size;
	}
	return 0;
}
