#include "patent/claims.h"

#include "base/list.h"
#include "base/strbuf.h"

#include <string.h>

enum {
	CLAIMS_MAX = 2000,
	PARENTS_MAX = 200,
	REFERENCES_MAX = 1000,
	NUMBERS_MAX = 500,
	ANY_SPAN = 24,
	OPENING_SPAN = 60,
	NEAR = 3
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Reads up to four digits at *at. */
static unsigned read_number(struct str text, size_t *at)
{
	unsigned value = 0;
	size_t start = *at;

	while (*at < text.size && is_digit(text.data[*at]) && *at - start < 4)
		value = value * 10 + (unsigned)(text.data[(*at)++] - '0');
	return value;
}

static size_t any_prefix(struct str text, const char *const *words)
{
	for (; *words; words++)
		if (str_starts_with(text, str_of(*words)))
			return strlen(*words);
	return 0;
}

struct claim_text claim_number(struct str text)
{
	static const char *const dots[] = { ".", "．", "、", NULL };
	struct claim_text claim = { 0, text };
	size_t at = 0, dot;
	unsigned number = read_number(text, &at);

	if (at == 0 || number == 0)
		return claim;
	while (at < text.size && text.data[at] == ' ')
		at++;
	dot = any_prefix(str_slice(text, at, text.size), dots);
	if (dot == 0 || (at + dot < text.size && is_digit(text.data[at + dot])))
		return claim;
	claim.number = number;
	claim.text = str_trim(str_slice(text, at + dot, text.size));
	return claim;
}

/* Words that begin a claim of their own within a line. */
static const char *const openings[] = { "根据权利要求", "如权利要求", "按照权利要求",
					"依据权利要求", "按权利要求", "权利要求",
					"一种",         "根据上述",   "如上述",
					"The ",         "A ",         "An ",
					"according to", NULL };

static bool ends_sentence(struct str before)
{
	static const char *const ends[] = { "。", "；", ".", ";" };

	before = str_trim(before);
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
		if (str_ends_with(before, str_of(ends[i])))
			return true;
	return false;
}

/* Whether claim `due` begins at the offset. */
static bool begins_at(struct str text, size_t at, unsigned due)
{
	struct claim_text claim;
	size_t start = at;

	if (!is_digit(text.data[at]) || (at && is_digit(text.data[at - 1])))
		return false;
	claim = claim_number(str_slice(text, at, text.size));
	if (claim.number != due || claim.text.size == 0)
		return false;
	while (start && (text.data[start - 1] == ' ' || text.data[start - 1] == '\t'))
		start--;
	if (start == 0 || text.data[start - 1] == '\n')
		return true;
	return ends_sentence(str_slice(text, 0, start)) && any_prefix(claim.text, openings) > 0;
}

static void add_claim(struct list *claims, struct str text)
{
	struct claim_text claim = claim_number(str_trim(text));

	if (claim.text.size)
		*(struct claim_text *)list_add(claims) = claim;
}

size_t claims_split(struct arena *arena, struct str text, const struct claim_text **claims_out)
{
	struct list claims = LIST_OF(struct claim_text);
	size_t start = 0, count;
	unsigned due;

	text = str_trim(text);
	due = claim_number(text).number + 1;
	for (size_t at = 1; due > 1 && due <= CLAIMS_MAX && at < text.size; at++) {
		if (!begins_at(text, at, due))
			continue;
		add_claim(&claims, str_slice(text, start, at));
		start = at;
		due++;
	}
	add_claim(&claims, str_slice(text, start, text.size));
	*claims_out = list_to_arena(&claims, arena, &count);
	return count;
}

/* The word for claim, also before a further number: 权利要求1或权利要求2. */
static const char *const claim_words[] = { "权利要求书第", "权利要求第", "权利要求", NULL };

static size_t skip_blanks(struct str text, size_t at)
{
	while (at < text.size && (text.data[at] == ' ' || text.data[at] == '\n'))
		at++;
	return at;
}

static size_t skip_space(struct str text, size_t at)
{
	struct str rest = str_trim(str_slice(text, at, text.size));

	return rest.size ? (size_t)(rest.data - text.data) : text.size;
}

/* A digit in either width at the offset; *at moves behind it. */
static bool read_digit(struct str text, size_t *at, unsigned *digit_out)
{
	static const char wide[] = "\xEF\xBC"; /* U+FF10 to U+FF19 are EF BC 90 to 99 */
	size_t left = text.size - *at;
	unsigned char last;

	if (left && is_digit(text.data[*at])) {
		*digit_out = (unsigned)(text.data[(*at)++] - '0');
		return true;
	}
	if (left < 3 || memcmp(text.data + *at, wide, 2) != 0)
		return false;
	last = (unsigned char)text.data[*at + 2];
	if (last < 0x90 || last > 0x99)
		return false;
	*digit_out = last - 0x90u;
	*at += 3;
	return true;
}

static bool begins_claim(struct str text)
{
	return any_prefix(str_trim(text), openings) > 0;
}

static const char *const reference_openings[] = { "根据权利要求", "如权利要求", "按照权利要求",
						  "依据权利要求", "按权利要求", "根据上述权利要求",
						  "根据前述",     "如前述",     "前述权利要求",
						  "依照权利要求", NULL };

/* The number at the offset as drafts write it: "2.", "2、", "２．", "2)", "权利要求2：", "2". */
static bool read_label(struct str text, size_t at, struct claim_span *span_out)
{
	static const char *const dots[] = { ".", "．", "、", NULL };
	static const char *const odd_dots[] = { ")", "）", ":", "：", "。", ",", "，", NULL };
	size_t prefix = any_prefix(str_slice(text, at, text.size), claim_words), dot, start;
	unsigned number = 0, digit;

	*span_out = (struct claim_span){ .start = at, .is_odd = prefix > 0 };
	at += prefix;
	start = at;
	while (at - start < 12 && read_digit(text, &at, &digit))
		number = number * 10 + digit;
	if (at == start || number > 9999)
		return false;
	span_out->is_odd |= !is_digit(text.data[start]);
	at = skip_blanks(text, at);
	dot = any_prefix(str_slice(text, at, text.size), dots);
	if (!dot) {
		dot = any_prefix(str_slice(text, at, text.size), odd_dots);
		span_out->is_odd = true;
		if (!dot && prefix)
			return false; /* 权利要求1所述 */
	}
	at += dot;
	if (dot && read_digit(text, &(size_t){ at }, &digit))
		return false; /* 1.5 */
	span_out->number = number;
	span_out->body = at;
	return true;
}

static bool is_line_start(struct str text, size_t at)
{
	while (at && (text.data[at - 1] == ' ' || text.data[at - 1] == '\t'))
		at--;
	return at == 0 || text.data[at - 1] == '\n';
}

/* A number a little too high, behind a full stop: some are missing. */
static bool is_near(struct str text, const struct claim_span *span, unsigned due)
{
	return !span->is_odd && span->number > due && span->number <= due + NEAR &&
	       str_ends_with(str_trim(str_slice(text, 0, span->start)), STR("。"));
}

/* Whether a claim begins at the offset; due is the number that would follow the last one. */
static bool is_claim_start(struct str text, size_t at, unsigned due, struct claim_span *span_out)
{
	struct str rest = str_slice(text, at, text.size);
	bool at_line = is_line_start(text, at);

	if (read_label(text, at, span_out)) {
		struct str body = str_slice(text, span_out->body, span_out->body + OPENING_SPAN);

		if (at_line)
			return begins_claim(body) ||
			       any_prefix(str_trim(body), reference_openings) > 0 ||
			       (span_out->number == due && !span_out->is_odd) ||
			       is_near(text, span_out, due);
		return !span_out->is_odd && ends_sentence(str_slice(text, 0, at)) &&
		       (span_out->number == due
				? begins_claim(body)
				: any_prefix(str_trim(body), reference_openings) > 0);
	}
	*span_out = (struct claim_span){ .start = at, .body = at };
	return at_line && str_ends_with(str_trim(str_slice(text, 0, at)), STR("。")) &&
	       (any_prefix(rest, reference_openings) > 0 || str_starts_with(rest, STR("一种")));
}

/* A claim begins with a digit of either width, or with a Chinese character. */
static bool may_begin(char c)
{
	return is_digit(c) || (unsigned char)c >= 0xE4;
}

size_t claims_split_draft(struct arena *arena, struct str text, struct claim_span **spans_out)
{
	struct list spans = LIST_OF(struct claim_span);
	struct claim_span span, *last = NULL;
	size_t count, first = skip_space(text, 0);
	unsigned due = 1;

	for (size_t at = first; at < text.size; at++) {
		if (at > first && (!may_begin(text.data[at]) ||
				   (is_digit(text.data[at]) && is_digit(text.data[at - 1]))))
			continue;
		if (!is_claim_start(text, at, due, &span) && at > first)
			continue;
		if (last)
			last->end = at;
		last = list_add(&spans);
		*last = span;
		due = span.number ? span.number + 1 : due + 1;
		at = span.body > at ? span.body - 1 : at;
	}
	if (last)
		last->end = text.size;
	*spans_out = list_to_arena(&spans, arena, &count);
	return count;
}

struct parents {
	struct strbuf text;
	unsigned own, count;
	bool seen[CLAIMS_MAX];
};

static void add_parent(void *context, unsigned number)
{
	struct parents *parents = context;

	if (number == 0 || number >= CLAIMS_MAX || (parents->own && number >= parents->own) ||
	    parents->seen[number] || parents->count == PARENTS_MAX)
		return;
	parents->seen[number] = true;
	parents->count++;
	strbuf_addf(&parents->text, "%s%u", parents->text.size ? "," : "", number);
}

static const char *const range_words[] = { "-",  "－", "—",  "–",   "~", "～",
					   "至", "到", "to", "bis", "à", NULL };
static const char *const list_words[] = { "或者", "和/或", "、或", "，或", ",或", "以及", "或",
					  "和",   "与",    "及",   "、",   ",",   "，",   "or",
					  "and",  "oder",  "und",  "ou",   "et",  NULL };

static const char *const or_words[] = { "或", "和/或", "、或", "，或", ",或", NULL };

/* Up to four digits of either width at *at. */
static unsigned read_any_number(struct str text, size_t *at)
{
	unsigned value = 0, digit;

	for (int i = 0; i < 4 && read_digit(text, at, &digit); i++)
		value = value * 10 + digit;
	return value;
}

/* Numbers behind the word for claim, as they are read. */
struct numbers {
	void (*add)(void *context, unsigned number);
	void *context;
	bool is_or;
};

/* "1", "1或2", "1-3", "1 to 3", "1、2或3" at the offset; returns the end of the last number. */
static size_t read_numbers(struct numbers *numbers, struct str text, size_t from)
{
	size_t at = skip_blanks(text, from), end = from, word;
	unsigned last = 0;
	bool is_range = false, is_or = false;

	for (;;) {
		size_t start = at;
		unsigned number = read_any_number(text, &at);

		if (at == start)
			return end;
		for (unsigned i = last + 1; is_range && last && i < number && i < CLAIMS_MAX; i++)
			numbers->add(numbers->context, i);
		numbers->add(numbers->context, number);
		numbers->is_or |= is_or;
		last = number;
		end = at;
		at = skip_blanks(text, at);
		is_or = any_prefix(str_slice(text, at, text.size), or_words) > 0;
		word = any_prefix(str_slice(text, at, text.size), range_words);
		is_range = word > 0;
		if (!word)
			word = any_prefix(str_slice(text, at, text.size), list_words);
		if (!word)
			return end;
		at = skip_blanks(text, at + word);
		at = skip_blanks(text,
				 at + any_prefix(str_slice(text, at, text.size), claim_words));
	}
}

/* Claims refer to others near their beginning; the rest of a long one is not searched. */
enum { REFERENCE_SPAN = 600 };

struct str claim_parents(struct arena *arena, struct str text, unsigned number)
{
	static const char *const words[] = { "权利要求第", "权利要求书第",    "权利要求",
					     "claims ",    "claim ",          "Claims ",
					     "Claim ",     "Ansprüche ",      "Ansprüchen ",
					     "Anspruch ",  "revendications ", "revendication ",
					     NULL };
	static const char *const all_words[] = { "preceding claim",
						 "previous claim",
						 "vorhergehenden Anspr",
						 "vorstehenden Anspr",
						 "revendications précédentes",
						 "revendication précédente",
						 "前述任一权利要求",
						 "上述任一权利要求",
						 NULL };
	struct parents parents = { .text = STRBUF_INIT, .own = number };
	struct numbers numbers = { add_parent, &parents, false };
	struct str result;

