-- Accounts, their sessions and tokens. Only hashes of what proves a person are stored. Instants are
-- ms UTC; flags are 0 and 1.
CREATE TABLE account (
	id {ID},
	user_id BIGINT NOT NULL UNIQUE,
	login TEXT NOT NULL UNIQUE,           -- lower case
	password TEXT NOT NULL,               -- argon2id in its own text form
	password_at BIGINT NOT NULL,
	must_change BIGINT NOT NULL,          -- a one-time password
	is_disabled BIGINT NOT NULL DEFAULT 0,
	created_at BIGINT NOT NULL,
	last_login_at BIGINT NOT NULL DEFAULT 0,
	awake_since BIGINT NOT NULL,          -- creation, login or waking: dormancy counts from here
	totp_secret TEXT,                     -- sealed with the key of the data folder
	totp_pending TEXT,                    -- begun, not yet confirmed
	totp_last BIGINT NOT NULL DEFAULT 0   -- the newest time step used: no code works twice
);

CREATE TABLE account_session (
	id {ID},
	token_hash TEXT NOT NULL UNIQUE,
	account_id BIGINT NOT NULL,
	organisation_id BIGINT NOT NULL,      -- the membership it works in; 0: none
	created_at BIGINT NOT NULL,
	seen_at BIGINT NOT NULL,
	address TEXT,
	agent TEXT
);
CREATE INDEX account_session_by_account ON account_session (account_id, created_at);

CREATE TABLE api_token (
	id {ID},
	token_hash TEXT NOT NULL UNIQUE,
	account_id BIGINT NOT NULL,
	organisation_id BIGINT NOT NULL,
	name TEXT NOT NULL,
	scopes TEXT NOT NULL,
	created_at BIGINT NOT NULL,
	ends_at BIGINT NOT NULL,
	used_at BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX api_token_by_account ON api_token (account_id, id);

-- Failures in a row by login (whether it exists or not) and by address.
CREATE TABLE login_guard (
	name TEXT PRIMARY KEY,                -- "login:…" or "address:…"
	failed BIGINT NOT NULL,
	failed_at BIGINT NOT NULL,
	locked_until BIGINT NOT NULL
);

CREATE TABLE login_event (
	id {ID},
	at BIGINT NOT NULL,
	account_id BIGINT NOT NULL,           -- 0: no such login
	login TEXT NOT NULL,
	outcome TEXT NOT NULL,
	address TEXT,
	agent TEXT
);
CREATE INDEX login_event_by_account ON login_event (account_id, id);
