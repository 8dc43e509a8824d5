#ifndef DEMO_INTERNAL_H
#define DEMO_INTERNAL_H

#include "base/list.h"
#include "demo/demo.h"
#include "demo/demo_random.h"

/*
 * How the collection comes about: vocabulary (data/demo) -> applicants with their teams -> cases,
 * one an application, by branch and year -> the life of each case -> those published by the
 * horizon, in order of filing -> citations among them -> numbers. Texts and facts are made from a
 * case when its publication is asked for.
 */
enum {
	DEMO_FIRST_YEAR = 2006,
	DEMO_LAST_YEAR = 2026,
	DEMO_YEARS = DEMO_LAST_YEAR - DEMO_FIRST_YEAR + 1,
	DEMO_EFFECTS_MAX = 12, /* of one field */
	DEMO_PARTNERS_MAX = 3
};
#define DEMO_SEED 20260928u
#define DEMO_NUMBERING_DAY                                                                         \
	date_of(2007, 8, 22) /* nine-digit numbers; nothing is published before */

struct demo_words {
	const struct str *items;
	size_t count;
};

/* A word of a constant table. */
#define DEMO_WORD(text)                                                                            \
	{                                                                                          \
		text, sizeof(text) - 1                                                             \
	}

struct demo_effect {
	struct str node, adjective;
	uint32_t weight;
	struct demo_words phrases;
};

struct demo_branch {
	size_t field;
	struct str node;
	const uint32_t *years; /* relative volume, DEMO_YEARS of them */
	uint32_t weight;
	int64_t utility; /* percent utility models */
	struct demo_words ipc, terms, objects, means;
	bool is_blank[DEMO_EFFECTS_MAX]; /* planted: no document has branch and effect */
};

struct demo_field_words {
	const char *code;
	struct str name, english, purpose, query, locarno;
	struct demo_words trades, scenes, methods, titles, steps;
	struct demo_effect *effects;
	size_t effect_count;
	size_t branch_first, branch_count; /* in demo->branches */
};

struct demo_city {
	struct str province, name;
	struct demo_words districts;
};

struct demo_foreigners {
	struct str country;
	struct demo_words names;
};

enum demo_course { DEMO_FLAT, DEMO_RISE, DEMO_FALL };

struct demo_team {
	size_t branch; /* what it works on */
	const struct str *members;
	size_t member_count;
};

struct demo_applicant {
	struct str name, type, country, province, city, district;
	const bool *in_field;  /* one a field */
	const bool *in_branch; /* one a branch: where it is strong */
	int from, to;
	enum demo_course course;
	uint32_t weight;
	int64_t granted; /* percent of its inventions that are granted */
	bool is_person;
	struct demo_team *teams;
	size_t team_count;
	uint32_t partners[DEMO_PARTNERS_MAX];
	size_t partner_count;
};

enum demo_type { DEMO_INVENTION, DEMO_UTILITY, DEMO_DESIGN };
enum demo_route { DEMO_ROUTE_NATIONAL, DEMO_ROUTE_PRIORITY /* Paris */, DEMO_ROUTE_PCT };
enum demo_end { DEMO_PENDING, DEMO_GRANTED, DEMO_REJECTED, DEMO_WITHDRAWN };

#define DEMO_NOBODY UINT32_MAX /* no applicant, no case */

/* One application. Dates that did not come about are DATE_NONE. */
struct demo_case {
	uint64_t key; /* of its streams of chance */
	uint32_t branch, applicant, partner /* or DEMO_NOBODY */, team;
	uint8_t effect, second_effect; /* equal: only one */
	uint8_t type, route, end;      /* enums above */
	uint8_t claims;
	date priority, filed, published, examined, closed, granted, lapsed, expires, national;
	bool is_annulled;                        /* lapsed by invalidation */
	uint32_t serial;                         /* of the application number */
	uint32_t first_number, grant_number;     /* digits of the publication numbers */
	uint32_t citation_first, citation_count; /* in demo->citations: cases cited */
	uint32_t cited_by;                       /* how often */
	uint8_t foreign;                         /* family members abroad */
};

