#ifndef DEMO_WORKSPACE_H
#define DEMO_WORKSPACE_H

#include "demo/demo.h"

/*
 * The people and the work around the demo collection (data/demo/workspace.toml): a province, three
 * cities, six centres, two agencies, somebody for every role with an account, and records in all
 * their states, behind five years of history (data/demo/history.toml). Each record is made and led on by
 * the person whom it is for, under the same grants as over HTTP, and on its day. The passwords are the only thing that differs from one run to the next.
 */
struct auth_settings;
struct secret_key;

struct demo_site {
	struct library *library;
	struct arena *arena; /* of everything handed back */
	struct auth_settings *settings;
	const struct secret_key *key;
	int64_t now_ms; /* UTC */
	date today;     /* the dates of the records are counted from it, and the years before it */
};

struct demo_account {
	const char *login, *password; /* one-time: to be changed at the first login */
	const char *name;
	const char *role;                      /* "ip_manager" */
	const char *role_label, *organisation; /* in Chinese, as people call them */
};

struct demo_workspace {
	bool is_made; /* false: the folder has organisations already, nothing was done */
	const struct demo_account *accounts;
	size_t account_count;
	int64_t organisations, records; /* records: the others, users and memberships aside */
};

/*
 * Whole or not at all, in one transaction of the library's connection. The collection's topics must
 * be there. A folder that has organisations stays as it is.
 */
bool demo_make_workspace(const struct demo *demo, const struct demo_site *site,
			 struct demo_workspace *workspace_out, struct error *error) MUST_CHECK;

#endif
