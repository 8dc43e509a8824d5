#include "fuzz_reader.h"

#include "base/strbuf.h"

#include <assert.h>
#include <string.h>
#include <zip.h>

/*
 * The input is the text of the parts below, one after the other, parted by a line "@": mutating
 * packed data would hardly ever get past the unpacking.
 */
static const char *const names[] = {
	"xl/workbook.xml",
	"xl/_rels/workbook.xml.rels",
	"xl/worksheets/sheet1.xml",
	"xl/sharedStrings.xml",
	"xl/styles.xml",
};

static void add_part(zip_t *archive, const char *name, struct str content)
{
	zip_source_t *source = zip_source_buffer(archive, content.data, content.size, 0);
	zip_int64_t index = zip_file_add(archive, name, source, 0);

	assert(index >= 0);
	zip_set_file_compression(archive, (zip_uint64_t)index, ZIP_CM_STORE, 0);
}

static void read_target(zip_source_t *target)
{
	static char file[1 << 20];
	zip_int64_t size;

	if (zip_source_open(target) != 0)
		return;
	size = zip_source_read(target, file, sizeof(file));
	zip_source_close(target);
	if (size > 0)
		fuzz_reader(file, (size_t)size);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str rest = { (const char *)data, size }, part;
	zip_error_t error;
	zip_source_t *target = zip_source_buffer_create(NULL, 0, 0, &error);
	zip_t *archive = zip_open_from_source(target, ZIP_CREATE | ZIP_TRUNCATE, &error);

	zip_source_keep(target);
	add_part(archive, "[Content_Types].xml", STR("<Types/>"));
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (str_split(&rest, STR("\n@\n"), &part) && part.size > 0)
			add_part(archive, names[i], part);
	if (zip_close(archive) == 0)
		read_target(target);
	else
		zip_discard(archive);
	zip_source_free(target);
	return 0;
}
