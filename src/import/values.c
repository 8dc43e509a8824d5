#include "import/claims.h"
#include "import/map_internal.h"

#include "base/strbuf.h"
#include "base/utf8.h"
#include "patent/class.h"
#include "patent/dates.h"
#include "patent/event.h"
#include "patent/name.h"
#include "patent/number.h"
#include "patent/region.h"
#include "patent/status.h"

/* Keeps a column's value nobody could read. */
static void keep_text(struct value_context *context, const struct value *value, struct str text)
{
	struct str parts[] = { text, value->header };

	if (context->keeps_unknown && text.size)
		publication_add_parts(context->publication, FACT_VENDOR, 0, parts, 2);
}

static void add_once(struct value_context *context, enum fact_field field, struct str text)
{
	if (text.size && !publication_find(context->publication, field))
		publication_add(context->publication, field, 0, text);
}

static struct str office_known(const struct value_context *context)
{
	struct str office = publication_text(context->publication, FACT_OFFICE);

	return office.size ? office : context->office;
}

static void add_value(struct value_context *context, const struct value *value)
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

/* ---- Numbers */

static void note_check(struct value_context *context, const struct number *number)
{
	char written[NUMBER_TEXT_SIZE], right[NUMBER_TEXT_SIZE];

	if (number->check != NUMBER_CHECK_INVALID)
		return;
	number_text(number, written);
	number_text_corrected(number, right);
	findings_add(context->findings, FINDING_CHECK_DIGIT,
		     str_of(arena_printf(context->arena, "%s → %s", written, right)), 1);
}

/* Something that may stand as a number though nobody knows its form: digits, no Chinese. */
static bool resembles_number(struct str text)
{
	size_t digits = 0, at = 0;

	if (text.size < 3 || text.size > 40)
		return false;
	while (at < text.size) {
		uint32_t rune = utf8_next(text, &at);

		digits += rune >= '0' && rune <= '9';
		if (rune > 0x7F || rune == '\n')
			return false;
	}
	return digits >= 3;
}

static struct str without_marks(struct arena *arena, struct str text)
{
	char *copy = arena_alloc(arena, text.size + 1);
	size_t size = 0;

	for (size_t i = 0; i < text.size; i++)
		if (text.data[i] != ' ' && text.data[i] != '-')
			copy[size++] = text.data[i];
	return (struct str){ copy, size };
}

/* "EP-A1- 3 109 871" of EP search reports: office, kind, digits. */
static struct str kind_first(struct arena *arena, struct str text)
{
	size_t first = str_find_byte(text, '-'), second;
	struct str rest;

	if (first != 2)
		return text;
	rest = str_slice(text, 3, text.size);
	second = str_find_byte(rest, '-');
	if (second == STR_NOT_FOUND || second == 0 || second > 2)
		return text;
	return str_of(arena_printf(arena, "%.2s%.*s%.*s", text.data,
				   STR_ARGS(str_slice(rest, second + 1, rest.size)),
				   STR_ARGS(str_slice(rest, 0, second))));
}

/* Normal form of a publication number, or the text without blanks; empty when it is no number. */
static struct str publication_number(struct value_context *context, struct str text,
				     struct number *number_out)
{
	text = kind_first(context->arena, text);
	*number_out = (struct number){ 0 };
	if (number_parse_publication(text, context->office, number_out))
		return number_normal(context->arena, number_out);
	return resembles_number(text) ? without_marks(context->arena, text) : STR_EMPTY;
}

static void finish_publication_number(struct value_context *context, struct value *value)
{
	struct number number;
	struct str text = value->parts[0];

	value->parts[0] = publication_number(context, text, &number);
	if (number.what != NUMBER_PUBLICATION)
		findings_add(context->findings, FINDING_NUMBER, text, 1);
	if (value->parts[0].size == 0) {
		context->bad_number = true;
		context->number = text;
		return;
	}
	add_value(context, value);
	add_once(context, FACT_KIND, str_copy(context->arena, str_of(number.kind)));
	if (office_find(str_slice(value->parts[0], 0, 2)))
		add_once(context, FACT_OFFICE, str_slice(value->parts[0], 0, 2));
}

/* "US 65784810 A", "US65784810": office and digits as they are. */
static struct str docdb_number(struct arena *arena, struct str text)
{
	struct str number = without_marks(arena, text);

	if (number.size && number.data[number.size - 1] >= 'A')
		number.size--;
	return str_starts_with(number, STR("US")) ?
		       number : str_of(arena_printf(arena, "US%.*s", STR_ARGS(number)));
}

