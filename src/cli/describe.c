/* yucheng describe: the record types for others, as JSON, TypeScript or SQL. */
#include "api/openapi.h"
#include "base/strbuf.h"
#include "cli/command.h"
#include "record/describe.h"

#include <stddef.h>

struct describe_options {
	bool typescript, ddl, openapi;
};

static const struct option options[] = {
	{ .name = "typescript",
	  .kind = OPTION_FLAG,
	  .offset = offsetof(struct describe_options, typescript),
	  .help = { "TypeScript 类型", "types of TypeScript" } },
	{ .name = "ddl",
	  .kind = OPTION_FLAG,
	  .offset = offsetof(struct describe_options, ddl),
	  .help = { "建表语句（{ID} 为自增主键）", "tables as SQL; {ID} is the id column" } },
	{ .name = "openapi",
	  .kind = OPTION_FLAG,
	  .offset = offsetof(struct describe_options, openapi),
	  .help = { "HTTP 接口的描述（OpenAPI 3.1）", "the HTTP API as OpenAPI 3.1" } },
	{ .name = NULL },
};

/* name NULL: of all types. */
static void write_ddl(const char *name, struct strbuf *text)
{
	for (const struct record_type *const *type = record_types; *type; type++)
		if (!name || strcmp((*type)->name, name) == 0)
			record_write_ddl(*type, text);
}

static int run(struct context *context, void *values, char **arguments, size_t argument_count,
	       struct error *error)
{
	const struct describe_options *wanted = values;
	const char *name = argument_count ? arguments[0] : NULL;
	struct strbuf text = STRBUF_INIT;
	struct jsonout json = JSONOUT_TO(&text);

	if (name && (!wanted->ddl || !record_type_find(name))) {
		error_set(error, ERROR_USAGE, "cli.no_type", "%s", name);
		return -1;
	}
	if (wanted->ddl) {
		write_ddl(name, &text);
	} else if (wanted->openapi) {
		if (!openapi_write(&json, context->language, error))
			return -1;
		strbuf_add_byte(&text, '\n');
	} else if (wanted->typescript) {
		record_write_typescript(&text);
	} else {
		record_write_json(&text);
		strbuf_add_byte(&text, '\n');
	}
	command_print(strbuf_str(&text));
	strbuf_release(&text);
	return 0;
}

const struct command describe_command = {
	.name = "describe",
	.arguments = "[--typescript] | --ddl [TYPE] | --openapi",
	.help = { "输出记录类型的定义", "print the definitions of the record types" },
	.options = options,
	.options_size = sizeof(struct describe_options),
	.arguments_max = 1,
	.run = run,
};
