#include "patent/event.h"
#include "patent/number.h"
#include "patent/publication_internal.h"

/*
 * When do two facts of a list mean the same? Their key parts must be alike, apart from blanks,
 * punctuation and the case of letters; a further part may be missing on one side, but when both
 * have it, it must be alike too. Joining too little is better than joining too much.
 */
struct sameness {
	uint16_t field;
	unsigned key_parts;   /* bits */
	unsigned agree_parts; /* bits: alike when both are given */
	bool is_number;       /* the key is a publication number: its kind may be missing */
};

#define PART(part) (1u << (part))

static const struct sameness sameness_rows[] = {
	{ FACT_FAMILY_MEMBER, PART(0), 0, true },
	{ FACT_IPC, PART(CLASS_SYMBOL), 0, false },
	{ FACT_CPC, PART(CLASS_SYMBOL), 0, false },
	{ FACT_LOCARNO, PART(CLASS_SYMBOL), 0, false },
	{ FACT_CITATION, PART(CITATION_NUMBER), 0, true },
	{ FACT_CITED_BY, PART(0), 0, true },
	{ FACT_NPL, PART(0), 0, false },
	{ FACT_KEYWORD, PART(0), 0, false },
	{ FACT_EVENT, PART(EVENT_DATE) | PART(EVENT_CODE) | PART(EVENT_TEXT),
	  PART(EVENT_FROM) | PART(EVENT_TO), false },
};

static const struct sameness *sameness_find(const struct fact *fact)
{
	static const struct sameness all_parts = { .key_parts = PART(FACT_PART_MAX) - 1 };

	for (size_t i = 0; i < sizeof(sameness_rows) / sizeof(sameness_rows[0]); i++)
		if (sameness_rows[i].field == fact->field)
			return &sameness_rows[i];
	return &all_parts;
}

static bool is_significant(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (unsigned char)c >= 0x80;
}

static char next_significant(struct str s, size_t *at)
{
	while (*at < s.size && !is_significant(s.data[*at]))
		(*at)++;
	if (*at == s.size)
		return 0;
	return s.data[(*at)++];
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool is_alike(struct str a, struct str b)
{
	size_t a_at = 0, b_at = 0;
	char a_char, b_char;

	do {
		a_char = lower(next_significant(a, &a_at));
		b_char = lower(next_significant(b, &b_at));
	} while (a_char == b_char && a_char != 0);
	return a_char == b_char;
}

/* FNV-1a over what is_alike() compares. */
static uint64_t alike_hash(struct str s)
{
	uint64_t hash = 0xCBF29CE484222325u;
	size_t at = 0;
	char c;

	while ((c = next_significant(s, &at)) != 0)
		hash = (hash ^ (unsigned char)lower(c)) * 0x100000001B3u;
	return hash;
}

static bool is_same_number(struct str a, struct str b)
{
	struct str a_kind = number_kind_of(a), b_kind = number_kind_of(b);

	return is_alike(number_without_kind(a), number_without_kind(b)) &&
	       (a_kind.size == 0 || b_kind.size == 0 || is_alike(a_kind, b_kind));
}

static bool do_parts_agree(const struct fact *a, const struct fact *b, unsigned parts)
{
	for (unsigned i = 0; i < FACT_PART_MAX; i++)
		if ((parts & PART(i)) && a->parts[i].size && b->parts[i].size &&
		    !is_alike(a->parts[i], b->parts[i]))
			return false;
	return true;
}

/*
 * Grant or lapse on one day is one event, whether a source writes the code or words. Of other
 * kinds (transfers, changes) there may be several on one day: EVENT_UNKNOWN, compared by words.
 */
static enum event_kind single_kind(const struct fact *event)
{
	enum event_kind kind = event_kind_of(STR_EMPTY, event->parts[EVENT_CODE],
					     event->parts[EVENT_TEXT]);

	return event_infos[kind].group == EVENT_GROUP_LIFE ? kind : EVENT_UNKNOWN;
}

static bool is_same_single_event(const struct fact *a, const struct fact *b)
{
	enum event_kind kind;

	if (a->field != FACT_EVENT || a->parts[EVENT_DATE].size == 0 ||
	    !is_alike(a->parts[EVENT_DATE], b->parts[EVENT_DATE]))
		return false;
	kind = single_kind(a);
	return kind != EVENT_UNKNOWN && kind == single_kind(b);
}

bool fact_means_same(const struct fact *a, const struct fact *b)
{
	const struct sameness *row = sameness_find(a);

	if (a->field != b->field || !do_parts_agree(a, b, row->agree_parts))
		return false;
	if (is_same_single_event(a, b))
		return true;
	if (row->is_number)
		return is_same_number(a->parts[0], b->parts[0]);
	for (unsigned i = 0; i < FACT_PART_MAX; i++)
		if ((row->key_parts & PART(i)) && !is_alike(a->parts[i], b->parts[i]))
			return false;
	return true;
}

uint64_t fact_meaning_hash(const struct fact *fact)
{
	const struct sameness *row = sameness_find(fact);
	uint64_t hash = fact->field;

	if (row->is_number)
		return alike_hash(number_without_kind(fact->parts[0]));
	if (fact->field == FACT_EVENT && fact->parts[EVENT_DATE].size &&
	    single_kind(fact) != EVENT_UNKNOWN)
		return alike_hash(fact->parts[EVENT_DATE]) + single_kind(fact);
	for (unsigned i = 0; i < FACT_PART_MAX; i++)
		if (row->key_parts & PART(i))
			hash = hash * 0x9E3779B97F4A7C15u + alike_hash(fact->parts[i]);
	return hash;
}
