#include "demo/demo_internal.h"
#include "patent/claims.h"

/* One publication being made. */
struct draft {
	const struct demo *demo;
	struct arena *arena;
	const struct demo_case *application;
	const struct demo_told *told; /* of a centre's own case; else NULL */
	const struct demo_branch *branch;
	const struct demo_field_words *field;
	struct demo_random random; /* drawn from alike for A and B, so that both tell the same */
	struct publication *publication;
	bool is_grant; /* a granted invention, published before */
	bool is_last;  /* the newest publication of its application */
};

static struct fact *add(struct draft *draft, enum fact_field field, struct str value)
{
	return publication_add(draft->publication, field, 0, value);
}

static struct fact *add_part(struct fact *fact, unsigned part, struct str value)
{
	if (fact && value.size > 0) {
		fact->parts[part] = value;
		if (fact->part_count <= part)
			fact->part_count = (uint8_t)(part + 1);
	}
	return fact;
}

static struct str day_text(struct draft *draft, date day)
{
	char text[DATE_TEXT_SIZE];

	return str_of(arena_printf(draft->arena, "%s", date_format(day, text)));
}

static void add_date(struct draft *draft, enum fact_field field, date day)
{
	if (day != DATE_NONE)
		add(draft, field, day_text(draft, day));
}

static void add_count(struct draft *draft, enum fact_field field, uint32_t count)
{
	add(draft, field, str_of(arena_printf(draft->arena, "%u", (unsigned)count)));
}

static void add_identity(struct draft *draft)
{
	static const char *const types[] = {
		[DEMO_INVENTION] = "invention", [DEMO_UTILITY] = "utility", [DEMO_DESIGN] = "design"
	};
	const struct demo_case *application = draft->application;

	add(draft, FACT_PUBLICATION_NUMBER,
	    demo_publication_number(draft->arena, application, draft->is_grant));
	add(draft, FACT_APPLICATION_NUMBER, demo_application_number(draft->arena, application));
	add(draft, FACT_KIND, str_of(demo_kind(application, draft->is_grant)));
	add(draft, FACT_OFFICE, STR("CN"));
	add(draft, FACT_TYPE, str_of(types[application->type]));
	add(draft, FACT_LANGUAGE, STR("zh"));
}

static void add_dates(struct draft *draft)
{
	const struct demo_case *application = draft->application;

	add_date(draft, FACT_PUBLICATION_DATE,
		 draft->is_grant ? application->granted : application->published);
	add_date(draft, FACT_APPLICATION_DATE, application->filed);
	add_date(draft, FACT_FIRST_PUBLICATION_DATE, application->published);
	if (draft->is_last) {
		add_date(draft, FACT_GRANT_DATE, application->granted);
		add_date(draft, FACT_EXPIRY_DATE, application->expires);
		add_date(draft, FACT_LAPSE_DATE, application->lapsed);
	}
	add_date(draft, FACT_EXAMINATION_DATE, application->examined);
	add_date(draft, FACT_PCT_ENTRY_DATE, application->national);
}

/* ---- Family and priority: numbers in ranges that no office has given out. */

/* before, the year (when the office writes it), between, five digits, behind. */
struct foreign_form {
	const char *office, *before;
	bool has_year;
	const char *between, *behind;
};
static const struct foreign_form members[] = {
	{ "WO", "WO", true, "9", "A1" },   { "US", "US", true, "99", "A1" },
	{ "EP", "EP99", false, "", "A1" }, { "JP", "JP", true, "9", "A" },
	{ "KR", "KR", true, "09", "A" },   { "DE", "DE10", true, "9", "A1" },
};
static const struct foreign_form firsts[] = {
	{ "US", "US99/", false, "9", "" }, { "JP", "JP", true, "9", "" },
	{ "KR", "KR10", true, "09", "" },  { "DE", "DE10", true, "9", "" },
	{ "FR", "FR", true, "9", "" },     { "NL", "NL", true, "9", "" },
};
enum {
	MEMBER_FORMS = sizeof(members) / sizeof(members[0]),
	FIRST_FORMS = sizeof(firsts) / sizeof(firsts[0]),
	SERIALS = 100000
};

