#ifndef TESTS_SHEET_FIXTURE_H
#define TESTS_SHEET_FIXTURE_H

#include "rule/sheet.h"

/* A sheet from a text: lines, cells parted by |; the first line names the columns. */
struct sheet sheet_of(struct arena *arena, const char *text);

#endif
