#include "rule/lint_text_internal.h"

#include "base/map.h"
#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

/*
 * Reference signs: what the description lists ("附图标记说明：1-壳体；2-弹簧"), and how text and
 * abstract use it. Without such a list nothing is guessed.
 */
enum { SIGNS_MAX = 2000, SIGN_SIZE_MAX = 8, NAME_RUNES_MAX = 16 };

static bool is_sign_byte(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       c == '\'';
}

/* "12", "3a", "S101": at least one digit. */
static size_t sign_size(struct str text, size_t at)
{
	size_t size = 0;
	bool digit = false;

	while (at + size < text.size && is_sign_byte(text.data[at + size])) {
		digit = digit || (text.data[at + size] >= '0' && text.data[at + size] <= '9');
		size++;
	}
	return digit && size <= SIGN_SIZE_MAX ? size : 0;
}

/* What parts sign and name: 1-壳体, 1、壳体, 1：壳体, 壳体1. */
static size_t join_size(struct str text, size_t at)
{
	static const struct str joins[] = { STR_INIT("-"),  STR_INIT("－"), STR_INIT("—"),
					    STR_INIT("–"),  STR_INIT("、"), STR_INIT("："),
					    STR_INIT(":"),  STR_INIT("."),  STR_INIT("．"),
					    STR_INIT("为"), STR_INIT(" "),  STR_INIT("\t"),
					    STR_INIT("―"),  STR_INIT("─") };
	size_t size = 0;

	for (bool again = true; again;) {
		again = false;
		for (size_t i = 0; i < sizeof(joins) / sizeof(joins[0]) && !again; i++)
			if (str_starts_with(str_slice(text, at + size, text.size), joins[i])) {
				size += joins[i].size;
				again = true;
			}
	}
	return size;
}

/* A run of Chinese characters and letters, of a length a name of a part may have. */
static bool is_name(struct str name)
{
	size_t runes = utf8_count(name);

	return runes >= 1 && runes <= NAME_RUNES_MAX && lint_is_cjk_at(name, 0) &&
	       str_find(name, STR("图")) == STR_NOT_FOUND &&
	       str_find(name, STR("所示")) == STR_NOT_FOUND;
}

/* One item of the list: sign and name in either order. */
static bool read_item(struct str item, struct lint_sign *sign_out)
{
	size_t size, join;

	item = str_trim(item);
	size = sign_size(item, 0);
	if (size > 0) {
		join = join_size(item, size);
		sign_out->sign = str_slice(item, 0, size);
		sign_out->name = str_trim(str_slice(item, size + join, item.size));
		return is_name(sign_out->name);
	}
	for (size_t at = 0; at < item.size; at++) {
		size = sign_size(item, at);
		if (size == 0 || at + size != item.size || at == 0)
			continue;
		sign_out->sign = str_slice(item, at, item.size);
		sign_out->name = str_slice(item, 0, at);
		while (str_ends_with(sign_out->name, STR("-")) ||
		       str_ends_with(sign_out->name, STR(" ")))
			sign_out->name.size--;
		if (str_ends_with(sign_out->name, STR("－")) ||
		    str_ends_with(sign_out->name, STR("—")) ||
		    str_ends_with(sign_out->name, STR("：")))
			sign_out->name.size -= 3;
		return is_name(sign_out->name);
	}
	return false;
}

static size_t item_end(struct str text, size_t at, size_t end, size_t *next_out)
{
	static const struct str ends[] = { STR_INIT("；"), STR_INIT(";"),  STR_INIT("，"),
					   STR_INIT(","),  STR_INIT("。"), STR_INIT("\n") };
	size_t best = end, size = 0;

	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		size_t found = str_find(str_slice(text, at, best), ends[i]);

		if (found != STR_NOT_FOUND) {
			best = at + found;
			size = ends[i].size;
		}
	}
	*next_out = best + size;
	return best;
}

static void read_items(struct str text, size_t from, size_t to, struct list *signs)
{
	for (size_t at = from, next; at < to && signs->count < SIGNS_MAX; at = next) {
		size_t end = item_end(text, at, to, &next);
		struct lint_sign sign = { .at = at };
		struct str item = str_slice(text, at, end);
		size_t colon = str_find(item, STR("："));

		if (next <= at)
			next = at + 1;
		/* "其中：1-壳体" */
		if (colon != STR_NOT_FOUND && colon > 0 && sign_size(item, 0) == 0 &&
		    colon + 3 < item.size)
			item = str_slice(item, colon + 3, item.size);
		if (!read_item(item, &sign))
			continue;
		sign.at = (size_t)(str_trim(item).data - text.data);
		sign.end = sign.at + str_trim(item).size;
		*(struct lint_sign *)list_add(signs) = sign;
	}
}

