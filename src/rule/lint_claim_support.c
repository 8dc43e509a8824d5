/* Claims against the description: their terms and their reference signs. */
#include "rule/lint_claim_internal.h"
#include "rule/lint_text_internal.h"

#include "base/map.h"
#include "base/utf8.h"
#include "rule/claim_phrase.h"

#include <string.h>

enum { SIGN_SIZE_MAX = 6, SEARCH_SIZE_MAX = 200 << 20 /* bytes looked through for terms */ };

static void release_map(void *map)
{
	map_destroy(map);
}

static struct map *new_map(struct lint *lint)
{
	struct map *map = map_create();

	arena_defer(lint->arena, release_map, map);
	return map;
}

/* The description in front of and behind its background section, which supports nothing. */
static void supporting_parts(const struct lint *lint, struct str parts_out[2])
{
	struct str text = lint_text(lint, DRAFT_DESCRIPTION), behind;
	size_t from = str_find(text, STR("背景技术\n")), to;

	parts_out[0] = text;
	parts_out[1] = STR_EMPTY;
	if (from == STR_NOT_FOUND)
		return;
	behind = str_slice(text, from, text.size);
	to = str_find(behind, STR("发明内容\n"));
	if (to == STR_NOT_FOUND)
		to = str_find(behind, STR("实用新型内容\n"));
	if (to == STR_NOT_FOUND)
		return;
	parts_out[0] = str_slice(text, 0, from);
	parts_out[1] = str_slice(behind, to, behind.size);
}

/* The characters [from, to) as they are written. */
static struct str written(const struct lint *lint, const struct claim_runes *runes, size_t from,
			  size_t to)
{
	size_t end = runes->bytes[to - 1];

	utf8_next(lint->claims.text, &end);
	return str_slice(lint->claims.text, runes->bytes[from], end);
}

struct support {
	struct str parts[2];
	size_t left; /* bytes that may still be searched */
};

static bool is_supported(struct support *support, struct str words)
{
	size_t size = support->parts[0].size + support->parts[1].size;

	if (support->left < size)
		return true;
	support->left -= size;
	return str_find(support->parts[0], words) != STR_NOT_FOUND ||
	       str_find(support->parts[1], words) != STR_NOT_FOUND;
}

/* A phrase may be cut too long, so its beginning is enough unless it ends as a thing does. */
static bool is_phrase_supported(struct lint *lint, struct support *support,
				const struct claim_runes *runes,
				const struct claim_mention *mention)
{
	size_t size = mention->end - mention->start;

	if (size < 2 || is_supported(support, written(lint, runes, mention->start, mention->end)))
		return true;
	if (claim_phrase_is_thing(runes, mention->start, mention->end) || size < 4)
		return false;
	return is_supported(support, written(lint, runes, mention->start, mention->end - 2));
}

void lint_claim_terms(struct lint *lint, const struct lint_rule *rule)
{
	struct claim_scope *scope;
	const struct claim_runes *runes;
	struct claim_mention *mentions;
	struct support support = { .left = SEARCH_SIZE_MAX };
	struct map *seen;
	size_t count;

	if (lint_text(lint, DRAFT_DESCRIPTION).size == 0)
		return;
	supporting_parts(lint, support.parts);
	scope = claim_scope_create(lint->arena, &lint->claims);
	runes = claim_scope_runes(scope);
	count = claim_mentions(lint->arena, &lint->claims, runes, &mentions);
	seen = new_map(lint);
	for (size_t i = 0; i < count; i++) {
		struct str words = written(lint, runes, mentions[i].start, mentions[i].end);
		bool is_new;

		map_put(seen, words, &is_new);
		if (is_new && !is_phrase_supported(lint, &support, runes, &mentions[i]))
			lint_add(lint, rule, DRAFT_CLAIMS, runes->bytes[mentions[i].start],
				 runes->bytes[mentions[i].end - 1] + 1,
				 str_to_cstr(lint->arena, words), "");
	}
}

