-- The oldest kept schema, number 6, as the program of version 0.1.0 made it, with a few rows.
-- tests/unit/test_schema.c brings it to today's. Never changed: it stands for databases in use.
-- Documents: one row a publication, with the facts of every source (docs/publication-format.md,
-- compressed). An application is known by the id of its first publication, the elder of the others.
CREATE TABLE publication (
	id {ID},
	elder_id BIGINT,                     -- first publication of the same application; NULL: this one
	number TEXT NOT NULL,                -- CN104223352A; #… by application number, ~… by content
	application_number TEXT,
	body BYTEA NOT NULL
);
CREATE UNIQUE INDEX publication_by_number ON publication (number);
CREATE INDEX publication_by_application_number ON publication (application_number)
	WHERE application_number IS NOT NULL;
CREATE INDEX publication_by_elder ON publication (elder_id) WHERE elder_id IS NOT NULL;

-- Every application that is new, changed or gone; what the index follows.
CREATE TABLE change_log (
	position {ID},
	application_id BIGINT NOT NULL
);

CREATE TABLE import (
	id {ID},
	file TEXT NOT NULL,
	fingerprint TEXT NOT NULL,
	source TEXT NOT NULL,
	state TEXT NOT NULL,                 -- running done failed
	rows_done BIGINT NOT NULL,
	inserted BIGINT NOT NULL,
	updated BIGINT NOT NULL,
	unchanged BIGINT NOT NULL,
	rejected BIGINT NOT NULL,
	topic_id BIGINT NOT NULL,            -- 0: none
	imported_on TEXT NOT NULL,
	message TEXT NOT NULL
);
CREATE INDEX import_by_fingerprint ON import (fingerprint);

CREATE TABLE import_rejected (
	id {ID},
	import_id BIGINT NOT NULL REFERENCES import (id),
	place BIGINT NOT NULL,
	reason_key TEXT NOT NULL,            -- a message with its parts, told in the reader's language
	reason_at BIGINT NOT NULL,
	detail TEXT NOT NULL,
	hint TEXT NOT NULL,
	row_text TEXT NOT NULL
);
CREATE INDEX import_rejected_by_import ON import_rejected (import_id);

CREATE TABLE column_map (
	name TEXT PRIMARY KEY,
	text TEXT NOT NULL
);

CREATE TABLE topic (
	id {ID},
	name TEXT NOT NULL UNIQUE,
	purpose TEXT NOT NULL,
	field TEXT NOT NULL,
	query TEXT NOT NULL,
	created_on TEXT NOT NULL,
	updated_on TEXT NOT NULL
);

-- Sets of application ids in chunks of 65,536: bits is what bitmap_write() makes of one chunk.
CREATE TABLE topic_set (
	topic_id BIGINT NOT NULL REFERENCES topic (id),
	kind BIGINT NOT NULL,                -- enum topic_set
	chunk BIGINT NOT NULL,               -- id / 65536
	bits BYTEA NOT NULL,
	PRIMARY KEY (topic_id, kind, chunk)
);

CREATE TABLE topic_log (
	id {ID},
	topic_id BIGINT NOT NULL REFERENCES topic (id),
	logged_on TEXT NOT NULL,
	source TEXT NOT NULL,
	added BIGINT NOT NULL,
	removed BIGINT NOT NULL,
	updated BIGINT NOT NULL,
	status_changed BIGINT NOT NULL
);
CREATE INDEX topic_log_by_topic ON topic_log (topic_id);

CREATE TABLE topic_node (
	topic_id BIGINT NOT NULL REFERENCES topic (id),
	kind BIGINT NOT NULL,                -- enum tree_kind
	position BIGINT NOT NULL,
	level BIGINT NOT NULL,
	name TEXT NOT NULL,
	definition TEXT NOT NULL,
	query TEXT NOT NULL,
	PRIMARY KEY (topic_id, kind, position)
);

CREATE TABLE saved_query (
	name TEXT PRIMARY KEY,
	text TEXT NOT NULL
);

