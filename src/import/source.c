#include "import/source.h"

#include "base/map.h"
#include "base/strbuf.h"
#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

const struct source *const sources[] = {
	&source_cnipa_xml,    &source_cnipa_xml_old, &source_uspto_grant, &source_uspto_application,
	&source_ops_family,   &source_ops_biblio,    &source_docdb,       &source_ep,
	&source_incopat,      &source_patsnap,       &source_cnipr,       &source_cnipa_search,
	&source_google,       &source_lens,          &source_espacenet,   &source_patentscope,
	&source_patsnap_json, &source_uspto_json,    &source_demo,        &source_yucheng,
	&source_claims,       &source_corpus,        &source_table,       NULL
};

const struct source *source_find(struct str name)
{
	for (size_t i = 0; sources[i]; i++)
		if (str_equal_cstr(name, sources[i]->name))
			return sources[i];
	return NULL;
}

const struct source *source_of_origin(uint16_t origin)
{
	for (size_t i = 0; sources[i]; i++)
		if (sources[i]->origin == origin)
			return sources[i];
	return NULL;
}

const struct record_rule *source_record_rules(struct arena *arena, size_t *count_out)
{
	struct record_rule *rules;
	size_t count = 0;

	for (size_t i = 0; sources[i]; i++)
		count += RECORD_RULES_MAX;
	rules = arena_array(arena, struct record_rule, count);
	count = 0;
	for (size_t i = 0; sources[i]; i++)
		for (size_t k = 0; k < RECORD_RULES_MAX; k++)
			if (sources[i]->records[k].record)
				rules[count++] = sources[i]->records[k];
	*count_out = count;
	return rules;
}

/* Marks of vendors that say nothing of the column's content. */
static const char *const ornaments[] = { "[标]", "(中文)", "（中文）", "［标］" };

static size_t ornament_size(struct str rest)
{
	for (size_t i = 0; i < sizeof(ornaments) / sizeof(ornaments[0]); i++)
		if (str_starts_with(rest, str_of(ornaments[i])))
			return strlen(ornaments[i]);
	return 0;
}

static bool is_left_out(uint32_t rune)
{
	static const uint32_t runes[] = { ' ',    '\t',   '\r', '\n',   0x3000,
					  0x00A0, 0xFEFF, '(',  ')',    0xFF08,
					  0xFF09, '[',    ']',  0xFF3B, 0xFF3D,
					  0x3010, 0x3011, '"',  '\'',   UTF8_REPLACEMENT };

	for (size_t i = 0; i < sizeof(runes) / sizeof(runes[0]); i++)
		if (rune == runes[i])
			return true;
	return false;
}

struct str source_fold_header(struct arena *arena, struct str header)
{
	char *text = arena_alloc(arena, header.size + 1), bytes[UTF8_SIZE_MAX];
	size_t size = 0, at = 0;

	while (at < header.size) {
		size_t ornament = ornament_size(str_slice(header, at, header.size)), length;
		uint32_t rune;

		if (ornament) {
			at += ornament;
			continue;
		}
		rune = utf8_next(header, &at);
		if (is_left_out(rune))
			continue;
		if (rune >= 0xFF01 && rune <= 0xFF5E) /* full width forms of ASCII */
			rune -= 0xFEE0;
		if (rune >= 'A' && rune <= 'Z')
			rune += 'a' - 'A';
		length = utf8_encode(rune, bytes);
		if (size + length > header.size) /* a broken byte became U+FFFD */
			break;
		memcpy(text + size, bytes, length);
		size += length;
	}
	return (struct str){ text, size };
}

static bool is_table(enum format format)
{
	return (SOURCE_TABLE >> format & 1) != 0;
}

/* What is looked for, in the form the signature is compared in. */
static struct str comparable(struct arena *arena, enum format format, struct str name)
{
	struct str first = name, rest = name;

	if (is_table(format))
		return source_fold_header(arena, name);
	/* the first step of "an!/text" */
	if (!str_starts_with(name, STR("@")) && str_split(&rest, STR("/"), &first) &&
	    str_ends_with(first, STR("!")))
		first = str_slice(first, 0, first.size - 1);
	return first;
}

