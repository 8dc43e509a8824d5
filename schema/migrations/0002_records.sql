-- What stands beside the rows of every record type. No keys to those rows: their tables differ.
CREATE TABLE record_change (
	id {ID},
	type TEXT NOT NULL,
	record_id BIGINT NOT NULL,
	version BIGINT NOT NULL,
	state TEXT NOT NULL,                 -- of the row after the change: who may read it then
	at BIGINT NOT NULL,                  -- ms UTC, as all instants
	user_id BIGINT NOT NULL,             -- 0: the operator
	request_id TEXT,
	action TEXT NOT NULL,                -- create update delete or a step
	field TEXT,                          -- NULL: a creation; "state": a step
	old_value TEXT,
	new_value TEXT
);
CREATE INDEX record_change_by_record ON record_change (type, record_id, id);

CREATE TABLE record_comment (
	id {ID},
	type TEXT NOT NULL,
	record_id BIGINT NOT NULL,
	state TEXT NOT NULL,
	at BIGINT NOT NULL,
	user_id BIGINT NOT NULL,
	step TEXT,
	text TEXT NOT NULL
);
CREATE INDEX record_comment_by_record ON record_comment (type, record_id, id);

-- Attachments; the content is DATA/files/ab/cdef…, by its SHA-256.
CREATE TABLE record_file (
	id {ID},
	type TEXT NOT NULL,
	record_id BIGINT NOT NULL,
	field TEXT,
	name TEXT NOT NULL,
	size BIGINT NOT NULL,
	sha256 TEXT NOT NULL,
	media_type TEXT NOT NULL,
	at BIGINT NOT NULL,
	user_id BIGINT NOT NULL
);
CREATE INDEX record_file_by_record ON record_file (type, record_id, id);
CREATE INDEX record_file_by_content ON record_file (sha256);
