#include "import/map_internal.h"

#include "base/list.h"
#include "patent/claims.h"

#include <string.h>

const struct label import_reject_columns[IMPORT_REJECT_COLUMNS] = {
	{ "来源文件", "Source file" },
	{ "来源行号", "Source row" },
	{ "拒收原因", "Reason refused" },
};

static bool is_reject_column(struct str header)
{
	for (size_t i = 0; i < IMPORT_REJECT_COLUMNS; i++)
		if (str_equal_cstr(header, import_reject_columns[i].zh) ||
		    str_equal_cstr(header, import_reject_columns[i].en))
			return true;
	return false;
}

/* A row of the table made ready: where its structure is, and who shares its path. */
struct plan_row {
	const struct source_row *row;
	uint16_t key;       /* rows of one key fill facts together */
	uint16_t next;      /* another row of the same path: index + 1 */
	size_t prefix_size; /* of the structure's path; SIZE_MAX: no structure */
};

enum { NOT_LOOKED_UP, NOT_MAPPED, PASSED_OVER, FIRST_PLACE };

/* A part that grows by pieces; room 0: a view of a cell. */
struct text {
	char *data;
	size_t size, room;
};

struct slot {
	const struct source_row *row;
	uint32_t instance;
	fact_language language;
	bool is_dropped;
	uint8_t turn;
	uint16_t key;
	struct str header;
	struct text parts[FACT_PART_MAX];
};

struct key_state {
	uint64_t generation;       /* the row it speaks of */
	size_t first, count, last; /* slots; `first` and `count` of the first list */
};

struct aligned_cell {
	const struct plan_row *plan;
	const struct cell *cell;
};

/* PARSE_LANGUAGE saw something that is no language: its texts are used only for want of others. */
#define LANGUAGE_UNTOLD ((fact_language)UINT16_MAX)

struct mapper {
	const struct source *source;
	enum format format;
	struct findings *findings;
	struct arena *arena;
	struct plan_row *plan;
	struct map *paths; /* path -> first plan row + 1 */
	uint16_t key_count;
	struct list places; /* uint32_t by path_id: enum above, or plan row + FIRST_PLACE */

	/* of the row at hand */
	uint64_t generation;
	struct key_state *keys;
	struct list slots;   /* struct slot */
	struct list aligned; /* struct aligned_cell */
	fact_language languages[FACT_FIELD_COUNT];
	const char *section;
	uint32_t section_number;
	struct arena *row_arena;
	const struct row *row;
	struct publication *publication;
};

static void release_mapper(void *memory)
{
	struct mapper *mapper = memory;

	map_destroy(mapper->paths);
	list_release(&mapper->places);
	list_release(&mapper->slots);
	list_release(&mapper->aligned);
}

static bool reads_table(const struct mapper *mapper)
{
	return (SOURCE_TABLE >> mapper->format & 1) != 0;
}

/* "an!/text" -> "an/text", and how much of it is the structure's path. */
static struct str plain_path(struct arena *arena, struct str path, size_t *prefix_size_out)
{
	size_t mark = str_find_byte(path, '!');

	*prefix_size_out = mark == STR_NOT_FOUND ? SIZE_MAX : mark;
	if (mark == STR_NOT_FOUND)
		return path;
	return str_of(arena_printf(arena, "%.*s%.*s", STR_ARGS(str_slice(path, 0, mark)),
				   STR_ARGS(str_slice(path, mark + 1, path.size))));
}

static void add_plan(struct mapper *mapper, struct map *keys, size_t i)
{
	const struct source_row *row = &mapper->source->rows[i];
	struct plan_row *plan = &mapper->plan[i];
	struct str path = str_of(row->path);
	uint64_t *place, *key;
	bool is_new;

	plan->row = row;
	plan->prefix_size = SIZE_MAX;
	if (reads_table(mapper))
		path = source_fold_header(mapper->arena, path);
	else
		path = plain_path(mapper->arena, path, &plan->prefix_size);
	place = map_put(mapper->paths, path, &is_new);
	plan->next = is_new ? 0 : (uint16_t)*place;
	*place = i + 1;
	key = map_put(
		keys,
		str_of(arena_printf(
			mapper->arena, "%u/%s/%.*s", row->field, row->group ? row->group : "",
			plan->prefix_size == SIZE_MAX ? 0 : (int)plan->prefix_size, path.data)),
		&is_new);
	if (is_new)
		*key = mapper->key_count++;
	plan->key = (uint16_t)*key;
}

