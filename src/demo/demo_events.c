#include "demo/demo_internal.h"

/* All of them are announced in the gazette. */
static void add(struct demo_history *history, date on, const char *code, const char *text)
{
	if (on != DATE_NONE)
		on = demo_gazette_day(on);
	if (on != DATE_NONE && on <= DEMO_HORIZON && history->count < DEMO_EVENTS_MAX)
		history->events[history->count++] =
			(struct demo_event){ .on = on, .code = code, .text = text };
}

static struct demo_event *newest(struct demo_history *history)
{
	return &history->events[history->count - 1];
}

/* An enterprise of the same field that is there on the day, or DEMO_NOBODY. */
static uint32_t taker(const struct demo *demo, struct demo_random *random,
		      const struct demo_case *application, date on)
{
	const struct demo_applicant *owner = &demo->applicants[application->applicant];
	size_t field = demo->branches[application->branch].field;

	if (owner->partner_count > 0 && demo_random_percent(random, 50))
		return owner->partners[0];
	for (int tries = 0; tries < 40; tries++) {
		uint32_t found = demo_random_below(random, demo->applicant_count);
		const struct demo_applicant *applicant = &demo->applicants[found];

		if (found != application->applicant && applicant->in_field[field] &&
		    str_equal_cstr(applicant->type, "company") &&
		    str_equal_cstr(applicant->country, "CN") && applicant->to >= date_year(on) &&
		    applicant->from <= date_year(on))
			return found;
	}
	return DEMO_NOBODY;
}

/* Percent of the patents an owner sells, licenses or pledges. */
struct habits {
	const char *type;
	int64_t transfer, licence, pledge;
};
static const struct habits habits[] = {
	{ "company", 3, 2, 4 },  { "university", 8, 5, 0 }, { "institute", 5, 4, 0 },
	{ "hospital", 6, 3, 0 }, { "person", 9, 3, 1 },
};

static const struct habits *habits_of(const struct demo_applicant *applicant)
{
	for (size_t i = 0; i < sizeof(habits) / sizeof(habits[0]); i++)
		if (str_equal_cstr(applicant->type, habits[i].type))
			return &habits[i];
	return &habits[0];
}

/* A day of the life of a patent, or DATE_NONE when it was not in force then. */
static date day_in_force(struct demo_random *random, const struct demo_case *application)
{
	date on = application->granted + demo_random_between(random, 90, 2200);
	date end = application->lapsed == DATE_NONE ? DEMO_HORIZON : application->lapsed;

	return on < end ? on : DATE_NONE;
}

static void transfer(const struct demo *demo, struct arena *arena, struct demo_random *random,
		     const struct demo_case *application, struct demo_history *history)
{
	date on = day_in_force(random, application);
	uint32_t to = on == DATE_NONE ? DEMO_NOBODY : taker(demo, random, application, on);
	struct demo_event *event;
	char day[DATE_TEXT_SIZE];

	if (to == DEMO_NOBODY)
		return;
	add(history, on, "TR01", "专利权的转移");
	event = newest(history);
	event->from = demo->applicants[application->applicant].name;
	event->to = demo->applicants[to].name;
	event->detail = str_of(
		arena_printf(arena, "登记生效日：%s；变更前权利人：%.*s；变更后权利人：%.*s",
			     date_format(on, day), STR_ARGS(event->from), STR_ARGS(event->to)));
	history->owner = to;
}

static void license(const struct demo *demo, struct arena *arena, struct demo_random *random,
		    const struct demo_case *application, struct demo_history *history)
{
	static const struct str kinds[] = { DEMO_WORD("普通许可"), DEMO_WORD("独占许可"),
					    DEMO_WORD("排他许可") };
	const struct demo_words choices = { kinds, 3 };
	date on = day_in_force(random, application);
	uint32_t to = on == DATE_NONE ? DEMO_NOBODY : taker(demo, random, application, on);
	struct demo_event *event;
	struct str kind;

	if (to == DEMO_NOBODY)
		return;
	kind = demo_pick(random, choices);
	add(history, on, "EE01", "专利实施许可合同备案的生效");
	event = newest(history);
	event->from = demo->applicants[history->owner].name;
	event->to = demo->applicants[to].name;
	event->detail = str_of(arena_printf(arena, "许可种类：%.*s；让与人：%.*s；受让人：%.*s",
					    STR_ARGS(kind), STR_ARGS(event->from),
					    STR_ARGS(event->to)));
}

