-- When alerts are told together: a held one says when it is looked at again, and whether it is told then is judged anew.
ALTER TABLE outbox ADD COLUMN held_until INTEGER;      -- null where another message tells it; 0: as soon as can be
ALTER TABLE channel_settings ADD COLUMN urgent_waits INTEGER NOT NULL DEFAULT 0; -- 1: urgent ones wait for the digest, too
ALTER TABLE subscriptions ADD COLUMN digest TEXT;      -- when the alerts of the follow are told; null: as the channel wants
CREATE INDEX outbox_held_until ON outbox (held_until) WHERE state = 'held' AND bundle_id IS NULL;
