#include "import/detect.h"

bool detect_open(struct arena *arena, const char *path, struct reader **reader_out,
		 struct error *error)
{
	size_t count;
	const struct record_rule *rules = source_record_rules(arena, &count);

	if (!reader_open(arena, path, NULL, reader_out, error))
		return false;
	reader_set_records(*reader_out, rules, count);
	return true;
}

static bool detect_part(struct arena *arena, struct reader *reader,
			const struct source **source_out, int *score_out, struct error *error)
{
	size_t count;
	const struct str *signature = reader_signature(reader, &count);

	return source_detect(arena, reader_format(reader), signature, count, source_out, score_out,
			     NULL, error);
}

bool detect_source(struct arena *arena, struct reader *reader, const struct source **source_out,
		   int *score_out, struct error *error)
{
	struct arena *row_arena = arena_create(1 << 16);
	uint32_t part = reader_part(reader);
	struct error other;
	bool found = detect_part(arena, reader, source_out, score_out, error);

	while (!found) {
		struct row row = { 0 };
		enum read_result result;

		arena_reset(row_arena);
		result = reader_next(reader, row_arena, &row, &other);
		if (result == READ_END || result == READ_FAILED || row.member.size == 0)
			break;
		if (row.part == part)
			continue;
		part = row.part;
		found = detect_part(arena, reader, source_out, score_out, &other);
	}
	arena_destroy(row_arena);
	return found;
}
