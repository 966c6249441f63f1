-- The processes that share the database, and which of them holds what is leased.
CREATE TABLE replicas (
    id              TEXT    PRIMARY KEY,
    name            TEXT    NOT NULL,                  -- of its machine
    version         TEXT    NOT NULL,
    started_at      INTEGER NOT NULL,
    alive_until     INTEGER NOT NULL                   -- unless it says again that it is alive
);
ALTER TABLE feeds ADD COLUMN leased_by TEXT;
ALTER TABLE outbox ADD COLUMN edit_leased_by TEXT;
CREATE INDEX feeds_leased ON feeds (leased_by) WHERE leased_by IS NOT NULL;
CREATE INDEX outbox_leased_by ON outbox (leased_by) WHERE leased_by IS NOT NULL;
CREATE INDEX outbox_edits_leased ON outbox (edit_leased_by) WHERE edit_leased_by IS NOT NULL;
