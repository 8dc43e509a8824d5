/* yucheng demo: makes the demo collection, or writes it to a file. */
#include "base/clock.h"
#include "base/jsonout.h"
#include "cli/demo_internal.h"
#include "indexing/indexing.h"

#include <stdio.h>

struct demo_options {
	const char *out;
};

static const struct option options[] = {
	{ "out",
	  OPTION_TEXT,
	  offsetof(struct demo_options, out),
	  "FILE.jsonl",
	  { "写成 JSON 行文件，不改动数据目录",
	    "write JSON lines instead of filling the data folder" },
	  NULL },
	{ .name = NULL },
};

struct shown {
	struct context *context;
	const char *what;
};

static void show(void *context, int64_t done, int64_t total)
{
	struct shown *shown = context;

	progress_show(shown->context, shown->what, done, total);
}

static void print_counts(struct context *context, const struct demo *demo,
			 const struct demo_counts *counts, uint64_t documents,
			 const struct demo_workspace *people)
{
	struct strbuf text = STRBUF_INIT;
	struct jsonout json = JSONOUT_TO(&text);
	bool chinese = context->language == LANGUAGE_ZH;

	if (context->json) {
		jsonout_object_begin(&json);
		jsonout_member_integer(&json, "inserted", counts->inserted);
		jsonout_member_integer(&json, "updated", counts->updated);
		jsonout_member_integer(&json, "unchanged", counts->unchanged);
		jsonout_member_integer(&json, "applications", (int64_t)demo_case_count(demo));
		jsonout_member_integer(&json, "documents", (int64_t)documents);
		jsonout_member_integer(&json, "topics", counts->topics);
		jsonout_member_cstr(&json, "folder", context->data_folder);
		demo_write_people(people, &json);
		jsonout_object_end(&json);
		strbuf_add_byte(&text, '\n');
	} else {
		strbuf_addf(&text,
			    chinese ? "示例数据：%zu 件申请，%zu 件公开文本（新增 %lld，更新 %lld，"
				      "未变 %lld），新建专题 %lld 个\n数据目录：%s，索引中共 %llu "
				      "件申请\n"
				    : "Demo collection: %zu applications, %zu publications (%lld "
				      "inserted, %lld updated, %lld unchanged), %lld new topics\n"
				      "Data folder: %s, %llu applications in the index\n",
			    demo_case_count(demo), demo_publication_count(demo),
			    (long long)counts->inserted, (long long)counts->updated,
			    (long long)counts->unchanged, (long long)counts->topics,
			    context->data_folder, (unsigned long long)documents);
	}
	command_print(strbuf_str(&text));
	strbuf_release(&text);
	if (!context->json)
		demo_print_people(context, people);
}

/* A topic's log begins with what it held when it was made. */
static bool log_topic(struct context *context, const struct workspace *workspace, struct str name,
		      struct error *error)
{
	struct topic_log_line line = { .on = context->today, .source = "demo" };
	const struct bitmap *documents;
	struct topic_log_line *lines;
	struct topic topic;
	size_t count;

	if (!library_topic_find(workspace->library, context->arena, name, &topic, error) ||
	    !library_topic_log(workspace->library, context->arena, topic.id, &lines, &count, error))
		return false;
	if (count > 0)
		return true;
	if (!indexing_topic_documents(workspace->library, workspace->snapshot, context->arena,
				      &topic, NULL, &documents, error))
		return false;
	line.added = (int64_t)bitmap_count(documents);
	return library_topic_log_add(workspace->library, topic.id, &line, error);
}

static bool log_topics(struct context *context, const struct demo *demo,
		       const struct workspace *workspace, struct error *error)
{
	if (!library_begin(workspace->library, error))
		return false;
	for (size_t i = 0; i < demo_topic_count(demo); i++) {
		struct demo_topic topic;

		demo_topic(demo, i, &topic);
		if (!log_topic(context, workspace, topic.name, error)) {
			library_rollback(workspace->library);
			return false;
		}
	}
	return library_commit(workspace->library, error);
}

/* The index of the collection, with what the imports of the centres' years brought. */
static bool refresh_index(struct context *context, const struct demo *demo, bool is_filling,
			  struct demo_counts *counts, uint64_t *documents_out, struct error *error)
{
	struct shown documents = { context, "demo" }, index = { context, "index" };
	struct workspace workspace;
	bool ok;

	if (!workspace_open(context->data_folder, true, context->today, NULL, NULL, &workspace,
			    error))
		return false;
	ok = (!is_filling || demo_fill(demo, workspace.library, context->today, show, &documents,
				       counts, error)) &&
	     workspace_refresh(&workspace, context->today, show, &index, error) &&
	     (!is_filling || log_topics(context, demo, &workspace, error));
	progress_end(context);
	*documents_out = ok ? snapshot_document_count(workspace.snapshot) : 0;
	workspace_close(&workspace);
	return ok;
}

static bool fill_folder(struct context *context, const struct demo *demo, struct error *error)
{
	struct demo_workspace people;
	struct demo_counts counts;
	uint64_t documents;

	if (!refresh_index(context, demo, true, &counts, &documents, error) ||
	    !demo_make_people(context, demo, &people, error) ||
	    (people.is_made && !refresh_index(context, demo, false, NULL, &documents, error)))
		return false;
	print_counts(context, demo, &counts, documents, &people);
	return true;
}

static bool write_file(struct context *context, const struct demo *demo, const char *path,
		       struct error *error)
{
	struct shown shown = { context, "demo" };
	bool ok = demo_write_file(demo, path, show, &shown, error);

	progress_end(context);
	if (ok && context->json)
		printf("{\"publications\":%zu}\n", demo_publication_count(demo));
	else if (ok)
		printf(context->language == LANGUAGE_ZH ? "已写入 %zu 件公开文本：%s\n"
							: "%zu publications written to %s\n",
		       demo_publication_count(demo), path);
	return ok;
}

static int run(struct context *context, void *values, char **arguments, size_t argument_count,
	       struct error *error)
{
	const struct demo_options *chosen = values;
	struct demo *demo;
	bool ok;

	(void)arguments;
	(void)argument_count;
	ok = demo_create(context->arena, &demo, error) &&
	     (chosen->out ? write_file(context, demo, chosen->out, error)
			  : fill_folder(context, demo, error));
	return ok ? 0 : -1;
}

const struct command demo_command = {
	.name = "demo",
	.arguments = "",
	.help = { "生成示例工作区：约两万件虚构专利、专题与分解表、机构、各角色账号和业务记录",
		  "make the demo workspace: some 20,000 invented patents, topics and their trees, "
		  "organisations, an account for every role, records" },
	.options = options,
	.options_size = sizeof(struct demo_options),
	.run = run,
	.examples = "yucheng demo\nyucheng demo --out demo.jsonl\n",
};
