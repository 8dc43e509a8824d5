/*
 * prepare_statements TARGET: migrates the database, prepares each statement of standard input (they
 * end with NUL), then asks every record type for lists with every filter and sort, and as every role.
 * What the database refuses is printed; the exit status says whether there was any.
 */
#include "base/strbuf.h"
#include "record/beside.h"
#include "record/list.h"
#include "record/select.h"
#include "schema/schema.h"
#include "types/types.h"

#include <libpq-fe.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static int refused;

static void refuse(const char *statement, const char *why)
{
	printf("refused: %s\n         %s\n", statement, why);
	refused++;
}

static bool is_postgresql(const char *target)
{
	return strncmp(target, "postgres", 8) == 0;
}

static void fail(const char *what, const struct error *error)
{
	fprintf(stderr, "%s: %s %s\n", what, error->key, error->detail);
	exit(2);
}

static struct str read_all(struct strbuf *text)
{
	char piece[1 << 14];
	ssize_t size;

	while ((size = read(STDIN_FILENO, piece, sizeof(piece))) > 0)
		strbuf_add(text, piece, (size_t)size);
	return strbuf_str(text);
}

static void prepare_sqlite(const char *target, struct str texts)
{
	sqlite3 *connection;
	struct str text;

	if (sqlite3_open(target, &connection) != SQLITE_OK)
		exit(2);
	while (str_split(&texts, STR("\0"), &text)) {
		sqlite3_stmt *statement = NULL;

		if (text.size && sqlite3_prepare_v2(connection, text.data, -1, &statement, NULL))
			refuse(text.data, sqlite3_errmsg(connection));
		sqlite3_finalize(statement);
	}
	sqlite3_close(connection);
}

static void prepare_postgresql(const char *target, struct str texts)
{
	PGconn *connection = PQconnectdb(target);
	struct str text;

	while (str_split(&texts, STR("\0"), &text)) {
		PGresult *result;

		if (!text.size)
			continue;
		result = PQprepare(connection, "", text.data, 0, NULL);
		if (PQresultStatus(result) != PGRES_COMMAND_OK)
			refuse(text.data, PQerrorMessage(connection));
		PQclear(result);
	}
	PQfinish(connection);
}

/* ---- Lists. */
static const char *sample(const struct field *field)
{
	static const char *const samples[FIELD_KIND_COUNT] = {
		[FIELD_TEXT] = "a",
		[FIELD_LONG_TEXT] = "a",
		[FIELD_INTEGER] = "1",
		[FIELD_DECIMAL] = "1",
		[FIELD_MONEY] = "1.50",
		[FIELD_DATE] = "2026-01-01",
		[FIELD_BOOL] = "true",
		[FIELD_REF] = "1",
		[FIELD_REFS] = "1",
		[FIELD_FILE] = "1",
		[FIELD_PUBLICATION] = "CN1234567A",
		[FIELD_REGION] = "51",
		[FIELD_ORGANISATION] = "1",
		[FIELD_USER] = "1",
	};

	return field->choices ? field->choices[0].value : samples[field->kind];
}

static void list(struct record_store *store, const struct record_type *type,
		 const struct record_list_options *options, const char *what)
{
	struct record_page page;
	struct error error;

	if (!record_list(store, type, options, &page, &error) && error.kind != ERROR_FORBIDDEN)
		refuse(arena_printf(store->arena, "%s %s", type->name, what), error.detail);
}

static struct record_list_options plain_list(void)
{
	return (struct record_list_options){ .sort_field = RECORD_FIELD_ID,
					     .limit = 50,
					     .search = STR("word other"),
					     .with_total = true };
}

/* Filters that do not suit the field are none: the list never sees them. */
static int list_filtered(struct record_store *store, const struct record_type *type,
			 const char *name, const char *value)
{
	static const char *const operators[] = { "=",  "!=", "<",        "<=",    ">",
						 ">=", "in", "contains", "empty", "not_empty" };
	struct record_list_options options = plain_list();
	struct record_filter *filters;
	struct error error;
	int count = 0;

	for (size_t i = 0; i < sizeof(operators) / sizeof(operators[0]); i++) {
		bool is_presence = strstr(operators[i], "empty") != NULL;
		const char *text = arena_printf(store->arena, "%s:%s:%s", name, operators[i],
						is_presence ? "" : value);

		if (!record_parse_filters(store, type, str_of(text), &filters,
					  &options.filter_count, &error))
			continue;
		options.filters = filters;
		list(store, type, &options, text);
		count++;
	}
	return count;
}

