#include "lint_plant.h"

#include "base/strbuf.h"
#include "base/utf8.h"

#include <string.h>

enum { LINES_MAX = 400, CLAIMS_MAX = 40 };

/* A draft as its lines. */
struct sheet {
	struct arena *arena;
	struct str lines[LINES_MAX];
	size_t count;
};

static void open_sheet(struct sheet *sheet, struct arena *arena, struct str text)
{
	struct str line;

	*sheet = (struct sheet){ .arena = arena };
	while (sheet->count < LINES_MAX && str_split(&text, STR("\n"), &line))
		sheet->lines[sheet->count++] = line;
}

static struct str join(const struct sheet *sheet)
{
	struct strbuf text = STRBUF_INIT;
	struct str result;

	for (size_t i = 0; i < sheet->count; i++) {
		strbuf_add_str(&text, sheet->lines[i]);
		strbuf_add_byte(&text, '\n');
	}
	result = str_copy(sheet->arena, strbuf_str(&text));
	strbuf_release(&text);
	return result;
}

static size_t find_line(const struct sheet *sheet, const char *line)
{
	for (size_t i = 0; i < sheet->count; i++)
		if (str_equal_cstr(sheet->lines[i], line))
			return i;
	return SIZE_MAX;
}

static void remove_line(struct sheet *sheet, size_t at)
{
	memmove(&sheet->lines[at], &sheet->lines[at + 1],
		(sheet->count - at - 1) * sizeof(sheet->lines[0]));
	sheet->count--;
}

static void insert_line(struct sheet *sheet, size_t at, struct str line)
{
	memmove(&sheet->lines[at + 1], &sheet->lines[at],
		(sheet->count - at) * sizeof(sheet->lines[0]));
	sheet->lines[at] = line;
	sheet->count++;
}

/* The first place of `from` becomes `to`; false when there is none. */
static bool replace(struct arena *arena, struct str *text, const char *from, const char *to)
{
	size_t at = str_find(*text, str_of(from));
	struct str head, tail;

	if (at == STR_NOT_FOUND)
		return false;
	head = str_slice(*text, 0, at);
	tail = str_slice(*text, at + strlen(from), text->size);
	*text = str_of(arena_printf(arena, "%.*s%s%.*s", STR_ARGS(head), to, STR_ARGS(tail)));
	return true;
}

/* The line claim `number` begins, or SIZE_MAX. */
static size_t claim_line(const struct sheet *sheet, unsigned number)
{
	size_t from = find_line(sheet, "权利要求书"), to = find_line(sheet, "说明书");
	struct str begin = str_of(arena_printf(sheet->arena, "%u.", number));

	for (size_t i = from + 1; i < to; i++)
		if (str_starts_with(sheet->lines[i], begin))
			return i;
	return SIZE_MAX;
}

static size_t claim_last_line(const struct sheet *sheet, unsigned number)
{
	size_t at = claim_line(sheet, number), next = claim_line(sheet, number + 1);

	if (at == SIZE_MAX)
		return SIZE_MAX;
	return (next == SIZE_MAX ? find_line(sheet, "说明书") : next) - 1;
}

/* The variant-th claim, counted from 1 and from the first that may carry the error. */
static bool pick_claim(const struct sheet *sheet, unsigned first, unsigned variant,
		       struct plant *plant, size_t *line_out)
{
	plant->part = DRAFT_CLAIMS;
	plant->claim = first + variant;
	*line_out = claim_line(sheet, plant->claim);
	return *line_out != SIZE_MAX;
}

static struct str renumber(struct arena *arena, struct str clean, unsigned variant,
			   struct plant *plant)
{
	struct sheet sheet;
	size_t line, dot;
	struct str rest;

	open_sheet(&sheet, arena, clean);
	if (!pick_claim(&sheet, 2, variant, plant, &line))
		return STR_EMPTY;
	dot = str_find_byte(sheet.lines[line], '.');
	rest = str_slice(sheet.lines[line], dot, sheet.lines[line].size);
	plant->claim += 30;
	sheet.lines[line] = str_of(arena_printf(arena, "%u%.*s", plant->claim, STR_ARGS(rest)));
	return join(&sheet);
}

