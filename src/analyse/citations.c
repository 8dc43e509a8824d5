#include "analyse/links_internal.h"
#include "analyse/statistics_internal.h"

/*
 * Citations. Within the set they are counted from the cited numbers themselves; beside them stand
 * the totals the sources supply, which reach beyond the set.
 */
static const struct figure_column citations_columns[] = {
	{ "number", { "公开号", "Number" }, VALUE_TEXT },
	{ "cited_by_in_set", { "集合内被引", "Cited in the set" }, VALUE_COUNT },
	{ "cited_by_supplied", { "来源给出的被引次数", "Cited, as supplied" }, VALUE_COUNT },
	{ "applicant", { "申请人", "Applicant" }, VALUE_TEXT },
	{ "filed", { "申请日", "Filed" }, VALUE_DATE },
};

struct cited {
	uint32_t place;
	double in_set, supplied;
};

static int compare_cited(const void *a, const void *b)
{
	const struct cited *left = a, *right = b;
	double most_left = fmax(left->in_set, left->supplied);
	double most_right = fmax(right->in_set, right->supplied);

	if (most_left != most_right)
		return most_left > most_right ? -1 : 1;
	if (left->in_set != right->in_set)
		return left->in_set > right->in_set ? -1 : 1;
	return left->place < right->place ? -1 : left->place > right->place;
}

static bool share_applicant(const struct analysis_input *input, struct arena *arena, uint32_t a,
			    uint32_t b)
{
	const uint32_t *left, *right;
	size_t left_count = snapshot_ordinals(input->snapshot, arena, COL_APPLICANT, a, &left);
	size_t right_count = snapshot_ordinals(input->snapshot, arena, COL_APPLICANT, b, &right);

	for (size_t i = 0; i < left_count; i++)
		for (size_t j = 0; j < right_count; j++)
			if (left[i] == right[j])
				return true;
	return false;
}

/* Citing and cited have an applicant in common. */
static void add_self_citation(struct build *build, const struct citations *citations)
{
	double self = 0;

	for (size_t i = 0; i < citations->link_count; i++)
		self += share_applicant(build->input, build->arena,
					citations->documents[citations->links[i].citing],
					citations->documents[citations->links[i].cited]);
	build_note(build, "links", (struct label){ "集合内引证", "Citations within the set" },
		   (double)citations->link_count);
	build_note(build, "self_citations", (struct label){ "其中自引", "Self-citations" }, self);
	build_note(build, "self_citation_rate", (struct label){ "自引率", "Self-citation rate" },
		   share_of(self, (double)citations->link_count));
}

static bool run_citations(const struct analysis *analysis, struct build *build, struct error *error)
{
	const struct analysis_input *input = build->input;
	const struct citations *citations = citations_of(input, build->arena);
	struct cited *cited = arena_array(build->arena, struct cited, citations->count + 1);
	size_t count = 0, top = build_top(build, analysis->top);

	(void)error;
	for (size_t i = 0; i < citations->count; i++) {
		double supplied = number_or_none(input->snapshot, COL_COUNT_CITED_BY,
						 citations->documents[i]);

		if (citations->received[i] || supplied > 0)
			cited[count++] = (struct cited){ (uint32_t)i, citations->received[i],
							 isnan(supplied) ? 0 : supplied };
	}
	qsort(cited, count, sizeof(*cited), compare_cited);
	for (size_t i = 0; i < count && i < top; i++) {
		uint32_t document = citations->documents[cited[i].place];

		build_row(build);
		build_document(build, document);
		build_text(build, document_number(input, build->arena, document));
		build_number(build, cited[i].in_set);
		build_number(build, cited[i].supplied);
		build_text(build,
			   document_name(input, build->arena, COL_FIRST_APPLICANT, document));
		build_number(build, number_or_none(input->snapshot, COL_FILED, document));
	}
	add_self_citation(build, citations);
	return true;
}

const struct analysis analysis_citations = {
	.figure = { "citations",
		    { "高被引专利与自引", "Most cited, self-citation" },
		    { "集合内被引按引证号码计数；来源给出的次数包含集合之外；引证与被引有共同申请人"
		      "为自引。",
		      "Citations within the set are counted from the numbers cited; supplied "
		      "totals reach "
		      "beyond it; a self-citation has an applicant on both sides." },
		    SHAPE_BARS,
		    COLUMNS(citations_columns) },
	.run = run_citations,
	.counts_applications = true,
	.top = 20,
};

