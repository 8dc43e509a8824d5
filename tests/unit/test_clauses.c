/* What serves the clauses of the policy says so itself, and what is empty is known. */
#include "api/clauses.h"

#include "base/strbuf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <string.h>

/* Those that the programme's, the protection's and the people's records will serve. */
static const char still_empty[] =
	"1-c 1-j 2.1-a 2.1-c 2.1-d 2.1-f 2.2-a 2.2-b 2.3-d 2.6-a 2.7-a 2.7-b 2.7-d 2.7-e 2.8-b "
	"2.8-c "
	"3-a 3-c 3-d 3-f 3-g 3-h 3-i 3-j 3-k 3-l 4.1-a 4.1-c 4.1-d 4.2-a 4.2-b 4.3-a 4.4-a 4.4-b ";

static void check_names(const struct clause_server *server, const char *clauses)
{
	struct str rest = str_of(clauses), part;

	while (str_split(&rest, STR(" "), &part))
		if (!clause_find(part))
			fail_msg("%s %s: there is no clause %.*s", server->kind, server->id,
				 STR_ARGS(part));
}

static void everything_names_clauses_there_are(void **state)
{
	struct arena *arena = arena_create(1 << 16);
	size_t count;
	const struct clause_server *servers = clause_servers(arena, &count);

	(void)state;
	assert_true(count > 80);
	for (size_t i = 0; i < count; i++) {
		if (!servers[i].clause || !*servers[i].clause)
			fail_msg("%s %s names no clause", servers[i].kind, servers[i].id);
		check_names(&servers[i], servers[i].clause);
		check_names(&servers[i], servers[i].other);
		assert_true(*servers[i].label.zh && *servers[i].label.en);
	}
	arena_destroy(arena);
}

static void what_is_empty_is_known(void **state)
{
	struct arena *arena = arena_create(1 << 16);
	struct strbuf empty = STRBUF_INIT;
	size_t count, server_count;
	const struct clause *clauses = clause_list(&count);
	const struct clause_server *servers = clause_servers(arena, &server_count);

	(void)state;
	assert_int_equal(count, 76);
	for (size_t i = 0; i < count; i++) {
		size_t j = 0;

		assert_ptr_equal(clause_find(str_of(clauses[i].id)), &clauses[i]);
		while (j < server_count && !clause_is_served(&servers[j], clauses[i].id))
			j++;
		if (j == server_count)
			strbuf_addf(&empty, "%s ", clauses[i].id);
	}
	strbuf_add_byte(&empty, 0);
	assert_string_equal(empty.data, still_empty);
	strbuf_release(&empty);
	arena_destroy(arena);
}

static void a_clause_is_named_whole(void **state)
{
	const struct clause_server server = { .clause = "2.5-d 1-b", .other = "2.3-f" };

	(void)state;
	assert_true(clause_is_served(&server, "1-b"));
	assert_true(clause_is_served(&server, "2.3-f"));
	assert_false(clause_is_served(&server, "2.5"));
	assert_false(clause_is_served(&server, "-b"));
	assert_null(clause_find(STR("2.5")));
	assert_null(clause_find(STR_EMPTY));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(everything_names_clauses_there_are),
		cmocka_unit_test(what_is_empty_is_known),
		cmocka_unit_test(a_clause_is_named_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
