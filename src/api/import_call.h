#ifndef API_IMPORT_CALL_H
#define API_IMPORT_CALL_H

#include "api/api_internal.h"
#include "import/source.h"

/* What the endpoints of imports share. */

struct import_rejected;
struct job_row;

/* `format` by name with the columns of `map` besides; NULL: the file tells. Both may be NULL. */
bool import_source(struct arena *arena, const char *format, const char *map,
		   const struct source **source_out, struct error *error) MUST_CHECK;
/* Topic, format, map and dry_run of the request, before a job is made of them. */
bool import_check(struct call *call, struct error *error) MUST_CHECK;
bool import_submit(struct call *call, const char *path, const char *name, int64_t *id_out,
		   struct error *error) MUST_CHECK;
/* The upload a dry run keeps; NULL: none, or no longer. */
const char *import_kept_file(const struct job_row *row);
/* The rows an import refused, or a dry run would, until false is answered. */
typedef bool import_refusal_fn(void *context, const struct import_rejected *row);
bool import_each_refusal(struct call *call, const struct job_row *row, import_refusal_fn *take,
			 void *context, struct error *error) MUST_CHECK;

#endif
