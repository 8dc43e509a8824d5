#include "report/form.h"

#include "base/file.h"
#include "report/docx.h"
#include "report/html.h"
#include "report/xlsx.h"

#include <string.h>

static bool write_html(const struct report *report, const char *path, struct error *error)
{
	struct strbuf html = STRBUF_INIT;
	bool done;

	report_write_html(report, &html);
	done = file_write_atomic(path, strbuf_str(&html), error);
	strbuf_release(&html);
	return done;
}

#define OFFICE "application/vnd.openxmlformats-officedocument."

static const struct report_form forms[] = {
	{ "html", "text/html; charset=utf-8", write_html },
	{ "xlsx", OFFICE "spreadsheetml.sheet", report_write_xlsx },
	{ "docx", OFFICE "wordprocessingml.document", report_write_docx },
};
enum { FORM_COUNT = sizeof(forms) / sizeof(forms[0]) };
const char *const report_form_names[FORM_COUNT + 1] = { "html", "xlsx", "docx", NULL };

const struct report_form *report_form_named(const char *name)
{
	for (size_t i = 0; i < FORM_COUNT; i++)
		if (!name || strcmp(forms[i].suffix, name) == 0)
			return &forms[i];
	return NULL;
}

bool report_form_find(struct str path, const struct report_form **form_out, struct error *error)
{
	for (size_t i = 0; i < FORM_COUNT; i++) {
		struct str suffix = str_of(forms[i].suffix);

		if (path.size > suffix.size && str_ends_with(path, suffix) &&
		    path.data[path.size - suffix.size - 1] == '.') {
			*form_out = &forms[i];
			return true;
		}
	}
	return error_set(error, ERROR_USAGE, "report.format", "%.*s", STR_ARGS(path));
}
