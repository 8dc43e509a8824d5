/* Native charts of a document (ECMA-376 part 1, section 21.2), with their numbers in them. */
#include "report/docx_internal.h"

#include <math.h>

enum {
	EMU_CM = 360000,
	CHART_WIDTH = 1655 * EMU_CM / 100,
	CHART_HEIGHT = 82 * EMU_CM / 10,
	BAR_HEIGHT = 58 * EMU_CM / 100, /* of each of lying bars */
	AXIS_FIRST = 1,
	AXIS_SECOND = 2,
};

#define LINE(color, width)                                                                         \
	"<a:ln w=\"" width "\"><a:solidFill><a:srgbClr val=\"" color "\"/></a:solidFill></a:ln>"

/* How each kind is written: the element, what stands before its series and behind them. */
static const struct chart_form {
	const char *element, *before, *behind;
	bool has_axes, is_filled;
} forms[] = {
	[CHART_BARS] = { "barChart",
			 "<c:barDir val=\"bar\"/><c:grouping val=\"clustered\"/>"
			 "<c:varyColors val=\"0\"/>",
			 "<c:gapWidth val=\"45\"/>", true, true },
	[CHART_COLUMNS] = { "barChart",
			    "<c:barDir val=\"col\"/><c:grouping val=\"clustered\"/>"
			    "<c:varyColors val=\"0\"/>",
			    "<c:gapWidth val=\"60\"/>", true, true },
	[CHART_STACKED] = { "barChart",
			    "<c:barDir val=\"col\"/><c:grouping val=\"stacked\"/>"
			    "<c:varyColors val=\"0\"/>",
			    "<c:gapWidth val=\"45\"/><c:overlap val=\"100\"/>", true, true },
	[CHART_LINES] = { "lineChart", "<c:grouping val=\"standard\"/><c:varyColors val=\"0\"/>",
			  "<c:marker val=\"1\"/>", true, false },
	[CHART_RING] = { "doughnutChart", "<c:varyColors val=\"1\"/>",
			 "<c:firstSliceAng val=\"0\"/><c:holeSize val=\"55\"/>", false, true },
	[CHART_POINTS] = { "scatterChart",
			   "<c:scatterStyle val=\"lineMarker\"/><c:varyColors val=\"0\"/>", "",
			   true, false },
	[CHART_PATH] = { "scatterChart",
			 "<c:scatterStyle val=\"lineMarker\"/><c:varyColors val=\"0\"/>", "", true,
			 false },
	[CHART_RADAR] = { "radarChart", "<c:radarStyle val=\"marker\"/><c:varyColors val=\"0\"/>",
			  "", true, false },
};

/* A chart being written. */
struct drawing {
	struct docx *docx;
	const struct chart *chart;
	struct strbuf xml;
};

static bool is_scatter(const struct chart *chart)
{
	return chart->kind == CHART_POINTS || chart->kind == CHART_PATH;
}

static struct str cell_text(struct drawing *drawing, const struct chart_cells *cells, size_t index)
{
	return chart_cell_text(drawing->docx->arena, drawing->chart, cells, index,
			       drawing->docx->report->language);
}

/* ---- Data. */

static void add_texts(struct drawing *drawing, const struct chart_cells *cells)
{
	size_t count = chart_cells_count(cells);

	strbuf_addf(&drawing->xml, "<c:cat><c:strLit><c:ptCount val=\"%zu\"/>", count);
	for (size_t i = 0; i < count; i++) {
		strbuf_addf(&drawing->xml, "<c:pt idx=\"%zu\"><c:v>", i);
		markup_add_text(&drawing->xml, cell_text(drawing, cells, i));
		strbuf_add_cstr(&drawing->xml, "</c:v></c:pt>");
	}
	strbuf_add_cstr(&drawing->xml, "</c:strLit></c:cat>");
}

static const char *number_format(enum value_kind kind)
{
	return kind == VALUE_SHARE ? "0.0%" : kind == VALUE_COUNT ? "#,##0" : "General";
}

