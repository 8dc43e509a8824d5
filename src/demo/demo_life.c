#include "demo/demo_internal.h"

enum {
	TUESDAY = 1, /* Monday is 0 */
	WEDNESDAY = 2,
	THURSDAY = 3, /* 1970-01-01 */
	FRIDAY = 4,
	SATURDAY = 5,
	WEEK = 7,
	EARLY_PERCENT = 52,
	MONTHS_TO_PUBLICATION = 18,
	MONTHS_TO_NATIONAL_PHASE = 30
};

/* Days of rest that move with the moon are left out. */
static bool is_day_of_rest(date d)
{
	static const struct {
		int month, first, last;
	} rest[] = { { 1, 1, 1 }, { 5, 1, 5 }, { 10, 1, 7 } };

	for (size_t i = 0; i < sizeof(rest) / sizeof(rest[0]); i++)
		if (d >= date_of(date_year(d), rest[i].month, rest[i].first) &&
		    d <= date_of(date_year(d), rest[i].month, rest[i].last))
			return true;
	return (d + THURSDAY) % WEEK >= SATURDAY;
}

date demo_working_day(date d)
{
	while (is_day_of_rest(d))
		d++;
	return d;
}

date demo_draw_working_day(struct demo_random *random, date first, date last)
{
	enum { TRIES = 12 };
	date d = first;

	for (int i = 0; i < TRIES; i++) {
		d = (date)demo_random_between(random, first, last);
		if (!is_day_of_rest(d))
			break;
	}
	return demo_working_day(d);
}

date demo_gazette_day(date d)
{
	for (;; d++) {
		int weekday = (d + THURSDAY) % WEEK;

		if (date_year(d) < 2018 ? weekday == WEDNESDAY
					: weekday == TUESDAY || weekday == FRIDAY)
			return d;
	}
}

/* How a foreign applicant's filing came to China. */
static void come_from_abroad(struct demo_random *random, struct demo_case *application)
{
	application->priority = application->filed - demo_random_between(random, 320, 365);
	if (application->type == DEMO_INVENTION && demo_random_percent(random, 55)) {
		application->route = DEMO_ROUTE_PCT;
		application->national = date_add_months(application->priority,
							MONTHS_TO_NATIONAL_PHASE) -
					demo_random_between(random, 0, 60);
	} else {
		application->route = DEMO_ROUTE_PRIORITY;
	}
}

static date publication_day(struct demo_random *random, const struct demo_case *application)
{
	date due = date_add_months(application->filed, MONTHS_TO_PUBLICATION);

	if (application->route == DEMO_ROUTE_PCT)
		return application->national + demo_random_between(random, 80, 190);
	if (application->route == DEMO_ROUTE_PRIORITY) {
		due = date_add_months(application->priority, MONTHS_TO_PUBLICATION);
		if (due < application->filed + 90)
			due = application->filed + 90;
		return due + demo_random_between(random, 0, 20);
	}
	if (demo_random_percent(random, EARLY_PERCENT))
		return application->filed + demo_random_between(random, 75, 330);
	return due + demo_random_between(random, 0, 14);
}

/* Days from the start of examination to the decision: shorter in later years. */
static int examination_days(struct demo_random *random, date filed)
{
	int year = date_year(filed);

	if (year < 2012)
		return demo_random_between(random, 650, 1250);
	if (year < 2019)
		return demo_random_between(random, 420, 980);
	return demo_random_between(random, 220, 640);
}

static void examine(const struct demo *demo, struct demo_random *random,
		    struct demo_case *application)
{
	const struct demo_applicant *applicant = &demo->applicants[application->applicant];
	date asked = application->published + demo_random_between(random, 14, 50);

	if (demo_random_percent(random, 4)) { /* examination never asked for */
		application->end = DEMO_WITHDRAWN;
		application->closed = demo_gazette_day(date_add_months(application->filed, 40));
		return;
	}
	if (demo_random_percent(random, 12))
		asked += demo_random_between(random, 60, 500);
	application->examined = demo_gazette_day(asked);
	application->closed = demo_gazette_day(application->examined +
					       examination_days(random, application->filed));
	if (demo_random_percent(random, applicant->granted))
		application->end = DEMO_GRANTED;
	else
		application->end = demo_random_percent(random, 55) ? DEMO_REJECTED : DEMO_WITHDRAWN;
}

