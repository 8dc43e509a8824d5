/* Hits as a file: those of a query, or those chosen by number. */
#include "analyse/dimension.h"
#include "api/api_internal.h"
#include "api/routes.h"
#include "base/csv.h"
#include "base/file.h"
#include "base/label.h"
#include "report/sheet.h"

#include <unistd.h>

enum { HITS_MAX = 10000 };
enum form { FORM_XLSX, FORM_CSV };
static const char *const forms[] = { [FORM_XLSX] = "xlsx", [FORM_CSV] = "csv", NULL };

/* What a column holds: a number of the index, or facts of the document. */
struct hit_column {
	struct label label;
	enum sheet_kind kind;
	enum fact_field field;
	const char *joint; /* between several values; NULL: the first one only */
};
static const struct hit_column columns[] = {
	{ { "公开（公告）号", "Publication number" }, SHEET_TEXT, FACT_PUBLICATION_NUMBER, NULL },
	{ { "申请号", "Application number" }, SHEET_TEXT, FACT_APPLICATION_NUMBER, NULL },
	{ { "标题", "Title" }, SHEET_LONG_TEXT, FACT_TITLE, NULL },
	{ { "申请人", "Applicants" }, SHEET_LONG_TEXT, FACT_APPLICANT, "; " },
	{ { "当前权利人", "Owners" }, SHEET_LONG_TEXT, FACT_OWNER, "; " },
	{ { "发明人", "Inventors" }, SHEET_LONG_TEXT, FACT_INVENTOR, "; " },
	{ { "代理机构", "Agency" }, SHEET_TEXT, FACT_AGENCY, NULL },
	{ { "申请日", "Filed" }, SHEET_DATE, FACT_APPLICATION_DATE, NULL },
	{ { "公开（公告）日", "Published" }, SHEET_DATE, FACT_PUBLICATION_DATE, NULL },
	{ { "授权公告日", "Granted" }, SHEET_DATE, FACT_GRANT_DATE, NULL },
	{ { "专利类型", "Type" }, SHEET_TEXT, FACT_TYPE, NULL },
	{ { "法律状态", "Status" }, SHEET_TEXT, FACT_STATUS, NULL },
	{ { "IPC 分类号", "IPC" }, SHEET_TEXT, FACT_IPC, "; " },
	{ { "摘要", "Abstract" }, SHEET_LONG_TEXT, FACT_ABSTRACT, NULL },
};
enum { COLUMN_COUNT = sizeof(columns) / sizeof(columns[0]) };

static struct str joined(struct arena *arena, const struct publication *facts,
			 const struct hit_column *column)
{
	struct strbuf text = STRBUF_INIT;
	struct str copy;

	for (const struct fact *fact = publication_find(facts, column->field); fact;
	     fact = publication_next(facts, fact)) {
		if (text.size > 0)
			strbuf_add_cstr(&text, column->joint);
		strbuf_add_str(&text, fact->parts[0]);
	}
	copy = str_copy(arena, strbuf_str(&text));
	strbuf_release(&text);
	return copy;
}

/* A coded value of the index in words; empty when there is none. */
static struct str code_of(const struct answer *answer, unsigned column, uint32_t document,
			  enum vocabulary vocabulary)
{
	const uint32_t *ordinals;

	if (snapshot_ordinals(answer->snapshot, answer->arena, column, document, &ordinals) == 0)
		return STR_EMPTY;
	return vocabulary_name(answer->arena, vocabulary,
			       snapshot_term(answer->snapshot, column, ordinals[0]),
			       answer->language);
}

static struct str cell_of(const struct answer *answer, uint32_t document,
			  const struct publication *facts, const struct hit_column *column)
{
	if (column->field == FACT_TITLE)
		return answer_title(facts);
	if (column->field == FACT_TYPE)
		return code_of(answer, COL_TYPE, document, VOCABULARY_TYPE);
	if (column->field == FACT_STATUS)
		return code_of(answer, COL_STATUS, document, VOCABULARY_STATUS);
	return column->joint ? joined(answer->arena, facts, column)
			     : publication_text(facts, column->field);
}

/* The texts outlive the page: they are copied to the call's memory. */
static const struct str *row_of(struct call *call, const struct answer *answer, uint32_t document,
				struct error *error)
{
	struct str *cells = arena_array(call->arena, struct str, COLUMN_COUNT);
	const struct publication *facts;

	if (!answer_facts(answer, document, &facts, error))
		return NULL;
	for (size_t i = 0; i < COLUMN_COUNT; i++)
		cells[i] = str_copy(call->arena, cell_of(answer, document, facts, &columns[i]));
	return cells;
}