struct mapper *mapper_create(struct arena *arena, const struct source *source, enum format format,
			     struct findings *findings)
{
	struct mapper *mapper = arena_new(arena, struct mapper);
	struct map *keys = map_create();
	size_t count = 0;

	while (source->rows[count].path)
		count++;
	*mapper = (struct mapper){ .source = source,
				   .format = format,
				   .findings = findings,
				   .arena = arena,
				   .paths = map_create(),
				   .plan = arena_array(arena, struct plan_row, count + 1),
				   .places = LIST_OF(uint32_t),
				   .slots = LIST_OF(struct slot),
				   .aligned = LIST_OF(struct aligned_cell) };
	arena_defer(arena, release_mapper, mapper);
	for (size_t i = count; i-- > 0;) /* the first row of a path leads its chain */
		add_plan(mapper, keys, i);
	mapper->keys = arena_array(arena, struct key_state, mapper->key_count + 1);
	map_destroy(keys);
	return mapper;
}

static uint32_t place_of(struct mapper *mapper, const struct cell *cell)
{
	uint32_t *place;
	struct arena *scratch;
	uint64_t *found;
	struct str path = cell->path;

	if (cell->path_id >= mapper->places.count)
		list_add_many(&mapper->places, cell->path_id + 1 - mapper->places.count);
	place = &LIST_AT(&mapper->places, uint32_t, cell->path_id);
	if (*place != NOT_LOOKED_UP)
		return *place;
	scratch = arena_create(1024);
	if (reads_table(mapper))
		path = source_fold_header(scratch, path);
	found = map_find(mapper->paths, path);
	*place = found                          ? (uint32_t)*found - 1 + FIRST_PLACE
		 : is_reject_column(cell->path) ? PASSED_OVER
						: NOT_MAPPED;
	arena_destroy(scratch);
	return *place;
}

/* ---- Slots */

static struct slot *slot_at(struct mapper *mapper, size_t i)
{
	return &LIST_AT(&mapper->slots, struct slot, i);
}

static struct key_state *key_state(struct mapper *mapper, uint16_t key)
{
	struct key_state *state = &mapper->keys[key];

	if (state->generation != mapper->generation)
		*state = (struct key_state){ .generation = mapper->generation };
	return state;
}

static struct slot *add_slot(struct mapper *mapper, const struct plan_row *plan,
			     const struct cell *cell, uint32_t instance)
{
	struct key_state *state = key_state(mapper, plan->key);
	struct slot *slot = list_add(&mapper->slots);
	fact_language language = mapper->languages[plan->row->field];

	slot->row = plan->row;
	slot->instance = instance;
	slot->key = plan->key;
	slot->header = cell->path;
	slot->turn = language == LANGUAGE_UNTOLD ? ROW_FALLBACK : plan->row->turn;
	slot->language = language == LANGUAGE_UNTOLD ? 0 : language;
	if (state->count == 0)
		state->first = mapper->slots.count - 1;
	state->count++;
	state->last = mapper->slots.count - 1;
	return slot;
}

/* The slot of the structure instance: cells of one come one after the other. */
static struct slot *slot_of(struct mapper *mapper, const struct plan_row *plan,
			    const struct cell *cell, uint32_t instance)
{
	struct key_state *state = key_state(mapper, plan->key);

	if (state->count && slot_at(mapper, state->last)->instance == instance)
		return slot_at(mapper, state->last);
	return add_slot(mapper, plan, cell, instance);
}

