/* Analyses and reports among what serves the clauses. */
#include "analyse/figure.h"
#include "api/clauses.h"
#include "report/navigation.h"

void clause_add_analyses(struct list *servers)
{
	for (size_t i = 0; i < analysis_count; i++) {
		const struct figure_spec *figure = &analyses[i]->figure;

		*(struct clause_server *)list_add(
			servers) = (struct clause_server){ ANALYSIS_CLAUSE,
							   analyses[i]->clause,
							   "analysis",
							   figure->id,
							   { figure->title.zh, figure->title.en } };
	}
	*(struct clause_server *)list_add(
		servers) = (struct clause_server){ NAVIGATION_CLAUSE,
						   NULL,
						   "report",
						   "navigation",
						   { "专利导航报告", "Navigation report" } };
}