static bool make_rows(struct call *call, const struct scored *hits, size_t count,
		      const struct str ***rows_out, struct error *error)
{
	const struct str **rows = arena_array(call->arena, const struct str *, count + 1);
	struct answer answer = call_answer(call);
	struct arena *work = arena_create(1 << 18);
	bool done = true;

	answer.arena = work;
	for (size_t i = 0; i < count && done; i++) {
		rows[i] = row_of(call, &answer, hits[i].document, error);
		done = rows[i] != NULL;
		if (done && request_is_expired(call->request))
			done = error_set(error, ERROR_BUSY, "http.expired", " ");
		arena_reset(work);
	}
	arena_destroy(work);
	*rows_out = rows;
	return done;
}

/* ---- Which documents. */

static bool find_chosen(struct call *call, const char **numbers, size_t count,
			struct scored **hits_out, struct error *error)
{
	struct scored *hits = arena_array(call->arena, struct scored, count);

	for (size_t i = 0; i < count; i++) {
		int64_t id;

		if (!library_find_number(call->library, call->arena, str_of(numbers[i]), &id,
					 error))
			return false;
		hits[i].document = snapshot_find_document(call->snapshot, id);
		if (hits[i].document == DOCUMENT_NONE)
			return error_set(error, ERROR_NOT_FOUND, "api.no_such", "%s", numbers[i]);
	}
	*hits_out = hits;
	return true;
}

static bool find_all(struct call *call, struct answer_hits *hits_out, struct error *error)
{
	struct answer_search search = { .limit = HITS_MAX };
	const struct answer answer = call_answer(call);
	struct answer_set set;

	if (!call_choice(call, "sort", answer_sorts, &search.sort, error) ||
	    !call_choice(call, "unit", answer_hit_units, &search.unit, error) ||
	    !call_ask(call, &set, error) || !answer_search(&answer, &search, &set, hits_out, error))
		return false;
	return hits_out->count <= HITS_MAX ||
	       error_set(error, ERROR_LIMIT, "api.sheet_rows", "%d", HITS_MAX);
}

/* ---- The file. */

static struct str head_of(const struct call *call, size_t column)
{
	return str_of(label_text(columns[column].label, call->language));
}

static bool answer_csv(struct call *call, const struct str *const *rows, size_t count)
{
	struct strbuf *text = call->text;

	csv_add_mark(text);
	for (size_t i = 0; i < COLUMN_COUNT; i++)
		csv_add_cell(text, head_of(call, i), i == 0);
	csv_end_row(text);
	for (size_t row = 0; row < count; row++) {
		for (size_t i = 0; i < COLUMN_COUNT; i++)
			csv_add_text(text, rows[row][i], i == 0);
		csv_end_row(text);
	}
	call->response->content_type = "text/csv; charset=utf-8";
	response_attachment(call->request, call->response, "yucheng.csv");
	return true;
}

static bool answer_xlsx(struct call *call, const struct str *const *rows, size_t count,
			struct error *error)
{
	static const char type[] =
		"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
	struct sheet_column sheet_columns[COLUMN_COUNT] = { { .kind = SHEET_TEXT } };
	const char *folder = file_join(call->arena, call->api->folder, "temporary");
	const char *path = arena_printf(call->arena, "%s/%s.xlsx", folder, call->request->id);
	struct sheet sheet = { .name = call->language == LANGUAGE_ZH ? STR("专利") : STR("Patents"),
			       .columns = sheet_columns,
			       .column_count = COLUMN_COUNT,
			       .rows = rows,
			       .row_count = count };
	bool done;

	for (size_t i = 0; i < COLUMN_COUNT; i++)
		sheet_columns[i] = (struct sheet_column){ .head = head_of(call, i),
							  .kind = columns[i].kind };
	if (!file_make_folder(folder, error) || !report_write_sheet(&sheet, path, error))
		return false;
	done = response_file(call->request, call->response, path, type, "yucheng.xlsx", error);
	unlink(path); /* it is open: the answer has it */
	return done;
}

static bool hits_file(struct call *call, struct error *error)
{
	struct answer_hits hits = { .count = 0 };
	const struct str **rows;
	const char **numbers;
	size_t chosen;
	int form;

	if (!call_choice(call, "format", forms, &form, error) ||
	    !call_texts(call, "numbers", &numbers, &chosen, error))
		return false;
	hits.hit_count = chosen;
	if (chosen ? !find_chosen(call, numbers, chosen, &hits.hits, error)
		   : !find_all(call, &hits, error))
		return false;
	if (!make_rows(call, hits.hits, hits.hit_count, &rows, error))
		return false;
	return form == FORM_CSV ? answer_csv(call, rows, hits.hit_count)
				: answer_xlsx(call, rows, hits.hit_count, error);
}

HANDLER(api_hits_file, hits_file)
