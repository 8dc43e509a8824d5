/* yucheng states: the states of a patent case, and what moves it. */
#include "cli/pick.h"
#include "cli/sheet_file.h"
#include "rule/case_state.h"

#include <stddef.h>
#include <string.h>

struct states_options {
	const char *type, *before;
	bool list;
};

static const struct option options[] = {
	{ "type",
	  OPTION_TEXT,
	  offsetof(struct states_options, type),
	  "TYPE",
	  { "invention 发明（默认）、utility 实用新型、design 外观设计",
	    "invention (default), utility, design" },
	  NULL },
	{ "before",
	  OPTION_TEXT,
	  offsetof(struct states_options, before),
	  "STATE",
	  { "权利丧失之前的状态（用于恢复）", "state before the loss, for a restoration" },
	  NULL },
	{ "list",
	  OPTION_FLAG,
	  offsetof(struct states_options, list),
	  NULL,
	  { "列出全部状态及依据", "list all states with their basis" },
	  NULL },
	{ .name = NULL },
};

static const char *state_name(struct context *context, const struct case_state *state)
{
	return pick(context, state->zh, state->en);
}

static void list_state(struct context *context, const struct case_state *state,
		       struct text_table *table, struct jsonout *json)
{
	const char *basis = rule_basis_text(context->arena, state->basis, context->language);

	if (context->json) {
		jsonout_object_begin(json);
		jsonout_member_cstr(json, "state", state->id);
		jsonout_member_cstr(json, "name", state_name(context, state));
		jsonout_member_bool(json, "final", state->is_final);
		jsonout_member_bool(json, "in_force", state->is_in_force);
		jsonout_member_bool(json, "reversible", state->is_reversible);
		jsonout_member_cstr(json, "basis", basis);
		jsonout_member_cstr(json, "mark", rule_marks[state->mark].letter);
		jsonout_object_end(json);
		return;
	}
	text_table_cell(table, str_of(state->id));
	text_table_cell(table, str_of(state_name(context, state)));
	text_table_cell(table, str_of(state->is_final      ? pick(context, "终态", "final")
				      : state->is_in_force ? pick(context, "有效", "in force")
				      : state->is_reversible ? pick(context, "可挽回", "reversible")
							     : ""));
	text_table_cell(table, str_of(arena_printf(context->arena, "%s [%s]", basis,
						   rule_marks[state->mark].letter)));
}

static void print_states(struct context *context)
{
	static const struct label heads[] = {
		{ "编号", "id" }, { "状态", "state" }, { "性质", "nature" }, { "依据", "basis" }
	};
	struct text_table *table = text_table_create(context->arena, 4);
	struct strbuf text = STRBUF_INIT;
	struct jsonout json = JSONOUT_TO(&text);
	size_t count;
	const struct case_state *states = case_state_list(&count);

	command_table_head(context, table, heads, 4);
	if (context->json)
		jsonout_array_begin(&json);
	for (size_t i = 0; i < count; i++)
		list_state(context, &states[i], table, &json);
	if (context->json)
		jsonout_array_end(&json);
	else
		text_table_print(table);
	if (!context->json)
		strbuf_add_cstr(&text, sheet_mark_legend(context));
	sheet_print(&text);
}

/* What stands in the table where no state is named. */
static const struct {
	const char *id;
	struct label label;
} sets_of_states[] = {
	{ "*", { "授权前各状态", "any state before the grant" } },
	{ "+", { "有效的各状态", "any state in force" } },
	{ "@before", { "权利丧失前的状态", "the state before the loss" } },
};

/* "实审中（examination）" */
static struct str state_text(struct context *context, const char *id)
{
	const struct case_state *state = case_state_find(str_of(id));

	for (size_t i = 0; i < sizeof(sets_of_states) / sizeof(sets_of_states[0]); i++)
		if (strcmp(sets_of_states[i].id, id) == 0)
			return str_of(label_text(sets_of_states[i].label, context->language));
	return str_of(state ? arena_printf(context->arena, pick(context, "%s（%s）", "%s (%s)"),
					   state_name(context, state), id)
			    : id);
}

