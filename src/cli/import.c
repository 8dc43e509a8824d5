/* yucheng import: files of patents into the library, and into a topic. */
#include "cli/import.h"
#include "indexing/indexing.h"

#include <stddef.h>
#include <string.h>

struct import_command_options {
	const char *format, *topic, *map, *save_map, *rejects;
	bool dry_run, list;
};

#define AT(member_) offsetof(struct import_command_options, member_)

static const struct option options[] = {
	{ "format",
	  OPTION_TEXT,
	  AT(format),
	  "NAME",
	  { "来源格式（默认按内容识别，见 --list）",
	    "the source (found from the content; see --list)" },
	  NULL },
	{ "topic",
	  OPTION_TEXT,
	  AT(topic),
	  "NAME",
	  { "加入该专题数据库，没有则新建", "add to this topic, which is made when there is none" },
	  NULL },
	{ "map",
	  OPTION_TEXT,
	  AT(map),
	  "MAP",
	  { "自定义列对应 title=名称,…，或已保存的名称",
	    "own columns, title=HEADER,…, or the name they are saved under" },
	  NULL },
	{ "save-map",
	  OPTION_TEXT,
	  AT(save_map),
	  "NAME",
	  { "以此名称保存 --map 的列对应", "save the columns of --map under this name" },
	  NULL },
	{ "dry-run",
	  OPTION_FLAG,
	  AT(dry_run),
	  NULL,
	  { "只试算，不写入任何内容", "count what would be done and change nothing" },
	  NULL },
	{ "rejects",
	  OPTION_TEXT,
	  AT(rejects),
	  "FILE.csv",
	  { "拒收的行连同原因写入此文件", "write the refused rows and the reasons to this file" },
	  NULL },
	{ "list", OPTION_FLAG, AT(list), NULL, { "列出全部来源格式", "list all sources" }, NULL },
	{ NULL, OPTION_FLAG, 0, NULL, { NULL, NULL }, NULL }
};

static bool find_map(struct context *context, struct library *library,
		     const struct import_command_options *given, const struct source **source_out,
		     struct error *error)
{
	const char *text = given->map;

	if (!strchr(text, '=') &&
	    !library_column_map_find(library, context->arena, given->map, &text, error))
		return false;
	if (!source_from_map(context->arena, str_of(text), source_out, error))
		return false;
	return !given->save_map || library_column_map_save(library, given->save_map, text, error);
}

/* NULL in *source_out: every file is looked at. */
static bool choose_source(struct context *context, struct library *library,
			  const struct import_command_options *given,
			  const struct source **source_out, struct error *error)
{
	*source_out = NULL;
	if (given->save_map && !given->map)
		return error_set(error, ERROR_USAGE, "cli.map_missing", "%s", given->save_map);
	if (given->map)
		return find_map(context, library, given, source_out, error);
	if (!given->format)
		return true;
	*source_out = source_find(str_of(given->format));
	return *source_out ||
	       error_set(error, ERROR_USAGE, "cli.unknown_source", "%s", given->format);
}

/* A dry run makes no topic: id 0 then. */
static bool find_topic(struct context *context, struct library *library,
		       const struct import_command_options *given, int64_t *id_out,
		       struct error *error)
{
	struct topic topic = { .name = given->topic,
			       .purpose = "",
			       .field = "",
			       .query = "",
			       .created_on = context->today,
			       .updated_on = context->today };

	*id_out = 0;
	if (!given->topic)
		return true;
	if (library_topic_find(library, context->arena, str_of(given->topic), &topic, error)) {
		*id_out = topic.id;
		return true;
	}
	if (error->kind != ERROR_NOT_FOUND)
		return false;
	topic.id = 0;
	if (!given->dry_run && !library_topic_save(library, &topic, error))
		return false;
	*id_out = topic.id;
	return true;
}

struct progress_target {
	struct context *context;
	const char *what;
};

static void show_progress(void *target, int64_t done, int64_t total)
{
	const struct progress_target *progress = target;

	progress_show(progress->context, progress->what, done, total);
}