static struct str foreign_number(struct arena *arena, const struct foreign_form *form, int year,
				 uint32_t serial)
{
	char *head = form->has_year ? arena_printf(arena, "%s%04d", form->before, year)
				    : arena_printf(arena, "%s", form->before);

	return str_of(arena_printf(arena, "%s%s%05u%s", head, form->between,
				   (unsigned)(serial % SERIALS), form->behind));
}

static uint32_t case_number(const struct draft *draft)
{
	return (uint32_t)(draft->application - draft->demo->cases);
}

static void add_priority(struct draft *draft)
{
	const struct demo_case *application = draft->application;
	struct str country = draft->demo->applicants[application->applicant].country;
	struct fact *fact;

	if (application->priority == DATE_NONE)
		return;
	for (size_t i = 0; i < FIRST_FORMS; i++) {
		if (!str_equal_cstr(country, firsts[i].office))
			continue;
		fact = add(draft, FACT_PRIORITY,
			   foreign_number(draft->arena, &firsts[i],
					  date_year(application->priority), case_number(draft)));
		add_part(fact, PRIORITY_DATE, day_text(draft, application->priority));
		add_part(fact, PRIORITY_OFFICE, country);
	}
}

static void add_pct(struct draft *draft)
{
	const struct demo_case *application = draft->application;
	struct str country = draft->demo->applicants[application->applicant].country;

	if (application->route != DEMO_ROUTE_PCT)
		return;
	add(draft, FACT_PCT_APPLICATION,
	    str_of(arena_printf(draft->arena, "PCT/%.*s%04d/9%05u", STR_ARGS(country),
				date_year(application->filed), (unsigned)case_number(draft))));
	add(draft, FACT_PCT_PUBLICATION,
	    foreign_number(draft->arena, &members[0],
			   date_year(date_add_months(application->priority, 18)),
			   case_number(draft)));
}

static void add_family(struct draft *draft)
{
	const struct demo_case *application = draft->application;
	int year = date_year(date_add_months(application->filed, 6));

	add_count(draft, FACT_COUNT_FAMILY, 1u + application->foreign);
	if (application->foreign == 0)
		return;
	add(draft, FACT_FAMILY_SIMPLE,
	    str_of(arena_printf(draft->arena, "DEMO%06u", (unsigned)case_number(draft))));
	add(draft, FACT_FAMILY_MEMBER,
	    demo_publication_number(draft->arena, application, draft->is_grant));
	for (uint32_t i = 0; i < application->foreign && i < MEMBER_FORMS; i++)
		add(draft, FACT_FAMILY_MEMBER,
		    foreign_number(draft->arena, &members[i], year, case_number(draft)));
}

/* ---- Texts and classes */

static void add_texts(struct draft *draft)
{
	struct demo_texts texts;

	demo_make_texts(draft->demo, draft->arena, draft->application, &texts);
	publication_add(draft->publication, FACT_TITLE, FACT_ZH, texts.title);
	publication_add(draft->publication, FACT_ABSTRACT, FACT_ZH, texts.abstract);
	for (size_t i = 0; i < texts.claim_count; i++) {
		struct fact *claim = publication_add(draft->publication, FACT_CLAIM, FACT_ZH,
						     texts.claims[i]);

		add_part(claim, CLAIM_NUMBER, str_of(arena_printf(draft->arena, "%zu", i + 1)));
		add_part(claim, CLAIM_PARENTS,
			 claim_parents(draft->arena, texts.claims[i], (unsigned)i + 1));
	}
	add_count(draft, FACT_COUNT_CLAIMS, draft->application->claims);
	add(draft, FACT_KEYWORD, draft->branch->node);
	add(draft, FACT_KEYWORD, draft->field->effects[draft->application->effect].node);
}

/*
 * The first class of the branch is always there, though not always as the main one; one document
 * in five carries one of another branch too.
 */
