#ifndef AUTH_AUDIT_H
#define AUTH_AUDIT_H

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "db/db.h"

#define AUDIT_CLAUSE "3-m" /* what it serves of the policy */

/*
 * The audit log: who did what when, in lines that are only ever added. Each line's hash is taken
 * over the hash of the line before it and its own content, so that a line changed, removed or moved
 * later is found by audit_verify(). The head of the chain (position and hash of the newest line)
 * is a row of its own; who keeps it elsewhere can also prove that the end was not cut off.
 */
enum audit_hash { AUDIT_SHA256, AUDIT_SM3 }; /* FIPS 180-4; GB/T 32905-2016 */

struct audit_entry {
	int64_t at_ms;          /* UTC */
	int64_t user_id;        /* 0: nobody logged in, or the operator's command */
	const char *request_id; /* NULL is "" in this and the following texts */
	const char *action;     /* "record.update", "account.log_in" … */
	const char *subject;    /* what it was done to: "annual_task/12" */
	const char *detail;     /* what else is to be known; never a secret */
};

/*
 * Adds a line in the caller's transaction, which must be open. Locks the head until the end of the
 * transaction: everything that adds a line waits for it, so call this last. Texts beyond 4,000
 * bytes are cut at a character.
 */
bool audit_append(struct db *db, enum audit_hash hash, const struct audit_entry *entry,
		  struct error *error) MUST_CHECK;

enum audit_fault {
	AUDIT_WHOLE,     /* nothing is wrong */
	AUDIT_CHANGED,   /* the line is not what was written */
	AUDIT_MISSING,   /* no line at this position, though later ones or the head are there */
	AUDIT_REORDERED, /* what was written here stands at other_position now */
	AUDIT_BEYOND,    /* a line behind the head: added without the chain's lock */
	AUDIT_HEAD       /* the last line is whole, but the head says another hash */
};
const char *audit_fault_name(enum audit_fault fault); /* "whole", "changed" … */
struct audit_report {
	enum audit_fault fault;
	int64_t position;       /* of the first line at fault */
	int64_t other_position; /* AUDIT_REORDERED */
	int64_t line_count;     /* whole lines before the fault */
	char head[65];          /* hash of the last whole line, hex; "" of an empty log */
};
/* False only when the database fails. Reads all lines; flat memory. */
bool audit_verify(struct db *db, struct audit_report *report_out, struct error *error) MUST_CHECK;

/* A line as read. Texts live in the arena given. */
struct audit_line {
	int64_t position, at_ms, user_id;
	const char *request_id, *action, *subject, *detail, *algorithm, *hash;
};
struct audit_filter {
	int64_t from_ms, to_ms;       /* 0: no bound; to is not included */
	int64_t user_id;              /* 0: all */
	const char *action, *subject; /* the beginning of it; NULL: all */
	int64_t before_position;      /* for the next page: lines before it; 0: from the newest */
	size_t limit;                 /* 1 to 1000 */
};
/* Newest first. */
bool audit_list(struct db *db, struct arena *arena, const struct audit_filter *filter,
		struct audit_line **lines_out, size_t *count_out, struct error *error) MUST_CHECK;

/*
 * Appends up to 500 lines behind `after`, oldest first, as JSON lines: {"position":1,"at":ms,
 * "user":0,"request":"…","action":"…","subject":"…","detail":"…","algorithm":"sha256","hash":"…"}.
 * *last_out is the last position written, or after when there is no more.
 */
bool audit_export(struct db *db, int64_t after, struct strbuf *lines, int64_t *last_out,
		  struct error *error) MUST_CHECK;

/*
 * The hash of a line, for whoever checks an export without this program: algorithm over the hash
 * before it (hex; "" for the first) and then, each as its length in bytes, ':', the bytes and ',':
 * algorithm, position, at, user, request, action, subject, detail (numbers as decimal digits).
 */
void audit_line_hash(const char *previous_hash, const struct audit_line *line, char hash_out[65]);

#endif
