/*
 * Random queries over random documents, answered twice: by the query language on a real index, and
 * by reading every document (query_model.c). YUCHENG_SEED and YUCHENG_QUERIES change what is run;
 * a failure prints the seed, the query and the document.
 */
#include "query_model.h"

#include "base/date.h"
#include "base/message.h"
#include "query/tree.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { ROUNDS = 8, QUERIES_DEFAULT = 4000, DEPTH_MAX = 4, TEXT_SIZE = 8192 };

/* ---- Making queries. */

static const char *const word_fields[] = { "TI", "AB", "CL", "DE", "TA", "TAC", "TACD", NULL };
static const char *const han_runs[] = { "电池", "散热", "固态电池", "电", "热",   "池散", "液冷板",
					"板",   "铝",   "热管理",   "灯", "电芯", "热固", NULL };
static const char *const latin[] = { "battery", "batter*", "cell#", "col*r",  "led", "l?d", "a1",
				     "h2o",     "c*",      "x",     "colo#r", "b*y", NULL };
static const char *const classes[] = { "H",          "H01",        "H01M",      "H01M10",
				       "H01M10/61",  "H01M10/613", "H01M2",     "H01M10/00",
				       "H01L31/042", "A01",        "A01B33/02", "G06F",
				       "H01M10/60",  NULL };
static const char *const class_ranges[][2] = { { "H01M2/10", "H01M10/60" },
					       { "H01L31/0203", "H01L31/042" },
					       { "A01B", "G06F3" },
					       { "H01M10/50", "H01M10/613" },
					       { "H01M", "H01M" } };
static const char *const applicants[] = { "示例电池有限公司", "示例大学", "甲", NULL };

static struct model_query *new_query(struct arena *arena, enum model_kind kind)
{
	struct model_query *query = arena_new(arena, struct model_query);

	query->kind = kind;
	return query;
}

static void add_item(struct model_query *query, struct item item)
{
	assert_true(query->item_count < ITEMS_MAX);
	query->items[query->item_count++] = item;
}

static void add_han(struct model_query *query, const char *run)
{
	for (size_t i = 0; run[i]; i += 3) {
		struct item item = { .is_cjk = true, .is_glued = run[i + 3] != '\0' };

		snprintf(item.text, sizeof(item.text), "%.3s", run + i);
		add_item(query, item);
	}
}

static void add_latin(struct model_query *query, const char *word)
{
	struct item item = { .is_cjk = false };

	snprintf(item.text, sizeof(item.text), "%s", word);
	add_item(query, item);
}

/* A Chinese word with a wildcard inside: a free distance. */
static void add_gapped_han(struct random *random, struct model_query *query)
{
	static const struct item gaps[] = { { "", false, false, 1, 1 },
					    { "", false, false, 0, 1 },
					    { "", false, false, 0, 10 } };

	add_han(query, random_word(random, han_runs));
	add_item(query, gaps[random_below(random, 3)]);
	add_han(query, random_word(random, han_runs));
}

static struct model_query *make_words(struct random *random, struct arena *arena, const char *field)
{
	struct model_query *query = new_query(arena, MODEL_WORDS);
	uint32_t shape = random_below(random, 10);

	query->field = field;
	if (shape < 4) {
		add_han(query, random_word(random, han_runs));
	} else if (shape < 6) {
		add_latin(query, random_word(random, latin));
	} else if (shape < 7) {
		add_gapped_han(random, query);
	} else {
		for (uint32_t i = 2 + random_below(random, 2); i-- > 0;)
			if (random_chance(random, 60))
				add_han(query, random_word(random, han_runs));
			else
				add_latin(query, random_word(random, latin));
	}
	if (query->item_count > 8)
		query->item_count = 1, query->items[0].is_glued = false;
	return query;
}

static struct model_query *make_near(struct random *random, struct arena *arena, const char *field,
				     unsigned depth);