static void add_numbers(struct drawing *drawing, const char *element,
			const struct chart_cells *cells)
{
	size_t count = chart_cells_count(cells);

	strbuf_addf(&drawing->xml,
		    "<c:%s><c:numLit><c:formatCode>%s</c:formatCode><c:ptCount val=\"%zu\"/>",
		    element, number_format(drawing->chart->kind_of_values), count);
	for (size_t i = 0; i < count; i++) {
		double value = chart_cell_number(drawing->chart, cells, i);

		if (isfinite(value))
			strbuf_addf(&drawing->xml, "<c:pt idx=\"%zu\"><c:v>%.10g</c:v></c:pt>", i,
				    value);
	}
	strbuf_addf(&drawing->xml, "</c:numLit></c:%s>", element);
}

/* ---- Series. */

#define SHOW(values)                                                                               \
	"<c:showLegendKey val=\"0\"/><c:showVal val=\"" values                                     \
	"\"/><c:showCatName val=\"0\"/><c:showSerName val=\"0\"/><c:showPercent val=\"0\"/>"       \
	"<c:showBubbleSize val=\"0\"/>"

static void add_point_names(struct drawing *drawing)
{
	size_t count = drawing->chart->figure->row_count;
	struct chart_cells cells = { false, 1, drawing->chart->label_column, count,
				     drawing->chart->label_column };

	for (size_t i = 0; i < count; i++) {
		strbuf_addf(&drawing->xml,
			    "<c:dLbl><c:idx val=\"%zu\"/><c:tx><c:rich><a:bodyPr/><a:p><a:r>"
			    "<a:rPr lang=\"zh-CN\" sz=\"800\"/><a:t>",
			    i);
		markup_add_text(&drawing->xml, cell_text(drawing, &cells, i));
		strbuf_add_cstr(&drawing->xml, "</a:t></a:r></a:p></c:rich></c:tx><c:dLblPos "
					       "val=\"t\"/>" SHOW("1") "</c:dLbl>");
	}
}

static void add_labels(struct drawing *drawing)
{
	if (!drawing->chart->has_labels)
		return;
	strbuf_add_cstr(&drawing->xml, "<c:dLbls>");
	if (drawing->chart->x)
		add_point_names(drawing);
	strbuf_add_cstr(&drawing->xml, SHOW("1") "</c:dLbls>");
}

static void add_slices(struct drawing *drawing)
{
	for (size_t i = 0; i < drawing->chart->figure->row_count; i++)
		strbuf_addf(&drawing->xml,
			    "<c:dPt><c:idx val=\"%zu\"/><c:bubble3D val=\"0\"/><c:spPr>"
			    "<a:solidFill><a:srgbClr val=\"%06X\"/></a:solidFill>" LINE(
				    "FFFFFF", "9525") "</c:spPr></c:dPt>",
			    i, chart_palette[i % CHART_PALETTE_SIZE]);
}

static void add_look(struct drawing *drawing, uint32_t color)
{
	const struct chart_form *form = &forms[drawing->chart->kind];
	struct strbuf *xml = &drawing->xml;

	if (form->is_filled) {
		strbuf_addf(xml,
			    "<c:spPr><a:solidFill><a:srgbClr val=\"%06X\"/></a:solidFill></c:spPr>",
			    color);
		if (form->has_axes)
			strbuf_add_cstr(xml, "<c:invertIfNegative val=\"0\"/>");
		return;
	}
	if (drawing->chart->kind == CHART_POINTS)
		strbuf_add_cstr(xml, "<c:spPr><a:ln w=\"19050\"><a:noFill/></a:ln></c:spPr>");
	else
		strbuf_addf(xml,
			    "<c:spPr><a:ln w=\"22225\"><a:solidFill><a:srgbClr val=\"%06X\"/>"
			    "</a:solidFill></a:ln></c:spPr>",
			    color);
	strbuf_addf(xml,
		    "<c:marker><c:symbol val=\"circle\"/><c:size val=\"5\"/><c:spPr><a:solidFill>"
		    "<a:srgbClr val=\"%06X\"/></a:solidFill></c:spPr></c:marker>",
		    color);
}

