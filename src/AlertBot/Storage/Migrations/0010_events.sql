-- Stories of several outlets about one happening are one event; it bears the id of its first story.
CREATE TABLE events (
    id              INTEGER PRIMARY KEY REFERENCES stories (id),
    last_seen_at    INTEGER NOT NULL                   -- when its newest story came
);
CREATE INDEX events_by_last_seen ON events (last_seen_at);

CREATE TABLE event_stories (
    story_id        INTEGER PRIMARY KEY REFERENCES stories (id),
    event_id        INTEGER NOT NULL REFERENCES events (id),
    outlet          TEXT    NOT NULL,                  -- by which outlets are counted: the site, else the feed's name
    is_copy         INTEGER NOT NULL,                  -- most of its text stood in an earlier story of the event
    likeness        REAL    NOT NULL,                  -- to the event as it was then; 1 for its first story
    shared          TEXT    NOT NULL                   -- the words that weighed most in that
);
CREATE INDEX event_stories_by_event ON event_stories (event_id, story_id);

-- A channel sees one alert for an event. One that it never saw, since it was refused or given up, does not count.
ALTER TABLE outbox ADD COLUMN event_id INTEGER REFERENCES events (id);
CREATE UNIQUE INDEX outbox_of_event ON outbox (event_id, channel) WHERE event_id IS NOT NULL AND state IN ('pending', 'sent');