/* A reference sign in a text and the last two characters of the name before it. */
struct sign {
	struct str name, sign;
	size_t start, end; /* of the sign, with its brackets */
	bool is_bracketed;
};

static bool is_sign_byte(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '\'';
}

static size_t open_bracket(struct str text, size_t at)
{
	struct str rest = str_slice(text, at, text.size);

	return str_starts_with(rest, STR("("))    ? 1
	       : str_starts_with(rest, STR("（")) ? strlen("（")
						  : 0;
}

static bool is_closed(struct str text, size_t at, size_t *end_out)
{
	struct str rest = str_slice(text, at, text.size);

	*end_out = at + (str_starts_with(rest, STR(")"))    ? 1
			 : str_starts_with(rest, STR("）")) ? strlen("）")
							    : 0);
	return *end_out > at;
}

/* What follows a number that counts or measures. */
static bool is_measure(struct str rest)
{
	static const char *const units[] = { "～", "％", "±",  "：", "°",  "℃",  "×",  "天", "小",
					     "分", "份", "倍", "次", "个", "种", "层", "级", "度",
					     "年", "月", "日", "周", "元", "台", "条", "根", "块",
					     "组", "片", "位", "mm", "cm", "kg", "h",  NULL };

	for (size_t i = 0; units[i]; i++)
		if (str_starts_with(rest, str_of(units[i])))
			return true;
	return rest.size && strchr(".%-~/:", rest.data[0]);
}

/* Reads 弹簧3 or 弹簧（3） with the sign beginning behind `at`, the end of a Han character. */
static bool read_sign(struct str text, size_t at, struct sign *sign_out)
{
	size_t bracket = open_bracket(text, at), start = at + bracket, end = start, close;

	if (start >= text.size || text.data[start] < '1' || text.data[start] > '9')
		return false;
	while (end < text.size && end - start <= SIGN_SIZE_MAX && is_sign_byte(text.data[end]))
		end++;
	if (end - start > SIGN_SIZE_MAX || is_measure(str_slice(text, end, text.size)))
		return false;
	sign_out->is_bracketed = bracket > 0;
	sign_out->sign = str_slice(text, start, end);
	sign_out->start = at;
	sign_out->end = end;
	if (bracket && !is_closed(text, end, &close))
		return false;
	if (bracket)
		sign_out->end = close;
	return true;
}

typedef void sign_fn(void *context, const struct sign *sign);

/* Signs behind two Han characters; numbers of steps, figures, claims and the like are none. */
static void each_sign(struct str text, sign_fn *visit, void *context)
{
	static const char *const numbered[] = { "步骤", "要求", "附图", "如图", "实施例",
						"式",   "表",   "第",   "图",   "为",
						"于",   "约",   "少",   "多",   "是",
						"取",   "达",   "有",   "和",   NULL };
	size_t before = 0, last = 0;
	bool was_han = false, is_numbered;

	for (size_t at = 0; at < text.size;) {
		size_t start = at;
		uint32_t rune = utf8_next(text, &at);
		struct sign sign;

		if (!utf8_is_cjk(rune)) {
			was_han = false;
			continue;
		}
		before = was_han ? last : start;
		last = start;
		if (was_han && read_sign(text, at, &sign)) {
			sign.name = str_slice(text, before, at);
			is_numbered = false;
			for (size_t i = 0; numbered[i] && !is_numbered; i++)
				is_numbered = str_ends_with(sign.name, str_of(numbered[i]));
			if (!is_numbered)
				visit(context, &sign);
		}
		was_han = true;
	}
}

struct sign_check {
	struct lint *lint;
	const struct lint_rule *rule;
	struct map *pairs; /* "弹簧3" of the description -> times */
	struct map *names; /* "3" -> index + 1 of the first name in `list` */
	struct list list;  /* struct sign */
	bool is_own;       /* the claims are compared with themselves */
};

static struct str pair_of(struct lint *lint, const struct sign *sign)
{
	return str_of(
		arena_printf(lint->arena, "%.*s%.*s", STR_ARGS(sign->name), STR_ARGS(sign->sign)));
}

