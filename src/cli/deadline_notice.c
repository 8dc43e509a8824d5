/* yucheng deadline --notice: every period a notice opens, and those it closes. */
#include "cli/deadline_internal.h"
#include "cli/pick.h"

struct opened {
	struct context *context;
	const struct deadline_options *chosen;
	struct strbuf text; /* JSON */
	struct jsonout json;
	struct text_table *table;
};

/* D08 and D20 also count from the filing date; without it the rule has no answer yet. */
static bool needs_filing(const struct opened *opened, const struct deadline_rule *rule)
{
	return rule->base == BASE_FILING && !opened->chosen->second;
}

static void add_unknown(struct opened *opened, const struct deadline_rule *rule)
{
	struct context *context = opened->context;

	if (context->json) {
		jsonout_object_begin(&opened->json);
		jsonout_member_cstr(&opened->json, "rule", rule->id);
		jsonout_member_cstr(&opened->json, "name", pick(context, rule->zh, rule->en));
		jsonout_member_cstr(&opened->json, "legal", NULL);
		jsonout_member_cstr(&opened->json, "needs", "second");
		jsonout_object_end(&opened->json);
		return;
	}
	text_table_cell(opened->table, str_of(rule->id));
	text_table_cell(opened->table, str_of(pick(context, rule->zh, rule->en)));
	text_table_cell(opened->table, str_of("-"));
	text_table_cell(opened->table, str_of(pick(context, "需申请日：--second",
						   "needs the filing date: --second")));
	text_table_cell(opened->table, STR_EMPTY);
}

static void add_opened(struct opened *opened, const struct deadline *deadline)
{
	struct context *context = opened->context;
	const struct deadline_rule *rule = deadline->rule;

	if (context->json) {
		jsonout_object_begin(&opened->json);
		deadline_add_json(context, &opened->json, deadline);
		jsonout_object_end(&opened->json);
		return;
	}
	text_table_cell(opened->table, str_of(rule->id));
	text_table_cell(opened->table, str_of(pick(context, rule->zh, rule->en)));
	text_table_cell(opened->table, str_of(deadline_day_text(context, deadline->legal)));
	text_table_cell(opened->table, str_of(deadline_day_text(context, deadline->safe)));
	text_table_cell(opened->table,
			str_of(deadline->is_calendar_known
				       ? ""
				       : pick(context, "节假日未知", "holidays unknown")));
}

static bool open_one(struct opened *opened, struct str id, struct error *error)
{
	const struct deadline_options *chosen = opened->chosen;
	const struct deadline_rule *rule = deadline_find(id, chosen->from);
	enum service service = (enum service)chosen->service;
	struct deadline_request request = { .rule = id,
					    .from = chosen->from,
					    .other = DATE_NONE,
					    .service = service,
					    .margin = chosen->margin };
	struct deadline deadline;

	if (rule && needs_filing(opened, rule)) {
		add_unknown(opened, rule);
		return true;
	}
	if (rule && rule->base == BASE_FILING) {
		request.from = chosen->second;
		request.other = chosen->from;
	} else if (rule && rule->base != BASE_RECEIPT) {
		request.service = SERVICE_RECEIVED;
	}
	if (rule && rule->kind == KIND_DESIGNATED) {
		request.months = chosen->months;
		request.days = chosen->days;
	}
	if (!deadline_compute(&request, &deadline, error))
		return false;
	add_opened(opened, &deadline);
	return true;
}

static void begin_opened(struct opened *opened, const struct notice *notice)
{
	static const char *const heads[2][5] = {
		{ "期限", "名称", "法定届满日", "稳妥办理日", "提示" },
		{ "period", "name", "legal day", "safe day", "note" }
	};
	struct context *context = opened->context;

	opened->json = JSONOUT_TO(&opened->text);
	if (context->json) {
		jsonout_object_begin(&opened->json);
		jsonout_member_cstr(&opened->json, "notice", pick(context, notice->zh, notice->en));
		jsonout_member_cstr(&opened->json, "closes", notice->closes);
		jsonout_member_cstr(&opened->json, "result",
				    pick(context, notice->result_zh, notice->result_en));
		jsonout_key(&opened->json, "opens");
		jsonout_array_begin(&opened->json);
		return;
	}
	opened->table = text_table_create(context->arena, 5);
	for (size_t i = 0; i < 5; i++)
		text_table_cell(opened->table, str_of(heads[context->language][i]));
}

static void end_opened(struct opened *opened, const struct notice *notice)
{
	struct context *context = opened->context;

	if (context->json) {
		jsonout_array_end(&opened->json);
		jsonout_object_end(&opened->json);
		strbuf_add_byte(&opened->text, '\n');
		command_print(strbuf_str(&opened->text));
		return;
	}
	if (*notice->opens)
		text_table_print(opened->table);
	deadline_line(context, "消除的期限", "closes", notice->closes);
	deadline_line(context, "结果", "result",
		      pick(context, notice->result_zh, notice->result_en));
}

bool deadline_answer_notice(struct context *context, const struct deadline_options *chosen,
			    struct error *error)
{
	const struct notice *notice = notice_find(str_of(chosen->notice));
	struct opened opened = { .context = context, .chosen = chosen, .text = STRBUF_INIT };
	struct str rest, id;
	bool done = true;

	if (!notice)
		return error_set(error, ERROR_USAGE, "cli.deadline_notice", "%s", chosen->notice);
	begin_opened(&opened, notice);
	rest = *notice->opens ? str_of(notice->opens) : STR_EMPTY;
	while (done && str_split(&rest, STR(" "), &id))
		done = open_one(&opened, id, error);
	if (done)
		end_opened(&opened, notice);
	strbuf_release(&opened.text);
	return done;
}
