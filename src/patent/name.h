#ifndef PATENT_NAME_H
#define PATENT_NAME_H

#include "base/arena.h"
#include "base/label.h"
#include "base/strbuf.h"

/*
 * Names of applicants and inventors: lists taken apart, a key under which spellings of one name
 * meet, and what sort of applicant a name speaks of. The key joins rather too little than too much:
 * 华为技术有限公司 and 华为终端有限公司 stay two.
 */

/*
 * Takes the next name off a list. separators: the characters that part names ("|", ";；"), empty: ;
 * and ；. New lines always part; nothing inside brackets does. Empty names are passed over, the
 * part is trimmed. False at the end. "LAST, FIRST" stays whole unless the comma is a separator.
 */
bool name_next(struct str *rest, struct str separators, struct str *name_out);

/*
 * Adds the comparison key: half width, lower case, no blanks or punctuation, （集团） out,
 * 有限责任公司 as 有限公司, legal forms at the end of an English name out (Co., Ltd., GmbH). Two names
 * are taken for one applicant when their keys are equal. A name of nothing but such parts, or of
 * more than 500 bytes, is its own key.
 */
void name_add_key(struct str name, struct strbuf *key_out);

/*
 * A folded name (text_fold) as people write it: Latin words begin with a capital, short ones
 * without a vowel and legal forms are capitals or as usual (LG, Co., Ltd., GmbH). Names without
 * Latin letters come back as they are.
 */
struct str name_display(struct arena *arena, struct str folded);

enum applicant_type {
	APPLICANT_UNKNOWN, /* 其他 */
	APPLICANT_COMPANY,
	APPLICANT_UNIVERSITY,
	APPLICANT_INSTITUTE,
	APPLICANT_PERSON,
	APPLICANT_HOSPITAL,
	APPLICANT_GOVERNMENT, /* 机关团体 */
	APPLICANT_TYPE_COUNT
};

struct applicant_type_info {
	const char *name; /* "company" */
	struct label label;
};
extern const struct applicant_type_info applicant_types[APPLICANT_TYPE_COUNT];

/* Guessed from the name by data/applicant_words.csv. */
enum applicant_type name_type(struct str name);
/* From a word of a source (企业, 大专院校, 科研单位, 个人, company ...) or a name above. */
enum applicant_type name_type_of_word(struct str word);

#endif