struct demo {
	struct arena *arena;
	struct demo_field_words *fields;
	size_t field_count;
	struct demo_branch *branches;
	size_t branch_count;
	struct demo_city *cities;
	size_t city_count;
	uint32_t *city_sums;
	struct demo_foreigners *foreigners;
	size_t foreigner_count;
	struct demo_words surnames, given, stems, agencies;
	struct demo_words openings, closings, first_claims, claims, designs; /* sentences */
	struct demo_applicant *applicants;
	size_t applicant_count;
	struct demo_case *cases; /* by filing date */
	size_t case_count;
	uint32_t *citations;
	size_t citation_count;
	uint32_t *publications; /* case * 2, + 1 for the grant of a published application */
	size_t publication_count;
};

/* demo_vocabulary.c: fields, branches, effects, cities, names; and the applicants told there. */
bool demo_read_vocabulary(struct demo *demo, struct error *error) MUST_CHECK;
/* demo_applicants.c: the small ones, everyone's teams and partners. */
void demo_add_small_applicants(struct demo *demo, struct list *applicants);
void demo_make_teams(struct demo *demo);
/* demo_cases.c, demo_life.c, demo_citations.c, demo_numbers.c, in this order. */
void demo_make_cases(struct demo *demo);
void demo_live(const struct demo *demo, struct demo_case *application);
/* The gazette's next day: Wednesdays, since 2018 Tuesdays and Fridays. */
date demo_gazette_day(date day);
/* The day, or the first behind it on which offices work: weekends and the fixed days of rest. */
date demo_working_day(date day);
/* One of them between two days, or the first behind when there is none. */
date demo_draw_working_day(struct demo_random *random, date first, date last);
void demo_make_citations(struct demo *demo);
void demo_make_numbers(struct demo *demo);

/* Numbers as text, in the arena; demo_numbers.c too. */
struct str demo_application_number(struct arena *arena, const struct demo_case *application);
struct str demo_publication_number(struct arena *arena, const struct demo_case *application,
				   bool is_grant);
const char *demo_kind(const struct demo_case *application, bool is_grant);
/* The digits of the publication that is so many behind the first of a day. */
uint32_t demo_number_of_day(const struct demo_case *application, bool is_grant, date on,
			    uint32_t of_day);

/* demo_text.c: texts of one application, the same for each call; in the arena. */
struct demo_texts {
	struct str title, abstract;
	const struct str *claims; /* empty for most */
	size_t claim_count;
};
void demo_make_texts(const struct demo *demo, struct arena *arena,
		     const struct demo_case *application, struct demo_texts *texts_out);

/* demo_events.c: the legal events of one application in order of date, and who owns it now. */
struct demo_event {
	date on;
	const char *code, *text;
	struct str detail, from, to;
};
enum { DEMO_EVENTS_MAX = 16 };
struct demo_history {
	struct demo_event events[DEMO_EVENTS_MAX];
	size_t count;
	uint32_t owner; /* applicant */
	const char *status;
};
void demo_tell_history(const struct demo *demo, struct arena *arena,
		       const struct demo_case *application, struct demo_history *history_out);

/* What is told of an application instead of left to chance: one of a centre's own cases. */
struct demo_told {
	struct demo_words inventors, classes;
	struct str agency;
	struct demo_history history;
};
/* demo_facts.c: its first publication, or that of the grant. */
struct publication *demo_tell_publication(const struct demo *demo, struct arena *arena,
					  const struct demo_case *application,
					  const struct demo_told *told, bool is_grant);

/* demo_fill.c: a publication of this import, counted in its record. */
bool demo_put_publication(struct library *library, struct arena *arena,
			  struct publication *publication, struct import_record *record,
			  int64_t *application_out, struct error *error) MUST_CHECK;
/* demo_fill.c: a topic of the library's organisation, with its trees, unless it is there. */
bool demo_put_topic(struct library *library, struct arena *arena, const struct demo_topic *wanted,
		    date today, bool *is_new_out, struct error *error) MUST_CHECK;

struct str demo_pick(struct demo_random *random, struct demo_words words);

#endif
