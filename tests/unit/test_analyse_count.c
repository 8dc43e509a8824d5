#include "analyse_fixture.h"

#include "analyse/count.h"
#include "base/list.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

/* The counting primitive against loops over plain structs. */

static const char *const keys_of[] = { "year", "applicant", "ipc_subclass", "office",  "province",
				       "type", "inventor",  "quarter",      "cited_by" };

/* The keys of a document in a dimension, by its plain values. */
static size_t naive_keys(const struct fixture_document *document, const char *dimension,
			 char keys[4][64])
{
	size_t count = 0;
	int year, month, day;

	if (strcmp(dimension, "year") == 0 && document->filed != DATE_NONE)
		snprintf(keys[count++], 64, "%d", date_year(document->filed));
	if (strcmp(dimension, "quarter") == 0 && document->filed != DATE_NONE) {
		date_parts(document->filed, &year, &month, &day);
		snprintf(keys[count++], 64, "%d-Q%d", year, (month + 2) / 3);
	}
	for (unsigned i = 0; strcmp(dimension, "applicant") == 0 && i < document->applicant_count;
	     i++)
		snprintf(keys[count++], 64, "%s", fixture_applicant(document->applicants[i]));
	for (unsigned i = 0; strcmp(dimension, "inventor") == 0 && i < document->inventor_count;
	     i++)
		snprintf(keys[count++], 64, "%s", fixture_inventor(document->inventors[i]));
	for (unsigned i = 0; strcmp(dimension, "ipc_subclass") == 0 && i < document->class_count;
	     i++)
		snprintf(keys[count++], 64, "%s", fixture_class(document->classes[i]));
	if (strcmp(dimension, "office") == 0)
		snprintf(keys[count++], 64, "%s", document->office);
	if (strcmp(dimension, "type") == 0)
		snprintf(keys[count++], 64, "%s", document->type);
	if (strcmp(dimension, "province") == 0 && document->province)
		snprintf(keys[count++], 64, "%s", document->province);
	if (strcmp(dimension, "cited_by") == 0 && document->cited_by >= 0) {
		int64_t n = document->cited_by;

		snprintf(keys[count++], 64, "%s",
			 n < 1    ? "0"
			 : n < 2  ? "1"
			 : n < 5  ? "2-4"
			 : n < 10 ? "5-9"
			 : n < 20 ? "10-19"
			 : n < 50 ? "20-49"
				  : "50-99");
	}
	return count;
}

struct naive_cell {
	char a[64], b[64];
	uint64_t count, numbers;
	double sum;
	int families[2000];
	size_t family_count;
};

static bool add_family(struct naive_cell *cell, int family)
{
	if (family < 0)
		return true;
	for (size_t i = 0; i < cell->family_count; i++)
		if (cell->families[i] == family)
			return false;
	cell->families[cell->family_count++] = family;
	return true;
}

static void add_naive(struct list *cells, const char *a, const char *b, enum unit unit,
		      const struct fixture_document *document)
{
	struct naive_cell *cell = NULL;

	for (size_t i = 0; i < cells->count && !cell; i++)
		if (strcmp(LIST_AT(cells, struct naive_cell, i).a, a) == 0 &&
		    strcmp(LIST_AT(cells, struct naive_cell, i).b, b) == 0)
			cell = &LIST_AT(cells, struct naive_cell, i);
	if (!cell) {
		cell = list_add(cells);
		snprintf(cell->a, sizeof(cell->a), "%s", a);
		snprintf(cell->b, sizeof(cell->b), "%s", b);
	}
	if (unit == UNIT_PUBLICATION)
		cell->count += document->kind_count;
	else if (unit == UNIT_APPLICATION || add_family(cell, document->family))
		cell->count++;
	if (document->cited_by >= 0) {
		cell->numbers++;
		cell->sum += (double)document->cited_by;
	}
}

static void count_naive(const struct fixture *fixture, const struct bitmap *set, enum unit unit,
			const char *a, const char *b, struct list *cells)
{
	char first[4][64], second[4][64];

	for (size_t i = 0; i < fixture->count; i++) {
		const struct fixture_document *document = &fixture->documents[i];
		size_t across = 1;

		if (!fixture_has(fixture, set, i))
			continue;
		second[0][0] = 0;
		if (b)
			across = naive_keys(document, b, second);
		for (size_t j = naive_keys(document, a, first); j-- > 0;)
			for (size_t k = 0; k < across; k++)
				add_naive(cells, first[j], second[k], unit, document);
	}
}

