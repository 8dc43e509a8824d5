#ifndef LIBRARY_LIBRARY_H
#define LIBRARY_LIBRARY_H

#include "base/arena.h"
#include "base/date.h"
#include "base/error.h"
#include "index/bitmap.h"
#include "patent/publication.h"

/*
 * The documents of one installation and what people made of them, in the database: publications
 * with the facts of every source, the applications they belong to, imports and their rejected
 * rows, topics with their trees and logs, saved queries. The truth; the index is derived from it
 * through the change log.
 *
 * One struct library is one database connection, for one thread. A second process or thread
 * opens its own.
 */
struct library;

/*
 * Opens DIR/yucheng.db, or the database DIR/yucheng.conf names (base/config.h). A missing DIR/yucheng.db
 * is made, with its folder, when create is set, else ERROR_NOT_FOUND.
 */
bool library_open(const char *folder, bool create, struct library **library_out,
		  struct error *error) MUST_CHECK;
void library_close(struct library *library);
const char *library_folder(const struct library *library);
struct db;
struct db *library_database(struct library *library); /* its connection, for records beside it */
/* Whose topics and saved queries are listed, found by name and made: organisation 1 at first. */
void library_use_organisation(struct library *library, int64_t organisation_id);

/* ---- Transactions. What is done between begin and commit is stored whole or not at all. */
bool library_begin(struct library *library, struct error *error) MUST_CHECK;
bool library_commit(struct library *library, struct error *error) MUST_CHECK;
void library_rollback(struct library *library); /* also after a failed call; idempotent */
/*
 * Asked at every library_begin(), which fails with its error when it answers false: so that work of
 * many transactions, an import, can be stopped between two of them. NULL: nobody is asked.
 */
typedef bool library_ask_fn(void *context, struct error *error);
void library_ask_at_begin(struct library *library, library_ask_fn *ask, void *context);

/* ---- Publications. */
enum put_result { PUT_INSERTED, PUT_UPDATED, PUT_UNCHANGED };

/*
 * Merges one reading into the publication it speaks of, found by its number; a reading without
 * publication number by application number, else by title, applicant and date. Publications with
 * one application number, or (lacking it) one number up to the kind, form one application.
 * Writes the change log. Inside a transaction. arena: for the work of this call.
 */
bool library_put(struct library *library, struct arena *arena, const struct publication *reading,
		 enum put_result *result_out, int64_t *application_id_out,
		 struct error *error) MUST_CHECK;

struct application {
	int64_t id;
	size_t publication_count;
	struct publication **stored; /* the facts of all sources, oldest publication first */
};
/* ERROR_NOT_FOUND when there is none. Everything in the arena. */
bool library_application(struct library *library, struct arena *arena, int64_t id,
			 struct application *application_out, struct error *error) MUST_CHECK;
/*
 * An application as it is shown, searched and counted. answer: of the effective facts of all its
 * publications those of the newest one that has the field and language; union fields (classes,
 * events, citations ...) and FACT_PUBLICATION_NUMBER of all, newest first.
 */
struct application_view {
	struct publication **effective; /* of each publication, newest first */
	size_t count;
	struct publication *answer;
};
struct application_view application_view(struct arena *arena,
					 const struct application *application);
struct publication *application_effective(struct arena *arena,
					  const struct application *application); /* its answer */
/* By any number a person may write: publication or application number, with or without kind,
   office, check digit. */
bool library_find_number(struct library *library, struct arena *arena, struct str number,
			 int64_t *application_id_out, struct error *error) MUST_CHECK;
bool library_application_count(struct library *library, int64_t *count_out,
			       struct error *error) MUST_CHECK;

/* ---- The change log: every application that is new, changed or gone, in commit order. */
/* One application as stored; body_count 0: gone (it was joined with another). */
struct packed_application {
	int64_t id;
	struct str *bodies;
	size_t body_count;
};
/*
 * The applications of up to limit changes after a position, each once, by id. *last_out is the
 * position to go on from; it equals `after` when there is nothing new.
 */
bool library_changes(struct library *library, struct arena *arena, int64_t after, size_t limit,
		     struct packed_application **applications_out, size_t *count_out,
		     int64_t *last_out, struct error *error) MUST_CHECK;
bool library_last_change(struct library *library, int64_t *position_out,
			 struct error *error) MUST_CHECK;
/* Decodes; touches no database, so any thread may call it. */
bool library_unpack(struct arena *arena, const struct packed_application *packed, size_t count,
		    struct application *applications_out, struct error *error) MUST_CHECK;

/* ---- Imports: one row a file, with its checkpoint. */
enum import_state { IMPORT_RUNNING, IMPORT_DONE, IMPORT_FAILED };
struct import_record {
	int64_t id;              /* also the import_id of the facts */
	const char *file;        /* as given */
	const char *fingerprint; /* size and SHA-like hash of content: the same file again? */
	const char *source;      /* source name, "incopat" */
	enum import_state state;
	int64_t rows_done; /* checkpoint: rows taken in and committed */
	int64_t inserted, updated, unchanged, rejected;
	int64_t topic_id; /* 0: none */
	date imported_on;
	const char *message; /* why it failed, or "" */
};
bool library_import_start(struct library *library, struct arena *arena,
			  struct import_record *record,
			  struct error *error) MUST_CHECK; /* finds a running one of the same
			  fingerprint, topic and source and fills its progress, or inserts */