static struct str application_number(struct value_context *context, struct str text, bool checked)
{
	struct number number;

	if (context->docdb_numbers && (str_starts_with(text, STR("US")) ||
				       str_equal_cstr(context->office, "US")))
		return docdb_number(context->arena, text);
	if (number_parse_application(text, context->office, &number)) {
		if (checked)
			note_check(context, &number);
		return number_normal(context->arena, &number);
	}
	return STR_EMPTY;
}

static void finish_application_number(struct value_context *context, struct value *value)
{
	struct str text = value->parts[0];

	value->parts[0] = application_number(context, text, true);
	if (value->parts[0].size == 0) {
		findings_add(context->findings, FINDING_NUMBER, text, 1);
		if (resembles_number(text))
			value->parts[0] = without_marks(context->arena, text);
		else
			keep_text(context, value, text);
	}
	if (value->parts[0].size)
		add_value(context, value);
}

/* "2018.04.12 PCT/JP2018/015001": the gazette puts the date before the number. */
static struct str international_number(struct str text)
{
	struct str rest = text, word;

	while (str_split(&rest, STR(" "), &word))
		if (str_starts_with(word, STR("PCT")) || str_starts_with(word, STR("WO")))
			return word;
	return text;
}

static void finish_related_number(struct value_context *context, struct value *value)
{
	struct str text = international_number(value->parts[0]), normal;

	if (value->field == FACT_PCT_PUBLICATION) {
		struct number number;

		normal = number_parse_publication(text, STR("WO"), &number) ?
				 number_normal(context->arena, &number) : STR_EMPTY;
	} else {
		normal = application_number(context, text, false);
	}
	if (value->field == FACT_PCT_APPLICATION && normal.size == 0)
		normal = application_number(context, str_of(arena_printf(context->arena, "PCT/%.*s",
									 STR_ARGS(text))),
					    false);
	value->parts[0] = normal.size ? normal : without_marks(context->arena, text);
	add_value(context, value);
}

static void finish_document_number(struct value_context *context, struct value *value)
{
	struct number number;
	struct str office = context->office, text = value->parts[0];

	context->office = STR_EMPTY; /* citations are of all offices */
	value->parts[0] = publication_number(context, text, &number);
	context->office = office;
	if (value->parts[0].size) {
		add_value(context, value);
		return;
	}
	if (value->field == FACT_CITATION && text.size) { /* literature among the patents */
		struct value npl = { .field = FACT_NPL, .parts = { text } };

		add_value(context, &npl);
	}
}

/* ---- Dates */

/* YYYY-MM-DD, or empty; what is neither empty nor a date is a finding. */
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

static bool is_all_zeros(struct str text)
{
	for (size_t i = 0; i < text.size; i++)
		if (text.data[i] != '0')
			return false;
	return true;
}

static struct str date_or_finding(struct value_context *context, const struct value *value,
				  struct str text)
{
	struct str day;
	bool is_bad;

	if (is_all_zeros(text))
		return STR_EMPTY;
	day = date_of_text(context, text, &is_bad);
	if (is_bad) {
		findings_add(context->findings, FINDING_DATE, text, 1);
		keep_text(context, value, text);
	}
	return day;
}

static void finish_date(struct value_context *context, struct value *value)
{
	value->parts[0] = date_or_finding(context, value, value->parts[0]);
	if (value->parts[0].size)
		add_value(context, value);
}

/*
 * Takes the first word that is a whole date out of a text: "2017.10.20 实质审查的生效",
 * "US 83547206 P 20060804". *rest_out is the text without it.
 */
static struct str take_date(struct value_context *context, struct str text, struct str *rest_out)
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
			*rest_out = str_trim(str_of(arena_printf(
				context->arena, "%.*s %.*s", STR_ARGS(str_trim(str_slice(text, 0, start))),
				STR_ARGS(str_trim(str_slice(text, end, text.size))))));
			return day;
		}
		start = end + 1;
	}
	return STR_EMPTY;
}

/* ---- Priorities */

static struct str office_of(struct str word)
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

/* "60/583,450 US", "JP 2007-323712", "US 83547206 P": takes the office off. */
static void take_office(struct value_context *context, struct value *value)
{
	struct str rest = value->parts[PRIORITY_NUMBER], word;
	struct strbuf number = STRBUF_INIT;

	while (str_split(&rest, STR(" "), &word)) {
		if (value->parts[PRIORITY_OFFICE].size == 0 && word.size == 2 && office_find(word))
			value->parts[PRIORITY_OFFICE] = word;
		else if (word.size > 1 || number.size == 0) /* a letter behind it is the kind */
			strbuf_add_str(&number, word);
	}
	value->parts[PRIORITY_NUMBER] = str_copy(context->arena, strbuf_str(&number));
	strbuf_release(&number);
}

