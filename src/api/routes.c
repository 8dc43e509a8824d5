/* The tables made of routes.inc. */
#include "api/routes.h"

#include "api/openapi.h"

enum {
	BODY_TREE = 8 << 20,
	BODY_UPLOAD_TREE = 32 << 20,
	BODY_ATTACHMENT = 256 << 20,
	BODY_SHEET = 16 << 20
};
static const int64_t upload_max = 64LL << 30; /* the configuration says less: cli/serve.c */

#define ENDPOINT(method, path, permission, handler, flags, body_max, ...)                          \
	ROUTE(method, path, permission, handler, flags, body_max),
const struct route api_routes[] = {
#include "api/routes.inc"
	ROUTE_END
};

#undef ENDPOINT
#define ENDPOINT(method, path, permission, handler, flags, body_max, tag, status, answer,          \
		 parameters, errors, ...)                                                          \
	{ tag, status, answer, parameters, errors, { __VA_ARGS__ } },
const struct operation api_operations[] = {
#include "api/routes.inc"
};

const struct job_kind api_job_kinds[] = {
	{ "backup", "backup", run_backup_job, 2 },
	{ "import", "import", run_import_job, 5 },
	{ "report", NULL, run_report_job, 5 },
	{ .name = NULL },
};