static struct str drop_end(struct arena *arena, struct str clean, unsigned variant,
			   struct plant *plant)
{
	struct sheet sheet;
	size_t line, last;

	open_sheet(&sheet, arena, clean);
	if (!pick_claim(&sheet, 1, variant, plant, &line))
		return STR_EMPTY;
	last = claim_last_line(&sheet, plant->claim);
	sheet.lines[last].size -= strlen("。");
	return join(&sheet);
}

static struct str stop_inside(struct arena *arena, struct str clean, unsigned variant,
			      struct plant *plant)
{
	struct sheet sheet;
	size_t line;

	open_sheet(&sheet, arena, clean);
	if (!pick_claim(&sheet, 1, variant, plant, &line) ||
	    !replace(arena, &sheet.lines[line], "，其特征", "。其特征"))
		return STR_EMPTY;
	return join(&sheet);
}

/* Puts words in front of the full stop that ends a claim. */
static struct str append(struct arena *arena, struct str clean, unsigned variant,
			 struct plant *plant, const char *words)
{
	struct sheet sheet;
	size_t line, last;

	open_sheet(&sheet, arena, clean);
	if (!pick_claim(&sheet, 1, variant, plant, &line))
		return STR_EMPTY;
	last = claim_last_line(&sheet, plant->claim);
	sheet.lines[last].size -= strlen("。");
	sheet.lines[last] = str_of(
		arena_printf(arena, "%.*s%s。", STR_ARGS(sheet.lines[last]), words));
	return join(&sheet);
}

static struct str unknown_term(struct arena *arena, struct str clean, unsigned variant,
			       struct plant *plant)
{
	static const char *const words[] = { "，所述气囊位于一侧", "，该散热片与外部连接",
					     "，所述第二导轨用于导向", "，上述齿条固定设置",
					     "，其中，所述遮光板竖直布置" };

	return append(arena, clean, variant, plant, words[variant % 5]);
}

static struct str for_example(struct arena *arena, struct str clean, unsigned variant,
			      struct plant *plant)
{
	static const char *const words[] = { "，例如采用常规方式", "，最好是采用常规方式",
					     "，尤其是采用常规方式", "，必要时采用常规方式" };

	return append(arena, clean, variant, plant, words[variant % 4]);
}

static struct str as_shown(struct arena *arena, struct str clean, unsigned variant,
			   struct plant *plant)
{
	static const char *const words[] = { "，如图1所示", "，如说明书附图2所示", "，参见图1",
					     "，如说明书所述" };

	return append(arena, clean, variant, plant, words[variant % 4]);
}

/* The first reference of a claim becomes another one. */
static struct str refer(struct arena *arena, struct str clean, unsigned first, unsigned variant,
			struct plant *plant, const char *reference)
{
	struct sheet sheet;
	size_t line, from, to;
	struct str head, tail;

	open_sheet(&sheet, arena, clean);
	if (!pick_claim(&sheet, first, variant, plant, &line))
		return STR_EMPTY;
	from = str_find(sheet.lines[line], STR("权利要求"));
	if (from == STR_NOT_FOUND)
		return clean; /* an independent claim: counted apart by the caller */
	to = str_find(sheet.lines[line], STR("所述"));
	head = str_slice(sheet.lines[line], 0, from);
	tail = str_slice(sheet.lines[line], to, sheet.lines[line].size);
	sheet.lines[line] = str_of(
		arena_printf(arena, "%.*s%s%.*s", STR_ARGS(head), reference, STR_ARGS(tail)));
	return join(&sheet);
}

/* To itself, or to the next claim when there is one. */
static struct str refer_itself(struct arena *arena, struct str clean, unsigned variant,
			       struct plant *plant)
{
	struct sheet sheet;
	unsigned number = 2 + variant;

