#ifndef API_IDENTITY_INTERNAL_H
#define API_IDENTITY_INTERNAL_H

#include "api/call.h"
#include "auth/auth.h"

/* What auth/ works with, for one request on a worker's thread. Lives in the request's arena. */
struct auth *identity_auth(const struct request *request);
/* Who asks, of a route that is not PUBLIC. */
const struct auth_identity *identity_of(const struct request *request);
/* The answer of a new token, 201: an object that begins with its id and, this once, itself; the
   caller ends it. */
void identity_token_begin(struct call *call, int64_t id, const char *token);

#endif
