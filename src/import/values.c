#include "import/values.h"

#include "base/strbuf.h"
#include "base/utf8.h"
#include "patent/claims.h"
#include "patent/dates.h"
#include "patent/event.h"
#include "patent/name.h"
#include "patent/number.h"
#include "patent/region.h"
#include "patent/status.h"

/* Keeps a column's value nobody could read. */
void value_keep_text(struct value_context *context, const struct value *value, struct str text)
{
	struct str parts[] = { text, value->header };

	if (context->keeps_unknown && text.size)
		publication_add_parts(context->publication, FACT_VENDOR, 0, parts, 2);
}

void value_add_once(struct value_context *context, enum fact_field field, struct str text)
{
	if (text.size && !publication_find(context->publication, field))
		publication_add(context->publication, field, 0, text);
}

static struct str office_known(const struct value_context *context)
{
	struct str office = publication_text(context->publication, FACT_OFFICE);

	return office.size ? office : context->office;
}

void value_add(struct value_context *context, const struct value *value)
{
	const struct fact_field_info *info = &fact_fields[value->field];
	fact_language language = info->has_language ? value->language : 0;

	if (info->has_language && !language)
		language = language_of_text(value->parts[0], office_known(context));
	if (!info->is_list)
		for (const struct fact *fact = publication_find(context->publication, value->field);
		     fact; fact = publication_next(context->publication, fact))
			if (fact->language == language)
				return; /* the first one told stands */
	publication_add_parts(context->publication, value->field, language, value->parts,
			      info->part_count);
}

/* ---- Dates */

/* YYYY-MM-DD, or empty. */
static struct str date_of_text(struct value_context *context, struct str text, bool *is_bad_out)
{
	char day[DATE_TEXT_SIZE];
	date d;
	enum dates_answer answer = dates_parse(text, &d);

	*is_bad_out = answer == DATES_NOT_A_DATE;
	if (answer == DATES_NOT_A_DATE || answer == DATES_EMPTY)
		return STR_EMPTY;
	return str_copy(context->arena, str_of(date_format(d, day)));
}

bool value_is_zeros(struct str text)
{
	for (size_t i = 0; i < text.size; i++)
		if (text.data[i] != '0')
			return false;
	return true;
}

struct str value_date(struct value_context *context, const struct value *value, struct str text)
{
	struct str day;
	bool is_bad;

	if (value_is_zeros(text))
		return STR_EMPTY;
	day = date_of_text(context, text, &is_bad);
	if (is_bad) {
		findings_add(context->findings, FINDING_DATE, text, 1);
		value_keep_text(context, value, text);
	}
	return day;
}

static void finish_date(struct value_context *context, struct value *value)
{
	value->parts[0] = value_date(context, value, value->parts[0]);
	if (value->parts[0].size)
		value_add(context, value);
}

struct str value_take_date(struct value_context *context, struct str text, struct str *rest_out)
{
	size_t start = 0;

	*rest_out = text;
	while (start < text.size) {
		size_t end = start;
		struct str word, day;
		date d;

		while (end < text.size && text.data[end] != ' ' && text.data[end] != ',')
			end++;
		word = str_slice(text, start, end);
		if (word.size >= 8 && dates_parse(word, &d) == DATES_DAY) {
			char written[DATE_TEXT_SIZE];

			day = str_copy(context->arena, str_of(date_format(d, written)));
			*rest_out = str_trim(str_of(
				arena_printf(context->arena, "%.*s %.*s",
					     STR_ARGS(str_trim(str_slice(text, 0, start))),
					     STR_ARGS(str_trim(str_slice(text, end, text.size))))));
			return day;
		}
		start = end + 1;
	}
	return STR_EMPTY;
}

struct str value_office_of(struct str word)
{
	size_t count;
	const struct office *offices = office_list(&count);

	if (word.size == 2 && office_find(word))
		return word;
	for (size_t i = 0; i < count; i++)
		if (str_equal_nocase(word, str_of(offices[i].en)) ||
		    str_equal_cstr(word, offices[i].zh))
			return str_of(offices[i].code);
	return STR_EMPTY;
}

