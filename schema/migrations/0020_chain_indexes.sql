-- What is computed across records asks for steps of many rows, and for what is still open.
CREATE INDEX record_change_by_step ON record_change (type, record_id, id) WHERE field = 'state';
CREATE INDEX deadline_by_state ON deadline (state, due_on);
