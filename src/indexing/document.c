/* One application -> the cells of one index document (query/schema.h says what each column holds). */
#include "import/source.h"
#include "indexing/cells_internal.h"
#include "patent/class.h"
#include "patent/event.h"
#include "patent/name.h"
#include "patent/number.h"
#include "patent/region.h"
#include "patent/status.h"

#include <stdio.h>

/* ---- Facts that go into a column as they are. */

struct plain {
	enum fact_field field;
	unsigned part, column;
};

static const struct plain texts[] = {
	{ FACT_TITLE, 0, COL_TITLE },
	{ FACT_ABSTRACT, 0, COL_ABSTRACT },
	{ FACT_CLAIM, CLAIM_TEXT, COL_CLAIMS },
	{ FACT_DESCRIPTION, DESCRIPTION_TEXT, COL_DESCRIPTION },
	{ FACT_APPLICANT, PERSON_NAME, COL_APPLICANT_WORDS },
	{ FACT_OWNER, PERSON_NAME, COL_APPLICANT_WORDS },
	{ FACT_INVENTOR, PERSON_NAME, COL_INVENTOR_WORDS },
	{ FACT_AGENCY, PERSON_NAME, COL_AGENCY_WORDS },
	{ FACT_AGENT, PERSON_NAME, COL_AGENCY_WORDS },
	{ FACT_APPLICANT, PERSON_ADDRESS, COL_ADDRESS_WORDS },
};

static const struct plain names[] = {
	{ FACT_APPLICANT, PERSON_NAME, COL_APPLICANT }, { FACT_OWNER, PERSON_NAME, COL_OWNER },
	{ FACT_INVENTOR, PERSON_NAME, COL_INVENTOR },   { FACT_AGENCY, PERSON_NAME, COL_AGENCY },
	{ FACT_AGENT, PERSON_NAME, COL_AGENT },         { FACT_KEYWORD, 0, COL_KEYWORD },
};

static const struct plain codes[] = {
	{ FACT_OFFICE, 0, COL_OFFICE },
	{ FACT_KIND, 0, COL_KIND },
	{ FACT_APPLICANT, PERSON_COUNTRY, COL_APPLICANT_COUNTRY },
	{ FACT_LOCARNO, CLASS_SYMBOL, COL_LOCARNO },
	{ FACT_LANGUAGE, 0, COL_LANGUAGE },
	{ FACT_PRIORITY, PRIORITY_NUMBER, COL_PRIORITY_NUMBER },
};

/* What a source counts, and what it lists of it. */
static const struct {
	enum fact_field counted, listed;
	unsigned column;
} counts[] = {
	{ FACT_COUNT_CITED_BY, FACT_CITED_BY, COL_COUNT_CITED_BY },
	{ FACT_COUNT_CITES, FACT_CITATION, COL_COUNT_CITES },
	{ FACT_COUNT_CLAIMS, FACT_CLAIM, COL_COUNT_CLAIMS },
	{ FACT_COUNT_PAGES, FACT_NONE, COL_COUNT_PAGES },
};

#define COUNT_OF(table) (sizeof(table) / sizeof((table)[0]))
#define EACH_FACT(fact, facts, field)                                                              \
	const struct fact *fact = publication_find(facts, field);                                  \
	fact;                                                                                      \
	fact = publication_next(facts, fact)

typedef void add_fn(struct cells *cells, unsigned column, struct str text);

static void add_plain(struct cells *cells, const struct publication *facts,
		      const struct plain *table, size_t count, add_fn *add)
{
	for (size_t i = 0; i < count; i++)
		for (EACH_FACT(fact, facts, table[i].field))
			add(cells, table[i].column, fact->parts[table[i].part]);
}

/* The first of a list, for the columns that count each document once. */
static void add_first(struct cells *cells, const struct publication *facts)
{
	cells_folded(cells, COL_FIRST_APPLICANT, publication_text(facts, FACT_APPLICANT));
	cells_folded(cells, COL_FIRST_INVENTOR, publication_text(facts, FACT_INVENTOR));
}

/* ---- Numbers. */

static void add_publication_numbers(struct cells *cells, const struct publication *facts)
{
	for (EACH_FACT(fact, facts, FACT_PUBLICATION_NUMBER)) {
		cells_keyword(cells, COL_NUMBER, fact->parts[0]);
		cells_keyword(cells, COL_NUMBER, number_without_kind(fact->parts[0]));
	}
}

