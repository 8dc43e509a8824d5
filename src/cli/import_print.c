#include "cli/import.h"

#include "base/file.h"
#include "base/jsonout.h"
#include "import/rejects.h"

#include <stdio.h>
#include <string.h>

enum { WORDS_SHOWN = 6, REFUSALS_SHOWN = 5 };

static bool is_chinese(const struct context *context)
{
	return context->language == LANGUAGE_ZH;
}

static const char *label_of(const struct context *context, const char *source)
{
	const struct source *found = source ? source_find(str_of(source)) : NULL;

	if (!found)
		return source ? source : "";
	return is_chinese(context) ? found->label.zh : found->label.en;
}

static int64_t rate(const struct import_result *result)
{
	return result->rows * 1000 / (result->milliseconds > 0 ? result->milliseconds : 1);
}

static const char *error_text(const struct context *context, const char *path,
			      const struct error *error)
{
	return rejects_reason(context->arena, context->language, path, error);
}

/* ---- Text */

struct word {
	struct str text;
	uint64_t times;
};

static int by_times(const void *a, const void *b)
{
	uint64_t left = ((const struct word *)a)->times, right = ((const struct word *)b)->times;

	return left < right ? 1 : left > right ? -1 : 0;
}

static struct list sorted_words(const struct map *map)
{
	struct list words = LIST_OF(struct word);

	for (size_t i = 0; i < map_count(map); i++)
		*(struct word *)list_add(&words) = (struct word){ map_key_at(map, i),
								  *map_value_at(map, i) };
	list_sort(&words, by_times);
	return words;
}

static void print_finding(const struct context *context, const struct findings *findings,
			  enum finding kind)
{
	bool chinese = is_chinese(context);
	struct list words = sorted_words(findings->words[kind]);

	printf("  %s%s", chinese ? finding_info[kind].label.zh : finding_info[kind].label.en,
	       chinese ? "：" : ": ");
	for (size_t i = 0; i < words.count && i < WORDS_SHOWN; i++)
		printf("%s%.*s ×%llu", i ? (chinese ? "，" : ", ") : "",
		       STR_ARGS(LIST_AT(&words, struct word, i).text),
		       (unsigned long long)LIST_AT(&words, struct word, i).times);
	if (words.count > WORDS_SHOWN)
		printf(chinese ? "，…（共 %zu 种 %llu 处）" : ", … (%zu different, %llu in all)",
		       words.count, (unsigned long long)findings->count[kind]);
	puts("");
	list_release(&words);
}

/* "第 9 条", "row 9": the record of an XML file, the row of anything else. */
static const char *place_text(const struct context *context, const char *source_name, int64_t place)
{
	const struct source *source = source_name ? source_find(str_of(source_name)) : NULL;
	bool is_record = source && source->formats == SOURCE_XML;

	if (is_chinese(context))
		return arena_printf(context->arena, "第 %lld %s", (long long)place,
				    is_record ? "条" : "行");
	return arena_printf(context->arena, "%s %lld", is_record ? "record" : "row",
			    (long long)place);
}

static void print_refusals(const struct context *context, const struct import_file *file)
{
	const struct import_result *result = &file->result;
	bool chinese = is_chinese(context);

	for (size_t i = 0; i < result->refusals.count && i < REFUSALS_SHOWN; i++) {
		const struct import_rejected *refusal = &LIST_AT(&result->refusals,
								 struct import_rejected, i);

		printf("  %s%s%s\n", place_text(context, result->source, refusal->place),
		       chinese ? "：" : ": ", error_text(context, file->path, &refusal->reason));
	}
	if (result->refusals.count > REFUSALS_SHOWN)
		printf(chinese ? "  …（共拒收 %lld 行，--rejects 可写出全部）\n"
			       : "  … (%lld rows refused; --rejects writes all of them)\n",
		       (long long)result->rejected);
}

void import_print_file(struct context *context, const struct import_file *file)
{
	const struct import_result *result = &file->result;
	bool chinese = is_chinese(context);

	if (file->is_failed) {
		const char *reason = error_text(context, file->path, &file->error);
		bool names_file = strstr(reason, file->path) != NULL;

		printf("%s%s%s\n", names_file ? "" : file->path,
		       names_file ? ""
		       : chinese  ? "："
				  : ": ",
		       reason);
		return;
	}
	printf(chinese ? "%s：%s，%lld 行，新增 %lld，更新 %lld，未变 %lld，拒收 %lld（%lld "
			 "行/秒）\n"
		       : "%s: %s, %lld rows, %lld inserted, %lld updated, %lld unchanged, %lld "
			 "rejected (%lld rows/s)\n",
	       file->path, label_of(context, result->source), (long long)result->rows,
	       (long long)result->inserted, (long long)result->updated,
	       (long long)result->unchanged, (long long)result->rejected, (long long)rate(result));
	if (result->resumed_at)
		printf(chinese ? "  从上次中断处（第 %lld 行之后）继续\n"
			       : "  gone on behind row %lld, where it was interrupted\n",
		       (long long)result->resumed_at);
	if (result->is_stopped)
		printf("  %s\n", error_text(context, file->path, &result->stopped));
	print_refusals(context, file);
	for (size_t kind = 0; kind < FINDING_KIND_COUNT; kind++)
		if (result->findings.count[kind])
			print_finding(context, &result->findings, (enum finding)kind);
}

struct sums {
	int64_t rows, inserted, updated, unchanged, rejected, failed;
};

static struct sums sum_of(const struct import_file *files, size_t count)
{
	struct sums sums = { 0 };

