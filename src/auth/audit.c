#include "auth/audit.h"
#include "auth/digest.h"
#include "base/jsonout.h"
#include "base/list.h"
#include "base/utf8.h"

enum { TEXT_SIZE_MAX = 4000 };

#define LINE_COLUMNS "position, at, user_id, request_id, action, subject, detail, algorithm, hash"

static const char sql_advance[] =
	"UPDATE audit_head SET position = position + 1 WHERE id = 1 RETURNING position, hash";
static const char sql_set_head[] = "UPDATE audit_head SET hash = $1 WHERE id = 1";
static const char sql_insert[] = "INSERT INTO audit_line (" LINE_COLUMNS ") "
				 "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
static const char sql_head[] = "SELECT position, hash FROM audit_head WHERE id = 1";
static const char sql_after[] = "SELECT " LINE_COLUMNS " FROM audit_line WHERE position > $1 "
				"ORDER BY position LIMIT 500";
static const char sql_list[] =
	"SELECT " LINE_COLUMNS " FROM audit_line WHERE position < $1 AND at >= $2 AND at < $3 "
	"AND (user_id = $4 OR $5 = 1) AND action >= $6 AND action < $7 AND subject >= $8 "
	"AND subject < $9 ORDER BY position DESC LIMIT $10";

static const char *const algorithms[] = { [AUDIT_SHA256] = "sha256", [AUDIT_SM3] = "sm3" };

static void add_counted(struct strbuf *buffer, struct str text)
{
	strbuf_addf(buffer, "%zu:", text.size);
	strbuf_add_str(buffer, text);
	strbuf_add_byte(buffer, ',');
}

static void add_number(struct strbuf *buffer, int64_t number)
{
	char digits[24];

	snprintf(digits, sizeof(digits), "%lld", (long long)number);
	add_counted(buffer, str_of(digits));
}

void audit_line_hash(const char *previous_hash, const struct audit_line *line, char hash_out[65])
{
	bool is_sm3 = strcmp(line->algorithm, algorithms[AUDIT_SM3]) == 0;
	struct strbuf content = STRBUF_INIT;

	strbuf_add_cstr(&content, previous_hash);
	add_counted(&content, str_of(line->algorithm));
	add_number(&content, line->position);
	add_number(&content, line->at_ms);
	add_number(&content, line->user_id);
	add_counted(&content, str_of(line->request_id));
	add_counted(&content, str_of(line->action));
	add_counted(&content, str_of(line->subject));
	add_counted(&content, str_of(line->detail));
	digest_hex(is_sm3 ? AUDIT_SM3 : AUDIT_SHA256, strbuf_str(&content), hash_out);
	strbuf_release(&content);
}

/* Valid UTF-8 without NUL, of bounded size: both databases give it back as it was. */
static const char *storable(struct arena *arena, const char *text)
{
	struct str s = str_slice(str_of(text), 0, TEXT_SIZE_MAX);

	return str_to_cstr(arena, str_slice(s, 0, utf8_valid_length(s)));
}

static bool lock_head(struct db *db, struct arena *arena, int64_t *position_out,
		      const char **hash_out, struct error *error)
{
	struct db_rows *rows;
	bool found;

	if (!db_query(db, arena, sql_advance, DB_WITHOUT, &rows, error))
		return false;
	found = db_next(rows);
	if (found) {
		*position_out = db_integer(rows, 0);
		*hash_out = str_to_cstr(arena, db_text(rows, 1));
	}
	if (!db_rows_done(rows, error))
		return false;
	return found ? true : error_set(error, ERROR_CORRUPT, "audit.no_head", " ");
}

static bool append(struct db *db, struct arena *arena, enum audit_hash hash,
		   const struct audit_entry *entry, struct error *error)
{
	struct audit_line line = {
		.at_ms = entry->at_ms,
		.user_id = entry->user_id,
		.request_id = storable(arena, entry->request_id),
		.action = storable(arena, entry->action),
		.subject = storable(arena, entry->subject),
		.detail = storable(arena, entry->detail),
		.algorithm = algorithms[hash],
	};
	const char *previous = "";
	char own[65];

	if (!lock_head(db, arena, &line.position, &previous, error))
		return false;
	audit_line_hash(previous, &line, own);
	return db_execute(db, sql_insert,
			  DB_WITH(DB_INT(line.position), DB_INT(line.at_ms), DB_INT(line.user_id),
				  DB_CSTR(line.request_id), DB_CSTR(line.action),
				  DB_CSTR(line.subject), DB_CSTR(line.detail),
				  DB_CSTR(line.algorithm), DB_CSTR(own)),
			  error) &&
	       db_execute(db, sql_set_head, DB_WITH(DB_CSTR(own)), error);
}