/* ---- Persons */

/* "某某专利代理有限公司 11204": the number of the agency. */
static void take_agency_code(struct value *value)
{
	struct str name = value->parts[PERSON_NAME];
	size_t end = name.size;

	while (end && name.data[end - 1] >= '0' && name.data[end - 1] <= '9')
		end--;
	if (name.size - end != 5 || end == 0 || name.data[end - 1] != ' ')
		return;
	value->parts[PERSON_CODE] = str_slice(name, end, name.size);
	value->parts[PERSON_NAME] = str_trim(str_slice(name, 0, end));
}

/* "EXAMPLE GMBH [DE]": the country behind the name. */
static void take_country(struct value *value)
{
	struct str name = value->parts[PERSON_NAME];

	if (value->parts[PERSON_COUNTRY].size || name.size < 6 || !str_ends_with(name, STR("]")) ||
	    name.data[name.size - 4] != '[' ||
	    !office_find(str_slice(name, name.size - 3, name.size - 1)))
		return;
	value->parts[PERSON_COUNTRY] = str_slice(name, name.size - 3, name.size - 1);
	value->parts[PERSON_NAME] = str_trim(str_slice(name, 0, name.size - 4));
}

static bool has_person(const struct publication *publication, const struct value *value)
{
	for (const struct fact *fact = publication_find(publication, value->field); fact;
	     fact = publication_next(publication, fact))
		if (str_equal(fact->parts[PERSON_NAME], value->parts[PERSON_NAME]))
			return true;
	return false;
}

static void finish_person(struct value_context *context, struct value *value)
{
	struct str *parts = value->parts;

	if (value->field == FACT_AGENCY)
		take_agency_code(value);
	take_country(value);
	if (value_is_zeros(parts[PERSON_CODE]))
		parts[PERSON_CODE] = STR_EMPTY;
	if (parts[PERSON_COUNTRY].size)
		parts[PERSON_COUNTRY] = value_office_of(parts[PERSON_COUNTRY]);
	if (value_is_zeros(parts[PERSON_NAME]) || has_person(context->publication, value))
		return;
	value_add(context, value);
}

/* ---- Events and status */

static void finish_event(struct value_context *context, struct value *value)
{
	struct str *parts = value->parts, rest;
	bool is_bad;
	struct str day = date_of_text(context, parts[EVENT_DATE], &is_bad);

	if (is_bad && !value_is_zeros(parts[EVENT_DATE])) { /* an item of a list: date and words */
		day = value_take_date(context, parts[EVENT_DATE], &rest);
		if (parts[EVENT_TEXT].size == 0)
			parts[EVENT_TEXT] = rest;
		else if (day.size == 0)
			findings_add(context->findings, FINDING_DATE, parts[EVENT_DATE], 1);
	}
	parts[EVENT_DATE] = day;
	if (parts[EVENT_CODE].size == 0 && parts[EVENT_TEXT].size == 0)
		return;
	if (event_kind_of(context->office, parts[EVENT_CODE], parts[EVENT_TEXT]) == EVENT_UNKNOWN) {
		struct str words = parts[EVENT_CODE].size == 0
					   ? parts[EVENT_TEXT]
					   : str_of(arena_printf(context->arena, "%.*s %.*s",
								 STR_ARGS(parts[EVENT_CODE]),
								 STR_ARGS(parts[EVENT_TEXT])));

		findings_add(context->findings, FINDING_EVENT, words, 1);
	}
	value_add(context, value);
}

/* "授权 | 权利转移": the state and events in one cell; each word is to be known as either. */
static void finish_status(struct value_context *context, struct value *value)
{
	const struct str *words;
	size_t count = list_split(context->arena, value->parts[0], NULL, &words);

	for (size_t i = 0; i < count; i++)
		if (status_of_word(words[i]) == STATUS_UNKNOWN &&
		    event_kind_of(context->office, STR_EMPTY, words[i]) == EVENT_UNKNOWN)
			findings_add(context->findings, FINDING_STATUS, words[i], 1);
	value_add(context, value);
}

