/* The way from disclosure to filing, of what was filed lately or is about to be. */
#include "base/strbuf.h"
#include "demo/demo_history_internal.h"
#include "types/types.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

typedef bool idea_fn(struct demo_past *past, struct demo_life *life, struct error *error);

static const struct demo *collection(const struct demo_past *past)
{
	return past->making->demo;
}

static bool find_disclosure(struct demo_past *past, const struct demo_life *life, const char *role,
			    struct record **record_out, struct error *error)
{
	return demo_act_for(past, life->centre, role, error) &&
	       demo_find(past, "disclosure", life->disclosure_id, record_out, error);
}

static bool step(struct demo_past *past, const struct demo_life *life, const char *role,
		 const char *name, const char *comment, struct error *error)
{
	struct record *record;

	return find_disclosure(past, life, role, &record, error) &&
	       demo_step(past->making, record, str_of(name), str_of(comment), error);
}

struct text_of {
	const char *field, *text;
};

static bool set_texts(struct demo_past *past, struct record *record, const struct text_of *texts,
		      size_t count, struct error *error)
{
	for (size_t i = 0; i < count; i++)
		if (!demo_set(past->making, record, texts[i].field, str_of(texts[i].text), error))
			return false;
	return true;
}
#define SET(past, record, texts, error) set_texts(past, record, texts, COUNT(texts), error)

static const char *print_str(const struct demo_past *past, struct str text)
{
	return str_to_cstr(past->scratch, text);
}

/* ---- The disclosure. */

static bool set_people(struct demo_past *past, const struct demo_life *life, struct record *record,
		       struct error *error)
{
	const struct demo_named *first = life->centre->researcher,
				*second = demo_second_inventor(life);
	const char *ids, *shares;

	if (second) {
		ids = arena_printf(past->scratch, "%lld,%lld", (long long)first->id,
				   (long long)second->id);
		shares = arena_printf(past->scratch, "%s 60；%s 40", first->title, second->title);
	} else {
		ids = arena_printf(past->scratch, "%lld", (long long)first->id);
		shares = arena_printf(past->scratch, "%s 100", first->title);
	}
	return demo_set(past->making, record, "inventors", str_of(ids), error) &&
	       demo_set(past->making, record, "shares", str_of(shares), error);
}

/* Some leave out what is not asked for: enough is there to be handed in. */
static size_t leave_out(const struct demo_life *life, struct text_of *texts, size_t count)
{
	static const char optional[] = ",funding,variants,test_data,figures,goals,related,";
	enum { LEFT_OUT_MAX = 3, LEFT_OUT_PERCENT = 17 };
	struct demo_random random = demo_random_of(DEMO_HISTORY_SEED + 15, life->key);
	size_t kept = 0, left_out = 0;

	for (size_t i = 0; i < count; i++)
		if (left_out < LEFT_OUT_MAX && name_is_listed(optional, str_of(texts[i].field)) &&
		    demo_random_percent(&random, LEFT_OUT_PERCENT))
			left_out++;
		else
			texts[kept++] = texts[i];
	return kept;
}

static bool set_contents(struct demo_past *past, const struct demo_life *life,
			 struct record *record, struct error *error)
{
	const struct demo_branch *branch =
		&collection(past)->branches[life->centre->branches[life->branch]];
	const char *node = print_str(past, branch->node);
	const char *means = print_str(past, branch->means.items[0]);
	const char *other = print_str(past, branch->means.items[1]);
	const char *object = print_str(past, branch->objects.items[0]);
	const char *abstract = print_str(past, life->texts.abstract);
	struct text_of texts[] = {
		{ "title", life->title },
		{ "secrecy", "ordinary" },
		{ "is_service", "true" },
		{ "technical_field", node },
		{ "funding", "单位自筹" },
		{ "background",
		  arena_printf(past->scratch, "现有%s多依赖经验设计，工况变化时性能下降明显。",
			       object) },
		{ "closest_art",
		  arena_printf(past->scratch, "已公开的%s方案采用%s，未涉及与%s的配合。", node,
			       means, other) },
		{ "problem", arena_printf(past->scratch, "如何在%s中兼顾性能与成本。", object) },
		{ "solution", abstract },
		{ "essential",
		  arena_printf(past->scratch, "%s；%s；二者的连接关系与控制条件。", means, other) },
		{ "variants",
		  arena_printf(past->scratch, "%s可由同类手段替代，参数按工况选取。", means) },
		{ "effects", "与现有方案相比，主要指标提升，且便于在现有产线上实施。" },
		{ "test_data", "示例数据：同等条件下对比试验三组，指标提升 12%—18%。" },
		{ "embodiments", arena_printf(past->scratch,
					      "实施例一：%s与%s串联布置。实施例二：并联布置，取端值"
					      "与中间值各试一组。",
					      means, other) },
		{ "figures", "图1为整体结构示意图；图2为流程图。" },
		{ "goals", "保护自有产品，防止同类方案绕开。" },
		{ "publicity", "无" },
		{ "related", "无" },
		{ "countries", "CN" },
	};

