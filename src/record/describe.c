#include "record/describe.h"
#include "record/record_internal.h"

static const char *const kind_names[FIELD_KIND_COUNT] = {
	[FIELD_TEXT] = "text",
	[FIELD_LONG_TEXT] = "long_text",
	[FIELD_INTEGER] = "integer",
	[FIELD_DECIMAL] = "decimal",
	[FIELD_MONEY] = "money",
	[FIELD_DATE] = "date",
	[FIELD_BOOL] = "bool",
	[FIELD_CHOICE] = "choice",
	[FIELD_CHOICES] = "choices",
	[FIELD_REF] = "ref",
	[FIELD_REFS] = "refs",
	[FIELD_FILE] = "file",
	[FIELD_PUBLICATION] = "publication",
	[FIELD_REGION] = "region",
	[FIELD_ORGANISATION] = "organisation",
	[FIELD_USER] = "user",
};

static const struct {
	unsigned flag;
	const char *name;
} flag_names[] = {
	{ FIELD_REQUIRED, "required" },   { FIELD_UNIQUE, "unique" },
	{ FIELD_LISTED, "listed" },       { FIELD_FIXED, "fixed" },
	{ FIELD_SENSITIVE, "sensitive" }, { FIELD_SEARCHED, "searched" },
	{ FIELD_COMPUTED, "computed" },   { FIELD_UNIQUE_EVERYWHERE, "unique" },
};

static const char *const scope_names[] = {
	[SCOPE_OWN] = "own",
	[SCOPE_ASSIGNED] = "assigned",
	[SCOPE_ORGANISATION] = "organisation",
	[SCOPE_BELOW] = "below",
	[SCOPE_ALL] = "all",
};

static void add_label(struct jsonout *json, const char *key, struct label label)
{
	if (label.zh)
		jsonout_member_label(json, key, label);
}

static void add_choices(struct jsonout *json, const char *key, const struct choice *choices)
{
	jsonout_key(json, key);
	jsonout_array_begin(json);
	for (; choices->value; choices++) {
		jsonout_object_begin(json);
		jsonout_member_cstr(json, "value", choices->value);
		add_label(json, "label", choices->label);
		jsonout_object_end(json);
	}
	jsonout_array_end(json);
}

/* ",a,b," as an array; NULL is left out. */
static void add_names(struct jsonout *json, const char *key, const char *names)
{
	struct str rest = str_of(names), part;

	if (!names)
		return;
	jsonout_key(json, key);
	jsonout_array_begin(json);
	while (str_split(&rest, STR(","), &part))
		if (part.size)
			jsonout_str(json, part);
	jsonout_array_end(json);
}

static void add_field(struct jsonout *json, const struct field *field)
{
	jsonout_object_begin(json);
	jsonout_member_cstr(json, "name", field->name);
	jsonout_member_cstr(json, "kind", kind_names[field->kind]);
	for (size_t i = 0; i < sizeof(flag_names) / sizeof(flag_names[0]); i++)
		if (field->flags & flag_names[i].flag)
			jsonout_member_bool(json, flag_names[i].name, true);
	add_label(json, "label", field->label);
	add_label(json, "help", field->help);
	add_label(json, "section", field->section);
	if (field->choices)
		add_choices(json, "choices", field->choices);
	if (field->ref)
		jsonout_member_cstr(json, "ref", field->ref);
	if (field->max > field->min) {
		jsonout_member_integer(json, "min", field->min);
		jsonout_member_integer(json, "max", field->max);
	}
	if (field->kind == FIELD_DECIMAL || field->kind == FIELD_MONEY)
		jsonout_member_integer(json, "scale",
				       field->kind == FIELD_MONEY ? 2 : (int64_t)field->scale);
	jsonout_object_end(json);
}

static void add_steps(struct jsonout *json, const struct record_type *type)
{
	jsonout_key(json, "transitions");
	jsonout_array_begin(json);
	for (const struct transition *step = type->transitions; step && step->name; step++) {
		jsonout_object_begin(json);
		jsonout_member_cstr(json, "name", step->name);
		jsonout_member_cstr(json, "from", step->from);
		jsonout_member_cstr(json, "to", step->to);
		add_label(json, "label", step->label);
		jsonout_member_bool(json, "is_task", step->is_task);
		jsonout_member_bool(json, "wants_comment", step->wants_comment);
		jsonout_object_end(json);
	}
	jsonout_array_end(json);
}

static void add_grants(struct jsonout *json, const struct record_type *type)
{
	jsonout_key(json, "grants");
	jsonout_array_begin(json);
	for (const struct grant *grant = type->grants; grant->roles; grant++) {
		jsonout_object_begin(json);
		jsonout_member_cstr(json, "action", grant->action);
		jsonout_key(json, "roles");
		jsonout_array_begin(json);
		for (int role = 0; role < ROLE_COUNT; role++)
			if (grant->roles & ROLE_BIT(role))
				jsonout_cstr(json, role_infos[role].name);
		jsonout_array_end(json);
		jsonout_member_cstr(json, "scope", scope_names[grant->scope]);
		add_names(json, "states", grant->states);
		if (grant->field)
			jsonout_member_cstr(json, "field", grant->field);
		add_names(json, "hides", grant->hides);
		jsonout_object_end(json);
	}
	jsonout_array_end(json);
}

