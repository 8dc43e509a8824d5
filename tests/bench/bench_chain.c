/*
 * bench_chain FILE [CENTRES [CASES]]: fills an SQLite file with centres, their cases, disclosures,
 * deals, products, task books, history and deadlines when it does not exist, then measures all
 * indicators of all centres and the workbench of one. Each is run several times; the fastest, the
 * median and the slowest are printed, and the median of the processor's time.
 */
#include "base/clock.h"
#include "base/strbuf.h"
#include "chain/workbench.h"
#include "record/beside.h"
#include "schema/schema.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { RUNS = 7, DISCLOSURES = 300, DEALS = 20, PRODUCTS = 15, KEY_FIELDS = 3, CHANGES = 40 };

static struct db *db;
static struct error error;
static uint64_t seed = 20261123;

static void need(bool is_done)
{
	if (is_done)
		return;
	fprintf(stderr, "%s: %s\n", error.key, error.detail);
	exit(1);
}

static int below(int limit)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (int)((seed >> 33) % (uint64_t)limit);
}

static const char *day_text(date day, char text[DATE_TEXT_SIZE])
{
	return date_format(day, text);
}

/* One row with the columns all types have before the given ones. */
static int64_t insert(const char *sql, int64_t organisation, const char *state,
		      const struct db_param *params, size_t count)
{
	struct db_param all[24] = { DB_CSTR(state), DB_INT(organisation) };
	int64_t id;

	for (size_t i = 0; i < count; i++)
		all[2 + i] = params[i];
	need(db_execute_returning(db, sql, all, count + 2, &id, &error));
	return id;
}

#define BASE                                  "(version, state, organisation_id, created_by, created_at, updated_by, updated_at, "
#define VALUES                                ") VALUES (1, $1, $2, 1, 1600000000000, 1, 1600000000000, "
#define INSERT(sql, organisation, state, ...) insert(sql, organisation, state, DB_WITH(__VA_ARGS__))

static void step(const char *type, int64_t id, date day, const char *from, const char *to)
{
	need(db_execute(
		db,
		"INSERT INTO record_change (type, record_id, version, state, at, user_id, "
		"action, field, old_value, new_value) VALUES ($1, $2, 2, $3, $4, 1, 'step', "
		"'state', $5, $3)",
		DB_WITH(DB_CSTR(type), DB_INT(id), DB_CSTR(to), DB_INT((int64_t)day * 86400000),
			DB_CSTR(from)),
		&error));
}

/* ---- Rows. */
struct life {
	date filed, published, examined, granted, rejected, ended;
};

static struct life make_life(void)
{
	struct life life = { date_of(2016, 1, 1) + below(3900),
			     DATE_NONE,
			     DATE_NONE,
			     DATE_NONE,
			     DATE_NONE,
			     DATE_NONE };
	date today = date_of(2026, 11, 23), decided;

	life.published = life.filed + 180 + below(380);
	life.examined = life.published + below(200);
	decided = life.examined + 200 + below(700);
	if (below(10) < 7)
		life.granted = decided;
	else
		life.rejected = decided;
	if (life.granted != DATE_NONE && below(10) == 0)
		life.ended = life.granted + 300 + below(1500);
	for (date *day = &life.filed; day <= &life.ended; day++)
		if (*day > today)
			*day = DATE_NONE;
	return life;
}

static struct db_param day_param(date day, char text[DATE_TEXT_SIZE])
{
	return day == DATE_NONE ? DB_NOTHING : DB_CSTR(day_text(day, text));
}

