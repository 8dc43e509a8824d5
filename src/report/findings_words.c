#include "report/findings_internal.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>

static const struct {
	double share;
	const char *zh, *en;
} fractions[] = {
	{ 0.25, "约四分之一", "about a quarter" },
	{ 1.0 / 3, "约三分之一", "about a third" },
	{ 0.5, "约一半", "about half" },
	{ 2.0 / 3, "约三分之二", "about two thirds" },
	{ 0.75, "约四分之三", "about three quarters" },
};

struct str share_words(struct arena *arena, double share, enum language language)
{
	bool zh = language == LANGUAGE_ZH;
	const double near = 0.0125; /* closer than this to a fraction: it is said as one */

	if (!isfinite(share))
		return STR("–");
	if (share >= 1)
		return zh ? STR("全部") : STR("all");
	for (size_t i = 0; i < sizeof(fractions) / sizeof(fractions[0]); i++)
		if (fabs(share - fractions[i].share) < near)
			return str_of(arena_printf(arena, zh ? "%s（%.1f%%）" : "%s (%.1f%%)",
						   PICK(language, fractions[i]), share * 100));
	if (share > 0 && share < 0.001)
		return zh ? STR("不足 0.1%") : STR("less than 0.1%");
	return str_of(arena_printf(arena, "%.1f%%", share * 100));
}

struct str change_words(struct arena *arena, double from, double to, enum language language)
{
	bool zh = language == LANGUAGE_ZH;
	double growth = to / from - 1;

	if (!isfinite(from) || !isfinite(to))
		return STR("–");
	if (from <= 0 && to > 0) {
		struct str count = count_text(arena, to);

		return str_of(arena_printf(arena, zh ? "由 0 增至 %.*s" : "up from 0 to %.*s",
					   STR_ARGS(count)));
	}
	if (from == to || fabs(growth) < 0.02)
		return zh ? STR("基本持平") : STR("almost unchanged");
	if (growth >= 0.9 && growth < 0.98)
		return zh ? STR("增长近一倍") : STR("nearly doubled");
	if (growth >= 0.98 && growth <= 1.03)
		return zh ? STR("增长约一倍") : STR("doubled");
	if (growth > 1.5)
		return str_of(
			arena_printf(arena, zh ? "增至 %.1f 倍" : "up to %.1f times", growth + 1));
	if (growth > 0)
		return str_of(arena_printf(arena, zh ? "增长 %.1f%%" : "up %.1f%%", growth * 100));
	if (fabs(growth + 0.5) < 0.03)
		return zh ? STR("减少约一半") : STR("down by about half");
	return str_of(arena_printf(arena, zh ? "下降 %.1f%%" : "down %.1f%%", -growth * 100));
}

__attribute__((format(printf, 4, 0), format(printf, 5, 0))) static size_t format_into(
	const struct writing *w, char *text, size_t size, const char *zh, const char *en,
	va_list values)
{
	int written = w->language == LANGUAGE_ZH ? vsnprintf(text, size, zh, values)
						 : vsnprintf(text, size, en, values);

	return written < 0 ? 0 : (size_t)written;
}

void say(struct writing *w, const char *zh, const char *en, ...)
{
	va_list values;
	char *text;
	size_t size;

	if (w->language == LANGUAGE_EN && w->text.size && w->text.data[w->text.size - 1] == '.')
		strbuf_add_byte(&w->text, ' ');
	va_start(values, en);
	size = format_into(w, NULL, 0, zh, en, values);
	va_end(values);
	text = arena_alloc(w->arena, size + 1);
	va_start(values, en);
	format_into(w, text, size + 1, zh, en, values);
	va_end(values);
	strbuf_add(&w->text, text, size);
}

const char *amount(struct writing *w, double count)
{
	static const struct {
		const char *zh, *en, *one;
	} words[] = {
		[UNIT_APPLICATION] = { "件", "applications", "application" },
		[UNIT_FAMILY] = { "个同族", "families", "family" },
		[UNIT_PUBLICATION] = { "件公开文献", "publications", "publication" },
	};
	struct str text = count_text(w->arena, count);

	if (w->language == LANGUAGE_ZH)
		return arena_printf(w->arena, "%.*s %s", STR_ARGS(text), words[w->figure->unit].zh);
	return arena_printf(w->arena, "%.*s %s", STR_ARGS(text),
			    count == 1 ? words[w->figure->unit].one : words[w->figure->unit].en);
}

const char *say_share(struct writing *w, double share)
{
	struct str words = share_words(w->arena, share, w->language);
	bool is_number = words.size && words.data[0] >= '0' && words.data[0] <= '9';

	/* Chinese sets a blank between its characters and a number. */
	return arena_printf(w->arena, "%s%.*s", is_number && w->language == LANGUAGE_ZH ? " " : "",
			    STR_ARGS(words));
}

const char *say_change(struct writing *w, double from, double to)
{
	return str_to_cstr(w->arena, change_words(w->arena, from, to, w->language));
}

const char *column_label(const struct writing *w, size_t column)
{
	return PICK(w->language, w->figure->columns[column].label);
}

const char *value_text(struct writing *w, const struct figure_row *row, size_t column)
{
	return str_to_cstr(w->arena, figure_value_text(w->arena, w->figure->columns[column].kind,
						       &row->values[column]));
}