static void add_classes(struct draft *draft)
{
	struct demo_words own = draft->branch->ipc;
	struct demo_random *random = &draft->random;
	size_t first = demo_random_percent(random, 65) ? 0 : demo_random_below(random, own.count);
	size_t more = 1 + demo_random_below(random, own.count - 1);
	const struct demo_branch *other =
		&draft->demo->branches[draft->field->branch_first +
				       demo_random_below(random, draft->field->branch_count)];

	for (size_t i = 0; draft->told && i < draft->told->classes.count; i++)
		add(draft, FACT_IPC, draft->told->classes.items[i]);
	if (draft->told)
		return;
	if (draft->application->type == DEMO_DESIGN) {
		add(draft, FACT_LOCARNO, draft->field->locarno);
		return;
	}
	add(draft, FACT_IPC, own.items[first]);
	for (size_t i = 0; i < own.count && i <= more; i++)
		if (i != first)
			add(draft, FACT_IPC, own.items[i]);
	if (other != draft->branch && demo_random_percent(random, 20))
		add(draft, FACT_IPC, other->ipc.items[0]);
	if (demo_random_percent(random, 70))
		for (size_t i = 0; i < own.count && i < 3; i++)
			add(draft, FACT_CPC, own.items[i]);
}

/* ---- Persons */

static struct str address_of(struct draft *draft, const struct demo_applicant *applicant)
{
	if (applicant->city.size == 0)
		return STR_EMPTY;
	if (str_equal(applicant->province, applicant->city)) /* a municipality */
		return str_of(arena_printf(draft->arena, "%.*s%.*s示例路1号",
					   STR_ARGS(applicant->city),
					   STR_ARGS(applicant->district)));
	return str_of(arena_printf(draft->arena, "%.*s%.*s%.*s示例路1号",
				   STR_ARGS(applicant->province), STR_ARGS(applicant->city),
				   STR_ARGS(applicant->district)));
}

static void add_person(struct draft *draft, enum fact_field field, uint32_t number)
{
	const struct demo_applicant *applicant = &draft->demo->applicants[number];
	struct fact *fact = publication_add(draft->publication, field, FACT_ZH, applicant->name);

	add_part(fact, PERSON_TYPE, applicant->type);
	add_part(fact, PERSON_ADDRESS, address_of(draft, applicant));
	add_part(fact, PERSON_COUNTRY, applicant->country);
}

static void add_applicants(struct draft *draft)
{
	const struct demo_case *application = draft->application;
	const struct demo_applicant *first = &draft->demo->applicants[application->applicant];

	add_person(draft, FACT_APPLICANT, application->applicant);
	if (application->partner != DEMO_NOBODY)
		add_person(draft, FACT_APPLICANT, application->partner);
	add(draft, FACT_PROVINCE, first->province);
	add(draft, FACT_CITY, first->city);
	add(draft, FACT_COUNTY, first->district);
}

static void add_members(struct draft *draft, const struct demo_team *team, size_t most)
{
	struct demo_random *random = &draft->random;
	size_t count = 1 + demo_random_below(random,
					     most < team->member_count ? most : team->member_count);
	/* The head of a team stands first in every second application. */
	size_t start = demo_random_percent(random, 50)
			       ? 0
			       : demo_random_below(random, team->member_count);

	for (size_t i = 0; i < count; i++)
		publication_add(draft->publication, FACT_INVENTOR, FACT_ZH,
				team->members[(start + i) % team->member_count]);
}

static void add_inventors(struct draft *draft)
{
	const struct demo_case *application = draft->application;
	const struct demo_applicant *applicant = &draft->demo->applicants[application->applicant];

	if (draft->told) {
		for (size_t i = 0; i < draft->told->inventors.count; i++)
			publication_add(draft->publication, FACT_INVENTOR, FACT_ZH,
					draft->told->inventors.items[i]);
		return;
	}
	add_members(draft, &applicant->teams[application->team], 6);
	if (application->partner != DEMO_NOBODY) {
		applicant = &draft->demo->applicants[application->partner];
		add_members(
			draft,
			&applicant->teams[demo_random_below(&draft->random, applicant->team_count)],
			2);
	}
}

