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
