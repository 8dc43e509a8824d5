/*
 * What a deal must have before it is submitted, approved and takes effect. 法 = 专利法, 细则 = its
 * regulation, 质押 = 专利权质押登记办法 (2021), 民法典: the articles stand with the checks.
 */
#include "rule/fee.h"
#include "types/operation_internal.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { OPEN_FEE_MAX_YUAN = 20000000, OPEN_SALES_MAX = 2000, OPEN_PROFIT_MAX = 4000 };

/* What a kind of deal asks. */
enum {
	ASKS_GRANT = 1 << 0,      /* a granted right, not an application */
	ASKS_PAID = 1 << 1,       /* no annuity is overdue */
	ASKS_UNATTACKED = 1 << 2, /* no invalidation proceedings */
	ASKS_RUNNING = 1 << 3,    /* proceedings are not suspended */
	ASKS_OWNERS = 1 << 4,     /* consent of the co-owners, 法 14 */
	ASKS_PLEDGEE = 1 << 5,    /* consent of the pledgee, 民法典 444 */
	ASKS_PERMIT = 1 << 6,     /* of a foreign party: the export permit, 法 10 */
	HANDS_ON = 1 << 7,        /* the right passes to the other party by registration */
	STARTS_REGISTERED = 1 << 8,
	STARTS_PUBLISHED = 1 << 9,
};

enum { NEEDS_MAX = 5 };

struct deal_rule {
	const char *kind;
	unsigned asks;
	size_t submit[NEEDS_MAX], effect[NEEDS_MAX]; /* fields, ended by SIZE_MAX */
};

static const struct deal_rule rules[] = {
	{ "assignment",
	  ASKS_PAID | ASKS_RUNNING | ASKS_OWNERS | ASKS_PLEDGEE | ASKS_PERMIT | HANDS_ON |
		  STARTS_REGISTERED,
	  { DEAL_PARTY, DEAL_AMOUNT, DEAL_PRICING, SIZE_MAX },
	  { DEAL_CONTRACT_ON, DEAL_REGISTERED_ON, SIZE_MAX } },
	{ "licence",
	  ASKS_OWNERS | ASKS_PLEDGEE | ASKS_PERMIT,
	  { DEAL_PARTY, DEAL_LICENCE_KIND, DEAL_FEE_KIND, SIZE_MAX },
	  { DEAL_CONTRACT_ON, DEAL_STARTS_ON, SIZE_MAX } },
	{ "open_licence",
	  ASKS_GRANT | ASKS_PAID | ASKS_RUNNING | ASKS_OWNERS | ASKS_PLEDGEE | STARTS_PUBLISHED,
	  { DEAL_FEE_KIND, DEAL_FEE_TEXT, DEAL_ENDS_ON, SIZE_MAX },
	  { DEAL_REGISTRATION_NUMBER, DEAL_PUBLISHED_ON, SIZE_MAX } },
	{ "pledge",
	  ASKS_GRANT | ASKS_PAID | ASKS_UNATTACKED | ASKS_RUNNING | ASKS_OWNERS | STARTS_REGISTERED,
	  { DEAL_PARTY, DEAL_AMOUNT, DEAL_ENDS_ON, SIZE_MAX },
	  { DEAL_CONTRACT_ON, DEAL_REGISTRATION_NUMBER, DEAL_REGISTERED_ON, SIZE_MAX } },
	{ "contribution",
	  ASKS_PAID | ASKS_RUNNING | ASKS_OWNERS | ASKS_PLEDGEE | ASKS_PERMIT | HANDS_ON |
		  STARTS_REGISTERED,
	  { DEAL_PARTY, DEAL_SHARE, DEAL_APPRAISED_VALUE, DEAL_APPRAISED_ON, SIZE_MAX },
	  { DEAL_CONTRACT_ON, DEAL_REGISTRATION_NUMBER, DEAL_REGISTERED_ON, SIZE_MAX } },
	{ "securitisation",
	  ASKS_GRANT | ASKS_OWNERS | ASKS_PLEDGEE,
	  { DEAL_PARTY, DEAL_AMOUNT, DEAL_INSTRUMENT, SIZE_MAX },
	  { DEAL_CONTRACT_ON, DEAL_STARTS_ON, SIZE_MAX } },
	{ "insurance",
	  ASKS_GRANT,
	  { DEAL_PARTY, DEAL_AMOUNT, SIZE_MAX },
	  { DEAL_INSTRUMENT, DEAL_STARTS_ON, DEAL_ENDS_ON, SIZE_MAX } },
	{ "auction",
	  ASKS_PAID | ASKS_RUNNING | ASKS_OWNERS | ASKS_PLEDGEE | ASKS_PERMIT | HANDS_ON |
		  STARTS_REGISTERED,
	  { DEAL_VENUE, SIZE_MAX },
	  { DEAL_PARTY, DEAL_AMOUNT, DEAL_CONTRACT_ON, DEAL_REGISTERED_ON, SIZE_MAX } },
};

