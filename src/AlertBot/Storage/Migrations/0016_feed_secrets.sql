-- Logins and keys that feeds want: headers, each value encrypted with the installation's own keys (Storage:Keys).
CREATE TABLE feed_secrets (
    feed_id         INTEGER NOT NULL REFERENCES feeds (id),
    name            TEXT    NOT NULL,                  -- of the header
    secret          TEXT    NOT NULL,                  -- its value, encrypted
    origin          TEXT    NOT NULL,                  -- scheme, host and port of the only site that it is sent to
    set_by          TEXT    NOT NULL,
    set_at          INTEGER NOT NULL,
    PRIMARY KEY (feed_id, name)
);

-- How the reading of articles goes, of feeds whose items are teasers.
CREATE TABLE feed_articles (
    feed_id         INTEGER PRIMARY KEY REFERENCES feeds (id),
    read_at         INTEGER,                           -- the last article that was read
    failed_at       INTEGER,                           -- the last that was not, and why
    error           TEXT
);
