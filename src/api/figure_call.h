#ifndef API_FIGURE_CALL_H
#define API_FIGURE_CALL_H

#include "api/record_call.h"
#include "chain/indicators.h"

/* The records behind a figure: {indicator} of the path; centre, as_of, part, method … of the query. */
struct figure_call {
	struct chain_question question;
	struct chain_centre centre;
	struct str indicator;
	enum chain_part part;
};
bool call_figure(struct record_call *records, struct figure_call *figure_out,
		 struct error *error) MUST_CHECK;

#endif
