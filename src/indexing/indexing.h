#ifndef INDEXING_INDEXING_H
#define INDEXING_INDEXING_H

#include "analyse/input.h"
#include "library/library.h"
#include "query/query.h"

/*
 * From the database to the index: turns applications into index documents, keeps the index at
 * the end of the change log, and resolves topics, trees and saved queries into sets of documents.
 */

/*
 * Opens DIR/index. One that is damaged or of another schema is removed and begun anew, empty:
 * indexing_catch_up() fills it from the database.
 */
bool indexing_open(const char *folder, struct index **index_out, struct error *error) MUST_CHECK;

typedef void indexing_progress_fn(void *context, int64_t done, int64_t total);
/*
 * Takes in all changes the library has committed. An index that is ahead of its database is
 * ERROR_CORRUPT: remove it (indexing_rebuild). `today` is the day legal states are computed for.
 */
bool indexing_catch_up(struct library *library, struct index *index, date today,
		       indexing_progress_fn *progress, void *context,
		       struct error *error) MUST_CHECK;

/* Merges what many imports have left in pieces; for the end of an import. It may wait for the next:
   nothing is lost when it fails. */
void indexing_tidy(struct index *index);

/*
 * Begins to take in, on a thread with connections of its own, what other connections commit from
 * now on; for long imports. The end waits until all is taken in. It may stay behind (another
 * process writes the index, a failure): indexing_catch_up() does the rest and tells why. NULL when
 * it could not begin; the end takes NULL.
 */
struct indexing_follower;
struct indexing_follower *indexing_follow(const char *folder, date today);
void indexing_follow_end(struct indexing_follower *follower);

/*
 * What every command that searches needs: the library, its index at the end of the change log,
 * and a snapshot held until workspace_close(). An index that does not fit is built anew.
 */
struct workspace {
	struct library *library;
	struct index *index;
	const struct snapshot *snapshot;
};
bool workspace_open(const char *folder, bool create, date today, indexing_progress_fn *progress,
		    void *context, struct workspace *workspace_out, struct error *error) MUST_CHECK;
void workspace_close(struct workspace *workspace);
/* Takes up what was imported since: the snapshot is replaced. */
bool workspace_refresh(struct workspace *workspace, date today, indexing_progress_fn *progress,
		       void *context, struct error *error) MUST_CHECK;

/* Cells of one application; texts live in the arena. */
void indexing_document(struct arena *arena, const struct application *application, date today,
		       struct document *document_out);

/*
 * #name in queries: saved queries first, then topics (as the documents they hold in this
 * snapshot). In the arena; library, snapshot and limits must outlive it.
 */
struct query_names indexing_names(struct arena *arena, struct library *library,
				  const struct snapshot *snapshot,
				  const struct search_limits *limits);

/* (imported, or found by the topic's query, or added) and not removed. */
bool indexing_topic_documents(struct library *library, const struct snapshot *snapshot,
			      struct arena *arena, const struct topic *topic,
			      const struct search_limits *limits,
			      const struct bitmap **documents_out, struct error *error) MUST_CHECK;

/* A topic's tree with the documents of every node inside `within`. */
bool indexing_topic_tree(struct library *library, const struct snapshot *snapshot,
			 struct arena *arena, int64_t topic_id, enum tree_kind kind,
			 const struct bitmap *within, const struct search_limits *limits,
			 struct tree_node **nodes_out, size_t *count_out,
			 struct error *error) MUST_CHECK;

#endif
