#include "chain/fee_plan.h"
#include "base/list.h"
#include "chain/rows.h"
#include "rule/fee.h"
#include "types/types.h"

#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum {
	PLAN_TYPE,
	PLAN_FILED,
	PLAN_GRANTED,
	PLAN_REDUCTION,
	PLAN_GRADE,
	PLAN_DOCKET,
	PLAN_TITLE,
	PLAN_OFFICE
};

static const size_t case_fields[] = { CASE_TYPE,      CASE_FILED_ON, CASE_GRANTED_ON,
				      CASE_REDUCTION, CASE_GRADE,    CASE_NUMBER,
				      CASE_TITLE,     CASE_OFFICE,   SIZE_MAX };

struct planned_case {
	int64_t id;
	const char *docket, *title, *grade;
	enum patent_type type;
	date filed, granted;
	int64_t reduction;
	bool is_in_force; /* and of the Chinese office */
	bool is_dropped;  /* an annuity is not to be paid */
	int latest;       /* year of the latest annuity on record; 0: none */
};

/* An open licence somebody uses: its annuities cost less. */
struct licence {
	int64_t case_id;
	date from, until; /* until DATE_NONE: open */
};

struct planner {
	struct record_store *store;
	struct planned_case *cases;
	size_t case_count;
	struct list fees;
	struct licence *licences;
	size_t licence_count;
	date until;
};

static int64_t reduction_of(struct str name)
{
	if (str_equal(name, STR("single")))
		return 85;
	return str_equal(name, STR("joint")) ? 70 : 0;
}

static const char *copy(struct record_store *store, const struct chain_rows *rows, size_t column)
{
	return str_to_cstr(store->arena, chain_text(rows, column));
}

static bool select_rows(struct record_store *store, const struct record_type *type,
			const size_t *fields, const char *path, size_t id_field, int64_t case_id,
			struct chain_rows *rows_out, struct error *error)
{
	const struct value id = { .integer = case_id };
	const struct record_filter filter = { id_field, FILTER_EQUAL, &id, 1 };
	const struct record_selection selection = { .type = type,
						    .fields = fields,
						    .path = path,
						    .filters = &filter,
						    .filter_count = case_id != 0 };

	return record_select(store, &selection, &rows_out->rows, error);
}

static bool load_cases(struct planner *planner, const char *path, int64_t case_id,
		       struct error *error)
{
	struct record_store *store = planner->store;
	struct list list = LIST_OF(struct planned_case);
	struct chain_rows rows;

	if (!select_rows(store, &patent_case_type, case_fields, path, RECORD_FIELD_ID, case_id,
			 &rows, error))
		return false;
	while (chain_next(&rows))
		*(struct planned_case *)list_add(&list) = (struct planned_case){
			.id = chain_id(&rows),
			.docket = copy(store, &rows, PLAN_DOCKET),
			.title = copy(store, &rows, PLAN_TITLE),
			.grade = copy(store, &rows, PLAN_GRADE),
			.type = patent_type_of(chain_text(&rows, PLAN_TYPE)),
			.filed = chain_date(&rows, PLAN_FILED),
			.granted = chain_date(&rows, PLAN_GRANTED),
			.reduction = reduction_of(chain_text(&rows, PLAN_REDUCTION)),
			.is_in_force = str_equal(chain_text(&rows, PLAN_OFFICE), STR("CN")) &&
				       name_is_listed(",in_force,grace,invalidation,invalid_suit,",
						      chain_state(&rows)),
		};
	planner->cases = list_to_arena(&list, store->arena, &planner->case_count);
	return chain_done(&rows, error);
}

static int compare_case(const void *left, const void *right)
{
	const struct planned_case *a = left, *b = right;

	return (a->id > b->id) - (a->id < b->id);
}

static struct planned_case *find_case(const struct planner *planner, int64_t id)
{
	const struct planned_case key = { .id = id };

	return planner->case_count ? bsearch(&key, planner->cases, planner->case_count,
					     sizeof(planner->cases[0]), compare_case)
				   : NULL;
}

/* ---- Open licences, as types/deal_law.c has them. */
enum { LICENCE_KIND, LICENCE_CASES, LICENCE_FROM, LICENCE_ENDS, LICENCE_ENDED };

