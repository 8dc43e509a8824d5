#include "rule/claim.h"

#include "base/list.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

enum {
	NUMBER_END = 10000,
	SUBJECT_SIZE_MAX = 300,
	HEAD_SIZE_MAX = 1200,
	LEAD_SIZE_MAX = 30,
	ANY_MAX = 200 /* claims before that 前述任一权利要求 stands for */
};

/* One parse: where a number is found, and a scratch list. */
struct parser {
	struct arena *arena;
	struct claim_set *set;
};

static size_t prefix_of(struct str text, const struct str *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (str_starts_with(text, words[i]))
			return words[i].size;
	return 0;
}

#define PREFIX_OF(text_, words_) prefix_of((text_), (words_), sizeof(words_) / sizeof((words_)[0]))

/* The earliest of the words; its size goes to *size_out. */
static size_t find_any(struct str text, const struct str *words, size_t count, size_t *size_out)
{
	size_t best = STR_NOT_FOUND;

	for (size_t i = 0; i < count; i++) {
		size_t at = str_find(str_slice(text, 0, best), words[i]);

		if (at != STR_NOT_FOUND) {
			best = at;
			*size_out = words[i].size;
		}
	}
	return best;
}

#define FIND_ANY(text_, words_, size_)                                                             \
	find_any((text_), (words_), sizeof(words_) / sizeof((words_)[0]), (size_))

static const struct str marks[] = { STR_INIT("其特征在于"), STR_INIT("其特征还在于"),
				    STR_INIT("其特征是"),   STR_INIT("其特征为"),
				    STR_INIT("其特征在"),   STR_INIT("特征在于"),
				    STR_INIT("其改进在于"), STR_INIT("其改进是") };

static void find_mark(struct claim *claim, struct str body)
{
	size_t size = 0, at = FIND_ANY(body, marks, &size);

	claim->mark = at == STR_NOT_FOUND ? claim->end : claim->body + at;
	claim->mark_end = at == STR_NOT_FOUND ? claim->end : claim->mark + size;
}

static bool ends_with_any(struct str s, const struct str *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (str_ends_with(s, words[i]))
			return true;
	return false;
}

#define ENDS_WITH_ANY(s_, words_)                                                                  \
	ends_with_any((s_), (words_), sizeof(words_) / sizeof((words_)[0]))

static enum claim_category category_of(struct str subject)
{
	static const struct str methods[] = { STR_INIT("方法"), STR_INIT("工艺"), STR_INIT("流程"),
					      STR_INIT("制法"), STR_INIT("用法"), STR_INIT("步骤"),
					      STR_INIT("过程"), STR_INIT("算法"), STR_INIT("法") };
	static const struct str uses[] = { STR_INIT("应用"), STR_INIT("用途"), STR_INIT("使用") };

	return ENDS_WITH_ANY(subject, uses)      ? CLAIM_USE
	       : ENDS_WITH_ANY(subject, methods) ? CLAIM_METHOD
						 : CLAIM_PRODUCT;
}

/* Words between the last number of a reference and the subject: 中任一项所述的. */
static size_t skip_reference_tail(struct str text)
{
	static const struct str tails[] = {
		STR_INIT("中的任意一项"),
		STR_INIT("中任意一项"),
		STR_INIT("中的任一项"),
		STR_INIT("中任一项"),
		STR_INIT("任意一项"),
		STR_INIT("任一项"),
		STR_INIT("任何一项"),
		STR_INIT("中任何一项"),
		STR_INIT("任一权利要求"),
		STR_INIT("任一"),
		STR_INIT("任意"),
		STR_INIT("之一"),
		STR_INIT("其中一项"),
		STR_INIT("其中之一"),
		STR_INIT("中的"),
		STR_INIT("所述的"),
		STR_INIT("所述之"),
		STR_INIT("所述"),
		STR_INIT("的"),
		STR_INIT("一种"),
		STR_INIT("项"),
		STR_INIT("中"),
		STR_INIT("或"),
		STR_INIT("，"),
		STR_INIT(","),
		STR_INIT(" "),
		STR_INIT("其"),
	};
	size_t at = 0, size;

	while ((size = PREFIX_OF(str_slice(text, at, text.size), tails)) != 0)
		at += size;
	return at;
}

