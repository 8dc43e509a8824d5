/* The map of a portfolio as JSON: what is missing in words, what it is worth counting. */
#include "chain/layout.h"
#include "types/plan.h"

#include <math.h>

/* ---- Subjects, countries, cells. */
static void write_codes(struct jsonout *json, const char *key, struct str codes)
{
	struct str code;

	jsonout_key(json, key);
	jsonout_array_begin(json);
	while (str_split(&codes, STR(","), &code))
		if (code.size)
			jsonout_str(json, code);
	jsonout_array_end(json);
}

static void write_subjects(const struct layout_map *map, struct jsonout *json)
{
	jsonout_key(json, "subjects");
	jsonout_array_begin(json);
	for (size_t i = 0; i < map->subject_count; i++) {
		const struct layout_subject *subject = &map->subjects[i];

		jsonout_object_begin(json);
		jsonout_member_integer(json, "id", subject->id);
		jsonout_member_str(json, "title",
				   subject->id ? subject->title : STR("未列入布局方案"));
		write_codes(json, "types", subject->types);
		jsonout_member_date(json, "first_filed_on", subject->first_filed);
		jsonout_member_date(json, "due_on", subject->due);
		jsonout_object_end(json);
	}
	jsonout_array_end(json);
}

static void write_countries(const struct layout_map *map, struct jsonout *json)
{
	jsonout_key(json, "countries");
	jsonout_array_begin(json);
	for (size_t i = 0; i < map->country_count; i++) {
		jsonout_object_begin(json);
		jsonout_member_cstr(json, "code", map->countries[i]->code);
		jsonout_label_members(
			json, (struct label){ map->countries[i]->zh, map->countries[i]->en });
		jsonout_object_end(json);
	}
	jsonout_array_end(json);
}

static void write_case(const struct layout_case *patent, struct jsonout *json)
{
	const char grade[2] = { patent->grade, 0 };

	jsonout_object_begin(json);
	jsonout_member_integer(json, "id", patent->id);
	jsonout_member_str(json, "docket", patent->docket);
	jsonout_member_str(json, "title", patent->title);
	jsonout_member_cstr(json, "type", patent_types[patent->type].name);
	jsonout_member_cstr(json, "state", patent->state ? patent->state->id : NULL);
	jsonout_member_label(json, "label",
			     patent->state ? (struct label){ patent->state->zh, patent->state->en }
					   : (struct label){ "", "" });
	jsonout_member_bool(json, "live", patent->is_live);
	jsonout_member_date(json, "filed_on", patent->filed);
	jsonout_member_cstr(json, "grade", patent->grade ? grade : NULL);
	jsonout_object_end(json);
}

static bool has_type(struct str types, enum patent_type type)
{
	struct str name;

	while (str_split(&types, STR(","), &name))
		if (str_equal_cstr(name, patent_types[type].name))
			return true;
	return false;
}

/* The third dimension of the map: what of each type is planned and filed in the cell. */
static void write_types(const struct layout_map *map, const struct layout_subject *subject,
			const struct office *country, const struct layout_cell *cell,
			struct jsonout *json)
{
	jsonout_key(json, "types");
	jsonout_array_begin(json);
	for (int type = PATENT_INVENTION; type < PATENT_TYPE_COUNT; type++) {
		const bool is_planned = cell->is_planned &&
					has_type(subject->types, (enum patent_type)type);
		int64_t count = 0;

		for (size_t i = 0; i < subject->case_count; i++) {
			const struct layout_case *patent = &map->cases[subject->cases[i]];

			count += patent->type == (enum patent_type)type &&
				 strcmp(patent->office, country->code) == 0;
		}
		if (!is_planned && !count)
			continue;
		jsonout_object_begin(json);
		jsonout_member_cstr(json, "type", patent_types[type].name);
		jsonout_member_bool(json, "planned", is_planned);
		jsonout_member_integer(json, "count", count);
		jsonout_object_end(json);
	}
	jsonout_array_end(json);
}

static void write_cell(const struct layout_map *map, const struct layout_subject *subject,
		       const struct office *country, struct jsonout *json)
{
	const struct layout_cell cell = layout_cell_of(map, subject, country);

	if (!cell.is_planned && !cell.is_market && !cell.case_count)
		return;
	jsonout_object_begin(json);
	jsonout_member_integer(json, "subject", subject->id);
	jsonout_member_cstr(json, "country", country->code);
	jsonout_member_bool(json, "planned", cell.is_planned);
	jsonout_member_bool(json, "market", cell.is_market);
	jsonout_member_bool(json, "covered", cell.is_covered);
	jsonout_member_bool(json, "missing", cell.is_missing);
	write_types(map, subject, country, &cell, json);
	jsonout_key(json, "cases");
	jsonout_array_begin(json);
	for (size_t i = 0; i < subject->case_count; i++)
		if (strcmp(map->cases[subject->cases[i]].office, country->code) == 0)
			write_case(&map->cases[subject->cases[i]], json);
	jsonout_array_end(json);
	jsonout_object_end(json);
}

