/* Figures as JSON, and the records behind them. */
#include "chain/indicators.h"

#include <math.h>

static const char *const statuses[] = { "met", "missed", "not_computable" };
static const char *const units[] = { "ratio", "count", "multiple", "difference" };
const char *const chain_parts[] = { "numerator", "denominator", "excluded", NULL };

/* ---- What a record of a result is. */
static bool is_of_products(const struct indicator_result *result)
{
	return result->method->formula == FORMULA_PRODUCTS ||
	       result->method->formula == FORMULA_FILINGS;
}

static bool is_of_regions(const struct indicator_result *result)
{
	return result->method->formula >= FORMULA_DOUBLING;
}

/* Results list cases, products or years of regions, in the order of the stock. */
static const struct chain_row *row_of(const struct chain_stock *stock,
				      const struct indicator_result *result, size_t i)
{
	if (is_of_regions(result))
		return &stock->region_rows[i];
	return is_of_products(result) ? &stock->product_rows[i] : &stock->rows[i];
}

static const char *type_of(const struct indicator_result *result)
{
	if (is_of_regions(result))
		return "region_year";
	return is_of_products(result) ? "product" : "patent_case";
}

/* The day the record counts by, as far as it is told by then. */
static date counting_day(const struct chain_stock *stock, const struct indicator_result *result,
			 size_t i)
{
	date since;

	if (is_of_regions(result))
		return stock->regions[i].published;
	if (is_of_products(result))
		return stock->products[i].passed;
	if (result->method->formula <= FORMULA_BASE_AVERAGE)
		return stock->cases[i].dates[CASE_FILED];
	if (result->method->formula >= FORMULA_USE_BROAD)
		return stock->cases[i].dates[CASE_GRANTED];
	case_outcome_on(&stock->cases[i], result->as_of, &since);
	return since;
}

static date day_of(const struct chain_stock *stock, const struct indicator_result *result, size_t i)
{
	date day = counting_day(stock, result, i);

	return day <= result->as_of ? day : DATE_NONE;
}

static bool is_in_part(const struct indicator_record *record, enum chain_part part)
{
	switch (part) {
	case CHAIN_NUMERATOR:
		return record->in_numerator;
	case CHAIN_DENOMINATOR:
		return record->in_denominator;
	case CHAIN_EXCLUDED:
	default:
		return indicator_is_left_out(record);
	}
}

static size_t count_part(const struct indicator_result *result, enum chain_part part)
{
	size_t count = 0;

	for (size_t i = 0; i < result->record_count; i++)
		count += is_in_part(&result->records[i], part);
	return count;
}

/* ---- Lists beside a figure. */
static void write_reference(struct jsonout *json, const struct chain_stock *stock,
			    const struct indicator_result *result, size_t i)
{
	const struct chain_row *row = row_of(stock, result, i);

	jsonout_object_begin(json);
	jsonout_member_cstr(json, "type", type_of(result));
	jsonout_member_integer(json, "id", row->id);
	jsonout_member_str(json, "title", row->title);
	jsonout_object_end(json);
}

static void write_list(struct jsonout *json, const char *key, const struct chain_stock *stock,
		       const struct indicator_result *result, enum chain_part part)
{
	jsonout_key(json, key);
	jsonout_array_begin(json);
	for (size_t i = 0; i < result->record_count; i++) {
		const struct indicator_record *record = &result->records[i];

		if (!is_in_part(record, part))
			continue;
		if (part != CHAIN_EXCLUDED) {
			write_reference(json, stock, result, i);
			continue;
		}
		jsonout_object_begin(json);
		jsonout_key(json, "record");
		write_reference(json, stock, result, i);
		jsonout_member_cstr(json, "reason", indicator_reasons[record->reason].name);
		jsonout_object_end(json);
	}
	jsonout_array_end(json);
}

/* ---- A figure. */
static void write_methods(struct jsonout *json, const struct indicator_method *chosen)
{
	size_t count;
	const struct indicator_method *methods = indicator_methods(&count);

	jsonout_key(json, "methods");
	jsonout_array_begin(json);
	for (size_t i = 0; i < count; i++) {
		if (!str_equal_cstr(str_of(methods[i].id), chosen->id) ||
		    !str_equal_cstr(str_of(methods[i].edition), chosen->edition))
			continue;
		jsonout_object_begin(json);
		jsonout_member_cstr(json, "id", methods[i].method);
		jsonout_label_members(json,
				      (struct label){ methods[i].method_zh, methods[i].method_en });
		jsonout_object_end(json);
	}
	jsonout_array_end(json);
}

