/* What a number is. */
#include "answer/answer.h"
#include "patent/number.h"

/* By enum number_what and enum number_check. */
const char *const answer_number_kinds[] = { "unknown", "application", "publication" };
const char *const answer_number_checks[] = { "absent", "valid", "invalid" };

void answer_write_number(struct jsonout *json, struct str input, const struct number *number)
{
	char normal[NUMBER_TEXT_SIZE], corrected[NUMBER_TEXT_SIZE];

	jsonout_object_begin(json);
	jsonout_member_str(json, "input", input);
	jsonout_member_cstr(json, "kind", answer_number_kinds[number->what]);
	jsonout_member_cstr(json, "normal", number->what ? number_text(number, normal) : NULL);
	jsonout_member_cstr(json, "check", answer_number_checks[number->check]);
	if (number->check == NUMBER_CHECK_INVALID)
		jsonout_member_cstr(json, "corrected", number_text_corrected(number, corrected));
	if (number->what) {
		jsonout_member_cstr(json, "office", number->office);
		jsonout_member_cstr(json, "type", patent_types[number_type(number)].name);
	}
	jsonout_object_end(json);
}
