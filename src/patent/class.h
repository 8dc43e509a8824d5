#ifndef PATENT_CLASS_H
#define PATENT_CLASS_H

#include "base/label.h"
#include "base/str.h"

/*
 * Symbols of the IPC, the CPC and the Locarno classification, in any spelling; the 35 fields of
 * technology; short names of sections and classes.
 */
enum class_scheme { CLASS_IPC, CLASS_CPC, CLASS_LOC };

enum class_level {
	CLASS_LEVEL_NONE,
	CLASS_LEVEL_SECTION,    /* H */
	CLASS_LEVEL_CLASS,      /* H01; of Locarno: 14 */
	CLASS_LEVEL_SUBCLASS,   /* H01M; of Locarno: 14-02 */
	CLASS_LEVEL_MAIN_GROUP, /* H01M10 */
	CLASS_LEVEL_SUBGROUP    /* H01M10/613, also H01M10/00 */
};

enum { CLASS_TEXT_SIZE = 20, CLASS_EDITION_SIZE = 8 };

struct class_symbol {
	char text[CLASS_TEXT_SIZE];       /* normal form: H01M10/613, Y02E60/10, 14-02 */
	char edition[CLASS_EDITION_SIZE]; /* 2014.01, or 1 to 8 of the old IPC; or "" */
	char value;                       /* I: invention, A: additional; 0: not told */
	enum class_level level;
};

/*
 * One symbol: "H01M 10/613 (2014.01)", H01M0010613000 (WIPO ST.8), "Int.Cl.7 H01M10/50",
 * "H01M 10/613 20140101AFI20150101BHCN". False when the text is anything else.
 */
bool class_parse(struct str s, enum class_scheme scheme, struct class_symbol *symbol_out);

/*
 * Takes the next symbol off a list parted by ; , | blanks or new lines. False at its end. What is
 * no symbol comes back with level CLASS_LEVEL_NONE and its text in *written_out (which may be
 * NULL), so that it can be told.
 */
bool class_next(struct str *rest, enum class_scheme scheme, struct class_symbol *symbol_out,
		struct str *written_out);

/* The part of a normal form down to a level: H01M10/613 -> H01M; shorter ones stay. A view. */
struct str class_cut(struct str symbol, enum class_level level);
enum class_level class_level_of(struct str symbol); /* of a normal form */

/* Sections and classes of the IPC (H, H01) with short names of our own; NULL: no such class. */
struct class_name {
	const char *symbol, *zh, *en;
};
const struct class_name *class_name_find(struct str symbol);

/*
 * WIPO's table of technology: 35 fields in 5 sectors (U. Schmoch, Concept of a Technology
 * Classification for Country Comparisons, WIPO 2008, edition in data/fields.csv). The longest
 * entry that fits the symbol decides; 0: none.
 */
enum { CLASS_FIELD_MAX = 35 };
unsigned class_field(struct str symbol);
struct class_field_name {
	struct label sector, name;
};
const struct class_field_name *class_field_name(unsigned field); /* 1 to CLASS_FIELD_MAX */

#endif
