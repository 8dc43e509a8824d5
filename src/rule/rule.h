#ifndef RULE_RULE_H
#define RULE_RULE_H

#include "base/date.h"
#include "base/label.h"

/* How well a rule is backed. */
enum rule_mark {
	MARK_STATED,    /* S: stated by the policy document */
	MARK_VERIFIED,  /* V: law, regulations, guidelines or an official table */
	MARK_REFERENCE, /* K: unverified; shown as a reference value */
	MARK_COUNT
};

extern const struct rule_mark_info {
	const char *letter;
	struct label label;
} rule_marks[MARK_COUNT];

/*
 * The days an edition of a rule is in force, both included, written YYYY-MM-DD so that they
 * compare as text; an `until` of "" is open.
 */
bool rule_is_in_force(const char *edition, const char *until, date d);
bool rule_begins_after(const char *edition, date d);

/* "REG 60;GL 5.9" as people cite it: 专利法实施细则第60条；专利审查指南 5.9 */
const char *rule_basis_text(struct arena *arena, const char *basis, enum language language);
struct label rule_basis_label(struct arena *arena, const char *basis);

#endif
