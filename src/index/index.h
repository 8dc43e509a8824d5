#ifndef INDEX_INDEX_H
#define INDEX_INDEX_H

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"
#include "index/bitmap.h"

#include <stdatomic.h>

/*
 * The derived search and analytics index: immutable generations in a folder, mapped read-only.
 * It knows documents and columns, not publications or SQL, and can be deleted at any time: the
 * database rebuilds it. docs/index-format.md describes the files byte by byte.
 *
 * Document numbers: dense within a segment; segments start at multiples of 65,536, so numbers of
 * a snapshot have gaps between segments. They mean nothing in another snapshot.
 */
struct index;
struct snapshot; /* one generation; unchanged for as long as it is held */
struct index_writer;

enum column_kind {
	COLUMN_TEXT,    /* tokens with positions (text/token.h); no values */
	COLUMN_KEYWORD, /* whole strings, folded by the caller; several a document */
	COLUMN_NUMBER   /* int64, at most one a document; dates as days */
};

struct column {
	const char *name;
	enum column_kind kind;
};

enum { INDEX_COLUMNS_MAX = 96 };
#define NUMBER_NONE   INT64_MIN /* the document has no value */
#define DOCUMENT_NONE UINT32_MAX

struct index_schema {
	const struct column *columns;
	size_t column_count;
	uint32_t version; /* a new version, or other columns, means: build again */
};

/*
 * ---- Opening, and holding still.
 * Opening creates a missing folder's index. ERROR_CONFLICT "index.schema": built for another
 * schema; ERROR_CORRUPT: damaged or foreign. In both cases the caller removes the folder and
 * builds anew. Other processes may read while one writes: a lock file keeps writers apart.
 */
bool index_open(const char *folder, const struct index_schema *schema, struct index **index_out,
		struct error *error) MUST_CHECK;
void index_close(struct index *index);
/* Takes up generations other processes committed since. */
bool index_refresh(struct index *index, struct error *error) MUST_CHECK;
const struct snapshot *index_acquire(struct index *index); /* any thread */
void index_release(const struct snapshot *snapshot);
/* Reads everything and checks every checksum. */
bool index_verify(struct index *index, struct error *error) MUST_CHECK;
int64_t index_size_on_disk(const struct index *index);

/*
 * ---- Writing: one writer at a time; nothing is seen before commit. put replaces the document of
 * the same id. Cells of one text column are joined with a gap no phrase can cross; '\n' within
 * a text ends a paragraph. Texts are used during the call only.
 */
struct cell_value {
	unsigned column;
	struct str text; /* COLUMN_TEXT, COLUMN_KEYWORD */
	int64_t number;  /* COLUMN_NUMBER */
};
struct document {
	int64_t id; /* the database's id, 1 to 2^32 - 1 */
	const struct cell_value *cells;
	size_t cell_count;
};
struct index_write_options {
	size_t memory_max;   /* bytes held before a segment is written; 0: default */
	size_t thread_count; /* 0: default */
};
bool index_write_begin(struct index *index, const struct index_write_options *options,
		       struct index_writer **writer_out, struct error *error) MUST_CHECK;
bool index_write_put(struct index_writer *writer, const struct document *document,
		     struct error *error) MUST_CHECK;
bool index_write_remove(struct index_writer *writer, int64_t id, struct error *error) MUST_CHECK;
/* log_position: the change-log entry up to which the index is now current. Syncs. */
bool index_write_commit(struct index_writer *writer, int64_t log_position,
			struct error *error) MUST_CHECK;
void index_write_abandon(struct index_writer *writer); /* after a failed call too */
/*
 * Merges small segments, with less priority than the caller's (all into one when `all`, with the
 * caller's); a no-op when there is nothing to gain. Runs beside readers and a writer: it waits for the writer only to put the result in place.
 * ERROR_BUSY when another merge runs, or a writer does not end within a minute.
 */
bool index_merge(struct index *index, bool all, struct error *error) MUST_CHECK;

