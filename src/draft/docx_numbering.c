#include "draft/docx_internal.h"

#include <string.h>

/* The automatic numbers of paragraphs: w:numbering, ECMA-376 part 1, 17.9. */

struct reading {
	struct numbering *numbering;
	struct abstract_list *abstract; /* being read, in the list */
	struct list_instance *instance;
	int64_t level; /* -1: outside of one */
	unsigned fallback;
};

void numbering_init(struct numbering *numbering, struct arena *arena)
{
	*numbering = (struct numbering){ arena, LIST_OF(struct abstract_list),
					 LIST_OF(struct list_instance) };
}

void numbering_release(struct numbering *numbering)
{
	list_release(&numbering->abstracts);
	list_release(&numbering->instances);
}

static void begin_abstract(struct reading *reading, const char **attributes)
{
	struct numbering *numbering = reading->numbering;

	reading->abstract = NULL;
	if (numbering->abstracts.count == NUMBERS_MAX)
		return;
	reading->abstract = list_add(&numbering->abstracts);
	reading->abstract->id = str_copy(numbering->arena,
					 str_of(package_attribute(attributes, "w:abstractNumId")));
}

static void begin_instance(struct reading *reading, const char **attributes)
{
	struct numbering *numbering = reading->numbering;

	reading->instance = NULL;
	if (numbering->instances.count == NUMBERS_MAX)
		return;
	reading->instance = list_add(&numbering->instances);
	reading->instance->id = str_copy(numbering->arena,
					 str_of(package_attribute(attributes, "w:numId")));
	for (size_t i = 0; i < LEVELS; i++)
		reading->instance->start[i] = INT32_MIN;
}

static void begin_level(struct reading *reading, const char **attributes)
{
	reading->level = docx_number(str_of(package_attribute(attributes, "w:ilvl")), LEVELS - 1);
	if (reading->abstract && reading->level >= 0)
		reading->abstract->levels[reading->level] =
			(struct list_level){ .start = 1, .has_suffix = true, .is_set = true };
}

static void set_format(struct list_level *level, const char **attributes)
{
	struct str format = docx_value(attributes);
	const char *custom = package_attribute(attributes, "w:format");

	snprintf(level->format, sizeof(level->format), "%.*s", STR_ARGS(format));
	level->width = 0;
	if (custom && *custom == '0')
		level->width = (unsigned)strspn(custom, "0123456789");
	if (level->width > 9)
		level->width = 9;
}

static void set_level(struct reading *reading, struct list_level *level, const char *local,
		      const char **attributes)
{
	struct arena *arena = reading->numbering->arena;
	int64_t number = docx_number(docx_value(attributes), INT32_MAX / 2);

	if (strcmp(local, "start") == 0)
		level->start = number < 0 ? 1 : (int32_t)number;
	else if (strcmp(local, "numFmt") == 0)
		set_format(level, attributes);
	else if (strcmp(local, "lvlText") == 0)
		level->text = str_copy(arena, docx_value(attributes));
	else if (strcmp(local, "suff") == 0)
		level->has_suffix = !str_equal_cstr(docx_value(attributes), "nothing");
	else if (strcmp(local, "isLgl") == 0)
		level->is_legal = docx_is_on(attributes);
}

static void set_instance(struct reading *reading, const char *local, const char **attributes)
{
	struct list_instance *instance = reading->instance;
	int64_t number = docx_number(docx_value(attributes), INT32_MAX / 2);

	if (strcmp(local, "abstractNumId") == 0)
		instance->abstract_id = str_copy(reading->numbering->arena, docx_value(attributes));
	else if (strcmp(local, "lvlOverride") == 0)
		reading->level = docx_number(str_of(package_attribute(attributes, "w:ilvl")),
					     LEVELS - 1);
	else if (strcmp(local, "startOverride") == 0 && reading->level >= 0 && number >= 0)
		instance->start[reading->level] = (int32_t)number;
}

