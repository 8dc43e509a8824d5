#include "draft/draft_read.h"
#include "draft/section_internal.h"
#include "draft/source_internal.h"

#include "import/reader.h"

#include <string.h>

/* Full texts of CNIPA: the schema since 2015 (PatentDocumentAndRelated) and the one before. */

static const struct reader_limits limits = {
	.cell_size_max = (size_t)8 << 20,
	.row_size_max = DRAFT_TEXT_MAX,
	.unpacked_size_max = DRAFT_UNPACKED_MAX,
	.spool_size_max = DRAFT_UNPACKED_MAX,
	.columns_max = 1,
	.depth_max = 100,
};

static const struct record_rule rules[] = {
	{ FORMAT_XML, "PatentDocumentAndRelated", "PatentDocumentAndRelated" },
	{ FORMAT_XML, "cn-patent-document", "cn-patent-document" },
	{ FORMAT_XML, "cn-application-body", "cn-application-body" },
	{ FORMAT_XML, "application-body", "application-body" },
};

struct xml_draft {
	struct section_builder builder;
	struct draft *draft;
	uint32_t claim; /* group of the claim being written */
	struct str claim_number;
	bool is_deposit; /* the paragraph of the abstract to come tells of a deposit */
};

typedef void xml_fn(struct xml_draft *xml, const struct cell *cell);

static void add_title(struct xml_draft *xml, const struct cell *cell)
{
	if (!xml->builder.present[DRAFT_TITLE])
		draft_section_add(&xml->builder, DRAFT_TITLE, cell->value);
}

static void set_title(struct xml_draft *xml, const struct cell *cell)
{
	xml->draft->claim_title = cell->value;
}

static void add_lines(struct xml_draft *xml, enum draft_part part, struct str text)
{
	struct str line;

	while (str_split(&text, STR("\n"), &line))
		if (str_trim(line).size > 0)
			draft_section_add(&xml->builder, part, str_trim(line));
}

/* Data of a deposit stand among the abstract's paragraphs and are no part of its text. */
static void see_deposit(struct xml_draft *xml, const struct cell *cell)
{
	xml->is_deposit = str_equal_cstr(cell->value, "bio");
}

static void add_abstract(struct xml_draft *xml, const struct cell *cell)
{
	if (!xml->is_deposit)
		add_lines(xml, DRAFT_ABSTRACT, cell->value);
	xml->is_deposit = false;
}

static void add_description(struct xml_draft *xml, const struct cell *cell)
{
	add_lines(xml, DRAFT_DESCRIPTION, cell->value);
}

static void number_claim(struct xml_draft *xml, const struct cell *cell)
{
	xml->claim_number = cell->value;
	while (str_starts_with(xml->claim_number, STR("0")))
		xml->claim_number = str_slice(xml->claim_number, 1, xml->claim_number.size);
}

/* The first text of a claim has its number in front already, or it is written there. */
static void add_claim(struct xml_draft *xml, const struct cell *cell)
{
	struct str text = cell->value;

	if (cell->group != xml->claim && xml->claim_number.size > 0 &&
	    !(text.data[0] >= '0' && text.data[0] <= '9')) {
		struct strbuf numbered = STRBUF_INIT;

		strbuf_add_str(&numbered, xml->claim_number);
		strbuf_add_byte(&numbered, '.');
		strbuf_add_str(&numbered, text);
		add_lines(xml, DRAFT_CLAIMS, strbuf_str(&numbered));
		strbuf_release(&numbered);
	} else {
		add_lines(xml, DRAFT_CLAIMS, text);
	}
	xml->claim = cell->group;
}

static void add_figure(struct xml_draft *xml, const struct cell *cell)
{
	struct str label = section_figure_label(xml->builder.arena, cell->value);

	draft_section_add_object(&xml->builder, DRAFT_IMAGE, DRAFT_DRAWINGS,
				 label.size > 0 ? label : cell->value);
	draft_section_add(&xml->builder, DRAFT_DRAWINGS, cell->value);
}

static void set_abstract_figure(struct xml_draft *xml, const struct cell *cell)
{
	struct str label = section_figure_label(xml->builder.arena, cell->value);

	if (label.size > 0)
		xml->draft->abstract_figure = label;
	else if (xml->draft->abstract_figure.size == 0)
		xml->draft->abstract_figure = STR("附图");
}

