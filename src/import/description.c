#include "import/map_internal.h"

/* Headings of the parts of a description, as the rules of the offices word them. */
static const struct heading {
	const char *words, *section;
} headings[] = {
	{ "技术领域", "field" },
	{ "背景技术", "background" },
	{ "发明内容", "content" },
	{ "实用新型内容", "content" },
	{ "附图说明", "drawings" },
	{ "具体实施方式", "embodiments" },
	{ "具体实施例", "embodiments" },
	{ "technical field", "field" },
	{ "field of the invention", "field" },
	{ "field", "field" },
	{ "background", "background" },
	{ "background of the invention", "background" },
	{ "background art", "background" },
	{ "summary", "content" },
	{ "summary of the invention", "content" },
	{ "brief summary of the invention", "content" },
	{ "disclosure of invention", "content" },
	{ "disclosure of the invention", "content" },
	{ "brief description of the drawings", "drawings" },
	{ "brief description of the several views of the drawings", "drawings" },
	{ "brief description of the figures", "drawings" },
	{ "brief description of the drawing", "drawings" },
	{ "brief description of drawings", "drawings" },
	{ "description of the drawings", "drawings" },
	{ "detailed description", "embodiments" },
	{ "detailed description of the invention", "embodiments" },
	{ "detailed description of the preferred embodiment", "embodiments" },
	{ "detailed description of the preferred embodiments", "embodiments" },
	{ "detailed description of preferred embodiments", "embodiments" },
	{ "detailed description of the embodiments", "embodiments" },
	{ "detailed description of embodiments", "embodiments" },
	{ "detailed description of exemplary embodiments", "embodiments" },
	{ "detailed description of the drawings", "embodiments" },
	{ "description of preferred embodiments", "embodiments" },
	{ "description of the preferred embodiment", "embodiments" },
	{ "description of the embodiments", "embodiments" },
	{ "description of the preferred embodiments", "embodiments" },
	{ "description of embodiments", "embodiments" },
	{ "best mode for carrying out the invention", "embodiments" },
};

enum { HEADING_SIZE_MAX = 80 };

const char *description_section(struct str text)
{
	while (str_ends_with(text, STR(":")) || str_ends_with(text, STR(".")))
		text = str_trim(str_slice(text, 0, text.size - 1));
	if (str_ends_with(text, STR("：")))
		text = str_slice(text, 0, text.size - sizeof("：") + 1);
	for (size_t i = 0;
	     text.size < HEADING_SIZE_MAX && i < sizeof(headings) / sizeof(headings[0]); i++)
		if (str_equal_nocase(text, str_of(headings[i].words)))
			return headings[i].section;
	return NULL;
}
