/* yucheng report: a whole report as one file. */
#include "base/clock.h"
#include "base/file.h"
#include "cli/command.h"
#include "indexing/indexing.h"
#include "report/form.h"
#include "report/navigation.h"

#include <stdio.h>

struct report_options {
	const char *topic, *out, *query, *title;
	int unit;
};

static const char *const unit_choices[] = { "application", "family", "publication", NULL };

static const struct option options[] = {
	{ "topic",
	  OPTION_TEXT,
	  offsetof(struct report_options, topic),
	  "NAME",
	  { "专题数据库；缺省为全部文献", "the topic; all documents without it" },
	  NULL },
	{ "query",
	  OPTION_TEXT,
	  offsetof(struct report_options, query),
	  "'QUERY'",
	  { "在其中再限定的检索式", "only the documents of this query" },
	  NULL },
	{ "out",
	  OPTION_TEXT,
	  offsetof(struct report_options, out),
	  "FILE",
	  { "输出文件，以 .html、.xlsx 或 .docx 结尾",
	    "file to write, ending in .html, .xlsx or .docx" },
	  NULL },
	{ "unit",
	  OPTION_CHOICE,
	  offsetof(struct report_options, unit),
	  "UNIT",
	  { "统计单位：application 申请（默认）、family 简单同族、publication 公开文本",
	    "what is counted: application (default), family or publication" },
	  unit_choices },
	{ "title",
	  OPTION_TEXT,
	  offsetof(struct report_options, title),
	  "TEXT",
	  { "报告标题", "title of the report" },
	  NULL },
	{ .name = NULL },
};

static bool check(const struct report_options *values, const char *name,
		  const struct report_form **form_out, struct error *error)
{
	if (strcmp(name, "navigation") != 0)
		return error_set(error, ERROR_USAGE, "report.unknown", "%s", name);
	if (!values->out)
		return error_set(error, ERROR_USAGE, "cli.no_value", "--out FILE");
	return report_form_find(str_of(values->out), form_out, error);
}

/* Bytes: the chapters of a report share what was counted before them. */
#define REPORT_MEMORY_MAX ((size_t)4 << 30)

static bool make(struct context *context, const struct report_options *values,
		 const struct workspace *workspace, struct report **report_out, struct error *error)
{
	const struct search_limits limits = { .memory_max = REPORT_MEMORY_MAX,
					      .arena = context->arena };
	struct topic topic;
	struct navigation_request request = {
		.library = workspace->library,
		.snapshot = workspace->snapshot,
		.topic = values->topic ? &topic : NULL,
		.query = str_of(values->query),
		.title = str_of(values->title),
		.unit = (enum unit)values->unit,
		.as_of = context->today,
		.language = context->language,
		.version = YUCHENG_VERSION,
		.limits = &limits,
	};

	if (values->topic && !library_topic_find(workspace->library, context->arena,
						 str_of(values->topic), &topic, error))
		return false;
	return navigation_report(&request, context->arena, report_out, error);
}

static void say_done(const struct context *context, const char *path, const struct report *report,
		     int64_t took_ms)
{
	bool zh = context->language == LANGUAGE_ZH;

	if (context->json)
		printf("{\"figures\":%u,\"tables\":%u,\"milliseconds\":%lld}\n",
		       report->figure_count, report->table_count, (long long)took_ms);
	else if (!context->quiet)
		printf(zh ? "报告已写入 %s（图 %u 幅，表 %u 个，用时 %.1f 秒）\n"
			  : "report written to %s (%u figures, %u tables, %.1f s)\n",
		       path, report->figure_count, report->table_count, (double)took_ms / 1000);
}

static int run(struct context *context, void *options_filled, char **arguments,
	       size_t argument_count, struct error *error)
{
	const struct report_options *values = options_filled;
	int64_t start = clock_monotonic_ms();
	const struct report_form *form;
	struct workspace workspace;
	struct report *report;
	bool done;

	(void)argument_count;
	if (!check(values, arguments[0], &form, error) ||
	    !workspace_open(context->data_folder, false, context->today, NULL, NULL, &workspace,
			    error))
		return -1;
	done = make(context, values, &workspace, &report, error) &&
	       form->write(report, values->out, error);
	if (done)
		say_done(context, values->out, report, clock_monotonic_ms() - start);
	workspace_close(&workspace);
	return done ? 0 : -1;
}

const struct command report_command = {
	.name = "report",
	.arguments = "navigation [--topic NAME] --out FILE",
	.help = { "生成专利导航报告（HTML、XLSX 或 DOCX）",
		  "writes a patent navigation report (HTML, XLSX or DOCX)" },
	.options = options,
	.options_size = sizeof(struct report_options),
	.arguments_min = 1,
	.arguments_max = 1,
	.run = run,
	.examples = "yucheng report navigation --topic 动力电池 --out report.html\n"
		    "yucheng report navigation --query 'IPC=H01M' --unit family --out h01m.xlsx\n",
};