/* False only when going on makes no sense: the data folder fails, not the file. */
static bool import_file(struct context *context, struct library *library,
			const struct import_options *common, struct import_file *file,
			struct error *error)
{
	struct progress_target target = { context, file->path };
	struct import_options run = *common;

	run.path = file->path;
	run.progress = show_progress;
	run.progress_context = &target;
	file->is_failed = !import_run(library, context->arena, &run, &file->result, &file->error);
	progress_end(context);
	if (!context->json)
		import_print_file(context, file);
	*error = file->error;
	return !file->is_failed || error->kind == ERROR_INVALID || error->kind == ERROR_LIMIT ||
	       error->kind == ERROR_IO || error->kind == ERROR_NOT_FOUND ||
	       error->kind == ERROR_CORRUPT;
}

static bool import_files(struct context *context, struct library *library,
			 const struct import_command_options *given, struct import_file *files,
			 size_t count, struct error *error)
{
	struct import_options common = { .dry_run = given->dry_run, .today = context->today };

	if (!choose_source(context, library, given, &common.source, error) ||
	    !find_topic(context, library, given, &common.topic_id, error))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!import_file(context, library, &common, &files[i], error))
			return false;
	return true;
}

static bool update_index(struct context *context, struct error *error)
{
	struct progress_target target = { context, context->language == LANGUAGE_ZH ? "更新索引"
										    : "indexing" };
	struct workspace workspace;

	if (!workspace_open(context->data_folder, true, context->today, show_progress, &target,
			    &workspace, error))
		return false;
	indexing_tidy(workspace.index);
	workspace_close(&workspace);
	progress_end(context);
	return true;
}

static bool has_refused(const struct import_file *files, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (files[i].is_failed || files[i].result.is_stopped || files[i].result.rejected)
			return true;
	return false;
}

static bool report(struct context *context, const struct import_command_options *given,
		   const struct import_file *files, size_t count, struct error *error)
{
	if (given->rejects && !import_write_rejects(context, given->rejects, files, count, error))
		return false;
	if (context->json)
		import_print_json(context, files, count);
	else if (count > 1)
		import_print_sum(context, files, count);
	return true;
}

static int run(struct context *context, void *given_options, char **arguments,
	       size_t argument_count, struct error *error)
{
	const struct import_command_options *given = given_options;
	struct import_file *files = arena_array(context->arena, struct import_file,
						argument_count + 1);
	struct indexing_follower *follower = NULL;
	struct library *library;
	bool done;
	int status;

	if (given->list) {
		import_print_sources(context);
		return 0;
	}
	if (argument_count == 0) {
		error_set(error, ERROR_USAGE, "cli.too_few", "%s", "import FILE…");
		return -1;
	}
	for (size_t i = 0; i < argument_count; i++)
		files[i].path = arguments[i];
	if (!library_open(context->data_folder, true, &library, error))
		return -1;
	if (!given->dry_run)
		follower = indexing_follow(context->data_folder, context->today);
	done = import_files(context, library, given, files, argument_count, error);
	library_close(library);
	indexing_follow_end(follower);
	done = done &&
	       (given->dry_run ||
		(update_index(context, error) && import_propose_updates(context, error))) &&
	       report(context, given, files, argument_count, error);
	status = has_refused(files, argument_count) ? 1 : 0;
	for (size_t i = 0; i < argument_count; i++)
		import_result_release(&files[i].result);
	return done ? status : -1;
}

const struct command import_command = {
	.name = "import",
	.arguments = "FILE…",
	.help = { "导入专利数据文件", "Take in files of patents" },
	.options = options,
	.options_size = sizeof(struct import_command_options),
	.arguments_min = 0,
	.arguments_max = SIZE_MAX,
	.run = run,
	.examples = "yucheng import --topic 固态电池 incopat.xlsx patsnap.xlsx\n"
		    "yucheng import --dry-run --rejects 拒收.csv 清单.csv\n"
		    "yucheng import --map 'title=成果名称,application_number=专利号' 台账.xlsx\n",
};
