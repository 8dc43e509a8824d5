#include "demo/demo_data.h"
#include "demo/demo_internal.h"
#include "import/toml.h"

/* A table being read: errors name its file and line. */
struct place {
	struct demo *demo;
	const char *file;
	const struct toml_table *table;
	struct error *error;
};

static bool wrong(const struct place *place, const char *key)
{
	return error_set_at(place->error, ERROR_CORRUPT, "demo.vocabulary", place->table->line,
			    "%s: %s", place->file, key);
}

static bool need_text(const struct place *place, const char *key, struct str *text_out)
{
	*text_out = toml_text(place->table, key);
	return text_out->size > 0 || wrong(place, key);
}

/* A list of at least `least` words. */
static bool need_words(const struct place *place, const char *key, size_t least,
		       struct demo_words *words_out)
{
	const struct toml_value *value = toml_find(place->table, key);

	*words_out = (struct demo_words){ NULL, 0 };
	if (!value || value->kind != TOML_ARRAY || value->item_count < least)
		return wrong(place, key);
	*words_out = (struct demo_words){ value->items, value->item_count };
	return true;
}

static bool need_count(const struct place *place, const char *key, uint32_t *count_out)
{
	int64_t count = toml_integer(place->table, key, -1);

	*count_out = 0;
	if (count < 0 || count > 10000)
		return wrong(place, key);
	*count_out = (uint32_t)count;
	return true;
}

static size_t count_tables(const struct toml *toml, const char *name)
{
	size_t count = 0;

	for (size_t i = 0; i < toml->table_count; i++)
		count += str_equal_cstr(toml->tables[i].name, name);
	return count;
}

typedef bool table_fn(const struct place *place, void *context);

/* Calls read for each table of the name, in order. */
static bool each_table(struct demo *demo, const struct toml *toml, const char *file,
		       const char *name, table_fn *read, void *context, struct error *error)
{
	for (size_t i = 0; i < toml->table_count; i++) {
		struct place place = { demo, file, &toml->tables[i], error };

		if (str_equal_cstr(toml->tables[i].name, name) && !read(&place, context))
			return false;
	}
	return true;
}

/* ---- common.toml */

struct shape {
	struct str name;
	uint32_t years[DEMO_YEARS];
};

static bool read_shape(const struct place *place, void *context)
{
	struct shape *shape = list_add(context);
	struct str years, year;
	size_t count = 0;

	if (!need_text(place, "name", &shape->name) || !need_text(place, "years", &years))
		return false;
	while (str_split(&years, STR(" "), &year)) {
		int64_t value;

		if (count == DEMO_YEARS || !str_to_int64(year, &value) || value < 0 || value > 1000)
			return wrong(place, "years");
		shape->years[count++] = (uint32_t)value;
	}
	return count == DEMO_YEARS || wrong(place, "years");
}

static bool read_city(const struct place *place, void *context)
{
	struct demo *demo = place->demo;
	struct demo_city *city = &demo->cities[demo->city_count];
	uint32_t weight;

	(void)context;
	if (!need_text(place, "province", &city->province) ||
	    !need_text(place, "name", &city->name) ||
	    !need_words(place, "districts", 1, &city->districts) ||
	    !need_count(place, "weight", &weight))
		return false;
	demo->city_sums[demo->city_count] =
		weight + (demo->city_count ? demo->city_sums[demo->city_count - 1] : 0);
	demo->city_count++;
	return true;
}

static bool read_names(const struct place *place, void *context)
{
	struct demo *demo = place->demo;

	(void)context;
	return need_words(place, "surnames", 1, &demo->surnames) &&
	       need_words(place, "given", 2, &demo->given) &&
	       need_words(place, "stems", 1, &demo->stems);
}

static bool read_foreigners(const struct place *place, void *context)
{
	struct demo *demo = place->demo;
	struct demo_foreigners *foreigners = &demo->foreigners[demo->foreigner_count++];

	(void)context;
	return need_text(place, "country", &foreigners->country) &&
	       need_words(place, "names", 4, &foreigners->names);
}

static bool read_agencies(const struct place *place, void *context)
{
	(void)context;
	return need_words(place, "names", 1, &place->demo->agencies);
}

static bool read_texts(const struct place *place, void *context)
{
	struct demo *demo = place->demo;

	(void)context;
	return need_words(place, "opening", 1, &demo->openings) &&
	       need_words(place, "closing", 1, &demo->closings) &&
	       need_words(place, "first_claim", 1, &demo->first_claims) &&
	       need_words(place, "claim", 1, &demo->claims) &&
	       need_words(place, "design", 1, &demo->designs);
}