static void release_map(void *map)
{
	map_destroy(map);
}

static struct map *signature_set(struct arena *arena, enum format format,
				 const struct str *signature, size_t count)
{
	struct map *set = map_create();

	arena_defer(arena, release_map, set);
	for (size_t i = 0; i < count; i++)
		*map_put(set, comparable(arena, format, signature[i]), NULL) = 1;
	return set;
}

/* One of "a|b|c" is in the set. */
static bool mark_is_there(struct arena *arena, const struct map *set, enum format format,
			  const char *mark)
{
	struct str rest = str_of(mark), one;

	while (str_split(&rest, STR("|"), &one))
		if (map_find(set, comparable(arena, format, one)))
			return true;
	return false;
}

struct candidate {
	const struct source *source;
	const char *missing; /* the first mark that is not there, or NULL */
	size_t marks, lacking, known, total;
};

static struct candidate judge(struct arena *arena, const struct source *source,
			      const struct map *seen, enum format format, size_t total)
{
	struct candidate candidate = { .source = source, .total = total };
	struct map *counted = map_create();
	bool is_new;

	for (size_t i = 0; i < SIGNATURE_MAX && source->signature[i]; i++) {
		if (mark_is_there(arena, seen, format, source->signature[i]))
			candidate.marks++;
		else if (candidate.lacking++ == 0)
			candidate.missing = source->signature[i];
	}
	for (const struct source_row *row = source->rows; row->path; row++) {
		struct str name = comparable(arena, format, str_of(row->path));

		if (map_find(seen, name)) {
			map_put(counted, name, &is_new);
			candidate.known += is_new;
		}
	}
	map_destroy(counted);
	return candidate;
}

static int score_of(const struct candidate *candidate)
{
	size_t total = candidate->total ? candidate->total : 1;

	return (int)(candidate->known * 100 / total + candidate->marks * 5);
}

/* Of two sources that both lack marks, the one that lacks fewer, else the one that knows more.
   Nobody means the demo's own format. */
static bool is_nearer(const struct candidate *a, const struct candidate *b)
{
	if (a->known == 0 || a->source == &source_demo)
		return false;
	if (!b->source || a->lacking != b->lacking)
		return !b->source || a->lacking < b->lacking;
	return a->known > b->known;
}

static bool refuse(struct arena *arena, const struct str *signature, size_t count,
		   const struct candidate *nearest, struct error *error)
{
	struct strbuf seen = STRBUF_INIT;
	const char *text;

	for (size_t i = 0; i < count && seen.size < 180; i++)
		strbuf_addf(&seen, "%s%.*s", i ? ", " : "",
			    (int)utf8_valid_length(str_slice(signature[i], 0, 60)),
			    signature[i].data);
	text = arena_copy(arena, seen.data,
			  utf8_valid_length(str_slice(strbuf_str(&seen), 0, 220)));
	strbuf_release(&seen);
	if (!nearest->source)
		return error_set(error, ERROR_INVALID, "import.no_source", "%s", text);
	error_set(error, ERROR_INVALID, "import.unknown_source", "%s", text);
	return error_hint(error, "%s (%.60s)", nearest->source->name,
			  nearest->missing ? nearest->missing : "");
}

bool source_detect(struct arena *arena, enum format format, const struct str *signature,
		   size_t signature_count, const struct source **source_out, int *score_out,
		   const char **reason_out, struct error *error)
{
	const struct map *seen = signature_set(arena, format, signature, signature_count);
	struct candidate best = { 0 }, nearest = { 0 };

	for (size_t i = 0; sources[i]; i++) {
		struct candidate candidate;

		if (!(sources[i]->formats >> format & 1))
			continue;
		candidate = judge(arena, sources[i], seen, format, map_count(seen));
		if (candidate.missing && is_nearer(&candidate, &nearest))
			nearest = candidate;
		if (!candidate.missing && (!best.source || score_of(&candidate) > score_of(&best)))
			best = candidate;
	}
	if (!best.source)
		return refuse(arena, signature, signature_count, &nearest, error);
	*source_out = best.source;
	if (score_out)
		*score_out = score_of(&best);
	if (reason_out)
		*reason_out = arena_printf(arena, "%s: %zu/%zu", best.source->name, best.known,
					   best.total);
	return true;
}