	open_sheet(&sheet, arena, clean);
	if (variant % 2 && claim_line(&sheet, number + 1) != SIZE_MAX)
		number++;
	return refer(arena, clean, 2, variant, plant, arena_printf(arena, "权利要求%u", number));
}

/* Whether a claim names the subject of claim 1 behind 所述的. */
static bool has_first_subject(const struct sheet *sheet, unsigned number)
{
	size_t first = claim_line(sheet, 1), line = claim_line(sheet, number), from, to;
	struct str word = STR("所述的");

	if (line == SIZE_MAX)
		return false;
	from = str_find(sheet->lines[line], word);
	to = str_find(sheet->lines[line], STR("，"));
	return from != STR_NOT_FOUND && from < to &&
	       str_find(sheet->lines[first], str_slice(sheet->lines[line], from + word.size, to)) !=
		       STR_NOT_FOUND;
}

static struct str refer_absent(struct arena *arena, struct str clean, unsigned variant,
			       struct plant *plant)
{
	return refer(arena, clean, 2, variant, plant, "权利要求97");
}

static struct str refer_jointly(struct arena *arena, struct str clean, unsigned variant,
				struct plant *plant)
{
	static const char *const forms[] = { "权利要求1和2", "权利要求1及2", "权利要求1、2",
					     "权利要求1-2", "权利要求1与2" };
	struct sheet sheet;

	open_sheet(&sheet, arena, clean);
	if (claim_line(&sheet, 3 + variant) != SIZE_MAX && !has_first_subject(&sheet, 3 + variant))
		return clean;
	return refer(arena, clean, 3, variant, plant, forms[variant % 5]);
}

/* A multiple dependent claim made to rest on one. */
static struct str refer_multiple(struct arena *arena, struct str clean, unsigned variant,
				 struct plant *plant)
{
	struct sheet sheet;
	struct str changed = refer(arena, clean, 3, variant, plant, "权利要求1或2");
	size_t line;

	open_sheet(&sheet, arena, changed);
	line = claim_line(&sheet, plant->claim + 1);
	if (changed.size == 0 || line == SIZE_MAX)
		return STR_EMPTY;
	if (str_equal(changed, clean) || !has_first_subject(&sheet, plant->claim) ||
	    !has_first_subject(&sheet, plant->claim + 1))
		return clean;
	plant->claim++;
	return refer(arena, changed, plant->claim, 0, plant,
		     arena_printf(arena, "权利要求1或%u", plant->claim - 1));
}

static struct str first_dependent(struct arena *arena, struct str clean, unsigned variant,
				  struct plant *plant)
{
	struct sheet sheet;
	size_t line;

	open_sheet(&sheet, arena, clean);
	if (variant > 0 || !pick_claim(&sheet, 1, 0, plant, &line) ||
	    !replace(arena, &sheet.lines[line], "一种", "根据权利要求2所述的"))
		return STR_EMPTY;
	return join(&sheet);
}

static struct str unclear_category(struct arena *arena, struct str clean, unsigned variant,
				   struct plant *plant)
{
	static const char *const subjects[] = { "1.一种加工技术，", "1.一种产品及其制造方法，" };
	struct sheet sheet;
	size_t line, comma;
	struct str rest;

	open_sheet(&sheet, arena, clean);
	if (variant > 1 || !pick_claim(&sheet, 1, 0, plant, &line))
		return STR_EMPTY;
	comma = str_find(sheet.lines[line], STR("，")) + strlen("，");
	rest = str_slice(sheet.lines[line], comma, sheet.lines[line].size);
	sheet.lines[line] = str_of(
		arena_printf(arena, "%s%.*s", subjects[variant], STR_ARGS(rest)));
	return join(&sheet);
}

static struct str utility_method(struct arena *arena, struct str clean, unsigned variant,
				 struct plant *plant)
{
	struct sheet sheet;

