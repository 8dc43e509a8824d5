/* Writes a report with one hand-made figure of every shape: make_report FILE.(html|xlsx|docx) zh|en */
#include "report/form.h"

#include "report_figures.h"

#include <stdio.h>

static struct report *make(struct arena *arena, enum language language)
{
	struct report *report = report_create(arena, language,
					      STR("液冷散热 </title><b>\"导航\"</b> & 示例"));

	report->kind = report_pick(report, "专利导航报告", "Patent navigation report");
	report->is_demo = true;
	report->as_of = date_of(2026, 3, 31);
	report_cover(report, report_pick(report, "数据截至", "Data as of"), STR("2026-03-31"));
	report_cover(report, report_pick(report, "目的", "Purpose"),
		     STR("<img src=x onerror=alert(1)> 识别热点与空白点"));
	report_heading(report, 1, report_pick(report, "各类图形", "All shapes"));
	report_heading(report, 2, report_pick(report, "一览", "Overview"));
	report_paragraph(report, report_pick(report, "本报告由人工构造的数据生成，用于检验版式。",
					     "Made from invented numbers to check the layout."));
	report_notice(report, STR("提示：</script><script>alert(2)</script>"));
	for (size_t i = 0; i < sample_figure_count; i++)
		report_figure(report, sample_figure(arena, i));
	report_appendix(report);
	report_heading(report, 1, report_pick(report, "检索式", "Queries"));
	report_list(report, (const struct str[]){ STR("TA=(液冷)"), STR("IPC=H01M10") }, 2);
	return report;
}

int main(int argument_count, char **arguments)
{
	struct arena *arena = arena_create(1 << 16);
	struct error error = { 0 };
	const struct report_form *form;
	struct report *report;
	bool done;

	if (argument_count != 3)
		return 2;
	report = make(arena, strcmp(arguments[2], "en") == 0 ? LANGUAGE_EN : LANGUAGE_ZH);
	done = report_form_find(str_of(arguments[1]), &form, &error) &&
	       form->write(report, arguments[1], &error);
	if (!done)
		fprintf(stderr, "%s: %s\n", error.key, error.detail);
	arena_destroy(arena);
	return done ? 0 : 3;
}