bool audit_append(struct db *db, enum audit_hash hash, const struct audit_entry *entry,
		  struct error *error)
{
	struct arena *arena = arena_create(4096);
	bool done = append(db, arena, hash, entry, error);

	arena_destroy(arena);
	return done;
}

/* ---- Reading. */

static void read_line(struct arena *arena, const struct db_rows *rows, struct audit_line *line)
{
	line->position = db_integer(rows, 0);
	line->at_ms = db_integer(rows, 1);
	line->user_id = db_integer(rows, 2);
	line->request_id = str_to_cstr(arena, db_text(rows, 3));
	line->action = str_to_cstr(arena, db_text(rows, 4));
	line->subject = str_to_cstr(arena, db_text(rows, 5));
	line->detail = str_to_cstr(arena, db_text(rows, 6));
	line->algorithm = str_to_cstr(arena, db_text(rows, 7));
	line->hash = str_to_cstr(arena, db_text(rows, 8));
}

static bool read_lines(struct db *db, struct arena *arena, const char *sql,
		       const struct db_param *params, size_t param_count,
		       struct audit_line **lines_out, size_t *count_out, struct error *error)
{
	struct list lines = LIST_OF(struct audit_line);
	struct db_rows *rows;
	bool done;

	if (!db_query(db, arena, sql, params, param_count, &rows, error))
		return false;
	while (db_next(rows))
		read_line(arena, rows, list_add(&lines));
	done = db_rows_done(rows, error);
	*lines_out = list_to_arena(&lines, arena, count_out);
	return done;
}

static bool read_after(struct db *db, struct arena *arena, int64_t after,
		       struct audit_line **lines_out, size_t *count_out, struct error *error)
{
	return read_lines(db, arena, sql_after, DB_WITH(DB_INT(after)), lines_out, count_out,
			  error);
}

/* The texts that begin with the prefix are those from it to this one, not included. */
static const char *behind_prefix(struct arena *arena, const char *prefix)
{
	return arena_printf(arena, "%s\U0010FFFF", prefix ? prefix : "");
}

bool audit_list(struct db *db, struct arena *arena, const struct audit_filter *filter,
		struct audit_line **lines_out, size_t *count_out, struct error *error)
{
	size_t limit = filter->limit < 1 ? 1 : filter->limit > 1000 ? 1000 : filter->limit;
	int64_t before = filter->before_position ? filter->before_position : INT64_MAX;

	return read_lines(
		db, arena, sql_list,
		DB_WITH(DB_INT(before), DB_INT(filter->from_ms),
			DB_INT(filter->to_ms ? filter->to_ms : INT64_MAX), DB_INT(filter->user_id),
			DB_INT(filter->user_id == 0), DB_CSTR(filter->action ? filter->action : ""),
			DB_CSTR(behind_prefix(arena, filter->action)),
			DB_CSTR(filter->subject ? filter->subject : ""),
			DB_CSTR(behind_prefix(arena, filter->subject)), DB_INT((int64_t)limit)),
		lines_out, count_out, error);
}

bool audit_export(struct db *db, int64_t after, struct strbuf *lines, int64_t *last_out,
		  struct error *error)
{
	struct arena *arena = arena_create(64 * 1024);
	struct audit_line *found;
	size_t count;
	bool done = read_after(db, arena, after, &found, &count, error);

	*last_out = after;
	for (size_t i = 0; done && i < count; i++) {
		struct jsonout json = JSONOUT_TO(lines);

		jsonout_object_begin(&json);
		jsonout_member_integer(&json, "position", found[i].position);
		jsonout_member_integer(&json, "at", found[i].at_ms);
		jsonout_member_integer(&json, "user", found[i].user_id);
		jsonout_member_cstr(&json, "request", found[i].request_id);
		jsonout_member_cstr(&json, "action", found[i].action);
		jsonout_member_cstr(&json, "subject", found[i].subject);
		jsonout_member_cstr(&json, "detail", found[i].detail);
		jsonout_member_cstr(&json, "algorithm", found[i].algorithm);
		jsonout_member_cstr(&json, "hash", found[i].hash);
		jsonout_object_end(&json);
		strbuf_add_byte(lines, '\n');
		*last_out = found[i].position;
	}
	arena_destroy(arena);
	return done;
}