static void start(void *user, const char *name, const char **attributes)
{
	struct reading *reading = user;
	const char *local = package_local(name);

	if (strcmp(local, "Fallback") == 0)
		reading->fallback++;
	if (reading->fallback)
		return;
	if (strcmp(local, "abstractNum") == 0)
		begin_abstract(reading, attributes);
	else if (strcmp(local, "num") == 0)
		begin_instance(reading, attributes);
	else if (strcmp(local, "lvl") == 0)
		begin_level(reading, attributes);
	else if (reading->instance)
		set_instance(reading, local, attributes);
	else if (reading->abstract && reading->level >= 0)
		set_level(reading, &reading->abstract->levels[reading->level], local, attributes);
}

static void end(void *user, const char *name)
{
	struct reading *reading = user;
	const char *local = package_local(name);

	if (strcmp(local, "Fallback") == 0)
		reading->fallback--;
	else if (strcmp(local, "abstractNum") == 0)
		reading->abstract = NULL;
	else if (strcmp(local, "num") == 0)
		reading->instance = NULL;
	else if (strcmp(local, "lvl") == 0 || strcmp(local, "lvlOverride") == 0)
		reading->level = -1;
}

static void join_lists(struct numbering *numbering)
{
	struct map *ids = map_create();

	for (size_t i = 0; i < numbering->abstracts.count; i++)
		*map_put(ids, LIST_AT(&numbering->abstracts, struct abstract_list, i).id, NULL) = i;
	for (size_t i = 0; i < numbering->instances.count; i++) {
		struct list_instance *instance = &LIST_AT(&numbering->instances,
							  struct list_instance, i);
		const uint64_t *at = map_find(ids, instance->abstract_id);

		instance->abstract = at ? (uint32_t)*at : UINT32_MAX;
	}
	map_destroy(ids);
}

bool numbering_read(struct numbering *numbering, struct package *package, struct error *error)
{
	static const struct package_handlers handlers = { start, end, NULL };
	struct reading reading = { .numbering = numbering, .level = -1 };

	if (!package_has(package, "word/numbering.xml"))
		return true;
	if (!package_read(package, "word/numbering.xml", &handlers, &reading, error))
		return false;
	join_lists(numbering);
	return true;
}

static void add_letters(struct strbuf *text, int32_t number, char first)
{
	/* Word repeats the letter: z, aa, bb. */
	for (int32_t i = 0; i <= (number - 1) / 26 && i < 8; i++)
		strbuf_add_byte(text, (char)(first + (number - 1) % 26));
}

static void add_roman(struct strbuf *text, int32_t number, bool upper)
{
	static const struct {
		int32_t value;
		const char *text;
	} steps[] = { { 1000, "m" }, { 900, "cm" }, { 500, "d" }, { 400, "cd" }, { 100, "c" },
		      { 90, "xc" },  { 50, "l" },   { 40, "xl" }, { 10, "x" },   { 9, "ix" },
		      { 5, "v" },    { 4, "iv" },   { 1, "i" } };

	if (number >= 4000)
		return;
	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++)
		for (; number >= steps[i].value; number -= steps[i].value)
			for (const char *c = steps[i].text; *c; c++)
				strbuf_add_byte(text, upper ? (char)(*c - 'a' + 'A') : *c);
}

/* 一 … 九十九, as legal texts count; larger numbers digit by digit. */
static void add_chinese(struct strbuf *text, int32_t number)
{
	static const char *const digits[] = { "〇", "一", "二", "三", "四",
					      "五", "六", "七", "八", "九" };
	char plain[16];

	if (number < 100) {
		if (number >= 20)
			strbuf_add_cstr(text, digits[number / 10]);
		if (number >= 10)
			strbuf_add_cstr(text, "十");
		if (number % 10 || number == 0)
			strbuf_add_cstr(text, digits[number % 10]);
		return;
	}
	snprintf(plain, sizeof(plain), "%d", number);
	for (const char *c = plain; *c; c++)
		strbuf_add_cstr(text, digits[*c - '0']);
}

