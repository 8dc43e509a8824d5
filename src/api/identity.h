#ifndef API_IDENTITY_H
#define API_IDENTITY_H

#include "http/http.h"

/* What request->user says; 0 and 0: nobody. */
void call_actor(const struct request *request, int64_t *user_id_out, int64_t *organisation_id_out);

#endif
