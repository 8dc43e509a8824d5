#include "import_fixture.h"

#include "base/file.h"
#include "base/strbuf.h"
#include "index/bitmap.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static void add_row(struct strbuf *text, unsigned i)
{
	unsigned document = i / 2;

	if (i % 100 == 37) { /* neither number nor title */
		strbuf_addf(text, "{\"publication_number\":\"没有号码\",\"title\":[]}\n");
		return;
	}
	if (i % 50 == 41) /* the document of some rows ago once more, told otherwise */
		document -= 10;
	strbuf_addf(text,
		    "{\"publication_number\":\"CN%u%c\",\"application_number\":\"CN2020%08u\","
		    "\"title\":[{\"lang\":\"zh\",\"text\":\"示例%u之%u\"}],"
		    "\"applicant\":[{\"name\":\"示例公司%u\"}],\"ipc\":[\"H01M10/%02u\"],"
		    "\"event\":[{\"date\":\"2021-01-%02u\",\"text\":\"%s\"}]}\n",
		    110000000 + document, i % 2 ? 'B' : 'A', 10000000 + document, document, i,
		    document % 7, i % 60, 1 + i % 28, i % 2 ? "授权" : "公布");
}

void import_fixture_write(const char *path)
{
	struct strbuf text = STRBUF_INIT;
	struct error error;
	bool done;

	for (unsigned i = 0; i < FIXTURE_ROWS; i++)
		add_row(&text, i);
	done = file_write_atomic(path, strbuf_str(&text), &error);
	assert(done);
	(void)done;
	strbuf_release(&text);
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static const char *show_application(struct arena *arena, const struct application *application)
{
	struct strbuf text = STRBUF_INIT;
	const char *copy;

	for (size_t i = 0; i < application->publication_count; i++) {
		const struct publication *publication = application->stored[i];

		strbuf_addf(&text, "publication %zu\n", i);
		for (size_t k = 0; k < publication->count; k++) {
			const struct fact *fact = &publication->facts[k];

			strbuf_addf(&text, "  %u %u %u %u", fact->field, fact->language,
				    fact->origin, fact->rank);
			for (unsigned part = 0; part < fact->part_count; part++)
				strbuf_addf(&text, " | %.*s", STR_ARGS(fact->parts[part]));
			strbuf_add_byte(&text, '\n');
		}
	}
	copy = arena_copy(arena, text.data, text.size);
	strbuf_release(&text);
	return copy;
}

static void dump_applications(struct arena *arena, struct library *library, struct list *shown)
{
	int64_t at = 0, before;
	struct error error;

	do {
		struct packed_application *packed;
		struct application *applications;
		size_t count;
		bool done;

		before = at;
		done = library_changes(library, arena, before, 100000, &packed, &count, &at,
				       &error);
		assert(done);
		applications = arena_array(arena, struct application, count + 1);
		done = library_unpack(arena, packed, count, applications, &error);
		assert(done);
		(void)done;
		for (size_t i = 0; i < count; i++)
			if (packed[i].body_count)
				*(const char **)list_add(shown) = show_application(
					arena, &applications[i]);
	} while (at != before);
}

const char *import_fixture_dump(struct arena *arena, struct library *library)
{
	struct list shown = LIST_OF(const char *);
	struct strbuf text = STRBUF_INIT;
	const char *copy;

	dump_applications(arena, library, &shown);
	list_sort(&shown, by_text);
	for (size_t i = 0; i < shown.count; i++)
		if (i == 0 || strcmp(LIST_AT(&shown, const char *, i - 1),
				     LIST_AT(&shown, const char *, i)) != 0)
			strbuf_add_cstr(&text, LIST_AT(&shown, const char *, i));
	copy = arena_copy(arena, text.data, text.size);
	strbuf_release(&text);
	list_release(&shown);
	return copy;
}