/* ---- What a snapshot holds. */
int64_t snapshot_log_position(const struct snapshot *snapshot);
uint64_t snapshot_generation(const struct snapshot *snapshot);
uint64_t snapshot_document_count(const struct snapshot *snapshot);
uint32_t snapshot_document_limit(const struct snapshot *snapshot);        /* numbers are below it */
const struct bitmap *snapshot_documents(const struct snapshot *snapshot); /* all live ones */
int64_t snapshot_document_id(const struct snapshot *snapshot, uint32_t document);
uint32_t snapshot_find_document(const struct snapshot *snapshot, int64_t id); /* or DOCUMENT_NONE */
/* Document numbers of a set of ids; ids that are not indexed are passed over. */
const struct bitmap *snapshot_documents_of_ids(const struct snapshot *snapshot, struct arena *arena,
					       const struct bitmap *ids);

/*
 * Sets that will be asked for again, kept with the snapshot under a name: bounded in bytes, the one not
 * used longest goes first. What is found lives as long as the arena. Any thread.
 */
bool snapshot_find_kept(const struct snapshot *snapshot, struct str name, struct arena *arena,
			const struct bitmap **documents_out);
void snapshot_keep(const struct snapshot *snapshot, struct str name,
		   const struct bitmap *documents);

/*
 * ---- Limits of one query. Every function below that can be slow takes them (NULL: none) and looks at
 * them now and then, some thousand documents or terms apart; beyond them it fails with ERROR_LIMIT, when
 * cancelled with ERROR_CANCELLED. Whoever works long with what they give calls search_may_go_on() too.
 */
struct search_limits {
	int64_t deadline_ms; /* monotonic clock; 0 for none */
	uint64_t terms_max;  /* dictionary terms one wildcard may stand for; 0: default */
	size_t memory_max;   /* bytes the arena may hold; 0 for any */
	const struct arena *arena;
	const atomic_bool *cancelled; /* or NULL: set by any thread */
	/* Or NULL: asked each time, with an error of its own; must be quick. */
	bool (*may_go_on)(void *context, struct error *error);
	void *context;
};
/* What one person's query may take on a machine that others use too. */
#define SEARCH_MEMORY_MAX ((size_t)1 << 30)
#define SEARCH_TIME_MAX   120000 /* milliseconds, at the console */
bool search_may_go_on(const struct search_limits *limits, struct error *error) MUST_CHECK;

/* ---- Sets of documents (live ones only), in the arena. */
/* Documents with this token (COLUMN_TEXT) or this exact keyword; empty when unknown. */
const struct bitmap *index_term_documents(const struct snapshot *snapshot, struct arena *arena,
					  unsigned column, struct str term);
/*
 * Documents with a term t, low <= t < end in byte order; end empty: no upper end. A class or
 * keyword prefix is such a range (see str_prefix_end() in index/term.h).
 */
bool index_term_range_documents(const struct snapshot *snapshot, struct arena *arena,
				unsigned column, struct str low, struct str end,
				const struct search_limits *limits,
				const struct bitmap **documents_out,
				struct error *error) MUST_CHECK;
/* Documents whose number lies in [low, high]. */
const struct bitmap *index_number_range_documents(const struct snapshot *snapshot,
						  struct arena *arena, unsigned column, int64_t low,
						  int64_t high);
/* Documents that have any value or token in the column. */
const struct bitmap *index_column_documents(const struct snapshot *snapshot, struct arena *arena,
					    unsigned column);
/*
 * Documents with the tokens at the given distances from the first one, in one text column:
 * a phrase. offsets[0] is 0 and they ascend. within NULL: all.
 */
bool index_phrase_documents(const struct snapshot *snapshot, struct arena *arena, unsigned column,
			    const struct str *tokens, const uint32_t *offsets, size_t token_count,
			    const struct bitmap *within, const struct search_limits *limits,
			    const struct bitmap **documents_out, struct error *error) MUST_CHECK;

/*
 * The same asked of single documents, in any order, for when few of them have to be known. Tokens and
 * offsets must live as long as the arena.
 */
struct phrase_check;
struct phrase_check *index_phrase_check(const struct snapshot *snapshot, struct arena *arena,
					unsigned column, const struct str *tokens,
					const uint32_t *offsets, size_t token_count);
bool phrase_check_holds(struct phrase_check *check, uint32_t document);

/* ---- Dictionaries. */
/* Calls visit for each distinct term that begins with prefix, in byte order over all segments,
   with the number of documents (deleted ones may be included); ends early when it returns false. */