	for (size_t i = 0; i < count; i++) {
		sums.rows += files[i].result.rows;
		sums.inserted += files[i].result.inserted;
		sums.updated += files[i].result.updated;
		sums.unchanged += files[i].result.unchanged;
		sums.rejected += files[i].result.rejected;
		sums.failed += files[i].is_failed;
	}
	return sums;
}

void import_print_sum(struct context *context, const struct import_file *files, size_t count)
{
	struct sums sums = sum_of(files, count);

	printf(is_chinese(context) ? "合计 %zu 个文件（%lld 个未导入）：%lld 行，新增 %lld，更新 "
				     "%lld，未变 %lld，拒收 %lld\n"
				   : "%zu files (%lld not taken in): %lld rows, %lld inserted, "
				     "%lld updated, %lld "
				     "unchanged, %lld rejected\n",
	       count, (long long)sums.failed, (long long)sums.rows, (long long)sums.inserted,
	       (long long)sums.updated, (long long)sums.unchanged, (long long)sums.rejected);
}

void import_print_sources(struct context *context)
{
	struct text_table *table = text_table_create(context->arena, 2);

	for (size_t i = 0; sources[i]; i++) {
		text_table_cell(table, str_of(sources[i]->name));
		text_table_cell(table, str_of(label_of(context, sources[i]->name)));
	}
	text_table_print(table);
}

/* ---- JSON */

static void add_findings(struct jsonout *json, const struct findings *findings)
{
	jsonout_key(json, "warnings");
	jsonout_object_begin(json);
	for (size_t kind = 0; kind < FINDING_KIND_COUNT; kind++) {
		struct list words = sorted_words(findings->words[kind]);

		if (words.count) {
			jsonout_key(json, finding_info[kind].name);
			jsonout_array_begin(json);
		}
		for (size_t i = 0; i < words.count; i++) {
			jsonout_object_begin(json);
			jsonout_member_str(json, "text", LIST_AT(&words, struct word, i).text);
			jsonout_member_integer(json, "count",
					       (int64_t)LIST_AT(&words, struct word, i).times);
			jsonout_object_end(json);
		}
		if (words.count)
			jsonout_array_end(json);
		list_release(&words);
	}
	jsonout_object_end(json);
}

static void add_refusals(struct context *context, struct jsonout *json,
			 const struct import_result *result)
{
	jsonout_key(json, "refused");
	jsonout_array_begin(json);
	for (size_t i = 0; i < result->refusals.count; i++) {
		const struct import_rejected *refusal = &LIST_AT(&result->refusals,
								 struct import_rejected, i);

		jsonout_object_begin(json);
		jsonout_member_integer(json, "row", refusal->place);
		jsonout_member_cstr(json, "key", refusal->reason.key);
		jsonout_member_cstr(
			json, "reason",
			message_format(context->arena, &refusal->reason, context->language));
		jsonout_object_end(json);
	}
	jsonout_array_end(json);
}

static void add_counts(struct jsonout *json, const struct sums *sums)
{
	jsonout_member_integer(json, "inserted", sums->inserted);
	jsonout_member_integer(json, "updated", sums->updated);
	jsonout_member_integer(json, "unchanged", sums->unchanged);
	jsonout_member_integer(json, "rejected", sums->rejected);
}

static void add_file(struct context *context, struct jsonout *json, const struct import_file *file)
{
	const struct import_result *result = &file->result;
	struct sums sums = sum_of(file, 1);
	const char *failure = NULL;

	if (file->is_failed)
		failure = message_format(context->arena, &file->error, context->language);
	else if (result->is_stopped)
		failure = message_format(context->arena, &result->stopped, context->language);
	jsonout_object_begin(json);
	jsonout_member_cstr(json, "file", file->path);
	jsonout_member_cstr(json, "source", result->source);
	jsonout_member_integer(json, "rows", result->rows);
	jsonout_member_cstr(json, "error", failure);
	add_counts(json, &sums);
	jsonout_member_integer(json, "resumed_at", result->resumed_at);
	jsonout_member_integer(json, "rows_per_second", rate(result));
	if (!file->is_failed) {
		add_refusals(context, json, result);
		add_findings(json, &result->findings);
	}
	jsonout_object_end(json);
}

void import_print_json(struct context *context, const struct import_file *files, size_t count)
{
	struct strbuf text = STRBUF_INIT;
	struct jsonout json = JSONOUT_TO(&text);
	struct sums sums = sum_of(files, count);

	jsonout_object_begin(&json);
	add_counts(&json, &sums);
	jsonout_key(&json, "files");
	jsonout_array_begin(&json);
	for (size_t i = 0; i < count; i++)
		add_file(context, &json, &files[i]);
	jsonout_array_end(&json);
	jsonout_object_end(&json);
	strbuf_add_byte(&text, '\n');
	command_print(strbuf_str(&text));
	strbuf_release(&text);
}

/* ---- Refused rows as CSV */

bool import_write_rejects(struct context *context, const char *path,
			  const struct import_file *files, size_t count, struct error *error)
{
	struct arena *arena = arena_create(1 << 16);
	struct rejects *rejects = rejects_create(arena, context->language);
	bool done;

	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < files[i].result.refusals.count; k++)
			rejects_note(rejects, &LIST_AT(&files[i].result.refusals,
						       struct import_rejected, k));
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < files[i].result.refusals.count; k++)
			rejects_write(
				rejects, files[i].path,
				&LIST_AT(&files[i].result.refusals, struct import_rejected, k));
	done = file_write_atomic(path, rejects_text(rejects), error);
	arena_destroy(arena);
	return done;
}
