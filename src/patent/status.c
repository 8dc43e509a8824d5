#include "patent/status.h"
#include "patent/words.h"

#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#define PENDING STATUS_GROUP_PENDING
#define ACTIVE  STATUS_GROUP_ACTIVE
#define DEAD    STATUS_GROUP_DEAD

const struct status_info status_infos[STATUS_COUNT] = {
	[STATUS_UNKNOWN] = { "unknown", { "状态不明", "Not known" }, STATUS_GROUP_UNKNOWN, false },
	[STATUS_PUBLISHED] = { "published", { "公布待审", "Published" }, PENDING, true },
	[STATUS_EXAMINATION] = { "examination", { "实审中", "In examination" }, PENDING, true },
	[STATUS_PENDING] = { "pending", { "审中", "Pending" }, PENDING, true },
	[STATUS_IN_FORCE] = { "in_force", { "有效", "In force" }, ACTIVE, true },
	[STATUS_GRACE] = { "grace", { "滞纳期", "Grace period" }, ACTIVE, true },
	[STATUS_PARTLY_INVALID] = { "partly_invalid",
				    { "部分无效", "Partly invalid" },
				    ACTIVE,
				    true },
	[STATUS_GRANTED] = { "granted",
			     { "已授权（后续不明）", "Granted, later fate unknown" },
			     STATUS_GROUP_UNKNOWN,
			     true },
	[STATUS_LAID_OPEN] = { "laid_open",
			       { "已公布（后续不明）", "Published, later fate unknown" },
			       STATUS_GROUP_UNKNOWN,
			       true },
	[STATUS_REJECTED] = { "rejected", { "驳回", "Rejected" }, DEAD, true },
	[STATUS_WITHDRAWN] = { "withdrawn", { "撤回", "Withdrawn" }, DEAD, false },
	[STATUS_DEEMED_WITHDRAWN] = { "deemed_withdrawn",
				      { "视为撤回", "Deemed withdrawn" },
				      DEAD,
				      true },
	[STATUS_ABANDONED] = { "abandoned", { "放弃", "Abandoned" }, DEAD, false },
	[STATUS_LAPSED] = { "lapsed", { "终止", "Lapsed" }, DEAD, true },
	[STATUS_EXPIRED] = { "expired", { "期限届满", "Expired" }, DEAD, false },
	[STATUS_INVALIDATED] = { "invalidated", { "全部无效", "Invalidated" }, DEAD, false },
	[STATUS_DEAD] = { "dead", { "失效（原因不明）", "Dead, reason unknown" }, DEAD, true },
};

const struct status_group_info status_group_infos[STATUS_GROUP_COUNT] = {
	[STATUS_GROUP_UNKNOWN] = { "unknown", { "不明", "Unknown" } },
	[STATUS_GROUP_PENDING] = { "pending", { "审中", "Pending" } },
	[STATUS_GROUP_ACTIVE] = { "active", { "有效", "Active" } },
	[STATUS_GROUP_DEAD] = { "dead", { "失效", "Dead" } },
};

enum status status_find(struct str name)
{
	for (unsigned status = 0; status < STATUS_COUNT; status++)
		if (str_equal_cstr(name, status_infos[status].name))
			return (enum status)status;
	return STATUS_UNKNOWN;
}

/* ---- Words. */

static const struct word_row {
	const char *pattern;
	enum status status;
} word_rows[] = {
#include "patent/status_words.inc"
};

static enum status status_of_one(struct str word)
{
	struct words words;

	words_fold(word, &words);
	for (size_t i = 0; words.size && i < COUNT(word_rows); i++)
		if (words_fit((struct str){ words.text, words.size }, str_of(word_rows[i].pattern)))
			return word_rows[i].status;
	return STATUS_UNKNOWN;
}

static bool next_word(struct str *rest, struct str *word_out)
{
	static const struct str separators[] = { { "|", 1 },  { ";", 1 },  { ",", 1 }, { "\n", 1 },
						 { "；", 3 }, { "，", 3 }, { "、", 3 } };
	size_t end = rest->size, behind = rest->size;

	if (rest->size == 0)
		return false;
	for (size_t i = 0; i < COUNT(separators); i++) {
		size_t at = str_find(*rest, separators[i]);

		if (at < end) {
			end = at;
			behind = at + separators[i].size;
		}
	}
	*word_out = str_trim(str_slice(*rest, 0, end));
	*rest = str_slice(*rest, behind, rest->size);
	return true;
}

