#include "demo/demo_internal.h"

enum { SLOT_MAX = 20, CLAIMED_PERCENT = 30, WRITTEN_CLAIMS_MAX = 6 };

/* A word for each {name} of a sentence. */
struct slots {
	struct {
		const char *name;
		struct str value;
	} items[SLOT_MAX];
	size_t count;
};

static void set(struct slots *slots, const char *name, struct str value)
{
	for (size_t i = 0; i < slots->count; i++)
		if (strcmp(slots->items[i].name, name) == 0) {
			slots->items[i].value = value;
			return;
		}
	slots->items[slots->count].name = name;
	slots->items[slots->count++].value = value;
}

static struct str value_of(const struct slots *slots, struct str name)
{
	for (size_t i = 0; i < slots->count; i++)
		if (str_equal_cstr(name, slots->items[i].name))
			return slots->items[i].value;
	return STR_EMPTY;
}

/* Adds the sentence with its slots filled. */
static void add_filled(struct strbuf *text, struct str sentence, const struct slots *slots)
{
	size_t open;

	while ((open = str_find_byte(sentence, '{')) != STR_NOT_FOUND) {
		struct str rest = str_slice(sentence, open + 1, sentence.size);
		size_t close = str_find_byte(rest, '}');

		strbuf_add_str(text, str_slice(sentence, 0, open));
		strbuf_add_str(text, value_of(slots, str_slice(rest, 0, close)));
		sentence = str_slice(rest, close == STR_NOT_FOUND ? close : close + 1, rest.size);
	}
	strbuf_add_str(text, sentence);
}

static struct str filled(struct arena *arena, struct str sentence, const struct slots *slots)
{
	struct strbuf text = STRBUF_INIT;
	struct str copy;

	add_filled(&text, sentence, slots);
	copy = str_copy(arena, strbuf_str(&text));
	strbuf_release(&text);
	return copy;
}

static struct str effects_of(struct arena *arena, struct demo_random *random,
			     const struct demo_field_words *field,
			     const struct demo_case *application)
{
	struct str first = demo_pick(random, field->effects[application->effect].phrases);
	struct str second = demo_pick(random, field->effects[application->second_effect].phrases);

	if (str_equal(first, second))
		return first;
	return str_of(arena_printf(arena, "%.*s，%.*s", STR_ARGS(first), STR_ARGS(second)));
}

/* 一种甲及其制备方法: a method named by more than 方法, and only one; else the next of the list that is. */
static struct str process_of(struct demo_words methods, size_t method)
{
	for (size_t i = 0; i < methods.count; i++) {
		struct str name = methods.items[(method + i) % methods.count];

		if (!str_equal(name, STR("方法")) && str_find(name, STR("及")) == STR_NOT_FOUND)
			return name;
	}
	return methods.items[method];
}

/* The words of one application. The order of drawing is part of what makes it the same. */
static void choose_words(const struct demo *demo, struct arena *arena, struct demo_random *random,
			 const struct demo_case *application, struct slots *slots)
{
	static const struct str kinds[] = { DEMO_WORD("发明"), DEMO_WORD("实用新型"),
					    DEMO_WORD("外观设计") };
	const struct demo_branch *branch = &demo->branches[application->branch];
	const struct demo_field_words *field = &demo->fields[branch->field];
	size_t means = demo_random_below(random, branch->means.count);
	size_t other = 1 + demo_random_below(random, branch->means.count - 1);
	size_t step = demo_random_below(random, field->steps.count), method;

	set(slots, "kind", kinds[application->type]);
	set(slots, "node", branch->node);
	set(slots, "means", branch->means.items[means]);
	set(slots, "means2", branch->means.items[(means + other) % branch->means.count]);
	set(slots, "object", demo_pick(random, branch->objects));
	set(slots, "term", demo_pick(random, branch->terms));
	set(slots, "scene", demo_pick(random, field->scenes));
	method = demo_random_below(random, field->methods.count);
	set(slots, "method", field->methods.items[method]);
	set(slots, "process", process_of(field->methods, method));
	set(slots, "adjective", field->effects[application->effect].adjective);
	set(slots, "effects", effects_of(arena, random, field, application));
	set(slots, "step", filled(arena, field->steps.items[step], slots));
	set(slots, "step2",
	    filled(arena, field->steps.items[(step + 1) % field->steps.count], slots));
	set(slots, "step3",
	    filled(arena, field->steps.items[(step + 3) % field->steps.count], slots));
}