static const struct deal_rule *rule_of(const struct record *deal)
{
	size_t i = 0;

	while (i < COUNT(rules) - 1 && !types_choice_is(deal, DEAL_KIND, rules[i].kind))
		i++;
	return &rules[i];
}

static bool is_kind(const struct record *deal, const char *kind)
{
	return types_choice_is(deal, DEAL_KIND, kind);
}

/* The licensee keeps others out, all but the owner or the owner too. */
static bool is_exclusive(const struct record *deal)
{
	return is_kind(deal, "licence") && (types_choice_is(deal, DEAL_LICENCE_KIND, "exclusive") ||
					    types_choice_is(deal, DEAL_LICENCE_KIND, "sole"));
}

/* ---- Of the deal alone. */
/* 审查指南 5.11: what an open licence may cost at most. */
static bool is_fee_fair(const struct record *deal, struct error *error)
{
	bool of_profit = types_choice_is(deal, DEAL_ROYALTY_BASE, "profit");

	if (!is_kind(deal, "open_licence"))
		return true;
	if (record_integer(deal, DEAL_FIXED_FEE) > YUAN(OPEN_FEE_MAX_YUAN))
		return error_set_field(error, "fixed_fee", "types.open_fixed_fee");
	if (record_integer(deal, DEAL_ROYALTY_RATE) >
	    (of_profit ? OPEN_PROFIT_MAX : OPEN_SALES_MAX))
		return error_set_field(error, "royalty_rate", "types.open_royalty");
	return true;
}

/* A rate says of what it is; a lump sum how much. */
static bool is_fee_complete(const struct record *deal, struct error *error)
{
	if (types_choice_is(deal, DEAL_FEE_KIND, "lump"))
		return record_is_set(deal, DEAL_FIXED_FEE) || REQUIRE(deal, error, DEAL_AMOUNT);
	if (types_choice_is(deal, DEAL_FEE_KIND, "royalty") ||
	    types_choice_is(deal, DEAL_FEE_KIND, "entry_royalty"))
		return REQUIRE(deal, error, DEAL_ROYALTY_BASE, DEAL_ROYALTY_RATE);
	return true;
}

static bool has_permit(const struct record *deal, const struct deal_rule *rule, struct error *error)
{
	if (!(rule->asks & ASKS_PERMIT) || !record_integer(deal, DEAL_IS_FOREIGN))
		return true;
	return record_is_set(deal, DEAL_EXPORT_PERMIT) ||
	       error_set_field(error, "export_permit", "types.no_export_permit");
}

/* ---- Of each case. */
/* Rights end; a debt or licence does not run longer (民法典 865, 质押 11). */
static date right_end(const struct record *patent)
{
	enum patent_type type = patent_type_of(str_of(record_text(patent, CASE_TYPE)));
	date filed = record_date(patent, CASE_FILED_ON);

	if (filed == DATE_NONE)
		return DATE_NONE;
	return annuity_due(filed, annuity_last_year(type, filed) + 1) +
	       (int)record_integer(patent, CASE_ADJUSTMENT_DAYS);
}

