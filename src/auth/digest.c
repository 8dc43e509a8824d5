#include "auth/digest.h"

#include <assert.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

void digest_hex(enum audit_hash hash, struct str data, char hex_out[DIGEST_HEX_SIZE])
{
	static const char digits[] = "0123456789abcdef";
	unsigned char bytes[EVP_MAX_MD_SIZE];
	unsigned size = 0;
	int done = EVP_Digest(data.data, data.size, bytes, &size,
			      hash == AUDIT_SM3 ? EVP_sm3() : EVP_sha256(), NULL);

	assert(done == 1 && size == 32);
	for (unsigned i = 0; i < size; i++) {
		hex_out[2 * i] = digits[bytes[i] >> 4];
		hex_out[2 * i + 1] = digits[bytes[i] & 15];
	}
	hex_out[64] = '\0';
}

unsigned totp_code(struct str secret, int64_t step)
{
	unsigned char moving[8], mac[EVP_MAX_MD_SIZE];
	unsigned size = 0, at;
	uint32_t number;

	for (int i = 0; i < 8; i++)
		moving[i] = (unsigned char)((uint64_t)step >> (56 - 8 * i));
	HMAC(EVP_sha1(), secret.data, (int)secret.size, moving, sizeof(moving), mac, &size);
	assert(size == 20);
	at = mac[19] & 15;
	number = (uint32_t)(mac[at] & 0x7F) << 24 | (uint32_t)mac[at + 1] << 16 |
		 (uint32_t)mac[at + 2] << 8 | mac[at + 3];
	return number % 1000000;
}
