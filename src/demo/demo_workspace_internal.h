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
	const struct actor *actor;            /* of people */
	struct str short_name, field_of_work; /* of organisations, as is the path */
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
	int number;                     /* of the centre in a table with `each`; else 0 */
};

/* NULL when nothing has the name. */
const struct demo_named *demo_find_named(const struct demo_making *making, struct str name);
bool demo_wrong(const struct demo_making *making, struct str what, struct error *error);

/*
 * demo_expand.c: {n}, {field}, {today+30}, {year-12}, {id:NAME} in a text of the file. The result
 * lives in the site's arena.
 */
bool demo_expand(const struct demo_making *making, struct str text, struct str *text_out,
		 struct error *error) MUST_CHECK;

#endif