/* Every applicant keeps to one agency, most of the time; one in eight files without. */
static void add_agency(struct draft *draft)
{
	struct demo_words agencies = draft->demo->agencies;
	uint32_t own = draft->application->applicant % (uint32_t)agencies.count;

	if (draft->told)
		publication_add(draft->publication, FACT_AGENCY, FACT_ZH, draft->told->agency);
	if (draft->told || demo_random_percent(&draft->random, 12))
		return;
	publication_add(draft->publication, FACT_AGENCY, FACT_ZH,
			demo_random_percent(&draft->random, 85)
				? agencies.items[own]
				: demo_pick(&draft->random, agencies));
}

/* ---- Citations and life */

static struct str cited_number(struct draft *draft, uint32_t number)
{
	return demo_publication_number(draft->arena, &draft->demo->cases[number], false);
}

static void add_citations(struct draft *draft)
{
	static const struct str categories[] = { DEMO_WORD("X"), DEMO_WORD("Y"), DEMO_WORD("A"),
						 DEMO_WORD("A") };
	const struct demo_case *application = draft->application;

	/* Examiners cite in the granted text, or in the search that ends without a grant. */
	if (!draft->is_last || draft->told)
		return;
	for (uint32_t i = 0; i < application->citation_count; i++) {
		uint32_t cited = draft->demo->citations[application->citation_first + i];
		struct fact *fact = add(draft, FACT_CITATION, cited_number(draft, cited));

		add_part(fact, CITATION_CATEGORY, categories[demo_random_below(&draft->random, 4)]);
		add_part(fact, CITATION_BY, STR("examiner"));
	}
	add_count(draft, FACT_COUNT_CITES, application->citation_count);
	add_count(draft, FACT_COUNT_CITED_BY, application->cited_by);
}

static void add_event(struct draft *draft, const struct demo_event *event)
{
	struct fact *fact = add(draft, FACT_EVENT, day_text(draft, event->on));

	add_part(fact, EVENT_CODE, str_of(event->code));
	add_part(fact, EVENT_TEXT, str_of(event->text));
	add_part(fact, EVENT_DETAIL, event->detail);
	add_part(fact, EVENT_FROM, event->from);
	add_part(fact, EVENT_TO, event->to);
}

/* Told with the newest publication, as registers do. */
static void add_life(struct draft *draft)
{
	struct demo_history history;

	if (!draft->is_last)
		return;
	if (draft->told)
		history = draft->told->history;
	else
		demo_tell_history(draft->demo, draft->arena, draft->application, &history);
	add_person(draft, FACT_OWNER, history.owner);
	if (draft->application->partner != DEMO_NOBODY &&
	    history.owner == draft->application->applicant)
		add_person(draft, FACT_OWNER, draft->application->partner);
	for (size_t i = 0; i < history.count; i++)
		add_event(draft, &history.events[i]);
	add(draft, FACT_STATUS, str_of(history.status));
}

static struct publication *tell(struct draft *draft)
{
	const struct demo_case *application = draft->application;

	draft->is_last = draft->is_grant || application->type != DEMO_INVENTION ||
			 application->granted == DATE_NONE;
	draft->branch = &draft->demo->branches[application->branch];
	draft->field = &draft->demo->fields[draft->branch->field];
	draft->random = demo_random_of(DEMO_SEED + 10, application->key);
	draft->publication = publication_create(draft->arena);
	add_identity(draft);
	add_dates(draft);
	add_priority(draft);
	add_pct(draft);
	add_family(draft);
	add_texts(draft);
	add_classes(draft);
	add_applicants(draft);
	add_inventors(draft);
	add_agency(draft);
	add_citations(draft);
	add_life(draft);
	return draft->publication;
}

struct publication *demo_publication(const struct demo *demo, struct arena *arena, size_t i)
{
	struct draft draft = { .demo = demo,
			       .arena = arena,
			       .application = &demo->cases[demo->publications[i] / 2],
			       .is_grant = demo->publications[i] % 2 };

	return tell(&draft);
}

struct publication *demo_tell_publication(const struct demo *demo, struct arena *arena,
					  const struct demo_case *application,
					  const struct demo_told *told, bool is_grant)
{
	struct draft draft = { .demo = demo,
			       .arena = arena,
			       .application = application,
			       .told = told,
			       .is_grant = is_grant };

	return tell(&draft);
}