static void write_beside(struct jsonout *json, const struct indicator_result *result)
{
	jsonout_key(json, "beside");
	jsonout_array_begin(json);
	for (size_t i = 0; i < result->extra_count; i++) {
		const struct indicator_extra *extra = &result->extras[i];

		jsonout_object_begin(json);
		jsonout_member_cstr(json, "name", extra->name);
		jsonout_label_members(json, extra->label);
		jsonout_member_number(json, "number", extra->number);
		jsonout_object_end(json);
	}
	jsonout_array_end(json);
	jsonout_key(json, "notes");
	jsonout_array_begin(json);
	for (size_t i = 0; i < result->note_count; i++) {
		jsonout_object_begin(json);
		jsonout_label_members(json, result->notes[i]);
		jsonout_object_end(json);
	}
	jsonout_array_end(json);
}

static void write_trend(struct jsonout *json, const struct chain_figure *figure)
{
	jsonout_key(json, "trend");
	jsonout_array_begin(json);
	for (size_t i = 0; i < figure->trend_count; i++) {
		const struct chain_point *point = &figure->trend[i];

		jsonout_object_begin(json);
		jsonout_member_date(json, "as_of", point->day);
		jsonout_member_number(json, "value", point->value);
		jsonout_member_number(json, "numerator", point->numerator);
		jsonout_member_number(json, "denominator", point->denominator);
		jsonout_object_end(json);
	}
	jsonout_array_end(json);
}

static void write_method(struct jsonout *json, struct arena *arena,
			 const struct indicator_method *method)
{
	jsonout_member_cstr(json, "id", method->id);
	jsonout_member_label(json, "name", (struct label){ method->zh, method->en });
	jsonout_member_cstr(json, "clause", method->clause);
	jsonout_member_cstr(json, "method", method->method);
	write_methods(json, method);
	jsonout_member_cstr(json, "edition", method->edition);
	jsonout_member_label(json, "formula",
			     (struct label){ method->formula_zh, method->formula_en });
	jsonout_member_label(json, "basis", rule_basis_label(arena, method->basis));
	jsonout_member_cstr(json, "mark", rule_marks[method->mark].letter);
	jsonout_member_cstr(json, "unit", units[method->unit]);
}

static void write_figure(struct jsonout *json, struct arena *arena, const struct chain_stock *stock,
			 const struct chain_figure *figure, bool with_lists)
{
	const struct indicator_result *result = &figure->result;

	jsonout_object_begin(json);
	write_method(json, arena, result->method);
	jsonout_member_number(json, "value", result->value);
	jsonout_member_number(json, "target", result->target);
	jsonout_member_cstr(json, "target_source",
			    figure->is_target_agreed ? "task_book" : "policy");
	jsonout_member_cstr(json, "status", statuses[result->status]);
	jsonout_member_number(json, "numerator", result->numerator);
	jsonout_member_number(json, "denominator", result->denominator);
	jsonout_member_integer(json, "counted_count", (int64_t)count_part(result, CHAIN_NUMERATOR));
	jsonout_member_integer(json, "base_count", (int64_t)count_part(result, CHAIN_DENOMINATOR));
	jsonout_member_integer(json, "excluded_count", (int64_t)count_part(result, CHAIN_EXCLUDED));
	write_beside(json, result);
	write_trend(json, figure);
	if (with_lists) {
		write_list(json, "counted", stock, result, CHAIN_NUMERATOR);
		write_list(json, "base", stock, result, CHAIN_DENOMINATOR);
		write_list(json, "excluded", stock, result, CHAIN_EXCLUDED);
	}
	jsonout_object_end(json);
}

void chain_indicators_write(struct jsonout *json, struct arena *arena,
			    const struct chain_figures *figures, bool with_lists)
{
	jsonout_array_begin(json);
	for (size_t i = 0; i < figures->count; i++)
		write_figure(json, arena, figures->stock, &figures->items[i], with_lists);
	jsonout_array_end(json);
}

