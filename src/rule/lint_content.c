#include "rule/lint_text_internal.h"

#include "base/map.h"
#include "base/utf8.h"
#include "rule/claim_range.h"

#include <stdio.h>
#include <string.h>

/* What the description must hold: deposits, sequences, Chinese terms, the claimed solution. */

static const struct str depositaries[] = { STR_INIT("CGMCC"), STR_INIT("CCTCC"),
					   STR_INIT("GDMCC") };

static size_t find_depositary(struct str text, size_t at, size_t *size_out)
{
	size_t best = STR_NOT_FOUND;

	for (size_t i = 0; i < 3; i++) {
		size_t found = str_find(str_slice(text, at, text.size), depositaries[i]);

		if (found != STR_NOT_FOUND && found < best) {
			best = found;
			*size_out = depositaries[i].size;
		}
	}
	return best == STR_NOT_FOUND ? best : at + best;
}

/* "CGMCC No.6645", "CCTCC NO: M 2012345" */
static bool has_deposit_number(struct str rest)
{
	size_t at = 0;

	for (unsigned i = 0; at < rest.size && i < 16; i++) {
		if (rest.data[at] >= '0' && rest.data[at] <= '9')
			return true;
		utf8_next(rest, &at);
	}
	return false;
}

/* 2012年10月08日, 2012.10.08, 2012-10-08 */
static bool has_date(struct str text)
{
	for (size_t i = 0; i + 6 < text.size; i++) {
		unsigned year;
		size_t digits = lint_digits(text, i, &year);
		struct str rest = str_slice(text, i + 4, text.size);

		if (digits == 4 && year >= 1949 && year <= 2100 &&
		    (str_starts_with(rest, STR("年")) || rest.data[0] == '.' ||
		     rest.data[0] == '-'))
			return true;
		i += digits;
	}
	return false;
}

static bool has_address(struct str text)
{
	static const struct str words[] = { STR_INIT("地址"),   STR_INIT("北京"),
					    STR_INIT("武汉"),   STR_INIT("广州"),
					    STR_INIT("朝阳区"), STR_INIT("保藏单位") };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (str_find(text, words[i]) != STR_NOT_FOUND)
			return true;
	return false;
}

static struct str around(struct str text, size_t at)
{
	enum { REACH = 600 };

	return str_slice(text, at > REACH ? at - REACH : 0, at + REACH);
}

/* Number, date and place of a deposit are told near its mentions. */
void lint_content_deposit(struct lint *lint, const struct lint_rule *rule)
{
	struct str text = lint_text(lint, DRAFT_DESCRIPTION);
	bool number = false, dated = false, placed = false;
	struct strbuf missing = STRBUF_INIT;
	size_t at, size = 0, first, first_size;

	first = at = find_depositary(text, 0, &size);
	first_size = size;
	if (first == STR_NOT_FOUND)
		return;
	for (; at != STR_NOT_FOUND; at = find_depositary(text, at + size, &size)) {
		number = number || has_deposit_number(str_slice(text, at + size, text.size));
		dated = dated || has_date(around(text, at));
		placed = placed || has_address(around(text, at));
	}
	strbuf_add_cstr(&missing, number ? "" : "保藏编号 ");
	strbuf_add_cstr(&missing, dated ? "" : "保藏日期 ");
	strbuf_add_cstr(&missing, placed ? "" : "保藏单位地址 ");
	if (missing.size > 0)
		lint_add(lint, rule, DRAFT_DESCRIPTION, first, first + first_size,
			 str_to_cstr(lint->arena, str_trim(strbuf_str(&missing))), "");
	strbuf_release(&missing);
}

void lint_content_sequences(struct lint *lint, const struct lint_rule *rule)
{
	static const struct str words[] = { STR_INIT("SEQ ID NO"), STR_INIT("Seq ID No"),
					    STR_INIT("序列表") };
	struct str text = lint_text(lint, DRAFT_DESCRIPTION);

	for (size_t i = 0; i < 3; i++) {
		size_t at = str_find(text, words[i]);

		if (at == STR_NOT_FOUND)
			continue;
		lint_add(lint, rule, DRAFT_DESCRIPTION, at, at + words[i].size, NULL, "");
		return;
	}
}

static bool is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

static bool is_word_byte(char c)
{
	return is_lower(c) || (c >= 'A' && c <= 'Z') || c == '-';
}

/*
 * A foreign word in running text: at least five letters, lower case behind the first, between
 * Chinese characters (an original in brackets and a part of a formula are not). Told once.
 */
