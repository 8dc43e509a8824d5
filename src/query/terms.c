#include "index/term.h"
#include "query/operand.h"
#include "query/run_internal.h"
#include "query/symbol.h"

/* Collects the terms of a dictionary that a pattern or a range of classes takes. */
struct collector {
	struct run *run;
	struct list *terms; /* of struct str */
	bool (*takes)(const struct collector *collector, struct str term);
	struct str pattern, end;
	size_t terms_max;
	size_t visited;
	bool is_stopped;
};

static void release_list(void *list)
{
	list_release(list);
}

static bool takes_pattern(const struct collector *collector, struct str term)
{
	return query_pattern_matches(collector->pattern, term);
}

static bool takes_prefixed(const struct collector *collector, struct str term)
{
	return str_starts_with(term, collector->pattern);
}

static bool takes_class(const struct collector *collector, struct str term)
{
	return symbol_is_between(term, collector->pattern, collector->end);
}

static bool visit(void *context, struct str term, uint64_t documents)
{
	struct collector *collector = context;

	(void)documents;
	if (++collector->visited % 1024 == 0 && !run_may_go_on(collector->run)) {
		collector->is_stopped = true;
		return false;
	}
	if (!collector->takes(collector, term))
		return true;
	if (collector->terms->count == collector->terms_max) {
		error_set(collector->run->error, ERROR_LIMIT, "query.terms", "%zu",
			  collector->terms_max);
		collector->is_stopped = true;
		return false;
	}
	*(struct str *)list_add(collector->terms) = str_copy(collector->run->arena, term);
	return true;
}

static bool collect(struct run *run, unsigned column, struct str prefix,
		    struct collector *collector)
{
	uint64_t terms_max = run->limits ? run->limits->terms_max : 0;

	collector->run = run;
	if (collector->terms_max == 0)
		collector->terms_max = terms_max ? (size_t)terms_max : TERMS_MAX;
	collector->terms = arena_new(run->arena, struct list);
	*collector->terms = LIST_OF(struct str);
	arena_defer(run->arena, release_list, collector->terms);
	return index_each_term(run->snapshot, column, prefix, run->limits, visit, collector,
			       run->error) &&
	       !collector->is_stopped;
}

bool run_element_terms(struct run *run, unsigned column, const struct query_element *element,
		       struct str **terms_out, size_t *count_out)
{
	struct collector collector = { .pattern = element->text,
				       .terms_max = TERMS_MAX_WITH_POSITIONS };
	struct str prefix = element->text;

	if (element->kind == ELEMENT_TOKEN) {
		*terms_out = arena_new(run->arena, struct str);
		**terms_out = element->text;
		*count_out = 1;
		return true;
	}
	collector.takes = element->kind == ELEMENT_PREFIX ? takes_prefixed : takes_pattern;
	if (element->kind == ELEMENT_PATTERN)
		prefix = query_pattern_prefix(element->text);
	if (!collect(run, column, prefix, &collector))
		return false;
	*terms_out = collector.terms->items;
	*count_out = collector.terms->count;
	return true;
}

static const struct bitmap *documents_of_terms(struct run *run, unsigned column,
					       const struct list *terms)
{
	const struct bitmap **sets = arena_array(run->arena, const struct bitmap *,
						 terms->count + 1);

	for (size_t i = 0; i < terms->count; i++) {
		if (i % 256 == 255 && !run_may_go_on(run))
			return NULL;
		sets[i] = index_term_documents(run->snapshot, run->arena, column,
					       LIST_AT(terms, struct str, i));
	}
	return bitmap_or_many(run->arena, sets, terms->count);
}

static const struct bitmap *range_documents(struct run *run, unsigned column, struct str prefix)
{
	const struct bitmap *documents;

	if (!index_term_range_documents(run->snapshot, run->arena, column, prefix,
					str_prefix_end(run->arena, prefix), run->limits, &documents,
					run->error))
		return NULL;
	return documents;
}

static const struct bitmap *pattern_documents(struct run *run, unsigned column, struct str pattern)
{
	struct collector collector = { .pattern = pattern, .takes = takes_pattern };

	if (!collect(run, column, query_pattern_prefix(pattern), &collector))
		return NULL;
	return documents_of_terms(run, column, collector.terms);
}

const struct bitmap *run_element_documents(struct run *run, unsigned column,
					   const struct query_element *element)
{
	switch (element->kind) {
	case ELEMENT_PREFIX:
		return range_documents(run, column, element->text);
	case ELEMENT_PATTERN:
		return pattern_documents(run, column, element->text);
	case ELEMENT_TOKEN:
	default:
		return index_term_documents(run->snapshot, run->arena, column, element->text);
	}
}

/* What both ends of a range begin with, so that only that part of the dictionary is read. */
static struct str common_prefix(struct str a, struct str b)
{
	size_t size = 0;

	while (size < a.size && size < b.size && size < 4 && a.data[size] == b.data[size])
		size++;
	return str_slice(a, 0, size);
}

static const struct bitmap *class_documents(struct run *run, const struct query_match *match)
{
	struct collector collector = { .pattern = match->text,
				       .end = match->end,
				       .takes = takes_class };

	if (!collect(run, match->column, common_prefix(match->text, match->end), &collector))
		return NULL;
	return documents_of_terms(run, match->column, collector.terms);
}

const struct bitmap *run_match_documents(struct run *run, const struct query_match *match)
{
	switch (match->kind) {
	case MATCH_PREFIX:
		return range_documents(run, match->column, match->text);
	case MATCH_PATTERN:
		return pattern_documents(run, match->column, match->text);
	case MATCH_CLASSES:
		return class_documents(run, match);
	case MATCH_EXACT:
	default:
		return index_term_documents(run->snapshot, run->arena, match->column, match->text);
	}
}