typedef bool term_fn(void *context, struct str term, uint64_t documents);
bool index_each_term(const struct snapshot *snapshot, unsigned column, struct str prefix,
		     const struct search_limits *limits, term_fn *visit, void *context,
		     struct error *error) MUST_CHECK;
uint64_t index_term_frequency(const struct snapshot *snapshot, unsigned column, struct str term);

/*
 * ---- Positions, for proximity. A cursor walks the documents of one token in ascending order.
 * Token positions count from 0; TOKEN_SENTENCE_END and TOKEN_PARAGRAPH_END (text/token.h) are
 * tokens that share the position of the token they follow.
 */
struct posting_cursor;
struct posting_cursor *index_cursor(const struct snapshot *snapshot, struct arena *arena,
				    unsigned column, struct str token);
/* The first document >= wanted that has the token, or DOCUMENT_NONE. wanted never goes back. */
uint32_t cursor_seek(struct posting_cursor *cursor, uint32_t wanted);
/* Positions in the document sought last, ascending; valid until the next seek. */
size_t cursor_positions(struct posting_cursor *cursor, const uint32_t **positions_out);

/*
 * ---- Columns forward, for counting. A column of a keyword kind has per document a list of
 * ordinals into the segment's sorted dictionary; global ordinals run over the sorted union of all
 * segments' dictionaries (built on first use, kept with the snapshot).
 */
struct column_view {
	uint32_t first_document, document_count; /* of the segment */
	const uint32_t *starts; /* document_count + 1 offsets into ordinals; NULL: one each */
	const void *ordinals;   /* `width` bytes each; the value `none` means: no value */
	const void *numbers;    /* COLUMN_NUMBER: `width` bytes each, plus `number_base` */
	unsigned width;         /* 1, 2, 4 or 8 */
	uint32_t none;       /* starts NULL: the ordinal for "no value": equals term_count, so that
				    counters for term_count + 1 ordinals need no branch */
	int64_t number_base; /* value = base + stored; stored all-ones means NUMBER_NONE */
	uint32_t term_count; /* of the segment's dictionary */
	const uint32_t *global; /* segment ordinal -> global ordinal; NULL: the same */
	const uint32_t *totals; /* documents per segment ordinal (deleted ones included), or NULL */
	bool has_deleted;       /* some documents of the segment are deleted */
};
size_t snapshot_segment_count(const struct snapshot *snapshot);
/* The segment's documents: the number of the first, and how many. */
uint32_t snapshot_segment_first(const struct snapshot *snapshot, size_t segment);
uint32_t snapshot_segment_size(const struct snapshot *snapshot, size_t segment);
struct column_view snapshot_column(const struct snapshot *snapshot, unsigned column,
				   size_t segment);
uint32_t snapshot_term_count(const struct snapshot *snapshot, unsigned column); /* distinct */
struct str snapshot_term(const struct snapshot *snapshot, unsigned column, uint32_t global);
/* The global ordinal of a keyword, or UINT32_MAX. */
uint32_t snapshot_find_term(const struct snapshot *snapshot, unsigned column, struct str term);
int64_t snapshot_number(const struct snapshot *snapshot, unsigned column, uint32_t document);
/* Global ordinals of one document, in the arena. */
size_t snapshot_ordinals(const struct snapshot *snapshot, struct arena *arena, unsigned column,
			 uint32_t document, const uint32_t **ordinals_out);

/*
 * ---- Relevance: BM25 (Robertson, Zaragoza 2009; k1 1.2, b 0.75) summed over weighted terms of
 * text columns; weights above 0. Best first; ties by document number.
 */
struct rank_term {
	unsigned column;
	struct str token;
	float weight;
};
struct scored {
	uint32_t document;
	float score;
};
struct rank_request {
	const struct rank_term *terms;
	size_t term_count;
	const struct bitmap *within; /* live documents; NULL: all */
	/* NULL, or what else a document must fulfil: asked, in any order, of those only that would be
	   among the best, so that it may be slow. */
	bool (*holds)(void *context, uint32_t document);
	void *context;
	size_t limit;
	const struct search_limits *limits;
};
bool index_rank(const struct snapshot *snapshot, struct arena *arena,
		const struct rank_request *request, struct scored **best_out, size_t *count_out,
		struct error *error) MUST_CHECK;

#endif