static struct model_query *make_near_operand(struct random *random, struct arena *arena,
					     const char *field, unsigned depth)
{
	struct model_query *query;

	if (depth > 0 && random_chance(random, 20))
		return make_near(random, arena, field, depth - 1);
	if (!random_chance(random, 25))
		return make_words(random, arena, field);
	query = new_query(arena, MODEL_OR);
	query->field = field;
	query->child_count = 2 + random_below(random, 2);
	for (size_t i = 0; i < query->child_count; i++)
		query->children[i] = make_words(random, arena, field);
	return query;
}

static struct model_query *make_near(struct random *random, struct arena *arena, const char *field,
				     unsigned depth)
{
	struct model_query *query = new_query(arena, MODEL_NEAR);

	query->field = field;
	query->child_count = 2;
	query->unit = random_below(random, 5) < 3 ? UNIT_WORDS
		      : random_chance(random, 50) ? UNIT_SENTENCE
						  : UNIT_PARAGRAPH;
	query->is_ordered = query->unit == UNIT_WORDS && random_chance(random, 50);
	query->gap = random_below(random, 12);
	for (size_t i = 0; i < 2; i++)
		query->children[i] = make_near_operand(random, arena, field, depth);
	return query;
}

static struct model_query *make_frequency(struct random *random, struct arena *arena)
{
	struct model_query *query = new_query(arena, MODEL_FREQUENCY);

	query->field = random_word(random, word_fields);
	query->times = 1 + random_below(random, 4);
	query->child_count = 1;
	query->children[0] = make_near_operand(random, arena, query->field, 1);
	return query;
}

static void make_date_range(struct random *random, struct model_query *query)
{
	int year = 2007 + (int)random_below(random, 7);
	int years = (int)random_below(random, 4);
	uint32_t shape = random_below(random, 4);

	query->low = date_of(year, 1, 1);
	query->high = date_of(year + years, 12, 31);
	if (shape == 0)
		query->low = date_of(year, 1 + (int)random_below(random, 12), 15);
	if (shape == 1)
		query->low = INT64_MIN + 1;
	if (shape == 2)
		query->high = INT64_MAX;
}

static void make_count_range(struct random *random, struct model_query *query)
{
	query->low = random_below(random, 12);
	query->high = query->low + random_below(random, 6);
	if (random_chance(random, 30))
		query->low = INT64_MIN + 1;
	else if (random_chance(random, 40))
		query->high = INT64_MAX;
}

static struct model_query *make_other(struct random *random, struct arena *arena)
{
	static const char *const offices[] = { "CN", "US", "EP", "KR", NULL };
	static const char *const types[] = { "invention", "utility", "design", NULL };
	static const char *const statuses[] = { "active", "pending", "dead", NULL };
	static const char *const events[] = { "licence", "pledge", NULL };
	static const char *const fields[] = { "AD", "CITED", "IPC", "CC", "TI", "TA", NULL };
	enum model_kind kind = MODEL_APPLICANT +
			       random_below(random, MODEL_ANY - MODEL_APPLICANT + 1);
	struct model_query *query = new_query(arena, kind);
	uint32_t range = random_below(random, sizeof(class_ranges) / sizeof(class_ranges[0]));

	query->text = kind == MODEL_APPLICANT ? random_word(random, applicants)
		      : kind == MODEL_OFFICE  ? random_word(random, offices)
		      : kind == MODEL_TYPE    ? random_word(random, types)
		      : kind == MODEL_STATUS  ? random_word(random, statuses)
		      : kind == MODEL_EVENT   ? random_word(random, events)
		      : kind == MODEL_CLASS   ? random_word(random, classes)
					      : random_word(random, fields);
	if (kind == MODEL_CLASS_RANGE) {
		query->text = class_ranges[range][0];
		query->text_end = class_ranges[range][1];
	}
	if (kind == MODEL_DATE)
		make_date_range(random, query);
	if (kind == MODEL_COUNT)
		make_count_range(random, query);
	return query;
}

static struct model_query *make_leaf(struct random *random, struct arena *arena)
{
	uint32_t shape = random_below(random, 100);

	if (shape < 45)
		return make_words(random, arena, random_word(random, word_fields));
	if (shape < 60)
		return make_near(random, arena, random_word(random, word_fields), 1);
	if (shape < 65)
		return make_frequency(random, arena);
	if (shape < 67)
		return new_query(arena, MODEL_ALL);
	if (shape < 70)
		return make_words(random, arena, "PA");
	return make_other(random, arena);
}

