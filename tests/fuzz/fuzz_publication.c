/*
 * What a damaged or hostile database may hold: bytes that decode are merged, shown and encoded, and
 * what was encoded must decode to the same. The texts then go through the parsers of src/patent.
 */
#include "patent/class.h"
#include "patent/dates.h"
#include "patent/name.h"
#include "patent/number.h"
#include "patent/publication.h"
#include "patent/region.h"
#include "patent/status.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_text(struct arena *arena, struct str text)
{
	const struct str *forms;
	struct str rest = text, part;
	struct class_symbol symbol;
	struct number number;
	struct strbuf key = STRBUF_INIT;
	date day;

	number_parse(text, STR_EMPTY, &number);
	number_lookup_forms(arena, text, &forms);
	dates_parse(text, &day);
	while (class_next(&rest, CLASS_CPC, &symbol, &part))
		;
	rest = text;
	while (name_next(&rest, STR_EMPTY, &part))
		name_type(part);
	name_add_key(text, &key);
	strbuf_release(&key);
	region_of(text);
	status_of_word(text);
	event_kind_of(STR("EP"), text, text);
}

static void encode_again(struct arena *arena, const struct publication *publication)
{
	struct strbuf bytes = STRBUF_INIT, again = STRBUF_INIT;
	struct publication *back;
	struct error error;
	bool is_read;

	publication_encode(publication, &bytes);
	is_read = publication_decode(arena, strbuf_str(&bytes), &back, &error);
	assert(is_read);
	publication_encode(back, &again);
	assert(str_equal(strbuf_str(&bytes), strbuf_str(&again)));
	strbuf_release(&bytes);
	strbuf_release(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_create(4096);
	struct str bytes = { (const char *)data, size };
	struct publication *publication, *merged, *effective;
	struct error error;

	read_text(arena, bytes);
	if (publication_decode(arena, bytes, &publication, &error)) {
		encode_again(arena, publication);
		publication_merge(arena, publication, publication, &merged);
		publication_merge(arena, NULL, publication, &merged);
		assert(!publication_merge(arena, merged, publication, &merged));
		effective = publication_effective(arena, merged);
		assert(effective->count <= merged->count);
		status_of_publications(arena, &effective, 1, date_of(2026, 1, 1));
		for (size_t i = 0; i < effective->count; i++)
			read_text(arena, effective->facts[i].parts[0]);
	}
	arena_destroy(arena);
	return 0;
}
