/* How claims are numbered, closed, worded and titled. */
#include "rule/lint_claim_internal.h"

#include "base/utf8.h"
#include "rule/fee.h"

#include <string.h>

enum { FREE_CLAIMS = 10, LONG_CLAIM = 800 /* characters */ };

static void add_at_number(struct lint *lint, const struct lint_rule *rule,
			  const struct claim *claim, const char *detail, const char *hint)
{
	size_t end = claim->body > claim->start ? claim->body : utf8_offset(lint->claims.text, 1);

	if (claim->body == claim->start)
		end = claim->start + utf8_offset(claim_body(&lint->claims, claim), 4);
	lint_add(lint, rule, DRAFT_CLAIMS, claim->start, end, detail, hint);
}

void lint_claim_numbers(struct lint *lint, const struct lint_rule *rule)
{
	for (size_t i = 0; i < lint->claims.count; i++) {
		const struct claim *claim = &lint->claims.claims[i];
		const char *due = arena_printf(lint->arena, "%zu", i + 1);
		const char *written = claim->number ? arena_printf(lint->arena, "%u", claim->number)
						    : "—";
		unsigned previous = i ? claim[-1].number : 0;

		/* One slip moves all that follow: only the claim where the order breaks is named. */
		if (claim->number != previous + 1)
			add_at_number(lint, rule, claim, written, due);
	}
}

void lint_claim_number_form(struct lint *lint, const struct lint_rule *rule)
{
	for (size_t i = 0; i < lint->claims.count; i++) {
		const struct claim *claim = &lint->claims.claims[i];

		if (claim->is_odd && claim->number)
			add_at_number(lint, rule, claim, NULL,
				      arena_printf(lint->arena, "%u.", claim->number));
	}
}

static struct str trimmed_body(const struct lint *lint, const struct claim *claim)
{
	return str_trim(claim_body(&lint->claims, claim));
}

/* Offset in the claims' text of a view of it. */
static size_t offset_of(const struct lint *lint, struct str view)
{
	return (size_t)(view.data - lint->claims.text.data);
}

void lint_claim_end(struct lint *lint, const struct lint_rule *rule)
{
	for (size_t i = 0; i < lint->claims.count; i++) {
		const struct claim *claim = &lint->claims.claims[i];
		struct str body = trimmed_body(lint, claim);
		size_t end, start;

		if (str_ends_with(body, STR("。")))
			continue;
		end = body.size ? offset_of(lint, body) + body.size : claim->end;
		start = end > claim->body ? end - 1 : end;
		lint_add(lint, rule, DRAFT_CLAIMS, start, end, NULL, "");
	}
}

void lint_claim_periods(struct lint *lint, const struct lint_rule *rule)
{
	for (size_t i = 0; i < lint->claims.count; i++) {
		struct str body = trimmed_body(lint, &lint->claims.claims[i]);
		size_t at = 0, next;

		while ((next = str_find(str_slice(body, at, body.size), STR("。"))) !=
		       STR_NOT_FOUND) {
			size_t place = offset_of(lint, body) + at + next;
			size_t before = place;

			at += next + 3;
			if (at >= body.size)
				break;
			for (int runes = 0; runes < 6 && before > 0; before--)
				runes += ((unsigned char)lint->claims.text.data[before - 1] &
					  0xC0) != 0x80;
			lint_add(lint, rule, DRAFT_CLAIMS, place, place + 3,
				 str_to_cstr(lint->arena,
					     str_slice(lint->claims.text, before, place + 3)),
				 "");
		}
	}
}

void lint_claim_marks(struct lint *lint, const struct lint_rule *rule)
{
	for (size_t i = 0; i < lint->claims.count; i++) {
		const struct claim *claim = &lint->claims.claims[i];
		struct str rest = str_slice(lint->claims.text, claim->mark_end, claim->end);
		size_t at = str_find(rest, STR("特征在于"));

		if (at != STR_NOT_FOUND)
			lint_add(lint, rule, DRAFT_CLAIMS, claim->mark_end + at,
				 claim->mark_end + at + strlen("特征在于"), NULL, "");
	}
}

void lint_claim_two_parts(struct lint *lint, const struct lint_rule *rule)
{
	for (size_t i = 0; i < lint->claims.count; i++) {
		const struct claim *claim = &lint->claims.claims[i];

		if (claim->mark == claim->end && !claim->is_dependent &&
		    claim->category != CLAIM_USE)
			add_at_number(lint, rule, claim, str_to_cstr(lint->arena, claim->subject),
				      "");
	}
}