static void text_append(struct arena *arena, struct text *text, struct str more)
{
	size_t wanted = text->size + more.size;

	if (wanted > text->room) {
		char *data = arena_alloc(arena, wanted * 2);

		if (text->size)
			memcpy(data, text->data, text->size);
		text->data = data;
		text->room = wanted * 2;
	}
	if (more.size)
		memcpy(text->data + text->size, more.data, more.size);
	text->size = wanted;
}

static void fill_part(struct mapper *mapper, struct slot *slot, const struct source_row *row,
		      struct str value)
{
	struct text *text = &slot->parts[row->part];

	if (row->fixed)
		slot->row = row;
	if (text->size == 0) {
		/* a view; never written to, since its room is 0 */
		*text = (struct text){ (char *)(uintptr_t)value.data, value.size, 0 };
		return;
	}
	if (!row->text)
		return;
	text_append(mapper->row_arena, text, str_of(row->text));
	text_append(mapper->row_arena, text, value);
}

/* The number of the element or object at the marked place around the cell. */
static uint32_t instance_of(const struct row *row, const struct cell *cell, size_t prefix_size)
{
	uint32_t group = cell->group;

	while (group && row->groups[group].path.size > prefix_size)
		group = row->groups[group].parent;
	return group;
}

/* ---- What each kind of parse does with a cell */

typedef void take_fn(struct mapper *mapper, const struct plan_row *plan, const struct cell *cell);

/* Instances that are no group numbers: of a cell alone, and of a group of columns. */
#define OWN_INSTANCE   UINT32_MAX
#define GROUP_INSTANCE (UINT32_MAX - 1)

static void take_one(struct mapper *mapper, const struct plan_row *plan, const struct cell *cell)
{
	struct slot *slot;

	if (plan->prefix_size != SIZE_MAX)
		slot = slot_of(mapper, plan, cell,
			       instance_of(mapper->row, cell, plan->prefix_size));
	else if (plan->row->group)
		slot = slot_of(mapper, plan, cell, GROUP_INSTANCE);
	else
		slot = add_slot(mapper, plan, cell, OWN_INSTANCE);
	fill_part(mapper, slot, plan->row, cell->value);
}

static void take_list(struct mapper *mapper, const struct plan_row *plan, const struct cell *cell)
{
	const struct str *items;
	size_t count = list_split(mapper->row_arena, cell->value, plan->row->text, &items);

	for (size_t i = 0; i < count; i++) {
		struct slot *slot = add_slot(mapper, plan, cell, (uint32_t)i);

		slot->parts[plan->row->part] = (struct text){ (char *)(uintptr_t)items[i].data,
							      items[i].size, 0 };
	}
}

static void take_aligned(struct mapper *mapper, const struct plan_row *plan,
			 const struct cell *cell)
{
	struct aligned_cell *aligned = list_add(&mapper->aligned);

	aligned->plan = plan;
	aligned->cell = cell;
}

static void place_aligned(struct mapper *mapper, const struct plan_row *plan,
			  const struct cell *cell)
{
	struct key_state *state = key_state(mapper, plan->key);
	const struct str *items;
	size_t count;

	if (state->count <= 1) {
		fill_part(mapper, slot_of(mapper, plan, cell, 0), plan->row, cell->value);
		return;
	}
	count = list_split(mapper->row_arena, cell->value, plan->row->text, &items);
	if (count != state->count)
		count = count ? 1 : 0;
	for (size_t i = 0; i < count; i++)
		fill_part(mapper, slot_at(mapper, state->first + i), plan->row,
			  count == 1 ? cell->value : items[i]);
}

static void take_language(struct mapper *mapper, const struct plan_row *plan,
			  const struct cell *cell)
{
	fact_language language = language_of(cell->value);

	mapper->languages[plan->row->field] = language ? language : LANGUAGE_UNTOLD;
}

static bool is_one_of(struct str value, const char *wanted)
{
	struct str rest = str_of(wanted), one;

	while (str_split(&rest, STR("|"), &one))
		if (str_equal_nocase(value, one))
			return true;
	return false;
}

