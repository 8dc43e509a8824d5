#ifndef RECORD_SECRET_H
#define RECORD_SECRET_H

#include "base/error.h"
#include "base/str.h"

/*
 * Sensitive values at rest: XSalsa20-Poly1305 (libsodium secretbox) with a random nonce, under the
 * key in DATA/secret.key (mode 0600, 32 bytes as hex). Losing the file loses the values.
 */
struct secret_key {
	unsigned char bytes[32];
};

/* Makes the key file; one that exists is left alone. */
bool secret_make_key(const char *path, struct error *error) MUST_CHECK;
/* A file others may read, or that is no key: an error. */
bool secret_read_key(const char *path, struct secret_key *key_out, struct error *error) MUST_CHECK;

/* As text for the database; in the arena. */
const char *secret_seal(const struct secret_key *key, struct arena *arena, struct str plain);
/* False when the text was not made with this key, or was changed. */
bool secret_open(const struct secret_key *key, struct arena *arena, struct str sealed,
		 struct str *plain_out);

/* "138****5678", "510***********1234", "张**": what may be shown to anybody who sees the row. */
const char *secret_mask(struct arena *arena, struct str plain);

#endif
