/* Lists of countries as people write them: "CN, us、EP" is stored as "CN,US,EP". */
#include "base/strbuf.h"
#include "patent/number.h"
#include "types/types_internal.h"

static bool is_separator(char c)
{
	return c == ',' || c == ';' || c == ' ' || c == '\t' || c == '\n';
}

/* The next code of a list -> *code_out, with the separators of Chinese text understood. */
static bool next_word(struct str *rest, struct str *code_out)
{
	static const char *const wide[] = { "、", "，", "；", "　" };
	size_t size = 0;

	for (;;) {
		size_t skip = rest->size && is_separator(rest->data[0]) ? 1 : 0;

		for (size_t i = 0; !skip && i < sizeof(wide) / sizeof(wide[0]); i++)
			if (str_starts_with(*rest, str_of(wide[i])))
				skip = strlen(wide[i]);
		if (!skip)
			break;
		*rest = str_slice(*rest, skip, rest->size);
	}
	while (size < rest->size && !is_separator(rest->data[size]) &&
	       (unsigned char)rest->data[size] < 0x80)
		size++;
	if (!size)
		size = rest->size; /* a word that is no code: refused as it stands */
	*code_out = str_slice(*rest, 0, size);
	*rest = str_slice(*rest, size, rest->size);
	return size > 0;
}

void types_set_countries(struct record *record, size_t field, struct record_store *store)
{
	struct str rest = str_of(record_text(record, field)), word;
	struct strbuf list = STRBUF_INIT;

	while (next_word(&rest, &word)) {
		char *code = str_to_cstr(store->arena, word);

		for (char *c = code; *c; c++)
			*c = *c >= 'a' && *c <= 'z' ? (char)(*c - 'a' + 'A') : *c;
		if (types_has_country(strbuf_str(&list), str_of(code)))
			continue;
		strbuf_add_cstr(&list, list.size ? "," : "");
		strbuf_add_cstr(&list, code);
	}
	record_set_text(store, record, field,
			str_of(arena_copy(store->arena, list.data, list.size)));
	strbuf_release(&list);
}

bool types_has_country(struct str countries, struct str country)
{
	struct str code;

	while (str_split(&countries, STR(","), &code))
		if (str_equal(code, country))
			return true;
	return false;
}

bool types_check_countries(const struct record *record, size_t field, struct error *error)
{
	struct str rest = str_of(record_text(record, field)), code;

	while (str_split(&rest, STR(","), &code))
		if (code.size && !office_find(code)) {
			error_set(error, ERROR_INVALID, "types.no_country", "%.*s", STR_ARGS(code));
			error->field = record->type->fields[field].name;
			return false;
		}
	return true;
}

bool types_is_abroad(struct str countries)
{
	struct str code;

	while (str_split(&countries, STR(","), &code))
		if (code.size && !str_equal_cstr(code, "CN"))
			return true;
	return false;
}