/* 法 50: of a utility model or design the right is proved by the report. */
static bool wants_report(const struct record *deal, const struct record *patent)
{
	return is_kind(deal, "open_licence") && !types_choice_is(patent, CASE_TYPE, "invention") &&
	       !record_is_set(deal, DEAL_REPORT);
}

/* 法 14: alone an owner only uses the patent or gives ordinary licences. */
static bool wants_consent(const struct record *deal, const struct deal_rule *rule,
			  const struct record *patent)
{
	return (rule->asks & ASKS_OWNERS) &&
	       !types_choice_is(deal, DEAL_LICENCE_KIND, "ordinary") &&
	       record_is_set(patent, CASE_CO_OWNERS) &&
	       !record_integer(patent, CASE_OWNERSHIP_AGREEMENT) &&
	       !record_is_set(deal, DEAL_CONSENT);
}

static bool check_case(const struct record *deal, const struct deal_rule *rule,
		       const struct record *patent, struct error *error)
{
	date last = record_date(deal, DEAL_ENDS_ON), end = right_end(patent);

	if (!types_is_alive(patent))
		return types_refuse_case("cases", "types.right_ended", patent, error);
	if ((rule->asks & ASKS_GRANT) && !types_is_right(patent))
		return types_refuse_case("cases", "types.not_granted", patent, error);
	if ((rule->asks & ASKS_PAID) && strcmp(patent->state, "grace") == 0)
		return types_refuse_case("cases", "types.annuity_overdue", patent, error);
	if ((rule->asks & ASKS_UNATTACKED) && strcmp(patent->state, "in_force") != 0)
		return types_refuse_case("cases", "types.under_attack", patent, error);
	if ((rule->asks & ASKS_RUNNING) && record_integer(patent, CASE_IS_SUSPENDED))
		return types_refuse_case("cases", "types.suspended", patent, error);
	if (wants_report(deal, patent))
		return types_refuse_case("evaluation_report", "types.no_report", patent, error);
	if (wants_consent(deal, rule, patent))
		return types_refuse_case("consent", "types.no_consent", patent, error);
	if (last != DATE_NONE && end != DATE_NONE && last > end)
		return types_refuse_case("ends_on", "types.beyond_right", patent, error);
	return true;
}

/* ---- Of each case and the other deals over it. */
static bool do_overlap(const struct record *deal, const struct record *other, date today)
{
	date from = record_date(deal, DEAL_STARTS_ON), until = record_date(deal, DEAL_ENDS_ON);
	date other_from = record_date(other, DEAL_STARTS_ON),
	     other_until = record_date(other, DEAL_ENDS_ON);

	if (other->id == deal->id || strcmp(other->state, "effective") != 0)
		return false;
	if (from == DATE_NONE)
		from = today;
	return (other_until == DATE_NONE || other_until >= from) &&
	       (until == DATE_NONE || other_from == DATE_NONE || other_from <= until);
}

/* 法 51, 细则 86; 民法典 444, 质押 11. */
static bool check_pair(const struct record *deal, const struct deal_rule *rule,
		       const struct record *other, const struct record *patent, struct error *error)
{
	bool is_open = is_kind(deal, "open_licence"), is_licence = is_kind(deal, "licence");

	if (is_exclusive(other) && (is_open || is_licence) &&
	    !types_choice_is(deal, DEAL_LICENCE_KIND, "sub"))
		return types_refuse_case("cases", "types.exclusive_runs", patent, error);
	if (is_kind(other, "open_licence") && (is_open || is_exclusive(deal)))
		return types_refuse_case("cases", "types.open_licence_runs", patent, error);
	if (!is_kind(other, "pledge"))
		return true;
	if (is_kind(deal, "pledge"))
		return types_refuse_case("cases", "types.pledged", patent, error);
	if ((rule->asks & ASKS_PLEDGEE) && !record_is_set(deal, DEAL_PLEDGEE_CONSENT))
		return types_refuse_case("pledgee_consent", "types.no_pledgee_consent", patent,
					 error);
	return true;
}

