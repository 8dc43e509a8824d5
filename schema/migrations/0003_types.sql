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