INSERT INTO publication (number, application_number, body) VALUES ('CN104223352A', 'CN201410000000', '1');
INSERT INTO change_log (application_id) VALUES (1);
INSERT INTO column_map (name, text) VALUES ('示例', 'number = 公开号');
INSERT INTO topic (name, purpose, field, query, created_on, updated_on) VALUES
	('gone', '', '', '', '2026-01-01', '2026-01-01'), ('示例专题', '目的', '领域', 'TI=电池', '2026-01-02', '2026-01-03');
DELETE FROM topic WHERE name = 'gone';
INSERT INTO topic_set SELECT id, 0, 0, '1' FROM topic;
INSERT INTO topic_log (topic_id, logged_on, source, added, removed, updated, status_changed)
	SELECT id, '2026-01-03', '来源', 1, 0, 0, 0 FROM topic;
INSERT INTO topic_node SELECT id, 1, 0, 1, '节点', '', 'TA=散热' FROM topic;
INSERT INTO saved_query (name, text) VALUES ('常用', 'TI=x');
INSERT INTO import (file, fingerprint, source, state, rows_done, inserted, updated, unchanged,
	rejected, topic_id, imported_on, message) SELECT 'a.xlsx', 'f', 's', 'done', 2, 1, 0, 0, 1, id,
	'2026-01-03', '' FROM topic;
INSERT INTO import_rejected (import_id, place, reason_key, reason_at, detail, hint, row_text)
	VALUES (1, 2, 'import.no_number', -1, '', '', 'x');

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

-- The tables of the record types of people, navigation and yearly tasks, as `yucheng describe --ddl`
-- prints them. The topics, trees and saved queries of migration 0001 become rows of them, owned by
-- organisation 1: the one the command line works for.
ALTER TABLE topic RENAME TO old_topic;
ALTER TABLE topic_set RENAME TO old_topic_set;
ALTER TABLE topic_log RENAME TO old_topic_log;
ALTER TABLE topic_node RENAME TO old_topic_node;
ALTER TABLE saved_query RENAME TO old_saved_query;