/* ---- Warnings. */
struct place {
	struct arena *arena;
	struct jsonout *json;
	const struct layout_map *map;
	const struct layout_subject *subject;
	const struct office *country;
};

static void warn(const struct place *place, const char *zh, const char *en)
{
	jsonout_object_begin(place->json);
	jsonout_label_members(place->json, (struct label){ zh, en });
	jsonout_object_end(place->json);
}

/* Of the subject of a plan, or of the portfolio as a whole. */
static const char *subject_name(const struct place *place)
{
	return place->subject->id ? str_to_cstr(place->arena, place->subject->title)
				  : record_title(place->map->portfolio);
}

static void warn_market(const struct place *place)
{
	warn(place,
	     arena_printf(place->arena, "“%s”：目标市场%s（%s）未列入布局，也没有有效的申请或专利",
			  subject_name(place), place->country->zh, place->country->code),
	     arena_printf(place->arena, "%s: the market %s (%s) is neither planned nor protected",
			  subject_name(place), place->country->en, place->country->code));
}

static void warn_lost(const struct place *place)
{
	warn(place,
	     arena_printf(place->arena, "“%s”：%s（%s）的案件均未递交或已终结", subject_name(place),
			  place->country->zh, place->country->code),
	     arena_printf(place->arena, "%s: no case in %s (%s) is pending or in force",
			  subject_name(place), place->country->en, place->country->code));
}

static void warn_planned(const struct place *place)
{
	const date due = place->subject->due, today = place->map->today;
	char day[DATE_TEXT_SIZE];
	const char *zh = "", *en = "";

	if (due != DATE_NONE && due < today) {
		zh = arena_printf(place->arena, "，优先权期限已于 %s 届满", date_format(due, day));
		en = arena_printf(place->arena, "; the priority year ended on %s", day);
	} else if (due != DATE_NONE) {
		zh = arena_printf(place->arena, "，优先权期限至 %s，还有 %d 天",
				  date_format(due, day), due - today);
		en = arena_printf(place->arena, "; the priority year ends on %s, in %d days", day,
				  due - today);
	}
	warn(place,
	     arena_printf(place->arena, "“%s”：计划布局的%s（%s）尚未申请%s", subject_name(place),
			  place->country->zh, place->country->code, zh),
	     arena_printf(place->arena, "%s: nothing is filed in %s (%s) as planned%s",
			  subject_name(place), place->country->en, place->country->code, en));
}

static void write_warnings(struct arena *arena, const struct layout_map *map, struct jsonout *json)
{
	struct place place = { .arena = arena, .json = json, .map = map };

	jsonout_key(json, "warnings");
	jsonout_array_begin(json);
	for (size_t i = 0; i < map->subject_count; i++)
		for (size_t j = 0; j < map->country_count; j++) {
			struct layout_cell cell;

			place.subject = &map->subjects[i];
			place.country = map->countries[j];
			cell = layout_cell_of(map, place.subject, place.country);
			if (cell.is_missing && cell.case_count)
				warn_lost(&place);
			else if (cell.is_missing && cell.is_planned)
				warn_planned(&place);
			else if (cell.is_missing)
				warn_market(&place);
		}
	if (map->hidden_count)
		warn(&place,
		     arena_printf(arena, "%zu 件案件不在您可查阅的范围内，未计入",
				  map->hidden_count),
		     arena_printf(arena, "%zu cases you may not read are not counted",
				  map->hidden_count));
	jsonout_array_end(json);
}

/* ---- Metrics. */
struct counts {
	double size, live, in_force, granted, inventions, families, countries, remaining_years,
		grade, graded;
};

static bool is_first_of_family(const struct layout_map *map, size_t at)
{
	const struct layout_case *patent = &map->cases[at];

	for (size_t i = 0; patent->family.size && i < at; i++)
		if (map->cases[i].is_member && str_equal(map->cases[i].family, patent->family))
			return false;
	return true;
}

static bool is_first_in_country(const struct layout_map *map, size_t at)
{
	for (size_t i = 0; i < at; i++)
		if (map->cases[i].is_member && map->cases[i].is_live &&
		    strcmp(map->cases[i].office, map->cases[at].office) == 0)
			return false;
	return true;
}