	open_sheet(&sheet, arena, clean);
	if (variant > 0 || find_line(&sheet, "实用新型内容") == SIZE_MAX)
		return STR_EMPTY;
	plant->part = DRAFT_CLAIMS;
	plant->claim = 6;
	insert_line(&sheet, find_line(&sheet, "说明书"),
		    STR("6.一种管件夹持方法，其特征在于，包括：放置管件；转动螺杆夹紧管件。"));
	return join(&sheet);
}

/* A line of the description in place of the title, which stands below 说明书. */
static struct str set_title(struct arena *arena, struct str clean, const char *title,
			    struct plant *plant)
{
	struct sheet sheet;
	size_t at;

	open_sheet(&sheet, arena, clean);
	at = find_line(&sheet, "说明书") + 1;
	plant->part = DRAFT_TITLE;
	if (title)
		sheet.lines[at] = str_of(title);
	else
		remove_line(&sheet, at);
	return join(&sheet);
}

static struct str no_title(struct arena *arena, struct str clean, unsigned variant,
			   struct plant *plant)
{
	return variant > 0 ? STR_EMPTY : set_title(arena, clean, NULL, plant);
}

static struct str long_title(struct arena *arena, struct str clean, unsigned variant,
			     struct plant *plant)
{
	return variant > 0
		       ? STR_EMPTY
		       : set_title(
				 arena, clean,
				 "一种用于大型旋转机械的关键部件在复杂工况以及多种干扰条件之下进行"
				 "状态监测与故障诊断并且能够给出维护建议的综合管理方法、装置、"
				 "设备以及存储介质",
				 plant);
}

static struct str bare_title(struct arena *arena, struct str clean, unsigned variant,
			     struct plant *plant)
{
	static const char *const titles[] = { "方法", "一种装置", "组合物" };

	return variant > 2 ? STR_EMPTY : set_title(arena, clean, titles[variant], plant);
}

static struct str similar_title(struct arena *arena, struct str clean, unsigned variant,
				struct plant *plant)
{
	static const char *const titles[] = { "一种阀门及其他", "一种夹具及其类似物" };

	return variant > 1 ? STR_EMPTY : set_title(arena, clean, titles[variant], plant);
}

static struct str proud_title(struct arena *arena, struct str clean, unsigned variant,
			      struct plant *plant)
{
	static const char *const titles[] = { "一种世界领先的阀门", "神奇涂料", "一种国家级夹具" };

	return variant > 2 ? STR_EMPTY : set_title(arena, clean, titles[variant], plant);
}

static struct str other_title(struct arena *arena, struct str clean, unsigned variant,
			      struct plant *plant)
{
	struct sheet sheet;

	open_sheet(&sheet, arena, clean);
	if (variant > 0)
		return STR_EMPTY;
	plant->part = DRAFT_TITLE;
	insert_line(&sheet, 0, STR("发明名称：一种与说明书不同的名称"));
	return join(&sheet);
}

static const char *const headings[] = { "技术领域", "背景技术", "发明内容", "实用新型内容",
					"具体实施方式" };

static struct str no_heading(struct arena *arena, struct str clean, unsigned variant,
			     struct plant *plant)
{
	struct sheet sheet;
	size_t at;

	if (variant >= 5)
		return STR_EMPTY;
	open_sheet(&sheet, arena, clean);
	at = find_line(&sheet, headings[variant]);
	if (at == SIZE_MAX)
		return clean;
	plant->part = DRAFT_DESCRIPTION;
	remove_line(&sheet, at);
	return join(&sheet);
}

static struct str wrong_order(struct arena *arena, struct str clean, unsigned variant,
			      struct plant *plant)
{
	struct sheet sheet;
	size_t one, two;

	if (variant >= 4)
		return STR_EMPTY;
	open_sheet(&sheet, arena, clean);
	one = find_line(&sheet, headings[variant]);
	two = find_line(&sheet, headings[variant + 1]);
	if (one == SIZE_MAX || two == SIZE_MAX)
		return clean;
	plant->part = DRAFT_DESCRIPTION;
	sheet.lines[one] = str_of(headings[variant + 1]);
	sheet.lines[two] = str_of(headings[variant]);
	return join(&sheet);
}

