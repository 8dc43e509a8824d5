/* yucheng backup, yucheng restore: a data folder as one file and back. */
#include "backup/backup.h"
#include "base/config.h"
#include "cli/command.h"

#include <stddef.h>
#include <stdio.h>

struct backup_command_options {
	bool files_only, check;
};

static const struct option backup_options[] = {
	{ "files-only",
	  OPTION_FLAG,
	  offsetof(struct backup_command_options, files_only),
	  NULL,
	  { "不含数据库（数据库在 PostgreSQL 上时，另用 pg_dump 备份）",
	    "without the database (one on PostgreSQL is saved by pg_dump)" },
	  NULL },
	{ .name = NULL },
};

static const struct option restore_options[] = {
	{ "check",
	  OPTION_FLAG,
	  offsetof(struct backup_command_options, check),
	  NULL,
	  { "只核对全部校验值，不恢复", "only compare every checksum; restore nothing" },
	  NULL },
	{ .name = NULL },
};

static void show_progress(void *target, int64_t done, int64_t total)
{
	progress_show(target, "backup", done, total);
}

static void say(const struct context *context, const char *const texts[2],
		const struct backup_summary *summary, const char *path)
{
	if (context->json)
		printf("{\"files\":%lld,\"bytes\":%lld,\"size\":%lld}\n", (long long)summary->files,
		       (long long)summary->bytes, (long long)summary->size);
	else if (!context->quiet)
		printf(context->language == LANGUAGE_ZH ? "%s：%s，%lld 个文件，%.1f MB\n"
							: "%s: %s, %lld files, %.1f MB\n",
		       path, texts[context->language], (long long)summary->files,
		       (double)summary->bytes / 1e6);
}

static int run_backup(struct context *context, void *options, char **arguments,
		      size_t argument_count, struct error *error)
{
	static const char *const texts[] = { "备份完成", "backup written" };
	const struct backup_command_options *given = options;
	struct backup_options wanted = { .data_folder = context->data_folder,
					 .path = arguments[0],
					 .files_only = given->files_only,
					 .progress = show_progress,
					 .context = context };
	struct backup_summary summary;
	struct config config;
	bool done;

	(void)argument_count;
	if (!config_read(context->arena, context->data_folder, &config, error))
		return -1;
	wanted.database = config.database;
	done = backup_write(&wanted, &summary, error);
	progress_end(context);
	if (!done)
		return -1;
	say(context, texts, &summary, arguments[0]);
	return 0;
}

static int run_restore(struct context *context, void *options, char **arguments,
		       size_t argument_count, struct error *error)
{
	static const char *const texts[2][2] = {
		{ "已恢复", "restored" },
		{ "校验全部通过", "every checksum is right" },
	};
	const struct backup_command_options *given = options;
	struct backup_summary summary;
	bool done;

	(void)argument_count;
	done = given->check ? backup_check(arguments[0], &summary, error)
			    : backup_restore(arguments[0], context->data_folder, &summary, error);
	if (!done)
		return -1;
	say(context, texts[given->check], &summary, arguments[0]);
	return 0;
}

const struct command backup_command = {
	.name = "backup",
	.arguments = "FILE",
	.help = { "备份数据目录（可在服务运行时进行）",
		  "Save the data folder; the server may be running" },
	.options = backup_options,
	.options_size = sizeof(struct backup_command_options),
	.arguments_min = 1,
	.arguments_max = 1,
	.run = run_backup,
	.examples = "yucheng backup 备份.tar.zst\n",
};

const struct command restore_command = {
	.name = "restore",
	.arguments = "FILE",
	.help = { "从备份恢复到空的数据目录，逐一核对校验值",
		  "Restore a backup into an empty data folder, comparing every checksum" },
	.options = restore_options,
	.options_size = sizeof(struct backup_command_options),
	.arguments_min = 1,
	.arguments_max = 1,
	.run = run_restore,
	.examples = "yucheng restore --check 备份.tar.zst\n"
		    "yucheng --data 新目录 restore 备份.tar.zst\n",
};