static void remember_sign(void *context, const struct sign *sign)
{
	struct sign_check *check = context;
	uint64_t *first;

	if (check->is_own && !sign->is_bracketed)
		return;
	first = map_put(check->names, sign->sign, NULL);
	++*map_put(check->pairs, pair_of(check->lint, sign), NULL);
	if (*first == 0) {
		*(struct sign *)list_add(&check->list) = *sign;
		*first = check->list.count;
	}
}

/* The characters that end a name decide: 左弹簧 and 弹簧 are one part as far as can be told. */
static bool has_same_end(struct str a, struct str b)
{
	size_t last = strlen("簧");

	return a.size >= last && b.size >= last &&
	       str_equal(str_slice(a, a.size - last, a.size), str_slice(b, b.size - last, b.size));
}

static void compare_sign(void *context, const struct sign *sign)
{
	struct sign_check *check = context;
	uint64_t *first = map_find(check->names, sign->sign);
	struct str name;

	if (!sign->is_bracketed || !first)
		return;
	if (!check->is_own && map_find(check->pairs, pair_of(check->lint, sign)))
		return;
	name = LIST_AT(&check->list, struct sign, *first - 1).name;
	if (!has_same_end(name, sign->name))
		lint_add(check->lint, check->rule, DRAFT_CLAIMS, sign->start - sign->name.size,
			 sign->end, NULL,
			 arena_printf(check->lint->arena, "%.*s%.*s", STR_ARGS(name),
				      STR_ARGS(sign->sign)));
}

static void find_bare(void *context, const struct sign *sign)
{
	struct sign_check *check = context;

	if (!sign->is_bracketed && map_find(check->pairs, pair_of(check->lint, sign)))
		lint_add(check->lint, check->rule, DRAFT_CLAIMS, sign->start - sign->name.size,
			 sign->end, NULL, "");
}

/* The two last characters of a listed name, as signs in texts are read. */
static void remember_listed(struct sign_check *check, const struct lint_sign *listed)
{
	size_t from = listed->name.size > 2 * strlen("簧") ? listed->name.size - 2 * strlen("簧")
							   : 0;
	struct sign sign = { .sign = listed->sign };

	while (from > 0 && ((unsigned char)listed->name.data[from] & 0xC0) == 0x80)
		from--;
	sign.name = str_slice(listed->name, from, listed->name.size);
	remember_sign(check, &sign);
}

static void release_sign_check(struct sign_check *check)
{
	list_release(&check->list);
}

static struct sign_check sign_check_of(struct lint *lint, const struct lint_rule *rule, bool is_own)
{
	return (struct sign_check){ lint,  rule, new_map(lint), new_map(lint), LIST_OF(struct sign),
				    is_own };
}

/* By the description's list of signs, else by its text. */
void lint_claim_signs(struct lint *lint, const struct lint_rule *rule)
{
	struct sign_check check = sign_check_of(lint, rule, false);
	const struct lint_sign *listed;
	size_t count = lint_signs(lint, &listed);

	for (size_t i = 0; i < count; i++)
		remember_listed(&check, &listed[i]);
	if (count == 0)
		each_sign(lint_text(lint, DRAFT_DESCRIPTION), remember_sign, &check);
	each_sign(lint->claims.text, compare_sign, &check);
	release_sign_check(&check);
}

/* Only by the list: in a text without one a number may be anything. */
void lint_claim_bare_signs(struct lint *lint, const struct lint_rule *rule)
{
	struct sign_check check = sign_check_of(lint, rule, false);
	const struct lint_sign *listed;
	size_t count = lint_signs(lint, &listed);

	for (size_t i = 0; i < count; i++)
		remember_listed(&check, &listed[i]);
	each_sign(lint->claims.text, find_bare, &check);
	release_sign_check(&check);
}

void lint_claim_sign_names(struct lint *lint, const struct lint_rule *rule)
{
	struct sign_check check = sign_check_of(lint, rule, true);

	each_sign(lint->claims.text, remember_sign, &check);
	each_sign(lint->claims.text, compare_sign, &check);
	release_sign_check(&check);
}