static bool check_others(const struct record *deal, const struct deal_rule *rule,
			 const struct record *patent, struct record_store *store,
			 struct error *error)
{
	struct record **others;
	size_t count;

	if (!record_load_naming(store, &deal_type, DEAL_CASES, deal->organisation_id, patent->id,
				&others, &count, error))
		return false;
	for (size_t i = 0; i < count; i++)
		if (do_overlap(deal, others[i], store->today) &&
		    !check_pair(deal, rule, others[i], patent, error))
			return false;
	return true;
}

/* From the day the licensee's use is recorded until the statement ends. */
static bool is_used_open_licence(const struct record *deal, date day)
{
	date from = record_date(deal, DEAL_REGISTERED_ON), until = record_date(deal, DEAL_ENDS_ON);
	date ended = record_date(deal, DEAL_ENDED_ON);

	return is_kind(deal, "open_licence") &&
	       name_is_listed(",effective,ended,", str_of(deal->state)) && from != DATE_NONE &&
	       from <= day && (until == DATE_NONE || day <= until) &&
	       (ended == DATE_NONE || day <= ended);
}

bool deal_reduces_annuity(const struct record *patent, date due, struct record_store *store,
			  bool *reduces_out, struct error *error)
{
	struct record **deals;
	size_t count;

	*reduces_out = false;
	if (!record_load_naming(store, &deal_type, DEAL_CASES, patent->organisation_id, patent->id,
				&deals, &count, error))
		return false;
	for (size_t i = 0; i < count; i++)
		*reduces_out = *reduces_out || is_used_open_licence(deals[i], due);
	return true;
}

/* ---- Guards and effect. */
bool deal_is_lawful(const struct record *deal, struct record_store *store, struct error *error)
{
	const struct deal_rule *rule = rule_of(deal);
	struct record **cases;
	size_t count;

	if (!types_require(deal, rule->submit, error) || !is_fee_complete(deal, error) ||
	    !is_fee_fair(deal, error) || !has_permit(deal, rule, error) ||
	    !types_load_cases(deal, DEAL_CASES, store, &cases, &count, error))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!check_case(deal, rule, cases[i], error) ||
		    !check_others(deal, rule, cases[i], store, error))
			return false;
	return true;
}

bool deal_may_take_effect(const struct record *deal, struct record_store *store,
			  struct error *error)
{
	return types_require(deal, rule_of(deal)->effect, error) &&
	       types_not_future(deal, DEAL_STARTS_ON, store, error) &&
	       deal_is_lawful(deal, store, error);
}

/* Day the right passed, or DATE_NONE: it is the centre's again. */
static bool hand_on(const struct record *deal, date day, struct record_store *store,
		    struct error *error)
{
	struct record **cases;
	size_t count;

	if (!types_load_cases(deal, DEAL_CASES, store, &cases, &count, error))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct field_errors errors = { .count = 0 };

		if (day == DATE_NONE)
			record_clear(cases[i], CASE_TRANSFERRED_ON);
		else
			record_set_date(store, cases[i], CASE_TRANSFERRED_ON, day);
		if (!record_save_for(store, cases[i], "transfer", &errors, error))
			return false;
	}
	return true;
}

bool deal_take_effect(struct record *deal, struct record_store *store, struct error *error)
{
	unsigned asks = rule_of(deal)->asks;

	if (asks & STARTS_REGISTERED)
		record_set_date(store, deal, DEAL_STARTS_ON, record_date(deal, DEAL_REGISTERED_ON));
	if (asks & STARTS_PUBLISHED)
		record_set_date(store, deal, DEAL_STARTS_ON, record_date(deal, DEAL_PUBLISHED_ON));
	return !(asks & HANDS_ON) || hand_on(deal, record_date(deal, DEAL_STARTS_ON), store, error);
}

bool deal_end(struct record *deal, struct record_store *store, struct error *error)
{
	if (!(rule_of(deal)->asks & HANDS_ON) || !types_choice_is(deal, DEAL_END_REASON, "void"))
		return true;
	return hand_on(deal, DATE_NONE, store, error);
}
