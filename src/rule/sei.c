/* The table of strategic emerging industries, and where a patent's classes stand in it. */
#include "base/map.h"
#include "base/strbuf.h"
#include "patent/class.h"
#include "rule/high_value.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

struct sei_table {
	const struct sei_rule *rules;
	size_t count;
	size_t *next;      /* of the same symbol; 0 ends, else index + 1 */
	struct map *first; /* symbol -> index + 1 */
	bool is_official;
};

const struct label sei_strengths[] = {
	[SEI_NONE] = { "未命中", "none" },
	[SEI_UNSURE] = { "待确认", "to be confirmed" },
	[SEI_KEYWORD] = { "关键词命中", "by keyword" },
	[SEI_CERTAIN] = { "确定", "certain" },
};

static const struct {
	const char *ipc, *code, *name, *keywords;
} default_rows[] = {
#include "rule/sei.inc"
};

static const struct {
	const char *from, *to;
} legacy[] = {
#include "rule/ipc_legacy.inc"
};

static void destroy_map(void *map)
{
	map_destroy(map);
}

static const struct sei_table *build(struct arena *arena, const struct sei_rule *rules,
				     size_t count, bool is_official)
{
	struct sei_table *table = arena_new(arena, struct sei_table);

	*table = (struct sei_table){ .rules = rules,
				     .count = count,
				     .next = arena_array(arena, size_t, count + 1),
				     .first = map_create(),
				     .is_official = is_official };
	arena_defer(arena, destroy_map, table->first);
	for (size_t i = count; i-- > 0;) {
		uint64_t *first = map_put(table->first, rules[i].ipc, NULL);

		table->next[i] = (size_t)*first;
		*first = i + 1;
	}
	return table;
}

const struct sei_table *sei_table_default(struct arena *arena)
{
	struct sei_rule *rules = arena_array(arena, struct sei_rule, COUNT(default_rows));

	for (size_t i = 0; i < COUNT(default_rows); i++)
		rules[i] = (struct sei_rule){ str_of(default_rows[i].ipc),
					      str_of(default_rows[i].code),
					      str_of(default_rows[i].name),
					      str_of(default_rows[i].keywords) };
	return build(arena, rules, COUNT(default_rows), false);
}

bool sei_is_official(const struct sei_table *table)
{
	return table->is_official;
}

const struct sei_rule *sei_rules(const struct sei_table *table, size_t *count_out)
{
	*count_out = table->count;
	return table->rules;
}

enum { COLUMN_IPC, COLUMN_CODE, COLUMN_NAME, COLUMN_KEYWORDS, COLUMN_COUNT };

static const struct sheet_column columns[] = {
	[COLUMN_IPC] = { "ipc", "ipcCode;IPC分类号;国际专利分类号", true },
	[COLUMN_CODE] = { "code", "seiCode;产业代码;战略性新兴产业分类代码", true },
	[COLUMN_NAME] = { "name", "seiName;产业名称;战略性新兴产业分类名称", false },
	[COLUMN_KEYWORDS] = { "keywords", "关键词;备注", false },
};

bool sei_table_read(struct arena *arena, const struct sheet *sheet,
		    const struct sei_table **table_out, struct error *error)
{
	struct sei_rule *rules = arena_array(arena, struct sei_rule, sheet->row_count + 1);
	struct sheet_reader reader;

	if (!sheet_begin(sheet, columns, COLUMN_COUNT, &reader, error))
		return false;
	for (size_t i = 0; i < sheet->row_count; i++) {
		struct class_symbol symbol;

		reader.row = &sheet->rows[i];
		if (!class_parse(sheet_text(&reader, COLUMN_IPC), CLASS_IPC, &symbol))
			return sheet_error(&reader, COLUMN_IPC, "rule.sei_class", error);
		if (!sheet_text(&reader, COLUMN_CODE).size)
			return sheet_error(&reader, COLUMN_CODE, "rule.sheet_empty", error);
		rules[i] = (struct sei_rule){ str_copy(arena, str_of(symbol.text)),
					      sheet_text(&reader, COLUMN_CODE),
					      sheet_text(&reader, COLUMN_NAME),
					      sheet_text(&reader, COLUMN_KEYWORDS) };
	}
	*table_out = build(arena, rules, sheet->row_count, true);
	return true;
}

static bool has_word(const struct patent_case *patent, struct str word)
{
	return str_find(patent->title, word) != STR_NOT_FOUND ||
	       str_find(patent->text, word) != STR_NOT_FOUND;
}

/* The next keyword of a list parted by 、；。; or , */
static bool next_word(struct str *rest, struct str *word_out)
{
	static const char *const marks[] = { "、", "；", "。", ";", ",", "，" };
	size_t end, step;

	while (rest->size) {
		end = rest->size;
		step = 0;
		for (size_t i = 0; i < COUNT(marks); i++) {
			size_t at = str_find(*rest, str_of(marks[i]));

			if (at < end) {
				end = at;
				step = strlen(marks[i]);
			}
		}
		*word_out = str_trim(str_slice(*rest, 0, end));
		*rest = str_slice(*rest, end + step, rest->size);
		if (word_out->size)
			return true;
	}
	return false;
}