static int64_t add_case(int64_t organisation, int number, int64_t key_field)
{
	static const char *const classes[] = { "G06F 16/35;G06N 3/08", "A61K 31/00", "B65D 1/02",
					       "H01M 10/052", "G21C 3/00" };
	struct life life = make_life();
	char days[6][DATE_TEXT_SIZE], docket[40], application[40], family[40];
	bool is_abroad = below(12) == 0;
	const char *state = life.ended != DATE_NONE      ? "final_ended"
			    : life.granted != DATE_NONE  ? "in_force"
			    : life.rejected != DATE_NONE ? "final_rejected"
							 : "examination";

	snprintf(docket, sizeof(docket), "AJ-%lld-%d", (long long)organisation, number);
	snprintf(application, sizeof(application), "%s%lld%06d", is_abroad ? "US" : "CN",
		 (long long)organisation, number);
	snprintf(family, sizeof(family), "F%d", number / 3);
	return INSERT("INSERT INTO patent_case " BASE
		      "docket, title, type, office, key_field_id, application_number, family, ipc, "
		      "owner_id, filed_on, published_on, examined_on, granted_on, rejected_on, "
		      "ended_on" VALUES
		      "$3, $4, $5, $6, $7, $8, $9, $10, $2, $11, $12, $13, $14, $15, $16) "
		      "RETURNING id",
		      organisation, state, DB_CSTR(docket),
		      DB_CSTR("示例：一种复合材料的制备方法及其应用"),
		      DB_CSTR(below(10) ? "invention" : "utility"),
		      DB_CSTR(is_abroad ? "US" : "CN"), below(4) ? DB_INT(key_field) : DB_NOTHING,
		      DB_CSTR(application), DB_CSTR(family), DB_CSTR(classes[below(5)]),
		      day_param(life.filed, days[0]), day_param(life.published, days[1]),
		      day_param(life.examined, days[2]), day_param(life.granted, days[3]),
		      day_param(life.rejected, days[4]), day_param(life.ended, days[5]));
}

/* Each version of a record leaves several lines besides its steps. */
static void change(const char *type, int64_t id, date day)
{
	for (int i = 0; i < CHANGES; i++)
		need(db_execute(db,
				"INSERT INTO record_change (type, record_id, version, state, at, "
				"user_id, action, field, old_value, new_value) VALUES ($1, $2, 2, "
				"'draft', $3, 1, 'update', 'title', '示例', '示例二')",
				DB_WITH(DB_CSTR(type), DB_INT(id), DB_INT((int64_t)day * 86400000)),
				&error));
}

static void add_history(const char *type, int64_t id, const char *const *states, date day)
{
	for (size_t i = 1; states[i]; i++) {
		day += 5 + below(60);
		step(type, id, day, states[i - 1], states[i]);
	}
}

static void add_disclosures(int64_t organisation, int64_t key_field)
{
	static const char *const states[] = { "draft",      "submitted", "searching",
					      "evaluating", "approved",  "drafting",
					      "final",      "filed",     NULL };

	for (int i = 0; i < DISCLOSURES; i++) {
		int64_t id = INSERT("INSERT INTO disclosure " BASE
				    "code, title, key_field_id, secrecy, inventors" VALUES
				    "$3, $4, $5, 'ordinary', ',1,') RETURNING id",
				    organisation, "filed", DB_INT(i), DB_CSTR("示例交底书"),
				    DB_INT(key_field));

		change("disclosure", id, date_of(2021, 1, 1));
		add_history("disclosure", id, states, date_of(2021, 1, 1) + below(2000));
	}
}

static void add_operation(int64_t organisation, const int64_t *cases, int count)
{
	for (int i = 0; i < DEALS + PRODUCTS; i++) {
		char day[DATE_TEXT_SIZE], ids[80], name[40];

		snprintf(ids, sizeof(ids), ",%lld,%lld,%lld,", (long long)cases[below(count)],
			 (long long)cases[below(count)], (long long)cases[below(count)]);
		snprintf(name, sizeof(name), "示例产品 %d", i);
		day_text(date_of(2021, 1, 1) + below(2000), day);
		if (i < DEALS)
			INSERT("INSERT INTO deal " BASE "title, kind, cases, amount, starts_on, "
			       "party" VALUES "$3, $4, $5, 10000000, $6, '示例公司') RETURNING id",
			       organisation, "effective", DB_CSTR("示例合同"),
			       DB_CSTR(i % 2 ? "licence" : "pledge"), DB_CSTR(ids), DB_CSTR(day));
		else
			INSERT("INSERT INTO product " BASE
			       "name, model, filing, cases, sold_from, passed_on, relation" VALUES
			       "$3, 'A', $4, $5, $6, $6, 'owner') RETURNING id",
			       organisation, "passed", DB_CSTR(name), DB_CSTR(name), DB_CSTR(ids),
			       DB_CSTR(day));
	}
}

static void add_deadlines(int64_t organisation, const int64_t *cases, int count)
{
	for (int i = 0; i < count; i++) {
		char base[DATE_TEXT_SIZE], due[DATE_TEXT_SIZE];
		date day = date_of(2022, 1, 1) + below(1800);
		bool is_done = day + 120 < date_of(2026, 11, 23);

		day_text(day, base);
		day_text(day + 120, due);
		INSERT("INSERT INTO deadline " BASE
		       "case_id, rule, title, base_on, due_on, safe_on, owner_id, done_on" VALUES
		       "$3, 'R05', '答复审查意见', $4, $5, $5, $2, $6) RETURNING id",
		       organisation, is_done ? "done" : "open", DB_INT(cases[i]), DB_CSTR(base),
		       DB_CSTR(due), is_done ? DB_CSTR(due) : DB_NOTHING);
	}
}

