#ifndef BASE_LOG_H
#define BASE_LOG_H

#include "base/str.h"

/*
 * One line an event on stderr: `2026-11-22T12:00:00.123Z info what=… key=value …`. A line is
 * written by one call of write(), so lines of several threads do not mix; values with spaces,
 * quotes or control characters are quoted and escaped, so that nobody can forge a line.
 */
enum log_level { LOG_ERROR, LOG_WARN, LOG_INFO };

enum log_kind { LOG_TEXT, LOG_NUMBER };

struct log_item {
	const char *name; /* a plain word */
	enum log_kind kind;
	const char *text; /* NULL leaves the item out */
	int64_t number;
};

#define LOG_STR(name_, text_) ((struct log_item){ .name = (name_), .text = (text_) })
#define LOG_INT(name_, number_)                                                                    \
	((struct log_item){ .name = (name_), .kind = LOG_NUMBER, .number = (number_) })
/* log_event(LOG_INFO, "job", LOG_WITH(LOG_INT("id", 7), LOG_STR("state", "done"))) */
#define LOG_WITH(...)                                                                              \
	(const struct log_item[]){ __VA_ARGS__ },                                                  \
		sizeof((const struct log_item[]){ __VA_ARGS__ }) / sizeof(struct log_item)

void log_event(enum log_level level, const char *what, const struct log_item *items, size_t count);
/* Less urgent lines are not written. LOG_INFO at start. */
void log_set_level(enum log_level level);

/* The line that log_event would write, with its line end; for tests and other targets. */
struct strbuf;
void log_format(struct strbuf *line, int64_t utc_ms, enum log_level level, const char *what,
		const struct log_item *items, size_t count);

#endif
