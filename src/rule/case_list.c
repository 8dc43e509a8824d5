/* Cases from a sheet: the columns, the facts written in one cell, the order of the dates. */
#include "base/list.h"
#include "rule/patent_case.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum {
	COLUMN_ID,
	COLUMN_TITLE,
	COLUMN_TEXT,
	COLUMN_FIELD,
	COLUMN_FAMILY,
	COLUMN_OFFICE,
	COLUMN_PCT,
	COLUMN_DIVISIONAL,
	COLUMN_IPC,
	COLUMN_TYPE,
	COLUMN_ADJUSTMENT,
	COLUMN_ABROAD,
	COLUMN_PLEDGES,
	COLUMN_AWARDS,
	COLUMN_USES,
	COLUMN_OVERRIDE,
	COLUMN_NOTE,
	COLUMN_DATES, /* one for each enum case_date from here */
	COLUMN_COUNT = COLUMN_DATES + CASE_DATE_COUNT
};

enum { ADJUSTMENT_MAX = 3650, FACTS_MAX = 200, PATENTS_MAX = 10000 };
#define AMOUNT_YUAN_MAX 10000000000000.0

static const struct sheet_column columns[] = {
	[COLUMN_ID] = { "id", "number;编号;申请号;专利号;公开号", true },
	[COLUMN_TITLE] = { "title", "名称;标题;发明名称", false },
	[COLUMN_TEXT] = { "text", "摘要;abstract", false },
	[COLUMN_FIELD] = { "field", "关键技术领域;技术领域", false },
	[COLUMN_FAMILY] = { "family", "同族;族号", false },
	[COLUMN_OFFICE] = { "office", "country;国别;受理局", false },
	[COLUMN_PCT] = { "pct", "PCT申请号;国际申请号", false },
	[COLUMN_DIVISIONAL] = { "divisional_of", "母案;原案申请号", false },
	[COLUMN_IPC] = { "ipc", "IPC分类号;分类号", false },
	[COLUMN_TYPE] = { "type", "类型;专利类型", false },
	[COLUMN_ADJUSTMENT] = { "adjustment", "期限补偿天数", false },
	[COLUMN_ABROAD] = { "abroad", "foreign;海外授权;海外同族授权", false },
	[COLUMN_PLEDGES] = { "pledges", "pledge;质押", false },
	[COLUMN_AWARDS] = { "awards", "award;获奖", false },
	[COLUMN_USES] = { "uses", "use;implementation;实施;实施情况", false },
	[COLUMN_OVERRIDE] = { "override", "人工认定", false },
	[COLUMN_NOTE] = { "note", "备注", false },
	[COLUMN_DATES + CASE_FILED] = { "filed", "申请日;filing date", true },
	[COLUMN_DATES + CASE_PUBLISHED] = { "published", "公布日;公开日", false },
	[COLUMN_DATES + CASE_EXAMINED] = { "examined", "进入实审日;实审生效日", false },
	[COLUMN_DATES + CASE_GRANTED] = { "granted", "授权公告日;授权日", false },
	[COLUMN_DATES + CASE_REJECTED] = { "rejected", "驳回日;驳回决定收到日", false },
	[COLUMN_DATES + CASE_REVIEW_REQUESTED] = { "review_requested", "复审请求日", false },
	[COLUMN_DATES + CASE_REJECTION_UPHELD] = { "rejection_upheld", "维持驳回日", false },
	[COLUMN_DATES + CASE_REJECTION_REVERSED] = { "rejection_reversed", "撤销驳回日", false },
	[COLUMN_DATES + CASE_WITHDRAWN] = { "withdrawn", "撤回日;主动撤回日", false },
	[COLUMN_DATES + CASE_DEEMED_WITHDRAWN] = { "deemed_withdrawn", "视为撤回日;视撤日", false },
	[COLUMN_DATES +
		CASE_GRANT_ABANDONED] = { "grant_abandoned", "视为放弃取得专利权日", false },
	[COLUMN_DATES + CASE_RESTORED] = { "restored", "恢复日", false },
	[COLUMN_DATES + CASE_ENDED] = { "ended", "终止日;失效日", false },
	[COLUMN_DATES + CASE_END_KNOWN] = { "end_known", "终止公告日", false },
	[COLUMN_DATES + CASE_INVALIDATED] = { "invalidated", "全部无效日;无效日", false },
	[COLUMN_DATES + CASE_ABNORMAL] = { "abnormal", "非正常认定日", false },
	[COLUMN_DATES + CASE_ACQUIRED] = { "acquired", "受让日", false },
	[COLUMN_DATES + CASE_TRANSFERRED] = { "transferred", "转出日;转让日", false },
	[COLUMN_DATES + CASE_UNPAID] = { "unpaid", "年费欠缴日", false },
};
_Static_assert(COUNT(columns) == COLUMN_COUNT, "every date has a column");

