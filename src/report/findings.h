#ifndef REPORT_FINDINGS_H
#define REPORT_FINDINGS_H

#include "analyse/figure.h"
#include "base/message.h"

/*
 * One to three sentences that say what a figure shows, from its rows and notes alone and never
 * more than they say: rows marked incomplete are not read as a decline, fewer than
 * FINDING_DOCUMENTS_MIN documents are called too few. findings.c has one row per analysis; a figure it
 * does not know is described by its shape.
 */
enum { FINDING_DOCUMENTS_MIN = 10 };

struct str finding_write(struct arena *arena, const struct figure *figure, enum language language);

/* The parts: numbers as a person says them. */
/* 0.34 -> 约三分之一, about a third; 0.123 -> 12.3% */
struct str share_words(struct arena *arena, double share, enum language language);
/* from 100 to 196 -> 增长近一倍; NAN or zero base -> 由 0 增至 196 */
struct str change_words(struct arena *arena, double from, double to, enum language language);

#endif
