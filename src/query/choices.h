#ifndef QUERY_CHOICES_H
#define QUERY_CHOICES_H

#include "query/schema.h"

/*
 * The values fields with a fixed vocabulary take, each with the Chinese, English and coded
 * spellings of the systems people come from.
 */
extern const struct query_choice query_type_choices[];
extern const struct query_choice query_status_choices[];
extern const struct query_choice query_country_choices[];
extern const struct query_choice query_applicant_type_choices[];
extern const struct query_choice query_flag_choices[]; /* "yes", "no" */

#endif