	return set_texts(past, record, texts, leave_out(life, texts, COUNT(texts)), error);
}

static bool set_origin(struct demo_past *past, const struct demo_life *life, struct record *record,
		       struct error *error)
{
	const struct demo_named *field = demo_key_field_of(past, life),
				*project = demo_project_of(past, life);

	return (!field || demo_set_id(past, record, "key_field_id", field->id, error)) &&
	       (!project || demo_set_id(past, record, "project_id", project->id, error));
}

/* What is to wait or to be improved is not wanted in the year. */
static date wanted_on(const struct demo_life *life)
{
	enum { LATER_DAYS = 370, LATER_SPAN = 110 };
	bool waits = str_equal_cstr(life->fate->decision, "hold") ||
		     str_equal_cstr(life->fate->decision, "improve");

	return waits ? demo_working_day(life->filed + LATER_DAYS + (date)(life->key % LATER_SPAN))
		     : life->filed;
}

static bool disclose(struct demo_past *past, struct demo_life *life, struct error *error)
{
	struct record *record = record_new(&past->making->store, &disclosure_type);

	if (!demo_act_for(past, life->centre, "researcher", error) ||
	    !set_people(past, life, record, error) || !set_contents(past, life, record, error) ||
	    !set_origin(past, life, record, error) ||
	    !demo_set_day_of(past, record, "wanted_on", wanted_on(life), error) ||
	    !demo_insert(past->making, record, error))
		return false;
	life->disclosure_id = record->id;
	past->making->records++;
	return true;
}

static bool submit(struct demo_past *past, struct demo_life *life, struct error *error)
{
	return step(past, life, "researcher", "submit", "", error);
}

static bool accept(struct demo_past *past, struct demo_life *life, struct error *error)
{
	return step(past, life, "manager", "accept", "", error);
}

/* ---- Search and evaluation. */

static bool search(struct demo_past *past, struct demo_life *life, struct error *error)
{
	const struct demo_branch *branch =
		&collection(past)->branches[life->centre->branches[life->branch]];
	const struct text_of texts[] = {
		{ "search_query", arena_printf(past->scratch, "TA=(%s AND %s)",
					       print_str(past, branch->terms.items[0]),
					       print_str(past, branch->means.items[0])) },
		{ "search_databases", "示例数据集；中国发明与实用新型" },
		{ "search_hits", arena_printf(past->scratch, "%u", (unsigned)(life->serial % 83)) },
		{ "features", "特征一：相近；特征二：未见；特征三：未见" },
		{ "evaluators",
		  arena_printf(past->scratch, "%lld,%lld", (long long)life->centre->director->id,
			       (long long)life->centre->manager->id) },
	};
	struct record *record;

	return find_disclosure(past, life, "manager", &record, error) &&
	       SET(past, record, texts, error) &&
	       demo_set_day_of(past, record, "searched_on", past->making->store.today, error) &&
	       demo_update(past->making, record, error) &&
	       demo_step(past->making, record, STR("evaluate"), STR_EMPTY, error);
}

/* Points of an item by what is to be decided. */
static const char *points(const struct demo_life *life, struct str item, struct demo_random *random)
{
	static const struct {
		const char *decision;
		int points;
	} levels[] = {
		{ "file", 4 }, { "improve", 3 }, { "hold", 2 }, { "drop", 1 }, { "secret", 4 }
	};
	static const char *const shown[] = { "0", "1", "2", "3", "4", "5" };
	int level = 3;

	for (size_t i = 0; i < sizeof(levels) / sizeof(levels[0]); i++)
		if (str_equal_cstr(life->fate->decision, levels[i].decision))
			level = levels[i].points;
	if (str_equal_cstr(item, "k1"))
		return str_equal_cstr(life->fate->decision, "secret") ? "5" : "2";
	return shown[(size_t)level + demo_random_below(random, 2)];
}

