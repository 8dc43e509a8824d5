#ifndef DEMO_DEMO_H
#define DEMO_DEMO_H

#include "base/date.h"
#include "library/library.h"
#include "patent/publication.h"

/*
 * The demo collection (示例数据): about 20,000 invented Chinese applications over five key fields,
 * the same bytes on every machine. Every applicant's name carries 示例. The numbers are well formed
 * (check digits, kinds of their time) but lie in ranges no office has given out: application
 * serials from 9,000,000, publication numbers CN19..., CN29..., CN39..., so that no real document
 * ever meets an invented one. The vocabulary and the trees are the files of data/demo.
 */
struct demo;

#define DEMO_HORIZON 20757 /* 2026-10-31, in days: nothing happens after it */

/* Everything lives in the arena. Errors tell of a mistake in data/demo, with file and line. */
bool demo_create(struct arena *arena, struct demo **demo_out, struct error *error) MUST_CHECK;

size_t demo_case_count(const struct demo *demo); /* applications */
size_t demo_publication_count(const struct demo *demo);
/* The i-th publication, in order of publication date. Its texts live in the arena. */
struct publication *demo_publication(const struct demo *demo, struct arena *arena, size_t i);

/* A topic each for the five key fields, and one for the whole collection (without trees). */
struct demo_topic {
	struct str name, purpose, field, query;
	struct str trees[TREE_KIND_COUNT]; /* TOML, as import/tree_file.h reads it */
};
size_t demo_topic_count(const struct demo *demo);
void demo_topic(const struct demo *demo, size_t i, struct demo_topic *topic_out);

struct demo_counts {
	int64_t inserted, updated, unchanged; /* publications */
	int64_t topics;                       /* made now */
};
typedef void demo_progress_fn(void *context, int64_t done, int64_t total);
/*
 * Puts the collection into the library and makes its topics and trees. Done again it changes
 * nothing; broken off it goes on. Commits every 2,000 publications. today: of the topics and the
 * import; the documents do not depend on it.
 */
bool demo_fill(const struct demo *demo, struct library *library, date today,
	       demo_progress_fn *progress, void *context, struct demo_counts *counts_out,
	       struct error *error) MUST_CHECK;

/* Writes the collection as JSON lines, as the source "demo" reads them. */
bool demo_write_file(const struct demo *demo, const char *path, demo_progress_fn *progress,
		     void *context, struct error *error) MUST_CHECK;

#endif