static void add_series(struct drawing *drawing, size_t place)
{
	const struct chart_series *series = &drawing->chart->series[place];
	struct strbuf *xml = &drawing->xml;

	strbuf_addf(xml, "<c:ser><c:idx val=\"%zu\"/><c:order val=\"%zu\"/><c:tx><c:v>", place,
		    place);
	markup_add_text(xml, cell_text(drawing, &series->title, 0));
	strbuf_add_cstr(xml, "</c:v></c:tx>");
	add_look(drawing, chart_palette[series->color]);
	if (drawing->chart->kind == CHART_RING)
		add_slices(drawing);
	add_labels(drawing);
	if (is_scatter(drawing->chart)) {
		add_numbers(drawing, "xVal", &series->names);
		add_numbers(drawing, "yVal", &series->values);
		strbuf_add_cstr(xml, "<c:smooth val=\"0\"/>");
	} else {
		add_texts(drawing, &series->names);
		add_numbers(drawing, "val", &series->values);
		if (drawing->chart->kind == CHART_LINES)
			strbuf_add_cstr(xml, "<c:smooth val=\"0\"/>");
	}
	strbuf_add_cstr(xml, "</c:ser>\n");
}

/* ---- Axes. */

struct axis {
	const char *element; /* catAx, valAx */
	int id, other;
	const char *place; /* b l */
	bool is_reversed, has_grid, crosses_far;
	enum value_kind kind;
	const char *title; /* or NULL */
};

static void add_axis_title(struct strbuf *xml, const char *title)
{
	if (!title)
		return;
	strbuf_add_cstr(xml,
			"<c:title><c:tx><c:rich><a:bodyPr/><a:p><a:pPr><a:defRPr sz=\"900\" "
			"b=\"0\"/></a:pPr><a:r><a:rPr lang=\"zh-CN\" sz=\"900\" b=\"0\"/><a:t>");
	markup_add_cstr(xml, title);
	strbuf_add_cstr(xml, "</a:t></a:r></a:p></c:rich></c:tx><c:overlay val=\"0\"/></c:title>");
}

static void add_axis(struct drawing *drawing, const struct axis *axis)
{
	struct strbuf *xml = &drawing->xml;
	bool is_value = axis->element[0] == 'v';

	strbuf_addf(xml,
		    "<c:%s><c:axId val=\"%d\"/><c:scaling><c:orientation val=\"%s\"/></c:scaling>"
		    "<c:delete val=\"0\"/><c:axPos val=\"%s\"/>",
		    axis->element, axis->id, axis->is_reversed ? "maxMin" : "minMax", axis->place);
	if (axis->has_grid)
		strbuf_add_cstr(xml, "<c:majorGridlines><c:spPr>" LINE(
					     "DFE4E8", "9525") "</c:spPr>"
							       "</c:majorGridlines>");
	add_axis_title(xml, axis->title);
	if (is_value)
		strbuf_addf(xml, "<c:numFmt formatCode=\"%s\" sourceLinked=\"0\"/>",
			    number_format(axis->kind));
	strbuf_addf(xml,
		    "<c:majorTickMark val=\"none\"/><c:minorTickMark val=\"none\"/><c:tickLblPos "
		    "val=\"%s\"/><c:spPr>" LINE("A9B4BD", "9525") "</c:spPr><c:crossAx "
								  "val=\"%d\"/><c:crosses "
								  "val=\"%s\"/></c:%s>\n",
		    axis->crosses_far ? "nextTo" : "low", axis->other,
		    axis->crosses_far ? "max" : "autoZero", axis->element);
}

static void add_axes(struct drawing *drawing)
{
	const struct chart *chart = drawing->chart;
	bool lies = chart->kind == CHART_BARS, scatter = is_scatter(chart);

	add_axis(drawing, &(struct axis){ .element = scatter ? "valAx" : "catAx",
					  .id = AXIS_FIRST,
					  .other = AXIS_SECOND,
					  .place = lies ? "l" : "b",
					  .is_reversed = lies,
					  .has_grid = chart->kind == CHART_RADAR,
					  .kind = chart->kind_of_x,
					  .title = chart->x });
	add_axis(drawing, &(struct axis){ .element = "valAx",
					  .id = AXIS_SECOND,
					  .other = AXIS_FIRST,
					  .place = lies ? "b" : "l",
					  .has_grid = true,
					  .crosses_far = lies,
					  .kind = chart->kind_of_values,
					  .title = chart->y });
}

/* ---- The part and the place it stands at. */

