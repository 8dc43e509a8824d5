/* yucheng number: what a number is, its normal form, and whether its check digit is right. */
#include "answer/answer.h"
#include "base/file.h"
#include "cli/command.h"
#include "patent/number.h"

#include <stddef.h>

struct number_options {
	const char *file, *office;
};

static const struct option options[] = {
	{ "file",
	  OPTION_TEXT,
	  offsetof(struct number_options, file),
	  "FILE",
	  { "从文件读取号码，每行一个", "read the numbers from a file, one a line" },
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
	bool has_findings;
};

static void begin(struct output *output)
{
	static const char *const heads[2][5] = {
		{ "输入", "类别", "规范形式", "校验位", "校验位更正后" },
		{ "input", "kind", "normal", "check", "corrected" }
	};

	if (output->context->json) {
		jsonout_array_begin(&output->json);
		return;
	}
	output->table = text_table_create(output->context->arena, 5);
	for (size_t i = 0; i < 5; i++)
		text_table_cell(output->table, str_of(heads[output->context->language][i]));
}

static void end(struct output *output)
{
	if (!output->context->json) {
		text_table_print(output->table);
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
	if (number.what == NUMBER_UNKNOWN || number.check == NUMBER_CHECK_INVALID)
		output->has_findings = true;
	if (output->context->json)
		answer_write_number(&output->json, input, &number);
	else
		add_row(output, input, &number);
}

static bool add_file(struct output *output, const char *path, struct error *error)
{
	struct str rest, line;

	if (!file_read(output->context->arena, path, FILE_SIZE_MAX, &rest, error))
		return false;
	while (str_split(&rest, STR("\n"), &line)) {
		line = str_trim(line);
		if (line.size)
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
		error_set(error, ERROR_USAGE, "cli.too_few", "number NUMBER...");
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
	return !done ? -1 : output.has_findings ? 1 : 0;
}

const struct command number_command = {
	.name = "number",
	.arguments = "NUMBER...",
	.help = { "识别申请号、公开（公告）号，核对校验位",
		  "recognise application and publication numbers, verify check digits" },
	.options = options,
	.options_size = sizeof(struct number_options),
	.arguments_max = SIZE_MAX,
	.run = run,
	.examples = "yucheng number 201610158350.X CN104223352A --json\n",
};