static void compare_figure(const struct figure *figure, const struct list *cells, bool is_mean)
{
	size_t last = figure->column_count - 1;
	size_t expected = 0;

	for (size_t i = 0; i < cells->count; i++)
		expected += !is_mean || LIST_AT(cells, struct naive_cell, i).numbers;
	assert_int_equal(figure->row_count, expected);
	for (size_t i = 0; i < figure->row_count; i++) {
		struct str rest = figure->rows[i].key, a, b = STR("");
		const struct naive_cell *found = NULL;

		assert_true(str_split(&rest, STR("\t"), &a));
		if (rest.data)
			b = rest;
		for (size_t j = 0; j < cells->count && !found; j++) {
			const struct naive_cell *cell = &LIST_AT(cells, struct naive_cell, j);

			if (str_equal_cstr(a, cell->a) && str_equal_cstr(b, cell->b))
				found = cell;
		}
		assert_non_null(found);
		if (is_mean)
			assert_true(fabs(figure->rows[i].values[last].number -
					 found->sum / (double)found->numbers) < 1e-9);
		else
			assert_int_equal((uint64_t)figure->rows[i].values[last].number,
					 found->count);
	}
}

static void check_request(struct fixture *fixture, const struct bitmap *set, enum unit unit,
			  const char *a, const char *b, const char *measure)
{
	struct analysis_input input = fixture->input;
	struct count_request request = { .dimension_count = b ? 2 : 1 };
	struct list cells = LIST_OF(struct naive_cell);
	struct figure *figure;
	struct error error;

	input.documents = set;
	input.unit = unit;
	assert_true(dimension_get(str_of(a), &request.dimensions[0], &error));
	if (b)
		assert_true(dimension_get(str_of(b), &request.dimensions[1], &error));
	assert_true(measure_get(str_of(measure), &request.measure, &error));
	assert_true(count_figure(&input, &request, fixture->arena, &figure, &error));
	count_naive(fixture, set, unit, a, b, &cells);
	compare_figure(figure, &cells, strcmp(measure, "documents") != 0);
	list_release(&cells);
}

static void check_all(struct fixture *fixture, const struct bitmap *set)
{
	for (size_t i = 0; i < sizeof(keys_of) / sizeof(keys_of[0]); i++) {
		for (unsigned unit = 0; unit < UNIT_COUNT; unit++)
			check_request(fixture, set, (enum unit)unit, keys_of[i], NULL, "documents");
		check_request(fixture, set, UNIT_APPLICATION, keys_of[i], NULL, "mean_cited_by");
	}
	for (unsigned unit = 0; unit < UNIT_COUNT; unit++) {
		check_request(fixture, set, (enum unit)unit, "year", "applicant", "documents");
		check_request(fixture, set, (enum unit)unit, "applicant", "inventor", "documents");
		check_request(fixture, set, (enum unit)unit, "ipc_subclass", "quarter",
			      "documents");
	}
	check_request(fixture, set, UNIT_APPLICATION, "office", "type", "mean_cited_by");
}

static void counts_as_naive(void **unused)
{
	(void)unused;
	for (unsigned removed = 0; removed < 2; removed++) {
		struct fixture *fixture = fixture_create(400, 7 + removed, removed);

		check_all(fixture, snapshot_documents(fixture->snapshot));
		check_all(fixture, fixture_subset(fixture, 40));
		check_all(fixture, fixture_subset(fixture, 2));
		check_all(fixture, bitmap_empty());
		fixture_destroy(fixture);
	}
}

static void top_is_sorted_and_cut(void **unused)
{
	uint32_t counts[] = { 5, 0, 9, 5, 1, 9, 2 };
	struct arena *arena = arena_create(1024);
	struct value_count *top;

	(void)unused;
	assert_int_equal(count_top(arena, counts, 7, 3, &top), 3);
	assert_int_equal(top[0].value, 2);
	assert_int_equal(top[1].value, 5);
	assert_int_equal(top[2].value, 0);
	assert_int_equal(count_top(arena, counts, 7, 0, &top), 6);
	assert_int_equal(top[5].value, 4);
	assert_int_equal(count_present(arena, counts, 7, &top), 6);
	assert_int_equal(top[1].value, 2);
	arena_destroy(arena);
}

