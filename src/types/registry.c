/* All record types. A type stands behind those it refers to: the tables are made in this order. */
#include "types/types.h"

const struct record_type *const record_types[] = {
	/* people */
	&organisation_type,
	&user_type,
	&membership_type,
	/* navigation */
	&topic_type,
	&topic_node_type,
	&saved_query_type,
	&watch_type,
	&navigation_study_type,
	&finding_type,
	/* management */
	&annual_task_type,
	NULL,
};