static void add_move(struct context *context, struct text_table *table,
		     const struct case_transition *move)
{
	text_table_cell(table, state_text(context, move->from));
	text_table_cell(table,
			str_of(arena_printf(context->arena, pick(context, "%s（%s）", "%s (%s)"),
					    pick(context, move->zh, move->en), move->event)));
	text_table_cell(table, state_text(context, move->to));
}

/* What leads out of a state; NULL: all rows. */
static void print_moves(struct context *context, const struct case_state *from,
			enum patent_type type)
{
	static const struct label heads[] = { { "状态", "state" },
					      { "事件", "event" },
					      { "去向", "leads to" } };
	struct text_table *table = text_table_create(context->arena, 3);
	struct strbuf text = STRBUF_INIT;
	struct jsonout json = JSONOUT_TO(&text);
	size_t count;
	const struct case_transition *moves = case_transition_list(&count);

	command_table_head(context, table, heads, 3);
	if (context->json)
		jsonout_array_begin(&json);
	for (size_t i = 0; i < count; i++) {
		const struct case_transition *move = &moves[i];

		if (from && !case_transition_fits(move, from, type))
			continue;
		if (context->json) {
			jsonout_object_begin(&json);
			jsonout_member_cstr(&json, "from", move->from);
			jsonout_member_cstr(&json, "event", move->event);
			jsonout_member_cstr(&json, "to", move->to);
			jsonout_member_cstr(&json, "name", pick(context, move->zh, move->en));
			jsonout_object_end(&json);
			continue;
		}
		add_move(context, table, move);
	}
	if (context->json)
		jsonout_array_end(&json);
	else
		text_table_print(table);
	sheet_print(&text);
}

static bool find_state(const char *name, const struct case_state **state_out, struct error *error)
{
	*state_out = case_state_find(str_of(name));
	return *state_out || error_set(error, ERROR_USAGE, "rule.case_state", "%s", name);
}

static bool move(struct context *context, const struct states_options *chosen,
		 const struct case_state *from, const char *event, enum patent_type type,
		 struct error *error)
{
	const struct case_state *before = NULL, *to;
	struct strbuf text = STRBUF_INIT;

	if ((chosen->before && !find_state(chosen->before, &before, error)) ||
	    !case_state_move(from, str_of(event), type, before, &to, error))
		return false;
	if (context->json)
		strbuf_addf(&text, "{\"from\":\"%s\",\"to\":\"%s\"}", from->id, to->id);
	else
		strbuf_addf(&text, "%s %s\n", to->id, state_name(context, to));
	sheet_print(&text);
	return true;
}

static int run(struct context *context, void *values, char **arguments, size_t argument_count,
	       struct error *error)
{
	const struct states_options *chosen = values;
	enum patent_type type = chosen->type ? patent_type_of(str_of(chosen->type))
					     : PATENT_INVENTION;
	const struct case_state *from = NULL;

	if (type == PATENT_TYPE_UNKNOWN) {
		error_set(error, ERROR_USAGE, "cli.fees_type", "%s", chosen->type);
		return -1;
	}
	if (chosen->list) {
		print_states(context);
		return 0;
	}
	if (argument_count && !find_state(arguments[0], &from, error))
		return -1;
	if (argument_count == 2)
		return move(context, chosen, from, arguments[1], type, error) ? 0 : -1;
	print_moves(context, from, type);
	return 0;
}

const struct command states_command = {
	.name = "states",
	.arguments = "[STATE [EVENT]]",
	.help = { "案件状态机：各状态、可发生的事件和去向",
		  "states of a patent case, the events that may come and where they lead" },
	.options = options,
	.options_size = sizeof(struct states_options),
	.arguments_max = 2,
	.run = run,
	.examples = "yucheng states --list\n"
		    "yucheng states examination\n"
		    "yucheng states office_action reply\n"
		    "yucheng states deemed_withdrawn restore --before office_action\n",
};
