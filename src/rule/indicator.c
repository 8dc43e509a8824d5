#include "rule/indicator_internal.h"
#include "base/map.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Rates are quotients of whole numbers or roots of them: what differs less is equal. */
static const double TOLERANCE = 1e-9;

static const struct indicator_method methods[] = {
#include "rule/indicator_T1.inc"
#include "rule/indicator_T2.inc"
#include "rule/indicator_T3.inc"
#include "rule/indicator_T4.inc"
#include "rule/indicator_T5.inc"
#include "rule/indicator_T6.inc"
};

const struct indicator_reason_info indicator_reasons[REASON_COUNT] = {
	[REASON_NONE] = { "", { "", "" } },
	[REASON_NOT_INVENTION] = { "not_invention", { "不是发明", "not an invention" } },
	[REASON_NOT_CHINESE] = { "not_chinese", { "不是中国申请", "not filed in China" } },
	[REASON_NO_FIELD] = { "no_field", { "未标关键技术领域", "in no key field" } },
	[REASON_LATER] = { "later", { "截止日之后", "after the day" } },
	[REASON_OUTSIDE] = { "outside", { "不在期间内", "outside the window" } },
	[REASON_ABNORMAL] = { "abnormal", { "非正常申请", "abnormal application" } },
	[REASON_WITHDRAWN] = { "withdrawn", { "声明撤回", "withdrawn by declaration" } },
	[REASON_TWICE] = { "twice", { "重复", "listed twice" } },
	[REASON_PENDING] = { "pending", { "尚未结案", "pending" } },
	[REASON_CONTESTED] = { "contested",
			       { "驳回未生效，仍可复审", "rejection open to review" } },
	[REASON_BEFORE_EXAMINATION] = { "before_examination",
					{ "进入实审前撤回", "withdrawn before examination" } },
	[REASON_METHOD] = { "method", { "该口径不计", "not counted by the method" } },
	[REASON_NOT_IN_FORCE] = { "not_in_force", { "不是有效专利", "not in force" } },
	[REASON_NOT_HELD] = { "not_held", { "已转出或者尚未受让", "not held on the day" } },
	[REASON_NOT_HIGH] = { "not_high_value", { "不属于高价值发明专利", "not of high value" } },
	[REASON_REVOKED] = { "revoked", { "备案已撤销", "filing revoked" } },
	[REASON_PATENTS_DEAD] = { "patents_dead",
				  { "关联专利均已失效", "all its patents have ended" } },
	[REASON_SAME_PRODUCT] = { "same_product", { "同一产品已计", "product counted already" } },
};

const struct indicator_method *indicator_methods(size_t *count_out)
{
	*count_out = COUNT(methods);
	return methods;
}

struct str indicator_setting(const char *settings, const char *id)
{
	struct str rest = str_of(settings), part;

	while (str_split(&rest, STR(","), &part)) {
		size_t equals = str_find_byte(part, '=');

		if (equals != STR_NOT_FOUND &&
		    str_equal_nocase(str_trim(str_slice(part, 0, equals)), str_of(id)))
			return str_trim(str_slice(part, equals + 1, part.size));
	}
	return STR_EMPTY;
}

const struct indicator_method *indicator_method_find(struct str id, struct str method, date day)
{
	const struct indicator_method *first = NULL;

	for (size_t i = 0; i < COUNT(methods); i++) {
		if (!str_equal_nocase(id, str_of(methods[i].id)) ||
		    (method.size ? !str_equal_nocase(method, str_of(methods[i].method))
				 : !methods[i].is_default))
			continue;
		if (rule_is_in_force(methods[i].edition, methods[i].until, day))
			return &methods[i];
		if (!first)
			first = &methods[i];
	}
	return first;
}

struct indicator_record *indicator_add_record(const struct indicator_run *run, struct str id,
					      enum indicator_reason reason)
{
	struct indicator_record *record = &run->result->records[run->result->record_count++];

	*record = (struct indicator_record){ .id = id, .reason = reason };
	return record;
}

void indicator_add_extra(const struct indicator_run *run, const char *name, struct label label,
			 double number)
{
	if (run->result->extra_count < INDICATOR_EXTRAS_MAX)
		run->result->extras[run->result->extra_count++] =
			(struct indicator_extra){ name, label, number };
}

void indicator_add_note(const struct indicator_run *run, const char *zh, const char *en)
{
	if (run->result->note_count < INDICATOR_NOTES_MAX)
		run->result->notes[run->result->note_count++] = (struct label){ zh, en };
}

