#include "chain/indicators.h"

#include <math.h>

static const char *const ids[CHAIN_INDICATORS_MAX] = { "T1", "T2", "T3", "T4", "T5", "T6" };

enum {
	OF_A_CENTRE = 4,
	MONTHS_OF_A_QUARTER = 3,
	PLAN_BASE_YEAR = 2025 /* of T5 and T6: the year before the plan's five, 2026 to 2030 */
};

bool chain_may_compute(const struct record_store *store, struct error *error)
{
	/* Those who read every type a figure is made of. */
	const unsigned roles = ROLES_OFFICE | ROLE_BIT(ROLE_INSPECTOR) | ROLE_BIT(ROLE_DIRECTOR) |
			       ROLE_BIT(ROLE_IP_MANAGER);

	return store->actor->is_operator || (store->actor->roles & roles) ||
	       error_set(error, ERROR_FORBIDDEN, "chain.whole", "%s", "");
}

/* ---- Methods asked for: "T1=mean_yoy,T3=strict". */
static bool refuse_method(struct str part, struct error *error)
{
	error_set(error, ERROR_INVALID, "chain.method", "%.*s", STR_ARGS(part));
	error->field = "method";
	return false;
}

/* Every part names an indicator and one of its methods. */
static bool check_methods(const char *methods, date day, struct error *error)
{
	struct str rest = str_of(methods), part;

	while (str_split(&rest, STR(","), &part)) {
		size_t equals = str_find_byte(part, '=');

		if (equals == STR_NOT_FOUND ||
		    !indicator_method_find(str_trim(str_slice(part, 0, equals)),
					   str_trim(str_slice(part, equals + 1, part.size)), day))
			return refuse_method(part, error);
	}
	return true;
}

static const struct indicator_method *choose_method(const struct chain_question *question,
						    const struct chain_target *target,
						    const char *id, date day)
{
	struct str asked = indicator_setting(question->methods, id);
	const struct indicator_method *method = NULL;

	if (!asked.size && target)
		method = indicator_method_find(str_of(id), target->method, day);
	return method ? method : indicator_method_find(str_of(id), asked, day);
}

/* ---- Computing. */
struct run {
	struct arena *arena;
	const struct chain_stock *stock;
	const struct chain_book *books;
	size_t book_count;
	const struct chain_question *question;
	const struct sei_table *sei;
};

static struct indicator_input input_of(const struct run *run, const struct chain_book *book,
				       const struct chain_target *target, date day)
{
	return (struct indicator_input){
		.cases = run->stock->cases,
		.case_count = run->stock->case_count,
		.products = run->stock->products,
		.product_count = run->stock->product_count,
		.high_value = { .sei = run->sei,
				.pledge_threshold = run->question->pledge_threshold,
				.basis = run->question->basis },
		.as_of = day,
		.from = book ? book->from : DATE_NONE,
		.baseline = book ? book->baseline : -1,
		.base_year = book ? book->base_year : 0,
		.in_period = target && target->in_period,
		.regions = run->stock->regions,
		.region_count = run->stock->region_count,
		.region = STR("四川"),
		.nation = STR("全国"),
		.target = target ? &target->value : NULL,
	};
}

/* method NULL: the task book's of that day. */
static const struct chain_target *compute_on(const struct run *run, const char *id, date day,
					     const struct indicator_method *method,
					     struct indicator_result *result_out)
{
	const struct chain_book *book = chain_book_on(run->books, run->book_count,
						      run->stock->centre.id, day);
	const struct chain_target *target = chain_book_target(book, id);
	struct indicator_input input = input_of(run, book, target, day);

	if (!method)
		method = choose_method(run->question, target, id, day);
	if (method->formula >= FORMULA_DOUBLING)
		input.base_year = PLAN_BASE_YEAR;
	indicator_compute(run->arena, method, &input, result_out);
	return target;
}

/* The i-th end of a year or quarter before the day, counted from 0; the day itself may be one. */
static date period_end(date day, enum chain_trend trend, size_t i)
{
	int year, month, of_month;
	date first;

	date_parts(day + 1, &year, &month, &of_month);
	if (trend == CHAIN_TREND_YEARS)
		return date_add_months(date_of(year, 1, 1), -12 * (int)i) - 1;
	first = date_of(year, (month - 1) / MONTHS_OF_A_QUARTER * MONTHS_OF_A_QUARTER + 1, 1);
	return date_add_months(first, -MONTHS_OF_A_QUARTER * (int)i) - 1;
}

