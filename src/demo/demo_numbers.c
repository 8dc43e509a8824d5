#include "demo/demo_internal.h"
#include "patent/number.h"

/*
 * Numbers in the shape of their time, in ranges no office has given out: serials of applications
 * from 9,000,000; publication numbers that begin with 19, 29 and 39.
 */
enum {
	FIRST_SERIAL = 9000000,
	NUMBERS_A_DAY = 1200, /* a day's numbers begin here: they grow as real ones do */
	NUMBER_STEP = 11,
	DAYS_NUMBERED = 7400, /* then the numbers begin again, or they would be of another type */
	INVENTION_BASE = 191000000,
	OLD_GRANT_BASE = 190000000, /* until 2010-04-06 a grant had a number of its own */
	UTILITY_BASE = 290000000,
	DESIGN_BASE = 390000000
};
#define NEW_KINDS_DAY date_of(2010, 4, 7) /* B U S instead of C Y D */

static void number_applications(struct demo *demo)
{
	uint32_t serials[DEMO_YEARS][4] = { 0 }; /* by type; 3: PCT */

	for (size_t i = 0; i < demo->case_count; i++) {
		struct demo_case *application = &demo->cases[i];
		struct demo_random random = demo_random_of(DEMO_SEED + 7, application->key);
		size_t series = application->route == DEMO_ROUTE_PCT ? 3 : application->type;
		uint32_t *serial =
			&serials[date_year(application->filed) - DEMO_FIRST_YEAR][series];

		*serial += 1 + demo_random_below(&random, 300);
		application->serial = FIRST_SERIAL + *serial;
	}
}

/* One publication in the order of days: case * 2, + 1 for a grant. */
struct dated {
	date on;
	uint32_t publication;
};

static int compare_dated(const void *a, const void *b)
{
	const struct dated *left = a, *right = b;

	if (left->on != right->on)
		return left->on < right->on ? -1 : 1;
	return left->publication < right->publication ? -1 : left->publication > right->publication;
}

static void order_publications(struct demo *demo)
{
	struct list dated = LIST_OF(struct dated);

	for (size_t i = 0; i < demo->case_count; i++) {
		const struct demo_case *application = &demo->cases[i];

		*(struct dated *)list_add(&dated) = (struct dated){ application->published,
								    (uint32_t)i * 2 };
		if (application->type == DEMO_INVENTION && application->granted != DATE_NONE)
			*(struct dated *)list_add(&dated) = (struct dated){ application->granted,
									    (uint32_t)i * 2 + 1 };
	}
	list_sort(&dated, compare_dated);
	demo->publication_count = dated.count;
	demo->publications = arena_array(demo->arena, uint32_t, dated.count);
	for (size_t i = 0; i < dated.count; i++)
		demo->publications[i] = LIST_AT(&dated, struct dated, i).publication;
	list_release(&dated);
}

static uint32_t number_base(const struct demo_case *application, bool is_grant)
{
	if (application->type == DEMO_INVENTION)
		return is_grant ? OLD_GRANT_BASE : INVENTION_BASE;
	return application->type == DEMO_UTILITY ? UTILITY_BASE : DESIGN_BASE;
}

uint32_t demo_number_of_day(const struct demo_case *application, bool is_grant, date on,
			    uint32_t of_day)
{
	return number_base(application, is_grant) +
	       (uint32_t)(on - DEMO_NUMBERING_DAY) % DAYS_NUMBERED * NUMBERS_A_DAY +
	       of_day * NUMBER_STEP;
}

static void number_publications(struct demo *demo)
{
	date today = 0;
	uint32_t of_day = 0;

	for (size_t i = 0; i < demo->publication_count; i++) {
		struct demo_case *application = &demo->cases[demo->publications[i] / 2];
		bool is_grant = demo->publications[i] % 2;
		date on = is_grant ? application->granted : application->published;
		uint32_t number;

		of_day = on == today ? of_day + 1 : 0;
		today = on;
		number = demo_number_of_day(application, is_grant, on, of_day);
		if (!is_grant)
			application->first_number = number;
		else
			application->grant_number = on < NEW_KINDS_DAY ? number
								       : application->first_number;
	}
}

void demo_make_numbers(struct demo *demo)
{
	number_applications(demo);
	order_publications(demo);
	number_publications(demo);
}

struct str demo_application_number(struct arena *arena, const struct demo_case *application)
{
	static const char digits[] = {
		[DEMO_INVENTION] = '1', [DEMO_UTILITY] = '2', [DEMO_DESIGN] = '3'
	};
	char type = application->route == DEMO_ROUTE_PCT ? '8' : digits[application->type];
	char *body = arena_printf(arena, "%04d%c%07u", date_year(application->filed), type,
				  (unsigned)application->serial);

	return str_of(arena_printf(arena, "CN%s.%c", body, number_check_digit(str_of(body))));
}

const char *demo_kind(const struct demo_case *application, bool is_grant)
{
	bool is_new = (is_grant ? application->granted : application->published) >= NEW_KINDS_DAY;

	if (application->type == DEMO_UTILITY)
		return is_new ? "U" : "Y";
	if (application->type == DEMO_DESIGN)
		return is_new ? "S" : "D";
	if (!is_grant)
		return "A";
	return is_new ? "B" : "C";
}

struct str demo_publication_number(struct arena *arena, const struct demo_case *application,
				   bool is_grant)
{
	uint32_t number = is_grant ? application->grant_number : application->first_number;

	return str_of(
		arena_printf(arena, "CN%u%s", (unsigned)number, demo_kind(application, is_grant)));
}
