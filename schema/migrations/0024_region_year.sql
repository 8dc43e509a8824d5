-- What a region had at the end of a year: the province's targets T5 and T6.
CREATE TABLE "region_year" (
	id {ID},
	version BIGINT NOT NULL DEFAULT 1,
	state TEXT NOT NULL DEFAULT 'draft',
	organisation_id BIGINT NOT NULL DEFAULT 1,
	created_by BIGINT NOT NULL DEFAULT 0,
	created_at BIGINT NOT NULL DEFAULT 0,
	updated_by BIGINT NOT NULL DEFAULT 0,
	updated_at BIGINT NOT NULL DEFAULT 0,
	"region" TEXT NOT NULL,
	"year" BIGINT NOT NULL,
	"title" TEXT,
	"population" BIGINT,
	"high_value" BIGINT,
	"rate" BIGINT,
	"source" TEXT NOT NULL,
	"edition" TEXT,
	"published_on" TEXT NOT NULL,
	"proof" BIGINT,
	"note" TEXT,
	"published" TEXT
);
CREATE INDEX region_year_by_organisation ON "region_year" (organisation_id, updated_at, id);
CREATE INDEX region_year_by_update ON "region_year" (updated_at, id);
CREATE INDEX region_year_year ON "region_year" ("year", id);
CREATE UNIQUE INDEX region_year_published ON "region_year" ("published");