static void finish_priority(struct value_context *context, struct value *value)
{
	struct str *parts = value->parts, hint = context->office, normal, day;

	if (parts[PRIORITY_OFFICE].size)
		parts[PRIORITY_OFFICE] = office_of(parts[PRIORITY_OFFICE]);
	if (parts[PRIORITY_DATE].size)
		parts[PRIORITY_DATE] = date_or_finding(context, value, parts[PRIORITY_DATE]);
	else if (str_find_byte(parts[PRIORITY_NUMBER], ' ') != STR_NOT_FOUND) {
		day = take_date(context, parts[PRIORITY_NUMBER], &parts[PRIORITY_NUMBER]);
		parts[PRIORITY_DATE] = day;
	}
	if (str_find_byte(parts[PRIORITY_NUMBER], ' ') != STR_NOT_FOUND)
		take_office(context, value);
	if (parts[PRIORITY_NUMBER].size) {
		context->office = parts[PRIORITY_OFFICE];
		normal = application_number(context, parts[PRIORITY_NUMBER], false);
		context->office = hint;
		if (normal.size)
			parts[PRIORITY_NUMBER] = normal;
		else if (parts[PRIORITY_OFFICE].size &&
			 !str_starts_with(parts[PRIORITY_NUMBER], parts[PRIORITY_OFFICE]))
			parts[PRIORITY_NUMBER] = str_of(arena_printf(
				context->arena, "%.*s%.*s", STR_ARGS(parts[PRIORITY_OFFICE]),
				STR_ARGS(without_marks(context->arena, parts[PRIORITY_NUMBER]))));
		if (normal.size && parts[PRIORITY_OFFICE].size == 0 &&
		    office_find(str_slice(normal, 0, 2)))
			parts[PRIORITY_OFFICE] = str_slice(normal, 0, 2);
	}
	if (parts[PRIORITY_NUMBER].size || parts[PRIORITY_DATE].size)
		add_value(context, value);
}

/* ---- Classes */

static bool has_class(const struct publication *publication, enum fact_field field, struct str symbol)
{
	for (const struct fact *fact = publication_find(publication, field); fact;
	     fact = publication_next(publication, fact))
		if (str_equal(fact->parts[CLASS_SYMBOL], symbol))
			return true;
	return false;
}

/* 20060101 -> 2006.01 */
static struct str edition_of(struct arena *arena, struct str written)
{
	if (written.size != 8)
		return written;
	return str_of(arena_printf(arena, "%.4s.%.2s", written.data, written.data + 4));
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* （2006.01） -> (2006.01): full width forms of ASCII. */
static struct str half_width(struct arena *arena, struct str text)
{
	struct strbuf folded = STRBUF_INIT;
	struct str copy;
	size_t at = 0;