static void pledge(const struct demo *demo, struct arena *arena, struct demo_random *random,
		   const struct demo_case *application, struct demo_history *history)
{
	date on = day_in_force(random, application);
	struct demo_event *event;

	if (on == DATE_NONE)
		return;
	add(history, on, "PE01", "专利权质押合同登记的生效");
	event = newest(history);
	event->from = demo->applicants[history->owner].name;
	event->to = STR("四川示例银行股份有限公司");
	event->detail = str_of(arena_printf(arena, "出质人：%.*s；质权人：%.*s",
					    STR_ARGS(event->from), STR_ARGS(event->to)));
	if (demo_random_percent(random, 50))
		add(history, on + demo_random_between(random, 300, 1000), "PC01",
		    "专利权质押合同登记的注销");
}

static void operate(const struct demo *demo, struct arena *arena, struct demo_random *random,
		    const struct demo_case *application, struct demo_history *history)
{
	const struct habits *chances = habits_of(&demo->applicants[application->applicant]);
	/* What is cited is worth more, and is traded more. */
	int64_t worth = 1 + application->cited_by / 6;

	if (demo_random_percent(random, chances->transfer * worth))
		transfer(demo, arena, random, application, history);
	if (demo_random_percent(random, chances->licence * worth))
		license(demo, arena, random, application, history);
	if (demo_random_percent(random, chances->pledge * worth))
		pledge(demo, arena, random, application, history);
	if (demo_random_below(random, 500) == 0)
		add(history, day_in_force(random, application), "IP01", "专利权部分无效");
	if (demo_random_below(random, 400) == 0)
		add(history, day_in_force(random, application), "PP01", "专利权的保全");
}

static const char *end_of_right(struct demo_random *random, const struct demo_case *application,
				struct demo_history *history)
{
	if (application->lapsed == DATE_NONE)
		return "授权";
	if (application->is_annulled) {
		add(history, application->lapsed, "IW01", "专利权全部无效");
		return "全部无效";
	}
	if (application->lapsed == application->expires) {
		add(history, application->lapsed + demo_random_between(random, 10, 60), "CX01",
		    "专利权有效期届满");
		return "期限届满";
	}
	add(history, application->lapsed + demo_random_between(random, 200, 290), "CF01",
	    "未缴年费专利权终止");
	return "未缴年费专利权终止";
}

static const char *end_without_right(const struct demo_case *application,
				     struct demo_history *history)
{
	if (application->end == DEMO_REJECTED) {
		add(history, application->closed, "RJ01", "发明专利申请公布后的驳回");
		return "公布后的驳回";
	}
	if (application->end == DEMO_WITHDRAWN) {
		add(history, application->closed, "WD01", "发明专利申请公布后的视为撤回");
		return "公布后的视为撤回";
	}
	return application->examined != DATE_NONE ? "实质审查的生效" : "公布";
}

static int compare_events(const void *a, const void *b)
{
	const struct demo_event *left = a, *right = b;

	if (left->on != right->on)
		return left->on < right->on ? -1 : 1;
	return strcmp(left->code, right->code);
}

void demo_tell_history(const struct demo *demo, struct arena *arena,
		       const struct demo_case *application, struct demo_history *history_out)
{
	struct demo_random random = demo_random_of(DEMO_SEED + 9, application->key);
	struct list sorted = LIST_OF(struct demo_event);

	*history_out = (struct demo_history){ .owner = application->applicant };
	if (application->type == DEMO_INVENTION) {
		add(history_out, application->published, "PB01", "公布");
		add(history_out, application->examined, "SE01", "实质审查的生效");
	}
	if (application->granted == DATE_NONE) {
		history_out->status = end_without_right(application, history_out);
	} else {
		add(history_out, application->granted, "GR01", "授权");
		operate(demo, arena, &random, application, history_out);
		history_out->status = end_of_right(&random, application, history_out);
	}
	if (history_out->count > 1) {
		memcpy(list_add_many(&sorted, history_out->count), history_out->events,
		       history_out->count * sizeof(struct demo_event));
		list_sort(&sorted, compare_events);
		memcpy(history_out->events, sorted.items,
		       history_out->count * sizeof(struct demo_event));
	}
	list_release(&sorted);
}
