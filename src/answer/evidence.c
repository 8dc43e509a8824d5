/*
 * Evidence for the prospect of grant as JSON: what was searched, the feature chart, the closest prior
 * art, how the class fares.
 */
#include "analyse/evidence.h"
#include "answer/answer.h"
#include "patent/publication.h"

enum { FEW = 20 /* decided applications: a rate of fewer is little to go by */ };

struct str answer_number(const struct publication *facts)
{
	struct str number = publication_text(facts, FACT_PUBLICATION_NUMBER);

	return number.size ? number : publication_text(facts, FACT_APPLICATION_NUMBER);
}

static bool write_document(const struct answer *answer, const struct evidence_request *request,
			   const struct evidence_document *row, struct error *error)
{
	struct jsonout *json = answer->json;
	const struct publication *facts;

	if (!answer_facts(answer, row->document, &facts, error))
		return false;
	jsonout_object_begin(json);
	jsonout_member_str(json, "number", answer_number(facts));
	jsonout_member_str(json, "title", answer_title(facts));
	jsonout_member_str(json, "filed", publication_text(facts, FACT_APPLICATION_DATE));
	jsonout_member_number(json, "score", row->score);
	jsonout_member_str(json, "shared", row->shared);
	jsonout_member_bool(json, "all_features", row->has_all);
	jsonout_key(json, "features");
	jsonout_array_begin(json);
	for (size_t i = 0; i < request->feature_count; i++)
		jsonout_cstr(json, disclosures[row->cells[i]].name);
	jsonout_array_end(json);
	jsonout_object_end(json);
	return true;
}

static bool write_documents(const struct answer *answer, const char *key,
			    const struct evidence_request *request,
			    const struct evidence_document *rows, size_t count, struct error *error)
{
	jsonout_key(answer->json, key);
	jsonout_array_begin(answer->json);
	for (size_t i = 0; i < count; i++)
		if (!write_document(answer, request, &rows[i], error))
			return false;
	jsonout_array_end(answer->json);
	return true;
}

bool answer_evidence_is_few(const struct evidence_class *class)
{
	return class->granted + class->refused < FEW;
}

static void write_class(struct jsonout *json, const struct evidence_class *class)
{
	double decided = (double)(class->granted + class->refused);

	jsonout_key(json, "class");
	jsonout_object_begin(json);
	jsonout_member_str(json, "symbol", class->symbol);
	jsonout_member_integer(json, "granted", (int64_t) class->granted);
	jsonout_member_integer(json, "refused", (int64_t) class->refused);
	jsonout_key(json, "grant_rate");
	if (decided > 0)
		jsonout_number(json, (double)class->granted / decided);
	else
		jsonout_null(json);
	jsonout_member_bool(json, "few", answer_evidence_is_few(class));
	jsonout_object_end(json);
}

static void write_search(const struct answer *answer, struct str topic,
			 const struct evidence_request *request, const struct evidence *evidence)
{
	struct jsonout *json = answer->json;

	jsonout_member_date(json, "before", request->before);
	jsonout_member_date(json, "searched_on", answer->today);
	jsonout_member_str(json, "topic", topic);
	jsonout_member_integer(json, "searched", (int64_t)evidence->searched);
	jsonout_key(json, "terms");
	jsonout_array_begin(json);
	for (size_t i = 0; i < evidence->term_count; i++)
		jsonout_str(json, evidence->terms[i].text);
	jsonout_array_end(json);
	jsonout_key(json, "features");
	jsonout_array_begin(json);
	for (size_t i = 0; i < request->feature_count; i++)
		jsonout_str(json, request->features[i]);
	jsonout_array_end(json);
}

/* The closest document and the places, in the list of features, of what it does not have. */
static void write_closest(struct jsonout *json, const struct evidence_request *request,
			  const struct evidence *evidence)
{
	bool is_found = evidence->closest != SIZE_MAX;

	jsonout_key(json, "closest");
	if (is_found)
		jsonout_integer(json, (int64_t)evidence->closest + 1);
	else
		jsonout_null(json);
	jsonout_key(json, "distinguishing");
	jsonout_array_begin(json);
	for (size_t i = 0; is_found && i < request->feature_count; i++)
		if (evidence->documents[evidence->closest].cells[i] != DISCLOSURE_SAME)
			jsonout_integer(json, (int64_t)i + 1);
	jsonout_array_end(json);
}

static bool any_has_all(const struct evidence *evidence, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (evidence->documents[i].has_all)
			return true;
	return false;
}

const char *answer_novelty(const struct evidence *evidence, enum language language)
{
	static const struct label by_one = { "检索到的单篇文献疑似公开全部特征，请阅读核实",
					     "one document found seems to disclose all features: "
					     "read it" };
	static const struct label by_conflict = {
		"抵触申请疑似公开全部特征（仅影响新颖性），请阅读核实",
		"a conflicting application seems to disclose all features (novelty only): read it"
	};
	static const struct label none = {
		"在检索范围内未见单篇文献公开全部特征",
		"no single document in the set searched was found to disclose all features"
	};

	if (any_has_all(evidence, 0, evidence->prior_count))
		return label_text(by_one, language);
	if (any_has_all(evidence, evidence->prior_count, evidence->count))
		return label_text(by_conflict, language);
	return label_text(none, language);
}

bool answer_write_evidence(const struct answer *answer, struct str topic,
			   const struct evidence_request *request, const struct evidence *evidence,
			   struct error *error)
{
	struct jsonout *json = answer->json;
	size_t prior = evidence->prior_count;

	jsonout_object_begin(json);
	write_search(answer, topic, request, evidence);
	if (!write_documents(answer, "documents", request, evidence->documents, prior, error) ||
	    !write_documents(answer, "conflicting", request, evidence->documents + prior,
			     evidence->count - prior, error))
		return false;
	write_closest(json, request, evidence);
	jsonout_member_cstr(json, "novelty", answer_novelty(evidence, answer->language));
	write_class(json, &evidence->class);
	jsonout_object_end(json);
	return true;
}
