/* Findings of the drafting check as JSON; documented in docs/rules.md. */
#include "cli/lint_internal.h"

static void print(struct strbuf *text)
{
	strbuf_add_byte(text, '\n');
	command_print(strbuf_str(text));
	strbuf_release(text);
}

void lint_print_files_json(struct context *context, const struct checked_draft *files, size_t count)
{
	struct strbuf text = STRBUF_INIT;
	struct jsonout json = JSONOUT_TO(&text);

	jsonout_object_begin(&json);
	draft_write_files(&json, files, count);
	draft_write_findings(&json, context->arena, context->language, files, count);
	jsonout_object_end(&json);
	print(&text);
}

void lint_print_comparison_json(struct context *context, const struct checked_draft *before,
				const struct checked_draft *after)
{
	struct strbuf text = STRBUF_INIT;
	struct jsonout json = JSONOUT_TO(&text);

	jsonout_object_begin(&json);
	draft_write_files(&json, (struct checked_draft[]){ *before, *after }, 2);
	draft_write_changes(&json, context->arena, context->language, before, after);
	jsonout_object_end(&json);
	print(&text);
}