static const struct source_row *find_parse(enum fact_field field)
{
	for (const struct source_row *row = source_yucheng.rows; row->path; row++)
		if (row->field == field &&
		    str_equal_cstr(str_of(row->path), fact_fields[field].name))
			return row;
	return NULL;
}

bool source_can_map(enum fact_field field)
{
	return field != FACT_NONE && find_parse(field) != NULL;
}

static bool add_map_row(struct arena *arena, struct str item, struct source_row *row,
			struct error *error)
{
	size_t sign = str_find_byte(item, '=');
	const struct source_row *usual;
	enum fact_field field;

	if (sign == STR_NOT_FOUND)
		return error_set(error, ERROR_INVALID, "import.map_without_sign", "%.*s",
				 STR_ARGS(item));
	field = fact_field_find(str_trim(str_slice(item, 0, sign)));
	usual = field == FACT_NONE ? NULL : find_parse(field);
	if (!usual)
		return error_set(error, ERROR_INVALID, "import.map_unknown_field", "%.*s",
				 STR_ARGS(item));
	*row = *usual;
	row->path = str_to_cstr(arena, str_trim(str_slice(item, sign + 1, item.size)));
	if (!row->path[0])
		return error_set(error, ERROR_INVALID, "import.map_without_sign", "%.*s",
				 STR_ARGS(item));
	return true;
}

enum { MAP_ROWS_MAX = 200 };

static bool read_map(struct arena *arena, struct str text, struct source_row *rows,
		     size_t *count_out, struct error *error)
{
	struct str separator = str_find_byte(text, '\n') == STR_NOT_FOUND ? STR(",") : STR("\n");
	struct str item;

	*count_out = 0;
	while (str_split(&text, separator, &item)) {
		if (*count_out == MAP_ROWS_MAX)
			return error_set(error, ERROR_LIMIT, "import.map_too_long", "%d",
					 MAP_ROWS_MAX);
		if (str_trim(item).size &&
		    !add_map_row(arena, str_trim(item), &rows[(*count_out)++], error))
			return false;
	}
	return *count_out > 0 ||
	       error_set(error, ERROR_INVALID, "import.map_without_sign", "%s", "");
}

bool source_from_map(struct arena *arena, struct str text, const struct source **source_out,
		     struct error *error)
{
	struct source *source = arena_new(arena, struct source);
	struct source_row *rows = arena_array(arena, struct source_row, MAP_ROWS_MAX + 1);
	size_t count;

	if (!read_map(arena, text, rows, &count, error))
		return false;
	*source = (struct source){
		.origin = ORIGIN_COLUMN_MAP,
		.rank = 20,
		.name = "map",
		.label = { "自定义列对应", "Own column map" },
		.formats = SOURCE_TABLE | SOURCE_JSON,
		.rows = rows,
	};
	*source_out = source;
	return true;
}

bool source_extend(struct arena *arena, const struct source *base, struct str map,
		   const struct source **source_out, struct error *error)
{
	struct source *source = arena_new(arena, struct source);
	struct source_row *rows;
	size_t own = 0, added;

	while (base->rows[own].path)
		own++;
	rows = arena_array(arena, struct source_row, MAP_ROWS_MAX + own + 1);
	if (!read_map(arena, map, rows, &added, error))
		return false;
	memcpy(rows + added, base->rows, own * sizeof(*rows));
	*source = *base;
	source->rows = rows;
	*source_out = source;
	return true;
}

const struct source_row *source_find_row(struct arena *arena, const struct source *source,
					 struct str header)
{
	struct str wanted = source_fold_header(arena, header);

	for (const struct source_row *row = source->rows; row->path; row++)
		if (str_equal(source_fold_header(arena, str_of(row->path)), wanted))
			return row;
	return NULL;
}