static void add_book(int64_t organisation)
{
	static const char *const targets[][2] = {
		{ "T1", "2000" }, { "T2", "6500" }, { "T3", "7000" }, { "T4", "1000" }
	};
	int64_t book = INSERT("INSERT INTO task_book " BASE
			      "number, title, from_on, until_on, base_year, signed_on" VALUES
			      "$3, '示例任务书', '2024-01-01', '2026-12-31', 2023, '2023-12-20') "
			      "RETURNING id",
			      organisation, "signed", DB_INT(organisation));

	for (size_t i = 0; i < 4; i++)
		INSERT("INSERT INTO target " BASE "task_book_id, indicator, value" VALUES
		       "$3, $4, CAST($5 AS BIGINT)) RETURNING id",
		       organisation, "fixed", DB_INT(book), DB_CSTR(targets[i][0]),
		       DB_CSTR(targets[i][1]));
}

static void add_centre(int i, int case_count)
{
	static const char *const states[] = {
		"planned",     "submitted", "accepted", "preliminary", "awaiting_publication",
		"examination", NULL
	};
	int64_t *cases = calloc((size_t)case_count, sizeof(*cases)), id, key_fields[KEY_FIELDS];
	char name[60], path[40];

	snprintf(name, sizeof(name), "示例育成中心 %d", i);
	need(db_execute_returning(
		db,
		"INSERT INTO organisation " BASE "name, kind, parent_id, host" VALUES
		"$3, 'centre', 1, 'enterprise') RETURNING id",
		DB_WITH(DB_CSTR("active"), DB_INT(1), DB_CSTR(name)), &id, &error));
	snprintf(path, sizeof(path), "/1/%lld/", (long long)id);
	need(db_execute(db, "UPDATE organisation SET path = $1, organisation_id = id WHERE id = $2",
			DB_WITH(DB_CSTR(path), DB_INT(id)), &error));
	for (int k = 0; k < KEY_FIELDS; k++)
		key_fields[k] = INSERT("INSERT INTO key_field " BASE
				       "name, sphere, direction" VALUES
				       "$3, 'biomedicine', '示例') RETURNING id",
				       id, "active", DB_INT(k));
	for (int k = 0; k < case_count; k++) {
		cases[k] = add_case(id, k, key_fields[below(KEY_FIELDS)]);
		add_history("patent_case", cases[k], states, date_of(2020, 1, 1) + below(2000));
	}
	add_disclosures(id, key_fields[0]);
	add_operation(id, cases, case_count);
	add_deadlines(id, cases, case_count);
	add_book(id);
	free(cases);
}

static void fill(int centres, int cases)
{
	need(db_execute(db, "DELETE FROM organisation", DB_WITHOUT, &error));
	need(db_execute(db,
			"INSERT INTO organisation " BASE "id, name, kind, path" VALUES
			"1, '示例省局', 'province_bureau', '/1/')",
			DB_WITH(DB_CSTR("active"), DB_INT(1)), &error));
	for (int i = 0; i < centres; i++) {
		need(db_begin(db, &error));
		add_centre(i + 1, cases);
		need(db_commit(db, &error));
	}
	need(db_execute(db, "ANALYZE", DB_WITHOUT, &error));
}

/* ---- Measuring. */
static int compare_times(const void *left, const void *right)
{
	return *(const int *)left - *(const int *)right;
}

static void measure(const char *what, const struct actor *actor, date as_of,
		    bool (*answer)(struct record_store *store,
				   const struct chain_question *question, struct jsonout *json,
				   struct error *error))
{
	int times[RUNS], processor[RUNS];
	size_t size = 0;

