/*
 * 机检: the drafting check runs on the file of a quality check's draft, against the draft before it. Its
 * counts, its findings and the points for form are the check's then; the whole stands in its report.
 */
#include "api/draft_call.h"
#include "api/routes.h"
#include "base/list.h"
#include "base/strbuf.h"
#include "types/types.h"

#include <jansson.h>
#include <string.h>

enum { WAIVERS_MAX = 200, FINDINGS_TEXT_MAX = 19000 };

/* Points form loses by one finding, of the 12 of 100 the sheet gives it: a convention of ours. */
enum { ERROR_POINTS = 2, WARNINGS_A_POINT = 2 };

/* ---- Waivers: lines "C14:2=reason；person". */

static bool bad_waiver(struct str line, struct error *error)
{
	error_set(error, ERROR_INVALID, "api.waiver", "%.*s", STR_ARGS(str_slice(line, 0, 120)));
	error->field = "waivers";
	return false;
}

static bool parse_waiver(struct str line, struct str person, struct lint_waiver *waiver_out,
			 struct error *error)
{
	size_t equals = str_find_byte(line, '='), colon, end;
	struct str name = str_trim(str_slice(line, 0, equals)), reason;
	int64_t claim = 0;

	if (equals == STR_NOT_FOUND)
		return bad_waiver(line, error);
	colon = str_find_byte(name, ':');
	if (colon != STR_NOT_FOUND &&
	    (!str_to_int64(str_slice(name, colon + 1, name.size), &claim) || claim < 1 ||
	     claim > 100000))
		return bad_waiver(line, error);
	reason = str_slice(line, equals + 1, line.size);
	end = str_find(reason, STR("；"));
	*waiver_out = (struct lint_waiver){
		.rule = str_trim(str_slice(name, 0, colon == STR_NOT_FOUND ? name.size : colon)),
		.claim = (unsigned)claim,
		.reason = str_trim(str_slice(reason, 0, end == STR_NOT_FOUND ? reason.size : end)),
		.person = end == STR_NOT_FOUND ? person
					       : str_trim(str_slice(reason, end + 3, reason.size)),
	};
	return (draft_rule_is_known(waiver_out->rule) && waiver_out->reason.size > 0 &&
		waiver_out->person.size > 0) ||
	       bad_waiver(line, error);
}

static bool parse_waivers(struct str text, struct str person, struct list *waivers,
			  struct error *error)
{
	struct lint_waiver waiver;
	struct str line;

	while (str_split(&text, STR("\n"), &line)) {
		line = str_trim(line);
		if (line.size == 0)
			continue;
		if (waivers->count == WAIVERS_MAX)
			return bad_waiver(line, error);
		if (!parse_waiver(line, person, &waiver, error))
			return false;
		*(struct lint_waiver *)list_add(waivers) = waiver;
	}
	return true;
}

/* As they are kept: each with who answers for it. */
static struct str waiver_lines(struct arena *arena, const struct list *waivers)
{
	struct strbuf text = STRBUF_INIT;
	struct str kept;

	for (size_t i = 0; i < waivers->count; i++) {
		const struct lint_waiver *waiver = &LIST_AT(waivers, struct lint_waiver, i);

		strbuf_addf(&text, "%s%.*s", i ? "\n" : "", STR_ARGS(waiver->rule));
		if (waiver->claim)
			strbuf_addf(&text, ":%u", waiver->claim);
		strbuf_addf(&text, "=%.*s；%.*s", STR_ARGS(waiver->reason),
			    STR_ARGS(waiver->person));
	}
	kept = str_copy(arena, strbuf_str(&text));
	strbuf_release(&text);
	return kept;
}

/* Those of the body, an array of lines, take the place of those kept. */
static bool read_waivers(struct record_call *records, const struct record *check,
			 struct list *waivers, struct error *error)
{
	struct call *call = records->call;
	struct record_title *names;
	struct str person = STR_EMPTY;
	const char **lines;
	size_t count;

	if (!record_titles(&records->store, &user_type, &call->user_id, 1, &names, &count, error))
		return false;
	if (count)
		person = str_of(names[0].text);
	if (!call_texts(call, "waivers", &lines, &count, error))
		return false;
	if (!call->body || !json_object_get(call->body, "waivers"))
		return parse_waivers(str_of(record_text(check, CHECK_WAIVERS)), person, waivers,
				     error);
	for (size_t i = 0; i < count; i++)
		if (!parse_waivers(str_of(lines[i]), person, waivers, error))
			return false;
	return true;
}

/* ---- The run. */

struct run {
	struct record_call records;
	struct record *check, *draft;
	struct list *waivers; /* findings point into it: as long as the call */
	struct checked_draft *now,
		*before; /* before: NULL without a former draft that can be read */
};