/* "发明专利" of the old form; the new one has the type as the second digit of a code: 10, 20. */
static void set_type(struct xml_draft *xml, const struct cell *cell)
{
	struct str digits = cell->value;

	xml->draft->type = patent_type_of(digits);
	if (xml->draft->type != PATENT_TYPE_UNKNOWN || digits.size != 2)
		return;
	if (digits.data[0] == '1' || digits.data[1] == '1')
		xml->draft->type = PATENT_INVENTION;
	else if (digits.data[0] == '2' || digits.data[1] == '2')
		xml->draft->type = PATENT_UTILITY;
}

/* Ends of paths; the first that fits counts. */
static const struct {
	struct str path;
	xml_fn *take;
} paths[] = {
	{ STR_INIT("description/invention-title"), add_title },
	{ STR_INIT("Description/InventionTitle"), add_title },
	{ STR_INIT("cn-bibliographic-data/invention-title"), set_title },
	{ STR_INIT("BibliographicData/InventionTitle"), set_title },
	{ STR_INIT("abstract/p/@num"), see_deposit },
	{ STR_INIT("abstract/p"), add_abstract },
	{ STR_INIT("Abstract/Paragraphs"), add_abstract },
	{ STR_INIT("AbstractFigure/Figure/@num"), set_abstract_figure },
	{ STR_INIT("AbstractFigure/Figure/@figureLabels"), set_abstract_figure },
	{ STR_INIT("AbstractFigure/Figure/Image/@file"), set_abstract_figure },
	{ STR_INIT("abstract/figure/@num"), set_abstract_figure },
	{ STR_INIT("cn-abst-figure/figure/@num"), set_abstract_figure },
	{ STR_INIT("claim/@num"), number_claim },
	{ STR_INIT("Claim/@num"), number_claim },
	{ STR_INIT("claim/claim-text"), add_claim },
	{ STR_INIT("Claim/ClaimText"), add_claim },
	{ STR_INIT("Drawings/Figure/@figureLabels"), add_figure },
	{ STR_INIT("drawings/figure/@figure-labels"), add_figure },
	{ STR_INIT("ApplicationReference/@applType"), set_type },
	{ STR_INIT("application-reference/@appl-type"), set_type },
};

/* Paragraphs stand in a description at any depth. */
static bool is_description(struct str path)
{
	return (str_starts_with(path, STR("Description/")) &&
		str_ends_with(path, STR("/Paragraphs"))) ||
	       ((str_starts_with(path, STR("description/")) ||
		 str_find(path, STR("/description/")) != STR_NOT_FOUND) &&
		str_ends_with(path, STR("/p")));
}

static void take_cell(struct xml_draft *xml, const struct cell *cell)
{
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++)
		if (str_ends_with(cell->path, paths[i].path)) {
			paths[i].take(xml, cell);
			return;
		}
	if (is_description(cell->path))
		add_description(xml, cell);
}

static bool has_texts(const struct draft *draft)
{
	return draft->parts[DRAFT_CLAIMS].is_present || draft->parts[DRAFT_DESCRIPTION].is_present;
}

bool draft_read_xml(struct arena *arena, const char *path, struct draft *draft, struct error *error)
{
	struct xml_draft xml = { .draft = draft, .claim = UINT32_MAX };
	enum read_result result;
	struct reader *reader;
	struct row row;

	if (!reader_open(arena, path, &limits, &reader, error))
		return false;
	reader_set_records(reader, rules, sizeof(rules) / sizeof(rules[0]));
	result = reader_next(reader, arena, &row, error);
	if (result == READ_BAD_ROW || result == READ_FAILED)
		return false;
	draft_section_begin(&xml.builder, arena);
	for (size_t i = 0; result == READ_ROW && i < row.count; i++)
		take_cell(&xml, &row.cells[i]);
	draft_section_end(&xml.builder, draft);
	if (!draft->parts[DRAFT_TITLE].is_present && draft->claim_title.size > 0) {
		draft->parts[DRAFT_TITLE].text = draft->claim_title;
		draft->parts[DRAFT_TITLE].is_present = true;
	}
	return has_texts(draft) ||
	       error_set(error, ERROR_INVALID, "draft.not_cnipa_xml", "%.200s", draft->source);
}
