/* A document in lists: what every list shows of it. */
#include "api/api_internal.h"
#include "patent/status.h"

static date day_in(const struct call *call, unsigned column, uint32_t document)
{
	int64_t day = snapshot_number(call->snapshot, column, document);

	return day == NUMBER_NONE ? DATE_NONE : (date)day;
}

static void write_status(struct call *call, uint32_t document)
{
	const uint32_t *ordinals;
	size_t count = snapshot_ordinals(call->snapshot, call->arena, COL_STATUS, document,
					 &ordinals);
	struct str name = count ? snapshot_term(call->snapshot, COL_STATUS, ordinals[0])
				: STR_EMPTY;
	const struct status_info *info = &status_infos[status_find(name)];

	member_text(&call->json, "status", name);
	jsonout_member_cstr(&call->json, "status_label",
			    count == 0                      ? NULL
			    : call->language == LANGUAGE_ZH ? info->label.zh
							    : info->label.en);
}

static struct str title_of(const struct publication *facts)
{
	struct str title = publication_text_in(facts, FACT_TITLE, FACT_ZH);

	return title.size ? title : publication_text(facts, FACT_TITLE);
}

static void write_names(struct call *call, const char *key, const struct publication *facts,
			enum fact_field field)
{
	jsonout_key(&call->json, key);
	jsonout_array_begin(&call->json);
	for (const struct fact *fact = publication_find(facts, field); fact;
	     fact = publication_next(facts, fact))
		jsonout_str(&call->json, fact->parts[0]);
	jsonout_array_end(&call->json);
}

bool write_document(struct call *call, uint32_t document, const struct publication **facts_out,
		    struct error *error)
{
	struct jsonout *json = &call->json;
	int64_t id = snapshot_document_id(call->snapshot, document);
	int64_t cited = snapshot_number(call->snapshot, COL_COUNT_CITED_BY, document);
	const struct publication *facts;
	struct application application;

	if (!library_application(call->library, call->arena, id, &application, error))
		return false;
	facts = application_effective(call->arena, &application);
	jsonout_member_integer(json, "id", id);
	member_text(json, "number", publication_text(facts, FACT_PUBLICATION_NUMBER));
	member_text(json, "application", publication_text(facts, FACT_APPLICATION_NUMBER));
	member_text(json, "title", title_of(facts));
	write_names(call, "applicants", facts, FACT_APPLICANT);
	write_names(call, "inventors", facts, FACT_INVENTOR);
	member_date(json, "filed", day_in(call, COL_FILED, document));
	member_date(json, "published", day_in(call, COL_PUBLISHED, document));
	member_date(json, "granted", day_in(call, COL_GRANTED, document));
	write_status(call, document);
	member_text(json, "ipc", publication_text(facts, FACT_IPC));
	jsonout_key(json, "cited");
	if (cited == NUMBER_NONE)
		jsonout_null(json);
	else
		jsonout_integer(json, cited);
	*facts_out = facts;
	return true;
}