/* Where the list begins: behind the word that announces it, in 附图说明 or at a line's start. */
static size_t find_list(struct str section)
{
	static const struct str words[] = { STR_INIT("附图标记"), STR_INIT("标记说明"),
					    STR_INIT("标号说明"), STR_INIT("图中标记"),
					    STR_INIT("图中标号"), STR_INIT("图中："),
					    STR_INIT("图中:"),    STR_INIT("其中："),
					    STR_INIT("其中，"),   STR_INIT("图中，"),
					    STR_INIT("图号说明") };
	size_t best = STR_NOT_FOUND;

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		size_t at = str_find(section, words[i]);

		if (at != STR_NOT_FOUND && (best == STR_NOT_FOUND || at < best))
			best = at;
	}
	return best;
}

size_t lint_signs(struct lint *lint, const struct lint_sign **signs_out)
{
	struct str text = lint_text(lint, DRAFT_DESCRIPTION);
	struct lint_section sections[SECTION_COUNT];
	struct list signs = LIST_OF(struct lint_sign);
	const struct lint_section *drawings = &sections[SECTION_DRAWINGS];
	size_t count, begin;

	lint_sections(lint, sections);
	begin = find_list(lint_section_text(lint, drawings));
	if (begin != STR_NOT_FOUND)
		read_items(text, drawings->start + begin, drawings->end, &signs);
	if (signs.count < 2) /* one may be chance */
		list_clear(&signs);
	*signs_out = list_to_arena(&signs, lint->arena, &count);
	return count;
}

/* As much of a text as is looked through for every sign, so that the time stays bounded. */
static size_t searched_end(size_t start, size_t end, size_t count)
{
	enum { SEARCHED_MAX = 1 << 29 }; /* bytes, for all signs together */
	size_t room = SEARCHED_MAX / (count ? count : 1);

	return end - start > room ? start + room : end;
}

/* One sign with two names. */
void lint_sign_names(struct lint *lint, const struct lint_rule *rule)
{
	const struct lint_sign *signs;
	size_t count = lint_signs(lint, &signs);
	struct map *seen = map_create();

	for (size_t i = 0; i < count; i++) {
		bool is_new;
		uint64_t *at = map_put(seen, signs[i].sign, &is_new);

		if (is_new)
			*at = i;
		else if (!str_equal(signs[*at].name, signs[i].name))
			lint_add(lint, rule, DRAFT_DESCRIPTION, signs[i].at, signs[i].end,
				 str_to_cstr(lint->arena, signs[i].sign),
				 arena_printf(lint->arena, "%.*s、%.*s", STR_ARGS(signs[*at].name),
					      STR_ARGS(signs[i].name)));
	}
	map_destroy(seen);
}

/* One name with two signs. */
void lint_sign_twice(struct lint *lint, const struct lint_rule *rule)
{
	const struct lint_sign *signs;
	size_t count = lint_signs(lint, &signs);
	struct map *seen = map_create();

	for (size_t i = 0; i < count; i++) {
		bool is_new;
		uint64_t *at = map_put(seen, signs[i].name, &is_new);

		if (is_new)
			*at = i;
		else if (!str_equal(signs[*at].sign, signs[i].sign))
			lint_add(lint, rule, DRAFT_DESCRIPTION, signs[i].at, signs[i].end,
				 str_to_cstr(lint->arena, signs[i].name),
				 arena_printf(lint->arena, "%.*s、%.*s", STR_ARGS(signs[*at].sign),
					      STR_ARGS(signs[i].sign)));
	}
	map_destroy(seen);
}

static const struct lint_sign *sign_of(const struct lint_sign *signs, size_t count, struct str sign)
{
	for (size_t i = 0; i < count; i++)
		if (str_equal(signs[i].sign, sign))
			return &signs[i];
	return NULL;
}

