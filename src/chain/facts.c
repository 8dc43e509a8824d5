/* What other records tell of cases: deals and their income, standards, awards, marks by hand. */
#include "chain/cases_internal.h"

#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* ---- Deals. What each kind makes of its cases; a kind that is not here tells nothing. */
static const struct {
	const char *kind;
	enum case_fact_kind fact;
	enum case_use use;
} kinds[] = {
	{ "licence", CASE_USE, USE_LICENCE },     { "open_licence", CASE_USE, USE_LICENCE },
	{ "assignment", CASE_USE, USE_TRANSFER }, { "contribution", CASE_USE, USE_SHARES },
	{ "pledge", CASE_PLEDGE, USE_PLEDGE },    { "securitisation", CASE_USE, USE_SECURITY },
};

enum {
	DEAL_TITLE,
	DEAL_KIND,
	DEAL_CASES,
	DEAL_AMOUNT,
	DEAL_FROM,
	DEAL_UNTIL,
	DEAL_ENDED,
	DEAL_MARKET
};

static const char *const deal_names[] = {
	[DEAL_TITLE] = "title",    [DEAL_KIND] = "kind",        [DEAL_CASES] = "cases",
	[DEAL_AMOUNT] = "amount",  [DEAL_FROM] = "starts_on",   [DEAL_UNTIL] = "ends_on",
	[DEAL_ENDED] = "ended_on", [DEAL_MARKET] = "on_market",
};

/* A licence whose income may be known: royalties are a fact of their own, from the first payment. */
struct licence {
	int64_t id;
	size_t stock;
	struct str cases;
	date starts_on;
	struct case_fact fact; /* with royalties */
	bool has_royalty;
};

static int64_t count_ids(struct str ids)
{
	int64_t id, count = 0;

	while (chain_next_id(&ids, &id))
		count++;
	return count;
}

static void add_deal(struct chain_loader *loader, const struct chain_rows *rows, size_t stock,
		     struct list *licences)
{
	struct arena *arena = loader->store->arena;
	struct str kind = chain_text(rows, DEAL_KIND), cases = chain_text(rows, DEAL_CASES);
	date ended = chain_date(rows, DEAL_ENDED);
	struct case_fact fact = {
		.from = chain_date(rows, DEAL_FROM),
		.until = ended == DATE_NONE ? chain_date(rows, DEAL_UNTIL) : ended,
		.amount = chain_integer(rows, DEAL_AMOUNT),
		.patents = count_ids(cases),
		.on_market = chain_integer(rows, DEAL_MARKET) != 0,
	};
	size_t i = 0;

	while (i < COUNT(kinds) && !str_equal_cstr(kind, kinds[i].kind))
		i++;
	if (i == COUNT(kinds) || fact.from == DATE_NONE)
		return;
	fact.kind = kinds[i].fact;
	fact.use = kinds[i].use;
	fact.name = str_copy(arena, chain_text(rows, DEAL_TITLE));
	chain_fact_add_all(loader, stock, cases, fact);
	if (fact.use == USE_LICENCE)
		*(struct licence *)list_add(
			licences) = (struct licence){ .id = chain_id(rows),
						      .stock = stock,
						      .cases = str_copy(arena, cases),
						      .starts_on = fact.from,
						      .fact = fact };
}

/* The states a deal has been a fact in, now or before it ended. */
static bool was_effective(struct str state)
{
	return str_equal_cstr(state, "effective") || str_equal_cstr(state, "ended");
}

static int compare_licence(const void *key, const void *item)
{
	int64_t id = *(const int64_t *)key, other = ((const struct licence *)item)->id;

	return (id > other) - (id < other);
}

enum { INCOME_DEAL, INCOME_RECEIVED, INCOME_KIND };

static const char *const income_names[] = {
	[INCOME_DEAL] = "deal_id",
	[INCOME_RECEIVED] = "received_on",
	[INCOME_KIND] = "kind",
};

/* The first payment of each licence -> its fact. */
static bool load_royalties(struct chain_loader *loader, struct list *licences, struct error *error)
{
	struct chain_rows rows;

	if (!chain_select(loader->store, loader->path, "deal_income", income_names,
			  COUNT(income_names), &rows, error))
		return false;
	while (chain_next(&rows)) {
		int64_t deal = chain_integer(&rows, INCOME_DEAL);
		struct str kind = chain_text(&rows, INCOME_KIND);
		struct licence *licence = licences->count
						  ? bsearch(&deal, licences->items, licences->count,
							    sizeof(*licence), compare_licence)
						  : NULL;
		date day = chain_date(&rows, INCOME_RECEIVED);

		if (!licence || day == DATE_NONE || !str_equal_cstr(chain_state(&rows), "booked") ||
		    !(str_equal_cstr(kind, "royalty") || str_equal_cstr(kind, "lump")))
			continue;
		day = chain_later(day, licence->starts_on);
		licence->fact.from = licence->has_royalty ? chain_earlier(licence->fact.from, day)
							  : day;
		licence->has_royalty = true;
	}
	return chain_done(&rows, error);
}

static bool load_deals(struct chain_loader *loader, struct list *licences, struct error *error)
{
	struct chain_rows rows;

	if (!chain_select(loader->store, loader->path, "deal", deal_names, COUNT(deal_names), &rows,
			  error))
		return false;
	while (chain_next(&rows)) {
		size_t stock = chain_stock_of(loader, &rows);

		if (stock != SIZE_MAX && was_effective(chain_state(&rows)))
			add_deal(loader, &rows, stock, licences);
	}
	if (!chain_done(&rows, error) || !load_royalties(loader, licences, error))
		return false;
	for (size_t i = 0; i < licences->count; i++) {
		struct licence *licence = &LIST_AT(licences, struct licence, i);

		licence->fact.with_royalty = true;
		if (licence->has_royalty)
			chain_fact_add_all(loader, licence->stock, licence->cases, licence->fact);
	}
	return true;
}