CREATE TABLE "organisation" (
	id {ID},
	version BIGINT NOT NULL DEFAULT 1,
	state TEXT NOT NULL DEFAULT 'active',
	organisation_id BIGINT NOT NULL DEFAULT 1,
	created_by BIGINT NOT NULL DEFAULT 0,
	created_at BIGINT NOT NULL DEFAULT 0,
	updated_by BIGINT NOT NULL DEFAULT 0,
	updated_at BIGINT NOT NULL DEFAULT 0,
	"name" TEXT NOT NULL,
	"short_name" TEXT,
	"kind" TEXT NOT NULL,
	"parent_id" BIGINT,
	"code" TEXT,
	"region" TEXT,
	"path" TEXT,
	"host" TEXT,
	"field_of_work" TEXT,
	"department" TEXT,
	"address" TEXT,
	"contact" TEXT,
	"contact_phone" TEXT,
	"established_on" TEXT,
	"note" TEXT
);
CREATE INDEX organisation_by_organisation ON "organisation" (organisation_id, updated_at, id);
CREATE INDEX organisation_by_update ON "organisation" (updated_at, id);
CREATE UNIQUE INDEX organisation_name ON "organisation" ("name");
CREATE INDEX organisation_kind ON "organisation" ("kind", id);
CREATE INDEX organisation_parent_id ON "organisation" ("parent_id", id);
CREATE UNIQUE INDEX organisation_code ON "organisation" ("code");
CREATE INDEX organisation_region ON "organisation" ("region", id);
CREATE INDEX organisation_path ON "organisation" ("path", id);
CREATE TABLE "user" (
	id {ID},
	version BIGINT NOT NULL DEFAULT 1,
	state TEXT NOT NULL DEFAULT 'active',
	organisation_id BIGINT NOT NULL DEFAULT 1,
	created_by BIGINT NOT NULL DEFAULT 0,
	created_at BIGINT NOT NULL DEFAULT 0,
	updated_by BIGINT NOT NULL DEFAULT 0,
	updated_at BIGINT NOT NULL DEFAULT 0,
	"login" TEXT NOT NULL,
	"name" TEXT NOT NULL,
	"department" TEXT,
	"position" TEXT,
	"title" TEXT,
	"qualifications" TEXT,
	"is_full_time" BOOLEAN,
	"share_of_time" BIGINT,
	"phone" TEXT,
	"email" TEXT,
	"id_number" TEXT,
	"joined_on" TEXT,
	"left_on" TEXT,
	"note" TEXT
);
CREATE INDEX user_by_organisation ON "user" (organisation_id, updated_at, id);
CREATE INDEX user_by_update ON "user" (updated_at, id);
CREATE UNIQUE INDEX user_login ON "user" ("login");
CREATE TABLE "membership" (
	id {ID},
	version BIGINT NOT NULL DEFAULT 1,
	state TEXT NOT NULL DEFAULT 'requested',
	organisation_id BIGINT NOT NULL DEFAULT 1,
	created_by BIGINT NOT NULL DEFAULT 0,
	created_at BIGINT NOT NULL DEFAULT 0,
	updated_by BIGINT NOT NULL DEFAULT 0,
	updated_at BIGINT NOT NULL DEFAULT 0,
	"user_id" BIGINT NOT NULL,
	"roles" TEXT NOT NULL,
	"reason" TEXT,
	"until" TEXT
);
CREATE INDEX membership_by_organisation ON "membership" (organisation_id, updated_at, id);
CREATE INDEX membership_by_update ON "membership" (updated_at, id);
CREATE INDEX membership_user_id ON "membership" ("user_id", id);
CREATE TABLE "topic" (
	id {ID},
	version BIGINT NOT NULL DEFAULT 1,
	state TEXT NOT NULL DEFAULT 'active',
	organisation_id BIGINT NOT NULL DEFAULT 1,
	created_by BIGINT NOT NULL DEFAULT 0,
	created_at BIGINT NOT NULL DEFAULT 0,
	updated_by BIGINT NOT NULL DEFAULT 0,
	updated_at BIGINT NOT NULL DEFAULT 0,
	"name" TEXT NOT NULL,
	"purpose" TEXT,
	"field" TEXT,
	"query" TEXT,
	"created_on" TEXT,
	"updated_on" TEXT
);
CREATE INDEX topic_by_organisation ON "topic" (organisation_id, updated_at, id);
CREATE INDEX topic_by_update ON "topic" (updated_at, id);
CREATE UNIQUE INDEX topic_name ON "topic" (organisation_id, "name");
CREATE TABLE "topic_node" (
	id {ID},
	version BIGINT NOT NULL DEFAULT 1,
	state TEXT NOT NULL DEFAULT 'active',
	organisation_id BIGINT NOT NULL DEFAULT 1,
	created_by BIGINT NOT NULL DEFAULT 0,
	created_at BIGINT NOT NULL DEFAULT 0,
	updated_by BIGINT NOT NULL DEFAULT 0,
	updated_at BIGINT NOT NULL DEFAULT 0,
	"topic_id" BIGINT NOT NULL REFERENCES "topic" (id),
	"kind" TEXT NOT NULL,
	"position" BIGINT NOT NULL,
	"level" BIGINT NOT NULL,
	"name" TEXT NOT NULL,
	"definition" TEXT,
	"query" TEXT
);
CREATE INDEX topic_node_by_organisation ON "topic_node" (organisation_id, updated_at, id);
CREATE INDEX topic_node_by_update ON "topic_node" (updated_at, id);
CREATE INDEX topic_node_topic_id ON "topic_node" ("topic_id", id);
CREATE TABLE "saved_query" (
	id {ID},
	version BIGINT NOT NULL DEFAULT 1,
	state TEXT NOT NULL DEFAULT 'active',
	organisation_id BIGINT NOT NULL DEFAULT 1,
	created_by BIGINT NOT NULL DEFAULT 0,
	created_at BIGINT NOT NULL DEFAULT 0,
	updated_by BIGINT NOT NULL DEFAULT 0,
	updated_at BIGINT NOT NULL DEFAULT 0,
	"name" TEXT NOT NULL,
	"text" TEXT NOT NULL,
	"note" TEXT
);
CREATE INDEX saved_query_by_organisation ON "saved_query" (organisation_id, updated_at, id);
CREATE INDEX saved_query_by_update ON "saved_query" (updated_at, id);
CREATE UNIQUE INDEX saved_query_name ON "saved_query" (organisation_id, "name");
CREATE TABLE "watch" (
	id {ID},
	version BIGINT NOT NULL DEFAULT 1,
	state TEXT NOT NULL DEFAULT 'active',
	organisation_id BIGINT NOT NULL DEFAULT 1,
	created_by BIGINT NOT NULL DEFAULT 0,
	created_at BIGINT NOT NULL DEFAULT 0,
	updated_by BIGINT NOT NULL DEFAULT 0,
	updated_at BIGINT NOT NULL DEFAULT 0,
	"name" TEXT NOT NULL,
	"purpose" TEXT NOT NULL,
	"topic_id" BIGINT REFERENCES "topic" (id),
	"query" TEXT NOT NULL,
	"frequency" TEXT NOT NULL,
	"recipients" TEXT,
	"last_run_on" TEXT,
	"next_run_on" TEXT,
	"new_count" BIGINT
);
CREATE INDEX watch_by_organisation ON "watch" (organisation_id, updated_at, id);
CREATE INDEX watch_by_update ON "watch" (updated_at, id);
CREATE UNIQUE INDEX watch_name ON "watch" (organisation_id, "name");
CREATE INDEX watch_topic_id ON "watch" ("topic_id", id);
CREATE INDEX watch_next_run_on ON "watch" ("next_run_on", id);
CREATE TABLE "navigation_study" (
	id {ID},
	version BIGINT NOT NULL DEFAULT 1,
	state TEXT NOT NULL DEFAULT 'draft',
	organisation_id BIGINT NOT NULL DEFAULT 1,
	created_by BIGINT NOT NULL DEFAULT 0,
	created_at BIGINT NOT NULL DEFAULT 0,
	updated_by BIGINT NOT NULL DEFAULT 0,
	updated_at BIGINT NOT NULL DEFAULT 0,
	"code" TEXT NOT NULL,
	"title" TEXT NOT NULL,
	"part" TEXT NOT NULL,
	"trigger" TEXT NOT NULL,
	"used_for" TEXT NOT NULL,
	"decision" TEXT NOT NULL,
	"field" TEXT,
	"leader_id" BIGINT NOT NULL,
	"team" TEXT,
	"agency_id" BIGINT,
	"agents" TEXT,
	"budget" BIGINT,
	"starts_on" TEXT,
	"due_on" TEXT NOT NULL,
	"topic_id" BIGINT REFERENCES "topic" (id),
	"data_scope" TEXT,
	"retrieved_on" TEXT,
	"cut_off_on" TEXT,
	"recall" BIGINT,
	"precision_rate" BIGINT,
	"cleaning" TEXT,
	"conclusions" TEXT,
	"report" BIGINT,
	"adoption" TEXT,
	"adopted_on" TEXT,
	"review_on" TEXT
);
CREATE INDEX navigation_study_by_organisation ON "navigation_study" (organisation_id, updated_at, id);
CREATE INDEX navigation_study_by_update ON "navigation_study" (updated_at, id);
CREATE UNIQUE INDEX navigation_study_code ON "navigation_study" (organisation_id, "code");
CREATE INDEX navigation_study_leader_id ON "navigation_study" ("leader_id", id);
CREATE INDEX navigation_study_due_on ON "navigation_study" ("due_on", id);
CREATE INDEX navigation_study_topic_id ON "navigation_study" ("topic_id", id);
CREATE INDEX navigation_study_review_on ON "navigation_study" ("review_on", id);
CREATE TABLE "finding" (
	id {ID},
	version BIGINT NOT NULL DEFAULT 1,
	state TEXT NOT NULL DEFAULT 'draft',
	organisation_id BIGINT NOT NULL DEFAULT 1,
	created_by BIGINT NOT NULL DEFAULT 0,
	created_at BIGINT NOT NULL DEFAULT 0,
	updated_by BIGINT NOT NULL DEFAULT 0,
	updated_at BIGINT NOT NULL DEFAULT 0,
	"study_id" BIGINT NOT NULL REFERENCES "navigation_study" (id),
	"kind" TEXT NOT NULL,
	"title" TEXT NOT NULL,
	"text" TEXT NOT NULL,
	"node" TEXT,
	"query" TEXT,
	"evidence" TEXT,
	"importance" TEXT NOT NULL,
	"suggestion" TEXT,
	"responsible_id" BIGINT,
	"due_on" TEXT,
	"outcome" TEXT
);
CREATE INDEX finding_by_organisation ON "finding" (organisation_id, updated_at, id);
CREATE INDEX finding_by_update ON "finding" (updated_at, id);
CREATE INDEX finding_study_id ON "finding" ("study_id", id);
CREATE INDEX finding_kind ON "finding" ("kind", id);
CREATE INDEX finding_responsible_id ON "finding" ("responsible_id", id);
CREATE INDEX finding_due_on ON "finding" ("due_on", id);
CREATE TABLE "annual_task" (
	id {ID},
	version BIGINT NOT NULL DEFAULT 1,
	state TEXT NOT NULL DEFAULT 'draft',
	organisation_id BIGINT NOT NULL DEFAULT 1,
	created_by BIGINT NOT NULL DEFAULT 0,
	created_at BIGINT NOT NULL DEFAULT 0,
	updated_by BIGINT NOT NULL DEFAULT 0,
	updated_at BIGINT NOT NULL DEFAULT 0,
	"year" BIGINT NOT NULL,
	"title" TEXT NOT NULL,
	"kind" TEXT NOT NULL,
	"basis" TEXT,
	"goal" TEXT NOT NULL,
	"owner_id" BIGINT NOT NULL,
	"partners" TEXT,
	"due_on" TEXT NOT NULL,
	"budget" BIGINT,
	"progress" BIGINT,
	"result" TEXT,
	"done_on" TEXT
);
CREATE INDEX annual_task_by_organisation ON "annual_task" (organisation_id, updated_at, id);
CREATE INDEX annual_task_by_update ON "annual_task" (updated_at, id);
CREATE INDEX annual_task_year ON "annual_task" ("year", id);
CREATE INDEX annual_task_owner_id ON "annual_task" ("owner_id", id);
CREATE INDEX annual_task_due_on ON "annual_task" ("due_on", id);

