-- One queue of everything that is sent by itself. A row is one message to one channel, or one alert that waits for the message
-- that tells several.
DROP INDEX outbox_pending;
DROP INDEX outbox_of_channel;
DROP INDEX outbox_to_edit;
DROP INDEX outbox_of_event;
ALTER TABLE outbox RENAME TO former_outbox;
CREATE TABLE outbox (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    channel         TEXT    NOT NULL,
    kind            TEXT    NOT NULL CHECK (kind IN ('alert', 'development', 'digest', 'away', 'notice')),
    rank            INTEGER NOT NULL DEFAULT 1,        -- 0 urgent, 1 alerts, 2 digests, 3 notices: a lower one goes first
    story_id        INTEGER REFERENCES stories (id),
    event_id        INTEGER REFERENCES events (id),
    reasons         TEXT,                              -- JSON list: the follows that matched, each with its tags
    severity        INTEGER NOT NULL DEFAULT 1,        -- 0 routine, 1 notable, 2 urgent
    card            TEXT,                              -- of a notice, as JSON
    under_id        INTEGER REFERENCES outbox (id),    -- of a development: the alert whose thread it goes into
    bundle_id       INTEGER REFERENCES outbox (id),    -- of a held one: the message that tells it
    held_for        TEXT,                              -- why it is held
    pings           TEXT,                              -- JSON list of the roles that it may call
    pinged_at       INTEGER,                           -- when it called them, written before it is sent
    state           TEXT    NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'held', 'sent', 'refused', 'abandoned')),
    created_at      INTEGER NOT NULL,
    attempts        INTEGER NOT NULL DEFAULT 0,
    next_attempt_at INTEGER NOT NULL,
    leased_by       TEXT,
    leased_until    INTEGER NOT NULL DEFAULT 0,
    claimed_at      INTEGER,                           -- when the attempt began that is under way, or that nobody noted the end of
    unknown_since   INTEGER,                           -- when the first attempt began that may have shown it
    last_error      TEXT,
    message_id      TEXT,
    sent_at         INTEGER,
    shown_hash      TEXT,                              -- of the card as it was shown last; null: not known for certain
    edit_due_at     INTEGER,                           -- null: nothing to edit
    edit_attempts   INTEGER NOT NULL DEFAULT 0,
    edit_leased_until INTEGER NOT NULL DEFAULT 0,
    discussed_in    TEXT,                              -- the thread or channel where /discuss posted its story
    UNIQUE (story_id, channel)
);
INSERT INTO outbox (id, channel, kind, story_id, event_id, reasons, state, created_at, attempts, next_attempt_at, leased_until, claimed_at, unknown_since, last_error,
                    message_id, sent_at, shown_hash, edit_due_at, edit_attempts, edit_leased_until, discussed_in)
    SELECT id, channel, 'alert', story_id, event_id, reasons, state, created_at, attempts, next_attempt_at, leased_until, claimed_at, unknown_since, last_error,
           message_id, sent_at, shown_hash, edit_due_at, edit_attempts, edit_leased_until, discussed_in
    FROM former_outbox;

-- Notices keep here what they are about; the number is that of their row in the outbox.
ALTER TABLE feed_report_notices RENAME TO former_report_notices;
DROP INDEX feed_report_notices_of_notice;
DROP INDEX notices_pending;
DROP INDEX notices_of_channel;
ALTER TABLE notices RENAME TO former_notices;
INSERT INTO outbox (id, channel, kind, rank, card, state, created_at, attempts, next_attempt_at, claimed_at, unknown_since, last_error)
    SELECT id + (SELECT COALESCE(MAX(id), 0) FROM former_outbox), inbox, 'notice', 3, card, state, created_at, attempts, next_attempt_at, claimed_at, unknown_since, last_error
    FROM former_notices;
