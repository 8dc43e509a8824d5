#ifndef CLI_FEES_INTERNAL_H
#define CLI_FEES_INTERNAL_H

#include "base/jsonout.h"
#include "cli/command.h"
#include "rule/fee.h"

struct fees_options {
	const char *type;
	int64_t claims, pages, priorities, reduction, year, grant_year, count, within;
	bool examination, open_licence, replied, list;
	date due, paid, filed, granted, withdrawn, reply_until;
};

const char *fees_amount(struct context *context, int64_t fen); /* 2140.00 */
const char *fees_item_name(struct context *context, const struct fee_item *item);
/* From the names of patent_types, 发明专利, utility model ...; no other word is guessed at. */
enum patent_type fees_type(struct str word);
void fees_item_json(struct context *context, struct jsonout *json, const struct fee_item *item);
/* What a case is called and a verb adds to the answer, each as a line or a member. */
struct fees_fact {
	const char *key; /* JSON member */
	const char *zh, *en, *value;
};
/* facts end with a NULL key */
void fees_print_bill(struct context *context, const struct fee_bill *bill,
		     const struct fees_fact *facts);
void fees_print_list(struct context *context);

/* fees due FILE; returns the exit status or -1. */
int fees_due(struct context *context, const struct fees_options *chosen, const char *path,
	     struct error *error);

#endif