static const char *const licence_fields[] = { "kind", "cases", "registered_on", "ends_on",
					      "ended_on" };

static void add_licence(const struct chain_rows *rows, struct list *list)
{
	struct str cases = chain_text(rows, LICENCE_CASES);
	date ends = chain_date(rows, LICENCE_ENDS), ended = chain_date(rows, LICENCE_ENDED);
	int64_t id;

	while (chain_next_id(&cases, &id))
		*(struct licence *)list_add(list) = (struct licence){
			id, chain_date(rows, LICENCE_FROM),
			ended != DATE_NONE && (ends == DATE_NONE || ended < ends) ? ended : ends
		};
}

static bool load_licences(struct planner *planner, const char *path, struct error *error)
{
	struct list list = LIST_OF(struct licence);
	struct chain_rows rows;
	bool is_done;

	if (!record_may(planner->store, record_type_find("deal"), "read"))
		return true;
	if (!chain_select(planner->store, path, "deal", licence_fields, COUNT(licence_fields),
			  &rows, error))
		return false;
	while (chain_next(&rows))
		if (str_equal(chain_text(&rows, LICENCE_KIND), STR("open_licence")) &&
		    name_is_listed(",effective,ended,", chain_state(&rows)) &&
		    chain_date(&rows, LICENCE_FROM) != DATE_NONE)
			add_licence(&rows, &list);
	is_done = chain_done(&rows, error);
	planner->licences = list_to_arena(&list, planner->store->arena, &planner->licence_count);
	return is_done;
}

static bool is_licensed(const struct planner *planner, int64_t case_id, date day)
{
	for (size_t i = 0; i < planner->licence_count; i++) {
		const struct licence *licence = &planner->licences[i];

		if (licence->case_id == case_id && licence->from <= day &&
		    (licence->until == DATE_NONE || day <= licence->until))
			return true;
	}
	return false;
}

static bool bill(const struct planner *planner, const struct planned_case *patent, int year,
		 date due, date paid, struct annuity *annuity_out, struct error *error)
{
	struct annuity_request request = { .type = patent->type,
					   .year = year,
					   .due = due,
					   .paid = paid,
					   .reduction = patent->reduction,
					   .open_licence = is_licensed(planner, patent->id, due) };

	if (patent->granted != DATE_NONE)
		request.grant_year = annuity_year_of(patent->filed, patent->granted);
	if (request.grant_year > year)
		request.grant_year = year;
	return fee_bill_annuity(&request, annuity_out, error);
}

/* ---- Fees on record. */
enum { ROW_CASE, ROW_KIND, ROW_YEAR, ROW_TITLE, ROW_DUE, ROW_AMOUNT, ROW_RULE };

static const size_t fee_fields[] = { FEE_CASE,   FEE_KIND,   FEE_YEAR, FEE_TITLE,
				     FEE_DUE_ON, FEE_AMOUNT, FEE_RULE, SIZE_MAX };

/* Paid today instead of on its day, an overdue annuity costs more. */
static bool set_late(const struct planner *planner, const struct planned_case *patent,
		     struct chain_fee *fee, struct error *error)
{
	date today = planner->store->today;
	struct annuity annuity;

	if (!fee->year || fee->due == DATE_NONE || fee->due >= today || patent->filed == DATE_NONE)
		return true;
	if (!bill(planner, patent, fee->year, annuity_due(patent->filed, fee->year), today,
		  &annuity, error))
		return false;
	fee->amount = annuity.bill.items[0].amount;
	fee->late = annuity.bill.total - fee->amount;
	return true;
}

