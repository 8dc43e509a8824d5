-- The audit log: lines are only ever added, each with the hash over the one before it.
CREATE TABLE audit_line (
	position BIGINT PRIMARY KEY,
	at BIGINT NOT NULL,                   -- ms UTC
	user_id BIGINT NOT NULL,              -- 0: nobody, or the operator
	request_id TEXT NOT NULL,
	action TEXT NOT NULL,
	subject TEXT NOT NULL,
	detail TEXT NOT NULL,
	algorithm TEXT NOT NULL,              -- sha256 or sm3
	hash TEXT NOT NULL
);
CREATE INDEX audit_line_by_user ON audit_line (user_id, position);
CREATE INDEX audit_line_by_subject ON audit_line (subject, position);

-- The newest line; its row is the lock under which lines are added.
CREATE TABLE audit_head (
	id BIGINT PRIMARY KEY,
	position BIGINT NOT NULL,
	hash TEXT NOT NULL
);
INSERT INTO audit_head (id, position, hash) VALUES (1, 0, '');