/* Devices and designs are things: 一种 and the object, with a word on what is new. */
static struct str title(const struct demo *demo, struct arena *arena, struct demo_random *random,
			const struct demo_case *application, const struct slots *slots)
{
	static const struct str things[] = { DEMO_WORD("一种{object}"),
					     DEMO_WORD("一种{adjective}的{object}"),
					     DEMO_WORD("一种用于{scene}的{object}"),
					     DEMO_WORD("一种带有{means}结构的{object}") };
	const struct demo_words devices = { things, 4 };
	const struct demo_branch *branch = &demo->branches[application->branch];

	if (application->type == DEMO_DESIGN)
		return value_of(slots, STR("object"));
	return filled(arena,
		      demo_pick(random, application->type == DEMO_UTILITY
						? devices
						: demo->fields[branch->field].titles),
		      slots);
}

static struct str abstract(const struct demo *demo, struct arena *arena, struct demo_random *random,
			   const struct demo_case *application, const struct slots *slots)
{
	struct strbuf text = STRBUF_INIT;
	struct str copy;

	if (application->type == DEMO_DESIGN)
		return filled(arena, demo_pick(random, demo->designs), slots);
	add_filled(&text, demo_pick(random, demo->openings), slots);
	add_filled(&text, STR("{step}；{step2}；{step3}。"), slots);
	add_filled(&text, demo_pick(random, demo->closings), slots);
	copy = str_copy(arena, strbuf_str(&text));
	strbuf_release(&text);
	return copy;
}

/* "一种基于甲的乙" is claimed as 乙 in the claims behind the first. */
static struct str subject(struct str title)
{
	struct str wanted = STR("一种");

	return str_starts_with(title, wanted) ? str_slice(title, wanted.size, title.size) : title;
}

static void claims(const struct demo *demo, struct arena *arena, struct demo_random *random,
		   const struct demo_case *application, struct slots *slots,
		   struct demo_texts *texts)
{
	size_t count = application->claims < WRITTEN_CLAIMS_MAX ? application->claims
								: WRITTEN_CLAIMS_MAX;
	struct str *list = arena_array(arena, struct str, count);

	set(slots, "subject", subject(texts->title));
	list[0] = filled(arena, demo_pick(random, demo->first_claims), slots);
	for (size_t i = 1; i < count; i++) {
		set(slots, "parent", demo_random_percent(random, 70) ? STR("1") : STR("2"));
		if (i == 1)
			set(slots, "parent", STR("1"));
		list[i] = filled(arena, demo->claims.items[(i - 1) % demo->claims.count], slots);
	}
	texts->claims = list;
	texts->claim_count = count;
}

void demo_make_texts(const struct demo *demo, struct arena *arena,
		     const struct demo_case *application, struct demo_texts *texts_out)
{
	struct demo_random random = demo_random_of(DEMO_SEED + 8, application->key);
	struct slots slots = { 0 };

	*texts_out = (struct demo_texts){ 0 };
	choose_words(demo, arena, &random, application, &slots);
	texts_out->title = title(demo, arena, &random, application, &slots);
	set(&slots, "title", texts_out->title);
	texts_out->abstract = abstract(demo, arena, &random, application, &slots);
	if (application->type != DEMO_DESIGN && demo_random_percent(&random, CLAIMED_PERCENT))
		claims(demo, arena, &random, application, &slots, texts_out);
}