/* 装置(20) is 装置. */
static struct str without_sign(struct str subject)
{
	static const struct str opens[] = { STR_INIT("("), STR_INIT("（") };
	size_t size = 0, at;

	if (!str_ends_with(subject, STR(")")) && !str_ends_with(subject, STR("）")))
		return subject;
	at = FIND_ANY(subject, opens, &size);
	for (size_t next; at != STR_NOT_FOUND; at += size + next) {
		next = FIND_ANY(str_slice(subject, at + size, subject.size), opens, &size);
		if (next == STR_NOT_FOUND)
			return str_trim(str_slice(subject, 0, at));
	}
	return subject;
}

static struct str cut_subject(struct str text)
{
	static const struct str ends[] = { STR_INIT("，"),  STR_INIT(","),      STR_INIT("："),
					   STR_INIT(":"),   STR_INIT("；"),     STR_INIT(";"),
					   STR_INIT("。"),  STR_INIT("其特征"), STR_INIT("\n"),
					   STR_INIT("其中") };
	size_t size = 0;

	text = str_trim(str_slice(text, 0, FIND_ANY(text, ends, &size)));
	return text.size > SUBJECT_SIZE_MAX ? STR_EMPTY : without_sign(text);
}

static void find_subject(const struct claim_set *set, struct claim *claim)
{
	static const struct str kinds[] = { STR_INIT("一种"), STR_INIT("一个"), STR_INIT("一类"),
					    STR_INIT("一") };
	size_t mark = claim->mark < claim->body + HEAD_SIZE_MAX ? claim->mark
								: claim->body + HEAD_SIZE_MAX;
	size_t from = claim->body;
	struct str rest;

	if (claim->is_led)
		from = claim->references[0].end;
	rest = str_slice(set->text, from, mark < from ? from : mark);
	if (claim->is_led)
		rest = str_slice(rest, skip_reference_tail(rest), rest.size);
	rest = str_trim(rest);
	rest = str_slice(rest, PREFIX_OF(rest, kinds), rest.size);
	claim->subject = cut_subject(rest);
	claim->category = category_of(claim->subject);
}

static void find_references(struct parser *parser, struct claim *claim)
{
	struct claim_reference *references;

	claim->reference_count = claim_references(parser->arena, claim_body(parser->set, claim),
						  &references);
	for (size_t i = 0; i < claim->reference_count; i++) {
		references[i].start += claim->body;
		references[i].end += claim->body;
	}
	claim->references = references;
}

static int compare_indexes(const void *first, const void *second)
{
	unsigned a = *(const unsigned *)first, b = *(const unsigned *)second;

	return (a > b) - (a < b);
}

static size_t unique(struct list *numbers)
{
	unsigned *items = numbers->items;
	size_t count = 0;

	list_sort(numbers, compare_indexes);
	for (size_t i = 0; i < numbers->count; i++)
		if (i == 0 || items[i] != items[count - 1])
			items[count++] = items[i];
	numbers->count = count;
	return count;
}

static void add_parents(const struct parser *parser, const struct claim_reference *reference,
			unsigned own, struct list *parents)
{
	/* 前述任一权利要求 names no numbers: all before it. */
	for (unsigned i = own > ANY_MAX ? own - ANY_MAX : 0; reference->count == 0 && i < own; i++)
		*(unsigned *)list_add(parents) = i;
	for (size_t i = 0; i < reference->count; i++) {
		unsigned number = reference->numbers[i];

		if (number < NUMBER_END && parser->set->by_number[number])
			*(unsigned *)list_add(parents) = parser->set->by_number[number] - 1;
	}
}

static void add_bases(const struct parser *parser, const struct claim_reference *reference,
		      unsigned own, struct list *bases)
{
	for (unsigned i = own > ANY_MAX ? own - ANY_MAX : 0; reference->count == 0 && i < own; i++)
		*(unsigned *)list_add(bases) = parser->set->claims[i].number;
	for (size_t i = 0; i < reference->count; i++)
		*(unsigned *)list_add(bases) = reference->numbers[i];
}

