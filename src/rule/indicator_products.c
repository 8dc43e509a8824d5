/* T4: products filed with the platform. */
#include "base/map.h"
#include "rule/indicator_internal.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { CONFIRM_MONTH = 3, CONFIRM_DAY = 31 };

static const struct patent_case *find_case(const struct indicator_input *input,
					   const struct map *ids, struct str id)
{
	const uint64_t *place = map_find(ids, id);

	return place ? &input->cases[*place] : NULL;
}

/* Are all its patents known, and none in force? Utility models and designs protect it too. */
static bool are_patents_dead(const struct indicator_input *input, const struct map *ids,
			     const struct product *product)
{
	struct str rest = product->patents, id;
	bool is_any = false;

	while (sheet_next_entry(&rest, &id)) {
		const struct patent_case *patent = find_case(input, ids, id);

		if (!patent || case_is_in_force(patent, input->as_of, input->high_value.basis))
			return false;
		is_any = true;
	}
	return is_any;
}

/* Passed in an earlier year, and this year's first quarter went by without a confirmation. */
static bool is_stale(const struct product *product, date as_of)
{
	int year = date_year(as_of);
	struct str rest = product->confirmed, text;
	date day;

	if (as_of <= date_of(year, CONFIRM_MONTH, CONFIRM_DAY) ||
	    date_year(product->passed) == year)
		return false;
	while (sheet_next_entry(&rest, &text))
		if (date_parse(text, &day) && date_year(day) == year && day <= as_of)
			return false;
	return true;
}

static bool is_by(date day, date as_of)
{
	return day != DATE_NONE && day <= as_of;
}

static enum indicator_reason reason_of(const struct indicator_run *run,
				       const struct product *product, const struct map *ids,
				       struct map *seen)
{
	bool is_new = true, is_distinct = true;
	date as_of = run->input->as_of;

	if (!is_by(product->passed, as_of))
		return is_by(product->submitted, as_of) ? REASON_PENDING : REASON_LATER;
	if (is_by(product->revoked, as_of))
		return REASON_REVOKED;
	if (are_patents_dead(run->input, ids, product))
		return REASON_PATENTS_DEAD;
	map_put(seen, product->filing, &is_new);
	if (!is_new)
		return REASON_TWICE;
	if (run->result->method->formula == FORMULA_PRODUCTS && product->product.size)
		map_put(seen,
			str_of(arena_printf(run->arena, "\n%.*s", STR_ARGS(product->product))),
			&is_distinct);
	return is_distinct ? REASON_NONE : REASON_SAME_PRODUCT;
}

void indicator_run_products(const struct indicator_run *run)
{
	const struct indicator_input *input = run->input;
	struct map *ids = map_create(), *seen = map_create();
	double counted = 0, stale = 0;

	for (size_t i = input->case_count; i-- > 0;)
		*map_put(ids, input->cases[i].id, NULL) = i;
	for (size_t i = 0; i < input->product_count; i++) {
		const struct product *product = &input->products[i];
		enum indicator_reason reason = reason_of(run, product, ids, seen);

		indicator_add_record(run, product->filing, reason)->in_numerator = reason ==
										   REASON_NONE;
		counted += reason == REASON_NONE;
		stale += reason == REASON_NONE && is_stale(product, input->as_of);
	}
	map_destroy(ids);
	map_destroy(seen);
	run->result->numerator = run->result->value = counted;
	run->result->denominator = 1;
	indicator_add_extra(run, "not_updated",
			    (struct label){ "未更新（不能参加当年认定）",
					    "not confirmed this year: no recognition" },
			    stale);
}

enum {
	COLUMN_FILING,
	COLUMN_PRODUCT,
	COLUMN_PATENTS,
	COLUMN_CONFIRMED,
	COLUMN_SUBMITTED,
	COLUMN_PASSED,
	COLUMN_REVOKED,
	COLUMN_NOTE
};

static const struct sheet_column columns[] = {
	[COLUMN_FILING] = { "filing", "id;备案号", true },
	[COLUMN_PRODUCT] = { "product", "产品;产品名称;name", false },
	[COLUMN_PATENTS] = { "patents", "关联专利;专利", false },
	[COLUMN_CONFIRMED] = { "confirmed", "更新日;年度确认日", false },
	[COLUMN_SUBMITTED] = { "submitted", "备案提交日;提交日", false },
	[COLUMN_PASSED] = { "passed", "备案通过日;备案日", true },
	[COLUMN_REVOKED] = { "revoked", "撤销日", false },
	[COLUMN_NOTE] = { "note", "备注", false },
};

static bool check_confirmed(const struct sheet_reader *reader, struct error *error)
{
	struct str rest = sheet_text(reader, COLUMN_CONFIRMED), text;
	date day;

	while (sheet_next_entry(&rest, &text))
		if (!date_parse(text, &day))
			return sheet_error(reader, COLUMN_CONFIRMED, "rule.sheet_date", error);
	return true;
}

static bool read_product(const struct sheet_reader *reader, struct product *product,
			 struct error *error)
{
	product->filing = sheet_text(reader, COLUMN_FILING);
	product->product = sheet_text(reader, COLUMN_PRODUCT);
	product->patents = sheet_text(reader, COLUMN_PATENTS);
	product->confirmed = sheet_text(reader, COLUMN_CONFIRMED);
	if (!product->filing.size)
		return sheet_error(reader, COLUMN_FILING, "rule.sheet_empty", error);
	if (!sheet_date(reader, COLUMN_SUBMITTED, &product->submitted, error) ||
	    !sheet_date(reader, COLUMN_PASSED, &product->passed, error) ||
	    !sheet_date(reader, COLUMN_REVOKED, &product->revoked, error) ||
	    !check_confirmed(reader, error))
		return false;
	if (product->revoked != DATE_NONE &&
	    (product->passed == DATE_NONE || product->revoked < product->passed)) {
		sheet_error(reader, COLUMN_REVOKED, "rule.case_order", error);
		return error_hint(error, "passed");
	}
	return true;
}

bool product_list_read(struct arena *arena, const struct sheet *sheet,
		       struct product **products_out, size_t *count_out, struct error *error)
{
	struct sheet_reader reader;

	if (!sheet_begin(sheet, columns, COUNT(columns), &reader, error))
		return false;
	*products_out = arena_array(arena, struct product, sheet->row_count + 1);
	*count_out = sheet->row_count;
	for (size_t i = 0; i < sheet->row_count; i++) {
		reader.row = &sheet->rows[i];
		if (!read_product(&reader, &(*products_out)[i], error))
			return false;
	}
	return true;
}
