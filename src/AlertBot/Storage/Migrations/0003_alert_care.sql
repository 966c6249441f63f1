-- The attempt that is under way began at claimed_at. Once it ends unanswered, or its process is killed, the message may
-- be shown: unknown_since keeps when the first such attempt began.
ALTER TABLE outbox ADD COLUMN claimed_at INTEGER;
ALTER TABLE outbox ADD COLUMN unknown_since INTEGER;
UPDATE outbox SET claimed_at = leased_until - 120000 WHERE state = 'pending' AND leased_until > 0;
CREATE INDEX outbox_of_channel ON outbox (channel, id);

ALTER TABLE subscriptions ADD COLUMN channel_name TEXT;
ALTER TABLE subscriptions ADD COLUMN inbox TEXT;
ALTER TABLE subscriptions ADD COLUMN muted_until INTEGER;

-- Channels that take no alerts: closed ones are probed now and then, gone ones get nothing until somebody follows there
-- again. A channel that only refused a message is remembered so that this is told once.
CREATE TABLE channel_troubles (
    channel         TEXT    NOT NULL,
    kind            TEXT    NOT NULL CHECK (kind IN ('closed', 'gone', 'refusing')),
    why             TEXT    NOT NULL,
    since           INTEGER NOT NULL,
    probes          INTEGER NOT NULL DEFAULT 0,
    next_probe_at   INTEGER,                           -- of a closed one
    PRIMARY KEY (channel, kind)
);

-- What those who follow are told about their channels, each in private.
CREATE TABLE notices (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    inbox           TEXT    NOT NULL,
    channel         TEXT    NOT NULL,                  -- the one that it is about
    kind            TEXT    NOT NULL CHECK (kind IN ('closed', 'gone', 'refusing', 'well')),
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
CREATE INDEX notices_pending ON notices (inbox, id) WHERE state = 'pending';
CREATE INDEX notices_of_channel ON notices (channel, id);

-- Tags that people say are wrong.
CREATE TABLE tag_reports (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    story_id        INTEGER NOT NULL REFERENCES stories (id),
    tag             TEXT    NOT NULL,                  -- as written in a follow
    matched         TEXT    NOT NULL,
    rule            TEXT    NOT NULL,
    sentence        TEXT    NOT NULL,
    channel         TEXT    NOT NULL,
    reported_by     TEXT    NOT NULL,                  -- the person's id
    reporter        TEXT    NOT NULL,                  -- the person's name
    reported_at     INTEGER NOT NULL,
    settled_at      INTEGER,
    UNIQUE (story_id, tag, reported_by)
);
CREATE INDEX tag_reports_open ON tag_reports (reported_at) WHERE settled_at IS NULL;
