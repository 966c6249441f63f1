-- Tagging the archive anew after a change of what is known: one row, which tells how far it is.
CREATE TABLE retagging (
    id              INTEGER PRIMARY KEY CHECK (id = 1),
    knowledge       TEXT    NOT NULL,                  -- the hash of the actors, topics and phrases that the archive is tagged with
    started_at      INTEGER NOT NULL,
    last_sorted_at  INTEGER,                           -- of the story done last, newest first; null: none yet
    last_story_id   INTEGER,
    stories         INTEGER NOT NULL DEFAULT 0,        -- done
    changed         INTEGER NOT NULL DEFAULT 0,
    alerts          INTEGER NOT NULL DEFAULT 0,        -- of the past, which the tags of now would not bring
    pruned          INTEGER NOT NULL DEFAULT 0,        -- passed over: their text is no longer kept
    finished_at     INTEGER,
    paused_at       INTEGER,
    paused_by       TEXT
);