/* The heap against sorting everything. */
static void top_of_many(void **unused)
{
	enum { SIZE = 500 };
	uint32_t counts[SIZE];
	struct arena *arena = arena_create(1024);
	struct value_count *all, *top;
	size_t count;

	(void)unused;
	for (size_t i = 0; i < SIZE; i++)
		counts[i] = (uint32_t)(i * 7919 % 83);
	count = count_top(arena, counts, SIZE, 0, &all);
	for (size_t limit = 1; limit < count; limit += 13) {
		assert_int_equal(count_top(arena, counts, SIZE, limit, &top), limit);
		assert_memory_equal(all, top, limit * sizeof(*top));
	}
	arena_destroy(arena);
}

static void totals_fit_the_sets(void **unused)
{
	struct fixture *fixture = fixture_create(300, 3, true);
	struct analysis_input input = fixture->input;
	struct axis axis = axis_of(dimension_find(STR("province")), fixture->snapshot);
	uint64_t without, with = 0;
	uint32_t *counts;

	(void)unused;
	for (unsigned unit = 0; unit < UNIT_COUNT; unit++) {
		input.unit = (enum unit)unit;
		counts = count_values(&input, fixture->arena, &axis, &without);
		with = 0;
		for (uint32_t i = 0; i < axis.size; i++)
			with += counts[i];
		/* A family can stand in several provinces, a document in one. */
		if (unit == UNIT_FAMILY)
			assert_true(with + without >= count_documents(&input, fixture->arena));
		else
			assert_int_equal(with + without, count_documents(&input, fixture->arena));
	}
	fixture_destroy(fixture);
}

static void check_facets(struct fixture *fixture, struct analysis_input *input)
{
	static const char *const names[] = { "year", "applicant", "ipc_subclass", "province" };
	enum { COUNT = sizeof(names) / sizeof(names[0]) };
	struct axis axes[COUNT];
	uint32_t *together[COUNT];

	for (size_t i = 0; i < COUNT; i++) {
		assert_non_null(dimension_find(str_of(names[i])));
		axes[i] = axis_of(dimension_find(str_of(names[i])), fixture->snapshot);
	}
	count_facets(input, fixture->arena, axes, COUNT, together);
	for (size_t i = 0; i < COUNT; i++)
		assert_memory_equal(together[i],
				    count_values(input, fixture->arena, &axes[i], NULL),
				    axes[i].size * sizeof(uint32_t));
}

static void facets_together_are_facets_alone(void **unused)
{
	(void)unused;
	for (unsigned removed = 0; removed < 2; removed++) {
		struct fixture *fixture = fixture_create(300, 11, removed);
		struct analysis_input input = fixture->input;

		for (unsigned unit = 0; unit < UNIT_COUNT; unit++) {
			input.unit = (enum unit)unit;
			input.documents = snapshot_documents(fixture->snapshot);
			check_facets(fixture, &input);
			input.documents = fixture_subset(fixture, 3);
			check_facets(fixture, &input);
		}
		fixture_destroy(fixture);
	}
}

/* ---- Sets against sets. */

/* Of the numbers below `end` about one in `rarity`. */
static const struct bitmap *random_set(struct arena *arena, uint32_t *seed, uint32_t end,
				       uint32_t rarity)
{
	uint32_t *values = arena_array(arena, uint32_t, end);
	size_t count = 0;

	for (uint32_t i = 0; i < end; i++) {
		*seed = *seed * 1664525 + 1013904223;
		if ((*seed >> 8) % rarity == 0)
			values[count++] = i;
	}
	return bitmap_of(arena, values, count);
}