static bool add_fee(struct planner *planner, struct planned_case *patent,
		    const struct chain_rows *rows, struct error *error)
{
	struct record_store *store = planner->store;
	bool is_annuity = str_equal(chain_text(rows, ROW_KIND), STR("annuity"));
	struct chain_fee fee = { .case_id = patent->id,
				 .fee_id = chain_id(rows),
				 .title = copy(store, rows, ROW_TITLE),
				 .year = is_annuity ? (int)chain_integer(rows, ROW_YEAR) : 0,
				 .due = chain_date(rows, ROW_DUE),
				 .amount = chain_integer(rows, ROW_AMOUNT),
				 .docket = patent->docket,
				 .case_title = patent->title,
				 .grade = patent->grade };
	bool is_approved = str_equal(chain_state(rows), STR("approved"));

	if (fee.year > patent->latest)
		patent->latest = fee.year;
	if (is_annuity && str_equal(chain_state(rows), STR("dropped")))
		patent->is_dropped = true;
	if (!is_approved && !str_equal(chain_state(rows), STR("planned")))
		return true;
	fee.decision = is_approved ? "approved" : "planned";
	if (!str_equal(chain_text(rows, ROW_RULE), STR(FEE_REGISTRATION)) &&
	    !set_late(planner, patent, &fee, error))
		return false;
	if (fee.due == DATE_NONE || fee.due <= planner->until)
		*(struct chain_fee *)list_add(&planner->fees) = fee;
	return true;
}

static bool load_fees(struct planner *planner, const char *path, int64_t case_id,
		      struct error *error)
{
	struct chain_rows rows;

	if (!record_may(planner->store, &fee_type, "read"))
		return true;
	if (!select_rows(planner->store, &fee_type, fee_fields, path, FEE_CASE, case_id, &rows,
			 error))
		return false;
	while (chain_next(&rows)) {
		struct planned_case *patent = find_case(planner, chain_integer(&rows, ROW_CASE));

		if (patent && !add_fee(planner, patent, &rows, error))
			return false;
	}
	return chain_done(&rows, error);
}

/* ---- Annuities to come. */
static const char *decision_of(const char *grade)
{
	if (!*grade)
		return "ungraded";
	return *grade == 'C' || *grade == 'D' ? "decide" : "keep";
}

static bool add_annuities(struct planner *planner, const struct planned_case *patent,
			  struct error *error)
{
	struct arena *arena = planner->store->arena;
	int year = patent->latest ? patent->latest + 1
				  : annuity_year_of(patent->filed, planner->store->today) + 1;
	int last = annuity_last_year(patent->type, patent->filed);

	for (; year <= last && annuity_due(patent->filed, year) <= planner->until; year++) {
		date due = annuity_due(patent->filed, year);
		struct annuity annuity;

		if (!bill(planner, patent, year, due, due, &annuity, error))
			return false;
		*(struct chain_fee *)list_add(&planner->fees) =
			(struct chain_fee){ .case_id = patent->id,
					    .title = arena_printf(arena, "第%d年年费", year),
					    .year = year,
					    .due = annuity.legal_due,
					    .amount = annuity.bill.total,
					    .docket = patent->docket,
					    .case_title = patent->title,
					    .grade = patent->grade,
					    .decision = decision_of(patent->grade) };
	}
	return true;
}

static int compare_fees(const void *left, const void *right)
{
	const struct chain_fee *a = left, *b = right;

	if (a->due != b->due)
		return a->due < b->due ? -1 : 1;
	if (a->case_id != b->case_id)
		return a->case_id < b->case_id ? -1 : 1;
	if (a->year != b->year)
		return a->year - b->year;
	return (a->fee_id > b->fee_id) - (a->fee_id < b->fee_id);
}

static bool plan_all(struct planner *planner, const char *path, int64_t case_id,
		     struct error *error)
{
	if (!load_cases(planner, path, case_id, error) || !load_licences(planner, path, error) ||
	    !load_fees(planner, path, case_id, error))
		return false;
	for (size_t i = 0; i < planner->case_count; i++) {
		const struct planned_case *patent = &planner->cases[i];

		if (patent->is_in_force && !patent->is_dropped && patent->filed != DATE_NONE &&
		    !add_annuities(planner, patent, error))
			return false;
	}
	list_sort(&planner->fees, compare_fees);
	return true;
}

bool chain_fee_plan_load(struct record_store *store, const char *path, int64_t case_id, int years,
			 struct chain_fee_plan *plan_out, struct error *error)
{
	struct planner planner = { .store = store,
				   .fees = LIST_OF(struct chain_fee),
				   .until = date_add_months(store->today, years * 12) };