	for (int i = 0; i < RUNS; i++) {
		struct record_store store = { .db = db,
					      .arena = arena_create(1 << 20),
					      .actor = actor,
					      .now_ms = clock_utc_ms(),
					      .today = date_of(2026, 11, 23) };
		struct chain_question question = { .as_of = as_of };
		struct strbuf text = STRBUF_INIT;
		struct jsonout json = JSONOUT_TO(&text);
		int64_t began = clock_monotonic_ms();
		clock_t processor_began = clock();

		need(answer(&store, &question, &json, &error));
		times[i] = (int)(clock_monotonic_ms() - began);
		processor[i] = (int)((clock() - processor_began) * 1000 / CLOCKS_PER_SEC);
		size = text.size;
		strbuf_release(&text);
		arena_destroy(store.arena);
	}
	qsort(times, RUNS, sizeof(*times), compare_times);
	qsort(processor, RUNS, sizeof(*processor), compare_times);
	printf("%-44s %6d %6d %6d ms, of the processor %6d ms, %zu bytes\n", what, times[0],
	       times[RUNS / 2], times[RUNS - 1], processor[RUNS / 2], size);
}

static bool one_centre(struct record_store *store, const struct chain_question *question,
		       struct jsonout *json, struct error *failure)
{
	struct chain_question with_trend = *question;
	struct chain_centre centre;

	with_trend.trend = CHAIN_TREND_YEARS;
	return chain_centre_find(store, STR("2"), &centre, failure) &&
	       chain_indicators_answer(store, &centre, &with_trend, false, json, failure);
}

static bool workbench(struct record_store *store, const struct chain_question *question,
		      struct jsonout *json, struct error *failure)
{
	struct chain_centre centre;

	return chain_centre_find(store, STR("2"), &centre, failure) &&
	       chain_workbench_answer(store, &centre, question, json, failure);
}

/* Its parts. */
static bool stock(struct record_store *store, const struct chain_question *question,
		  struct jsonout *json, struct error *failure)
{
	struct chain_centre centre;
	struct chain_stock loaded;

	(void)question, (void)json;
	return chain_centre_find(store, STR("2"), &centre, failure) &&
	       chain_stock_load(store, &centre, &loaded, failure);
}

static bool stocks(struct record_store *store, const struct chain_question *question,
		   struct jsonout *json, struct error *failure)
{
	struct chain_centre *centres;
	struct chain_stock *loaded;
	size_t count;

	(void)question, (void)json;
	return chain_centres(store, &centres, &count, failure) &&
	       chain_stocks_load(store, centres, count, &loaded, failure);
}

static bool tasks(struct record_store *store, const struct chain_question *question,
		  struct jsonout *json, struct error *failure)
{
	struct record_task *found;
	size_t count;

	(void)question, (void)json;
	return record_tasks(store, 200, &found, &count, failure) &&
	       record_reminders(store, 200, &found, &count, failure);
}

int main(int argument_count, char **arguments)
{
	const char *path = argument_count > 1 ? arguments[1] : "bench_chain.db";
	int64_t centres = 100, cases = 2000;
	const struct actor bureau = { .user_id = 1,
				      .organisation_id = 1,
				      .organisation_path = "/1/",
				      .roles = ROLE_BIT(ROLE_PROVINCE_OFFICER) };
	const struct actor director = { .user_id = 2,
					.organisation_id = 2,
					.organisation_path = "/1/2/",
					.roles = ROLE_BIT(ROLE_DIRECTOR) |
						 ROLE_BIT(ROLE_IP_MANAGER) };
	bool is_new = access(path, F_OK) != 0;
	int64_t began = clock_monotonic_ms();

	if ((argument_count > 2 && !str_to_int64(str_of(arguments[2]), &centres)) ||
	    (argument_count > 3 && !str_to_int64(str_of(arguments[3]), &cases)))
		return 2;
	need(db_open(path, &db, &error) && schema_migrate(db, &error));
	if (is_new)
		fill((int)centres, (int)cases);
	printf("filled in %.1f s\n", (double)(clock_monotonic_ms() - began) / 1000);
	measure("all indicators of all centres, today", &bureau, date_of(2026, 11, 23),
		chain_centres_answer);
	measure("  of it reading cases, deals, products", &bureau, date_of(2026, 11, 23), stocks);
	measure("all indicators of all centres, 2024-06-30", &bureau, date_of(2024, 6, 30),
		chain_centres_answer);
	measure("indicators of one centre with trend", &director, date_of(2026, 11, 23),
		one_centre);
	measure("workbench of one centre, today", &director, date_of(2026, 11, 23), workbench);
	measure("  of it reading cases, deals, products", &director, date_of(2026, 11, 23), stock);
	measure("  of it tasks and reminders", &director, date_of(2026, 11, 23), tasks);
	measure("workbench of one centre, 2024-06-30", &director, date_of(2024, 6, 30), workbench);
	db_close(db);
	return 0;
}
