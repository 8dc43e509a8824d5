/* Claims beside each other: repeated, of one category, and what a set of claims should hold. */
#include "rule/lint_claim_internal.h"

#include "base/map.h"
#include "base/utf8.h"

#include <string.h>

enum { SAME_SIZE_MIN = 12 };

/* What a claim adds, without signs and blanks, behind its parents and kind: equal for repeated claims. */
static struct str essence(struct lint *lint, const struct claim *claim)
{
	struct str text = claim->mark < claim->end
				  ? str_slice(lint->claims.text, claim->mark_end, claim->end)
				  : claim_body(&lint->claims, claim);
	struct strbuf out = STRBUF_INIT;
	struct str result;

	for (size_t at = 0; at < text.size;) {
		size_t start = at;
		uint32_t rune = utf8_next(text, &at);

		if (utf8_is_cjk(rune) ||
		    (rune < 0x80 && rune > ' ' && !strchr(".,;:()", (int)rune)))
			strbuf_add(&out, text.data + start, at - start);
	}
	if (out.size >= SAME_SIZE_MIN) {
		strbuf_addf(&out, "|%.*s|%d", STR_ARGS(claim->subject), (int)claim->category);
		for (size_t i = 0; i < claim->parent_count; i++)
			strbuf_addf(&out, "|%u", claim->parents[i]);
		result = str_copy(lint->arena, strbuf_str(&out));
	} else {
		result = STR_EMPTY;
	}
	strbuf_release(&out);
	return result;
}

static void release_map(void *map)
{
	map_destroy(map);
}

void lint_claim_repeated(struct lint *lint, const struct lint_rule *rule)
{
	struct map *seen = map_create();

	arena_defer(lint->arena, release_map, seen);
	for (size_t i = 0; i < lint->claims.count; i++) {
		const struct claim *claim = &lint->claims.claims[i];
		struct str key = essence(lint, claim);
		bool is_new;
		uint64_t *first;

		if (key.size == 0)
			continue;
		first = map_put(seen, key, &is_new);
		if (is_new)
			*first = i;
		else
			lint_add(
				lint, rule, DRAFT_CLAIMS, claim->start, claim->body,
				arena_printf(lint->arena, "%u", lint->claims.claims[*first].number),
				"");
	}
}

/* Independent claims of one kind that do not refer to each other. */
void lint_claim_unity(struct lint *lint, const struct lint_rule *rule)
{
	unsigned first[CLAIM_USE + 1] = { 0 };

	for (size_t i = 0; i < lint->claims.count; i++) {
		const struct claim *claim = &lint->claims.claims[i];

		if (claim->root != i || claim->parent_count)
			continue;
		if (first[claim->category])
			lint_add(lint, rule, DRAFT_CLAIMS, claim->start, claim->body,
				 arena_printf(lint->arena, "%u", claim->number),
				 arena_printf(lint->arena, "%u", first[claim->category]));
		else
			first[claim->category] = claim->number;
	}
}

static bool is_software(struct str body)
{
	static const char *const words[] = { "计算机", "处理器",   "服务器",   "神经网络",
					     "数据库", "图像识别", "机器学习", NULL };

	for (size_t i = 0; words[i]; i++)
		if (str_find(body, str_of(words[i])) != STR_NOT_FOUND)
			return true;
	return false;
}

void lint_claim_software(struct lint *lint, const struct lint_rule *rule)
{
	const struct claim *method = NULL;
	bool has_product = false;

	for (size_t i = 0; i < lint->claims.count; i++) {
		const struct claim *claim = &lint->claims.claims[i];

		has_product |= claim->root == i && claim->category == CLAIM_PRODUCT;
		if (!method && claim->root == i && claim->category == CLAIM_METHOD &&
		    is_software(claim_body(&lint->claims, claim)))
			method = claim;
	}
	if (method && !has_product)
		lint_add(lint, rule, DRAFT_CLAIMS, method->start, method->body,
			 arena_printf(lint->arena, "%u", method->number), "");
}
