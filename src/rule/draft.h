#ifndef RULE_DRAFT_H
#define RULE_DRAFT_H

#include "base/label.h"
#include "base/str.h"
#include "patent/number.h"

/*
 * An application document as read from one file, before anybody judges it: what the drafting check
 * works on. Texts are valid UTF-8, paragraphs end with "\n" (the last one may do without), white
 * space is as in the file. A reader fills it; everything lives in the reader's arena.
 */
enum draft_part {
	DRAFT_TITLE,
	DRAFT_ABSTRACT,
	DRAFT_CLAIMS, /* each claim begins a paragraph with its number: "2.根据权利要求1…" */
	DRAFT_DESCRIPTION,
	DRAFT_DRAWINGS, /* words of the drawings' sheets: "图1" below each */
	DRAFT_PART_COUNT
};

extern const struct label draft_parts[DRAFT_PART_COUNT];

struct draft_part_text {
	struct str text;
	bool is_present; /* its heading or element is there, though the text may be empty */
	int pages;       /* as the file says, 0: unknown */
};

enum draft_object_kind { DRAFT_IMAGE, DRAFT_TABLE, DRAFT_FORMULA };

/* Something in a part that is not text. */
struct draft_object {
	enum draft_object_kind kind;
	enum draft_part part;
	size_t at;        /* byte of the part's text it stands before */
	struct str label; /* "图1", "表2" where one belongs to it, else empty */
};

struct draft {
	const char *source;     /* file name as given, for messages */
	enum patent_type type;  /* PATENT_TYPE_UNKNOWN: the file does not say */
	struct str claim_title; /* title as the request or the bibliography names it, or empty */
	struct str abstract_figure; /* "图1": designated for the abstract, or empty */
	struct draft_part_text parts[DRAFT_PART_COUNT];
	const struct draft_object *objects;
	size_t object_count;
	unsigned pages;    /* of the whole file as it says, 0: unknown */
	unsigned changes;  /* tracked, neither accepted nor rejected; read as accepted */
	unsigned comments; /* of reviewers, left in the file */
	bool is_cut;       /* longer than a reader takes: the rest is missing */
};

/* A place in a part: bytes and runes (characters) from the start of the part's text. */
struct draft_place {
	enum draft_part part;
	unsigned claim; /* number as written; 0: not in a claim */
	size_t start, end;
	size_t start_rune, end_rune;
};

#endif
