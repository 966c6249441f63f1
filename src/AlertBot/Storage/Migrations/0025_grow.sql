-- What goes on after an alert, and whom a follow calls.
ALTER TABLE outbox ADD COLUMN about_id INTEGER;          -- of a development: the alert of its event; its story is null where it is the alert's own, which was changed
CREATE INDEX outbox_of_alert ON outbox (about_id) WHERE about_id IS NOT NULL;
CREATE INDEX outbox_pinged ON outbox (channel, pinged_at) WHERE pinged_at IS NOT NULL;
ALTER TABLE subscriptions ADD COLUMN ping TEXT;          -- the platform's id of the role that its alerts call
ALTER TABLE local_messages ADD COLUMN under_id INTEGER REFERENCES local_messages (id);
ALTER TABLE local_messages ADD COLUMN calls TEXT;        -- JSON list of roles