void record_write_type(struct jsonout *json, const struct record_type *type)
{
	jsonout_member_cstr(json, "name", type->name);
	jsonout_member_cstr(json, "group", type->group);
	if (type->clause)
		jsonout_member_cstr(json, "clause", type->clause);
	add_label(json, "label", type->label);
	jsonout_member_cstr(json, "title_field", type->title_field);
	jsonout_member_cstr(json, "list_sort", type->list_sort);
	jsonout_member_bool(json, "has_attachments", type->has_attachments);
	add_choices(json, "states", type->states);
	jsonout_key(json, "fields");
	jsonout_array_begin(json);
	for (size_t i = 0; i < type->field_count; i++)
		add_field(json, &type->fields[i]);
	jsonout_array_end(json);
	add_steps(json, type);
	add_grants(json, type);
}

void record_write_json(struct strbuf *json_out)
{
	struct jsonout json = JSONOUT_TO(json_out);

	jsonout_object_begin(&json);
	jsonout_key(&json, "roles");
	jsonout_array_begin(&json);
	for (int role = 0; role < ROLE_COUNT; role++) {
		jsonout_object_begin(&json);
		jsonout_member_cstr(&json, "value", role_infos[role].name);
		add_label(&json, "label", role_infos[role].label);
		jsonout_object_end(&json);
	}
	jsonout_array_end(&json);
	jsonout_key(&json, "types");
	jsonout_array_begin(&json);
	for (const struct record_type *const *type = record_types; *type; type++) {
		jsonout_object_begin(&json);
		record_write_type(&json, *type);
		jsonout_object_end(&json);
	}
	jsonout_array_end(&json);
	jsonout_object_end(&json);
}

/* ---- TypeScript. */
/* "annual_task" -> "AnnualTask" */
static void add_pascal(struct strbuf *text, const char *name)
{
	bool upper = true;

	for (; *name; name++) {
		if (*name != '_')
			strbuf_add_byte(text, upper && *name >= 'a' && *name <= 'z'
						      ? (char)(*name - 32)
						      : *name);
		upper = *name == '_';
	}
}

static void add_union(struct strbuf *text, const struct choice *choices)
{
	for (const struct choice *choice = choices; choice->value; choice++)
		strbuf_addf(text, "%s'%s'", choice == choices ? "" : " | ", choice->value);
}

static void add_typescript_kind(struct strbuf *text, const struct field *field)
{
	switch (field->kind) {
	case FIELD_CHOICE:
		add_union(text, field->choices);
		break;
	case FIELD_CHOICES:
		strbuf_add_cstr(text, "(");
		add_union(text, field->choices);
		strbuf_add_cstr(text, ")[]");
		break;
	case FIELD_REFS:
		strbuf_add_cstr(text, "number[]");
		break;
	case FIELD_BOOL:
		strbuf_add_cstr(text, "boolean");
		break;
	case FIELD_INTEGER:
	case FIELD_REF:
	case FIELD_FILE:
	case FIELD_ORGANISATION:
	case FIELD_USER:
		strbuf_add_cstr(text, "number");
		break;
	case FIELD_TEXT:
	case FIELD_LONG_TEXT:
	case FIELD_DECIMAL: /* exact: as texts */
	case FIELD_MONEY:
	case FIELD_DATE:
	case FIELD_PUBLICATION:
	case FIELD_REGION:
	case FIELD_KIND_COUNT:
	default:
		strbuf_add_cstr(text, "string");
	}
}

static void add_interface(struct strbuf *text, const struct record_type *type)
{
	strbuf_addf(text, "\n/** %s */\nexport interface ", type->label.zh);
	add_pascal(text, type->name);
	strbuf_add_cstr(text, "Fields {\n");
	for (size_t i = 0; i < type->field_count; i++) {
		strbuf_addf(text, "\t%s: ", type->fields[i].name);
		add_typescript_kind(text, &type->fields[i]);
		strbuf_addf(text, " | null /* %s */\n", type->fields[i].label.zh);
	}
	strbuf_add_cstr(text, "}\nexport type ");
	add_pascal(text, type->name);
	strbuf_add_cstr(text, "State = ");
	add_union(text, type->states);
	strbuf_add_cstr(text, "\n");
}

void record_write_typescript(struct strbuf *text)
{
	strbuf_add_cstr(text, "// Written by yucheng describe --typescript.\nexport type Role = ");
	for (int role = 0; role < ROLE_COUNT; role++)
		strbuf_addf(text, "%s'%s'", role ? " | " : "", role_infos[role].name);
	strbuf_add_cstr(text, "\n");
	for (const struct record_type *const *type = record_types; *type; type++)
		add_interface(text, *type);
	strbuf_add_cstr(text, "\nexport interface RecordFields {\n");
	for (const struct record_type *const *type = record_types; *type; type++) {
		strbuf_addf(text, "\t%s: ", (*type)->name);
		add_pascal(text, (*type)->name);
		strbuf_add_cstr(text, "Fields\n");
	}
	strbuf_add_cstr(text, "}\nexport type RecordType = keyof RecordFields\n");
}
