#ifndef API_ACCOUNT_CALL_H
#define API_ACCOUNT_CALL_H

#include "api/identity_internal.h"

/* What the endpoints of accounts share. */

/*
 * {account} of the path, when the actor may read its user: else ERROR_NOT_FOUND, as one that is not
 * there.
 */
bool call_account(struct call *call, struct auth_account *account_out,
		  struct error *error) MUST_CHECK;
/* The users of these ids that the actor may read, as names; others are left out. */
struct record_title;
bool call_user_names(struct call *call, const int64_t *user_ids, size_t count,
		     struct record_title **names_out, size_t *count_out,
		     struct error *error) MUST_CHECK;
/* "roles": ["ip_manager", …] */
void member_roles(struct jsonout *json, unsigned roles);
/* "memberships": where a user works as what. */
bool member_memberships(struct call *call, int64_t user_id, struct error *error) MUST_CHECK;
/* "sessions": those of an account; own_id is marked as the one that asks. */
bool member_sessions(struct call *call, int64_t account_id, int64_t own_id,
		     struct error *error) MUST_CHECK;

#endif
