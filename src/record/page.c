#include "record/page_internal.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "record/record_internal.h"

#include <sodium.h>

enum { TOKEN_SIZE_MAX = 8192, NUMBER_SIZE = 16 };
#define BASE64 sodium_base64_VARIANT_URLSAFE_NO_PADDING

static uint64_t mix(uint64_t hash, const void *data, size_t size)
{
	return str_hash((struct str){ data, size }) ^ (hash << 7 | hash >> 57);
}

uint64_t page_fingerprint(const struct record_type *type, const struct record_list_options *options)
{
	const uint64_t sort[] = { options->sort_field, options->descending };
	uint64_t hash = str_hash(str_of(type->name));

	hash = mix(hash, sort, sizeof(sort));
	hash = mix(hash, options->search.data, options->search.size);
	for (size_t i = 0; i < options->filter_count; i++) {
		const struct record_filter *filter = &options->filters[i];
		const uint64_t head[] = { filter->field, (uint64_t)filter->operator};

		hash = mix(hash, head, sizeof(head));
		for (size_t k = 0; k < filter->value_count; k++) {
			const struct value *value = &filter->values[k];
			const char *text = value->text ? value->text : "";

			hash = mix(hash, &value->integer, sizeof(value->integer));
			hash = mix(hash, text, strlen(text));
		}
	}
	return hash;
}

/* "n" no value, "i17" or "ttext" behind sixteen hex digits of fingerprint and the id. */
struct str page_key_write(struct arena *arena, const struct field *sort, const struct page_key *key)
{
	const struct value *value = &key->value;
	const char *body, *whole;
	size_t size;
	char *token;

	if (value->is_null)
		body = arena_printf(arena, "%lld n", (long long)key->id);
	else if (kind_is_text(sort->kind))
		body = arena_printf(arena, "%lld t%s", (long long)key->id, value->text);
	else
		body = arena_printf(arena, "%lld i%lld", (long long)key->id,
				    (long long)value->integer);
	whole = arena_printf(arena, "%016llx%s",
			     (unsigned long long)mix(key->fingerprint, body, strlen(body)), body);
	size = sodium_base64_encoded_len(strlen(whole), BASE64);
	token = arena_alloc(arena, size);
	sodium_bin2base64(token, size, (const unsigned char *)whole, strlen(whole), BASE64);
	return str_of(token);
}

static bool read_body(struct arena *arena, struct str body, const struct field *sort,
		      struct page_key *key)
{
	struct str number;
	char kind;

	if (!str_split(&body, STR(" "), &number) || !str_to_int64(number, &key->id) || !body.size)
		return false;
	kind = body.data[0];
	body = str_slice(body, 1, body.size);
	key->value = (struct value){ .is_null = kind == 'n' };
	if (kind == 'n')
		return body.size == 0;
	if (kind == 'i')
		return !kind_is_text(sort->kind) && str_to_int64(body, &key->value.integer);
	key->value.text = str_to_cstr(arena, body);
	return kind == 't' && kind_is_text(sort->kind) && utf8_is_valid(body);
}

bool page_key_read(struct arena *arena, struct str token, const struct field *sort,
		   struct page_key *key, struct error *error)
{
	char *whole = arena_alloc(arena, TOKEN_SIZE_MAX + 1), check[NUMBER_SIZE + 1];
	struct str body;
	size_t size;

	if (token.size > TOKEN_SIZE_MAX ||
	    sodium_base642bin((unsigned char *)whole, TOKEN_SIZE_MAX, token.data, token.size, NULL,
			      &size, NULL, BASE64) != 0 ||
	    size < NUMBER_SIZE)
		return error_set(error, ERROR_INVALID, "record.page", "%s", "");
	body = (struct str){ whole + NUMBER_SIZE, size - NUMBER_SIZE };
	snprintf(check, sizeof(check), "%016llx",
		 (unsigned long long)mix(key->fingerprint, body.data, body.size));
	if (memcmp(whole, check, NUMBER_SIZE) != 0 || !read_body(arena, body, sort, key))
		return error_set(error, ERROR_INVALID, "record.page", "%s", "");
	return true;
}
