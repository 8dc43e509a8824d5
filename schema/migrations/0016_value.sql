-- Standard-essential patents, awards, patents held to be of high value by hand, grades.
CREATE TABLE "standard_patent" (
	id {ID},
	version BIGINT NOT NULL DEFAULT 1,
	state TEXT NOT NULL DEFAULT 'draft',
	organisation_id BIGINT NOT NULL DEFAULT 1,
	created_by BIGINT NOT NULL DEFAULT 0,
	created_at BIGINT NOT NULL DEFAULT 0,
	updated_by BIGINT NOT NULL DEFAULT 0,
	updated_at BIGINT NOT NULL DEFAULT 0,
	"case_id" BIGINT NOT NULL REFERENCES "patent_case" (id),
	"title" TEXT,
	"body" TEXT NOT NULL,
	"level" TEXT NOT NULL,
	"standard" TEXT NOT NULL,
	"version_of_standard" TEXT,
	"clause" TEXT,
	"claims" TEXT,
	"claim_chart" BIGINT,
	"published_on" TEXT,
	"declared_on" TEXT,
	"declaration_number" TEXT,
	"commitment" TEXT,
	"essentiality" TEXT,
	"evaluator" TEXT,
	"evaluated_on" TEXT,
	"withdrawn_on" TEXT
);
CREATE INDEX standard_patent_by_organisation ON "standard_patent" (organisation_id, updated_at, id);
CREATE INDEX standard_patent_by_update ON "standard_patent" (updated_at, id);
CREATE INDEX standard_patent_case_id ON "standard_patent" ("case_id", id);
CREATE TABLE "award" (
	id {ID},
	version BIGINT NOT NULL DEFAULT 1,
	state TEXT NOT NULL DEFAULT 'draft',
	organisation_id BIGINT NOT NULL DEFAULT 1,
	created_by BIGINT NOT NULL DEFAULT 0,
	created_at BIGINT NOT NULL DEFAULT 0,
	updated_by BIGINT NOT NULL DEFAULT 0,
	updated_at BIGINT NOT NULL DEFAULT 0,
	"title" TEXT NOT NULL,
	"level" TEXT NOT NULL,
	"session" TEXT,
	"cases" TEXT,
	"recommender" TEXT,
	"due_on" TEXT,
	"materials" TEXT,
	"submitted_on" TEXT,
	"awarded_on" TEXT,
	"certificate" BIGINT,
	"certificate_number" TEXT
);
CREATE INDEX award_by_organisation ON "award" (organisation_id, updated_at, id);
CREATE INDEX award_by_update ON "award" (updated_at, id);
CREATE INDEX award_level ON "award" ("level", id);
CREATE INDEX award_due_on ON "award" ("due_on", id);
CREATE INDEX award_awarded_on ON "award" ("awarded_on", id);
CREATE TABLE "high_value_mark" (
	id {ID},
	version BIGINT NOT NULL DEFAULT 1,
	state TEXT NOT NULL DEFAULT 'draft',
	organisation_id BIGINT NOT NULL DEFAULT 1,
	created_by BIGINT NOT NULL DEFAULT 0,
	created_at BIGINT NOT NULL DEFAULT 0,
	updated_by BIGINT NOT NULL DEFAULT 0,
	updated_at BIGINT NOT NULL DEFAULT 0,
	"case_id" BIGINT NOT NULL REFERENCES "patent_case" (id),
	"title" TEXT,
	"reason" TEXT NOT NULL,
	"evidence" BIGINT,
	"from_on" TEXT NOT NULL,
	"until_on" TEXT,
	"proposed_by" BIGINT,
	"approved_by" BIGINT,
	"approved_on" TEXT
);
CREATE INDEX high_value_mark_by_organisation ON "high_value_mark" (organisation_id, updated_at, id);
CREATE INDEX high_value_mark_by_update ON "high_value_mark" (updated_at, id);
CREATE INDEX high_value_mark_case_id ON "high_value_mark" ("case_id", id);
CREATE INDEX high_value_mark_from_on ON "high_value_mark" ("from_on", id);
CREATE TABLE "grading" (
	id {ID},
	version BIGINT NOT NULL DEFAULT 1,
	state TEXT NOT NULL DEFAULT 'draft',
	organisation_id BIGINT NOT NULL DEFAULT 1,
	created_by BIGINT NOT NULL DEFAULT 0,
	created_at BIGINT NOT NULL DEFAULT 0,
	updated_by BIGINT NOT NULL DEFAULT 0,
	updated_at BIGINT NOT NULL DEFAULT 0,
	"case_id" BIGINT NOT NULL REFERENCES "patent_case" (id),
	"title" TEXT,
	"trigger" TEXT NOT NULL,
	"graded_on" TEXT NOT NULL,
	"relevance" BIGINT,
	"claims" BIGINT,
	"market" BIGINT,
	"term" BIGINT,
	"citations" BIGINT,
	"sep" BOOLEAN,
	"survived" BOOLEAN,
	"risk" BOOLEAN,
	"discontinued" BOOLEAN,
	"grounds" TEXT,
	"categories" TEXT,
	"base_score" BIGINT,
	"score" BIGINT,
	"grade" TEXT,
	"action" TEXT,
	"edition" TEXT,
	"proposal" TEXT,
	"decision" TEXT,
	"reason" TEXT,
	"proposed_by" BIGINT,
	"approved_by" BIGINT,
	"case_state" TEXT,
	"event_on" TEXT,
	"review_on" TEXT
);
CREATE INDEX grading_by_organisation ON "grading" (organisation_id, updated_at, id);
CREATE INDEX grading_by_update ON "grading" (updated_at, id);
CREATE INDEX grading_case_id ON "grading" ("case_id", id);
CREATE INDEX grading_graded_on ON "grading" ("graded_on", id);
CREATE INDEX grading_grade ON "grading" ("grade", id);
CREATE INDEX grading_review_on ON "grading" ("review_on", id);
