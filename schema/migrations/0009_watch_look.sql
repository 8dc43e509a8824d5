-- What somebody has seen of a watch: everything up to an application. Ids of applications only grow.
CREATE TABLE watch_look (
	watch_id BIGINT NOT NULL REFERENCES watch (id) ON DELETE CASCADE,
	user_id BIGINT NOT NULL,
	application_id BIGINT NOT NULL,
	looked_at BIGINT NOT NULL,           -- ms UTC
	PRIMARY KEY (watch_id, user_id)
);