static struct model_query *make_query(struct random *random, struct arena *arena, unsigned depth)
{
	struct model_query *query;
	uint32_t shape = random_below(random, 100);

	if (depth == 0 || shape < 25)
		return make_leaf(random, arena);
	query = new_query(arena, shape < 55 ? MODEL_AND : shape < 85 ? MODEL_OR : MODEL_NOT);
	query->child_count = query->kind == MODEL_NOT ? 1 : 2 + random_below(random, 3);
	for (size_t i = 0; i < query->child_count; i++)
		query->children[i] = make_query(random, arena, depth - 1);
	return query;
}

/* ---- Writing them, in one of the many ways a user may. */

struct writer {
	struct random *random;
	char text[TEXT_SIZE];
	size_t size;
};

__attribute__((format(printf, 2, 3))) static void put(struct writer *writer, const char *format,
						      ...)
{
	va_list args;

	va_start(args, format);
	writer->size += (size_t)vsnprintf(writer->text + writer->size, TEXT_SIZE - writer->size,
					  format, args);
	va_end(args);
	assert_true(writer->size < TEXT_SIZE - 1);
}

static void put_one_of(struct writer *writer, const char *const *spellings)
{
	put(writer, "%s", random_word(writer->random, spellings));
}

static void write_items(struct writer *writer, const struct model_query *query)
{
	const char *gap = NULL;

	for (size_t i = 0; i < query->item_count; i++) {
		const struct item *item = &query->items[i];

		if (item->text[0] == '\0') {
			gap = item->gap_min == 1 ? "?" : item->gap_max == 1 ? "#" : "*";
			put(writer, "%s", gap);
			continue;
		}
		if (i > 0 && !query->items[i - 1].is_glued && query->items[i - 1].text[0] != '\0')
			put(writer, " ");
		if (strcmp(item->text, "电") == 0 && random_chance(writer->random, 20))
			put(writer, "電");
		else if (!item->is_cjk && random_chance(writer->random, 20))
			for (const char *c = item->text; *c; c++)
				put(writer, "%c", *c >= 'a' && *c <= 'z' ? *c - 32 : *c);
		else
			put(writer, "%s", item->text);
	}
}

static bool is_one_word(const struct model_query *query)
{
	for (size_t i = 0; i + 1 < query->item_count; i++)
		if (query->items[i].text[0] != '\0' && query->items[i + 1].text[0] != '\0' &&
		    !query->items[i].is_glued)
			return false;
	return true;
}

static void write_operand(struct writer *writer, const struct model_query *query)
{
	bool needs_quotes = !is_one_word(query);
	bool is_full_width = random_chance(writer->random, 30);

	if (!needs_quotes && random_chance(writer->random, 80)) {
		write_items(writer, query);
		return;
	}
	put(writer, is_full_width ? "“" : "\"");
	write_items(writer, query);
	put(writer, is_full_width ? "”" : "\"");
}

static void write_near_operator(struct writer *writer, const struct model_query *query)
{
	unsigned n = query->gap, way = random_below(writer->random, 3);

	if (query->unit == UNIT_SENTENCE)
		put(writer, way == 0 ? " $SEN " : way == 1 ? " (s) " : " WITH ");
	else if (query->unit == UNIT_PARAGRAPH)
		put(writer, way == 0 ? " $PARA " : way == 1 ? " (p) " : " SAME ");
	else if (way == 0)
		put(writer, query->is_ordered ? " $PRE%u " : " $W%u ", n);
	else if (way == 1)
		put(writer, query->is_ordered ? " (%uw) " : " (%uN) ", n);
	else
		put(writer, query->is_ordered ? " ADJ%u " : " NEAR%u ", n + 1);
}