/* ---- Verifying. */

/* Is some other line the one that was written at the report's position? */
static bool find_moved(struct db *db, struct audit_report *report, struct error *error)
{
	struct arena *arena = arena_create(64 * 1024);
	struct audit_line *lines;
	int64_t after = 0;
	size_t count = 1;
	bool done = true;

	while (done && count > 0 && report->fault != AUDIT_REORDERED) {
		arena_reset(arena);
		done = read_after(db, arena, after, &lines, &count, error);
		for (size_t i = 0; done && i < count; i++) {
			struct audit_line line = lines[i];
			char hash[65];

			after = line.position;
			line.position = report->position;
			audit_line_hash(report->head, &line, hash);
			if (strcmp(hash, line.hash) != 0)
				continue;
			report->fault = AUDIT_REORDERED;
			report->other_position = after;
			break;
		}
	}
	arena_destroy(arena);
	return done;
}

struct audit_head {
	int64_t position;
	const char *hash;
};

static bool read_head(struct db *db, struct arena *arena, struct audit_head *head,
		      struct error *error)
{
	struct db_rows *rows;

	*head = (struct audit_head){ 0, "" };
	if (!db_query(db, arena, sql_head, DB_WITHOUT, &rows, error))
		return false;
	if (db_next(rows)) {
		head->position = db_integer(rows, 0);
		head->hash = str_to_cstr(arena, db_text(rows, 1));
	}
	return db_rows_done(rows, error);
}

static enum audit_fault check_line(const struct audit_report *report, const struct audit_line *line,
				   const struct audit_head *head)
{
	char hash[65];

	if (line->position != report->position)
		return AUDIT_MISSING;
	if (line->position > head->position)
		return AUDIT_BEYOND;
	audit_line_hash(report->head, line, hash);
	return strcmp(hash, line->hash) == 0 ? AUDIT_WHOLE : AUDIT_CHANGED;
}

/* One batch; *count_out 0 at the end. report->position is the one expected next. */
static bool verify_batch(struct db *db, struct arena *arena, struct audit_head *head,
			 struct audit_report *report, size_t *count_out, struct error *error)
{
	struct audit_line *lines;

	if (!read_after(db, arena, report->line_count, &lines, count_out, error))
		return false;
	/* Others go on adding lines: those behind the head as it was are checked with a later one. */
	if (*count_out > 0 && lines[*count_out - 1].position > head->position &&
	    !read_head(db, arena, head, error))
		return false;
	for (size_t i = 0; i < *count_out; i++) {
		report->fault = check_line(report, &lines[i], head);
		if (report->fault != AUDIT_WHOLE)
			return true;
		snprintf(report->head, sizeof(report->head), "%s", lines[i].hash);
		report->line_count++;
		report->position++;
	}
	return true;
}

static bool verify(struct db *db, struct audit_report *report, struct error *error)
{
	struct arena *arena = arena_create(256 * 1024);
	struct audit_head head;
	char head_hash[65] = "";
	size_t count = 1;
	bool done = read_head(db, arena, &head, error);

	while (done && count > 0 && report->fault == AUDIT_WHOLE) {
		if (head.hash != head_hash)
			snprintf(head_hash, sizeof(head_hash), "%s", head.hash);
		head.hash = head_hash;
		arena_reset(arena);
		done = verify_batch(db, arena, &head, report, &count, error);
	}
	if (report->fault == AUDIT_WHOLE && report->line_count < head.position)
		report->fault = AUDIT_MISSING;
	else if (report->fault == AUDIT_WHOLE && strcmp(report->head, head.hash) != 0)
		report->fault = AUDIT_HEAD;
	arena_destroy(arena);
	return done;
}

const char *audit_fault_name(enum audit_fault fault)
{
	static const char *const names[] = {
		[AUDIT_WHOLE] = "whole",     [AUDIT_CHANGED] = "changed",
		[AUDIT_MISSING] = "missing", [AUDIT_REORDERED] = "reordered",
		[AUDIT_BEYOND] = "beyond",   [AUDIT_HEAD] = "head",
	};

	return names[fault];
}

bool audit_verify(struct db *db, struct audit_report *report_out, struct error *error)
{
	*report_out = (struct audit_report){ .position = 1 };
	if (!verify(db, report_out, error))
		return false;
	if (report_out->fault == AUDIT_CHANGED || report_out->fault == AUDIT_MISSING)
		return find_moved(db, report_out, error);
	return true;
}
