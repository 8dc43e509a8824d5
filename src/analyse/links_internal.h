#ifndef ANALYSE_LINKS_INTERNAL_H
#define ANALYSE_LINKS_INTERNAL_H

#include "analyse/build_internal.h"

/*
 * Citations within the set, from both sides: what its documents cite (COL_CITES) and who the
 * sources say cites them (COL_CITED_BY). Documents are numbered 0 to count - 1 in ascending
 * order of their index numbers; each pair stands once, and none cites itself.
 */
struct citation {
	uint32_t citing, cited;
};
struct citations {
	uint32_t *documents; /* index numbers of the set */
	size_t count;
	struct citation *links; /* sorted by citing, then cited */
	size_t link_count;
	uint32_t *received; /* links that cite a document */
};
const struct citations *citations_of(const struct analysis_input *input, struct arena *arena);

/*
 * Search path count (Hummon, Doreian 1989; Batagelj 2003): how many of the paths from documents
 * that cite nothing to those nobody cites run over a link. Links go from the older to the younger
 * document, `order` being a topological order of them; weights_out has one a link.
 */
struct path_link {
	uint32_t from, to;
};
void search_path_counts(struct arena *arena, size_t node_count, const uint32_t *order,
			const struct path_link *links, size_t link_count, double *weights_out);

/*
 * The path with the largest sum of weights (global main path; Liu, Lu 2012), as indexes of links;
 * ties go to the link that stands first.
 */
size_t main_path_find(struct arena *arena, size_t node_count, const uint32_t *order,
		      const struct path_link *links, size_t link_count, const double *weights,
		      uint32_t **path_out);

#endif
