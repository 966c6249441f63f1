-- When somebody used the bot in a channel last, so that /catchup knows what was missed. Forgotten a while after.
CREATE TABLE visits (
    channel         TEXT    NOT NULL,
    user_id         TEXT    NOT NULL,                  -- as the platform calls the person
    at              INTEGER NOT NULL,
    PRIMARY KEY (channel, user_id)
) WITHOUT ROWID;
CREATE INDEX visits_by_age ON visits (at);
