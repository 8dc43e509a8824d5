/* A record as a page to print: all fields by section, the steps it went through, comments, files. */
#include "api/record_call.h"
#include "api/routes.h"
#include "report/markup.h"

#include <string.h>

static const char style[] =
	"@page{size:A4;margin:18mm}"
	"body{font:14px/1.6 'Noto Sans CJK SC','Microsoft YaHei',sans-serif;color:#1d2933;"
	"max-width:190mm;margin:24px auto;padding:0 12px}"
	"h1{font-size:22px;margin:0 0 4px}h2{font-size:16px;margin:24px 0 6px;color:#0b4f85}"
	"p{margin:0;color:#5f6b76}table{border-collapse:collapse;width:100%}"
	"th,td{border:1px solid #c9d1d8;padding:5px 8px;text-align:left;vertical-align:top;"
	"overflow-wrap:anywhere;white-space:pre-wrap}"
	"th{background:#f1f5f8;font-weight:600}th[scope=row]{width:32%}tr{break-inside:avoid}"
	"@media print{body{margin:0;max-width:none;padding:0}}";

static bool get_style(struct call *call, struct error *error)
{
	(void)error;
	call->response->content_type = "text/css; charset=utf-8";
	call->response->cache_control = "public, max-age=86400";
	call->response->body = str_of(style);
	return true;
}

struct page {
	struct record_call *records;
	const struct record *record;
	struct strbuf *html;
	enum language language;
};

static const char *pick(const struct page *page, const char *zh, const char *en)
{
	return page->language == LANGUAGE_ZH ? zh : en;
}

static void add_cell(struct page *page, const char *open, struct str text, const char *close)
{
	strbuf_add_cstr(page->html, open);
	markup_add_text(page->html, text);
	strbuf_add_cstr(page->html, close);
}

static void add_pair(struct page *page, const char *label, struct str text)
{
	add_cell(page, "<tr><th scope=\"row\">", str_of(label), "</th>");
	add_cell(page, "<td>", text, "</td></tr>\n");
}

static void add_heading(struct page *page, const char *text)
{
	add_cell(page, "<h2>", str_of(text), "</h2>\n");
}

static void begin_table(struct page *page, const char *const *heads, size_t count)
{
	strbuf_add_cstr(page->html, "<table><thead><tr>");
	for (size_t i = 0; i < count; i++)
		add_cell(page, "<th>", str_of(heads[i]), "</th>");
	strbuf_add_cstr(page->html, "</tr></thead><tbody>\n");
}

static void end_table(struct page *page)
{
	strbuf_add_cstr(page->html, "</tbody></table>\n");
}

/* "2026-02-28 09:30" in China. */
static struct str time_text(struct page *page, int64_t utc_ms)
{
	enum { MINUTE = 60000, DAY = 86400000, CHINA = 8 * 3600000 };
	int64_t local = utc_ms + CHINA;
	char day[DATE_TEXT_SIZE];
	int minutes = (int)(local % DAY / MINUTE);

	date_format((date)(local / DAY), day);
	return str_of(arena_printf(page->records->call->arena, "%s %02d:%02d", day, minutes / 60,
				   minutes % 60));
}

static struct str label_of(struct page *page, const char *type, int64_t id)
{
	return str_of(record_labels_find(page->records->labels, record_type_find(type), id));
}

static const char *state_label(const struct page *page, const char *state)
{
	const struct choice *choice = choice_find(page->record->type->states, str_of(state));

	return choice ? label_text(choice->label, page->language) : state;
}

/* ---- Fields. */

static struct str field_text(struct page *page, size_t at)
{
	const struct field *field = &page->record->type->fields[at];
	const struct value *value = &page->record->values[at];

	if (!value->is_null && value->is_masked)
		return str_of(*value->text ? value->text : "****");
	for (size_t i = 0; field->kind == FIELD_FILE && i < page->records->file_count; i++)
		if (!value->is_null && page->records->files[i].id == value->integer)
			return str_of(page->records->files[i].name);
	return record_labels_show(page->records->labels, field, value, page->language);
}

static bool is_same_section(const struct field *a, const struct field *b)
{
	return strcmp(a->section.zh ? a->section.zh : "", b->section.zh ? b->section.zh : "") == 0;
}

/* All fields of the section that the field `first` begins. */
static void add_section(struct page *page, size_t first)
{
	const struct record_type *type = page->record->type;
	const struct field *begin = &type->fields[first];

	add_heading(page, begin->section.zh ? label_text(begin->section, page->language)
					    : pick(page, "基本信息", "Basics"));
	strbuf_add_cstr(page->html, "<table><tbody>\n");
	for (size_t i = first; i < type->field_count; i++)
		if (is_same_section(begin, &type->fields[i]))
			add_pair(page, label_text(type->fields[i].label, page->language),
				 field_text(page, i));
	end_table(page);
}

static void add_fields(struct page *page)
{
	const struct record_type *type = page->record->type;

	for (size_t i = 0; i < type->field_count; i++) {
		bool is_first = true;

		for (size_t k = 0; k < i; k++)
			is_first = is_first && !is_same_section(&type->fields[k], &type->fields[i]);
		if (is_first)
			add_section(page, i);
	}
}