void lint_content_foreign(struct lint *lint, const struct lint_rule *rule)
{
	enum { WORD_MIN = 5 };
	struct str text = lint_text(lint, DRAFT_DESCRIPTION);
	struct map *seen = map_create();

	for (size_t at = 0; at < text.size;) {
		size_t end = at;
		bool lower = true, is_new;

		while (end < text.size && is_word_byte(text.data[end])) {
			lower = lower && (end == at || is_lower(text.data[end]));
			end++;
		}
		if (end - at >= WORD_MIN && lower && lint_is_cjk_before(text, at) &&
		    lint_is_cjk_at(text, end)) {
			map_put(seen, str_slice(text, at, end), &is_new);
			if (is_new)
				lint_add(lint, rule, DRAFT_DESCRIPTION, at, end, NULL, "");
		}
		at = end > at ? end : at + 1;
	}
	map_destroy(seen);
}

/* Takes the next pair of Chinese characters; signs in brackets between them do not part them. */
static bool next_pair(struct str text, size_t *at, uint32_t pair[2])
{
	while (*at < text.size) {
		uint32_t rune = utf8_next(text, at);

		if (!utf8_is_cjk(rune))
			continue;
		pair[0] = pair[1];
		pair[1] = rune;
		if (pair[0])
			return true;
	}
	return false;
}

/* How much of the pairs of characters of one text the other has, in a hundred. */
static unsigned shared_pairs(struct str one, struct str other)
{
	struct map *pairs = map_create();
	uint32_t pair[2] = { 0, 0 };
	const struct str key = { (const char *)pair, sizeof(pair) };
	size_t total = 0, shared = 0;

	for (size_t at = 0; next_pair(other, &at, pair);)
		map_put(pairs, key, NULL);
	pair[0] = pair[1] = 0;
	for (size_t at = 0; next_pair(one, &at, pair); total++)
		shared += map_find(pairs, key) != NULL;
	map_destroy(pairs);
	return total > 0 ? (unsigned)(shared * 100 / total) : 100;
}

/* The solution of each independent claim is told in the section 发明内容. */
void lint_content_solution(struct lint *lint, const struct lint_rule *rule)
{
	enum { ENOUGH = 60, CONTENT_MAX = 1 << 20, CLAIMS_MAX = 200 };
	struct lint_section sections[SECTION_COUNT];
	struct str content;
	char text[24];

	lint_sections(lint, sections);
	content = str_slice(lint_section_text(lint, &sections[SECTION_CONTENT]), 0, CONTENT_MAX);
	for (size_t i = 0; content.size > 0 && i < lint->claims.count && i < CLAIMS_MAX; i++) {
		const struct claim *claim = &lint->claims.claims[i];
		unsigned shared;

		if (claim->is_dependent)
			continue;
		shared = shared_pairs(str_slice(lint->claims.text, claim->body, claim->end),
				      content);
		if (shared >= ENOUGH)
			continue;
		snprintf(text, sizeof(text), "%u%%", shared);
		lint_add(lint, rule, DRAFT_CLAIMS, claim->start, claim->body, "", text);
	}
}

/* What a range lacks among the values of the embodiments. */
static void add_missing(const struct number_range *range, const struct number_range *values,
			size_t count, struct strbuf *missing)
{
	bool low = false, high = false, between = false;

	for (size_t i = 0; i < count; i++) {
		double ends[] = { values[i].low, values[i].high };

		for (size_t k = 0; str_equal(values[i].unit, range->unit) && k < 2; k++) {
			low = low || ends[k] == range->low;
			high = high || ends[k] == range->high;
			between = between || (ends[k] > range->low && ends[k] < range->high);
		}
	}
	if (!low)
		strbuf_addf(missing, "%g、", range->low);
	if (!high)
		strbuf_addf(missing, "%g、", range->high);
	if (!between)
		strbuf_add_cstr(missing, "中间值、");
	if (missing->size > 0)
		missing->size -= strlen("、");
}

/* Both ends of a claimed range and a value between them are found in the embodiments. */
void lint_content_ranges(struct lint *lint, const struct lint_rule *rule)
{
	enum { RANGES_MAX = 1000 };
	struct lint_section sections[SECTION_COUNT];
	struct number_range *ranges, *values;
	size_t range_count, value_count;
	struct str embodiments;

	lint_sections(lint, sections);
	embodiments = lint_section_text(lint, &sections[SECTION_EMBODIMENTS]);
	if (embodiments.size == 0)
		return;
	range_count = number_ranges(lint->arena, lint->claims.text, &ranges);
	value_count = number_ranges(lint->arena, embodiments, &values);
	for (size_t i = 0; i < range_count && i < RANGES_MAX; i++) {
		struct strbuf missing = STRBUF_INIT;

		if (ranges[i].is_range && ranges[i].unit.size > 0)
			add_missing(&ranges[i], values, value_count, &missing);
		if (missing.size > 0)
			lint_add(lint, rule, DRAFT_CLAIMS, ranges[i].start, ranges[i].end, NULL,
				 str_to_cstr(lint->arena, strbuf_str(&missing)));
		strbuf_release(&missing);
	}
}
