#ifndef API_RECORD_CALL_H
#define API_RECORD_CALL_H

#include "api/call.h"
#include "record/beside.h"
#include "record/labels.h"
#include "record/list.h"

/* What the endpoints of records share: the type and record of the path, their JSON. */

struct record_call {
	struct call *call;
	struct record_store store;
	const struct record_type *type; /* {type} of the path; NULL where there is none */
	struct record_labels *labels;
	struct record_file *files; /* that fields of the records name */
	size_t file_count;
	struct field_errors errors;
};

/* A type the actor may not read at all is not there. */
bool record_call_begin(struct call *call, struct record_call *records_out,
		       struct error *error) MUST_CHECK;
/* {id} of the path. */
bool record_call_find(struct record_call *records, struct record **record_out,
		      struct error *error) MUST_CHECK;
/* The version the client has seen -> record->version: If-Match, or "version" of the body or the query
   string. is_needed: without one, ERROR_INVALID "api.missing". */
bool record_call_version(struct record_call *records, struct record *record, bool is_needed,
			 struct error *error) MUST_CHECK;
/* filter, search, sort and page of the query string; limit and total are the caller's. */
bool record_call_list(struct record_call *records, struct record_list_options *options_out,
		      struct error *error) MUST_CHECK;
/* All that is wrong is told at once: when fields could not be read (records->errors), what the others
   lack is added to them. */
bool record_call_check(struct record_call *records, const struct record *record,
		       struct error *error) MUST_CHECK;
/* Shows the errors of the fields with the one that is returned. Returns false. */
bool record_call_refuse(struct record_call *records);

/* ---- History and comments (record_beside.c). */

/* Newest first, with the titles of all that its values refer to. */
bool call_history(struct record_call *records, const struct record *record,
		  struct record_change **changes_out, size_t *count_out,
		  struct error *error) MUST_CHECK;
/* The old or new value of a change as shown to a person. */
struct str call_history_text(struct record_call *records, const struct record_change *change,
			     const char *text);

/* Oldest first, with the names of who wrote them. */
bool call_comments(struct record_call *records, const struct record *record,
		   struct record_comment **comments_out, size_t *count_out,
		   struct error *error) MUST_CHECK;
/* Where the content of an attachment stands (record_files.c). */
bool call_content_path(const struct call *call, const char *sha256, const char **path_out,
		       struct error *error) MUST_CHECK;
/* Keeps what the server made as the file of file->field, and saves the record with what else was set in
   it, in one transaction. Fills size, sha256, id. */
bool call_keep_content(struct record_call *records, struct record *record, struct record_file *file,
		       struct str content, struct error *error) MUST_CHECK;
/* The contents of files whose rows are gone (record_files.c); not within a transaction. */
void call_drop_contents(struct record_call *records, const struct record_file *files, size_t count);

/* ---- JSON (record_json.c). */

/* Sets what "fields" of the body gives; errors go to records->errors. False: there is no such
   object. */
bool call_read_fields(struct record_call *records, struct record *record,
		      struct error *error) MUST_CHECK;
/* Collects the titles and files of the records; before they are written. */
bool call_prepare_records(struct record_call *records, struct record *const *list, size_t count,
			  struct error *error) MUST_CHECK;
/* is_single: with what the actor may do to it. */
void call_write_record(struct record_call *records, const struct record *record, bool is_single);
/* Both: the answer that is one record, with its ETag. */
bool call_answer_record(struct record_call *records, struct record *record,
			struct error *error) MUST_CHECK;
/* key: {"id","name"}, or null for 0. */
void call_write_user(struct record_call *records, const char *key, int64_t id);
void call_write_organisation(struct record_call *records, const char *key, int64_t id);

#endif