	if (str_find_byte(text, '\xEF') == STR_NOT_FOUND) /* first byte of all of them */
		return text;
	while (at < text.size) {
		uint32_t rune = utf8_next(text, &at);

		strbuf_add_rune(&folded, rune >= 0xFF01 && rune <= 0xFF5E ? rune - 0xFEE0 : rune);
	}
	copy = str_copy(arena, strbuf_str(&folded));
	strbuf_release(&folded);
	return copy;
}

/*
 * The seventh edition in USPTO's files has no slash: "A45F  504", "H01L 21302" -- the group is
 * three characters wide and the rest is the subgroup.
 */
static struct str with_slash(struct arena *arena, struct str text)
{
	if (text.size < 9 || text.size > 11 || text.data[0] < 'A' || text.data[0] > 'H' ||
	    !is_digit(text.data[1]) || !is_digit(text.data[2]) || text.data[3] < 'A' ||
	    text.data[3] > 'Z')
		return text;
	for (size_t i = 4; i < text.size; i++)
		if (!is_digit(text.data[i]) && (i > 5 || text.data[i] != ' '))
			return text;
	return str_of(arena_printf(arena, "%.4s%.*s/%.*s", text.data,
				   STR_ARGS(str_trim(str_slice(text, 4, 7))),
				   STR_ARGS(str_slice(text, 7, text.size))));
}

/* "I20051008RMEP": the end of an ST.8 symbol whose position was left blank. */
static bool is_symbol_tail(struct str text)
{
	if (text.size < 11 || text.data[0] < 'A' || text.data[0] > 'Z')
		return false;
	for (size_t i = 1; i < 9; i++)
		if (!is_digit(text.data[i]))
			return false;
	return true;
}

/* "21-01-C0293" and "21-01" among the classes: a design in a column of IPC. */
static bool add_locarno(struct value_context *context, const struct value *value, struct str text)
{
	struct class_symbol symbol;
	struct value design = { .field = FACT_LOCARNO, .header = value->header };

	if (value->field != FACT_IPC || text.size < 5 || text.data[2] != '-' ||
	    !class_parse(str_slice(text, 0, 5), CLASS_LOC, &symbol))
		return false;
	design.parts[CLASS_SYMBOL] = str_copy(context->arena, str_of(symbol.text));
	if (!has_class(context->publication, FACT_LOCARNO, design.parts[CLASS_SYMBOL]))
		add_value(context, &design);
	return true;
}

static void finish_class(struct value_context *context, struct value *value)
{
	enum class_scheme scheme = value->field == FACT_CPC     ? CLASS_CPC :
				   value->field == FACT_LOCARNO ? CLASS_LOC :
								  CLASS_IPC;
	struct str rest = with_slash(context->arena,
				     half_width(context->arena, value->parts[CLASS_SYMBOL]));
	struct str written;
	struct class_symbol symbol;

	while (class_next(&rest, scheme, &symbol, &written)) {
		struct value one = *value;

		if (symbol.level == CLASS_LEVEL_NONE) {
			if (is_symbol_tail(written) || add_locarno(context, value, written))
				continue;
			findings_add(context->findings, FINDING_CLASS, written, 1);
			keep_text(context, value, written);
			continue;
		}
		one.parts[CLASS_SYMBOL] = str_copy(context->arena, str_of(symbol.text));
		one.parts[CLASS_EDITION] = symbol.edition[0] ?
			str_copy(context->arena, str_of(symbol.edition)) :
			edition_of(context->arena, value->parts[CLASS_EDITION]);
		if (symbol.value)
			one.parts[CLASS_VALUE] = symbol.value == 'I' ? STR("I") : STR("A");
		if (!has_class(context->publication, value->field, one.parts[CLASS_SYMBOL]))
			add_value(context, &one);
	}
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
	if (is_all_zeros(parts[PERSON_CODE]))
		parts[PERSON_CODE] = STR_EMPTY;
	if (parts[PERSON_COUNTRY].size)
		parts[PERSON_COUNTRY] = office_of(parts[PERSON_COUNTRY]);
	if (is_all_zeros(parts[PERSON_NAME]) || has_person(context->publication, value))
		return;
	add_value(context, value);
}

/* ---- Citations, events, status */

/* Who cited, in the words of the offices; phases of DOCDB: APP is the applicant. */
static const struct {
	const char *words;
	const char *by;
} citers[] = {
	{ "cited by examiner", "examiner" }, { "cited by applicant", "applicant" },
	{ "cited by other", "applicant" },   { "cited by third party", "third-party" },
	{ "examiner", "examiner" },          { "applicant", "applicant" },
	{ "third-party", "third-party" },    { "APP", "applicant" },
	{ "SEA", "examiner" },               { "ISR", "examiner" },
	{ "EXA", "examiner" },               { "PRS", "examiner" },
	{ "SUP", "examiner" },               { "OPP", "third-party" },
	{ "TPO", "third-party" },            { "审查员", "examiner" },
	{ "申请人", "applicant" },
};

static struct str citer_of(struct str words)
{
	for (size_t i = 0; i < sizeof(citers) / sizeof(citers[0]); i++)
		if (str_equal_nocase(words, str_of(citers[i].words)))
			return str_of(citers[i].by);
	return STR_EMPTY;
}

static void finish_citation(struct value_context *context, struct value *value)
{
	struct str *parts = value->parts;

	parts[CITATION_BY] = citer_of(parts[CITATION_BY].size ? parts[CITATION_BY] :
								parts[CITATION_PHASE]);
	finish_document_number(context, value);
}

static void finish_event(struct value_context *context, struct value *value)
{
	struct str *parts = value->parts, rest;
	bool is_bad;
	struct str day = date_of_text(context, parts[EVENT_DATE], &is_bad);

	if (is_bad && !is_all_zeros(parts[EVENT_DATE])) { /* an item of a list: date and words */
		day = take_date(context, parts[EVENT_DATE], &rest);
		if (parts[EVENT_TEXT].size == 0)
			parts[EVENT_TEXT] = rest;
		else if (day.size == 0)
			findings_add(context->findings, FINDING_DATE, parts[EVENT_DATE], 1);
	}
	parts[EVENT_DATE] = day;
	if (parts[EVENT_CODE].size == 0 && parts[EVENT_TEXT].size == 0)
		return;
	if (event_kind_of(context->office, parts[EVENT_CODE], parts[EVENT_TEXT]) == EVENT_UNKNOWN) {
		struct str words = parts[EVENT_CODE].size == 0 ? parts[EVENT_TEXT] :
			str_of(arena_printf(context->arena, "%.*s %.*s", STR_ARGS(parts[EVENT_CODE]),
					    STR_ARGS(parts[EVENT_TEXT])));

		findings_add(context->findings, FINDING_EVENT, words, 1);
	}
	add_value(context, value);
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
	add_value(context, value);
}

/* ---- Single words */

static void finish_type(struct value_context *context, struct value *value)
{
	enum patent_type type = patent_type_of(value->parts[0]);

	if (type == PATENT_TYPE_UNKNOWN) {
		findings_add(context->findings, FINDING_TYPE, value->parts[0], 1);
		keep_text(context, value, value->parts[0]);
		return;
	}
	value->parts[0] = str_of(patent_types[type].name);
	add_value(context, value);
}

static void finish_office(struct value_context *context, struct value *value)
{
	value->parts[0] = office_of(value->parts[0]);
	if (value->parts[0].size)
		add_value(context, value);
}

static void finish_language(struct value_context *context, struct value *value)
{
	fact_language language = language_of(value->parts[0]);
	char code[] = { (char)(language >> 8), (char)(language & 0xFF) };

	if (!language)
		return;
	value->parts[0] = str_copy(context->arena, (struct str){ code, sizeof(code) });
	add_value(context, value);
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
		keep_text(context, value, text);
		return;
	}
	value->parts[0] = str_of(arena_printf(context->arena, "%lld", (long long)count));
	add_value(context, value);
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
		add_value(context, value);
}