static void take_only(struct mapper *mapper, const struct plan_row *plan, const struct cell *cell)
{
	struct slot *slot = slot_of(mapper, plan, cell,
				    instance_of(mapper->row, cell, plan->prefix_size));

	if (!is_one_of(cell->value, plan->row->text))
		slot->is_dropped = true;
}

static void set_part(struct slot *slot, unsigned part, struct str value)
{
	slot->parts[part] = (struct text){ (char *)(uintptr_t)value.data, value.size, 0 };
}

static void take_claims(struct mapper *mapper, const struct plan_row *plan, const struct cell *cell)
{
	const struct claim_text *claims;
	size_t count = claims_split(mapper->row_arena, cell->value, &claims);

	for (size_t i = 0; i < count; i++) {
		struct slot *slot = add_slot(mapper, plan, cell, (uint32_t)i);

		set_part(slot, CLAIM_TEXT, claims[i].text);
		if (claims[i].number)
			set_part(slot, CLAIM_NUMBER,
				 str_of(arena_printf(mapper->row_arena, "%u", claims[i].number)));
	}
}

static void take_paragraph(struct mapper *mapper, const struct plan_row *plan,
			   const struct cell *cell)
{
	const char *heading = description_section(cell->value);
	const char *section = plan->row->fixed ? plan->row->fixed : heading;
	struct slot *slot;

	if (section && section != mapper->section) {
		mapper->section = section;
		mapper->section_number++;
	}
	if (heading)
		return;
	slot = slot_of(mapper, plan, cell, mapper->section_number);
	if (slot->parts[DESCRIPTION_TEXT].size)
		text_append(mapper->row_arena, &slot->parts[DESCRIPTION_TEXT], STR("\n"));
	text_append(mapper->row_arena, &slot->parts[DESCRIPTION_TEXT], cell->value);
	if (mapper->section)
		set_part(slot, DESCRIPTION_SECTION, str_of(mapper->section));
}

static void take_nothing(struct mapper *mapper, const struct plan_row *plan,
			 const struct cell *cell)
{
	(void)mapper;
	(void)plan;
	(void)cell;
}

static take_fn *const takers[] = {
	[PARSE_ONE] = take_one,
	[PARSE_LIST] = take_list,
	[PARSE_ALIGNED] = take_aligned,
	[PARSE_LANGUAGE] = take_language,
	[PARSE_ONLY] = take_only,
	[PARSE_CLAIMS] = take_claims,
	[PARSE_PARAGRAPH] = take_paragraph,
	[PARSE_EVENTS] = take_list, /* value_finish() takes the items apart */
	[PARSE_PRIORITIES] = take_list,
	[PARSE_NOTHING] = take_nothing,
};

static void keep_column(struct mapper *mapper, const struct cell *cell)
{
	struct str parts[] = { cell->value, cell->path };

	publication_add_parts(mapper->publication, FACT_VENDOR, 0, parts, 2);
}

static void take_cell(struct mapper *mapper, const struct cell *cell)
{
	uint32_t place = place_of(mapper, cell);

	if (place == PASSED_OVER)
		return;
	if (place == NOT_MAPPED) {
		if (mapper->source->flags & SOURCE_ELEMENTS)
			return;
		findings_add(mapper->findings, FINDING_HEADER, cell->path, 1);
		keep_column(mapper, cell);
		return;
	}
	for (size_t i = place - FIRST_PLACE + 1; i; i = mapper->plan[i - 1].next) {
		const struct plan_row *plan = &mapper->plan[i - 1];

		if (plan->row->field == FACT_VENDOR && plan->row->parse != PARSE_NOTHING)
			keep_column(mapper, cell);
		else
			takers[plan->row->parse](mapper, plan, cell);
	}
}

/* ---- From slots to facts */

static struct str part_text(const struct text *text)
{
	return (struct str){ text->data, text->size };
}

