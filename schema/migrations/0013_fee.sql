-- Official fees of cases.
CREATE TABLE "fee" (
	id {ID},
	version BIGINT NOT NULL DEFAULT 1,
	state TEXT NOT NULL DEFAULT 'planned',
	organisation_id BIGINT NOT NULL DEFAULT 1,
	created_by BIGINT NOT NULL DEFAULT 0,
	created_at BIGINT NOT NULL DEFAULT 0,
	updated_by BIGINT NOT NULL DEFAULT 0,
	updated_at BIGINT NOT NULL DEFAULT 0,
	"case_id" BIGINT NOT NULL REFERENCES "patent_case" (id),
	"kind" TEXT NOT NULL,
	"rule" TEXT,
	"year" BIGINT,
	"title" TEXT,
	"due_on" TEXT,
	"paid_on" TEXT,
	"amount" BIGINT,
	"paid" BIGINT,
	"owner_id" BIGINT NOT NULL,
	"agency_id" BIGINT,
	"receipt" BIGINT
);
CREATE INDEX fee_by_organisation ON "fee" (organisation_id, updated_at, id);
CREATE INDEX fee_by_update ON "fee" (updated_at, id);
CREATE INDEX fee_case_id ON "fee" ("case_id", id);
CREATE INDEX fee_due_on ON "fee" ("due_on", id);
CREATE INDEX fee_owner_id ON "fee" ("owner_id", id);
CREATE INDEX fee_agency_id ON "fee" ("agency_id", id);
