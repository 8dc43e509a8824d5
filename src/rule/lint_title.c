#include "rule/lint_text_internal.h"

#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

/* The title without 发明名称： in front and blanks around. */
static struct str title_of(const struct lint *lint)
{
	static const struct str prefixes[] = { STR_INIT("发明名称："), STR_INIT("发明名称:"),
					       STR_INIT("实用新型名称："),
					       STR_INIT("实用新型名称:"), STR_INIT("名称：") };
	struct str title = str_trim(lint_text(lint, DRAFT_TITLE));

	for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++)
		if (str_starts_with(title, prefixes[i]))
			return str_trim(str_slice(title, prefixes[i].size, title.size));
	return title;
}

static void add_at(struct lint *lint, const struct lint_rule *rule, struct str words,
		   const char *detail, const char *hint)
{
	size_t start = (size_t)(words.data - lint_text(lint, DRAFT_TITLE).data);

	lint_add(lint, rule, DRAFT_TITLE, start, start + words.size, detail, hint);
}

void lint_title_missing(struct lint *lint, const struct lint_rule *rule)
{
	if (title_of(lint).size == 0 && lint_text(lint, DRAFT_DESCRIPTION).size > 0)
		lint_add_whole(lint, rule, DRAFT_TITLE, "", "");
}

/* Full width letters, digits and brackets become half width, blanks go. */
static struct str normalised(struct arena *arena, struct str text)
{
	struct strbuf result = STRBUF_INIT;
	struct str kept;

	for (size_t at = 0; at < text.size;) {
		uint32_t rune = utf8_next(text, &at);

		if (rune >= 0xFF01 && rune <= 0xFF5E)
			rune -= 0xFEE0;
		if (rune > ' ' && rune != 0x3000 && rune != 0xA0)
			strbuf_add_rune(&result, rune);
	}
	kept = str_copy(arena, strbuf_str(&result));
	strbuf_release(&result);
	return kept;
}

void lint_title_same(struct lint *lint, const struct lint_rule *rule)
{
	struct str title = title_of(lint), other = lint->draft->claim_title;

	if (title.size > 0 && other.size > 0 &&
	    !str_equal(normalised(lint->arena, title), normalised(lint->arena, other)))
		add_at(lint, rule, title, NULL, str_to_cstr(lint->arena, other));
}

/* Whether two texts share a run of two characters at the end of b: 装置 of 检测装置. */
static bool shares_head(struct str title, struct str subject)
{
	size_t runes = utf8_count(subject);
	size_t from = utf8_offset(subject, runes > 2 ? runes - 2 : 0);

	return str_find(title, str_slice(subject, from, subject.size)) != STR_NOT_FOUND;
}

/* Carriers of a method, which titles leave out. */
static bool is_carrier(struct str subject)
{
	static const struct str ends[] = { STR_INIT("存储介质"), STR_INIT("程序产品"),
					   STR_INIT("电子设备"), STR_INIT("计算机设备") };

	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
		if (str_ends_with(subject, ends[i]))
			return true;
	return false;
}

/* The subject of every independent claim that refers to no other is found in the title. */
void lint_title_subject(struct lint *lint, const struct lint_rule *rule)
{
	struct str title = title_of(lint);

	for (size_t i = 0; i < lint->claims.count; i++) {
		const struct claim *claim = &lint->claims.claims[i];
		size_t start;

		if (claim->is_dependent || claim->reference_count > 0 || claim->subject.size == 0 ||
		    title.size == 0 || is_carrier(claim->subject) ||
		    shares_head(title, claim->subject))
			continue;
		start = (size_t)(claim->subject.data - lint->claims.text.data);
		lint_add(lint, rule, DRAFT_CLAIMS, start, start + claim->subject.size, NULL,
			 str_to_cstr(lint->arena, title));
	}
}

static void check_length(struct lint *lint, const struct lint_rule *rule, size_t above,
			 size_t up_to)
{
	struct str title = title_of(lint);
	size_t count = lint_count_runes(title);
	char text[24];

	if (count <= above || count > up_to)
		return;
	snprintf(text, sizeof(text), "%zu", count);
	add_at(lint, rule, title, text, "");
}

enum { TITLE_USUAL_MAX = 25, TITLE_OLD_MAX = 40, TITLE_MAX = 60 };

void lint_title_long(struct lint *lint, const struct lint_rule *rule)
{
	check_length(lint, rule, TITLE_USUAL_MAX, TITLE_MAX);
}

void lint_title_over_40(struct lint *lint, const struct lint_rule *rule)
{
	check_length(lint, rule, TITLE_OLD_MAX, SIZE_MAX);
}

void lint_title_too_long(struct lint *lint, const struct lint_rule *rule)
{
	check_length(lint, rule, TITLE_MAX, SIZE_MAX);
}

/* A title that says no more than what kind of thing it is. */
void lint_title_bare(struct lint *lint, const struct lint_rule *rule)
{
	static const char *const bare[] = { "方法",     "装置",       "设备",       "系统",
					    "组合物",   "化合物",     "产品",       "工艺",
					    "技术",     "一种方法",   "一种装置",   "一种设备",
					    "一种系统", "一种组合物", "一种化合物", "一种产品",
					    "一种工艺" };
	struct str title = title_of(lint);

	for (size_t i = 0; i < sizeof(bare) / sizeof(bare[0]); i++)
		if (str_equal_cstr(title, bare[i]))
			add_at(lint, rule, title, NULL, "");
}

static void add_title_words(struct lint *lint, const struct lint_rule *rule)
{
	lint_add_words(lint, rule, DRAFT_TITLE, 0, lint_text(lint, DRAFT_TITLE).size);
}

void lint_title_similar(struct lint *lint, const struct lint_rule *rule)
{
	add_title_words(lint, rule);
}

void lint_title_words(struct lint *lint, const struct lint_rule *rule)
{
	add_title_words(lint, rule);
}

static bool is_code_byte(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
	       c == '-' || c == '/';
}

/* A model such as XK-200: letters, then a hyphen and at least two digits. */
static bool is_model(struct str word)
{
	size_t hyphen = str_find_byte(word, '-'), digits = 0;

	if (hyphen == STR_NOT_FOUND || hyphen == 0 || word.data[0] < 'A' || word.data[0] > 'Z')
		return false;
	for (size_t i = hyphen + 1; i < word.size; i++)
		digits += word.data[i] >= '0' && word.data[i] <= '9';
	return digits >= 2;
}

void lint_title_code(struct lint *lint, const struct lint_rule *rule)
{
	struct str title = title_of(lint);
	size_t at = 0;

	while (at < title.size) {
		size_t end = at;

		while (end < title.size && is_code_byte(title.data[end]))
			end++;
		if (end > at && is_model(str_slice(title, at, end)))
			add_at(lint, rule, str_slice(title, at, end), NULL, "");
		at = end > at ? end : at + 1;
	}
}

void lint_title_prefix(struct lint *lint, const struct lint_rule *rule)
{
	struct str whole = str_trim(lint_text(lint, DRAFT_TITLE)), title = title_of(lint);

	if (whole.size != title.size)
		add_at(lint, rule, str_slice(whole, 0, whole.size - title.size), NULL, "");
}
