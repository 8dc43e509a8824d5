#include "draft/line_internal.h"

void lines_init(struct lines *lines, struct arena *arena)
{
	*lines = (struct lines){ .arena = arena, .list = LIST_OF(struct line) };
}

void lines_release(struct lines *lines)
{
	list_release(&lines->list);
}

static void add_line(struct lines *lines, struct str text, unsigned flags, uint32_t images)
{
	struct line *line;

	if (lines->list.count == LINES_MAX || lines->size + text.size > LINES_SIZE_MAX) {
		lines->overflow = true;
		return;
	}
	lines->size += text.size;
	line = list_add(&lines->list);
	*line = (struct line){ str_copy(lines->arena, text), flags, images };
}

void lines_add(struct lines *lines, struct str text, unsigned flags, uint32_t images)
{
	struct str part;
	size_t before = lines->list.count;

	while (str_split(&text, STR("\n"), &part)) {
		part = str_trim(part);
		if (part.size == 0)
			continue;
		add_line(lines, part, flags, images);
		images = 0;
	}
	if (images > 0 && lines->list.count == before)
		add_line(lines, STR_EMPTY, flags, images);
}
