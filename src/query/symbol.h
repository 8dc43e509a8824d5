#ifndef QUERY_SYMBOL_H
#define QUERY_SYMBOL_H

#include "base/date.h"
#include "base/str.h"

/*
 * IPC and CPC symbols, whole or in part, and dates of any precision, as people write them.
 *
 * Order of symbols: section, class, subclass as letters; main groups as numbers; subgroups as
 * decimal fractions, digit by digit from the left (H01M10/50 < H01M10/613 < H01M10/62), as the
 * Guide to the IPC, paragraph 29, orders them.
 */
enum symbol_level { SYMBOL_SECTION, SYMBOL_CLASS, SYMBOL_SUBCLASS, SYMBOL_GROUP, SYMBOL_SUBGROUP };

struct symbol {
	enum symbol_level level;
	struct str text; /* normal form: H, H01, H01M, H01M10, H01M10/613 */
	bool has_below;  /* written with /low */
};

/* "h01m 10/613", "H01M0010613000", "H01M10/613/low"; false: no class symbol. */
bool symbol_read(struct arena *arena, struct str raw, struct symbol *symbol_out);
/* Is a full symbol from the index within low and high, both with everything below them? */
bool symbol_is_between(struct str symbol, struct str low, struct str high);
/* Locarno: "06-01", "6-1", "0601", "06": the normal form "06-01" or "06". */
bool symbol_read_locarno(struct arena *arena, struct str raw, struct str *text_out);

/* 2010, 2010-05, 201005, 2010-05-01, 20100501, 2010/5/1, 2010.05.01, 2010年5月1日: first and last
   day of it. */
bool query_read_date(struct str raw, date *first_out, date *last_out);

#endif