static void add_full_width(struct strbuf *text, int32_t number)
{
	char plain[16];

	snprintf(plain, sizeof(plain), "%d", number);
	for (const char *c = plain; *c; c++)
		strbuf_add_rune(text, 0xFF10u + (uint32_t)(*c - '0'));
}

void numbering_add_number(struct strbuf *text, const char *format, unsigned width, int32_t number)
{
	if (strcmp(format, "none") == 0)
		return;
	if (strcmp(format, "lowerLetter") == 0 && number > 0)
		add_letters(text, number, 'a');
	else if (strcmp(format, "upperLetter") == 0 && number > 0)
		add_letters(text, number, 'A');
	else if (strcmp(format, "lowerRoman") == 0)
		add_roman(text, number, false);
	else if (strcmp(format, "upperRoman") == 0)
		add_roman(text, number, true);
	else if (strncmp(format, "chinese", 7) == 0 || strncmp(format, "ideographD", 10) == 0 ||
		 strncmp(format, "japaneseCounting", 16) == 0)
		add_chinese(text, number);
	else if (strcmp(format, "decimalFullWidth") == 0)
		add_full_width(text, number);
	else if (strcmp(format, "decimalEnclosedCircle") == 0 && number >= 1 && number <= 20)
		strbuf_add_rune(text, 0x2460u + (uint32_t)number - 1);
	else if (strcmp(format, "decimalZero") == 0)
		strbuf_addf(text, "%02d", number);
	else
		strbuf_addf(text, "%0*d", (int)width, number);
}

static struct list_instance *find_instance(struct numbering *numbering, struct str id)
{
	for (size_t i = 0; i < numbering->instances.count; i++) {
		struct list_instance *instance = &LIST_AT(&numbering->instances,
							  struct list_instance, i);

		if (str_equal(instance->id, id))
			return instance->abstract == UINT32_MAX ? NULL : instance;
	}
	return NULL;
}

/* The next number of a level; levels below it begin anew. */
static void count_level(struct abstract_list *list, struct list_instance *instance, unsigned level)
{
	bool restart = instance->start[level] != INT32_MIN && !instance->restarted[level];

	if (restart) {
		list->counts[level] = instance->start[level];
		instance->restarted[level] = true;
	} else if (!list->counted[level]) {
		list->counts[level] = list->levels[level].start;
	} else if (list->counts[level] < INT32_MAX) {
		list->counts[level]++;
	}
	list->counted[level] = true;
	for (size_t i = level + 1; i < LEVELS; i++)
		list->counted[i] = false;
}

static void add_level_number(const struct abstract_list *list, unsigned shown, bool is_legal,
			     struct strbuf *label)
{
	const struct list_level *level = &list->levels[shown];
	int32_t number = list->counted[shown] ? list->counts[shown] : level->start;

	numbering_add_number(label, is_legal ? "decimal" : level->format, level->width, number);
}

void numbering_label(struct numbering *numbering, struct str list_id, unsigned level,
		     struct strbuf *label)
{
	struct list_instance *instance = find_instance(numbering, list_id);
	struct abstract_list *list;
	const struct list_level *own;

	if (!instance)
		return;
	list = &LIST_AT(&numbering->abstracts, struct abstract_list, instance->abstract);
	own = &list->levels[level];
	if (!own->is_set)
		return;
	count_level(list, instance, level);
	if (strcmp(own->format, "bullet") == 0)
		return;
	for (size_t i = 0; i < own->text.size; i++) {
		char c = own->text.data[i];
		char digit = i + 1 < own->text.size ? own->text.data[i + 1] : 0;

		if (c == '%' && digit >= '1' && digit <= '9') {
			add_level_number(list, (unsigned)(digit - '1'), own->is_legal, label);
			i++;
		} else {
			strbuf_add_byte(label, c);
		}
	}
	if (own->has_suffix && label->size > 0)
		strbuf_add_byte(label, ' ');
}
