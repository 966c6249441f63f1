-- Who reads of a change, and which change took another back.
ALTER TABLE changes ADD COLUMN channel_name TEXT;              -- the channel as people call it
ALTER TABLE changes ADD COLUMN community TEXT;                 -- the server or workspace where it was said, as platform:id
ALTER TABLE changes ADD COLUMN undoes INTEGER;                 -- the change that it took back, or put in force again
CREATE INDEX changes_standing ON changes (kind, id) WHERE undone_at IS NULL;

-- The tags that a merge of two actors moved, so that it can be taken back where the text is no longer kept.
CREATE TABLE merged_tags (
    change_id       INTEGER NOT NULL REFERENCES changes (id),
    story_id        INTEGER NOT NULL REFERENCES stories (id),
    salience        TEXT    NOT NULL,                  -- of the actor that was merged
    other_salience  TEXT,                              -- of the other one; null where the story did not have it
    PRIMARY KEY (change_id, story_id)
) WITHOUT ROWID;

-- The reports of wrong tags that it moved.
CREATE TABLE merged_reports (
    change_id       INTEGER NOT NULL REFERENCES changes (id),
    report_id       INTEGER NOT NULL REFERENCES tag_reports (id),
    PRIMARY KEY (change_id, report_id)
) WITHOUT ROWID;