enum status status_of_word(struct str word)
{
	struct str rest = word, part;

	while (next_word(&rest, &part)) {
		enum status status = status_of_one(part);

		if (status != STATUS_UNKNOWN)
			return status;
	}
	return STATUS_UNKNOWN;
}

/* ---- Terms. */

date status_term_end(enum patent_type type, date filing)
{
	const date law_of_1992 = date_of(1993, 1, 1), law_of_2020 = date_of(2021, 6, 1);
	int years = 10;

	if (filing == DATE_NONE || type == PATENT_TYPE_UNKNOWN)
		return DATE_NONE;
	if (type == PATENT_INVENTION)
		years = filing >= law_of_1992 ||
					date_add_months(filing, 15 * 12) >= date_of(2001, 12, 11)
				? 20
				: 15;
	else if (filing < law_of_1992)
		years = 8;
	else if (type == PATENT_DESIGN && filing >= law_of_2020)
		years = 15;
	return date_add_months(filing, years * 12);
}

/* ---- Events. */

/* Where the status goes from here; `before` is what a restoration goes back to. */
struct life {
	enum status status, before;
	date since;
	enum event_kind event;
	bool was_restored;
};

static const struct ending {
	enum event_kind event;
	enum status status;
} endings[] = {
	{ EVENT_REJECTION, STATUS_REJECTED },
	{ EVENT_WITHDRAWAL, STATUS_WITHDRAWN },
	{ EVENT_DEEMED_WITHDRAWAL, STATUS_DEEMED_WITHDRAWN },
	{ EVENT_ABANDONMENT, STATUS_ABANDONED },
	{ EVENT_LAPSE_UNPAID, STATUS_LAPSED },
	{ EVENT_TERMINATION, STATUS_LAPSED },
	{ EVENT_EXPIRY, STATUS_EXPIRED },
	{ EVENT_INVALIDATION, STATUS_INVALIDATED },
};

static enum status_group group_of(enum status status)
{
	return status_infos[status].group;
}

static enum status ending_of(enum event_kind kind)
{
	for (size_t i = 0; i < COUNT(endings); i++)
		if (endings[i].event == kind)
			return endings[i].status;
	return STATUS_UNKNOWN;
}

static bool is_alive(const struct life *life)
{
	return group_of(life->status) == STATUS_GROUP_ACTIVE;
}

/* STATUS_UNKNOWN: the event changes nothing. */
static enum status step_to(const struct life *life, enum event_kind kind)
{
	bool is_new = life->status == STATUS_UNKNOWN;

	if (kind == EVENT_PUBLICATION)
		return is_new ? STATUS_PUBLISHED : STATUS_UNKNOWN;
	if (kind == EVENT_EXAMINATION) /* also when a rejection was set aside */
		return is_new || life->status == STATUS_PUBLISHED || life->status == STATUS_REJECTED
			       ? STATUS_EXAMINATION
			       : STATUS_UNKNOWN;
	if (kind == EVENT_GRANT)
		return is_alive(life) ? STATUS_UNKNOWN : STATUS_IN_FORCE;
	if (kind == EVENT_PARTIAL_INVALIDATION)
		return is_new || is_alive(life) ? STATUS_PARTLY_INVALID : STATUS_UNKNOWN;
	if (kind == EVENT_LATE_FEE)
		return is_new || is_alive(life) ? STATUS_GRACE : STATUS_UNKNOWN;
	if (kind == EVENT_MAINTAINED)
		return is_new || life->status == STATUS_GRACE ? STATUS_IN_FORCE : STATUS_UNKNOWN;
	return ending_of(kind);
}

/* A new end of a life already ended tells why it stays ended, unless it is the weaker reason. */
static bool is_weaker_end(const struct life *life, enum status next)
{
	if (group_of(life->status) != STATUS_GROUP_DEAD || group_of(next) != STATUS_GROUP_DEAD)
		return false;
	return next != STATUS_INVALIDATED; /* which works back to the beginning */
}

