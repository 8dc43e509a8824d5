#include "record/secret.h"
#include "base/file.h"
#include "base/strbuf.h"
#include "base/utf8.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

_Static_assert(sizeof(struct secret_key) == crypto_secretbox_KEYBYTES, "the key of a secretbox");

enum { KEY_TEXT_SIZE = 2 * crypto_secretbox_KEYBYTES };
#define BASE64 sodium_base64_VARIANT_URLSAFE_NO_PADDING

bool secret_make_key(const char *path, struct error *error)
{
	unsigned char key[crypto_secretbox_KEYBYTES];
	char text[KEY_TEXT_SIZE + 1];
	int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	bool done;

	if (file < 0)
		return errno == EEXIST || error_set_errno(error, "record.secret_file", path);
	if (sodium_init() < 0) {
		close(file);
		return error_set(error, ERROR_IO, "record.secret_file", "%s", path);
	}
	randombytes_buf(key, sizeof(key));
	sodium_bin2hex(text, sizeof(text), key, sizeof(key));
	done = write(file, text, KEY_TEXT_SIZE) == KEY_TEXT_SIZE && fsync(file) == 0;
	sodium_memzero(key, sizeof(key));
	sodium_memzero(text, sizeof(text));
	if (close(file) != 0 || !done)
		return error_set_errno(error, "record.secret_file", path);
	return true;
}

bool secret_read_key(const char *path, struct secret_key *key_out, struct error *error)
{
	struct arena *arena = arena_create(512);
	struct stat status;
	struct str text;
	size_t size;
	bool done;

	if (stat(path, &status) == 0 && (status.st_mode & 077) != 0) {
		arena_destroy(arena);
		return error_set(error, ERROR_FORBIDDEN, "record.secret_mode", "%s", path);
	}
	done = file_read(arena, path, 256, &text, error);
	if (done) {
		text = str_trim(text);
		done = sodium_init() >= 0 &&
		       sodium_hex2bin(key_out->bytes, sizeof(key_out->bytes), text.data, text.size,
				      NULL, &size, NULL) == 0 &&
		       size == sizeof(key_out->bytes);
		if (!done)
			error_set(error, ERROR_CORRUPT, "record.secret_key", "%s", path);
	}
	arena_destroy(arena);
	return done;
}

const char *secret_seal(const struct secret_key *key, struct arena *arena, struct str plain)
{
	size_t size = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + plain.size;
	size_t text_size = sodium_base64_encoded_len(size, BASE64);
	unsigned char *box = arena_alloc(arena, size);
	char *text = arena_alloc(arena, text_size);

	randombytes_buf(box, crypto_secretbox_NONCEBYTES);
	crypto_secretbox_easy(box + crypto_secretbox_NONCEBYTES, (const unsigned char *)plain.data,
			      plain.size, box, key->bytes);
	return sodium_bin2base64(text, text_size, box, size, BASE64);
}

bool secret_open(const struct secret_key *key, struct arena *arena, struct str sealed,
		 struct str *plain_out)
{
	enum { HEAD = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES };
	unsigned char *box = arena_alloc(arena, sealed.size + 1);
	unsigned char *plain;
	size_t size;

	if (sodium_base642bin(box, sealed.size, sealed.data, sealed.size, NULL, &size, NULL,
			      BASE64) != 0 ||
	    size < HEAD)
		return false;
	plain = arena_alloc(arena, size - HEAD + 1);
	if (crypto_secretbox_open_easy(plain, box + crypto_secretbox_NONCEBYTES,
				       size - crypto_secretbox_NONCEBYTES, box, key->bytes) != 0)
		return false;
	*plain_out = (struct str){ (char *)plain, size - HEAD };
	return true;
}

/* Short values show their first rune, longer ones three in front and four at the end. */
const char *secret_mask(struct arena *arena, struct str plain)
{
	size_t count = utf8_count(plain);
	size_t head = count < 8 ? 1 : 3, tail = count < 8 ? 0 : 4;
	struct strbuf text = STRBUF_INIT;
	const char *mask;

	if (count <= head)
		head = 0;
	strbuf_add_str(&text, str_slice(plain, 0, utf8_offset(plain, head)));
	for (size_t i = head; i + tail < count; i++)
		strbuf_add_byte(&text, '*');
	strbuf_add_str(&text, str_slice(plain, utf8_offset(plain, count - tail), plain.size));
	mask = arena_copy(arena, text.data, text.size);
	strbuf_release(&text);
	return mask;
}
