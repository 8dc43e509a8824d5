/* Waivers of findings: each names a rule, perhaps a claim, a reason and who answers for it. */
#include "cli/lint_internal.h"
#include "base/file.h"
#include "base/list.h"
#include "import/toml.h"

enum { WAIVERS_FILE_MAX = 4 << 20, WAIVERS_MAX = 10000 };

static bool add_waiver(struct list *waivers, const struct lint_waiver *waiver, int64_t line,
		       struct error *error)
{
	if (!draft_rule_is_known(waiver->rule))
		return error_set_at(error, ERROR_USAGE, "cli.lint_rule", line, "%.*s",
				    STR_ARGS(waiver->rule));
	if (waiver->reason.size == 0 || waiver->person.size == 0)
		return error_set_at(error, ERROR_USAGE, "cli.lint_waiver", line, "%.*s",
				    STR_ARGS(waiver->rule));
	if (waivers->count == WAIVERS_MAX)
		return error_set_at(error, ERROR_LIMIT, "cli.lint_waivers", line, "%d",
				    WAIVERS_MAX);
	*(struct lint_waiver *)list_add(waivers) = *waiver;
	return true;
}

/* "C11:3=reason" */
static bool parse_waiver(struct str text, struct str person, struct lint_waiver *waiver_out,
			 struct error *error)
{
	size_t equals = str_find_byte(text, '=');
	struct str name = str_trim(str_slice(text, 0, equals));
	size_t colon = str_find_byte(name, ':');
	int64_t claim = 0;

	if (equals == STR_NOT_FOUND ||
	    (colon != STR_NOT_FOUND &&
	     (!str_to_int64(str_slice(name, colon + 1, name.size), &claim) || claim < 1 ||
	      claim > 100000)))
		return error_set(error, ERROR_USAGE, "cli.lint_waive", "%.*s", STR_ARGS(text));
	*waiver_out = (struct lint_waiver){
		.rule = str_slice(name, 0, colon == STR_NOT_FOUND ? name.size : colon),
		.claim = (unsigned)claim,
		.reason = str_trim(str_slice(text, equals + 1, text.size)),
		.person = person,
	};
	return true;
}

static bool add_given(struct list *waivers, const char *text, const char *person,
		      struct error *error)
{
	struct str rest = str_of(text), one;
	struct lint_waiver waiver;

	while (str_split(&rest, STR(";"), &one)) {
		one = str_trim(one);
		if (one.size > 0 && (!parse_waiver(one, str_of(person), &waiver, error) ||
				     !add_waiver(waivers, &waiver, -1, error)))
			return false;
	}
	return true;
}

static bool add_table(struct list *waivers, const struct toml_table *table, struct error *error)
{
	int64_t claim = toml_integer(table, "claim", 0);
	struct lint_waiver waiver = { .rule = toml_text(table, "rule"),
				      .detail = toml_text(table, "words"),
				      .claim = claim > 0 && claim <= 100000 ? (unsigned)claim : 0,
				      .reason = str_trim(toml_text(table, "reason")),
				      .person = str_trim(toml_text(table, "by")) };

	if (table->name.size == 0 && table->value_count == 0)
		return true;
	return add_waiver(waivers, &waiver, table->line, error);
}

static bool add_file(struct arena *arena, struct list *waivers, const char *path,
		     struct error *error)
{
	struct str content;
	struct toml toml;

	if (!file_read(arena, path, WAIVERS_FILE_MAX, &content, error) ||
	    !toml_parse(arena, content, &toml, error))
		return false;
	for (size_t i = 0; i < toml.table_count; i++)
		if (!add_table(waivers, &toml.tables[i], error))
			return false;
	return true;
}

bool lint_read_waivers(struct arena *arena, const char *text, const char *person, const char *path,
		       struct lint_waiver **waivers_out, size_t *count_out, struct error *error)
{
	struct list waivers = LIST_OF(struct lint_waiver);
	bool done = (!text || add_given(&waivers, text, person, error)) &&
		    (!path || add_file(arena, &waivers, path, error));

	*waivers_out = list_to_arena(&waivers, arena, count_out);
	return done;
}
