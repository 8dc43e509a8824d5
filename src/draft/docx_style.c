#include "draft/docx_internal.h"

#include <string.h>

enum { DEPTH_OF_STYLES = 16 }; /* based on one another; a circle ends there */

struct reading {
	struct styles *styles;
	struct style *style; /* the one being read */
};

struct str docx_value(const char **attributes)
{
	return str_of(package_attribute(attributes, "w:val"));
}

int64_t docx_number(struct str text, int64_t max)
{
	int64_t number;

	return str_to_int64(text, &number) && number >= 0 && number <= max ? number : -1;
}

bool docx_is_on(const char **attributes)
{
	struct str value = docx_value(attributes);

	return !str_equal_cstr(value, "0") && !str_equal_cstr(value, "false") &&
	       !str_equal_cstr(value, "off") && !str_equal_cstr(value, "none");
}

void styles_init(struct styles *styles, struct arena *arena)
{
	*styles = (struct styles){ arena, LIST_OF(struct style), map_create() };
}

void styles_release(struct styles *styles)
{
	list_release(&styles->list);
	map_destroy(styles->by_id);
}

static void begin_style(struct reading *reading, const char **attributes)
{
	struct styles *styles = reading->styles;
	struct str id = str_of(package_attribute(attributes, "w:styleId"));

	reading->style = NULL;
	if (id.size == 0 || styles->list.count == STYLES_MAX)
		return;
	*map_put(styles->by_id, id, NULL) = styles->list.count;
	reading->style = list_add(&styles->list);
	*reading->style =
		(struct style){ .id = str_copy(styles->arena, id), .outline = -1, .level = -1 };
}

static void start(void *user, const char *name, const char **attributes)
{
	struct reading *reading = user;
	struct arena *arena = reading->styles->arena;
	const char *local = package_local(name);
	struct style *style;

	if (strcmp(local, "style") == 0)
		begin_style(reading, attributes);
	style = reading->style;
	if (!style)
		return;
	if (strcmp(local, "basedOn") == 0)
		style->based_on = str_copy(arena, docx_value(attributes));
	else if (strcmp(local, "numId") == 0)
		style->list_id = str_copy(arena, docx_value(attributes));
	else if (strcmp(local, "ilvl") == 0)
		style->level = docx_number(docx_value(attributes), LEVELS - 1);
	else if (strcmp(local, "outlineLvl") == 0)
		style->outline = docx_number(docx_value(attributes), 8);
}

static void end(void *user, const char *name)
{
	if (strcmp(package_local(name), "style") == 0)
		((struct reading *)user)->style = NULL;
}

bool styles_read(struct styles *styles, struct package *package, struct error *error)
{
	static const struct package_handlers handlers = { start, end, NULL };
	struct reading reading = { .styles = styles };

	return !package_has(package, "word/styles.xml") ||
	       package_read(package, "word/styles.xml", &handlers, &reading, error);
}

struct style styles_find(const struct styles *styles, struct str id)
{
	struct style found = { .outline = -1, .level = -1 };

	for (unsigned i = 0; i < DEPTH_OF_STYLES && id.size > 0; i++) {
		const uint64_t *at = map_find(styles->by_id, id);
		const struct style *style = at ? &LIST_AT(&styles->list, struct style, *at)
					       : &found;

		if (found.list_id.size == 0)
			found.list_id = style->list_id;
		if (found.level < 0)
			found.level = style->level;
		if (found.outline < 0)
			found.outline = style->outline;
		id = at ? style->based_on : STR_EMPTY;
	}
	return found;
}
