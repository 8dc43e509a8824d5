#include "draft/docx_internal.h"

void flow_init(struct flow *flow, struct arena *arena, struct lines *lines)
{
	*flow = (struct flow){ .arena = arena,
			       .lines = lines,
			       .note_numbers = map_create(),
			       .note_texts = LIST_OF(struct str),
			       .boxes = LIST_OF(struct line),
			       .notes = LIST_OF(struct str),
			       .row = STRBUF_INIT };
	flow->row.size_max = PARAGRAPH_SIZE_MAX;
	numbering_init(&flow->numbering, arena);
	styles_init(&flow->styles, arena);
	for (size_t i = 0; i < PARAGRAPHS_MAX; i++) {
		flow->open[i].text = STRBUF_INIT;
		flow->open[i].text.size_max = PARAGRAPH_SIZE_MAX;
	}
}

void flow_release(struct flow *flow)
{
	map_destroy(flow->note_numbers);
	list_release(&flow->note_texts);
	list_release(&flow->boxes);
	list_release(&flow->notes);
	strbuf_release(&flow->row);
	numbering_release(&flow->numbering);
	styles_release(&flow->styles);
	for (size_t i = 0; i < PARAGRAPHS_MAX; i++)
		strbuf_release(&flow->open[i].text);
}

struct paragraph *flow_paragraph(struct flow *flow)
{
	return flow->depth > 0 ? &flow->open[flow->depth - 1] : NULL;
}

bool flow_begin_paragraph(struct flow *flow)
{
	struct paragraph *paragraph;
	struct strbuf text;

	if (flow->depth == PARAGRAPHS_MAX)
		return false;
	paragraph = &flow->open[flow->depth++];
	text = paragraph->text;
	if (!paragraph->mark_deleted)
		strbuf_clear(&text);
	*paragraph = (struct paragraph){ .text = text,
					 .level = -1,
					 .outline = -1,
					 .images = paragraph->mark_deleted ? paragraph->images : 0,
					 .boxes_from = flow->boxes.count,
					 .notes_from = flow->notes.count };
	return true;
}

/* The style's values stand where the paragraph says nothing. */
static void add_label(struct flow *flow, const struct paragraph *paragraph, struct strbuf *text)
{
	struct style style = styles_find(&flow->styles, paragraph->style);
	struct str list_id = paragraph->list_id.size ? paragraph->list_id : style.list_id;
	int64_t level = paragraph->level >= 0 ? paragraph->level : style.level;

	if (list_id.size > 0 && !str_equal_cstr(list_id, "0"))
		numbering_label(&flow->numbering, list_id, level < 0 ? 0 : (unsigned)level, text);
}

static unsigned heading_flag(const struct flow *flow, const struct paragraph *paragraph)
{
	int64_t outline = paragraph->outline >= 0
				  ? paragraph->outline
				  : styles_find(&flow->styles, paragraph->style).outline;

	return outline >= 0 ? LINE_HEADING : 0;
}

static void add_hung(struct flow *flow, size_t boxes_from, size_t notes_from)
{
	for (size_t i = boxes_from; i < flow->boxes.count; i++) {
		const struct line *box = &LIST_AT(&flow->boxes, struct line, i);

		lines_add(flow->lines, box->text, box->flags, box->images);
	}
	for (size_t i = notes_from; i < flow->notes.count; i++) {
		const uint64_t *at = map_find(flow->note_numbers,
					      LIST_AT(&flow->notes, struct str, i));

		if (at)
			lines_add(flow->lines, LIST_AT(&flow->note_texts, struct str, *at),
				  LINE_FOOTNOTE, 0);
	}
	flow->boxes.count = boxes_from;
	flow->notes.count = notes_from;
}

static void add_to_row(struct flow *flow, struct str text, uint32_t images)
{
	for (size_t i = 0; i < text.size; i++)
		strbuf_add_byte(&flow->row, text.data[i] == '\n' ? ' ' : text.data[i]);
	strbuf_add_byte(&flow->row, ' ');
	flow->row_images += images;
}

static void keep_box(struct flow *flow, struct str text, uint32_t images)
{
	if (flow->boxes.count == LINES_MAX) {
		flow->lines->overflow = true;
		return;
	}
	*(struct line *)list_add(&flow->boxes) = (struct line){ str_copy(flow->arena, text),
								LINE_TEXT_BOX, images };
}

static void put_paragraph(struct flow *flow, struct paragraph *paragraph)
{
	struct strbuf line = STRBUF_INIT;

	if (paragraph->text.overflow)
		flow->lines->overflow = true;
	if (paragraph->text.size > 0)
		add_label(flow, paragraph, &line);
	strbuf_add_str(&line, strbuf_str(&paragraph->text));
	if (flow->depth > 0) {
		keep_box(flow, strbuf_str(&line), paragraph->images);
	} else if (flow->tables > 0) {
		add_to_row(flow, strbuf_str(&line), paragraph->images);
	} else {
		lines_add(flow->lines, strbuf_str(&line), heading_flag(flow, paragraph),
			  paragraph->images);
		add_hung(flow, paragraph->boxes_from, paragraph->notes_from);
	}
	strbuf_release(&line);
}

bool flow_end_paragraph(struct flow *flow)
{
	struct paragraph *paragraph = flow_paragraph(flow);

	if (!paragraph)
		return false;
	flow->depth--;
	if (!paragraph->mark_deleted)
		put_paragraph(flow, paragraph);
	return paragraph->ends_section;
}

/* A row of a table inside a cell is part of that cell. */
void flow_end_row(struct flow *flow)
{
	if (flow->tables != 1 || flow->depth > 0)
		return;
	lines_add(flow->lines, strbuf_str(&flow->row), LINE_TABLE, flow->row_images);
	strbuf_clear(&flow->row);
	flow->row_images = 0;
	add_hung(flow, 0, 0);
}

void flow_finish(struct flow *flow)
{
	struct paragraph *paragraph = &flow->open[0];

	if (flow->depth == 0 && paragraph->mark_deleted) {
		paragraph->mark_deleted = false;
		put_paragraph(flow, paragraph);
	}
}
