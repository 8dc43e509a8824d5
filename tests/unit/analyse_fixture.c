#include "analyse_fixture.h"

#include "base/file.h"
#include "base/list.h"
#include "query/schema.h"

#include <unistd.h>

static uint64_t state;

static unsigned below(unsigned limit)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (unsigned)(state >> 33) % limit;
}

/* Low numbers are frequent, as with real applicants. */
static unsigned skewed(unsigned limit)
{
	unsigned a = below(limit), b = below(limit);

	return a < b ? a : b;
}

const char *fixture_applicant(unsigned i)
{
	static char names[FIXTURE_APPLICANTS][40];

	snprintf(names[i], sizeof(names[i]), "示例电池%02u有限公司", i);
	return names[i];
}

const char *fixture_inventor(unsigned i)
{
	static char names[FIXTURE_INVENTORS][24];

	snprintf(names[i], sizeof(names[i]), "发明人%02u", i);
	return names[i];
}

const char *fixture_class(unsigned i)
{
	static const char *const classes[FIXTURE_CLASSES] = { "H01M", "H02J", "B60L", "G06F",
							      "C08L", "A61K", "B01D", "F16H",
							      "H04L", "G01N", "C22C", "B29C" };

	return classes[i];
}

static void pick(unsigned *values, unsigned *count, unsigned most, unsigned limit)
{
	unsigned wanted = 1 + below(most);

	*count = 0;
	while (*count < wanted) {
		unsigned value = skewed(limit), i = 0;

		while (i < *count && values[i] != value)
			i++;
		if (i < *count)
			wanted--;
		else
			values[(*count)++] = value;
	}
}

static void make_dates(struct fixture_document *document)
{
	document->filed = document->granted = document->lapsed = document->expires = DATE_NONE;
	if (below(20) == 0)
		return;
	document->filed = date_of(2006 + (int)(18 - skewed(18)), 1, 1) + (date)below(360);
	document->expires = document->filed + 7304;
	if (below(2))
		document->granted = document->filed + 400 + (date)below(900);
	if (document->granted != DATE_NONE && document->granted > date_of(2024, 6, 30))
		document->granted = DATE_NONE;
	if (document->granted != DATE_NONE && below(3) == 0)
		document->lapsed = document->granted + 100 + (date)below(3000);
	if (document->lapsed != DATE_NONE && document->lapsed > date_of(2024, 6, 30))
		document->lapsed = DATE_NONE;
}

static void make_document(struct fixture_document *document, size_t i, size_t count)
{
	static const char *const types[] = { "invention", "invention", "utility", "design" };
	static const char *const offices[] = { "CN", "CN", "CN", "US", "JP" };
	static const char *const provinces[] = { "江苏", "广东", "浙江" };

	document->id = (int64_t)i + 1;
	make_dates(document);
	document->type = types[below(4)];
	document->office = offices[below(5)];
	document->origin = offices[below(5)];
	document->province = below(4) ? provinces[below(3)] : NULL;
	document->group = document->lapsed != DATE_NONE    ? "dead"
			  : document->granted != DATE_NONE ? "active"
							   : "pending";
	document->status = document->lapsed != DATE_NONE    ? "lapsed"
			   : document->granted != DATE_NONE ? "in_force"
							    : "examination";
	pick(document->applicants, &document->applicant_count, 3, FIXTURE_APPLICANTS);
	pick(document->inventors, &document->inventor_count, 4, FIXTURE_INVENTORS);
	pick(document->classes, &document->class_count, 3, FIXTURE_CLASSES);
	document->family = below(3) ? (int)below((unsigned)count / 3 + 1) : -1;
	document->kind_count = 1 + below(2);
	document->cited_by = below(4) ? (int64_t)skewed(40) : -1;
	document->branch = below(FIXTURE_BRANCHES);
	/* Branch 0 never has effect 0: a blank. */
	document->effect = document->branch ? below(FIXTURE_EFFECTS)
					    : 1 + below(FIXTURE_EFFECTS - 1);
	document->event = below(5) == 0 ? "transfer_patent" : below(7) == 0 ? "licence" : NULL;
	while (i > 0 && document->cite_count < FIXTURE_CITES_MAX && below(2)) {
		unsigned cited = below((unsigned)i), j = 0;

		while (j < document->cite_count && document->cites[j] != cited)
			j++;
		if (j == document->cite_count)
			document->cites[document->cite_count++] = cited;
	}
}

struct cell_list {
	struct arena *arena;
	struct list cells;
};

static void add_text(struct cell_list *list, unsigned column, const char *text)
{
	struct cell_value *cell = list_add(&list->cells);

	cell->column = column;
	cell->text = str_of(text);
}

