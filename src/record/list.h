#ifndef RECORD_LIST_H
#define RECORD_LIST_H

#include "record/record.h"

/* Lists of records: filters, search, sorting, pages by key. Only rows the actor may read. */

enum filter_operator {
	FILTER_EQUAL,
	FILTER_NOT_EQUAL,
	FILTER_LESS,
	FILTER_LESS_EQUAL,
	FILTER_GREATER,
	FILTER_GREATER_EQUAL,
	FILTER_IN,
	FILTER_CONTAINS, /* texts: part of it; several choices or references: one of them */
	FILTER_EMPTY,
	FILTER_NOT_EMPTY,
	FILTER_OPERATOR_COUNT
};

/* Columns every type has, as fields of a filter or a sort: id state organisation_id created_by
   created_at updated_at. */
enum {
	RECORD_FIELD_ID = 1000,
	RECORD_FIELD_STATE,
	RECORD_FIELD_ORGANISATION,
	RECORD_FIELD_CREATED_BY,
	RECORD_FIELD_CREATED_AT,
	RECORD_FIELD_UPDATED_AT,
	RECORD_FIELD_END
};

enum { FILTERS_MAX = 8, FILTER_VALUES_MAX = 20, LIST_LIMIT_MAX = 200 };

struct record_filter {
	size_t field; /* of the type, or RECORD_FIELD_… */
	enum filter_operator operator;
	const struct value *values; /* one; FILTER_IN up to FILTER_VALUES_MAX; EMPTY none */
	size_t value_count;
};

struct record_list_options {
	const struct record_filter *filters; /* all must hold; at most FILTERS_MAX */
	size_t filter_count;
	struct str search; /* words in the searched fields, each in any of them; empty: no search */
	size_t sort_field; /* field or RECORD_FIELD_…; ties go by id */
	bool descending;   /* rows without a value come last in both directions */
	struct str after;  /* page token of the page before, or empty */
	size_t limit;      /* 1 to LIST_LIMIT_MAX */
	bool with_total;   /* count all matching rows: a further statement */
};

struct record_page {
	struct record **records;
	size_t count;
	struct str next; /* token of the next page, or empty; ASCII safe in addresses */
	int64_t total;   /* -1: not asked for */
};

/*
 * "state:in:draft,open;due_on:<:2026-01-01": name:operator:value joined by ';' (in a value "\;").
 * Operators = != < <= > >= in contains empty not_empty. Unknown names, operators that do not suit the
 * kind, values that are none: ERROR_INVALID, at is the filter's number from 1.
 */
bool record_parse_filters(struct record_store *store, const struct record_type *type,
			  struct str text, struct record_filter **filters_out, size_t *count_out,
			  struct error *error) MUST_CHECK;
/* "-due_on" -> field and direction; empty: the type's own. */
bool record_parse_sort(const struct record_type *type, struct str text, size_t *field_out,
		       bool *descending_out, struct error *error) MUST_CHECK;
bool record_list(struct record_store *store, const struct record_type *type,
		 const struct record_list_options *options, struct record_page *page_out,
		 struct error *error) MUST_CHECK;

#endif
