#ifndef API_DRAFT_CALL_H
#define API_DRAFT_CALL_H

#include "api/record_call.h"
#include "draft/draft_check.h"

/*
 * Reads the file a draft's field names and checks it; sets the options' name and, when it is not set,
 * their day. Without a file, or where the actor may not see it: ERROR_NOT_FOUND. (drafts.c)
 */
bool call_check_draft(struct record_call *records, const struct record *draft,
		      struct draft_check_options *options, struct checked_draft **checked_out,
		      struct error *error) MUST_CHECK;

/* The draft of the same disclosure with a file that came last before this one, or NULL. */
bool call_former_draft(struct record_call *records, const struct record *draft,
		       struct record **former_out, struct error *error) MUST_CHECK;

#endif