/* ---- Single words */

static void finish_type(struct value_context *context, struct value *value)
{
	enum patent_type type = patent_type_of(value->parts[0]);

	if (type == PATENT_TYPE_UNKNOWN) {
		findings_add(context->findings, FINDING_TYPE, value->parts[0], 1);
		value_keep_text(context, value, value->parts[0]);
		return;
	}
	value->parts[0] = str_of(patent_types[type].name);
	value_add(context, value);
}

static void finish_office(struct value_context *context, struct value *value)
{
	value->parts[0] = value_office_of(value->parts[0]);
	if (value->parts[0].size)
		value_add(context, value);
}

static void finish_language(struct value_context *context, struct value *value)
{
	fact_language language = language_of(value->parts[0]);
	char code[] = { (char)(language >> 8), (char)(language & 0xFF) };

	if (!language)
		return;
	value->parts[0] = str_copy(context->arena, (struct str){ code, sizeof(code) });
	value_add(context, value);
}

/* 1,234 and 1234.0 of spreadsheets. */
static void finish_count(struct value_context *context, struct value *value)
{
	struct str text = value->parts[0];
	int64_t count = 0;
	size_t i = 0;

	for (; i < text.size && count < INT32_MAX; i++) {
		if (text.data[i] >= '0' && text.data[i] <= '9')
			count = count * 10 + (text.data[i] - '0');
		else if (text.data[i] != ',')
			break;
	}
	if (text.size == 0 || i == 0 || (i < text.size && text.data[i] != '.')) {
		value_keep_text(context, value, text);
		return;
	}
	value->parts[0] = str_of(arena_printf(context->arena, "%lld", (long long)count));
	value_add(context, value);
}

static void finish_claim(struct value_context *context, struct value *value)
{
	struct claim_text claim = claim_number(value->parts[CLAIM_TEXT]);
	struct str written = value->parts[CLAIM_NUMBER];
	int64_t number = 0;

	while (written.size > 1 && written.data[0] == '0')
		written = str_slice(written, 1, written.size);
	if (written.size && !str_to_int64(written, &number))
		written = STR_EMPTY;
	if (!written.size && claim.number) {
		number = claim.number;
		written = str_of(arena_printf(context->arena, "%u", claim.number));
	}
	if (claim.number && claim.number == number)
		value->parts[CLAIM_TEXT] = claim.text;
	value->parts[CLAIM_NUMBER] = written;
	if (number > 0 && number < 10000)
		value->parts[CLAIM_PARENTS] = claim_parents(
			context->arena, value->parts[CLAIM_TEXT], (unsigned)number);
	if (value->parts[CLAIM_TEXT].size)
		value_add(context, value);
}

static void finish_text(struct value_context *context, struct value *value)
{
	value_add(context, value);
}

typedef void finish_fn(struct value_context *context, struct value *value);

