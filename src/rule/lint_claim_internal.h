#ifndef RULE_LINT_CLAIM_INTERNAL_H
#define RULE_LINT_CLAIM_INTERNAL_H

#include "rule/lint_internal.h"

/* Checks of data/lint_claims.csv, by file. */

/* lint_claim_form.c */
lint_fn lint_claim_numbers, lint_claim_number_form, lint_claim_end, lint_claim_periods,
	lint_claim_marks, lint_claim_two_parts, lint_claim_category, lint_claim_utility,
	lint_claim_subjects, lint_claim_count, lint_claim_length;

/* lint_claim_tree.c */
lint_fn lint_claim_first, lint_claim_later, lint_claim_absent, lint_claim_circle,
	lint_claim_alternative, lint_claim_alternative_other, lint_claim_multiple,
	lint_claim_multiple_indirect, lint_claim_order;

/* lint_antecedent.c */
lint_fn lint_claim_antecedent, lint_claim_antecedent_path, lint_claim_antecedent_similar,
	lint_claim_antecedent_later;

/* lint_claim_words.c */
lint_fn lint_claim_words, lint_claim_dependent_words, lint_claim_figures, lint_claim_spectra,
	lint_claim_brackets;

/* lint_claim_ranges.c */
lint_fn lint_claim_range_order, lint_claim_range_nested, lint_claim_sum, lint_claim_closed;

/* lint_claim_pairs.c */
lint_fn lint_claim_repeated, lint_claim_unity, lint_claim_software;

/* lint_claim_support.c */
lint_fn lint_claim_terms, lint_claim_signs, lint_claim_bare_signs, lint_claim_sign_names;

#endif
