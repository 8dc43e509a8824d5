-- Portfolios, layout plans, task books and their targets; a case's secrecy examination.
ALTER TABLE "patent_case" ADD COLUMN "made_abroad" BOOLEAN;
ALTER TABLE "patent_case" ADD COLUMN "cleared_on" TEXT;
CREATE TABLE "portfolio" (
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
	"kind" TEXT NOT NULL,
	"purpose" TEXT NOT NULL,
	"key_field_id" BIGINT REFERENCES "key_field" (id),
	"product_id" BIGINT REFERENCES "product" (id),
	"bottleneck_id" BIGINT REFERENCES "bottleneck" (id),
	"leader_id" BIGINT NOT NULL,
	"markets" TEXT,
	"cases" TEXT,
	"core_cases" TEXT,
	"defensive_cases" TEXT,
	"built_on" TEXT,
	"note" TEXT
);
CREATE INDEX portfolio_by_organisation ON "portfolio" (organisation_id, updated_at, id);
CREATE INDEX portfolio_by_update ON "portfolio" (updated_at, id);
CREATE UNIQUE INDEX portfolio_code ON "portfolio" (organisation_id, "code");
CREATE INDEX portfolio_key_field_id ON "portfolio" ("key_field_id", id);
CREATE INDEX portfolio_product_id ON "portfolio" ("product_id", id);
CREATE INDEX portfolio_bottleneck_id ON "portfolio" ("bottleneck_id", id);
CREATE INDEX portfolio_leader_id ON "portfolio" ("leader_id", id);
CREATE TABLE "layout_plan" (
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
	"key_field_id" BIGINT REFERENCES "key_field" (id),
	"rd_project_id" BIGINT REFERENCES "rd_project" (id),
	"portfolio_id" BIGINT REFERENCES "portfolio" (id),
	"types" TEXT NOT NULL,
	"strategy" TEXT,
	"leader_id" BIGINT NOT NULL,
	"countries" TEXT NOT NULL,
	"routes" TEXT,
	"markets" TEXT,
	"missing" TEXT,
	"cases" TEXT,
	"first_case_id" BIGINT REFERENCES "patent_case" (id),
	"first_filed_on" TEXT,
	"due_on" TEXT,
	"timing" TEXT
);
CREATE INDEX layout_plan_by_organisation ON "layout_plan" (organisation_id, updated_at, id);
CREATE INDEX layout_plan_by_update ON "layout_plan" (updated_at, id);
CREATE UNIQUE INDEX layout_plan_code ON "layout_plan" (organisation_id, "code");
CREATE INDEX layout_plan_key_field_id ON "layout_plan" ("key_field_id", id);
CREATE INDEX layout_plan_rd_project_id ON "layout_plan" ("rd_project_id", id);
CREATE INDEX layout_plan_portfolio_id ON "layout_plan" ("portfolio_id", id);
CREATE INDEX layout_plan_leader_id ON "layout_plan" ("leader_id", id);
CREATE INDEX layout_plan_first_case_id ON "layout_plan" ("first_case_id", id);
CREATE INDEX layout_plan_due_on ON "layout_plan" ("due_on", id);
CREATE TABLE "task_book" (
	id {ID},
	version BIGINT NOT NULL DEFAULT 1,
	state TEXT NOT NULL DEFAULT 'draft',
	organisation_id BIGINT NOT NULL DEFAULT 1,
	created_by BIGINT NOT NULL DEFAULT 0,
	created_at BIGINT NOT NULL DEFAULT 0,
	updated_by BIGINT NOT NULL DEFAULT 0,
	updated_at BIGINT NOT NULL DEFAULT 0,
	"number" TEXT NOT NULL,
	"title" TEXT NOT NULL,
	"centre_id" BIGINT,
	"bureau_id" BIGINT,
	"key_fields" TEXT,
	"from_on" TEXT NOT NULL,
	"until_on" TEXT NOT NULL,
	"base_year" BIGINT,
	"baseline" BIGINT,
	"objectives" TEXT,
	"tasks" TEXT,
	"milestones" TEXT,
	"budget" BIGINT,
	"fund" BIGINT,
	"ownership" TEXT,
	"acceptance" TEXT,
	"text" BIGINT,
	"signed_on" TEXT,
	"book_version" BIGINT,
	"previous_id" BIGINT REFERENCES "task_book" (id),
	"change_reason" TEXT,
	"ended_on" TEXT
);
CREATE INDEX task_book_by_organisation ON "task_book" (organisation_id, updated_at, id);
CREATE INDEX task_book_by_update ON "task_book" (updated_at, id);
CREATE INDEX task_book_number ON "task_book" ("number", id);
CREATE INDEX task_book_centre_id ON "task_book" ("centre_id", id);
CREATE INDEX task_book_until_on ON "task_book" ("until_on", id);
CREATE INDEX task_book_previous_id ON "task_book" ("previous_id", id);
CREATE TABLE "target" (
	id {ID},
	version BIGINT NOT NULL DEFAULT 1,
	state TEXT NOT NULL DEFAULT 'draft',
	organisation_id BIGINT NOT NULL DEFAULT 1,
	created_by BIGINT NOT NULL DEFAULT 0,
	created_at BIGINT NOT NULL DEFAULT 0,
	updated_by BIGINT NOT NULL DEFAULT 0,
	updated_at BIGINT NOT NULL DEFAULT 0,
	"task_book_id" BIGINT NOT NULL REFERENCES "task_book" (id),
	"indicator" TEXT NOT NULL,
	"method" TEXT,
	"value" BIGINT NOT NULL,
	"in_period" BOOLEAN,
	"weight" BIGINT,
	"due_on" TEXT,
	"evidence" TEXT,
	"title" TEXT
);
CREATE INDEX target_by_organisation ON "target" (organisation_id, updated_at, id);
CREATE INDEX target_by_update ON "target" (updated_at, id);
CREATE INDEX target_task_book_id ON "target" ("task_book_id", id);
CREATE INDEX target_due_on ON "target" ("due_on", id);
