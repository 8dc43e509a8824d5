-- The docket: patent cases, notices, deadlines.
CREATE TABLE "patent_case" (
	id {ID},
	version BIGINT NOT NULL DEFAULT 1,
	state TEXT NOT NULL DEFAULT 'planned',
	organisation_id BIGINT NOT NULL DEFAULT 1,
	created_by BIGINT NOT NULL DEFAULT 0,
	created_at BIGINT NOT NULL DEFAULT 0,
	updated_by BIGINT NOT NULL DEFAULT 0,
	updated_at BIGINT NOT NULL DEFAULT 0,
	"docket" TEXT NOT NULL,
	"title" TEXT NOT NULL,
	"type" TEXT NOT NULL,
	"office" TEXT NOT NULL,
	"disclosure_id" BIGINT REFERENCES "disclosure" (id),
	"key_field_id" BIGINT REFERENCES "key_field" (id),
	"application_number" TEXT,
	"publication" TEXT,
	"owner_id" BIGINT NOT NULL,
	"inventors" TEXT,
	"agency_id" BIGINT,
	"agent" TEXT,
	"priority_on" TEXT,
	"filed_on" TEXT,
	"published_on" TEXT,
	"granted_on" TEXT,
	"ended_on" TEXT,
	"reduction" TEXT,
	"claims" BIGINT,
	"state_before" TEXT
);
CREATE INDEX patent_case_by_organisation ON "patent_case" (organisation_id, updated_at, id);
CREATE INDEX patent_case_by_update ON "patent_case" (updated_at, id);
CREATE UNIQUE INDEX patent_case_docket ON "patent_case" (organisation_id, "docket");
CREATE INDEX patent_case_type ON "patent_case" ("type", id);
CREATE INDEX patent_case_disclosure_id ON "patent_case" ("disclosure_id", id);
CREATE INDEX patent_case_key_field_id ON "patent_case" ("key_field_id", id);
CREATE UNIQUE INDEX patent_case_application_number ON "patent_case" (organisation_id, "application_number");
CREATE INDEX patent_case_publication ON "patent_case" ("publication", id);
CREATE INDEX patent_case_owner_id ON "patent_case" ("owner_id", id);
CREATE INDEX patent_case_agency_id ON "patent_case" ("agency_id", id);
CREATE INDEX patent_case_filed_on ON "patent_case" ("filed_on", id);
CREATE INDEX patent_case_granted_on ON "patent_case" ("granted_on", id);
CREATE TABLE "notice" (
	id {ID},
	version BIGINT NOT NULL DEFAULT 1,
	state TEXT NOT NULL DEFAULT 'draft',
	organisation_id BIGINT NOT NULL DEFAULT 1,
	created_by BIGINT NOT NULL DEFAULT 0,
	created_at BIGINT NOT NULL DEFAULT 0,
	updated_by BIGINT NOT NULL DEFAULT 0,
	updated_at BIGINT NOT NULL DEFAULT 0,
	"case_id" BIGINT NOT NULL REFERENCES "patent_case" (id),
	"name" TEXT NOT NULL,
	"number" TEXT,
	"issued_on" TEXT NOT NULL,
	"service" TEXT NOT NULL,
	"received_on" TEXT,
	"months" BIGINT,
	"days" BIGINT,
	"file" BIGINT,
	"owner_id" BIGINT NOT NULL,
	"agency_id" BIGINT,
	"read_on" TEXT
);
CREATE INDEX notice_by_organisation ON "notice" (organisation_id, updated_at, id);
CREATE INDEX notice_by_update ON "notice" (updated_at, id);
CREATE INDEX notice_case_id ON "notice" ("case_id", id);
CREATE INDEX notice_issued_on ON "notice" ("issued_on", id);
CREATE INDEX notice_owner_id ON "notice" ("owner_id", id);
CREATE INDEX notice_agency_id ON "notice" ("agency_id", id);
CREATE TABLE "deadline" (
	id {ID},
	version BIGINT NOT NULL DEFAULT 1,
	state TEXT NOT NULL DEFAULT 'open',
	organisation_id BIGINT NOT NULL DEFAULT 1,
	created_by BIGINT NOT NULL DEFAULT 0,
	created_at BIGINT NOT NULL DEFAULT 0,
	updated_by BIGINT NOT NULL DEFAULT 0,
	updated_at BIGINT NOT NULL DEFAULT 0,
	"case_id" BIGINT NOT NULL REFERENCES "patent_case" (id),
	"notice_id" BIGINT REFERENCES "notice" (id),
	"rule" TEXT NOT NULL,
	"title" TEXT,
	"base_on" TEXT NOT NULL,
	"other_on" TEXT,
	"service" TEXT,
	"months" BIGINT,
	"days" BIGINT,
	"extension" BIGINT,
	"due_on" TEXT,
	"safe_on" TEXT,
	"owner_id" BIGINT NOT NULL,
	"agency_id" BIGINT,
	"acknowledged_on" TEXT,
	"done_on" TEXT,
	"outcome" TEXT,
	"deletion_asked_by" BIGINT
);
CREATE INDEX deadline_by_organisation ON "deadline" (organisation_id, updated_at, id);
CREATE INDEX deadline_by_update ON "deadline" (updated_at, id);
CREATE INDEX deadline_case_id ON "deadline" ("case_id", id);
CREATE INDEX deadline_notice_id ON "deadline" ("notice_id", id);
CREATE INDEX deadline_due_on ON "deadline" ("due_on", id);
CREATE INDEX deadline_safe_on ON "deadline" ("safe_on", id);
CREATE INDEX deadline_owner_id ON "deadline" ("owner_id", id);
CREATE INDEX deadline_agency_id ON "deadline" ("agency_id", id);
