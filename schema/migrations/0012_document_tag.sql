-- Marks an organisation puts on documents for itself; #tag in a query finds them.
CREATE TABLE document_tag (
	organisation_id BIGINT NOT NULL,
	application_id BIGINT NOT NULL,
	tag TEXT NOT NULL,
	user_id BIGINT NOT NULL,             -- who put it there
	tagged_at BIGINT NOT NULL,           -- ms UTC
	PRIMARY KEY (organisation_id, application_id, tag)
);
CREATE INDEX document_tag_by_tag ON document_tag (organisation_id, tag, application_id);