static void sets_are_intersected(void **unused)
{
	enum { ROWS = 7, COLUMNS = 70, END = 200000 };
	struct arena *arena = arena_create(1 << 20);
	const struct bitmap *rows[ROWS], *columns[COLUMNS], *classes[2];
	struct set_table table = { rows, columns, classes, ROWS, COLUMNS, 2 };
	struct set_table turned = { columns, rows, classes, COLUMNS, ROWS, 2 };
	uint32_t seed = 7, *counts, *other;
	struct error error;

	(void)unused;
	for (uint32_t i = 0; i < ROWS; i++) /* full, bits, arrays, and a chunk that is empty */
		rows[i] = random_set(arena, &seed, END / (1 + i % 2), 1 + i * i * 20);
	for (uint32_t i = 0; i < COLUMNS; i++)
		columns[i] = i == 3 ? bitmap_empty() : random_set(arena, &seed, END, 1 + i * 3);
	classes[0] = random_set(arena, &seed, END, 3);
	classes[1] = bitmap_and_not(arena, random_set(arena, &seed, END, 2), classes[0]);
	assert_true(count_intersections(&table, arena, NULL, &counts, &error));
	assert_true(count_intersections(&turned, arena, NULL, &other, &error));
	for (size_t i = 0; i < ROWS; i++)
		for (size_t j = 0; j < COLUMNS; j++) {
			const struct bitmap *both = bitmap_and(arena, rows[i], columns[j]);
			uint64_t first = bitmap_and_count(both, classes[0]);
			uint64_t second = bitmap_and_count(both, classes[1]);
			size_t at = i * COLUMNS + j;

			assert_int_equal(counts[at], bitmap_count(both) - first - second);
			assert_int_equal(other[j * ROWS + i], counts[at]);
			assert_int_equal(counts[ROWS * COLUMNS + at], first);
			assert_int_equal(counts[2 * ROWS * COLUMNS + at], second);
		}
	arena_destroy(arena);
}

/* Enough documents that each thread has chunks of its own, in several segments. */
static void threads_count_the_same(void **unused)
{
	enum { COUNT = 3, DOCUMENTS = 140000 };
	static const char *const names[COUNT] = { "applicant", "year", "type" };
	struct fixture *fixture = fixture_create(DOCUMENTS, 77, true);
	struct analysis_input input = fixture->input;
	struct axis axes[COUNT];
	uint32_t *alone[COUNT];

	(void)unused;
	input.documents = fixture_subset(fixture, 80);
	for (size_t i = 0; i < COUNT; i++)
		axes[i] = axis_of(dimension_find(str_of(names[i])), fixture->snapshot);
	count_facets(&input, fixture->arena, axes, COUNT, alone);
	for (input.thread_count = 2; input.thread_count <= 4; input.thread_count++)
		for (size_t i = 0; i < COUNT; i++) {
			uint64_t without, expected;
			struct analysis_input one = input;

			one.thread_count = 1;
			count_values(&one, fixture->arena, &axes[i], &expected);
			assert_memory_equal(
				alone[i], count_values(&input, fixture->arena, &axes[i], &without),
				axes[i].size * sizeof(uint32_t));
			assert_int_equal(without, expected);
		}
	fixture_destroy(fixture);
}

static void tables_are_sound(void **unused)
{
	struct error error;
	const struct dimension *dimension;
	enum unit unit;

	(void)unused;
	for (size_t i = 0; i < dimension_count; i++) {
		assert_ptr_equal(dimension_find(str_of(dimensions[i].name)), &dimensions[i]);
		for (const char *const *name = dimensions[i].names; *name; name++)
			assert_ptr_equal(dimension_find(str_of(*name)), &dimensions[i]);
		assert_int_equal(patent_schema.columns[dimensions[i].column].kind,
				 dimensions[i].kind == DIMENSION_KEYWORD ? COLUMN_KEYWORD
									 : COLUMN_NUMBER);
	}
	assert_ptr_equal(dimension_find(STR("申请人")), dimension_find(STR("Applicant")));
	assert_false(dimension_get(STR("colour"), &dimension, &error));
	assert_string_equal(error.key, "analyse.unknown_dimension");
	assert_true(unit_get(STR("family"), &unit, &error));
	assert_int_equal(unit, UNIT_FAMILY);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tables_are_sound),
		cmocka_unit_test(sets_are_intersected),
		cmocka_unit_test(top_is_sorted_and_cut),
		cmocka_unit_test(top_of_many),
		cmocka_unit_test(totals_fit_the_sets),
		cmocka_unit_test(counts_as_naive),
		cmocka_unit_test(facets_together_are_facets_alone),
		cmocka_unit_test(threads_count_the_same),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