/* What a keyword asks for: the word itself, and whether it refuses. */
static bool is_refusing(struct str *word)
{
	struct str mark = STR("不包含");

	if (!str_starts_with(*word, mark))
		return false;
	*word = str_slice(*word, mark.size, word->size);
	return true;
}

struct str sei_words_in(struct arena *arena, const struct sei_table *table, struct str text)
{
	struct strbuf found = STRBUF_INIT;
	struct map *seen = map_create();
	struct str whole;

	for (size_t i = 0; i < table->count; i++) {
		struct str rest = table->rules[i].keywords, word;

		while (next_word(&rest, &word)) {
			bool is_new;

			is_refusing(&word);
			if (!word.size || str_find(text, word) == STR_NOT_FOUND)
				continue;
			map_put(seen, word, &is_new);
			if (is_new)
				strbuf_addf(&found, "%s%.*s", found.size ? "、" : "",
					    STR_ARGS(word));
		}
	}
	whole = str_copy(arena, strbuf_str(&found));
	map_destroy(seen);
	strbuf_release(&found);
	return whole;
}

uint64_t sei_words_key(const struct sei_table *table)
{
	uint64_t key = 0;

	for (size_t i = 0; i < table->count; i++)
		key = key * 31 + str_hash(table->rules[i].keywords);
	return key;
}

static enum sei_strength test_words(const struct sei_rule *rule, const struct patent_case *patent,
				    struct str *found_out)
{
	struct str rest = rule->keywords, word;
	enum sei_strength strength = SEI_CERTAIN;

	*found_out = STR_EMPTY;
	while (next_word(&rest, &word)) {
		if (is_refusing(&word)) {
			if (word.size && has_word(patent, word))
				return SEI_NONE;
			continue;
		}
		if (strength == SEI_CERTAIN)
			strength = SEI_UNSURE;
		if (strength == SEI_UNSURE && has_word(patent, word)) {
			strength = SEI_KEYWORD;
			*found_out = word;
		}
	}
	return strength;
}

/* The rules of exactly this symbol; true when there are any. */
static bool test_symbol(const struct sei_table *table, const struct patent_case *patent,
			struct str symbol, struct sei_match *match)
{
	const uint64_t *first = map_find(table->first, symbol);

	for (size_t at = first ? (size_t)*first : 0; at; at = table->next[at - 1]) {
		const struct sei_rule *rule = &table->rules[at - 1];
		struct str word;
		enum sei_strength strength = test_words(rule, patent, &word);

		if (strength > match->strength) {
			match->strength = strength;
			match->rule = rule;
			match->word = word;
		}
	}
	return first != NULL;
}

/* The symbol, then ever wider ones, until the table has it. */
static bool climb(const struct sei_table *table, const struct patent_case *patent,
		  struct str symbol, struct sei_match *match)
{
	char group[CLASS_TEXT_SIZE + 4];
	struct str main = class_cut(symbol, CLASS_LEVEL_MAIN_GROUP);

	if (test_symbol(table, patent, symbol, match))
		return true;
	if (class_level_of(main) == CLASS_LEVEL_MAIN_GROUP) {
		memcpy(group, main.data, main.size);
		memcpy(group + main.size, "/00", 4);
		if (test_symbol(table, patent, str_of(group), match) ||
		    test_symbol(table, patent, main, match))
			return true;
	}
	return test_symbol(table, patent, class_cut(symbol, CLASS_LEVEL_SUBCLASS), match) ||
	       test_symbol(table, patent, class_cut(symbol, CLASS_LEVEL_CLASS), match);
}

/* Is symbol the other one, or below it? H01L27 is above H01L27/108, not above H01L271. */
static bool is_below(struct str symbol, struct str above)
{
	if (!str_starts_with(symbol, above))
		return false;
	return symbol.size == above.size || class_level_of(above) <= CLASS_LEVEL_SUBCLASS ||
	       symbol.data[above.size] == '/' || str_find_byte(above, '/') != STR_NOT_FOUND;
}

static bool climb_legacy(const struct sei_table *table, const struct patent_case *patent,
			 struct str symbol, struct sei_match *match)
{
	for (size_t i = 0; i < COUNT(legacy); i++) {
		struct str from = str_of(legacy[i].from), to = str_of(legacy[i].to);

		if (is_below(symbol, from) && climb(table, patent, to, match))
			return true;
		if (is_below(symbol, to) && climb(table, patent, from, match))
			return true;
	}
	return false;
}

struct sei_match sei_match(const struct sei_table *table, const struct patent_case *patent)
{
	struct sei_match best = { .strength = SEI_NONE };
	struct str rest = patent->ipc;
	struct class_symbol symbol;
	bool is_main = true;

	while (class_next(&rest, CLASS_IPC, &symbol, NULL)) {
		struct sei_match match = { .is_main = is_main };

		if (symbol.level == CLASS_LEVEL_NONE)
			continue;
		is_main = false;
		if (!climb(table, patent, str_of(symbol.text), &match))
			match.is_legacy = climb_legacy(table, patent, str_of(symbol.text), &match);
		if (match.strength > best.strength) {
			memcpy(match.symbol, symbol.text, sizeof(symbol.text));
			best = match;
		}
	}
	return best;
}
