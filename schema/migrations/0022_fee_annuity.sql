-- A case has one annuity a year: what was entered twice before keeps its rows, and the first of them the key.
ALTER TABLE "fee" ADD COLUMN "annuity" TEXT;
UPDATE "fee" SET "annuity" = CAST(case_id AS TEXT) || '/' || CAST(year AS TEXT)
WHERE kind = 'annuity' AND year IS NOT NULL AND NOT EXISTS (
	SELECT 1 FROM "fee" AS other
	WHERE other.kind = 'annuity' AND other.case_id = "fee".case_id AND other.year = "fee".year
		AND other.id < "fee".id);
CREATE UNIQUE INDEX fee_annuity ON "fee" (organisation_id, "annuity");
