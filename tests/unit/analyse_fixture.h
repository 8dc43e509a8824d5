#ifndef TESTS_ANALYSE_FIXTURE_H
#define TESTS_ANALYSE_FIXTURE_H

#include "analyse/input.h"

/*
 * A small index of random documents, the same for the same seed, and beside it what stands in
 * them, for computing everything the naive way. Some applications are removed again when
 * asked, and documents stand in several segments.
 */
enum {
	FIXTURE_APPLICANTS = 30,
	FIXTURE_INVENTORS = 60,
	FIXTURE_CLASSES = 12,
	FIXTURE_BRANCHES = 5,
	FIXTURE_EFFECTS = 4,
	FIXTURE_CITES_MAX = 4
};

struct fixture_document {
	int64_t id;
	uint32_t document; /* its number in the snapshot; DOCUMENT_NONE: removed */
	date filed, granted, lapsed, expires; /* DATE_NONE: none */
	const char *type, *status, *group, *office, *origin, *province;
	unsigned applicants[3], applicant_count;
	unsigned inventors[4], inventor_count;
	unsigned classes[3], class_count;
	int family; /* -1: none */
	unsigned kind_count;
	int64_t cited_by;                              /* -1: none */
	unsigned cites[FIXTURE_CITES_MAX], cite_count; /* places in the array, older ones */
	unsigned branch, effect;
	const char *event; /* NULL: none */
};

struct fixture {
	struct arena *arena;
	struct index *index;
	const struct snapshot *snapshot;
	char folder[64];
	struct fixture_document *documents;
	size_t count;
	struct tree_node technology[FIXTURE_BRANCHES + 1], effects[FIXTURE_EFFECTS];
	struct analysis_input input; /* all live documents, as of 2024-06-30 */
};

struct fixture *fixture_create(size_t count, uint64_t seed, bool with_removed);
void fixture_destroy(struct fixture *fixture);
/* A random part of the live documents. */
const struct bitmap *fixture_subset(struct fixture *fixture, unsigned percent);
bool fixture_has(const struct fixture *fixture, const struct bitmap *set, size_t i);

const char *fixture_applicant(unsigned i);
const char *fixture_inventor(unsigned i);
const char *fixture_class(unsigned i); /* a subclass */

#endif
