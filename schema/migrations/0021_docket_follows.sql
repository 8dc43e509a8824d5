-- What a notice tells about its case, what a deadline is counted from, when an annuity is decided about.
ALTER TABLE "disclosure" ADD COLUMN "patent_type" TEXT;
ALTER TABLE "notice" ADD COLUMN "application_number" TEXT;
ALTER TABLE "notice" ADD COLUMN "filed_on" TEXT;
ALTER TABLE "notice" ADD COLUMN "event_on" TEXT;
ALTER TABLE "notice" ADD COLUMN "publication" TEXT;
ALTER TABLE "notice" ADD COLUMN "result" TEXT;
ALTER TABLE "notice" ADD COLUMN "adjustment_days" BIGINT;
ALTER TABLE "deadline" ADD COLUMN "follows" BOOLEAN;
ALTER TABLE "fee" ADD COLUMN "decide_on" TEXT;
