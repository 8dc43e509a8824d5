/* All routes, and what the description of the API says of them. */
#include "api/api_internal.h"

enum { BODY_TREE = 8 << 20, BODY_UPLOAD_TREE = 32 << 20 };
static const int64_t upload_max = 4LL << 30;

/* The methods of one path stand together. */
const struct route api_routes[] = {
	ROUTE("GET", "/health", PUBLIC, api_health, ROUTE_INLINE | ROUTE_QUIET, BODY_NONE),
	ROUTE("GET", "/ready", PUBLIC, api_ready, ROUTE_QUIET, BODY_NONE),
	ROUTE("GET", "/metrics", "metrics.read", api_metrics, ROUTE_QUIET, BODY_NONE),
	ROUTE("GET", "/api/v1/openapi.json", PUBLIC, api_openapi, 0, BODY_NONE),

	ROUTE("GET", "/api/v1/search", "patent.read", api_search, 0, BODY_NONE),
	ROUTE("POST", "/api/v1/search", "patent.read", api_search, 0, BODY_JSON),
	ROUTE("GET", "/api/v1/explain", "patent.read", api_explain, 0, BODY_NONE),
	ROUTE("POST", "/api/v1/explain", "patent.read", api_explain, 0, BODY_JSON),
	ROUTE("GET", "/api/v1/similar", "patent.read", api_similar, 0, BODY_NONE),
	ROUTE("POST", "/api/v1/similar", "patent.read", api_similar, 0, BODY_JSON),
	ROUTE("GET", "/api/v1/analyses", "patent.read", api_list_analyses, 0, BODY_NONE),
	ROUTE("GET", "/api/v1/analyse", "patent.read", api_analyse, ROUTE_LONG, BODY_NONE),
	ROUTE("POST", "/api/v1/analyse", "patent.read", api_analyse, ROUTE_LONG, BODY_JSON),
	ROUTE("GET", "/api/v1/figures/{figure}", "patent.read", api_figure, ROUTE_LONG, BODY_NONE),
	ROUTE("POST", "/api/v1/figures/{figure}", "patent.read", api_figure, ROUTE_LONG, BODY_JSON),
	ROUTE("GET", "/api/v1/publications/{number}", "patent.read", api_publication, 0, BODY_NONE),

	ROUTE("GET", "/api/v1/queries", "topic.read", api_list_queries, 0, BODY_NONE),
	ROUTE("PUT", "/api/v1/queries/{name}", "topic.write", api_put_query, 0, BODY_JSON),
	ROUTE("DELETE", "/api/v1/queries/{name}", "topic.write", api_delete_query, 0, BODY_NONE),

	ROUTE("GET", "/api/v1/topics", "topic.read", api_list_topics, 0, BODY_NONE),
	ROUTE("POST", "/api/v1/topics", "topic.write", api_create_topic, 0, BODY_JSON),
	ROUTE("GET", "/api/v1/topics/{topic}", "topic.read", api_get_topic, 0, BODY_NONE),
	ROUTE("PATCH", "/api/v1/topics/{topic}", "topic.write", api_edit_topic, 0, BODY_JSON),
	ROUTE("DELETE", "/api/v1/topics/{topic}", "topic.write", api_delete_topic, 0, BODY_NONE),
	ROUTE("GET", "/api/v1/topics/{topic}/log", "topic.read", api_topic_log, 0, BODY_NONE),
	ROUTE("POST", "/api/v1/topics/{topic}/documents", "topic.write", api_topic_documents, 0,
	      BODY_JSON),
	ROUTE("GET", "/api/v1/topics/{topic}/trees/{kind}", "topic.read", api_get_tree, 0,
	      BODY_NONE),
	ROUTE("PUT", "/api/v1/topics/{topic}/trees/{kind}", "topic.write", api_put_tree, 0,
	      BODY_TREE),
	ROUTE("GET", "/api/v1/topics/{topic}/trees/{kind}/file", "topic.read", api_get_tree_file, 0,
	      BODY_NONE),
	ROUTE("PUT", "/api/v1/topics/{topic}/trees/{kind}/file", "topic.write", api_put_tree_file,
	      ROUTE_UPLOAD, BODY_UPLOAD_TREE),

	ROUTE("GET", "/api/v1/imports", "job.read", api_list_imports, 0, BODY_NONE),
	ROUTE("POST", "/api/v1/imports", "import.write", api_import, ROUTE_UPLOAD | ROUTE_LONG,
	      upload_max),
	ROUTE("GET", "/api/v1/sources", "patent.read", api_list_sources, 0, BODY_NONE),
	ROUTE("POST", "/api/v1/reports", "report.write", api_report, 0, BODY_JSON),

	ROUTE("GET", "/api/v1/jobs", "job.read", api_list_jobs, 0, BODY_NONE),
	ROUTE("GET", "/api/v1/jobs/{job}", "job.read", api_get_job, 0, BODY_NONE),
	ROUTE("POST", "/api/v1/jobs/{job}/cancel", "job.write", api_cancel_job, 0, BODY_JSON),
	ROUTE("GET", "/api/v1/jobs/{job}/refused", "job.read", api_job_refused, 0, BODY_NONE),
	ROUTE("GET", "/api/v1/jobs/{job}/file", "job.read", api_job_file, 0, BODY_NONE),
	ROUTE_END
};

