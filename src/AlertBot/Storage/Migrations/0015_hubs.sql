-- Subscriptions at hubs that push feeds (WebSub). A feed has one, and for a while another that is being left.
CREATE TABLE hub_subscriptions (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    feed_id         INTEGER NOT NULL REFERENCES feeds (id),
    hub             TEXT    NOT NULL,
    topic           TEXT    NOT NULL,                  -- the address under which the hub knows the feed
    callback        TEXT    NOT NULL,                  -- where the hub reaches the bot; ends with the key
    key             TEXT    NOT NULL UNIQUE,           -- unguessable: who knows it is the hub
    secret          TEXT    NOT NULL,                  -- what the hub signs with
    state           TEXT    NOT NULL,                  -- asked | live | leaving
    leased_until    INTEGER NOT NULL DEFAULT 0,
    next_at         INTEGER NOT NULL,                  -- when the hub is asked (again)
    failures        INTEGER NOT NULL DEFAULT 0,        -- requests in a row that the hub has not confirmed
    trouble         TEXT,                              -- why, in words
    pushed_at       INTEGER,
    push_waits      INTEGER NOT NULL DEFAULT 0         -- a push came while the feed was being polled
);
CREATE INDEX hub_subscriptions_of_feed ON hub_subscriptions (feed_id);
CREATE INDEX hub_subscriptions_due ON hub_subscriptions (next_at);
