#ifndef TYPES_TYPES_INTERNAL_H
#define TYPES_TYPES_INTERNAL_H

#include "types/plan.h"
#include "rule/deadline.h"
#include "types/types.h"

/* ---- What the rules of several types share. */
/* The first of the fields (ended by SIZE_MAX) that is not set is refused as required. */
bool types_require(const struct record *record, const size_t *fields, struct error *error);
#define REQUIRE(record_, error_, ...)                                                              \
	types_require(record_, (const size_t[]){ __VA_ARGS__, SIZE_MAX }, error_)
/* The row a reference names -> *row_out, NULL when it is not set; of another organisation: refused. */
bool types_load_own(const struct record *record, size_t field, struct record_store *store,
		    struct record **row_out, struct error *error) MUST_CHECK;
/* All rows a list of references names are of the same organisation. */
bool types_own_list(const struct record *record, size_t field, struct record_store *store,
		    struct error *error) MUST_CHECK;
/* Two dates that are set: the later field does not come before the earlier one. */
bool types_in_order(const struct record *record, size_t earlier, size_t later,
		    struct error *error) MUST_CHECK;
/* A day that is set and behind today is refused. */
bool types_not_future(const struct record *record, size_t field, const struct record_store *store,
		      struct error *error) MUST_CHECK;
/*
 * "张三 60；李四 40": each person once, above 0 and with at most two decimals, 100 together; every user of
 * the list of inventors is among them. Not set: nothing is wrong.
 */
bool types_check_shares(const struct record *record, size_t shares, size_t inventors,
			struct record_store *store, struct error *error) MUST_CHECK;
/*
 * A list of countries and offices as people write it (commas, blanks, 、) becomes "CN,US,EP"; every code is
 * one of WIPO ST.3; is any of them not CN?
 */
void types_set_countries(struct record *record, size_t field, struct record_store *store);
bool types_has_country(struct str countries, struct str country);
bool types_check_countries(const struct record *record, size_t field,
			   struct error *error) MUST_CHECK;
bool types_is_abroad(struct str countries);
/* Did the invention of the case pass the secrecy examination, or was it not made in China? */
bool case_is_cleared(const struct record *patent, struct record_store *store, bool *cleared_out,
		     struct error *error) MUST_CHECK;
/* Refuses a case of a foreign office that was not cleared. */
bool case_check_clearance(const struct record *patent, struct record_store *store,
			  struct error *error) MUST_CHECK;
/* The plans whose first filing the case is take over its days. */
bool layout_plan_follow(const struct record *patent, struct record_store *store,
			struct error *error) MUST_CHECK;
/* A task book was handed in or given back: its targets are fixed, or free again. */
bool target_set_states(const struct record *book, const char *state, struct record_store *store,
		       struct error *error) MUST_CHECK;
/* Fills completeness and missing; may it be submitted: 80 % and nothing mandatory missing? */
void disclosure_set_completeness(struct record *disclosure, struct record_store *store);
bool disclosure_is_complete(const struct record *disclosure, struct record_store *store,
			    struct error *error) MUST_CHECK;
/* The sheets of a disclosure's evaluators: made for a round; void when another begins. */
bool evaluation_begin(const struct record *disclosure, struct record_store *store,
		      struct error *error) MUST_CHECK;
bool evaluation_end(const struct record *disclosure, struct record_store *store,
		    struct error *error) MUST_CHECK;
/* States and steps of a patent case, and the order of its days: case_life.c. */
extern const struct choice case_states[];
extern const struct transition case_steps[];
bool case_check_days(const struct record *patent, struct record_store *store,
		     struct error *error) MUST_CHECK;
/* In memory: the event's guard, state and days, as of that day. Wrong in this state: ERROR_CONFLICT. */
bool case_move(struct record *patent, struct str event, date day, struct record_store *store,
	       struct error *error) MUST_CHECK;
/* A granted right that has not ended, by its state. */
bool case_holds(const struct record *patent);
/* May the event be taken now, by state and type? */
bool case_may_move(const struct record *patent, struct str event);
/* The case's day a period is counted from; DATE_NONE: not known, or no day of the case. */
date case_starting_day(const struct record *patent, enum deadline_base base);
/* What other rows derive from a changed case: deadlines counted from its days, fees, the next annuity. */
bool case_follow(struct record *patent, struct record_store *store, struct error *error) MUST_CHECK;
bool deadline_is_running(const struct record *deadline);
/* Ends the running deadlines of the rule, counted from that day (DATE_NONE: any), with the outcome. */
bool deadline_finish(struct record_store *store, int64_t case_id, struct str rule, date due,
		     const char *state, struct str outcome, struct error *error) MUST_CHECK;
/* The annuity of a patent year is paid or dropped: its deadlines end, the case is in force again. */
bool case_annuity_done(const struct record *fee, struct record_store *store,
		       struct error *error) MUST_CHECK;
/* A new annuity takes its year; ERROR_INVALID names the one that has it. */
bool case_claim_annuity(struct record *fee, struct record_store *store,
			struct error *error) MUST_CHECK;
/* One that was dropped is to be paid after all: its deadline runs again. */
bool case_annuity_resume(struct record *fee, struct record_store *store,
			 struct error *error) MUST_CHECK;
/* The day the annuity of a year is due, before it moves with rest days; none is before the grant. */
date case_annuity_day(const struct record *patent, int64_t year);
/* The next annuity of a case in force, as a planned fee with its deadline, unless one is open. */
bool case_keep_annuities(const struct record *patent, struct record_store *store,
			 struct error *error) MUST_CHECK;
/* The first annuity, due with the registration whose period the deadline is. */
bool case_begin_annuities(const struct record *deadline, struct record_store *store,
			  struct error *error) MUST_CHECK;
/* The case of a disclosure that is filed: made once, or moved on when it was planned. */
bool case_file(const struct record *disclosure, struct record_store *store,
	       struct error *error) MUST_CHECK;
/*
 * For what follows from a step by itself: no grants are asked, and what validation refuses is the
 * step's own error, with the field when the step's record has it.
 */
bool types_create_for(struct record_store *store, struct record *record,
		      struct error *error) MUST_CHECK;
bool types_save_for(struct record_store *store, struct record *record, const char *action,
		    struct error *error) MUST_CHECK;
/* Ways of service, in the order of enum service (rule/deadline.h). */
extern const struct choice types_services[];
extern const struct choice types_patents[];
bool types_choice_is(const struct record *record, size_t field, const char *value);

#define DIRECTOR   ROLE_BIT(ROLE_DIRECTOR)
#define MANAGER    ROLE_BIT(ROLE_IP_MANAGER)
#define RESEARCHER ROLE_BIT(ROLE_RESEARCHER)
#define AGENCY     ROLE_BIT(ROLE_AGENCY)

#endif