/* The parts of one entry: "US:2021-05-06:2031-01-01". */
enum { PART_MAX = 6 };

struct entry {
	struct str parts[PART_MAX];
	size_t count;
};

static bool split_entry(struct str text, struct entry *entry_out)
{
	struct str part;

	*entry_out = (struct entry){ .count = 0 };
	while (str_split(&text, STR(":"), &part)) {
		if (entry_out->count == PART_MAX)
			return false;
		entry_out->parts[entry_out->count++] = str_trim(part);
	}
	return entry_out->count > 0 && entry_out->parts[0].size > 0;
}

static bool entry_date(const struct entry *entry, size_t part, date *date_out)
{
	*date_out = DATE_NONE;
	return part >= entry->count || !entry->parts[part].size ||
	       date_parse(entry->parts[part], date_out);
}

static bool entry_period(const struct entry *entry, size_t part, struct case_fact *fact)
{
	return entry_date(entry, part, &fact->from) && entry_date(entry, part + 1, &fact->until) &&
	       (fact->until == DATE_NONE || (fact->from != DATE_NONE && fact->from <= fact->until));
}

static bool named_period(const struct entry *entry, struct case_fact *fact)
{
	fact->name = entry->parts[0];
	return entry->count <= 3 && entry_period(entry, 1, fact);
}

/* registration:from:until:yuan of the package:patents in it */
static bool read_pledge(const struct entry *entry, struct case_fact *fact)
{
	double yuan;

	fact->name = entry->parts[0];
	fact->patents = 1;
	if (entry->count < 4 || entry->count > 5 || !entry_period(entry, 1, fact) ||
	    fact->from == DATE_NONE || !str_to_double(entry->parts[3], &yuan) || !(yuan >= 0) ||
	    yuan > AMOUNT_YUAN_MAX)
		return false;
	fact->amount = (int64_t)(yuan * 100 + 0.5);
	return entry->count == 4 || (str_to_int64(entry->parts[4], &fact->patents) &&
				     fact->patents >= 1 && fact->patents <= PATENTS_MAX);
}

/* S2:from:until:evidence:market+royalty */
static bool read_use(const struct entry *entry, struct case_fact *fact)
{
	struct str rest = entry->count > 4 ? entry->parts[4] : STR_EMPTY, word;
	size_t use = 0;

	while (use < USE_COUNT && !str_equal_nocase(entry->parts[0], str_of(case_uses[use].id)) &&
	       !sheet_is_word(entry->parts[0], case_uses[use].words))
		use++;
	if (use == USE_COUNT || entry->count > 5 || !entry_period(entry, 1, fact) ||
	    fact->from == DATE_NONE)
		return false;
	fact->use = (enum case_use)use;
	fact->name = entry->count > 3 ? entry->parts[3] : STR_EMPTY;
	while (str_split(&rest, STR("+"), &word)) {
		bool market = sheet_is_word(word, "market;上市"),
		     royalty = sheet_is_word(word, "royalty;使用费");

		if (word.size && !market && !royalty)
			return false;
		fact->on_market |= market;
		fact->with_royalty |= royalty;
	}
	return true;
}

static const struct {
	size_t column;
	enum case_fact_kind kind;
	bool (*read)(const struct entry *entry, struct case_fact *fact);
} fact_columns[] = {
	{ COLUMN_ABROAD, CASE_FOREIGN_GRANT, named_period },
	{ COLUMN_PLEDGES, CASE_PLEDGE, read_pledge },
	{ COLUMN_AWARDS, CASE_AWARD, named_period },
	{ COLUMN_USES, CASE_USE, read_use },
	{ COLUMN_OVERRIDE, CASE_OVERRIDE, named_period },
};

static bool read_facts(const struct sheet_reader *reader, struct list *facts, struct error *error)
{
	for (size_t i = 0; i < COUNT(fact_columns); i++) {
		struct str rest = sheet_text(reader, fact_columns[i].column), text;

		while (sheet_next_entry(&rest, &text)) {
			struct case_fact fact = { .kind = fact_columns[i].kind };
			struct entry entry;

			if (facts->count == FACTS_MAX || !split_entry(text, &entry) ||
			    !fact_columns[i].read(&entry, &fact))
				return sheet_error(reader, fact_columns[i].column,
						   "rule.case_entry", error);
			*(struct case_fact *)list_add(facts) = fact;
		}
	}
	return true;
}

