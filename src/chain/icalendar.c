/* The calendar as RFC 5545 wants it. */
#include "chain/calendar.h"

#include <string.h>

enum { LINE_OCTETS_MAX = 75 };

/* Characters of a text value: \ ; , and line ends are escaped, other control characters dropped. */
static void add_escaped(struct strbuf *text, struct str value)
{
	for (size_t i = 0; i < value.size; i++) {
		unsigned char byte = (unsigned char)value.data[i];

		if (byte == '\n')
			strbuf_add_cstr(text, "\\n");
		else if (byte == '\\' || byte == ';' || byte == ',')
			strbuf_addf(text, "\\%c", byte);
		else if (byte >= ' ' && byte != 0x7f)
			strbuf_add_byte(text, (char)byte);
	}
}

static bool is_inside_character(char byte)
{
	return ((unsigned char)byte & 0xc0) == 0x80;
}

/* A line's continuations begin with a blank, which counts. */
static void add_folded(struct strbuf *out, struct str line)
{
	size_t room = LINE_OCTETS_MAX;

	while (line.size > room) {
		size_t end = room;

		while (end > 1 && is_inside_character(line.data[end]))
			end--;
		strbuf_add_str(out, str_slice(line, 0, end));
		strbuf_add_cstr(out, "\r\n ");
		line = str_slice(line, end, line.size);
		room = LINE_OCTETS_MAX - 1;
	}
	strbuf_add_str(out, line);
	strbuf_add_cstr(out, "\r\n");
}

void chain_ical_line(struct strbuf *out, const char *name, struct str value)
{
	struct strbuf line = STRBUF_INIT;

	strbuf_addf(&line, "%s:", name);
	add_escaped(&line, value);
	add_folded(out, strbuf_str(&line));
	strbuf_release(&line);
}

/* 20260302 */
static void add_digits(struct strbuf *out, date day)
{
	char text[DATE_TEXT_SIZE];

	date_format(day, text);
	for (size_t i = 0; text[i]; i++)
		if (text[i] != '-')
			strbuf_add_byte(out, text[i]);
}

static void add_day(struct strbuf *out, const char *name, date day)
{
	strbuf_addf(out, "%s;VALUE=DATE:", name);
	add_digits(out, day);
	strbuf_add_cstr(out, "\r\n");
}

static void add_stamp(struct strbuf *out, int64_t now_ms)
{
	int64_t seconds = now_ms / 1000, of_day = seconds % 86400;

	strbuf_add_cstr(out, "DTSTAMP:");
	add_digits(out, (date)(seconds / 86400));
	strbuf_addf(out, "T%02d%02d%02dZ\r\n", (int)(of_day / 3600), (int)(of_day / 60 % 60),
		    (int)(of_day % 60));
}

static void add_alarms(struct strbuf *out, struct str text)
{
	static const int days[] = { 30, 14, 7, 1 };

	for (size_t i = 0; i < sizeof(days) / sizeof(days[0]); i++) {
		strbuf_addf(out, "BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-P%dD\r\n", days[i]);
		chain_ical_line(out, "DESCRIPTION", text);
		strbuf_add_cstr(out, "END:VALARM\r\n");
	}
}

/* "期限：答复第一次审查意见（AJ2026-0017）" */
static void add_summary(struct strbuf *text, const struct chain_event *event,
			const struct chain_case_name *name)
{
	strbuf_addf(text, "%s：%s", event->type->label.zh, event->title);
	if (name)
		strbuf_addf(text, "（%s）", name->docket);
}

static const struct label *label_of(const struct record_type *type, const char *field)
{
	return &type->fields[record_field_find(type, str_of(field))].label;
}

static void add_description(struct strbuf *text, const struct chain_event *event,
			    const struct chain_case_name *name)
{
	const struct choice *state = choice_find(event->type->states, str_of(event->state));
	char day[DATE_TEXT_SIZE];

	strbuf_addf(text, "%s：%s", label_of(event->type, event->field)->zh,
		    date_format(event->on, day));
	if (event->safe_on != DATE_NONE)
		strbuf_addf(text, "\n安全办理日：%s", date_format(event->safe_on, day));
	if (name)
		strbuf_addf(text, "\n案件：%s %s", name->docket, name->title);
	if (state)
		strbuf_addf(text, "\n状态：%s", state->label.zh);
}

static void add_event(struct strbuf *out, const struct chain_calendar *calendar,
		      const struct chain_event *event, const char *host, int64_t now_ms)
{
	const struct chain_case_name *name = chain_case_name(&calendar->names, event->case_id);
	struct strbuf summary = STRBUF_INIT, text = STRBUF_INIT;

	strbuf_add_cstr(out, "BEGIN:VEVENT\r\n");
	strbuf_addf(&text, "%s-%lld-%s@%s", event->type->name, (long long)event->id, event->field,
		    host);
	chain_ical_line(out, "UID", strbuf_str(&text));
	add_stamp(out, now_ms);
	add_day(out, "DTSTART", event->on);
	add_day(out, "DTEND", event->on + 1);
	add_summary(&summary, event, name);
	chain_ical_line(out, "SUMMARY", strbuf_str(&summary));
	strbuf_clear(&text);
	add_description(&text, event, name);
	chain_ical_line(out, "DESCRIPTION", strbuf_str(&text));
	chain_ical_line(out, "CATEGORIES", str_of(event->type->label.zh));
	strbuf_add_cstr(out, "TRANSP:TRANSPARENT\r\n");
	add_alarms(out, strbuf_str(&summary));
	strbuf_add_cstr(out, "END:VEVENT\r\n");
	strbuf_release(&summary);
	strbuf_release(&text);
}

void chain_calendar_write_ical(struct strbuf *out, const struct chain_calendar *calendar,
			       const char *host, int64_t now_ms)
{
	strbuf_add_cstr(out, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
			     "PRODID:-//Yucheng//Docket calendar//ZH\r\n"
			     "CALSCALE:GREGORIAN\r\nMETHOD:PUBLISH\r\n");
	chain_ical_line(out, "X-WR-CALNAME", STR("专利期限日历"));
	strbuf_add_cstr(out, "REFRESH-INTERVAL;VALUE=DURATION:PT6H\r\n"
			     "X-PUBLISHED-TTL:PT6H\r\n");
	for (size_t i = 0; i < calendar->count; i++)
		add_event(out, calendar, &calendar->events[i], host, now_ms);
	strbuf_add_cstr(out, "END:VCALENDAR\r\n");
}