#define IN_SET "query topic language"

const struct operation api_operations[] = {
	{ "GET", "/health", "is the process alive", "" },
	{ "GET", "/ready", "may it be sent requests", "" },
	{ "GET", "/metrics", "counters as Prometheus text", "" },
	{ "GET", "/api/v1/openapi.json", "this description", "" },
	{ "GET", "/api/v1/search", "documents a query finds", IN_SET " sort limit offset" },
	{ "POST", "/api/v1/search", "documents a query finds", IN_SET " sort limit offset" },
	{ "GET", "/api/v1/explain", "how a query is read", "query language" },
	{ "POST", "/api/v1/explain", "how a query is read", "query language" },
	{ "GET", "/api/v1/similar", "documents like another", IN_SET " number text before limit" },
	{ "POST", "/api/v1/similar", "documents like another", IN_SET " number text before limit" },
	{ "GET", "/api/v1/analyses", "dimensions, measures, units, figures", "language" },
	{ "GET", "/api/v1/analyse", "counts by one or two dimensions",
	  IN_SET " by measure unit top" },
	{ "POST", "/api/v1/analyse", "counts by one or two dimensions",
	  IN_SET " by measure unit top" },
	{ "GET", "/api/v1/figures/{figure}", "one figure of the reports", IN_SET " unit top" },
	{ "POST", "/api/v1/figures/{figure}", "one figure of the reports", IN_SET " unit top" },
	{ "GET", "/api/v1/publications/{number}", "an application with its publications",
	  "language" },
	{ "GET", "/api/v1/queries", "saved queries", "" },
	{ "PUT", "/api/v1/queries/{name}", "saves a query under the name", "query" },
	{ "DELETE", "/api/v1/queries/{name}", "removes a saved query", "" },
	{ "GET", "/api/v1/topics", "topics of the organisation", "" },
	{ "POST", "/api/v1/topics", "makes a topic", "name purpose field query" },
	{ "GET", "/api/v1/topics/{topic}", "a topic", "" },
	{ "PATCH", "/api/v1/topics/{topic}", "changes a topic", "name purpose field query" },
	{ "DELETE", "/api/v1/topics/{topic}", "removes a topic; its documents stay", "" },
	{ "GET", "/api/v1/topics/{topic}/log", "what was taken in when", "" },
	{ "POST", "/api/v1/topics/{topic}/documents", "documents put in or taken out by number",
	  "add remove" },
	{ "GET", "/api/v1/topics/{topic}/trees/{kind}", "a tree with the documents of each node",
	  "" },
	{ "PUT", "/api/v1/topics/{topic}/trees/{kind}", "replaces the tree", "nodes" },
	{ "GET", "/api/v1/topics/{topic}/trees/{kind}/file", "the tree as a file", "format" },
	{ "PUT", "/api/v1/topics/{topic}/trees/{kind}/file", "replaces the tree by a file's",
	  "file" },
	{ "GET", "/api/v1/imports", "jobs that import", "limit before open" },
	{ "POST", "/api/v1/imports", "takes in a file of patents, as a job",
	  "file topic format dry_run" },
	{ "GET", "/api/v1/sources", "formats that are known", "" },
	{ "POST", "/api/v1/reports", "makes the navigation report, as a job",
	  "topic query title unit format language" },
	{ "GET", "/api/v1/jobs", "jobs of the organisation, newest first",
	  "kind limit before open" },
	{ "GET", "/api/v1/jobs/{job}", "state and progress of a job", "language" },
	{ "POST", "/api/v1/jobs/{job}/cancel", "stops a job at its next batch", "" },
	{ "GET", "/api/v1/jobs/{job}/refused", "rows that could not be taken",
	  "offset limit language" },
	{ "GET", "/api/v1/jobs/{job}/file", "what the job made", "" },
};
const size_t api_operation_count = sizeof(api_operations) / sizeof(api_operations[0]);

const struct job_kind api_job_kinds[] = {
	{ "import", "import", run_import_job, 5 },
	{ "report", NULL, run_report_job, 5 },
	{ .name = NULL },
};