/* Dates that cannot come before others. */
static const struct {
	enum case_date later, earlier;
	bool is_needed; /* the later one makes no sense without the earlier */
} orders[] = {
	{ CASE_PUBLISHED, CASE_FILED, true },
	{ CASE_EXAMINED, CASE_FILED, true },
	{ CASE_GRANTED, CASE_FILED, true },
	{ CASE_REJECTED, CASE_FILED, true },
	{ CASE_WITHDRAWN, CASE_FILED, true },
	{ CASE_DEEMED_WITHDRAWN, CASE_FILED, true },
	{ CASE_GRANT_ABANDONED, CASE_FILED, true },
	{ CASE_ABNORMAL, CASE_FILED, true },
	{ CASE_REVIEW_REQUESTED, CASE_REJECTED, true },
	{ CASE_REJECTION_UPHELD, CASE_REVIEW_REQUESTED, false },
	{ CASE_REJECTION_UPHELD, CASE_REJECTED, true },
	{ CASE_REJECTION_REVERSED, CASE_REJECTED, true },
	{ CASE_ENDED, CASE_GRANTED, true },
	{ CASE_END_KNOWN, CASE_ENDED, true },
	{ CASE_INVALIDATED, CASE_GRANTED, true },
	{ CASE_UNPAID, CASE_GRANTED, true },
	{ CASE_TRANSFERRED, CASE_ACQUIRED, false },
};

static bool check_order(const struct sheet_reader *reader, const struct patent_case *patent,
			struct error *error)
{
	for (size_t i = 0; i < COUNT(orders); i++) {
		date later = patent->dates[orders[i].later];
		date before = patent->dates[orders[i].earlier];

		if (later == DATE_NONE || (before == DATE_NONE && !orders[i].is_needed))
			continue;
		if (before == DATE_NONE || later < before) {
			sheet_error(reader, COLUMN_DATES + orders[i].later, "rule.case_order",
				    error);
			return error_hint(error, "%s",
					  columns[COLUMN_DATES + orders[i].earlier].name);
		}
	}
	return true;
}

static bool read_type(const struct sheet_reader *reader, struct patent_case *patent,
		      struct error *error)
{
	struct str word = sheet_text(reader, COLUMN_TYPE);

	patent->type = word.size ? patent_type_of(word) : PATENT_INVENTION;
	return patent->type != PATENT_TYPE_UNKNOWN ||
	       sheet_error(reader, COLUMN_TYPE, "rule.case_type", error);
}

static void read_texts(const struct sheet_reader *reader, struct patent_case *patent)
{
	patent->id = sheet_text(reader, COLUMN_ID);
	patent->title = sheet_text(reader, COLUMN_TITLE);
	patent->text = sheet_text(reader, COLUMN_TEXT);
	patent->field = sheet_text(reader, COLUMN_FIELD);
	patent->family = sheet_text(reader, COLUMN_FAMILY);
	patent->office = sheet_text(reader, COLUMN_OFFICE);
	patent->pct = sheet_text(reader, COLUMN_PCT);
	patent->divisional_of = sheet_text(reader, COLUMN_DIVISIONAL);
	patent->ipc = sheet_text(reader, COLUMN_IPC);
}

static bool read_case(struct arena *arena, const struct sheet_reader *reader,
		      struct patent_case *patent, struct error *error)
{
	struct list facts = LIST_OF(struct case_fact);

	read_texts(reader, patent);
	if (!patent->id.size)
		return sheet_error(reader, COLUMN_ID, "rule.sheet_empty", error);
	for (size_t i = 0; i < CASE_DATE_COUNT; i++)
		if (!sheet_date(reader, COLUMN_DATES + i, &patent->dates[i], error))
			return false;
	if (patent->dates[CASE_FILED] == DATE_NONE)
		return sheet_error(reader, COLUMN_DATES + CASE_FILED, "rule.sheet_empty", error);
	patent->is_examination_unknown = !sheet_has(reader, COLUMN_DATES + CASE_EXAMINED);
	if (!read_type(reader, patent, error) || !check_order(reader, patent, error) ||
	    !sheet_integer(reader, COLUMN_ADJUSTMENT, 0, ADJUSTMENT_MAX, 0, &patent->adjustment,
			   error))
		return false;
	if (!read_facts(reader, &facts, error)) {
		list_release(&facts);
		return false;
	}
	patent->facts = list_to_arena(&facts, arena, &patent->fact_count);
	return true;
}

bool case_list_read(struct arena *arena, const struct sheet *sheet, struct patent_case **cases_out,
		    size_t *count_out, struct error *error)
{
	struct sheet_reader reader;

	if (!sheet_begin(sheet, columns, COLUMN_COUNT, &reader, error))
		return false;
	*cases_out = arena_array(arena, struct patent_case, sheet->row_count + 1);
	*count_out = sheet->row_count;
	for (size_t i = 0; i < sheet->row_count; i++) {
		reader.row = &sheet->rows[i];
		if (!read_case(arena, &reader, &(*cases_out)[i], error))
			return false;
	}
	return true;
}