static bool score(struct demo_past *past, struct demo_life *life, const char *role,
		  int64_t evaluator, struct error *error)
{
	const size_t field = record_field_find(&evaluation_type, STR("disclosure_id"));
	const size_t who = record_field_find(&evaluation_type, STR("evaluator_id"));
	const struct value id = { .integer = life->disclosure_id };
	struct demo_random random = demo_random_of(DEMO_HISTORY_SEED + 5,
						   life->key * 4 + (uint64_t)(*role == 'd'));
	struct record **sheets;
	size_t count;

	if (!demo_act_for(past, life->centre, role, error) ||
	    !record_load_where(&past->making->store, &evaluation_type, field, &id, &sheets, &count,
			       error))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct record *sheet = sheets[i];

		if (record_integer(sheet, who) != evaluator || strcmp(sheet->state, "draft") != 0)
			continue;
		for (size_t k = 0; k < evaluation_type.field_count; k++) {
			struct str name = str_of(evaluation_type.fields[k].name);

			if (evaluation_type.fields[k].kind == FIELD_DECIMAL &&
			    !demo_set(past->making, sheet, name.data,
				      str_of(points(life, name, &random)), error))
				return false;
		}
		return demo_set(past->making, sheet, "evidence",
				STR("检索结果与最接近的对比文件；市场与权属材料齐全"), error) &&
		       demo_update(past->making, sheet, error) &&
		       demo_step(past->making, sheet, STR("submit"), STR_EMPTY, error);
	}
	return true;
}

static bool score_first(struct demo_past *past, struct demo_life *life, struct error *error)
{
	return score(past, life, "manager", life->centre->manager->id, error);
}

static bool score_second(struct demo_past *past, struct demo_life *life, struct error *error)
{
	return score(past, life, "director", life->centre->director->id, error);
}

static bool decide(struct demo_past *past, struct demo_life *life, struct error *error)
{
	const char *name = arena_printf(past->scratch, "decide_%.*s",
					STR_ARGS(life->fate->decision));

	return step(past, life, "director", name, "按评估结论办理", error);
}

/* ---- Drafting. */

static bool begin_draft(struct demo_past *past, struct demo_life *life, struct error *error)
{
	struct record *draft = record_new(&past->making->store, &draft_type);

	if (!demo_act_for(past, life->centre, "manager", error) ||
	    !demo_set_id(past, draft, "disclosure_id", life->disclosure_id, error) ||
	    !demo_set(past->making, draft, "agent", str_of(life->centre->agent), error) ||
	    !demo_set_day_of(past, draft, "due_on",
			     demo_working_day(past->making->store.today + 30), error) ||
	    !demo_insert(past->making, draft, error))
		return false;
	life->draft_id = draft->id;
	past->making->records++;
	return true;
}

static bool commission(struct demo_past *past, struct demo_life *life, struct error *error)
{
	const struct demo_named *agency;
	struct record *record;

	return demo_need_named(past->making, str_of(life->centre->agency), &agency, error) &&
	       find_disclosure(past, life, "manager", &record, error) &&
	       demo_set_id(past, record, "agency_id", agency->id, error) &&
	       demo_update(past->making, record, error) &&
	       demo_step(past->making, record, STR("commission"), STR_EMPTY, error) &&
	       begin_draft(past, life, error);
}

static void add_line(struct strbuf *text, const char *line)
{
	strbuf_add_cstr(text, line);
	strbuf_add_byte(text, '\n');
}

/* The application's text, by headings as draft/draft_read.h reads them. */
static void write_draft(const struct demo_past *past, const struct demo_life *life,
			struct strbuf *text)
{
	const struct demo_branch *branch =
		&collection(past)->branches[life->centre->branches[life->branch]];