static void add_application_number(struct cells *cells, const struct publication *facts)
{
	struct str normal = publication_text(facts, FACT_APPLICATION_NUMBER);
	size_t point = str_find_byte(normal, '.');

	cells_keyword(cells, COL_APPLICATION_NUMBER, normal);
	if (point != STR_NOT_FOUND)
		cells_keyword(cells, COL_APPLICATION_NUMBER, str_slice(normal, 0, point));
}

static void add_cited_numbers(struct cells *cells, const struct publication *facts)
{
	for (EACH_FACT(fact, facts, FACT_CITATION))
		cells_keyword(cells, COL_CITES, number_without_kind(fact->parts[CITATION_NUMBER]));
	for (EACH_FACT(fact, facts, FACT_CITED_BY))
		cells_keyword(cells, COL_CITED_BY, number_without_kind(fact->parts[0]));
}

/* ---- Family: the id a source gives (ids of two sources never meet), else the least member. */

static struct str family_of(struct arena *arena, const struct publication *facts)
{
	const struct fact *id = publication_find(facts, FACT_FAMILY_SIMPLE);
	struct str least = publication_text(facts, FACT_PUBLICATION_NUMBER);
	bool has_member = false;

	if (id)
		return str_of(arena_printf(arena, "%u:%.*s", id->origin, STR_ARGS(id->parts[0])));
	for (EACH_FACT(fact, facts, FACT_FAMILY_MEMBER)) {
		has_member = true;
		if (least.size == 0 || str_compare(fact->parts[0], least) < 0)
			least = fact->parts[0];
	}
	return has_member ? number_without_kind(least) : STR_EMPTY;
}

static void add_family(struct cells *cells, const struct publication *facts)
{
	struct str own = publication_text(facts, FACT_OFFICE);
	int64_t members = 0, countries = own.size ? 1 : 0, given;
	uint64_t seen[(26 * 26 + 63) / 64] = { 0 };

	cells_keyword(cells, COL_FAMILY, family_of(cells->arena, facts));
	for (EACH_FACT(fact, facts, FACT_FAMILY_MEMBER)) {
		struct str office = str_slice(fact->parts[0], 0, 2);
		unsigned slot;

		members++;
		if (office.size < 2 || office.data[0] < 'A' || office.data[0] > 'Z' ||
		    office.data[1] < 'A' || office.data[1] > 'Z' || str_equal(office, own))
			continue;
		slot = (unsigned)(office.data[0] - 'A') * 26 + (unsigned)(office.data[1] - 'A');
		countries += !(seen[slot / 64] >> slot % 64 & 1);
		seen[slot / 64] |= (uint64_t)1 << slot % 64;
	}
	if (str_to_int64(publication_text(facts, FACT_COUNT_FAMILY), &given) && given > members)
		members = given;
	if (members)
		cells_number(cells, COL_COUNT_FAMILY, members);
	if (countries)
		cells_number(cells, COL_COUNT_COUNTRIES, countries);
}

/* ---- Classes, at every level that is counted. */

static const struct {
	enum class_level level;
	unsigned column;
} ipc_levels[] = {
	{ CLASS_LEVEL_SECTION, COL_IPC_SECTION },
	{ CLASS_LEVEL_CLASS, COL_IPC_CLASS },
	{ CLASS_LEVEL_SUBCLASS, COL_IPC_SUBCLASS },
	{ CLASS_LEVEL_MAIN_GROUP, COL_IPC_GROUP },
}, cpc_levels[] = {
	{ CLASS_LEVEL_SUBCLASS, COL_CPC_SUBCLASS },
	{ CLASS_LEVEL_MAIN_GROUP, COL_CPC_GROUP },
};

static void add_level(struct cells *cells, const struct publication *facts, enum fact_field field,
		      enum class_level level, unsigned column)
{
	for (EACH_FACT(fact, facts, field)) {
		struct str symbol = fact->parts[CLASS_SYMBOL];

		if (class_level_of(symbol) >= level)
			cells_keyword(cells, column, class_cut(symbol, level));
	}
}

static void add_technology_fields(struct cells *cells, const struct publication *facts)
{
	for (EACH_FACT(fact, facts, FACT_IPC)) {
		unsigned field = class_field(fact->parts[CLASS_SYMBOL]);

		if (field)
			cells_keyword(cells, COL_WIPO_FIELD,
				      str_of(arena_printf(cells->arena, "%02u", field)));
	}
}

