#ifndef INDEX_TERM_H
#define INDEX_TERM_H

#include "base/str.h"

/*
 * The end of the range of all terms that begin with prefix, for index_term_range_documents():
 * the smallest string above them all. Empty when there is none (prefix empty or all 0xFF).
 */
struct str str_prefix_end(struct arena *arena, struct str prefix);

#endif