static bool read_common(struct demo *demo, const struct toml *toml, struct list *shapes,
			struct error *error)
{
	const char *file = "common.toml";
	size_t cities = count_tables(toml, "city");

	demo->cities = arena_array(demo->arena, struct demo_city, cities + 1);
	demo->city_sums = arena_array(demo->arena, uint32_t, cities + 1);
	demo->foreigners = arena_array(demo->arena, struct demo_foreigners,
				       count_tables(toml, "foreigners") + 1);
	return each_table(demo, toml, file, "shape", read_shape, shapes, error) &&
	       each_table(demo, toml, file, "city", read_city, NULL, error) &&
	       each_table(demo, toml, file, "names", read_names, NULL, error) &&
	       each_table(demo, toml, file, "foreigners", read_foreigners, NULL, error) &&
	       each_table(demo, toml, file, "agencies", read_agencies, NULL, error) &&
	       each_table(demo, toml, file, "texts", read_texts, NULL, error);
}

/* ---- One file a field */

static bool read_field(const struct place *place, void *context)
{
	struct demo_field_words *field = context;

	return need_text(place, "name", &field->name) &&
	       need_text(place, "english", &field->english) &&
	       need_text(place, "purpose", &field->purpose) &&
	       need_text(place, "query", &field->query) &&
	       need_text(place, "locarno", &field->locarno) &&
	       need_words(place, "trades", 1, &field->trades) &&
	       need_words(place, "scenes", 1, &field->scenes) &&
	       need_words(place, "methods", 1, &field->methods) &&
	       need_words(place, "title", 1, &field->titles) &&
	       need_words(place, "step", 3, &field->steps);
}

static bool read_effect(const struct place *place, void *context)
{
	struct demo_field_words *field = context;
	struct demo_effect *effect = &field->effects[field->effect_count];

	if (field->effect_count == DEMO_EFFECTS_MAX)
		return wrong(place, "effect");
	field->effect_count++;
	return need_text(place, "node", &effect->node) &&
	       need_text(place, "adjective", &effect->adjective) &&
	       need_count(place, "weight", &effect->weight) &&
	       need_words(place, "phrases", 1, &effect->phrases);
}

static bool mark_blanks(const struct place *place, const struct demo_field_words *field,
			struct demo_branch *branch)
{
	struct demo_words blanks;

	if (!need_words(place, "blank", 0, &blanks))
		return false;
	for (size_t i = 0; i < blanks.count; i++) {
		size_t effect = 0;

		while (effect < field->effect_count &&
		       !str_equal(field->effects[effect].node, blanks.items[i]))
			effect++;
		if (effect == field->effect_count)
			return wrong(place, "blank");
		branch->is_blank[effect] = true;
	}
	return true;
}

struct branch_context {
	const struct list *shapes;
	struct demo_field_words *field;
};

static bool find_shape(const struct place *place, const struct list *shapes,
		       struct demo_branch *branch)
{
	struct str name;

	if (!need_text(place, "shape", &name))
		return false;
	for (size_t i = 0; i < shapes->count; i++)
		if (str_equal(LIST_AT(shapes, struct shape, i).name, name)) {
			branch->years = LIST_AT(shapes, struct shape, i).years;
			return true;
		}
	return wrong(place, "shape");
}

static bool read_branch(const struct place *place, void *context)
{
	const struct branch_context *within = context;
	struct demo *demo = place->demo;
	struct demo_branch *branch = &demo->branches[demo->branch_count++];
	uint32_t utility;

	branch->field = (size_t)(within->field - demo->fields);
	within->field->branch_count++;
	if (!need_text(place, "node", &branch->node) ||
	    !need_count(place, "weight", &branch->weight) ||
	    !need_count(place, "utility", &utility) || !need_words(place, "ipc", 2, &branch->ipc) ||
	    !need_words(place, "terms", 1, &branch->terms) ||
	    !need_words(place, "objects", 1, &branch->objects) ||
	    !need_words(place, "means", 2, &branch->means))
		return false;
	branch->utility = utility;
	return find_shape(place, within->shapes, branch) &&
	       mark_blanks(place, within->field, branch);
}

static bool read_field_file(struct demo *demo, const struct demo_field_data *data,
			    const struct toml *toml, const struct list *shapes, struct error *error)
{
	struct demo_field_words *field = &demo->fields[demo->field_count++];
	struct branch_context context = { shapes, field };

	field->code = data->code;
	field->branch_first = demo->branch_count;
	field->effects = arena_array(demo->arena, struct demo_effect, DEMO_EFFECTS_MAX);
	return each_table(demo, toml, data->code, "field", read_field, field, error) &&
	       each_table(demo, toml, data->code, "effect", read_effect, field, error) &&
	       each_table(demo, toml, data->code, "branch", read_branch, &context, error);
}