/* Words, near, frequency and OR of them inside one field's brackets. */
static void write_inside(struct writer *writer, const struct model_query *query)
{
	bool is_near = query->kind == MODEL_NEAR;

	if (query->kind == MODEL_WORDS) {
		write_operand(writer, query);
		return;
	}
	put(writer, "(");
	for (size_t i = 0; i < query->child_count; i++) {
		if (i > 0 && is_near)
			write_near_operator(writer, query);
		else if (i > 0)
			put(writer, " OR ");
		write_inside(writer, query->children[i]);
	}
	put(writer, ")");
	if (query->kind == MODEL_FREQUENCY)
		put(writer, " $FREQ%u", query->times);
}

static void write_field(struct writer *writer, const char *field)
{
	static const char *const spellings[][5] = {
		{ "TI", "标题", "ttl", "发明名称", NULL },
		{ "AB", "摘要", "abst", "AB", NULL },
		{ "CL", "权利要求", "CLMS", "cl", NULL },
		{ "DE", "说明书", "DESC", "de", NULL },
		{ "TA", "TIAB", "ta", "标题摘要", NULL },
		{ "PA", "申请人", "申请（专利权）人", "AP", NULL },
	};
	static const char *const signs[] = { "=", ":", "＝", "：", " = ", NULL };

	for (size_t i = 0; i < sizeof(spellings) / sizeof(spellings[0]); i++)
		if (strcmp(spellings[i][0], field) == 0)
			field = random_word(writer->random, spellings[i]);
	put(writer, "%s", field);
	put_one_of(writer, signs);
}

static void write_bound(struct writer *writer, const struct model_query *query, int64_t bound)
{
	static const char *const formats[] = { "%04d-%02d-%02d", "%04d%02d%02d", "%d.%d.%d",
					       "%d/%d/%d", "%d年%d月%d日" };
	int year, month, day;

	if (bound == INT64_MIN + 1 || bound == INT64_MAX) {
		put(writer, "*");
	} else if (query->kind == MODEL_COUNT) {
		put(writer, "%lld", (long long)bound);
	} else {
		date_parts((date)bound, &year, &month, &day);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
		put(writer, formats[random_below(writer->random, 5)], year, month, day);
#pragma GCC diagnostic pop
	}
}

static void write_range(struct writer *writer, const struct model_query *query, const char *field)
{
	if (query->high == INT64_MAX && random_chance(writer->random, 60)) {
		put(writer, "%s>=", field);
		write_bound(writer, query, query->low);
		return;
	}
	if (query->low == INT64_MIN + 1 && random_chance(writer->random, 60)) {
		put(writer, "%s＜=", field);
		write_bound(writer, query, query->high);
		return;
	}
	put(writer, "%s=[", field);
	write_bound(writer, query, query->low);
	put(writer, random_chance(writer->random, 50) ? " TO " : " to ");
	write_bound(writer, query, query->high);
	put(writer, "]");
}

static void write_choice(struct writer *writer, const char *code)
{
	static const char *const names[][4] = {
		{ "invention", "发明", "发明专利", NULL },
		{ "utility", "实用新型", "新型", NULL },
		{ "design", "外观设计", "D", NULL },
		{ "active", "有效", "授权", NULL },
		{ "pending", "审中", "在审", NULL },
		{ "dead", "失效", "无权", NULL },
		{ "CN", "中国", "cn", NULL },
		{ "US", "美国", "USA", NULL },
		{ "KR", "韩国", "kr", NULL },
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(names[i][0], code) == 0)
			code = random_word(writer->random, names[i]);
	put(writer, "%s", code);
}

