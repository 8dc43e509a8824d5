#include "backup/manifest.h"

static const char heading[] = "yucheng-backup 1\n";

void manifest_begin(struct strbuf *text)
{
	strbuf_add_cstr(text, heading);
}

void manifest_add(struct strbuf *text, const char *hash, const struct archive_member *member)
{
	strbuf_addf(text, "%s %lld %s\n", hash, (long long)member->size, member->name);
}

void manifest_end(struct strbuf *text, int64_t count)
{
	strbuf_addf(text, "end %lld\n", (long long)count);
}

/* Members are written and listed in one order, so the texts are the same or the backup is not. */
bool manifest_compare(struct str manifest, struct str read, int64_t count, const char *path,
		      struct error *error)
{
	struct strbuf expected = STRBUF_INIT;
	struct str wanted, found, wanted_line, found_line = STR_EMPTY;
	bool same;

	manifest_begin(&expected);
	strbuf_add_str(&expected, read);
	manifest_end(&expected, count);
	wanted = manifest;
	found = strbuf_str(&expected);
	same = str_equal(wanted, found);
	while (!same && str_split(&wanted, STR("\n"), &wanted_line)) {
		if (str_split(&found, STR("\n"), &found_line) && str_equal(wanted_line, found_line))
			continue;
		error_set(error, ERROR_CORRUPT, "backup.checksum", "%s: %.*s", path,
			  STR_ARGS(str_slice(wanted_line, 0, 160)));
		break;
	}
	if (!same && !wanted.data)
		error_set(error, ERROR_CORRUPT, "backup.checksum", "%s: " MANIFEST_NAME, path);
	strbuf_release(&expected);
	return same;
}