/* A sentence behind each paragraph of running text below a heading. */
static struct str add_sentence(struct arena *arena, struct str clean, const char *heading,
			       unsigned variant, const char *sentence, struct plant *plant)
{
	struct sheet sheet;
	size_t at, end;

	open_sheet(&sheet, arena, clean);
	at = find_line(&sheet, heading) + 1 + variant;
	end = find_line(&sheet, "说明书附图");
	if (at > (end == SIZE_MAX ? sheet.count : end) - 1)
		return STR_EMPTY;
	if (!str_ends_with(sheet.lines[at], STR("。")))
		return clean;
	plant->part = DRAFT_DESCRIPTION;
	sheet.lines[at] = str_of(
		arena_printf(arena, "%.*s%s", STR_ARGS(sheet.lines[at]), sentence));
	return join(&sheet);
}

static struct str cites_claim(struct arena *arena, struct str clean, unsigned variant,
			      struct plant *plant)
{
	static const char *const sentences[] = { "其结构如权利要求1所述的那样。",
						 "采用权利要求1至3任一项所述的方案。",
						 "根据权利要求 2 所述的结构实施。" };

	return add_sentence(arena, clean, "背景技术", variant, sentences[variant % 3], plant);
}

static struct str unknown_figure(struct arena *arena, struct str clean, unsigned variant,
				 struct plant *plant)
{
	static const char *const sentences[] = { "如图8所示，结构紧凑。", "参见图 9。",
						 "其细节见附图7。" };

	if (str_find(clean, STR("附图说明")) == STR_NOT_FOUND)
		return STR_EMPTY;
	return add_sentence(arena, clean, "具体实施方式", variant, sentences[variant % 3], plant);
}

static struct str bare_deposit(struct arena *arena, struct str clean, unsigned variant,
			       struct plant *plant)
{
	static const char *const sentences[] = { "所用菌株的保藏编号为CGMCC No.12345。",
						 "所用菌株已保藏于CCTCC。" };

	return add_sentence(arena, clean, "具体实施方式", variant, sentences[variant % 2], plant);
}

static struct str missing_figure(struct arena *arena, struct str clean, unsigned variant,
				 struct plant *plant)
{
	struct sheet sheet;
	size_t at;

	open_sheet(&sheet, arena, clean);
	at = find_line(&sheet, "附图说明");
	if (at == SIZE_MAX || variant > 1)
		return STR_EMPTY;
	plant->part = DRAFT_DESCRIPTION;
	insert_line(&sheet, at + 1 + variant, STR("图6是本发明实施例的后视图；"));
	return join(&sheet);
}

static struct str undescribed_figure(struct arena *arena, struct str clean, unsigned variant,
				     struct plant *plant)
{
	struct sheet sheet;

	open_sheet(&sheet, arena, clean);
	if (find_line(&sheet, "说明书附图") == SIZE_MAX || variant > 1)
		return STR_EMPTY;
	plant->part = DRAFT_DRAWINGS;
	insert_line(&sheet, sheet.count, variant ? STR("图 5") : STR("图4"));
	return join(&sheet);
}

static struct str no_figure_section(struct arena *arena, struct str clean, unsigned variant,
				    struct plant *plant)
{
	struct sheet sheet;
	size_t at;

	open_sheet(&sheet, arena, clean);
	at = find_line(&sheet, "附图说明");
	if (at == SIZE_MAX || variant > 0)
		return STR_EMPTY;
	plant->part = DRAFT_DESCRIPTION;
	remove_line(&sheet, at);
	return join(&sheet);
}

static struct str figure_gap(struct arena *arena, struct str clean, unsigned variant,
			     struct plant *plant)
{
	struct sheet sheet;
	size_t at;

