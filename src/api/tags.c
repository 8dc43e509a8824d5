/* Tags of the actor's organisation, put on documents and taken off by number. */
#include "api/api_internal.h"
#include "api/routes.h"
#include "base/utf8.h"

#include <string.h>

enum { TAG_MAX = 30 }; /* characters */

static bool write_tags(struct call *call, struct error *error)
{
	struct jsonout *json = &call->json;
	struct document_tag *tags;
	size_t count;

	if (!library_tag_list(call->library, call->arena, &tags, &count, error))
		return false;
	jsonout_object_begin(json);
	jsonout_key(json, "tags");
	jsonout_array_begin(json);
	for (size_t i = 0; i < count; i++) {
		jsonout_object_begin(json);
		jsonout_member_cstr(json, "name", tags[i].name);
		jsonout_member_integer(json, "count", tags[i].count);
		jsonout_object_end(json);
	}
	jsonout_array_end(json);
	jsonout_object_end(json);
	return true;
}

/* A tag can be written as #tag, without quotes. */
static bool read_tag(struct call *call, const char **tag_out, struct error *error)
{
	const char *given;
	struct str tag;

	if (!call_need_text(call, "tag", &given, error))
		return false;
	tag = str_trim(str_of(given));
	if (tag.size == 0 || utf8_count(tag) > TAG_MAX || strpbrk(given, " \t\n#()\"'=:,;*?\\"))
		return error_set_field(error, "tag", "types.query_name");
	*tag_out = str_to_cstr(call->arena, tag);
	return true;
}

static bool put_tags(struct call *call, struct error *error)
{
	const struct bitmap *add, *remove;
	const char *tag = NULL;

	return read_tag(call, &tag, error) && call_numbers(call, "add", &add, error) &&
	       call_numbers(call, "remove", &remove, error) &&
	       library_begin(call->library, error) &&
	       library_tag(call->library, tag, add, true, call->user_id, error) &&
	       library_tag(call->library, tag, remove, false, call->user_id, error) &&
	       call_commit(call, "document.tag", tag,
			   arena_printf(call->arena, "+%llu -%llu",
					(unsigned long long)bitmap_count(add),
					(unsigned long long)bitmap_count(remove)),
			   error) &&
	       write_tags(call, error);
}

HANDLER(api_list_tags, write_tags)
HANDLER(api_put_tags, put_tags)