static void finish_text(struct value_context *context, struct value *value)
{
	add_value(context, value);
}

typedef void finish_fn(struct value_context *context, struct value *value);

static finish_fn *const finishers[FACT_FIELD_COUNT] = {
	[FACT_PUBLICATION_NUMBER] = finish_publication_number,
	[FACT_APPLICATION_NUMBER] = finish_application_number,
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
	[FACT_PCT_APPLICATION] = finish_related_number,
	[FACT_PCT_PUBLICATION] = finish_related_number,
	[FACT_DIVISIONAL_OF] = finish_related_number,
	[FACT_PRIORITY] = finish_priority,
	[FACT_FAMILY_MEMBER] = finish_document_number,
	[FACT_TITLE] = finish_text,
	[FACT_ABSTRACT] = finish_text,
	[FACT_CLAIM] = finish_claim,
	[FACT_IPC] = finish_class,
	[FACT_CPC] = finish_class,
	[FACT_LOCARNO] = finish_class,
	[FACT_APPLICANT] = finish_person,
	[FACT_OWNER] = finish_person,
	[FACT_INVENTOR] = finish_person,
	[FACT_AGENCY] = finish_person,
	[FACT_AGENT] = finish_person,
	[FACT_EXAMINER] = finish_person,
	[FACT_CITATION] = finish_citation,
	[FACT_CITED_BY] = finish_document_number,
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
	if (number_parse_publication(publication_text(context->publication, FACT_PUBLICATION_NUMBER),
				     STR_EMPTY, &number))
		type = number_type(&number);
	if (type == PATENT_TYPE_UNKNOWN &&
	    number_parse_application(publication_text(context->publication, FACT_APPLICATION_NUMBER),
				     STR_EMPTY, &number))
		type = number_type(&number);
	if (type != PATENT_TYPE_UNKNOWN)
		publication_add(context->publication, FACT_TYPE, 0, str_of(patent_types[type].name));
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
		copy_persons(publication, publication_find(publication, FACT_OWNER) ?
						  FACT_OWNER : FACT_INVENTOR);
	if (!publication_find(publication, FACT_OFFICE)) {
		struct str office = str_slice(
			publication_text(publication, FACT_APPLICATION_NUMBER), 0, 2);

		if (office_find(office))
			publication_add(publication, FACT_OFFICE, 0, office);
	}
	complete_type(context);
	complete_place(context);
}