	add_line(text, "说明书摘要");
	add_line(text, print_str(past, life->texts.abstract));
	add_line(text, "权利要求书");
	for (size_t i = 0; i < life->texts.claim_count; i++)
		strbuf_addf(text, "%zu. %.*s\n", i + 1, STR_ARGS(life->texts.claims[i]));
	add_line(text, "说明书");
	add_line(text, life->title);
	strbuf_addf(text, "技术领域\n本发明涉及%.*s技术领域，具体涉及%s。\n",
		    STR_ARGS(branch->node), life->title);
	add_line(text, "背景技术\n现有方案在工况变化时性能下降，且成本较高。");
	strbuf_addf(text, "发明内容\n本发明的目的是提供%s，以解决上述问题。\n%.*s\n", life->title,
		    STR_ARGS(life->texts.abstract));
	for (size_t i = 0; i < life->texts.claim_count; i++)
		strbuf_addf(text, "进一步地，%.*s\n", STR_ARGS(life->texts.claims[i]));
	strbuf_addf(text, "具体实施方式\n实施例1：%.*s\n实施例2：采用%.*s，其余与实施例1相同。\n",
		    STR_ARGS(life->texts.abstract), STR_ARGS(branch->means.items[1]));
}

static bool attach_draft(struct demo_past *past, const struct demo_life *life, struct record *draft,
			 struct error *error)
{
	const char *name = arena_printf(past->scratch, "示例申请文件-%u.txt",
					(unsigned)life->serial);
	struct strbuf text = STRBUF_INIT;
	bool done;

	write_draft(past, life, &text);
	done = demo_attach(past->making, draft, "file", name, strbuf_str(&text), error);
	strbuf_release(&text);
	return done;
}

static bool deliver(struct demo_past *past, struct demo_life *life, struct error *error)
{
	struct demo_making *making = past->making;
	const char *agent = arena_printf(past->scratch, "agent%s", life->centre->agency + 6);
	const char *claims = arena_printf(past->scratch, "%zu", life->texts.claim_count);
	struct record *draft;

	return demo_act_as(making, str_of(agent), error) &&
	       demo_find(past, "draft", life->draft_id, &draft, error) &&
	       attach_draft(past, life, draft, error) &&
	       demo_set(making, draft, "claims", str_of(claims), error) &&
	       demo_set(making, draft, "independent_claims", STR("1"), error) &&
	       demo_set(making, draft, "changes", STR("按交底书及检索结果撰写"), error) &&
	       demo_update(making, draft, error) &&
	       demo_step(making, draft, STR("deliver"), STR_EMPTY, error);
}

/* ---- The quality check, by the manager. */

/* The points of the sheet: at most so many when it passes, and when it does not. */
static const struct {
	const char *field;
	int passes, fails;
} sheet[] = {
	{ "solution", 11, 8 },  { "scope", 10, 7 }, { "stability", 8, 8 },     { "layout", 16, 11 },
	{ "background", 9, 9 }, { "effect", 7, 7 }, { "sufficiency", 16, 12 }, { "form", 11, 8 },
};

static const char *number(const struct demo_past *past, struct demo_random *random, int from,
			  int to)
{
	return arena_printf(past->scratch, "%d", demo_random_between(random, from, to));
}

static bool set_sheet(struct demo_past *past, struct demo_random *random, bool passes,
		      struct record *record, struct error *error)
{
	static const char *const slight[] = { "轻微：个别用语不统一", "轻微：附图标记一处未说明",
					      "轻微：摘要字数接近上限", "无" };
	static const char *const severe[] = { "严重：从属权利要求引用基础缺失",
					      "严重：独立权利要求缺少必要技术特征",
					      "严重：实施例不足以支持数值范围" };
	const struct text_of texts[] = {
		{ "rules", "2026-01" },
		{ "errors", passes ? "0" : number(past, random, 1, 4) },
		{ "warnings", number(past, random, passes ? 0 : 3, passes ? 3 : 7) },
		{ "notes", number(past, random, 1, 6) },
		{ "issues", passes ? slight[demo_random_below(random, COUNT(slight))]
				   : severe[demo_random_below(random, COUNT(severe))] },
	};

	for (size_t i = 0; i < COUNT(sheet); i++) {
		int most = passes ? sheet[i].passes : sheet[i].fails;

		if (!demo_set(past->making, record, sheet[i].field,
			      str_of(number(past, random, most - 1, most)), error))
			return false;
	}
	return SET(past, record, texts, error);
}

static bool check(struct demo_past *past, const struct demo_life *life, bool passes,
		  struct error *error)
{
	struct record *record = record_new(&past->making->store, &quality_check_type);
	struct demo_random random = demo_random_of(DEMO_HISTORY_SEED + 14,
						   life->key * 2 + (uint64_t)passes);

