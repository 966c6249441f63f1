-- What is learnt of each feed: how it fails, how often it brings something, where its hub is.
ALTER TABLE feeds ADD COLUMN failing_since INTEGER;            -- the first failure of the row that it is in
ALTER TABLE feeds ADD COLUMN fault TEXT;                       -- the kind of the last failure
ALTER TABLE feeds ADD COLUMN last_new_at INTEGER;              -- the last poll that brought a new story
ALTER TABLE feeds ADD COLUMN gap_ms INTEGER;                   -- its own normal time between new items
ALTER TABLE feeds ADD COLUMN entry_count INTEGER;              -- items in the last document that was read
ALTER TABLE feeds ADD COLUMN hub TEXT;                         -- where the publisher offers to push, and under which address
ALTER TABLE feeds ADD COLUMN hub_topic TEXT;
ALTER TABLE feeds ADD COLUMN full_text INTEGER NOT NULL DEFAULT 0;

-- What moderators changed, of everything, in the order in which it came.
CREATE TABLE changes (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    kind            TEXT    NOT NULL,                  -- actor | topic | feed | ...
    subject         TEXT    NOT NULL,                  -- may name what is no longer there
    old_value       TEXT,                              -- JSON of what changed as it was; null where it was added
    new_value       TEXT,                              -- JSON of the same as it became; null where it was removed
    summary         TEXT    NOT NULL,                  -- one line for people
    changed_by      TEXT    NOT NULL,
    changed_at      INTEGER NOT NULL,
    channel         TEXT,                              -- where it was said
    undone_by       TEXT,
    undone_at       INTEGER
);
CREATE INDEX changes_of_subject ON changes (kind, subject, id);
INSERT INTO changes (kind, subject, old_value, new_value, summary, changed_by, changed_at, undone_by, undone_at)
    SELECT kind, slug, old_value, new_value, '', edited_by, edited_at, undone_by, undone_at FROM (
        SELECT 'actor' AS kind, id, slug, old_fields AS old_value, new_fields AS new_value, edited_by, edited_at, undone_by, undone_at FROM actor_edits
        UNION ALL
        SELECT 'topic', id, slug, old_topic, new_topic, edited_by, edited_at, undone_by, undone_at FROM topic_edits) edits
    ORDER BY edited_at, id;
DROP TABLE actor_edits;
DROP TABLE topic_edits;