/* Each point is what was answered on that day by the figure's method. */
static void compute_trend(const struct run *run, const char *id, struct chain_figure *figure)
{
	const struct chain_question *question = run->question;

	if (question->trend == CHAIN_NO_TREND ||
	    date_year(question->as_of) < 1000 + CHAIN_TREND_MAX)
		return;
	figure->trend_count = CHAIN_TREND_MAX;
	for (size_t i = 0; i < CHAIN_TREND_MAX; i++) {
		date day = period_end(question->as_of, question->trend, CHAIN_TREND_MAX - 1 - i);
		struct indicator_result result;

		compute_on(run, id, day, figure->result.method, &result);
		figure->trend[i] = (struct chain_point){ day, result.value, result.numerator,
							 result.denominator };
	}
}

bool chain_figures_compute(struct arena *arena, const struct chain_stock *stock,
			   const struct chain_book *books, size_t book_count,
			   const struct chain_question *question, struct chain_figures *figures_out,
			   struct error *error)
{
	struct run run = { arena, stock, books, book_count, question, NULL };

	if (!check_methods(question->methods, question->as_of, error))
		return false;
	run.sei = sei_table_default(arena);
	*figures_out = (struct chain_figures){
		.stock = stock,
		.book = chain_book_on(books, book_count, stock->centre.id, question->as_of),
		.as_of = question->as_of,
		.count = stock->centre.is_centre ? OF_A_CENTRE : CHAIN_INDICATORS_MAX,
	};
	for (size_t i = 0; i < figures_out->count; i++) {
		struct chain_figure *figure = &figures_out->items[i];

		figure->is_target_agreed = compute_on(&run, ids[i], question->as_of, NULL,
						      &figure->result) != NULL;
		compute_trend(&run, ids[i], figure);
	}
	return true;
}

/* ---- Answers. */
bool chain_figures_load(struct record_store *store, const struct chain_centre *centre,
			const struct chain_question *question, struct chain_stock *stock_out,
			struct chain_figures *figures_out, struct error *error)
{
	struct chain_book *books;
	size_t count;

	return chain_may_compute(store, error) &&
	       chain_stock_load(store, centre, stock_out, error) &&
	       chain_books_load(store, centre->path, &books, &count, error) &&
	       chain_figures_compute(store->arena, stock_out, books, count, question, figures_out,
				     error);
}

bool chain_indicators_answer(struct record_store *store, const struct chain_centre *centre,
			     const struct chain_question *question, bool with_lists,
			     struct jsonout *json, struct error *error)
{
	struct chain_figures figures;
	struct chain_stock stock;

	if (!chain_figures_load(store, centre, question, &stock, &figures, error))
		return false;
	chain_figures_write(json, store->arena, &figures, with_lists);
	return true;
}

static void write_centre(struct jsonout *json, const struct chain_figures *figures)
{
	static const char *const statuses[] = { "met", "missed", "not_computable" };

	jsonout_object_begin(json);
	jsonout_member_integer(json, "id", figures->stock->centre.id);
	jsonout_member_cstr(json, "name", figures->stock->centre.name);
	jsonout_key(json, "indicators");
	jsonout_array_begin(json);
	for (size_t i = 0; i < figures->count; i++) {
		const struct indicator_result *result = &figures->items[i].result;

		jsonout_object_begin(json);
		jsonout_member_cstr(json, "id", result->method->id);
		jsonout_member_number(json, "value", result->value);
		jsonout_member_cstr(json, "status", statuses[result->status]);
		jsonout_member_number(json, "target", result->target);
		jsonout_object_end(json);
	}
	jsonout_array_end(json);
	jsonout_object_end(json);
}

bool chain_centres_answer(struct record_store *store, const struct chain_question *question,
			  struct jsonout *json, struct error *error)
{
	struct arena *scratch;
	struct chain_centre *centres;
	struct chain_stock *stocks;
	struct chain_book *books;
	size_t count, book_count;
	bool is_computed = true;

	if (!chain_may_compute(store, error) || !chain_centres(store, &centres, &count, error) ||
	    !chain_stocks_load(store, centres, count, &stocks, error) ||
	    !chain_books_load(store, NULL, &books, &book_count, error))
		return false;
	jsonout_object_begin(json);
	jsonout_member_date(json, "as_of", question->as_of);
	jsonout_key(json, "centres");
	jsonout_array_begin(json);
	scratch = arena_create(1 << 20);
	for (size_t i = 0; i < count && is_computed; i++) {
		struct chain_figures figures;

		is_computed = chain_figures_compute(scratch, &stocks[i], books, book_count,
						    question, &figures, error);
		if (is_computed)
			write_centre(json, &figures);
		arena_reset(scratch);
	}
	arena_destroy(scratch);
	jsonout_array_end(json);
	jsonout_object_end(json);
	return is_computed;
}