/* ---- The main path. */
static const struct figure_column main_path_columns[] = {
	{ "number", { "公开号", "Number" }, VALUE_TEXT },
	{ "filed", { "申请日", "Filed" }, VALUE_DATE },
	{ "applicant", { "申请人", "Applicant" }, VALUE_TEXT },
	{ "step", { "序", "Step" }, VALUE_COUNT },
	{ "weight", { "路径计数", "Path count" }, VALUE_NUMBER },
};

struct dated {
	uint32_t place;
	int64_t filed;
};

static int compare_dated(const void *a, const void *b)
{
	const struct dated *left = a, *right = b;

	if (left->filed != right->filed)
		return left->filed < right->filed ? -1 : 1;
	return left->place < right->place ? -1 : left->place > right->place;
}

/* Knowledge flows from the cited to the citing; links against the order of filing are dropped, so
   that no cycle is left. */
struct flow {
	uint32_t *order;
	struct path_link *links;
	size_t link_count, dropped;
};

static struct flow flow_of(struct build *build, const struct citations *citations)
{
	struct arena *arena = build->arena;
	struct dated *dated = arena_array(arena, struct dated, citations->count + 1);
	uint32_t *rank = arena_array(arena, uint32_t, citations->count + 1);
	struct flow flow = { arena_array(arena, uint32_t, citations->count + 1),
			     arena_array(arena, struct path_link, citations->link_count + 1), 0,
			     0 };

	for (size_t i = 0; i < citations->count; i++)
		dated[i] = (struct dated){ (uint32_t)i,
					   snapshot_number(build->input->snapshot, COL_FILED,
							   citations->documents[i]) };
	qsort(dated, citations->count, sizeof(*dated), compare_dated);
	for (size_t i = 0; i < citations->count; i++) {
		flow.order[i] = dated[i].place;
		rank[dated[i].place] = (uint32_t)i;
	}
	for (size_t i = 0; i < citations->link_count; i++) {
		const struct citation *link = &citations->links[i];

		if (rank[link->cited] < rank[link->citing])
			flow.links[flow.link_count++] = (struct path_link){ link->cited,
									    link->citing };
		else
			flow.dropped++;
	}
	return flow;
}

static void add_step(struct build *build, uint32_t document, size_t step, double weight)
{
	const struct analysis_input *input = build->input;

	build_row(build);
	build_document(build, document);
	build_text(build, document_number(input, build->arena, document));
	build_number(build, number_or_none(input->snapshot, COL_FILED, document));
	build_text(build, document_name(input, build->arena, COL_FIRST_APPLICANT, document));
	build_number(build, (double)step);
	build_number(build, weight);
}

static bool run_main_path(const struct analysis *analysis, struct build *build, struct error *error)
{
	const struct citations *citations = citations_of(build->input, build->arena);
	struct flow flow = flow_of(build, citations);
	double *weights = arena_array(build->arena, double, flow.link_count + 1);
	uint32_t *path;
	size_t length;

	(void)analysis;
	(void)error;
	search_path_counts(build->arena, citations->count, flow.order, flow.links, flow.link_count,
			   weights);
	length = main_path_find(build->arena, citations->count, flow.order, flow.links,
				flow.link_count, weights, &path);
	for (size_t i = 0; i < length; i++) {
		if (i == 0)
			add_step(build, citations->documents[flow.links[path[0]].from], 1, NAN);
		add_step(build, citations->documents[flow.links[path[i]].to], i + 2,
			 weights[path[i]]);
	}
	build_note(build, "links", (struct label){ "参与计算的引证", "Citations used" },
		   (double)flow.link_count);
	build_note(build, "dropped",
		   (struct label){ "与申请顺序相反而舍去的引证",
				   "Citations against the order of filing" },
		   (double)flow.dropped);
	build_note(build, "length", (struct label){ "路径专利数", "Documents on the path" },
		   length ? (double)length + 1 : 0);
	return true;
}

const struct analysis analysis_main_path = {
	.figure = { "main_path",
		    { "引证主路径", "Main path" },
		    { "集合内引证网络中搜索路径计数（SPC，Hummon & Doreian 1989；Batagelj "
		      "2003）之和最大的路径；"
		      "与申请先后相反的引证舍去。",
		      "The path with the largest sum of search path counts (SPC; Hummon & Doreian "
		      "1989, "
		      "Batagelj 2003) in the citations within the set; those against the order of "
		      "filing "
		      "are dropped." },
		    SHAPE_TIMELINE,
		    COLUMNS(main_path_columns) },
	.run = run_main_path,
	.counts_applications = true,
};
