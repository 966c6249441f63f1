-- Commands of buttons are forgotten a while after they were shown last. Those that are there count as shown when this schema came.
ALTER TABLE discord_commands ADD COLUMN shown_at INTEGER NOT NULL DEFAULT 0;
UPDATE discord_commands SET shown_at = (SELECT MAX(applied_at) FROM schema_migrations);
-- What is done with, found by its age without reading the messages themselves; and what ended without being shown, counted for /health.
CREATE INDEX outbox_ended ON outbox (created_at, state, kind) WHERE state IN ('sent', 'refused', 'abandoned');
CREATE INDEX outbox_lost ON outbox (created_at, state, kind) WHERE state IN ('refused', 'abandoned');
-- A message that goes is looked for among those that go under it.
CREATE INDEX outbox_under ON outbox (under_id) WHERE under_id IS NOT NULL;
