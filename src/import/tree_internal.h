#ifndef IMPORT_TREE_INTERNAL_H
#define IMPORT_TREE_INTERNAL_H

#include "base/list.h"
#include "import/tree_file.h"

/* A tree being read: nodes as they come, each checked against those before it. */
struct tree_draft {
	struct arena *arena;
	struct list nodes;            /* struct topic_node */
	size_t open[TREE_LEVELS_MAX]; /* the node of each level the next one may hang below */
	unsigned depth;               /* of the last node; 0: none yet */
	struct map *names;            /* parent, NUL, name: of siblings */
};

void tree_draft_init(struct tree_draft *draft, struct arena *arena);
void tree_draft_release(struct tree_draft *draft);
/* place: what errors carry as `at`. The texts are copied. */
bool tree_draft_add(struct tree_draft *draft, int64_t place, int64_t level, struct str name,
		    struct str definition, struct str query, struct error *error) MUST_CHECK;
/* Hands the nodes over and releases the draft; an empty tree is an error. */
bool tree_draft_finish(struct tree_draft *draft, struct topic_node **nodes_out, size_t *count_out,
		       struct error *error) MUST_CHECK;

#endif
