/* What the pages of disclosures and of evaluations are made from: the rules' own tables. */
#include "api/call.h"
#include "api/routes.h"
#include "rule/evaluation.h"
#include "types/types.h"

static const char *field_name(size_t field)
{
	return field < DISCLOSURE_FIELD_COUNT ? disclosure_type.fields[field].name : NULL;
}

static void write_part(struct jsonout *json, const struct disclosure_part *part)
{
	jsonout_object_begin(json);
	jsonout_member_label(json, "label", part->label);
	jsonout_member_integer(json, "weight", part->weight);
	jsonout_member_bool(json, "is_mandatory", part->is_mandatory);
	jsonout_key(json, "fields");
	jsonout_array_begin(json);
	jsonout_cstr(json, field_name(part->first));
	if (part->second != part->first)
		jsonout_cstr(json, field_name(part->second));
	jsonout_array_end(json);
	jsonout_member_cstr(json, "when", field_name(part->when));
	jsonout_object_end(json);
}

static bool list_parts(struct call *call, struct error *error)
{
	size_t count;
	const struct disclosure_part *parts = disclosure_parts(&count);

	(void)error;
	jsonout_object_begin(&call->json);
	jsonout_member_integer(&call->json, "enough", DISCLOSURE_COMPLETE_ENOUGH);
	jsonout_key(&call->json, "parts");
	jsonout_array_begin(&call->json);
	for (size_t i = 0; i < count; i++)
		write_part(&call->json, &parts[i]);
	jsonout_array_end(&call->json);
	jsonout_object_end(&call->json);
	return true;
}

/* field: of the record type evaluation. */
static void write_item(struct jsonout *json, const struct evaluation_item *item,
		       struct arena *arena)
{
	static const char *const dimensions[DIMENSION_COUNT] = {
		[DIMENSION_MARKET] = "market",     [DIMENSION_TECHNOLOGY] = "technology",
		[DIMENSION_PROSPECT] = "prospect", [DIMENSION_LAYOUT] = "layout",
		[DIMENSION_LEGAL] = "legal",       [DIMENSION_ECONOMY] = "economy",
	};
	char *field = str_to_cstr(arena, str_of(item->id));

	for (char *at = field; *at; at++)
		*at = (char)(*at >= 'A' && *at <= 'Z' ? *at - 'A' + 'a' : *at);
	jsonout_object_begin(json);
	jsonout_member_cstr(json, "id", item->id);
	jsonout_member_cstr(json, "field", field);
	jsonout_member_cstr(json, "dimension", dimensions[item->dimension]);
	jsonout_member_label(json, "dimension_label", evaluation_dimensions[item->dimension]);
	jsonout_member_label(json, "label", (struct label){ item->zh, item->en });
	jsonout_member_label(json, "ask", (struct label){ item->ask_zh, item->ask_en });
	jsonout_member_number(json, "weight", item->weight);
	jsonout_member_bool(json, "is_veto", item->is_veto);
	jsonout_member_bool(json, "is_optional", item->is_optional);
	jsonout_member_bool(json, "needs_evidence", item->needs_evidence);
	jsonout_member_label(json, "basis", rule_basis_label(arena, item->basis));
	jsonout_object_end(json);
}

static void write_threshold(struct jsonout *json, const struct evaluation_threshold *threshold)
{
	const struct evaluation_decision_info *decision =
		&evaluation_decisions[threshold->decision];

	jsonout_object_begin(json);
	jsonout_member_number(json, "minimum", threshold->minimum);
	jsonout_member_cstr(json, "decision", decision->name);
	jsonout_member_label(json, "label", decision->label);
	jsonout_object_end(json);
}

static bool list_items(struct call *call, struct error *error)
{
	size_t item_count, threshold_count;
	const struct evaluation_item *items = evaluation_items(SHEET_PREFILING, &item_count);
	const struct evaluation_threshold *thresholds = evaluation_thresholds(&threshold_count);
	struct jsonout *json = &call->json;

	(void)error;
	jsonout_object_begin(json);
	jsonout_member_cstr(json, "edition", items[0].edition);
	jsonout_member_integer(json, "most", EVALUATION_SCORE_MAX);
	jsonout_key(json, "items");
	jsonout_array_begin(json);
	for (size_t i = 0; i < item_count; i++)
		write_item(json, &items[i], call->arena);
	jsonout_array_end(json);
	jsonout_key(json, "thresholds");
	jsonout_array_begin(json);
	for (size_t i = 0; i < threshold_count; i++)
		write_threshold(json, &thresholds[i]);
	jsonout_array_end(json);
	jsonout_object_end(json);
	return true;
}

HANDLER(api_disclosure_parts, list_parts)
HANDLER(api_evaluation_items, list_items)