static void finish_slot(struct mapper *mapper, struct value_context *context,
			const struct slot *slot)
{
	const struct source_row *row = slot->row;
	struct value value = { .field = row->field,
			       .header = slot->header,
			       .language = slot->language };

	for (size_t i = 0; i < FACT_PART_MAX; i++)
		value.parts[i] = part_text(&slot->parts[i]);
	if (row->fixed && value.parts[row->part].size)
		value.parts[row->fixed_part] = str_of(row->fixed);
	if (row->field == FACT_EVENT && value.parts[EVENT_TEXT].size == 0 && row->group)
		value.parts[EVENT_TEXT] = str_of(row->group);
	if (!value.language)
		value.language = mapper->source->language;
	value_finish(context, &value);
}

/* Main classes first, then all else, then what stands in for fields still empty. */
static void finish_slots(struct mapper *mapper, struct value_context *context)
{
	uint16_t filled[FACT_FIELD_COUNT] = { 0 }; /* key + 1 of the fallback used */

	for (int turn = 0; turn < 3; turn++) {
		static const uint8_t order[] = { ROW_FIRST, ROW_NORMAL, ROW_FALLBACK };

		for (size_t i = 0; i < mapper->slots.count; i++) {
			const struct slot *slot = slot_at(mapper, i);
			enum fact_field field = slot->row->field;

			if (slot->turn != order[turn] || slot->is_dropped)
				continue;
			if (slot->turn == ROW_FALLBACK &&
			    publication_find(context->publication, field) &&
			    filled[field] != slot->key + 1)
				continue;
			if (slot->turn == ROW_FALLBACK)
				filled[field] = (uint16_t)(slot->key + 1);
			finish_slot(mapper, context, slot);
		}
	}
}

static struct str office_told(struct mapper *mapper)
{
	for (size_t i = 0; i < mapper->slots.count; i++) {
		const struct slot *slot = slot_at(mapper, i);

		if (slot->row->field == FACT_OFFICE && slot->parts[0].size == 2)
			return part_text(&slot->parts[0]);
	}
	return str_of(mapper->source->office);
}

static void begin_row(struct mapper *mapper, struct arena *arena, const struct row *row)
{
	mapper->generation++;
	list_clear(&mapper->slots);
	list_clear(&mapper->aligned);
	memset(mapper->languages, 0, sizeof(mapper->languages));
	mapper->section = NULL;
	mapper->section_number = 0;
	mapper->row_arena = arena;
	mapper->row = row;
	mapper->publication = publication_create(arena);
}

bool mapper_map(struct mapper *mapper, struct arena *arena, const struct row *row,
		struct publication **publication_out, struct error *error)
{
	struct value_context context;

	begin_row(mapper, arena, row);
	for (size_t i = 0; i < row->count; i++)
		take_cell(mapper, &row->cells[i]);
	for (size_t i = 0; i < mapper->aligned.count; i++) {
		struct aligned_cell aligned = LIST_AT(&mapper->aligned, struct aligned_cell, i);

		place_aligned(mapper, aligned.plan, aligned.cell);
	}
	context = (struct value_context){
		.arena = arena,
		.findings = mapper->findings,
		.publication = mapper->publication,
		.office = office_told(mapper),
		.keeps_unknown = !(mapper->source->flags & SOURCE_ELEMENTS),
		.docdb_numbers = (mapper->source->flags & SOURCE_DOCDB_NUMBERS) != 0,
	};
	finish_slots(mapper, &context);
	publication_complete(&context, mapper->source->flags & SOURCE_NEEDS_APPLICANT);
	*publication_out = mapper->publication;
	if (!publication_find(mapper->publication, FACT_PUBLICATION_NUMBER) &&
	    !publication_find(mapper->publication, FACT_APPLICATION_NUMBER)) {
		if (context.bad_number)
			return error_set_at(
				error, ERROR_INVALID, "import.bad_number", row->place, "%.*s",
				(int)(context.number.size < 80 ? context.number.size : 80),
				context.number.data);
		if (!publication_find(mapper->publication, FACT_TITLE))
			return error_set_at(error, ERROR_INVALID, "import.no_identity", row->place,
					    "%s", "");
	}
	return true;
}
