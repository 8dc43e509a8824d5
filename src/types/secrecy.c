/*
 * The secrecy examination before filing abroad (Patent Law art. 19): for inventions and utility models made
 * in China. A PCT application at the CNIPA asks for it by itself (Implementing Regulations, rule 8).
 */
#include "types/types_internal.h"

bool case_is_cleared(const struct record *patent, struct record_store *store, bool *cleared_out,
		     struct error *error)
{
	struct record *disclosure;

	*cleared_out = record_is_set(patent, CASE_CLEARED_ON) ||
		       record_integer(patent, CASE_MADE_ABROAD);
	if (*cleared_out)
		return true;
	if (!types_load_own(patent, CASE_DISCLOSURE, store, &disclosure, error))
		return false;
	*cleared_out = disclosure && record_is_set(disclosure, DISCLOSURE_CLEARED_ON);
	return true;
}

bool case_check_clearance(const struct record *patent, struct record_store *store,
			  struct error *error)
{
	bool is_cleared;

	if (types_choice_is(patent, CASE_OFFICE, "CN") ||
	    types_choice_is(patent, CASE_OFFICE, "WO") ||
	    types_choice_is(patent, CASE_TYPE, "design") ||
	    record_is_set(patent, CASE_PCT_NUMBER) || record_is_set(patent, CASE_ACQUIRED_ON))
		return true;
	return case_is_cleared(patent, store, &is_cleared, error) &&
	       (is_cleared || error_set_field(error, "cleared_on", "types.not_cleared"));
}