static void add_subject(struct lint *lint, const struct lint_rule *rule, const struct claim *claim,
			const char *hint)
{
	size_t start = claim->subject.size ? offset_of(lint, claim->subject) : claim->body;

	lint_add(lint, rule, DRAFT_CLAIMS, start, start + claim->subject.size, NULL, hint);
}

void lint_claim_category(struct lint *lint, const struct lint_rule *rule)
{
	static const char *const both[] = {
		"及其制备方法", "及其制造方法", "及其制作方法", "及其生产方法",
		"及其使用方法", "及其控制方法", "及其加工方法", "及其应用",
		"及其方法",     "及其用途",     "和制备方法",   "及制备方法",
		"与制备方法",   "及制造方法",   "技术",         NULL
	};

	for (size_t i = 0; i < lint->claims.count; i++) {
		const struct claim *claim = &lint->claims.claims[i];

		for (size_t j = 0; !claim->is_dependent && both[j]; j++)
			if (str_ends_with(claim->subject, str_of(both[j]))) {
				add_subject(lint, rule, claim, both[j]);
				break;
			}
	}
}

void lint_claim_utility(struct lint *lint, const struct lint_rule *rule)
{
	for (size_t i = 0; i < lint->claims.count; i++)
		if (lint->claims.claims[i].category != CLAIM_PRODUCT &&
		    !lint->claims.claims[i].is_dependent)
			add_subject(lint, rule, &lint->claims.claims[i], "");
}

/* Letters and Han characters only, without 的: for comparing names of what is claimed. */
static struct str plain(struct arena *arena, struct str text)
{
	struct strbuf out = STRBUF_INIT;
	struct str result;

	for (size_t at = 0; at < text.size;) {
		size_t start = at;
		uint32_t rune = utf8_next(text, &at);

		if (rune > ' ' && !(rune >= 0x3000 && rune <= 0x303F) && rune != 0x7684 /* 的 */)
			strbuf_add(&out, text.data + start, at - start);
	}
	result = str_copy(arena, strbuf_str(&out));
	strbuf_release(&out);
	return result;
}

/* 注水方法 for 基于冲击波的注水方法 is the same subject, shortened; so is 该方法. */
static bool is_same_subject(struct arena *arena, struct str subject, struct str parent)
{
	static const char *const leads[] = { "上述", "该", "所述", "前述", NULL };
	struct str a = plain(arena, subject), b = plain(arena, parent);

	for (size_t i = 0; leads[i]; i++)
		if (str_starts_with(a, str_of(leads[i])))
			a = str_slice(a, strlen(leads[i]), a.size);
	return a.size == 0 || str_ends_with(b, a) || str_ends_with(a, b);
}

void lint_claim_subjects(struct lint *lint, const struct lint_rule *rule)
{
	for (size_t i = 0; i < lint->claims.count; i++) {
		const struct claim *claim = &lint->claims.claims[i];
		const struct claim *root = &lint->claims.claims[claim->root];

		if (claim->is_dependent && root != claim && claim->subject.size &&
		    root->subject.size &&
		    !is_same_subject(lint->arena, claim->subject, root->subject))
			add_subject(lint, rule, claim, str_to_cstr(lint->arena, root->subject));
	}
}

void lint_claim_count(struct lint *lint, const struct lint_rule *rule)
{
	const struct fee_rule *fee = fee_find(STR("claims"), lint->options->on);
	size_t count = lint->claims.count;
	int64_t each = fee ? fee_unit_amount(fee, lint->type) : NO_FEE;

	if (count > FREE_CLAIMS && each != NO_FEE)
		lint_add_whole(
			lint, rule, DRAFT_CLAIMS, arena_printf(lint->arena, "%zu", count),
			arena_printf(lint->arena, "%lld",
				     (long long)((int64_t)(count - FREE_CLAIMS) * each / YUAN(1))));
}

void lint_claim_length(struct lint *lint, const struct lint_rule *rule)
{
	for (size_t i = 0; i < lint->claims.count; i++) {
		const struct claim *claim = &lint->claims.claims[i];
		size_t runes = utf8_count(claim_body(&lint->claims, claim));

		if (!claim->is_dependent && runes > LONG_CLAIM)
			add_at_number(lint, rule, claim, arena_printf(lint->arena, "%zu", runes),
				      "");
	}
}