/* ---- Standards. */
enum { STANDARD_CASE, STANDARD_NUMBER, STANDARD_DECLARED, STANDARD_PUBLISHED, STANDARD_WITHDRAWN };

static const char *const standard_names[] = {
	[STANDARD_CASE] = "case_id",           [STANDARD_NUMBER] = "standard",
	[STANDARD_DECLARED] = "declared_on",   [STANDARD_PUBLISHED] = "published_on",
	[STANDARD_WITHDRAWN] = "withdrawn_on",
};

static bool was_confirmed(struct str state)
{
	return str_equal_cstr(state, "confirmed") || str_equal_cstr(state, "withdrawn");
}

static bool load_standards(struct chain_loader *loader, struct error *error)
{
	struct chain_rows rows;

	if (!chain_select(loader->store, loader->path, "standard_patent", standard_names,
			  COUNT(standard_names), &rows, error))
		return false;
	while (chain_next(&rows)) {
		size_t stock = chain_stock_of(loader, &rows);
		struct case_fact fact = {
			.kind = CASE_USE,
			.use = USE_STANDARD,
			.from = chain_earlier(chain_date(&rows, STANDARD_DECLARED),
					      chain_date(&rows, STANDARD_PUBLISHED)),
			.until = chain_date(&rows, STANDARD_WITHDRAWN),
		};

		if (stock == SIZE_MAX || !was_confirmed(chain_state(&rows)))
			continue;
		fact.name = str_copy(loader->store->arena, chain_text(&rows, STANDARD_NUMBER));
		chain_fact_add(loader, stock, chain_integer(&rows, STANDARD_CASE), fact);
	}
	return chain_done(&rows, error);
}

/* ---- Awards. The name as data/high_value_awards.csv knows it stands before the title. */
static const struct {
	const char *level, *name;
} levels[] = {
	{ "national_gold", "中国专利金奖" },
	{ "national_silver", "中国专利银奖" },
	{ "national_excellence", "中国专利优秀奖" },
	{ "national_progress", "国家科学技术进步奖" },
};

enum { AWARD_TITLE, AWARD_LEVEL, AWARD_CASES, AWARD_DAY };

static const char *const award_names[] = {
	[AWARD_TITLE] = "title",
	[AWARD_LEVEL] = "level",
	[AWARD_CASES] = "cases",
	[AWARD_DAY] = "awarded_on",
};

static bool load_awards(struct chain_loader *loader, struct error *error)
{
	struct chain_rows rows;

	if (!chain_select(loader->store, loader->path, "award", award_names, COUNT(award_names),
			  &rows, error))
		return false;
	while (chain_next(&rows)) {
		size_t stock = chain_stock_of(loader, &rows), i = 0;
		struct str level = chain_text(&rows, AWARD_LEVEL);

		while (i < COUNT(levels) && !str_equal_cstr(level, levels[i].level))
			i++;
		if (stock == SIZE_MAX || i == COUNT(levels) ||
		    !str_equal_cstr(chain_state(&rows), "won"))
			continue;
		chain_fact_add_all(loader, stock, chain_text(&rows, AWARD_CASES),
				   (struct case_fact){ .kind = CASE_AWARD,
						       .name = str_of(levels[i].name),
						       .from = chain_date(&rows, AWARD_DAY),
						       .until = DATE_NONE });
	}
	return chain_done(&rows, error);
}

/* ---- Marks. */
enum { MARK_CASE, MARK_REASON, MARK_FROM, MARK_UNTIL };

static const char *const mark_names[] = {
	[MARK_CASE] = "case_id",
	[MARK_REASON] = "reason",
	[MARK_FROM] = "from_on",
	[MARK_UNTIL] = "until_on",
};

/* One that was withdrawn ends that day and keeps the days before. */
static bool was_approved(struct str state)
{
	return str_equal_cstr(state, "approved") || str_equal_cstr(state, "withdrawn");
}

static bool load_marks(struct chain_loader *loader, struct error *error)
{
	struct chain_rows rows;

	if (!chain_select(loader->store, loader->path, "high_value_mark", mark_names,
			  COUNT(mark_names), &rows, error))
		return false;
	while (chain_next(&rows)) {
		size_t stock = chain_stock_of(loader, &rows);

		if (stock == SIZE_MAX || !was_approved(chain_state(&rows)))
			continue;
		chain_fact_add(loader, stock, chain_integer(&rows, MARK_CASE),
			       (struct case_fact){ .kind = CASE_OVERRIDE,
						   .name = str_copy(loader->store->arena,
								    chain_text(&rows, MARK_REASON)),
						   .from = chain_date(&rows, MARK_FROM),
						   .until = chain_date(&rows, MARK_UNTIL) });
	}
	return chain_done(&rows, error);
}

bool chain_load_facts(struct chain_loader *loader, struct error *error)
{
	struct list licences = LIST_OF(struct licence);
	bool is_loaded = load_deals(loader, &licences, error) && load_standards(loader, error) &&
			 load_awards(loader, error) && load_marks(loader, error);

	list_release(&licences);
	return is_loaded;
}