/* S 5, A 4 … D 1. */
static double grade_points(char grade)
{
	return grade == 'S' ? 5 : 5 - (grade - 'A' + 1);
}

static struct counts count(const struct layout_map *map)
{
	struct counts counts = { 0 };
	double terms = 0, dated = 0;

	for (size_t i = 0; i < map->case_count; i++) {
		const struct layout_case *patent = &map->cases[i];
		const bool is_in_force = patent->state && patent->state->is_in_force;

		if (!patent->is_member)
			continue;
		counts.size++;
		counts.live += patent->is_live;
		counts.in_force += is_in_force;
		counts.granted += patent->granted != DATE_NONE;
		counts.inventions += patent->type == PATENT_INVENTION;
		counts.families += is_first_of_family(map, i);
		counts.countries += patent->is_live && is_first_in_country(map, i);
		if (patent->grade) {
			counts.grade += grade_points(patent->grade);
			counts.graded++;
		}
		if (is_in_force && patent->term_end != DATE_NONE && patent->term_end > map->today) {
			terms += (double)(patent->term_end - map->today) / 365.25;
			dated++;
		}
	}
	counts.remaining_years = dated > 0 ? round(terms / dated * 10) / 10 : (double)NAN;
	counts.grade = counts.graded > 0 ? round(counts.grade / counts.graded * 100) / 100
					 : (double)NAN;
	return counts;
}

static double ids_in(const char *ids)
{
	struct str rest = str_of(ids), part;
	double count = 0;

	while (str_split(&rest, STR(","), &part))
		count += part.size > 0;
	return count;
}

static void write_metrics(const struct layout_map *map, struct jsonout *json)
{
	const struct counts counts = count(map);
	const struct {
		const char *name;
		struct label label;
		double number;
	} metrics[] = {
		{ "size", { "案件数", "Cases" }, counts.size },
		{ "live", { "有效及在审", "Pending or in force" }, counts.live },
		{ "in_force", { "有效专利", "In force" }, counts.in_force },
		{ "granted", { "已授权", "Granted" }, counts.granted },
		{ "inventions", { "发明", "Inventions" }, counts.inventions },
		{ "families", { "同族数", "Families" }, counts.families },
		{ "countries", { "覆盖国家（地区）", "Countries" }, counts.countries },
		{ "core",
		  { "核心专利", "Core" },
		  ids_in(record_text(map->portfolio, PORTFOLIO_CORE)) },
		{ "defensive",
		  { "防御专利", "Defensive" },
		  ids_in(record_text(map->portfolio, PORTFOLIO_DEFENSIVE)) },
		{ "remaining_years",
		  { "中国有效专利平均剩余年限", "Average years left in China" },
		  counts.remaining_years },
		{ "grade", { "平均等级分（S=5，D=1）", "Average grade (S 5, D 1)" }, counts.grade },
		{ "graded", { "已分级", "Graded" }, counts.graded },
		{ "products", { "关联产品", "Products" }, (double)map->product_count },
	};

	jsonout_key(json, "metrics");
	jsonout_array_begin(json);
	for (size_t i = 0; i < sizeof(metrics) / sizeof(metrics[0]); i++) {
		jsonout_object_begin(json);
		jsonout_member_cstr(json, "name", metrics[i].name);
		jsonout_label_members(json, metrics[i].label);
		jsonout_member_number(json, "number", metrics[i].number);
		jsonout_object_end(json);
	}
	jsonout_array_end(json);
}

static void write_products(const struct layout_map *map, struct jsonout *json)
{
	jsonout_key(json, "products");
	jsonout_array_begin(json);
	for (size_t i = 0; i < map->product_count; i++) {
		jsonout_object_begin(json);
		jsonout_member_integer(json, "id", map->products[i].id);
		jsonout_member_str(json, "title", map->products[i].title);
		jsonout_object_end(json);
	}
	jsonout_array_end(json);
}

void layout_map_write(struct arena *arena, const struct layout_map *map, struct jsonout *json)
{
	jsonout_object_begin(json);
	jsonout_member_integer(json, "id", map->portfolio->id);
	jsonout_member_cstr(json, "title", record_title(map->portfolio));
	jsonout_member_date(json, "as_of", map->today);
	write_subjects(map, json);
	write_countries(map, json);
	jsonout_key(json, "cells");
	jsonout_array_begin(json);
	for (size_t i = 0; i < map->subject_count; i++)
		for (size_t j = 0; j < map->country_count; j++)
			write_cell(map, &map->subjects[i], map->countries[j], json);
	jsonout_array_end(json);
	write_warnings(arena, map, json);
	write_metrics(map, json);
	write_products(map, json);
	jsonout_object_end(json);
}