CREATE TABLE notices (
    id              INTEGER PRIMARY KEY REFERENCES outbox (id),
    inbox           TEXT    NOT NULL,
    channel         TEXT,                              -- the one that it is about; null: it is about feeds
    kind            TEXT    NOT NULL CHECK (kind IN ('closed', 'gone', 'refusing', 'well', 'sick-feeds', 'well-feeds', 'offline')),
    created_at      INTEGER NOT NULL
);
INSERT INTO notices (id, inbox, channel, kind, created_at)
    SELECT id + (SELECT COALESCE(MAX(id), 0) FROM former_outbox), inbox, channel, kind, created_at FROM former_notices;
CREATE TABLE feed_report_notices (
    feed_id         INTEGER NOT NULL REFERENCES feeds (id),
    inbox           TEXT    NOT NULL,
    notice_id       INTEGER NOT NULL REFERENCES notices (id),
    PRIMARY KEY (feed_id, inbox)
) WITHOUT ROWID;
INSERT INTO feed_report_notices (feed_id, inbox, notice_id)
    SELECT feed_id, inbox, notice_id + (SELECT COALESCE(MAX(id), 0) FROM former_outbox) FROM former_report_notices;
DROP TABLE former_report_notices;
DROP TABLE former_notices;
DROP TABLE former_outbox;
CREATE INDEX notices_of_channel ON notices (channel, id);
CREATE INDEX notices_of_inbox ON notices (inbox, id);
CREATE INDEX feed_report_notices_of_notice ON feed_report_notices (notice_id);

-- The queue as it is gone through: what is due, whether something of its channel comes before it, and what is on its way.
CREATE INDEX outbox_due ON outbox (rank, next_attempt_at, id) WHERE state = 'pending';
CREATE INDEX outbox_in_order ON outbox (channel, rank, created_at, id) WHERE state = 'pending';
CREATE INDEX outbox_leased ON outbox (channel) WHERE state = 'pending' AND leased_until > 0;
CREATE INDEX outbox_held ON outbox (channel, created_at) WHERE state = 'held';
CREATE INDEX outbox_of_bundle ON outbox (bundle_id) WHERE bundle_id IS NOT NULL;
CREATE INDEX outbox_of_channel ON outbox (channel, id);
CREATE INDEX outbox_to_edit ON outbox (edit_due_at) WHERE edit_due_at IS NOT NULL;
-- A channel sees one alert for an event. One that it never saw, since it was refused or given up, does not count.
CREATE UNIQUE INDEX outbox_of_event ON outbox (event_id, channel) WHERE kind = 'alert' AND event_id IS NOT NULL AND state IN ('pending', 'held', 'sent');
CREATE INDEX outbox_about_event ON outbox (event_id) WHERE event_id IS NOT NULL;

-- What befell each message, as far as its row does not tell it.
CREATE TABLE outbox_log (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    outbox_id       INTEGER NOT NULL REFERENCES outbox (id),
    at              INTEGER NOT NULL,
    what            TEXT    NOT NULL,                  -- retried | deferred | edited | folded | ...
    detail          TEXT
);
CREATE INDEX outbox_log_of_message ON outbox_log (outbox_id, id);

-- How often in a row a channel turned messages away. At the third it is left alone.
CREATE TABLE channel_refusals (
    channel         TEXT    PRIMARY KEY,
    count           INTEGER NOT NULL
);

-- How each channel wants its alerts; one without a row wants what the settings say.
CREATE TABLE channel_settings (
    channel         TEXT    PRIMARY KEY,
    channel_name    TEXT,
    community       TEXT,
    growth          TEXT,                              -- edit | thread | anew
    digest          TEXT,                              -- when alerts are told together; null: each at once
    time_zone       TEXT,                              -- of the TZ database
    quiet           TEXT,                              -- the hours in which only what reaches the floor is told
    quiet_floor     TEXT,
    pings_per_hour  INTEGER,
    changed_by      TEXT    NOT NULL,
    changed_at      INTEGER NOT NULL
);
