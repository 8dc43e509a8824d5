#include "auth/auth_internal.h"
#include "auth/digest.h"
#include "record/secret.h"

#include <sodium.h>

/* RFC 6238: 30 seconds a step; one step before and after for clocks that differ. */
enum { STEP_MS = 30000, TOLERANCE = 1, SECRET_SIZE = 20, CODE_SIZE = 6 };

static const char *base32(struct arena *arena, const unsigned char *bytes, size_t size)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
	char *text = arena_alloc(arena, size * 8 / 5 + 2);
	size_t length = 0, bits = 0;
	uint32_t pending = 0;

	for (size_t i = 0; i < size; i++) {
		pending = pending << 8 | bytes[i];
		for (bits += 8; bits >= 5; bits -= 5)
			text[length++] = letters[pending >> (bits - 5) & 31];
	}
	if (bits > 0)
		text[length++] = letters[pending << (5 - bits) & 31];
	return text;
}

static bool parse_code(const char *code, unsigned *number_out)
{
	int64_t number;

	if (!code || strlen(code) != CODE_SIZE || strspn(code, "0123456789") != CODE_SIZE ||
	    !str_to_int64(str_of(code), &number))
		return false;
	*number_out = (unsigned)number;
	return true;
}

bool totp_matches(struct auth *auth, const char *sealed_secret, int64_t last_step, const char *code,
		  int64_t *step_out)
{
	int64_t now = auth->now_ms / STEP_MS;
	struct str secret;
	unsigned number;

	if (!parse_code(code, &number) || !auth->key ||
	    !secret_open(auth->key, auth->arena, str_of(sealed_secret), &secret))
		return false;
	for (int64_t step = now - TOLERANCE; step <= now + TOLERANCE; step++)
		if (step > last_step && totp_code(secret, step) == number) {
			*step_out = step;
			return true;
		}
	return false;
}

/* Who took over a session must not put a factor of his own in the place of the owner's. */
static bool load_without_factor(struct auth *auth, const struct auth_identity *identity,
				struct account **account_out, struct error *error)
{
	if (!auth_need_session(identity, error) ||
	    !account_load(auth, identity->account_id, account_out, error))
		return false;
	if (*account_out && (*account_out)->totp_secret)
		return error_set(error, ERROR_CONFLICT, "auth.has_second_factor", "%s",
				 identity->login);
	return true;
}

bool auth_begin_totp(struct auth *auth, const struct auth_identity *identity,
		     const char **secret_out, const char **uri_out, struct error *error)
{
	unsigned char secret[SECRET_SIZE];
	struct account *account;
	const char *sealed;

	if (!load_without_factor(auth, identity, &account, error))
		return false;
	if (!auth->key)
		return error_set(error, ERROR_IO, "auth.no_key", " ");
	randombytes_buf(secret, sizeof(secret));
	sealed = secret_seal(auth->key, auth->arena,
			     (struct str){ (const char *)secret, sizeof(secret) });
	*secret_out = base32(auth->arena, secret, sizeof(secret));
	/* 育成, percent-encoded, names the entry in the owner's list. */
	*uri_out = arena_printf(auth->arena,
				"otpauth://totp/%%E8%%82%%B2%%E6%%88%%90:%s?secret=%s&issuer="
				"%%E8%%82%%B2%%E6%%88%%90&algorithm=SHA1&digits=6&period=30",
				identity->login, *secret_out);
	return db_execute(auth->db, "UPDATE account SET totp_pending = $1 WHERE id = $2",
			  DB_WITH(DB_CSTR(sealed), DB_INT(identity->account_id)), error);
}

bool auth_confirm_totp(struct auth *auth, const struct auth_identity *identity, const char *code,
		       struct error *error)
{
	struct account *account;
	int64_t step;

	if (!load_without_factor(auth, identity, &account, error))
		return false;
	if (!account || !account->totp_pending ||
	    !totp_matches(auth, account->totp_pending, 0, code, &step))
		return error_set_field(error, "code", "auth.code_wrong");
	return db_execute(auth->db,
			  "UPDATE account SET totp_secret = totp_pending, totp_pending = NULL, "
			  "totp_last = $1 WHERE id = $2",
			  DB_WITH(DB_INT(step), DB_INT(account->id)), error) &&
	       auth_note(auth, "account.add_second_factor", account_subject(auth, account->id),
			 NULL, error);
}

bool auth_remove_totp(struct auth *auth, int64_t account_id, struct error *error)
{
	return db_execute(auth->db,
			  "UPDATE account SET totp_secret = NULL, totp_pending = NULL "
			  "WHERE id = $1",
			  DB_WITH(DB_INT(account_id)), error) &&
	       auth_note(auth, "account.remove_second_factor", account_subject(auth, account_id),
			 NULL, error);
}
