#ifndef AUTH_DIGEST_H
#define AUTH_DIGEST_H

#include "auth/audit.h"

/* SHA-256, SM3 and HMAC-SHA-1 from OpenSSL's libcrypto: it has all three, reviewed and fast, where
   libsodium has only the first. */

enum { DIGEST_HEX_SIZE = 65 };
void digest_hex(enum audit_hash hash, struct str data, char hex_out[DIGEST_HEX_SIZE]);

/* RFC 6238 on HMAC-SHA-1 (RFC 4226): the six-digit code of a time step. */
unsigned totp_code(struct str secret, int64_t step);

#endif