static void write_leaf(struct writer *writer, const struct model_query *query)
{
	switch (query->kind) {
	case MODEL_WORDS:
	case MODEL_NEAR:
	case MODEL_FREQUENCY:
		write_field(writer, query->field);
		put(writer, "(");
		write_inside(writer, query);
		put(writer, ")");
		break;
	case MODEL_APPLICANT:
		if (random_chance(writer->random, 50))
			put(writer, "PA==\"%s\"", query->text);
		else
			put(writer, "申请人=[“%s”]", query->text);
		break;
	case MODEL_OFFICE:
		put(writer, "CC=(");
		write_choice(writer, query->text);
		put(writer, ")");
		break;
	case MODEL_TYPE:
		put(writer, "专利类型=");
		write_choice(writer, query->text);
		break;
	case MODEL_STATUS:
		put(writer, "LS:");
		write_choice(writer, query->text);
		break;
	case MODEL_EVENT:
		put(writer, strcmp(query->text, "pledge") == 0 ? "质押=是" : "LICENSE:1");
		break;
	case MODEL_CLASS:
		put(writer, random_chance(writer->random, 50) ? "IPC=(%s)" : "分类号：%s",
		    query->text);
		break;
	case MODEL_CLASS_RANGE:
		put(writer, random_chance(writer->random, 50) ? "IPC=[%s TO %s]" : "IPC=(%s:%s)",
		    query->text, query->text_end);
		break;
	case MODEL_DATE:
		write_range(writer, query, "AD");
		break;
	case MODEL_COUNT:
		write_range(writer, query, "cited");
		break;
	case MODEL_ANY:
		put(writer, "%s=*", query->text);
		break;
	case MODEL_ALL:
	case MODEL_AND:
	case MODEL_OR:
	case MODEL_NOT:
	default:
		put(writer, "ALL");
		break;
	}
}

static void write_query(struct writer *writer, const struct model_query *query);

/* OR binds least, then AND, then NOT; leaves need no brackets. */
static int binding(enum model_kind kind)
{
	return kind == MODEL_OR ? 0 : kind == MODEL_AND ? 1 : kind == MODEL_NOT ? 2 : 3;
}

/* Brackets where the precedence needs them, and elsewhere sometimes. */
static void write_child(struct writer *writer, const struct model_query *query,
			const struct model_query *child)
{
	bool needs = binding(child->kind) < binding(query->kind);

	if (!needs && random_chance(writer->random, 80)) {
		write_query(writer, child);
		return;
	}
	put(writer, random_chance(writer->random, 80) ? "(" : "（");
	write_query(writer, child);
	put(writer, random_chance(writer->random, 80) ? ")" : "）");
}

static void write_query(struct writer *writer, const struct model_query *query)
{
	static const char *const ands[] = { " AND ", " and ", " && ", " 与 ", " ", NULL };
	static const char *const ors[] = { " OR ", " or ", " || ", " 或 ", "\n// 注释\nOR ", NULL };
	static const char *const nots[] = { "NOT ", "not ", "!", "非 ", NULL };

	if (query->kind > MODEL_NOT) {
		write_leaf(writer, query);
		return;
	}
	if (query->kind == MODEL_NOT)
		put_one_of(writer, nots);
	for (size_t i = 0; i < query->child_count; i++) {
		if (i > 0)
			put_one_of(writer, query->kind == MODEL_AND ? ands : ors);
		write_child(writer, query, query->children[i]);
	}
}

/* ---- Asking. */

static struct query *parse(struct arena *arena, struct str text, uint64_t seed)
{
	struct query *query;
	struct error error;

	if (!query_parse(arena, text, NULL, &query, &error))
		fail_msg("seed %llu: %s at %lld (%s) in\n%.*s", (unsigned long long)seed, error.key,
			 (long long)error.at, error.detail, STR_ARGS(text));
	return query;
}

static void compare(const struct model_collection *collection, const struct snapshot *snapshot,
		    const struct model_query *model, const struct bitmap *found, const char *text,
		    uint64_t seed)
{
	uint64_t expected = 0;

	for (size_t i = 0; i < MODEL_DOCUMENTS; i++) {
		const struct model_document *document = &collection->documents[i];
		uint32_t number = snapshot_find_document(snapshot, document->id);
		bool wanted = !document->is_deleted && model_matches(model, document);

		assert_int_equal(number == DOCUMENT_NONE, document->is_deleted);
		expected += wanted;
		if (number != DOCUMENT_NONE && bitmap_contains(found, number) != wanted)
			fail_msg("seed %llu: document %lld %s\n%s\ntitle: %s\nabstract: %s",
				 (unsigned long long)seed, (long long)document->id,
				 wanted ? "is missing" : "should not be found", text,
				 document->cells[TEXT_TITLE][0], document->cells[TEXT_ABSTRACT][0]);
	}
	assert_int_equal(bitmap_count(found), expected);
}