static void add_number(struct cell_list *list, unsigned column, int64_t number)
{
	struct cell_value *cell = list_add(&list->cells);

	cell->column = column;
	cell->number = number;
}

static void add_date(struct cell_list *list, unsigned column, unsigned year_column, date day)
{
	if (day == DATE_NONE)
		return;
	add_number(list, column, day);
	if (year_column != COL_COUNT)
		add_text(list, year_column, arena_printf(list->arena, "%d", date_year(day)));
}

static void add_lists(struct cell_list *list, const struct fixture_document *document)
{
	for (unsigned i = 0; i < document->applicant_count; i++)
		add_text(list, COL_APPLICANT, fixture_applicant(document->applicants[i]));
	add_text(list, COL_FIRST_APPLICANT, fixture_applicant(document->applicants[0]));
	for (unsigned i = 0; i < document->inventor_count; i++)
		add_text(list, COL_INVENTOR, fixture_inventor(document->inventors[i]));
	add_text(list, COL_FIRST_INVENTOR, fixture_inventor(document->inventors[0]));
	for (unsigned i = 0; i < document->class_count; i++) {
		const char *subclass = fixture_class(document->classes[i]);

		add_text(list, COL_IPC_SUBCLASS, subclass);
		add_text(list, COL_IPC_GROUP, arena_printf(list->arena, "%s10", subclass));
	}
	for (unsigned i = 0; i < document->cite_count; i++)
		add_text(list, COL_CITES, arena_printf(list->arena, "CN1%08u", document->cites[i]));
}

static void put_document(struct index_writer *writer, struct cell_list *list,
			 const struct fixture_document *document)
{
	static const char *const branches[] = { "正极", "负极", "隔膜", "电解液", "散热" };
	static const char *const effects[] = { "安全性", "续航", "成本", "寿命" };
	unsigned place = (unsigned)document->id - 1;
	struct error error;
	struct document put;

	list_clear(&list->cells);
	add_text(list, COL_TITLE,
		 arena_printf(list->arena, "一种锂离子电池%s装置", branches[document->branch]));
	add_text(list, COL_ABSTRACT,
		 arena_printf(list->arena, "公开了一种提高%s的%s结构。", effects[document->effect],
			      branches[document->branch]));
	add_text(list, COL_NUMBER, arena_printf(list->arena, "CN1%08u", place));
	for (unsigned i = 0; i < document->kind_count; i++) {
		add_text(list, COL_NUMBER, arena_printf(list->arena, "CN1%08u%c", place, "AB"[i]));
		add_text(list, COL_KIND, arena_printf(list->arena, "%c", "AB"[i]));
	}
	if (document->family >= 0)
		add_text(list, COL_FAMILY, arena_printf(list->arena, "F%d", document->family));
	add_text(list, COL_TYPE, document->type);
	add_text(list, COL_OFFICE, document->office);
	add_text(list, COL_PRIORITY_COUNTRY, document->origin);
	add_text(list, COL_STATUS, document->status);
	add_text(list, COL_STATUS_GROUP, document->group);
	if (document->province)
		add_text(list, COL_PROVINCE, document->province);
	if (document->event)
		add_text(list, COL_EVENT, document->event);
	add_lists(list, document);
	add_date(list, COL_FILED, COL_YEAR_FILED, document->filed);
	add_date(list, COL_GRANTED, COL_YEAR_GRANTED, document->granted);
	add_date(list, COL_LAPSED, COL_COUNT, document->lapsed);
	add_date(list, COL_EXPIRES, COL_COUNT, document->expires);
	if (document->filed != DATE_NONE)
		add_date(list, COL_PUBLISHED, COL_YEAR_PUBLISHED, document->filed + 540);
	if (document->cited_by >= 0)
		add_number(list, COL_COUNT_CITED_BY, document->cited_by);
	put = (struct document){ document->id, list->cells.items, list->cells.count };
	if (!index_write_put(writer, &put, &error))
		abort();
}

enum { SEGMENTS = 3 };

static void write_index(struct fixture *fixture, bool with_removed)
{
	struct cell_list list = { fixture->arena, LIST_OF(struct cell_value) };
	struct error error;

	for (size_t segment = 0; segment < SEGMENTS; segment++) {
		struct index_write_options options = { .thread_count = 1 };
		struct index_writer *writer;

		if (!index_write_begin(fixture->index, &options, &writer, &error))
			abort();
		for (size_t i = segment; i < fixture->count; i += SEGMENTS)
			put_document(writer, &list, &fixture->documents[i]);
		for (size_t i = 0; with_removed && segment + 1 == SEGMENTS && i < fixture->count;
		     i += 7)
			if (!index_write_remove(writer, fixture->documents[i].id, &error))
				abort();
		if (!index_write_commit(writer, (int64_t)segment + 1, &error))
			abort();
	}
	list_release(&list.cells);
}

