/* A document in lists: what every list shows of it. */
#include "answer/answer.h"
#include "patent/number.h"
#include "patent/status.h"

struct str answer_title(const struct publication *facts)
{
	struct str title = publication_text_in(facts, FACT_TITLE, FACT_ZH);

	return title.size ? title : publication_text(facts, FACT_TITLE);
}

bool answer_facts(const struct answer *answer, uint32_t document,
		  const struct publication **facts_out, struct error *error)
{
	int64_t id = snapshot_document_id(answer->snapshot, document);
	struct application application;

	if (!library_application(answer->library, answer->arena, id, &application, error))
		return false;
	*facts_out = application_effective(answer->arena, &application);
	return true;
}

static void write_day(const struct answer *answer, const char *key, unsigned column,
		      uint32_t document)
{
	int64_t day = snapshot_number(answer->snapshot, column, document);

	jsonout_member_date(answer->json, key, day == NUMBER_NONE ? DATE_NONE : (date)day);
}

static struct str keyword_in(const struct answer *answer, unsigned column, uint32_t document)
{
	const uint32_t *ordinals;
	size_t count = snapshot_ordinals(answer->snapshot, answer->arena, column, document,
					 &ordinals);

	return count ? snapshot_term(answer->snapshot, column, ordinals[0]) : STR_EMPTY;
}

/* A code and, in the answer's language, what it means. */
static void write_code(const struct answer *answer, const char *key, const char *label_key,
		       struct str code, const char *zh, const char *en)
{
	const char *label = answer->language == LANGUAGE_ZH ? zh : en;

	jsonout_member_text(answer->json, key, code);
	jsonout_member_cstr(answer->json, label_key, code.size ? label : NULL);
}

static void write_codes(const struct answer *answer, uint32_t document)
{
	struct str type = keyword_in(answer, COL_TYPE, document);
	struct str status = keyword_in(answer, COL_STATUS, document);
	const struct patent_type_info *type_info = &patent_types[patent_type_of(type)];
	const struct status_info *info = &status_infos[status_find(status)];

	write_code(answer, "type", "type_label", type, type_info->label.zh, type_info->label.en);
	write_code(answer, "status", "status_label", status, info->label.zh, info->label.en);
	jsonout_member_cstr(answer->json, "status_group", status_group_infos[info->group].name);
}

static void write_names(struct jsonout *json, const char *key, const struct publication *facts,
			enum fact_field field)
{
	jsonout_key(json, key);
	jsonout_array_begin(json);
	for (const struct fact *fact = publication_find(facts, field); fact;
	     fact = publication_next(facts, fact))
		jsonout_str(json, fact->parts[0]);
	jsonout_array_end(json);
}

void answer_write_document(const struct answer *answer, uint32_t document,
			   const struct publication *facts)
{
	int64_t cited = snapshot_number(answer->snapshot, COL_COUNT_CITED_BY, document);
	struct jsonout *json = answer->json;

	jsonout_member_integer(json, "id", snapshot_document_id(answer->snapshot, document));
	jsonout_member_text(json, "number", publication_text(facts, FACT_PUBLICATION_NUMBER));
	jsonout_member_text(json, "application", publication_text(facts, FACT_APPLICATION_NUMBER));
	jsonout_member_text(json, "title", answer_title(facts));
	write_names(json, "applicants", facts, FACT_APPLICANT);
	write_names(json, "inventors", facts, FACT_INVENTOR);
	jsonout_member_text(json, "agency", publication_text(facts, FACT_AGENCY));
	write_day(answer, "filed", COL_FILED, document);
	write_day(answer, "published", COL_PUBLISHED, document);
	write_day(answer, "granted", COL_GRANTED, document);
	write_codes(answer, document);
	jsonout_member_text(json, "ipc", publication_text(facts, FACT_IPC));
	jsonout_key(json, "cited");
	if (cited == NUMBER_NONE)
		jsonout_null(json);
	else
		jsonout_integer(json, cited);
}
