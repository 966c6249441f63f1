-- Where the moderators of a community are told what the bot needs them for.
ALTER TABLE communities ADD COLUMN channel TEXT;
ALTER TABLE communities ADD COLUMN channel_name TEXT;
ALTER TABLE communities ADD COLUMN channel_chosen INTEGER NOT NULL DEFAULT 0;   -- 0: it is where moderators first changed something

ALTER TABLE subscriptions ADD COLUMN community TEXT;               -- null: it belongs to none, or was made before this was noted

-- Notices are about a channel, or about feeds and what they need.
DROP INDEX notices_pending;
DROP INDEX notices_of_channel;
ALTER TABLE notices RENAME TO former_notices;
CREATE TABLE notices (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    inbox           TEXT    NOT NULL,
    channel         TEXT,                              -- the one that it is about; null: it is about feeds
    kind            TEXT    NOT NULL CHECK (kind IN ('closed', 'gone', 'refusing', 'well', 'sick-feeds', 'well-feeds', 'offline')),
    card            TEXT    NOT NULL,                  -- as JSON
    state           TEXT    NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'sent', 'refused', 'abandoned')),
    created_at      INTEGER NOT NULL,
    attempts        INTEGER NOT NULL DEFAULT 0,
    next_attempt_at INTEGER NOT NULL,
    leased_until    INTEGER NOT NULL DEFAULT 0,
    claimed_at      INTEGER,
    unknown_since   INTEGER,
    last_error      TEXT
);
INSERT INTO notices (id, inbox, channel, kind, card, state, created_at, attempts, next_attempt_at, leased_until, claimed_at, unknown_since, last_error)
    SELECT id, inbox, channel, kind, card, state, created_at, attempts, next_attempt_at, leased_until, claimed_at, unknown_since, last_error FROM former_notices;
DROP TABLE former_notices;
CREATE INDEX notices_pending ON notices (inbox, id) WHERE state = 'pending';
CREATE INDEX notices_of_channel ON notices (channel, id);

-- What moderators were told of each feed's health. A feed of which there was never anything to tell has no row.
CREATE TABLE feed_reports (
    feed_id         INTEGER PRIMARY KEY REFERENCES feeds (id),
    empty_since     INTEGER,                           -- since when its document holds no items
    ailment         TEXT,                              -- what it suffers from; null: they were told that it is well, or nothing
    told_at         INTEGER,
    well_since      INTEGER,                           -- since when it looks well, while it has to prove it
    spells          INTEGER NOT NULL DEFAULT 0,        -- how often it fell ill lately
    cleared_at      INTEGER                            -- when it was last told that it is well again
);

-- In which notice each moderators' channel is told that a feed is sick.
CREATE TABLE feed_report_notices (
    feed_id         INTEGER NOT NULL REFERENCES feeds (id),
    inbox           TEXT    NOT NULL,
    notice_id       INTEGER NOT NULL REFERENCES notices (id),
    PRIMARY KEY (feed_id, inbox)
) WITHOUT ROWID;
CREATE INDEX feed_report_notices_of_notice ON feed_report_notices (notice_id);

-- When the bot itself could reach nearly nobody.
CREATE TABLE outages (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    began_at        INTEGER NOT NULL,
    ended_at        INTEGER                            -- null: it lasts
);
