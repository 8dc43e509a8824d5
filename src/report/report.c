#include "report/report.h"

#include "report/findings.h"

#include <assert.h>
#include <stdarg.h>

struct report *report_create(struct arena *arena, enum language language, struct str title)
{
	struct report *report = arena_new(arena, struct report);

	report->arena = arena;
	report->language = language;
	report->title = title;
	report->as_of = DATE_NONE;
	return report;
}

struct str report_pick(const struct report *report, const char *zh, const char *en)
{
	return str_of(report->language == LANGUAGE_ZH ? zh : en);
}

void report_cover(struct report *report, struct str label, struct str value)
{
	assert(report->cover_count < REPORT_COVER_MAX);
	report->cover[report->cover_count++] = (struct report_field){ label, value };
}

static struct report_block *add_block(struct report *report, enum block_kind kind)
{
	struct report_block *block = arena_new(report->arena, struct report_block);

	block->kind = kind;
	if (report->last)
		report->last->next = block;
	else
		report->first = block;
	report->last = block;
	return block;
}

static const char *heading_number(const struct report *report, unsigned level)
{
	const unsigned *n = report->numbers;
	const char *chapter = report->in_appendix ? arena_printf(report->arena, "%c",
								 (char)('A' + (n[0] - 1) % 26))
						  : arena_printf(report->arena, "%u", n[0]);

	if (level == 1)
		return chapter;
	if (level == 2)
		return arena_printf(report->arena, "%s.%u", chapter, n[1]);
	return arena_printf(report->arena, "%s.%u.%u", chapter, n[1], n[2]);
}

void report_heading(struct report *report, unsigned level, struct str text)
{
	struct report_block *block = add_block(report, BLOCK_HEADING);

	assert(level >= 1 && level <= 3);
	report->numbers[level - 1]++;
	for (unsigned below = level; below < 3; below++)
		report->numbers[below] = 0;
	block->level = level;
	block->text = text;
	block->number = heading_number(report, level);
}

void report_appendix(struct report *report)
{
	report->in_appendix = true;
	for (size_t i = 0; i < 3; i++)
		report->numbers[i] = 0;
}

void report_paragraph(struct report *report, struct str text)
{
	add_block(report, BLOCK_PARAGRAPH)->text = text;
}

void report_notice(struct report *report, struct str text)
{
	add_block(report, BLOCK_NOTICE)->text = text;
}

struct str *report_list_reserve(struct report *report, size_t item_count)
{
	struct str *items = arena_array(report->arena, struct str, item_count);
	struct report_block *block = add_block(report, BLOCK_LIST);

	block->items = items;
	block->item_count = item_count;
	return items;
}

void report_list(struct report *report, const struct str *items, size_t item_count)
{
	if (item_count)
		memcpy(report_list_reserve(report, item_count), items, item_count * sizeof(*items));
}

void report_table(struct report *report, const struct report_table *table)
{
	struct report_block *block;

	if (!table->row_count)
		return;
	block = add_block(report, BLOCK_TABLE);
	block->table = *table;
	block->number = arena_printf(report->arena, "%u", ++report->table_count);
}

void report_figure(struct report *report, const struct figure *figure)
{
	struct report_block *block = add_block(report, BLOCK_FIGURE);
	bool is_table = figure->shape == SHAPE_TABLE;

	block->figure = figure;
	block->text = finding_write(report->arena, figure, report->language);
	block->number = arena_printf(report->arena, "%u",
				     is_table ? ++report->table_count : ++report->figure_count);
}