/* A count and not a sign: 弹簧3个. */
static bool is_measured(struct str rest)
{
	static const struct str words[] = {
		STR_INIT("个"),   STR_INIT("根"),   STR_INIT("条"), STR_INIT("片"), STR_INIT("块"),
		STR_INIT("层"),   STR_INIT("组"),   STR_INIT("次"), STR_INIT("倍"), STR_INIT("年"),
		STR_INIT("月"),   STR_INIT("日"),   STR_INIT("℃"),  STR_INIT("%"),  STR_INIT("％"),
		STR_INIT("份"),   STR_INIT("."),    STR_INIT("-"),  STR_INIT("～"), STR_INIT("~"),
		STR_INIT("小时"), STR_INIT("分钟"), STR_INIT("秒"), STR_INIT("台"), STR_INIT("位"),
		STR_INIT("级"),   STR_INIT("°"),    STR_INIT("毫"), STR_INIT("厘"), STR_INIT("米"),
		STR_INIT("克"),   STR_INIT("号"),   STR_INIT("至"), STR_INIT("~"),  STR_INIT("×")
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (str_starts_with(rest, words[i]))
			return true;
	return false;
}

typedef void sign_use_fn(struct lint *lint, const struct lint_rule *rule,
			 const struct lint_sign *signs, size_t count, const struct lint_sign *named,
			 struct str used, size_t start);

/* Every place of the embodiments where a listed name stands right in front of a sign. */
static void walk_uses(struct lint *lint, const struct lint_rule *rule, sign_use_fn *take)
{
	struct str text = lint_text(lint, DRAFT_DESCRIPTION);
	struct lint_section sections[SECTION_COUNT];
	const struct lint_section *part = &sections[SECTION_EMBODIMENTS];
	const struct lint_sign *signs;
	size_t count = lint_signs(lint, &signs);

	lint_sections(lint, sections);
	text = str_slice(text, 0, searched_end(part->start, part->end, count));
	for (size_t i = 0; part->start > 0 && i < count; i++) {
		size_t at = part->start, next;

		while ((next = str_find(str_slice(text, at, text.size), signs[i].name)) !=
		       STR_NOT_FOUND) {
			size_t start = at + next, end = start + signs[i].name.size;
			size_t size = sign_size(text, end);

			at = end;
			if (size > 0 && !is_measured(str_slice(text, end + size, text.size)))
				take(lint, rule, signs, count, &signs[i],
				     str_slice(text, end, end + size), start);
		}
	}
}

static void add_use(struct lint *lint, const struct lint_rule *rule, const struct lint_sign *named,
		    struct str used, size_t start, struct str hint)
{
	lint_add(lint, rule, DRAFT_DESCRIPTION, start, start + named->name.size + used.size, NULL,
		 str_to_cstr(lint->arena, hint));
}

/* The name with the sign of another part; 弹簧 for 复位弹簧 is the same part. */
static void take_text(struct lint *lint, const struct lint_rule *rule,
		      const struct lint_sign *signs, size_t count, const struct lint_sign *named,
		      struct str used, size_t start)
{
	const struct lint_sign *other = sign_of(signs, count, used);

	if (other && !str_ends_with(other->name, named->name) &&
	    !str_ends_with(named->name, other->name))
		add_use(lint, rule, named, used, start,
			str_of(arena_printf(lint->arena, "%.*s%.*s", STR_ARGS(named->name),
					    STR_ARGS(named->sign))));
}

void lint_sign_text(struct lint *lint, const struct lint_rule *rule)
{
	walk_uses(lint, rule, take_text);
}

static void take_undeclared(struct lint *lint, const struct lint_rule *rule,
			    const struct lint_sign *signs, size_t count,
			    const struct lint_sign *named, struct str used, size_t start)
{
	if (!sign_of(signs, count, used))
		add_use(lint, rule, named, used, start, named->sign);
}

void lint_sign_undeclared(struct lint *lint, const struct lint_rule *rule)
{
	walk_uses(lint, rule, take_undeclared);
}

static bool is_used(struct str text, struct str sign)
{
	size_t at = 0, next;

	while ((next = str_find(str_slice(text, at, text.size), sign)) != STR_NOT_FOUND) {
		size_t start = at + next, end = start + sign.size;

		at = end;
		if ((start == 0 || !is_sign_byte(text.data[start - 1])) &&
		    (end >= text.size || !is_sign_byte(text.data[end])))
			return true;
	}
	return false;
}

void lint_sign_unused(struct lint *lint, const struct lint_rule *rule)
{
	struct lint_section sections[SECTION_COUNT];
	const struct lint_sign *signs;
	size_t count = lint_signs(lint, &signs);
	struct str text;

	lint_sections(lint, sections);
	text = lint_section_text(lint, &sections[SECTION_EMBODIMENTS]);
	if (searched_end(0, text.size, count) < text.size)
		return; /* what is not looked through may have the sign */
	for (size_t i = 0; text.size > 0 && i < count; i++)
		if (!is_used(text, signs[i].sign))
			lint_add(lint, rule, DRAFT_DESCRIPTION, signs[i].at, signs[i].end, NULL,
				 "");
}

/* 壳体（1） in the description; told once, with how often. */
void lint_sign_brackets(struct lint *lint, const struct lint_rule *rule)
{
	struct str text = lint_text(lint, DRAFT_DESCRIPTION);
	const struct lint_sign *signs;
	size_t count = lint_signs(lint, &signs), found = 0, first = 0, first_end = 0;
	char total[24];

	text = str_slice(text, 0, searched_end(0, text.size, count));
	for (size_t i = 0; i < count; i++) {
		size_t at = 0, next;

		while ((next = str_find(str_slice(text, at, text.size), signs[i].name)) !=
		       STR_NOT_FOUND) {
			size_t end = at + next + signs[i].name.size;
			struct str rest = str_slice(text, end, text.size);
			size_t open = str_starts_with(rest, STR("（"))  ? 3
				      : str_starts_with(rest, STR("(")) ? 1
									: 0;

			if (open > 0 &&
			    str_starts_with(str_slice(rest, open, rest.size), signs[i].sign)) {
				if (found++ == 0 || at + next < first) {
					first = at + next;
					first_end = end + open + signs[i].sign.size + open;
				}
			}
			at = end;
		}
	}
	if (found == 0)
		return;
	snprintf(total, sizeof(total), "%zu", found);
	lint_add(lint, rule, DRAFT_DESCRIPTION, first, first_end, total, "");
}
