#ifndef AUTH_AUTH_H
#define AUTH_AUTH_H

#include "auth/audit.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"
#include "db/db.h"
#include "record/record.h"

/*
 * Accounts and how their owners prove who they are: passwords (argon2id), a second factor (TOTP,
 * RFC 6238), sessions of browsers, tokens of programs. What a known user may do is the record
 * types' business (grants) and the route table's (permissions). Every change of an account and
 * every login is a line of the audit log.
 */

struct auth_settings {
	int password_length_min;   /* characters */
	int session_idle_minutes;  /* without a request */
	int session_max_hours;     /* from login, whatever happens */
	int sessions_max;          /* of one account; the oldest goes */
	int lockout_after;         /* wrong passwords in a row for one login */
	int lockout_address_after; /* the same from one address, for any logins */
	int lockout_seconds;       /* first lock; doubled by each further failure */
	int lockout_seconds_max;
	int dormant_days;    /* without a login: the account sleeps until it is woken; 0: never */
	int token_days_max;  /* longest life of an API token */
	unsigned totp_roles; /* ROLE_BIT()s that cannot work without a second factor */
	unsigned long long password_operations; /* of argon2id: passes, */
	size_t password_memory;                 /* bytes */
	enum audit_hash audit_hash;
};
extern const struct auth_settings auth_settings_default;
/* As yucheng.conf says. ERROR_INVALID "auth.role_unknown" for a role of second_factor. */
struct config;
bool auth_read_settings(const struct config *config, struct auth_settings *settings_out,
			struct error *error) MUST_CHECK;

/* What the functions below work with; lives as long as a request or a command. */
struct auth {
	struct db *db;
	struct arena *arena;
	const struct auth_settings *settings;
	const struct secret_key *key; /* for second factors at rest (record/secret.h) */
	int64_t now_ms;               /* UTC */
	int64_t user_id;              /* who does it; 0: the operator's command, or not known yet */
	const char *request_id, *address, *agent;
};

/* record_audit_fn of a struct record_store: lines "record.update", "annual_task/12" of the audit log.
   The store's audit_context is the const struct auth_settings *. */
bool auth_record_audit(struct record_store *store, const struct record_audit *line,
		       struct error *error) MUST_CHECK;

/* ---- Roles. */

/* May one person hold all these roles, over all organisations together? ERROR_INVALID
   "auth.roles_conflict": two of the three administrators, or one of them with any other role. */
bool auth_check_roles(unsigned roles, struct error *error) MUST_CHECK;
/* "ip_manager,finance" -> bits. */
bool auth_parse_roles(struct str names, unsigned *roles_out, struct error *error) MUST_CHECK;

/* ---- Who asks. */

struct auth_proof {
	const char *session; /* cookie AUTH_COOKIE, or NULL */
	const char *csrf;    /* header X-CSRF-Token, or NULL */
	const char *bearer;  /* or NULL; goes before a session */
	bool is_safe;        /* GET, HEAD: no CSRF token wanted */
};
#define AUTH_COOKIE "yucheng_session" /* for response_cookie() and cookie_name() of http */
#define AUTH_CSRF   "X-CSRF-Token"

struct auth_identity {
	struct actor actor;                       /* in the organisation the session works for */
	int64_t account_id, session_id, token_id; /* session or token: the other is 0 */
	const char *login;
	const char *scopes; /* of the token; NULL for a session: everything the roles allow */
	const char *csrf;   /* to be sent back in AUTH_CSRF; NULL for a token */
	bool must_change_password, must_add_totp; /* nothing else is allowed until then */
};

/*
 * ERROR_UNAUTHENTICATED "auth.needed" without proof, "auth.session_ended" or "auth.token_ended"
 * with one that is not or no longer good; ERROR_FORBIDDEN "auth.csrf". No transaction may be open.
 */
bool auth_authenticate(struct auth *auth, const struct auth_proof *proof,
		       struct auth_identity *identity_out, struct error *error) MUST_CHECK;

