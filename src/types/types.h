#ifndef TYPES_TYPES_H
#define TYPES_TYPES_H

#include "record/record.h"

/* Types and enums of fields that other types, the command line and tests name; registry.c lists all. */
extern const struct record_type organisation_type, user_type, membership_type;
extern const struct record_type topic_type, topic_node_type, saved_query_type, watch_type,
	navigation_study_type, finding_type;
extern const struct record_type key_field_type, bottleneck_type, rd_project_type, rd_gate_type,
	mining_session_type;
extern const struct record_type disclosure_type, evaluation_type, draft_type, quality_check_type;
extern const struct record_type patent_case_type, case_update_type, notice_type, deadline_type,
	fee_type;
extern const struct record_type annual_task_type;

enum {
	ORGANISATION_NAME,
	ORGANISATION_SHORT_NAME,
	ORGANISATION_KIND,
	ORGANISATION_PARENT,
	ORGANISATION_CODE,
	ORGANISATION_REGION,
	ORGANISATION_PATH, /* "/1/4/9/": the ids of all above and its own */
	ORGANISATION_HOST,
	ORGANISATION_FIELD_OF_WORK,
	ORGANISATION_DEPARTMENT,
	ORGANISATION_ADDRESS,
	ORGANISATION_CONTACT,
	ORGANISATION_CONTACT_PHONE,
	ORGANISATION_ESTABLISHED_ON,
	ORGANISATION_NOTE,
	ORGANISATION_FIELD_COUNT
};

enum {
	USER_LOGIN,
	USER_NAME,
	USER_DEPARTMENT,
	USER_POSITION,
	USER_TITLE,
	USER_QUALIFICATIONS,
	USER_IS_FULL_TIME,
	USER_SHARE_OF_TIME,
	USER_PHONE,
	USER_EMAIL,
	USER_ID_NUMBER,
	USER_JOINED_ON,
	USER_LEFT_ON,
	USER_NOTE,
	USER_FIELD_COUNT
};

/* A user's roles in an organisation; they count in state "active". */
enum {
	MEMBERSHIP_USER,
	MEMBERSHIP_ROLES, /* names of role_infos[]: ",director,ip_manager," */
	MEMBERSHIP_REASON,
	MEMBERSHIP_UNTIL,
	MEMBERSHIP_FIELD_COUNT
};
/* ",director,finance," -> ROLE_BIT()s; unknown names do not count. */
unsigned membership_roles(struct str names);

/* A node of a topic's technology or effect tree. */
enum {
	NODE_TOPIC,
	NODE_KIND,
	NODE_POSITION,
	NODE_LEVEL,
	NODE_NAME,
	NODE_DEFINITION,
	NODE_QUERY,
	NODE_FIELD_COUNT
};

/* 攻关清单 item: what a centre lacks, and the evidence for it. */
enum {
	BOTTLENECK_CODE,
	BOTTLENECK_TITLE,
	BOTTLENECK_KEY_FIELD,
	BOTTLENECK_KIND,
	BOTTLENECK_SOURCE,
	BOTTLENECK_PRIORITY,
	BOTTLENECK_GAP,
	BOTTLENECK_TARGET,
	BOTTLENECK_FINDING,
	BOTTLENECK_TOPIC,
	BOTTLENECK_TECHNOLOGY,
	BOTTLENECK_EFFECT,
	BOTTLENECK_QUERY,
	BOTTLENECK_HITS,
	BOTTLENECK_COUNTED_ON,
	BOTTLENECK_LEADER,
	BOTTLENECK_PARTNERS,
	BOTTLENECK_BUDGET,
	BOTTLENECK_STARTS_ON,
	BOTTLENECK_DUE_ON,
	BOTTLENECK_EXPECTED_PATENTS,
	BOTTLENECK_OUTCOME,
	BOTTLENECK_HITS_AFTER,
	BOTTLENECK_RECOUNTED_ON,
	BOTTLENECK_SOLVED_ON,
	BOTTLENECK_FIELD_COUNT
};