/* ---- Applicants, when the branches are known */

static bool mark_fields(const struct place *place, bool *in_field)
{
	struct demo_words codes;

	if (!need_words(place, "fields", 1, &codes))
		return false;
	for (size_t i = 0; i < codes.count; i++) {
		size_t field = 0;

		while (field < place->demo->field_count &&
		       !str_equal_cstr(codes.items[i], place->demo->fields[field].code))
			field++;
		if (field == place->demo->field_count)
			return wrong(place, "fields");
		in_field[field] = true;
	}
	return true;
}

static bool mark_branches(const struct place *place, bool *in_branch)
{
	struct demo_words nodes;

	if (!need_words(place, "branches", 1, &nodes))
		return false;
	for (size_t i = 0; i < nodes.count; i++) {
		bool is_known = false;

		for (size_t j = 0; j < place->demo->branch_count; j++)
			if (str_equal(place->demo->branches[j].node, nodes.items[i]))
				is_known = in_branch[j] = true;
		if (!is_known)
			return wrong(place, "branches");
	}
	return true;
}

static bool read_course(const struct place *place, struct demo_applicant *applicant)
{
	static const char *const courses[] = {
		[DEMO_FLAT] = "flat", [DEMO_RISE] = "rise", [DEMO_FALL] = "fall"
	};
	struct str course = toml_text(place->table, "course");

	for (unsigned i = 0; i < 3; i++)
		if (str_equal_cstr(course, courses[i])) {
			applicant->course = (enum demo_course)i;
			return true;
		}
	return wrong(place, "course");
}

static bool read_applicant(const struct place *place, void *context)
{
	struct demo *demo = place->demo;
	struct demo_applicant *applicant = list_add(context);
	bool *in_field = arena_array(demo->arena, bool, demo->field_count);
	bool *in_branch = arena_array(demo->arena, bool, demo->branch_count);
	uint32_t from, to, granted;

	applicant->in_field = in_field;
	applicant->in_branch = in_branch;
	applicant->province = toml_text(place->table, "province");
	applicant->city = toml_text(place->table, "city");
	if (!need_text(place, "name", &applicant->name) ||
	    !need_text(place, "type", &applicant->type) ||
	    !need_text(place, "country", &applicant->country) ||
	    !need_count(place, "from", &from) || !need_count(place, "to", &to) ||
	    !need_count(place, "weight", &applicant->weight) ||
	    !need_count(place, "granted", &granted))
		return false;
	applicant->from = (int)from;
	applicant->to = (int)to;
	applicant->granted = granted;
	return mark_fields(place, in_field) && mark_branches(place, in_branch) &&
	       read_course(place, applicant);
}

static bool read_applicants(struct demo *demo, const struct toml *toml, struct error *error)
{
	struct list applicants = LIST_OF(struct demo_applicant);
	bool ok = each_table(demo, toml, "common.toml", "applicant", read_applicant, &applicants,
			     error);

	if (ok) {
		demo_add_small_applicants(demo, &applicants);
		demo->applicants = arena_array(demo->arena, struct demo_applicant,
					       applicants.count);
		demo->applicant_count = applicants.count;
		memcpy(demo->applicants, applicants.items,
		       applicants.count * sizeof(*demo->applicants));
	}
	list_release(&applicants);
	return ok;
}

static bool read_fields(struct demo *demo, const struct list *shapes, struct error *error)
{
	struct toml files[DEMO_FIELD_COUNT];
	size_t branches = 0;

	for (size_t i = 0; i < DEMO_FIELD_COUNT; i++) {
		if (!toml_parse(demo->arena, *demo_field_data[i].words, &files[i], error))
			return false;
		branches += count_tables(&files[i], "branch");
	}
	demo->fields = arena_array(demo->arena, struct demo_field_words, DEMO_FIELD_COUNT);
	demo->branches = arena_array(demo->arena, struct demo_branch, branches);
	for (size_t i = 0; i < DEMO_FIELD_COUNT; i++)
		if (!read_field_file(demo, &demo_field_data[i], &files[i], shapes, error))
			return false;
	return true;
}

static void release_list(void *list)
{
	list_release(list);
}

bool demo_read_vocabulary(struct demo *demo, struct error *error)
{
	struct list *shapes = arena_new(demo->arena, struct list);
	struct toml common;

	*shapes = LIST_OF(struct shape);
	arena_defer(demo->arena, release_list, shapes);
	return toml_parse(demo->arena, demo_data_common, &common, error) &&
	       read_common(demo, &common, shapes, error) && read_fields(demo, shapes, error) &&
	       read_applicants(demo, &common, error);
}
