-- What the drafting check counts in a draft's file.
ALTER TABLE "draft" ADD COLUMN "checkers" TEXT;
ALTER TABLE "quality_check" ADD COLUMN "runs" BIGINT;
ALTER TABLE "quality_check" ADD COLUMN "run_on" TEXT;
ALTER TABLE "quality_check" ADD COLUMN "findings" TEXT;
ALTER TABLE "quality_check" ADD COLUMN "new_findings" BIGINT;
ALTER TABLE "quality_check" ADD COLUMN "fixed_findings" BIGINT;
ALTER TABLE "quality_check" ADD COLUMN "still_findings" BIGINT;

-- What imports bring for cases; up to where the change log was looked through for them.
CREATE TABLE "case_update" (
	id {ID},
	version BIGINT NOT NULL DEFAULT 1,
	state TEXT NOT NULL DEFAULT 'proposed',
	organisation_id BIGINT NOT NULL DEFAULT 1,
	created_by BIGINT NOT NULL DEFAULT 0,
	created_at BIGINT NOT NULL DEFAULT 0,
	updated_by BIGINT NOT NULL DEFAULT 0,
	updated_at BIGINT NOT NULL DEFAULT 0,
	"case_id" BIGINT NOT NULL REFERENCES "patent_case" (id),
	"title" TEXT,
	"kind" TEXT NOT NULL,
	"publication" TEXT,
	"event" TEXT,
	"happened_on" TEXT,
	"field" TEXT,
	"old_value" TEXT,
	"new_value" TEXT,
	"goal" TEXT,
	"reached" TEXT,
	"source" TEXT,
	"fact" TEXT,
	"owner_id" BIGINT
);
CREATE INDEX case_update_by_organisation ON "case_update" (organisation_id, updated_at, id);
CREATE INDEX case_update_by_update ON "case_update" (updated_at, id);
CREATE INDEX case_update_case_id ON "case_update" ("case_id", id);
CREATE UNIQUE INDEX case_update_fact ON "case_update" (organisation_id, "fact");
CREATE INDEX case_update_owner_id ON "case_update" ("owner_id", id);
CREATE TABLE case_update_position (
	id BIGINT PRIMARY KEY,
	position BIGINT NOT NULL
);
