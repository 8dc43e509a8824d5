-- Patent products, their yearly confirmation, deals and their income; cases whose proceedings are suspended.
ALTER TABLE "patent_case" ADD COLUMN "is_suspended" BOOLEAN;
CREATE TABLE "product" (
	id {ID},
	version BIGINT NOT NULL DEFAULT 1,
	state TEXT NOT NULL DEFAULT 'draft',
	organisation_id BIGINT NOT NULL DEFAULT 1,
	created_by BIGINT NOT NULL DEFAULT 0,
	created_at BIGINT NOT NULL DEFAULT 0,
	updated_by BIGINT NOT NULL DEFAULT 0,
	updated_at BIGINT NOT NULL DEFAULT 0,
	"name" TEXT NOT NULL,
	"model" TEXT,
	"category" TEXT,
	"key_field_id" BIGINT REFERENCES "key_field" (id),
	"introduction" TEXT,
	"picture" BIGINT,
	"sold_from" TEXT,
	"sold_until" TEXT,
	"relation" TEXT NOT NULL,
	"cases" TEXT,
	"core_cases" TEXT,
	"licensed_patents" TEXT,
	"licence" BIGINT,
	"claim_map" TEXT,
	"proof" BIGINT,
	"filing" TEXT,
	"submitted_on" TEXT,
	"passed_on" TEXT,
	"certificate" BIGINT,
	"confirmed_on" TEXT,
	"confirm_until" TEXT,
	"recognised_on" TEXT,
	"recognition_year" BIGINT,
	"revoked_on" TEXT,
	"revoke_reason" TEXT
);
CREATE INDEX product_by_organisation ON "product" (organisation_id, updated_at, id);
CREATE INDEX product_by_update ON "product" (updated_at, id);
CREATE INDEX product_key_field_id ON "product" ("key_field_id", id);
CREATE UNIQUE INDEX product_filing ON "product" (organisation_id, "filing");
CREATE INDEX product_passed_on ON "product" ("passed_on", id);
CREATE INDEX product_confirm_until ON "product" ("confirm_until", id);
CREATE TABLE "product_year" (
	id {ID},
	version BIGINT NOT NULL DEFAULT 1,
	state TEXT NOT NULL DEFAULT 'draft',
	organisation_id BIGINT NOT NULL DEFAULT 1,
	created_by BIGINT NOT NULL DEFAULT 0,
	created_at BIGINT NOT NULL DEFAULT 0,
	updated_by BIGINT NOT NULL DEFAULT 0,
	updated_at BIGINT NOT NULL DEFAULT 0,
	"product_id" BIGINT NOT NULL REFERENCES "product" (id),
	"year" BIGINT NOT NULL,
	"title" TEXT,
	"opens_on" TEXT,
	"due_on" TEXT,
	"is_sold" BOOLEAN,
	"domestic_sales" BIGINT,
	"export_sales" BIGINT,
	"profit" BIGINT,
	"revenue_share" BIGINT,
	"market_share" BIGINT,
	"ip_cost" BIGINT,
	"rd_cost" BIGINT,
	"takes_part" BOOLEAN,
	"remuneration" BIGINT,
	"proof" BIGINT,
	"confirmed_on" TEXT
);
CREATE INDEX product_year_by_organisation ON "product_year" (organisation_id, updated_at, id);
CREATE INDEX product_year_by_update ON "product_year" (updated_at, id);
CREATE INDEX product_year_product_id ON "product_year" ("product_id", id);
CREATE INDEX product_year_year ON "product_year" ("year", id);
CREATE INDEX product_year_due_on ON "product_year" ("due_on", id);
CREATE TABLE "deal" (
	id {ID},
	version BIGINT NOT NULL DEFAULT 1,
	state TEXT NOT NULL DEFAULT 'draft',
	organisation_id BIGINT NOT NULL DEFAULT 1,
	created_by BIGINT NOT NULL DEFAULT 0,
	created_at BIGINT NOT NULL DEFAULT 0,
	updated_by BIGINT NOT NULL DEFAULT 0,
	updated_at BIGINT NOT NULL DEFAULT 0,
	"title" TEXT NOT NULL,
	"kind" TEXT NOT NULL,
	"cases" TEXT NOT NULL,
	"party" TEXT,
	"party_kind" TEXT,
	"is_foreign" BOOLEAN,
	"export_permit" TEXT,
	"contract_on" TEXT,
	"contract" BIGINT,
	"starts_on" TEXT,
	"ends_on" TEXT,
	"amount" BIGINT,
	"pricing" TEXT,
	"licence_kind" TEXT,
	"territory" TEXT,
	"fee_kind" TEXT,
	"fixed_fee" BIGINT,
	"royalty_base" TEXT,
	"royalty_rate" BIGINT,
	"fee_text" TEXT,
	"evaluation_report" BIGINT,
	"on_market" BOOLEAN,
	"debt" BIGINT,
	"subsidy" BIGINT,
	"share" BIGINT,
	"appraised_value" BIGINT,
	"appraised_on" TEXT,
	"appraisal" BIGINT,
	"inventor_share" BIGINT,
	"instrument" TEXT,
	"coupon" BIGINT,
	"venue" TEXT,
	"consent" BIGINT,
	"pledgee_consent" BIGINT,
	"registered_on" TEXT,
	"registration_number" TEXT,
	"published_on" TEXT,
	"record_due_on" TEXT,
	"ended_on" TEXT,
	"end_reason" TEXT,
	"costs" BIGINT,
	"received" BIGINT,
	"received_by_year" TEXT,
	"reward" BIGINT,
	"reward_share" BIGINT
);
CREATE INDEX deal_by_organisation ON "deal" (organisation_id, updated_at, id);
CREATE INDEX deal_by_update ON "deal" (updated_at, id);
CREATE INDEX deal_kind ON "deal" ("kind", id);
CREATE INDEX deal_starts_on ON "deal" ("starts_on", id);
CREATE INDEX deal_ends_on ON "deal" ("ends_on", id);
CREATE INDEX deal_record_due_on ON "deal" ("record_due_on", id);
CREATE TABLE "deal_income" (
	id {ID},
	version BIGINT NOT NULL DEFAULT 1,
	state TEXT NOT NULL DEFAULT 'draft',
	organisation_id BIGINT NOT NULL DEFAULT 1,
	created_by BIGINT NOT NULL DEFAULT 0,
	created_at BIGINT NOT NULL DEFAULT 0,
	updated_by BIGINT NOT NULL DEFAULT 0,
	updated_at BIGINT NOT NULL DEFAULT 0,
	"deal_id" BIGINT NOT NULL REFERENCES "deal" (id),
	"title" TEXT,
	"kind" TEXT NOT NULL,
	"received_on" TEXT NOT NULL,
	"amount" BIGINT NOT NULL,
	"payer" TEXT,
	"period" TEXT,
	"voucher" BIGINT,
	"note" TEXT
);
CREATE INDEX deal_income_by_organisation ON "deal_income" (organisation_id, updated_at, id);
CREATE INDEX deal_income_by_update ON "deal_income" (updated_at, id);
CREATE INDEX deal_income_deal_id ON "deal_income" ("deal_id", id);
CREATE INDEX deal_income_received_on ON "deal_income" ("received_on", id);
