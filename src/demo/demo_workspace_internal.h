#ifndef DEMO_WORKSPACE_INTERNAL_H
#define DEMO_WORKSPACE_INTERNAL_H

#include "auth/auth.h"
#include "base/list.h"
#include "demo/demo_workspace.h"
#include "import/toml.h"

/* What a name in the file stands for: {id:NAME}. */
struct demo_named {
	struct str name;
	int64_t id;
	const struct actor *actor;                       /* of people */
	struct str full_name, short_name, field_of_work; /* of organisations, as is the path */
	const char *title;                               /* of people: their name */
	const char *path;
};

struct demo_making {
	const struct demo *demo;
	const struct demo_site *site;
	struct record_store store;
	struct auth auth;
	struct list named;    /* of struct demo_named */
	struct list accounts; /* of struct demo_account; a row each, the password made before */
	const char *const *hashes; /* of the passwords, one an account */
	size_t made;               /* accounts made so far */
	int64_t organisations, records;
	const struct toml_table *table; /* being read */
	bool is_present;                /* the years before today are made */
	int number;                     /* of the centre in a table with `each`; else 0 */
	date apart;                     /* days added to those of the table, by the centre */
	int place;                      /* {k}: among the names of a table; else 0 */
	struct str name;                /* {name} */
	const char *taken;              /* {taken}: ids of cases; NULL: none */
};

/* ---- demo_record.c. NULL when nothing has the name. */
const struct demo_named *demo_find_named(const struct demo_making *making, struct str name);
bool demo_need_named(const struct demo_making *making, struct str name,
		     const struct demo_named **named_out, struct error *error) MUST_CHECK;
struct demo_named *demo_add_named(struct demo_making *making, struct str name, int64_t id);
bool demo_wrong(const struct demo_making *making, struct str what, struct error *error);
/* The day on which what follows is done; the present moment for today and later. */
void demo_set_day(struct demo_making *making, date day);
void demo_act_as_operator(struct demo_making *making);
bool demo_act_as(struct demo_making *making, struct str login, struct error *error) MUST_CHECK;
/* The expanded text of a key of the table; empty when it is missing. */
bool demo_read_key(const struct demo_making *making, const char *key, struct str *text_out,
		   struct error *error) MUST_CHECK;
/* Who makes the table's record: somebody of its organisation (`by`), or the console for it (`in`). */
bool demo_begin_record(struct demo_making *making, struct record *record,
		       struct error *error) MUST_CHECK;
bool demo_set_fields(struct demo_making *making, struct record *record,
		     struct error *error) MUST_CHECK;
bool demo_make_record(struct demo_making *making, const struct record_type *type,
		      struct record **record_out, struct error *error) MUST_CHECK;
/* A line of `steps`. */
bool demo_perform(struct demo_making *making, struct record *record, struct str text,
		  struct error *error) MUST_CHECK;
/* A file of the record, as its value of the field; its content goes where uploads go. */
bool demo_attach(struct demo_making *making, struct record *record, const char *field,
		 const char *name, struct str content, struct error *error) MUST_CHECK;
/* As the functions of record/record.h; what is refused is told with its field. */
bool demo_set(struct demo_making *making, struct record *record, const char *field, struct str text,
	      struct error *error) MUST_CHECK;
bool demo_insert(struct demo_making *making, struct record *record, struct error *error) MUST_CHECK;
bool demo_update(struct demo_making *making, struct record *record, struct error *error) MUST_CHECK;
bool demo_step(struct demo_making *making, struct record *record, struct str step,
	       struct str comment, struct error *error) MUST_CHECK;

/* ---- demo_history.c: the years before today. */
date demo_history_start(date today);
bool demo_make_history(struct demo_making *making, struct error *error) MUST_CHECK;

/*
 * demo_expand.c: {n}, {field}, {today+30}, {now-3} (the day it is done), {year-12}, {jan-4+45}, {dec+2}, {yr-4}, {k}, {name}, {taken}, {id:NAME},
 * {one:甲|乙|丙} (by the centre), {near:1500000.00} (a sum of about so much) in a text of the file. The result lives in the site's arena.
 */
bool demo_expand(const struct demo_making *making, struct str text, struct str *text_out,
		 struct error *error) MUST_CHECK;

#endif
