#include "query/tree.h"

#include "base/date.h"
#include "query/lexer.h"

#include <stdio.h>
#include <string.h>

const struct query_node *query_root(const struct query *query)
{
	return query->root;
}

size_t query_warnings(const struct query *query, const struct query_warning **warnings_out)
{
	*warnings_out = query->warnings;
	return query->warning_count;
}

bool query_is_all(const struct query *query)
{
	return query->root->kind == NODE_ALL;
}

/* ---- Equality. */

static bool same_phrase(const struct query_phrase *a, const struct query_phrase *b)
{
	if (a->element_count != b->element_count || a->length != b->length)
		return false;
	for (size_t i = 0; i < a->element_count; i++)
		if (a->elements[i].kind != b->elements[i].kind ||
		    a->elements[i].offset != b->elements[i].offset ||
		    !str_equal(a->elements[i].text, b->elements[i].text))
			return false;
	return true;
}

static bool same_match(const struct query_match *a, const struct query_match *b)
{
	return a->kind == b->kind && a->column == b->column && str_equal(a->text, b->text) &&
	       str_equal(a->end, b->end);
}

static bool same_leaf(const struct query_node *a, const struct query_node *b)
{
	if (a->phrase_count != b->phrase_count || a->match_count != b->match_count)
		return false;
	for (size_t i = 0; i < a->phrase_count; i++)
		if (!same_phrase(&a->phrases[i], &b->phrases[i]))
			return false;
	for (size_t i = 0; i < a->match_count; i++)
		if (!same_match(&a->matches[i], &b->matches[i]))
			return false;
	return a->low == b->low && a->high == b->high;
}

bool query_node_equal(const struct query_node *a, const struct query_node *b)
{
	if (a->kind != b->kind || a->field != b->field || a->child_count != b->child_count ||
	    a->times != b->times || a->near.unit != b->near.unit ||
	    a->near.is_ordered != b->near.is_ordered || a->near.gap_max != b->near.gap_max ||
	    (a->kind == NODE_NAME && !str_equal(a->source, b->source)) || !same_leaf(a, b))
		return false;
	for (size_t i = 0; i < a->child_count; i++)
		if (!query_node_equal(a->children[i], b->children[i]))
			return false;
	return true;
}

/* ---- Writing. */

/* Letters, digits and Han need no quotes; nor do wildcards and what joins the parts of a number. */
static bool is_plain_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_' || c == '.' || c == '/' || c == '*' || c == '?';
}

static bool is_reserved(struct str s)
{
	static const char *const words[] = { "and",    "or", "not", "andnot", "to", "any", "all",
					     "within", "与", "或",  "非",     "至", "到" };
	struct query_near near;

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (str_equal_nocase(s, str_of(words[i])))
			return true;
	return query_read_near(s, &near);
}

/* A run of Han only: no sign of the language, full width or not, is among them. */
static bool is_plain_han(struct str s, size_t at)
{
	unsigned char first = (unsigned char)s.data[at];

	return first >= 0xE4 && first <= 0xE9;
}

static bool is_plain(struct str s)
{
	if (s.size == 0 || s.data[0] == '/' || is_reserved(s))
		return false;
	for (size_t at = 0; at < s.size;) {
		if (is_plain_byte(s.data[at])) {
			at++;
			continue;
		}
		if (at + 3 > s.size || !is_plain_han(s, at))
			return false;
		at += 3;
	}
	return true;
}

/* It would take away the meaning of the quote behind it. */
static bool ends_in_lone_backslash(struct str raw)
{
	size_t count = 0;

	while (count < raw.size && raw.data[raw.size - 1 - count] == '\\')
		count++;
	return count % 2 == 1;
}

/* raw: an operand as the lexer gave it, whose backslashes stay. */
static void write_raw(struct str raw, struct strbuf *text)
{
	if (is_plain(raw)) {
		strbuf_add_str(text, raw);
		return;
	}
	strbuf_add_byte(text, '"');
	strbuf_add_str(text, raw);
	if (ends_in_lone_backslash(raw))
		strbuf_add_byte(text, '\\');
	strbuf_add_byte(text, '"');
}

void query_add_operand(struct strbuf *text, struct str s)
{
	struct strbuf raw = STRBUF_INIT;

	for (size_t i = 0; i < s.size; i++) {
		static const char *const quotes[] = { "“", "”", "＂" };

		if (strchr("\\\"*?#", s.data[i]) && s.data[i] != '\0')
			strbuf_add_byte(&raw, '\\');
		for (size_t k = 0; k < 3; k++)
			if (str_starts_with(str_slice(s, i, s.size), str_of(quotes[k])))
				strbuf_add_byte(&raw, '\\');
		strbuf_add_byte(&raw, s.data[i]);
	}
	write_raw(strbuf_str(&raw), text);
	strbuf_release(&raw);
}

static void write_bound(const struct query_node *node, int64_t bound, struct strbuf *text)
{
	char day[DATE_TEXT_SIZE];

	if (bound == INT64_MIN + 1 || bound == INT64_MAX)
		strbuf_add_byte(text, '*');
	else if (node->field->kind == FIELD_DATE)
		strbuf_add_cstr(text, date_format((date)bound, day));
	else
		strbuf_addf(text, "%lld", (long long)bound);
}