/* 研发项目, and its gates: what was searched before it went on (clause 2.4-e). */
enum {
	PROJECT_CODE,
	PROJECT_TITLE,
	PROJECT_BOTTLENECK,
	PROJECT_KEY_FIELD,
	PROJECT_KIND,
	PROJECT_SOURCE,
	PROJECT_CONTRACT,
	PROJECT_LEADER,
	PROJECT_TEAM,
	PROJECT_PARTNERS,
	PROJECT_OWNERSHIP,
	PROJECT_BUDGET,
	PROJECT_STARTS_ON,
	PROJECT_DUE_ON,
	PROJECT_GOAL,
	PROJECT_ROUTE,
	PROJECT_TOPIC,
	PROJECT_EXPECTED_PATENTS,
	PROJECT_RESULT,
	PROJECT_CLOSED_ON,
	PROJECT_FIELD_COUNT
};
enum {
	GATE_PROJECT,
	GATE_STAGE, /* initiation, execution, closing */
	GATE_TITLE, /* computed: the project's and the stage's */
	GATE_HELD_ON,
	GATE_REVIEWERS,
	GATE_STUDY,
	GATE_TOPIC,
	GATE_DATABASES,
	GATE_QUERY,
	GATE_HITS,
	GATE_SELECTED,
	GATE_SEARCHED_ON,
	GATE_REPORT,
	GATE_FINDINGS,
	GATE_INFLUENCE,
	GATE_PASSED_ON,
	GATE_FIELD_COUNT
};

/* 技术交底书 and what became of it: search, evaluation, decision, drafting. */
enum {
	DISCLOSURE_CODE,
	DISCLOSURE_TITLE,
	DISCLOSURE_KEY_FIELD,
	DISCLOSURE_PROJECT,
	DISCLOSURE_SESSION,
	DISCLOSURE_TECHNICAL_FIELD,
	DISCLOSURE_FUNDING,
	DISCLOSURE_SECRECY,
	DISCLOSURE_INVENTORS,
	DISCLOSURE_SHARES,
	DISCLOSURE_IS_SERVICE,
	DISCLOSURE_FORMER_STAFF,
	DISCLOSURE_BACKGROUND,
	DISCLOSURE_CLOSEST_ART,
	DISCLOSURE_PROBLEM,
	DISCLOSURE_SOLUTION,
	DISCLOSURE_ESSENTIAL,
	DISCLOSURE_VARIANTS,
	DISCLOSURE_IS_SOFTWARE,
	DISCLOSURE_SOFTWARE,
	DISCLOSURE_EFFECTS,
	DISCLOSURE_TEST_DATA,
	DISCLOSURE_EMBODIMENTS,
	DISCLOSURE_FIGURES,
	DISCLOSURE_MATERIAL,
	DISCLOSURE_GOALS,
	DISCLOSURE_PATENT_TYPE,
	DISCLOSURE_COUNTRIES,
	DISCLOSURE_WANTED_ON,
	DISCLOSURE_PUBLICITY,
	DISCLOSURE_PUBLIC_ON,
	DISCLOSURE_GRACE_UNTIL,
	DISCLOSURE_RELATED,
	DISCLOSURE_FIRST_FILED_ON,
	DISCLOSURE_PRIORITY_UNTIL,
	DISCLOSURE_SPECIAL,
	DISCLOSURE_COMPLETENESS,
	DISCLOSURE_MISSING,
	DISCLOSURE_SEARCH_QUERY,
	DISCLOSURE_SEARCH_DATABASES,
	DISCLOSURE_SEARCH_HITS,
	DISCLOSURE_SEARCHED_ON,
	DISCLOSURE_FEATURES,
	DISCLOSURE_EVALUATORS,
	DISCLOSURE_ROUND,
	DISCLOSURE_EVALUATOR_COUNT,
	DISCLOSURE_SCORE,
	DISCLOSURE_PROPOSAL,
	DISCLOSURE_DECISION,
	DISCLOSURE_DECIDED_ON,
	DISCLOSURE_AGENCY,
	DISCLOSURE_CLEARED_ON,
	DISCLOSURE_FILED_ON,
	DISCLOSURE_FIELD_COUNT
};

/*
 * What a disclosure is judged complete by: a part is there when both its fields are, and is asked for
 * only when the field `when` says yes (DISCLOSURE_FIELD_COUNT: always). Weights sum to 100; it may be
 * submitted from DISCLOSURE_COMPLETE_ENOUGH on with no mandatory part missing.
 */
