#ifndef BASE_JSONOUT_H
#define BASE_JSONOUT_H

#include "base/date.h"
#include "base/label.h"
#include "base/strbuf.h"

enum { JSONOUT_DEPTH_MAX = 32 };

/*
 * Writes JSON into a buffer as it goes, no tree. Commas and escapes are its business; nesting
 * deeper than JSONOUT_DEPTH_MAX and a key outside an object are programming errors (assert).
 * In an object every value follows its jsonout_key().
 */
struct jsonout {
	struct strbuf *buffer;
	unsigned depth;
	bool has_items[JSONOUT_DEPTH_MAX];
	bool after_key;
};

#define JSONOUT_TO(buffer_) ((struct jsonout){ .buffer = (buffer_) })

void jsonout_object_begin(struct jsonout *json);
void jsonout_object_end(struct jsonout *json);
void jsonout_array_begin(struct jsonout *json);
void jsonout_array_end(struct jsonout *json);
void jsonout_key(struct jsonout *json, const char *key);

void jsonout_str(struct jsonout *json, struct str value);   /* broken UTF-8 becomes U+FFFD */
void jsonout_cstr(struct jsonout *json, const char *value); /* NULL gives null */
void jsonout_integer(struct jsonout *json, int64_t value);
void jsonout_number(struct jsonout *json, double value); /* NaN and infinity give null */
void jsonout_bool(struct jsonout *json, bool value);
void jsonout_null(struct jsonout *json);

/* A key and its value in one line. */
void jsonout_member_str(struct jsonout *json, const char *key, struct str value);
void jsonout_member_cstr(struct jsonout *json, const char *key, const char *value);
void jsonout_member_integer(struct jsonout *json, const char *key, int64_t value);
void jsonout_member_number(struct jsonout *json, const char *key, double value);
void jsonout_member_bool(struct jsonout *json, const char *key, bool value);
void jsonout_member_text(struct jsonout *json, const char *key, struct str text); /* "": null */
void jsonout_member_date(struct jsonout *json, const char *key, date day); /* DATE_NONE: null */
/* "2026-02-28T12:00:00.123Z"; 0: null */
void jsonout_member_time(struct jsonout *json, const char *key, int64_t utc_ms);
/* {"zh":…,"en":…} */
void jsonout_member_label(struct jsonout *json, const char *key, struct label label);
/* "zh" and "en" as members of the object that is open. */
void jsonout_label_members(struct jsonout *json, struct label label);
/* A value that is JSON already. */
void jsonout_raw(struct jsonout *json, struct str value);

#endif
