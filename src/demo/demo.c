#include "demo/demo.h"

#include "demo/demo_data.h"
#include "demo/demo_internal.h"

bool demo_create(struct arena *arena, struct demo **demo_out, struct error *error)
{
	struct demo *demo = arena_new(arena, struct demo);

	demo->arena = arena;
	if (!demo_read_vocabulary(demo, error))
		return false;
	demo_make_teams(demo);
	demo_make_cases(demo);
	demo_make_citations(demo);
	demo_make_numbers(demo);
	*demo_out = demo;
	return true;
}

size_t demo_case_count(const struct demo *demo)
{
	return demo->case_count;
}

size_t demo_publication_count(const struct demo *demo)
{
	return demo->publication_count;
}

size_t demo_topic_count(const struct demo *demo)
{
	return demo->field_count + 1;
}

void demo_topic(const struct demo *demo, size_t i, struct demo_topic *topic_out)
{
	const struct demo_field_words *field;

	if (i == demo->field_count) {
		*topic_out = (struct demo_topic){
			.name = STR("示例·全部"),
			.purpose = STR("示例数据全集，用于跨领域对比与系统演示"),
			.field = STR("五大关键领域"),
			.query = STR("SOURCE=demo"),
		};
		return;
	}
	field = &demo->fields[i];
	*topic_out = (struct demo_topic){
		.name = str_of(arena_printf(demo->arena, "示例·%.*s", STR_ARGS(field->name))),
		.purpose = field->purpose,
		.field = field->name,
		.query = field->query,
		.trees = { [TREE_TECHNOLOGY] = *demo_field_data[i].technology,
			   [TREE_EFFECT] = *demo_field_data[i].effect },
	};
}
