-- The cultivation chain: fields of technology, bottlenecks, projects and their gates, mining sessions.
CREATE TABLE "key_field" (
	id {ID},
	version BIGINT NOT NULL DEFAULT 1,
	state TEXT NOT NULL DEFAULT 'draft',
	organisation_id BIGINT NOT NULL DEFAULT 1,
	created_by BIGINT NOT NULL DEFAULT 0,
	created_at BIGINT NOT NULL DEFAULT 0,
	updated_by BIGINT NOT NULL DEFAULT 0,
	updated_at BIGINT NOT NULL DEFAULT 0,
	"name" TEXT NOT NULL,
	"sphere" TEXT NOT NULL,
	"industry" TEXT,
	"direction" TEXT NOT NULL,
	"basis" TEXT,
	"leader_id" BIGINT,
	"topic_id" BIGINT REFERENCES "topic" (id),
	"classes" TEXT,
	"query" TEXT,
	"chosen_on" TEXT
);
CREATE INDEX key_field_by_organisation ON "key_field" (organisation_id, updated_at, id);
CREATE INDEX key_field_by_update ON "key_field" (updated_at, id);
CREATE UNIQUE INDEX key_field_name ON "key_field" (organisation_id, "name");
CREATE INDEX key_field_sphere ON "key_field" ("sphere", id);
CREATE INDEX key_field_topic_id ON "key_field" ("topic_id", id);
CREATE TABLE "bottleneck" (
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
	"key_field_id" BIGINT NOT NULL REFERENCES "key_field" (id),
	"kind" TEXT NOT NULL,
	"source" TEXT NOT NULL,
	"priority" TEXT NOT NULL,
	"gap" TEXT NOT NULL,
	"target" TEXT,
	"finding_id" BIGINT REFERENCES "finding" (id),
	"topic_id" BIGINT REFERENCES "topic" (id),
	"technology_id" BIGINT REFERENCES "topic_node" (id),
	"effect_id" BIGINT REFERENCES "topic_node" (id),
	"query" TEXT,
	"hits" BIGINT,
	"counted_on" TEXT,
	"leader_id" BIGINT,
	"partners" TEXT,
	"budget" BIGINT,
	"starts_on" TEXT,
	"due_on" TEXT,
	"expected_patents" BIGINT,
	"outcome" TEXT,
	"hits_after" BIGINT,
	"recounted_on" TEXT,
	"solved_on" TEXT
);
CREATE INDEX bottleneck_by_organisation ON "bottleneck" (organisation_id, updated_at, id);
CREATE INDEX bottleneck_by_update ON "bottleneck" (updated_at, id);
CREATE UNIQUE INDEX bottleneck_code ON "bottleneck" (organisation_id, "code");
CREATE INDEX bottleneck_key_field_id ON "bottleneck" ("key_field_id", id);
CREATE INDEX bottleneck_source ON "bottleneck" ("source", id);
CREATE INDEX bottleneck_finding_id ON "bottleneck" ("finding_id", id);
CREATE INDEX bottleneck_topic_id ON "bottleneck" ("topic_id", id);
CREATE INDEX bottleneck_technology_id ON "bottleneck" ("technology_id", id);
CREATE INDEX bottleneck_effect_id ON "bottleneck" ("effect_id", id);
CREATE INDEX bottleneck_leader_id ON "bottleneck" ("leader_id", id);
CREATE INDEX bottleneck_due_on ON "bottleneck" ("due_on", id);
CREATE TABLE "rd_project" (
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
	"bottleneck_id" BIGINT REFERENCES "bottleneck" (id),
	"key_field_id" BIGINT NOT NULL REFERENCES "key_field" (id),
	"kind" TEXT NOT NULL,
	"funding" TEXT,
	"contract" TEXT,
	"leader_id" BIGINT NOT NULL,
	"team" TEXT,
	"partners" TEXT,
	"ownership" TEXT,
	"budget" BIGINT,
	"starts_on" TEXT NOT NULL,
	"due_on" TEXT NOT NULL,
	"goal" TEXT NOT NULL,
	"route" TEXT,
	"topic_id" BIGINT REFERENCES "topic" (id),
	"expected_patents" BIGINT,
	"result" TEXT,
	"closed_on" TEXT
);
CREATE INDEX rd_project_by_organisation ON "rd_project" (organisation_id, updated_at, id);
CREATE INDEX rd_project_by_update ON "rd_project" (updated_at, id);
CREATE UNIQUE INDEX rd_project_code ON "rd_project" (organisation_id, "code");
CREATE INDEX rd_project_bottleneck_id ON "rd_project" ("bottleneck_id", id);
CREATE INDEX rd_project_key_field_id ON "rd_project" ("key_field_id", id);
CREATE INDEX rd_project_leader_id ON "rd_project" ("leader_id", id);
CREATE INDEX rd_project_due_on ON "rd_project" ("due_on", id);
CREATE INDEX rd_project_topic_id ON "rd_project" ("topic_id", id);
CREATE TABLE "rd_gate" (
	id {ID},
	version BIGINT NOT NULL DEFAULT 1,
	state TEXT NOT NULL DEFAULT 'draft',
	organisation_id BIGINT NOT NULL DEFAULT 1,
	created_by BIGINT NOT NULL DEFAULT 0,
	created_at BIGINT NOT NULL DEFAULT 0,
	updated_by BIGINT NOT NULL DEFAULT 0,
	updated_at BIGINT NOT NULL DEFAULT 0,
	"project_id" BIGINT NOT NULL REFERENCES "rd_project" (id),
	"stage" TEXT NOT NULL,
	"title" TEXT,
	"held_on" TEXT NOT NULL,
	"reviewers" TEXT,
	"study_id" BIGINT REFERENCES "navigation_study" (id),
	"topic_id" BIGINT REFERENCES "topic" (id),
	"databases" TEXT,
	"query" TEXT,
	"hits" BIGINT,
	"selected" BIGINT,
	"searched_on" TEXT,
	"report" BIGINT,
	"findings" TEXT,
	"influence" TEXT,
	"passed_on" TEXT
);
CREATE INDEX rd_gate_by_organisation ON "rd_gate" (organisation_id, updated_at, id);
CREATE INDEX rd_gate_by_update ON "rd_gate" (updated_at, id);
CREATE INDEX rd_gate_project_id ON "rd_gate" ("project_id", id);
CREATE INDEX rd_gate_held_on ON "rd_gate" ("held_on", id);
CREATE INDEX rd_gate_study_id ON "rd_gate" ("study_id", id);
CREATE INDEX rd_gate_topic_id ON "rd_gate" ("topic_id", id);
CREATE TABLE "mining_session" (
	id {ID},
	version BIGINT NOT NULL DEFAULT 1,
	state TEXT NOT NULL DEFAULT 'planned',
	organisation_id BIGINT NOT NULL DEFAULT 1,
	created_by BIGINT NOT NULL DEFAULT 0,
	created_at BIGINT NOT NULL DEFAULT 0,
	updated_by BIGINT NOT NULL DEFAULT 0,
	updated_at BIGINT NOT NULL DEFAULT 0,
	"project_id" BIGINT NOT NULL REFERENCES "rd_project" (id),
	"title" TEXT NOT NULL,
	"held_on" TEXT NOT NULL,
	"methods" TEXT NOT NULL,
	"host_id" BIGINT NOT NULL,
	"participants" TEXT,
	"guests" TEXT,
	"topic_id" BIGINT REFERENCES "topic" (id),
	"query" TEXT,
	"points" TEXT,
	"point_count" BIGINT,
	"expected_proposals" BIGINT,
	"summary" TEXT
);
CREATE INDEX mining_session_by_organisation ON "mining_session" (organisation_id, updated_at, id);
CREATE INDEX mining_session_by_update ON "mining_session" (updated_at, id);
CREATE INDEX mining_session_project_id ON "mining_session" ("project_id", id);
CREATE INDEX mining_session_held_on ON "mining_session" ("held_on", id);
CREATE INDEX mining_session_host_id ON "mining_session" ("host_id", id);
CREATE INDEX mining_session_topic_id ON "mining_session" ("topic_id", id);
