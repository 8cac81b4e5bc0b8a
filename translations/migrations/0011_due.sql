-- The queue in the order of its dates: of one standing, in every language or in one.
CREATE INDEX versions_due ON versions (standing, due_at, id);
CREATE INDEX versions_due_language ON versions (language, standing, due_at, id);
