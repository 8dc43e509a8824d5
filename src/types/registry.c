/*
 * All record types: one line each, behind those it refers to, for the tables are made in this order. The
 * build takes every .c file of this folder and looks again when this one changes.
 */
#include "record/record_type.h"

#define TYPES(TYPE)                                                                                \
	/* people */                                                                               \
	TYPE(organisation)                                                                         \
	TYPE(user)                                                                                 \
	TYPE(membership)                                                                           \
	/* navigation */                                                                           \
	TYPE(topic)                                                                                \
	TYPE(topic_node)                                                                           \
	TYPE(saved_query)                                                                          \
	TYPE(watch)                                                                                \
	TYPE(navigation_study)                                                                     \
	TYPE(finding)                                                                              \
	/* cultivation */                                                                          \
	TYPE(key_field)                                                                            \
	TYPE(bottleneck)                                                                           \
	TYPE(rd_project)                                                                           \
	TYPE(rd_gate)                                                                              \
	TYPE(mining_session)                                                                       \
	/* creation */                                                                             \
	TYPE(disclosure)                                                                           \
	TYPE(evaluation)                                                                           \
	TYPE(draft)                                                                                \
	TYPE(quality_check)                                                                        \
	/* docket */                                                                               \
	TYPE(patent_case)                                                                          \
	TYPE(notice)                                                                               \
	TYPE(deadline)                                                                             \
	TYPE(fee)                                                                                  \
	TYPE(case_update)                                                                          \
	/* operation */                                                                            \
	TYPE(product)                                                                              \
	TYPE(product_year)                                                                         \
	TYPE(deal)                                                                                 \
	TYPE(deal_income)                                                                          \
	/* value */                                                                                \
	TYPE(standard_patent)                                                                      \
	TYPE(award)                                                                                \
	TYPE(high_value_mark)                                                                      \
	TYPE(grading)                                                                              \
	/* plan */                                                                                 \
	TYPE(portfolio)                                                                            \
	TYPE(layout_plan)                                                                          \
	TYPE(task_book)                                                                            \
	TYPE(target)                                                                               \
	TYPE(region_year)                                                                          \
	/* management */                                                                           \
	TYPE(annual_task)

#define DECLARE(name) extern const struct record_type name##_type;
#define LIST(name)    &name##_type,

TYPES(DECLARE)

const struct record_type *const record_types[] = { TYPES(LIST) NULL };