static void add_classes(struct cells *cells, const struct publication *facts)
{
	cells_keyword(cells, COL_IPC_MAIN, publication_text(facts, FACT_IPC));
	add_level(cells, facts, FACT_IPC, CLASS_LEVEL_SUBGROUP, COL_IPC);
	for (size_t i = 0; i < COUNT_OF(ipc_levels); i++)
		add_level(cells, facts, FACT_IPC, ipc_levels[i].level, ipc_levels[i].column);
	add_level(cells, facts, FACT_CPC, CLASS_LEVEL_SUBGROUP, COL_CPC);
	for (size_t i = 0; i < COUNT_OF(cpc_levels); i++)
		add_level(cells, facts, FACT_CPC, cpc_levels[i].level, cpc_levels[i].column);
	add_technology_fields(cells, facts);
}

/* ---- Applicants: what sort they are, and where. */

static void add_applicant_types(struct cells *cells, const struct publication *facts)
{
	for (EACH_FACT(fact, facts, FACT_APPLICANT)) {
		enum applicant_type type = name_type_of_word(fact->parts[PERSON_TYPE]);

		if (type == APPLICANT_UNKNOWN)
			type = name_type(fact->parts[PERSON_NAME]);
		cells_keyword(cells, COL_APPLICANT_TYPE, str_of(applicant_types[type].name));
	}
}

/* What the source says, else the first applicant's address. */
static void add_region(struct cells *cells, const struct publication *facts)
{
	const struct fact *applicant = publication_find(facts, FACT_APPLICANT);
	struct region_answer told = region_of(publication_text(facts, FACT_PROVINCE));
	struct region_answer city = region_of(publication_text(facts, FACT_CITY));
	struct region_answer address = region_of(applicant ? applicant->parts[PERSON_ADDRESS]
							   : STR_EMPTY);
	const struct region *province = told.province   ? told.province
					: city.province ? city.province
							: address.province;
	const struct region *prefecture = city.city   ? city.city
					  : told.city ? told.city
						      : address.city;

	if (province)
		cells_keyword(cells, COL_PROVINCE, str_of(province->brief));
	if (prefecture)
		cells_keyword(cells, COL_CITY, str_of(prefecture->brief));
}

/* ---- Life. */

static void add_status(struct cells *cells, const struct application_view *view, date today)
{
	struct status_result result = status_of_publications(cells->arena, view->effective,
							     view->count, today);

	cells_keyword(cells, COL_STATUS, str_of(status_infos[result.status].name));
	cells_keyword(cells, COL_STATUS_GROUP, str_of(status_group_infos[result.group].name));
	cells_date(cells, COL_EXPIRES, result.expiry);
	if (result.group == STATUS_GROUP_DEAD)
		cells_date(cells, COL_LAPSED, result.since);
}

static void add_events(struct cells *cells, const struct publication *facts)
{
	struct str office = publication_text(facts, FACT_OFFICE);

	for (EACH_FACT(fact, facts, FACT_EVENT)) {
		enum event_kind kind = event_kind_of(office, fact->parts[EVENT_CODE],
						     fact->parts[EVENT_TEXT]);

		if (kind != EVENT_UNKNOWN)
			cells_keyword(cells, COL_EVENT, str_of(event_infos[kind].name));
	}
}

static void add_year(struct cells *cells, unsigned column, date day)
{
	if (day != DATE_NONE)
		cells_keyword(cells, column,
			      str_of(arena_printf(cells->arena, "%d", date_year(day))));
}

static date grant_date(const struct application_view *view)
{
	date granted = publication_date(view->answer, FACT_GRANT_DATE);

	for (size_t i = 0; i < view->count && granted == DATE_NONE; i++) {
		const struct publication *facts = view->effective[i];

		if (number_stage(publication_text(facts, FACT_OFFICE),
				 publication_text(facts, FACT_KIND)) == STAGE_GRANT)
			granted = publication_date(facts, FACT_PUBLICATION_DATE);
	}
	return granted;
}

static date first_publication_date(const struct application_view *view)
{
	date first = publication_date(view->answer, FACT_FIRST_PUBLICATION_DATE);

	for (size_t i = 0; i < view->count; i++) {
		date day = publication_date(view->effective[i], FACT_PUBLICATION_DATE);

		if (day != DATE_NONE && (first == DATE_NONE || day < first))
			first = day;
	}
	return first;
}

static void add_dates(struct cells *cells, const struct application_view *view)
{
	date filed = publication_date(view->answer, FACT_APPLICATION_DATE);
	date published = publication_date(view->answer, FACT_PUBLICATION_DATE);
	date granted = grant_date(view);

	cells_date(cells, COL_FILED, filed);
	cells_date(cells, COL_PUBLISHED, published);
	cells_date(cells, COL_GRANTED, granted);
	cells_date(cells, COL_FIRST_PUBLISHED, first_publication_date(view));
	add_year(cells, COL_YEAR_FILED, filed);
	add_year(cells, COL_YEAR_PUBLISHED, published);
	add_year(cells, COL_YEAR_GRANTED, granted);
}