	open_sheet(&sheet, arena, clean);
	at = find_line(&sheet, "说明书附图");
	if (at == SIZE_MAX || variant > 1)
		return STR_EMPTY;
	plant->part = DRAFT_DRAWINGS;
	sheet.lines[at + 1 + variant] = STR("图12");
	return join(&sheet);
}

static struct str two_names(struct arena *arena, struct str clean, unsigned variant,
			    struct plant *plant)
{
	static const char *const changes[][2] = { { "2-阀芯", "1-阀芯" },
						  { "41-电机", "31-电机" },
						  { "2、固定夹块", "5、固定夹块" },
						  { "44、手轮", "4、手轮" } };
	struct str text = clean;

	if (variant >= 4)
		return STR_EMPTY;
	plant->part = DRAFT_DESCRIPTION;
	replace(arena, &text, changes[variant][0], changes[variant][1]);
	return text;
}

static struct str no_drawings(struct arena *arena, struct str clean, unsigned variant,
			      struct plant *plant)
{
	struct sheet sheet;
	size_t from, to;

	open_sheet(&sheet, arena, clean);
	if (variant > 0 || find_line(&sheet, "实用新型内容") == SIZE_MAX)
		return STR_EMPTY;
	plant->part = DRAFT_DRAWINGS;
	sheet.count = find_line(&sheet, "说明书附图");
	from = find_line(&sheet, "附图说明");
	to = find_line(&sheet, "具体实施方式");
	for (size_t i = from; i < to; i++)
		remove_line(&sheet, from);
	return join(&sheet);
}

static struct str long_abstract(struct arena *arena, struct str clean, unsigned variant,
				struct plant *plant)
{
	struct sheet sheet;

	open_sheet(&sheet, arena, clean);
	if (variant > 0)
		return STR_EMPTY;
	plant->part = DRAFT_ABSTRACT;
	sheet.lines[1] = str_of(arena_printf(arena, "%.*s%.*s%.*s", STR_ARGS(sheet.lines[1]),
					     STR_ARGS(sheet.lines[1]), STR_ARGS(sheet.lines[1])));
	return join(&sheet);
}

static struct str no_abstract_figure(struct arena *arena, struct str clean, unsigned variant,
				     struct plant *plant)
{
	struct sheet sheet;
	size_t at;

	open_sheet(&sheet, arena, clean);
	at = find_line(&sheet, "摘要附图");
	if (at == SIZE_MAX || variant > 0)
		return STR_EMPTY;
	plant->part = DRAFT_ABSTRACT;
	remove_line(&sheet, at);
	remove_line(&sheet, at);
	return join(&sheet);
}

const struct plant_kind plant_kinds[] = {
	{ "C01", renumber },
	{ "C02", drop_end },
	{ "C02-inside", stop_inside },
	{ "C03", first_dependent },
	{ "C04", refer_itself },
	{ "C04-absent", refer_absent },
	{ "C05", refer_jointly },
	{ "C06", refer_multiple },
	{ "C11", unknown_term },
	{ "C13", unclear_category },
	{ "C15", for_example },
	{ "C19", as_shown },
	{ "C29", utility_method },
	{ "A01", other_title },
	{ "A01-missing", no_title },
	{ "A02-max", long_title },
	{ "A03", bare_title },
	{ "A03-similar", similar_title },
	{ "A03-words", proud_title },
	{ "B01", no_heading },
	{ "B01-order", wrong_order },
	{ "B03", cites_claim },
	{ "B06", missing_figure },
	{ "B06-section", no_figure_section },
	{ "B06-undescribed", undescribed_figure },
	{ "B06-unknown", unknown_figure },
	{ "B09", two_names },
	{ "B15", bare_deposit },
	{ "B16", no_drawings },
	{ "D01", long_abstract },
	{ "D04", no_abstract_figure },
	{ "D06", figure_gap },
};

const size_t plant_kind_count = sizeof(plant_kinds) / sizeof(plant_kinds[0]);
