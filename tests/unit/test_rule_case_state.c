/* The states of a case: a table without dead ends, every state reached, one way for each event. */
#include "rule/case_state.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static const enum patent_type types[] = { PATENT_INVENTION, PATENT_UTILITY, PATENT_DESIGN };

static const struct case_state *state_of(const char *id)
{
	const struct case_state *state = case_state_find(str_of(id));

	if (!state)
		fail_msg("no state %s", id);
	return state;
}

static const struct case_state *moved(const char *from, const char *event, enum patent_type type,
				      const char *before)
{
	const struct case_state *to = NULL;
	struct error error;

	if (!case_state_move(state_of(from), str_of(event), type, before ? state_of(before) : NULL,
			     &to, &error))
		return NULL;
	return to;
}

static void test_table(void **unused)
{
	size_t state_count, move_count;
	const struct case_state *states = case_state_list(&state_count);
	const struct case_transition *moves = case_transition_list(&move_count);

	(void)unused;
	for (size_t i = 0; i < move_count; i++) {
		if (!strchr("*+", moves[i].from[0]))
			state_of(moves[i].from);
		if (moves[i].to[0] != '@')
			state_of(moves[i].to);
		assert_true(*moves[i].zh && *moves[i].en);
	}
	for (size_t i = 0; i < state_count; i++) {
		size_t ways = 0;

		assert_true(*states[i].zh && *states[i].en && *states[i].basis);
		for (size_t t = 0; t < 3; t++)
			for (size_t k = 0; k < move_count; k++) {
				if (!case_transition_fits(&moves[k], &states[i], types[t]))
					continue;
				ways++;
				for (size_t n = k + 1; n < move_count; n++)
					assert_false(case_transition_fits(&moves[n], &states[i],
									  types[t]) &&
						     strcmp(moves[n].event, moves[k].event) == 0);
			}
		assert_int_equal(ways == 0, states[i].is_final);
	}
}

/* Every state is reached by some type from the first one. */
static void test_reached(void **unused)
{
	enum { STATES_MAX = 64 };
	size_t state_count, move_count;
	const struct case_state *states = case_state_list(&state_count);
	const struct case_transition *moves = case_transition_list(&move_count);
	bool reached[STATES_MAX] = { true }, is_new = true;

	(void)unused;
	assert_true(state_count <= STATES_MAX);
	assert_string_equal(states[0].id, "planned");
	while (is_new) {
		is_new = false;
		for (size_t i = 0; i < state_count; i++)
			for (size_t k = 0; reached[i] && k < move_count; k++) {
				size_t to;

				if (moves[k].to[0] == '@' ||
				    !case_transition_fits(&moves[k], &states[i], PATENT_INVENTION))
					continue;
				to = (size_t)(state_of(moves[k].to) - states);
				is_new |= !reached[to];
				reached[to] = true;
			}
	}
	for (size_t i = 0; i < state_count; i++)
		if (!reached[i])
			fail_msg("%s is never reached", states[i].id);
}

static void test_lives(void **unused)
{
	static const char *const invention[][2] = {
		{ "submit", "submitted" },
		{ "accept", "accepted" },
		{ "pay", "preliminary" },
		{ "pass", "awaiting_publication" },
		{ "publish", "published" },
		{ "examine", "examination" },
		{ "office_action", "office_action" },
		{ "reply", "examination" },
		{ "reject", "rejected" },
		{ "request_review", "review" },
		{ "reverse", "examination" },
		{ "grant_notice", "registration" },
		{ "register", "in_force" },
		{ "miss_annuity", "grace" },
		{ "end", "ended_restorable" },
		{ "restore", "in_force" },
		{ "request_invalidation", "invalidation" },
		{ "declare_invalid", "invalid_suit" },
		{ "lapse", "final_invalid" },
	};
	const char *state = "planned";

	(void)unused;
	for (size_t i = 0; i < sizeof(invention) / sizeof(invention[0]); i++) {
		const struct case_state *to = moved(state, invention[i][0], PATENT_INVENTION, NULL);

		assert_non_null(to);
		assert_string_equal(to->id, invention[i][1]);
		state = to->id;
	}
	/* A utility model is not examined; its rejection goes back to the preliminary stage. */
	assert_null(moved("preliminary", "pass", PATENT_UTILITY, NULL));
	assert_string_equal(moved("preliminary", "grant_notice", PATENT_UTILITY, NULL)->id,
			    "registration");
	assert_string_equal(moved("review", "reverse", PATENT_DESIGN, NULL)->id, "preliminary");
	assert_string_equal(moved("实审中", "审查意见通知书", PATENT_INVENTION, NULL)->id,
			    "office_action");
}

static void test_refused(void **unused)
{
	const struct case_state *to;
	struct error error;

	(void)unused;
	assert_string_equal(
		moved("deemed_withdrawn", "restore", PATENT_INVENTION, "office_action")->id,
		"office_action");
	assert_null(moved("deemed_withdrawn", "restore", PATENT_INVENTION, NULL));
	assert_string_equal(moved("examination", "withdraw", PATENT_INVENTION, NULL)->id,
			    "final_withdrawn");
	assert_null(moved("in_force", "withdraw", PATENT_INVENTION, NULL));
	assert_null(moved("final_rejected", "withdraw", PATENT_INVENTION, NULL));
	assert_string_equal(moved("grace", "abandon", PATENT_INVENTION, NULL)->id,
			    "final_abandoned");
	assert_false(case_state_move(state_of("grace"), STR("reply"), PATENT_INVENTION, NULL, &to,
				     &error));
	assert_string_equal(error.key, "rule.case_move");
	assert_non_null(strstr(error.hint, "pay"));
	assert_null(case_state_find(STR("nothing")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_table),
		cmocka_unit_test(test_reached),
		cmocka_unit_test(test_lives),
		cmocka_unit_test(test_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