struct disclosure_part {
	struct label label;
	int weight;
	bool is_mandatory;
	size_t first, second, when;
};
enum { DISCLOSURE_COMPLETE_ENOUGH = 80 };
const struct disclosure_part *disclosure_parts(size_t *count_out);

/* A version of the application's text. */
enum {
	DRAFT_DISCLOSURE,
	DRAFT_NUMBER, /* of the disclosure: 1, 2 ... */
	DRAFT_TITLE,
	DRAFT_INVENTORS,
	DRAFT_AGENCY,
	DRAFT_AGENT,
	DRAFT_DUE_ON,
	DRAFT_FILE,
	DRAFT_CLAIMS,
	DRAFT_INDEPENDENT_CLAIMS,
	DRAFT_CHANGES,
	DRAFT_DELIVERED_ON,
	DRAFT_CONFIRMED_ON,
	DRAFT_CHECKERS, /* those of its quality checks */
	DRAFT_FIELD_COUNT
};

/* The check of a delivered draft: what the drafting check counts, and the sheet a person fills in. */
enum {
	CHECK_DRAFT,
	CHECK_TITLE,
	CHECK_AGENCY,
	CHECK_CHECKER,
	CHECK_CHECKED_ON,
	CHECK_RULES,
	CHECK_ERRORS,
	CHECK_WARNINGS,
	CHECK_NOTES,
	CHECK_WAIVED,
	CHECK_WAIVERS, /* lines: RULE[:CLAIM]=reason；person */
	CHECK_RUNS,
	CHECK_RUN_ON,
	CHECK_FINDINGS,
	CHECK_NEW, /* against the draft before */
	CHECK_FIXED,
	CHECK_STILL,
	CHECK_REPORT,
	CHECK_SOLUTION,
	CHECK_SCOPE,
	CHECK_STABILITY,
	CHECK_LAYOUT,
	CHECK_BACKGROUND,
	CHECK_EFFECT,
	CHECK_SUFFICIENCY,
	CHECK_FORM,
	CHECK_TOTAL,
	CHECK_ISSUES,
	CHECK_FIELD_COUNT
};
enum { CHECK_FORM_POINTS = 12 }; /* the most for form, of 100 */

/* A patent case: states and steps as data/case_states.csv and case_transitions.csv have them. */
enum {
	CASE_NUMBER,
	CASE_TITLE,
	CASE_TYPE,
	CASE_OFFICE,
	CASE_DISCLOSURE,
	CASE_KEY_FIELD,
	CASE_APPLICATION,
	CASE_PUBLICATION,
	CASE_FAMILY,
	CASE_PARENT, /* the case a divisional was parted from */
	CASE_PCT_NUMBER,
	CASE_IPC,
	CASE_PROJECT,
	CASE_OWNER,
	CASE_INVENTORS,
	CASE_AGENCY,
	CASE_AGENT,
	CASE_CO_OWNERS, /* names; none: the centre alone */
	CASE_OWNERSHIP_AGREEMENT,
	CASE_MADE_ABROAD, /* no secrecy examination is needed */
	CASE_CLEARED_ON,  /* day of the secrecy examination */
	CASE_PRIORITY_ON,
	CASE_FILED_ON,
	CASE_PUBLISHED_ON,
	CASE_GRANTED_ON,
	CASE_ENDED_ON,
	/* As enum case_date of rule/patent_case.h says. */
	CASE_EXAMINED_ON,
	CASE_REJECTED_ON,
	CASE_REVIEW_REQUESTED_ON,
	CASE_REJECTION_UPHELD_ON,
	CASE_REJECTION_REVERSED_ON,
	CASE_WITHDRAWN_ON,
	CASE_DEEMED_WITHDRAWN_ON,
	CASE_GRANT_ABANDONED_ON,
	CASE_RESTORED_ON,
	CASE_UNPAID_FROM,
	CASE_END_KNOWN_ON,
	CASE_INVALIDATED_ON,
	CASE_ABNORMAL_ON,
	CASE_ACQUIRED_ON,
	CASE_TRANSFERRED_ON,
	CASE_ADJUSTMENT_DAYS,
	CASE_REDUCTION,
	CASE_CLAIMS,
	CASE_IS_SUSPENDED,
	CASE_GRADE,
	CASE_BEFORE,
	CASE_FIELD_COUNT
};

