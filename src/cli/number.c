/* yucheng number: what a number is, its normal form, and whether its check digit is right. */
#include "answer/answer.h"
#include "base/file.h"
#include "cli/command.h"
#include "patent/number.h"

#include <stddef.h>
#include <string.h>

struct number_options {
	const char *file, *office;
};

static const struct option options[] = {
	{ "file",
	  OPTION_TEXT,
	  offsetof(struct number_options, file),
	  "FILE",
	  { "从文件读取号码，每行一个；- 为标准输入",
	    "read the numbers from a file, one a line; - is standard input" },
	  NULL },
	{ "office",
	  OPTION_TEXT,
	  offsetof(struct number_options, office),
	  "CODE",
	  { "号码未带国别时的国别代码，如 CN",
	    "the office of numbers that do not name it, such as CN" },
	  NULL },
	{ .name = NULL },
};

enum { FILE_SIZE_MAX = 256 << 20 };

/* By enum number_what and enum number_check. */
static const char *const whats_zh[] = { "无法识别", "申请号", "公开（公告）号" };
static const char *const checks_zh[] = { "无", "正确", "错误" };

struct output {
	struct context *context;
	struct str office;
	struct strbuf text; /* JSON */
	struct jsonout json;
	struct text_table *table;
	size_t right, mended, unknown;
};

static void begin(struct output *output)
{
	static const struct label heads[] = { { "输入", "input" },
					      { "类别", "kind" },
					      { "规范形式", "normal" },
					      { "校验位", "check" },
					      { "校验位更正后", "corrected" } };

	if (output->context->json) {
		jsonout_array_begin(&output->json);
		return;
	}
	output->table = text_table_create(output->context->arena, 5);
	command_table_head(output->context, output->table, heads, 5);
}

/* One number speaks for itself. */
static void print_counts(const struct output *output)
{
	struct strbuf text = STRBUF_INIT;

	if (output->right + output->mended + output->unknown < 2)
		return;
	strbuf_addf(&text,
		    output->context->language == LANGUAGE_ZH
			    ? "有效 %zu，校验位已更正 %zu，无法识别 %zu\n"
			    : "%zu valid, %zu corrected, %zu unknown\n",
		    output->right, output->mended, output->unknown);
	command_print(strbuf_str(&text));
	strbuf_release(&text);
}

static void end(struct output *output)
{
	if (!output->context->json) {
		text_table_print(output->table);
		print_counts(output);
		return;
	}
	jsonout_array_end(&output->json);
	strbuf_add_byte(&output->text, '\n');
	command_print(strbuf_str(&output->text));
}

static struct str name_of(const struct output *output, const char *zh, const char *en)
{
	return str_of(output->context->language == LANGUAGE_ZH ? zh : en);
}

static void add_row(struct output *output, struct str input, const struct number *number)
{
	char text[NUMBER_TEXT_SIZE];
	bool is_wrong = number->check == NUMBER_CHECK_INVALID;

	text_table_cell(output->table, input);
	text_table_cell(output->table,
			name_of(output, whats_zh[number->what], answer_number_kinds[number->what]));
	text_table_cell(output->table, str_of(number->what ? number_text(number, text) : ""));
	text_table_cell(output->table, name_of(output, checks_zh[number->check],
					       answer_number_checks[number->check]));
	text_table_cell(output->table, str_of(is_wrong ? number_text_corrected(number, text) : ""));
}

static void add(struct output *output, struct str input)
{
	struct number number;

	number_parse(input, output->office, &number);
	if (number.what == NUMBER_UNKNOWN)
		output->unknown++;
	else if (number.check == NUMBER_CHECK_INVALID)
		output->mended++;
	else
		output->right++;
	if (output->context->json)
		answer_write_number(&output->json, input, &number);
	else
		add_row(output, input, &number);
}

/* Whole lines as they come; false when standard input cannot be read. */
static bool read_input(struct arena *arena, struct str *content_out, struct error *error)
{
	struct strbuf text = STRBUF_INIT;
	char block[65536];
	bool overflow;
	size_t size;

	text.size_max = FILE_SIZE_MAX;
	while (!text.overflow && (size = fread(block, 1, sizeof(block), stdin)) > 0)
		strbuf_add(&text, block, size);
	*content_out = str_copy(arena, strbuf_str(&text));
	overflow = text.overflow;
	strbuf_release(&text);
	if (ferror(stdin))
		return error_set_errno(error, "file.read", "-");
	return !overflow || error_set(error, ERROR_LIMIT, "file.too_large", "-");
}

static bool add_file(struct output *output, const char *path, struct error *error)
{
	struct arena *arena = output->context->arena;
	struct str rest, line;

	if (strcmp(path, "-") == 0 ? !read_input(arena, &rest, error)
				   : !file_read(arena, path, FILE_SIZE_MAX, &rest, error))
		return false;
	while (str_split(&rest, STR("\n"), &line)) {
		line = str_trim(line);
		if (line.size > 0 && line.data[0] != '#')
			add(output, line);
	}
	return true;
}

static int run(struct context *context, void *values, char **arguments, size_t argument_count,
	       struct error *error)
{
	const struct number_options *chosen = values;
	struct output output = { .context = context,
				 .office = str_of(chosen->office),
				 .text = STRBUF_INIT };
	bool done = true;

	if (argument_count == 0 && !chosen->file) {
		error_set(error, ERROR_USAGE, "cli.too_few", "number (NUMBER… | --file FILE)");
		return -1;
	}
	output.json = JSONOUT_TO(&output.text);
	begin(&output);
	for (size_t i = 0; i < argument_count; i++)
		add(&output, str_of(arguments[i]));
	if (chosen->file)
		done = add_file(&output, chosen->file, error);
	if (done)
		end(&output);
	strbuf_release(&output.text);
	return !done ? -1 : output.mended + output.unknown > 0 ? 1 : 0;
}

const struct command number_command = {
	.name = "number",
	.arguments = "NUMBER… | --file FILE",
	.help = { "识别申请号、公开（公告）号，核对校验位",
		  "recognise application and publication numbers, verify check digits" },
	.options = options,
	.options_size = sizeof(struct number_options),
	.arguments_max = SIZE_MAX,
	.run = run,
	.examples = "yucheng number 201610158350.X CN104223352A --json\n",
};
