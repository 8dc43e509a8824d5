#include "library/library.h"

#include <stdlib.h>

struct dated {
	struct publication *effective;
	date published;
	size_t order; /* of storing: breaks ties */
};

static int newest_first(const void *a, const void *b)
{
	const struct dated *left = a, *right = b;

	if (left->published != right->published)
		return left->published > right->published ? -1 : 1;
	return left->order > right->order ? -1 : left->order < right->order;
}

static struct dated *date_publications(struct arena *arena, const struct application *application)
{
	struct dated *dated = arena_array(arena, struct dated, application->publication_count);

	for (size_t i = 0; i < application->publication_count; i++) {
		dated[i].effective = publication_effective(arena, application->stored[i]);
		dated[i].published = publication_date(dated[i].effective, FACT_PUBLICATION_DATE);
		dated[i].order = i;
	}
	qsort(dated, application->publication_count, sizeof(*dated), newest_first);
	return dated;
}

static void append(struct publication *target, const struct fact *fact)
{
	struct fact *added = publication_add_parts(target, (enum fact_field)fact->field,
						   fact->language, fact->parts, fact->part_count);

	if (added)
		*added = *fact;
}

/* Is the fact's field and language among the first `count` facts? */
static bool is_answered(const struct publication *answer, size_t count, const struct fact *fact)
{
	for (size_t i = 0; i < count; i++)
		if (answer->facts[i].field == fact->field &&
		    answer->facts[i].language == fact->language)
			return true;
	return false;
}

static struct publication *join(struct arena *arena, const struct application_view *view)
{
	struct publication *answer = publication_create(arena), *joined = publication_create(arena);

	for (size_t i = 0; i < view->count; i++) {
		size_t answered = answer->count;

		for (size_t f = 0; f < view->effective[i]->count; f++) {
			const struct fact *fact = &view->effective[i]->facts[f];

			if (fact_fields[fact->field].merge == MERGE_UNION)
				append(joined, fact);
			else if (fact->field == FACT_PUBLICATION_NUMBER ||
				 !is_answered(answer, answered, fact))
				append(answer, fact);
		}
	}
	joined = publication_effective(arena, joined);
	for (size_t f = 0; f < joined->count; f++)
		append(answer, &joined->facts[f]);
	return answer;
}

struct application_view application_view(struct arena *arena, const struct application *application)
{
	struct dated *dated = date_publications(arena, application);
	struct application_view view = { .count = application->publication_count };

	view.effective = arena_array(arena, struct publication *, view.count);
	for (size_t i = 0; i < view.count; i++)
		view.effective[i] = dated[i].effective;
	view.answer = view.count == 1 ? view.effective[0] : join(arena, &view);
	return view;
}

struct publication *application_effective(struct arena *arena,
					  const struct application *application)
{
	return application_view(arena, application).answer;
}
