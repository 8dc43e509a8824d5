#include "base/log.h"

#include "base/clock.h"
#include "base/strbuf.h"

#include <stdatomic.h>
#include <time.h>
#include <unistd.h>

enum { VALUE_SIZE_MAX = 2000 };

static const char *const level_names[] = { "error", "warn", "info" };
static atomic_int level_max = LOG_INFO;

void log_set_level(enum log_level level)
{
	atomic_store(&level_max, (int)level);
}

static bool is_plain(struct str value)
{
	for (size_t i = 0; i < value.size; i++) {
		unsigned char byte = (unsigned char)value.data[i];

		if (byte <= ' ' || byte == '"' || byte == '\\' || byte == '=' || byte == 0x7F)
			return false;
	}
	return value.size > 0;
}

static void add_escaped(struct strbuf *line, struct str value)
{
	strbuf_add_byte(line, '"');
	for (size_t i = 0; i < value.size; i++) {
		unsigned char byte = (unsigned char)value.data[i];

		if (byte == '"' || byte == '\\')
			strbuf_add_byte(line, '\\');
		if (byte < ' ' || byte == 0x7F)
			strbuf_addf(line, "\\x%02x", byte);
		else
			strbuf_add_byte(line, (char)byte);
	}
	strbuf_add_byte(line, '"');
}

static void add_item(struct strbuf *line, const struct log_item *item)
{
	struct str value = str_slice(str_of(item->text), 0, VALUE_SIZE_MAX);

	if (item->kind == LOG_NUMBER) {
		strbuf_addf(line, " %s=%lld", item->name, (long long)item->number);
		return;
	}
	if (!item->text)
		return;
	strbuf_addf(line, " %s=", item->name);
	if (is_plain(value))
		strbuf_add_str(line, value);
	else
		add_escaped(line, value);
}

void log_format(struct strbuf *line, int64_t utc_ms, enum log_level level, const char *what,
		const struct log_item *items, size_t count)
{
	time_t seconds = (time_t)(utc_ms / 1000);
	struct tm day;

	gmtime_r(&seconds, &day);
	strbuf_addf(line, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ %s %s", day.tm_year + 1900,
		    day.tm_mon + 1, day.tm_mday, day.tm_hour, day.tm_min, day.tm_sec,
		    (int)(utc_ms % 1000), level_names[level], what);
	for (size_t i = 0; i < count; i++)
		add_item(line, &items[i]);
	strbuf_add_byte(line, '\n');
}

void log_event(enum log_level level, const char *what, const struct log_item *items, size_t count)
{
	struct strbuf line = STRBUF_INIT;

	if ((int)level > atomic_load(&level_max))
		return;
	log_format(&line, clock_utc_ms(), level, what, items, count);
	/* nothing can be done about a log that cannot be written */
	(void)!write(STDERR_FILENO, line.data, line.size);
	strbuf_release(&line);
}