static finish_fn *const finishers[FACT_FIELD_COUNT] = {
	[FACT_PUBLICATION_NUMBER] = value_publication_number,
	[FACT_APPLICATION_NUMBER] = value_application_number,
	[FACT_OFFICE] = finish_office,
	[FACT_TYPE] = finish_type,
	[FACT_LANGUAGE] = finish_language,
	[FACT_PUBLICATION_DATE] = finish_date,
	[FACT_APPLICATION_DATE] = finish_date,
	[FACT_FIRST_PUBLICATION_DATE] = finish_date,
	[FACT_GRANT_DATE] = finish_date,
	[FACT_EXPIRY_DATE] = finish_date,
	[FACT_LAPSE_DATE] = finish_date,
	[FACT_EXAMINATION_DATE] = finish_date,
	[FACT_PCT_ENTRY_DATE] = finish_date,
	[FACT_PCT_APPLICATION] = value_related_number,
	[FACT_PCT_PUBLICATION] = value_related_number,
	[FACT_DIVISIONAL_OF] = value_related_number,
	[FACT_PRIORITY] = value_priority,
	[FACT_FAMILY_MEMBER] = value_document_number,
	[FACT_TITLE] = finish_text,
	[FACT_ABSTRACT] = finish_text,
	[FACT_CLAIM] = finish_claim,
	[FACT_IPC] = value_class,
	[FACT_CPC] = value_class,
	[FACT_LOCARNO] = value_class,
	[FACT_APPLICANT] = finish_person,
	[FACT_OWNER] = finish_person,
	[FACT_INVENTOR] = finish_person,
	[FACT_AGENCY] = finish_person,
	[FACT_AGENT] = finish_person,
	[FACT_EXAMINER] = finish_person,
	[FACT_CITATION] = value_citation,
	[FACT_CITED_BY] = value_document_number,
	[FACT_STATUS] = finish_status,
	[FACT_EVENT] = finish_event,
	[FACT_COUNT_CITES] = finish_count,
	[FACT_COUNT_CITED_BY] = finish_count,
	[FACT_COUNT_CLAIMS] = finish_count,
	[FACT_COUNT_FAMILY] = finish_count,
	[FACT_COUNT_PAGES] = finish_count,
};

void value_finish(struct value_context *context, struct value *value)
{
	finish_fn *finish = finishers[value->field] ? finishers[value->field] : finish_text;

	for (size_t i = 0; i < FACT_PART_MAX; i++)
		if (value->parts[i].size)
			value->parts[i] = str_trim(value->parts[i]);
	finish(context, value);
}

/* ---- What follows from all of it */

static void copy_persons(struct publication *publication, enum fact_field from)
{
	size_t count = publication->count;

	for (size_t i = 0; i < count; i++) {
		struct fact fact = publication->facts[i];

		if (fact.field == from)
			publication_add_parts(publication, FACT_APPLICANT, fact.language,
					      fact.parts, 5);
	}
}

static void complete_type(struct value_context *context)
{
	struct number number;
	enum patent_type type = PATENT_TYPE_UNKNOWN;

	if (publication_find(context->publication, FACT_TYPE))
		return;
	if (number_parse_publication(
		    publication_text(context->publication, FACT_PUBLICATION_NUMBER), STR_EMPTY,
		    &number))
		type = number_type(&number);
	if (type == PATENT_TYPE_UNKNOWN &&
	    number_parse_application(
		    publication_text(context->publication, FACT_APPLICATION_NUMBER), STR_EMPTY,
		    &number))
		type = number_type(&number);
	if (type != PATENT_TYPE_UNKNOWN)
		publication_add(context->publication, FACT_TYPE, 0,
				str_of(patent_types[type].name));
}

static void complete_place(struct value_context *context)
{
	const struct fact *applicant = publication_find(context->publication, FACT_APPLICANT);
	struct region_answer answer;

	if (!applicant || applicant->parts[PERSON_ADDRESS].size == 0 ||
	    publication_find(context->publication, FACT_PROVINCE))
		return;
	if (applicant->parts[PERSON_COUNTRY].size &&
	    !str_equal_cstr(applicant->parts[PERSON_COUNTRY], "CN"))
		return;
	answer = region_of(applicant->parts[PERSON_ADDRESS]);
	if (answer.province)
		publication_add(context->publication, FACT_PROVINCE, 0,
				str_of(answer.province->name));
	if (answer.city)
		publication_add(context->publication, FACT_CITY, 0, str_of(answer.city->name));
}

void publication_complete(struct value_context *context, bool needs_applicant)
{
	struct publication *publication = context->publication;

	if (needs_applicant && !publication_find(publication, FACT_APPLICANT))
		copy_persons(publication, publication_find(publication, FACT_OWNER)
						  ? FACT_OWNER
						  : FACT_INVENTOR);
	if (!publication_find(publication, FACT_OFFICE)) {
		struct str office = str_slice(
			publication_text(publication, FACT_APPLICATION_NUMBER), 0, 2);

		if (office_find(office))
			publication_add(publication, FACT_OFFICE, 0, office);
	}
	complete_type(context);
	complete_place(context);
}
