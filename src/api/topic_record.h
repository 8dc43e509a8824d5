#ifndef API_TOPIC_RECORD_H
#define API_TOPIC_RECORD_H

#include "api/call.h"

/*
 * A topic is a record (types/topic.c). Its own endpoints change it as the endpoints of records do:
 * with the grants of its type, a version, lines of history and audit.
 */
struct topic_texts {
	const char *name, *purpose, *field, *query; /* NULL: as it is */
};
/* *id_io 0: a new one. In a transaction of its own; 409 when the organisation has one of that name. */
bool topic_record_save(struct call *call, const struct topic_texts *texts, int64_t *id_io,
		       struct error *error) MUST_CHECK;
/* May the actor do it ("update": its documents and trees too) to the topic? Else ERROR_FORBIDDEN. */
bool topic_record_may(struct call *call, int64_t id, const char *action,
		      struct error *error) MUST_CHECK;

#endif
