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
