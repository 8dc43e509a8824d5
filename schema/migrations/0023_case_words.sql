-- The words of the table of industries that stand in the abstract and claims of a case's documents, for those that have any;
-- by which table they were looked for. Another table, or none yet: the documents of all cases are looked through again.
CREATE TABLE case_words (
	case_id BIGINT PRIMARY KEY REFERENCES patent_case (id) ON DELETE CASCADE,
	words TEXT NOT NULL
);
ALTER TABLE case_update_position ADD COLUMN words_key TEXT;
