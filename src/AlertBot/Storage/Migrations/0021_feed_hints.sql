-- What a feed's last document says about when to ask for it: a 304 does not say it again. No row: nothing.
CREATE TABLE feed_hints (
    feed_id         INTEGER PRIMARY KEY REFERENCES feeds (id),
    ttl_ms          INTEGER,
    period_ms       INTEGER,
    skip_hours      INTEGER NOT NULL,                  -- a bit for each hour, UTC
    skip_days       INTEGER NOT NULL                   -- a bit for each day, Sunday first
);