	past->making->records++;
	return demo_act_for(past, life->centre, "manager", error) &&
	       demo_set_id(past, record, "draft_id", life->draft_id, error) &&
	       demo_set_id(past, record, "checker_id", life->centre->manager->id, error) &&
	       set_sheet(past, &random, passes, record, error) &&
	       demo_insert(past->making, record, error) &&
	       demo_step(past->making, record, passes ? STR("pass") : STR("fail"),
			 passes ? STR_EMPTY : STR("请按质检意见修改后重新交付"), error);
}

static bool pass_check(struct demo_past *past, struct demo_life *life, struct error *error)
{
	return check(past, life, true, error);
}

static bool fail_check(struct demo_past *past, struct demo_life *life, struct error *error)
{
	return check(past, life, false, error) && begin_draft(past, life, error);
}

static bool confirm(struct demo_past *past, struct demo_life *life, struct error *error)
{
	struct record *draft;

	return demo_act_for(past, life->centre, "researcher", error) &&
	       demo_find(past, "draft", life->draft_id, &draft, error) &&
	       demo_step(past->making, draft, STR("confirm"), STR_EMPTY, error);
}

static bool finalise(struct demo_past *past, struct demo_life *life, struct error *error)
{
	return step(past, life, "manager", "finalise", "", error);
}

static bool file(struct demo_past *past, struct demo_life *life, struct error *error)
{
	return step(past, life, "manager", "file", "", error);
}

/* ---- Planning: backwards from the day of filing. */

struct idea_step {
	idea_fn *run;
	int from, to; /* days behind the one before */
};

static const struct idea_step to_decision[] = {
	{ disclose, 0, 0 },    { submit, 1, 6 },       { accept, 1, 5 }, { search, 2, 9 },
	{ score_first, 1, 6 }, { score_second, 1, 6 }, { decide, 1, 8 },
};
static const struct idea_step to_filing[] = {
	{ commission, 1, 5 }, { deliver, 14, 35 }, { pass_check, 1, 6 },
	{ confirm, 1, 7 },    { finalise, 1, 4 },  { file, 1, 4 },
};
static const struct idea_step to_filing_again[] = {
	{ commission, 1, 5 }, { deliver, 14, 30 }, { fail_check, 1, 5 }, { deliver, 5, 15 },
	{ pass_check, 1, 5 }, { confirm, 1, 7 },   { finalise, 1, 4 },   { file, 1, 4 },
};
enum { STEPS_MAX = COUNT(to_decision) + COUNT(to_filing_again) };

/* All steps of the life, one behind the other. */
static size_t steps_of(const struct demo_life *life, struct idea_step steps[STEPS_MAX])
{
	size_t count = COUNT(to_decision);

	memcpy(steps, to_decision, sizeof(to_decision));
	if (!str_equal_cstr(life->fate->decision, "file"))
		return count;
	if (life->is_returned) {
		memcpy(steps + count, to_filing_again, sizeof(to_filing_again));
		return count + COUNT(to_filing_again);
	}
	memcpy(steps + count, to_filing, sizeof(to_filing));
	return count + COUNT(to_filing);
}

static bool run_step(struct demo_past *past, size_t subject, size_t part, struct error *error)
{
	struct demo_life *life = demo_life_at(past, subject);
	struct idea_step steps[STEPS_MAX];

	steps_of(life, steps);
	return steps[part].run(past, life, error);
}

void demo_plan_idea(struct demo_past *past, size_t subject)
{
	const struct demo_life *life = demo_life_at(past, subject);
	struct demo_random random = demo_random_of(DEMO_HISTORY_SEED + 6, life->key);
	struct idea_step steps[STEPS_MAX];
	size_t count = steps_of(life, steps);
	int days[STEPS_MAX];
	date day = life->filed;

	for (size_t i = 0; i < count; i++)
		days[i] = demo_random_between(&random, steps[i].from, steps[i].to);
	for (size_t i = count; i-- > 1;)
		day -= days[i];
	for (size_t i = 0; i < count; i++) {
		date on = demo_working_day(day);

		demo_plan(past, on < life->filed ? on : life->filed, subject, i, run_step);
		day += i + 1 < count ? days[i + 1] : 0;
	}
}
