#ifndef TYPES_TYPES_H
#define TYPES_TYPES_H

#include "record/record.h"

/* Types and enums of fields that other types, the command line and tests name; registry.c lists all. */
extern const struct record_type organisation_type, user_type, membership_type;
extern const struct record_type topic_type, topic_node_type, saved_query_type, watch_type,
	navigation_study_type, finding_type;
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

#define ROLES_BUSINESS (ROLES_ALL & ~ROLES_ADMIN)
/* Those who look at what stands below them: bureaus and inspectors. */
#define ROLES_ABOVE (ROLES_OFFICE | ROLE_BIT(ROLE_INSPECTOR))
/* Who drives the work of a centre. */
#define ROLES_LEADING (ROLE_BIT(ROLE_DIRECTOR) | ROLE_BIT(ROLE_IP_MANAGER))

#endif