static void add_plot(struct drawing *drawing)
{
	const struct chart_form *form = &forms[drawing->chart->kind];
	struct strbuf *xml = &drawing->xml;

	strbuf_addf(xml, "<c:plotArea><c:layout/><c:%s>%s\n", form->element, form->before);
	for (size_t i = 0; i < drawing->chart->series_count; i++)
		add_series(drawing, i);
	strbuf_add_cstr(xml, form->behind);
	if (form->has_axes)
		strbuf_addf(xml, "<c:axId val=\"%d\"/><c:axId val=\"%d\"/>", AXIS_FIRST,
			    AXIS_SECOND);
	strbuf_addf(xml, "</c:%s>\n", form->element);
	if (form->has_axes)
		add_axes(drawing);
	strbuf_add_cstr(xml, "</c:plotArea>\n");
}

static void add_legend(struct drawing *drawing)
{
	bool is_ring = drawing->chart->kind == CHART_RING;

	if (drawing->chart->series_count > 1 || is_ring)
		strbuf_addf(
			&drawing->xml,
			"<c:legend><c:legendPos val=\"%s\"/><c:overlay val=\"0\"/></c:legend>\n",
			is_ring ? "r" : "t");
}

static struct str draw(struct docx *docx, const struct chart *chart)
{
	struct drawing drawing = { .docx = docx, .chart = chart, .xml = STRBUF_INIT };
	struct strbuf *xml = &drawing.xml;
	struct str copy;

	strbuf_add_cstr(xml,
			"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
			"<c:chartSpace xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/"
			"chart\" xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\">"
			"<c:roundedCorners val=\"0\"/><c:chart><c:autoTitleDeleted val=\"1\"/>\n");
	add_plot(&drawing);
	add_legend(&drawing);
	strbuf_add_cstr(xml,
			"<c:plotVisOnly val=\"1\"/><c:dispBlanksAs val=\"gap\"/></c:chart><c:spPr>"
			"<a:ln><a:noFill/></a:ln></c:spPr><c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr "
			"sz=\"850\"><a:solidFill><a:srgbClr val=\"35424D\"/></a:solidFill>"
			"</a:defRPr></a:pPr><a:endParaRPr lang=\"zh-CN\"/></a:p></c:txPr>"
			"</c:chartSpace>\n");
	copy = str_copy(docx->arena, strbuf_str(xml));
	strbuf_release(xml);
	return copy;
}

/* Lying bars take the room each of them needs, so that every name can be read. */
static long height_of(const struct chart *chart)
{
	if (chart->kind != CHART_BARS)
		return CHART_HEIGHT;
	return EMU_CM * 3L / 2 + (long)chart_cells_count(&chart->series[0].values) * BAR_HEIGHT;
}

static void add_frame(struct docx *docx, const struct report_block *block, long height)
{
	struct strbuf *out = &docx->body;

	strbuf_addf(out,
		    "<w:p><w:pPr><w:pStyle w:val=\"Figure\"/></w:pPr><w:r><w:drawing><wp:inline "
		    "distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"%d\" "
		    "cy=\"%ld\"/><wp:docPr id=\"%zu\" name=\"Chart %zu\" descr=\"",
		    CHART_WIDTH, height, docx->chart_count, docx->chart_count);
	markup_add_cstr(out, PICK(docx->report->language, block->figure->title));
	strbuf_add_cstr(out, docx->report->language == LANGUAGE_ZH ? "：" : ": ");
	markup_add_text(out, block->text);
	strbuf_addf(out,
		    "\"/><wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri=\"http://"
		    "schemas.openxmlformats.org/drawingml/2006/chart\"><c:chart r:id=\"chart%zu\"/>"
		    "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>\n",
		    docx->chart_count);
}

bool docx_add_chart(struct docx *docx, const struct report_block *block)
{
	struct figure_grid grid;
	bool has_grid = figure_grid_usual(docx->arena, block->figure, &grid);
	struct chart chart;

	if (docx->chart_count == DOCX_CHARTS_MAX ||
	    !chart_plan(block->figure, has_grid ? &grid : NULL, docx->report->language, &chart))
		return false;
	docx->charts[docx->chart_count++] = draw(docx, &chart);
	add_frame(docx, block, height_of(&chart));
	return true;
}