	*plan_out = (struct chain_fee_plan){ .today = store->today, .until = planner.until };
	if (!plan_all(&planner, path, case_id, error)) {
		list_release(&planner.fees);
		return false;
	}
	plan_out->fees = list_to_arena(&planner.fees, store->arena, &plan_out->count);
	return true;
}

/* ---- Written. */
static int year_of(const struct chain_fee_plan *plan, size_t i)
{
	date due = plan->fees[i].due;

	return date_year(due == DATE_NONE ? plan->today : due);
}

static void write_item(struct jsonout *json, const char *kind, int64_t amount, int64_t count)
{
	if (!count)
		return;
	jsonout_object_begin(json);
	jsonout_member_cstr(json, "kind", kind);
	jsonout_member_integer(json, "amount_fen", amount);
	jsonout_member_integer(json, "count", count);
	jsonout_object_end(json);
}

static int64_t write_year(struct jsonout *json, const struct chain_fee_plan *plan, int year)
{
	int64_t amounts[3] = { 0 }, counts[3] = { 0 }, total;

	for (size_t i = 0; i < plan->count; i++) {
		const struct chain_fee *fee = &plan->fees[i];
		size_t kind = fee->year ? 0 : 1;

		if (year_of(plan, i) != year)
			continue;
		amounts[kind] += fee->amount;
		counts[kind]++;
		amounts[2] += fee->late;
		counts[2] += fee->late > 0;
	}
	total = amounts[0] + amounts[1] + amounts[2];
	jsonout_object_begin(json);
	jsonout_member_integer(json, "year", year);
	jsonout_key(json, "items");
	jsonout_array_begin(json);
	write_item(json, "annuity", amounts[0], counts[0]);
	write_item(json, "act", amounts[1], counts[1]);
	write_item(json, "late", amounts[2], counts[2]);
	jsonout_array_end(json);
	jsonout_member_integer(json, "total_fen", total);
	jsonout_object_end(json);
	return total;
}

static void write_fee(struct jsonout *json, const struct chain_fee *fee)
{
	jsonout_object_begin(json);
	jsonout_key(json, "case");
	jsonout_object_begin(json);
	jsonout_member_integer(json, "id", fee->case_id);
	jsonout_member_cstr(json, "docket", fee->docket);
	jsonout_member_cstr(json, "title", fee->case_title);
	jsonout_object_end(json);
	jsonout_key(json, "year");
	if (fee->year)
		jsonout_integer(json, fee->year);
	else
		jsonout_null(json);
	jsonout_member_cstr(json, "kind", fee->year ? "annuity" : "act");
	jsonout_member_cstr(json, "title", fee->title);
	jsonout_member_date(json, "due_on", fee->due);
	jsonout_member_integer(json, "amount_fen", fee->amount);
	jsonout_member_integer(json, "late_fen", fee->late);
	jsonout_key(json, "fee_id");
	if (fee->fee_id)
		jsonout_integer(json, fee->fee_id);
	else
		jsonout_null(json);
	jsonout_member_text(json, "grade", str_of(fee->grade));
	jsonout_member_cstr(json, "decision", fee->decision);
	jsonout_object_end(json);
}

void chain_fee_plan_write(struct jsonout *json, const struct chain_fee_plan *plan)
{
	int first = date_year(plan->today), last = date_year(plan->until);
	int64_t total = 0;

	for (size_t i = 0; i < plan->count; i++)
		if (year_of(plan, i) < first)
			first = year_of(plan, i);
	jsonout_object_begin(json);
	jsonout_key(json, "years");
	jsonout_array_begin(json);
	for (int year = first; year <= last; year++)
		total += write_year(json, plan, year);
	jsonout_array_end(json);
	jsonout_member_integer(json, "total_fen", total);
	jsonout_key(json, "records");
	jsonout_array_begin(json);
	for (size_t i = 0; i < plan->count && i < FEE_PLAN_RECORDS_MAX; i++)
		write_fee(json, &plan->fees[i]);
	jsonout_array_end(json);
	jsonout_member_bool(json, "more", plan->count > FEE_PLAN_RECORDS_MAX);
	jsonout_object_end(json);
}
