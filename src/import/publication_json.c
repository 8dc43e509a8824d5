#include "import/publication_json.h"

/* Keys of the parts of a value, in order of its enum; a field without is written as a string. */
static const char *const person_parts[] = { "name", "type", "address", "country", "code", NULL };
static const char *const priority_parts[] = { "number", "date", "office", NULL };
static const char *const citation_parts[] = { "number", "category", "by", "phase", NULL };
static const char *const event_parts[] = { "date", "code", "text", "detail", "from", "to", NULL };

static const char *const *const part_names[FACT_FIELD_COUNT] = {
	[FACT_PRIORITY] = priority_parts, [FACT_APPLICANT] = person_parts,
	[FACT_OWNER] = person_parts,      [FACT_INVENTOR] = person_parts,
	[FACT_AGENCY] = person_parts,     [FACT_AGENT] = person_parts,
	[FACT_EXAMINER] = person_parts,   [FACT_CITATION] = citation_parts,
	[FACT_EVENT] = event_parts,
};

static void write_parts(const struct fact *fact, struct jsonout *json)
{
	const char *const *names = part_names[fact->field];

	jsonout_object_begin(json);
	for (unsigned i = 0; i < fact->part_count && names[i]; i++)
		if (fact->parts[i].size > 0)
			jsonout_member_str(json, names[i], fact->parts[i]);
	jsonout_object_end(json);
}

static void write_text(const struct fact *fact, struct jsonout *json)
{
	char language[] = { (char)(fact->language >> 8), (char)(fact->language & 0xFF), 0 };

	jsonout_object_begin(json);
	if (fact->language)
		jsonout_member_cstr(json, "lang", language);
	jsonout_member_str(json, "text", fact->parts[0]);
	jsonout_object_end(json);
}

static void write_claims(const struct publication *publication, const struct fact *fact,
			 struct jsonout *json)
{
	struct strbuf text = STRBUF_INIT;

	for (; fact; fact = publication_next(publication, fact)) {
		if (text.size > 0)
			strbuf_add_byte(&text, '\n');
		if (fact->part_count > CLAIM_NUMBER && fact->parts[CLAIM_NUMBER].size > 0) {
			strbuf_add_str(&text, fact->parts[CLAIM_NUMBER]);
			strbuf_add_cstr(&text, ". ");
		}
		strbuf_add_str(&text, fact->parts[CLAIM_TEXT]);
	}
	jsonout_str(json, strbuf_str(&text));
	strbuf_release(&text);
}

static void write_value(const struct fact *fact, struct jsonout *json)
{
	if (part_names[fact->field])
		write_parts(fact, json);
	else if (fact->field == FACT_TITLE || fact->field == FACT_ABSTRACT)
		write_text(fact, json);
	else
		jsonout_str(json, fact->parts[0]);
}

static void write_field(const struct publication *publication, const struct fact *fact,
			struct jsonout *json)
{
	const struct fact_field_info *info = &fact_fields[fact->field];

	jsonout_key(json, info->name);
	if (fact->field == FACT_CLAIM) {
		write_claims(publication, fact, json);
		return;
	}
	if (!info->is_list && !info->has_language) {
		write_value(fact, json);
		return;
	}
	jsonout_array_begin(json);
	for (; fact; fact = publication_next(publication, fact))
		write_value(fact, json);
	jsonout_array_end(json);
}

void publication_write_json(const struct publication *publication, struct jsonout *json)
{
	for (unsigned field = FACT_NONE + 1; field < FACT_FIELD_COUNT; field++) {
		const struct fact *fact = publication_find(publication, (enum fact_field)field);

		if (fact && field != FACT_DESCRIPTION && field != FACT_NPL && field != FACT_VENDOR)
			write_field(publication, fact, json);
	}
}
