#ifndef TYPES_TYPES_H
#define TYPES_TYPES_H

#include "record/record.h"

/* Types and enums of fields that other types, the command line and tests name; registry.c lists all. */
extern const struct record_type organisation_type, user_type, membership_type;
extern const struct record_type topic_type, topic_node_type, saved_query_type, watch_type,
	navigation_study_type, finding_type;
extern const struct record_type key_field_type, bottleneck_type, rd_project_type, rd_gate_type,
	mining_session_type;
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

#define ROLES_BUSINESS (ROLES_ALL & ~ROLES_ADMIN)
/* Those who look at what stands below them: bureaus and inspectors. */
#define ROLES_ABOVE (ROLES_OFFICE | ROLE_BIT(ROLE_INSPECTOR))
/* Who drives the work of a centre. */
#define ROLES_LEADING (ROLE_BIT(ROLE_DIRECTOR) | ROLE_BIT(ROLE_IP_MANAGER))

#endif
