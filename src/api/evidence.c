/* Evidence for the prospect of grant, proposed from the documents here: POST /api/v1/evidence. */
#include "analyse/evidence.h"
#include "api/api_internal.h"
#include "api/routes.h"

enum { LIMIT = 20, LIMIT_MAX = 200 };
_Static_assert((int)LIMIT_MAX <= (int)EVIDENCE_DOCUMENTS_MAX, "no more than can be compared");

static bool read_features(struct call *call, struct evidence_request *request, struct error *error)
{
	const char **given;
	struct str *features;
	size_t count;

	if (!call_texts(call, "features", &given, &count, error))
		return false;
	if (!count) {
		request->feature_count = evidence_features(call->arena, request->text,
							   &request->features);
		return request->feature_count || error_set_field(error, "text", "api.missing");
	}
	if (count > EVIDENCE_FEATURES_MAX)
		return error_set_field(error, "features", "api.features");
	features = arena_array(call->arena, struct str, count);
	for (size_t i = 0; i < count; i++)
		features[i] = str_of(given[i]);
	request->features = features;
	request->feature_count = count;
	return true;
}

static bool read_request(struct call *call, struct evidence_request *request, struct error *error)
{
	const char *text = call_text(call, "text");
	struct answer_set set;
	int64_t limit;

	request->text = str_of(text ? text : "");
	if (!call_integer(call, "limit", LIMIT, 1, LIMIT_MAX, &limit, error) ||
	    !call_date(call, "before", &request->before, error) ||
	    !read_features(call, request, error) || !call_ask(call, &set, error))
		return false;
	request->limit = (size_t)limit;
	request->within = set.documents;
	if (request->before == DATE_NONE)
		request->before = call->today;
	return true;
}

static bool find_evidence(struct call *call, struct error *error)
{
	const struct answer answer = call_answer(call);
	struct evidence_request request = { .limit = 0 };
	const char *topic = call_text(call, "topic");
	struct evidence evidence;

	return read_request(call, &request, error) &&
	       evidence_find(call->snapshot, &request, call->limits, call->arena, &evidence,
			     error) &&
	       answer_write_evidence(&answer, str_of(topic ? topic : ""), &request, &evidence,
				     error);
}

HANDLER(api_evidence, find_evidence)
