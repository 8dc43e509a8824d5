#ifndef ANALYSE_EVIDENCE_H
#define ANALYSE_EVIDENCE_H

#include "analyse/similar.h"

/*
 * Machine-proposed evidence for the prospect of grant (授权前景): the documents most like a
 * solution, and which of its features each of them discloses. Novelty is a matter of one document
 * (Patent Law art. 22(2)): features of two are never put together for it. Chinese applications filed
 * before the day and published on or after it (抵触申请) stand apart: they count for novelty only.
 * What is not found is not found in the documents searched, no more; a person reads the rest.
 */
enum disclosure {
	DISCLOSURE_NONE,   /* not found in the texts of the document */
	DISCLOSURE_UNSURE, /* little found, and only title and abstract are there to look in */
	DISCLOSURE_PART,   /* 相近: more than half of its words by weight */
	DISCLOSURE_SAME,   /* 相同: as a phrase, or nearly all of its words */
	DISCLOSURE_COUNT
};
extern const struct disclosure_info {
	const char *name;
	struct label label;
} disclosures[DISCLOSURE_COUNT];

enum { EVIDENCE_FEATURES_MAX = 30, EVIDENCE_DOCUMENTS_MAX = 200 };

struct evidence_request {
	struct str text;            /* what is searched with; empty: the features */
	const struct str *features; /* at most EVIDENCE_FEATURES_MAX */
	size_t feature_count;
	date before;                 /* filing or priority day of the solution */
	const struct bitmap *within; /* NULL: all documents */
	size_t limit;                /* documents of each kind */
};

struct evidence_document {
	uint32_t document;
	double score;
	struct str shared;
	const enum disclosure *cells; /* one a feature */
	size_t same, part;
	bool is_conflict; /* filed earlier, published later */
	bool has_all;     /* all features the same: novelty-destroying, if a person agrees */
};

/* Of the subclass most of the documents have: how its inventions in the set were decided. */
struct evidence_class {
	struct str symbol;         /* empty: no documents */
	uint64_t granted, refused; /* refused: rejected, withdrawn, deemed withdrawn */
};

struct evidence {
	struct evidence_document *documents; /* prior art best first, then conflicting ones */
	size_t count, prior_count;
	size_t closest;    /* place of the closest prior art: most features; SIZE_MAX: none */
	uint64_t searched; /* documents that were prior art by their day */
	const struct similar_term *terms;
	size_t term_count;
	struct evidence_class class;
};

bool evidence_find(const struct snapshot *snapshot, const struct evidence_request *request,
		   const struct search_limits *limits, struct arena *arena,
		   struct evidence *evidence_out, struct error *error) MUST_CHECK;

/*
 * The features of a text: of its first claim, or all of it, the parts between ；。 and line ends,
 * without numbers in front. At most EVIDENCE_FEATURES_MAX, in the arena.
 */
size_t evidence_features(struct arena *arena, struct str text, const struct str **features_out);

#endif
