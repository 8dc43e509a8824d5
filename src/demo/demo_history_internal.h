#ifndef DEMO_HISTORY_INTERNAL_H
#define DEMO_HISTORY_INTERNAL_H

#include "demo/demo_internal.h"
#include "demo/demo_workspace_internal.h"

/*
 * The years before today (data/demo/history.toml): lives of patent cases, each a list of moves with
 * days between them, the way from disclosure to filing of the recent ones, and records told one by
 * one. All of them are planned first, then done in the order of days, each by the person whom it is
 * for and on its day, under the same guards as over HTTP. Chance depends on centre, year before today
 * and number only.
 */
#define DEMO_HISTORY_SEED 20261123u

enum {
	HISTORY_YEARS = 5,         /* before the running one */
	HISTORY_RECENT_DAYS = 545, /* notices, deadlines and the way to filing are told for these */
	HISTORY_FRESH_DAYS = 270,  /* of acceptances and fees for acts */
	LIFE_MOVES_MAX = 20,
	CENTRE_BRANCHES_MAX = 8,
	CENTRE_ENGINEERS_MAX = 4
};

/* What happens in a case: a step with the fields set on that day. */
struct demo_move {
	struct str name, step;
	const char *by; /* role of the centre's person: "manager" */
	struct str comment, notice, finishes /* codes of deadlines that are done with it */;
	int from, to;           /* days behind the move before */
	const struct str *sets; /* "filed_on=filed" */
	size_t set_count;
};

struct demo_fate {
	char code;
	const char *type;    /* "invention" */
	struct str decision; /* "file"; the others lead to no case */
	const struct demo_move *moves[LIFE_MOVES_MAX];
	size_t count;
	bool is_anchored; /* the last move is so many days from today */
	int anchor;
	bool is_unread; /* its notices wait to be acknowledged */
};

struct demo_centre {
	int number;
	const char *agency, *agent; /* "agency1" */
	int64_t organisation_id;
	const struct demo_named *director, *manager, *researcher;
	const struct demo_named *engineers[CENTRE_ENGINEERS_MAX];
	size_t engineer_count;
	uint32_t branches[CENTRE_BRANCHES_MAX]; /* of the collection's vocabulary */
	size_t branch_count;
	uint32_t applicant; /* of the collection: whose name its applications bear */
	const char *reduction;
	int neglected; /* percent of its reviews that nobody makes */
};

struct demo_life {
	const struct demo_centre *centre;
	const struct demo_fate *fate;
	const char *office;
	int year;                       /* of filing, of a foreign case at home */
	uint32_t number;                /* in the centre's year */
	uint64_t key;                   /* of its streams of chance */
	uint32_t serial;                /* of its number */
	size_t branch;                  /* of the centre */
	const struct toml_table *table; /* its cohort */
	date filed, published, granted, priority;
	date days[LIFE_MOVES_MAX];    /* of the moves */
	struct demo_case application; /* as the collection tells it */
	const char *title, *ipc, *family;
	struct str project; /* whose name it comes from; empty: by the branch */
	bool is_recent;     /* filed in the recent days: its way to filing is told */
	bool is_returned;   /* its first draft fails the check */
	bool is_taken;      /* by a product or deal */
	int64_t disclosure_id, draft_id, case_id, notice_id; /* the last notice */
	struct demo_texts texts;
};

struct demo_script {
	const struct toml_table *table;
	date on;         /* the day it is made */
	int number;      /* of the centre, 0: none */
	date apart;      /* days behind those told, in a table for each centre */
	size_t place;    /* among the table's names */
	struct str name; /* {name} */
	size_t next;     /* of the steps */
	int64_t id;
	const char *taken; /* {taken}: ids of cases, parted by commas */
	size_t *lives;     /* that it takes */
	size_t life_count;
};

struct demo_past {
	struct demo_making *making;
	struct arena *arena;   /* kept */
	struct arena *scratch; /* of one thing done */
	date start, today;
	struct list moves, fates, centres, lives, scripts, agenda;
};

/* One thing to be done. */
struct demo_deed {
	date on;
	uint32_t order;
	size_t subject; /* life or script */
	size_t part;
	const struct toml_table *table; /* that asks for it, to be named when it is refused */
	bool (*run)(struct demo_past *past, size_t subject, size_t part, struct error *error);
};
/* What the table being read asks for; nothing behind today. */
void demo_plan(struct demo_past *past, date on, size_t subject, size_t part,
	       bool (*run)(struct demo_past *past, size_t subject, size_t part,
			   struct error *error));
struct demo_life *demo_life_at(const struct demo_past *past, size_t subject);
/* Acts as the centre's person of the role. */
bool demo_act_for(struct demo_past *past, const struct demo_centre *centre, const char *role,
		  struct error *error) MUST_CHECK;
bool demo_find(struct demo_past *past, const char *type, int64_t id, struct record **record_out,
	       struct error *error) MUST_CHECK;
bool demo_set_id(struct demo_past *past, struct record *record, const char *field, int64_t id,
		 struct error *error) MUST_CHECK;
bool demo_set_day_of(struct demo_past *past, struct record *record, const char *field, date day,
		     struct error *error) MUST_CHECK;

/* demo_history_read.c: moves, fates, centres, and the lives of their years. */
bool demo_read_history(struct demo_past *past, const struct toml *toml,
		       struct error *error) MUST_CHECK;
/* demo_history_case.c: plans the moves, notices and fees of a life. */
void demo_plan_case(struct demo_past *past, size_t subject);
date demo_annuity_day(const struct demo_life *life, int year); /* of the annuity of that year */
bool demo_is_in(const struct record *record, const char *state);
/* What it belongs to, if the centre has it by then; NULL: it has not. */
const struct demo_named *demo_key_field_of(const struct demo_past *past,
					   const struct demo_life *life);
const struct demo_named *demo_project_of(const struct demo_past *past,
					 const struct demo_life *life);
const struct demo_named *demo_second_inventor(const struct demo_life *life); /* NULL: none */
/* demo_history_grade.c: the first grading of a patent, and its reviews. */
void demo_plan_gradings(struct demo_past *past, size_t subject);
/*
 * demo_history_import.c: the documents of the centres' cases come into the library by imports, which
 * are ahead of the docket now and then. The day on which the centre learns of a move: its own, the
 * day a proposal is accepted, or DATE_NONE when the proposal waits.
 */
date demo_learnt_on(const struct demo_past *past, const struct demo_life *life, size_t part);
date demo_grant_learnt_on(const struct demo_past *past, const struct demo_life *life);
void demo_plan_imports(struct demo_past *past);
/* demo_history_idea.c: the way from disclosure to filing. */
void demo_plan_idea(struct demo_past *past, size_t subject);
/* demo_history_script.c: records told one by one. */
bool demo_read_scripts(struct demo_past *past, const struct toml *toml,
		       struct error *error) MUST_CHECK;

#endif
