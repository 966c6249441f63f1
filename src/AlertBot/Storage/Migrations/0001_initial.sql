-- Times are Unix milliseconds, UTC. A channel is written platform:channel.

CREATE TABLE feeds (
    id              INTEGER PRIMARY KEY,
    url             TEXT    NOT NULL UNIQUE,           -- where it is fetched now; moves with a permanent redirect
    title           TEXT,
    added_by        TEXT    NOT NULL,
    added_at        INTEGER NOT NULL,
    interval_ms     INTEGER,                           -- null: the default of the settings
    paused_at       INTEGER,
    removed_at      INTEGER,                           -- a removed feed keeps its row: what it brought keeps its source
    etag            TEXT,
    last_modified   TEXT,
    baseline_at     INTEGER,                           -- the first successful poll, which alerts on nothing
    polled_at       INTEGER,
    succeeded_at    INTEGER,
    failures        INTEGER NOT NULL DEFAULT 0,        -- in a row
    last_error      TEXT,
    next_poll_at    INTEGER NOT NULL,
    leased_until    INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX feeds_due ON feeds (next_poll_at);

CREATE TABLE stories (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    story_key       TEXT    NOT NULL UNIQUE,           -- the identity; outlives the text
    link            TEXT,
    title           TEXT,                              -- null, like body and author, once pruned
    author          TEXT,
    body            TEXT,
    feed_id         INTEGER NOT NULL REFERENCES feeds (id),   -- the feed that brought it first: only its edits change the text
    source          TEXT    NOT NULL,                  -- that feed's name at the time
    claimed_at      INTEGER,                           -- when the publisher says that it was published
    first_seen_at   INTEGER NOT NULL,
    sorted_at       INTEGER NOT NULL,                  -- the earlier of the two
    pruned_at       INTEGER
);
CREATE INDEX stories_newest ON stories (sorted_at DESC, id DESC);
CREATE INDEX stories_to_prune ON stories (first_seen_at) WHERE pruned_at IS NULL;

-- What each feed has brought, by that feed's own identity of the entry. Never pruned.
CREATE TABLE feed_entries (
    feed_id         INTEGER NOT NULL REFERENCES feeds (id),
    entry_key       TEXT    NOT NULL,
    story_id        INTEGER NOT NULL REFERENCES stories (id),
    content_hash    TEXT    NOT NULL,                  -- of its title and text as last seen: a change is an edit
    first_seen_at   INTEGER NOT NULL,
    PRIMARY KEY (feed_id, entry_key)
) WITHOUT ROWID;
CREATE INDEX feed_entries_of_story ON feed_entries (story_id);

CREATE TABLE tags (
    story_id        INTEGER NOT NULL REFERENCES stories (id),
    kind            TEXT    NOT NULL,                  -- actor | topic
    slug            TEXT    NOT NULL,
    salience        TEXT    NOT NULL,                  -- main | mentioned
    evidence        TEXT    NOT NULL,                  -- JSON list of section, start, text, rule, sentence
    sorted_at       INTEGER NOT NULL,                  -- copied from the story, so that the newest of a tag are one index walk
    PRIMARY KEY (story_id, kind, slug)
) WITHOUT ROWID;
CREATE INDEX tags_newest ON tags (kind, slug, sorted_at DESC, story_id DESC);

CREATE TABLE quotes (
    story_id        INTEGER NOT NULL REFERENCES stories (id),
    section         TEXT    NOT NULL,
    start           INTEGER NOT NULL,
    text            TEXT    NOT NULL,
    speaker         TEXT,
    speaker_name    TEXT,
    PRIMARY KEY (story_id, section, start)
) WITHOUT ROWID;
CREATE INDEX quotes_of_speaker ON quotes (speaker, story_id DESC) WHERE speaker IS NOT NULL;

CREATE TABLE subscriptions (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    channel         TEXT    NOT NULL,
    expression      TEXT    NOT NULL,                  -- in its normal form, so that the same follow is one row
    created_by      TEXT    NOT NULL,
    created_at      INTEGER NOT NULL,
    UNIQUE (channel, expression)
);

-- Alerts waiting and sent: at most one for a story and a channel, for ever.
CREATE TABLE outbox (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    story_id        INTEGER NOT NULL REFERENCES stories (id),
    channel         TEXT    NOT NULL,
    reasons         TEXT    NOT NULL,                  -- JSON list: the follows that matched, each with its tags
    state           TEXT    NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'sent', 'refused', 'abandoned')),
    created_at      INTEGER NOT NULL,
    attempts        INTEGER NOT NULL DEFAULT 0,
    next_attempt_at INTEGER NOT NULL,
    leased_until    INTEGER NOT NULL DEFAULT 0,
    last_error      TEXT,
    message_id      TEXT,
    sent_at         INTEGER,
    UNIQUE (story_id, channel)
);
CREATE INDEX outbox_pending ON outbox (channel, id) WHERE state = 'pending';

-- The local platform: the web chat and the terminal.
CREATE TABLE local_channels (
    name            TEXT    PRIMARY KEY,
    created_at      INTEGER NOT NULL
);
CREATE TABLE local_messages (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    channel         TEXT    NOT NULL REFERENCES local_channels (name),
    author          TEXT    NOT NULL,
    text            TEXT,                              -- what a person typed
    card            TEXT,                              -- what the bot posted, as JSON
    posted_at       INTEGER NOT NULL,
    idempotency_key TEXT    UNIQUE
);
CREATE INDEX local_messages_of_channel ON local_messages (channel, id);