static void list_sorted(struct record_store *store, const struct record_type *type, size_t field)
{
	struct record_list_options options = plain_list();

	options.sort_field = field;
	list(store, type, &options, "sorted");
	options.descending = true;
	list(store, type, &options, "sorted down");
}

static void list_type(struct record_store *store, const struct record_type *type)
{
	static const struct {
		const char *name, *value;
	} columns[] = { { "id", "1" },         { "organisation_id", "1" },
			{ "created_by", "1" }, { "created_at", "2026-01-01" },
			{ "state", NULL },     { "updated_at", "2026-01-01" } };

	for (size_t i = 0; i < sizeof(columns) / sizeof(columns[0]); i++) {
		const char *value = columns[i].value ? columns[i].value : type->states[0].value;

		if (!list_filtered(store, type, columns[i].name, value))
			refuse(type->name, columns[i].name);
	}
	for (size_t i = 0; i < type->field_count; i++) {
		const struct field *field = &type->fields[i];

		/* sealed values are found by nobody */
		if (!list_filtered(store, type, field->name, sample(field)) &&
		    !(field->flags & FIELD_SENSITIVE))
			refuse(type->name, field->name);
		list_sorted(store, type, i);
	}
	for (size_t field = RECORD_FIELD_ID; field < RECORD_FIELD_END; field++)
		list_sorted(store, type, field);
}

/* Some columns of all rows below an organisation, and the steps they made. */
static void select_type(struct record_store *store, const struct record_type *type)
{
	const size_t fields[] = { 0, RECORD_FIELD_CREATED_AT, SIZE_MAX };
	const struct record_selection selection = { .type = type, .fields = fields, .path = "/1/" };
	struct db_rows *rows, *steps;
	struct error error;

	if (!record_select(store, &selection, &rows, &error) ||
	    !record_select_steps(store, &selection, &steps, &error))
		refuse(arena_printf(store->arena, "%s selected", type->name), error.detail);
}

/* What the actor's grants add to statements, and his tasks. */
static void list_as(struct record_store *store)
{
	struct record_list_options options = plain_list();
	struct record_task *tasks;
	struct error error;
	size_t count;

	for (const struct record_type *const *type = record_types; *type; type++) {
		list(store, *type, &options, "of a role");
		select_type(store, *type);
	}
	if (!record_tasks(store, 10, &tasks, &count, &error) ||
	    !record_reminders(store, 10, &tasks, &count, &error))
		refuse("tasks", error.detail);
}

static void list_everything(struct db *db)
{
	struct actor actor = { .user_id = 1, .organisation_id = 1, .organisation_path = "/1/" };
	struct record_store store = { .db = db,
				      .arena = arena_create(1 << 16),
				      .actor = &actor,
				      .now_ms = 1767225600000,
				      .today = date_of(2026, 1, 1) };

	for (int role = 0; role < ROLE_COUNT; role++) {
		actor.roles = ROLE_BIT(role);
		list_as(&store);
	}
	actor.is_operator = true;
	for (const struct record_type *const *type = record_types; *type; type++)
		list_type(&store, *type);
	arena_destroy(store.arena);
}

int main(int argument_count, char **arguments)
{
	const char *target = argument_count == 2 ? arguments[1] : "";
	struct strbuf text = STRBUF_INIT;
	struct error error;
	struct db *db;

	if (!db_open(target, &db, &error) || !schema_migrate(db, &error))
		fail(target, &error);
	(is_postgresql(target) ? prepare_postgresql : prepare_sqlite)(target, read_all(&text));
	list_everything(db);
	db_close(db);
	strbuf_release(&text);
	return refused ? 1 : 0;
}
