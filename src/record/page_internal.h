#ifndef RECORD_PAGE_INTERNAL_H
#define RECORD_PAGE_INTERNAL_H

#include "record/list.h"

/*
 * A page token: the last row's sort value and id, and a fingerprint of the list it belongs to, as
 * URL-safe base64 behind a checksum. It is no secret and no permission: a forged one only starts at
 * another place among the rows the actor may read anyway.
 */
struct page_key {
	uint64_t fingerprint;
	struct value value;
	int64_t id;
};

uint64_t page_fingerprint(const struct record_type *type,
			  const struct record_list_options *options);
struct str page_key_write(struct arena *arena, const struct field *sort,
			  const struct page_key *key);
/* key->fingerprint must be that of the list. */
bool page_key_read(struct arena *arena, struct str token, const struct field *sort,
		   struct page_key *key, struct error *error) MUST_CHECK;

#endif
