#ifndef TYPES_OPERATION_INTERNAL_H
#define TYPES_OPERATION_INTERNAL_H

#include "types/operation.h"
#include "types/types_internal.h"

/* ---- The cases a product, deal or award names. */
/* All of them, of the record's own organisation; another's is refused over that field. */
bool types_load_cases(const struct record *record, size_t field, struct record_store *store,
		      struct record ***cases_out, size_t *count_out,
		      struct error *error) MUST_CHECK;
/* A granted right that has not ended, whether an annuity is overdue or it is under attack. */
bool types_is_right(const struct record *patent);
/* The centre's, and not ended: a right or an application on its way. */
bool types_is_alive(const struct record *patent);
/* Is every id of one list in the other? */
bool types_is_subset(const struct record *record, size_t part, size_t whole);
/* Refuses over a field, with the case's docket number as the detail. */
bool types_refuse_case(const char *field, const char *key, const struct record *patent,
		       struct error *error);
/* The case a record is about, a granted right of the centre: else refused over the field. */
bool types_load_right(const struct record *record, size_t field, struct record_store *store,
		      struct record **patent_out, struct error *error) MUST_CHECK;
/* "title of the case · more" as the title of a record about it. */
void types_set_case_title(struct record *record, size_t field, struct record_store *store,
			  const struct record *patent, const char *more);
/* Is the actor another person than the field names? */
bool types_is_second_person(const struct record *record, size_t field,
			    const struct record_store *store, const char *named,
			    struct error *error) MUST_CHECK;

/* At least one own patent of the product is a right in force; of those licensed in only numbers are known. */
guard_fn product_has_live_patent;

/* After a change of a case: an overdue annuity or an invalidation has its approved grade reviewed at once. */
bool grading_follow(const struct record *patent, struct record_store *store,
		    struct error *error) MUST_CHECK;

/* ---- What the law asks of a deal, by its kind (deal_law.c). */
guard_fn deal_is_lawful, deal_may_take_effect;
/* Days that follow from its registration; a right handed on leaves the centre's list. */
effect_fn deal_take_effect;
/* What was void gives the right back. */
effect_fn deal_end;
/* 法 51, 细则 87: is an annuity due that day less because an open licence of the case is recorded as used? */
bool deal_reduces_annuity(const struct record *patent, date due, struct record_store *store,
			  bool *reduces_out, struct error *error) MUST_CHECK;
/* Of a step of an income: sums what is booked on its deal. */
effect_fn deal_add_income;

#endif