-- Ids are given anew (an explicit one would not move PostgreSQL's counter); the name leads to them.
INSERT INTO topic (name, purpose, field, query, created_on, updated_on)
	SELECT name, purpose, field, query, created_on, updated_on FROM old_topic ORDER BY id;
INSERT INTO topic_node (topic_id, kind, position, level, name, definition, query)
	SELECT topic.id, CASE n.kind WHEN 0 THEN 'technology' ELSE 'effect' END, n.position, n.level,
		n.name, n.definition, n.query
	FROM old_topic_node n JOIN old_topic o ON o.id = n.topic_id JOIN topic ON topic.name = o.name
	ORDER BY n.topic_id, n.kind, n.position;
INSERT INTO saved_query (name, text) SELECT name, text FROM old_saved_query ORDER BY name;
UPDATE import SET topic_id = COALESCE((SELECT topic.id FROM old_topic o
	JOIN topic ON topic.name = o.name WHERE o.id = import.topic_id), 0) WHERE topic_id <> 0;

-- As in migration 0001, only of the new topics.
CREATE TABLE topic_set (
	topic_id BIGINT NOT NULL REFERENCES topic (id),
	kind BIGINT NOT NULL,
	chunk BIGINT NOT NULL,
	bits BYTEA NOT NULL,
	PRIMARY KEY (topic_id, kind, chunk)
);
CREATE TABLE topic_log (
	id {ID},
	topic_id BIGINT NOT NULL REFERENCES topic (id),
	logged_on TEXT NOT NULL,
	source TEXT NOT NULL,
	added BIGINT NOT NULL,
	removed BIGINT NOT NULL,
	updated BIGINT NOT NULL,
	status_changed BIGINT NOT NULL
);
INSERT INTO topic_set (topic_id, kind, chunk, bits)
	SELECT topic.id, s.kind, s.chunk, s.bits
	FROM old_topic_set s JOIN old_topic o ON o.id = s.topic_id JOIN topic ON topic.name = o.name;
INSERT INTO topic_log (topic_id, logged_on, source, added, removed, updated, status_changed)
	SELECT topic.id, l.logged_on, l.source, l.added, l.removed, l.updated, l.status_changed
	FROM old_topic_log l JOIN old_topic o ON o.id = l.topic_id JOIN topic ON topic.name = o.name
	ORDER BY l.id;
DROP TABLE old_topic_set;
DROP TABLE old_topic_log;
DROP TABLE old_topic_node;
DROP TABLE old_saved_query;
DROP TABLE old_topic;
CREATE INDEX topic_log_by_topic ON topic_log (topic_id);
CREATE INDEX topic_node_in_order ON topic_node (topic_id, kind, position, id);

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

-- Work done in the background: one row a job (docs/jobs.md).
CREATE TABLE job (
	id {ID},
	kind TEXT NOT NULL,
	group_name TEXT,                     -- two of one group never run at once; NULL: of none
	arguments TEXT NOT NULL,             -- name US value RS …
	results TEXT NOT NULL,               -- the same
	state TEXT NOT NULL,                 -- queued running done failed cancelled
	phase TEXT NOT NULL,
	done BIGINT NOT NULL,
	total BIGINT NOT NULL,               -- 0: not known
	checkpoint BIGINT NOT NULL,          -- where the next attempt goes on
	rejected BIGINT NOT NULL,
	attempts BIGINT NOT NULL,            -- begun since the checkpoint last moved
	error_key TEXT NOT NULL,
	error_detail TEXT NOT NULL,
	error_at BIGINT NOT NULL,
	cancel_wanted BIGINT NOT NULL,
	worker TEXT NOT NULL,                -- whose process runs it
	user_id BIGINT NOT NULL,
	organisation_id BIGINT NOT NULL,
	created_at BIGINT NOT NULL,          -- ms UTC, as all times here
	not_before BIGINT NOT NULL,
	started_at BIGINT,
	heartbeat_at BIGINT,
	finished_at BIGINT
);
CREATE INDEX job_waiting ON job (id) WHERE state = 'queued';
CREATE INDEX job_running ON job (id) WHERE state = 'running';
CREATE UNIQUE INDEX job_one_of_group ON job (group_name) WHERE state = 'running';
CREATE INDEX job_by_user ON job (user_id, id);

-- Rows that could not be taken, each with its place in what was given.
CREATE TABLE job_rejected (
	id {ID},
	job_id BIGINT NOT NULL REFERENCES job (id),
	place BIGINT NOT NULL,
	error_key TEXT NOT NULL,
	field TEXT NOT NULL,
	detail TEXT NOT NULL
);
CREATE INDEX job_rejected_by_job ON job_rejected (job_id, id);

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

INSERT INTO organisation (name, kind, path) VALUES ('示例省局', 'province_bureau', '/1/');
INSERT INTO "user" (login, name) VALUES ('zhang', '示例甲');
INSERT INTO membership (state, user_id, roles) VALUES ('granted', 1, ',province_officer,');
INSERT INTO annual_task (year, title, kind, goal, owner_id, due_on, budget)
	VALUES (2026, '示例任务', 'navigation', '目标', 1, '2026-12-01', 150000);
INSERT INTO record_change (type, record_id, version, state, at, user_id, action)
	VALUES ('annual_task', 1, 1, 'draft', 1767225600000, 1, 'create');
INSERT INTO record_comment (type, record_id, state, at, user_id, text)
	VALUES ('annual_task', 1, 'draft', 1767225600000, 1, '意见');
INSERT INTO record_file (type, record_id, name, size, sha256, media_type, at, user_id)
	VALUES ('annual_task', 1, 'a.pdf', 3, 'ab', 'application/pdf', 1767225600000, 1);
INSERT INTO account (user_id, login, password, password_at, must_change, created_at, awake_since)
	VALUES (1, 'zhang', 'x', 1, 0, 1, 1);
INSERT INTO job (kind, arguments, results, state, phase, done, total, checkpoint, rejected, attempts,
	error_key, error_detail, error_at, cancel_wanted, worker, user_id, organisation_id, created_at,
	not_before) VALUES ('import', '', '', 'queued', '', 0, 0, 0, 0, 0, '', '', -1, 0, '', 1, 1, 1, 0);
UPDATE audit_head SET position = 1, hash = 'h';
INSERT INTO audit_line (position, at, user_id, request_id, action, subject, detail, algorithm, hash)
	VALUES (1, 1, 1, 'r', 'login', 'account 1', '', 'sha256', 'h');
