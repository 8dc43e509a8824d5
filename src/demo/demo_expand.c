/* What stands in braces in the texts of data/demo/workspace.toml and history.toml. */
#include "base/strbuf.h"
#include "demo/demo_internal.h"
#include "demo/demo_workspace_internal.h"

enum { DAYS_MAX = 4000, YEARS_MAX = 30, NEAR_SEED = 20261124, NEAR_MAX = 100000000 };

/* "+30", "-12" */
static bool read_days(struct str text, int64_t *days_out)
{
	if (text.size && text.data[0] == '+')
		text = str_slice(text, 1, text.size);
	return str_to_int64(text, days_out) && *days_out >= -DAYS_MAX && *days_out <= DAYS_MAX;
}

/* What people fix a day for they do on a working day; what lay before today still does. */
static date settle(const struct demo_making *making, date day)
{
	date working = demo_working_day(day + making->apart);

	return day <= making->site->today && working > making->site->today ? day : working;
}

static bool add_day(const struct demo_making *making, date from, struct str days_text, bool is_year,
		    struct strbuf *result)
{
	char text[DATE_TEXT_SIZE];
	int64_t days = 0;
	date day;

	if (days_text.size && !read_days(days_text, &days))
		return false;
	day = from + (date)days;
	if (days_text.size && from == making->site->today)
		day = settle(making, day);
	if (is_year)
		strbuf_addf(result, "%d", date_year(day));
	else
		strbuf_add_cstr(result, date_format(day, text));
	return true;
}

/* "-4+45": the 46th day of the fourth year before this one; "-4" alone: January 1st. */
static bool add_calendar(const struct demo_making *making, struct str text, bool is_year,
			 struct strbuf *result)
{
	size_t plus = str_find_byte(text, '+');
	char buffer[DATE_TEXT_SIZE];
	int64_t years = 0, days = 0;
	int year;

	if (plus == STR_NOT_FOUND)
		plus = text.size;
	if ((plus > 0 && !read_days(str_slice(text, 0, plus), &years)) ||
	    (plus < text.size && !read_days(str_slice(text, plus, text.size), &days)) ||
	    years < -YEARS_MAX || years > YEARS_MAX)
		return false;
	year = date_year(making->site->today) + (int)years;
	if (is_year)
		strbuf_addf(result, "%d", year);
	else
		strbuf_add_cstr(result,
				date_format(plus < text.size ? settle(making, date_of(year, 1, 1) +
										      (date)days)
							     : date_of(year, 1, 1),
					    buffer));
	return true;
}

/* "+2": the last day of the second year behind this one. */
static bool add_last_day(const struct demo_making *making, struct str text, struct strbuf *result)
{
	char buffer[DATE_TEXT_SIZE];
	int64_t years = 0;

	if (text.size && (!read_days(text, &years) || years < -YEARS_MAX || years > YEARS_MAX))
		return false;
	strbuf_add_cstr(
		result,
		date_format(date_of(date_year(making->site->today) + (int)years, 12, 31), buffer));
	return true;
}

static bool add_id(const struct demo_making *making, struct str name, struct strbuf *result)
{
	const struct demo_named *named = demo_find_named(making, name);

	if (named)
		strbuf_addf(result, "%lld", (long long)named->id);
	return named != NULL;
}

/* The field of technology of the centre this is for. */
static bool add_field(const struct demo_making *making, struct strbuf *result)
{
	const char *name = arena_printf(making->site->arena, "centre%d", making->number);
	const struct demo_named *centre = demo_find_named(making, str_of(name));

	if (centre)
		strbuf_add_str(result, centre->field_of_work);
	return centre != NULL;
}

/* "甲|乙|丙": the one of the centre's number, from the first again behind the last. */
static bool add_one(const struct demo_making *making, struct str list, struct strbuf *result)
{
	struct str rest = list, part;
	int count = 0, wanted;

	while (str_split(&rest, STR("|"), &part))
		count++;
	wanted = making->number > 0 && count > 0 ? (making->number - 1) % count : 0;
	for (rest = list; str_split(&rest, STR("|"), &part) && wanted > 0;)
		wanted--;
	strbuf_add_str(result, part);
	return count > 1 && making->number > 0;
}

