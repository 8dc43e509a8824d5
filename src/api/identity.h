#ifndef API_IDENTITY_H
#define API_IDENTITY_H

#include "base/config.h"
#include "http/http.h"

/* What request->user says; 0 and 0: nobody. */
void call_actor(const struct request *request, int64_t *user_id_out, int64_t *organisation_id_out);

/* The settings of accounts; memory_free() them. */
struct auth_settings;
bool identity_read_settings(const struct config *config, struct auth_settings **settings_out,
			    struct error *error) MUST_CHECK;

#endif