/* Does the token reach as far as this permission of the route table ("record.read")? Scopes are
   names joined by blanks, "record.*" and "*.read" patterns of them, "*" all. */
bool auth_scope_allows(const struct auth_identity *identity, const char *permission);

/* ---- Logging in and out. */

struct auth_login {
	const char *login, *password;
	const char *code;           /* six digits of the second factor, or NULL */
	const char *session_before; /* the cookie the browser came with, or NULL: it ends */
};
/*
 * A new session; *cookie_out is the value of its cookie. No transaction may be open. Takes the same
 * time for an unknown login as for a wrong password. ERROR_UNAUTHENTICATED: "auth.wrong" (unknown
 * login, wrong password), "auth.code_needed" and "auth.code_wrong" (second factor), "auth.disabled"
 * and "auth.dormant" (only after the right password); ERROR_TOO_MANY "auth.locked" with
 * *retry_after_out in seconds.
 */
bool auth_log_in(struct auth *auth, const struct auth_login *login, const char **cookie_out,
		 struct auth_identity *identity_out, int *retry_after_out,
		 struct error *error) MUST_CHECK;
bool auth_log_out(struct auth *auth, const struct auth_identity *identity,
		  struct error *error) MUST_CHECK;
/* A new cookie for the same session, the old one ends: after a change of what it may do. */
bool auth_rotate_session(struct auth *auth, const struct auth_identity *identity,
			 const char **cookie_out, struct error *error) MUST_CHECK;
/* Works for another organisation the user is a member of; rotates. */
bool auth_switch_organisation(struct auth *auth, const struct auth_identity *identity,
			      int64_t organisation_id, const char **cookie_out,
			      struct error *error) MUST_CHECK;

/* ---- Passwords (auth/password.c). */

/*
 * Length, three of the four kinds of characters (or 20 characters and more), not the login or its
 * reverse, not one of the common ones, no run of one character. ERROR_INVALID, field "password".
 */
bool auth_check_password(const struct auth_settings *settings, const char *login,
			 const char *password, struct error *error) MUST_CHECK;
/* argon2id as its own text form; some 60 ms. At most two run at a time in the process. */
const char *auth_hash_password(struct arena *arena, const struct auth_settings *settings,
			       const char *password);
/* A random one-time password of 80 bits that passes the check and can be read out. */
const char *auth_make_password(struct arena *arena);
/* The owner's own change; ends all other sessions and rotates this one. No transaction may be
   open. Wrong old password counts as a failed login. */
bool auth_change_password(struct auth *auth, const struct auth_identity *identity,
			  const char *old_password, const char *new_password,
			  const char **cookie_out, struct error *error) MUST_CHECK;

/* ---- Accounts, in the caller's transaction unless said otherwise. */

/*
 * An account for a user, with a one-time password (hashed by auth_hash_password before the
 * transaction began) that must be changed at the first login. login: 2 to 64 of a-z 0-9 . _ @ -,
 * compared without case. ERROR_CONFLICT "auth.login_taken".
 */
bool auth_create_account(struct auth *auth, int64_t user_id, const char *login,
			 const char *password_hash, int64_t *account_id_out,
			 struct error *error) MUST_CHECK;
/* By an administrator: a new one-time password; ends all sessions and locks. */
bool auth_reset_password(struct auth *auth, int64_t account_id, const char *password_hash,
			 struct error *error) MUST_CHECK;
bool auth_set_disabled(struct auth *auth, int64_t account_id, bool disabled,
		       struct error *error) MUST_CHECK; /* ends all sessions */
bool auth_wake_account(struct auth *auth, int64_t account_id, struct error *error) MUST_CHECK;
bool auth_unlock_account(struct auth *auth, int64_t account_id, struct error *error) MUST_CHECK;

struct auth_account {
	int64_t id, user_id, created_ms, last_login_ms, password_ms;
	int64_t organisation_id; /* the user's own */
	const char *login, *name;
	bool user_is_active; /* else nobody logs in, whatever the account says */
	bool must_change_password, is_disabled, is_dormant, is_locked, has_totp;
};
bool auth_find_account(struct auth *auth, int64_t account_id, struct auth_account *account_out,
		       struct error *error) MUST_CHECK;