/*
 * What follows from the day alone: an annuity that was not paid by its last day puts a case in force into
 * the grace period (Implementing Regulations art. 115), from the day it was due, once for each annuity.
 * A person may take it back. Nothing to do: *moved_out is false.
 */
bool case_pass_due_day(struct record_store *store, int64_t case_id, bool *moved_out,
		       struct error *error) MUST_CHECK;
/* The first day the term is over: 20 years from filing, with its adjustment; DATE_NONE: not filed. */
date case_term_end(const struct record *patent);

/* What an import brings for a case; nothing changes before it is accepted. */
enum {
	UPDATE_CASE,
	UPDATE_TITLE,
	UPDATE_KIND, /* number publication grant event */
	UPDATE_PUBLICATION,
	UPDATE_EVENT, /* words of the event, or its kind's name */
	UPDATE_HAPPENED_ON,
	UPDATE_FIELD, /* of the case; empty: to be known only */
	UPDATE_OLD_VALUE,
	UPDATE_NEW_VALUE,
	UPDATE_GOAL, /* the state it leads to, where steps lead there */
	UPDATE_REACHED,
	UPDATE_SOURCE,
	UPDATE_FACT,
	UPDATE_OWNER,
	UPDATE_FIELD_COUNT
};
/* What a proposal is known by, whatever became of it: "12 granted_on 2026-03-27". */
const char *case_update_fact(struct arena *arena, const struct record *update);

/* A period that runs: its last day is computed. */
enum {
	DEADLINE_CASE,
	DEADLINE_NOTICE,
	DEADLINE_RULE,
	DEADLINE_TITLE,
	DEADLINE_BASE_ON,
	DEADLINE_OTHER_ON,
	DEADLINE_SERVICE,
	DEADLINE_MONTHS,
	DEADLINE_DAYS,
	DEADLINE_EXTENSION,
	DEADLINE_DUE_ON,
	DEADLINE_SAFE_ON,
	DEADLINE_OWNER,
	DEADLINE_AGENCY,
	DEADLINE_ACKNOWLEDGED_ON,
	DEADLINE_DONE_ON,
	DEADLINE_OUTCOME,
	DEADLINE_ASKED_BY,
	DEADLINE_FOLLOWS, /* counted from a day of the case, and with it */
	DEADLINE_FIELD_COUNT
};

/* An official fee: of an act, or the annuity of a patent year. */
enum {
	FEE_CASE,
	FEE_KIND,
	FEE_RULE,
	FEE_YEAR,
	FEE_TITLE,
	FEE_DUE_ON,
	FEE_DECIDE_ON, /* of a grade that asks for a decision: by when */
	FEE_PAID_ON,
	FEE_AMOUNT,
	FEE_PAID,
	FEE_OWNER,
	FEE_AGENCY,
	FEE_RECEIPT,
	FEE_ANNUITY, /* of an annuity: "12/5", one a case and year */
	FEE_FIELD_COUNT
};
/* The rule of the first annuity, paid with the registration of the grant. */
#define FEE_REGISTRATION "registration"

/* What the office sent in a case. */
enum {
	NOTICE_CASE,
	NOTICE_NAME,
	NOTICE_NUMBER,
	NOTICE_ISSUED_ON,
	NOTICE_SERVICE,
	NOTICE_RECEIVED_ON,
	NOTICE_APPLICATION, /* what it tells about the case: number and day of filing, */
	NOTICE_FILED_ON,
	NOTICE_EVENT_ON, /* the day it took effect or was announced, */
	NOTICE_PUBLICATION,
	NOTICE_RESULT, /* and what was decided */
	NOTICE_ADJUSTMENT_DAYS,
	NOTICE_MONTHS,
	NOTICE_DAYS,
	NOTICE_FILE,
	NOTICE_OWNER,
	NOTICE_AGENCY,
	NOTICE_READ_ON,
	NOTICE_FIELD_COUNT
};

#define ROLES_BUSINESS (ROLES_ALL & ~ROLES_ADMIN)
/* Those who look at what stands below them: bureaus and inspectors. */
#define ROLES_ABOVE (ROLES_OFFICE | ROLE_BIT(ROLE_INSPECTOR))
/* Who drives the work of a centre. */
#define ROLES_LEADING (ROLE_BIT(ROLE_DIRECTOR) | ROLE_BIT(ROLE_IP_MANAGER))

#endif