static void write_number(const struct query_node *node, struct strbuf *text)
{
	strbuf_addf(text, "%s=[", node->field->code);
	write_bound(node, node->low, text);
	strbuf_add_cstr(text, " TO ");
	write_bound(node, node->high, text);
	strbuf_add_byte(text, ']');
}

/* Did "==" make these matches? */
static bool is_exact(const struct query_node *node)
{
	if (node->kind != NODE_KEYWORD)
		return false;
	switch (node->field->kind) {
	case FIELD_WORDS:
		return true;
	case FIELD_CLASS:
		return node->matches[0].kind == MATCH_EXACT &&
		       node->matches[0].column == node->field->columns[0] &&
		       node->field->columns[0] != COL_LOCARNO;
	case FIELD_EXACT:
		return node->matches[0].kind == MATCH_EXACT && node->matches[0].column == COL_KIND;
	case FIELD_DATE:
	case FIELD_COUNT:
	case FIELD_NUMBER_ID:
	case FIELD_FLAG:
	default:
		return false;
	}
}

static void write_leaf(const struct query_node *node, struct strbuf *text)
{
	if (node->kind == NODE_NUMBER) {
		write_number(node, text);
		return;
	}
	strbuf_addf(text, "%s%s", node->field->code, is_exact(node) ? "==" : "=");
	if (node->kind == NODE_ANY) {
		strbuf_add_cstr(text, "(*)");
	} else if (node->kind == NODE_KEYWORD && node->matches[0].kind == MATCH_CLASSES) {
		strbuf_add_str(text, node->source);
	} else {
		strbuf_add_byte(text, '(');
		write_raw(node->source, text);
		strbuf_add_byte(text, ')');
	}
}

static void add_near_label(const struct query_near *near, struct strbuf *text)
{
	switch (near->unit) {
	case NEAR_SENTENCE:
		strbuf_add_cstr(text, "$SEN");
		break;
	case NEAR_PARAGRAPH:
		strbuf_add_cstr(text, "$PARA");
		break;
	case NEAR_WORDS:
	default:
		strbuf_addf(text, "%s%u", near->is_ordered ? "$PRE" : "$W", near->gap_max);
		break;
	}
}

static void add_label(const struct query_node *node, struct strbuf *text)
{
	switch (node->kind) {
	case NODE_AND:
		strbuf_add_cstr(text, "AND");
		break;
	case NODE_OR:
		strbuf_add_cstr(text, "OR");
		break;
	case NODE_NOT:
		strbuf_add_cstr(text, "NOT");
		break;
	case NODE_ALL:
		strbuf_add_cstr(text, "ALL");
		break;
	case NODE_NEAR:
		add_near_label(&node->near, text);
		break;
	case NODE_FREQUENCY:
		strbuf_addf(text, "$FREQ%u", node->times);
		break;
	case NODE_NAME:
		strbuf_add_byte(text, '#');
		strbuf_add_byte(text, '"');
		for (size_t i = 0; i < node->source.size; i++) {
			if (strchr("\\\"", node->source.data[i]))
				strbuf_add_byte(text, '\\');
			strbuf_add_byte(text, node->source.data[i]);
		}
		strbuf_add_byte(text, '"');
		break;
	case NODE_WORDS:
	case NODE_KEYWORD:
	case NODE_NUMBER:
	case NODE_ANY:
	default:
		write_leaf(node, text);
		break;
	}
}

struct str query_node_label(struct arena *arena, const struct query_node *node)
{
	struct strbuf text = STRBUF_INIT;
	struct str label;

	add_label(node, &text);
	label = str_copy(arena, strbuf_str(&text));
	strbuf_release(&text);
	return label;
}

/* The depth of a tree is limited, so recursion is. */
void query_node_write(const struct query_node *node, struct strbuf *text)
{
	switch (node->kind) {
	case NODE_AND:
	case NODE_OR:
	case NODE_NEAR:
		strbuf_add_byte(text, '(');
		for (size_t i = 0; i < node->child_count; i++) {
			if (i > 0) {
				strbuf_add_byte(text, ' ');
				add_label(node, text);
				strbuf_add_byte(text, ' ');
			}
			query_node_write(node->children[i], text);
		}
		strbuf_add_byte(text, ')');
		break;
	case NODE_NOT:
		strbuf_add_cstr(text, "(NOT ");
		query_node_write(node->children[0], text);
		strbuf_add_byte(text, ')');
		break;
	case NODE_FREQUENCY:
		strbuf_add_byte(text, '(');
		query_node_write(node->children[0], text);
		strbuf_addf(text, " $FREQ%u)", node->times);
		break;
	case NODE_ALL:
	case NODE_NAME:
	case NODE_WORDS:
	case NODE_KEYWORD:
	case NODE_NUMBER:
	case NODE_ANY:
	default:
		add_label(node, text);
		break;
	}
}

struct str query_bracketed(struct arena *arena, const struct query *query)
{
	struct strbuf text = STRBUF_INIT;
	struct str bracketed;

	query_node_write(query->root, &text);
	bracketed = str_copy(arena, strbuf_str(&text));
	strbuf_release(&text);
	return bracketed;
}