bool library_import_save(struct library *library, const struct import_record *record,
			 struct error *error) MUST_CHECK; /* inside the batch's transaction */
struct import_rejected {
	int64_t place; /* the row, as a person finds it */
	struct error
		reason; /* its key is static, or of the arena when no message has it any more */
	struct str row_text; /* as import/ wrote it: see import_row_cells() */
};
bool library_import_reject(struct library *library, int64_t import_id,
			   const struct import_rejected *rejected, struct error *error) MUST_CHECK;
bool library_import_rejected(struct library *library, struct arena *arena, int64_t import_id,
			     struct import_rejected **rejected_out, size_t *count_out,
			     struct error *error) MUST_CHECK;
bool library_imports(struct library *library, struct arena *arena,
		     struct import_record **records_out, size_t *count_out,
		     struct error *error) MUST_CHECK;

/* Column maps users saved under a name: "title=名称,…". */
bool library_column_map_save(struct library *library, const char *name, const char *text,
			     struct error *error) MUST_CHECK;
bool library_column_map_find(struct library *library, struct arena *arena, const char *name,
			     const char **text_out, struct error *error) MUST_CHECK;

/* ---- Topics (专利专题数据库). */
enum topic_set { TOPIC_IMPORTED, TOPIC_ADDED, TOPIC_REMOVED, TOPIC_SET_COUNT };
enum tree_kind { TREE_TECHNOLOGY, TREE_EFFECT, TREE_KIND_COUNT };

struct topic {
	int64_t id;
	const char *name, *purpose, *field, *query; /* query may be "": imported documents only */
	date created_on, updated_on;
};
bool library_topic_find(struct library *library, struct arena *arena, struct str name,
			struct topic *topic_out, struct error *error) MUST_CHECK;
bool library_topic_list(struct library *library, struct arena *arena, struct topic **topics_out,
			size_t *count_out, struct error *error) MUST_CHECK;
/* id 0: inserts and fills id; a name in use is ERROR_CONFLICT. */
bool library_topic_save(struct library *library, struct topic *topic,
			struct error *error) MUST_CHECK;
bool library_topic_remove(struct library *library, int64_t topic_id,
			  struct error *error) MUST_CHECK;

/* Sets of application ids, stored by chunks: adding touches only the chunks it must. */
bool library_topic_set(struct library *library, struct arena *arena, int64_t topic_id,
		       enum topic_set set, const struct bitmap **ids_out,
		       struct error *error) MUST_CHECK;
/* Returns in *changed_out how many ids were new to the set (or, removing, were in it). */
bool library_topic_set_add(struct library *library, struct arena *arena, int64_t topic_id,
			   enum topic_set set, const struct bitmap *ids, uint64_t *changed_out,
			   struct error *error) MUST_CHECK;
bool library_topic_set_take(struct library *library, struct arena *arena, int64_t topic_id,
			    enum topic_set set, const struct bitmap *ids, uint64_t *changed_out,
			    struct error *error) MUST_CHECK;

struct topic_log_line {
	date on;
	const char *source;
	int64_t added, removed, updated, status_changed;
};
bool library_topic_log_add(struct library *library, int64_t topic_id,
			   const struct topic_log_line *line, struct error *error) MUST_CHECK;
bool library_topic_log(struct library *library, struct arena *arena, int64_t topic_id,
		       struct topic_log_line **lines_out, size_t *count_out,
		       struct error *error) MUST_CHECK;

/* A breakdown tree: nodes in document order, level 1 to 4, each child behind its parent. */
struct topic_node {
	unsigned level;
	const char *name, *definition, *query;
};
bool library_topic_tree(struct library *library, struct arena *arena, int64_t topic_id,
			enum tree_kind kind, struct topic_node **nodes_out, size_t *count_out,
			struct error *error) MUST_CHECK;
bool library_topic_tree_save(struct library *library, int64_t topic_id, enum tree_kind kind,
			     const struct topic_node *nodes, size_t count,
			     struct error *error) MUST_CHECK; /* replaces the tree */

/* ---- Tags: marks of the organisation on documents; #tag in a query finds them. */
/* Puts the tag on applications, or takes it off; inside a transaction. */
bool library_tag(struct library *library, const char *tag, const struct bitmap *ids, bool is_on,
		 int64_t user_id, struct error *error) MUST_CHECK;
struct document_tag {
	const char *name;
	int64_t count; /* of applications */
};
bool library_tag_list(struct library *library, struct arena *arena, struct document_tag **tags_out,
		      size_t *count_out, struct error *error) MUST_CHECK; /* by name */
bool library_tag_find(struct library *library, struct arena *arena, struct str tag,
		      const struct bitmap **ids_out,
		      struct error *error) MUST_CHECK; /* empty when nothing has it */
bool library_tags_of(struct library *library, struct arena *arena, int64_t application_id,
		     struct str **tags_out, size_t *count_out, struct error *error) MUST_CHECK;

/* ---- Saved queries: #name in a query. */
bool library_query_save(struct library *library, const char *name, const char *text,
			struct error *error) MUST_CHECK;
bool library_query_find(struct library *library, struct arena *arena, struct str name,
			const char **text_out, struct error *error) MUST_CHECK;
struct saved_query {
	const char *name, *text;
};
bool library_query_list(struct library *library, struct arena *arena,
			struct saved_query **queries_out, size_t *count_out,
			struct error *error) MUST_CHECK; /* by name */
bool library_query_remove(struct library *library, struct str name, struct error *error) MUST_CHECK;

#endif
