/* From the facts of an application's publications to what status_of() asks for. */
#include "patent/status.h"

struct gathered {
	struct arena *arena;
	struct status_input input;
	struct status_event events[STATUS_EVENTS_MAX];
	struct str *unknown;
	size_t unknown_count;
	uint32_t word_import;
};

static void add_unknown(struct gathered *gathered, struct str word)
{
	enum { UNKNOWN_MAX = 32 };

	for (size_t i = 0; i < gathered->unknown_count; i++)
		if (str_equal(gathered->unknown[i], word))
			return;
	if (word.size == 0 || gathered->unknown_count == UNKNOWN_MAX)
		return;
	if (!gathered->unknown)
		gathered->unknown = arena_array(gathered->arena, struct str, UNKNOWN_MAX);
	gathered->unknown[gathered->unknown_count++] = word;
}

static void add_event(struct gathered *gathered, date on, enum event_kind kind)
{
	if (gathered->input.event_count < STATUS_EVENTS_MAX)
		gathered->events[gathered->input.event_count++] = (struct status_event){ on, kind };
}

static void gather_events(struct gathered *gathered, const struct publication *publication)
{
	struct str office = publication_text(publication, FACT_OFFICE);
	const struct fact *fact = publication_find(publication, FACT_EVENT);

	for (; fact; fact = publication_next(publication, fact)) {
		struct str code = fact->parts[EVENT_CODE], text = fact->parts[EVENT_TEXT];
		enum event_kind kind = event_kind_of(office, code, text);
		date on;

		if (!date_parse(fact->parts[EVENT_DATE], &on))
			on = DATE_NONE;
		if (kind == EVENT_UNKNOWN)
			add_unknown(gathered, text.size ? text : code);
		else
			add_event(gathered, on, kind);
	}
}

/* The word imported last; a word that is an event (权利转移) is known, though no status. */
static void gather_word(struct gathered *gathered, const struct publication *publication)
{
	const struct fact *fact = publication_find(publication, FACT_STATUS);

	if (!fact || (gathered->input.word.size && fact->import_id <= gathered->word_import))
		return;
	gathered->input.word = fact->parts[0];
	gathered->word_import = fact->import_id;
	if (status_of_word(fact->parts[0]) == STATUS_UNKNOWN &&
	    event_kind_of(STR_EMPTY, STR_EMPTY, fact->parts[0]) == EVENT_UNKNOWN)
		add_unknown(gathered, fact->parts[0]);
}

static void keep_earlier(date *kept, date day)
{
	if (day != DATE_NONE && (*kept == DATE_NONE || day < *kept))
		*kept = day;
}

static void keep_later(date *kept, date day)
{
	if (day != DATE_NONE && day > *kept)
		*kept = day;
}

static void gather_kind(struct gathered *gathered, const struct publication *publication)
{
	struct str office = publication_text(publication, FACT_OFFICE);
	struct str kind = publication_text(publication, FACT_KIND);
	date on = publication_date(publication, FACT_PUBLICATION_DATE);
	enum number_stage stage = number_stage(office, kind);
	struct status_input *input = &gathered->input;

	if (on > input->as_of || stage == STAGE_UNKNOWN || stage == STAGE_OTHER)
		return;
	if (stage == STAGE_LIMITED)
		add_event(gathered, on, EVENT_PARTIAL_INVALIDATION);
	if (stage == STAGE_GRANT)
		keep_earlier(&input->grant, on);
	if (stage > input->stage)
		input->stage = stage;
}

static enum patent_type type_of(const struct publication *publication)
{
	enum patent_type type = patent_type_of(publication_text(publication, FACT_TYPE));
	struct number number;

	if (type != PATENT_TYPE_UNKNOWN)
		return type;
	number_parse(publication_text(publication, FACT_PUBLICATION_NUMBER),
		     publication_text(publication, FACT_OFFICE), &number);
	return number_type(&number);
}

static void gather(struct gathered *gathered, const struct publication *publication)
{
	struct status_input *input = &gathered->input;

	gather_events(gathered, publication);
	gather_word(gathered, publication);
	gather_kind(gathered, publication);
	if (input->type == PATENT_TYPE_UNKNOWN)
		input->type = type_of(publication);
	if (input->office.size == 0)
		input->office = publication_text(publication, FACT_OFFICE);
	keep_earlier(&input->filing, publication_date(publication, FACT_APPLICATION_DATE));
	keep_earlier(&input->grant, publication_date(publication, FACT_GRANT_DATE));
	keep_later(&input->lapse, publication_date(publication, FACT_LAPSE_DATE));
	keep_later(&input->expiry, publication_date(publication, FACT_EXPIRY_DATE));
}

struct status_result status_of_publications(struct arena *arena,
					    struct publication *const *effective, size_t count,
					    date as_of)
{
	struct gathered *gathered = arena_new(arena, struct gathered);
	struct status_result result;

	gathered->arena = arena;
	gathered->input = (struct status_input){ .events = gathered->events,
						 .filing = DATE_NONE,
						 .grant = DATE_NONE,
						 .lapse = DATE_NONE,
						 .expiry = DATE_NONE,
						 .as_of = as_of };
	for (size_t i = 0; i < count; i++)
		gather(gathered, effective[i]);
	result = status_of(&gathered->input);
	result.unknown = gathered->unknown;
	result.unknown_count = gathered->unknown_count;
	return result;
}
