#ifndef CLI_DEMO_INTERNAL_H
#define CLI_DEMO_INTERNAL_H

#include "base/jsonout.h"
#include "cli/command.h"
#include "demo/demo_workspace.h"

/* Organisations, people and their records; their one-time passwords also go to DATA/demo-accounts.txt. */
bool demo_make_people(struct context *context, const struct demo *demo,
		      struct demo_workspace *workspace_out, struct error *error) MUST_CHECK;
/* The accounts as a table, or that the folder has its own already. */
void demo_print_people(struct context *context, const struct demo_workspace *workspace);
/* Members of an open object. */
void demo_write_people(const struct demo_workspace *workspace, struct jsonout *json);

#endif
