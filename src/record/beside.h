#ifndef RECORD_BESIDE_H
#define RECORD_BESIDE_H

#include "record/record.h"

/*
 * What stands beside a row: history, comments, attachments, what waits for whom. A record given
 * here was read by record_find, so the actor may see it. Of its history and comments the actor sees
 * those made in states in which the row was his to read: what a centre wrote into a draft stays there.
 */

struct record_change {
	int64_t version, at, user_id; /* user 0: hidden, or the program */
	const char *action;           /* create update delete or a step */
	const char *field;            /* "state" for steps; NULL of a creation */
	const char *old_value,
		*new_value; /* as record_format_value; NULL: none; sensitive: "***" */
	const char *request_id;
};
enum { RECORD_BESIDE_MAX = 1000 }; /* rows answered at most */
bool record_history(struct record_store *store, const struct record *record,
		    struct record_change **changes_out, size_t *count_out,
		    struct error *error) MUST_CHECK; /* newest first */

struct record_comment {
	int64_t id, at, user_id;
	const char *step; /* made with this step, or NULL */
	const char *text;
};
bool record_comment_add(struct record_store *store, const struct record *record, struct str text,
			struct error *error)
	MUST_CHECK; /* at most 4,000 runes; not of an inspector */
bool record_comments(struct record_store *store, const struct record *record,
		     struct record_comment **comments_out, size_t *count_out,
		     struct error *error) MUST_CHECK; /* oldest first */

struct record_file {
	int64_t id, at, user_id, size; /* bytes */
	const char *field;             /* of a FIELD_FILE; NULL: an attachment of the row */
	const char *name, *media_type, *sha256;
};
/* The content is already in DATA/files (api/upload): this is the row about it. Fills id, at and
   user. The actor may update the row, and the type has attachments or that field. */
bool record_file_add(struct record_store *store, const struct record *record,
		     struct record_file *file, struct error *error) MUST_CHECK;
bool record_files(struct record_store *store, const struct record *record,
		  struct record_file **files_out, size_t *count_out,
		  struct error *error) MUST_CHECK;
/* One of the record's files; another record's is ERROR_NOT_FOUND. */
bool record_file_find(struct record_store *store, const struct record *record, int64_t id,
		      struct record_file *file_out, struct error *error) MUST_CHECK;
/* Id, name and size of the files that the FIELD_FILEs of the records name; no statement when there
   are none. */
bool record_files_named(struct record_store *store, struct record *const *records, size_t count,
			struct record_file **files_out, size_t *count_out,
			struct error *error) MUST_CHECK;
/* Does any row still name this content? */
bool record_file_is_used(struct record_store *store, const char *sha256, bool *used_out,
			 struct error *error) MUST_CHECK;
/* The content stays until no row names it. */
bool record_file_remove(struct record_store *store, const struct record *record, int64_t id,
			struct error *error) MUST_CHECK;

/* How near a day is, as colours and escalation have it. */
enum due_level {
	DUE_NORMAL,
	DUE_AMBER, /* within DUE_AMBER_DAYS */
	DUE_RED    /* within DUE_RED_DAYS, overdue, or the safe day is over */
};
enum { DUE_RED_DAYS = 7, DUE_AMBER_DAYS = 30 };
extern const char *const due_levels[]; /* "normal", "amber", "red" */
/* safe: DATE_NONE when there is none. */
enum due_level due_level(date due, date safe, date today);

/* 待办: records in whose state the actor may make a step that is somebody's task. */
enum { TASK_STEPS_MAX = 8 };
struct record_task {
	const struct record_type *type;
	int64_t record_id, organisation_id, since; /* ms UTC of the last change */
	const char *title, *state;
	const struct record_type
		*about_type; /* of the row it belongs to: "第4年年费" of which case */
	int64_t about_id;    /* 0: none */
	const struct transition *steps[TASK_STEPS_MAX]; /* that the actor may make */
	size_t step_count;
	date due;              /* of the type's reminders the nearest date, or DATE_NONE */
	const char *due_field; /* its field, or NULL */
	bool is_escalated;     /* red, or overdue, and nobody has seen to it */
};
/* Nearest due first, then longest waiting; escalated ones among them. limit: of each type. */
bool record_tasks(struct record_store *store, size_t limit, struct record_task **tasks_out,
		  size_t *count_out, struct error *error) MUST_CHECK;
/* Records whose reminder is due: today is within its days before the date, or past it, in its
   states, and the actor may update the record or make a step. Nearest first; without steps. */
bool record_reminders(struct record_store *store, size_t limit, struct record_task **tasks_out,
		      size_t *count_out, struct error *error) MUST_CHECK;

#endif