static void write_window(struct jsonout *json, const struct chain_book *book)
{
	jsonout_key(json, "window");
	jsonout_object_begin(json);
	jsonout_member_date(json, "from", book ? book->from : DATE_NONE);
	jsonout_member_date(json, "until", book ? book->until : DATE_NONE);
	jsonout_key(json, "task_book");
	if (book) {
		jsonout_object_begin(json);
		jsonout_member_integer(json, "id", book->id);
		jsonout_member_str(json, "number", book->number);
		jsonout_member_str(json, "title", book->title);
		jsonout_object_end(json);
	} else {
		jsonout_null(json);
	}
	jsonout_object_end(json);
}

void chain_figures_write(struct jsonout *json, struct arena *arena,
			 const struct chain_figures *figures, bool with_lists)
{
	const struct chain_centre *centre = &figures->stock->centre;

	jsonout_object_begin(json);
	jsonout_member_date(json, "as_of", figures->as_of);
	jsonout_key(json, "centre");
	jsonout_object_begin(json);
	jsonout_member_integer(json, "id", centre->id);
	jsonout_member_cstr(json, "name", centre->name);
	jsonout_object_end(json);
	write_window(json, figures->book);
	jsonout_key(json, "indicators");
	chain_indicators_write(json, arena, figures, with_lists);
	jsonout_object_end(json);
}

/* ---- The records behind a figure. */
static void list_part(struct arena *arena, const struct chain_stock *stock,
		      const struct chain_figure *figure, enum chain_part part,
		      struct chain_part_list *list_out)
{
	const struct indicator_result *result = &figure->result;

	*list_out = (struct chain_part_list){ .figure = figure };
	list_out->rows = arena_array(arena, struct chain_part_row, result->record_count + 1);
	for (size_t i = 0; i < result->record_count; i++)
		if (is_in_part(&result->records[i], part))
			list_out->rows[list_out->count++] = (struct chain_part_row){
				row_of(stock, result, i), type_of(result), day_of(stock, result, i),
				result->records[i].reason
			};
}

bool chain_part_load(struct record_store *store, const struct chain_centre *centre,
		     const struct chain_question *question, struct str indicator,
		     enum chain_part part, struct chain_part_list *list_out, struct error *error)
{
	struct chain_figures *figures = arena_new(store->arena, struct chain_figures);
	struct chain_stock *stock = arena_new(store->arena, struct chain_stock);

	if (!chain_figures_load(store, centre, question, stock, figures, error))
		return false;
	for (size_t i = 0; i < figures->count; i++)
		if (str_equal_cstr(indicator, figures->items[i].result.method->id)) {
			list_part(store->arena, stock, &figures->items[i], part, list_out);
			return true;
		}
	return error_set(error, ERROR_NOT_FOUND, "chain.no_indicator", "%.*s", STR_ARGS(indicator));
}

static void write_record(struct jsonout *json, const struct chain_part_row *part)
{
	jsonout_object_begin(json);
	jsonout_member_cstr(json, "type", part->type);
	jsonout_member_integer(json, "id", part->row->id);
	jsonout_member_text(json, "number", part->row->number);
	jsonout_member_str(json, "title", part->row->title);
	jsonout_member_date(json, "day", part->day);
	jsonout_member_str(json, "state", part->row->state);
	jsonout_key(json, "reason");
	if (part->reason == REASON_NONE) {
		jsonout_null(json);
	} else {
		jsonout_object_begin(json);
		jsonout_member_cstr(json, "name", indicator_reasons[part->reason].name);
		jsonout_label_members(json, indicator_reasons[part->reason].label);
		jsonout_object_end(json);
	}
	jsonout_object_end(json);
}

bool chain_records_answer(struct record_store *store, const struct chain_centre *centre,
			  const struct chain_question *question, struct str indicator,
			  enum chain_part part, size_t from, size_t limit, struct jsonout *json,
			  struct error *error)
{
	struct chain_part_list list;

	if (!chain_part_load(store, centre, question, indicator, part, &list, error))
		return false;
	jsonout_object_begin(json);
	jsonout_key(json, "records");
	jsonout_array_begin(json);
	for (size_t i = from; i < list.count && i - from < limit; i++)
		write_record(json, &list.rows[i]);
	jsonout_array_end(json);
	jsonout_key(json, "next");
	if (list.count > from && list.count - from > limit)
		jsonout_cstr(json, arena_printf(store->arena, "%zu", from + limit));
	else
		jsonout_null(json);
	jsonout_member_integer(json, "total", (int64_t)list.count);
	jsonout_object_end(json);
	return true;
}