static const struct bitmap *branch_documents(struct fixture *fixture, int branch, int effect)
{
	uint32_t *found = arena_array(fixture->arena, uint32_t, fixture->count + 1);
	size_t count = 0;

	for (size_t i = 0; i < fixture->count; i++) {
		const struct fixture_document *document = &fixture->documents[i];

		if (document->document == DOCUMENT_NONE ||
		    (branch >= 0 && (int)document->branch != branch) ||
		    (effect >= 0 && (int)document->effect != effect))
			continue;
		found[count++] = document->document;
	}
	return bitmap_of(fixture->arena, found, count);
}

static void make_trees(struct fixture *fixture)
{
	fixture->technology[0] =
		(struct tree_node){ STR("1"), STR("电池"), STR("TA=电池"),
				    1,        SIZE_MAX,    branch_documents(fixture, -1, -1) };
	for (int i = 0; i < FIXTURE_BRANCHES; i++)
		fixture->technology[i + 1] =
			(struct tree_node){ str_of(arena_printf(fixture->arena, "1.%d", i + 1)),
					    str_of(arena_printf(fixture->arena, "技术%d", i)),
					    str_of(arena_printf(fixture->arena, "TA=技术%d", i)),
					    2,
					    0,
					    branch_documents(fixture, i, -1) };
	for (int i = 0; i < FIXTURE_EFFECTS; i++)
		fixture->effects[i] =
			(struct tree_node){ str_of(arena_printf(fixture->arena, "%d", i + 1)),
					    str_of(arena_printf(fixture->arena, "功效%d", i)),
					    str_of(arena_printf(fixture->arena, "TA=功效%d", i)),
					    1,
					    SIZE_MAX,
					    branch_documents(fixture, -1, i) };
}

struct fixture *fixture_create(size_t count, uint64_t seed, bool with_removed)
{
	struct arena *arena = arena_create(1 << 16);
	struct fixture *fixture = arena_new(arena, struct fixture);
	struct error error;

	state = seed * 0x9E3779B97F4A7C15u + 1;
	fixture->arena = arena;
	fixture->count = count;
	fixture->documents = arena_array(arena, struct fixture_document, count + 1);
	snprintf(fixture->folder, sizeof(fixture->folder), "/tmp/yucheng_analyse_XXXXXX");
	if (!mkdtemp(fixture->folder) ||
	    !index_open(fixture->folder, &patent_schema, &fixture->index, &error))
		abort();
	for (size_t i = 0; i < count; i++)
		make_document(&fixture->documents[i], i, count);
	write_index(fixture, with_removed);
	fixture->snapshot = index_acquire(fixture->index);
	for (size_t i = 0; i < count; i++)
		fixture->documents[i].document = snapshot_find_document(fixture->snapshot,
									fixture->documents[i].id);
	make_trees(fixture);
	fixture->input = (struct analysis_input){
		.snapshot = fixture->snapshot,
		.documents = snapshot_documents(fixture->snapshot),
		.query = STR("ALL"),
		.as_of = date_of(2024, 6, 30),
		.technology = fixture->technology,
		.technology_count = FIXTURE_BRANCHES + 1,
		.effect = fixture->effects,
		.effect_count = FIXTURE_EFFECTS,
	};
	return fixture;
}

void fixture_destroy(struct fixture *fixture)
{
	struct error error;
	char folder[sizeof(fixture->folder)];

	memcpy(folder, fixture->folder, sizeof(folder));
	index_release(fixture->snapshot);
	index_close(fixture->index);
	arena_destroy(fixture->arena);
	if (!file_remove_tree(folder, &error))
		abort();
}

const struct bitmap *fixture_subset(struct fixture *fixture, unsigned percent)
{
	uint32_t *found = arena_array(fixture->arena, uint32_t, fixture->count + 1);
	size_t count = 0;

	for (size_t i = 0; i < fixture->count; i++)
		if (fixture->documents[i].document != DOCUMENT_NONE && below(100) < percent)
			found[count++] = fixture->documents[i].document;
	return bitmap_of(fixture->arena, found, count);
}

bool fixture_has(const struct fixture *fixture, const struct bitmap *set, size_t i)
{
	uint32_t document = fixture->documents[i].document;

	return document != DOCUMENT_NONE && bitmap_contains(set, document);
}