	text = str_slice(text, 0, REFERENCE_SPAN);
	for (size_t at = 0; at < text.size && parents.count == 0; at++) {
		struct str rest = str_slice(text, at, text.size);
		size_t word;

		if (!strchr("\xe6\xe5\xe4"
			    "cCArpv",
			    text.data[at])) /* first bytes of the words */
			continue;
		if (number && any_prefix(rest, all_words))
			for (unsigned i = 1; i < number; i++)
				add_parent(&parents, i);
		else if ((word = any_prefix(rest, words)) != 0)
			read_numbers(&numbers, rest, word);
	}
	result = str_copy(arena, strbuf_str(&parents.text));
	strbuf_release(&parents.text);
	return result;
}

static void add_number(void *context, unsigned number)
{
	struct list *numbers = context;

	if (numbers->count < NUMBERS_MAX)
		*(unsigned *)list_add(numbers) = number;
}

/* 任一项 and the like close to the reference: before it, or behind its last number. */
static bool is_alternative(struct str text, size_t start, size_t end)
{
	static const char *const words[] = { "任一",   "任意",     "任何",     "任选", "之一",
					     "中一项", "中的一项", "其中一项", "某一", NULL };
	struct str behind = str_slice(text, end, end + ANY_SPAN);
	struct str before = str_slice(text, start > ANY_SPAN ? start - ANY_SPAN : 0, start);
	size_t stop = str_find(behind, STR("所述"));

	for (size_t i = 0; words[i]; i++)
		if (str_find(before, str_of(words[i])) != STR_NOT_FOUND ||
		    str_find(str_slice(behind, 0, stop), str_of(words[i])) != STR_NOT_FOUND)
			return true;
	return false;
}

static void add_reference(struct list *references, struct arena *arena, struct str text, size_t *at)
{
	struct list found = LIST_OF(unsigned);
	struct numbers numbers = { add_number, &found, false };
	struct str rest = str_slice(text, *at, text.size);
	size_t word = any_prefix(rest, claim_words);
	size_t end = *at + read_numbers(&numbers, rest, word);
	struct claim_reference *reference;
	bool is_any = numbers.is_or || is_alternative(text, *at, end);

	/* 权利要求1-3中任一权利要求: the second one goes with the first. */
	if (found.count == 0 && references->count &&
	    *at - LIST_AT(references, struct claim_reference, references->count - 1).end < ANY_SPAN)
		is_any = false;
	if (found.count || is_any) {
		reference = list_add(references);
		reference->start = *at;
		reference->end = end;
		reference->is_any = is_any;
		reference->numbers = list_to_arena(&found, arena, &reference->count);
	}
	list_release(&found);
	*at = end;
}

size_t claim_references(struct arena *arena, struct str text,
			struct claim_reference **references_out)
{
	struct list references = LIST_OF(struct claim_reference);
	size_t count, at = 0, next;

	while (references.count < REFERENCES_MAX &&
	       (next = str_find(str_slice(text, at, text.size), STR("权利要求"))) !=
		       STR_NOT_FOUND) {
		at += next;
		add_reference(&references, arena, text, &at);
	}
	*references_out = list_to_arena(&references, arena, &count);
	return count;
}
