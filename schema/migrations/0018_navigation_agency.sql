-- A centre cannot name users of an agency: it names the agency, and its people as text. Accounts named
-- earlier stay; their organisation and names are what the centre reads.
ALTER TABLE "navigation_study" ADD COLUMN "agency_people" TEXT;
CREATE INDEX navigation_study_agency_id ON "navigation_study" ("agency_id", id);
UPDATE "navigation_study" SET "agency_id" = (SELECT MIN(u.organisation_id) FROM "user" u
	WHERE "navigation_study"."agents" LIKE '%,' || CAST(u.id AS TEXT) || ',%')
	WHERE "agency_id" IS NULL AND "agents" IS NOT NULL;
UPDATE "navigation_study" SET "agency_people" = (
	WITH RECURSIVE
	person (name) AS (SELECT DISTINCT u."name" FROM "user" u
		WHERE "navigation_study"."agents" LIKE '%,' || CAST(u.id AS TEXT) || ',%'),
	line (last, names) AS (
		SELECT MIN(name), MIN(name) FROM person
		UNION ALL
		SELECT p.name, l.names || '、' || p.name FROM line l JOIN person p
			ON p.name = (SELECT MIN(q.name) FROM person q WHERE q.name > l.last))
	SELECT names FROM line ORDER BY LENGTH(names) DESC LIMIT 1)
	WHERE "agents" IS NOT NULL;
