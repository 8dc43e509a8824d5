#include "import/map_internal.h"

#include "base/list.h"
#include "patent/name.h"

/* Behind a comma these go on with the name before it: "Idemitsu Kosan Co., Ltd.". */
static const char *const name_tails[] = {
	"Ltd",         "Ltd.",   "LTD",    "LTD.",  "Limited", "Inc",  "Inc.",   "INC",
	"INC.",        "LLC",    "L.L.C.", "Llc",   "LP",      "L.P.", "L.p.",   "Co.",
	"CO.",         "Corp",   "Corp.",  "CORP.", "GmbH",    "S.A.", "S.p.A.", "B.V.",
	"N.V.",        "AG",     "K.K.",   "PLC",   "Jr.",     "Sr.",  "Ph.D.",  "Incorporated",
	"Corporation", "L.L.P.", "LLP",    "S.L.",  "S.r.l.",  "Pte",  "Pty"
};

static bool is_tail(struct str item)
{
	size_t end = str_find_byte(item, ' ');
	struct str word = end == STR_NOT_FOUND ? item : str_slice(item, 0, end);

	for (size_t i = 0; i < sizeof(name_tails) / sizeof(name_tails[0]); i++)
		if (str_equal_cstr(word, name_tails[i]))
			return true;
	return false;
}

size_t list_split(struct arena *arena, struct str text, const char *separators,
		  const struct str **items_out)
{
	bool commas = separators && separators[0] == ',';
	struct list items = LIST_OF(struct str);
	struct str rest = text, item;
	size_t count;

	while (name_next(&rest, commas ? STR(",，") : STR(";；|｜"), &item)) {
		struct str *last = items.count ? &LIST_AT(&items, struct str, items.count - 1)
					       : NULL;

		if (commas && last && is_tail(item)) /* both are views of text */
			last->size = (size_t)(item.data + item.size - last->data);
		else
			*(struct str *)list_add(&items) = item;
	}
	*items_out = list_to_arena(&items, arena, &count);
	return count;
}