static void take_event(struct life *life, const struct status_event *event)
{
	enum status next = step_to(life, event->kind);

	if (event->kind == EVENT_RESTORATION && group_of(life->status) == STATUS_GROUP_DEAD) {
		next = life->before;
		life->was_restored = true;
	}
	if (next == STATUS_UNKNOWN || is_weaker_end(life, next))
		return;
	if (group_of(life->status) != STATUS_GROUP_DEAD)
		life->before = life->status;
	life->status = next;
	life->since = event->on;
	life->event = event->kind;
}

static int compare_events(const void *a_item, const void *b_item)
{
	const struct status_event *a = a_item, *b = b_item;

	if (a->on != b->on)
		return a->on < b->on ? -1 : 1;            /* DATE_NONE is the smallest */
	return (a->kind > b->kind) - (a->kind < b->kind); /* kinds are in the order of a life */
}

static struct life live(const struct status_input *input)
{
	struct status_event events[STATUS_EVENTS_MAX];
	struct life life = { .since = DATE_NONE };
	size_t count = 0;

	for (size_t i = 0; i < input->event_count && count < STATUS_EVENTS_MAX; i++)
		if (input->events[i].on <= input->as_of &&
		    event_infos[input->events[i].kind].group == EVENT_GROUP_LIFE)
			events[count++] = input->events[i];
	qsort(events, count, sizeof(events[0]), compare_events);
	for (size_t i = 0; i < count; i++)
		take_event(&life, &events[i]);
	return life;
}

/* ---- All together. */

static void decide(struct status_result *result, enum status status, enum status_basis basis,
		   date since)
{
	result->status = status;
	result->basis = basis;
	result->since = since;
	result->group = group_of(status);
}

static unsigned stage_of_life(enum status status)
{
	switch (group_of(status)) {
	case STATUS_GROUP_PENDING:
		return 1;
	case STATUS_GROUP_ACTIVE:
		return 2;
	case STATUS_GROUP_DEAD:
		return 3;
	case STATUS_GROUP_UNKNOWN:
	case STATUS_GROUP_COUNT:
		break;
	}
	return 0;
}

static void apply_word(struct status_result *result, const struct status_input *input,
		       bool was_restored)
{
	enum status status = status_of_word(input->word);

	if (was_restored || stage_of_life(status) <= stage_of_life(result->status))
		return;
	decide(result, status, STATUS_BASIS_WORD, DATE_NONE);
	result->word = input->word;
}

/* Granted by date or kind, when nothing said so: what came after is not known. */
static void apply_grant(struct status_result *result, const struct status_input *input)
{
	bool has_date = input->grant != DATE_NONE && input->grant <= input->as_of;
	bool is_granted = has_date || input->stage == STAGE_GRANT || input->stage == STAGE_LIMITED;

	if (is_granted && stage_of_life(result->status) < 2)
		decide(result, STATUS_GRANTED, has_date ? STATUS_BASIS_DATE : STATUS_BASIS_KIND,
		       has_date ? input->grant : DATE_NONE);
	else if (result->status == STATUS_UNKNOWN && input->stage == STAGE_APPLICATION)
		decide(result, STATUS_LAID_OPEN, STATUS_BASIS_KIND, DATE_NONE);
}

static void apply_ends(struct status_result *result, const struct status_input *input)
{
	bool is_running = group_of(result->status) == STATUS_GROUP_ACTIVE ||
			  result->status == STATUS_GRANTED;

	if (!is_running)
		return;
	if (input->lapse != DATE_NONE && input->lapse <= input->as_of &&
	    result->basis != STATUS_BASIS_WORD)
		decide(result, STATUS_DEAD, STATUS_BASIS_DATE, input->lapse);
	else if (result->expiry != DATE_NONE && result->expiry < input->as_of)
		decide(result, STATUS_EXPIRED, STATUS_BASIS_TERM, result->expiry);
}

struct status_result status_of(const struct status_input *input)
{
	struct status_result result = { .since = DATE_NONE, .expiry = input->expiry };
	struct life life = live(input);

	if (input->expiry == DATE_NONE && str_equal(input->office, STR("CN")))
		result.expiry = status_term_end(input->type, input->filing);
	if (life.status != STATUS_UNKNOWN) {
		decide(&result, life.status, STATUS_BASIS_EVENT, life.since);
		result.event = life.event;
	}
	apply_word(&result, input, life.was_restored);
	apply_grant(&result, input);
	apply_ends(&result, input);
	if (result.basis != STATUS_BASIS_EVENT)
		result.event = EVENT_UNKNOWN;
	return result;
}
