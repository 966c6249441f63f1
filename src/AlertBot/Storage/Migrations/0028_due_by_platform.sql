-- What is due is looked for platform by platform: the rows of the others are passed over without being read.
DROP INDEX outbox_due;
CREATE INDEX outbox_due ON outbox (rank, next_attempt_at, id, channel) WHERE state = 'pending';
