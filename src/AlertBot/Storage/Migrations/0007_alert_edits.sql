-- Edits of stories reach the alerts about them. A row that waits is composed from the newest text anyway.
ALTER TABLE outbox ADD COLUMN shown_hash TEXT;             -- of the card as it was shown last; null: not known for certain
ALTER TABLE outbox ADD COLUMN edit_due_at INTEGER;         -- null: nothing to edit
ALTER TABLE outbox ADD COLUMN edit_attempts INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN edit_leased_until INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN discussed_in TEXT;           -- the thread or channel where /discuss posted the alert's story
CREATE INDEX outbox_to_edit ON outbox (edit_due_at) WHERE edit_due_at IS NOT NULL;

-- Grows with every message and every edit of one: what a reader that follows the local chat has seen.
ALTER TABLE local_messages ADD COLUMN change_number INTEGER NOT NULL DEFAULT 0;
UPDATE local_messages SET change_number = id;
CREATE INDEX local_messages_by_change ON local_messages (change_number);