bool auth_find_login(struct auth *auth, const char *login, struct auth_account *account_out,
		     struct error *error) MUST_CHECK;
/* By id, up to 200 behind after_id. */
bool auth_list_accounts(struct auth *auth, int64_t after_id, struct auth_account **accounts_out,
			size_t *count_out, struct error *error) MUST_CHECK;

/* What a user may do where, as granted and not yet ended. */
struct auth_membership {
	int64_t id, organisation_id;
	const char *organisation; /* its short name, or its name */
	unsigned roles;           /* ROLE_BIT()s */
	const char *until;        /* the last day, or "" */
};
bool auth_list_memberships(struct auth *auth, int64_t user_id,
			   struct auth_membership **memberships_out, size_t *count_out,
			   struct error *error) MUST_CHECK;

/* ---- Second factor: TOTP, RFC 6238, SHA-1, six digits, 30 seconds, one step of tolerance. */

/* A new secret, not yet in force: base32 and as otpauth:// URI for a QR code. ERROR_CONFLICT
   "auth.has_second_factor" while there is one: it must be removed first. */
bool auth_begin_totp(struct auth *auth, const struct auth_identity *identity,
		     const char **secret_out, const char **uri_out, struct error *error) MUST_CHECK;
/* In force from here when the code is right: ERROR_INVALID "auth.code_wrong" when not. */
bool auth_confirm_totp(struct auth *auth, const struct auth_identity *identity, const char *code,
		       struct error *error) MUST_CHECK;
bool auth_remove_totp(struct auth *auth, int64_t account_id, struct error *error) MUST_CHECK;

/* ---- Sessions. */

struct auth_session {
	int64_t id, created_ms, seen_ms, ends_ms;
	const char *address, *agent;
};
bool auth_list_sessions(struct auth *auth, int64_t account_id, struct auth_session **sessions_out,
			size_t *count_out, struct error *error) MUST_CHECK;
/* session_id 0: all of them. ERROR_NOT_FOUND "auth.no_session" for another account's. */
bool auth_revoke_session(struct auth *auth, int64_t account_id, int64_t session_id,
			 struct error *error) MUST_CHECK;

/* ---- Tokens for programs. */

struct auth_token {
	int64_t id, created_ms, ends_ms, used_ms;
	const char *name, *scopes;
};
/* The token itself is in *token_out this once; stored is its hash. days: up to token_days_max. */
bool auth_create_token(struct auth *auth, const struct auth_identity *identity, const char *name,
		       const char *scopes, int days, const char **token_out, int64_t *id_out,
		       struct error *error) MUST_CHECK;
bool auth_list_tokens(struct auth *auth, int64_t account_id, struct auth_token **tokens_out,
		      size_t *count_out, struct error *error) MUST_CHECK;
bool auth_revoke_token(struct auth *auth, int64_t account_id, int64_t token_id,
		       struct error *error) MUST_CHECK;

/* ---- Login history. */

struct auth_event {
	int64_t id, at_ms, account_id; /* account 0: unknown login */
	int64_t user_id;               /* of the account; 0: none */
	const char *login, *outcome, *address, *agent;
};
enum { AUTH_EVENTS_MAX = 200 };
struct auth_event_filter {
	int64_t account_id;          /* 0: of all */
	const char *login, *outcome; /* exactly; NULL: any */
	int64_t from_ms, to_ms;      /* to_ms exclusive; 0: no bound */
	int64_t before_id;           /* 0: from the newest */
};
/* Newest first, up to AUTH_EVENTS_MAX. */
bool auth_list_events(struct auth *auth, const struct auth_event_filter *filter,
		      struct auth_event **events_out, size_t *count_out,
		      struct error *error) MUST_CHECK;

/* Removes ended sessions, tokens ended a year ago, old locks and history older than days. */
bool auth_clean(struct auth *auth, int history_days, struct error *error) MUST_CHECK;

#endif
