#ifndef AUTH_AUTH_INTERNAL_H
#define AUTH_AUTH_INTERNAL_H

#include "auth/auth.h"

/* ---- Random tokens and what is stored of them. */
enum { TOKEN_SIZE = 44 }; /* 32 random bytes as base64url, and a NUL */
void token_make(char text_out[TOKEN_SIZE]);
/* SHA-256, hex, in the arena: a token is random, so that nothing slower is needed. */
const char *token_hash(struct arena *arena, const char *token);
/* The CSRF token of a session is derived from its cookie: it needs no place and changes with it. */
const char *token_csrf(struct arena *arena, const char *cookie);
bool secrets_equal(const char *a, const char *b); /* in a time that tells nothing */

/* ---- Accounts as stored. */
struct account {
	int64_t id, user_id, password_ms, created_ms, last_login_ms, awake_ms, totp_last;
	int64_t organisation_id; /* of the user, as is the name */
	const char *login, *name, *password;
	const char *totp_secret, *totp_pending; /* NULL when not set */
	bool must_change, is_disabled, user_is_active;
};
/* *account_out NULL when there is none. */
bool account_load(struct auth *auth, int64_t id, struct account **account_out,
		  struct error *error) MUST_CHECK;
bool account_load_login(struct auth *auth, const char *login, struct account **account_out,
			struct error *error) MUST_CHECK;
bool account_is_dormant(const struct auth *auth, const struct account *account);
/* Lower case; NULL when it is none. */
const char *login_normal(struct arena *arena, const char *login);

/* ---- Passwords. hash NULL: as long as if there were one. */
bool password_matches(struct arena *arena, const struct auth_settings *settings, const char *hash,
		      const char *password);
/* The code is right and newer than the last one used; *step_out is what it was made of. */
bool totp_matches(struct auth *auth, const char *sealed_secret, int64_t last_step, const char *code,
		  int64_t *step_out);

/* ---- Locks: failures in a row, by login and by address. */
bool guard_check(struct auth *auth, const char *login, int *retry_after_out,
		 struct error *error) MUST_CHECK;
bool guard_fail(struct auth *auth, const char *login, struct error *error) MUST_CHECK; /* in tx */
bool guard_clear(struct auth *auth, const char *login, struct error *error) MUST_CHECK;

/* ---- Sessions. */
bool session_make(struct auth *auth, const struct account *account, const char **cookie_out,
		  int64_t *id_out, struct error *error) MUST_CHECK;

/* ---- Of the session's or token's user: roles and organisation. */
bool identity_load_actor(struct auth *auth, const struct account *account, int64_t organisation_id,
			 bool is_session, struct auth_identity *identity,
			 struct error *error) MUST_CHECK;

/* ---- Small things. */
bool auth_note(struct auth *auth, const char *action, const char *subject, const char *detail,
	       struct error *error) MUST_CHECK;                     /* a line of the audit log */
const char *account_subject(struct auth *auth, int64_t account_id); /* "account/3" */
bool event_add(struct auth *auth, int64_t account_id, const char *login, const char *outcome,
	       struct error *error) MUST_CHECK;
/* work in a transaction of its own, which is undone when it fails */
typedef bool auth_work_fn(struct auth *auth, void *context, struct error *error);
bool auth_in_transaction(struct auth *auth, auth_work_fn *work, void *context,
			 struct error *error) MUST_CHECK;
/* Passwords, second factors and tokens are changed in a session, not by a token. */
bool auth_need_session(const struct auth_identity *identity, struct error *error) MUST_CHECK;

#endif