static void find_parents(struct parser *parser, struct claim *claim, unsigned own)
{
	struct list parents = LIST_OF(unsigned), bases = LIST_OF(unsigned);

	for (size_t i = 0; i < claim->reference_count; i++) {
		const struct claim_reference *reference = &claim->references[i];

		add_parents(parser, reference, own, &parents);
		if (reference->start < claim->mark)
			add_bases(parser, reference, own, &bases);
	}
	claim->base_count = unique(&bases);
	unique(&parents);
	claim->parents = list_to_arena(&parents, parser->arena, &claim->parent_count);
	list_release(&bases);
}

/* Words that may stand before the reference of a dependent claim: 根据, 一种如, 根据上述. */
static bool is_led_by_reference(const struct claim_set *set, const struct claim *claim)
{
	struct str before;

	if (claim->reference_count == 0 || claim->references[0].start > claim->mark ||
	    claim->references[0].start - claim->body > LEAD_SIZE_MAX)
		return false;
	before = str_trim(str_slice(set->text, claim->body, claim->references[0].start));
	if (str_find(before, STR("，")) != STR_NOT_FOUND ||
	    str_find_byte(before, ',') != STR_NOT_FOUND)
		return false;
	return before.size == 0 || str_ends_with(before, STR("据")) ||
	       str_ends_with(before, STR("如")) || str_ends_with(before, STR("按")) ||
	       str_ends_with(before, STR("照")) || str_ends_with(before, STR("任一")) ||
	       str_ends_with(before, STR("述")) || str_ends_with(before, STR("由")) ||
	       str_ends_with(before, STR("任意一项")) || str_ends_with(before, STR("基于"));
}

static void place_in_tree(struct claim_set *set, struct claim *claim, unsigned own)
{
	const struct claim *parent = claim->parent_count ? &set->claims[claim->parents[0]] : NULL;

	claim->is_dependent = claim->is_led && (!parent || parent->category == claim->category ||
						claim->subject.size == 0);
	/* 一种如权利要求1所述的装置 of another subject is a claim of its own. */
	if (claim->is_dependent && parent &&
	    str_starts_with(str_slice(set->text, claim->body, claim->end), STR("一种")) &&
	    !str_ends_with(parent->subject, claim->subject))
		claim->is_dependent = false;
	claim->root = claim->is_dependent && parent ? parent->root : own;
}

static void parse_claim(struct parser *parser, const struct claim_span *span, unsigned own)
{
	struct claim *claim = &parser->set->claims[own];
	*claim = (struct claim){ .number = span->number,
				 .is_odd = span->is_odd,
				 .start = span->start,
				 .end = span->end,
				 .body = span->body };
	find_mark(claim, claim_body(parser->set, claim));
	find_references(parser, claim);
	claim->is_led = is_led_by_reference(parser->set, claim);
	find_subject(parser->set, claim);
	find_parents(parser, claim, own);
	place_in_tree(parser->set, claim, own);
	if (claim->number && claim->number < NUMBER_END && !parser->set->by_number[claim->number])
		parser->set->by_number[claim->number] = own + 1;
}

void claim_parse(struct arena *arena, struct str text, struct claim_set *set_out)
{
	struct parser parser = { arena, set_out };
	struct claim_span *spans;
	size_t count = claims_split_draft(arena, text, &spans);

	*set_out = (struct claim_set){ .text = text };
	set_out->by_number = arena_array(arena, unsigned, NUMBER_END);
	set_out->claims = arena_array(arena, struct claim, count + 1);
	for (size_t i = 0; i < count; i++) {
		parse_claim(&parser, &spans[i], (unsigned)i);
		set_out->count = i + 1;
	}
}

struct str claim_body(const struct claim_set *set, const struct claim *claim)
{
	return str_slice(set->text, claim->body, claim->end);
}

const struct claim *claim_find(const struct claim_set *set, unsigned number)
{
	return number < NUMBER_END && set->by_number[number]
		       ? &set->claims[set->by_number[number] - 1]
		       : NULL;
}
