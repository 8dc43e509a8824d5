#ifndef RULE_LINT_TEXT_INTERNAL_H
#define RULE_LINT_TEXT_INTERNAL_H

#include "rule/lint_internal.h"

/* Checks of data/lint_texts.csv, by file. */

#endif
