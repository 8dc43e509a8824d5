/* One application with all its publications, by any number a person may write. */
#include "api/api_internal.h"
#include "api/routes.h"
#include "import/publication_json.h"
#include "patent/number.h"

static bool publication(struct call *call, struct error *error)
{
	const char *number = request_part(call->request, "number");
	const struct answer answer = call_answer(call);
	struct jsonout *json = &call->json;
	struct application application;
	struct application_view view;
	uint32_t document;
	int64_t id;

	if (!library_find_number(call->library, call->arena, str_of(number), &id, error) ||
	    !library_application(call->library, call->arena, id, &application, error))
		return false;
	view = application_view(call->arena, &application);
	document = snapshot_find_document(call->snapshot, id);
	jsonout_object_begin(json);
	if (document != DOCUMENT_NONE)
		answer_write_document(&answer, document, view.answer);
	jsonout_key(json, "facts");
	jsonout_object_begin(json);
	publication_write_json(view.answer, json);
	jsonout_object_end(json);
	jsonout_key(json, "publications");
	jsonout_array_begin(json);
	for (size_t i = 0; i < view.count; i++) {
		jsonout_object_begin(json);
		publication_write_json(view.effective[i], json);
		jsonout_object_end(json);
	}
	jsonout_array_end(json);
	jsonout_object_end(json);
	return true;
}

/* ---- Numbers: what each is, whether the library has it or not. */

static bool numbers(struct call *call, struct error *error)
{
	struct str rest, part;
	const char *given;

	if (!call_need_text(call, "numbers", &given, error))
		return false;
	rest = str_of(given);
	jsonout_object_begin(&call->json);
	jsonout_key(&call->json, "numbers");
	jsonout_array_begin(&call->json);
	while (str_split(&rest, STR(","), &part)) {
		struct number number;

		number_parse(str_trim(part), str_of(call_text(call, "office")), &number);
		answer_write_number(&call->json, str_trim(part), &number);
	}
	jsonout_array_end(&call->json);
	jsonout_object_end(&call->json);
	return true;
}

HANDLER(api_publication, publication)
HANDLER(api_numbers, numbers)
