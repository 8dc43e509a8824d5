#include "import/values.h"

#include "base/strbuf.h"
#include "base/utf8.h"
#include "patent/class.h"

static bool has_class(const struct publication *publication, enum fact_field field,
		      struct str symbol)
{
	for (const struct fact *fact = publication_find(publication, field); fact;
	     fact = publication_next(publication, fact))
		if (str_equal(fact->parts[CLASS_SYMBOL], symbol))
			return true;
	return false;
}

/* 20060101 -> 2006.01 */
static struct str edition_of(struct arena *arena, struct str written)
{
	if (written.size != 8)
		return written;
	return str_of(arena_printf(arena, "%.4s.%.2s", written.data, written.data + 4));
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* （2006.01） -> (2006.01): full width forms of ASCII. */
static struct str half_width(struct arena *arena, struct str text)
{
	struct strbuf folded = STRBUF_INIT;
	struct str copy;
	size_t at = 0;

	if (str_find_byte(text, '\xEF') == STR_NOT_FOUND) /* first byte of all of them */
		return text;
	while (at < text.size) {
		uint32_t rune = utf8_next(text, &at);

		strbuf_add_rune(&folded, rune >= 0xFF01 && rune <= 0xFF5E ? rune - 0xFEE0 : rune);
	}
	copy = str_copy(arena, strbuf_str(&folded));
	strbuf_release(&folded);
	return copy;
}

/*
 * The seventh edition in USPTO's files has no slash: "A45F  504", "H01L 21302" -- the group is
 * three characters wide and the rest is the subgroup.
 */
static struct str with_slash(struct arena *arena, struct str text)
{
	if (text.size < 9 || text.size > 11 || text.data[0] < 'A' || text.data[0] > 'H' ||
	    !is_digit(text.data[1]) || !is_digit(text.data[2]) || text.data[3] < 'A' ||
	    text.data[3] > 'Z')
		return text;
	for (size_t i = 4; i < text.size; i++)
		if (!is_digit(text.data[i]) && (i > 5 || text.data[i] != ' '))
			return text;
	return str_of(arena_printf(arena, "%.4s%.*s/%.*s", text.data,
				   STR_ARGS(str_trim(str_slice(text, 4, 7))),
				   STR_ARGS(str_slice(text, 7, text.size))));
}

/* "I20051008RMEP": the end of an ST.8 symbol whose position was left blank. */
static bool is_symbol_tail(struct str text)
{
	if (text.size < 11 || text.data[0] < 'A' || text.data[0] > 'Z')
		return false;
	for (size_t i = 1; i < 9; i++)
		if (!is_digit(text.data[i]))
			return false;
	return true;
}

/* "21-01-C0293" and "21-01" among the classes: a design in a column of IPC. */
static bool add_locarno(struct value_context *context, const struct value *value, struct str text)
{
	struct class_symbol symbol;
	struct value design = { .field = FACT_LOCARNO, .header = value->header };

	if (value->field != FACT_IPC || text.size < 5 || text.data[2] != '-' ||
	    !class_parse(str_slice(text, 0, 5), CLASS_LOC, &symbol))
		return false;
	design.parts[CLASS_SYMBOL] = str_copy(context->arena, str_of(symbol.text));
	if (!has_class(context->publication, FACT_LOCARNO, design.parts[CLASS_SYMBOL]))
		value_add(context, &design);
	return true;
}

void value_class(struct value_context *context, struct value *value)
{
	enum class_scheme scheme = value->field == FACT_CPC       ? CLASS_CPC
				   : value->field == FACT_LOCARNO ? CLASS_LOC
								  : CLASS_IPC;
	struct str rest = with_slash(context->arena,
				     half_width(context->arena, value->parts[CLASS_SYMBOL]));
	struct str written;
	struct class_symbol symbol;

	while (class_next(&rest, scheme, &symbol, &written)) {
		struct value one = *value;

		if (symbol.level == CLASS_LEVEL_NONE) {
			if (is_symbol_tail(written) || add_locarno(context, value, written))
				continue;
			findings_add(context->findings, FINDING_CLASS, written, 1);
			value_keep_text(context, value, written);
			continue;
		}
		one.parts[CLASS_SYMBOL] = str_copy(context->arena, str_of(symbol.text));
		one.parts[CLASS_EDITION] =
			symbol.edition[0] ? str_copy(context->arena, str_of(symbol.edition))
					  : edition_of(context->arena, value->parts[CLASS_EDITION]);
		if (symbol.value)
			one.parts[CLASS_VALUE] = symbol.value == 'I' ? STR("I") : STR("A");
		if (!has_class(context->publication, value->field, one.parts[CLASS_SYMBOL]))
			value_add(context, &one);
	}
}
