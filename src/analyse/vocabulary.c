#include "analyse/dimension.h"
#include "patent/class.h"
#include "patent/event.h"
#include "patent/name.h"
#include "patent/status.h"
#include "query/choices.h"

/*
 * Names of coded values. Each vocabulary has its finder: false when it does not know the value,
 * which then stands for itself.
 */
typedef bool finder_fn(struct str value, struct label *label_out);

static bool find_choice(const struct query_choice *choice, struct str value,
			struct label *label_out)
{
	for (; choice->code; choice++) {
		if (str_equal_nocase(value, str_of(choice->code))) {
			*label_out = (struct label){ choice->label.zh, choice->label.en };
			return true;
		}
	}
	return false;
}

static bool find_type(struct str value, struct label *label_out)
{
	return find_choice(query_type_choices, value, label_out);
}

static bool find_office(struct str value, struct label *label_out)
{
	return find_choice(query_country_choices, value, label_out);
}

static bool find_status(struct str value, struct label *label_out)
{
	for (size_t i = 0; i < STATUS_COUNT; i++) {
		if (str_equal_cstr(value, status_infos[i].name)) {
			*label_out = (struct label){ status_infos[i].label.zh,
						     status_infos[i].label.en };
			return true;
		}
	}
	return false;
}

static bool find_status_group(struct str value, struct label *label_out)
{
	for (size_t i = 0; i < STATUS_GROUP_COUNT; i++) {
		if (str_equal_cstr(value, status_group_infos[i].name)) {
			*label_out = (struct label){ status_group_infos[i].label.zh,
						     status_group_infos[i].label.en };
			return true;
		}
	}
	return false;
}

static bool find_applicant_type(struct str value, struct label *label_out)
{
	for (size_t i = 0; i < APPLICANT_TYPE_COUNT; i++) {
		if (str_equal_cstr(value, applicant_types[i].name)) {
			*label_out = (struct label){ applicant_types[i].label.zh,
						     applicant_types[i].label.en };
			return true;
		}
	}
	return find_choice(query_applicant_type_choices, value, label_out);
}

static bool find_event(struct str value, struct label *label_out)
{
	enum event_kind kind = event_kind_find(value);

	if (kind != EVENT_UNKNOWN)
		*label_out = (struct label){ event_infos[kind].label.zh,
					     event_infos[kind].label.en };
	return kind != EVENT_UNKNOWN;
}

/* Below the class there are no names: a subclass goes by that of its class. */
static bool find_class(struct str value, struct label *label_out)
{
	const struct class_name *name = class_name_find(value);

	if (!name)
		name = class_name_find(class_cut(value, CLASS_LEVEL_CLASS));
	if (name)
		*label_out = (struct label){ name->zh, name->en };
	return name != NULL;
}

static const struct class_field_name *field_of(struct str value)
{
	int64_t field;

	if (!str_to_int64(value, &field) || field < 1 || field > CLASS_FIELD_MAX)
		return NULL;
	return class_field_name((unsigned)field);
}

static bool find_field(struct str value, struct label *label_out)
{
	const struct class_field_name *field = field_of(value);

	if (field)
		*label_out = (struct label){ field->name.zh, field->name.en };
	return field != NULL;
}

static finder_fn *const finders[] = {
	[VOCABULARY_TYPE] = find_type,
	[VOCABULARY_STATUS] = find_status,
	[VOCABULARY_STATUS_GROUP] = find_status_group,
	[VOCABULARY_APPLICANT_TYPE] = find_applicant_type,
	[VOCABULARY_EVENT] = find_event,
	[VOCABULARY_OFFICE] = find_office,
	[VOCABULARY_CLASS] = find_class,
	[VOCABULARY_WIPO] = find_field,
};

struct str vocabulary_name(struct arena *arena, enum vocabulary vocabulary, struct str value,
			   enum language language)
{
	struct label label;

	if (vocabulary == VOCABULARY_PERSON)
		return name_display(arena, value);
	if (vocabulary == VOCABULARY_NONE || !finders[vocabulary](value, &label))
		return value;
	return str_of(label_text(label, language));
}

struct str vocabulary_group(enum vocabulary vocabulary, struct str value, enum language language)
{
	const struct class_field_name *field = vocabulary == VOCABULARY_WIPO ? field_of(value)
									     : NULL;

	if (!field)
		return STR_EMPTY;
	return str_of(language == LANGUAGE_EN ? field->sector.en : field->sector.zh);
}
