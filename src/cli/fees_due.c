/* yucheng fees due: the annuities of a plain list of patents that fall due in the next days. */
#include "base/file.h"
#include "cli/fees_internal.h"
#include "cli/pick.h"

enum { FILE_SIZE_MAX = 64 << 20, CELL_COUNT = 6, GRACE_MONTHS = 6 };

struct patent_row {
	struct str number;
	enum patent_type type;
	date filed, granted;
	int64_t paid_year, reduction;
};

struct due_list {
	struct context *context;
	const struct fees_options *chosen;
	struct text_table *table;
	struct strbuf text; /* JSON */
	struct jsonout json;
	int64_t total, rejected;
};

/* number,type,filed,granted,paid year[,reduction] */
static bool read_row(struct str line, struct patent_row *row_out)
{
	struct str cells[CELL_COUNT] = { { NULL, 0 } }, rest = line, cell;
	size_t count = 0;

	while (str_split(&rest, STR(","), &cell)) {
		if (count == CELL_COUNT)
			return false;
		cells[count++] = str_trim(cell);
	}
	*row_out = (struct patent_row){ .number = cells[0], .type = fees_type(cells[1]) };
	return count >= CELL_COUNT - 1 && cells[0].size && row_out->type != PATENT_TYPE_UNKNOWN &&
	       date_parse(cells[2], &row_out->filed) && date_parse(cells[3], &row_out->granted) &&
	       str_to_int64(cells[4], &row_out->paid_year) && row_out->paid_year >= 0 &&
	       row_out->paid_year <= 20 && row_out->granted >= row_out->filed &&
	       (!cells[5].size || str_to_int64(cells[5], &row_out->reduction));
}

static void add_json(struct due_list *list, const struct patent_row *row,
		     const struct annuity *annuity, const struct fee_item *item)
{
	static const char *const states[] = { "due", "late", "lapsed" };
	struct jsonout *json = &list->json;
	char text[DATE_TEXT_SIZE];

	jsonout_object_begin(json);
	jsonout_member_str(json, "number", row->number);
	jsonout_member_cstr(json, "name", fees_item_name(list->context, item));
	jsonout_member_integer(json, "year", item->year);
	jsonout_member_integer(json, "amount_fen", annuity->bill.total);
	jsonout_member_bool(json, "reduced", item->is_reduced);
	jsonout_member_cstr(
		json, "basis",
		rule_basis_text(list->context->arena, item->basis, list->context->language));
	jsonout_member_cstr(json, "state", states[annuity->state]);
	jsonout_member_cstr(json, "due", date_format(item->due, text));
	jsonout_member_cstr(json, "legal", date_format(annuity->legal_due, text));
	jsonout_member_cstr(json, "grace_end", date_format(annuity->grace_end, text));
	jsonout_object_end(json);
}

static void add_text(struct due_list *list, const struct patent_row *row,
		     const struct annuity *annuity, const struct fee_item *item)
{
	static const struct label states[] = { { "待缴", "due" },
					       { "滞纳期", "late" },
					       { "已过补缴期", "lapsed" } };
	struct context *context = list->context;
	char text[DATE_TEXT_SIZE];

	text_table_cell(list->table, row->number);
	text_table_cell(list->table, str_of(fees_item_name(context, item)));
	text_table_cell(list->table,
			str_copy(context->arena, str_of(date_format(annuity->legal_due, text))));
	text_table_cell(list->table,
			str_copy(context->arena, str_of(date_format(annuity->grace_end, text))));
	text_table_cell(list->table, str_of(fees_amount(context, annuity->bill.total)));
	text_table_cell(list->table, str_of(label_text(states[annuity->state], context->language)));
}

/* Adds the annuity of one year when it falls due by the horizon. Returns whether the row is in order. */
static bool add_year(struct due_list *list, const struct patent_row *row, int year,
		     bool *goes_on_out, struct error *error)
{
	struct annuity_request request = { .type = row->type,
					   .year = year,
					   .due = annuity_due(row->filed, year),
					   .paid = list->context->today,
					   .reduction = row->reduction };
	struct annuity annuity;

	request.grant_year = annuity_year_of(row->filed, row->granted);
	*goes_on_out = request.due <= list->context->today + (date)list->chosen->within;
	if (!*goes_on_out)
		return true;
	if (!fee_bill_annuity(&request, &annuity, error))
		return false;
	list->total += annuity.bill.total;
	if (list->context->json)
		add_json(list, row, &annuity, &annuity.bill.items[0]);
	else
		add_text(list, row, &annuity, &annuity.bill.items[0]);
	*goes_on_out = annuity.state == ANNUITY_ON_TIME;
	return true;
}

static bool add_patent(struct due_list *list, const struct patent_row *row, struct error *error)
{
	int last = annuity_last_year(row->type, row->filed);
	int granted = annuity_year_of(row->filed, row->granted);
	int year = (int)row->paid_year + 1;
	bool goes_on = true;

	if (year < granted)
		year = granted;
	for (; goes_on && year <= last; year++)
		if (!add_year(list, row, year, &goes_on, error))
			return false;
	return true;
}

static void add_line(struct due_list *list, struct str line, int64_t line_number)
{
	struct error error = { .kind = ERROR_NONE };
	struct patent_row row;

	if (!read_row(line, &row))
		error_set_at(&error, ERROR_INVALID, "cli.fees_row", line_number, "%.*s",
			     (int)(line.size < 80 ? line.size : 80), line.data);
	else if (add_patent(list, &row, &error))
		return;
	list->rejected++;
	command_warn(list->context, &error);
}

static void begin(struct due_list *list)
{
	static const char *const heads[2][6] = {
		{ "专利", "费用", "应缴日", "补缴期届满日", "金额（元）", "状态" },
		{ "patent", "fee", "due", "late until", "yuan", "state" }
	};

	list->json = JSONOUT_TO(&list->text);
	if (list->context->json) {
		jsonout_object_begin(&list->json);
		jsonout_key(&list->json, "items");
		jsonout_array_begin(&list->json);
		return;
	}
	list->table = text_table_create(list->context->arena, 6);
	text_table_right(list->table, 4);
	for (size_t i = 0; i < 6; i++)
		text_table_cell(list->table, str_of(heads[list->context->language][i]));
}

static void end(struct due_list *list)
{
	if (list->context->json) {
		jsonout_array_end(&list->json);
		jsonout_member_integer(&list->json, "total_fen", list->total);
		jsonout_member_integer(&list->json, "rejected", list->rejected);
		jsonout_object_end(&list->json);
		strbuf_add_byte(&list->text, '\n');
	} else {
		text_table_print(list->table);
		strbuf_addf(&list->text, pick(list->context, "合计：%s 元\n", "total: %s yuan\n"),
			    fees_amount(list->context, list->total));
	}
	command_print(strbuf_str(&list->text));
	strbuf_release(&list->text);
}

int fees_due(struct context *context, const struct fees_options *chosen, const char *path,
	     struct error *error)
{
	struct due_list list = { .context = context, .chosen = chosen, .text = STRBUF_INIT };
	struct str rest, line;
	int64_t line_number = 0;

	if (!file_read(context->arena, path, FILE_SIZE_MAX, &rest, error))
		return -1;
	begin(&list);
	while (str_split(&rest, STR("\n"), &line)) {
		line_number++;
		line = str_trim(line);
		if (line.size && !(line_number == 1 && str_starts_with(line, STR("number,"))))
			add_line(&list, line, line_number);
	}
	end(&list);
	return list.rejected ? 1 : 0;
}
