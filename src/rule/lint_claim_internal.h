#ifndef RULE_LINT_CLAIM_INTERNAL_H
#define RULE_LINT_CLAIM_INTERNAL_H

#include "rule/lint_internal.h"

/* Checks of data/lint_claims.csv, by file. */

/* lint_claim_form.c */
lint_fn lint_claim_periods;

#endif
