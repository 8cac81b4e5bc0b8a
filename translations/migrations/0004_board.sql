-- A person's own work, the most urgent first, in the order of the board.
DROP INDEX versions_assignee;
CREATE INDEX versions_assignee ON versions (assignee_id, standing, priority DESC, updated_at DESC, id DESC);
