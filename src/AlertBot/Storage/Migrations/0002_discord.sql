-- The Discord gateway. Sessions and the budget of identifies belong to the application at Discord, so they outlive this
-- process and are shared by replicas. application is a hash of its id, never of the token's secret part.

CREATE TABLE discord_shards (
    application     TEXT    NOT NULL,
    shard_count     INTEGER NOT NULL,
    shard           INTEGER NOT NULL,
    owner           TEXT,                              -- the replica that holds it
    leased_until    INTEGER NOT NULL DEFAULT 0,
    session_id      TEXT,                              -- null: there is none to resume
    resume_url      TEXT,
    sequence        INTEGER,                           -- of the last event that was handled
    alive_at        INTEGER,                           -- when Discord was last heard in that session
    PRIMARY KEY (application, shard_count, shard)
) WITHOUT ROWID;

CREATE TABLE discord_replicas (
    application     TEXT    NOT NULL,
    owner           TEXT    NOT NULL,
    alive_until     INTEGER NOT NULL,
    PRIMARY KEY (application, owner)
) WITHOUT ROWID;

-- Each is written before it is sent; a day's worth is kept.
CREATE TABLE discord_identifies (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    application     TEXT    NOT NULL,
    identify_key    INTEGER NOT NULL,                  -- shard modulo max_concurrency: one in 5 s for each
    sent_at         INTEGER NOT NULL
);
CREATE INDEX discord_identifies_recent ON discord_identifies (application, sent_at);
