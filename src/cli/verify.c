/* yucheng verify: reads everything that is stored and says what is damaged. */
#include "auth/audit.h"
#include "cli/command.h"
#include "indexing/indexing.h"

#include <stdio.h>

enum { APPLICATIONS_A_ROUND = 4096 };

/* Decodes every stored publication. */
static bool verify_library(struct context *context, struct library *library, int64_t *count_out,
			   struct error *error)
{
	struct arena *arena = arena_create(1 << 20);
	int64_t at = 0, last;
	bool done = library_last_change(library, &last, error);

	*count_out = 0;
	for (bool more = true; done && more;) {
		struct packed_application *packed;
		struct application *applications;
		int64_t before = at;
		size_t count;

		done = library_changes(library, arena, before, APPLICATIONS_A_ROUND, &packed,
				       &count, &at, error);
		if (!done)
			break;
		applications = arena_array(arena, struct application, count);
		done = library_unpack(arena, packed, count, applications, error);
		more = at > before;
		progress_show(context, "verify", at, last);
		arena_reset(arena);
	}
	arena_destroy(arena);
	return done && library_application_count(library, count_out, error);
}

/* The first line that is not what was written, with its position. */
static bool verify_audit(struct library *library, struct audit_report *report, struct error *error)
{
	static const char *const keys[] = {
		[AUDIT_CHANGED] = "cli.audit_changed", [AUDIT_MISSING] = "cli.audit_missing",
		[AUDIT_REORDERED] = "cli.audit_moved", [AUDIT_BEYOND] = "cli.audit_beyond",
		[AUDIT_HEAD] = "cli.audit_head",
	};

	return audit_verify(library_database(library), report, error) &&
	       (report->fault == AUDIT_WHOLE ||
		error_set_at(error, ERROR_CORRUPT, keys[report->fault], report->position, "%lld",
			     (long long)report->other_position));
}

static void print_result(const struct context *context, int64_t applications, uint64_t documents,
			 const struct audit_report *audit)
{
	bool chinese = context->language == LANGUAGE_ZH;

	if (context->json)
		printf("{\"applications\":%lld,\"documents\":%llu,\"audit_lines\":%lld,"
		       "\"audit_head\":\"%s\"}\n",
		       (long long)applications, (unsigned long long)documents,
		       (long long)audit->line_count, audit->head);
	else
		printf(chinese ? "数据库 %lld 件申请，索引 %llu 件，审计日志 %lld "
				 "行，全部校验通过\n"
			       : "%lld applications in the database, %llu in the index, %lld lines "
				 "of the audit log: all sound\n",
		       (long long)applications, (unsigned long long)documents,
		       (long long)audit->line_count);
}

static int run(struct context *context, void *options, char **arguments, size_t argument_count,
	       struct error *error)
{
	struct audit_report audit;
	struct workspace workspace;
	int64_t applications;
	uint64_t documents;
	bool done;

	(void)options;
	(void)arguments;
	(void)argument_count;
	if (!workspace_open(context->data_folder, false, context->today, NULL, NULL, &workspace,
			    error))
		return -1;
	documents = snapshot_document_count(workspace.snapshot);
	done = index_verify(workspace.index, error) &&
	       verify_library(context, workspace.library, &applications, error);
	if (done && (uint64_t)applications != documents)
		done = error_set(error, ERROR_CORRUPT, "cli.verify_counts", "%lld / %llu",
				 (long long)applications, (unsigned long long)documents);
	done = done && verify_audit(workspace.library, &audit, error);
	if (done)
		print_result(context, applications, documents, &audit);
	workspace_close(&workspace);
	return done ? 0 : -1;
}

const struct command verify_command = {
	.name = "verify",
	.arguments = "",
	.help = { "检查数据库、索引与审计日志是否完好",
		  "check that database, index and audit log are sound" },
	.run = run,
};