static bool check_drafts(struct run *run, struct error *error)
{
	struct record_call *records = &run->records;
	struct draft_check_options options = { .on = records->call->today,
					       .waivers = run->waivers->items,
					       .waiver_count = run->waivers->count };
	struct error ignored;
	struct record *former;

	if (!call_check_draft(records, run->draft, &options, &run->now, error) ||
	    !call_former_draft(records, run->draft, &former, error))
		return false;
	options.waiver_count = 0;
	if (former && !call_check_draft(records, former, &options, &run->before, &ignored))
		run->before = NULL;
	return true;
}

static int64_t form_points(const struct draft_counts *counts)
{
	int64_t lost = ERROR_POINTS * (int64_t)counts->errors +
		       (int64_t)counts->warnings / WARNINGS_A_POINT;

	return lost < CHECK_FORM_POINTS ? CHECK_FORM_POINTS - lost : 0;
}

static void fill(struct run *run)
{
	struct record_store *store = &run->records.store;
	struct draft_counts counts = draft_count(run->now);
	struct draft_changes changes = { 0 };
	const struct {
		size_t field, value;
	} numbers[] = {
		{ CHECK_ERRORS, counts.errors + counts.waived_errors },
		{ CHECK_WARNINGS, counts.warnings },
		{ CHECK_NOTES, counts.notes },
		{ CHECK_WAIVED, counts.waived_errors },
		{ CHECK_FORM, (size_t)form_points(&counts) },
		{ CHECK_RUNS, (size_t)record_integer(run->check, CHECK_RUNS) + 1 },
	};

	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		record_set_integer(run->check, numbers[i].field, (int64_t)numbers[i].value);
	record_set_date(store, run->check, CHECK_RUN_ON, store->today);
	record_set_text(store, run->check, CHECK_RULES, str_of(draft_rules_edition(store->today)));
	record_set_text(store, run->check, CHECK_WAIVERS, waiver_lines(store->arena, run->waivers));
	record_set_text(
		store, run->check, CHECK_FINDINGS,
		draft_findings_text(store->arena, run->now, LANGUAGE_ZH, FINDINGS_TEXT_MAX));
	for (size_t i = CHECK_NEW; i <= CHECK_STILL; i++)
		record_clear(run->check, i);
	if (!run->before)
		return;
	changes = draft_compare(store->arena, run->before, run->now);
	record_set_integer(run->check, CHECK_NEW, (int64_t)changes.new_count);
	record_set_integer(run->check, CHECK_FIXED, (int64_t)changes.fixed);
	record_set_integer(run->check, CHECK_STILL, (int64_t)changes.still);
}

/* All findings, with their places, as the view of the draft has them. */
static struct str report(struct run *run)
{
	struct arena *arena = run->records.call->arena;
	struct strbuf text = STRBUF_INIT;
	struct jsonout json = JSONOUT_TO(&text);
	struct str kept;

	jsonout_object_begin(&json);
	jsonout_member_date(&json, "run_on", run->records.call->today);
	draft_write_view(&json, arena, LANGUAGE_ZH, run->now);
	if (run->before)
		draft_write_changes(&json, arena, LANGUAGE_ZH, run->before, run->now);
	jsonout_object_end(&json);
	kept = str_copy(arena, strbuf_str(&text));
	strbuf_release(&text);
	return kept;
}

static bool find(struct run *run, struct error *error)
{
	struct record_call *records = &run->records;

	records->type = &quality_check_type;
	if (!record_call_find(records, &run->check, error) ||
	    !record_call_version(records, run->check, false, error))
		return false;
	if (!record_may_on(&records->store, run->check, "update"))
		return error_set(error, ERROR_FORBIDDEN, "record.forbidden", "%s update",
				 quality_check_type.name);
	return record_load(&records->store, &draft_type, record_integer(run->check, CHECK_DRAFT),
			   &run->draft, error);
}

static void release_list(void *list)
{
	list_release(list);
}

static bool run_check(struct call *call, struct error *error)
{
	struct run run = { 0 };
	struct record_file file = { .field = "report", .media_type = "application/json" };

	if (!record_call_begin(call, &run.records, error) || !find(&run, error))
		return false;
	run.waivers = arena_new(call->arena, struct list);
	*run.waivers = LIST_OF(struct lint_waiver);
	arena_defer(call->arena, release_list, run.waivers);
	if (!read_waivers(&run.records, run.check, run.waivers, error) ||
	    !check_drafts(&run, error))
		return false;
	fill(&run);
	file.name = arena_printf(call->arena, "机检报告（第%lld次）.json",
				 (long long)record_integer(run.check, CHECK_RUNS));
	return call_keep_content(&run.records, run.check, &file, report(&run), error) &&
	       call_answer_record(&run.records, run.check, error);
}

HANDLER(api_run_quality_check, run_check)
