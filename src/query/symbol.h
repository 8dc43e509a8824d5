#ifndef QUERY_SYMBOL_H
#define QUERY_SYMBOL_H

#include "base/date.h"
#include "patent/class.h"

/*
 * IPC, CPC and Locarno symbols, whole or in part, and dates of any precision, as people write them.
 *
 * Order of symbols: section, class, subclass as letters; main groups as numbers; subgroups as
 * decimal fractions, digit by digit from the left (H01M10/50 < H01M10/613 < H01M10/62), as the
 * Guide to the IPC, paragraph 29, orders them.
 */
struct symbol {
	struct class_symbol symbol;
	bool has_below; /* written with /low, as OPS does */
};

/* "h01m 10/613", "H01M0010613000", "H01M10/613/low", "H01M10/"; false: no class symbol. */
bool symbol_read(struct str raw, enum class_scheme scheme, struct symbol *symbol_out);
/* Is a full symbol from the index within low and high, both with everything below them? */
bool symbol_is_between(struct str symbol, struct str low, struct str high);
/* 2010, 2010-05, 201005, 2010-05-01, 20100501, 2010/5/1, 2010.05.01, 2010年5月1日: first and last
   day of it. */
bool query_read_date(struct str raw, date *first_out, date *last_out);

#endif