/* ---- What stands beside. */

static const char *action_label(const struct page *page, const char *action)
{
	const struct transition *step = page->record->type->transitions;

	for (; step && step->name; step++)
		if (strcmp(step->name, action) == 0)
			return label_text(step->label, page->language);
	return action;
}

static const char *const step_heads[2][4] = { { "时间", "办理人", "步骤", "状态" },
					      { "Time", "By", "Step", "State" } };
static const char *const comment_heads[2][3] = { { "时间", "填写人", "意见" },
						 { "Time", "By", "Comment" } };
static const char *const file_heads[2][3] = { { "文件名", "大小（字节）", "上传时间" },
					      { "Name", "Bytes", "Time" } };

/* Oldest first: creation and the changes of state. */
static bool add_steps(struct page *page, struct error *error)
{
	struct record_change *changes;
	size_t count;

	if (!call_history(page->records, page->record, &changes, &count, error))
		return false;
	add_heading(page, pick(page, "办理过程", "Steps"));
	begin_table(page, step_heads[page->language], 4);
	for (size_t i = count; i > 0; i--) {
		const struct record_change *change = &changes[i - 1];
		bool is_creation = !change->field;

		if (!is_creation && strcmp(change->field, "state") != 0)
			continue;
		add_cell(page, "<tr><td>", time_text(page, change->at), "</td>");
		add_cell(page, "<td>", label_of(page, "user", change->user_id), "</td>");
		add_cell(page, "<td>",
			 str_of(is_creation ? pick(page, "新建", "Created")
					    : action_label(page, change->action)),
			 "</td>");
		add_cell(page, "<td>",
			 str_of(state_label(page, is_creation ? page->record->type->states[0].value
							      : change->new_value)),
			 "</td></tr>\n");
	}
	end_table(page);
	return true;
}

static bool add_comments(struct page *page, struct error *error)
{
	struct record_comment *comments;
	size_t count;

	if (!call_comments(page->records, page->record, &comments, &count, error))
		return false;
	if (!count)
		return true;
	add_heading(page, pick(page, "意见", "Comments"));
	begin_table(page, comment_heads[page->language], 3);
	for (size_t i = 0; i < count; i++) {
		add_cell(page, "<tr><td>", time_text(page, comments[i].at), "</td>");
		add_cell(page, "<td>", label_of(page, "user", comments[i].user_id), "</td>");
		add_cell(page, "<td>", str_of(comments[i].text), "</td></tr>\n");
	}
	end_table(page);
	return true;
}

static bool add_files(struct page *page, struct error *error)
{
	struct record_file *files;
	size_t count;

	if (!record_files(&page->records->store, page->record, &files, &count, error))
		return false;
	if (!count)
		return true;
	add_heading(page, pick(page, "附件", "Files"));
	begin_table(page, file_heads[page->language], 3);
	for (size_t i = 0; i < count; i++) {
		add_cell(page, "<tr><td>", str_of(files[i].name), "</td>");
		strbuf_addf(page->html, "<td>%lld</td>", (long long)files[i].size);
		add_cell(page, "<td>", time_text(page, files[i].at), "</td></tr>\n");
	}
	end_table(page);
	return true;
}

/* ---- The page. */

static void add_head(struct page *page)
{
	const struct record *record = page->record;
	struct str title = str_of(record_title(record));

	strbuf_addf(page->html, "<!doctype html>\n<html lang=\"%s\"><head><meta charset=\"utf-8\">",
		    pick(page, "zh-CN", "en"));
	add_cell(page, "<title>", title, "</title>");
	strbuf_add_cstr(page->html, "<link rel=\"stylesheet\" href=\"/api/v1/print.css\">"
				    "</head><body>\n");
	add_cell(page, "<h1>", title, "</h1>\n");
	add_cell(page, "<p>", str_of(label_text(record->type->label, page->language)), "");
	strbuf_addf(page->html, " #%lld · ", (long long)record->id);
	add_cell(page, "", str_of(state_label(page, record->state)), " · ");
	add_cell(page, "", label_of(page, "organisation", record->organisation_id), "</p>\n");
}

static bool print_record(struct call *call, struct error *error)
{
	struct record_call records;
	struct record *record;
	struct page page = { .records = &records, .html = call->text, .language = call->language };

	if (!record_call_begin(call, &records, error) ||
	    !record_call_find(&records, &record, error) ||
	    !call_prepare_records(&records, &record, 1, error))
		return false;
	page.record = record;
	call->response->content_type = "text/html; charset=utf-8";
	add_head(&page);
	add_fields(&page);
	if (!add_steps(&page, error) || !add_comments(&page, error) || !add_files(&page, error))
		return false;
	add_cell(&page, "<p>", time_text(&page, records.store.now_ms), "</p>\n</body></html>\n");
	return true;
}

HANDLER(api_print_record, print_record)
HANDLER(api_print_style, get_style)
