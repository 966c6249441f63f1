-- What moderators added, changed and removed of the topics. The last edit of a topic that was not taken back is in force.
CREATE TABLE topic_edits (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    slug            TEXT    NOT NULL,
    old_topic       TEXT,                              -- JSON of the topic as it was; null where it was added
    new_topic       TEXT,                              -- JSON of the topic as it became; null where it was removed
    edited_by       TEXT    NOT NULL,
    edited_at       INTEGER NOT NULL,
    undone_by       TEXT,
    undone_at       INTEGER
);
CREATE INDEX topic_edits_of_topic ON topic_edits (slug, id);