/* The earliest priority's day and office; without one its own filing day and office. */
static void add_priority(struct cells *cells, const struct publication *facts)
{
	date earliest = publication_date(facts, FACT_APPLICATION_DATE), day;
	struct str office = publication_text(facts, FACT_OFFICE);

	for (EACH_FACT(fact, facts, FACT_PRIORITY)) {
		if (!date_parse(fact->parts[PRIORITY_DATE], &day) ||
		    (earliest != DATE_NONE && day >= earliest))
			continue;
		earliest = day;
		if (fact->parts[PRIORITY_OFFICE].size)
			office = fact->parts[PRIORITY_OFFICE];
	}
	cells_date(cells, COL_PRIORITY, earliest);
	cells_keyword(cells, COL_PRIORITY_COUNTRY, office);
}

/* ---- Counts. */

static int64_t count_facts(const struct publication *facts, enum fact_field field)
{
	int64_t count = 0;

	for (EACH_FACT(fact, facts, field))
		count++;
	return count;
}

/* The larger of what the source counts and what it lists. */
static void add_counts(struct cells *cells, const struct publication *facts)
{
	for (size_t i = 0; i < COUNT_OF(counts); i++) {
		int64_t listed = count_facts(facts, counts[i].listed), given;
		bool is_given = str_to_int64(publication_text(facts, counts[i].counted), &given);

		if (is_given || listed)
			cells_number(cells, counts[i].column,
				     is_given && given > listed ? given : listed);
	}
	if (publication_find(facts, FACT_INVENTOR))
		cells_number(cells, COL_COUNT_INVENTORS, count_facts(facts, FACT_INVENTOR));
	if (publication_find(facts, FACT_APPLICANT))
		cells_number(cells, COL_COUNT_APPLICANTS, count_facts(facts, FACT_APPLICANT));
}

/* ---- The type: as told, else as the number and its kind tell. */

static void add_type(struct cells *cells, const struct publication *facts)
{
	enum patent_type type = patent_type_of(publication_text(facts, FACT_TYPE));
	struct number number;

	for (EACH_FACT(fact, facts, FACT_PUBLICATION_NUMBER))
		if (type == PATENT_TYPE_UNKNOWN &&
		    number_parse_publication(fact->parts[0], STR_EMPTY, &number))
			type = number_type(&number);
	if (type == PATENT_TYPE_UNKNOWN &&
	    number_parse_application(publication_text(facts, FACT_APPLICATION_NUMBER), STR_EMPTY,
				     &number))
		type = number_type(&number);
	if (type != PATENT_TYPE_UNKNOWN)
		cells_keyword(cells, COL_TYPE, str_of(patent_types[type].name));
}

static void add_sources(struct cells *cells, const struct application *application)
{
	for (size_t i = 0; i < application->publication_count; i++)
		for (size_t f = 0; f < application->stored[i]->count; f++) {
			const struct source *source = source_of_origin(
				application->stored[i]->facts[f].origin);

			if (source)
				cells_keyword(cells, COL_SOURCE, str_of(source->name));
		}
}

void indexing_document(struct arena *arena, const struct application *application, date today,
		       struct document *document_out)
{
	struct cells cells = { .arena = arena };
	struct application_view view = application_view(arena, application);
	const struct publication *facts = view.answer;

	add_plain(&cells, facts, texts, COUNT_OF(texts), cells_text);
	add_plain(&cells, facts, names, COUNT_OF(names), cells_folded);
	add_plain(&cells, facts, codes, COUNT_OF(codes), cells_keyword);
	add_first(&cells, facts);
	add_publication_numbers(&cells, facts);
	add_application_number(&cells, facts);
	add_cited_numbers(&cells, facts);
	add_family(&cells, facts);
	add_classes(&cells, facts);
	add_applicant_types(&cells, facts);
	add_region(&cells, facts);
	add_status(&cells, &view, today);
	add_events(&cells, facts);
	add_dates(&cells, &view);
	add_priority(&cells, facts);
	add_counts(&cells, facts);
	add_type(&cells, facts);
	add_sources(&cells, application);
	*document_out = (struct document){ .id = application->id,
					   .cells = cells.items,
					   .cell_count = cells.count };
}