static void forget_the_future(struct demo_case *application)
{
	if (application->examined != DATE_NONE && application->examined > DEMO_HORIZON)
		application->examined = DATE_NONE;
	if (application->closed > DEMO_HORIZON) {
		application->closed = DATE_NONE;
		application->end = DEMO_PENDING;
	}
	if (application->end == DEMO_GRANTED)
		application->granted = application->closed;
}

/* Years of protection from filing: designs filed from 2021-06-01 have 15. */
static int term_years(const struct demo_case *application)
{
	if (application->type == DEMO_INVENTION)
		return 20;
	if (application->type == DEMO_DESIGN && application->filed >= date_of(2021, 6, 1))
		return 15;
	return 10;
}

/* Percent of the owners that let the patent lapse in a year. */
static int64_t lapse_percent(const struct demo *demo, const struct demo_case *application,
			     int year_of_patent)
{
	const struct demo_applicant *applicant = &demo->applicants[application->applicant];
	int64_t percent = application->type == DEMO_INVENTION ? 3 : 11;

	if (applicant->is_person)
		percent += 9;
	if (str_equal_cstr(applicant->type, "university"))
		percent += 4;
	if (year_of_patent > 10)
		percent += year_of_patent - 10;
	return percent;
}

static void hold(const struct demo *demo, struct demo_random *random, struct demo_case *application)
{
	int term = term_years(application);

	application->expires = date_add_months(application->filed, term * 12) - 1;
	for (int year = 1; year < term; year++) {
		date due = date_add_months(application->filed, year * 12);

		if (due <= application->granted ||
		    !demo_random_percent(random, lapse_percent(demo, application, year)))
			continue;
		application->lapsed = due;
		break;
	}
	if (application->type == DEMO_INVENTION && demo_random_below(random, 400) == 0) {
		application->is_annulled = true;
		application->lapsed = application->granted + demo_random_between(random, 500, 1500);
	}
	if (application->lapsed == DATE_NONE)
		application->lapsed = application->expires;
	/* The gazette tells of a lapse months later: see demo_events.c. */
	if (application->lapsed > DEMO_HORIZON - 300) {
		application->lapsed = DATE_NONE;
		application->is_annulled = false;
	}
}

static uint8_t members_abroad(const struct demo *demo, struct demo_random *random,
			      const struct demo_case *application)
{
	const struct demo_applicant *applicant = &demo->applicants[application->applicant];

	if (application->type != DEMO_INVENTION)
		return 0;
	if (application->route != DEMO_ROUTE_NATIONAL)
		return (uint8_t)demo_random_between(random, 2, 6);
	if (applicant->weight < 25 || !demo_random_percent(random, applicant->weight / 4))
		return 0;
	return (uint8_t)demo_random_between(random, 1, 5);
}

void demo_live(const struct demo *demo, struct demo_case *application)
{
	struct demo_random random = demo_random_of(DEMO_SEED + 5, application->key);
	const struct demo_applicant *applicant = &demo->applicants[application->applicant];

	application->priority = application->national = application->examined = DATE_NONE;
	application->closed = application->granted = application->lapsed = DATE_NONE;
	application->expires = DATE_NONE;
	if (!str_equal_cstr(applicant->country, "CN"))
		come_from_abroad(&random, application);
	if (application->type == DEMO_INVENTION) {
		application->published = demo_gazette_day(publication_day(&random, application));
		examine(demo, &random, application);
		forget_the_future(application);
	} else {
		application->published = application->granted = demo_gazette_day(
			application->filed + demo_random_between(&random, 110, 290));
		application->closed = application->granted;
		application->end = DEMO_GRANTED;
	}
	if (application->granted != DATE_NONE)
		hold(demo, &random, application);
	application->foreign = members_abroad(demo, &random, application);
}