/* Ranking without all hits gives what ranking all hits gives. */
static void compare_best(const struct snapshot *snapshot, const struct query *query,
			 const struct scored *expected, size_t expected_count, const char *text,
			 uint64_t seed)
{
	struct arena *arena = arena_create(1 << 14);
	struct scored *best;
	struct error error;
	size_t count;

	model_check(query_best(snapshot, query, 10, NULL, arena, &best, &count, &error), &error);
	if (count != expected_count)
		fail_msg("seed %llu: %s\n%zu best, not %zu", (unsigned long long)seed, text, count,
			 expected_count);
	for (size_t i = 0; i < count; i++)
		if (best[i].document != expected[i].document || best[i].score != expected[i].score)
			fail_msg("seed %llu: %s\nplace %zu is another", (unsigned long long)seed,
				 text, i);
	arena_destroy(arena);
}

/* The query, its bracketed form, its explanation and its ranking say the same. Returns whether some
   but not all documents were found. */
static bool ask(const struct model_collection *collection, const struct snapshot *snapshot,
		uint64_t seed)
{
	bool is_telling;
	struct random random = { seed };
	struct arena *arena = arena_create(1 << 16);
	struct model_query *model = make_query(&random, arena,
					       random_below(&random, DEPTH_MAX + 1));
	struct writer *writer = arena_new(arena, struct writer);
	struct query *query, *again;
	const struct bitmap *found;
	struct explain_line *lines;
	struct scored *best;
	size_t line_count, best_count;
	struct error error;

	writer->random = &random;
	write_query(writer, model);
	query = parse(arena, str_of(writer->text), seed);
	model_check(query_run(snapshot, query, NULL, arena, &found, &error), &error);
	compare(collection, snapshot, model, found, writer->text, seed);
	again = parse(arena, query_bracketed(arena, query), seed);
	if (!query_node_equal(query_root(query), query_root(again)))
		fail_msg("seed %llu: %s\nbecomes another by its brackets\n%s",
			 (unsigned long long)seed, writer->text,
			 query_bracketed(arena, query).data);
	model_check(query_explain(snapshot, query, NULL, arena, &lines, &line_count, &error),
		    &error);
	assert_int_equal(lines[0].documents, bitmap_count(found));
	model_check(query_rank(snapshot, query, found, 10, NULL, arena, &best, &best_count, &error),
		    &error);
	for (size_t i = 0; i < best_count; i++)
		assert_true(bitmap_contains(found, best[i].document));
	compare_best(snapshot, query, best, best_count, writer->text, seed);
	is_telling = !bitmap_is_empty(found) &&
		     bitmap_count(found) < snapshot_document_count(snapshot);
	arena_destroy(arena);
	return is_telling;
}

static uint64_t number_from(const char *name, uint64_t otherwise)
{
	const char *text = getenv(name);
	int64_t number;

	return text && str_to_int64(str_of(text), &number) ? (uint64_t)number : otherwise;
}

static void test_random_queries(void **state)
{
	uint64_t seed = number_from("YUCHENG_SEED", 20261122);
	uint64_t queries = number_from("YUCHENG_QUERIES", QUERIES_DEFAULT), telling = 0;

	(void)state;
	for (uint64_t round = 0; round < ROUNDS; round++) {
		struct random random = { seed + round };
		struct model_collection collection;
		const struct snapshot *snapshot;
		struct error error;

		model_collection_make(&collection, &random);
		if (round % 2 == 1)
			model_check(index_merge(collection.index, true, &error), &error);
		snapshot = index_acquire(collection.index);
		for (uint64_t i = 0; i < queries / ROUNDS; i++)
			telling += ask(&collection, snapshot, seed + round * 1000000 + i);
		index_release(snapshot);
		model_collection_remove(&collection);
	}
	print_message("%llu queries, %llu with some documents, seed %llu\n",
		      (unsigned long long)queries, (unsigned long long)telling,
		      (unsigned long long)seed);
	assert_true(telling * 2 > queries);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_random_queries) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