void indicator_set_ratio(const struct indicator_run *run, double numerator, double denominator)
{
	run->result->numerator = numerator;
	run->result->denominator = denominator;
	if (denominator > 0)
		run->result->value = numerator / denominator;
	else
		indicator_add_note(run, "分母为 0，不可计算",
				   "the denominator is 0: not computable");
}

double indicator_growth(double first, double last, int64_t years)
{
	return first > 0 && years >= 1 ? pow(last / first, 1.0 / (double)years) - 1 : NAN;
}

double indicator_mean_growth(const double *values, size_t count)
{
	double sum = 0;

	for (size_t i = 1; i < count; i++) {
		if (!(values[i - 1] > 0))
			return NAN;
		sum += values[i] / values[i - 1] - 1;
	}
	return count >= 2 ? sum / (double)(count - 1) : NAN;
}

int64_t indicator_last_year(date day)
{
	int year = date_year(day);

	return day == date_of(year, 12, 31) ? year : year - 1;
}

bool indicator_is_left_out(const struct indicator_record *record)
{
	return record->reason != REASON_NONE && record->reason != REASON_LATER;
}

bool indicator_is_there(const struct indicator_input *input, const struct patent_case *patent)
{
	date filed = patent->dates[CASE_FILED], acquired = patent->dates[CASE_ACQUIRED];

	return filed != DATE_NONE && filed <= input->as_of &&
	       (acquired == DATE_NONE || acquired <= input->as_of);
}

enum indicator_reason indicator_base_reason(const struct indicator_input *input,
					    const struct patent_case *patent, struct map *seen)
{
	bool is_new = true, is_new_pct = true;

	if (!indicator_is_there(input, patent))
		return REASON_LATER;
	if (patent->type != PATENT_INVENTION)
		return REASON_NOT_INVENTION;
	if (patent->office.size && !sheet_is_word(patent->office, "CN;中国"))
		return REASON_NOT_CHINESE;
	map_put(seen, patent->id, &is_new);
	if (patent->pct.size)
		map_put(seen, patent->pct, &is_new_pct);
	return is_new && is_new_pct ? REASON_NONE : REASON_TWICE;
}

/* What every formula is computed by. */
static void (*const runs[FORMULA_COUNT])(const struct indicator_run *run) = {
	[FORMULA_CAGR] = indicator_run_growth,         [FORMULA_MEAN_YOY] = indicator_run_growth,
	[FORMULA_BASE_AVERAGE] = indicator_run_growth, [FORMULA_CONCLUDED] = indicator_run_grants,
	[FORMULA_DECIDED] = indicator_run_grants,      [FORMULA_COHORT] = indicator_run_grants,
	[FORMULA_GROSS] = indicator_run_grants,        [FORMULA_USE_BROAD] = indicator_run_use,
	[FORMULA_USE_STRICT] = indicator_run_use,      [FORMULA_USE_MARKET] = indicator_run_use,
	[FORMULA_PRODUCTS] = indicator_run_products,   [FORMULA_FILINGS] = indicator_run_products,
	[FORMULA_DOUBLING] = indicator_run_region,     [FORMULA_LEAD_CAGR] = indicator_run_region,
	[FORMULA_LEAD_MEAN] = indicator_run_region,
};

static enum indicator_status status_of(const struct indicator_result *result)
{
	double slack = TOLERANCE * fmax(1, fabs(result->target));

	if (isnan(result->value) || isnan(result->target))
		return INDICATOR_NOT_COMPUTABLE;
	if (result->method->unit == UNIT_DIFFERENCE)
		return result->value > result->target + slack ? INDICATOR_MET : INDICATOR_MISSED;
	return result->value >= result->target - slack ? INDICATOR_MET : INDICATOR_MISSED;
}

void indicator_compute(struct arena *arena, const struct indicator_method *method,
		       const struct indicator_input *input, struct indicator_result *result_out)
{
	const struct indicator_run run = { arena, input, result_out };
	size_t most = input->case_count > input->product_count ? input->case_count
							       : input->product_count;

	memset(result_out, 0, sizeof(*result_out));
	result_out->method = method;
	result_out->as_of = input->as_of;
	result_out->value = NAN;
	result_out->target = input->target ? *input->target : method->target;
	result_out->records = arena_array(
		arena, struct indicator_record,
		(most > input->region_count ? most : input->region_count) + 1);
	runs[method->formula](&run);
	result_out->status = status_of(result_out);
}
