#include "import/values.h"

#include "base/strbuf.h"
#include "base/utf8.h"
#include "patent/number.h"

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

void value_publication_number(struct value_context *context, struct value *value)
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
	value_add(context, value);
	value_add_once(context, FACT_KIND, str_copy(context->arena, str_of(number.kind)));
	if (office_find(str_slice(value->parts[0], 0, 2)))
		value_add_once(context, FACT_OFFICE, str_slice(value->parts[0], 0, 2));
}

/* "US 65784810 A", "US65784810": office and digits as they are. */
static struct str docdb_number(struct arena *arena, struct str text)
{
	struct str number = without_marks(arena, text);

	if (number.size && number.data[number.size - 1] >= 'A')
		number.size--;
	return str_starts_with(number, STR("US"))
		       ? number
		       : str_of(arena_printf(arena, "US%.*s", STR_ARGS(number)));
}

static struct str application_number(struct value_context *context, struct str text, bool checked)
{
	struct number number;

	if (context->docdb_numbers &&
	    (str_starts_with(text, STR("US")) || str_equal_cstr(context->office, "US")))
		return docdb_number(context->arena, text);
	if (number_parse_application(text, context->office, &number)) {
		if (checked)
			note_check(context, &number);
		return number_normal(context->arena, &number);
	}
	return STR_EMPTY;
}

void value_application_number(struct value_context *context, struct value *value)
{
	struct str text = value->parts[0];

	value->parts[0] = application_number(context, text, true);
	if (value->parts[0].size == 0) {
		findings_add(context->findings, FINDING_NUMBER, text, 1);
		if (resembles_number(text))
			value->parts[0] = without_marks(context->arena, text);
		else
			value_keep_text(context, value, text);
	}
	if (value->parts[0].size)
		value_add(context, value);
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

void value_related_number(struct value_context *context, struct value *value)
{
	struct str text = international_number(value->parts[0]), normal;

	if (value->field == FACT_PCT_PUBLICATION) {
		struct number number;

		normal = number_parse_publication(text, STR("WO"), &number)
				 ? number_normal(context->arena, &number)
				 : STR_EMPTY;
	} else {
		normal = application_number(context, text, false);
	}
	if (value->field == FACT_PCT_APPLICATION && normal.size == 0)
		normal = application_number(
			context, str_of(arena_printf(context->arena, "PCT/%.*s", STR_ARGS(text))),
			false);
	value->parts[0] = normal.size ? normal : without_marks(context->arena, text);
	value_add(context, value);
}

void value_document_number(struct value_context *context, struct value *value)
{
	struct number number;
	struct str office = context->office, text = value->parts[0];

	context->office = STR_EMPTY; /* citations are of all offices */
	value->parts[0] = publication_number(context, text, &number);
	context->office = office;
	if (value->parts[0].size) {
		value_add(context, value);
		return;
	}
	if (value->field == FACT_CITATION && text.size) { /* literature among the patents */
		struct value npl = { .field = FACT_NPL, .parts = { text } };

		value_add(context, &npl);
	}
}

/* ---- Priorities */

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

void value_priority(struct value_context *context, struct value *value)
{
	struct str *parts = value->parts, hint = context->office, normal, day;

	if (parts[PRIORITY_OFFICE].size)
		parts[PRIORITY_OFFICE] = value_office_of(parts[PRIORITY_OFFICE]);
	if (parts[PRIORITY_DATE].size)
		parts[PRIORITY_DATE] = value_date(context, value, parts[PRIORITY_DATE]);
	else if (str_find_byte(parts[PRIORITY_NUMBER], ' ') != STR_NOT_FOUND) {
		day = value_take_date(context, parts[PRIORITY_NUMBER], &parts[PRIORITY_NUMBER]);
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
		value_add(context, value);
}

/* ---- Citations */

/* Who cited, in the words of the offices; phases of DOCDB: APP is the applicant. */
static const struct {
	const char *words;
	const char *by;
} citers[] = {
	{ "cited by examiner", "examiner" },
	{ "cited by applicant", "applicant" },
	{ "cited by other", "applicant" },
	{ "cited by third party", "third-party" },
	{ "examiner", "examiner" },
	{ "applicant", "applicant" },
	{ "third-party", "third-party" },
	{ "APP", "applicant" },
	{ "SEA", "examiner" },
	{ "ISR", "examiner" },
	{ "EXA", "examiner" },
	{ "PRS", "examiner" },
	{ "SUP", "examiner" },
	{ "OPP", "third-party" },
	{ "TPO", "third-party" },
	{ "审查员", "examiner" },
	{ "申请人", "applicant" },
};

static struct str citer_of(struct str words)
{
	for (size_t i = 0; i < sizeof(citers) / sizeof(citers[0]); i++)
		if (str_equal_nocase(words, str_of(citers[i].words)))
			return str_of(citers[i].by);
	return STR_EMPTY;
}

void value_citation(struct value_context *context, struct value *value)
{
	struct str *parts = value->parts;

	parts[CITATION_BY] = citer_of(parts[CITATION_BY].size ? parts[CITATION_BY]
							      : parts[CITATION_PHASE]);
	value_document_number(context, value);
}
