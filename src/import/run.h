#ifndef IMPORT_RUN_H
#define IMPORT_RUN_H

#include "base/list.h"
#include "import/map.h"
#include "library/library.h"

/*
 * The import of one file: rows are read and mapped in one thread and written by the caller's, in
 * batches. One batch is one transaction with its checkpoint, so that an import that was killed
 * goes on where it stopped when it is started again with the same file.
 */
typedef void import_progress_fn(void *context, int64_t done, int64_t total); /* bytes */

struct import_options {
	const char *path;
	const struct source *source; /* NULL: found from the content */
	int64_t topic_id;            /* 0: none */
	bool dry_run;                /* all is counted, nothing stays */
	date today;
	size_t batch_rows;            /* 0: the usual 2,000 */
	import_progress_fn *progress; /* may be NULL */
	void *progress_context;
};

enum { IMPORT_REFUSALS_MAX = 100000 }; /* kept in the result; the library has all */

struct import_result {
	int64_t import_id;
	const char *source; /* name of the source, of the first part for an archive */
	int64_t rows;       /* taken in this time, refused ones among them */
	int64_t resumed_at; /* rows an interrupted import had already taken in */
	int64_t inserted, updated, unchanged, rejected; /* with those of the interrupted import */
	int64_t topic_added, status_changed;
	int64_t milliseconds;
	struct findings findings;
	struct list refusals; /* struct import_rejected */
	bool is_stopped;      /* the file broke; what came before is kept */
	struct error stopped;
};

/*
 * False when nothing of the file was taken in: it cannot be read, or is of no known source, or
 * the database fails. A row that cannot be used is refused and never stops the rest.
 * import_result_release() in either case. The library must not be in a transaction.
 */
bool import_run(struct library *library, struct arena *arena, const struct import_options *options,
		struct import_result *result, struct error *error) MUST_CHECK;
void import_result_release(struct import_result *result);

/* The cells of a refused row as they stood in the file: headers and values. */
size_t import_row_cells(struct arena *arena, struct str row_text, struct str **headers_out,
			struct str **values_out);

#endif
