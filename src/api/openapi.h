#ifndef API_OPENAPI_H
#define API_OPENAPI_H

#include "api/api.h"
#include "base/jsonout.h"
#include "base/label.h"
#include "base/message.h"

/* The description of the API: what routes.inc says of each route, the table of what callers give. */

/* Of the route of the same place in api_routes[]. */
struct operation {
	const char *tag;        /* of data/openapi.json */
	int status;             /* of an answer that is no error */
	const char *answer;     /* schema of its JSON, or a media type; NULL: no content */
	const char *parameters; /* names of parameters[] joined by blanks; "!" behind: needed */
	const char *errors;     /* statuses besides those that follow from the route: "409 503" */
	struct label summary;
};
extern const struct operation api_operations[];

enum parameter_kind {
	PARAMETER_TEXT,
	PARAMETER_INTEGER,
	PARAMETER_CHOICE,
	PARAMETER_DATE,
	PARAMETER_BOOL,
	PARAMETER_TEXTS,       /* a list in a body */
	PARAMETER_FILE,        /* of a form */
	PARAMETER_OBJECT,      /* in a body */
	PARAMETER_RECORD_TYPE, /* one of record_types[] */
	PARAMETER_HEADER       /* a text in a header */
};
struct parameter {
	const char *name; /* up to a dot: "limit.jobs" is limit of another range */
	enum parameter_kind kind;
	struct label description;
	const char *choices;  /* joined by blanks; also a schema's name, of PARAMETER_OBJECT */
	int64_t min, max;     /* PARAMETER_INTEGER; PARAMETER_TEXT: most characters */
	const char *fallback; /* what holds when it is missing, or NULL */
};
/* NULL when there is none. */
const struct parameter *parameter_find(struct str name);
/* Its schema as the value that is due. */
void parameter_write_schema(const struct parameter *parameter, struct jsonout *json);

/* "$ref" of an open object: a schema by its name. */
void openapi_write_reference(struct jsonout *json, const char *schema);
/* Members of components/schemas: Record_TYPE and Fields_TYPE of each record type, AnyRecord. */
void openapi_write_records(struct jsonout *json, enum language language);

/* The whole description as one object. */
bool openapi_write(struct jsonout *json, enum language language, struct error *error) MUST_CHECK;

#endif