/* "1510000.00": a sum within a quarter of it, another one for each record; as many decimals. */
static bool add_near(const struct demo_making *making, struct str text, struct strbuf *result)
{
	uint64_t key = (uint64_t)making->table->line * 7919 + (uint64_t)making->number * 131 +
		       str_hash(making->name) % 100003;
	struct demo_random random = demo_random_of(NEAR_SEED, key ^ str_hash(text));
	int64_t middle;

	if (!str_ends_with(text, STR(".00")) ||
	    !str_to_int64(str_slice(text, 0, text.size - 3), &middle) || middle < 1 ||
	    middle > NEAR_MAX)
		return false;
	middle = middle * 3 / 4 + (int64_t)demo_random_below(&random, (uint64_t)middle / 2 + 1);
	strbuf_addf(result, "%lld.%02d", (long long)middle, demo_random_between(&random, 0, 99));
	return true;
}

static bool add_braced(const struct demo_making *making, struct str inside, struct strbuf *result)
{
	if (str_equal_cstr(inside, "n")) {
		strbuf_addf(result, "%d", making->number);
		return making->number > 0;
	}
	if (str_equal_cstr(inside, "k")) {
		strbuf_addf(result, "%d", making->place);
		return making->place > 0;
	}
	if (str_equal_cstr(inside, "name")) {
		strbuf_add_str(result, making->name);
		return making->name.size > 0;
	}
	if (str_equal_cstr(inside, "taken")) {
		strbuf_add_cstr(result, making->taken ? making->taken : "");
		return making->taken && *making->taken;
	}
	if (str_equal_cstr(inside, "field"))
		return add_field(making, result);
	if (str_starts_with(inside, STR("today")))
		return add_day(making, making->site->today, str_slice(inside, 5, inside.size),
			       false, result);
	if (str_starts_with(inside, STR("year")))
		return add_day(making, making->site->today, str_slice(inside, 4, inside.size), true,
			       result);
	if (str_starts_with(inside, STR("now")))
		return add_day(making, making->store.today, str_slice(inside, 3, inside.size),
			       false, result);
	if (str_starts_with(inside, STR("jan")))
		return add_calendar(making, str_slice(inside, 3, inside.size), false, result);
	if (str_starts_with(inside, STR("dec")))
		return add_last_day(making, str_slice(inside, 3, inside.size), result);
	if (str_starts_with(inside, STR("yr")))
		return add_calendar(making, str_slice(inside, 2, inside.size), true, result);
	if (str_starts_with(inside, STR("one:")))
		return add_one(making, str_slice(inside, 4, inside.size), result);
	if (str_starts_with(inside, STR("near:")))
		return add_near(making, str_slice(inside, 5, inside.size), result);
	if (str_starts_with(inside, STR("id:")))
		return add_id(making, str_slice(inside, 3, inside.size), result);
	return false;
}

/* {id:manager{n}}: what stands inside is expanded first. */
static bool expand_inner(const struct demo_making *making, struct str text, struct strbuf *result)
{
	size_t open = str_find_byte(text, '{'), close;

	while (open != STR_NOT_FOUND) {
		struct str inside;

		strbuf_add_str(result, str_slice(text, 0, open));
		text = str_slice(text, open + 1, text.size);
		close = str_find_byte(text, '}');
		if (close == STR_NOT_FOUND)
			return false;
		inside = str_slice(text, 0, close);
		if (str_find_byte(inside, '{') != STR_NOT_FOUND) {
			strbuf_add_byte(result, '{');
		} else if (!add_braced(making, inside, result)) {
			return false;
		} else {
			text = str_slice(text, close + 1, text.size);
		}
		open = str_find_byte(text, '{');
	}
	strbuf_add_str(result, text);
	return true;
}

bool demo_expand(const struct demo_making *making, struct str text, struct str *text_out,
		 struct error *error)
{
	struct strbuf once = STRBUF_INIT, twice = STRBUF_INIT;
	bool done = expand_inner(making, text, &once) &&
		    expand_inner(making, strbuf_str(&once), &twice);

	*text_out = str_copy(making->site->arena, strbuf_str(&twice));
	strbuf_release(&once);
	strbuf_release(&twice);
	return done || demo_wrong(making, text, error);
}
